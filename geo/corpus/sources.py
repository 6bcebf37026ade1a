"""Where a corpus lies: files, folders and URLs, opened as bounded streams, compressed or not."""

from __future__ import annotations

import glob
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from dateline.errors import InputError, MissingExtraError
from dateline.geo.corpus import store
from dateline.geo.formats import FORMATS, suffixes

#: No line, row, page or text file longer than this many bytes is read; it is rejected, and the run goes on.
MAX_RECORD = 4 * 1024 * 1024

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
        One of the values of :data:`dateline.geo.formats.FORMATS`; empty when no reader knows it.
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
        return suffixes(self.path)[0]

    @property
    def compression(self) -> str:
        """``gzip``, ``zstd`` or empty."""
        return suffixes(self.path)[1]


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


#: Called with what was found out, such as what was passed over.
Say = Callable[[str], None]


def find(inputs: list[str], say: Say = lambda _: None) -> list[Source]:
    """Return the files and URLs that the inputs name, in an order that depends on nothing but their names.

    Parameters
    ----------
    inputs : list of str
        Files, folders, glob patterns, URLs (``https://``, ``s3://`` and others of fsspec).  A web address
        that ends like no known format is a feed.
    say : callable
        Told which folders hold the outcome of a run, which is passed over.

    Raises
    ------
    InputError
        If one names nothing, or nothing that can be read.
    """
    found = [source for name in inputs for source in _expand(name, say)]
    if not any(source.format for source in found):
        raise InputError(
            f"{', '.join(inputs)}: no file of a known format; a corpus is made of "
            f"{' '.join(sorted(FORMATS))} files, each also as .gz or .zst"
        )
    return found


def _expand(name: str, say: Say) -> Iterator[Source]:
    if "://" in name:
        yield _remote(name)
        return
    paths = (
        [Path(name)] if Path(name).exists() else [Path(p) for p in sorted(glob.glob(name, recursive=True))]
    )
    if not paths:
        raise InputError(f"{name}: no such file or folder; check the path")
    for path in paths:
        for file in _walk(path, say) if path.is_dir() else [path]:
            yield Source(file.as_posix(), FORMATS.get(suffixes(file.name)[0], ""), file.stat().st_size)


def _walk(folder: Path, say: Say) -> Iterator[Path]:
    """Return the files below a folder by name, without hidden ones, READMEs and the outcome of runs."""
    own: set[Path] = set()
    for root, folders, files in os.walk(folder):
        if ours := store.own_files(Path(root)):
            own |= ours
            say(f"{root}: holds the outcome of a run, which is not read again")
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths = (Path(root) / name for name in sorted(files) if not name.startswith((".", "README")))
        yield from (path for path in paths if path not in own)


def _remote(url: str) -> Source:
    known = FORMATS.get(suffixes(url.split("?")[0])[0], "")
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
