"""The date expressions of English news: one rule a kind, after TIMEX3 (Pustejovsky et al., 2003).

Every rule is a pattern and a function from its match to an interval of days, None where it has no value.
The kinds that hold another expression ("the eve of Christmas") are here, the plain ones in
:mod:`dateline.geo.date_days`, `date_weekdays`, `date_counted` and `date_periods`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.geo import date_counted as counted
from dateline.geo import date_days as calendar
from dateline.geo import date_periods as periods
from dateline.geo import date_weekdays as weekdays
from dateline.geo import holidays
from dateline.geo.date_meanings import Context, Match, Meaning
from dateline.geo.date_words import (
    COUNTED,
    DATE,
    FEAST,
    MON,
    MONTH,
    NTH,
    PART,
    SEASON,
    STREET,
    TENS,
    UNIT,
    WEEKDAY,
    WHICH,
    D,
    N,
    Y,
    number,
)
from dateline.geo.intervals import DAY, Interval, days, shift, shift_weeks, years_from

Rule = tuple[re.Pattern[str], Meaning]
_NAMED_DAYS = ("day", "feast")


def expressions(text: str, start: int, end: int) -> Iterator[tuple[Match, Match, Meaning]]:
    """Yield the expressions between two offsets in order: where, the rule's own match, what it means."""
    if not _HINT.search(text, start, end):
        return
    for match in _ANY.finditer(text, start, end):
        rule, meaning = RULES[int(str(match.lastgroup)[1:])]
        if inner := rule.match(text, match.start(), end):
            yield match, inner, meaning


def begins(text: str, start: int, end: int) -> bool:
    """Whether an expression begins right there: found out faster than where one is."""
    return bool(_ANY.match(text, start, end))


def _named(expression: str, c: Context) -> Interval | None:
    """Return the days that an expression inside another stands for."""
    found = (meaning(inner, c) for _, inner, meaning in expressions(expression, 0, len(expression)))
    return next((interval for interval in found if interval), None)


def _eve(m: Match, c: Context) -> Interval | None:
    """The eve of a day that is named."""
    inner = _named(m["what"], c)
    return days(inner.first - DAY) if inner and inner.grain in _NAMED_DAYS else None


def _night(m: Match, c: Context) -> Interval | None:
    """Overnight to Saturday, the night of 6 March: both days, for nobody says which half."""
    named = _named(m["what"], c)
    if named is None or named.grain != "day":
        return None
    begins = m["link"].strip().casefold() in ("of", "on", "") and named.first != c.day
    if begins and m["link"].strip().casefold() == "of":
        return named  # "the night of 6 March" begins then; few tell what came after midnight so
    if named.first != named.last:  # "the night of 6-7 March"
        return named
    return days(named.first, named.first + DAY) if begins else days(named.first - DAY, named.first)


def _from_to(m: Match, c: Context) -> Interval | None:
    """January 30 to February 2; from November until March 2026; 30 December 2025 to 2 January 2026."""
    last = _named(m["until"], c)
    if not last:
        return None
    complete = m["since"][-4:].isdigit()
    first = _named(m["since"] if complete else f"{m['since']} {last.first.year}", c)
    if not first:
        return None
    if first.first > last.last:
        first = years_from(first, -1)
    return days(first.first, last.last, last.grain)


def _from_now(m: Match, c: Context) -> Interval | None:
    """From today until Wednesday."""
    last = _named(m["until"], Context(c.day, "future"))
    first = c.day + DAY * (m["now"].casefold() == "tomorrow")
    return days(first, last.last) if last and first <= last.last else None


def _since(m: Match, c: Context) -> Interval | None:
    """Since Monday, since 2022, since the start of the year: from then until the day of publication."""
    inner = _named(m["what"], Context(c.day, "past")) or shift(c.day, m["what"].casefold()[4:], 0)
    until_now = counted.PERFECT.search(m.string, max(0, m.start() - 100), m.start())
    if inner and not until_now and re.match(r",? when\b", m.string[m.end() :]):
        return inner  # "the worst crash since 1999, when": of that year
    if counted.compares(m):
        return None  # "the deadliest attack since 2023" tells no time of that attack
    return Interval(inner.first, c.day, inner.grain) if inner and inner.first <= c.day else None


