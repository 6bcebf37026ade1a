"""When an event happened: which date belongs to its trigger, and what that makes of its status."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from dateline.geo import date_clauses, date_layout, date_tense, dates, status
from dateline.geo.date_layout import Stamp
from dateline.geo.date_meanings import Tense
from dateline.geo.date_tense import first_word, word_behind
from dateline.geo.dates import DateMention
from dateline.geo.intervals import Interval
from dateline.geo.model import Article, Status
from dateline.geo.sentences import Sentence
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, words

#: An event that ended so many days before publication is no longer news.
OLD_AFTER = 5
_CLAUSE = (wordlist("clause_openers") | {";", "said", "says"}) - {"during"}
#: What is behind one of these is another event, and its date too.
_REVENGE = frozenset({"retaliation", "revenge", "response", "reprisal", "avenge"})
_SAID = wordlist("speech") | {"showed", "shows"}
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
#: A time of a day that another sentence told.
_TIME = re.compile(
    r"\b(?:in the (?:course of the day|morning|afternoon|evening)|hours (?:earlier|before|after)"
    r"|within an hour|(?:at|by|before) (?:dawn|daybreak|sunrise|noon|midday|dusk|sunset|nightfall|dark)"
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
#: So many words from a date another counts from stands what happened then: "two days after Monday's attack".
_AT_ONCE = 4
_BY = frozenset({"by", "in", "during"})
_SET = {"planned", "scheduled", "slated"}
#: Words of a clause that a date before them does not reach: "left on Sunday ... when it came under fire".
_WHEN = frozenset({"when", "after", "before", "until"})
_HOURS = wordlist("times_of_day")
#: What follows the number of an hour, words being what they are: "6 p . m .", "18 : 30".
_CLOCK, _HOUR = frozenset({"a", "p", "am", "pm", "gmt", ":", "o'clock"}), re.compile(r"\d{1,2}[ap]m")
#: Modes of events that speak of an older one, whose date is told behind them.
_JUDGED = frozenset({"legal action", "ceremony", "arrest"})
_OVER = frozenset({"for", "over", "of", "marking"})
#: Words before the date of what is remembered: "closed to mark one year since the massacre".
_MARKS = frozenset({"mark", "marks", "marked", "marking", "anniversary"})
_WEEK = 7
_AUXILIARIES = frozenset({"is", "are", "was", "were", "has", "have", "had", "will"})
_WHO, _NEARBY = frozenset({"who", "which", "that"}), 8
#: What is told of more days than this at once is a tally: "have died this year".
_TALLY = 90


def dates_of(
    article: Article,
    sentence: Sentence,
    tokens: Sequence[Word],
    triggers: Sequence[Trigger],
    tenses: Sequence[Tense],
    stamp: Stamp | None = None,
) -> list[DateMention | None]:
    """Return the date of each trigger, None where neither its sentence nor the stamp tells one."""
    if stamp and stamp[2]:
        article = replace(article, date=stamp[2])  # "tomorrow" in a live blog
    start = tokens[0].start
    before = _told_before(article, start) if _COUNTS_ON.search(article.text, start, sentence.end) else None
    if sentence.kind == "text":  # a headline's present is the past
        tenses = [
            "future" if tense == "unknown" and status.scheduled(tokens, trigger) else tense
            for tense, trigger in zip(tenses, triggers, strict=True)
        ]
    by_tense = dates.find_in_tenses(article.text, article.date, _TENSES, start, sentence.end, before)
    if sentence.kind == "text":
        by_tense = _as_told(tokens, by_tense)
    if not any(by_tense.values()) and (hour := _of_the_day(article, start, sentence.end)):
        by_tense = by_tense | {"past": [hour], "unknown": [hour]}
    found = [
        _nearest(tokens, trigger, triggers, by_tense[tense], tense, article.date)
        for trigger, tense in zip(triggers, tenses, strict=True)
    ]
    found = date_clauses.taken(article, tokens, triggers, found, by_tense)
    if stamp:
        found = [
            date or date_layout.date_of(article, stamp, tense)
            for date, tense in zip(found, tenses, strict=True)
        ]
    return found


def _as_told(
    tokens: Sequence[Word], by_tense: Mapping[Tense, Sequence[DateMention]]
) -> dict[Tense, list[DateMention]]:
    """Return the dates for each tense of a trigger; but what its verb says to come is so for all of them.

    A trigger without a tense takes that of the verb that a date stands with.
    """
    told = {m.start: date_tense.tense_at(tokens, first_word(tokens, m)) for m in by_tense["unknown"]}
    own = {m.start: m for tense, mentions in by_tense.items() for m in mentions if told.get(m.start) == tense}
    ahead = {start: m for start, m in own.items() if told[start] == "future"}
    result = {
        tense: [(own if tense == "unknown" else ahead).get(m.start, m) for m in mentions]
        for tense, mentions in by_tense.items()
    }
    to_come = [m for m in result["future"] if told.get(m.start) != "past"]
    return result | {"future": to_come or result["future"]}


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


def _nearest(
    tokens: Sequence[Word],
    trigger: Trigger,
    triggers: Sequence[Trigger],
    mentions: Sequence[DateMention],
    tense: Tense,
    article_day: dt.date | None,
) -> DateMention | None:
    """Return the nearest date, unless a clause border or another event stands between."""
    best: tuple[float, DateMention] | None = None
    for mention, behind in zip_longest(mentions, mentions[1:]):
        at = first_word(tokens, mention)
        others = [t for t in triggers if t.head != trigger.head]
        if mention.base and _told_then(trigger, others, at) is not trigger:
            continue
        if _is_of_another(tokens, trigger, mention, at):
            continue
        if _planned_for(tokens, at) and (at > trigger.head or trigger.entry.mode == "postponement"):
            continue  # "put off a visit planned for March", "the talks planned for Monday were called off"
        ahead = article_day is not None and mention.interval.first > article_day
        if ahead and tense == "past" and not _is_subject(tokens, trigger, others, at):
            continue  # what happened has no date to come
        if behind and behind.base and at < trigger.head:
            at = first_word(tokens, behind)  # "two days after Monday's attack, protesters ..."
            told = _told_then(trigger, others, at)
            if told is trigger:
                continue
            if told:
                at = max(at, told.last)
                others = [t for t in others if t is not told]
        cost = _cost(tokens, trigger, others, mention, at)
        if cost < 8.5 and (best is None or cost < best[0]):
            best = cost, mention
    return best[1] if best else None


def _is_subject(tokens: Sequence[Word], trigger: Trigger, others: Sequence[Trigger], at: int) -> bool:
    """Return whether only its verb stands between a noun and a date: "a rally was announced for Sunday"."""
    apart = any(word.lower == "," or word.lower in _CLAUSE - {"until"} for word in tokens[trigger.last : at])
    return (
        not trigger.verbal
        and trigger.last < at
        and not apart
        and not any(trigger.head < t.head < at for t in others)
    )


def _told_then(trigger: Trigger, others: Sequence[Trigger], at: int) -> Trigger | None:
    """Return the trigger of what happened at a date that another counts from: right beside it."""
    nearest = min([trigger, *others], key=lambda t: abs(t.head - at))
    return nearest if abs(nearest.head - at) <= _AT_ONCE else None


def _cost(
    tokens: Sequence[Word], trigger: Trigger, others: Sequence[Trigger], mention: DateMention, at: int
) -> float:
    """Return how far a date at a word is from a trigger, in words and in what stands between."""
    then = _then(tokens, mention)
    if trigger.head > then > at and not any(then < t.head < trigger.head for t in others):
        at = then
    low, high = sorted((status.anchor(tokens, trigger), at))
    cost = float(high - low) / 4 + 8.0 * (then < 0 and at < trigger.head and _bracketed(tokens, mention, at))
    if at > trigger.last and [word.lower for word in tokens[low + 1 : low + 3]] == [",", "which"]:
        low += 2  # "the crash, which happened on Wednesday"
    if at < trigger.head:
        low = max(low, word_behind(tokens, mention) - 1)  # "the day before" opens no clause
    between = [word.lower for word in tokens[low + 1 : high]]
    cost += 0.7 * sum(word in (",", "and") for word in between) + 5.0 * between.count(";")
    cost += 3.0 * sum(_opens_clause(tokens, i) for i in range(low + 1, high) if tokens[i].lower != ";")
    cost += 5.0 * (at < trigger.head and any(_leads_on(tokens, i) for i in range(low + 1, high)))
    others = [t for t in others if t.type != trigger.type]
    cost += 3.0 * any(low < t.head < high for t in others)
    if any(0 < at - t.last <= 2 and trigger.head > at for t in others):
        cost += 7.0  # "agreed on Saturday to hold talks": Saturday is taken
    if any(_owns(t, trigger, at, tokens) for t in others):
        cost += 4.0
    if at < trigger.head and _is_told_of_subject(tokens, trigger, at):
        cost += 9.0  # "four men who disappeared on Monday were found"
    if _in_relative_clause(tokens, trigger, at):
        cost += 6.0  # "who voted in Davao, faces a trial in July"
    if not _REVENGE.isdisjoint(between):
        cost += 7.0  # "carried out the attack in retaliation for air strikes last week"
    if not _SAID.isdisjoint(word.lower for word in tokens[max(0, at - 2) : at]):
        cost += 7.0  # "said on Tuesday it would strike"
    return cost


def _is_of_another(tokens: Sequence[Word], trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Return whether a date is of a deed judged or remembered, of a noun, or an end: "until Saturday"."""
    if trigger.entry.mode in _JUDGED and _is_deeds(tokens, trigger, mention, at):
        return True
    if trigger.head < at and _possesses(tokens, mention, at):
        return True
    if at < trigger.head and status.is_charge(tokens, trigger):
        return True
    if tokens[max(0, at - 1)].lower == "before" and trigger.head < at:
        return True
    if tokens[max(0, at - 1)].lower == "through" and trigger.head < at:
        return True
    lead = {word.lower for word in tokens[max(0, at - 3) : at]}
    return not lead.isdisjoint({"until", "till"} | (_MARKS if at > trigger.head else frozenset()))


