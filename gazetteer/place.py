"""What the gazetteer gives out: a place, and a match of a name with a place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

MatchKind = Literal["exact", "variant", "fuzzy"]

#: Sources of the records, for the reader.
SOURCE_NAMES = {
    "geonames": "GeoNames", "postal": "GeoNames", "wof": "Who's On First", "ne": "Natural Earth",
    "ourairports": "OurAirports", "wri": "WRI Global Power Plant Database", "dateline": "Dateline",
    "user": "your own places",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer.

    Parameters
    ----------
    id : str
        ``SOURCE:KEY``, such as ``geonames:703448``, ``wof:101752483``, ``ne:black-sea``, ``dateline:donbas``.
    name : str
        The name to show.
    lat, lon : float
        Degrees, WGS 84.
    feature_class, feature_code : str
        As in GeoNames: ``P``, ``PPLC``: a capital; ``A``, ``ADM1``: a first-level unit.
    country : str
        ISO 3166-1 alpha-2 code, empty for seas and regions of several countries.
    country_name : str
    admin1, admin1_id, admin2, admin2_id : str
        Names and ids of the first- and second-level unit, empty when unknown.
    population : int
        Zero when unknown.
    bbox : tuple of float or None
        (west, south, east, north) in degrees; west > east across the antimeridian.
    radius_km : float
        How far the place reaches from its point, roughly.
    source : str
        Where the record comes from, for the reader.
    names : tuple of (str, str)
        Names whose language is known, as (ISO 639-1 code, name).  Filled by :meth:`Gazetteer.get`; see also
        :meth:`Gazetteer.names`.
    """

    id: str
    name: str
    lat: float
    lon: float
    feature_class: str = ""
    feature_code: str = ""
    country: str = ""
    country_name: str = ""
    admin1: str = ""
    admin1_id: str = ""
    admin2: str = ""
    admin2_id: str = ""
    population: int = 0
    bbox: tuple[float, float, float, float] | None = None
    radius_km: float = 0.0
    source: str = ""
    names: tuple[tuple[str, str], ...] = field(default=(), repr=False, compare=False)

    @property
    def geonameid(self) -> int | None:
        """The GeoNames id, None for a place of another source."""
        source, _, key = self.id.partition(":")
        return int(key) if source == "geonames" else None

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """The place as a GeoJSON feature with its point."""
        return {
            "type": "Feature",
            "id": self.id,
            "geometry": {"type": "Point", "coordinates": (self.lon, self.lat)},
            "properties": {
                "name": self.name,
                "country": self.country,
                "admin1": self.admin1,
                "feature_code": self.feature_code,
                "population": self.population,
            },
        }

    def __str__(self) -> str:
        """Return "Chernihiv, Chernihiv Oblast, Ukraine (PPLA, geonames:710735)"."""
        parts = dict.fromkeys(part for part in (self.name, self.admin1, self.country_name) if part)
        return f"{', '.join(parts)} ({self.feature_code}, {self.id})"


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a place.

    Parameters
    ----------
    text : str
    language : str
        ISO 639-1 code, empty where the source does not say.
    kind : str
        One of :data:`dateline.gazetteer.store.NAME_KINDS`.
    """

    text: str
    language: str
    kind: str


@dataclass(frozen=True, slots=True)
class Match:
    """A place found by a name.

    Parameters
    ----------
    place : Place
    kind : {"exact", "variant", "fuzzy"}
        Whether the name is stored, is another spelling of a stored name, or resembles one.
    score : float
        0 to 1; orders the matches of one name, and no exact match scores below a variant, no variant below
        a fuzzy one.
    name : str
        The stored name that was hit, normalised.
    name_kind : str
        What that name is to the place: one of :data:`dateline.gazetteer.store.NAME_KINDS`, such as
        ``primary``, ``spelling`` or ``historic``.
    """

    place: Place
    kind: MatchKind
    score: float
    name: str
    name_kind: str
