"""What is counted from now or from the date told before means: "yesterday", "two weeks ago", "that year"."""

from __future__ import annotations

import datetime as dt
import re

from dateline.geo.date_meanings import LEAD, Context, Match
from dateline.geo.date_periods import quarter_told
from dateline.geo.date_words import NTH, WEEKDAY, number, weekday_number
from dateline.geo.intervals import (
    DAY,
    Interval,
    days,
    length_of_month,
    shift,
    shift_weeks,
    whole_month,
    whole_year,
    years_from,
)
from dateline.geo.wordlists import wordlist

_IDIOMS = re.compile(
    r"\b(?:of|w[io]ns?|saves?d?|carr(?:y|ie[sd])|seized?|ruled?|spen[dt]|end)\s$", re.IGNORECASE
)
#: "The deadliest attack", "for the first time": what only compares, before "since" and "this year".
_COMPARED = re.compile(
    r"\b(?:(?!(?:pro|con)?test|(?:ar|un|inte)?rest|request|guest|west|forest|harvest)[a-z]+est"
    r"|\d+(?:st|nd|rd|th)|[a-z]+teenth"
    rf"|{'|'.join(NTH)}|{'|'.join(sorted(wordlist('records')))})\b[^.,;:]{{0,40}}\s$",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"\bearlier\s$", re.IGNORECASE)
_COUNTED = frozenset({"day", "week", "fortnight"})
_EXACTLY = re.compile(r"\bexactly\s$", re.IGNORECASE)
#: Before a number that is none to count a day with.
_ABOUT = re.compile(
    r"\b(?:about|around|nearly|almost|over|some|roughly|more than|less than|at least)\s$", re.IGNORECASE
)
#: What has happened until now, not "has promised to return in two weeks".
PERFECT = re.compile(
    r"\b(?:have|has) (?:been |since |already )?\w+(?!.*\b(?:to [a-z]|will |would ))", re.DOTALL
)
_ON_A_DAY = re.compile(rf" on ({WEEKDAY})\b", re.IGNORECASE)


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


def unit(m: Match, c: Context) -> Interval | None:
    """Last week, this month, next year; that week, the following month: of the date told before."""
    which, name = m["which"].casefold(), m["unit"].casefold()
    if which in ("following", "the same", "that"):
        return shift(c.anchor.last, name, which == "following") if c.anchor else None
    step = -1 if which in ("last", "past", "previous") else 0 if which in ("this", "current") else 1
    if step == 0 and compares(m):
        return None
    found = shift(c.day, name, step)
    if found and step == 0 and _EARLIER.search(m.string, max(0, m.start() - LEAD), m.start()):
        return _before(c.day, found)
    if found and step == 0 and name in ("month", "year"):  # what happened this month is not to come
        first, last = (max if c.tense == "future" else min)(found.first, c.day), found.last
        return Interval(first, c.day if c.tense == "past" else last, found.grain)
    return found


def compares(m: Match) -> bool:
    """Return whether an expression only counts or compares: "the deadliest since", "the third this year"."""
    return _COMPARED.search(m.string, max(0, m.start() - 60), m.start()) is not None


def in_the_unit(m: Match, c: Context) -> Interval | None:
    """Earlier in the week, later in the year: of the date told before, else of publication."""
    told = shift(c.anchor.last if c.anchor else c.day, m["unit"].casefold(), 0)
    if told and not c.anchor and m[0].casefold().startswith("earlier"):
        return _before(c.day, told)
    return told


def _before(day: dt.date, told: Interval) -> Interval:
    """Return the part of a week, month or year that was over when somebody said "earlier this week"."""
    return Interval(told.first, max(told.first, min(told.last, day - DAY)), told.grain)


def ago(m: Match, c: Context) -> Interval | None:
    """Three days ago, two weeks earlier, a year later."""
    words, name = m["dir"].casefold(), m["unit"].casefold()
    step = number(m["n"]) * (1 if words in ("later", "after", "from now", "hence") else -1)
    told = c.anchor if words in ("earlier", "before", "later", "after") else None
    if words in ("later", "after") and not told:
        return None
    told = told or (quarter_told(c) if name == "year" else None)
    if name == "year" and told:
        return years_from(told, step)
    if step < 0 and _EXACTLY.search(m.string, max(0, m.start() - LEAD), m.start()):
        return _back(c.day, name, -step)
    if name == "year" and abs(step) == 1:  # nobody says it of a day
        return whole_month(c.day.year + step, c.day.month)
    exact = not _ABOUT.search(m.string, max(0, m.start() - LEAD), m.start())
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


def in_units(m: Match, c: Context) -> Interval | None:
    """In two weeks; of what happened, "40 crashes in four years", "fled in a week", only a day is a date."""
    happened = c.tense == "past" or PERFECT.search(m.string, max(0, m.start() - LEAD), m.start())
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


def weekend(m: Match, c: Context) -> Interval | None:
    """The weekend: the last one, from Sunday on this one; on a Saturday what is over was a week ago."""
    begun = c.day.weekday() == 6 or (c.day.weekday() == 5 and c.tense != "past")
    return shift(c.day, "weekend", 0 if c.tense == "future" or begun else -1)
