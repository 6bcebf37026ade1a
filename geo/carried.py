"""Places that an event takes from the dateline, or from the sentence before its own.

Only what has a place at all takes one, and what is told in passing, abroad or at a site of its own does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from dateline.geo.link_choice import Link, weakened
from dateline.geo.model import Resolution
from dateline.geo.reports import Found
from dateline.geo.spots import Spot
from dateline.geo.triggers import PHYSICAL
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

#: A place is carried to the next sentence only where it was told surely.
_SURE = 0.75
#: How much less sure it is that an agreement was made where its talks were.
_VENUE = 0.9
#: Where people are arrested of whom it is told no otherwise.
_PROTESTS = frozenset({"PROTEST", "ASSAULT"})
#: What people do to others where they are, unlike what a state closes or cuts.
_DEEDS = frozenset({"ASSAULT", "CRIME"})
_SITES = wordlist("sites")
_COURTS = wordlist("courts")
_SPEECH = wordlist("speech")


def placed(
    news: Sequence[Found],
    before: Sequence[Found],
    here: Resolution | None,
    inside: Sequence[Resolution],
    names_places: bool,
) -> list[Found]:
    """Return the events of a sentence, those without a place with one that another sentence tells.

    Parameters
    ----------
    news : sequence of Found
        What the sentence reports.
    before : sequence of Found
        What the sentences before it reported.
    here : Resolution or None
        The place of the dateline, where the sentence stands behind it.
    inside : sequence of Resolution
        The places that the sentence names itself.
    names_places : bool
        Whether one of them is a place where something can be, other than the dateline's.
    """
    if names_places:
        return [
            _at_home(item, here)
            if here and _judged_here(item)
            else _as_clause_before(_at_venue(item, news), news, inside)
            for item in news
        ]
    # not at the dateline is "DUBAI - Protests spread to 40 Iranian cities"
    return _carried(news, before, None if here and _is_abroad(here, inside) else here)


def _carried(news: Sequence[Found], before: Sequence[Found], home: Resolution | None) -> list[Found]:
    """Return events with the place of the dateline or of the sentence before, where their own tells none."""
    result = []
    for item in news:
        if item.links or item.status in ("hypothetical", "background"):
            result.append(item)
            continue
        result.append(_at_home(item, home) if home else _as_before(item, before))
    return result


def _at_home(item: Found, home: Resolution) -> Found:
    """Pin an event of the dateline's own sentence at the dateline, when it names no other place."""
    if item.trigger.type not in PHYSICAL | {"CONSULT", "AGREE"} and not _in_court(item):
        return item
    if item.in_subordinate:
        return item
    if _names_a_site(item.tokens):
        return item  # "the Rivne plant" that nobody recognised is elsewhere
    link = Link(Spot(home, -1, -1, "", False), 0.6, f'the dateline "{home.mention.text}"')
    return replace(item, links=(link,), carried=True)


def _at_venue(item: Found, news: Sequence[Found]) -> Found:
    """Pin an agreement where the talks were that led to it: "At talks in Samarkand they signed"."""
    if item.trigger.type != "AGREE" or item.links or item.status != "actual":
        return item
    for other in news:
        talks = other.trigger.type == "CONSULT" and other.status == "actual" and not other.trigger.verbal
        if talks and other.links and other.trigger.head < item.trigger.head:
            name = other.links[0].spot.resolution.mention.text
            links = weakened(other.links[:1], _VENUE, f'the talks in "{name}"')
            return replace(item, links=links, carried=True)
    return item


def _as_clause_before(item: Found, news: Sequence[Found], inside: Sequence[Resolution]) -> Found:
    """Pin an event where the clause before it has one: "attacked Tsafe and abducted 18"."""
    follows = item.trigger.verbal and not item.links and item.status == "actual" and _goes_on(item)
    if not follows or not (item.trigger.type in _DEEDS or item.trigger.entry.mode == "arrest"):
        return item
    at = item.tokens[item.trigger.first].start
    for other in reversed(news):
        ahead = other.trigger.head < item.trigger.first and other.links and other.status == "actual"
        if ahead and other.trigger.type in PHYSICAL | {"COERCE", "MOBILIZE"}:
            literal = [r.mention for r in inside if r.mention.role == "literal"]
            begun = item.tokens[other.trigger.last].end
            told = [mention for mention in literal if begun <= mention.start]
            if len({mention.text for mention in told}) != 1 or told[-1].start > at:
                return item  # "raided Jenin, arresting two men in Zababdeh"
            name = other.links[0].spot.resolution.mention.text
            links = weakened(other.links[:1], _VENUE, f'"{name}" of the clause before')
            return replace(item, links=links, carried=True)
    return item


