"""Whether an event is denied, called untrue, called off, or negated."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dateline.geo.status_words import (
    AUXILIARY,
    BE,
    BREAK,
    DEFIANT,
    LINKS,
    SAY,
    SCHEDULED,
    STOP,
    Told,
    nearest_of,
)
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, all_forms

_DENY = all_forms("deny") | {"denial", "refuted", "refutes"}
_CLAIMS = wordlist("claims")
REJECTS = all_forms("reject", "dismiss", "deny", "refute")
_FALSE = frozenset(["false", "untrue", "fake", "baseless", "unfounded", "incorrect", "fabricated"])
_NOT = wordlist("negations")
_NEARLY = frozenset({"nearly", "almost", "hardly"})
_ARTICLES = frozenset(["a", "an", "the", "his", "her", "their", "its", "all"])
#: What goes with "off": no storm that "spun off" one.
_OFF = frozenset(["call", "calls", "called", "calling", "put", "puts", "putting"])
_PUT_OFF = frozenset(["put", "postponed", "delayed", "adjourned", "moved", "rescheduled"])
CALLED_OFF = _PUT_OFF | {
    "called",
    "cancelled",
    "canceled",
    "scrapped",
    "shelved",
    "suspended",
    "abandoned",
    "off",
}


def denied(trigger: Trigger, nearest: Sequence[str], after: Sequence[str]) -> Told | None:
    """Return the status of what is called untrue, denied or called off."""
    if word := _untrue(nearest, after) or _denied(nearest, trigger):
        return "denied", "past", word
    noun = not trigger.verbal or not SCHEDULED.isdisjoint(after[:1])  # "a strike planned for Tuesday"
    searched = trigger.entry.mode == "rescue"  # a search that is called off has gone on
    if noun and not searched and (word := _called_off(nearest, after)):
        return ("planned" if word in _PUT_OFF else "denied"), "future", word
    return None


def _untrue(nearest: Sequence[str], after: Sequence[str]) -> str:
    """Return the word that calls a report untrue: "dismissed claims that", "the report ... is false"."""
    claims = nearest_of(nearest, _CLAIMS, 10)
    # "dismissed talk of an attack, and proposed a meeting"
    if claims and ("and", ",") not in pairwise(nearest[:6]) and nearest_of(nearest, REJECTS, 14):
        return claims
    if any(a in REJECTS and b in ("it", "this", "doing") for a, b in pairwise(after)):
        return "denied it"
    is_false = bool(claims) and any(a in BE and b in _FALSE for a, b in pairwise(after))
    return claims if is_false else ""


def _denied(nearest: Sequence[str], trigger: Trigger) -> str:
    """Return the word that denies a trigger, not what stands beside it: "denied it and left"."""
    beside = trigger.verbal and nearest[:1] == ["and"]
    word = "" if beside else nearest_of(nearest, _DENY, 9)
    if not word:
        return ""
    at = nearest.index(word)
    # "The rebels, who had denied the attack, killed five"
    aside = "," in nearest[:at] and not {"who", "which"}.isdisjoint(nearest[at + 1 : at + 3])
    return word if not aside and SAY.isdisjoint(nearest[:at]) else ""


def _called_off(nearest: Sequence[str], after: Sequence[str]) -> str:
    """Return the word that calls off a noun: "cancelled a visit", "the summit ... has been called off"."""
    verbs = [word for word in nearest[:4] if word not in _ARTICLES]
    if verbs[:1] == ["off"] and not _OFF.isdisjoint(verbs[1:2]):
        return verbs[1]
    told = nearest and nearest[0] in _ARTICLES and verbs and verbs[0] in CALLED_OFF
    if told and verbs[0] not in ("called", "off"):
        return verbs[0]
    for i, word in enumerate(after):
        if word in STOP or (word in BREAK and word not in ("which", "that")):
            break
        off = word != "called" or after[i + 1 : i + 2] == ["off"]
        verb = i - (word == "off" and after[i - 1 : i] == ["put"])
        # what is suspended was under way
        off = off and word != "suspended"
        if off and word in CALLED_OFF and verb and after[verb - 1] in ("been", "was", "were", "is", "are"):
            return after[verb]
    return ""


def negated(sentence: Sequence[Word], trigger: Trigger, nearest: Sequence[str]) -> Told | None:
    """Return the status of what somebody says has not happened, or what has not."""
    negation = _negation(nearest)
    if trigger.type in DEFIANT or not negation:
        return None
    others = [word.lower for i, word in enumerate(sentence) if not trigger.first <= i <= trigger.last]
    said = not SAY.isdisjoint(others) and negation not in _NEARLY
    return ("denied" if said else "hypothetical"), "past", negation


def _negation(nearest: Sequence[str]) -> str:
    """Return the word that negates the trigger: "no talks", "was not hit", "no soldiers had crossed"."""
    for i, word in enumerate(nearest[:6]):
        if word in _NOT:
            auxiliaries = all(
                other in AUXILIARY or other in ("everyone", "everybody", "all") or other.endswith("ly")
                for other in nearest[:i]
            )
            return word if word == "no" or auxiliaries else ""
        if word in BREAK or word in LINKS:
            return ""
    return ""
