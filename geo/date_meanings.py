"""What each kind of date expression means: from the match of its pattern to an interval of days.

The patterns, and the kinds that hold another expression, are in :mod:`dateline.geo.date_rules`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from dateline.geo import holidays
from dateline.geo.date_words import (
    NTH,
    NUMBERED,
    ORDINALS,
    SEASONS,
    WEEKDAY,
    day_number,
    month_number,
    number,
    weekday_number,
)
from dateline.geo.intervals import (
    DAY,
    Interval,
    century,
    days,
    length_of_month,
    months,
    shift,
    shift_weeks,
    week,
    whole_month,
    whole_year,
    years_from,
)
from dateline.geo.wordlists import wordlist

Tense = Literal["past", "future", "unknown"]
Match = re.Match[str]
#: So many days around publication a date without a year is of now, whatever year was told before it.
_CURRENT = 45
#: A date so few days ahead is to come, and no day of last year.
_SOON = 10


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against: a day, the tense of its verb, the date told before it."""

    day: dt.date
    tense: Tense = "unknown"
    anchor: Interval | None = None


#: Returns None where the words have no calendar value; ValueError for a day that does not exist.
Meaning = Callable[[Match, Context], Interval | None]


# -- days of the calendar ----------------------------------------------------------------------------------


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


def _ahead(m: Match, c: Context) -> Context:
    """Return the context without a tense behind a vote or a meeting: "campaigned for the vote on May 3"."""
    announced = _ANNOUNCED.search(m.string, max(0, m.start() - 40), m.start())
    return Context(c.day, "unknown", c.anchor) if announced else c


_ANNOUNCED = re.compile(
    r"\b(?:elections?|vote|referendum|run-?off|by-election|polls|summit) "
    r"(?:on|of|due on|set for|scheduled for) (?:\w+day,? )?$",
    re.IGNORECASE,
)


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


# -- days of the week --------------------------------------------------------------------------------------


def weekday(m: Match, c: Context) -> Interval | None:
    """Saturday: the last one, today included; the next one where the verb is in the future."""
    wanted, which = weekday_number(m["wd"]), (m["which"] or "").casefold()
    back = (c.day.weekday() - wanted) % 7
    ahead = -back % 7
    if which == "following":
        return _weekday_after(c.anchor, wanted)
    if which in ("next", "coming"):
        return days(c.day + (ahead or 7) * DAY)
    if which == "previous" and c.anchor:
        return days(c.anchor.first - ((c.anchor.first.weekday() - wanted) % 7 or 7) * DAY)
    if which in ("last", "past", "previous"):
        return days(c.day - (back or 7) * DAY)
    if which == "this":
        return days(c.day + (ahead if c.tense != "past" else -back) * DAY)
    return days(nearest_weekday(m["wd"], c))


def _weekday_after(told: Interval | None, wanted: int) -> Interval | None:
    return days(told.last + ((wanted - told.last.weekday()) % 7 or 7) * DAY) if told else None


def nearest_weekday(word: str, c: Context) -> dt.date:
    """Return the last such day, today included; where the verb is in the future, the next."""
    back = (c.day.weekday() - weekday_number(word)) % 7
    return c.day + (-back % 7) * DAY if c.tense == "future" else c.day - back * DAY


def weekday_of_week(m: Match, c: Context) -> Interval:
    """Wednesday of last week."""
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(m["which"].casefold(), 0)
    return days(week(c.day + 7 * step * DAY).first + weekday_number(m["wd"]) * DAY)


def week_on(m: Match, c: Context) -> Interval:
    """A week on Friday: the Friday after the next."""
    ahead = (weekday_number(m["wd"]) - c.day.weekday()) % 7 or 7
    return days(c.day + (ahead + 7) * DAY)


