"""The words beside a date: whether it lies ahead or behind, as the verb that it stands with tells it.

"Who signed the accord and will travel on to Bucharest on Thursday": the next Thursday, though the event
that is being dated has happened.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise, takewhile
from operator import attrgetter

from dateline.geo.date_meanings import Tense
from dateline.geo.dates import DateMention
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, irregular_forms

_AHEAD = frozenset(
    {"will", "won't", "shall", "'ll", "would", "may", "might", "could", "can", "should", "must"}
)
#: Behind "could", what was not possible, or only just, has been tried: "could only land on Monday".
_TRIED = frozenset({"not", "only"})
_SCHEDULED = frozenset(
    {
        "planned",
        "scheduled",
        "due",
        "expected",
        "expects",
        "expect",
        "predicts",
        "forecasts",
        "slated",
        "forecast",
        "proposed",
        "upcoming",
        "possible",
        "likely",
    }
)
#: What is announced "for Sunday", put off "to Friday".
_FIXED = frozenset(
    {
        "announced",
        "called",
        "fixed",
        "set",
        "summoned",
        "invited",
        "postponed",
        "delayed",
        "moved",
        "adjourned",
    }
    | {"rescheduled", "deferred", "off", "back", "forward"}
    | {"alert", "alerts", "warning", "warnings", "advisory", "issued"}
)
#: What is voted for or prepared is yet to come: "summoned lawmakers for a session on July 21".
_FOR = frozenset({"summoned", "invited", "voted", "prepared"})
_TO = frozenset({"for", "to", "until", "till"})
_PLANS = wordlist("plans") - {"plan", "plans", "set"}
#: Right before an infinitive.
_IS_TO = frozenset({"is", "are", "was", "were", "set"})
#: The plain present of a timetable: "the trial opens on June 8".
_TIMETABLE = frozenset(
    {"starts", "begins", "opens", "resumes", "takes", "ends", "meets", "holds", "hosts", "votes", "leaves"}
    | {"begin", "beginning", "starting", "resume", "appears", "spends", "chairs", "convenes", "faces"}
    | {"arrives", "flies", "travels", "visits", "expires", "runs", "returns", "reopens"}
)
_BORDER = frozenset(
    {";", ":", "—", "–", "(", ")", '"', "“", "”", "but", "while", "after", "when", "who", "which"}
)
#: What no infinitive begins with: "called to a fire", "set fire to the school".
_NO_VERB = wordlist("before_nouns") | {"several", "two", "three", "all", "both", "multiple"}
#: Who was ordered to do something on a day was ordered on it.
_BIDDEN = frozenset({"ordered", "told", "urged", "asked", "forced", "advised", "instructed"})
_WAS = wordlist("passive")
#: Verbs that are their own past.
_SAME_IN_PAST = frozenset({"hit", "cut", "hurt", "shut", "burst"})
#: What opens a clause about what is awaited: "when he is sentenced in June".
_ONCE, _SOON = frozenset({"when", "once", "until", "till", "before", "if"}), 5
_IS = frozenset({"is", "are"})
AUXILIARIES = frozenset({"is", "are", "was", "were", "has", "have", "had", "will"})
#: Before a participle whose tense another word tells: "will be closed".
_PASSIVE = frozenset({"be", "been", "being", "remain", "stay"})
_START, _END = attrgetter("start"), attrgetter("end")
_NO_VERBS = frozenset({"red", "bed", "hundred", "indeed", "need", "speed", "seed", "feed"})
#: So many words back the verb is looked for, and ahead of "In a day, the army ...".
_REACH, _OPENING = 14, 1
_SAID = wordlist("speech") | {"forecast", "predicted", "warns"}


def first_word(tokens: Sequence[Word], mention: DateMention) -> int:
    """Return the index of a date's first word."""
    return min(bisect_right(tokens, mention.start, key=_END), len(tokens) - 1)


def word_behind(tokens: Sequence[Word], mention: DateMention) -> int:
    """Return the index of the word behind a date, or of the last word."""
    return min(bisect_left(tokens, mention.end, key=_START), len(tokens) - 1)


def of_verb(tokens: Sequence[Word], mention: DateMention) -> Tense:
    """Return the tense of the verb that a date stands with: before it, right behind it, or after it all.

    "France said on Monday", "the bureau on Monday warned", "in a day, the army carried out".
    """
    at, after = first_word(tokens, mention), word_behind(tokens, mention)
    tense = tense_at(tokens, at)
    if tense != "unknown":
        return tense
    opens = at <= _OPENING and mention.text.lower().startswith(("in ", "within "))
    behind = tokens[after : after + (_REACH if opens else 1)]
    clause = [word.lower for word in takewhile(lambda word: word.lower not in _BORDER, behind)]
    clause = [word for word, told in zip(clause, behind, strict=False) if word != "may" or not told.capital]
    if not _AHEAD.isdisjoint(clause):
        return "future"
    foreseen = not (_SCHEDULED - {"forecast"}).isdisjoint(clause) or not _IS.isdisjoint(clause)
    told = any(is_past(word) or word in _SAID for word in clause) or _hits(clause)
    return "past" if told and not foreseen else "unknown"


