"""Dates that an event takes from another clause: "a day after", "killing five", "since", "until"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from dateline.geo.date_meanings import Tense
from dateline.geo.date_tense import first_word
from dateline.geo.date_words import N, number
from dateline.geo.dates import DateMention
from dateline.geo.intervals import DAY, Interval, shift_weeks
from dateline.geo.model import Article
from dateline.geo.triggers import Trigger
from dateline.geo.words import Word

_DAYS_OF = re.compile(
    r"(?P<n>two|three|four|five|six|seven|ten|\d{1,2})(?P<joined>-day| days of)\b", re.IGNORECASE
)
#: "A day after rival gangs fought": how far what follows lies from the main clause.
_COUNTED = re.compile(
    rf"\b(?:(?P<n>{N}) )?(?P<unit>minute|hour|day|week|month|year)s? (?P<dir>after|before)"
    r"(?= (?:[\w’'-]+ ){0,6}$)",
    re.IGNORECASE,
)
#: What makes a span of it: "in the past two weeks after clashes".
_SPANNED = re.compile(r"\b(?:past|last) $")
#: Modes of what lasts, so that an end told for it says when it is.
_LASTING = frozenset(
    {"service cut", "power cut", "internet cut", "evacuation", "curfew", "siege", "blockade", "strike"}
    | {"boycott", "exercise", "state of emergency", "alert"}
)
_BORDERS = frozenset({",", ";", "and"})
_UNTIL, _NEARBY = frozenset({"until", "till", "through"}), 10


def taken(
    article: Article,
    tokens: Sequence[Word],
    triggers: Sequence[Trigger],
    found: Sequence[DateMention | None],
    by_tense: Mapping[Tense, Sequence[DateMention]],
) -> list[DateMention | None]:
    """Return the dates found for the triggers of a sentence, with those that another clause tells."""
    everyone = range(len(triggers))
    result = [_after(article.text, tokens, triggers, i, found, by_tense["past"]) for i in everyone]
    past = [mention for mention in by_tense["past"] if not mention.ahead]
    result = [date or _of_main_clause(tokens, triggers[i], past) for i, date in enumerate(result)]
    if article.date is None:
        return result
    day, ahead = article.date, by_tense["future"]
    return [
        _since(tokens, trigger, date, day) if date else _until(tokens, trigger, ahead, day)
        for trigger, date in zip(triggers, result, strict=True)
    ]


def lasts(tokens: Sequence[Word], trigger: Trigger) -> bool:
    """Return whether something goes on since it began: "since the crossing was shut on 29 March"."""
    if trigger.entry.mode not in _LASTING and trigger.entry.mode != "disease":
        return False
    return any(word.lower == "since" for word in tokens[max(0, trigger.first - _NEARBY) : trigger.first])


def _after(
    text: str,
    tokens: Sequence[Word],
    triggers: Sequence[Trigger],
    i: int,
    found: Sequence[DateMention | None],
    mentions: Sequence[DateMention],
) -> DateMention | None:
    """Date by the main clause "after a two-day meeting", "after two days of clashes", "a day after"."""
    trigger = triggers[i]
    begin = tokens[max(0, trigger.first - 8)].start
    lead = text[begin : tokens[trigger.first].start]
    if not any(word in lead.lower() for word in ("after", "before")):
        return found[i]
    main = next((date for j, date in enumerate(found) if j < i and date), None)
    counted = _COUNTED.search(lead)
    if counted and not _SPANNED.search(lead, 0, counted.start()):
        told = next((m for m in reversed(mentions) if m.end <= begin + counted.start()), main)
        return _counted(told, counted) if found[i] in (None, told) else found[i]
    span = _DAYS_OF.search(lead)
    if not span or not re.search(r"\bafter\b", lead):
        return found[i]
    if main is None or main.interval.grain != "day":
        return None
    count = number(span["n"])
    inclusive = span["joined"].startswith("-")
    last = main.interval.last if inclusive else main.interval.first - DAY
    return DateMention(
        main.start, main.end, f"{span[0]} to {main.text}", Interval(last - (count - 1) * DAY, last)
    )


def _counted(main: DateMention | None, counted: re.Match[str]) -> DateMention | None:
    """Return the days that lie so far before, or behind, those of the main clause."""
    if main is None or main.interval.grain != "day":
        return None
    unit, told = counted["unit"].casefold(), main.interval
    step = number(counted["n"]) * (1 if counted["dir"].casefold() == "before" else -1) if counted["n"] else 0
    interval = told if unit in ("hour", "minute") else shift_weeks(told.first, unit, step)
    text = f"{counted[0].strip()}: {main.text}"
    return DateMention(main.start, main.end, text, interval) if interval else None


def _until(
    tokens: Sequence[Word], trigger: Trigger, ahead: Sequence[DateMention], day: dt.date
) -> DateMention | None:
    """Return the days from now to an end that is told: "schools are closed until Thursday"."""
    if tokens[trigger.head - 1].lower in ("was", "were"):
        return None
    for mention in ahead:
        at = first_word(tokens, mention)
        lead = {word.lower for word in tokens[max(trigger.head, at - 4) : at]}
        ends = bool(lead & _UNTIL) if trigger.entry.mode in _LASTING else tokens[at - 1].lower == "through"
        last = mention.interval.last
        if ends and 0 < at - trigger.head <= _NEARBY and last >= day:
            return DateMention(mention.start, mention.end, f"until {mention.text}", Interval(day, last))
    return None


def _since(tokens: Sequence[Word], trigger: Trigger, date: DateMention, day: dt.date) -> DateMention:
    """Return the days until now of what goes on "since fighting escalated last week"."""
    if date.interval.last > day:
        return date
    between = [word.lower for word in tokens[trigger.last + 1 : first_word(tokens, date)]]
    if "since" not in between or not _BORDERS.isdisjoint(between[between.index("since") :]):
        return date
    return DateMention(date.start, date.end, f"since {date.text}", Interval(date.interval.first, day))


def _of_main_clause(
    tokens: Sequence[Word], trigger: Trigger, mentions: Sequence[DateMention]
) -> DateMention | None:
    """Return the date of the main clause for what it brought with it: "hit the coast, killing five"."""
    first = trigger.first
    if not tokens[first].lower.endswith("ing") or not first or tokens[first - 1].lower not in (",", "and"):
        return None
    return next((date for date in reversed(mentions) if date.end <= tokens[first].start), None)
