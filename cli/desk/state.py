"""What the page of an article is told, as JSON; the page sets every string as text."""

from __future__ import annotations

from typing import Any

from dateline.desk.journal import Journal
from dateline.gazetteer import Place
from dateline.geo import Parsed
from dateline.geo.corrections import Corrections
from dateline.geo.model import Event, Resolution
from dateline.maps import palette

#: As many candidates as there are number keys.
_CANDIDATES = 9


def of(parsed: Parsed, journal: Journal) -> dict[str, Any]:
    """Return the state of an article: its mentions and events, and the places that they name, by id."""
    article, right = parsed.article, journal.corrections()
    places: dict[str, Place] = {}
    return {
        "id": article.id,
        "text": article.text,
        "revision": journal.revision(article.id),
        "can_undo": journal.undoable(article.id) is not None,
        "can_redo": journal.redoable(article.id) is not None,
        "checked": any(line["action"] == "checked" and line["article"] == article.id for line in right.lines),
        "misplaced": right.misplaced(article),
        "types": list(palette.SYMBOLS),
        "mentions": [_mention(resolution, places) for resolution in parsed.resolutions],
        "events": _events(parsed, right, places),
        "places": {key: place_json(place) for key, place in places.items()},
    }


def _mention(resolution: Resolution, places: dict[str, Place]) -> dict[str, Any]:
    mention, place = resolution.mention, resolution.place
    own = [(place, resolution.probability)] if place else []
    others = [(other.place, other.probability) for other in resolution.alternatives]
    candidates = [*own, *others][:_CANDIDATES]
    places.update((candidate.id, candidate) for candidate, _ in candidates)
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "role": mention.role,
        "place": place.id if place else None,
        "sure": resolution.sure or resolution.match == "correction",
        "corrected": resolution.match == "correction",
        "reasons": list(resolution.reasons),
        "candidates": [[candidate.id, round(probability, 3)] for candidate, probability in candidates],
    }


def _events(parsed: Parsed, right: Corrections, places: dict[str, Place]) -> list[dict[str, Any]]:
    merged = [line["report"] for line in right.lines if line["action"] == "merge"]
    told = {report["start"] for report in merged if report["article"] == parsed.article.id}
    found = []
    for number, event in enumerate(parsed.events, start=1):
        at = [place.resolution.place for place in event.places if place.resolution.place]
        places.update((place.id, place) for place in at)
        shown = _event(event, f"{parsed.article.id}:e{number}", at)
        found.append(shown | {"merged": event.trigger_start in told})
    return found


def _event(event: Event, event_id: str, at: list[Place]) -> dict[str, Any]:
    return {
        "id": event_id,
        "start": event.trigger_start,
        "end": event.trigger_end,
        "trigger": event.trigger,
        "quote": event.quote,
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "from": event.start.isoformat() if event.start else None,
        "to": event.end.isoformat() if event.end else None,
        "confidence": round(event.confidence, 3),
        "places": [place.id for place in at],
        "mentions": [place.resolution.mention.start for place in event.places],
        "reasons": list(event.reasons),
    }


def place_json(place: Place) -> dict[str, Any]:
    """Return a place as the page shows and chooses it."""
    parts = (place.name, place.admin1, place.country_name)
    return {
        "id": place.id,
        "name": place.name,
        "label": ", ".join(dict.fromkeys(part for part in parts if part)),
        "lat": round(place.lat, 5),
        "lon": round(place.lon, 5),
        "radius_km": place.radius_km,
        "kind": place.feature_code,
        "within": place.admin2 if place.admin2 != place.name else "",
        "population": place.population,
    }
