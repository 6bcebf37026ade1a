"""Which date of a sentence belongs to which of its events."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from dateline.geo import date_retold, status_background, status_planned
from dateline.geo.date_meanings import Tense
from dateline.geo.date_retold import DETERMINERS, WHO
from dateline.geo.date_tense import AUXILIARIES, first_word, is_finite, tense_at, word_behind
from dateline.geo.dates import DateMention
from dateline.geo.reports import FUNCTION
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, verb_form

_CLAUSE = (wordlist("clause_openers") | {";", "said", "says"}) - {"during"}
_APART = (_CLAUSE - {"until"}) | {",", "and"}
#: What is behind one of these is another event, and its date too.
_REVENGE = frozenset({"retaliation", "revenge", "response", "reprisal", "avenge"})
SAID = wordlist("speech") | {"showed", "shows"}
#: So many words from a date another counts from stands what happened then: "two days after Monday's attack".
_AT_ONCE = 4
#: Before "reported" they make it what happened, not what somebody said.
_TOLD_OF = wordlist("passive")
_BY = frozenset({"by", "in", "during"})
_SET = {"planned", "scheduled", "slated"}
#: Words of a clause that a date before them does not reach: "left on Sunday ... when it came under fire".
_WHEN = frozenset({"when", "after", "before", "until"})
HOURS = wordlist("times_of_day")
#: What follows the number of an hour, words being what they are: "6 p . m .", "18 : 30".
_CLOCK, _HOUR = frozenset({"a", "p", "am", "pm", "gmt", ":", "o'clock"}), re.compile(r"\d{1,2}[ap]m")
#: Modes of events that speak of an older one, whose date is told behind them.
_JUDGED = frozenset({"legal action", "ceremony", "arrest"})
_OVER = frozenset({"for", "over", "of", "marking"})
#: Words before the date of what is remembered: "closed to mark one year since the massacre".
_MARKS = frozenset({"mark", "marks", "marked", "marking", "anniversary"})
_WEEK = 7
#: An aside is no longer than so many words.
_ASIDE = 15
_NEARBY = 8


def nearest(
    tokens: Sequence[Word],
    trigger: Trigger,
    triggers: Sequence[Trigger],
    mentions: Sequence[DateMention],
    candidates: Sequence[DateMention],
) -> DateMention | None:
    """Return the nearest :func:`possible` date, unless a clause border or another event stands between."""
    best: tuple[float, DateMention] | None = None
    for mention, behind in zip_longest(mentions, mentions[1:]):
        at = first_word(tokens, mention)
        others = [t for t in triggers if t.head != trigger.head]
        if mention not in candidates:
            continue
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


def possible(
    tokens: Sequence[Word],
    trigger: Trigger,
    triggers: Sequence[Trigger],
    mentions: Sequence[DateMention],
    tense: Tense,
    article_day: dt.date | None,
) -> tuple[DateMention, ...]:
    """Return the dates of a sentence that may be a trigger's, however far they stand from it."""
    others = [t for t in triggers if t.head != trigger.head]
    return tuple(m for m in mentions if _may_be(tokens, trigger, others, m, tense, article_day))


def _may_be(
    tokens: Sequence[Word],
    trigger: Trigger,
    others: Sequence[Trigger],
    mention: DateMention,
    tense: Tense,
    article_day: dt.date | None,
) -> bool:
    """Return whether nothing says that a date is another's."""
    at = first_word(tokens, mention)
    if mention.base and _told_then(trigger, others, at) is not trigger:
        return False
    if _is_of_another(tokens, trigger, mention, at):
        return False
    if _planned_for(tokens, at) and (at > trigger.head or trigger.entry.mode == "postponement"):
        return False  # "put off a visit planned for March", "the talks planned for Monday were called off"
    if tense == "future" and not trigger.verbal and _is_of_past(tokens, trigger.last + 1, at):
        return False
    ahead = mention.ahead or (article_day is not None and mention.interval.first > article_day)
    # what happened has no date to come
    return not (ahead and tense == "past") or _is_subject(tokens, trigger, others, at)