def _possesses(tokens: Sequence[Word], mention: DateMention, at: int) -> bool:
    """Return whether a date is that of a noun behind it: "arrested over Saturday's fire", not "cut by" it."""
    after = word_behind(tokens, mention)
    return tokens[after].lower == "'s" and tokens[max(0, at - 1)].lower not in _BY


def _planned_for(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a date belongs to a participle of its own: "planned for March"."""
    lead = [word.lower for word in tokens[max(0, at - 3) : at]]
    ahead = {word.lower for word in tokens[max(0, at - 4) : at]}
    return bool(_SET & set(lead)) and not {"is", "are", "was", "were", "be"} & ahead


def _leads_on(tokens: Sequence[Word], i: int) -> bool:
    """Return whether a clause begins that the date before it does not reach; "in 1999, when ..." does."""
    return tokens[i].lower in _WHEN and tokens[i - 1].lower != "," and not _tells_hour(tokens, i)


def _then(tokens: Sequence[Word], mention: DateMention) -> int:
    """Return the index of a "when" right behind a date, else -1: "in March, when armed men looted it"."""
    after = word_behind(tokens, mention)
    at = after + (tokens[after].lower == ",")
    return at if at < len(tokens) and tokens[at].lower == "when" else -1


def _opens_clause(tokens: Sequence[Word], i: int) -> bool:
    return tokens[i].lower in _CLAUSE and not _tells_hour(tokens, i)


def _tells_hour(tokens: Sequence[Word], i: int) -> bool:
    """Return whether a word leads to no clause but to a time of day: "before dawn", "until 6 p.m."."""
    after, then = (word.lower for word in (*tokens[i + 1 : i + 3], *[tokens[i]] * 2)[:2])
    return after in _HOURS or (after.isdigit() and then in _CLOCK) or bool(_HOUR.fullmatch(after))


def _in_relative_clause(tokens: Sequence[Word], trigger: Trigger, at: int) -> bool:
    """Return whether a trigger stands in a relative clause that a comma closes before the date."""
    lead = {word.lower for word in tokens[max(0, trigger.first - 4) : trigger.first]}
    return not lead.isdisjoint({"who", "which"}) and any(
        w.lower == "," for w in tokens[trigger.last + 1 : at]
    )


def _is_told_of_subject(tokens: Sequence[Word], trigger: Trigger, at: int) -> bool:
    """Return whether a date ends a relative clause about who does, or suffers, what a trigger tells."""
    first = max(0, at - _NEARBY)
    relative = next((i for i in range(at - 1, first - 1, -1) if tokens[i].lower in _WHO), -1)
    if relative < 0 or any(word.lower in (",", "and") for word in tokens[relative:at]):
        return False
    clause, main = tokens[relative + 1 : at], tokens[at : trigger.last + 1]
    return all(any(_is_finite(word.lower) for word in part) for part in (clause, main))


def _is_finite(word: str) -> bool:
    return word in _AUXILIARIES or status.is_past(word)


def _is_deeds(tokens: Sequence[Word], trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Return whether a date is that of what is judged or remembered: "jailed for a killing in 2011"."""
    wide = (mention.interval.last - mention.interval.first).days > _WEEK
    return wide and any(word.lower in _OVER for word in tokens[trigger.head : at])


def _bracketed(tokens: Sequence[Word], mention: DateMention, at: int) -> bool:
    """Return whether a date before a trigger stands between commas: "which moved in January, refused"."""
    after = word_behind(tokens, mention)
    return tokens[after].lower == "," and any(word.lower == "," for word in tokens[max(0, at - 14) : at])


def _owns(other: Trigger, trigger: Trigger, at: int, tokens: Sequence[Word]) -> bool:
    """Return whether a date stands right at another trigger, and a clause away from this one."""
    low, high = sorted((trigger.head, at))
    apart = any(
        _opens_clause(tokens, i) or (tokens[i].lower == "," and tokens[i + 1].lower in ("and", "but"))
        for i in range(low + 1, high)
    )
    return apart and abs(other.head - at) < high - low


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
