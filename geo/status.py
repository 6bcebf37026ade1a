"""Whether a reported event happened, is planned, is denied, is a mere possibility, or is old."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.geo.dates import Tense
from dateline.geo.model import Status
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, verb_forms

_FUTURE = frozenset(["will", "won't", "shall", "'ll"])
_MODAL = frozenset(["could", "may", "might", "would", "can", "should", "if", "unless", "whether"])
_PLAN = wordlist("plans")
_UPCOMING = frozenset(["planned", "scheduled", "upcoming", "proposed", "forthcoming", "expected"])
_POSSIBLE = wordlist("possibilities")
_DENY = frozenset(verb_forms("deny")) | {"denial", "refuted", "refutes", "dispute", "disputes", "disputed"}
_NOT = wordlist("negations")
_SAY = wordlist("speech")
_STOP = frozenset(".;:—–")
_AUXILIARY = wordlist("auxiliaries")
_BREAK = wordlist("clause_words")


def judge(sentence: Sequence[Word], trigger: Trigger) -> tuple[Status, Tense, str]:
    """Return the status of the event that a trigger reports, its verb's tense, and the word that says so.

    The status is told by the words that govern the trigger; how old the event is, only its date tells.

    Examples
    --------
    >>> from dateline.geo.triggers import find
    >>> from dateline.geo.words import words
    >>> for text in ("Leaders will meet.", "The army denied shelling Kobani.", "Rebels shelled Idlib."):
    ...     sentence = words(text)
    ...     print(judge(sentence, find(sentence)[-1])[:2])
    ('planned', 'future')
    ('denied', 'past')
    ('actual', 'past')
    """
    before = _governors(sentence, trigger.first)
    lowers = [word.lower for word in before]
    nearest = lowers[::-1]
    if said := _last(nearest, _DENY, 9):
        return "denied", "past", said
    if negation := _negation(sentence, trigger, nearest):
        spoken = bool(_last([word.lower for word in sentence], _SAY, len(sentence)))
        return ("denied" if spoken else "hypothetical"), "past", f"negated: {negation}"
    if word := _last(nearest, _FUTURE, 8):
        return "planned", "future", word
    head = sentence[trigger.head].lower
    if (trigger.verbal and head in verb_forms(head)) or _infinitive(nearest):
        plan = _last(nearest, _PLAN, 12)
        if plan and ("to" in nearest[:8] or "for" in nearest[:8]):
            return "planned", "future", plan
    if not trigger.verbal and (word := _last(nearest, _UPCOMING, 4)):
        return "planned", "future", word
    if word := _last(nearest, _MODAL, 5):
        return "hypothetical", "future", word
    if word := _last(nearest, _POSSIBLE, 5):
        return "hypothetical", "unknown", word
    after = [word.lower for word in sentence[trigger.last + 1 : trigger.last + 9]]
    if not trigger.verbal and "will" in after[:5]:
        return "planned", "future", "will"
    if not trigger.verbal:
        for i, word in enumerate(after):
            if word in _STOP or word in _BREAK:
                break
            if word in ("planned", "scheduled", "due", "expected") or (
                word == "set" and "to" in after[i : i + 2]
            ):
                return "planned", "future", word
    return "actual", "past", ""


def _governors(sentence: Sequence[Word], at: int) -> Sequence[Word]:
    """Return the words before a trigger that may govern it: back to the beginning of its clause."""
    first = at
    while first > 0 and at - first < 16:
        word = sentence[first - 1].lower
        if word in _STOP or word in ("but", "while", "although", "whereas", '"', "“", "”"):
            break
        first -= 1
    return sentence[first:at]


def _last(nearest: Sequence[str], wanted: frozenset[str], reach: int) -> str:
    return next((word for word in nearest[:reach] if word in wanted), "")


def _infinitive(nearest: Sequence[str]) -> bool:
    return "to" in nearest[:3]


def _negation(sentence: Sequence[Word], trigger: Trigger, nearest: Sequence[str]) -> str:
    """Return the word that negates the trigger: "no talks", "was not hit", "no soldiers had crossed"."""
    for i, word in enumerate(nearest[:6]):
        if word == "," or word in _BREAK:
            break
        if word in _NOT:
            only_auxiliaries = all(between in _AUXILIARY or between.endswith("ly") for between in nearest[:i])
            if word == "no" or only_auxiliaries or (word in ("nobody", "none", "nothing") and i < 3):
                return word
    return ""