def weekdays(m: Match, c: Context) -> Interval:
    """Monday through Wednesday, Friday night into Saturday, between Saturday and Sunday."""
    length = (weekday_number(m["wd2"]) - weekday_number(m["wd"])) % 7
    last = nearest_weekday(m["wd2"], c)
    ahead = nearest_weekday(m["wd2"], Context(c.day, "future"))
    if length > 1 and ahead - length * DAY <= c.day:
        last = ahead  # the days that publication is one of
    return days(last - length * DAY, last)


def weekday_of_month(m: Match, c: Context) -> Interval | None:
    """The first Sunday of March, the last week of February: a week is seven days from the 1st, 8th..."""
    named, nth = _month_named(m, c), ORDINALS[m["nth"].casefold()]
    if named is None:
        return None
    if m["what"].casefold() == "week":
        first = named.first + 7 * (nth - 1) * DAY if nth else named.last - 6 * DAY
        return Interval(first, first + 6 * DAY, "week")
    wanted = weekday_number(m["what"])
    if not nth:
        return days(named.last - (named.last.weekday() - wanted) % 7 * DAY)
    return days(named.first + ((wanted - named.first.weekday()) % 7 + 7 * (nth - 1)) * DAY)


def _month_named(m: Match, c: Context) -> Interval | None:
    """Return the month of "January", "March 2025" or, told before, "the month"."""
    if not m["mon"]:
        return whole_month(c.day.year, c.day.month)
    return whole_month(int(m["y"]), month_number(m["mon"])) if m["y"] else bare_month(m, c)


# -- days counted from now, or from the date told before ---------------------------------------------------


def relative_day(m: Match, c: Context) -> Interval:
    """Yesterday, overnight, this morning."""
    words = m["rel"].casefold()
    if "before yesterday" in words:
        return days(c.day - 2 * DAY)
    if "after tomorrow" in words:
        return days(c.day + 2 * DAY)
    if words in ("overnight", "during the night"):
        night = c.day - DAY if c.tense != "future" else c.day
        return days(night, night + DAY)
    step = -1 if "yesterday" in words or words == "last night" else 1 if "tomorrow" in words else 0
    return days(c.day + step * DAY)


def neighbour(m: Match, c: Context) -> Interval | None:
    """The next day, the night before: counted from the date told before, never from publication."""
    if c.anchor is None or c.anchor.grain != "day":
        return None
    if (m["after"] or "").casefold() == "after" or (m["which"] or "").casefold() in ("next", "following"):
        return days(c.anchor.last + DAY)
    told = c.anchor.last if c.anchor.last == c.day else c.anchor.first  # "for a third day" is of today
    eve = told - DAY
    return days(eve, told if m["unit"].casefold() == "night" else eve)


def that_day(m: Match, c: Context) -> Interval | None:
    """That day, the same day, later in the day: the one told before; not "of the day", "won the day"."""
    if m["bare"] and _IDIOMS.search(m.string, max(0, m.start() - 10), m.start()):
        return None
    return c.anchor if c.anchor and c.anchor.grain == "day" else None


_IDIOMS = re.compile(
    r"\b(?:of|w[io]ns?|saves?d?|carr(?:y|ie[sd])|seized?|ruled?|spen[dt]|end)\s$", re.IGNORECASE
)


def unit(m: Match, c: Context) -> Interval | None:
    """Last week, this month, next year; that week, the following month: of the date told before."""
    which, name = m["which"].casefold(), m["unit"].casefold()
    if which in ("following", "the same", "that"):
        return shift(c.anchor.last, name, which == "following") if c.anchor else None
    step = -1 if which in ("last", "past", "previous") else 0 if which in ("this", "current") else 1
    if step == 0 and compares(m):
        return None
    found = shift(c.day, name, step)
    if found and step == 0 and _EARLIER.search(m.string, max(0, m.start() - _LEAD), m.start()):
        return _before(c.day, found)
    if found and step == 0 and name in ("month", "year"):  # what happened this month is not to come
        first, last = (max if c.tense == "future" else min)(found.first, c.day), found.last
        return Interval(first, c.day if c.tense == "past" else last, found.grain)
    return found


