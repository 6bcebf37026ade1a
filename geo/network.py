"""The neural half of recognition: a small BERT-like network that reads a text window by window.

It gives every word the probability of beginning or continuing a name, and of each role.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.geo.wordpiece import Case, Word, WordPiece, split_words

Floats = NDArray[np.float32]

_DATA = files("dateline.geo") / "data"
_WINDOW = 126  # pieces read together
_BATCH = 256  # pieces a run of the network: few, so that they stay in the processor's cache
_SHORT = 60  # words of a text whose letter case may be careless
_SENTENCE_END = frozenset('.!?"”')


@dataclass(slots=True)
class _Window:
    """Consecutive words of one text, as the network reads them."""

    words: list[Word]
    ids: list[int]
    cases: list[int]
    firsts: list[int]  # where each word's first piece stands
    tagged: list[int]  # which words are worth asking about
    probabilities: Floats | None = None  # of the tagged words: O, B, I, then the roles


class Network:
    """A token classifier in ``geo/data``: see ``docs/model-card.md``.

    Parameters
    ----------
    model : str
        The name of its ONNX file.
    """

    def __init__(self, model: str) -> None:
        import onnxruntime

        vocabulary = (_DATA / "vocabulary.txt").read_text(encoding="utf8").split("\n")[:-1]
        self._encoder = WordPiece(vocabulary)
        with (_DATA / "embeddings.npz").open("rb") as stream, np.load(stream) as table:
            self._pieces: NDArray[np.int8] = table["pieces"]
            self._scales: Floats = table["scales"]
            self._cases: Floats = table["cases"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        network = (_DATA / f"{model}.onnx").read_bytes()
        self._session: Any = onnxruntime.InferenceSession(network, options, ["CPUExecutionProvider"])

    def read(self, text: str) -> tuple[list[Word], Floats]:
        """Return the words of a text, and for each the probabilities of O, B, I and of the four roles.

        Words that are not worth asking about are O for sure.
        """
        windows = list(self._windows(text))
        self._run([w for w in windows if w.tagged])
        words = [word for window in windows for word in window.words]
        table = np.zeros((len(words), 7), np.float32)
        table[:, 0] = table[:, 3] = 1
        at = 0
        for window in windows:
            if window.probabilities is not None:
                table[np.array(window.tagged) + at] = window.probabilities
            at += len(window.words)
        return words, table

    def _windows(self, text: str) -> Iterator[_Window]:
        """Cut a text into windows, at the ends of sentences where possible."""
        words = split_words(text)
        coded = [self._encoder.encode(text[w.start : w.end]) for w in words]
        wanted = _worth_asking(text, words, [case for _, case in coded])
        start = size = cut = 0
        for i, (pieces, _) in enumerate(coded):
            size += len(pieces) + words[i].breaks
            if size > _WINDOW and i > start:
                end = cut if cut - start > (i - start) // 3 else i
                yield self._window(words, coded, wanted, start, end)
                start = cut = end
                size = sum(len(p) for p, _ in coded[start : i + 1])
            if words[i].end - words[i].start == 1 and text[words[i].start] in _SENTENCE_END:
                cut = i + 1
        if start < len(words):
            yield self._window(words, coded, wanted, start, len(words))

    def _window(
        self,
        words: list[Word],
        coded: list[tuple[tuple[int, ...], Case]],
        wanted: list[bool],
        start: int,
        end: int,
    ) -> _Window:
        ids, cases, firsts = [self._encoder.cls], [0], []
        for i in range(start, end):
            if words[i].breaks and i > start:
                ids.append(self._encoder.sep)
                cases.append(0)
            pieces, case = coded[i]
            firsts.append(len(ids))
            ids += pieces
            cases += [case] * len(pieces)
        ids.append(self._encoder.sep)
        cases.append(0)
        return _Window(
            words[start:end], ids, cases, firsts, [i - start for i in range(start, end) if wanted[i]]
        )

    def _run(self, windows: list[_Window]) -> None:
        """Fill in the windows' probabilities, batching those of like length."""
        windows = sorted(windows, key=lambda w: len(w.ids))
        batch: list[_Window] = []
        for window in windows:
            if batch and (len(batch) + 1) * len(window.ids) > _BATCH:
                self._run_batch(batch)
                batch = []
            batch.append(window)
        if batch:
            self._run_batch(batch)

    def _run_batch(self, batch: list[_Window]) -> None:
        width = max(len(w.ids) for w in batch)
        asked = max(len(w.tagged) for w in batch)
        ids = np.full((len(batch), width), self._encoder.pad, np.int64)
        cases = np.zeros((len(batch), width), np.int64)
        bias = np.full((len(batch), 1, 1, width), -1e4, np.float32)
        at = np.zeros((len(batch), asked), np.int64)
        for row, window in enumerate(batch):
            n = len(window.ids)
            ids[row, :n], cases[row, :n], bias[row, :, :, :n] = window.ids, window.cases, 0
            at[row, : len(window.tagged)] = [window.firsts[i] for i in window.tagged]
        vectors = self._pieces[ids].astype(np.float32)
        vectors *= self._scales[ids][..., None]
        vectors += self._cases[cases]
        (out,) = self._session.run(None, {"vectors": vectors, "bias": bias, "at": at})
        for row, window in enumerate(batch):
            window.probabilities = out[row, : len(window.tagged)]


def _worth_asking(text: str, words: Sequence[Word], cases: Sequence[Case]) -> list[bool]:
    """Mark the words that may belong to a name.

    In a text of normal case those are the words with a capital, those after a hash, and two words beside
    each; in a short text (a post, a headline), and in one without capitals or of capitals only, all of them.
    """
    lower = sum(c == Case.LOWER for c in cases)
    upper = sum(c in (Case.CAPITAL, Case.ALL_CAPS, Case.MIXED) for c in cases)
    plain = [c not in (Case.OTHER, Case.DIGITS) for c in cases]
    if upper < 0.03 * lower or lower < upper:
        return plain
    wanted = plain if len(words) < _SHORT else [False] * len(words)
    for i, case in enumerate(cases):
        hashed = words[i].start > 0 and text[words[i].start - 1] == "#"
        if hashed or case not in (Case.LOWER, Case.OTHER, Case.DIGITS):
            for j in range(max(0, i - 1), min(len(words), i + 4)):
                wanted[j] = True
    return wanted
