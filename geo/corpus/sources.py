"""Where a corpus lies: files, folders and URLs, opened as bounded streams, compressed or not."""

from __future__ import annotations

import glob
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from dateline.errors import InputError, MissingExtraError

#: No line, row, page or text file longer than this many bytes is read; it is rejected, and the run goes on.
MAX_RECORD = 4 * 1024 * 1024

#: Extension -> format; any of them may end in .gz or .zst besides (Parquet compresses itself).
FORMATS = {
    **dict.fromkeys((".jsonl", ".ndjson", ".json"), "jsonl"),
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **dict.fromkeys((".parquet", ".pq"), "parquet"),
    ".txt": "text",
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".rss", ".atom", ".xml"), "feed"),
    ".warc": "warc",
}
_COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
_SKIP = 1024 * 1024
_STEP = 1024  # where a stream breaks off, so much before the break is lost at most


@dataclass(frozen=True, slots=True)
class Source:
    """One file or URL of a corpus.

    Parameters
    ----------
    path : str
        As it goes into the tables: what the user wrote, and the file's way below it.
    format : str
        One of the values of :data:`FORMATS`; empty when no reader knows it.
    size : int
        Bytes as stored, 0 when unknown.
    location : str
        Where to open it, when that is not `path` (a feed's local copy).
    """

    path: str
    format: str
    size: int = 0
    location: str = ""

    @property
    def suffix(self) -> str:
        """The extension below a compression's own, such as ``.jsonl``."""
        return _suffixes(self.path)[0]

    @property
    def compression(self) -> str:
        """``gzip``, ``zstd`` or empty."""
        return _suffixes(self.path)[1]


@dataclass(slots=True)
class Meter:
    """How many stored bytes have been read, for the progress line."""

    total: int = 0
    before: int = 0
    raw: Any = field(default=None, repr=False)

    @property
    def done(self) -> int:
        """Bytes read so far."""
        try:
            return self.before + (self.raw.tell() if self.raw is not None else 0)
        except (OSError, ValueError):
            return self.before


def find(inputs: list[str]) -> list[Source]:
    """Return the files and URLs that the inputs name, in an order that depends on nothing but their names.

    Parameters
    ----------
    inputs : list of str
        Files, folders, glob patterns, URLs (``https://``, ``s3://`` and others of fsspec).  A web address
        that ends like no known format is a feed.

    Raises
    ------
    InputError
        If one names nothing, or nothing that can be read.
    """
    found = [source for name in inputs for source in _expand(name)]
    if not any(source.format for source in found):
        raise InputError(
            f"{', '.join(inputs)}: no file of a known format; a corpus is made of "
            f"{' '.join(sorted(FORMATS))} files, each also as .gz or .zst"
        )
    return found


def _expand(name: str) -> Iterator[Source]:
    if "://" in name:
        yield _remote(name)
        return
    paths = (
        [Path(name)] if Path(name).exists() else [Path(p) for p in sorted(glob.glob(name, recursive=True))]
    )
    if not paths:
        raise InputError(f"{name}: no such file or folder; check the path")
    for path in paths:
        for file in _walk(path) if path.is_dir() else [path]:
            yield Source(file.as_posix(), FORMATS.get(_suffixes(file.name)[0], ""), file.stat().st_size)


def _walk(folder: Path) -> Iterator[Path]:
    """Return the files below a folder, sorted by name, hidden ones left out."""
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root) / name for name in sorted(files) if not name.startswith("."))


def _remote(url: str) -> Source:
    known = FORMATS.get(_suffixes(url.split("?")[0])[0], "")
    if url.startswith(("http://", "https://")) and known in ("", "html"):
        return Source(url, "feed")
    return Source(url, known, _remote_size(url))


def _remote_size(url: str) -> int:
    fsspec = _fsspec()
    try:
        filesystem, path = fsspec.core.url_to_fs(url)
        return int(filesystem.size(path) or 0)
    except ImportError as error:
        raise InputError(f"{url}: {error}") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{url}: cannot be opened ({error}); check the address") from None


def _fsspec() -> Any:
    try:
        import fsspec
    except ImportError:
        raise MissingExtraError("reading remote corpora", "corpus") from None
    return fsspec


def _suffixes(name: str) -> tuple[str, str]:
    path = PurePosixPath(name.lower())
    compression = _COMPRESSIONS.get(path.suffix, "")
    return (PurePosixPath(path.stem).suffix if compression else path.suffix), compression


@contextmanager
def opened(source: Source, meter: Meter) -> Iterator[BinaryIO]:
    """Open a source as a stream of its decompressed bytes.

    A compressed stream that breaks off raises OSError where it does.
    """
    location = source.location or source.path
    with _fsspec().open(location, "rb") if "://" in location else open(location, "rb") as raw:
        meter.raw = raw
        try:
            if source.compression and source.format != "parquet":
                yield cast(BinaryIO, io.BufferedReader(_Decompressed(raw, source.compression), _SKIP))
            else:
                yield raw
        finally:
            meter.before, meter.raw = meter.before + source.size, None


class _Decompressed(io.RawIOBase):
    """Arrow's decompression as a plain Python stream; unlike others it tells a truncated .zst."""

    def __init__(self, raw: BinaryIO, codec: str) -> None:
        import pyarrow as pa

        self._stream = pa.CompressedInputStream(pa.PythonFile(raw, mode="r"), codec)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        chunk: bytes = self._stream.read(min(len(buffer), _STEP))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def bounded_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Return the number and the bytes of each line; None for one beyond :data:`MAX_RECORD`.

    Such a line is skipped piece by piece and never held as a whole.
    """
    number = 0
    while line := stream.readline(MAX_RECORD + 1):
        number += 1
        if len(line) <= MAX_RECORD:
            yield number, line
            continue
        while not line.endswith(b"\n") and line:
            line = stream.readline(_SKIP)
        yield number, None
