"""The end of a run: from many small outcomes to the tables, in which reprints know their originals.

Works on one part at a time; an interrupted end goes on with the part that is missing.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from shapely import Point

from dateline import __version__
from dateline.errors import InputError, OutputError
from dateline.geo.corpus import duplicates, store
from dateline.geo.corpus.batches import Outcome

if TYPE_CHECKING:
    from dateline.gazetteer import Gazetteer

#: Batches whose rows make one file of a table.
PART = 256
_MOST_SOURCES = 50


def finish(folder: store.Folder, gazetteer: Gazetteer, similar: float | None) -> dict[str, Any]:
    """Write the tables, then the lists, then the manifest.

    Parameters
    ----------
    folder : Folder
        Holds an outcome for every batch.
    gazetteer : Gazetteer
        Gives the shapes of places.
    similar : float or None
        Least similarity of a reprint; None compares to the letter.

    Returns
    -------
    dict
        The manifest.

    Raises
    ------
    InputError
        If the corpus holds not one article.
    """
    outcomes = sorted(folder.batches.glob("*.zip"))
    if not any(len(_open(path).mark("identity")) for path in outcomes):
        raise InputError(_nothing(outcomes))
    articles = _Articles(outcomes, folder.work / "signatures.bin")
    articles.find_originals(similar)
    reports = _Reports(outcomes, articles)
    changes = {"articles": articles.apply, "mentions": articles.rename, "events": reports.apply}
    rows = dict.fromkeys(store.TABLES, 0)
    parts: dict[str, list[str]] = {name: [] for name in store.TABLES}
    for number, start in enumerate(range(0, len(outcomes), PART)):
        some = outcomes[start : start + PART]
        for name, change in changes.items():
            path = folder.path / name / f"part-{number:05d}.parquet"
            frame = _concatenate(some, name)
            rows[name] += len(frame)
            parts[name].append(f"{name}/{path.name}")
            if not path.exists():
                change(frame)
                _write(frame.drop(columns=["record", "key"], errors="ignore"), path)
    places = _places(outcomes, gazetteer)
    _write(places, folder.path / "places" / "part-00000.parquet")
    rows["places"], parts["places"] = len(places), ["places/part-00000.parquet"]
    rejected = _write_rejects(outcomes, folder.path / store.REJECTS)
    store.write_bytes(articles.listed(), folder.path / store.DUPLICATES)
    manifest = {
        "version": store.VERSION,
        "dateline": __version__,
        "gazetteer": gazetteer.version,
        "settings": folder.settings,
        "counts": rows
        | {
            "rejects": rejected,
            "reprints": int(articles.reprint.sum()),
            "events_reported_again": reports.repeated,
        },
        "tables": parts,
    }
    store.write_bytes(store.as_json(manifest), folder.path / store.MANIFEST)
    return manifest


def _open(path: Path) -> Outcome:
    try:
        return Outcome(path)
    except zipfile.BadZipFile:  # a power cut can do that; kill -9 cannot
        path.unlink()
        raise OutputError(f"{path}: was damaged and is now removed; run the same command again") from None


def _concatenate(outcomes: Sequence[Path], name: str) -> pd.DataFrame:
    return store.to_frame(pa.concat_tables([_open(path).table(name) for path in outcomes]))


def _column(outcomes: Sequence[Path], table: str, *names: str) -> pa.Table:
    return pa.concat_tables([_open(path).table(table, list(names)) for path in outcomes])


def _write(frame: pd.DataFrame, path: Path) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise store.cannot_write(path, error) from None
    store.write_table(frame, path)


def _nothing(outcomes: Sequence[Path]) -> str:
    """Say why a corpus gave no article, by its first rejects."""
    lines = chain.from_iterable(_open(path).rejects().splitlines() for path in outcomes)
    reasons = [json.loads(line) for _, line in zip(range(3), lines, strict=False)]
    said = "; ".join(f"{row['path']}, record {row['line'] or 1}: {row['reason']}" for row in reasons)
    return f"the corpus holds no article: {said or 'it is empty'}"


class _Articles:
    """All articles of the run by number: their ids, sources and originals."""

    def __init__(self, outcomes: Sequence[Path], signatures: Path) -> None:
        table = _column(outcomes, "articles", "record", "article_id", "source")
        self.records: NDArray[np.int64] = table["record"].to_numpy()
        self.ids: pa.ChunkedArray = table["article_id"]
        self.sources = pc.dictionary_encode(table["source"].combine_chunks())
        identity = np.concatenate([_open(path).mark("identity") for path in outcomes])
        self._texts = identity[:, 1]
        self._occurrence = _occurrences(identity[:, 0])
        with open(signatures, "wb") as file:
            for path in outcomes:
                file.write(_open(path).mark("signature").tobytes())
        shape = (len(self.records), duplicates.MINIMA)
        self._signatures: Any = np.memmap(signatures, dtype=np.uint32, mode="r", shape=shape)

    def find_originals(self, similar: float | None) -> None:
        """Find for each article the one it repeats."""
        self.original, self.similarity = duplicates.originals(self._texts, self._signatures, similar)
        self.reprint = self.original != np.arange(len(self.original))

    def number(self, records: pd.Series) -> NDArray[np.int64]:
        """Return the numbers of articles by their records."""
        numbers: NDArray[np.int64] = np.searchsorted(self.records, records.to_numpy())
        return numbers

    def id(self, number: int) -> str:
        """Return an article's id; an id that stood before gets ``~2``, ``~3``..."""
        nth = self._occurrence[number]
        return str(self.ids[number].as_py()) + (f"~{nth}" if nth > 1 else "")

    def apply(self, articles: pd.DataFrame) -> None:
        """Complete the articles table."""
        numbers = self.number(articles["record"])
        self.rename(articles)
        articles["duplicate_of"] = [
            self.id(self.original[n]) if self.reprint[n] else "" for n in numbers.tolist()
        ]

    def rename(self, frame: pd.DataFrame) -> None:
        """Make repeated ids unique in every column that begins with one."""
        numbers = self.number(frame["record"])
        for row in np.flatnonzero(self._occurrence[numbers] > 1).tolist():
            old, new = str(self.ids[numbers[row]].as_py()), self.id(numbers[row])
            for name in ("article_id", "id", "event_id", "mention_id"):
                if name in frame and frame.at[row, name]:
                    frame.at[row, name] = new + frame.at[row, name].removeprefix(old)

    def listed(self) -> bytes:
        """Return the reprints as lines of JSON: which article, of which, how similar."""
        rows = (
            {
                "article_id": self.id(number),
                "duplicate_of": self.id(self.original[number]),
                "similarity": round(float(self.similarity[number]), 3),
            }
            for number in np.flatnonzero(self.reprint).tolist()
        )
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _occurrences(values: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return of each value how often it has stood, itself included."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = duplicates.run_starts(ordered)
    nth = np.empty(len(values), dtype=np.int64)
    nth[order] = np.arange(len(values)) - np.repeat(starts, np.diff(np.r_[starts, len(values)])) + 1
    return nth


class _Reports:
    """Which events several articles report, and who speaks for them."""

    def __init__(self, outcomes: Sequence[Path], articles: _Articles) -> None:
        table = _column(outcomes, "events", "key", "record", "confidence", "fatalities", "at_least")
        self._articles = articles
        self._numbers = articles.number(table["record"].to_pandas())
        keys = duplicates.by_toll(
            table["key"].to_numpy(),
            self._numbers,
            table["fatalities"].to_numpy().astype(np.float64),
            pc.match_substring(table["at_least"], "fatalities").to_numpy(),
            articles.original,
        )
        confidence = table["confidence"].to_numpy()
        self._reports = duplicates.reports(keys, self._numbers, confidence, articles.original)
        again = (self._reports.group >= 0) & ~self._reports.speaks
        self.repeated = int(again.sum())
        self._sources = self._join_sources()
        self._ids = self._speaker_ids(outcomes)

    def _join_sources(self) -> dict[int, str]:
        """Return the sources of each group of several articles, in alphabetical order."""
        group, numbers = self._reports.group, self._numbers
        rows = np.flatnonzero(group >= 0)
        codes = self._articles.sources.indices.to_numpy()[numbers[rows]]
        names = self._articles.sources.dictionary.to_pylist()
        joined: dict[int, set[str]] = {}
        for key, code in np.unique(np.c_[group[rows], codes], axis=0).tolist():
            joined.setdefault(key, set()).add(names[code])
        return {key: _some(sorted(found - {""})) for key, found in joined.items()}

    def _speaker_ids(self, outcomes: Sequence[Path]) -> dict[int, str]:
        """Return the event that speaks for each group."""
        wanted = {int(self._reports.speaker[key]): key for key in self._sources}
        ids: dict[int, str] = {}
        at = 0
        for path in outcomes:
            table = _open(path).table("events", ["id", "record"])
            frame = table.to_pandas().assign(event_id="")
            mine = [row - at for row in range(at, at + len(frame)) if row in wanted]
            if mine:
                self._articles.rename(frame)
                ids |= {wanted[at + row]: str(frame.at[row, "id"]) for row in mine}
            at += len(frame)
        return ids

    def apply(self, events: pd.DataFrame) -> None:
        """Complete one part of the events table."""
        numbers = self._articles.number(events["record"])
        self._articles.rename(events)
        rows = self._rows_of(numbers)
        group = self._reports.group[rows].tolist()
        again = (self._reports.group[rows] >= 0) & ~self._reports.speaks[rows]
        own = events["sources"].tolist()
        events["reports"] = self._reports.count[rows]
        events["duplicate_of"] = [self._ids[key] if again[row] else "" for row, key in enumerate(group)]
        events["sources"] = [self._sources[key] if key >= 0 else own[row] for row, key in enumerate(group)]

    def _rows_of(self, numbers: NDArray[np.int64]) -> slice:
        """Return where in the run's events those of a part lie; no article is in two parts."""
        if not len(numbers):
            return slice(0, 0)
        start, stop = np.searchsorted(self._numbers, [numbers[0], numbers[-1] + 1])
        return slice(int(start), int(stop))


def _some(names: list[str]) -> str:
    if len(names) > _MOST_SOURCES:
        return "; ".join([*names[:_MOST_SOURCES], f"and {len(names) - _MOST_SOURCES} more"])
    return "; ".join(names)


def _places(outcomes: Sequence[Path], gazetteer: Gazetteer) -> pd.DataFrame:
    """Return the places of the run, with their shapes, in the order of their ids."""
    merged: dict[str, dict[str, Any]] = {}
    for path in outcomes:
        for row in _open(path).table("places").to_pylist():
            known = merged.setdefault(row["place_id"], row)
            if known is not row:
                known["n_mentions"] += row["n_mentions"]
                known["n_events"] += row["n_events"]
    rows = [merged[place_id] for place_id in sorted(merged)]
    for row in rows:
        number = gazetteer.row(row["place_id"])
        shape = gazetteer.geometry(gazetteer.place(number)) if number >= 0 else None
        row["geometry"] = (shape or Point(row["lon"], row["lat"])).wkb
    return store.to_frame(pa.Table.from_pylist(rows, schema=store.arrow_schema("places")))


def _write_rejects(outcomes: Sequence[Path], path: Path) -> int:
    """Write what was left out and why, in the corpus's order; return how many."""
    count = 0
    with store.whole_file(path) as temporary, open(temporary, "wb") as file:
        for lines in _rejects(outcomes):
            count += lines.count(b"\n")
            file.write(lines)
    return count


def _rejects(outcomes: Sequence[Path]) -> Iterator[bytes]:
    for path in outcomes:
        yield _open(path).rejects()
