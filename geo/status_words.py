"""Words that more than one question of an event's status asks for."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.geo.date_meanings import Tense
from dateline.geo.model import Status
from dateline.geo.wordlists import wordlist

#: A status, the tense of its verb, and the word that says so.
Told = tuple[Status, Tense, str]
SAY = wordlist("speech")
BE = frozenset(["is", "are", "was", "were"])
LINKS = frozenset([",", "of", "in", "on", "at", "for", "with", "by", "from", "into", "over", "about"])
#: No full stop: within a sentence it is one of "U.S." or "7.0".
STOP = frozenset(";:—–")
BREAK = wordlist("clause_words")
AUXILIARY = wordlist("auxiliaries")
MODAL = frozenset(["could", "may", "might", "would", "can", "should", "if", "unless", "whether"])
SCHEDULED = frozenset(["planned", "scheduled", "due", "expected", "set", "slated", "forecast"])
PLOTS = wordlist("plots")
#: Types that a negation makes: "would not back down", "will not go unanswered".
DEFIANT = frozenset({"REJECT", "THREATEN"})


def nearest_of(nearest: Sequence[str], wanted: frozenset[str], reach: int) -> str:
    """Return the first of the words before a trigger, its nearest first, that is wanted, if any."""
    for word in nearest[:reach]:
        if word in wanted:
            return word
    return ""


def acts(word: str) -> bool:
    """Return whether a word is a verb in the past that is no plot itself."""
    return word not in PLOTS and word not in AUXILIARY and word.endswith("ed")
