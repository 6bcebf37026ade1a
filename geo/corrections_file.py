"""The format of a file of corrections: one JSON object a line; docs/corrections.md documents it."""

from __future__ import annotations

import datetime as dt
import json
import math
from pathlib import Path
from typing import Any, Literal, TypedDict, get_args

from dateline.errors import InputError
from dateline.geo.model import Role, Status

Action = Literal["place", "role", "remove", "add", "event", "remove-event", "merge", "checked"]
Scope = Literal["mention", "article", "always"]


class PlaceChoice(TypedDict, total=False):
    """A place of the gazetteer (`id`), a pin dropped by hand (`lat`, `lon`), or both.

    `name`, `lat` and `lon` beside an id are for readers, and stand in for a place that the gazetteer lacks.
    """

    id: str
    name: str
    lat: float
    lon: float
    radius_km: float


class EventAt(TypedDict):
    """An event: its article and where its trigger starts."""

    article: str
    start: int


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
    report: EventAt
    counts: dict[str, int]


def parse(path: Path) -> list[Correction]:
    """Return the lines of a file of corrections, undone ones too.

    Raises
    ------
    InputError
        Naming the line that is no correction, what it lacks, and the mend.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(
            f"{path}: no such file; 'dateline serve' makes it, and none is needed if nothing was corrected"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as corrections ({error}); give a JSON Lines file") from None
    lines: list[Correction] = []
    ids: set[str] = set()
    for number, row in enumerate(text.split("\n"), start=1):
        if row.strip():
            try:
                line = json.loads(row)
                check(line)
                if line["id"] in ids:
                    raise ValueError(f"has the id {line['id']!r} of a line before; give it another")
            except (ValueError, RecursionError) as error:
                raise InputError(f"{path}, line {number}: {error}; mend or remove the line") from None
            ids.add(line["id"])
            lines.append(line)
    return lines


#: What each action cannot do without.
NEEDS: dict[str, dict[str, type]] = {
    "place": {"place": dict, "text": str},
    "role": {"role": str, "text": str},
    "remove": {"text": str},
    "add": {"text": str},
    "event": {"article": str, "start": int, "set": dict},
    "remove-event": {"article": str, "start": int},
    "merge": {"article": str, "start": int, "report": dict},
    "checked": {"article": str},
}
#: Actions on mentions; the others are about one event, or a whole article.
ON_MENTIONS: tuple[Action, ...] = ("place", "role", "remove", "add")
#: What says which mentions are meant, by scope.
_AT: dict[str, dict[str, type]] = {
    "mention": {"article": str, "start": int, "end": int},
    "article": {"article": str},
    "always": {},
}
_STRINGS = ("at", "by", "article", "text", "undo")


def check(line: Any) -> None:
    """Check one correction.

    Raises
    ------
    ValueError
        Saying what is wrong with it.
    """
    if not isinstance(line, dict) or not isinstance(line.get("id"), str):
        raise ValueError("is no correction: it needs an object with an id")
    for name in _STRINGS:
        if name in line and not isinstance(line[name], str):
            raise ValueError(f"has {name!r} that is not text")
    if "undo" in line:
        return
    action = line.get("action")
    if not isinstance(action, str) or action not in NEEDS:
        raise ValueError(f"has the action {action!r}; one of {', '.join(NEEDS)} is needed")
    _check_needs(line, action)
    if action == "role" or "role" in line:
        _check_choice("role", line["role"], get_args(Role))
    if action == "place":
        check_place(line["place"])
    elif action == "event":
        _check_event(line["set"])
    elif action == "merge":
        _check_event_at(line)
    elif action == "checked":
        _check_counts(line.get("counts", {}))


def _check_needs(line: dict[str, Any], action: str) -> None:
    scope = line.get("scope", "mention")
    _check_choice("scope", scope, get_args(Scope))
    needs = dict(NEEDS[action])
    if action in ON_MENTIONS:
        needs |= _AT[scope]
        if not line.get("text"):
            raise ValueError(f"lacks 'text', which the action {action!r} needs")
    for name, kind in needs.items():
        value = line.get(name)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise ValueError(f"lacks {name!r}, which the action {action!r} needs")
    if ("start" in needs and line["start"] < 0) or ("end" in needs and line["end"] <= line["start"]):
        raise ValueError("has a start and an end that are no span of text")


def _check_choice(name: str, value: Any, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise ValueError(f"has the {name} {value!r}; one of {', '.join(choices)} is needed")


def check_place(place: Any) -> None:
    """Check the place that a line chooses.

    Raises
    ------
    ValueError
        Saying what is wrong with it.
    """
    if not isinstance(place, dict):
        raise ValueError("has a place that is no object")
    for name in ("id", "name"):
        if name in place and not isinstance(place[name], str):
            raise ValueError(f"has a place whose {name!r} is not text")
    if ("lat" in place) != ("lon" in place):
        raise ValueError("has a place with 'lat' or 'lon' alone; a point needs both")
    limits = {"lat": (-90.0, 90.0), "lon": (-180.0, 180.0), "radius_km": (0.0, 20_000.0)}
    for name, (least, most) in limits.items():
        if name in place and not _is_within(place[name], least, most):
            raise ValueError(f"has a place whose {name!r} is no number from {least:g} to {most:g}")


def _is_within(value: Any, least: float, most: float) -> bool:
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    return number and least <= value <= most


_EVENT_FIELDS = {"type", "mode", "status", "start", "end", "place"}


def _check_event(changes: dict[str, Any]) -> None:
    if unknown := set(changes) - _EVENT_FIELDS:
        raise ValueError(f"sets {min(unknown)!r}; an event has {', '.join(sorted(_EVENT_FIELDS))}")
    if "status" in changes:
        _check_choice("status", changes["status"], get_args(Status))
    for name in ("type", "mode"):
        if name in changes and not isinstance(changes[name], str):
            raise ValueError(f"sets {name!r} to what is not text")
    if changes.get("place"):
        check_place(changes["place"])
    days = {name: changes[name] for name in ("start", "end") if changes.get(name) is not None}
    for name, day in days.items():
        try:
            dt.date.fromisoformat(day)
        except (TypeError, ValueError):
            raise ValueError(f"sets {name!r} to {day!r}, which is no day such as 2026-01-24") from None


def _check_event_at(line: dict[str, Any]) -> None:
    report = line["report"]
    if not isinstance(report.get("article"), str) or type(report.get("start")) is not int:
        raise ValueError("lacks the 'article' and 'start' of the report to merge")
    if (report["article"], report["start"]) == (line["article"], line["start"]):
        raise ValueError("merges an event into itself")


def _check_counts(counts: Any) -> None:
    whole = isinstance(counts, dict) and all(type(n) is int and n >= 0 for n in counts.values())
    if not whole:
        raise ValueError("has 'counts' that are no numbers by name")
