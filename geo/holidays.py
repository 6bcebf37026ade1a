"""Feasts that news dates by, and the days each falls on.

Only feasts that mean the same days wherever they are named: no "Independence Day" or "Labour Day", which
depend on the country.  Those of moon calendars stand in ``data/events/feasts.csv``, made by
``benchmarks/training/feasts.py`` for 1980 to 2050.
"""

from __future__ import annotations

import csv
import datetime as dt
from functools import lru_cache

from dateline.geo.intervals import DAY, Interval, days
from dateline.geo.wordlists import DATA

#: Feasts on a day of the year: (month, day).
_FIXED = {
    "new year's eve": (12, 31), "new year's day": (1, 1), "epiphany": (1, 6), "orthodox christmas": (1, 7),
    "valentine's day": (2, 14), "international women's day": (3, 8), "nowruz": (3, 20), "may day": (5, 1),
    "bastille day": (7, 14), "halloween": (10, 31), "all saints' day": (11, 1), "armistice day": (11, 11),
    "christmas eve": (12, 24), "christmas day": (12, 25), "christmas": (12, 25), "boxing day": (12, 26),
}  # fmt: skip
#: Feasts so many days from Easter Sunday.
_MOVABLE = {
    "ash wednesday": -46, "palm sunday": -7, "maundy thursday": -3, "good friday": -2, "holy saturday": -1,
    "easter sunday": 0, "easter": 0, "easter monday": 1, "whit sunday": 49, "pentecost": 49,
    "whit monday": 50, "corpus christi": 60,
}  # fmt: skip
#: Feasts of the moon under the names that news gives them, and those of the table.
_MOON = {
    "ashura": "ashura", "chinese new year": "lunar new year", "diwali": "diwali",
    "eid al-adha": "eid al-adha", "eid ul-adha": "eid al-adha", "eid-ul-adha": "eid al-adha",
    "eid al-fitr": "eid al-fitr", "eid ul-fitr": "eid al-fitr", "eid-ul-fitr": "eid al-fitr",
    "hanukkah": "hanukkah", "lunar new year": "lunar new year", "mawlid": "mawlid", "passover": "passover",
    "ramadan": "ramadan", "rosh hashanah": "rosh hashanah", "yom kippur": "yom kippur",
}  # fmt: skip
_THANKSGIVING = ("thanksgiving day", "thanksgiving")
NAMES = tuple(sorted((*_FIXED, *_MOVABLE, *_MOON, *_THANKSGIVING, "orthodox easter"), key=len, reverse=True))


def in_year(name: str, year: int) -> list[Interval]:
    """Return the days of a feast, named in lower case, in a year: once as a rule, for the moon's even twice.

    Empty where the table does not reach.

    Examples
    --------
    >>> in_year("easter monday", 2026)[0].first, in_year("christmas eve", 2025)[0].first
    (datetime.date(2026, 4, 6), datetime.date(2025, 12, 24))
    >>> str(in_year("ramadan", 2026)[0].last)
    '2026-03-19'
    """
    if name in _FIXED:
        return [days(dt.date(year, *_FIXED[name]))]
    if name in _MOVABLE:
        return [days(easter(year) + _MOVABLE[name] * DAY)]
    if name in _THANKSGIVING:
        first = dt.date(year, 11, 1)
        return [days(first + ((3 - first.weekday()) % 7 + 21) * DAY)]
    if name == "orthodox easter":
        return [days(orthodox_easter(year))]
    return [found for found in _moon()[_MOON[name]] if found.first.year == year]


@lru_cache(maxsize=1)
def _moon() -> dict[str, list[Interval]]:
    table: dict[str, list[Interval]] = {}
    with open(DATA / "feasts.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            first, last = dt.date.fromisoformat(row["first"]), dt.date.fromisoformat(row["last"])
            table.setdefault(row["feast"], []).append(days(first, last, "feast"))
    return table


def easter(year: int) -> dt.date:
    """Return Easter Sunday of a year by the Gregorian reckoning (the "anonymous" algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def orthodox_easter(year: int) -> dt.date:
    """Return the Easter Sunday of the Eastern churches (Meeus), as a day of our calendar.

    Examples
    --------
    >>> orthodox_easter(2026)
    datetime.date(2026, 4, 12)
    """
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    behind = year // 100 - year // 400 - 2  # days by which the Julian calendar is late
    return dt.date(year, month, day + 1) + behind * DAY
