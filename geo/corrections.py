"""What people put right, remembered: one JSON line a correction, applied by every later run.

A file of corrections (by custom ``dateline.corrections.jsonl``) is append-only and made for diffs and for
eyes.  docs/corrections.md documents the format; this is one line of it::

    {"id": "c1", "at": "2026-01-25T10:02:00Z", "by": "anna", "article": "9f86d081884c7d65",
     "scope": "article", "action": "place", "start": 512, "end": 516, "text": "Kyiv",
     "place": {"id": "geonames:703448"}}

A line ``{"id": "c2", "undo": "c1", ...}`` takes another one back.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, TypedDict, get_args

from dateline.errors import InputError
from dateline.gazetteer import Gazetteer, Place
from dateline.geo.model import Article, Event, EventPlace, Mention, Resolution, Role, Status

Action = Literal["place", "role", "remove", "add", "event", "remove-event"]
Scope = Literal["mention", "article", "always"]


class PlaceChoice(TypedDict, total=False):
    """A place of the gazetteer (`id`), or a pin dropped by hand (`name`, `lat`, `lon`, `radius_km`)."""

    id: str
    name: str
    lat: float
    lon: float
    radius_km: float


class Correction(TypedDict, total=False):
    """One line of the file."""

    id: str
    at: str
    by: str
    article: str
    scope: Scope
    action: Action
    undo: str
    start: int
    end: int
    text: str
    role: Role
    place: PlaceChoice
    set: dict[str, Any]


class Corrections:
    """The corrections of one file, in force.

    Parameters
    ----------
    lines : iterable of Correction
        In the order in which they were made; of two that contradict each other the later holds.

    Examples
    --------
    >>> corrections = Corrections([{"id": "c1", "scope": "always", "action": "remove", "text": "Of"}])
    >>> article = Article("a2", "Of Kyiv")
    >>> [m.text for m in corrections.mentions(article, [Mention(0, 2, "Of"), Mention(3, 7, "Kyiv")])]
    ['Kyiv']
    """

    def __init__(self, lines: Iterable[Correction] = ()) -> None:
        lines = list(lines)
        undone: set[str] = set()
        for line in reversed(lines):  # an undo may itself be undone
            if "undo" in line and line.get("id") not in undone:
                undone.add(line["undo"])
        self._lines = [line for line in lines if "undo" not in line and line.get("id") not in undone]

    @classmethod
    def read(cls, path: str | Path) -> Corrections:
        """Read a file of corrections.

        Raises
        ------
        InputError
            Naming the line that is no correction.
        """
        return cls(parse(Path(path)))

    def __len__(self) -> int:
        """Return how many are in force."""
        return len(self._lines)

    def mentions(self, article: Article, mentions: Sequence[Mention]) -> list[Mention]:
        """Take out what is no place, add what was missed, put roles right."""
        found = {(mention.start, mention.end): mention for mention in mentions}
        for line in self._about(article, "remove", "add", "role"):
            for span in self._spans(line, article, found):
                if line["action"] == "remove":
                    found.pop(span, None)
                elif line["action"] == "role" and span in found:
                    found[span] = replace(found[span], role=line["role"])
                elif line["action"] == "add":
                    text = article.text[span[0] : span[1]]
                    found[span] = Mention(*span, text, line.get("role", "literal"), 1.0)
        return [found[span] for span in sorted(found)]

    def resolutions(
        self, article: Article, resolutions: Sequence[Resolution], gazetteer: Gazetteer
    ) -> list[Resolution]:
        """Give mentions the places that people chose for them."""
        found = {(r.mention.start, r.mention.end): r for r in resolutions}
        for line in self._about(article, "place"):
            place = chosen_place(line["place"], gazetteer)
            for span in self._spans(line, article, found):
                if span in found:
                    found[span] = _corrected(found[span], place, line)
        return list(found.values())

    def events(
        self,
        article: Article,
        events: Sequence[Event],
        resolutions: Sequence[Resolution],
        gazetteer: Gazetteer,
    ) -> list[Event]:
        """Put events right or take them out; an event is known by where its trigger starts."""
        found = {event.trigger_start: event for event in events}
        for line in self._about(article, "event", "remove-event"):
            event = found.get(line["start"])
            if event is None:
                continue
            if line["action"] == "remove-event":
                del found[line["start"]]
            else:
                found[line["start"]] = _changed(event, line, resolutions, gazetteer)
        return list(found.values())

    def _about(self, article: Article, *actions: Action) -> Iterator[Correction]:
        for line in self._lines:
            everywhere = line.get("scope") == "always"
            if line["action"] in actions and (everywhere or line.get("article") == article.id):
                yield line

    def _spans(
        self, line: Correction, article: Article, found: dict[tuple[int, int], Any]
    ) -> list[tuple[int, int]]:
        """Return the mentions a correction is about: the one it was made on, or all with the same words."""
        if line.get("scope", "mention") == "mention":
            return [(line["start"], line["end"])]
        spans = {span for span in found if article.text[span[0] : span[1]] == line["text"]}
        if line["action"] == "add":
            spans |= _occurrences(article.text, line["text"])
        return sorted(spans)


def parse(path: Path) -> list[Correction]:
    """Return the lines of a file of corrections, undone ones too.

    Raises
    ------
    InputError
        Naming the line that is no correction, and what it lacks.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as corrections ({error}); give a JSON Lines file") from None
    lines: list[Correction] = []
    for number, row in enumerate(text.splitlines(), start=1):
        if row.strip():
            try:
                line = json.loads(row)
                check(line)
            except ValueError as error:
                raise InputError(f"{path}, line {number}: {error}; mend or remove the line") from None
            lines.append(line)
    return lines


