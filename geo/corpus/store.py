"""What a run leaves in its folder: GeoParquet tables, a manifest written last, and a lock while it works."""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa

from dateline import schema
from dateline.errors import InputError, OutputError
from dateline.geo.result import CRS

#: Version of the folder's layout; a folder of another version is refused.
VERSION = 1
MANIFEST = "manifest.json"
REJECTS = "rejects.jsonl"
DUPLICATES = "duplicates.jsonl"
WORK = ".run"
TABLES = {
    "articles": schema.ARTICLES,
    "events": schema.EVENTS,
    "mentions": schema.MENTIONS,
    "places": schema.PLACES,
}

#: Columns that only a corpus has: `events.duplicate_of` is the event whose row speaks for this one.
EXTRA = {"events": ("duplicate_of",), "articles": (), "mentions": (), "places": ()}

_WHOLE = {
    "key",
    *("trigger_start", "trigger_end", "quote_start", "quote_end", "fatalities", "injured", "affected"),
    *("reports", "n_chars", "n_mentions", "n_events", "population", "record"),
}
_REAL = {"radius_km", "confidence", "score", "probability", "lat", "lon"}


def arrow_schema(table: str, *more: str) -> pa.Schema:
    """Return the types of a table's columns; `more` names columns beside those of docs/schema.md."""
    return pa.schema([(name, _type(table, name)) for name in (*TABLES[table], *more)])


def _type(table: str, name: str) -> pa.DataType:
    if name == "geometry":
        return pa.binary()
    if name in _WHOLE or (table == "mentions" and name in ("start", "end")):
        return pa.int64()
    if name in ("published", "start", "end"):
        return pa.timestamp("us", tz="UTC")
    return pa.float64() if name in _REAL else pa.string()


def to_frame(table: pa.Table) -> pd.DataFrame:
    """Return an Arrow table as a (geo)frame with the types of docs/schema.md."""
    frame = table.to_pandas(types_mapper={pa.string(): pd.StringDtype("pyarrow", na_value=float("nan"))}.get)
    frame = frame.astype({name: "Int64" for name in ("fatalities", "injured", "affected") if name in frame})
    if "geometry" not in frame:
        return frame
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries.from_wkb(frame["geometry"], crs=CRS), crs=CRS)


def write_table(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as (Geo)Parquet, whole or not at all."""
    with whole_file(path) as temporary:
        if isinstance(frame, gpd.GeoDataFrame):
            frame.to_parquet(
                temporary, index=False, compression="zstd", write_covering_bbox=True, schema_version="1.1.0"
            )
        else:
            frame.to_parquet(temporary, index=False, compression="zstd")


def write_bytes(data: bytes, path: Path) -> None:
    """Write a file, whole or not at all."""
    with whole_file(path) as temporary:
        temporary.write_bytes(data)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary name to write to, and rename it when all is on the disk.

    Raises
    ------
    OutputError
        If the disk is full or the folder cannot be written to.
    """
    temporary = path.with_name(f".{path.name}.partial")
    try:
        yield temporary
        with open(temporary, "rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise cannot_write(path, error) from None


def cannot_write(path: Path, error: OSError) -> OutputError:
    """Return the error that says why a file cannot be written and what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        mend = "the disk is full; free some space and run the same command again: what is finished stays"
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        mend = "no permission to write there; choose another folder"
    else:
        mend = error.strerror or str(error)
    return OutputError(f"{path}: cannot be written: {mend}")


def read_manifest(directory: Path) -> dict[str, Any] | None:
    """Return the manifest of a finished run, None if there is none.

    Raises
    ------
    InputError
        If it is damaged, or of another version of the layout.
    """
    return _read_description(directory / MANIFEST)


def own_files(directory: Path) -> set[Path]:
    """Return the files that a run left in its folder, finished or not; none of a folder that holds no run."""
    if not _is_run(directory):
        return set()
    lists = (directory / name for name in (MANIFEST, REJECTS, DUPLICATES))
    return {*lists, *(part for name in TABLES for part in (directory / name).glob("part-*.parquet"))}


def _is_run(directory: Path) -> bool:
    if (directory / WORK).is_dir():
        return True
    try:
        manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and {"version", "dateline", "tables"} <= manifest.keys()


def _read_description(path: Path) -> dict[str, Any] | None:
    try:
        description = json.loads(path.read_text(encoding="utf-8"))
        version = description["version"]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(f"{path}: is damaged; run the corpus into a new folder") from None
    if version != VERSION:
        raise InputError(
            f"{path.parent}: was written in layout {version}, this Dateline reads layout {VERSION}; "
            "install the Dateline that wrote it, or run the corpus into a new folder"
        )
    assert isinstance(description, dict)
    return description


def as_json(description: Any) -> bytes:
    """Return a description as JSON, the same bytes for the same content."""
    return (json.dumps(description, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


class Folder:
    """A run's folder while the run owns it; use it as a context manager.

    Parameters
    ----------
    directory : Path
        Made if missing; must be empty or an earlier run's.
    settings : dict
        What decides the outcome; an earlier run with other settings is refused.

    Raises
    ------
    OutputError
        If another run works in it, other files lie in it, or it cannot be written to.
    InputError
        If an earlier run with other settings, or another version, lies in it.
    """

    def __init__(self, directory: Path, settings: dict[str, Any]) -> None:
        self.path = directory
        self.settings = settings
        self.work = directory / WORK
        self.batches = self.work / "batches"
        self._lock: Any = None

    @property
    def finished(self) -> bool:
        """Whether the manifest, which is written last, is there."""
        return (self.path / MANIFEST).exists()

    def __enter__(self) -> Folder:
        try:
            self._claim()
        except BaseException:
            self._release()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        self._release()

    def _claim(self) -> None:
        directory = self.path
        if directory.exists() and not directory.is_dir():
            raise OutputError(f"{directory}: is a file; name a new folder")
        before = read_manifest(directory)
        if before is None and not self.work.exists() and directory.exists() and any(directory.iterdir()):
            raise OutputError(f"{directory}: holds other files; name a new folder")
        if before is None:
            try:
                self.batches.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise cannot_write(directory, error) from None
        if self.work.exists():
            self._lock = _lock(self.work / "lock")
        before = before or _read_description(self.work / "settings.json")
        if before and before["settings"] != self.settings:
            if self.finished or any(self.batches.iterdir()):
                raise InputError(f"{directory}: {_difference(before['settings'], self.settings)}")
            shutil.rmtree(self.work / "feeds", ignore_errors=True)  # nothing was done: a column mistyped, say
            before = None
        if not before:
            write_bytes(as_json({"version": VERSION, "settings": self.settings}), self.work / "settings.json")

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def clean(self) -> None:
        """Remove the working files of a finished run."""
        shutil.rmtree(self.work, ignore_errors=True)


def _difference(before: dict[str, Any], now: dict[str, Any]) -> str:
    for name in sorted(before.keys() | now.keys()):
        if before.get(name) != now.get(name):
            return (
                f"an earlier run in this folder had {name} {before.get(name)!r}, "
                f"now it is {now.get(name)!r}; name a new folder"
            )
    return "an earlier run in this folder had other settings; name a new folder"


def _lock(path: Path) -> Any:
    """Lock a file as long as this process lives; the system lets go of it even after ``kill -9``."""
    try:
        file = open(path, "a+b")  # noqa: SIM115 - stays open as long as the run owns the folder
    except OSError as error:
        raise cannot_write(path, error) from None
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise OutputError(
            f"{path.parent.parent}: another run is working in this folder; wait for it or name another folder"
        ) from None
    return file
