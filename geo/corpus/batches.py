"""Batches: a corpus cut into pieces, and what a worker makes of one of them.

A worker returns one file's content, so that only the process that started the run writes to the folder, and
the outcome is the same bytes whoever did the work.
"""

from __future__ import annotations

import gc
import hashlib
import io
import json
import pickle
import threading
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.feather as feather
import shapely
from numpy.typing import NDArray

from dateline.errors import DataError, InputError, MissingExtraError
from dateline.geo.corpus import duplicates
from dateline.geo.corpus.articles import article
from dateline.geo.corpus.readers import Record
from dateline.geo.corpus.store import TABLES, arrow_schema
from dateline.geo.model import Article
from dateline.geo.result import table_rows

if TYPE_CHECKING:
    from dateline.gazetteer import Gazetteer, Place
    from dateline.geo.pipeline import Parsed

#: Articles a batch holds at most, and characters: a few seconds of work, so that workers end together.
#: A batch is what a killed run has to do again.
ARTICLES = 200
CHARACTERS = 128 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Parser(Protocol):
    """What a worker needs; :class:`dateline.geo.Geoparser` is one."""

    gazetteer: Gazetteer

    def parse(self, article: Article) -> Parsed:
        """Find the places and events of an article."""
        ...


#: Makes a parser in a worker; must survive pickling: ``functools.partial(Geoparser, "fast")``.
MakeParser = Callable[[], Parser]


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive records: `first` is the number of the first in the whole corpus, from 0."""

    number: int
    first: int
    records: tuple[Record, ...]

    @property
    def name(self) -> str:
        """The file that holds the outcome; it names the content, so that a changed corpus is noticed."""
        digest = hashlib.blake2b(digest_size=8)
        for record in self.records:
            digest.update(record.digest())
        return f"{self.number:08d}-{digest.hexdigest()}.zip"


def cut(records: Iterable[Record], size: int = ARTICLES) -> Iterator[Batch]:
    """Cut a stream of records into batches of at most `size` articles or 128 Ki characters."""
    number = first = held = 0
    batch: list[Record] = []
    for record in records:
        batch.append(record)
        held += record.size
        if len(batch) == size or held >= CHARACTERS:
            yield Batch(number, first, tuple(batch))
            number, first, held, batch = number + 1, first + len(batch), 0, []
    if batch:
        yield Batch(number, first, tuple(batch))


#: A Dask worker may have several threads; parsers and models are made for one.
_ALONE = threading.Lock()
_parsers: dict[bytes, Parser] = {}


def _parser(make: MakeParser) -> Parser:
    """Return this process's parser; its models are loaded once, whatever copy of `make` a batch brings."""
    key = pickle.dumps(make)
    if key not in _parsers:
        _parsers.clear()
        _parsers[key] = make()
        gc.collect()
        gc.freeze()  # later collections need not look at the models
    return _parsers[key]


def work(batch: Batch, make: MakeParser) -> bytes:
    """Read, parse and tabulate one batch.

    Parameters
    ----------
    batch : Batch
    make : callable
        Makes the parser, once for each worker.

    Returns
    -------
    bytes
        A ZIP file of Arrow tables, fingerprints for the search of duplicates, and rejected records.
    """
    with _ALONE:
        return _work(batch, _parser(make))


def _work(batch: Batch, parser: Parser) -> bytes:
    parsed: list[Parsed] = []
    numbers: list[int] = []
    rejects: list[dict[str, Any]] = []
    for number, record in enumerate(batch.records, start=batch.first):
        try:
            parsed.append(parser.parse(article(record)))
            numbers.append(number)
        except (MissingExtraError, DataError):
            raise
        except InputError as error:
            rejects.append(_reject(record, str(error)))
        except Exception as error:  # one article must not end a run of millions
            rejects.append(_reject(record, f"the parser failed: {type(error).__name__}: {error}"))
    outcome = _pack(parsed, numbers, rejects, parser.gazetteer.version)
    gc.collect()  # keeps the worker's memory flat: frames leave cycles behind
    return outcome


def _reject(record: Record, reason: str) -> dict[str, Any]:
    return {"path": record.path, "line": record.line or None, "reason": reason}


class _Unshaped:
    """Stands in for the gazetteer in a batch, where polygons would be repeated a thousand times."""

    def __init__(self, version: str) -> None:
        self.version = version

    def geometry(self, place: Place) -> None:
        """Leave the shape to the end of the run."""


def _pack(parsed: list[Parsed], numbers: list[int], rejects: list[dict[str, Any]], version: str) -> bytes:
    gazetteer: Any = _Unshaped(version)
    rows = table_rows(parsed, gazetteer)
    more: dict[str, dict[str, Any]] = {
        "articles": {"record": numbers},
        "events": {
            "record": np.repeat(numbers, [sum(max(1, len(e.places)) for e in p.events) for p in parsed]),
            "key": duplicates.event_keys(rows["events"]),
        },
        "mentions": {"record": np.repeat(numbers, [len(p.resolutions) for p in parsed])},
        "places": {},
    }
    files = {f"{name}.arrow": _arrow(name, rows[name], more[name]) for name in TABLES}
    files["rejects.jsonl"] = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rejects).encode()
    for name, array in duplicates.marks([item.article for item in parsed]).items():
        files[f"{name}.npy"] = _npy(array)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content)
    return packed.getvalue()


def _arrow(name: str, rows: list[dict[str, Any]], more: dict[str, Any]) -> bytes:
    """Return one table as an Arrow file; `record` in `more` tells which record of the corpus a row is."""
    columns: dict[str, Any] = {column: [row[column] for row in rows] for column in TABLES[name]}
    if "geometry" in columns:
        columns["geometry"] = shapely.to_wkb(np.array(columns["geometry"], dtype=object))
    table = pa.table(columns | more, schema=arrow_schema(name, *more))
    sink = io.BytesIO()
    feather.write_feather(table, sink, compression="zstd")
    return sink.getvalue()


def _npy(array: NDArray[Any]) -> bytes:
    sink = io.BytesIO()
    np.save(sink, array, allow_pickle=False)
    return sink.getvalue()


def rejected(packed: bytes) -> int:
    """Return how many records of an outcome were rejected."""
    return Outcome(io.BytesIO(packed)).rejects().count(b"\n")


class Outcome:
    """The outcome of a batch, opened."""

    def __init__(self, packed: Any) -> None:
        self._archive = zipfile.ZipFile(packed)

    def table(self, name: str, columns: list[str] | None = None) -> pa.Table:
        """Return one of the tables."""
        return feather.read_table(io.BytesIO(self._archive.read(f"{name}.arrow")), columns=columns)

    def rejects(self) -> bytes:
        """Return the rejected records as lines of JSON."""
        return self._archive.read("rejects.jsonl")

    def mark(self, name: str) -> NDArray[Any]:
        """Return one of the fingerprints that :func:`dateline.geo.corpus.duplicates.marks` made."""
        array: NDArray[Any] = np.load(io.BytesIO(self._archive.read(f"{name}.npy")), allow_pickle=False)
        return array
