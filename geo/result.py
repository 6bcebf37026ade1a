"""The four linked tables of a result; docs/schema.md documents every column."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
from shapely import Point

from dateline import schema
from dateline.errors import MissingExtraError
from dateline.geo.language import supports
from dateline.geo.model import Article, Event, EventPlace, Quantity, Resolution

if TYPE_CHECKING:
    from dateline.gazetteer import Gazetteer, Place
    from dateline.geo.pipeline import Parsed

CRS = "EPSG:4326"

_TIMES = ("start", "end", "published")
_PEOPLE = ("fatalities", "injured", "affected")


@dataclass(frozen=True, eq=False)
class Result:
    """What was found in a set of articles.

    Parameters
    ----------
    events, places, mentions : GeoDataFrame
        EPSG:4326; a row for each event and place, each place, each toponym.
    articles : DataFrame
        A row for each article.
    problems : tuple of str
        One sentence for each input that could not be read.
    copies : int
        How many inputs were left out because they repeat another one to the letter.
    corrections : int
        How many corrections by people are about these articles.
    foreign : int
        How many articles are in a language whose events are not read; their places are here all the same.
    """

    events: gpd.GeoDataFrame
    places: gpd.GeoDataFrame
    mentions: gpd.GeoDataFrame
    articles: pd.DataFrame
    problems: tuple[str, ...] = ()
    copies: int = 0
    corrections: int = 0
    foreign: int = 0

    @classmethod
    def from_parsed(
        cls,
        parsed: Iterable[Parsed],
        gazetteer: Gazetteer,
        *,
        problems: tuple[str, ...] = (),
        copies: int = 0,
        corrections: int = 0,
    ) -> Result:
        """Tabulate parsed articles.

        Parameters
        ----------
        parsed : iterable of Parsed
        gazetteer : Gazetteer
            Gives the polygons of regions and the version that goes into the tables.
        problems, copies, corrections
            As for the class.
        """
        parsed = list(parsed)
        rows = table_rows(parsed, gazetteer)
        return cls(
            events=_geo_frame(rows["events"], schema.EVENTS),
            places=_geo_frame(rows["places"], schema.PLACES),
            mentions=_geo_frame(rows["mentions"], schema.MENTIONS),
            articles=_typed(pd.DataFrame(rows["articles"], columns=schema.ARTICLES)),
            foreign=sum(not supports(item.article) for item in parsed),
            problems=problems,
            copies=copies,
            corrections=corrections,
        )

    def __repr__(self) -> str:
        """Say how much was found."""
        located = self.events[self.events["place_id"].ne("")]
        return (
            f"<Result: {len(self.articles)} articles, {len(self.mentions)} mentions of "
            f"{len(self.places)} places, {self.events['event_id'].nunique()} events, "
            f"{located['event_id'].nunique()} located>"
        )

    # The one way from geo to maps: notebooks ask the result itself.
    def _repr_html_(self) -> str:
        """Show the map in Jupyter and Quarto."""
        from dateline import maps

        return maps.repr_html(self)

    def _repr_png_(self) -> bytes | None:
        """Show a picture where a notebook becomes PDF; none without the extra ``figure``."""
        from dateline import maps

        try:
            return maps.repr_png(self)
        except MissingExtraError:
            return None


def table_rows(parsed: Sequence[Parsed], gazetteer: Gazetteer) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each of the four tables, in the order of the articles."""
    return {
        "events": list(_event_rows(parsed, gazetteer.version)),
        "places": list(_place_rows(parsed, gazetteer)),
        "mentions": list(_mention_rows(parsed)),
        "articles": list(_article_rows(parsed)),
    }


def mention_id(article: Article, resolution: Resolution) -> str:
    """Return the id of a mention: the article's, and the offsets."""
    return f"{article.id}:{resolution.mention.start}-{resolution.mention.end}"


def _event_rows(parsed: Sequence[Parsed], version: str) -> Iterable[dict[str, Any]]:
    for item in parsed:
        for number, event in enumerate(item.events, start=1):
            common = _event_common(item.article, event, f"{item.article.id}:e{number}")
            if not event.places:
                yield (
                    common | _UNLOCATED | {"id": common["event_id"], "confidence": round(event.confidence, 3)}
                )
            for nth, place in enumerate(event.places, start=1):
                suffix = f"/{nth}" if nth > 1 else ""
                yield (
                    common | _event_place(item.article, place, version) | {"id": common["event_id"] + suffix}
                )


def _event_common(article: Article, event: Event, event_id: str) -> dict[str, Any]:
    people = {name: getattr(event, name) for name in _PEOPLE}
    return {
        "event_id": event_id,
        "article_id": article.id,
        "type": event.type,
        "mode": event.mode,
        "acled": event.acled,
        "status": event.status,
        "trigger": event.trigger,
        "trigger_start": event.trigger_start,
        "trigger_end": event.trigger_end,
        "quote": event.quote,
        "quote_start": event.quote_start,
        "quote_end": event.quote_end,
        "start": _moment(event.start),
        "end": _moment(event.end, last=True),
        "date_text": event.date_text,
        "actors": "; ".join(event.actors),
        "recipients": "; ".join(event.recipients),
        **{name: number.value if number else None for name, number in people.items()},
        "at_least": "; ".join(name for name, number in people.items() if _is_bound(number)),
        "reasons": "; ".join(event.reasons),
        "reports": 1,
        "sources": article.source,
        "title": article.title,
        "source": article.source,
        "url": article.url,
        "published": _moment(article.date),
    }


