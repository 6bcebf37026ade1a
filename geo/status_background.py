"""Whether an event is no news: remembered, told in art, inquired into, ruled on, or charged in court."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from dateline.geo.status_words import Told, nearest_of
from dateline.geo.triggers import PHYSICAL, Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

_MEMORIAL = wordlist("memorials")
_FICTION = wordlist("fiction")
_TELLS = wordlist("tells")
#: Words before what was told or held before: "an earlier round of talks", not "the previous day".
_LONG_AGO = frozenset(["year", "years", "decade", "decades"])
#: "Ten years to the minute after the quake".
_YEARS_BEFORE = 5
_RECORDS = wordlist("records")
_FORMER = frozenset(["earlier", "previous"])
_TIMES = wordlist("times")
_INQUIRIES = frozenset({"inquiry", "inquest", "enquiry"})
_RULINGS = frozenset({"overturned", "quashed", "upheld", "acquitted", "pardoned", "cleared", "annulled"})
_ACCUSED = frozenset(["accused", "charged", "convicted", "acquitted", "guilty", "indicted", "suspected"])
_PROSECUTION = wordlist("prosecution")
_HEARD = frozenset({"said", "say", "heard", "told", "alleged", "allege", "says"})


def told_before(trigger: Trigger, nearest: Sequence[str], after: Sequence[str]) -> Told | None:
    """Return the status of what is remembered, told in art, inquired into or ruled on, or was before."""
    if word := _told_of_old(nearest):
        return "background", "past", word
    if is_inquired(trigger, after):
        return "background", "past", after[0]
    if trigger.type == "COERCE" and trigger.verbal and (word := _ruled_on(nearest)):
        return "background", "past", word
    if not trigger.verbal and (word := _former(nearest)):
        return "background", "past", word
    return None


def _told_of_old(nearest: Sequence[str]) -> str:
    """Return the word that takes a trigger from memory or from art: "anniversary of the bombing"."""
    for i, word in enumerate(nearest[:8]):
        link = nearest[i - 1] if i else ""
        article = nearest[i - 2] if i > 1 else ""
        if word in _MEMORIAL and (link in ("of", "to", "for") or word.endswith(("ed", "ing"))):
            return word
        if word in _FICTION and (
            link in _TELLS or "about" in nearest[:i] or (link == "on" and article in ("the", "a", "an"))
        ):
            return word
        if word in ("after", "since") and "," not in nearest[:i]:  # "years after the blast, people marched"
            before = list(takewhile(lambda word: word != ",", nearest[i + 1 : i + 1 + _YEARS_BEFORE]))
            if old := nearest_of(before, _LONG_AGO, _YEARS_BEFORE):
                return f"{old} {word}"
        if word == "since" and nearest_of(nearest[i + 1 :], _RECORDS, _YEARS_BEFORE):
            return word  # "the first clash since a truce was signed"
    return ""


def is_inquired(trigger: Trigger, after: Sequence[str]) -> bool:
    """Return whether a noun only names what is inquired into: "the Omagh bomb inquiry heard"."""
    return trigger.type in PHYSICAL and not _INQUIRIES.isdisjoint(after[:1])


def _ruled_on(nearest: Sequence[str]) -> str:
    """Return the word of a ruling on an older arrest: "overturned the conviction of a man who was jailed"."""
    who = next((i for i, word in enumerate(nearest[:5]) if word == "who"), None)
    return nearest_of(nearest[who:], _RULINGS, 16) if who else ""


def _former(nearest: Sequence[str]) -> str:
    """Return the word that makes a noun one held before: "an earlier round of talks", "a previous visit"."""
    for i, word in enumerate(nearest[:3]):
        beside = {nearest[i - 1] if i else "", nearest[i + 1] if i + 1 < len(nearest) else ""}
        if word in _FORMER and _TIMES.isdisjoint(beside):  # no "two days earlier", no "the previous day"
            return word
    return ""


def is_charge(sentence: Sequence[Word], trigger: Trigger) -> bool:
    """Return whether a trigger is what somebody is accused of: "freed two men accused of murder"."""
    lead = [word.lower for word in sentence[max(0, trigger.first - 6) : trigger.first]]
    return any(a in _ACCUSED and b in ("of", "with", "over") for a, b in pairwise(lead))


def is_alleged(sentence: Sequence[Word], trigger: Trigger) -> bool:
    """Return whether a court or prosecutors tell an old deed: "Prosecutors said he set a boy on fire"."""
    first = [word.lower for word in sentence[:4]]
    told = not _PROSECUTION.isdisjoint(first) and not _HEARD.isdisjoint(first)
    told = (told and trigger.first > 1) or is_charge(sentence, trigger)
    return told and trigger.type in ("ASSAULT", "CRIME")
