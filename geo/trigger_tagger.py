"""Words that report events though no lexicon knows them: a small convolutional tagger, run in numpy.

It reads each word as the mean vector of its pieces, with its letter case and what the lexicon says of it,
then three words to either side and the whole sentence, then two more.
``benchmarks/training/trigger_tagger.py`` makes it from ``benchmarks/articles/dev``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dateline.geo import triggers as triggers_
from dateline.geo.triggers import NO_EVENT, TYPES, Entry, Lexicon, Trigger, is_play, reads_as_noun
from dateline.geo.wordlists import DATA, wordlist
from dateline.geo.wordpiece import load_wordpiece
from dateline.geo.words import Word, irregular_forms

Floats = NDArray[np.float32]

#: From this probability of a type on, a word that the lexicon lacks reports an event of it.  A lower one
#: finds more in unseen articles, at the cost of precision; with this the lexicon's is kept.
TOLD = 0.45
#: An article of so many sentences reports news where the tagger is so sure of one match of the lexicon; of
#: others (sport, business, reviews, history) only those matches count that are likelier than not.
_ARTICLE, _NEWS, _LIKELY = 3, 0.7, 0.5
#: How far a word is read at first: three words to either side.
_NEAR = 3
#: The words that may have a capital because they begin a sentence, quoted or not.
_OPENING = 2
#: Log-odds beyond which a probability says no more.
_HIGH = 40.0
_REMEMBERED = 50_000
#: So near a match of the lexicon a word of its type belongs to it.
_BESIDE = 3
_AUXILIARIES = wordlist("auxiliaries")
_GRAMMAR = _AUXILIARIES | wordlist("locative") | wordlist("other_prepositions") | wordlist("before_nouns")


class Tagger:
    """Gives every word of a sentence the probability of reporting an event, and of which type."""

    def __init__(self) -> None:
        self._encoder = load_wordpiece((DATA.parent / "vocabulary.txt").read_text(encoding="utf8"))
        with (DATA / "tagger.npz").open("rb") as stream, np.load(stream) as weights:
            self._weights = {
                name: weights[name].astype(np.float32) for name in weights.files if name != "pieces"
            }
            self._pieces: NDArray[np.int8] = weights["pieces"]
        self._vectors: dict[str, Floats] = {}

    def read(
        self, sentences: Sequence[Sequence[Word]], triggers: Sequence[Sequence[Trigger]]
    ) -> list[Floats]:
        """Return for each sentence a row per word: the probability of no event, and of each of `TYPES`.

        Words that are not worth asking about (names, numbers, "the") report none.

        Parameters
        ----------
        sentences : sequence of sequence of Word
        triggers : sequence of sequence of Trigger
            What the lexicon finds in each.

        Returns
        -------
        list of array, shape (number of words, 1 + number of types)
        """
        w = self._weights
        starts = np.cumsum([_NEAR, *(len(sentence) + _NEAR for sentence in sentences)])
        size = int(starts[-1])
        x = np.zeros((size, w["case"].shape[1]), np.float32)
        said = np.zeros(size, np.int64)
        real = np.zeros((size, 1), np.float32)
        context = np.zeros((size, w["context"].shape[1]), np.float32)
        asked: list[int] = []
        for start, sentence, found in zip(starts.tolist(), sentences, triggers, strict=False):
            if not sentence:
                continue
            rows = slice(start, start + len(sentence))
            for trigger in found:
                said[start + trigger.first : start + trigger.last + 1] = number(trigger.type)
            x[rows] = [self._vector(word.lower) for word in sentence]
            x[rows] += w["case"][[case(word) for word in sentence]] + w["lexicon"][said[rows]]
            real[rows] = 1
            context[rows] = x[rows].mean(0) @ w["context"]
            heads = {trigger.head for trigger in found}
            asked += [start + i for i, word in enumerate(sentence) if i in heads or _is_asked(word, i)]
        every = np.arange(_NEAR, size - _NEAR)
        y = np.zeros((size, w["second"].shape[1]), np.float32)
        y[every] = _convolved(x, w["first"], every) + w["first_bias"] + context[every]
        y = np.maximum(y, 0) * real
        at = np.array(asked, np.intp)
        z = np.maximum(_convolved(y, w["second"], at) + y[at] + x[at] @ w["skip"] + w["second_bias"], 0)
        odds = np.exp(np.minimum(z @ w["out"] + w["out_bias"] + w["lexicon_out"][said[at]], _HIGH))
        p = np.zeros((size, 1 + len(TYPES)), np.float32)
        p[:, 0] = 1
        p[at] = odds / odds.sum(1, keepdims=True)
        return [p[start : start + len(s)] for start, s in zip(starts, sentences, strict=False)]

    def _vector(self, word: str) -> Floats:
        known = self._vectors.get(word)
        if known is None:
            if len(self._vectors) > _REMEMBERED:
                self._vectors.clear()
            ids = list(self._encoder.encode(word)[0])
            pieces = self._pieces[ids] * self._weights["scales"][ids][:, None]
            known = self._vectors[word] = pieces.mean(0)
        return known


def number(type_: str) -> int:
    """Return the number of a type among the tagger's, 0 for one that it does not know."""
    return 1 + TYPES.index(type_) if type_ in TYPES else 0