def _goes_on(item: Found) -> bool:
    """Return whether a clause has the subject of the one before, or of who was caught: "; suspect held"."""
    lead = [word.lower for word in item.tokens[max(0, item.trigger.first - 4) : item.trigger.first]]
    caught = ";" in lead and item.trigger.entry.mode == "arrest"
    return lead[-1:] in (["and"], [","], ["then"]) or caught


def _in_court(item: Found) -> bool:
    """Return whether a court of the dateline's town judges."""
    lead = {word.lower for word in item.tokens[: item.trigger.first]}
    return item.trigger.entry.mode == "legal action" and not lead.isdisjoint(_COURTS)


def _is_abroad(home: Resolution, others: Sequence[Resolution]) -> bool:
    """Return whether a sentence tells of other countries than the dateline's only."""
    told = {r.place.country for r in others if r.place and r.place.country}
    return bool(told) and home.place is not None and home.place.country not in told


def _judged_here(item: Found) -> bool:
    """Return whether a verdict names no place of its own: "A court convicted him of murder in Bangui"."""
    return not item.links and item.status == "actual" and _in_court(item)


def hints_elsewhere(item: Found) -> bool:
    """Return whether a sentence tells of a place that nobody recognised, or claims a deed without one.

    "In Nis, a car drove into a crowd", "the Rivne plant", "a summit in the capital", "it said it had shot
    down jets".
    """
    words = [word.lower for word in item.tokens]
    capital = ("the", "capital") in pairwise(words)
    return capital or _opens_elsewhere(item.tokens) or _names_a_site(item.tokens) or _is_own_claim(item)


def _names_a_site(tokens: Sequence[Word]) -> bool:
    """Return whether a sentence names a plant, an airport, a village... by its name."""
    return any(
        word.capital and i > 0 and any(after.lower in _SITES for after in tokens[i + 1 : i + 4])
        for i, word in enumerate(tokens)
    )


def _opens_elsewhere(tokens: Sequence[Word]) -> bool:
    """Return whether a sentence begins with a place that nobody recognised: "In Nis, a car drove ..."."""
    first = [word.lower for word in tokens[:6]]
    return first[0] in ("in", "at", "near") and any(word.capital for word in tokens[1:2]) and "," in first[2:]


def _of_last_sentence(before: Sequence[Found]) -> list[Found]:
    """Return the events of the last sentence that told any, in order."""
    events = list(takewhile(lambda other: other.sentence is before[-1].sentence, reversed(before)))
    return events[::-1]


def _is_own_claim(item: Found) -> bool:
    """Return whether somebody claims a deed that may have been anywhere: "It said it had shot down jets"."""
    lead = [word.lower for word in item.tokens[: item.trigger.first]]
    return any(a in _SPEECH and b in ("it", "they", "he", "she") for a, b in pairwise(lead))


def _as_before(item: Found, before: Sequence[Found]) -> Found:
    """Pin an event where the sentence before it, of the same paragraph, has an event."""
    arrest = item.trigger.entry.mode == "arrest"
    if not (item.trigger.type in PHYSICAL or arrest) or item.in_subordinate or _is_own_claim(item):
        return item
    last = before[-1].sentence if before else None
    if last is None or last.paragraph != item.sentence.paragraph or _opens_elsewhere(item.tokens):
        return item
    for other in _of_last_sentence(before):
        sure = [link for link in other.links[:2] if link.probability >= _SURE]
        told = sure and not other.in_subordinate and other.trigger.type in (_PROTESTS if arrest else PHYSICAL)
        if told and other.status == item.status:
            name = sure[0].spot.resolution.mention.text
            links = weakened(sure[:1], 0.7, f'"{name}" from the sentence before')
            return replace(item, links=links, date=item.date or other.date, carried=True)
    return item
