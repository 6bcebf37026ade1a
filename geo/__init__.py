"""From an article to located events.

>>> from dateline import geo
>>> geo.geoparse("seeds/*.txt")                           # doctest: +SKIP
<Result: 1 articles, 41 mentions of 11 places, 9 events, 7 located>
"""

from dateline.geo.model import Alternative, Article, Event, EventPlace, Mention, Quantity, Resolution
from dateline.geo.pipeline import Geoparser, Parsed, geoparse
from dateline.geo.readers import from_text, read
from dateline.geo.result import Result

__all__ = [
    "Alternative",
    "Article",
    "Event",
    "EventPlace",
    "Geoparser",
    "Mention",
    "Parsed",
    "Quantity",
    "Resolution",
    "Result",
    "from_text",
    "geoparse",
    "read",
]
