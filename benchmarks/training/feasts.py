"""Write the feasts of moon calendars: ``pip install holidays && python -m benchmarks.training.feasts``.

The dates are python-holidays' (MIT).  Muslim feasts may fall a day later than it says, where the sight of the
moon decides: they are written with a day to spare.  Jewish ones begin on the evening before.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

OUT = Path(__file__).parents[2] / "geo" / "data" / "events" / "feasts.csv"
YEARS = range(1980, 2051)
#: Feast: calendar, python-holidays' name of its table there, and its days.
FEASTS = {
    "ashura": ("islamic", "ASHURA", 2),
    "diwali": ("hindu", "DIWALI_INDIA", 1),
    "eid al-adha": ("islamic", "EID_AL_ADHA", 4),
    "eid al-fitr": ("islamic", "EID_AL_FITR", 3),
    "hanukkah": ("hebrew", "HANUKKAH", 8),
    "lunar new year": ("chinese", "LUNAR_NEW_YEAR", 1),
    "mawlid": ("islamic", "MAWLID", 2),
    "passover": ("hebrew", "PASSOVER", 8),
    "ramadan": ("islamic", "RAMADAN_BEGINNING", 30),
    "rosh hashanah": ("hebrew", "ROSH_HASHANAH", 2),
    "yom kippur": ("hebrew", "YOM_KIPPUR", 1),
}


def starts(calendar: str, table: str) -> list[dt.date]:
    """Return the first days of a feast, in order."""
    from holidays.calendars import chinese, hebrew, hindu, islamic

    source = {
        "chinese": chinese._ChineseLunisolar,
        "hebrew": hebrew._HebrewLunisolar,
        "hindu": hindu._HinduLunisolar,
        "islamic": islamic._IslamicLunar,
    }[calendar]
    found = []
    for year, days in getattr(source, f"{table}_DATES").items():
        pairs = days if isinstance(days[0], tuple) else (days,)
        found += [dt.date(year, month, day) for month, day in pairs if year in YEARS]
    return sorted(found)


def main() -> None:
    day = dt.timedelta(days=1)
    with open(OUT, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["feast", "first", "last"])
        for feast, (calendar, table, days) in FEASTS.items():
            for first in starts(calendar, table):
                evening = day if calendar == "hebrew" else 0 * day
                writer.writerow([feast, first - evening, first + (days - 1) * day])


if __name__ == "__main__":
    main()
