"""When an event happened: which date belongs to its trigger, and what that makes of its status."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from dateline.geo import date_clauses, date_layout, date_tense, dates, status_planned
from dateline.geo.date_layout import Stamp
from dateline.geo.date_meanings import Tense
from dateline.geo.date_scope import nearest, possible
from dateline.geo.date_tense import first_word
from dateline.geo.date_words import WEEKDAY, N, number
from dateline.geo.dates import DateMention
from dateline.geo.intervals import Interval, moved
from dateline.geo.model import Article, Status
from dateline.geo.sentences import Sentence
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, words

#: An event that ended so many days before publication is no longer news.
OLD_AFTER = 6
_TENSES: tuple[Tense, ...] = ("past", "future", "unknown")
#: So many characters back a date is looked for that a sentence counts from.
_LOOK_BACK = 600
#: So many characters before a date tell whether it is to come.
_LEAD = 80
#: Where an article's own date is looked for: its first lines.
_HEAD, _FIRST_LINES = 1500, 8
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY_MONTH = rf"\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?"
#: What counts from a date told before, or takes its year.
_COUNTS_ON = re.compile(
    r"\b(?:later|earlier|previous|(?:days?|weeks?|months?|years?|night|morning|evening) (?:before|after)"
    r"|(?:following|next|that|same|the) (?:day|night|week|month|year|morning|evening)|following [a-z]+day"
    r"|since then|ever since"
    rf"|on the \d+(?:st|nd|rd|th)|(?-i:{_DAY_MONTH})(?!,? \d{{4}}))\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(WEEKDAY)
#: A time of a day that another sentence told.
_TIME = re.compile(
    r"\b(?:in the (?:course of the day|morning|afternoon|evening)|hours (?:earlier|later|before|after)"
    r"|within (?:an hour|hours)"
    r"|(?:at|by|before) (?:dawn|daybreak|sunrise|noon|midday|dusk|sunset|nightfall|dark)"
    r"|by (?:the )?evening"
    r"|(?:at|around|until|by) \d{1,2}(?:[:.]\d\d)? ?[ap]\.?m\b)",
    re.IGNORECASE,
)
_OWN_DATE = re.compile(
    r"\s*(?:(?i:(?:first |last )?(?:published|posted|updated|issued|dated?)(?: (?:on|at))?:?\s*)"
    r"|[A-Z][\w.'’-]*(?: [A-Z(][\w.'’)-]*){0,4}(?:, [A-Z][\w. ]+)?(?: \([\w. /]+\))?, |)"  # a dateline
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,? )?"
    rf"(?P<date>(?:{_DAY_MONTH}),? \d{{4}}|\d{{4}}-\d\d-\d\d)"
    r"(?=\s*$|[,;|·•-]?\s*(?:at )?\d{1,2}[:.]\d\d|\s*(?:\([\w. /]+\) ?)?[-–—:|]|\s*\([\w. /]+\)\s*[-–—])"
)
#: What counts to an event that is named in so few words behind it.
_COUNTED = re.compile(rf"(?P<n>{N}) (?P<unit>day|week)s? (?P<dir>before|after)", re.IGNORECASE)
_OBJECT, _CLAUSE = 5, wordlist("clause_words") | {",", ";"}
_WEEK = 7
#: What is told of more days than this at once is a tally: "have died this year".
_TALLY = 90


def dates_of(
    article: Article,
    sentence: Sentence,
    tokens: Sequence[Word],
    triggers: Sequence[Trigger],
    tenses: Sequence[Tense],
    stamp: Stamp | None = None,
) -> list[tuple[DateMention | None, tuple[DateMention, ...]]]:
    """Return the date of each trigger and all of its sentence that may be its date.

    The date is None where neither its sentence nor the stamp tells one.
    """
    if stamp and stamp[2]:
        article = replace(article, date=stamp[2])  # "tomorrow" in a live blog
    start = tokens[0].start
    before = _told_before(article, start) if _COUNTS_ON.search(article.text, start, sentence.end) else None
    if sentence.kind == "text":  # a headline's present is the past
        tenses = [
            "future" if tense == "unknown" and status_planned.scheduled(tokens, trigger) else tense
            for tense, trigger in zip(tenses, triggers, strict=True)
        ]
    by_tense = dates.find_in_tenses(article.text, article.date, _TENSES, start, sentence.end, before)
    if not any(by_tense.values()):
        hour = _of_the_day(article, start, sentence.end)
        if not hour:
            counted = [date_clauses.counted_to_now(article, tokens, trigger) for trigger in triggers]
            return [
                (date or _stamped(article, stamp, tense), ())
                for date, tense in zip(counted, tenses, strict=True)
            ]
        by_tense = by_tense | {"past": [hour], "unknown": [hour]}
    elif sentence.kind == "text":
        by_tense = _as_told(tokens, by_tense)
    others = [
        possible(tokens, trigger, triggers, by_tense[tense], tense, article.date)
        for trigger, tense in zip(triggers, tenses, strict=True)
    ]
    found = [
        nearest(tokens, trigger, triggers, by_tense[tense], own)
        for trigger, tense, own in zip(triggers, tenses, others, strict=True)
    ]
    found = date_clauses.taken(article, tokens, triggers, found, by_tense)
    found = [_counted_to(tokens, *each) for each in zip(triggers, found, strict=True)]
    found = [date or _stamped(article, stamp, tense) for date, tense in zip(found, tenses, strict=True)]
    return list(zip(found, others, strict=True))


def _counted_to(tokens: Sequence[Word], trigger: Trigger, date: DateMention | None) -> DateMention | None:
    """Return an event's date; what something else came a day before is a day later: "a day before talks"."""
    match = _COUNTED.fullmatch(date.text) if date else None
    if not date or not match:
        return date
    ahead = [w.lower for w in tokens[: trigger.first] if w.start >= date.end]
    if trigger.first < first_word(tokens, date) or len(ahead) > _OBJECT or not _CLAUSE.isdisjoint(ahead):
        return date
    away = (7 if match["unit"].lower() == "week" else 1) * number(match["n"])
    step = 2 * away * (1 if match["dir"].lower() == "before" else -1)
    interval = moved(date.interval, step)
    return replace(date, interval=interval) if interval else date


