"""Reprints: articles with the same or nearly the same text, events that several articles report.

Near-duplicates are found by MinHash [1]_: a text is the set of its runs of five words, and 64 minima
of random hashes of that set agree in as many places as two sets overlap (Jaccard similarity).  Sixteen bands
of four minima propose pairs, the 64 decide.  Everything here is arrays and sorting: about 300 bytes an
article, where an index in memory (datasketch and others) takes kilobytes.

.. [1] A. Broder, "On the resemblance and containment of documents", 1997.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.geo.model import Article

#: Two texts that share this part of their five-word runs are reprints of one another.
SIMILAR = 0.7
MINIMA = 64
_BANDS = 16
_RUN = 5
_SHORTEST = 20  # runs; a shorter text is only compared to the letter
_WORD = re.compile(r"\w+")
_CHUNK = 1 << 16

_random = np.random.Generator(np.random.PCG64(20260125))
_FACTORS = _random.integers(0, 2**64, MINIMA, dtype=np.uint64) | np.uint64(1)
_OFFSETS = _random.integers(0, 2**64, MINIMA, dtype=np.uint64)
_POWERS = _random.integers(0, 2**64, _RUN, dtype=np.uint64) | np.uint64(1)
_MIX = np.uint64(0x9E3779B97F4A7C15)


def marks(articles: Sequence[Article]) -> dict[str, NDArray[Any]]:
    """Return fingerprints of articles.

    Returns
    -------
    dict
        ``identity``: hashes of the id and of the text's words, (n, 2) uint64; ``signature``: the minima,
        (n, 64) uint32, all zero for a text too short to be compared.
    """
    identity = np.zeros((len(articles), 2), dtype=np.uint64)
    signature = np.zeros((len(articles), MINIMA), dtype=np.uint32)
    for i, article in enumerate(articles):
        words = _WORD.findall(article.text[article.body_start :].lower())
        identity[i] = _hash(article.id), _hash(" ".join(words))
        signature[i] = minima(words)
    return {"identity": identity, "signature": signature}


def minima(words: Sequence[str]) -> NDArray[np.uint32]:
    """Return the MinHash signature of a text's words, zeros if there are too few."""
    if len(words) < _SHORTEST + _RUN - 1:
        return np.zeros(MINIMA, dtype=np.uint32)
    hashes = np.fromiter((zlib.crc32(word.encode()) for word in words), dtype=np.uint64, count=len(words))
    windows = np.lib.stride_tricks.sliding_window_view(hashes, _RUN)
    runs = np.unique((windows * _POWERS).sum(axis=1, dtype=np.uint64))
    runs ^= runs >> np.uint64(29)
    runs *= _MIX
    least: NDArray[np.uint64] = (runs[:, None] * _FACTORS + _OFFSETS).min(axis=0)
    return (least >> np.uint64(32)).astype(np.uint32)


def similarity(one: NDArray[np.uint32], other: NDArray[np.uint32]) -> Any:
    """Return the estimated Jaccard similarity of signatures, row by row."""
    return (one == other).mean(axis=-1)


