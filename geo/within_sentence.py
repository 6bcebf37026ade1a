"""The events of one sentence: triggers that report the same, numbers, and what is told only in passing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.geo.model import Quantity
from dateline.geo.quantities import Count
from dateline.geo.reports import (
    CLAUSE,
    DEFINITE,
    FUNCTION,
    HARM,
    PRONOUNS,
    Found,
    alike,
    is_toll,
    joined,
    nested,
    spreads,
)
from dateline.geo.triggers import VERBAL
from dateline.geo.wordlists import wordlist

_PERSONS = wordlist("people") | wordlist("persons")
_CAUSES = wordlist("causes")
#: What is done over something that happened elsewhere and before.
_OVER = VERBAL | {"PROTEST", "COERCE", "CONSULT"}
#: Words that lead from one event to another.
_LEADS_ON = frozenset({";", ",", "for", "retaliation", "response", "reprisal", "revenge", "over"})
_MORE = frozenset({"another", "second", "third", "separate", "other", "new"})
_ONE_AFTER_OTHER = frozenset({"after", "before", "following", "followed", "since", "despite"})
#: Convictions, whose crimes are no news of their own.
_CONVICTED = frozenset({"convicted", "guilty", "sentenced", "jailed", "acquitted", "imprisoned"})
#: What people march or meet for has not happened.
_AIMS = wordlist("aims")
_MOST = frozenset({"deadliest", "worst", "biggest", "largest", "heaviest", "first", "strongest"})


def merge(found: Sequence[Found]) -> list[Found]:
    """Drop what is told only in passing, and join triggers that report one event."""
    kept: list[Found] = []
    for item in found:
        if _in_passing(item, found):
            continue
        for i, other in enumerate(kept):
            if _is_cause(other, item):
                kept[i] = joined(item, other)
                break
            if _same_in_sentence(other, item):
                kept[i] = joined(other, item)
                break
        else:
            kept.append(item)
    return kept


def _is_cause(a: Found, b: Found) -> bool:
    """Return whether a trigger tells what people died of: "killed when fire tore ...", "killed in a riot"."""
    if not {a.trigger.type, b.trigger.type} <= HARM or b.trigger.entry.mode == "killing":
        return False
    if not a.trigger.verbal or a.trigger.entry.mode not in ("", "killing"):
        return False
    between = [word.lower for word in a.tokens[a.trigger.last + 1 : b.trigger.first]]
    noun = not b.trigger.verbal and len(between) <= 4 and between[:1] in (["in"], ["by"])
    clause = ";" not in between and not {"when", "as"}.isdisjoint(between)
    return (noun or clause) and (not a.place_ids or not b.place_ids or a.place_ids == b.place_ids)


def _same_in_sentence(a: Found, b: Found) -> bool:
    """Return whether two triggers of a sentence report one event."""
    if is_toll(a, b):
        return True
    if not alike(a, b):
        return False
    between = [word.lower for word in a.tokens[a.trigger.last + 1 : b.trigger.first]]
    if len(between) <= 9 and not any(word in CLAUSE or word in _LEADS_ON for word in between):
        return True  # "hold a round of talks"
    if between[-1:] and (between[-1] in PRONOUNS or between in ([",", "which"], ["which"], ["that"])):
        return True  # "waves swept a man away, and he drowned"
    if a.status != b.status or (a.date and b.date and a.date.interval != b.date.interval):
        return False
    if a.definite and not _ONE_AFTER_OTHER.isdisjoint(between):
        return False  # "The attack came hours after missiles struck Odesa"
    lead = {word.lower for word in b.tokens[max(0, b.trigger.first - 3) : b.trigger.first]}
    if a.place_ids == b.place_ids and a.trigger.entry.mode == b.trigger.entry.mode and _MORE.isdisjoint(lead):
        return True  # "walked off the job in Detroit as the strike spread"
    if a.place_ids and b.place_ids and (nested(a, b) or nested(b, a) or spreads(a, b)):
        return not any(word in CLAUSE or word == ";" for word in between)
    if not a.place_ids and b.place_ids and any(word in _LEADS_ON - {","} for word in between):
        return False
    return not a.place_ids or not b.place_ids or a.place_ids <= b.place_ids or b.place_ids <= a.place_ids


def with_numbers(found: Sequence[Found], counts: Sequence[Count]) -> list[Found]:
    """Give each number of people to the nearest event that it can belong to."""
    numbers: list[dict[str, Quantity]] = [{} for _ in found]
    for count in counts:
        fits = [
            i
            for i, item in enumerate(found)
            if (item.trigger.type in HARM) == (count.kind != "affected") or item.trigger.type == "DISASTER"
        ]
        if not fits and count.kind == "affected":  # "the raid led to 40 arrests", "shelling displaced 300"
            fits = [i for i, item in enumerate(found) if item.trigger.type in HARM]
        if fits:
            nearest = min(fits, key=lambda i: abs(found[i].trigger.head - count.at))
            numbers[nearest].setdefault(count.kind, count.quantity)
    return [replace(item, numbers=item.numbers | extra) for item, extra in zip(found, numbers, strict=True)]


# -- told only in passing ------------------------------------------------------------------------------------


def _in_passing(item: Found, found: Sequence[Found]) -> bool:
    """Return whether a trigger only qualifies something else."""
    tokens, first = item.tokens, item.trigger.first
    before = [word.lower for word in tokens[max(0, first - 6) : first]][::-1]
    others = [other for other in found if other is not item]
    if item.trigger.verbal and before and _is_adjective(item):
        return True
    if item.trigger.type == "AGREE" and before[:1] == ["to"] and _is_wanted(item):
        return True
    if not others:
        return False
    if item.trigger.type in VERBAL and tokens[item.trigger.head].lower.endswith("ing") and "," in before[:2]:
        return True  # ", blaming the rebels"
    if item.trigger.type in VERBAL and before[:1] == ["to"]:
        return True  # "marched to demand"
    refused = any(other.trigger.type == "REJECT" and 0 < first - other.trigger.head <= 6 for other in others)
    if refused and item.trigger.type in ("CONSULT", "AGREE", "COOPERATE"):
        return True
    asked = any(
        other.trigger.type in ("REQUEST", "REJECT") and 0 < first - other.trigger.last <= 5
        for other in others
    )
    if asked and not item.trigger.verbal:
        return True  # "called for new elections"
    if before[:1] == ["on"] and tokens[item.trigger.head].lower == "fire":
        return True  # "set a court on fire"
    if _is_record(item) or _is_charge(item, others) or _is_aim(item, others):
        return True
    if not item.trigger.verbal and "over" in before[:2] and any(o.trigger.type in _OVER for o in others):
        return True  # "sanctions over the bombing of Kharkiv"
    causes = any(word in _CAUSES for word in before[:5])
    own = any(link.spot.first > item.trigger.head for link in item.links)
    return causes and not item.trigger.verbal and not own and not item.date


def _is_record(item: Found) -> bool:
    """Return whether an event is only compared with an older one: "the deadliest attack since 2019"."""
    lead = {word.lower for word in item.tokens[max(0, item.trigger.first - 3) : item.trigger.first]}
    after = [word.lower for word in item.tokens[item.trigger.last + 1 : item.trigger.last + 9]]
    return not _MOST.isdisjoint(lead) and "since" in after


def _is_charge(item: Found, others: Sequence[Found]) -> bool:
    """Return whether a trigger names the crime of a verdict or charge: "found guilty of murder in Bangui"."""
    own = any(link.spot.first > item.trigger.head and link.spot.preposition != "from" for link in item.links)
    for other in others:
        between = [word.lower for word in item.tokens[other.trigger.first + 1 : item.trigger.first]]
        led = not {"of", "with", "for", "over"}.isdisjoint(between[:2])
        news = item.date is not None and item.date != other.date
        if other.trigger.entry.mode == "legal action" and led and len(between) <= 14 and not news:
            court = item.tokens[other.trigger.first].lower in _CONVICTED
            return court or not own
    return False


def _is_aim(item: Found, others: Sequence[Found]) -> bool:
    """Return whether a trigger tells what is wanted: "rallied to demand a deal to free the hostages"."""
    first = item.trigger.first
    lead = [word.lower for word in item.tokens[max(0, first - 2) : first]]
    wanted = item.trigger.verbal and lead[-1:] == ["to"] and lead[0] in _AIMS
    return wanted and any(other.trigger.head < first for other in others)


def _is_wanted(item: Found) -> bool:
    """Return whether an agreement is only what somebody works on: "a plan pushed by Trump to end the war"."""
    first = item.trigger.first
    return not _AIMS.isdisjoint(word.lower for word in item.tokens[max(0, first - 12) : first])


def _is_adjective(item: Found) -> bool:
    """Return whether a participle qualifies the noun after it: "exchange captured soldiers"."""
    at = item.trigger.head
    tokens = item.tokens
    if not tokens[at].lower.endswith(("ed", "en")) or at + 1 >= len(tokens) or at == 0:
        return False
    subject = tokens[at - 1]
    plural = subject.lower.endswith("s") or subject.capital or subject.lower in _PERSONS
    after = tokens[at + 1].lower
    if (
        subject.lower in DEFINITE | {"a", "an", "from", "of", "with"}
        and after.isalpha()
        and after not in FUNCTION
    ):
        return True  # "the crashed tram"
    return after in _PERSONS and not plural
