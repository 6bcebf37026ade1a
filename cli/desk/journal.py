"""The file of corrections while people work on it: appended to, locked, never rewritten."""

from __future__ import annotations

import datetime as dt
import json
import os
import threading
from pathlib import Path
from typing import Any, cast

from dateline.errors import DatelineError, OutputError
from dateline.geo.corrections import Corrections
from dateline.geo.corrections_file import Correction, check, parse

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
        self._right = Corrections()
        self._stamp: tuple[int, int] | None = None
        self._guard = threading.Lock()

    def repair(self) -> str:
        """Cut off a last line that was never written to its end, and return it; usually there is none.

        Only a machine that loses power in the middle of a write leaves one: it was never answered as saved.
        """
        try:
            content = self.path.read_bytes()
        except FileNotFoundError:
            return ""
        except OSError:
            return ""  # reading it will say why
        tail = content[content.rfind(b"\n") + 1 :]
        try:
            json.loads(tail or b"{}")
            return ""
        except ValueError:
            os.truncate(self.path, len(content) - len(tail))
            return tail.decode("utf-8", "replace")

    def lines(self) -> list[Correction]:
        """Return all lines, read anew if the file has changed."""
        self._refresh()
        return self._lines

    def corrections(self) -> Corrections:
        """Return the corrections in force."""
        self._refresh()
        return self._right

    def _refresh(self) -> None:
        with self._guard:
            try:
                status = self.path.stat()
            except FileNotFoundError:
                self._keep([], None)
                return
            stamp = (status.st_mtime_ns, status.st_size)
            if stamp != self._stamp:
                self._keep(parse(self.path), stamp)

    def _keep(self, lines: list[Correction], stamp: tuple[int, int] | None) -> None:
        self._lines, self._right, self._stamp = lines, Corrections(lines), stamp

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
            with self.path.open("ab") as handle:
                _lock(handle)
                lines = self.lines()
                _check_fresh(_about(lines, article_id), seen)
                now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
                whole = {"id": _new_id(lines), "at": now} | line
                check(whole)
                # In one write, so that a killed process leaves the whole line or none of it.
                row = json.dumps(whole, ensure_ascii=False, allow_nan=False) + "\n"
                os.write(handle.fileno(), self._line_end() + row.encode("utf-8"))
                os.fsync(handle.fileno())
                self._added([*lines, cast(Correction, whole)], handle.fileno())
        except OSError as error:
            raise OutputError(
                f"{self.path}: cannot be written ({error.strerror}); nothing was changed"
            ) from None
        return str(whole["id"])

    def _added(self, lines: list[Correction], file: int) -> None:
        """Note what the file holds now; nobody else writes while it is locked."""
        status = os.fstat(file)
        with self._guard:
            self._keep(lines, (status.st_mtime_ns, status.st_size))

    def _line_end(self) -> bytes:
        """Return what the last line lacks: editors may leave it without its end."""
        with self.path.open("rb") as handle:
            if not handle.seek(0, os.SEEK_END):
                return b""
            handle.seek(-1, os.SEEK_END)
            return b"" if handle.read() == b"\n" else b"\n"

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
    """Return the lines about an article, among them those that take such a line back from another article."""
    found: dict[str, Correction] = {}
    for line in lines:
        here = line.get("article") == article_id or line.get("scope") == "always"
        if here or line.get("undo") in found:
            found[line["id"]] = line
    return list(found.values())


def _check_fresh(lines: list[Correction], seen: int) -> None:
    if len(lines) == seen:
        return
    last = lines[-1] if lines else {}
    who = last.get("by") or "somebody else"
    when = f", at {last['at'][11:16]} UTC" if last.get("at") else ""
    raise StaleError(f"{who} has corrected this article meanwhile{when}; look again, then repeat")


def _new_id(lines: list[Correction]) -> str:
    """Return the next id; lines may have been taken out or numbered by hand."""
    used = {line["id"] for line in lines}
    number = len(lines) + 1
    while f"c{number}" in used:
        number += 1
    return f"c{number}"
