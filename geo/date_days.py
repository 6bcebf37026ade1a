"""What dates of the calendar and holidays mean: "24 January", "the 12th", "Christmas Eve"."""

from __future__ import annotations

import datetime as dt
import re

from dateline.geo import holidays
from dateline.geo.date_meanings import Context, Match
from dateline.geo.date_words import day_number, month_number, weekday_number
from dateline.geo.intervals import Interval, days, length_of_month, whole_month

#: So many days around publication a date without a year is of now, whatever year was told before it.
_CURRENT = 45
#: A date so few days ahead is to come, and no day of last year.
_SOON = 10
_ANNOUNCED = re.compile(
    r"\b(?:elections?|vote|referendum|run-?off|by-election|polls|summit) "
    r"(?:on|of|due on|set for|scheduled for) (?:\w+day,? )?$",
    re.IGNORECASE,
)


def iso(m: Match, c: Context) -> Interval:
    """2026-01-24."""
    return days(dt.date(int(m["y"]), int(m["m"]), int(m["d"])))


def slashed(m: Match, c: Context) -> Interval | None:
    """24/01/2026, 1/24/2026; None where both orders are possible and differ: dots put the day first."""
    a, b, year = int(m["a"]), int(m["b"]), int(m["y"])
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    if a <= 12 and b <= 12 and a != b and "/" in m[0]:
        return None
    return days(dt.date(year, b, a) if a > 12 or "." in m[0] else dt.date(year, a, b))


def month_day(m: Match, c: Context) -> Interval:
    """Saturday, Jan. 24; "January 23 to 25"."""
    month, first = month_number(m["mon"]), day_number(m["d"])
    year = int(m["y"]) if m["y"] else _nearest_year(_ahead(m, c), month, first, m["wd"])
    start = dt.date(year, month, first)
    last = dt.date(year, month, day_number(m["d2"])) if m["d2"] else start
    return days(start, max(start, last))


def day_month(m: Match, c: Context) -> Interval:
    """24 January 2026, a range "23-24 January"."""
    month, last = month_number(m["mon"]), day_number(m["d2"] or m["d"])
    year = int(m["y"]) if m["y"] else _nearest_year(_ahead(m, c), month, last, m["wd"])
    return days(dt.date(year, month, day_number(m["d"])), dt.date(year, month, last))


def _nearest_year(c: Context, month: int, day: int, named: str | None) -> int:
    """Return the year that a date without one means: the nearest, on the side that the tense says.

    Without a tense the past is likelier: news announces a few weeks ahead and looks back further.  The
    weekday `named` with it decides first, and behind a date of an earlier year ("invaded on 24 February 2022
    and on March 2 took") its year.
    """
    # 29 February exists in some years only; any nearby year that has it will do
    years = [
        c.day.year + k
        for k in (range(-8, 9) if (month, day) == (2, 29) else (-1, 0, 1))
        if day <= length_of_month(c.day.year + k, month)
    ]
    if named:
        wanted = weekday_number(named)
        years = [y for y in years if dt.date(y, month, day).weekday() == wanted] or years
    if not years:
        raise ValueError(f"no {day}.{month}. near {c.day.year}")

    def distance(year: int) -> int:
        ahead = (dt.date(year, month, day) - c.day).days
        soon = 0 < ahead <= _SOON  # nobody leaves the year out of what is nearly one ago
        wrong_way = (c.tense == "past" and ahead > 0 and not soon) or (c.tense == "future" and ahead < 0)
        return abs(ahead) * (2 if ahead > 0 and c.tense == "unknown" else 1) + (366 if wrong_way else 0)

    nearest = min(years, key=distance)
    told = c.anchor
    if told and told.grain in ("day", "month") and told.last.year < c.day.year and c.tense == "past":
        later = (month, day) >= (told.first.month, told.first.day)
        if later and abs(dt.date(nearest, month, day) - c.day).days > _CURRENT:
            return told.first.year
    return nearest


def _ahead(m: Match, c: Context) -> Context:
    """Return the context without a tense behind a vote or a meeting: "campaigned for the vote on May 3"."""
    announced = _ANNOUNCED.search(m.string, max(0, m.start() - 40), m.start())
    return Context(c.day, "unknown", c.anchor) if announced else c


def day_of_month(m: Match, c: Context) -> Interval:
    """On the 12th: of the month told before, else of this one or its neighbour on the side of the tense."""
    day, base, of = day_number(m["d"]), c.day.replace(day=1), (m["of"] or "").casefold()
    if not of and c.anchor and c.anchor.grain == "day":
        base = c.anchor.first.replace(day=1)
        if dt.date(base.year, base.month, day) < c.anchor.first:
            base = whole_month(base.year, base.month + 1).first
    elif of and ("last" in of or "ult" in of):
        base = whole_month(base.year, base.month - 1).first
    elif not of and (day > c.day.day) != (c.tense == "future") and day != c.day.day:
        base = whole_month(base.year, base.month + (1 if c.tense == "future" else -1)).first
    return days(dt.date(base.year, base.month, day))


def holiday(m: Match, c: Context) -> Interval | None:
    """Christmas Eve, Easter Monday: of the year named, else the nearest on the side that the tense says."""
    name = m["feast"].casefold().replace("’", "'")
    if m["y"]:
        return next(iter(holidays.in_year(name, int(m["y"]))), None)
    found = [feast for k in (-1, 0, 1) for feast in holidays.in_year(name, c.day.year + k)]
    if c.tense == "future":
        found = [feast for feast in found if feast.last >= c.day]
    elif c.tense == "past":
        found = [feast for feast in found if feast.first <= c.day]

    def distance(feast: Interval) -> int:
        return max(2 * (feast.first - c.day).days, (c.day - feast.last).days, 0)

    return min(found, key=distance, default=None)
