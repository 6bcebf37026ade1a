"""Dateline turns news into maps.

>>> from dateline import geo, maps                     # doctest: +SKIP
>>> result = geo.geoparse("seeds/*.txt")               # doctest: +SKIP
>>> maps.save(result, "map.html")                      # doctest: +SKIP
"""

from importlib.metadata import version

__version__ = version("dateline")
