"""Dates that the layout of an article tells: dated bullets, days as headings, the times of live blogs.

"26 January: Shelling killed a woman. Drones damaged a substation." dates both sentences; in a live blog an
entry of 00:40 above one of 23:30 is of the day after it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from dateline.geo import dates
from dateline.geo.date_meanings import Tense
from dateline.geo.date_rules import begins
from dateline.geo.dates import DateMention
from dateline.geo.intervals import DAY, days
from dateline.geo.model import Article
from dateline.geo.sentences import Sentence

#: What a paragraph begins with that is its time: "23:50 - ", "9.15 p.m. GMT: ".
_CLOCK = re.compile(
    r"(?P<h>[01]?\d|2[0-4])[:.](?P<m>[0-5]\d)(?: ?(?P<half>[ap])\.?m\b\.?)?(?: ?(?:local time|[A-Z]{3,4}\b))?"
    r"(?=\s*(?:[-–—:|]|$)|\s+[A-Z\"“‘])",
    re.MULTILINE,
)
#: A paragraph has a date in front if it ends the line, or one of these follows.
_AFTER = re.compile(r"\s*(?:[:–—|]|-\s|$)", re.MULTILINE)
#: Minutes.
_DAY_LONG = 24 * 60
#: A date in front of a paragraph is no longer than this: "Wednesday, 15 September 2026".
_LONGEST = 32

#: Where the words stand that date a paragraph, and the day of a live blog's entry.
Stamp = tuple[int, int, dt.date | None]


def stamps(article: Article, sentences: Sequence[Sentence]) -> dict[int, Stamp]:
    """Return what dates each paragraph of an article that has such layout, by the paragraph's number."""
    if article.date is None:
        return {}
    paragraphs = [(number, next(group)) for number, group in groupby(sentences, lambda s: s.paragraph)]
    found: dict[int, Stamp] = {}
    clocks: list[tuple[int, int, int, Stamp | None]] = []
    heading: Stamp | None = None
    for number, first in paragraphs:
        if clock := _CLOCK.match(article.text, first.start, first.end):
            clocks.append((number, _minutes(clock), clock.end(), heading))
        elif end := _date_in_front(article, first):
            found[number] = first.start, end, None
            if end == first.end:
                heading = found[number]
        elif heading:
            found[number] = heading
    starts = {number: first.start for number, first in paragraphs}
    if len(clocks) > 1:
        for (number, _, end, _), day in zip(clocks, _days(article, clocks), strict=True):
            found[number] = starts[number], end, day
    return found


def _minutes(clock: re.Match[str]) -> int:
    hour = int(clock["h"]) % 12 + 12 * (clock["half"] == "p") if clock["half"] else int(clock["h"])
    return 60 * hour + int(clock["m"])


def _date_in_front(article: Article, first: Sentence) -> int:
    """Return where the date ends that a paragraph begins with, 0 if it begins with none."""
    end = min(first.end, first.start + _LONGEST)
    if not begins(article.text, first.start, end):
        return 0
    for mention in dates.find(article.text, article.date, "past", first.start, end):
        if mention.start == first.start and _AFTER.match(article.text, mention.end, first.end):
            return mention.end
    return 0


def _days(article: Article, clocks: Sequence[tuple[int, int, int, Stamp | None]]) -> Iterator[dt.date]:
    """Yield the day of each entry: its heading's, else counted over midnight from publication, the newest."""
    # from 00:40 to 23:30 is an hour back rather than a day on
    back = sum((b[1] - a[1]) % _DAY_LONG > _DAY_LONG / 2 for a, b in pairwise(clocks))
    newest_first = back >= len(clocks) / 2
    day, ordered = article.date or dt.date.min, clocks if newest_first else clocks[::-1]
    told: list[dt.date] = []
    for later, entry in zip((None, *ordered), ordered, strict=False):
        if later and entry[1] > later[1]:
            day -= DAY
        told.append(_of_heading(article, entry[3]) or day)
    yield from told if newest_first else told[::-1]


def _of_heading(article: Article, heading: Stamp | None) -> dt.date | None:
    told = dates.find(article.text, article.date, "past", *heading[:2]) if heading else []
    return told[-1].interval.last if told else None


def date_of(article: Article, stamp: Stamp, tense: Tense) -> DateMention | None:
    """Return the date that a stamp gives to an event: a live blog's entry tells what has happened."""
    start, end, day = stamp
    if day is not None:
        return None if tense == "future" else DateMention(start, end, article.text[start:end], days(day))
    told = dates.find(article.text, article.date, tense, start, end)
    return told[0] if told else None