def case(word: Word) -> int:
    """Return how a word is written: in lower case, with a capital, with a digit, or a mark.

    >>> from dateline.geo.words import words
    >>> [case(word) for word in words("In Kyiv, 24 died")]
    [1, 1, 3, 2, 0]
    """
    if word.capital:
        return 1
    return 0 if word.lower[0].isalpha() else 2 if word.lower[0].isdigit() else 3


def _is_asked(word: Word, at: int) -> bool:
    """Return whether a word may report an event: no name inside a sentence, no number, no word of grammar."""
    return (at < _OPENING or not word.capital) and word.lower[0].isalpha() and word.lower not in _GRAMMAR


def _convolved(x: Floats, weights: Floats, at: NDArray[np.intp]) -> Floats:
    """Return the convolution with `weights` (offset, in, out) at some rows."""
    reach = len(weights) // 2
    out = np.zeros((len(at), weights.shape[2]), np.float32)
    for k, matrix in enumerate(weights):
        out += x[at + (k - reach)] @ matrix
    return out


@cache
def load_tagger() -> Tagger:
    """Load the tagger that ships, once."""
    return Tagger()


def find(sentences: Sequence[Sequence[Word]], lexicon: Lexicon | None = None) -> list[list[Trigger]]:
    """Return the triggers of an article's sentences: the lexicon's, and words that only the tagger knows.

    In an article that does not read like news the lexicon's figures of speech are left out; what the user's
    own lexicon says is always believed.

    Examples
    --------
    >>> from dateline.geo.words import words
    >>> [[t.type for t in found] for found in find([words("Detectives questioned a man in Leeds.")])]
    [['COERCE']]
    """
    matches = [triggers_.matches(sentence, lexicon) for sentence in sentences]
    tables = load_tagger().read(sentences, matches)
    found = [_joined(*each) for each in zip(sentences, matches, tables, strict=True)]
    if len(sentences) < _ARTICLE or _is_news(matches, tables):
        return found
    return [
        [t for t in triggers if p[t.head, 0] < 1 - _LIKELY or t.entry not in triggers_.bundled()]
        for triggers, p in zip(found, tables, strict=True)
    ]


def _is_news(matches: Sequence[Sequence[Trigger]], tables: Sequence[Floats]) -> bool:
    return any(
        match.type != NO_EVENT and p[match.head, 0] < 1 - _NEWS
        for found, p in zip(matches, tables, strict=True)
        for match in found
    )


def _joined(sentence: Sequence[Word], matches: Sequence[Trigger], p: Floats) -> list[Trigger]:
    """Return the matches of the lexicon but idioms, and the words beside none that the tagger is sure of."""
    found = [match for match in matches if match.type != NO_EVENT]
    if is_play(sentence):
        return found
    told = p[:, 1:].copy()
    for match in matches:
        told[max(0, match.first - 1) : match.last + 2] = 0
        if kind := number(match.type):  # "closed its airspace" is one event
            told[max(0, match.first - _BESIDE) : match.last + 1 + _BESIDE, kind - 1] = 0
    event = told.max(1, initial=0)
    at = 0
    while at < len(sentence):
        last = at
        while last < len(sentence) and event[last] >= TOLD:
            last += 1
        if last > at:
            head = at + int(event[at:last].argmax())
            entry = Entry(TYPES[int(told[head].argmax())])
            found.append(Trigger(at, last - 1, head, _is_verb(sentence, head), entry, float(event[head])))
        at = last + 1
    return sorted(found, key=lambda trigger: trigger.first)


def _is_verb(sentence: Sequence[Word], at: int) -> bool:
    word = sentence[at].lower
    if at and sentence[at - 1].lower in _AUXILIARIES:
        return True
    if word.endswith("ed") or word in irregular_forms():
        return True
    return not reads_as_noun(sentence, at)
