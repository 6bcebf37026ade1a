"""A gazetteer: the places of the world under all their names, open at once and offline.

Examples
--------
>>> from dateline import gazetteer
>>> gaz = gazetteer.open()
>>> match = gaz.find("Київ")[0]
>>> match.place.name, match.place.country, match.kind
('Kyiv', 'UA', 'exact')
"""

from dateline.gazetteer.gazetteer import Gazetteer, open
from dateline.gazetteer.names import normalize
from dateline.gazetteer.place import Match, Place

__all__ = ["Gazetteer", "Match", "Place", "normalize", "open"]
