"""When an event happened: which date belongs to its trigger, and what that makes of its status."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import zip_longest

from dateline.geo import dates, status
from dateline.geo.date_meanings import Tense
from dateline.geo.date_words import number
from dateline.geo.dates import DateMention
from dateline.geo.intervals import Interval
from dateline.geo.model import Article, Status
from dateline.geo.sentences import Sentence
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

#: An event that ended so many days before publication is no longer news of the day.
OLD_AFTER = 3
_CLAUSE = (wordlist("clause_openers") | {";", "said", "says"}) - {"during"}
#: What is behind one of these is another event, and its date too.
_REVENGE = frozenset({"retaliation", "revenge", "response", "reprisal", "avenge"})
_DAYS_OF = re.compile(
    r"(?P<n>two|three|four|five|six|seven|ten|\d{1,2})(?P<joined>-day| days of)\b", re.IGNORECASE
)
_SAID = wordlist("speech") | {"showed", "shows"}
#: So many characters back a date is looked for that a sentence counts from.
_LOOK_BACK = 600
#: Where an article's own date is looked for: its first lines.
_HEAD, _FIRST_LINES = 1500, 8
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY_MONTH = rf"\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?"
#: What counts from a date told before, or takes its year.
_COUNTS_ON = re.compile(
    r"\b(?:later|earlier|previous|(?:days?|weeks?|months?|years?|night|morning|evening) (?:before|after)"
    r"|(?:following|next|that|same|the) (?:day|night|week|month|year|morning)|following [a-z]+day"
    rf"|on the \d+(?:st|nd|rd|th)|(?-i:{_DAY_MONTH})(?!,? \d{{4}}))\b",
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
_SET = {"planned", "scheduled", "slated"}
_DAY = dt.timedelta(days=1)
#: Words of a clause that a date before them does not reach: "left on Sunday ... when it came under fire".
_WHEN = frozenset({"when", "after", "before", "until"})
#: Modes of events that speak of an older one, whose date is told behind them.
_JUDGED = frozenset({"legal action", "ceremony", "arrest"})
_OVER = frozenset({"for", "over", "of", "marking"})
#: Words before the date of what is remembered: "closed to mark one year since the massacre".
_MARKS = frozenset({"mark", "marks", "marked", "marking", "anniversary"})
_WEEK = 7
#: What is told of more days than this at once is a tally: "have died this year".
_TALLY = 90


def dates_of(
    article: Article,
    sentence: Sentence,
    tokens: Sequence[Word],
    triggers: Sequence[Trigger],
    tenses: Sequence[Tense],
) -> list[DateMention | None]:
    """Return the date of each trigger, None where its sentence tells none."""
    start = tokens[0].start
    before = _told_before(article, start, sentence.end)
    if sentence.kind == "text":  # a headline's present is the past
        tenses = [
            "future" if tense == "unknown" and status.scheduled(tokens, trigger) else tense
            for tense, trigger in zip(tenses, triggers, strict=True)
        ]
    by_tense = dates.find_in_tenses(article.text, article.date, set(tenses), start, sentence.end, before)
    found = [
        _nearest(tokens, trigger, triggers, by_tense[tense], tense, article.date)
        for trigger, tense in zip(triggers, tenses, strict=True)
    ]
    return [_after(article.text, tokens, triggers, i, found) for i in range(len(triggers))]


def _told_before(article: Article, start: int, end: int) -> Interval | None:
    """Return the last date told before a sentence that counts from it: "two days later", "that night"."""
    if not _COUNTS_ON.search(article.text, start, end):
        return None
    first = max(article.body_start, start - _LOOK_BACK)
    return next(
        (m.interval for m in reversed(dates.find(article.text, article.date, "past", first, start))), None
    )


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
        at = _index(tokens, mention)
        others = [t for t in triggers if t.head != trigger.head]
        if mention.base and _told_then(trigger, others, at) is not trigger:
            continue
        if _is_of_another(tokens, trigger, mention, at):
            continue
        if _planned_for(tokens, at) and (at > trigger.head or trigger.entry.mode == "postponement"):
            continue  # "put off a visit planned for March", "the talks planned for Monday were called off"
        if article_day is not None and mention.interval.first > article_day and tense == "past":
            continue  # what happened has no date to come
        if behind and behind.base and at < trigger.head:
            at = _index(tokens, behind)  # "two days after Monday's attack, protesters ..."
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


def _index(tokens: Sequence[Word], mention: DateMention) -> int:
    """Return the index of a date's first word."""
    return next((i for i, word in enumerate(tokens) if word.end > mention.start), len(tokens) - 1)


def _told_then(trigger: Trigger, others: Sequence[Trigger], at: int) -> Trigger | None:
    """Return the trigger of what happened at a date that another counts from: right beside it."""
    nearest = min([trigger, *others], key=lambda t: abs(t.head - at))
    return nearest if abs(nearest.head - at) <= _AT_ONCE else None


