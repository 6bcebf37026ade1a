"""The values that travel through Dateline: an article, its mentions, their places, its events.

All are frozen.  Offsets are Python string indices into :attr:`Article.text`, end exclusive.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dateline.gazetteer import Place

Role = Literal["literal", "metonym", "demonym"]
Status = Literal["actual", "planned", "denied", "hypothetical", "background"]
Precision = Literal["exact", "near", "admin2", "admin1", "region", "country", "unlocated"]

#: Source of a place that a person pinned by hand.
PINNED = "corrections"

#: Below this probability a resolved place is reported as unsure.
UNSURE = 0.5
#: What lies near a place only because the article names that place too is a guess, and so is the town that a
#: street is called after: no event is pinned there.
GUESSED = 0.3


@dataclass(frozen=True, slots=True)
class Article:
    """One article.

    Parameters
    ----------
    id : str
        Stable: the same input gives the same id.
    text : str
        The whole text as it was read, header and title included; every offset points into it.
    title : str
    date : datetime.date or None
        Day of publication.
    source, section, url, language, path : str
        Empty when unknown; `language` is an ISO 639-1 code.
    body_start : int
        Where the article proper begins in `text`, after a machine-made header line.
    """

    id: str
    text: str
    title: str = ""
    date: dt.date | None = None
    source: str = ""
    section: str = ""
    url: str = ""
    language: str = ""
    path: str = ""
    body_start: int = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """A toponym in a text.

    `role` is ``literal`` for the place itself, ``metonym`` for a government, army or team that bears its
    name, ``demonym`` for an adjective or an inhabitant.  `score` is the recogniser's probability, 0 to 1.
    """

    start: int
    end: int
    text: str
    role: Role = "literal"
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another place that a mention could mean, with its probability."""

    place: Place
    probability: float


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a place that a text names: "eastern Ukraine".

    `side` is ``north``, ``northeast`` ... or ``central``; the point is the middle of that part,
    `radius_km` how far it reaches from there.
    """

    side: str
    lat: float
    lon: float
    radius_km: float


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention stands for.

    Parameters
    ----------
    mention : Mention
    place : Place or None
        The likeliest place; None when "none of these" is likelier than any of them.
    probability : float
        Calibrated probability that `place` is right (of "none of these" when `place` is None).
    alternatives : tuple of Alternative
        Other places, likeliest first.
    reasons : tuple of str
        Why, in words a reader can check.
    match : str
        How the name was found: ``exact``, ``variant``, ``fuzzy``, ``geocoder``, or empty; ``nearby`` when the
        name is unknown and `place` is the one that the article puts it in or near.
    part : Part or None
        The part of a country or region that the text speaks of, None for the whole and for other places.
    """

    mention: Mention
    place: Place | None
    probability: float
    alternatives: tuple[Alternative, ...] = ()
    reasons: tuple[str, ...] = ()
    match: str = ""
    part: Part | None = None

    @property
    def sure(self) -> bool:
        """Whether the place may be stated without a warning."""
        return self.place is not None and self.probability >= UNSURE


@dataclass(frozen=True, slots=True)
class EventPlace:
    """A place where an event happened, through the mention that says so.

    `offset_km` and `bearing` (degrees from north) move the point for "20 km north of Kupiansk"; `radius_km`
    is how far the event may lie from the point.
    """

    resolution: Resolution
    confidence: float
    precision: Precision
    radius_km: float
    lat: float
    lon: float
    offset_km: float = 0.0
    bearing: float = 0.0


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of people: ``at_least`` keeps "over a million" a lower bound."""

    value: int
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, is planned or is denied, as one sentence reports it.

    `start` and `end` are the first and the last day, both included; None when the text gives no date.
    """

    article_id: str
    type: str
    mode: str
    trigger_start: int
    trigger_end: int
    trigger: str
    quote_start: int
    quote_end: int
    quote: str
    status: Status
    confidence: float
    places: tuple[EventPlace, ...] = ()
    start: dt.date | None = None
    end: dt.date | None = None
    date_text: str = ""
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    fatalities: Quantity | None = None
    injured: Quantity | None = None
    affected: Quantity | None = None
    acled: str = ""
    reasons: tuple[str, ...] = field(default=())
