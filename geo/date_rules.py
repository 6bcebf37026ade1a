"""What the date expressions of English news mean: one rule a kind, after TIMEX3 (Pustejovsky et al., 2003).

Every rule is a pattern and a function from its match to an interval of days, None where it has no value.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from dateline.geo import holidays

Tense = Literal["past", "future", "unknown"]

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `first` to `last`, both included; `grain` is what the words name: day, week, month..."""

    first: dt.date
    last: dt.date
    grain: str = "day"


_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "eighteen": 18, "twenty": 20, "thirty": 30, "couple of": 2, "a couple of": 2, "dozen": 12,
}  # fmt: skip
_MONTHS = {name: i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name: i for i, name in enumerate(calendar.month_abbr) if name} | {"Sept": 9}
_DAYS = {name: i for i, name in enumerate(calendar.day_name)}
_DAYS |= {
    "Mon": 0,
    "Tue": 1,
    "Tues": 1,
    "Wed": 2,
    "Thu": 3,
    "Thur": 3,
    "Thurs": 3,
    "Fri": 4,
    "Sat": 5,
    "Sun": 6,
}
#: (first month, months): the quarters of the year as people name them; winter belongs to the year it begins.
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

_MONTH = r"(?-i:January|February|March|April|May|June|July|August|September|October|November|December)"
_MON = rf"(?:{_MONTH}|(?-i:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_WEEKDAY = r"(?-i:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.)"
_D = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d)"
_Y = r"(?:1[0-9]|20)\d\d"
_N = rf"(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_PART = r"(?:early |late |mid-?)?"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_WHICH = r"(?P<which>last|next|this|past|coming|previous|following|current|the same|that)"
_FEAST = "|".join(name.replace("'", "['’]") for name in holidays.NAMES)
_DATE = rf"(?:{_MON} {_D}|{_D} {_MON})"
_UNIT = r"(?P<unit>day|week|weekend|month|quarter|year|decade|century)"

#: What a number that looks like a year counts: "2000 soldiers", "at 1400 GMT", "some 1500 villagers".
_COUNTED = (
    r" (?:people|troops|soldiers|fighters|homes|houses|residents|families|men|women|children|workers|"
    r"students|protesters|demonstrators|villagers|migrants|refugees|passengers|cases|deaths|km|kilomet|"
    r"met(?:er|re)s|miles|acres|hectares|tons|tonnes|hours|hrs|local|GMT|UTC|BST|EST|EDT|CET|IST)\b"
)
#: Things that bear numbers: a year behind one of these words is none ("Resolution 1701").
_NUMBERED = re.compile(
    r"\b(?:resolution|flight|route|highway|room|model|boeing|brigade|windows|unit|some|about|around|nearly|almost|"
    r"over|than|least|roughly|approximately|exactly|up to|another|only|all|the other)\s$",
    re.IGNORECASE,
)

Meaning = Callable[["re.Match[str]", "Context"], "Interval | None"]
Rule = tuple[re.Pattern[str], Meaning]


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against: a day, the tense of its verb, the date told before it."""

    day: dt.date
    tense: Tense = "unknown"
    anchor: Interval | None = None


def expressions(text: str, start: int, end: int) -> Iterator[tuple[re.Match[str], re.Match[str], Meaning]]:
    """Yield the expressions between two offsets in order: where, the rule's own match, what it means."""
    if not _HINT.search(text, start, end):
        return
    for match in _ANY.finditer(text, start, end):
        rule, meaning = RULES[int(str(match.lastgroup)[1:])]
        if inner := rule.match(text, match.start(), match.end()):
            yield match, inner, meaning


def _named(expression: str, c: Context) -> Interval | None:
    """Return the days that an expression inside another stands for."""
    found = (meaning(inner, c) for _, inner, meaning in expressions(expression, 0, len(expression)))
    return next((interval for interval in found if interval), None)


# -- from words to numbers ---------------------------------------------------------------------------------


def number(word: str) -> int:
    """Return the value of a small number in digits or letters."""
    word = word.casefold()
    return int(word) if word.isdigit() else _NUMBERS[word]


def _month(word: str) -> int:
    return _MONTHS[word.rstrip(".").capitalize()]


