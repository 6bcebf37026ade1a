"""The bundle: columns of places and an index of names, memory-mapped and checked.

A bundle on disk is a folder: ``manifest.json`` (versions, counts, sources, the SHA-256 of every file, where
each array lies), ``places.bin`` and ``names.bin`` (numpy arrays one after the other), ``names.marisa``
(normalised name -> number), ``labels.bin`` (names to show), ``tags.bin`` (names by language) and
``shapes.bin``
(polygons).  Memory maps make opening instant and let all processes of a machine share one copy.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import zlib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from dateline.errors import DataError

FORMAT = 3
FILES = ("places.bin", "names.bin", "names.marisa", "labels.bin", "tags.bin", "shapes.bin")
REBUILD = "remake it with: dateline gazetteer build"

#: What a name is to its place; the index keeps one of these numbers with every (name, place).
#: A spelling is an alternate name that resembles the primary one (Kiev for Kyiv); a contested one is another
#: place's own name (Uman, a city, for Oman).
PRIMARY, SPELLING, ALTERNATE, ABBREVIATION, DEMONYM, DEMONYM_PLURAL, HISTORIC, CONTESTED = range(8)
NAME_KINDS = (
    "primary", "spelling", "alternate", "abbreviation", "demonym", "demonym-plural", "historic", "contested",
)  # fmt: skip
#: How much less likely a place is meant by such a name than by its primary one, in steps of importance.
NAME_PENALTY = (0.0, 0.08, 0.2, 0.05, 0.05, 0.05, 0.15, 0.5)

#: Sources whose keys are numbers; the keys of the others are words.
NUMBERED = ("geonames", "wof", "postal")
#: Places that share one compressed block of names by language.
BLOCK = 64


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
    key: NDArray[np.uint32]


class Store:
    """Places and names, in files or in memory.

    Parameters
    ----------
    manifest : dict
        With ``version``, ``info`` and ``tables``.
    arrays : mapping of str to array
    blobs : mapping of str to bytes or a memory map
        ``labels.bin``, ``tags.bin``, ``shapes.bin``.
    trie : marisa_trie.Trie
        Normalised name -> number.
    """

    def __init__(
        self,
        manifest: dict[str, Any],
        arrays: Mapping[str, NDArray[Any]],
        blobs: Mapping[str, bytes | mmap.mmap],
        trie: marisa_trie.Trie,
    ) -> None:
        self.manifest, self.arrays, self.blobs, self.trie = manifest, arrays, blobs, trie
        self.tables: dict[str, list[str]] = manifest["tables"]
        self.columns = Columns(**{name: arrays[name] for name in Columns.__dataclass_fields__})
        self.country_rows = arrays["country_rows"]
        # Stored as lengths, which compress to a fifth of what the offsets would.
        self._name_offsets, self._name_rows = offsets(arrays["name_counts"]), arrays["name_rows"]
        self._name_kinds, self._label_offsets = arrays["name_kinds"], offsets(arrays["label_counts"])

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open a bundle on disk.

        Raises
        ------
        DataError
            If a file is missing, truncated or edited.
        """
        manifest = _manifest(folder)
        maps = {name: _mapped(folder / name, manifest["files"][name]) for name in FILES}
        arrays = {
            name: np.frombuffer(
                maps[entry["file"]],
                dtype=entry["dtype"],
                count=int(np.prod(entry["shape"])),
                offset=entry["offset"],
            ).reshape(entry["shape"])
            for name, entry in manifest["arrays"].items()
        }
        trie = marisa_trie.Trie()
        trie.mmap(str(folder / "names.marisa"))
        return cls(manifest, arrays, maps, trie)

    def __len__(self) -> int:
        return len(self.columns.lat)

    # -- names ---------------------------------------------------------------------------------------------

    def known(self, key: str) -> bool:
        """Return whether a normalised name is stored."""
        return key in self.trie

    def has_prefix(self, prefix: str) -> bool:
        """Return whether a stored name begins so."""
        return next(self.trie.iterkeys(prefix), None) is not None

    def keys(self, prefix: str) -> list[str]:
        """Return the stored names that begin so."""
        found: list[str] = self.trie.keys(prefix)
        return found

    def entries(self, key: str) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """Return the rows and the kinds of a stored name, likeliest first."""
        number = self.trie[key]
        start, end = self._name_offsets[number], self._name_offsets[number + 1]
        return self._name_rows[start:end], self._name_kinds[start:end]

    def names(self, row: int) -> list[tuple[str, int]]:
        """Return all stored (normalised) names of a place with their kinds; takes about a millisecond."""
        entries = np.flatnonzero(self._name_rows == row)
        numbers = np.searchsorted(self._name_offsets, entries, side="right") - 1
        kinds = self._name_kinds[entries].tolist()
        return [(self.trie.restore_key(int(n)), kind) for n, kind in zip(numbers, kinds, strict=True)]

    def tagged(self, row: int) -> list[tuple[str, str]]:
        """Return the names of a place whose language is known, as (language, name)."""
        offsets = self.arrays["tag_offsets"]
        at = _position(self.arrays["tag_rows"], row)
        if at < 0:
            return []
        block, line = divmod(at, BLOCK)
        data = zlib.decompress(self._bytes("tags.bin", int(offsets[block]), int(offsets[block + 1])))
        pairs = (field.split("\t", 1) for field in data.decode().split("\n")[line].split("\r"))
        return [(language, name) for language, name in pairs]

    # -- places --------------------------------------------------------------------------------------------

    def label(self, row: int) -> str:
        """Return the name to show of a place."""
        return self._bytes("labels.bin", self._label_offsets[row], self._label_offsets[row + 1]).decode()

    def id(self, row: int) -> str:
        """Return the id of the place in a row."""
        source = self.tables["source"][self.columns.source[row]]
        key = int(self.columns.key[row])
        return f"{source}:{key if source in NUMBERED else self.tables['key'][key]}"

    def row(self, id: str) -> int:
        """Return the row of an id, -1 if there is none."""
        source, _, key = id.partition(":")
        if source not in self.tables["source"]:
            return -1
        number = self.tables["source"].index(source)
        start, end = (int(n) for n in self.arrays["source_offsets"][number : number + 2])
        if source in NUMBERED:
            if not (key.isascii() and key.isdecimal() and len(key) <= 15):
                return -1
            wanted = int(key)
        else:
            wanted = self._key_number(key)
        return _position(self.columns.key, wanted, start, end)

    def _key_number(self, key: str) -> int:
        """Return the number of a key that is a word (the list is sorted), -1 if there is none."""
        keys = self.tables["key"]
        low, high = 0, len(keys)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if keys[middle] < key else (low, middle)
        return low if low < len(keys) and keys[low] == key else -1

    def shape(self, row: int) -> bytes | None:
        """Return the coded shape of a place, None where it has none."""
        at, offsets = _position(self.arrays["shape_rows"], row), self.arrays["shape_offsets"]
        return self._bytes("shapes.bin", offsets[at], offsets[at + 1]) if at >= 0 else None

    def bounds(self, row: int) -> tuple[float, float, float, float] | None:
        """Return the (west, south, east, north) of a place's shape, None where it has none."""
        at = _position(self.arrays["shape_rows"], row)
        if at < 0:
            return None
        west, south, east, north = self.arrays["shape_bounds"][at].tolist()
        return round(west, 3), round(south, 3), round(east, 3), round(north, 3)

    def _bytes(self, blob: str, start: int, end: int) -> bytes:
        return self.blobs[blob][int(start) : int(end)]