_UNLOCATED: dict[str, Any] = {
    "mention_id": "",
    "place_id": "",
    "place": "",
    "country": "",
    "admin1": "",
    "precision": "unlocated",
    "radius_km": None,
    "alternatives": "[]",
    "gazetteer": "",
    "geometry": None,
}


def _event_place(article: Article, at: EventPlace, version: str) -> dict[str, Any]:
    resolution = at.resolution
    place = resolution.place
    if place is None:
        raise ValueError("an event can only be placed at a mention that has a place")
    return {
        "mention_id": mention_id(article, resolution),
        "place_id": place.id,
        "place": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "precision": at.precision,
        "radius_km": round(at.radius_km, 3),
        "confidence": round(at.confidence, 3),
        "alternatives": _alternatives(resolution),
        "gazetteer": f"{place.source} ({version})",
        "geometry": Point(round(at.lon, 6), round(at.lat, 6)),
    }


def _place_rows(parsed: Sequence[Parsed], gazetteer: Gazetteer) -> Iterable[dict[str, Any]]:
    named: dict[str, Place] = {}
    mentions: Counter[str] = Counter()
    events: Counter[str] = Counter()
    for item in parsed:
        for resolution in item.resolutions:
            if resolution.place:
                named.setdefault(resolution.place.id, resolution.place)
                mentions[resolution.place.id] += 1
        for event in item.events:
            events.update({at.resolution.place.id for at in event.places if at.resolution.place})
    for place_id, place in sorted(named.items()):
        yield {
            "place_id": place_id,
            "name": place.name,
            "country": place.country,
            "country_name": place.country_name,
            "admin1": place.admin1,
            "admin2": place.admin2,
            "feature_class": place.feature_class,
            "feature_code": place.feature_code,
            "population": place.population,
            "lat": round(place.lat, 6),
            "lon": round(place.lon, 6),
            "radius_km": place.radius_km,
            "source": place.source,
            "n_mentions": mentions[place_id],
            "n_events": events[place_id],
            "geometry": gazetteer.geometry(place),
        }


def _mention_rows(parsed: Sequence[Parsed]) -> Iterable[dict[str, Any]]:
    for item in parsed:
        for resolution in item.resolutions:
            mention, place = resolution.mention, resolution.place
            at = resolution.part or place
            yield {
                "mention_id": mention_id(item.article, resolution),
                "article_id": item.article.id,
                "start": mention.start,
                "end": mention.end,
                "text": mention.text,
                "role": mention.role,
                "score": round(mention.score, 3),
                "place_id": place.id if place else "",
                "place": place.name if place else "",
                "probability": round(resolution.probability, 3),
                "status": "sure" if resolution.sure else "unsure" if place else "unresolved",
                "match": resolution.match,
                "alternatives": _alternatives(resolution),
                "reasons": "; ".join(resolution.reasons),
                "geometry": Point(at.lon, at.lat) if at else None,
            }


def _article_rows(parsed: Sequence[Parsed]) -> Iterable[dict[str, Any]]:
    for item in parsed:
        article = item.article
        yield {
            "article_id": article.id,
            "title": article.title,
            "published": _moment(article.date),
            "source": article.source,
            "section": article.section,
            "url": article.url,
            "language": article.language,
            "path": article.path,
            "n_chars": len(article.text),
            "n_mentions": len(item.resolutions),
            "n_events": len(item.events),
            "focus": "; ".join(place.id for place, _ in item.focus),
            "duplicate_of": "",
        }


def _alternatives(resolution: Resolution) -> str:
    return json.dumps(
        [
            {
                "place_id": other.place.id,
                "name": other.place.name,
                "country": other.place.country,
                "lat": round(other.place.lat, 5),
                "lon": round(other.place.lon, 5),
                "probability": round(other.probability, 3),
            }
            for other in resolution.alternatives
        ],
        ensure_ascii=False,
    )


def _is_bound(number: Quantity | None) -> bool:
    return number is not None and number.at_least


def _moment(day: dt.date | None, *, last: bool = False) -> pd.Timestamp | None:
    """Return a day's first moment in UTC, or its last second."""
    if day is None:
        return None
    return pd.Timestamp(day, tz="UTC") + (pd.Timedelta(days=1, seconds=-1) if last else pd.Timedelta(0))


def _geo_frame(rows: list[dict[str, Any]], columns: Sequence[str]) -> gpd.GeoDataFrame:
    frame = _typed(pd.DataFrame(rows, columns=list(columns)))
    return gpd.GeoDataFrame(frame, geometry="geometry", crs=CRS)


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Give empty and all-null columns the type that the schema promises."""
    types: dict[str, Any] = {
        name: "datetime64[us, UTC]" for name in _TIMES if name in frame and frame[name].dtype != "int64"
    }
    if "role" in frame:  # a mention's start and end are offsets
        types = {"start": "int64", "end": "int64"}
    types |= {name: "Int64" for name in _PEOPLE if name in frame}
    return frame.astype(types)
