"""From a name to rows: the stored name, another spelling, or one that resembles it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from dateline.gazetteer import variants
from dateline.gazetteer.joined import Places
from dateline.gazetteer.names import LONGEST, keys
from dateline.gazetteer.place import MatchKind

#: Names of fewer letters are never matched approximately.
SHORTEST_FUZZY = 5
_LETTERS = "abcdefghijklmnopqrstuvwxyz "


@dataclass(frozen=True, slots=True)
class Candidates:
    """The places a name may mean, likeliest first by the stored order.

    Parameters
    ----------
    rows : array of int32
        Rows of the gazetteer's columns.
    name_kind : array of uint8
        What the name is to each place: an index into :data:`dateline.gazetteer.store.NAME_KINDS`.
    kind : {"exact", "variant", "fuzzy"}
    name : str
        The stored name that was hit (the first, when several spellings were), normalised; empty without hits.
    """

    rows: NDArray[np.int32]
    name_kind: NDArray[np.uint8]
    kind: MatchKind
    name: str = ""

    def __len__(self) -> int:
        return len(self.rows)

    def where(self, keep: NDArray[np.bool_]) -> Candidates:
        """Return the candidates for which `keep` is true."""
        return Candidates(self.rows[keep], self.name_kind[keep], self.kind, self.name)


NOTHING = Candidates(np.empty(0, np.int32), np.empty(0, np.uint8), "exact")


def rows_of(store: Places, names: list[str], kind: MatchKind) -> Candidates:
    """Return the places stored under these keys."""
    if len(names) == 1:
        rows, kinds = store.entries(names[0])
        return Candidates(rows, kinds, kind, names[0])
    spans = [store.entries(name) for name in names]
    rows = np.concatenate([rows for rows, _ in spans])
    kinds = np.concatenate([kinds for _, kinds in spans])
    _, first = np.unique(rows, return_index=True)
    order = first[np.lexsort((rows[first], -store.columns.importance[rows[first]]))]
    return Candidates(rows[order], kinds[order], kind, names[0])


def exact(store: Places, name: str) -> Candidates:
    """Return the places stored under the name itself, or with another Arabic article: "Al Fasher"."""
    for key in keys(name):
        if store.known(key):
            return rows_of(store, [key], "exact")
        for other in filter(store.known, variants.other_articles(key)):
            found = rows_of(store, [other], "exact")
            codes = [store.tables["country"][i] for i in store.columns.country[found.rows].tolist()]
            found = found.where(np.array([code in variants.ARABIC for code in codes], bool))
            if len(found):
                return found
    return NOTHING


def variant(store: Places, name: str) -> Candidates:
    """Return the places stored under another spelling of the name."""
    for key in keys(name):
        found = variants.search(key, store.known)
        if found:
            return rows_of(store, found, "variant")
    return NOTHING


def resembling(store: Places, name: str) -> Candidates:
    """Return the places whose name is a slip of the pen away: one edit, or two in a long name."""
    for key in keys(name):
        word = key if key.isascii() else variants.latin(key)
        if not SHORTEST_FUZZY <= len(word) <= LONGEST:
            continue
        found = [text for text in _one_edit(word) if store.known(text)]
        if not found and len(word) >= 8:
            found = _two_edits(store, word)
        if found:
            return rows_of(store, found, "fuzzy")
    return NOTHING


def _one_edit(word: str) -> list[str]:
    """Return every text one deletion, transposition, replacement or insertion away, in a fixed order."""
    if len(word) > 40:
        return []
    halves = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    texts = [a + b[1:] for a, b in halves if b]
    texts += [a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1]
    texts += [a + c + b[1:] for a, b in halves if b for c in _LETTERS]
    texts += [a + c + b for a, b in halves for c in _LETTERS]
    return [text for text in dict.fromkeys(texts) if text != word]


def _two_edits(store: Places, word: str) -> list[str]:
    """Return the stored names two edits away that begin with the same letters."""
    same = store.keys(word[: max(4, len(word) // 2)])[:5000]
    near = [text for text in same if abs(len(text) - len(word)) <= 2]
    best = process.extract(word, near, scorer=fuzz.ratio, score_cutoff=85, limit=3)
    return [text for text, _, _ in best]
