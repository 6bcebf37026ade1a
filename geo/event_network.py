"""The network behind events: a small BERT-like encoder that reads an article once.

It gives every word a vector; light heads tell from these which words report an event, and at which of the
places named anywhere in the article it happened.  See ``docs/model-card.md``;
``benchmarks/training/event_network.py`` makes it from ``benchmarks/articles/dev``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources.abc import Traversable

import numpy as np
from numpy.typing import NDArray

from dateline.geo.model import Status
from dateline.geo.network import DATA, load_embeddings, load_session
from dateline.geo.wordpiece import load_wordpiece
from dateline.geo.words import Word

Floats = NDArray[np.float32]

#: Pieces read together, some paragraphs.
WINDOW = 250
#: Sentences beyond which a place is as far as any, before and after.
FAR = 3
#: The statuses that it tells, in order.
STATUSES: tuple[Status, ...] = ("actual", "planned", "denied", "hypothetical", "background")
#: Log-odds beyond which a probability says no more.
_HIGH = 40.0
#: Pairs of an event and a place scored together.
_TOGETHER = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as the network reads it.

    `said` holds what the lexicon says of each word (0 for nothing), `asked` which words need a vector.
    """

    words: Sequence[Word]
    said: Sequence[int]
    asked: Sequence[bool]
    paragraph: int


@dataclass(slots=True)
class _Window:
    ids: list[int]
    cases: list[int] = field(default_factory=lambda: [0])
    first: list[int] = field(default_factory=list)  # where the words' first pieces stand
    said: list[int] = field(default_factory=list)
    at: list[int] = field(default_factory=list)  # where those of the asked words stand
    rows: list[int] = field(default_factory=list)  # which rows of the result those are


class EventNetwork:
    """The encoder in ``geo/data/events`` and its heads.

    Parameters
    ----------
    folder : path, optional
        Where ``network.onnx`` and ``heads.npz`` are; ours unless given.
    """

    def __init__(self, folder: Traversable = DATA / "events") -> None:
        self._encoder = load_wordpiece((DATA / "vocabulary.txt").read_text(encoding="utf8"))
        self._embeddings = load_embeddings()
        with (folder / "heads.npz").open("rb") as stream, np.load(stream) as heads:
            self._heads = {name: heads[name].astype(np.float32) for name in heads.files}
        self._session = load_session(folder / "network.onnx")
        self.size = self._heads["types"].shape[0]

    def read(self, text: str, lines: Sequence[Line]) -> list[Floats]:
        """Return for each sentence of a text a row per word; the words not asked about get zeros.

        Returns
        -------
        list of array, shape (number of words, `size`)
        """
        ends = np.cumsum([len(line.words) for line in lines], dtype=np.intp)
        rows = np.zeros((int(ends[-1]) if len(ends) else 0, self.size), np.float32)
        for window in self._windows(text, lines):
            if window.at:
                rows[window.rows] = self._run(window)
        return np.split(rows, ends[:-1]) if lines else []

    def types(self, rows: Floats) -> Floats:
        """Return the probability of no event and of each type, shape (rows, 1 + number of types)."""
        return self._probabilities("types", rows)

    def statuses(self, rows: Floats) -> Floats:
        """Return the probability of each of :data:`STATUSES`, shape (rows, 5), of events."""
        return self._probabilities("status", rows)

    def _probabilities(self, head: str, rows: Floats) -> Floats:
        odds = np.exp(np.minimum(rows @ self._heads[head] + self._heads[f"{head}_bias"], _HIGH))
        probabilities: Floats = odds / odds.sum(1, keepdims=True)
        return probabilities

    def places(self, triggers: Floats, places: Floats, apart: NDArray[np.intp]) -> Floats:
        """Return the log-odds that each event happened at each mention of a place.

        Parameters
        ----------
        triggers, places : arrays, shape (n, `size`) and (m, `size`)
        apart : int array, shape (n, m)
            What :func:`distance` tells of them.

        Returns
        -------
        array, shape (n, m)
        """
        h = self._heads
        told, named = triggers @ h["trigger"] + h["trigger_bias"], places @ h["place"]
        far = (triggers @ h["trigger_far"] + h["trigger_far_bias"]) @ (
            places @ h["place_far"] + h["place_far_bias"]
        ).T
        odds = np.empty(far.shape, np.float32)
        step = max(1, _TOGETHER // max(1, len(places)))
        for i in range(0, len(triggers), step):
            x = told[i : i + step, None] + named[None] + h["apart"][apart[i : i + step]]
            odds[i : i + step] = _gelu(x) @ h["pair"]
        scored: Floats = odds + h["pair_bias"] + far / np.float32(np.sqrt(h["place_far"].shape[1]))
        return scored

    def _windows(self, text: str, lines: Sequence[Line]) -> Iterator[_Window]:
        """Pack sentences into windows; only a sentence longer than one is cut."""
        window, paragraph, row = _Window([self._encoder.cls]), lines[0].paragraph if lines else 0, 0
        for line in lines:
            coded = [self._encoder.encode(text[word.start : word.end]) for word in line.words]
            if len(window.ids) + sum(len(pieces) for pieces, _ in coded) >= WINDOW:
                yield window
                window = _Window([self._encoder.cls])
            elif line.paragraph != paragraph and window.first:
                window.ids.append(self._encoder.sep)
                window.cases.append(0)
            paragraph = line.paragraph
            for (pieces, case), said, asked in zip(coded, line.said, line.asked, strict=True):
                if len(window.ids) + len(pieces) >= WINDOW:
                    yield window
                    window = _Window([self._encoder.cls])
                if asked:
                    window.at.append(len(window.ids))
                    window.rows.append(row)
                window.first.append(len(window.ids))
                window.said.append(said)
                window.ids += pieces
                window.cases += [case] * len(pieces)
                row += 1
        yield window

    def _run(self, window: _Window) -> Floats:
        vectors = self._embeddings.of([*window.ids, self._encoder.sep])
        vectors += self._heads["cases"][[*window.cases, 0]]
        vectors[window.first] += self._heads["lexicon"][window.said]
        (out,) = self._session.run(None, {"vectors": vectors[None], "at": np.array([window.at], np.int64)})
        rows: Floats = out[0]
        return rows


def distance(sentences: int, before: bool) -> int:
    """Return how far a place stands from an event: in so many sentences after it, or before it in its own.

    >>> [distance(-9, True), distance(0, True), distance(0, False), distance(1, False)]
    [0, 7, 8, 4]
    """
    if sentences:
        return max(-FAR, min(FAR, sentences)) + FAR
    return 2 * FAR + (1 if before else 2)


def _gelu(x: Floats) -> Floats:
    # the curve of the normal distribution, as Hendrycks and Gimpel (2016) approximate it
    y: Floats = 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x)))
    return y


@cache
def load_event_network() -> EventNetwork:
    """Load the network that ships, once."""
    return EventNetwork()