def compares(m: Match) -> bool:
    """Return whether an expression only counts or compares: "the deadliest since", "the third this year"."""
    return _COMPARED.search(m.string, max(0, m.start() - 60), m.start()) is not None


#: "The deadliest attack", "for the first time": what only compares, before "since" and "this year".
_COMPARED = re.compile(
    r"\b(?:(?!(?:pro|con)?test|(?:ar|un|inte)?rest|request|guest|west|forest|harvest)[a-z]+est"
    r"|\d+(?:st|nd|rd|th)|[a-z]+teenth"
    rf"|{'|'.join(NTH)}|{'|'.join(sorted(wordlist('records')))})\b[^.,;:]{{0,40}}\s$",
    re.IGNORECASE,
)


def in_the_unit(m: Match, c: Context) -> Interval | None:
    """Earlier in the week, later in the year: of the date told before, else of publication."""
    told = shift(c.anchor.last if c.anchor else c.day, m["unit"].casefold(), 0)
    if told and not c.anchor and m[0].casefold().startswith("earlier"):
        return _before(c.day, told)
    return told


def _before(day: dt.date, told: Interval) -> Interval:
    """Return the part of a week, month or year that was over when somebody said "earlier this week"."""
    return Interval(told.first, max(told.first, min(told.last, day - DAY)), told.grain)


_EARLIER = re.compile(r"\bearlier\s$", re.IGNORECASE)


def ago(m: Match, c: Context) -> Interval | None:
    """Three days ago, two weeks earlier, a year later."""
    words, name = m["dir"].casefold(), m["unit"].casefold()
    step = number(m["n"]) * (1 if words in ("later", "after", "from now", "hence") else -1)
    told = c.anchor if words in ("earlier", "before", "later", "after") else None
    if words in ("later", "after") and not told:
        return None
    told = told or (_quarter_told(c) if name == "year" else None)
    if name == "year" and told:
        return years_from(told, step)
    if step < 0 and _EXACTLY.search(m.string, max(0, m.start() - _LEAD), m.start()):
        return _back(c.day, name, -step)
    if name == "year" and abs(step) == 1:  # nobody says it of a day
        return whole_month(c.day.year + step, c.day.month)
    exact = not _ABOUT.search(m.string, max(0, m.start() - _LEAD), m.start())
    return (shift_weeks if exact else shift)(told.first if told else c.day, name, step)


def to_the_day(m: Match, c: Context) -> Interval | None:
    """Three weeks ago today, a year ago to the day, two weeks ago on Friday: that day."""
    found = _back(c.day, m["unit"].casefold(), number(m["n"]))
    if found is None or not m["wd"]:
        return found
    away = (weekday_number(m["wd"]) - found.first.weekday() + 3) % 7 - 3
    return days(found.first + away * DAY)


def _back(day: dt.date, unit: str, step: int) -> Interval | None:
    """Return the one day so many units before another."""
    if unit in ("month", "year"):
        month = day.month - 1 - (step if unit == "month" else 12 * step)
        year, month = day.year + month // 12, month % 12 + 1
        return days(dt.date(year, month, min(day.day, length_of_month(year, month))))
    return (
        shift(day, "day", -step * {"day": 1, "week": 7, "fortnight": 14}[unit]) if unit in _COUNTED else None
    )


_COUNTED = frozenset({"day", "week", "fortnight"})
_EXACTLY = re.compile(r"\bexactly\s$", re.IGNORECASE)
#: Before a number that is none to count a day with.
_ABOUT = re.compile(
    r"\b(?:about|around|nearly|almost|over|some|roughly|more than|less than|at least)\s$", re.IGNORECASE
)


def _quarter_told(c: Context) -> Interval | None:
    """Return the quarter told before: "up from a year ago" compares it with that of the year before."""
    return c.anchor if c.anchor and c.anchor.grain == "quarter" else None


