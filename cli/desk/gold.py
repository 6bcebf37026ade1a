"""Checked articles in the evaluation schema, so that a newsroom grows gold data of its own."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from dateline.geo import Parsed
from dateline.geo.model import Event, Resolution
from dateline.geo.pins import precision_of


def line(parsed: Parsed) -> str:
    """Return an article as one line of JSON, as the benchmarks read their corpora.

    The fields are those of docs/desk.md; `checked` tells which toponyms a person set.
    """
    article = parsed.article
    at = {(r.mention.start, r.mention.end): number for number, r in enumerate(parsed.resolutions)}
    record = {
        "doc_id": article.id,
        "corpus": "desk",
        "lang": article.language or None,
        "date": article.date.isoformat() if article.date else None,
        "source": article.source,
        "title": article.title,
        "text": article.text,
        "toponyms": [_toponym(resolution) for resolution in parsed.resolutions],
        "events": [_event(event, at) for event in parsed.events],
    }
    return json.dumps(record, ensure_ascii=False)


def _toponym(resolution: Resolution) -> dict[str, Any]:
    mention, place = resolution.mention, resolution.place
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "role": mention.role,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "geonameid": place.geonameid if place else None,
        "kind": _kind(resolution) if place else None,
        "radius_km": place.radius_km if place else None,
        "country": (place.country or None) if place else None,
        "code": None,
        "key": place.id if place else None,
        "checked": resolution.match == "correction",
    }


def _kind(resolution: Resolution) -> str:
    """Return the kind of a place in the words of the gold data."""
    place = resolution.place
    assert place is not None
    precision = precision_of(resolution)
    if place.feature_class == "A" and precision in ("admin1", "admin2", "country"):
        return precision
    return _KINDS.get(place.feature_class, "region")


_KINDS = {"P": "settlement", "H": "water", "S": "facility", "R": "facility"}


def _event(event: Event, at: dict[tuple[int, int], int]) -> dict[str, Any]:
    spans = [(place.resolution.mention.start, place.resolution.mention.end) for place in event.places]
    return {
        "type": event.type,
        "trigger": [event.trigger_start, event.trigger_end],
        "places": [at[span] for span in spans if span in at],
        "date": _interval(event.start, event.end),
        "status": event.status,
        "actors": list(event.actors),
        "fatalities": event.fatalities.value if event.fatalities else None,
        "injured": event.injured.value if event.injured else None,
    }


def _interval(start: dt.date | None, end: dt.date | None) -> str | None:
    days = dict.fromkeys(day.isoformat() for day in (start, end) if day)
    return "/".join(days) or None