def _hits(clause: Sequence[str]) -> bool:
    """Return whether a verb is its own past: "in two days, shelling hit 20 villages", not "a hit"."""
    return any(b in _SAME_IN_PAST and a not in _NO_VERB | _TO for a, b in pairwise(clause))


def is_of_saying(tokens: Sequence[Word], mention: DateMention) -> bool:
    """Return whether a date is when somebody said something: "said on Monday", "on Monday forecast rain"."""
    return not _SAID.isdisjoint(_beside(tokens, mention))


def is_of_deed(tokens: Sequence[Word], mention: DateMention) -> bool:
    """Return whether a date is that of a past verb right beside it, so of nothing that is yet to come.

    "Said on Wednesday it would go", not "will keep schools closed on Friday".
    """
    before = {word.lower for word in tokens[: first_word(tokens, mention)]}
    told = any(is_past(word) or word in _SAID for word in _beside(tokens, mention))
    return told and before.isdisjoint(_AHEAD | _SCHEDULED)


def _beside(tokens: Sequence[Word], mention: DateMention) -> list[str]:
    """Return the two words before a date and the one behind it."""
    at = first_word(tokens, mention)
    return [word.lower for word in (*tokens[max(0, at - 2) : at], tokens[word_behind(tokens, mention)])]


def tense_at(tokens: Sequence[Word], at: int) -> Tense:
    """Return the tense of the verb before a date that begins at a word, unknown where no verb tells one.

    Examples
    --------
    >>> from dateline.geo.words import words
    >>> told = words("who signed it and will travel on Thursday")
    >>> tense_at(told, 7), tense_at(told, 2)
    ('future', 'past')
    """
    lead = [word.lower for word in tokens[max(0, at - 2) : at]]
    if lead[-1:] == ["before"] or lead == ["ahead", "of"]:
        return "future"  # "no truce before Sunday's election"
    fixed = not _TO.isdisjoint(lead[-1:])
    for i in range(at - 1, max(-1, at - 1 - _REACH), -1):
        word = tokens[i].lower
        if word in _BORDER:
            break
        after = tokens[i + 1].lower
        if word in _AHEAD and not (word == "may" and tokens[i].capital):
            return "past" if word == "could" and after in _TRIED else "future"
        if word in _FOR and "for" in [w.lower for w in tokens[i:at]]:
            return "future"
        if word in _SCHEDULED or word in _TIMETABLE or (word in _FIXED and (fixed or after == "for")):
            return "future"
        if word == "to" and i + 1 < at and _is_planned(tokens, i):
            return "future"
        if lead[-1:] == ["by"] and word in _PLANS | _BIDDEN:
            return "future"  # "ordered checks by February 28"
        if is_past(word) and tokens[i - 1].lower not in _PASSIVE:
            return "unknown" if tokens[i - 1].lower in _IS else "past"  # "are closed until Thursday"
    return "unknown"


def is_past(word: str) -> bool:
    """Return whether a word is a verb in the past, and no other form of it."""
    return (word.endswith("ed") and word not in _NO_VERBS) or word in irregular_forms()


def is_finite(word: str) -> bool:
    """Return whether a word is an auxiliary, or a verb in the past."""
    return word in AUXILIARIES or is_past(word)


def is_awaited(tokens: Sequence[Word], verb: int) -> bool:
    """Return whether a participle tells what is yet to come: "when he is sentenced", "once they are freed".

    >>> from dateline.geo.words import words
    >>> is_awaited(words("when he is sentenced"), 3), is_awaited(words("when he was sentenced"), 3)
    (True, False)
    """
    lead = [word.lower for word in tokens[max(0, verb - _SOON) : verb]]
    return not _IS.isdisjoint(lead[-1:]) and not _ONCE.isdisjoint(lead)


def leads_to_verb(tokens: Sequence[Word], to: int) -> bool:
    """Return whether "to" leads to a verb, not to a noun: no "called to a fire", "set fire to houses".

    >>> from dateline.geo.words import words
    >>> [leads_to_verb(words(text), 1) for text in ("ordered to leave", "called to Luton", "fire to houses")]
    [True, False, False]
    """
    after = tokens[min(to + 1, len(tokens) - 1)]
    noun = after.lower.endswith("s") and not after.lower.endswith(("ss", "us"))
    return not (after.capital or noun or after.lower in _NO_VERB or after.lower[0].isdigit())


def _is_planned(tokens: Sequence[Word], to: int) -> bool:
    """Return whether an infinitive is yet to come: "is to meet", "agreed to finish", not "was forced to"."""
    lead = [word.lower for word in tokens[max(0, to - 3) : to]]
    said = [word for word in lead if word != "now"]  # "is now to launch"
    if not leads_to_verb(tokens, to) or is_bidden(lead):
        return False
    return not _IS_TO.isdisjoint(said[-1:]) or not _PLANS.isdisjoint(lead)


def is_bidden(lead: Sequence[str]) -> bool:
    """Return whether words before "to" tell of an order that was given: "residents were ordered"."""
    return not _BIDDEN.isdisjoint(lead[-1:]) and not _WAS.isdisjoint(lead[-2:-1])