def _day_of_year(m: Match, c: Context) -> Interval | None:
    """December 24 last year, 1 April of this year."""
    return _named(f"{m['day']} {periods.year_meant(m, c)}", c)


def _span_to(m: Match, c: Context) -> Interval | None:
    """In the week to 31 August: seven days, the named one their last."""
    last = _named(m["what"], Context(c.day, "past", c.anchor))
    count = number(m["n"]) if m["n"] else 1
    away = count * {"day": 1, "week": 7, "month": 30}[m["unit"].casefold()]
    return days(last.last - (away - 1) * DAY, last.last) if last and last.grain in _NAMED_DAYS else None


def _since_then(m: Match, c: Context) -> Interval | None:
    """Since then: from the day told before until the day of publication."""
    return Interval(c.anchor.first, c.day) if c.anchor and c.anchor.first <= c.day else None


def counted_from(m: Match, c: Context) -> Interval | None:
    """Two days after the March 3 quake; the date counted from stands behind, and is its own expression."""
    inner = _named(m["what"], Context(c.day, "past" if c.tense == "unknown" else c.tense, c.anchor))
    if inner is None or inner.grain not in _NAMED_DAYS:
        return None
    unit, step = m["unit"].casefold(), number(m["n"]) * (-1 if m["dir"].casefold() == "before" else 1)
    if unit == "year":
        return years_from(inner, step)
    return shift_weeks(inner.last if unit == "day" and step > 0 else inner.first, unit, step)


#: What only compares or looks back is no date that the next words count from.
ASIDES = (counted.third_day, counted.ago, counted.year_ago, counted.anniversary, _since, _since_then)

