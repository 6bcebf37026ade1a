"""How often Dateline was right, told by the articles that people have checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from dateline.geo import Parsed
from dateline.geo.corrections_file import Correction
from dateline.geo.model import Resolution


def compare(own: Parsed, right: Parsed) -> dict[str, int]:
    """Count what Dateline found by itself against the same article as a person left it.

    Parameters
    ----------
    own, right : Parsed
        Without and with the corrections.

    Returns
    -------
    dict
        ``found`` mentions: how many were ``right``, how many ``wrong`` (another place or role), how many
        ``no place`` at all; how many were ``missed``; then what was stated as sure; then events.
    """
    after = {(r.mention.start, r.mention.end): r for r in right.resolutions}
    before = {(r.mention.start, r.mention.end): r for r in own.resolutions}
    counts = Counter(_verdict(r, after.get(span)) for span, r in before.items())
    sure = [span for span, r in before.items() if r.sure]
    events = [(event, event.trigger_start) for event in own.events]
    left = {event.trigger_start: event for event in right.events}
    same = sum(start in left and _told(event) == _told(left[start]) for event, start in events)
    return {
        "found": len(before),
        "right": counts["right"],
        "wrong": counts["wrong"],
        "no place": counts["no place"],
        "missed": len(after.keys() - before.keys()),
        "sure": len(sure),
        "sure and right": sum(_verdict(before[span], after.get(span)) == "right" for span in sure),
        "events": len(events),
        "events right": same,
    }


def _verdict(said: Resolution, is_: Resolution | None) -> str:
    if is_ is None:
        return "no place"
    ids = [r.place.id if r.place else "" for r in (said, is_)]
    return "right" if ids[0] == ids[1] and said.mention.role == is_.mention.role else "wrong"


def _told(event: object) -> tuple[object, ...]:
    """Return what a person can put right of an event."""
    places = tuple(at.resolution.place and at.resolution.place.id for at in event.places)  # type: ignore[attr-defined]
    return tuple(getattr(event, name) for name in ("type", "status", "start", "end")) + places


def by_month(lines: Iterable[Correction]) -> Iterator[tuple[str, int, Counter[str]]]:
    """Yield each month with how many articles were checked in it, and their counts together.

    Of an article that was checked twice, the last time counts.
    """
    last = {line["article"]: line for line in lines if line["action"] == "checked"}
    months: dict[str, list[Correction]] = {}
    for line in last.values():
        months.setdefault(line.get("at", "")[:7] or "no date", []).append(line)
    for month, checked in sorted(months.items(), reverse=True):
        total: Counter[str] = Counter()
        for line in checked:
            total.update(line.get("counts", {}))
        yield month, len(checked), total
