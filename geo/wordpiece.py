"""Words of a text with exact offsets, and their WordPiece ids: all a BERT-like network reads.

The vocabulary is lower-cased and without accents, so a word's letter case travels beside it as a number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

# Letters and digits, with the combining marks and invisible joiners that may stand inside a word.
_JOINERS = "\u00ad\u0300-\u036f\u200b-\u200f\u2060\ufeff"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_JOINERS}](?=[^\W_{_JOINERS}]|[\u0300-\u036f]))*[\u0300-\u036f]*|\S")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
# A blank line, or a line break after the end of a sentence: a name never runs across it.
_BREAK = re.compile(r"\n\s*\n|(?<=[.!?:;\"”])[ \t\r]*\n")
_LONGEST = 60


class Case(IntEnum):
    """How a word is written."""

    OTHER = 0
    LOWER = 1
    CAPITAL = 2
    ALL_CAPS = 3
    MIXED = 4
    INITIAL = 5
    DIGITS = 6


class Word(NamedTuple):
    """A word or a punctuation mark: ``text[start:end]``; `breaks` when a paragraph ends before it."""

    start: int
    end: int
    breaks: bool = False


def letter_case(word: str) -> Case:
    """Classify the letter case of a word.

    >>> [letter_case(w).name for w in ("of", "Kyiv", "NATO", "McLean", "J", "24", ",")]
    ['LOWER', 'CAPITAL', 'ALL_CAPS', 'MIXED', 'INITIAL', 'DIGITS', 'OTHER']
    """
    if word.islower():
        return Case.LOWER
    if word.isupper():
        return Case.INITIAL if len(word) == 1 else Case.ALL_CAPS
    if word.istitle():
        return Case.CAPITAL
    if word.isdigit():
        return Case.DIGITS
    return Case.MIXED if any(c.isupper() for c in word) else Case.OTHER


def split_words(text: str) -> list[Word]:
    """Split a text into words and punctuation marks; camel case splits in hashtags only.

    >>> [("#PrayForGaza, U.S."[w.start:w.end]) for w in split_words("#PrayForGaza, U.S.")]
    ['#', 'Pray', 'For', 'Gaza', ',', 'U', '.', 'S', '.']
    """
    words: list[Word] = []
    breaks = [m.end() for m in _BREAK.finditer(text)]
    breaks.append(len(text) + 1)
    nearest = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        after_break = start >= breaks[nearest]
        while start >= breaks[nearest]:
            nearest += 1
        if start and text[start - 1] == "#" and end - start > 1:
            cuts = [start, *(start + m.start() for m in _HUMP.finditer(match.group())), end]
            words.extend(Word(a, b) for a, b in pairwise(cuts))
        else:
            words.append(Word(start, end, after_break))
    return words


class WordPiece:
    """Greedy longest-match WordPiece over a lower-cased vocabulary.

    Parameters
    ----------
    vocabulary : sequence of str
        Pieces in the order of their ids; continuations begin with ``##``.  Must hold ``[PAD]``, ``[UNK]``,
        ``[CLS]`` and ``[SEP]``.
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: i for i, piece in enumerate(vocabulary)}
        self.pad, self.unknown, self.cls, self.sep = (
            self._ids[p] for p in ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
        )
        self._cache: dict[str, tuple[tuple[int, ...], Case]] = {}

    def encode(self, word: str) -> tuple[tuple[int, ...], Case]:
        """Return the ids of a word's pieces and its letter case."""
        known = self._cache.get(word)
        if known is None:
            if len(self._cache) > 50_000:
                self._cache.clear()
            visible = _INVISIBLE.sub("", word) or word
            known = self._cache[word] = (tuple(self._pieces(visible)), letter_case(visible))
        return known

    def _pieces(self, word: str) -> Iterator[int]:
        plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
        if not plain or len(plain) > _LONGEST:
            yield self.unknown
            return
        pieces, start = [], 0
        while start < len(plain):
            prefix = "##" if start else ""
            for end in range(len(plain), start, -1):
                piece = self._ids.get(prefix + plain[start:end])
                if piece is not None:
                    break
            else:
                yield self.unknown
                return
            pieces.append(piece)
            start = end
        yield from pieces


@lru_cache(maxsize=4)
def load_wordpiece(vocabulary: str) -> WordPiece:
    """Return the encoder of a vocabulary, a piece a line; all who have the same share it."""
    return WordPiece(vocabulary.split("\n")[:-1])
