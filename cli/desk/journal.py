"""The file of corrections while people work on it: appended to, locked, never rewritten."""

from __future__ import annotations

import datetime as dt
import json
import os
import threading
from pathlib import Path
from typing import Any

from dateline.errors import DatelineError, OutputError
from dateline.geo.corrections import Correction, Corrections, check, parse

if os.name == "posix":
    import fcntl

    def _lock(handle: Any) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)
else:  # pragma: no cover - Windows locks files opened for writing by itself

    def _lock(handle: Any) -> None:
        return None


class StaleError(DatelineError):
    """Somebody else has changed the same article since it was read."""


class Journal:
    """One file of corrections, shared by tabs, people and processes.

    The revision of an article is the number of lines about it.  Whoever adds a line says which revision they
    saw; if it has grown since, the line is refused and nothing is lost.

    Parameters
    ----------
    path : Path
        Made with the first correction if it does not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lines: list[Correction] = []
        self._stamp: tuple[int, int] | None = None
        self._guard = threading.Lock()

    def lines(self) -> list[Correction]:
        """Return all lines, read anew if the file has changed."""
        with self._guard:
            try:
                status = self.path.stat()
            except FileNotFoundError:
                self._lines, self._stamp = [], None
                return []
            stamp = (status.st_mtime_ns, status.st_size)
            if stamp != self._stamp:
                self._lines, self._stamp = parse(self.path), stamp
            return list(self._lines)

    def corrections(self) -> Corrections:
        """Return the corrections in force."""
        return Corrections(self.lines())

    def revision(self, article_id: str) -> int:
        """Return how many lines are about an article, those for every article included."""
        return len(_about(self.lines(), article_id))

    def append(self, line: dict[str, Any], article_id: str, seen: int) -> str:
        """Add one correction and return its id.

        Raises
        ------
        StaleError
            If the article's revision is no longer the one that was `seen`.
        ValueError
            If the line is no correction.
        OutputError
            If the file cannot be written.
        """
        try:
            with self.path.open("a+", encoding="utf-8") as handle:
                _lock(handle)
                lines = self.lines()
                if len(_about(lines, article_id)) != seen:
                    raise StaleError(
                        "somebody else has corrected this article meanwhile; look again, then repeat"
                    )
                now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
                whole = {"id": f"c{len(lines) + 1}", "at": now} | line
                check(whole)
                handle.write(json.dumps(whole, ensure_ascii=False, sort_keys=True) + "\n")
                handle.flush()
                os.fsync(handle.fileno())
        except OSError as error:
            raise OutputError(
                f"{self.path}: cannot be written ({error.strerror}); nothing was changed"
            ) from None
        return str(whole["id"])

    def undoable(self, article_id: str) -> str | None:
        """Return the id of the last correction of an article that is in force, None if there is none."""
        done, _ = self._history(article_id)
        return done[-1] if done else None

    def redoable(self, article_id: str) -> str | None:
        """Return the id of the undo that can itself be undone; None unless an undo came last."""
        _, undos = self._history(article_id)
        return undos[-1][0] if undos else None

    def _history(self, article_id: str) -> tuple[list[str], list[tuple[str, str]]]:
        """Return the corrections in force and the (undo, undone) pairs to take back, newest last."""
        done: list[str] = []
        undos: list[tuple[str, str]] = []
        for line in _about(self.lines(), article_id):
            target = line.get("undo")
            if target is None:
                done.append(line["id"])
                undos.clear()
            elif undos and target == undos[-1][0]:  # an undo of an undo is a redo
                done.append(undos.pop()[1])
            elif target in done:
                done.remove(target)
                undos.append((line["id"], target))
        return done, undos


def _about(lines: list[Correction], article_id: str) -> list[Correction]:
    return [line for line in lines if line.get("article") == article_id or line.get("scope") == "always"]
