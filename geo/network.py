"""The neural half of recognition: a small BERT-like network that reads a text window by window.

It gives every word the probability of beginning or continuing a name, and of each role.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.geo.arrays import Floats
from dateline.geo.wordlists import wordlist
from dateline.geo.wordpiece import Case, Word, load_wordpiece, split_words

DATA = files("dateline.geo") / "data"
_WINDOW = 126  # pieces read together
_SHORT = 60  # words of a text whose letter case may be careless
_ENDS = frozenset(".!?")
_CLOSING = frozenset("\"'”’)]")
_OPENING = frozenset('"“‘')
_STARTERS = wordlist("sentence_starters")
_CAPITALS = (Case.CAPITAL, Case.ALL_CAPS, Case.MIXED, Case.INITIAL)  # no set: enum members hash slowly
_Coded = tuple[tuple[int, ...], Case]  # a word's pieces and its letter case


@dataclass(slots=True)
class _Window:
    """Some sentences of a text, as the network reads them."""

    ids: list[int]
    cases: list[int]
    asked: list[int]  # which words of the text it is asked about
    at: list[int]  # where their first pieces stand


class Network:
    """A token classifier in ``geo/data``: see ``docs/model-card.md``.

    Parameters
    ----------
    model : str
        The name of its ONNX file.
    data : path, optional
        Where that file, the embeddings and the vocabulary are; ours unless given.
    """

    def __init__(self, model: str, data: Traversable = DATA) -> None:
        self._encoder = load_wordpiece((data / "vocabulary.txt").read_text(encoding="utf8"))
        self._embeddings = load_embeddings() if data == DATA else read_embeddings(data)
        self._session = load_session(data / f"{model}.onnx")
        # A network that was not rewritten by benchmarks/training/funnel.py takes a mask of padding, too.
        self._masked = any(given.name == "bias" for given in self._session.get_inputs())

    def read(self, text: str) -> tuple[list[Word], Floats]:
        """Return the words of a text, and for each the probabilities of O, B, I and of the four roles.

        Words that are not worth asking about are O for sure.
        """
        words = split_words(text)
        coded = [self._encoder.encode(text[w.start : w.end]) for w in words]
        table = np.zeros((len(words), 7), np.float32)
        table[:, 0] = table[:, 3] = 1
        for window in self._windows(text, words, coded):
            if window.asked:
                table[window.asked] = self._run(window)
        return words, table

    def _windows(self, text: str, words: list[Word], coded: list[_Coded]) -> Iterator[_Window]:
        """Gather sentences in windows; only a sentence longer than a window is cut."""
        starts = _sentences(text, words, coded)
        wanted = _worth_asking(text, words, [case for _, case in coded], starts)
        first = size = 0
        for start, end in pairwise(starts):
            lengths = [len(coded[i][0]) for i in range(start, end)]
            length = sum(lengths) + 1  # a break's piece
            if size + length > _WINDOW and size > _WINDOW // 3:
                yield self._window(words, coded, wanted, first, start)
                first, size = start, 0
            if size + length > _WINDOW:
                for i, pieces in zip(range(start, end), lengths, strict=True):
                    if size + pieces > _WINDOW and i > first:
                        yield self._window(words, coded, wanted, first, i)
                        first, size = i, 0
                    size += pieces
            else:
                size += length
        if first < len(words):
            yield self._window(words, coded, wanted, first, len(words))

    def _window(
        self, words: list[Word], coded: list[_Coded], wanted: list[bool], first: int, end: int
    ) -> _Window:
        ids, cases, asked, at = [self._encoder.cls], [0], [], []
        for i in range(first, end):
            if words[i].breaks and i > first:
                ids.append(self._encoder.sep)
                cases.append(0)
            if wanted[i]:
                asked.append(i)
                at.append(len(ids))
            pieces, case = coded[i]
            ids += pieces
            cases += [case] * len(pieces)
        ids.append(self._encoder.sep)
        cases.append(0)
        return _Window(ids, cases, asked, at)

    def _run(self, window: _Window) -> Floats:
        """Return the probabilities of the asked words."""
        vectors = self._embeddings.of(window.ids) + self._embeddings.cases[window.cases]
        feeds = {"vectors": vectors[None], "at": np.array([window.at], np.int64)}
        if self._masked:
            feeds["bias"] = np.zeros((1, 1, 1, len(vectors)), np.float32)
        (out,) = self._session.run(None, feeds)
        probabilities: Floats = out[0]
        return probabilities


@dataclass(frozen=True, slots=True)
class Embeddings:
    """The vectors of pieces, a byte a number, with a scale for each piece; and those of letter cases."""

    pieces: NDArray[np.int8]
    scales: Floats
    cases: Floats

    def of(self, ids: Sequence[int]) -> Floats:
        """Return the vectors of some pieces, a row each."""
        vectors: Floats = self.pieces[ids].astype(np.float32)
        vectors *= self.scales[ids][:, None]
        return vectors


def read_embeddings(data: Traversable) -> Embeddings:
    """Read the embeddings that the networks of a folder share."""
    with (data / "embeddings.npz").open("rb") as stream, np.load(stream) as table:
        return Embeddings(table["pieces"], table["scales"], table["cases"])


@cache
def load_embeddings() -> Embeddings:
    """Load the embeddings that ship, once."""
    return read_embeddings(DATA)


def load_session(path: Traversable) -> Any:
    """Load an ONNX network that runs on one core."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(path.read_bytes(), options, ["CPUExecutionProvider"])


def _sentences(text: str, words: Sequence[Word], coded: Sequence[_Coded]) -> list[int]:
    """Return the words that begin a sentence or a paragraph, and the number of words."""
    starts, ended = [0], False
    for i, word in enumerate(words):
        if i and (word.breaks or (ended and coded[i][1] in _CAPITALS)):
            starts.append(i)
            ended = False
            continue
        mark = text[word.start : word.end]
        # "J. Smith" and "U.S." end no sentence.
        ended = (mark in _ENDS and i > 0 and coded[i - 1][1] != Case.INITIAL) or (ended and mark in _CLOSING)
    return [*starts, len(words)]


def _worth_asking(
    text: str, words: Sequence[Word], cases: Sequence[Case], starts: Sequence[int]
) -> list[bool]:
    """Mark the words that may belong to a name.

    In a text of normal case those are the words with a capital, those after a hash, and beside each the one
    before and three after it in its sentence, but not ordinary words that begin a sentence; in a short text
    (a post, a headline), and in one without capitals or of capitals only, all of them.
    """
    lower = cases.count(Case.LOWER)
    upper = sum(map(cases.count, (Case.CAPITAL, Case.ALL_CAPS, Case.MIXED)))
    plain = [c not in (Case.OTHER, Case.DIGITS) for c in cases]
    if upper < 0.03 * lower or lower < upper:
        return plain
    written = {text[w.start : w.end] for w, c in zip(words, cases, strict=True) if c == Case.LOWER}
    wanted = plain if len(words) < _SHORT else [False] * len(words)
    for start, end in pairwise(starts):
        for i in range(start, end):
            name = text[words[i].start : words[i].end]
            if cases[i] not in _CAPITALS:
                if text[words[i].start - 1 : words[i].start] != "#":
                    continue
            elif not any(c in _CAPITALS for c in cases[i + 1 : min(end, i + 4)]):  # no name of several words
                begins = i == start or text[words[i - 1].start] in _OPENING
                if name == "I" or (begins and (name.lower() in written or name.lower() in _STARTERS)):
                    continue
            for j in range(max(start, i - 1), min(end, i + 4)):
                wanted[j] = True
    return wanted
