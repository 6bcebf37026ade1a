"""Dates in English news: expressions found, and resolved against the day of publication.

Every expression becomes an honest interval of days, first and last included; what has no calendar value
("recently", "four-year war") gives none.  The rules are our own (:mod:`dateline.geo.date_rules`): measured on
timenorm's news set in docs/events.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from dateline.geo.date_meanings import Context, Tense
from dateline.geo.date_rules import ASIDES, counted_from, expressions
from dateline.geo.intervals import Interval


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression ``text[start:end]`` and the days it stands for.

    `base` is set for one that another counts from: "Monday" of "two days after Monday's attack"; `ahead`
    where the verb beside it says that it is to come.
    """

    start: int
    end: int
    text: str
    interval: Interval
    base: bool = False
    ahead: bool = False


def find(
    text: str, day: dt.date | None, tense: Tense = "unknown", start: int = 0, end: int | None = None
) -> list[DateMention]:
    """Return the date expressions of a text that have a calendar value, in order.

    Parameters
    ----------
    text : str
    day : datetime.date or None
        The day of publication; without it only complete dates ("24 January 2026") are found.
    tense : {"past", "future", "unknown"}
        Of the verb that the expressions go with: decides what a bare "Saturday" or "February 1" means.
    start, end : int
        Look only between these offsets.

    Examples
    --------
    >>> day = dt.date(2026, 1, 25)  # a Sunday
    >>> found = find("on Saturday, as last summer", day)
    >>> [(d.text, str(d.interval.first), str(d.interval.last)) for d in found]
    [('Saturday', '2026-01-24', '2026-01-24'), ('last summer', '2025-06-01', '2025-08-31')]
    >>> find("on February 1", day, "future")[0].interval.first
    datetime.date(2026, 2, 1)
    >>> find("the nearly four-year war", day)
    []
    """
    return find_in_tenses(text, day, (tense,), start, end)[tense]


def find_in_tenses(
    text: str,
    day: dt.date | None,
    tenses: Iterable[Tense],
    start: int = 0,
    end: int | None = None,
    anchor: Interval | None = None,
) -> dict[Tense, list[DateMention]]:
    """Return the dates of a text as each of several tenses would have them, searching it only once.

    "Two days later", "the night before", "that week" count from the date told before them: the last of this
    text, at its beginning `anchor`.
    """
    found: dict[Tense, list[DateMention]] = {tense: [] for tense in tenses}
    told = dict.fromkeys(found, anchor)
    counted = -1
    for match, inner, meaning in expressions(text, start, len(text) if end is None else end):
        if day is None and not inner.groupdict().get("y"):
            continue  # not a complete date
        for tense, mentions in found.items():
            try:
                interval = meaning(inner, Context(day or dt.date(1, 1, 1), tense, told[tense]))
            except (ValueError, OverflowError):
                continue
            if interval:
                base = match.start() <= counted < match.end()
                mentions.append(DateMention(match.start(), match.end(), match[0], interval, base))
                if meaning not in ASIDES and not base:
                    told[tense] = interval
        if meaning is counted_from:
            counted = inner.start("what")
    return found


def resolve(
    expression: str, day: dt.date, tense: Tense = "unknown", anchor: Interval | None = None
) -> Interval | None:
    """Return the days that one expression stands for, None if it has no calendar value.

    `anchor` is the date told before it, from which "a day later" counts.

    Examples
    --------
    >>> resolve("Oct. 12", dt.date(1989, 10, 30)).first
    datetime.date(1989, 10, 12)
    """
    found = find_in_tenses(expression, day, (tense,), anchor=anchor)[tense]
    return max(found, key=lambda mention: mention.end - mention.start).interval if found else None