def originals(
    texts: NDArray[np.uint64], signatures: NDArray[np.uint32], similar: float | None
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return for each article the first article it repeats, itself when it repeats none.

    Parameters
    ----------
    texts : array of uint64, (n,)
        Equal for equal texts.
    signatures : array of uint32, (n, 64)
        May be memory-mapped.
    similar : float or None
        Least similarity of a reprint; None keeps to equal texts.

    Returns
    -------
    original : array of int64, (n,)
        Never itself a reprint, so that no chain of small changes joins what differs.
    similarity : array of float, (n,)
        With the original: 1 for equal texts.
    """
    _, first, inverse = np.unique(texts, return_index=True, return_inverse=True)
    original = first[inverse].astype(np.int64)
    similarities = np.ones(len(texts))
    if similar is None:
        return original, similarities
    for earlier, later in _similar_pairs(signatures, original, similar):
        root = int(original[earlier])
        if original[later] == later and root != later:
            near = float(similarity(signatures[root], signatures[later]))
            if near >= similar:
                original[later], similarities[later] = root, near
    twins = np.flatnonzero(original[original] != original)  # equal to a text that turned out to be a reprint
    similarities[twins] = similarities[original[twins]]
    original[twins] = original[original[twins]]
    return original, similarities


def _similar_pairs(
    signatures: NDArray[np.uint32], original: NDArray[np.int64], similar: float
) -> list[tuple[int, int]]:
    """Return pairs of similar articles, the later's number rising, for each the earliest first."""
    n = len(original)
    own = original == np.arange(n)
    found = [np.empty(0, dtype=np.int64)]
    for band in range(_BANDS):
        width = MINIMA // _BANDS
        values = signatures[:, band * width : (band + 1) * width].astype(np.uint64)
        rows = np.flatnonzero(own & values.any(axis=1))
        keys = (values[rows] * _POWERS[:width]).sum(axis=1, dtype=np.uint64)
        order = np.argsort(keys, kind="stable")
        rows, keys = rows[order], keys[order]
        starts = run_starts(keys)
        heads = np.repeat(rows[starts], np.diff(np.r_[starts, len(keys)]))
        follows = np.setdiff1d(np.arange(len(keys)), starts)
        pairs = np.r_[rows[follows] * n + heads[follows], rows[follows] * n + rows[follows - 1]]
        found.append(_verified(np.unique(pairs), n, signatures, similar))
    return [(int(pair % n), int(pair // n)) for pair in np.unique(np.concatenate(found))]


def run_starts(ordered: NDArray[Any]) -> NDArray[np.int64]:
    """Return where each run of equal values begins in an ordered array."""
    return np.flatnonzero(np.r_[len(ordered) > 0, ordered[1:] != ordered[:-1]][: len(ordered)])


def _verified(
    pairs: NDArray[np.int64], n: int, signatures: NDArray[np.uint32], similar: float
) -> NDArray[np.int64]:
    chunks = [pairs[at : at + _CHUNK] for at in range(0, len(pairs), _CHUNK)]
    kept = [c[similarity(signatures[c // n], signatures[c % n]) >= similar] for c in chunks]
    return np.concatenate(kept) if kept else pairs


def event_keys(events: Sequence[Mapping[str, Any]]) -> NDArray[np.int64]:
    """Return a number for each event that is equal where type, mode, status, place and day are.

    Negative for an event without a day or a place, and for one known only to a country: that only says the
    same within reprints of one article.
    """
    keys = np.empty(len(events), dtype=np.int64)
    for i, event in enumerate(events):
        day = event["start"].date().isoformat() if event["start"] else ""
        parts = [event["type"], event["mode"], event["status"], event["place_id"], day]
        told_apart = event["place_id"] and day and event["precision"] != "country"
        key = _hash("\x1f".join(parts if told_apart else [*parts, event["trigger"]])) >> 1
        keys[i] = key if told_apart else -key - 1
    return keys


def by_toll(
    keys: NDArray[np.int64],
    articles: NDArray[np.int64],
    deaths: NDArray[np.float64],
    at_least: NDArray[np.bool_],
    original: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Tell events of one key apart where they cannot have killed the same people; return keys that do.

    Two numbers are one event's if neither is more than twice the other, or if the smaller is a lower bound.
    A reprint goes with its original, whatever toll it brings up to date, and a report without a number with
    the number that most reports tell.

    Parameters
    ----------
    keys : array
        Of :func:`event_keys`.
    articles : array
        Number of each event's article.
    deaths : array
        NaN where an event tells none.
    at_least : array of bool
        Whether the deaths are a lower bound.
    original : array
        Of :func:`originals`, by number of the article.
    """
    told = np.flatnonzero((keys >= 0) & ~np.isnan(deaths) & (original[articles] == articles))
    order = told[np.lexsort((at_least[told], deaths[told], keys[told]))]
    lower, higher = order[:-1], order[1:]
    gap = (keys[lower] == keys[higher]) & (deaths[higher] > 2 * deaths[lower]) & ~at_least[lower]
    cluster = np.cumsum(np.r_[False, gap][: len(order)])
    new = keys.copy()
    key_of: dict[tuple[int, int], int] = {}
    for start, stop in pairwise([*run_starts(keys[order]).tolist(), len(order)]):
        parts, sizes = np.unique(cluster[start:stop], return_counts=True)
        if len(parts) == 1:
            continue
        for part in np.delete(parts, sizes.argmax()).tolist():
            rows = order[start:stop][cluster[start:stop] == part]
            new[rows] = _hash(f"{keys[rows[0]]} {deaths[rows[0]]}") >> 1
        for row in order[start:stop].tolist():
            key_of.setdefault((int(keys[row]), int(articles[row])), int(new[row]))
    again = original[articles] != articles
    for row in np.flatnonzero(again & np.isin(keys, [key for key, _ in key_of])).tolist():
        key = int(keys[row])
        new[row] = key_of.get((key, int(original[articles[row]])), key)
    return new


@dataclass(frozen=True, slots=True)
class Reports:
    """Which events are reported more than once.

    Parameters
    ----------
    count : array of int64
        For each event row, how many articles report it.
    group : array of int64
        For each event row, its group if several articles report it, else -1.
    speaker : array of int64
        For each group, the event row that speaks for it.
    speaks : array of bool
        For each event row, whether its article speaks for the group.
    """

    count: NDArray[np.int64]
    group: NDArray[np.int64]
    speaker: NDArray[np.int64]
    speaks: NDArray[np.bool_]


def reports(
    keys: NDArray[np.int64],
    articles: NDArray[np.int64],
    confidence: NDArray[np.float64],
    original: NDArray[np.int64],
) -> Reports:
    """Join the events that several articles report.

    The article that speaks for a group is an original rather than a reprint, then the surest, then the first.

    Parameters
    ----------
    keys : array
        Of :func:`event_keys`.
    articles : array
        Number of each event's article.
    confidence : array
    original : array
        Of :func:`originals`, by number of the article.
    """
    local = keys < 0
    keys = keys.copy()
    mixed = keys[local].view(np.uint64) * _MIX ^ original[articles[local]].astype(np.uint64) * _FACTORS[0]
    keys[local] = -(mixed >> np.uint64(1)).astype(np.int64) - 1
    reprint = original[articles] != articles
    order = np.lexsort((articles, -confidence, reprint, keys))
    starts = run_starts(keys[order])
    dense = np.repeat(np.arange(len(starts)), np.diff(np.r_[starts, len(keys)]))  # groups, along `order`
    speakers = order[starts]
    pairs = np.unique(np.c_[dense, articles[order]], axis=0)
    counts = np.bincount(pairs[:, 0], minlength=len(speakers)).astype(np.int64)
    count = np.empty(len(keys), dtype=np.int64)
    group = np.empty(len(keys), dtype=np.int64)
    speaks = np.empty(len(keys), dtype=bool)
    count[order] = counts[dense]
    group[order] = np.where(counts[dense] > 1, dense, -1)
    speaks[order] = articles[order] == articles[speakers[dense]]
    return Reports(count, group, speakers, speaks)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
