"""Dates that an event takes from another clause: "a day after", "killing five", "since", "until"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dateline.geo.date_meanings import Tense
from dateline.geo.date_tense import first_word
from dateline.geo.date_words import N, number
from dateline.geo.dates import DateMention
from dateline.geo.intervals import Interval, days, shift, shift_weeks
from dateline.geo.model import Article
from dateline.geo.triggers import Trigger
from dateline.geo.words import Word

_DAYS_OF = re.compile(
    r"(?P<n>two|three|four|five|six|seven|ten|\d{1,2})(?P<joined>-day| days of)\b", re.IGNORECASE
)
#: "A day after rival gangs fought": how far what follows lies from the main clause.
_COUNTED = re.compile(
    rf"\b(?:(?:(?P<n>{N}) )?(?P<unit>minute|hour|day|week|month|year)s? (?P<dir>after|before)|the eve of)"
    r"(?= (?:[\w.’'-]+ ){0,6}$)",
    re.IGNORECASE,
)
#: How long something lasts that begins on a day: "three days of mourning begin on Friday".
_LASTS = re.compile(
    rf"(?P<begun>\b(?:beg[iau]n|start(?:ed)?|launch(?:ed)?|stag(?:e|ed) a|call(?:ed)? a) (?:\w+ )?)?"
    rf"\b(?P<n>{N}|\d{{2}})(?:-| )(?P<unit>hour|day|week)s?\b"
    r"(?:(?!\b(?:before|after|ago|old|since|until)\b)[^.;:,])*?"
    r"(?(begun)(?<= )(?:(?:on|from) )?|\b(?:from|starting|beginning|beg[ai]ns?|start(?:s|ed)?)(?: on)? )$",
    re.IGNORECASE,
)
#: What tells that something is so now, and how near a verb its auxiliary stands.
_NOW = frozenset({"is", "are", "has", "have", "remain", "remains", "still"})
_PERFECT = 3
#: So many words before a trigger may say how long it lasts: "a two-day summit in Addis Ababa begins".
_LEAD = 6
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
    result = [date and _for_days(article.text, tokens, triggers[i], date) for i, date in enumerate(result)]
    if article.date is None:
        return result
    day, ahead = article.date, by_tense["future"]
    lasting = [
        _since(tokens, trigger, date, day) if date else _until(tokens, trigger, ahead, day)
        for trigger, date in zip(triggers, result, strict=True)
    ]
    return [_since_clause(tokens, triggers, i, lasting, day) or date for i, date in enumerate(lasting)]


def counted_to_now(article: Article, tokens: Sequence[Word], trigger: Trigger) -> DateMention | None:
    """Return the day that something lies before publication: "six days after a dam broke, towns are flooded".

    Only where what is told of it is so now, and no other day is told.
    """
    begin = tokens[max(0, trigger.first - 8)].start
    counted = _COUNTED.search(article.text[begin : tokens[trigger.first].start])
    if not counted or counted["dir"] != "after" or counted["unit"] not in ("day", "week"):
        return None
    lowers = {word.lower for word in tokens}
    if article.date is None or not counted["n"] or lowers.isdisjoint(_NOW) or "had" in lowers:
        return None
    start = begin + counted.start()
    now = DateMention(start, begin + counted.end(), "publication", days(article.date))
    return _counted(now, counted)


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
    if not any(word in lead.lower() for word in ("after", "before", "eve of")):
        return found[i]
    main = next((date for j, date in enumerate(found) if j < i and date), None)
    counted = _COUNTED.search(lead)
    if counted and not _SPANNED.search(lead, 0, counted.start()):
        told = next((m for m in reversed(mentions) if m.end <= begin + counted.start()), main)
        own = found[i]
        free = own is None or (told and own.start in (told.start, begin + counted.start()))
        return _counted(told, counted) if free else own
    span = _DAYS_OF.search(lead)
    if not span or not re.search(r"\bafter\b", lead):
        return found[i]
    if main is None or main.interval.grain != "day":
        return None
    count = number(span["n"])
    inclusive = span["joined"].startswith("-")
    ended, back = (main.interval.last, 0) if inclusive else (main.interval.first, -1)
    first, last = shift(ended, "day", back - (count - 1)), shift(ended, "day", back)
    if not first or not last:
        return None
    text = f"{span[0]} to {main.text}"
    return DateMention(main.start, main.end, text, Interval(first.first, last.last))


def _counted(main: DateMention | None, counted: re.Match[str]) -> DateMention | None:
    """Return the days that lie so far before, or behind, those of the main clause."""
    if main is None or main.interval.grain != "day":
        return None
    unit, told = (counted["unit"] or "day").casefold(), main.interval
    count = number(counted["n"]) if counted["n"] else not counted["unit"]  # "the eve of" is a day before
    step = -count if (counted["dir"] or "").casefold() == "after" else count
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


def _since_clause(
    tokens: Sequence[Word],
    triggers: Sequence[Trigger],
    i: int,
    found: Sequence[DateMention | None],
    day: dt.date,
) -> DateMention | None:
    """Return the days until now of what has come "since fighting erupted on Saturday": "have fled since"."""
    trigger = triggers[i]
    lead = {word.lower for word in tokens[max(0, trigger.first - _PERFECT) : trigger.head]}
    behind = (0, *range(trigger.last + 1, len(tokens)))  # "since fighting erupted on Monday, many have fled"
    since = next((k for k in behind if tokens[k].lower == "since"), None)
    if since is None or lead.isdisjoint(("has", "have")):
        return None
    clause = (date for t, date in zip(triggers, found, strict=True) if t.first > since and t is not trigger)
    began = next(filter(None, clause), None)
    if (
        began is None
        or began.text.lower().startswith("since")
        or began.interval.grain != "day"
        or began.interval.last > day
    ):
        return None
    if (own := found[i]) is not None and own.start != began.start:
        return None
    return replace(began, text=f"since {began.text}", interval=Interval(began.interval.first, day))


def _for_days(text: str, tokens: Sequence[Word], trigger: Trigger, date: DateMention) -> DateMention:
    """Return all days of what lasts so many from a day on: "a three-day curfew from Tuesday"."""
    begin = tokens[max(0, trigger.first - _LEAD)].start
    told = _LASTS.search(text, begin, date.start) if trigger.last < first_word(tokens, date) else None
    if not told or date.interval.grain != "day" or date.interval.first != date.interval.last:
        return date
    hours = number(told["n"]) * {"hour": 1, "day": 24, "week": 168}[told["unit"].casefold()]
    last = shift(date.interval.first, "day", max(1, -(-hours // 24)) - 1)
    return replace(date, interval=Interval(date.interval.first, last.first)) if last else date


def _of_main_clause(
    tokens: Sequence[Word], trigger: Trigger, mentions: Sequence[DateMention]
) -> DateMention | None:
    """Return the date of the main clause for what it brought with it: "hit the coast, killing five"."""
    first = trigger.first
    if not tokens[first].lower.endswith("ing") or not first or tokens[first - 1].lower not in (",", "and"):
        return None
    return next((date for date in reversed(mentions) if date.end <= tokens[first].start), None)
