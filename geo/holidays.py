"""Feasts of the Western calendar that news dates by, and the day each falls on.

Only feasts that mean one day wherever they are named: no "Independence Day" or "Labour Day", which depend on
the country, and no feast that the sight of the moon decides (Eid, Ramadan).
"""

from __future__ import annotations

import datetime as dt

_DAY = dt.timedelta(days=1)
#: Feasts on a day of the year: (month, day).
_FIXED = {
    "new year's eve": (12, 31), "new year's day": (1, 1), "epiphany": (1, 6), "valentine's day": (2, 14),
    "international women's day": (3, 8), "may day": (5, 1), "bastille day": (7, 14), "halloween": (10, 31),
    "all saints' day": (11, 1), "armistice day": (11, 11), "christmas eve": (12, 24),
    "christmas day": (12, 25), "christmas": (12, 25), "boxing day": (12, 26),
}  # fmt: skip
#: Feasts so many days from Easter Sunday.
_MOVABLE = {
    "ash wednesday": -46, "palm sunday": -7, "maundy thursday": -3, "good friday": -2, "holy saturday": -1,
    "easter sunday": 0, "easter": 0, "easter monday": 1, "whit sunday": 49, "pentecost": 49,
    "whit monday": 50, "corpus christi": 60,
}  # fmt: skip
NAMES = tuple(sorted((*_FIXED, *_MOVABLE), key=len, reverse=True))


def day_of(name: str, year: int) -> dt.date:
    """Return the day of a feast, named in lower case, in a year.

    Examples
    --------
    >>> day_of("easter monday", 2026), day_of("christmas eve", 2025)
    (datetime.date(2026, 4, 6), datetime.date(2025, 12, 24))
    """
    if name in _FIXED:
        month, day = _FIXED[name]
        return dt.date(year, month, day)
    return easter(year) + _MOVABLE[name] * _DAY


def easter(year: int) -> dt.date:
    """Return Easter Sunday of a year by the Gregorian reckoning (the "anonymous" algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)
