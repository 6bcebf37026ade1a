"""What months, seasons, quarters, years and longer times mean."""

from __future__ import annotations

import datetime as dt
import re

from dateline.geo.date_meanings import LEAD, Context, Match
from dateline.geo.date_words import NUMBERED, ORDINALS, SEASONS, day_number, month_number, number
from dateline.geo.intervals import DAY, Interval, century, days, months, shift, week, whole_month, whole_year

#: Before a month; "by the end of June" and "until the middle of May" are no third, but go on until one.
_PART = re.compile(
    r"(?<!by the )(?<!until the )(?<!till the )\b(early|mid|late|beginning|start|middle|end)"
    r"(?:[- ]| of | in )?(?:last |this |next )?$",
    re.IGNORECASE,
)
_EARLY, _MIDDLE, _LATE = (1, 10), (10, 20), (21, 31)
_THIRDS = {
    "early": _EARLY,
    "beginning": _EARLY,
    "start": _EARLY,
    "mid": _MIDDLE,
    "middle": _MIDDLE,
    "late": _LATE,
    "end": _LATE,
}


def month_of_year(m: Match, c: Context) -> Interval:
    """June last year, March of this year."""
    return whole_month(year_meant(m, c), month_number(m["mon"]))


def year_meant(m: Match, c: Context) -> int:
    """Return which year "last year", "this year" or "next year" is."""
    return c.day.year + {"last": -1, "this": 0, "next": 1}[m["which"].casefold()]


def bare_month(m: Match, c: Context) -> Interval | None:
    """March, last March, next March: the one nearest in the direction of the tense."""
    month, which = month_number(m["mon"]), (m["which"] or "").casefold()
    if which in ("last", "past", "previous"):
        return whole_month(c.day.year - (month >= c.day.month), month)
    if which in ("next", "coming", "following") or (c.tense == "future" and month < c.day.month):
        return whole_month(c.day.year + (month <= c.day.month), month)
    if which == "this" or c.tense == "future" or month <= c.day.month:
        return whole_month(c.day.year, month)
    ahead = month - c.day.month
    return whole_month(c.day.year if c.tense == "unknown" and ahead <= 2 else c.day.year - 1, month)


def part_of_month(m: Match, c: Context) -> Interval | None:
    """Early January, mid-March 2025, the end of May: about a third of the month; else all of it."""
    told = m.groupdict().get("y")
    month = whole_month(int(told), month_number(m["mon"])) if told else bare_month(m, c)
    part = _PART.search(m.string, max(0, m.start() - LEAD), m.start("mon"))
    if month is None or part is None:
        return month
    first, last = _THIRDS[part[1].casefold()]
    return Interval(month.first.replace(day=first), min(month.last, month.first + (last - 1) * DAY), "month")


def season(m: Match, c: Context) -> Interval | None:
    """Last summer, the winter of 2024."""
    which, first = (m["which"] or "").casefold(), SEASONS[m["season"].casefold()]
    if m["y"]:
        return months(int(m["y"]), first, 3, "season")
    if not which:
        return None
    year = c.day.year
    over = (year, c.day.month) > (year, first + 2) if first < 12 else False
    begun = c.day.month >= first
    if which == "the":
        year += over if c.tense == "future" else begun - 1
    elif which in ("last", "past", "previous"):
        year -= not over
    elif which in ("next", "coming", "following"):
        year += begun
    elif which in ("the same", "that"):
        return None
    if first == 12 and c.day.month <= 2:
        year -= which == "this"
    return months(year, first, 3, "season")


def quarter_told(c: Context) -> Interval | None:
    """Return the quarter told before: "up from a year ago" compares it with that of the year before."""
    return c.anchor if c.anchor and c.anchor.grain == "quarter" else None


def quarter(m: Match, c: Context) -> Interval | None:
    """The third quarter of 2025, last year's second quarter, Q3."""
    digits = re.sub(r"\D", "", m["q"])
    nth, which = int(digits or ORDINALS[m["q"].casefold()]), (m["which"] or "").casefold()
    year = c.day.year
    if m["y"]:
        year = int(m["y"])
    elif which in ("last", "previous") or (
        not which and c.tense != "future" and nth > (c.day.month + 2) // 3
    ):
        year -= 1
    elif which in ("next", "coming"):
        year += 1
    return months(year, 3 * nth - 2, 3, "quarter")


def latest_quarter(m: Match, c: Context) -> Interval | None:
    """The quarter: the one told before; the latest quarter: else the last that is over."""
    if not m["latest"]:
        return quarter_told(c)
    return shift(c.day, "quarter", 0 if "current" in m["latest"].casefold() else -1)


def half(m: Match, c: Context) -> Interval:
    """The first half of 2025, the first two quarters of this year, H1 2025."""
    second = m["h"].casefold() in ("second", "last", "latter", "h2")
    year = int(m["y"]) if m["y"] else c.day.year - (m["which"] or "").casefold().startswith("last")
    return months(year, 7 if second else 1, 6, "half")


def year_end(m: Match, c: Context) -> Interval:
    """By year-end, at the end of the month: its last day; the end of the week: its last three."""
    name = (m["unit"] or "year").casefold()
    if name == "week":
        sunday = week(c.day).last
        return days(sunday - 2 * DAY, sunday)
    return days(dt.date(c.day.year, 12, 31) if name == "year" else whole_month(c.day.year, c.day.month).last)


def year(m: Match, c: Context) -> Interval | None:
    """2014; "Resolution 1701" is none."""
    return whole_year(int(m["y"])) if _is_year(m, int(m["y"]), c) else None


def years(m: Match, c: Context) -> Interval | None:
    """From 2019 to 2021, 2019-2021, the 2024-25 season."""
    first = int(m["y"])
    last = int(m["last"]) if len(m["last"]) == 4 else first // 100 * 100 + int(m["last"])
    if last <= first or not _is_year(m, first, c) or (len(m["last"]) == 2 and last > first + 9):
        return None
    return whole_year(first, last - first + 1)


def _is_year(m: Match, value: int, c: Context) -> bool:
    """Return whether a number is a year: not "Resolution 1701"; not one long to come, if now is known."""
    if NUMBERED.search(m.string, max(0, m.start() - 16), m.start()) or m.string[: m.start()].endswith(" at "):
        return False  # "will close at 1800"
    return 1000 <= value <= c.day.year + 100 or c.day.year == 1


def spoken_year(m: Match, c: Context) -> Interval:
    """Nineteen ninety-six, as transcripts write it."""
    ones = number(m["ones"]) if m["ones"] else 0
    return whole_year(100 * number(m["hundreds"]) + number(m["tens"]) + ones)


def decade(m: Match, c: Context) -> Interval:
    """The 1990s, the 80s."""
    first = day_number(m["dec"])
    first += 1900 if first < 100 else 0
    return Interval(dt.date(first, 1, 1), dt.date(first + 9, 12, 31), "decade")


def nth_century(m: Match, c: Context) -> Interval:
    """The 19th century."""
    return century(day_number(m["nth"]))
