"""Results made by hand, in the columns of docs/schema.md, for the tests of maps and exports."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely.geometry import MultiPolygon, Point, Polygon

from dateline import schema

SEED = Path(__file__).parents[1] / "seeds" / "000_cd56c94f49b3828d.txt"
GAZETTEER = "GeoNames 2026-07-14"

_TIMES = {"events": ("start", "end", "published"), "articles": ("published",)}
_COUNTS = ("fatalities", "injured", "affected")


@dataclass
class Result:
    """The four tables."""

    events: gpd.GeoDataFrame
    places: gpd.GeoDataFrame
    mentions: gpd.GeoDataFrame
    articles: pd.DataFrame


def result(
    events: list[dict[str, Any]] = (),
    places: list[dict[str, Any]] = (),
    mentions: list[dict[str, Any]] = (),
    articles: list[dict[str, Any]] = (),
) -> Result:
    """Make tables of the schema's columns and types; what a row leaves out is empty."""
    return Result(
        events=_geo("events", schema.EVENTS, [{**_EVENT, **row} for row in events]),
        places=_geo("places", schema.PLACES, [{**_PLACE, **row} for row in places]),
        mentions=_geo("mentions", schema.MENTIONS, [{**_MENTION, **row} for row in mentions]),
        articles=_plain("articles", schema.ARTICLES, [{**_ARTICLE, **row} for row in articles]),
    )


def event(
    number: int = 1, place: str = "Kharkiv", lon: float = 36.25, lat: float = 49.98, **fields: Any
) -> dict[str, Any]:
    """Return one plausible event row, located unless ``lon`` is None."""
    return {
        "id": f"a1:e{number}",
        "event_id": f"a1:e{number}",
        "place": place,
        "geometry": None if lon is None else Point(lon, lat),
        **fields,
    }


def seed() -> Result:
    """Return what a careful reader finds in the seed article."""
    text = SEED.read_text(encoding="utf-8")
    return result(
        events=[_seed_event(text, number, **row) for number, row in enumerate(_SEED_EVENTS, 1)],
        places=[_seed_place(name, **row) for name, row in _SEED_PLACES.items()],
        mentions=[_seed_mention(text, *row) for row in _SEED_MENTIONS],
        articles=[
            {
                **_SEED_ARTICLE,
                "n_chars": len(text),
                "n_mentions": len(_SEED_MENTIONS),
                "n_events": len(_SEED_EVENTS),
            }
        ],
    )


def counted() -> Result:
    """Return a table of counts, as ``dateline.geo.aggregate`` makes them: three areas and a country."""
    areas = {0: 900, 1: 40, 2: 3}
    unit = {"precision": "admin1", "country": "UA"}
    rows = [event(k, f"Area {k}", 30 + k, 49, type="ASSAULT", place_id=f"x:{k}", **unit) for k in areas]
    rows.append(event(3, "Area 0", 30, 49, type="AID", place_id="x:0", **unit))
    rows.append(event(4, "Poland", 20, 52, place_id="x:pl", precision="country"))
    places = [
        {"place_id": f"x:{k}", "name": f"Area {k}", "n_events": n, "geometry": Point(30 + k, 49).buffer(0.4)}
        for k, n in areas.items()
    ]
    made = result(rows, places)
    made.events.insert(len(made.events.columns) - 1, "n_events", [*areas.values(), 100, 7])
    return made


