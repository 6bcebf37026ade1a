"""What an event takes from what an article told before: the cause of deaths, a date, being old.

"A woman was found dead" goes on telling the earthquake, "the surge" and "the day after the blast" have the
date of what they take up, and what follows an old event in its paragraph is as old.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from dateline.geo import date_events, dating
from dateline.geo.model import Article
from dateline.geo.reports import CASUALTIES, Found, finer
from dateline.geo.triggers import PHYSICAL, VERBAL
from dateline.geo.wordlists import wordlist
from dateline.geo.words import all_forms, verb_form

#: What is said of a date that another report tells.
TAKEN_UP = "the date of what was told before"
#: So many events back a date is taken up ("the same storm").
_MEMORY = 20
#: Types of events that people die of.
_DEADLY = frozenset({"ASSAULT", "ACCIDENT", "DISASTER"})
#: Words of attacks that tell of accidents and disasters as well.
_OPEN = all_forms("kill", "injure", "wound", "hurt", "explode")
_OPEN |= {"explosion", "explosions", "blast", "blasts"}
_ARMS = wordlist("weapon") | wordlist("force") | (wordlist("attacking") - _OPEN - {"fire"})
_PERFECT = frozenset({"has", "have"})


def completed(article: Article, news: Sequence[Found], before: Sequence[Found]) -> list[Found]:
    """Return the events of a sentence with what they take from those told before."""
    caused = [_dated_as_before(_with_cause(item, before), before) for item in news]
    result: list[Found] = []
    for item in [_dated_by_event(article, item, before) for item in caused]:
        result.append(_retold(item, [*before[-1:], *result]))
    return result


def _with_cause(item: Found, before: Sequence[Found]) -> Found:
    """Give deaths without a cause that of what the article told last: "A woman was found dead in Suzu"."""
    if not _is_open(item) and (item.trigger.entry.mode not in CASUALTIES or item.trigger.type != "OTHER"):
        return item
    for other in islice(reversed(before), _MEMORY):
        far = item.sentence.paragraph - other.sentence.paragraph > 1
        if other.trigger.type not in _DEADLY or (far and not _is_mishap(other)):
            continue
        if far or _may_be_of(item, other):
            entry = replace(item.trigger.entry, type=other.trigger.type, mode=_mode_of_cause(item, other))
            return replace(item, trigger=replace(item.trigger, entry=entry))
    return item


def _is_open(item: Found) -> bool:
    """Return whether a sentence leaves open whether harm was done by intent: "A similar blast killed two"."""
    words_ = item.tokens[item.trigger.first : item.trigger.last + 1]
    return (
        item.trigger.type == "ASSAULT"
        and any(word.lower in _OPEN for word in words_)
        and not any(word.lower in _ARMS for word in item.tokens)
    )


def _is_mishap(item: Found) -> bool:
    return item.trigger.type in ("ACCIDENT", "DISASTER")


def _mode_of_cause(item: Found, cause: Found) -> str:
    """Return the mode of harm whose cause is told before: an explosion stays one."""
    blast = item.trigger.entry.mode == "explosion" and _is_mishap(cause)
    return item.trigger.entry.mode if blast else ""


def _may_be_of(item: Found, cause: Found) -> bool:
    """Return whether deaths are where their cause was, as far as both are told."""
    if not item.links or not cause.links or item.sentence.paragraph == cause.sentence.paragraph:
        return True
    shared = item.place_ids & cause.place_ids
    return bool(shared) or any(finer(a, b) or finer(b, a) for a in item.links for b in cause.links)


def _dated_as_before(item: Found, before: Sequence[Found]) -> Found:
    """Date "the surge", "the same storm" by the event of that type that was told before."""
    if item.date or item.status != "actual" or item.trigger.type not in PHYSICAL:
        return item
    same = any(
        word.lower == "same" for word in item.tokens[max(0, item.trigger.first - 5) : item.trigger.first]
    )
    if not same and not item.definite:
        return item
    for other in islice(reversed(before), _MEMORY):
        fits = other.trigger.type == item.trigger.type or (same and other.trigger.type in PHYSICAL)
        if fits and other.date and other.status == "actual":
            return _as_told(item, other)
    return item


def _as_told(item: Found, other: Found) -> Found:
    return item.dated(other.date, other.status, TAKEN_UP)


def _dated_by_event(article: Article, item: Found, before: Sequence[Found]) -> Found:
    """Date what is told to have happened at, or so long before or after, an event of the article."""
    date = None if item.date or item.status != "actual" else date_events.date_from(article, item, before)
    if date is None:
        return item
    state, age = dating.aged(item.status, date.interval, article.date)
    return item.dated(date, state, age)


def _retold(item: Found, before: Sequence[Found]) -> Found:
    """Take for old what goes on telling an old event: "In 2024 a ship tore the cable; police seized it"."""
    last = before[-1] if before else None
    if last is None or item.date or item.status != "actual" or not last.date or last.status != "background":
        return item
    verb = item.tokens[item.trigger.head].lower
    lead = {word.lower for word in item.tokens[max(0, item.trigger.head - 3) : item.trigger.head]}
    if not item.trigger.verbal or verb_form(verb) != "past" or lead & _PERFECT or item.trigger.type in VERBAL:
        return item
    if item.sentence is last.sentence:
        between = item.tokens[last.trigger.last : item.trigger.first]
        goes_on = any(word.lower == ";" for word in between)
    else:
        goes_on = item.sentence.paragraph == last.sentence.paragraph
    return _as_told(item, last) if goes_on else item
