"""The events of an article: reports of one event in several sentences, the headline's and the toll's too."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from dateline.geo.counted import FOUND, harms_people, may_kill
from dateline.geo.harm import TOLL
from dateline.geo.intervals import Interval
from dateline.geo.link_choice import weakened
from dateline.geo.quantities import Count
from dateline.geo.reports import (
    ARTICLES,
    CASUALTIES,
    HARM,
    TOLLS,
    Found,
    alike,
    finer,
    inside,
    joined,
    nested,
)
from dateline.geo.sentences import Sentence
from dateline.geo.status_denied import REJECTS
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, all_forms

_ELSEWHERE = frozenset({"elsewhere", "further", "another", "separate", "separately", "meanwhile"})
#: So far apart (degrees of latitude) two reports of one attack may put it.
_BESIDE = 0.3
#: What an article is about is told again and again; a repetition without place and date is no second event.
_THEMES = frozenset({"CONSULT", "PROTEST", "ACCIDENT", "DISASTER", "VOTE", "CRIME"})
#: Words that count on from the paragraph before: "Twelve others were wounded".
_OTHERS = frozenset({"others", "other", "another", "more"})
#: What nobody dies of, though force is used.
_UNHARMING = frozenset({"arrest", "legal action", "extradition", "weapons seizure"})
#: Words that lead to what came first.
_AFTER = frozenset({"after", "following", "over"})
_HAVE = frozenset({"has", "have", "had"})
_ARTICLES = frozenset({"the", "a", "an"})
_BEGAN = frozenset({"began", "started", "broke", "erupted"})
#: So many events of harm back one that hurts people comes first: shots, not a blocked gate.
_NEAR = 3
#: What claims, what denies, what is denied, in so few words and so near behind: "Ukraine denied it".
_CLAIM = all_forms("say", "claim", "announce")
_CLAIMED = frozenset({".", "it", "this", "that", "losing", "having", "claim", "claims", "report", "reports"})
_SHORT, _GAP = 12, 3
_BOASTS = (["claimed", "to", "have"], ["claims", "to", "have"])
#: What the other side denies to have happened at all.
_CONTESTED = frozenset({"territory taken", "capture", "air defence", "deployment", "agreement"})
_HEADINGS = wordlist("headings")
#: Sentences back that a report may be continued from.
_REACH = 12


def merge(found: Sequence[Found]) -> list[Found]:
    """Join the reports of one event across the sentences of an article, headings last."""
    kept: list[Found] = []
    for item in found:
        if _is_heading(item, found):
            continue
        for i in range(len(kept) - 1, max(-1, len(kept) - 1 - _REACH), -1):
            if _explains(item, kept[i]):
                kept[i] = joined(item, kept[i])
                break
            if _counts_since(item) and not _lasts(kept[i]):
                continue
            if (_goes_on(kept[i], item) and not _is_occasion(kept, i)) or _same_event(kept[i], item):
                kept[i] = _told_best(kept[i], item)
                break
        else:
            kept.append(item)
    for head in found:
        if _is_heading(head, found):
            _add_heading(head, kept)
    return sorted(kept, key=lambda item: item.tokens[item.trigger.first].start)


def has_label(tokens: Sequence[Word]) -> bool:
    """Return whether a sentence begins with a name and a colon: "Konotop: three injured"."""
    colon = next((i for i, word in enumerate(tokens[:4]) if word.lower == ":"), 0)
    return colon > 0 and all(word.capital and word.lower not in _HEADINGS for word in tokens[:colon])


def _is_heading(item: Found, found: Sequence[Found]) -> bool:
    """Return whether a line announces events, and tells no further one: "Konotop: three injured"."""
    told = has_label(item.tokens) and found[0].sentence.end < item.sentence.start
    return item.sentence.kind == "heading" and not told


def _is_occasion(kept: Sequence[Found], i: int) -> bool:
    """Return whether an event only led to another of its sentence: "riots after the killing of a boy"."""
    item = kept[i]
    lead = [word.lower for word in item.tokens[max(0, item.trigger.first - 4) : item.trigger.first]]
    noun = not item.trigger.verbal or item.tokens[item.trigger.head].lower.endswith("ing")
    led = noun and any(a in _AFTER and b in _ARTICLES for a, b in pairwise(lead))
    if not led or not i or kept[i - 1].sentence is not item.sentence:
        return False
    return kept[i - 1].trigger.type in HARM and may_kill(kept[i - 1])


def _add_heading(head: Found, kept: list[Found]) -> None:
    """Add what a headline tells to the event that it announces, or else as an event of its own."""
    at = next((i for i, item in enumerate(kept) if _announces(head, item)), None)
    if at is None:
        kept.append(head)
    elif head.links and _is_lead(kept[at], kept) and (not kept[at].links or nested(head, kept[at])):
        links = weakened(head.links, 0.8, "the headline")
        kept[at] = replace(kept[at], links=links, carried=True)


def _announces(head: Found, item: Found) -> bool:
    """Return whether a headline announces an event of the body, not one of another place."""
    a, b = head.trigger.type, item.trigger.type
    toll = {kind for kind, number in head.numbers.items() if item.numbers.get(kind) == number}
    blasts = head.trigger.entry.mode == item.trigger.entry.mode == "explosion"  # by intent or by accident
    if a != b and not (blasts or (toll and {a, b} <= HARM)):
        return False
    if not head.place_ids or not item.place_ids or not head.place_ids.isdisjoint(item.place_ids):
        return True
    return any(finer(x, y) or finer(y, x) for x in head.links for y in item.links) or _beside(head, item)


def _is_lead(item: Found, kept: Sequence[Found]) -> bool:
    """Return whether an event is the first of its type."""
    return next(other for other in kept if other.trigger.type == item.trigger.type) is item


def _told_best(a: Found, b: Found) -> Found:
    """Return both reports as one: as the first tells it, but a plan as the one with the closer date does."""
    if a.status == "planned" and a.date and b.date and _length(b.date.interval) < _length(a.date.interval):
        return replace(joined(b, a), links=b.links or a.links)
    return joined(a, b)


def _length(interval: Interval) -> int:
    return (interval.last - interval.first).days


def _explains(item: Found, deaths: Found) -> bool:
    """Return whether a sentence tells what those died of whom the one before counts."""
    unexplained = deaths.trigger.entry.mode in CASUALTIES and deaths.trigger.type == "OTHER"
    if not unexplained or item.status != deaths.status:
        return False
    if not item.definite and _tells_cause(deaths.tokens):
        return False
    near = item.sentence is not deaths.sentence and item.sentence.paragraph - deaths.sentence.paragraph <= 1
    places = not item.links or not deaths.links or bool(item.place_ids & deaths.place_ids)
    return near and places and item.trigger.type in ("ACCIDENT", "DISASTER", "ASSAULT") and not item.numbers


def _tells_cause(tokens: Sequence[Word]) -> bool:
    """Return whether a toll is told with what took it: "the death toll from two days of clashes"."""
    return any(a.lower in TOLL and b.lower == "from" for a, b in pairwise(tokens))


def _goes_on(a: Found, b: Found) -> bool:
    """Return whether a sentence only tells the toll of the event before it: "A guard was killed"."""
    told = [word.lower for word in b.tokens[b.trigger.first : b.trigger.last + 1]]
    recovered = told[-1] in FOUND and "shot" not in told  # on a day that is not the accident's
    there = b.place_ids <= a.place_ids and a.numbers.keys().isdisjoint(b.numbers)  # "killed at Ladyzhyn"
    apart_from = not there or (b.date and b.date != a.date and not recovered)
    if b.trigger.entry.mode not in TOLLS or (apart_from and not b.carried) or _is_new(b):
        return False
    apart = b.sentence.paragraph - a.sentence.paragraph
    others = not _OTHERS.isdisjoint(word.lower for word in b.tokens[:4])
    passive = b.tokens[b.trigger.first - 1].lower in ("was", "were", "been") if b.trigger.first else False
    near = b.sentence is not a.sentence and (apart == 0 or (apart == 1 and (others or passive)))
    tells = b.trigger.type in ("ASSAULT", "ACCIDENT", "DISASTER") or b.trigger.entry.mode in CASUALTIES
    harms = a.trigger.type in HARM and a.trigger.entry.mode not in _UNHARMING
    return near and harms and tells and bool(b.numbers)


def _is_new(item: Found) -> bool:
    """Return whether a noun tells of something for the first time: "a fire at a nightclub left two dead"."""
    before = [word.lower for word in item.tokens[max(0, item.trigger.first - 1) : item.trigger.first]]
    return not item.trigger.verbal and not ARTICLES.isdisjoint(before)


def _counts_since(item: Found) -> bool:
    """Return whether the dead of a whole time are told: "have been killed since the fighting started"."""
    lead = [word.lower for word in item.tokens[max(0, item.trigger.first - 3) : item.trigger.first]]
    after = [word.lower for word in item.tokens[item.trigger.last + 1 :]]
    return bool(item.numbers) and not _HAVE.isdisjoint(lead) and "since" in after


def _lasts(item: Found) -> bool:
    """Return whether an event goes on for days, so that it may have taken all the dead of a time."""
    return item.trigger.type in ("DISASTER", "ACCIDENT") or item.trigger.entry.mode == "armed clash"


def _same_event(a: Found, b: Found) -> bool:
    """Return whether a later sentence reports an event again."""
    if a.sentence is b.sentence or not alike(a, b):
        return False
    if b.spoken_of:
        return True
    if b.definite and _starts(b) and b.trigger.entry.mode == a.trigger.entry.mode:
        return True  # "The strike began on Tuesday"
    if b.tells_where and a.place_ids and not a.date and nested(b, a):
        return True  # "The killings occurred over the weekend in Chiure": where and when the lead leaves open
    taken_up = b.definite and a.date and b.date and {a.status, b.status} == {"actual", "background"}
    if (a.status != b.status and not taken_up) or not _same_time(a, b):
        return False
    if a.place_ids and b.place_ids and not a.carried:
        told_again = b.definite or a.status == "planned"
        same = a.place_ids == b.place_ids or (told_again and (nested(a, b) or nested(b, a)))
        same = same or (b.definite and _beside(a, b))
        return same and (a.trigger.entry.mode == b.trigger.entry.mode or b.definite or a.status == "planned")
    if a.date and b.date and a.status == "planned":
        return True
    if b.definite and not (b.place_ids and _elsewhere(b)):
        return not b.date or not a.date or b.date == a.date or not a.place_ids or a.carried
    if b.place_ids or b.date:
        return False
    return a.trigger.type in _THEMES and a.trigger.entry.mode == b.trigger.entry.mode


def _starts(item: Found) -> bool:
    """Return whether a sentence tells when something began: "The fire broke out at noon"."""
    after = item.tokens[item.trigger.head : item.trigger.last + 3]
    return any(word.lower in _BEGAN for word in after)


def _elsewhere(item: Found) -> bool:
    """Return whether a sentence says that it tells of another place: "Further south the surge ..."."""
    return not _ELSEWHERE.isdisjoint(word.lower for word in item.tokens[: item.trigger.first])


def _same_time(a: Found, b: Found) -> bool:
    """Return whether the dates of two reports, where both tell one, agree."""
    if not a.date or not b.date:
        return True
    return inside(a.date.interval, b.date.interval) or inside(b.date.interval, a.date.interval)


def _beside(a: Found, b: Found) -> bool:
    """Return whether two reports put an event into the same neighbourhood: "a suburb of Hanover", Laatzen."""
    pairs = [(x.spot.resolution.place, y.spot.resolution.place) for x in a.links for y in b.links]
    return all(x and y and math.hypot(x.lat - y.lat, (x.lon - y.lon) / 2) < _BESIDE for x, y in pairs)


def harm_before(found: Sequence[Found], sentence: Sentence) -> int | None:
    """Return the index of the harm told last before a sentence, if that is near."""
    harm = [i for i, item in enumerate(found) if item.trigger.type in HARM and not _is_occasion(found, i)]
    last = next((i for i in reversed(harm[-_NEAR:]) if harms_people(found[i])), harm[-1] if harm else None)
    far = last is None or sentence.paragraph - found[last].sentence.paragraph > 1
    return None if far else last


def with_later_numbers(found: list[Found], counts: Sequence[Count], sentence: Sentence) -> list[Found]:
    """Give the numbers of a sentence that tells nothing else to the harm told last: "The toll rose to 41"."""
    last = harm_before(found, sentence)
    if not counts or last is None:
        return found
    item = found[last]
    numbers = dict(item.numbers)
    for count in counts:
        told = numbers.get(count.kind)
        more = told is None or count.quantity.value > told.value
        if item.status == "actual" and more and not count.tally:
            numbers[count.kind] = count.quantity
    return [*found[:last], replace(item, numbers=numbers), *found[last + 1 :]]


def with_denial(found: list[Found], tokens: Sequence[Word], sentence: Sentence) -> list[Found]:
    """Take for denied what was claimed right before it is denied: "Kyiv denied losing the town"."""
    claim = found[-1].sentence if found else None
    if claim is None or not _denies(tokens) or sentence.start - claim.end > _GAP:
        return found
    return [
        replace(item, status="denied", told="denied", reasons=(*item.reasons, "denied by the next sentence"))
        if item.sentence is claim and item.status == "actual" and _is_claimed(item)
        else item
        for item in found
    ]


def _denies(tokens: Sequence[Word]) -> bool:
    """Return whether a short sentence denies what was told before, not something of its own."""
    said = [word.lower for word in tokens]
    at = next((i for i, word in enumerate(said) if word in REJECTS), None)
    if at is None or len(said) > _SHORT:
        return False
    denied = [word for word in said[at + 1 : at + 3] if word != "the"]
    return not denied or denied[0] in _CLAIMED


def _is_claimed(item: Found) -> bool:
    """Return whether somebody says what the other side may contest: "Russia says its forces took the town".

    Who denies killings denies having killed, not that people are dead, unless the killers only claim it.
    """
    lead = [word.lower for word in item.tokens[: item.trigger.first]]
    boasts = lead[-3:] in _BOASTS
    return boasts or (item.trigger.entry.mode in _CONTESTED and not _CLAIM.isdisjoint(lead))
