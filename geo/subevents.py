"""ACLED's sub-event of a report: decided from all of its sentence, not from its verb alone.

Who attacks whom makes "attacked" an armed clash or an attack on civilians, who takes a town tells whether
the government regained it, and stones make a demonstration a violent one.  ``data/events/subevents.csv``
holds these decisions, after the definitions of ACLED's codebook; the first row wins that fits.  Its columns:

========== =====================================================================================
``of``     what the lexicon says of the trigger: type, mode or sub-event, any of them
``cues``   word lists of ``words.csv`` that must all occur in the sentence; ``actor:`` and
           ``target:`` ask for the nearest party before and behind the trigger
``unless`` those of which none may occur
``acled``  the sub-event
========== =====================================================================================
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dateline.geo.harm import BE
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import DATA, wordlist
from dateline.geo.words import Word

#: The parties of a conflict, as word lists; of a word in several lists the first counts.
PARTIES = ("protesters", "rebels", "state", "outposts", "civilians")
#: Words that name a party only together with what stands before them: "rebel forces".
_VAGUE = frozenset(
    {"forces", "fighters", "members", "group", "groups", "troops", "units", "force", "soldiers"}
)
_REACH = 12
_CLAUSE = wordlist("clause_openers") | {";", "said", "says"}


@dataclass(frozen=True, slots=True)
class _Rule:
    of: frozenset[str]
    cues: frozenset[str]
    unless: frozenset[str]
    acled: str


@lru_cache(maxsize=1)
def rules() -> tuple[_Rule, ...]:
    """Return the decisions in the order of the file."""
    with open(DATA / "subevents.csv", encoding="utf-8", newline="") as file:
        return tuple(
            _Rule(_set(row["of"]), _set(row["cues"]), _set(row["unless"]), row["acled"])
            for row in csv.DictReader(file)
        )


def _set(cell: str) -> frozenset[str]:
    return frozenset(filter(None, cell.split("|")))


def of(sentence: Sequence[Word], trigger: Trigger) -> str:
    """Return the ACLED sub-event that a trigger reports in its sentence, empty where none applies.

    Examples
    --------
    >>> from dateline.geo.triggers import find
    >>> from dateline.geo.words import words
    >>> for text in ("Gunmen attacked a village.", "Rebels attacked an army base."):
    ...     sentence = words(text)
    ...     print(of(sentence, find(sentence)[0]))
    Attack
    Armed clash
    """
    entry = trigger.entry
    candidates = _rules_of(entry.type, entry.mode, entry.acled)
    if not candidates:
        return entry.acled
    lowers = [word.lower for word in sentence]
    cues = _cues(lowers) | _parties(lowers, trigger)
    fits = (rule for rule in candidates if rule.cues <= cues and rule.unless.isdisjoint(cues))
    return next((rule.acled for rule in fits), entry.acled)


@lru_cache(maxsize=512)
def _rules_of(*said: str) -> tuple[_Rule, ...]:
    """Return the decisions about what the lexicon says of a trigger."""
    return tuple(rule for rule in rules() if not rule.of.isdisjoint(said))


def _cues(lowers: Sequence[str]) -> set[str]:
    """Return the word lists that the rules ask for and of which a word occurs."""
    present = set(lowers)
    return {name for name, words in _asked().items() if not present.isdisjoint(words)}


@lru_cache(maxsize=1)
def _asked() -> dict[str, frozenset[str]]:
    names = {name for rule in rules() for name in rule.cues | rule.unless if ":" not in name}
    return {name: wordlist(name) for name in names}


def _parties(lowers: Sequence[str], trigger: Trigger) -> set[str]:
    """Return who acts and who suffers: the nearest parties of the trigger's clause, swapped for a passive."""
    head = trigger.head
    passive = trigger.verbal and not BE.isdisjoint(lowers[max(0, head - 2) : head])
    noun = not trigger.verbal
    before = _party(lowers, range(trigger.first - 1, max(-1, trigger.first - 1 - _REACH), -1))
    after = _party(lowers, range(trigger.last + 1, min(len(lowers), trigger.last + 1 + _REACH)))
    by = "by" in lowers[trigger.last + 1 : trigger.last + 1 + _REACH]
    if passive or (noun and by):
        before, after = after if by else "", before
    return {f"actor:{before}", f"target:{after}"}


def _party(lowers: Sequence[str], positions: range) -> str:
    """Return the first party met on the way, as far as the clause goes."""
    for i in positions:
        if lowers[i] in _CLAUSE:
            return ""
        for name in PARTIES:
            if lowers[i] in wordlist(name):
                vague = lowers[i] in _VAGUE
                rebels = vague and not wordlist("rebels").isdisjoint(lowers[max(0, i - 3) : i])
                return "rebels" if rebels else name
    return ""
