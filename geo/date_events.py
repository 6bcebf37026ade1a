"""Dates that count from an event told before: "on the eve of the vote", "the day after the blast"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import islice

from dateline.geo import triggers
from dateline.geo.date_words import N, number
from dateline.geo.dates import DateMention
from dateline.geo.intervals import Interval, days, shift, shift_weeks
from dateline.geo.model import Article
from dateline.geo.reports import HARM, Found
from dateline.geo.words import words

#: So many characters lie between such words and their trigger, and no border of clauses.
_BESIDE, _BORDER = 80, re.compile(r";|, (?:and|but|while)\b")
#: So many events back one is taken up.
_MEMORY = 20
_COUNTED = re.compile(
    rf"\b(?:(?P<eve>the eve of)|(?P<n>{N}) (?P<unit>day|week|month|year)s? (?P<dir>after|before)"
    r"|the (?P<next>day|night|morning|evening) (?P<side>after|before)"
    r"|(?:hours|minutes|shortly|just) (?:after|before)|before|at|during|(?P<since>since))"
    r" (?:the|that) (?P<what>(?:[\w-]+ )?[\w-]+)",
    re.IGNORECASE,
)
_ANY_HARM = frozenset({"disaster", "tragedy", "incident", "accident"})


def date_from(article: Article, item: Found, before: Sequence[Found]) -> DateMention | None:
    """Return the date that a sentence counts from an event of the article, None where it counts from none."""
    text = article.text
    start, end = item.tokens[item.trigger.first].start, item.tokens[item.trigger.last].end
    for match in _COUNTED.finditer(text, item.sentence.start, item.sentence.end):
        between = text[end : match.start()] if end <= match.start() else text[match.end() : start]
        beside = match.end() <= start or end <= match.start()
        if beside and len(between) <= _BESIDE and not _BORDER.search(between):
            told = _told(match["what"], before)
            interval = _counted(match, told, article.date) if told else None
            if interval:
                return DateMention(match.start(), match.end(), match[0], interval)
    return None


def _counted(match: re.Match[str], told: Interval, today: dt.date | None) -> Interval | None:
    """Return the days that lie as far from others as the words say."""
    if match["eve"]:
        return shift(told.first, "day", -1)
    if match["next"]:
        after = match["side"].lower() == "after"
        return shift(told.last, "day", 1) if after else shift(told.first, "day", -1)
    if match["since"]:
        return days(told.first, today) if today and today >= told.first else None
    if not match["n"]:
        return told
    step = number(match["n"]) * (1 if match["dir"].lower() == "after" else -1)
    return shift_weeks(told.last if step > 0 else told.first, match["unit"].lower(), step)


def _told(what: str, before: Sequence[Found]) -> Interval | None:
    """Return the day of the last event that words name: their own, of their type, or "the disaster"."""
    named = {trigger.type for trigger in triggers.find(words(what))}
    nouns = set(what.lower().split())
    named |= HARM if nouns & _ANY_HARM else frozenset()
    for other in islice(reversed(before), _MEMORY):
        fits = other.trigger.type in named or other.tokens[other.trigger.head].lower in nouns
        if fits and other.date and other.status in ("actual", "background"):
            return other.date.interval if other.date.interval.grain == "day" else None
    return None
