"""Dates in English news: expressions found, and resolved against the day of publication.

Every expression becomes an honest interval of days, first and last included; what has no calendar value
("recently", "four-year war") gives none.  The rules are our own, after the TIMEX3 scheme (Pustejovsky et al.,
2003, "TimeML"): measured on timenorm's news set in docs/events.md.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Tense = Literal["past", "future", "unknown"]

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `first` to `last`, both included; `grain` is what the words name: day, week, month..."""

    first: dt.date
    last: dt.date
    grain: str = "day"


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression ``text[start:end]`` and the days it stands for."""

    start: int
    end: int
    text: str
    interval: Interval


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
_WHICH = r"(?P<which>last|next|this|past|coming|previous|following|the same|that)"
_UNIT = r"(?P<unit>day|week|weekend|month|quarter|year|decade|century)"

Rule = tuple[re.Pattern[str], Callable[["re.Match[str]", "Context"], "Interval | None"]]


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against: the reference day, and the tense of its verb."""

    day: dt.date
    tense: Tense = "unknown"


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
    text: str, day: dt.date | None, tenses: Iterable[Tense], start: int = 0, end: int | None = None
) -> dict[Tense, list[DateMention]]:
    """Return the dates of a text as each of several tenses would have them, searching it only once."""
    end = len(text) if end is None else end
    found: dict[Tense, list[DateMention]] = {tense: [] for tense in tenses}
    if not _HINT.search(text, start, end):
        return found
    for match in _ANY.finditer(text, start, end):
        rule, meaning = RULES[int(str(match.lastgroup)[1:])]
        inner = rule.match(text, match.start(), match.end())
        if inner is None or (day is None and not _complete(inner)):
            continue
        for tense, mentions in found.items():
            try:
                interval = meaning(inner, Context(day or dt.date(1, 1, 1), tense))
            except (ValueError, OverflowError):
                continue
            if interval:
                mentions.append(DateMention(match.start(), match.end(), match[0], interval))
    return found


def resolve(expression: str, day: dt.date, tense: Tense = "unknown") -> Interval | None:
    """Return the days that one expression stands for, None if it has no calendar value.

    Examples
    --------
    >>> resolve("Oct. 12", dt.date(1989, 10, 30)).first
    datetime.date(1989, 10, 12)
    """
    found = find(expression, day, tense)
    return max(found, key=lambda mention: mention.end - mention.start).interval if found else None


