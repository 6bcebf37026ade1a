"""Finding toponyms: which words of a text name a place, and in what role.

A small BERT-like network reads the text in windows of about a hundred words and gives each word the
probability of beginning or continuing a name, and of each role.  Names found for sure once are looked for in
the rest of the text.  Offsets always index the caller's own string.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from dateline.errors import InputError
from dateline.geo.model import Mention, Role
from dateline.geo.wordpiece import Case, Word, WordPiece, split_words

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

MODELS = ("default",)
#: The network's roles: the fourth is a noun that affiliates ("US official", "Oxford Police Department").
_ROLES: tuple[Role, ...] = ("literal", "metonym", "demonym", "metonym")
_DATA = files("dateline.geo") / "data"
_WINDOW = 126  # pieces read together
_BATCH = 4096  # pieces a run of the network
_SLICE = 60_000  # characters worked on at a time, so that memory stays small
_SENTENCE_END = frozenset('.!?"”')
_ABBREVIATION = re.compile(r"(?:[A-Z]\.){2,}")


class Recognizer(Protocol):
    """Anything that finds toponyms."""

    def recognize(self, text: str) -> list[Mention]:
        """Return the toponyms of `text` in order, without overlaps."""
        ...

    def recognize_many(self, texts: Iterable[str]) -> list[list[Mention]]:
        """Return the toponyms of each text."""
        ...


@cache
def load_recognizer(model: str = "default") -> Recognizer:
    """Load a recogniser.

    Parameters
    ----------
    model : {"default"}
        ``default`` is a small BERT-like network.

    Returns
    -------
    Recognizer
        The same object for the same name.

    Raises
    ------
    dateline.errors.InputError
        When there is no such model.

    Examples
    --------
    >>> text = "Kyiv accused Moscow of shelling Kharkiv."
    >>> [(m.text, m.role) for m in load_recognizer().recognize(text)]
    [('Kyiv', 'metonym'), ('Moscow', 'metonym'), ('Kharkiv', 'literal')]
    """
    if model not in MODELS:
        raise InputError(f"there is no recogniser {model!r}: choose one of {', '.join(MODELS)}")
    return NeuralRecognizer(model)


@dataclass(slots=True)
class _Window:
    """Consecutive words of one text, as the network reads them."""

    words: list[Word]
    ids: list[int]
    cases: list[int]
    firsts: list[int]  # where each word's first piece stands
    tagged: list[int]  # which words are worth asking about
    probabilities: Floats | None = None  # of the tagged words: O, B, I, then the roles


class NeuralRecognizer:
    """The networks in ``geo/data``: see ``docs/model-card.md``.

    Parameters
    ----------
    model : str
        One of ``MODELS``.
    """

    def __init__(self, model: str) -> None:
        import onnxruntime

        settings = json.loads((_DATA / "recognition.json").read_text(encoding="utf8"))
        self._settings: dict[str, float] = settings[model]
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

    def recognize(self, text: str) -> list[Mention]:
        """Return the toponyms of `text` in order, without overlaps."""
        found = []
        for offset, piece in _slices(text):
            windows = list(self._windows(piece))
            self._run([w for w in windows if w.tagged])
            for m in decode(piece, windows, self._settings):
                found.append(Mention(m.start + offset, m.end + offset, m.text, m.role, m.score))
        return found

    def recognize_many(self, texts: Iterable[str]) -> list[list[Mention]]:
        """Return the toponyms of each text.

        Texts do not share a run of the network: int8 rounding would make one depend on its neighbours.
        """
        return [self.recognize(text) for text in texts]

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
        windows.sort(key=lambda w: len(w.ids))
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


def _slices(text: str) -> Iterator[tuple[int, str]]:
    """Cut a long text where a line, or else a word, ends."""
    start = 0
    while len(text) - start > _SLICE:
        end = start + _SLICE
        for mark in ("\n", " "):
            cut = text.rfind(mark, start + _SLICE // 2, end)
            if cut > 0:
                end = cut + 1
                break
        yield start, text[start:end]
        start = end
    yield start, text[start:]


def _worth_asking(text: str, words: Sequence[Word], cases: Sequence[Case]) -> list[bool]:
    """Mark the words that may belong to a name.

    In a text of normal case those are the words with a capital, those after a hash, and two words beside
    each; in a text without capitals, or of capitals only, all of them.
    """
    lower = sum(c == Case.LOWER for c in cases)
    upper = sum(c in (Case.CAPITAL, Case.ALL_CAPS, Case.MIXED) for c in cases)
    if upper < 0.03 * lower or lower < upper:
        return [c not in (Case.OTHER, Case.DIGITS) for c in cases]
    wanted = [False] * len(words)
    for i, case in enumerate(cases):
        hashed = words[i].start > 0 and text[words[i].start - 1] == "#"
        if hashed or case not in (Case.LOWER, Case.OTHER, Case.DIGITS):
            for j in range(max(0, i - 1), min(len(words), i + 4)):
                wanted[j] = True
    return wanted


def decode(text: str, windows: Iterable[_Window], settings: dict[str, float]) -> list[Mention]:
    """Turn the words' probabilities into mentions.

    Parameters
    ----------
    text : str
    windows : iterable of _Window
        Those of `text`, in any order.
    settings : dict
        ``threshold`` (a word belongs to a name above it), ``weak`` (above it where the same name is elsewhere
        above ``sure``), and ``slope`` and ``offset`` of the calibration in log-odds.
    """
    words: list[Word] = []
    chances: list[Floats] = []
    for window in sorted(windows, key=lambda w: w.words[0].start):
        table = np.zeros((len(window.words), 7), np.float32)
        table[:, 0] = table[:, 3] = 1
        if window.tagged and window.probabilities is not None:
            table[window.tagged] = window.probabilities
        words += window.words
        chances.append(table)
    if not words:
        return []
    table = np.concatenate(chances)
    spans = _spans(words, table, settings["threshold"])
    spans += _repeats(text, words, table, spans, settings)
    return [_mention(text, words, table, a, b, settings) for a, b in sorted(spans)]


def _spans(words: Sequence[Word], table: Floats, threshold: float) -> list[tuple[int, int]]:
    """Return the runs of words that make a name; each begins at a B, and none crosses a break."""
    spans = []
    start = -1
    inside = 1 - table[:, 0] > threshold
    begins = table[:, 1] >= 3 * table[:, 2]
    for i in range(len(words)):
        if start >= 0 and (not inside[i] or begins[i] or words[i].breaks):
            spans.append((start, i))
            start = -1
        if start < 0 and inside[i]:
            start = i
    if start >= 0:
        spans.append((start, len(words)))
    return spans


def _repeats(
    text: str,
    words: Sequence[Word],
    table: Floats,
    spans: list[tuple[int, int]],
    settings: dict[str, float],
) -> list[tuple[int, int]]:
    """Find the other occurrences of names that are sure somewhere, where the network half believes them."""
    surfaces = [text[w.start : w.end] for w in words]
    sure: dict[str, set[tuple[str, ...]]] = {}
    taken = [False] * len(words)
    for a, b in spans:
        taken[a:b] = [True] * (b - a)
        if float(1 - table[a:b, 0].max()) > settings["sure"] and surfaces[a][0].isupper():
            sure.setdefault(surfaces[a], set()).add(tuple(surfaces[a:b]))
    found = []
    for i, surface in enumerate(surfaces):
        for name in sorted(sure.get(surface, ()), key=len, reverse=True):
            end = i + len(name)
            if tuple(surfaces[i:end]) != name or any(taken[i:end]):
                continue
            if float(1 - table[i:end, 0].max()) > settings["weak"]:
                found.append((i, end))
                taken[i:end] = [True] * len(name)
                break
    return found


def _mention(
    text: str, words: Sequence[Word], table: Floats, a: int, b: int, settings: dict[str, float]
) -> Mention:
    start, end = words[a].start, words[b - 1].end
    abbreviation = _ABBREVIATION.match(text, start)
    if abbreviation and end == abbreviation.end() - 1:
        end += 1
    chance = min(max(float(1 - table[a:b, 0].mean()), 1e-4), 1 - 1e-4)
    odds = settings["slope"] * np.log(chance / (1 - chance)) + settings["offset"]
    role = _ROLES[int(table[a:b, 3:].mean(0).argmax())]
    return Mention(start, end, text[start:end], role, round(float(1 / (1 + np.exp(-odds))), 4))