#: What each action cannot do without.
NEEDS: dict[str, dict[str, type]] = {
    "place": {"place": dict, "text": str},
    "role": {"role": str, "text": str},
    "remove": {"text": str},
    "add": {"text": str},
    "event": {"start": int, "set": dict},
    "remove-event": {"start": int},
}


def check(line: Any) -> None:
    """Check one correction.

    Raises
    ------
    ValueError
        Saying what is wrong with it.
    """
    if not isinstance(line, dict) or not isinstance(line.get("id"), str):
        raise ValueError("is no correction: it needs an object with an id")
    if "undo" in line:
        return
    action = line.get("action")
    if action not in NEEDS:
        raise ValueError(f"has the action {action!r}; one of {', '.join(NEEDS)} is needed")
    scope = line.get("scope", "mention")
    if scope not in get_args(Scope):
        raise ValueError(f"has the scope {scope!r}; one of {', '.join(get_args(Scope))} is needed")
    needs = dict(NEEDS[action])
    if scope == "mention":
        needs |= {"article": str, "start": int}
        if not action.endswith("event"):
            needs["end"] = int
    for name, kind in needs.items():
        if not isinstance(line.get(name), kind):
            raise ValueError(f"lacks {name!r}, which the action {action!r} needs")
    if action == "role" and line["role"] not in get_args(Role):
        raise ValueError(f"has the role {line['role']!r}; one of {', '.join(get_args(Role))} is needed")
    if action == "event":
        _check_event(line["set"])


_EVENT_FIELDS = {"type", "mode", "status", "start", "end", "place"}


def _check_event(changes: dict[str, Any]) -> None:
    if unknown := set(changes) - _EVENT_FIELDS:
        raise ValueError(f"sets {sorted(unknown)[0]!r}; an event has {', '.join(sorted(_EVENT_FIELDS))}")
    if "status" in changes and changes["status"] not in get_args(Status):
        raise ValueError(
            f"has the status {changes['status']!r}; one of {', '.join(get_args(Status))} is needed"
        )
    for name in ("start", "end"):
        if changes.get(name):
            dt.date.fromisoformat(changes[name])


def chosen_place(choice: PlaceChoice, gazetteer: Gazetteer) -> Place | None:
    """Return the place that a correction names, or None for "no such place"."""
    if "id" in choice:
        return gazetteer.get(choice["id"])
    if "lat" not in choice:
        return None
    lat, lon = float(choice["lat"]), float(choice["lon"])
    nearest = gazetteer.nearest(lat, lon, 1)[0]
    return Place(
        id=f"user:{lat:.5f},{lon:.5f}",
        name=choice.get("name", "a place set by hand"),
        lat=lat,
        lon=lon,
        feature_class="P",
        feature_code="",
        country=nearest.country,
        country_name=nearest.country_name,
        admin1=nearest.admin1,
        admin1_id=nearest.admin1_id,
        radius_km=float(choice.get("radius_km", 1.0)),
        source="corrections",
    )


def _corrected(resolution: Resolution, place: Place | None, line: Correction) -> Resolution:
    who = f"set by {line.get('by') or 'a person'}" + (f" on {line['at'][:10]}" if line.get("at") else "")
    return replace(
        resolution, place=place, probability=1.0, alternatives=(), reasons=(who,), match="correction"
    )


def _changed(
    event: Event, line: Correction, resolutions: Sequence[Resolution], gazetteer: Gazetteer
) -> Event:
    changes: dict[str, Any] = dict(line["set"])
    for name in ("start", "end"):
        if name in changes:
            changes[name] = dt.date.fromisoformat(changes[name]) if changes[name] else None
    if "place" in changes:
        changes["places"] = _event_places(event, changes.pop("place"), line, resolutions, gazetteer)
    reasons = (*event.reasons, f"corrected by {line.get('by') or 'a person'}")
    return replace(event, **changes, reasons=reasons)


def _event_places(
    event: Event,
    choice: PlaceChoice | None,
    line: Correction,
    resolutions: Sequence[Resolution],
    gazetteer: Gazetteer,
) -> tuple[EventPlace, ...]:
    place = chosen_place(choice, gazetteer) if choice else None
    if place is None:
        return ()
    mention = Mention(event.trigger_start, event.trigger_end, event.trigger)
    named = next(
        (r for r in resolutions if r.place and r.place.id == place.id), Resolution(mention, place, 1.0)
    )
    return (EventPlace(_corrected(named, place, line), 1.0, "exact", place.radius_km, place.lat, place.lon),)


def _occurrences(text: str, words: str) -> set[tuple[int, int]]:
    """Return every place where the words stand as whole words."""
    found: set[tuple[int, int]] = set()
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            found.add((at, end))
        at = text.find(words, end)
    return found
