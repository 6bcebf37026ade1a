"""What days of the week mean: "Saturday", "a week on Friday", "the first Sunday of March"."""

from __future__ import annotations

import datetime as dt

from dateline.geo.date_meanings import Context, Match
from dateline.geo.date_periods import bare_month
from dateline.geo.date_words import ORDINALS, month_number, weekday_number
from dateline.geo.intervals import DAY, Interval, days, week, whole_month


def weekday(m: Match, c: Context) -> Interval | None:
    """Saturday: the last one, today included; the next one where the verb is in the future."""
    wanted, which = weekday_number(m["wd"]), (m["which"] or "").casefold()
    back = (c.day.weekday() - wanted) % 7
    ahead = -back % 7
    if which == "following":
        return _weekday_after(c.anchor, wanted)
    if which in ("next", "coming"):
        return days(c.day + (ahead or 7) * DAY)
    if which == "previous" and c.anchor:
        return days(c.anchor.first - ((c.anchor.first.weekday() - wanted) % 7 or 7) * DAY)
    if which in ("last", "past", "previous"):
        return days(c.day - (back or 7) * DAY)
    if which == "this":
        return days(c.day + (ahead if c.tense != "past" else -back) * DAY)
    return days(nearest_weekday(m["wd"], c))


def _weekday_after(told: Interval | None, wanted: int) -> Interval | None:
    return days(told.last + ((wanted - told.last.weekday()) % 7 or 7) * DAY) if told else None


def nearest_weekday(word: str, c: Context) -> dt.date:
    """Return the last such day, today included; where the verb is in the future, the next."""
    back = (c.day.weekday() - weekday_number(word)) % 7
    return c.day + (-back % 7) * DAY if c.tense == "future" else c.day - back * DAY


def weekday_of_week(m: Match, c: Context) -> Interval:
    """Wednesday of last week."""
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(m["which"].casefold(), 0)
    return days(week(c.day + 7 * step * DAY).first + weekday_number(m["wd"]) * DAY)


def week_on(m: Match, c: Context) -> Interval:
    """A week on Friday: the Friday after the next."""
    ahead = (weekday_number(m["wd"]) - c.day.weekday()) % 7 or 7
    return days(c.day + (ahead + 7) * DAY)


def weekdays(m: Match, c: Context) -> Interval:
    """Monday through Wednesday, Friday night into Saturday, between Saturday and Sunday."""
    length = (weekday_number(m["wd2"]) - weekday_number(m["wd"])) % 7
    last = nearest_weekday(m["wd2"], c)
    ahead = nearest_weekday(m["wd2"], Context(c.day, "future"))
    if length > 1 and ahead - length * DAY <= c.day:
        last = ahead  # the days that publication is one of
    return days(last - length * DAY, last)


def weekday_of_month(m: Match, c: Context) -> Interval | None:
    """The first Sunday of March, the last week of February: a week is seven days from the 1st, 8th..."""
    named, nth = _month_named(m, c), ORDINALS[m["nth"].casefold()]
    if named is None:
        return None
    if m["what"].casefold() == "week":
        first = named.first + 7 * (nth - 1) * DAY if nth else named.last - 6 * DAY
        return Interval(first, first + 6 * DAY, "week")
    wanted = weekday_number(m["what"])
    if not nth:
        return days(named.last - (named.last.weekday() - wanted) % 7 * DAY)
    return days(named.first + ((wanted - named.first.weekday()) % 7 + 7 * (nth - 1)) * DAY)


def _month_named(m: Match, c: Context) -> Interval | None:
    """Return the month of "January", "March 2025" or, told before, "the month"."""
    if not m["mon"]:
        return whole_month(c.day.year, c.day.month)
    return whole_month(int(m["y"]), month_number(m["mon"])) if m["y"] else bare_month(m, c)