def _cost(
    tokens: Sequence[Word], trigger: Trigger, others: Sequence[Trigger], mention: DateMention, at: int
) -> float:
    """Return how far a date at a word is from a trigger, in words and in what stands between."""
    low, high = sorted((status.anchor(tokens, trigger), at))
    cost = float(high - low) / 4 + 8.0 * (at < trigger.head and _bracketed(tokens, mention, at))
    between = [word.lower for word in tokens[low + 1 : high]]
    if at > trigger.last and between[:2] == [",", "which"]:
        del between[:2]  # "the crash, which happened on Wednesday"
    for word in between:
        cost += 5.0 if word == ";" else 3.0 if word in _CLAUSE else 0.7 if word in (",", "and") else 0.0
    cost += 5.0 * (at < trigger.head and any(_leads_on(tokens, i) for i in range(low + 1, high)))
    others = [t for t in others if t.type != trigger.type]
    cost += 3.0 * any(low < t.head < high for t in others)
    if any(0 < at - t.last <= 2 and trigger.head > at for t in others):
        cost += 7.0  # "agreed on Saturday to hold talks": Saturday is taken
    if any(_owns(t, trigger, at, tokens) for t in others):
        cost += 4.0
    if _in_relative_clause(tokens, trigger, at):
        cost += 6.0  # "who voted in Davao, faces a trial in July"
    if not _REVENGE.isdisjoint(between):
        cost += 7.0  # "carried out the attack in retaliation for air strikes last week"
    if not _SAID.isdisjoint(word.lower for word in tokens[max(0, at - 2) : at]):
        cost += 7.0  # "said on Tuesday it would strike"
    return cost


def _is_of_another(tokens: Sequence[Word], trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Return whether a date is that of a deed judged or remembered, or an end: "until Saturday"."""
    if trigger.entry.mode in _JUDGED and _is_deeds(tokens, trigger, mention, at):
        return True
    lead = {word.lower for word in tokens[max(0, at - 3) : at]}
    return not lead.isdisjoint({"until", "till"} | (_MARKS if at > trigger.head else frozenset()))


def _planned_for(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a date belongs to a participle of its own: "planned for March"."""
    lead = [word.lower for word in tokens[max(0, at - 3) : at]]
    return bool(_SET & set(lead)) and not {"is", "are", "was", "were", "be"} & set(lead)


def _leads_on(tokens: Sequence[Word], i: int) -> bool:
    """Return whether a clause begins that the date before it does not reach; "in 1999, when ..." does."""
    return tokens[i].lower in _WHEN and tokens[i - 1].lower != ","


def _in_relative_clause(tokens: Sequence[Word], trigger: Trigger, at: int) -> bool:
    """Return whether a trigger stands in a relative clause that a comma closes before the date."""
    lead = {word.lower for word in tokens[max(0, trigger.first - 4) : trigger.first]}
    return not lead.isdisjoint({"who", "which"}) and any(
        w.lower == "," for w in tokens[trigger.last + 1 : at]
    )


def _is_deeds(tokens: Sequence[Word], trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Return whether a date is that of what is judged or remembered: "jailed for a killing in 2011"."""
    wide = (mention.interval.last - mention.interval.first).days > _WEEK
    return wide and any(word.lower in _OVER for word in tokens[trigger.head : at])


def _bracketed(tokens: Sequence[Word], mention: DateMention, at: int) -> bool:
    """Return whether a date before a trigger stands between commas: "which moved in January, refused"."""
    after = next((i for i in range(at, len(tokens)) if tokens[i].start >= mention.end), len(tokens) - 1)
    return tokens[after].lower == "," and any(word.lower == "," for word in tokens[max(0, at - 14) : at])


def _owns(other: Trigger, trigger: Trigger, at: int, tokens: Sequence[Word]) -> bool:
    """Return whether a date stands right at another trigger, and a clause away from this one."""
    low, high = sorted((trigger.head, at))
    apart = any(
        tokens[i].lower in _CLAUSE or (tokens[i].lower == "," and tokens[i + 1].lower in ("and", "but"))
        for i in range(low + 1, high)
    )
    return apart and abs(other.head - at) < high - low


def _after(
    text: str,
    tokens: Sequence[Word],
    triggers: Sequence[Trigger],
    i: int,
    found: Sequence[DateMention | None],
) -> DateMention | None:
    """Date "after a two-day meeting" and "after two days of clashes" by the event of the main clause."""
    trigger = triggers[i]
    lead = text[tokens[max(0, trigger.first - 8)].start : tokens[trigger.first].start]
    span = _DAYS_OF.search(lead)
    own = found[i]
    if not span or not re.search(r"\bafter\b", lead):
        return own
    main = next((date for j, date in enumerate(found) if j < i and date), None)
    if main is None or main.interval.grain != "day":
        return None
    count = number(span["n"])
    inclusive = span["joined"].startswith("-")
    last = main.interval.last if inclusive else main.interval.first - _DAY
    return DateMention(
        main.start, main.end, f"{span[0]} to {main.text}", Interval(last - (count - 1) * _DAY, last)
    )


def aged(state: Status, interval: Interval | None, published: dt.date | None) -> tuple[Status, str]:
    """Return the status that the date allows: what ended days before publication is background."""
    if not interval or not published:
        return state, ""
    age = (published - interval.last).days
    if 0 < age <= OLD_AFTER:  # "last week" is its middle, told on Monday
        age += (interval.last - interval.first).days // 2
    if state in ("actual", "denied") and age > OLD_AFTER:
        return "background", f"ended {age} days before publication"
    if state == "actual" and age <= OLD_AFTER and (interval.last - interval.first).days > _TALLY:
        return "background", "a tally of months"
    if state == "planned" and age > OLD_AFTER:
        return "background", f"was planned for {age} days before publication"
    if state == "actual" and interval.first > published:
        return "planned", "dated after publication"
    return state, ""
