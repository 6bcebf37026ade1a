"""What an article reports as its news though it happened more than a few days before publication.

A wire dates its news by weekdays ("on Thursday") and older events, which it only retells, by the calendar
("on 5 March").  A situation report, or a monitor's summary, dates all its incidents by the calendar: they are
its news, be they two weeks old.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from itertools import islice

from dateline.geo.dates import DateMention
from dateline.geo.dating import OLD_AFTER
from dateline.geo.reports import Found

#: So many days back a report lists incidents; so far where it lists those of so many days.
_WEEKS, _MONTH, _MANY = 14, 31, 4
_CALENDAR = re.compile(r"\d")
#: A day counted from one told before, whatever that is told by.
_AGAIN = re.compile(r"\b(?:same|that|next|following|before|previous|later)\b", re.IGNORECASE)


def as_news(events: Sequence[Found], published: dt.date | None) -> list[Found]:
    """Return the events of an article, those told as its news no longer as background.

    Parameters
    ----------
    events : sequence of Found
        All of the article.
    published : datetime.date or None
        The article's day.
    """
    if published is None:
        return list(events)
    news = {date.interval for date in _incidents(events, published) or _only_news(events, published)}
    return [
        item.dated(item.date, "actual")
        if item.date and item.date.interval in news and item.told == "actual" and item.status == "background"
        else item
        for item in events
    ]


def _incidents(events: Iterable[Found], published: dt.date) -> list[DateMention]:
    """Return the dates of incidents that a report without weekdays lists."""
    told = [item for item in events if item.date in item.dates and item.told in ("actual", "denied")]
    ages = {
        item.date: (published - item.date.interval.last).days
        for item in told
        if item.date and item.date.interval.grain == "day"
    }
    from_now = {date for date in ages if not _CALENDAR.search(date.text) and not _AGAIN.search(date.text)}
    if any(0 <= ages[date] <= OLD_AFTER for date in from_now):
        return []
    main = {item.date for item in told if not item.in_subordinate}
    listed = {
        date: age
        for date, age in ages.items()
        if date in main and _CALENDAR.search(date.text) and 0 <= age <= _MONTH
    }
    reach = _MONTH if len(set(listed.values())) >= _MANY else _WEEKS
    return [date for date, age in listed.items() if age <= reach]


def _only_news(events: Sequence[Found], published: dt.date) -> list[DateMention]:
    """Return the date of the first event of a few weeks ago where an article has no other news."""
    if any(item.status != "background" for item in events):
        return []
    recent = (
        item.date
        for item in events
        # no tally of years
        if item.date and (published - item.date.interval.first).days <= _MONTH and item.told == "actual"
    )
    return list(islice(recent, 1))
