"""One line on a terminal: how many articles, how fast, how long still; nothing in a pipe."""

from __future__ import annotations

import sys
import time
from typing import TextIO

from dateline.geo.corpus.sources import Meter

_EVERY = 0.5


class Progress:
    """Counts records and shows them.

    Parameters
    ----------
    meter : Meter
        How much of the corpus has been read.
    stream : text file
        Shown only if it is a terminal.
    """

    def __init__(self, meter: Meter, stream: TextIO | None = None) -> None:
        self._meter = meter
        self._stream = stream or sys.stderr
        self._shown = self._stream.isatty()
        self._start = self._last = time.monotonic()
        self._from = 0
        self.done = 0
        self.skipped = 0
        self.rejected = 0

    def skip(self, records: int) -> None:
        """Count records that an earlier run finished."""
        self.skipped += records
        self._start, self._from = time.monotonic(), self._meter.done

    def add(self, records: int, rejected: int) -> None:
        """Count finished records, and show how far the run is."""
        self.done += records
        self.rejected += rejected
        if self._shown and time.monotonic() - self._last > _EVERY:
            self._last = time.monotonic()
            self._stream.write(f"\r\x1b[K{self.line()}")
            self._stream.flush()

    def say(self, what: str) -> None:
        """Show what comes after the last article."""
        if self._shown:
            self._stream.write(f"\r\x1b[K{what}")
            self._stream.flush()

    def line(self) -> str:
        """Return the line as it would be shown now."""
        seconds = max(time.monotonic() - self._start, 1e-3)
        parts = [f"{self.done + self.skipped:,} articles", f"{self.done / seconds:,.0f}/s"]
        if self.rejected:
            parts.append(f"{self.rejected:,} left out")
        if self._meter.total and (read := self._meter.done - self._from) > 0:
            left = max(0, self._meter.total - self._meter.done)
            parts.append(f"{min(100, 100 * self._meter.done // self._meter.total)} % read")
            parts.append(f"about {duration(left * seconds / read)} left")
        return " · ".join(parts)

    def close(self) -> None:
        """Clear the line."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()


def duration(seconds: float) -> str:
    """Return a number of seconds in words.

    Examples
    --------
    >>> [duration(s) for s in (5, 200, 40_000, 400_000)]
    ['5 s', '3 min', '11 h', '5 days']
    """
    for unit, length in (("days", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} s"
