"""The bundle and a user's places behind one face; a user's place hides the bundle's of the same id."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dateline.gazetteer.store import Columns, Store

_NO_ROWS, _NO_KINDS = np.empty(0, np.int32), np.empty(0, np.uint8)


class Joined:
    """Two stores; the rows of `extra` follow those of `base`.

    It answers what :class:`~dateline.gazetteer.store.Store` answers.
    """

    def __init__(self, base: Store, extra: Store) -> None:
        self.base, self.extra, self._start = base, extra, len(base)
        self.manifest = base.manifest
        self.tables = {
            name: list(dict.fromkeys([*base.tables[name], *extra.tables[name]])) for name in base.tables
        }
        self.columns = self._columns()
        self.hidden = np.array(
            sorted(row for row in (base.row(extra.id(r)) for r in range(len(extra))) if row >= 0), np.int32
        )
        extra_rows = dict(zip(extra.tables["country"], extra.country_rows.tolist(), strict=True))
        base_rows = dict(zip(base.tables["country"], base.country_rows.tolist(), strict=True))
        self.country_rows = np.array(
            [
                extra_rows[code] + self._start if extra_rows.get(code, -1) >= 0 else base_rows.get(code, -1)
                for code in self.tables["country"]
            ],
            np.int32,
        )

    def _columns(self) -> Columns:
        """Return both stores' columns end to end, in the joined tables' numbers."""
        columns = {}
        for name in Columns.__dataclass_fields__:
            mine, theirs = getattr(self.base.columns, name), getattr(self.extra.columns, name)
            if name in ("feature_code", "country", "source"):
                numbers = {value: i for i, value in enumerate(self.tables[name])}
                table = np.array([numbers[value] for value in self.extra.tables[name]], mine.dtype)
                theirs = table[theirs]
            elif name in ("admin1", "admin2"):
                theirs = np.where(theirs >= 0, theirs + self._start, -1).astype(mine.dtype)
            columns[name] = np.concatenate([mine, theirs])
            columns[name].flags.writeable = False
        return Columns(**columns)

    def __len__(self) -> int:
        return len(self.base) + len(self.extra)

    def known(self, key: str) -> bool:
        """Return whether either store has a normalised name."""
        return self.base.known(key) or self.extra.known(key)

    def has_prefix(self, prefix: str) -> bool:
        """Return whether a stored name begins so."""
        return self.base.has_prefix(prefix) or self.extra.has_prefix(prefix)

    def keys(self, prefix: str) -> list[str]:
        """Return the stored names that begin so."""
        return sorted({*self.base.keys(prefix), *self.extra.keys(prefix)})

    def entries(self, key: str) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """Return the rows and the kinds of a name, the user's places first."""
        rows, kinds = self.base.entries(key) if self.base.known(key) else (_NO_ROWS, _NO_KINDS)
        if len(self.hidden) and len(rows):
            keep = ~np.isin(rows, self.hidden)
            rows, kinds = rows[keep], kinds[keep]
        if not self.extra.known(key):
            return rows, kinds
        own, own_kinds = self.extra.entries(key)
        return np.concatenate([own + np.int32(self._start), rows]), np.concatenate([own_kinds, kinds])

    def names(self, row: int) -> list[tuple[str, int]]:
        """Return all stored names of a place with their kinds."""
        store, row = self._at(row)
        return store.names(row)

    def tagged(self, row: int) -> list[tuple[str, str]]:
        """Return the names of a place whose language is known."""
        store, row = self._at(row)
        return store.tagged(row)

    def label(self, row: int) -> str:
        """Return the name to show of a place."""
        store, row = self._at(row)
        return store.label(row)

    def id(self, row: int) -> str:
        """Return the id of the place in a row."""
        store, row = self._at(row)
        return store.id(row)

    def row(self, id: str) -> int:
        """Return the row of an id, the user's if both have it, -1 if there is none."""
        own = self.extra.row(id)
        return own + self._start if own >= 0 else self.base.row(id)

    def shape(self, row: int) -> bytes | None:
        """Return the coded shape of a place."""
        store, row = self._at(row)
        return store.shape(row)

    def bounds(self, row: int) -> tuple[float, float, float, float] | None:
        """Return the bounds of a place's shape."""
        store, row = self._at(row)
        return store.bounds(row)

    def _at(self, row: int) -> tuple[Store, int]:
        return (self.base, row) if row < self._start else (self.extra, row - self._start)


#: What the gazetteer searches.
Places = Store | Joined
