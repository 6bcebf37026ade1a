"""The short table that ``dateline map`` prints: each event, its place, how sure we are, what stays open."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from dateline.maps.counts import is_counted, number
from dateline.maps.palette import symbol

if TYPE_CHECKING:
    from dateline.geo import Result

HEAD = ("event", "when", "where", "sure", "")
_WIDEST = (34, 24, 34, 5, 40)
_MOST_ROWS = 40
_CONTROL = dict.fromkeys([*range(32), *range(127, 160), 8232, 8233], " ")


def summarize(result: Result) -> str:
    """Return the summary of a result as lines of plain text.

    Parameters
    ----------
    result : Result

    Returns
    -------
    str
        Safe to print: control characters of the articles are blanked.
    """
    events = result.events
    if is_counted(events):
        events = events.sort_values("n_events", ascending=False, kind="stable")
    lines = [_counts(result), ""] if len(events) else [_counts(result)]
    lines += table([HEAD, *(_row(event) for event in events.head(_MOST_ROWS).itertuples())], _WIDEST)
    if len(events) > _MOST_ROWS:
        lines.append(f"... and {number(events[_MOST_ROWS:])} more")
    if len(result.places) and not events["place_id"].ne("").any():
        why = "; events are read in English only" if result.foreign else ""
        lines.append(f"Nothing to pin{why}. Maps and pictures show the places named as dots.")
    lines += _open_questions(result)
    return "\n".join(lines)


def _counts(result: Result) -> str:
    events = result.events
    located = number(events[events["place_id"].ne("")])
    articles = many(len(result.articles), "article")
    if is_counted(events):
        areas = many(events["place_id"].nunique(), "area")
        text = f"{articles}, {many(located, 'located event')} counted in {areas}"
    else:
        text = (
            f"{articles}, {many(len(result.places), 'place')} named {many(len(result.mentions), 'time')}, "
            f"{many(number(events), 'event')} ({located} located)"
        )
    if result.corrections:
        text += f"; {many(result.corrections, 'correction')} by people applied"
    if result.foreign:
        text += f"; {many(result.foreign, 'article')} not in English: places only, no events"
    if result.copies:
        text += f"; {many(result.copies, 'exact copy', 'exact copies')} left out"
    return text + "."


def many(count: int, one: str, more: str = "") -> str:
    """Return a number with its noun, in the plural unless it is one."""
    return f"{count:,} {one if count == 1 else more or one + 's'}"


def _row(event: Any) -> tuple[str, ...]:
    where = f"{event.place}, {event.country}" if event.country else event.place
    notes = [] if event.status == "actual" else [event.status]
    if event.precision in ("admin1", "region", "country"):
        notes.append(f"somewhere in this {event.precision.replace('admin1', 'province')}")
    if event.precision == "near":
        notes.append(f"near, within {event.radius_km:.0f} km")
    what = event.mode or symbol(event.type).label.lower()
    return (
        f"{event.n_events:,} × {what}" if hasattr(event, "n_events") else what,
        _interval(event.start, event.end),
        where or "(no place given)",
        f"{event.confidence:.0%}" if event.place_id else "",
        ", ".join(notes),
    )


def _interval(start: pd.Timestamp, end: pd.Timestamp) -> str:
    if pd.isna(start) and pd.isna(end):
        return "(no date given)"
    days = [f"{moment:%Y-%m-%d}" for moment in (start, end) if not pd.isna(moment)]
    return " to ".join(dict.fromkeys(days))


def _open_questions(result: Result) -> list[str]:
    mentions = result.mentions[result.mentions["role"] == "literal"]
    lines = []
    for status, words in (("unresolved", "Not resolved"), ("unsure", "Unsure")):
        names = list(dict.fromkeys(mentions.loc[mentions["status"] == status, "text"]))
        if names:
            more = f" and {len(names) - 12} more" if len(names) > 12 else ""
            lines.append(f"{words}: {', '.join(plain(name) for name in names[:12])}{more}.")
    return ["", *lines] if lines else []


def table(rows: Sequence[Sequence[str]], widest: Sequence[int]) -> list[str]:
    """Align rows of text in columns, each cut to its widest allowed width; a head alone gives nothing."""
    if len(rows) < 2:
        return []
    cut = [[_cut(plain(cell), most) for cell, most in zip(row, widest, strict=True)] for row in rows]
    widths = [max(_width(row[i]) for row in cut) for i in range(len(widest))]
    return [
        "  ".join(c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True)).rstrip() for row in cut
    ]


def plain(text: str) -> str:
    """Blank what could move a terminal's cursor or break a line."""
    return "".join(c for c in text.translate(_CONTROL) if unicodedata.category(c) not in ("Cf", "Cs"))


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
