"""Whether a sentence is of sport, art, science or markets, where words of harm are used of games."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

_PLAY = wordlist("play")
_HARM = wordlist("harm")
#: "Ajax crushed Feyenoord 4-0"
_SCORE = re.compile(r"\d{1,2}-\d{1,2}")


def is_play(sentence: Sequence[Word]) -> bool:
    """Return whether a sentence is of sport, art, science or markets, and nobody came to harm in it.

    >>> from dateline.geo.words import words
    >>> is_play(words("The goalkeeper pulled off a save")), is_play(words("A goalkeeper was killed"))
    (True, False)
    >>> is_play(words("Ajax crushed Feyenoord 4-0"))
    True
    """
    said = {word.lower for word in sentence}
    if not said.isdisjoint(_HARM):
        return False
    return not said.isdisjoint(_PLAY) or any(
        before.capital and _SCORE.fullmatch(word.lower) for before, word in pairwise(sentence)
    )
