"""Intervals of days, and the units of the calendar that make them: weeks, months, quarters, years."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `first` to `last`, both included; `grain` is what the words name: day, week, month..."""

    first: dt.date
    last: dt.date
    grain: str = "day"


def days(first: dt.date, last: dt.date | None = None, grain: str = "day") -> Interval:
    """Return a day, or the days until another."""
    return Interval(first, last or first, grain)


def week(day: dt.date) -> Interval:
    """Return the week of a day, Monday to Sunday."""
    monday = day - day.weekday() * DAY
    return Interval(monday, monday + 6 * DAY, "week")


def length_of_month(year: int, month: int) -> int:
    """Return the number of days of a month."""
    return calendar.monthrange(year, month)[1]


def whole_month(year: int, month: int) -> Interval:
    """Return a month; month 13 is January of the next year, month 0 December of the last.

    Examples
    --------
    >>> whole_month(2026, 0).first
    datetime.date(2025, 12, 1)
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Interval(dt.date(year, month, 1), dt.date(year, month, length_of_month(year, month)), "month")


def months(year: int, month: int, count: int, grain: str) -> Interval:
    """Return so many months from one on."""
    return Interval(whole_month(year, month).first, whole_month(year, month + count - 1).last, grain)


def whole_year(year: int, count: int = 1) -> Interval:
    """Return a year, or several from one on."""
    return Interval(dt.date(year, 1, 1), dt.date(year + count - 1, 12, 31), "year")


def shift(day: dt.date, unit: str, step: int) -> Interval | None:
    """Return the whole day, week, month... that lies `step` units from a day.

    None for an unknown unit, and for what lies beyond the calendar.

    Examples
    --------
    >>> shift(dt.date(2026, 1, 25), "day", 1).first
    datetime.date(2026, 1, 26)
    >>> shift(dt.date(9999, 12, 31), "day", 1)
    """
    try:
        return _shifted(day, unit, step)
    except (ValueError, OverflowError):
        return None


def moved(told: Interval, step: int) -> Interval | None:
    """Return an interval so many days later, None beyond the calendar."""
    first, last = (shift(day, "day", step) for day in (told.first, told.last))
    return replace(told, first=first.first, last=last.first) if first and last else None


def _shifted(day: dt.date, unit: str, step: int) -> Interval | None:
    if unit == "day":
        return days(day + step * DAY)
    if unit in ("week", "fortnight"):
        return week(day + (14 if unit == "fortnight" else 7) * step * DAY)
    if unit == "weekend":
        return _weekend(day, step)
    if unit == "month":
        return whole_month(day.year, day.month + step)
    if unit == "quarter":
        return months(day.year, (day.month - 1) // 3 * 3 + 1 + 3 * step, 3, "quarter")
    if unit == "year":
        return whole_year(day.year + step)
    if unit == "decade":
        first = (day.year // 10 + step) * 10
        return Interval(dt.date(first, 1, 1), dt.date(first + 9, 12, 31), "decade")
    if unit == "century":
        return century((day.year - 1) // 100 + 1 + step)
    return None


def shift_weeks(day: dt.date, unit: str, step: int) -> Interval | None:
    """Return :func:`shift`, but one day for a week or two: "a week later" says which, "six weeks" do not."""
    weeks = abs(step) if unit == "week" else 0
    return shift(day, "day", 7 * step) if 0 < weeks <= 2 else shift(day, unit, step)


def _weekend(day: dt.date, step: int) -> Interval:
    saturday = week(day).first + 5 * DAY
    if step == 0 or (step < 0 and day.weekday() < 5) or (step > 0 and day.weekday() >= 5):
        saturday += 7 * step * DAY
    elif step < 0:
        saturday -= 7 * DAY
    return Interval(saturday, saturday + DAY, "weekend")


def century(nth: int) -> Interval:
    """Return a century: the 19th is 1801 to 1900."""
    return Interval(dt.date(100 * nth - 99, 1, 1), dt.date(100 * nth, 12, 31), "century")


def years_from(told: Interval, step: int) -> Interval:
    """Return the days so many years from others; 29 February becomes the 28th."""
    first, last = (
        dt.date(d.year + step, d.month, min(d.day, length_of_month(d.year + step, d.month)))
        for d in (told.first, told.last)
    )
    return Interval(first, last, told.grain)
