"""What bears on the date of an event: the dates its sentence tells, those told before, what it reports.

Rules give most events a date of their clause (:mod:`dateline.geo.date_scope`).  Whether a report goes on
about what it has dated ("Police fired tear gas") or not ("The airport is closed"), only whole reports teach;
a row of numbers for each date that an event may have is what they teach with.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.geo.date_meanings import Tense
from dateline.geo.date_scope import HOURS, SAID
from dateline.geo.date_tense import first_word
from dateline.geo.dates import DateMention
from dateline.geo.model import Status
from dateline.geo.reports import CLAUSE, Found
from dateline.geo.triggers import PHYSICAL, TYPES, VERBAL

_TYPE = {name: float(i) for i, name in enumerate(TYPES)}
_STATUS: dict[Status, float] = {"actual": 0, "planned": 1, "denied": 2, "hypothetical": 3, "background": 4}
_TENSE: dict[Tense, float] = {"past": 0, "unknown": 1, "future": 2}
_GRAIN = {"day": 0.0, "weekend": 1.0, "week": 2.0, "month": 3.0, "season": 4.0, "quarter": 4.0, "year": 5.0}
#: So many dates back one may be taken up.
_MEMORY = 3
#: So many reports before an event are looked at, however long the article.
_NEAR = 20
#: Words, days and events beyond which more are no more.
_FAR, _LONG, _MANY = 60, 400, 9
_NONE = -1.0
_OPENINGS = (
    frozenset({"later", "then", "afterwards", "soon", "hours", "minutes", "same", "day", "night"}),
    frozenset({"earlier", "previous", "previously", "ago", "before", "last", "once", "already"}),
    frozenset({"meanwhile", "elsewhere", "separately", "separate", "another", "also"}),
    frozenset({"in", "at"}),
)
#: The auxiliary before a verb, the nearest first.
_AUXILIARIES = {"has": 1.0, "have": 1.0, "had": 2.0, "is": 3.0, "are": 3.0, "was": 4.0, "were": 4.0}
_AUXILIARIES |= dict.fromkeys(("will", "would", "to", "could", "may"), 5.0)
_NOUN, _PLAIN, _PARTICIPLE = 0.0, 6.0, 7.0
_SINCE = frozenset({"since", "from", "after"})
_UNTIL = frozenset({"until", "till", "by", "before", "to", "for"})
_WHICH = frozenset({"who", "which", "that", "where", "when", "whose"})
_JOINS = frozenset({"and", "but", "while", ";"})

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Choice:
    """A date that an event may have, whether it has it by rule, who else tells it, and what bears on it."""

    date: DateMention
    own: bool
    source: Found | None
    row: tuple[float, ...]

    @property
    def days(self) -> Days:
        """Its first and last day."""
        return _days(self.date)


def choices(events: Sequence[Found], found: Sequence[Found], published: dt.date | None) -> list[list[Choice]]:
    """Return the dates that each event of an article may have, each date once, the event's own first.

    Parameters
    ----------
    events : sequence of Found
    found : sequence of Found
        All that the article reports of them, in order.
    published : datetime.date or None
        The article's day.
    """
    lead = next((report for report in found if report.date and report.sentence.kind != "heading"), None)
    starts = [report.sentence.start for report in found]
    result = []
    for event in events:
        first = max(0, bisect_left(starts, event.sentence.start) - _NEAR)
        near = found[first : bisect_right(starts, event.sentence.start)]
        result.append(_choices(event, near, lead, published))
    return result


def _choices(
    item: Found, near: Sequence[Found], lead: Found | None, published: dt.date | None
) -> list[Choice]:
    """Return the dates of one event; `near` are the reports up to it, `lead` the first that has a date."""
    before = [o for o in near if o.date and _stands_before(o, item)]
    if lead and _stands_before(lead, item) and not any(report is lead for report in before):
        before.insert(0, lead)
    told = _told(item, before)
    counts = Counter(_days(o.date) for o in before if o.date)
    first = _days(lead.date) if lead and lead.date else None
    event = _of_event(item, near)
    result = []
    for rank, (days, (date, source)) in enumerate(told.items()):
        row = (
            *event,
            *_of_date(item, date, published),
            *_between(item, date),
            *_of_source(item, source),
            float(rank),
            float(len(told)),
            float(counts[days]),
            counts[days] / max(1, len(before)),
            float(days == first),
        )
        result.append(Choice(date, rank == 0 and item.date is not None, source, row))
    return result


def _told(item: Found, before: Sequence[Found]) -> dict[Days, tuple[DateMention, Found | None]]:
    """Return the dates of an event, of its sentence and of those before, each with who told it last."""
    told: dict[Days, tuple[DateMention, Found | None]] = {}
    for mention in ((item.date,) if item.date else ()) + item.dates:
        told.setdefault(_days(mention), (mention, None))
    last = list({_days(o.date): o for o in before if o.date}.values())
    last = sorted(last, key=lambda o: o.sentence.start, reverse=True)[:_MEMORY]
    for other in (*last, *before[:1]):
        if other.date:
            told.setdefault(_days(other.date), (other.date, other))
    return told


def _days(date: DateMention) -> Days:
    return date.interval.first, date.interval.last


def _stands_before(other: Found, item: Found) -> bool:
    return other.sentence.start < item.sentence.start and other.sentence.kind != "heading"


def _of_event(item: Found, near: Sequence[Found]) -> tuple[float, ...]:
    """Return what is the same for all dates of an event."""
    trigger, tokens = item.trigger, item.tokens
    opening = {word.lower for word in tokens[:4]}
    siblings = [o for o in near if o.sentence is item.sentence]
    paragraph = [o for o in near if o.sentence.paragraph == item.sentence.paragraph]
    last = next((o for o in reversed(near) if _stands_before(o, item)), None)
    return (
        _TYPE.get(trigger.type, _NONE),
        float(trigger.type in VERBAL),
        float(trigger.type in PHYSICAL),
        _STATUS[item.status],
        _TENSE[item.tense],
        _auxiliary(item),
        trigger.probability,
        float(item.definite),
        float(item.in_subordinate),
        float(bool(item.links)),
        float(bool(item.numbers)),
        float(item.sentence.kind != "text"),
        float(min(_MANY, item.sentence.paragraph)),
        float(any(word.lower in HOURS for word in tokens)),
        *(float(not words.isdisjoint(opening)) for words in _OPENINGS),
        float(len(item.dates)),
        float(len(siblings)),
        float(sum(o.date is not None for o in siblings)),
        float(sum(_stands_before(o, item) for o in paragraph)),
        _STATUS[last.status] if last else _NONE,
        float(last is not None and last.date is None),
        float(item.date is not None),
    )


def _auxiliary(item: Found) -> float:
    """Return which auxiliary a verb has, or that it has none, or that the trigger is a noun."""
    head = item.trigger.head
    if not item.trigger.verbal:
        return _NOUN
    lead = [word.lower for word in item.tokens[max(0, head - 3) : head]]
    plain = _PARTICIPLE if item.tokens[head].lower.endswith("ing") else _PLAIN
    return next((_AUXILIARIES[word] for word in reversed(lead) if word in _AUXILIARIES), plain)


def _of_date(item: Found, date: DateMention, published: dt.date | None) -> tuple[float, ...]:
    told = date.interval
    text = date.text.lower()
    start = item.tokens[item.trigger.first].start
    return (
        float(max(-_LONG, min(_LONG, (published - told.last).days))) if published else 0.0,
        float(min(_LONG, (told.last - told.first).days)),
        _GRAIN.get(told.grain, 6.0),
        float(date.ahead),
        float(any(char.isdigit() for char in text)),
        float("since" in text or "until" in text),
        float(published is not None and told.first <= published <= told.last),
        float(min(_LONG, abs(start - date.start) // 10)),
    )


def _between(item: Found, date: DateMention) -> tuple[float, ...]:
    """Return what stands between an event and a date of its sentence."""
    tokens, head = item.tokens, item.trigger.head
    if not tokens[0].start <= date.start < item.sentence.end:
        return (_NONE,) * 9
    at = first_word(tokens, date)
    low, high = sorted((head, at))
    between = [word.lower for word in tokens[low + 1 : high]]
    lead = [word.lower for word in tokens[max(0, at - 2) : at]]
    return (
        float(at > head),
        float(min(_FAR, high - low)),
        float(sum(word in CLAUSE for word in between)),
        float(between.count(",")),
        float(sum(word in _JOINS for word in between)),
        float(not _WHICH.isdisjoint(between)),
        float(not _SINCE.isdisjoint(lead)),
        float(not _UNTIL.isdisjoint(lead)),
        float(not SAID.isdisjoint(lead)) + 2.0 * (not SAID.isdisjoint(between)),
    )


def _of_source(item: Found, source: Found | None) -> tuple[float, ...]:
    """Return what an event has in common with the one that tells a date."""
    if source is None:
        return (_NONE,) * 7
    shared = not item.place_ids.isdisjoint(source.place_ids)
    return (
        _TYPE.get(source.trigger.type, _NONE),
        float(source.trigger.type == item.trigger.type),
        _STATUS[source.status],
        float(min(_MANY, abs(item.sentence.paragraph - source.sentence.paragraph))),
        float(item.sentence is source.sentence),
        1.0 if shared else 2.0 + bool(item.links) + 2.0 * bool(source.links),
        float(source.trigger.head < item.trigger.head),
    )
