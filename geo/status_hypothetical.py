"""Whether an event is only a possibility: rehearsed, plotted, warned of, or what may be."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from dateline.geo.status_words import BE, BREAK, MODAL, PLOTS, STOP, Told, acts, nearest_of
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

_LIKE = frozenset(["like"])
_PLAYED = wordlist("played")
_DRILLS = frozenset(["drill", "drills", "exercise", "exercises"])
_STOPS = frozenset(
    {"end", "stop", "halt", "lift", "break", "prevent", "resolve", "settle", "contain", "quell", "curb"}
)
_IN_VAIN = frozenset({"foiled", "thwarted", "averted", "attempted", "failed"})
_MAY, _LIKELY = frozenset(["could", "may", "might"]), frozenset(["possible", "likely", "unlikely"])
#: So many words behind a noun its verb is looked for, and so few an aside.
_SOON, _CLOSE = 10, 6
_ARTICLES = frozenset({"a", "an", "the"})
_POSSIBLE = wordlist("possibilities")
_POSSIBLE_DEEDS = _POSSIBLE - {"suspected", "alleged"}
_HARM = frozenset(
    ["killed", "killing", "kills", "dead", "died", "injured", "injuring", "wounded", "wounding", "hurt"]
)
#: What follows the name of a hazard that has not come: "tsunami warnings", "bomb threats".
_WARNINGS = frozenset(
    {"warning", "warnings", "alert", "alerts", "advisory", "advisories", "threat", "threats"}
)
#: What people do who are warned so: "an evacuation warning".
_EVACUATIONS = frozenset({"evacuation", "evacuations"})


def rehearsed(nearest: Sequence[str]) -> Told | None:
    """Return the status of an exercise or a likeness: "simulated attack", "a drill for an earthquake"."""
    for i, word in enumerate(nearest[:8]):
        if word in _PLAYED or (word in _DRILLS and i and nearest[i - 1] == "for"):
            return "hypothetical", "unknown", word
    word = nearest_of(nearest, _LIKE, 2)
    return ("hypothetical", "unknown", word) if word else None


def plotted(trigger: Trigger, nearest: Sequence[str]) -> Told | None:
    """Return the status of what is plotted, attempted or threatened."""
    # "a bomb threat forced an evacuation": the threat has an effect
    word = nearest_of(list(takewhile(lambda w: not acts(w), nearest)), PLOTS, 6)
    if not word or _goes_on(trigger, nearest, word):
        return None
    return "hypothetical", "past" if word in _IN_VAIN else "future", word


def _goes_on(trigger: Trigger, nearest: Sequence[str], failed: str) -> bool:
    """Return whether somebody failed to stop a thing, which so goes on: "failed to end the siege"."""
    between = nearest[: nearest.index(failed)]
    return failed == "failed" and not trigger.verbal and not _STOPS.isdisjoint(between)


def unsettled(sentence: Sequence[Word], trigger: Trigger) -> Told | None:
    """Return the status of a noun that may come to be, or of what would be if something had been."""
    article = sentence[max(0, trigger.first - 1)].lower in _ARTICLES  # "a meeting" is a noun, too
    if (article or not trigger.verbal) and (word := _possibly(sentence, trigger)):
        return "hypothetical", "future", word
    if sentence[0].lower == "had" and any(word.lower == "would" for word in sentence):
        return "hypothetical", "past", "had"
    return None


def _possibly(sentence: Sequence[Word], trigger: Trigger) -> str:
    """Return the word behind a noun that makes it a possibility: "a recount could begin on Monday"."""
    first = _behind_aside(sentence, trigger.last + 1)
    for i in range(first, min(len(sentence), first + _SOON - 1)):
        word = sentence[i].lower
        if word in STOP or word in BREAK or word == ",":
            break
        if (word in _MAY and not sentence[i].capital) or (word in _LIKELY and sentence[i - 1].lower in BE):
            return word
    return ""


def _behind_aside(sentence: Sequence[Word], first: int) -> int:
    """Return where the words behind a noun go on: behind an aside, as in "talks, which he hosts, may"."""
    lowers = [word.lower for word in sentence]
    comma = next((i for i in range(first, min(len(lowers), first + _CLOSE)) if lowers[i] == ","), None)
    if comma is None or lowers[comma + 1 : comma + 2] not in (["which"], ["who"]):
        return first
    return next((i + 1 for i in range(comma + 1, len(lowers)) if lowers[i] == ","), first)


def possible(
    sentence: Sequence[Word], trigger: Trigger, nearest: Sequence[str], after: Sequence[str]
) -> Told | None:
    """Return the status of what may be, or is warned of."""
    # of who did it or of what kind it was, not of what was done: "a suspected gas blast killed two"
    of_doers = trigger.verbal or any(word.lower in _HARM for word in sentence)
    unproven = _POSSIBLE_DEEDS if of_doers else _POSSIBLE
    # "26 are feared dead after their boat overturned": what is feared came after what happened
    near = list(takewhile(lambda word: word not in ("after", "when") and not acts(word), nearest[:5]))
    if word := nearest_of(near, MODAL, 5) or nearest_of(near, unproven, 5):
        return "hypothetical", "future", word
    if is_warning(sentence, trigger):
        return "hypothetical", "unknown", after[0]
    return None


def is_warning(sentence: Sequence[Word], trigger: Trigger) -> bool:
    """Return whether a noun only names what is warned of: "a tsunami advisory", "bomb threats"."""
    after = sentence[trigger.last + 1].lower if trigger.last + 1 < len(sentence) else ""
    ordered = sentence[trigger.last].lower in _EVACUATIONS
    return not trigger.verbal and after in _WARNINGS and not ordered