def _complete(match: re.Match[str]) -> bool:
    return bool(match.groupdict().get("y"))


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
    """Last week, this month, next year."""
    which, unit = m["which"].casefold(), m["unit"].casefold()
    if which in ("following", "the same", "that"):
        return None
    step = -1 if which in ("last", "past", "previous") else 0 if which == "this" else 1
    return _shift(c.day, unit, step)


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
    if unit == "decade":
        first = (day.year // 10 + step) * 10
        return Interval(dt.date(first, 1, 1), dt.date(first + 9, 12, 31), "decade")
    return None


def _ago(m: re.Match[str], c: Context) -> Interval | None:
    """Three days ago, two weeks earlier, a year later."""
    words = m["dir"].casefold()
    step = number(m["n"]) * (1 if words in ("later", "from now", "hence") else -1)
    unit = m["unit"].casefold()
    if unit == "year" and number(m["n"]) == 1 and c.tense != "future":
        year = c.day.year + step
        day = min(c.day.day, calendar.monthrange(year, c.day.month)[1])
        return Interval(dt.date(year, c.day.month, day), dt.date(year, c.day.month, day), "year")
    return _shift(c.day, unit, step)


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
    inner = resolve(m["what"], c.day, "past")
    return Interval(inner.first, c.day, inner.grain) if inner and inner.first <= c.day else None


def _third_day(m: re.Match[str], c: Context) -> Interval:
    """For a third day, for the second consecutive day: the days so far."""
    return _days(c.day - (_NTH[m["nth"].casefold()] - 1) * _DAY, c.day)


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
    if which in ("last", "past", "previous"):
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


RULES: list[Rule] = [
    (re.compile(pattern, re.IGNORECASE), rule)
    for pattern, rule in [
        (r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)\b", _iso),
        (r"\b(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>\d{4}|\d\d)\b", _slashed),
        (rf"\bsince (?P<what>(?:early |late |last )?(?:{_WEEKDAY}|{_MON} {_D}(?:,? {_Y})?|{_MON}(?: {_Y})?|"
         rf"{_Y}|(?:last|this) (?:week|month|year|{_SEASON})|yesterday))", _since),
        (rf"\b(?:{_WEEKDAY},? (?:the )?)?(?P<mon>{_MON}) (?P<d>{_D})(?! ?(?:people|percent|%|:))"
         rf"(?:(?: ?[-–] ?| to | and | through )(?P<d2>{_D})\b)?(?:,? (?P<y>{_Y})\b)?", _calendar_day),
        (rf"\b(?:{_WEEKDAY},? (?:the )?)?(?P<d>{_D})(?:(?: ?[-–] ?| to | and )(?P<d2>{_D}))? (?:of )?"
         rf"(?P<mon>{_MON})(?:,? (?P<y>{_Y})\b)?", _day_month),
        (rf"\b(?:overnight|the night) (?:into|to|of|from {_WEEKDAY} to) (?P<wd>{_WEEKDAY})", _night),
        (rf"\b(?P<wd>{_WEEKDAY}) (?:of )?(?P<which>last|this|next|past|coming) week\b", _weekday_week),
        (rf"\b(?:(?P<which>last|next|this|past|coming|previous|following) )?"
         rf"(?P<wd>{_WEEKDAY})\b", _bare_weekday),
        (rf"\b(?P<mon>{_MON}) (?P<which>last|this|next) year\b", _month_of_year),
        (rf"\b(?:{_PART}|early in |late in )(?P<mon>{_MON}),? (?:of )?(?P<y>{_Y})\b", _part_of_month),
        (r"\b(?:the day )?(?P<rel>before yesterday|after tomorrow|yesterday|tomorrow|today|tonight|overnight|"
         r"last night|this (?:morning|afternoon|evening))\b", _relative_day),
        (rf"\b(?P<n>{_N}) {_UNIT}s? (?P<dir>ago|earlier|later|from now|hence|before)\b", _ago),
        (rf"\b(?P<n>{_N}) {_UNIT}s? (?P<dir>since|after)",
         _anniversary),
        (rf"\b(?:in|within) (?P<n>{_N}) {_UNIT}s?\b(?!-)(?! of)", _in_units),
        (rf"\b(?:for )?(?:a|the) (?P<nth>{'|'.join(_NTH)}) "
         r"(?:straight |consecutive |successive )?day\b", _third_day),
        (rf"\b(?:(?P<which>last|next|this|past|previous|coming|the same|that) )?(?:(?:early|late) )?"
         rf"(?P<season>{_SEASON})(?: of|,)? (?P<y>{_Y})\b", _season),
        (rf"\b{_WHICH} (?P<season>{_SEASON})(?P<y>\b)", _season),
        (rf"\b(?:(?P<which>last|next|this|previous) (?:year's )?)?"
         r"(?P<q>first|second|third|fourth|[1-4](?:st|nd|rd|th))[- ]quarter"
         rf"(?:,? (?:of )?(?P<y>{_Y}))?\b", _quarter),
        (rf"\b{_WHICH} {_UNIT}\b(?!-)", _unit),
        (r"\b(?:at|over|during) the weekend\b", _weekend),
        (rf"\b{_PART}(?:(?P<which>last|next|this|past) )?"
         rf"(?P<mon>{_MONTH}|(?-i:(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.))"
         rf"(?! \d)(?:(?=\W)|$)", _bare_month),
        (r"\b(?:the )?(?P<dec>(?:1[5-9]|20)\d0|[2-9]0)'?s\b", _decade),
        (rf"(?<![\d.,$€£-])\b(?P<y>{_Y})\b(?![\d%]|[.,:]\d|-\w| (?:people|troops|soldiers|homes|houses|"
         r"residents|families|men|women|children|km|kilomet|miles|acres|hectares|tons|tonnes))", _year),
    ]
]  # fmt: skip

#: Without one of these there is no date: most sentences need no more than this one search.
_HINT = re.compile(
    rf"\d|day|morrow|night|morning|afternoon|evening|week|month|quarter|year|decade|{_SEASON}|{_MON}|{_WEEKDAY}",
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
