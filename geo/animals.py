"""Whether animals are killed, and nobody."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from dateline.geo.numerals import PERSONS
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, all_forms

_ANIMALS = wordlist("animals")
_BE = frozenset({"was", "were", "are", "is", "been", "being", "be", "had", "have"})
_REASONS = frozenset({"after", "because", "when", "as"})
#: What follows those that were killed, and what leads to where.
_AFTER_KILLED = wordlist("locative") | {".", ",", ";", "from", "by", "of", "last", "this", "since"}
_SLAUGHTER = all_forms("kill", "slaughter", "cull", "shoot", "butcher")


def is_of_animals(sentence: Sequence[Word], trigger: Trigger) -> bool:
    """Return whether animals are killed, and nobody: "slaughtering 6,500 hogs", "160,000 birds killed".

    >>> from dateline.geo.lexicon import Entry
    >>> from dateline.geo.words import words
    >>> sentence = words("They began slaughtering and burying 6,500 hogs after two workers fell ill.")
    >>> is_of_animals(sentence, Trigger(2, 2, 2, True, Entry("ASSAULT")))
    True
    """
    lowers = [word.lower for word in sentence]
    if trigger.type not in ("ASSAULT", "CRIME") or lowers[trigger.head] not in _SLAUGHTER:
        return False
    rest = sentence[trigger.last + 1 : trigger.last + 10]
    ahead = list(takewhile(lambda word: word.lower not in _REASONS, rest))
    if any(word.lower in PERSONS for word in ahead) or _names_somebody(ahead):
        return False
    before = [word for word in lowers[max(0, trigger.first - 3) : trigger.first] if word not in _BE]
    killed = (
        not ahead or ahead[0].lower in _AFTER_KILLED
    )  # "160,000 birds killed in Suffolk", not "a lion killed Ann"
    return any(word.lower in _ANIMALS for word in ahead) or (
        killed and before[-1:] != [] and before[-1] in _ANIMALS
    )


def _names_somebody(words: Sequence[Word]) -> bool:
    """Return whether a name stands where no preposition makes a place of it: "shot Ann and a dog"."""
    leads = ["", *(word.lower for word in words)]
    return any(word.capital and lead not in _AFTER_KILLED for lead, word in zip(leads, words, strict=False))
