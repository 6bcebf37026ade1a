"""The bundle on disk: columns of places and an index of names, memory-mapped and checked.

A bundle is a folder: ``manifest.json`` (versions, counts, sources, the SHA-256 of every file, where each
array lies), ``places.bin`` and ``names.bin`` (numpy arrays one after the other), ``names.marisa`` (normalised
name -> number), ``labels.bin`` (text) and ``shapes.bin`` (polygons).  Memory maps make opening instant and
let all processes of a machine share one copy.
"""

from __future__ import annotations

import hashlib
import json
import mmap
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from dateline.errors import DataError

FORMAT = 1
FILES = ("places.bin", "names.bin", "names.marisa", "labels.bin", "shapes.bin")
REBUILD = "remake it with: dateline gazetteer build"

#: What a name is to its place; the index keeps one of these numbers with every (name, place).
#: A spelling is an alternate name that resembles the primary one (Kiev for Kyiv).
PRIMARY, SPELLING, ALTERNATE, ABBREVIATION, DEMONYM, DEMONYM_PLURAL, HISTORIC = range(7)
NAME_KINDS = ("primary", "spelling", "alternate", "abbreviation", "demonym", "demonym-plural", "historic")
#: How much less likely a place is meant by such a name than by its primary one, in steps of importance.
NAME_PENALTY = (0.0, 0.03, 0.12, 0.05, 0.05, 0.05, 0.12)


@dataclass(frozen=True, slots=True)
class Columns:
    """The places as parallel arrays, indexed by row; read-only.

    `feature_class` holds the ASCII number of the letter; `feature_code`, `country` and `source` are indices
    into the lists of the same names in :attr:`Store.tables`; `admin1`, `admin2` are rows, -1 where unknown;
    `importance` (0 to 1) says how likely the place is meant when only its name is known.
    """

    lat: NDArray[np.float32]
    lon: NDArray[np.float32]
    population: NDArray[np.uint32]
    importance: NDArray[np.float32]
    feature_class: NDArray[np.uint8]
    feature_code: NDArray[np.uint16]
    country: NDArray[np.uint16]
    admin1: NDArray[np.int32]
    admin2: NDArray[np.int32]
    radius_km: NDArray[np.float32]
    source: NDArray[np.uint8]
    key: NDArray[np.int64]


class Store:
    """An open bundle.

    Parameters
    ----------
    folder : Path

    Raises
    ------
    DataError
        If a file is missing, truncated or edited.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = _manifest(folder)
        self._maps = {name: _mapped(folder / name, self.manifest["files"][name]) for name in FILES}
        self.columns = Columns(**{name: self.array(name) for name in Columns.__dataclass_fields__})
        self.tables: dict[str, list[str]] = self.manifest["tables"]
        self.trie = marisa_trie.Trie()
        self.trie.mmap(str(folder / "names.marisa"))
        self.name_offsets = self.array("name_offsets")
        self.name_rows = self.array("name_rows")
        self.name_kinds = self.array("name_kinds")
        self._label_offsets = self.array("label_offsets")
        self._sources = self.array("source_offsets")

    def __len__(self) -> int:
        return len(self.columns.lat)

    def array(self, name: str) -> NDArray[Any]:
        """Return a stored array without copying it."""
        entry = self.manifest["arrays"][name]
        count = int(np.prod(entry["shape"]))
        array = np.frombuffer(
            self._maps[entry["file"]], dtype=entry["dtype"], count=count, offset=entry["offset"]
        )
        return array.reshape(entry["shape"])

    def bytes(self, file: str, start: int, end: int) -> bytes:
        """Return a slice of one of the files."""
        return bytes(memoryview(self._maps[file])[start:end])

    def label(self, row: int) -> str:
        """Return the name to show of a place."""
        start, end = self._label_offsets[row : row + 2]
        return self.bytes("labels.bin", int(start), int(end)).decode()

    def id(self, row: int) -> str:
        """Return the id of the place in a row."""
        source = self.tables["source"][self.columns.source[row]]
        key = int(self.columns.key[row])
        return f"{source}:{self.tables['key'][key] if source not in ('geonames', 'wof') else key}"

    def row(self, id: str) -> int:
        """Return the row of an id, -1 if the bundle lacks it."""
        source, _, key = id.partition(":")
        tables = self.tables
        if source not in tables["source"]:
            return -1
        number = tables["source"].index(source)
        start, end = (int(n) for n in self._sources[number : number + 2])
        if source in ("geonames", "wof"):
            if not key.isdecimal() or len(key) > 15:
                return -1
            wanted = int(key)
        else:
            wanted = self._key_number(key)
        found = start + int(np.searchsorted(self.columns.key[start:end], wanted))
        return found if found < end and self.columns.key[found] == wanted else -1

    def _key_number(self, key: str) -> int:
        """Return the number of a key that is a word (the list is sorted), -1 if there is none."""
        keys = self.tables["key"]
        low, high = 0, len(keys)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if keys[middle] < key else (low, middle)
        return low if low < len(keys) and keys[low] == key else -1


def _manifest(folder: Path) -> dict[str, Any]:
    """Read and check the manifest."""
    path = folder / "manifest.json"
    try:
        manifest = json.loads(path.read_text("utf-8"))
        if manifest["format"] != FORMAT:
            raise DataError(f"{path}: written by another version of Dateline; {REBUILD}")
        missing = set(FILES) - set(manifest["files"])
        assert not missing, missing
    except FileNotFoundError:
        raise DataError(f"{path}: the gazetteer is missing; {REBUILD}") from None
    except (OSError, ValueError, KeyError, TypeError, AssertionError):
        raise DataError(f"{path}: the gazetteer is damaged; {REBUILD}") from None
    result: dict[str, Any] = manifest
    return result


def _mapped(path: Path, entry: dict[str, Any]) -> mmap.mmap:
    """Map a file into memory after checking its size and its checksum."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            if file.tell() != entry["bytes"] or digest != entry["sha256"]:
                raise DataError(f"{path}: the gazetteer is damaged; {REBUILD}")
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError:
        raise DataError(f"{path}: the gazetteer is incomplete; {REBUILD}") from None
