"""Whether a reported event happened, is planned, is denied, is a mere possibility, or is old."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.geo import status_background, status_denied, status_hypothetical, status_planned
from dateline.geo.date_meanings import Tense
from dateline.geo.status_words import STOP, Told, nearest_of
from dateline.geo.triggers import Trigger
from dateline.geo.words import Word, verb_form

#: Words behind a trigger that are looked at.
_AFTER = 18
_PERFECT = frozenset(["has", "have", "had", "having", "was", "were"])
#: What nobody plans is past unless it is said to be feared.
_UNPLANNED = frozenset({"DISASTER", "ACCIDENT"})


def judge(sentence: Sequence[Word], trigger: Trigger) -> Told:
    """Return the status of the event that a trigger reports, its verb's tense, and the word that says so.

    The status is told by the words that govern the trigger; how old the event is, only its date tells.

    Examples
    --------
    >>> from dateline.geo.triggers import find
    >>> from dateline.geo.words import words
    >>> for text in ("Leaders will meet.", "The army denied shelling Kobani.", "Rebels shelled Idlib."):
    ...     sentence = words(text)
    ...     print(judge(sentence, find(sentence)[-1])[:2])
    ('planned', 'future')
    ('denied', 'past')
    ('actual', 'past')
    """
    # "may" is a modal, "May" a month
    nearest = ["" if w.lower == "may" and w.capital else w.lower for w in _governors(sentence, trigger.first)]
    nearest.reverse()
    after = [word.lower for word in sentence[trigger.last + 1 : trigger.last + 1 + _AFTER]]
    return (
        status_background.told_before(trigger, nearest, after)
        or status_hypothetical.rehearsed(nearest)
        or status_denied.denied(trigger, nearest, after)
        or status_denied.negated(sentence, trigger, nearest)
        or status_planned.planned(sentence, trigger, nearest, after)
        or status_hypothetical.plotted(trigger, nearest)
        or status_planned.foreseen(sentence, trigger, nearest, after)
        or status_hypothetical.unsettled(sentence, trigger)
        or status_planned.announced(nearest)
        or status_hypothetical.possible(sentence, trigger, nearest, after)
        or ("actual", _tense(sentence, trigger, nearest), "")
    )


def _governors(sentence: Sequence[Word], at: int) -> Sequence[Word]:
    """Return the words before a trigger that may govern it: back to the beginning of its clause."""
    first = at
    while first > 0 and at - first < 16:
        word = sentence[first - 1].lower
        if word in STOP or word in ("but", "while", "although", "whereas", '"', "“", "”"):
            break
        first -= 1
    return sentence[first:at]


def _tense(sentence: Sequence[Word], trigger: Trigger, nearest: Sequence[str]) -> Tense:
    """Return the tense of what happens or has happened."""
    verb = sentence[trigger.head].lower
    if trigger.verbal and verb.endswith("ing") and nearest[:1] in (["is"], ["are"]):
        return "future"  # "is sending two planes on Wednesday"
    told = [verb] if trigger.verbal else [w.lower for w in sentence[trigger.last + 1 : trigger.last + 5]]
    past = (
        nearest_of(nearest, _PERFECT, 3)
        or trigger.type in _UNPLANNED
        or any(verb_form(word) == "past" for word in told)
    )
    return "past" if past else "unknown"