def _is_of_past(tokens: Sequence[Word], after: int, at: int) -> bool:
    """Return whether a date is of a past deed told apart: "Ahead of the march, police held 20"."""
    between = [word.lower for word in tokens[after:at]]
    pause = next((i for i, word in enumerate(between) if word in (",", "and")), len(between))
    return any(verb_form(word) == "past" for word in between[pause:]) and tense_at(tokens, at) == "past"


def _is_subject(tokens: Sequence[Word], trigger: Trigger, others: Sequence[Trigger], at: int) -> bool:
    """Return whether only its verb stands between a noun and a date: "a rally was announced for Sunday"."""
    return (
        not trigger.verbal
        and trigger.last < at
        and not any(word.lower in _APART for word in tokens[trigger.last : at])
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
    low, high = sorted((status_planned.anchor(tokens, trigger), at))
    cost = float(high - low) / 4 + 8.0 * (then < 0 and at < trigger.head and _bracketed(tokens, mention, at))
    if at > trigger.last and [word.lower for word in tokens[low + 1 : low + 3]] == [",", "which"]:
        low += 2  # "the crash, which happened on Wednesday"
    if at < trigger.head:
        low = max(low, word_behind(tokens, mention) - 1)  # "the day before" opens no clause
    between = [word.lower for word in tokens[low + 1 : high]]
    cost += 0.7 * sum(word in (",", "and") for word in between) + 8.0 * between.count(";")
    cost += 3.0 * sum(_opens_clause(tokens, i) for i in range(low + 1, high) if tokens[i].lower != ";")
    cost += 5.0 * (at < trigger.head and any(_leads_on(tokens, i) for i in range(low + 1, high)))
    others = [t for t in others if t.type != trigger.type]
    cost += 3.0 * any(low < t.head < high for t in others)
    if any(0 < at - t.last <= 2 and trigger.head > at for t in others):
        cost += 7.0  # "agreed on Saturday to hold talks": Saturday is taken
    if any(_owns(t, trigger, at, tokens) for t in others):
        cost += 4.0
    if _in_next_clause(tokens, trigger, at) or _is_told_since(tokens, trigger, mention, at):
        cost += 9.0
    if at < trigger.head and _is_told_of_subject(tokens, trigger, at):
        cost += 9.0  # "four men who disappeared on Monday were found"
    if _in_relative_clause(tokens, trigger, at):
        cost += 6.0  # "who voted in Davao, faces a trial in July"
    if not _REVENGE.isdisjoint(between):
        cost += 7.0  # "carried out the attack in retaliation for air strikes last week"
    if _is_said(tokens, at):
        cost += 7.0  # "said on Tuesday it would strike"
    return cost


def _is_of_another(tokens: Sequence[Word], trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Return whether a date is of a deed judged or remembered, of a noun, or an end: "until Saturday"."""
    if trigger.entry.mode in _JUDGED and _is_deeds(tokens, trigger, mention, at):
        return True
    if status_background.is_inquired(
        trigger, [word.lower for word in tokens[trigger.last + 1 : trigger.last + 2]]
    ):
        return True
    if date_retold.is_of_main_clause(tokens, trigger, mention, at):
        return True
    if trigger.head < at and _is_of_noun(tokens, trigger, mention, at):
        return True
    lead = [word.lower for word in tokens[max(0, at - 5) : at]]
    if any(a == "," and b == "last" for a, b in pairwise(lead)):
        return True  # "elections, last held in 1928"
    if at < trigger.head and status_background.is_charge(tokens, trigger):
        return True
    if trigger.head < at and lead[-1] in ("before", "through"):
        return True
    return not set(lead[-3:]).isdisjoint({"until", "till"} | (_MARKS if at > trigger.head else frozenset()))


def _is_of_noun(tokens: Sequence[Word], trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Return whether a date is that of a noun behind it: "over Saturday's fire", "broke the 2024 truce"."""
    before, after = tokens[max(0, at - 1)].lower, tokens[word_behind(tokens, mention)].lower
    if before in DETERMINERS and trigger.verbal:
        return after.isalpha() and after not in FUNCTION and not is_finite(after)
    return after == "'s" and before not in _BY  # not "cut by Saturday's fire"


def _is_said(tokens: Sequence[Word], at: int) -> bool:
    """Return whether somebody said something then; what "was reported on Thursday" happened then.

    An arrest that "was confirmed on Thursday" was before.
    """
    verb = next((i for i in range(max(0, at - 2), at) if tokens[i].lower in SAID), None)
    told_of = verb is not None and tokens[verb].lower == "reported" and tokens[verb - 1].lower in _TOLD_OF
    return verb is not None and not told_of


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
    return after in HOURS or (after.isdigit() and then in _CLOCK) or bool(_HOUR.fullmatch(after))


def _in_relative_clause(tokens: Sequence[Word], trigger: Trigger, at: int) -> bool:
    """Return whether a trigger stands in a relative clause that a comma closes before the date."""
    lead = {word.lower for word in tokens[max(0, trigger.first - 4) : trigger.first]}
    return not lead.isdisjoint({"who", "which"}) and any(
        w.lower == "," for w in tokens[trigger.last + 1 : at]
    )


def _is_told_of_subject(tokens: Sequence[Word], trigger: Trigger, at: int) -> bool:
    """Return whether a date ends a relative clause about who does, or suffers, what a trigger tells."""
    first = max(0, at - _NEARBY)
    relative = next((i for i in range(at - 1, first - 1, -1) if tokens[i].lower in WHO), -1)
    if relative < 0 or any(word.lower in (",", "and") for word in tokens[relative:at]):
        return False
    clause, main = tokens[relative + 1 : at], tokens[at : trigger.last + 1]
    return all(any(is_finite(word.lower) for word in part) for part in (clause, main))


def _in_next_clause(tokens: Sequence[Word], trigger: Trigger, at: int) -> bool:
    """Return whether a date behind a trigger is in the next clause: "..., and a ship came on Thursday"."""
    starts = [
        i for i in range(trigger.last + 1, at - 2) if tokens[i].lower == "," and tokens[i + 1].lower == "and"
    ]
    subject = tokens[starts[-1] + 2].lower if starts else ""
    finite = starts and any(is_finite(word.lower) for word in tokens[starts[-1] + 3 : at])
    return bool(finite) and not is_finite(subject) and not subject.endswith("ing")


def _is_told_since(tokens: Sequence[Word], trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Return whether "since Monday" tells of somebody: "a man missing since Monday was found"."""
    if not mention.text.lower().startswith("since"):
        return False
    if at > trigger.head:
        return any(word.lower == "had" for word in tokens[trigger.last + 1 : at])
    behind = word_behind(tokens, mention)
    after, then = (word.lower for word in (*tokens[behind : behind + 2], tokens[-1])[:2])
    if after in ("has", "have") and then != "been":
        return False  # "rains since Monday have flooded"
    return at > 0 and tokens[at - 1].lower != "," and after in AUXILIARIES


def _is_deeds(tokens: Sequence[Word], trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Return whether a date is that of what is judged or remembered: "jailed for a killing in 2011"."""
    wide = (mention.interval.last - mention.interval.first).days > _WEEK
    return wide and any(word.lower in _OVER for word in tokens[trigger.head : at])


def _bracketed(tokens: Sequence[Word], mention: DateMention, at: int) -> bool:
    """Return whether a date before a trigger stands in an aside: "which moved in January, refused".

    An opening does not: "In the deadliest such accident, on 24 November 2021, 27 people drowned".
    """
    comma = next((i for i in range(at - 1, max(-1, at - _ASIDE), -1) if tokens[i].lower == ","), -1)
    if comma < 0 or tokens[word_behind(tokens, mention)].lower != ",":
        return False
    aside = any(is_finite(word.lower) or word.lower in WHO for word in tokens[comma + 1 : at])
    return aside or any(is_finite(word.lower) for word in tokens[:comma])


def _owns(other: Trigger, trigger: Trigger, at: int, tokens: Sequence[Word]) -> bool:
    """Return whether a date stands right at another trigger, and a clause away from this one."""
    low, high = sorted((trigger.head, at))
    apart = any(
        _opens_clause(tokens, i) or (tokens[i].lower == "," and tokens[i + 1].lower in ("and", "but"))
        for i in range(low + 1, high)
    )
    return apart and abs(other.head - at) < high - low