def offsets(lengths: Sequence[int] | NDArray[np.unsignedinteger[Any]]) -> NDArray[np.uint32]:
    """Return where each of the things of these lengths begins, and where the last one ends."""
    ends = np.zeros(len(lengths) + 1, np.uint32)
    np.cumsum(lengths, dtype=np.uint32, out=ends[1:])
    return ends


def _position(values: NDArray[np.integer[Any]], wanted: int, start: int = 0, end: int | None = None) -> int:
    """Return where a value stands among ascending ones, -1 if it is none of them."""
    end = len(values) if end is None else end
    # not searchsorted, which would convert all values to the type of `wanted` first
    at = bisect_left(values, wanted, start, end)
    return at if at < end and values[at] == wanted else -1


def _manifest(folder: Path) -> dict[str, Any]:
    """Read and check the manifest."""
    path = folder / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(path.read_text("utf-8"))
        version = manifest["format"]
        complete = set(FILES) <= set(manifest["files"]) and {"arrays", "tables", "info", "version"} <= set(
            manifest
        )
    except FileNotFoundError:
        raise DataError(f"{path}: the gazetteer is missing; {REBUILD}") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise DataError(f"{path}: the gazetteer is damaged; {REBUILD}") from None
    if version != FORMAT:
        raise DataError(f"{path}: written by another version of Dateline; {REBUILD}")
    body = json.dumps(
        {k: v for k, v in manifest.items() if k != "sha256"}, ensure_ascii=False, sort_keys=True
    )
    if not complete or hashlib.sha256(body.encode()).hexdigest() != manifest.get("sha256"):
        raise DataError(f"{path}: the gazetteer is damaged; {REBUILD}")
    return manifest


def _mapped(path: Path, entry: dict[str, Any]) -> mmap.mmap | bytes:
    """Map a file into memory after checking its size and its checksum."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            if file.tell() != entry["bytes"] or digest != entry["sha256"]:
                raise DataError(f"{path}: the gazetteer is damaged; {REBUILD}")
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if entry["bytes"] else b""
    except FileNotFoundError:
        raise DataError(f"{path}: the gazetteer is incomplete; {REBUILD}") from None