def _weekday(word: str) -> int:
    return _DAYS[word.rstrip(".").capitalize()]


def _day_number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _days(first: dt.date, last: dt.date | None = None, grain: str = "day") -> Interval:
    return Interval(first, last or first, grain)


def _whole_month(year: int, month: int) -> Interval:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Interval(
        dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]), "month"
    )


def _months(year: int, month: int, count: int, grain: str) -> Interval:
    return Interval(_whole_month(year, month).first, _whole_month(year, month + count - 1).last, grain)


def _whole_year(year: int) -> Interval:
    return Interval(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")


def _week(day: dt.date) -> Interval:
    monday = day - day.weekday() * _DAY
    return Interval(monday, monday + 6 * _DAY, "week")


# -- what each kind of expression means --------------------------------------------------------------------


def _iso(m: re.Match[str], c: Context) -> Interval:
    return _days(dt.date(int(m["y"]), int(m["m"]), int(m["d"])))


def _slashed(m: re.Match[str], c: Context) -> Interval | None:
    """24/01/2026, 1/24/2026; None where both orders are possible and differ."""
    a, b, year = int(m["a"]), int(m["b"]), int(m["y"])
    year += 0 if year > 99 else 2000 if year < 50 else 1900
    if a <= 12 and b <= 12 and a != b:
        return None
    return _days(dt.date(year, b, a) if a > 12 else dt.date(year, a, b))


def _nearest_year(c: Context, month: int, day: int) -> int:
    """Return the year that a date without one means: the nearest, on the side that the tense says.

    Without a tense the past is likelier: news announces a few weeks ahead and looks back further.
    """
    # 29 February exists in some years only; any nearby year that has it will do
    years = [
        c.day.year + k
        for k in (range(-8, 9) if (month, day) == (2, 29) else (-1, 0, 1))
        if day <= calendar.monthrange(c.day.year + k, month)[1]
    ]
    if not years:
        raise ValueError(f"no {day}.{month}. near {c.day.year}")

    def distance(year: int) -> int:
        days = (dt.date(year, month, day) - c.day).days
        wrong_way = (c.tense == "past" and days > 0) or (c.tense == "future" and days < 0)
        return abs(days) * (2 if days > 0 and c.tense == "unknown" else 1) + (366 if wrong_way else 0)

    return min(years, key=distance)


def _calendar_day(m: re.Match[str], c: Context) -> Interval:
    """24 January 2026, Saturday, Jan. 24; a range "23-24 January" or "January 23 to 25"."""
    month = _month(m["mon"])
    first = _day_number(m["d"])
    year = int(m["y"]) if m["y"] else _nearest_year(c, month, first)
    start = dt.date(year, month, first)
    if m["d2"]:
        last = dt.date(year, month, _day_number(m["d2"]))
        return _days(start, last) if last >= start else _days(start)
    return _days(start)


def _day_month(m: re.Match[str], c: Context) -> Interval:
    month = _month(m["mon"])
    last = _day_number(m["d2"] or m["d"])
    year = int(m["y"]) if m["y"] else _nearest_year(c, month, last)
    return _days(dt.date(year, month, _day_number(m["d"])), dt.date(year, month, last))


def _month_year(m: re.Match[str], c: Context) -> Interval:
    return _whole_month(int(m["y"]), _month(m["mon"]))


def _month_of_year(m: re.Match[str], c: Context) -> Interval:
    """June last year."""
    step = {"last": -1, "this": 0, "next": 1}[m["which"].casefold()]
    return _whole_month(c.day.year + step, _month(m["mon"]))


def _bare_month(m: re.Match[str], c: Context) -> Interval | None:
    """March, last March, next March: the one nearest in the direction of the tense."""
    month, which = _month(m["mon"]), (m["which"] or "").casefold()
    if which in ("last", "past", "previous"):
        return _whole_month(c.day.year - (month >= c.day.month), month)
    if which in ("next", "coming", "following") or (c.tense == "future" and month < c.day.month):
        return _whole_month(c.day.year + (month <= c.day.month), month)
    if which == "this" or c.tense == "future" or month <= c.day.month:
        return _whole_month(c.day.year, month)
    ahead = month - c.day.month
    return _whole_month(c.day.year if c.tense == "unknown" and ahead <= 2 else c.day.year - 1, month)


def _bare_weekday(m: re.Match[str], c: Context) -> Interval:
    """Saturday: the last one, today included; the next one where the verb is in the future."""
    wanted, which = _weekday(m["wd"]), (m["which"] or "").casefold()
    back = (c.day.weekday() - wanted) % 7
    ahead = -back % 7
    if which in ("next", "coming", "following"):
        return _days(c.day + (ahead or 7) * _DAY)
    if which == "previous" and c.anchor:
        return _days(c.anchor.first - ((c.anchor.first.weekday() - wanted) % 7 or 7) * _DAY)
    if which in ("last", "past", "previous"):
        return _days(c.day - (back or 7) * _DAY)
    if which == "this":
        return _days(c.day + (ahead if c.tense != "past" else -back) * _DAY)
    return _days(c.day + ahead * _DAY if c.tense == "future" else c.day - back * _DAY)


def _weekday_week(m: re.Match[str], c: Context) -> Interval:
    """Wednesday of last week."""
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(m["which"].casefold(), 0)
    return _days(_week(c.day + 7 * step * _DAY).first + _weekday(m["wd"]) * _DAY)


def _relative_day(m: re.Match[str], c: Context) -> Interval:
    words = m["rel"].casefold()
    if "before yesterday" in words:
        return _days(c.day - 2 * _DAY)
    if "after tomorrow" in words:
        return _days(c.day + 2 * _DAY)
    if words in ("overnight", "last night"):
        return _days(c.day - _DAY, c.day)
    step = -1 if "yesterday" in words else 1 if "tomorrow" in words else 0
    return _days(c.day + step * _DAY)


def _night(m: re.Match[str], c: Context) -> Interval:
    """Overnight to Saturday; the night from Friday to Saturday: both days, for nobody says which half."""
    last = _bare_weekday_of(m["wd"], c)
    return _days(last - _DAY, last)


def _bare_weekday_of(word: str, c: Context) -> dt.date:
    back = (c.day.weekday() - _weekday(word)) % 7
    return c.day + (-back % 7) * _DAY if c.tense == "future" else c.day - back * _DAY


def _unit(m: re.Match[str], c: Context) -> Interval | None:
    """Last week, this month, next year; that week, the following month: of the date told before."""
    which, unit = m["which"].casefold(), m["unit"].casefold()
    if which in ("following", "the same", "that"):
        return _shift(c.anchor.last, unit, which == "following") if c.anchor else None
    step = -1 if which in ("last", "past", "previous") else 0 if which in ("this", "current") else 1
    return _shift(c.day, unit, step)


def _neighbour(m: re.Match[str], c: Context) -> Interval | None:
    """The next day, the night before: counted from the date told before, never from publication."""
    if c.anchor is None or c.anchor.grain != "day":
        return None
    if (m["after"] or "").casefold() == "after" or m["which"]:
        return _days(c.anchor.last + _DAY)
    eve = c.anchor.first - _DAY
    return _days(eve, c.anchor.first if m["unit"].casefold() == "night" else eve)


def _that_day(m: re.Match[str], c: Context) -> Interval | None:
    """That day, the same day: the one told before."""
    return c.anchor if c.anchor and c.anchor.grain == "day" else None


def _eve(m: re.Match[str], c: Context) -> Interval | None:
    """The eve of a day that is named."""
    inner = _named(m["what"], c)
    return _days(inner.first - _DAY) if inner and inner.grain == "day" else None


def _shift(day: dt.date, unit: str, step: int) -> Interval | None:
    """Return the whole day, week, month... that lies `step` units from a day."""
    if unit == "day":
        return _days(day + step * _DAY)
    if unit == "week":
        return _week(day + 7 * step * _DAY)
    if unit == "weekend":
        saturday = _week(day).first + 5 * _DAY
        if step == 0 or (step < 0 and day.weekday() < 5) or (step > 0 and day.weekday() >= 5):
            saturday += 7 * step * _DAY
        elif step < 0:
            saturday -= 7 * _DAY
        return Interval(saturday, saturday + _DAY, "weekend")
    if unit == "month":
        return _whole_month(day.year, day.month + step)
    if unit == "quarter":
        return _months(day.year, (day.month - 1) // 3 * 3 + 1 + 3 * step, 3, "quarter")
    if unit == "year":
        return _whole_year(day.year + step)
    if unit == "century":
        first = (day.year - 1) // 100 * 100 + 1 + 100 * step
        return Interval(dt.date(first, 1, 1), dt.date(first + 99, 12, 31), "century")
    if unit == "decade":
        first = (day.year // 10 + step) * 10
        return Interval(dt.date(first, 1, 1), dt.date(first + 9, 12, 31), "decade")
    return None


def _ago(m: re.Match[str], c: Context) -> Interval | None:
    """Three days ago, two weeks earlier, a year later."""
    words, unit = m["dir"].casefold(), m["unit"].casefold()
    step = number(m["n"]) * (1 if words in ("later", "after", "from now", "hence") else -1)
    told = c.anchor if words in ("earlier", "before", "later", "after") else None
    if words in ("later", "after") and not told:
        return None
    told = told or (_quarter_of(c) if unit == "year" else None)
    if unit == "year" and told:
        return _years_from(told, step)
    if unit == "year" and abs(step) == 1:  # nobody says it of a day
        return _whole_month(c.day.year + step, c.day.month)
    return _shift(told.first if told else c.day, unit, step)


def _quarter_of(c: Context) -> Interval | None:
    """Return the quarter told before: "up from a year ago" compares it with that of the year before."""
    return c.anchor if c.anchor and c.anchor.grain == "quarter" else None


def _years_from(told: Interval, step: int) -> Interval:
    """Return the days so many years from others; 29 February becomes the 28th."""
    days = [min(d.day, calendar.monthrange(d.year + step, d.month)[1]) for d in (told.first, told.last)]
    ends = [
        dt.date(d.year + step, d.month, day) for d, day in zip((told.first, told.last), days, strict=True)
    ]
    return Interval(ends[0], ends[1], told.grain)


def _year_ago(m: re.Match[str], c: Context) -> Interval | None:
    """The year-ago quarter, the year-earlier period: of the date told before."""
    return _years_from(c.anchor, -1) if c.anchor else _whole_year(c.day.year - 1)


def _span(m: re.Match[str], c: Context) -> Interval:
    """The past 24 hours, the last three days: from then until the day of publication."""
    hours = {"hour": 1, "day": 24, "week": 168, "month": 720}[m["unit"].casefold()] * number(m["n"])
    return _days(c.day - -(-hours // 24) * _DAY, c.day)


def _weekdays(m: re.Match[str], c: Context) -> Interval | None:
    """Monday through Wednesday, Friday night into Saturday, Saturday and Sunday."""
    last = _bare_weekday_of(m["wd2"], c)
    length = (_weekday(m["wd2"]) - _weekday(m["wd"])) % 7
    if m["link"].strip().casefold() == "and" and length != 1:
        return None
    return _days(last - length * _DAY, last)


def _from_to(m: re.Match[str], c: Context) -> Interval | None:
    """January 30 to February 2; from 30 January until 2 February 2026."""
    last = _named(m["until"], c)
    first = _named(f"{m['since']} {last.first.year}", c) if last else None
    if not first or not last:
        return None
    if first.first > last.last:
        first = _years_from(first, -1)
    return _days(first.first, last.last)


def _holiday(m: re.Match[str], c: Context) -> Interval:
    """Christmas Eve, Easter Monday: of the year named, else the nearest on the side that the tense says."""
    name = m["feast"].casefold().replace("’", "'")
    if m["y"]:
        return _days(holidays.day_of(name, int(m["y"])))
    days = [holidays.day_of(name, c.day.year + k) for k in (-1, 0, 1)]
    right = [d for d in days if (d >= c.day if c.tense == "future" else d <= c.day or c.tense != "past")]
    return _days(min(right, key=lambda d: abs(d - c.day) * (2 if d > c.day else 1)))


def _half(m: re.Match[str], c: Context) -> Interval:
    """The first half of 2025, the first two quarters of this year."""
    second = m["h"].casefold() in ("second", "last", "latter")
    year = int(m["y"]) if m["y"] else c.day.year - (m["which"] or "").casefold().startswith("last")
    return _months(year, 7 if second else 1, 6, "half")


def _latest_quarter(m: re.Match[str], c: Context) -> Interval | None:
    """The quarter: the one told before; the latest quarter: else the last that is over."""
    if not m["latest"]:
        return _quarter_of(c)
    return _shift(c.day, "quarter", 0 if "current" in m["latest"].casefold() else -1)


def _year_end(m: re.Match[str], c: Context) -> Interval:
    """By year-end, at the end of the month: its last day."""
    if (m["unit"] or "year").casefold() == "year":
        return _days(dt.date(c.day.year, 12, 31))
    return _days(_whole_month(c.day.year, c.day.month).last)


def _century(m: re.Match[str], c: Context) -> Interval:
    first = (_day_number(m["nth"]) - 1) * 100 + 1
    return Interval(dt.date(first, 1, 1), dt.date(first + 99, 12, 31), "century")


def _anniversary(m: re.Match[str], c: Context) -> Interval | None:
    """One year since: about then; the month, for anniversaries are marked early and late."""
    if m["unit"].casefold() not in ("year", "month"):
        return None
    months = number(m["n"]) * (12 if m["unit"].casefold() == "year" else 1)
    return _whole_month(c.day.year, c.day.month - months)


def _in_units(m: re.Match[str], c: Context) -> Interval | None:
    """In two weeks."""
    return _shift(c.day, m["unit"].casefold(), number(m["n"]))


def _since(m: re.Match[str], c: Context) -> Interval | None:
    """Since Monday, since 2022: from then until the day of publication."""
    inner = _named(m["what"], Context(c.day, "past"))
    if inner and re.match(r",? when\b", m.string[m.end() :]):
        return inner  # "the worst crash since 1999, when": of that year
    return Interval(inner.first, c.day, inner.grain) if inner and inner.first <= c.day else None


def _third_day(m: re.Match[str], c: Context) -> Interval | None:
    """For a third day, a second consecutive day: the days so far; on the third day: the date told before."""
    told = c.anchor if c.anchor and c.anchor.grain == "day" else None
    if not m["for"] and not m["straight"]:
        return told
    last = told.last if told else c.day
    return _days(last - (_NTH[m["nth"].casefold()] - 1) * _DAY, last)


_NTH = {
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}


def _season(m: re.Match[str], c: Context) -> Interval | None:
    which, first = (m["which"] or "").casefold(), _SEASONS[m["season"].casefold()]
    if m["y"]:
        return _months(int(m["y"]), first, 3, "season")
    if not which:
        return None
    year = c.day.year
    over = (year, c.day.month) > (year, first + 2) if first < 12 else False
    begun = c.day.month >= first
    if which == "the":
        year += 0 if begun else 1 if c.tense == "future" else -1
    elif which in ("last", "past", "previous"):
        year -= not over
    elif which in ("next", "coming", "following"):
        year += begun
    elif which in ("the same", "that"):
        return None
    if first == 12 and c.day.month <= 2:
        year -= which == "this"
    return _months(year, first, 3, "season")


def _quarter(m: re.Match[str], c: Context) -> Interval | None:
    number, which = _ORDINALS[m["q"].casefold()], (m["which"] or "").casefold()
    year = c.day.year
    if m["y"]:
        year = int(m["y"])
    elif which in ("last", "previous") or (
        not which and c.tense != "future" and number > (c.day.month + 2) // 3
    ):
        year -= 1
    elif which in ("next", "coming"):
        year += 1
    return _months(year, 3 * number - 2, 3, "quarter")


def _year(m: re.Match[str], c: Context) -> Interval | None:
    year = int(m["y"])
    if _NUMBERED.search(m.string, max(0, m.start() - 16), m.start()):
        return None
    return _whole_year(year) if 1000 <= year <= c.day.year + 100 or c.day.year == 1 else None


def _decade(m: re.Match[str], c: Context) -> Interval | None:
    first = int(re.sub(r"\D", "", m["dec"]))
    first += 1900 if first < 100 else 0
    return Interval(dt.date(first, 1, 1), dt.date(first + 9, 12, 31), "decade")


def _part_of_month(m: re.Match[str], c: Context) -> Interval | None:
    """Early January, mid-March: the whole month, which is all that is sure."""
    return _whole_month(int(m["y"]), _month(m["mon"])) if m["y"] else _bare_month(m, c)


def _weekend(m: re.Match[str], c: Context) -> Interval | None:
    return _shift(c.day, "weekend", 0 if c.tense == "future" or c.day.weekday() >= 5 else -1)


#: What only compares or looks back is no date that the next words count from.
ASIDES = (_ago, _year_ago, _anniversary, _since)

RULES: list[Rule] = [
    (re.compile(pattern, re.IGNORECASE), rule)
    for pattern, rule in [
        (r"(?P<y>\d{4})[-/](?P<m>\d\d)[-/](?P<d>\d\d)\b", _iso),
        (r"\b(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>\d{4}|\d\d)\b", _slashed),
        (rf"\bsince (?P<what>(?:early |late |last )?(?:{_WEEKDAY}|{_MON} {_D}(?:,? {_Y})?|{_MON}(?: {_Y})?|"
         rf"{_Y}|(?:last|this) (?:week|month|year|{_SEASON})|yesterday))", _since),
        (rf"\beve of (?:the )?(?P<what>{_DATE}|{_WEEKDAY}|(?i:{_FEAST}))", _eve),
        (rf"\b(?P<feast>{_FEAST})(?:,? (?P<y>{_Y}))?\b(?! (?:celebrations?|part(?:y|ies)|markets?|tree|"
         r"sales?|services?|shopping|bombings?|attacks?|sermon|parades?)\b)", _holiday),
        (rf"(?P<since>{_DATE}) ?(?:to|through|until|till|and|[-–—]) ?(?P<until>{_DATE}(?:,? {_Y})?)\b",
         _from_to),
        (rf"\b(?:{_WEEKDAY},? (?:the )?)?(?P<mon>{_MON}) (?P<d>{_D})(?! ?(?:people|percent|%|:))"
         rf"(?:(?: ?[-–] ?| to | and | through )(?P<d2>{_D})\b)?(?:,? (?P<y>{_Y})\b)?", _calendar_day),
        (rf"\b(?:{_WEEKDAY},? (?:the )?)?(?P<d>{_D})(?:(?: ?[-–] ?| to | and )(?P<d2>{_D}))? (?:of )?"
         rf"(?P<mon>{_MON})(?:,? (?P<y>{_Y})\b)?", _day_month),
        (rf"\b(?:overnight|the night) (?:into|to|of|from {_WEEKDAY} to) (?P<wd>{_WEEKDAY})", _night),
        (rf"\b(?P<wd>{_WEEKDAY})(?: night| evening| afternoon)?"
         rf"(?P<link> ?[-–] ?| into | through | to | until | till | and )(?:early )?(?P<wd2>{_WEEKDAY})",
         _weekdays),
        (rf"\b(?P<wd>{_WEEKDAY}) (?:of )?(?P<which>last|this|next|past|coming) week\b", _weekday_week),
        (rf"\b(?:(?P<which>last|next|this|past|coming|previous|following) )?"
         rf"(?P<wd>{_WEEKDAY})\b", _bare_weekday),
        (rf"\b(?P<mon>{_MON}) (?P<which>last|this|next) year\b", _month_of_year),
        (rf"\b(?:{_PART}|early in |late in )(?P<mon>{_MON}),? (?:of )?(?P<y>{_Y})\b", _part_of_month),
        (r"\b(?:the day )?(?P<rel>before yesterday|after tomorrow|yesterday|tomorrow|today|tonight|overnight|"
         r"last night|this (?:morning|afternoon|evening))\b", _relative_day),
        (r"\b(?:on the|that|the same) (?:very )?day\b(?! (?:of|when|that|he|she|they)\b)", _that_day),
        (r"\b(?:the )?(?P<which>next|following) (?P<unit>day|morning|night|evening)(?P<after>\b)",
         _neighbour),
        (r"\bthe (?P<unit>day|night|evening|morning) (?P<after>before|after)(?P<which>\b)"
         r"(?! yesterday| tomorrow)",
         _neighbour),
        (rf"\b(?P<n>{_N}) {_UNIT}s?(?: or so)? (?P<dir>ago|earlier|later|from now|hence|before)\b", _ago),
        (r"\b(?:the |comparable )*year[- ](?:ago|earlier)(?: (?:quarter|period|month|week))?\b", _year_ago),
        (rf"\b(?:in|over|during|within) the (?:last|past) (?P<n>{_N}) (?P<unit>hour|day|week|month)s?\b",
         _span),
        (rf"\b(?P<n>{_N}) {_UNIT}s? (?P<dir>since|after)",
         _anniversary),
        (rf"\b(?:in|within) (?P<n>{_N}) {_UNIT}s?\b(?!-)(?! of)", _in_units),
        (rf"\b(?P<for>for )?(?:(?:a|the|its|their) )?(?P<nth>{'|'.join(_NTH)}) "
         r"(?P<straight>straight |consecutive |successive )?day\b", _third_day),
        (rf"\b(?:(?P<which>last|next|this|past|previous|coming|the same|that) )?(?:(?:early|late) )?"
         rf"(?P<season>{_SEASON})(?: of|,)? (?P<y>{_Y})\b", _season),
        (rf"\b(?P<which>last|next|this|past|previous|coming|following|the same|that|the) (?:early |late )?"
         rf"(?P<season>{_SEASON})(?P<y>\b)(?! (?:camp|break|school|games|olympics|session|of ))", _season),
        (rf"\b(?P<h>first|second|last|latter) (?:half|two quarters) of "
         rf"(?:(?P<which>this year|last year|the year)|(?P<y>{_Y}))\b", _half),
        (rf"\bthe (?P<y>{_Y}) (?P<which>)(?P<q>first|second|third|fourth)[- ]quarter\b", _quarter),
        (rf"\b(?:(?P<which>last|next|this|previous) (?:year's )?)?"
         r"(?P<q>first|second|third|fourth|[1-4](?:st|nd|rd|th))[- ]quarter"
         rf"(?:,? (?:of )?(?P<y>{_Y}))?\b", _quarter),
        (rf"\b{_WHICH} {_UNIT}\b(?!-)", _unit),
        (r"\b(?:at |over |during )?the weekend\b", _weekend),
        (r"\bthe (?P<latest>latest |current )?(?:quarter|period)\b", _latest_quarter),
        (r"\b(?:the )?(?:year(?:-|'s |’s | )|(?=end of the (?:month|year)))end"
         r"(?: of the (?P<unit>month|year))?\b",
         _year_end),
        (r"\b(?:the )?(?P<nth>1\d|20|21)(?:st|th) century\b", _century),
        (rf"\b{_PART}(?:(?P<which>last|next|this|past) )?"
         rf"(?P<mon>{_MONTH}|(?-i:(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.))"
         rf"(?! \d)(?:(?=\W)|$)", _bare_month),
        (r"\b(?:the )?(?P<dec>(?:1[5-9]|20)\d0|[2-9]0)'?s\b", _decade),
        (rf"\b(?:early|mid|late)-(?P<y>{_Y})\b", _year),
        (rf"(?<![\d.,$€£-])\b(?P<y>{_Y})\b(?![\d%]|[.,:]\d|-\w|{_COUNTED})", _year),
    ]
]  # fmt: skip
#: Without one of these there is no date: most sentences need no more than this one search.
_HINT = re.compile(
    r"\d|\b(?:[a-z]*(?:day|night|week)|tomorrow|morning|afternoon|evening|month|quarter|period|year|decade"
    r"|century|christmas|easter|epiphany|halloween|pentecost|corpus|spring|summer|autumn|fall|winter"
    r"|(?-i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun))",
    re.IGNORECASE,
)
_ANY = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(
        f"(?P<r{i}>{re.sub(r'[(][?]P<[a-z0-9]+>', '(?:', rule.pattern)})" for i, (rule, _) in enumerate(RULES)
    )
    + ")",
    re.IGNORECASE,
)