RULES: list[Rule] = [
    (re.compile(pattern, re.IGNORECASE), rule)
    for pattern, rule in [
        (r"(?P<y>\d{4})[-/](?P<m>\d\d)[-/](?P<d>\d\d)(?=\b|T\d)", calendar.iso),
        (r"\b(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>\d{4}|\d\d)\b", calendar.slashed),
        (rf"\b(?P<day>{DATE}) (?:of )?(?P<which>last|this|next) year\b", _day_of_year),
        (rf"\bsince (?:the (?:beginning|start|middle|end) of )?"
         rf"(?P<what>(?:early |late |last |mid[- ])?(?:{WEEKDAY}|{MON} {D}(?:,? {Y})?|{D} {MON}(?:,? {Y})?|"
         rf"{MON}(?: (?:{Y}|(?:of )?last year))?|{Y}|(?:last|this) (?:week|month|year|{SEASON})|yesterday"
         r"|the weekend)"
         r"|(?<=of )the (?:week|month|year))\b", _since),
        (r"\b(?:ever since|since then)\b", _since_then),
        (rf"\b(?:in|during|over) the (?:(?P<n>{N}) )?(?P<unit>day|week|month)s? (?:to|ending(?: on)?) "
         rf"(?P<what>{DATE}(?:,? {Y})?|{WEEKDAY})\b", _span_to),
        (rf"\b(?P<n>{N}) (?P<unit>day|week|month|year)s? (?P<dir>after|before|since)"
         rf"(?= (?:[\w’'-]+ ){{0,5}}?(?P<what>{DATE}(?:,? {Y})?|{WEEKDAY}|{FEAST})\b)", counted_from),
        (rf"\beve of (?:the )?(?P<what>{DATE}|{WEEKDAY}|{FEAST}(?:,? {Y})?)", _eve),
        (rf"\b(?:overnight|the night)(?P<link>(?: (?:from|of))? {WEEKDAY} (?:in)?to| (?:into|to|of|on)|) "
         rf"(?:the )?(?P<what>(?:{WEEKDAY},? )?"
         rf"(?:{MON} {D}(?:(?: ?[-–] ?| to ){D}\b)?|{D}(?:(?: ?[-–] ?| to ){D})? {MON})(?:,? {Y})?"
         rf"|{WEEKDAY})", _night),
        (rf"\b(?P<feast>{FEAST})(?:,? (?P<y>{Y}))?\b(?! (?:celebrations?|part(?:y|ies)|markets?|tree|"
         r"sales?|services?|shopping|bombings?|attacks?|sermon|parades?|war)\b)", calendar.holiday),
        (rf"\b(?P<now>today|tonight|tomorrow) (?:to|through|until|till) "
         rf"(?P<until>{WEEKDAY}|{DATE}(?:,? {Y})?)\b", _from_now),
        (rf"(?P<since>{DATE}(?:,? {Y})?) ?(?:to|through|until|till|and|[-–—]) ?"
         rf"(?P<until>{DATE}(?:,? (?P<y>{Y}))?)\b", _from_to),
        (rf"\b(?P<since>{MONTH}(?: {Y})?)(?: to | through | until | till | and | ?[-–—] ?)"
         rf"(?P<until>{MONTH}(?:,? (?P<y>{Y}))?)\b(?! {D}\b)", _from_to),
        (rf"\b(?:(?P<wd>{WEEKDAY}),? (?:the )?)?(?P<mon>{MON}) (?P<d>{D})(?! ?(?:people|percent|%|:))"
         rf"(?:(?: ?[-–] ?| to | and | through )(?P<d2>{D})\b)?(?:,? (?P<y>{Y})\b)?", calendar.month_day),
        (rf"\b(?:(?P<wd>{WEEKDAY}),? (?:the )?)?(?P<d>{D})(?:(?: ?[-–] ?| to | and )(?P<d2>{D}))? (?:of )?"
         rf"(?P<mon>{MON})(?:,? (?P<y>{Y})\b)?", calendar.day_month),
        (r"\bon the (?P<d>\d{1,2}(?:st|nd|rd|th))(?:(?P<of> of (?:this|last) month| (?:inst|ult)\b\.?)"
         r"|(?= ?[.,;:)]| (?:and|at|in|when|by|near|as|that|they|he|she|it|we|the)\b|$))",
         calendar.day_of_month),
        (rf"\b(?P<wd>{WEEKDAY})(?: night| evening| afternoon)?"
         rf"(?: ?[-–] ?| into | through | to | until | till | and )(?:early |late )?(?P<wd2>{WEEKDAY})",
         weekdays.weekdays),
        (rf"\b(?P<wd>{WEEKDAY}) (?:of )?(?P<which>last|this|next|past|coming) week\b",
         weekdays.weekday_of_week),
        (rf"\b(?:the )?(?P<nth>first|second|third|fourth|last|final) (?P<what>week|{WEEKDAY}) (?:of|in) "
         rf"(?:the month|(?P<which>last |this |next )?(?P<mon>{MON})(?:,? (?:of )?(?P<y>{Y}))?)\b",
         weekdays.weekday_of_month),
        (rf"\ba week (?:on|from) (?P<wd>{WEEKDAY})\b", weekdays.week_on),
        (rf"\b(?P<wd>{WEEKDAY}) week\b", weekdays.week_on),
        (rf"\b(?:(?P<which>last|next|this|past|coming|previous|following) )?"
         rf"(?P<wd>{WEEKDAY})\b", weekdays.weekday),
        (rf"\b(?P<mon>{MON}) (?:of )?(?P<which>last|this|next) year\b", periods.month_of_year),
        (rf"\b(?:{PART}|early in |late in )(?P<mon>{MON}),? (?:of )?(?P<y>{Y})\b", periods.part_of_month),
        (r"\b(?:the day )?(?P<rel>before yesterday|after tomorrow|yesterday|tomorrow|today|tonight|overnight|"
         r"during the night(?! (?:of|from|to|on)\b)|last night|this (?:morning|afternoon|evening))\b",
         counted.relative_day),
        (r"\b(?:on the|that|the same|(?P<bare>(?:(?:for|in|during) )?the)) (?:very )?day\b"
         r"(?! (?:of|when|that|he|she|they|it|we|you|I|before|after|the|shift|care|job|trip|trader)\b|[-'’]"
         r"| (?-i:[A-Z]))", counted.that_day),
        (r"\b(?:earlier|later) in the (?P<unit>week|month|year)\b", counted.in_the_unit),
        (r"\b(?:that|the same) (?P<bare>)(?:night|evening|morning|afternoon)\b", counted.that_day),
        (r"\b(?:the )?(?P<which>next|following|previous) (?P<unit>day|morning|night|evening)(?P<after>\b)",
         counted.neighbour),
        (r"\bthe (?P<unit>day|night|evening|morning) (?P<after>before|after)(?P<which>\b)"
         r"(?! yesterday| tomorrow)",
         counted.neighbour),
        (rf"\b(?P<n>{N}) {UNIT}s? ago(?: today| to the day|,? on (?P<wd>{WEEKDAY}))", counted.to_the_day),
        (rf"\b(?P<n>{N}) {UNIT}s?(?: or so)? (?P<dir>ago|earlier|later|from now|hence|before)\b",
         counted.ago),
        (r"\b(?:the |comparable )*year[- ](?:ago|earlier)(?: (?:quarter|period|month|week))?\b",
         counted.year_ago),
        (rf"\b(?:in|over|during|within) the (?:last|past) (?P<n>{N}) (?P<unit>hour|day|week|month|year)s?\b",
         counted.span),
        (r"\b(?:in|over|during|within) the (?:last|past)(?P<n>) (?P<unit>hour|day|week|month|year)\b"
         r"(?! of\b)",
         counted.span),
        (rf"\b(?:in|over|during|within|for) the (?:next|coming) (?P<n>{N}) (?P<unit>hour|day|week)s\b",
         counted.next_span),
        (rf"\b(?P<n>{N}) {UNIT}s? (?P<dir>since|after)",
         counted.anniversary),
        (rf"\b(?:in|within) (?P<n>{N}) {UNIT}s?\b(?!-)(?! of)", counted.in_units),
        (rf"\b(?P<for>for )?(?:(?:a|the|its|their) )?(?P<nth>{'|'.join(NTH)}) "
         r"(?P<straight>straight |consecutive |successive )?day\b", counted.third_day),
        (rf"\b(?:(?P<which>last|next|this|past|previous|coming|the same|that) )?(?:(?:early|late) )?"
         rf"(?P<season>{SEASON})(?: of|,)? (?P<y>{Y})\b", periods.season),
        (rf"\b(?P<which>last|next|this|past|previous|coming|following|the same|that|the) (?:early |late )?"
         rf"(?P<season>{SEASON})(?P<y>\b)(?! (?:camp|break|school|games|olympics|session|of ))",
         periods.season),
        (rf"\b(?P<h>first|second|last|latter) (?:half|two quarters) of "
         rf"(?:(?P<which>this year|last year|the year)|(?P<y>{Y}))\b", periods.half),
        (rf"\b(?P<h>(?-i:H)[12])(?P<which>)(?:,| of)? (?P<y>{Y})\b", periods.half),
        (rf"\b(?P<which>)(?P<q>(?-i:Q)[1-4])(?:,? (?:of )?(?P<y>{Y}))?\b", periods.quarter),
        (rf"\bthe (?P<y>{Y}) (?P<which>)(?P<q>first|second|third|fourth)[- ]quarter\b", periods.quarter),
        (rf"\b(?:(?P<which>last|next|this|previous) (?:year's )?)?"
         r"(?P<q>first|second|third|fourth|[1-4](?:st|nd|rd|th))[- ]quarter"
         rf"(?:,? (?:of )?(?P<y>{Y}))?\b", periods.quarter),
        (rf"\b{WHICH} {UNIT}\b(?!-)(?! of\b)", counted.unit),
        (r"\b(?:at |over |during )?the weekend\b", counted.weekend),
        (r"\bthe (?P<latest>latest |current )?(?:quarter|period)\b", periods.latest_quarter),
        (r"\b(?:the )?(?:year(?:-|'s |’s | )|(?=end of the (?:week|month|year)))end"
         r"(?: of the (?P<unit>week|month|year))?\b",
         periods.year_end),
        (r"\b(?:the )?(?P<nth>1\d|20|21)(?:st|th) century\b", periods.nth_century),
        (rf"\b{PART}(?:(?P<which>last|next|this|past) )?"
         rf"(?P<mon>{MONTH}|(?-i:(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.))"
         rf"(?! \d)(?:(?=\W)|$)", periods.part_of_month),
        (r"(?<!\bhis )(?<!\bher )(?<!\btheir )\b(?:the )?(?P<dec>(?:1[5-9]|20)\d0|[2-9]0)'?s\b",
         periods.decade),
        (rf"\b(?:early|mid|late)-(?P<y>{Y})\b", periods.year),
        (rf"(?<![\d.,$€£-])\b(?P<y>{Y})(?: to | until | till | through | ?[-–/] ?|(?<=between \d{{4}}) and )"
         rf"(?P<last>{Y}|\d\d)\b(?![\d%/-]|[.,:]\d|{COUNTED})", periods.years),
        (rf"\b(?P<hundreds>eighteen|nineteen) (?P<tens>{TENS})(?:[- ](?P<ones>{N}))?\b", periods.spoken_year),
        (rf"\bFY ?(?P<y>{Y})\b", periods.year),
        (rf"(?<![\d.,$€£-])\b(?P<y>{Y})\b(?![\d%]|[.,:]\d|-\w|{COUNTED}|{STREET})", periods.year),
    ]
]  # fmt: skip
#: Without one of these there is no date: most sentences need no more than this one search.
_HINT = re.compile(
    rf"\d|\b(?:{FEAST}|[a-z]*(?:day|night|week)|tomorrow|morning|afternoon|evening|month|quarter|period|year|decade"
    r"|century|since then|ever since|spring|summer|autumn|fall|winter|nineteen|eighteen|Q[1-4]"
    r"|(?-i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun))",
    re.IGNORECASE,
)
_NTH = f"(?:first|{'|'.join(NTH)})"
#: What an expression begins with: few words of a text pass this, and only they are held against every rule.
_FIRST = "|".join(
    [
        r"\d",
        r"[a-z]++[- ](?:day|night|morning|afternoon|evening|week|fortnight|month|quarter|two quarters"
        r"|half|period|year|decade|century)",
        r"(?-i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|H[12]|Q[1-4])",
        rf"(?=(?-i:[A-Z]))(?:{'|'.join(sorted({name[:3] for name in holidays.NAMES}))})",
        r"t(?:he (?:\d|the|very|same|next|following|previous|last|past|final|latter|early|late|current"
        rf"|comparable|end of|{_NTH}|{SEASON})|o(?:day|night|morrow)|h(?:is|at) )",
        rf"(?:for )?(?:a|its|their) {_NTH}|for (?:the|{_NTH})|(?:a )?couple of",
        rf"(?:{_NTH}|last|final|latter|next|past|coming|previous|following)[- ]",
        r"(?:in|over|at|during|within|on) (?:the|\d)|(?:in|within) [a-z]",
        r"since |ever since|eve of|ear(?:ly|lier in)|late(?:r in|[- ])|mid|year|comparable|end of",
        r"yesterday|before yesterday|after tomorrow|overnight|(?:eigh|nine)teen|FY",
        SEASON,
    ]
)
_ANY = re.compile(
    rf"(?<![^\W_])(?={_FIRST})(?:"
    + "|".join(
        f"(?P<r{i}>{re.sub(r'[(][?]P<[a-z0-9]+>', '(?:', rule.pattern)})" for i, (rule, _) in enumerate(RULES)
    )
    + ")",
    re.IGNORECASE,
)
