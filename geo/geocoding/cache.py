"""What geocoders answered, remembered in one SQLite file that all of a user's processes share.

The file also keeps what only together makes a polite client: when a host may be asked next, and which
question a process is asking right now.  Every change is a transaction of its own, so a crash or Ctrl-C loses
nothing answered.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

import platformdirs

from dateline.errors import InputError, OutputError
from dateline.gazetteer import Place
from dateline.geo.geocoding.services import LIMIT, Question

#: Part of the keys: raise it when answers are asked for or read in another way.
_READING = 1

#: A host asking to wait longer than this is not believed (its clock or ours is wrong).
_LONGEST_PAUSE = 86_400.0

_TABLES = """
CREATE TABLE IF NOT EXISTS answers (
    service TEXT, name TEXT, countries TEXT, asked REAL, expires REAL, complete INTEGER, places TEXT,
    PRIMARY KEY (service, name, countries)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS asking (
    service TEXT, name TEXT, countries TEXT, owner TEXT, until REAL, PRIMARY KEY (service, name, countries)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS hosts (host TEXT PRIMARY KEY, free REAL) WITHOUT ROWID;
"""
_RELEASE = "DELETE FROM asking WHERE service = ? AND name = ? AND countries = ? AND owner = ?"
# A claim far in the future was made while the clock was wrong.
_CLAIM = (
    "INSERT INTO asking VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT DO UPDATE SET owner = excluded.owner, until = excluded.until "
    "WHERE asking.owner = excluded.owner OR asking.until <= ? OR asking.until > ?"
)
_PAUSE = "INSERT INTO hosts VALUES (?, ?) ON CONFLICT DO UPDATE SET free = max(free, excluded.free)"

Result = TypeVar("Result")


def default_path() -> Path:
    """Return where answers are remembered: ``geocoding.sqlite`` in the user's cache directory."""
    return Path(platformdirs.user_cache_dir("dateline", appauthor=False)) / "geocoding.sqlite"


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """What a cache holds: answers, how many of them say "no such place", how many have expired; its size."""

    path: Path
    answers: int
    negative: int
    expired: int
    bytes: int


class Cache:
    """Answers of one service.

    Parameters
    ----------
    path : pathlib.Path or None
        The file; None for memory only.
    service : str
        What tells the answers of one service, server and language from another's.
    keep, keep_none : float
        Seconds that answers, and the lack of one, are good for.

    Notes
    -----
    A file that cannot be used (read-only, damaged, full disk) never stops a run: the cache then lives in
    memory, and `note` says why.
    """

    def __init__(self, path: Path | None, service: str, *, keep: float, keep_none: float) -> None:
        self.note = ""
        self._path = path
        self._service = f"{service} #{_READING}"
        self._keep, self._keep_none = keep, keep_none
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None
        self._owner = 0
        self._name = uuid.uuid4().hex

    def get(self, question: Question) -> tuple[Place, ...] | None:
        """Return the remembered answer, or None.

        An answer about more countries, if it was complete, answers a question about fewer as well.
        """
        rows = self._transact(
            lambda connection: connection.execute(
                "SELECT countries, complete, places FROM answers "
                "WHERE service = ? AND name = ? AND expires > ?",
                (self._service, question.name.casefold(), time.time()),
            ).fetchall()
        )
        wanted = set(question.countries)
        for countries, complete, places in sorted(rows):
            asked = set(countries.split())
            if asked == wanted:
                return _load(places)
            if complete and wanted and (not asked or wanted < asked):
                return tuple(place for place in _load(places) if place.country in wanted)
        return None

    def put(self, question: Question, places: tuple[Place, ...]) -> None:
        """Remember an answer."""
        now = time.time()
        expires = now + (self._keep if places else self._keep_none)
        row = (*self._key(question), now, expires, len(places) < LIMIT, _dump(places))
        self._transact(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)", row
            )
        )

    def claim(self, question: Question, seconds: float) -> bool:
        """Reserve a question for `seconds` from now; False when another process is asking it."""
        now = time.time()
        row = (*self._key(question), self._name, now + seconds, now, now + _LONGEST_PAUSE)
        return self._transact(lambda connection: connection.execute(_CLAIM, row).rowcount > 0)

    def release(self, question: Question) -> None:
        """Give a question back; it does not matter whether it was reserved."""
        self._transact(lambda connection: connection.execute(_RELEASE, (*self._key(question), self._name)))

    def reserve(self, host: str, interval: float, patience: float) -> float | None:
        """Take the next free moment to ask `host`.

        Returns
        -------
        float or None
            Seconds to wait until then; None, with nothing reserved, when they are more than `patience`.
        """
        now = time.time()

        def work(connection: sqlite3.Connection) -> float | None:
            row = connection.execute("SELECT free FROM hosts WHERE host = ?", (host,)).fetchone()
            believed = row and row[0] <= now + _LONGEST_PAUSE
            moment = max(now, row[0] if believed else now)
            if moment - now > patience:
                return None
            connection.execute("INSERT OR REPLACE INTO hosts VALUES (?, ?)", (host, moment + interval))
            return moment - now

        return self._transact(work)

    def pause(self, host: str, seconds: float) -> None:
        """Keep every process from asking `host` for `seconds`, as it wished."""
        row = (host, time.time() + min(seconds, _LONGEST_PAUSE))
        self._transact(lambda connection: connection.execute(_PAUSE, row))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._connection is not None and self._owner == os.getpid():
                self._connection.close()
            self._connection = None

    def _key(self, question: Question) -> tuple[str, str, str]:
        return self._service, question.name.casefold(), " ".join(question.countries)

    def _transact(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Do `work` as one transaction: on the file or, from the first failure on, in memory."""
        with self._lock:
            try:
                return _transaction(self._connected(), work)
            except (OSError, sqlite3.Error) as error:
                self.note = f"answers are not remembered: {self._path}: {error} (mend: dateline cache clear)"
                self.close()
                self._path = None
                return _transaction(self._connected(), work)

    def _connected(self) -> sqlite3.Connection:
        if self._connection is None or self._owner != os.getpid():  # SQLite must not be carried over a fork
            self._connection, self._owner = _connect(self._path), os.getpid()
        return self._connection


def _connect(path: Path | None) -> sqlite3.Connection:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)  # the names someone looks up are nobody else's business
    connection = sqlite3.connect(
        path or ":memory:", timeout=30, isolation_level=None, check_same_thread=False
    )
    _switch_to_wal(connection)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.executescript(_TABLES)
    connection.execute("DELETE FROM answers WHERE expires <= ?", (time.time(),))
    return connection


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Let readers and a writer work side by side; SQLite's own time-out does not cover this one statement."""
    deadline = time.monotonic() + 30
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _transaction(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], Result]) -> Result:
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        return work(connection)