def year_ago(m: Match, c: Context) -> Interval | None:
    """The year-ago quarter, the year-earlier period: of the date told before."""
    return years_from(c.anchor, -1) if c.anchor else whole_year(c.day.year - 1)


def span(m: Match, c: Context) -> Interval:
    """The past 24 hours, the last three days, the past week: from then until the day of publication."""
    hours = {"hour": 1, "day": 24, "week": 168, "month": 720, "year": 8760}[m["unit"].casefold()]
    count = number(m["n"]) if m["n"] else 1
    return days(c.day - -(-hours * count // 24) * DAY, c.day)


def next_span(m: Match, c: Context) -> Interval:
    """The next 24 hours, the coming three days: from the day of publication on."""
    hours = number(m["n"]) * {"hour": 1, "day": 24, "week": 168}[m["unit"].casefold()]
    return days(c.day, c.day + -(-hours // 24) * DAY)


#: What has happened until now, not "has promised to return in two weeks".
PERFECT = re.compile(
    r"\b(?:have|has) (?:been |since |already )?\w+(?!.*\b(?:to [a-z]|will |would ))", re.DOTALL
)


def in_units(m: Match, c: Context) -> Interval | None:
    """In two weeks; of what happened, "40 crashes in four years", "fled in a week", only a day is a date."""
    happened = c.tense == "past" or PERFECT.search(m.string, max(0, m.start() - _LEAD), m.start())
    if happened:
        return days(c.day - DAY, c.day) if m["unit"].casefold() == "day" and number(m["n"]) == 1 else None
    return shift(c.day, m["unit"].casefold(), number(m["n"]))


def anniversary(m: Match, c: Context) -> Interval | None:
    """One year since: about then; the month, for anniversaries are marked early and late."""
    if m["unit"].casefold() not in ("year", "month"):
        return None
    count = number(m["n"]) * (12 if m["unit"].casefold() == "year" else 1)
    return whole_month(c.day.year, c.day.month - count)


def third_day(m: Match, c: Context) -> Interval | None:
    """For a third day, a second consecutive day: the days so far; on the third day: the date told before."""
    told = c.anchor if c.anchor and c.anchor.grain == "day" else None
    if not m["for"] and not m["straight"]:
        return told
    last = told.last if told else c.day
    if on := _ON_A_DAY.match(m.string, m.end()):  # "for a third day on Wednesday"
        last -= (last.weekday() - weekday_number(on[1])) % 7 * DAY
    return days(last - (NTH[m["nth"].casefold()] - 1) * DAY, last)


_ON_A_DAY = re.compile(rf" on ({WEEKDAY})\b", re.IGNORECASE)


def weekend(m: Match, c: Context) -> Interval | None:
    """The weekend: the last one, from Sunday on this one; on a Saturday what is over was a week ago."""
    begun = c.day.weekday() == 6 or (c.day.weekday() == 5 and c.tense != "past")
    return shift(c.day, "weekend", 0 if c.tense == "future" or begun else -1)


# -- months and more ---------------------------------------------------------------------------------------


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
    part = _PART.search(m.string, max(0, m.start() - _LEAD), m.start("mon"))
    if month is None or part is None:
        return month
    first, last = _THIRDS[part[1].casefold()]
    return Interval(month.first.replace(day=first), min(month.last, month.first + (last - 1) * DAY), "month")


#: Before a month; "by the end of June" and "until the middle of May" are no third, but go on until one.
_PART = re.compile(
    r"(?<!by the )(?<!until the )(?<!till the )\b(early|mid|late|beginning|start|middle|end)"
    r"(?:[- ]| of | in )?(?:last |this |next )?$",
    re.IGNORECASE,
)
_LEAD = 24
_EARLY, _MIDDLE, _LATE = (1, 10), (10, 20), (21, 31)
_THIRDS = {"early": _EARLY, "beginning": _EARLY, "start": _EARLY, "mid": _MIDDLE, "middle": _MIDDLE}
_THIRDS |= {"late": _LATE, "end": _LATE}


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
        return _quarter_told(c)
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
