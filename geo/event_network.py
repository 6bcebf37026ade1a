"""The network behind events: a small BERT-like encoder that reads an article once.

It gives every word a vector; light heads tell from these which words report an event, and
:mod:`dateline.geo.event_places` at which of the places named anywhere in the article it happened.  See
``docs/model-card.md``; ``benchmarks/training/event_network.py`` makes it from ``benchmarks/articles/dev``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.geo.arrays import Floats
from dateline.geo.event_places import Places
from dateline.geo.event_story import Story
from dateline.geo.model import Status
from dateline.geo.network import DATA, load_embeddings, load_session
from dateline.geo.wordpiece import load_wordpiece
from dateline.geo.words import Word

#: Pieces read together, some paragraphs.
WINDOW = 250
#: The statuses that it tells, in order.
STATUSES: tuple[Status, ...] = ("actual", "planned", "denied", "hypothetical", "background")
#: Log-odds beyond which a probability says no more.
_HIGH = 40.0


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
            self._heads = unpacked(dict(heads))
        self._places = Places(
            {
                name.removeprefix("places."): value
                for name, value in self._heads.items()
                if name.startswith("places.")
            }
        )
        self._session = load_session(folder / "network.onnx")
        self.size = self._heads["types.weight"].shape[1]

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
        return _softmax(self._head("types", rows))

    def _head(self, name: str, rows: Floats) -> Floats:
        odds: Floats = rows @ self._heads[f"{name}.weight"].T + self._heads[f"{name}.bias"]
        return odds

    def told(self, vectors: Floats, story: Story) -> tuple[Floats, Floats]:
        """Return where the events of a story happened, and their statuses.

        Parameters
        ----------
        vectors : array, shape (items, `size`)
        story : Story

        Returns
        -------
        array, shape (events, mentions)
            The log-odds that each event happened at each mention of a place.
        array, shape (events, 5)
            The probability of each of :data:`STATUSES`.
        """
        odds, adds = self._places.read(vectors, story)
        return odds, _softmax(self._head("status", vectors[: story.events]) + adds)

    def _windows(self, text: str, lines: Sequence[Line]) -> Iterator[_Window]:
        """Pack sentences into windows; only a sentence longer than one is cut."""
        window, paragraph, row = _Window([self._encoder.cls]), lines[0].paragraph if lines else 0, 0
        for line in lines:
            coded = [self._encoder.encode(text[word.start : word.end]) for word in line.words]
            if len(window.ids) + sum([len(pieces) for pieces, _ in coded]) >= WINDOW:
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
                at = len(window.ids)
                if asked:
                    window.at.append(at)
                    window.rows.append(row)
                window.first.append(at)
                window.said.append(said)
                window.ids += pieces
                window.cases += [case] * len(pieces)
                row += 1
        yield window

    def _run(self, window: _Window) -> Floats:
        vectors = self._embeddings.of([*window.ids, self._encoder.sep])
        vectors += self._heads["cases"][[*window.cases, 0]]
        vectors[window.first] += self._heads["lexicon"][window.said]
        vectors += self._heads["positions"][: len(vectors)]
        (out,) = self._session.run(None, {"vectors": vectors[None], "at": np.array([window.at], np.int64)})
        rows: Floats = out[0]
        return rows


def _softmax(odds: Floats) -> Floats:
    chances = np.exp(np.minimum(odds, _HIGH))
    probabilities: Floats = chances / chances.sum(1, keepdims=True)
    return probabilities


def unpacked(arrays: Mapping[str, NDArray[Any]]) -> dict[str, Floats]:
    """Return arrays of 16 bits, and of 8 with a scale for each row, as numbers of 32."""
    return {
        name: value.astype(np.float32) * arrays.get(f"{name}.scale", np.float32(1)).astype(np.float32)
        for name, value in arrays.items()
        if not name.endswith(".scale")
    }


@cache
def load_event_network() -> EventNetwork:
    """Load the network that ships, once."""
    return EventNetwork()
