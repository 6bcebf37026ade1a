"""The words beside a date: whether it lies ahead or behind, as the verb that it stands with tells it.

"Who signed the accord and will travel on to Bucharest on Thursday": the next Thursday, though the event
that is being dated has happened.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
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
#: Before a participle whose tense another word tells: "will be closed".
_PASSIVE = frozenset({"be", "been", "being"})
_START, _END = attrgetter("start"), attrgetter("end")
#: So many words back the verb is looked for.
_REACH = 14


def first_word(tokens: Sequence[Word], mention: DateMention) -> int:
    """Return the index of a date's first word."""
    return min(bisect_right(tokens, mention.start, key=_END), len(tokens) - 1)


def word_behind(tokens: Sequence[Word], mention: DateMention) -> int:
    """Return the index of the word behind a date, or of the last word."""
    return min(bisect_left(tokens, mention.end, key=_START), len(tokens) - 1)


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
        if lead[-1:] == ["by"] and word in _PLANS:
            return "future"  # "ordered checks by February 28"
        if (word.endswith("ed") or word in irregular_forms()) and tokens[i - 1].lower not in _PASSIVE:
            return "past"
    return "unknown"


def _is_planned(tokens: Sequence[Word], to: int) -> bool:
    """Return whether an infinitive is yet to come: "is to meet", "agreed to finish", not "was forced to"."""
    lead = [word.lower for word in tokens[max(0, to - 3) : to]]
    said = [word for word in lead if word != "now"]  # "is now to launch"
    return not _IS_TO.isdisjoint(said[-1:]) or not _PLANS.isdisjoint(lead)