def _dump(places: tuple[Place, ...]) -> str:
    return json.dumps([asdict(place) for place in places], ensure_ascii=False)


def _load(text: str) -> tuple[Place, ...]:
    return tuple(
        Place(
            **{
                **item,
                "bbox": tuple(item["bbox"]) if item["bbox"] else None,
                "names": tuple((language, name) for language, name in item["names"]),
            }
        )
        for item in json.loads(text)
    )


def info(path: Path) -> CacheInfo:
    """Describe the cache at `path`; one that does not exist holds nothing.

    Raises
    ------
    InputError
        When the file is no cache.
    """
    if not path.exists():
        return CacheInfo(path, 0, 0, 0, 0)
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            row = connection.execute(
                "SELECT count(*), coalesce(sum(places = '[]'), 0), coalesce(sum(expires <= ?), 0) "
                "FROM answers",
                (time.time(),),
            ).fetchone()
            answers, negative, expired = (int(number) for number in row)
    except sqlite3.Error as error:
        raise InputError(
            f"{path} is no geocoding cache: {error}; `dateline cache clear` removes it"
        ) from error
    return CacheInfo(path, answers, negative, expired, sum(file.stat().st_size for file in _files(path)))


def clear(path: Path) -> None:
    """Remove the cache at `path`.

    Raises
    ------
    OutputError
        When the file cannot be removed.
    """
    try:
        for file in _files(path):
            file.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{path} cannot be removed: {error.strerror}") from error


def _files(path: Path) -> list[Path]:
    beside = [path.with_name(path.name + end) for end in ("", "-wal", "-shm")]
    return [file for file in beside if file.exists()]