def many(n: int, places: int = 500, seed: int = 1) -> Result:
    """Return ``n`` made-up events at ``places`` places over a year, five to an article."""
    dice = np.random.default_rng(seed)
    lon, lat = dice.uniform(-20, 60, places).round(4), dice.uniform(-30, 60, places).round(4)
    where = dice.integers(0, places, n)
    day = pd.Timestamp("2025-01-01", tz="UTC") + pd.to_timedelta(dice.integers(0, 365, n), unit="D")
    kinds = np.array(["ASSAULT", "CONSULT", "PROTEST", "AID", "DISASTER", "COERCE"])
    number = np.arange(n)
    name = np.char.add("Town ", where.astype(str))
    article = np.char.add("art", (number // 5).astype(str))
    frame = pd.DataFrame({**_EVENT, **dict.fromkeys(("geometry",))}, index=range(n))
    frame["id"] = frame["event_id"] = np.char.add(np.char.add(article, ":e"), (number % 5 + 1).astype(str))
    frame["article_id"] = article
    frame["type"] = kinds[dice.choice(len(kinds), n, p=[0.4, 0.2, 0.15, 0.1, 0.1, 0.05])]
    frame["trigger"] = "reported"
    frame["place"] = name
    frame["place_id"] = np.char.add("geonames:", where.astype(str))
    frame["quote"] = [
        f"Officials in {p} said on day {i % 365} that incident number {i} was over."
        for i, p in enumerate(name)
    ]
    frame["title"] = [f"News of {name[i - i % 5]}: report number {i // 5} of the year" for i in range(n)]
    frame["start"], frame["end"] = day, day + pd.Timedelta("23:59:59")
    frame["published"] = day + pd.Timedelta("1D")
    frame["confidence"] = dice.uniform(0.2, 1, n).round(2)
    frame["fatalities"] = dice.integers(0, 20, n)
    frame["geometry"] = gpd.points_from_xy(lon[where], lat[where])
    table = [
        {
            "place_id": f"geonames:{i}",
            "name": f"Town {i}",
            "lat": lat[i],
            "lon": lon[i],
            "n_events": 1,
            "geometry": Point(lon[i], lat[i]),
        }
        for i in range(places)
    ]
    made = result(places=table, articles=[{"article_id": f"art{i}"} for i in range((n + 4) // 5)])
    made.events = _typed(
        "events", gpd.GeoDataFrame(frame[list(schema.EVENTS)], geometry="geometry", crs=4326)
    )
    return made


_EVENT: dict[str, Any] = {
    **dict.fromkeys(schema.EVENTS, ""),
    **dict.fromkeys(("trigger_start", "trigger_end", "quote_start", "quote_end"), 0),
    **dict.fromkeys(_COUNTS, None),
    **dict.fromkeys(_TIMES["events"], None),
    "article_id": "a1",
    "type": "ASSAULT",
    "status": "actual",
    "precision": "exact",
    "radius_km": 5.0,
    "confidence": 0.8,
    "alternatives": "[]",
    "reports": 1,
    "gazetteer": GAZETTEER,
    "geometry": None,
}
_PLACE: dict[str, Any] = {
    **dict.fromkeys(schema.PLACES, ""),
    "population": 0,
    "lat": 0.0,
    "lon": 0.0,
    "radius_km": 5.0,
    "n_mentions": 1,
    "n_events": 0,
    "feature_class": "P",
    "feature_code": "PPL",
    "source": GAZETTEER,
    "geometry": None,
}
_MENTION: dict[str, Any] = {
    **dict.fromkeys(schema.MENTIONS, ""),
    "start": 0,
    "end": 0,
    "role": "literal",
    "score": 0.9,
    "probability": 0.9,
    "status": "sure",
    "match": "exact",
    "alternatives": "[]",
    "geometry": None,
}
_ARTICLE: dict[str, Any] = {
    **dict.fromkeys(schema.ARTICLES, ""),
    "published": None,
    "n_chars": 0,
    "n_mentions": 0,
    "n_events": 0,
    "language": "en",
}


def _plain(table: str, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> pd.DataFrame:
    return _typed(table, pd.DataFrame(list(rows), columns=list(columns)))


def _geo(table: str, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    frame = pd.DataFrame([{**row, "geometry": None} for row in rows], columns=list(columns))
    shapes = gpd.GeoSeries([row["geometry"] for row in rows], crs=4326, dtype="geometry")
    return _typed(table, gpd.GeoDataFrame(frame, geometry=shapes, crs=4326))


def _typed(table: str, frame: Any) -> Any:
    for column in _TIMES.get(table, ()):
        frame[column] = pd.to_datetime(frame[column], utc=True).astype("datetime64[us, UTC]")
    for column in _COUNTS if table == "events" else ():
        frame[column] = frame[column].astype("Int64")
    return frame


_DONBAS = Polygon([(37.0, 46.9), (38.2, 47.1), (40.1, 48.0), (39.8, 49.5), (38.3, 50.0), (37.4, 49.2), (36.6, 48.2), (37.0, 46.9)])  # fmt: skip
_UKRAINE = Polygon([
    (22.1, 48.4), (24.0, 50.7), (23.6, 51.6), (30.6, 51.3), (31.8, 52.1), (34.4, 51.7), (35.5, 50.4), (40.1, 49.6),
    (39.7, 47.9), (38.2, 47.1), (35.3, 46.3), (36.6, 45.4), (33.6, 44.4), (32.5, 45.4), (33.5, 46.0), (31.5, 46.6),
    (30.7, 46.4), (29.7, 45.2), (28.2, 45.5), (30.1, 46.4), (29.1, 47.9), (26.6, 48.3), (22.1, 48.4),
])  # fmt: skip

_SEED_ARTICLE = {
    "article_id": "cd56c94f49b3828d",
    "title": "US Says Russia, Ukraine Took 'Big Step', Will Meet Again Next Week",
    "published": "2026-01-25T00:00:00Z",
    "source": "ETV Bharat",
    "section": "international",
    "path": "seeds/000_cd56c94f49b3828d.txt",
}
_SEED_PLACES: dict[str, dict[str, Any]] = {
    "Abu Dhabi": {"place_id": "geonames:292968", "country": "AE", "admin1": "Abu Dhabi", "lon": 54.3773, "lat": 24.4539, "code": "PPLC"},
    "Kharkiv": {"place_id": "geonames:706483", "country": "UA", "admin1": "Kharkiv", "lon": 36.2527, "lat": 49.9808, "code": "PPLA"},
    "Kyiv": {"place_id": "geonames:703448", "country": "UA", "admin1": "Kyiv City", "lon": 30.5238, "lat": 50.4547, "code": "PPLC"},
    "Chernihiv": {"place_id": "geonames:710735", "country": "UA", "admin1": "Chernihiv", "lon": 31.2893, "lat": 51.4982, "code": "PPLA"},
    "Istanbul": {"place_id": "geonames:745044", "country": "TR", "admin1": "Istanbul", "lon": 28.9497, "lat": 41.0138, "code": "PPLA"},
    "Donbas": {"place_id": "dateline:donbas", "country": "UA", "lon": 38.2, "lat": 48.3, "code": "RGN", "shape": _DONBAS, "radius": 180.0},
    "Ukraine": {"place_id": "geonames:690791", "country": "UA", "lon": 32.0, "lat": 49.0, "code": "PCLI", "shape": MultiPolygon([_UKRAINE]), "radius": 600.0},
}  # fmt: skip
_SEED_MENTIONS = [
    ("Kharkiv", "Kharkiv", 0.99), ("Abu Dhabi", "Abu Dhabi", 0.98), ("Istanbul", "Istanbul", 0.97),
    ("Kyiv residents", "Kyiv", 0.99), ("Donbas region", "Donbas", 0.97), ("Chernigiv", "Chernihiv", 0.9), ("Ukraine", "Ukraine", 0.99),
]  # fmt: skip
_SEED_EVENTS: list[dict[str, Any]] = [
    {
        "type": "ASSAULT", "mode": "airstrike", "acled": "Air/drone strike", "place": "Kharkiv", "trigger": "airstrike",
        "quote": "A paramedic gives first aid to a resident who was injured in a Russian airstrike in Kharkiv, Ukraine, Saturday, Jan. 24, 2026.",
        "start": "2026-01-24", "date_text": "Saturday, Jan. 24, 2026", "actors": "Russia", "injured": 1, "at_least": "injured",
        "confidence": 0.95,
    },
    {
        "type": "CONSULT", "mode": "talks", "place": "Abu Dhabi", "trigger": "meeting",
        "quote": "Abu Dhabi: Ukraine and Russia agreed on Saturday to hold a second round of US-brokered direct peace talks next weekend after a two-day meeting in Abu Dhabi, despite Ukrainian complaints negotiations were undermined by a barrage of deadly strikes.",
        "start": "2026-01-23", "end": "2026-01-24", "date_text": "Saturday", "actors": "Ukraine; Russia; United States", "confidence": 0.94,
    },
    {
        "type": "CONSULT", "mode": "talks", "place": "Abu Dhabi", "status": "planned", "trigger": "talks",
        "quote": 'The trilateral talks in the UAE will resume on February 1, a US official said, adding: "I think getting everyone together was a big step.',
        "start": "2026-02-01", "date_text": "February 1", "actors": "Ukraine; Russia; United States", "confidence": 0.62,
        "precision": "near", "radius": 60.0,
    },
    {
        "type": "CONSULT", "mode": "talks", "place": "Istanbul", "status": "background", "trigger": "talks",
        "quote": "Russian and Ukrainian negotiators are last known to have met face-to-face in Istanbul last summer, in talks that ended only in deals to exchange captured soldiers.",
        "start": "2025-06-01", "end": "2025-08-31", "date_text": "last summer", "actors": "Russia; Ukraine", "confidence": 0.9,
    },
    {
        "type": "ASSAULT", "mode": "drone", "acled": "Air/drone strike", "place": "Kyiv", "trigger": "explosions",
        "quote": "AFP journalists saw people running through the streets to find shelter as explosions lit up the night sky over the capital Kyiv.",
        "start": "2026-01-24", "date_text": "the eve of day two", "actors": "Russia", "confidence": 0.88,
    },
    {
        "type": "DISRUPTION", "mode": "power cut", "place": "Kyiv", "trigger": "without electricity",
        "quote": "Over a million people in Kyiv and Chernigiv were left without electricity in sub-zero temperatures due to Russian strikes.",
        "start": "2026-01-24", "actors": "Russia", "affected": 1_000_000, "at_least": "affected", "confidence": 0.86,
    },
    {
        "type": "DISRUPTION", "mode": "power cut", "place": "Chernihiv", "trigger": "without electricity", "event": 6,
        "quote": "Over a million people in Kyiv and Chernigiv were left without electricity in sub-zero temperatures due to Russian strikes.",
        "start": "2026-01-24", "actors": "Russia", "affected": 1_000_000, "at_least": "affected", "confidence": 0.43,
        "alternatives": [("Chernihiv Oblast", "UA", 51.33, 32.0, 0.3)],
    },
    {
        "type": "DISRUPTION", "mode": "power cut", "place": "Ukraine", "precision": "country", "radius": 600.0, "trigger": "cut off",
        "quote": "On the eve of day two, Russian drones and missiles cut off millions from electricity in sub-zero temperatures.",
        "start": "2026-01-24", "date_text": "the eve of day two", "actors": "Russia", "at_least": "", "confidence": 0.7,
    },
    {
        "type": "REJECT", "mode": "", "place": "Donbas", "precision": "region", "radius": 180.0, "status": "background", "trigger": "unresolved",
        "quote": "Both warring sides say the fate of territory in the eastern Donbas region is the main unresolved issue in the search for a settlement.",
        "start": None, "actors": "Ukraine; Russia", "confidence": 0.6,
    },
    {
        "type": "AGREE", "mode": "", "place": "", "precision": "unlocated", "status": "background", "trigger": "deals",
        "quote": "Russian and Ukrainian negotiators are last known to have met face-to-face in Istanbul last summer, in talks that ended only in deals to exchange captured soldiers.",
        "start": None, "actors": "Russia; Ukraine", "confidence": 0.5,
    },
]  # fmt: skip


def _seed_event(text: str, number: int, **row: Any) -> dict[str, Any]:
    key = f"{_SEED_ARTICLE['article_id']}:e{row.pop('event', number)}"
    at = text.index(row["quote"])
    trigger = text.index(row["trigger"], at)
    place = _SEED_PLACES.get(row["place"])
    day = row.pop("start")
    last = row.pop("end", day)
    others = [
        dict(zip(("place_id", "name", "country", "lat", "lon", "probability"), ("", *other), strict=True))
        for other in row.pop("alternatives", ())
    ]
    return {
        "id": key if not key.endswith("e6") or row["place"] == "Kyiv" else f"{key}/2",
        "event_id": key,
        "article_id": _SEED_ARTICLE["article_id"],
        "trigger_start": trigger,
        "trigger_end": trigger + len(row["trigger"]),
        "quote_start": at,
        "quote_end": at + len(row["quote"]),
        "mention_id": _mention_id(text, row["place"], at, row["quote"]),
        "place_id": place["place_id"] if place else "",
        "country": place["country"] if place else "",
        "admin1": place.get("admin1", "") if place else "",
        "radius_km": row.pop("radius", 10.0),
        "start": day and f"{day}T00:00:00Z",
        "end": last and f"{last}T23:59:59Z",
        "alternatives": json.dumps(others),
        "reasons": f"'{row['trigger']}' reports it; the place is named in the sentence" if place else "no place is named for it",
        "sources": _SEED_ARTICLE["source"],
        "title": _SEED_ARTICLE["title"],
        "source": _SEED_ARTICLE["source"],
        "published": _SEED_ARTICLE["published"],
        "geometry": Point(place["lon"], place["lat"]) if place else None,
        **row,
    }  # fmt: skip


def _mention_id(text: str, place: str, at: int, quote: str) -> str:
    """Return the id of the place's mention in the sentence, under the article's own spelling."""
    word = {"Chernihiv": "Chernigiv"}.get(place, place)
    start = text.find(word, at, at + len(quote))
    return f"{_SEED_ARTICLE['article_id']}:{start}-{start + len(word)}" if word and start >= 0 else ""


def _seed_place(
    name: str, *, lon: float, lat: float, code: str, shape: Any = None, radius: float = 10.0, **row: Any
) -> dict[str, Any]:
    return {
        **row,
        "name": name,
        "feature_class": "A" if code == "PCLI" else "L" if code == "RGN" else "P",
        "feature_code": code,
        "lon": lon,
        "lat": lat,
        "radius_km": radius,
        "n_events": sum(one["place"] == name for one in _SEED_EVENTS),
        "geometry": shape or Point(lon, lat),
    }


def _seed_mention(text: str, words: str, place: str, probability: float) -> dict[str, Any]:
    start = text.index(words)
    found = words.split()[0] if place in ("Kyiv", "Donbas") else words
    known = _SEED_PLACES[place]
    article = _SEED_ARTICLE["article_id"]
    return {
        "mention_id": f"{article}:{start}-{start + len(found)}",
        "article_id": article,
        "start": start,
        "end": start + len(found),
        "text": found,
        "place_id": known["place_id"],
        "place": place,
        "probability": probability,
        "geometry": Point(known["lon"], known["lat"]),
    }