def _stamped(article: Article, stamp: Stamp | None, tense: Tense) -> DateMention | None:
    return date_layout.date_of(article, stamp, tense) if stamp else None


def _as_told(
    tokens: Sequence[Word], by_tense: Mapping[Tense, Sequence[DateMention]]
) -> dict[Tense, list[DateMention]]:
    """Return the dates for each tense of a trigger; but what its verb says to come is so for all of them.

    A trigger without a tense takes that of the verb that a date stands with.
    """
    told = {m.start: date_tense.of_verb(tokens, m) for m in by_tense["unknown"]}
    own = {m.start: m for tense, mentions in by_tense.items() for m in mentions if told.get(m.start) == tense}
    ahead = {start: replace(m, ahead=True) for start, m in own.items() if told[start] == "future"}
    own |= ahead
    result = {
        tense: [(own if tense == "unknown" else ahead).get(m.start, m) for m in mentions]
        for tense, mentions in by_tense.items()
    }
    # "in two days, shelling hit 20 villages" tells no date
    result["unknown"] = [m for m in result["unknown"] if told.get(m.start) != "past" or m.start in own]
    said = next((m for m in result["past"] if date_tense.is_of_saying(tokens, m)), None)
    to_come = [
        m for m in result["future"] if told.get(m.start) != "past" or not date_tense.is_of_deed(tokens, m)
    ]
    return result | {"future": [_after_said(m, said) for m in to_come]}


def _after_said(mention: DateMention, said: DateMention | None) -> DateMention:
    """Return a weekday as it follows that of its announcement: "forecast on Monday rain for Tuesday"."""
    if not said or said.start > mention.start or not _WEEKDAY.match(mention.text):
        return mention
    near = moved(mention.interval, -_WEEK)
    return replace(mention, interval=near) if near and near.first > said.interval.last else mention


def _told_before(article: Article, start: int, day: bool = False) -> Interval | None:
    """Return the last date told before an offset, or the last `day`; none to come."""
    first = max(article.body_start, start - _LOOK_BACK)
    for mention in reversed(dates.find(article.text, article.date, "past", first, start)):
        told = mention.interval
        lead = words(article.text, max(first, mention.start - _LEAD), mention.end)
        ahead = date_tense.tense_at(lead, first_word(lead, mention)) == "future"
        if not ahead and (not day or told.first == told.last):
            return told
    return None


def _of_the_day(article: Article, start: int, end: int) -> DateMention | None:
    """Return the day told last, of this week, where a sentence tells but a time of it: "by evening"."""
    match = _TIME.search(article.text, start, end)
    told = _told_before(article, start, day=True) if match and article.date else None
    if not match or not told or not article.date or not 0 <= (article.date - told.first).days < _WEEK:
        return None
    return DateMention(match.start(), match.end(), f"{match[0]} of that day", told)


def own_day(article: Article) -> dt.date | None:
    """Return the day that an article's own first lines give.

    A complete date alone on its line, behind "Published", or in a dateline ("KYIV, Jan. 24, 2026 -"); never
    one that a sentence tells.

    Examples
    --------
    >>> own_day(Article("a", "Blast in Sumy\\nPublished: 24 January 2026, 10:15\\n\\nTwo died on Friday."))
    datetime.date(2026, 1, 24)
    >>> own_day(Article("b", "The war that began on 24 February 2022 goes on."))
    """
    head = article.text[article.body_start : article.body_start + _HEAD]
    for line in head.splitlines()[:_FIRST_LINES]:
        if match := _OWN_DATE.match(line):
            found = dates.find(match["date"], None)
            if found and found[0].interval.grain == "day":
                return found[0].interval.first
    return None


def aged(state: Status, interval: Interval | None, published: dt.date | None) -> tuple[Status, str]:
    """Return the status that the date allows: what ended days before publication is background."""
    if not interval or not published:
        return state, ""
    age = (published - interval.last).days
    if 0 < age <= OLD_AFTER:  # "last week", told on Monday, is no news
        age += (interval.last - interval.first).days
    if state in ("actual", "denied") and age > OLD_AFTER:
        return "background", f"ended {age} days before publication"
    if state == "actual" and age <= OLD_AFTER and (interval.last - interval.first).days > _TALLY:
        return "background", "a tally of months"
    if state == "planned" and age > OLD_AFTER:
        return "background", f"was planned for {age} days before publication"
    if state == "actual" and interval.first > published:
        return "planned", "dated after publication"
    return state, ""
