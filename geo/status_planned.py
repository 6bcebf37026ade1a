"""Whether an event is yet to come: promised, awaited, scheduled or foretold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from dateline.geo import date_tense
from dateline.geo.status_words import (
    BE,
    BREAK,
    DEFIANT,
    LINKS,
    MODAL,
    SAY,
    SCHEDULED,
    STOP,
    Told,
    acts,
    nearest_of,
)
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, all_forms, verb_form

#: Modes that are announcements of something to come.
_PROMISES = frozenset({"invitation", "aid pledge", "offer"})
#: Who approves a sum has acted.
_DECIDES = all_forms("approve")
_DUE = frozenset(["due", "expect", "expects", "expected", "forecast", "forecasts", "predict", "predicted"])
_FUTURE = frozenset(["will", "won't", "shall", "'ll"])
_PLAN = wordlist("plans")
_ORDERED = frozenset(["ordered", "told", "forced"])
_UPCOMING = frozenset(["planned", "scheduled", "upcoming", "proposed", "forthcoming", "expected"])
_HOLDS = frozenset(["holds", "hosts"])
#: "Called a strike", "called an election": it is yet to come.
_CALLS = frozenset(
    ["called", "calls", "call", "announced", "announces", "announce", "plan", "plans", "planning"]
)
_CALLED = frozenset({"PROTEST", "VOTE", "CONSULT"})
#: So few words before a noun stands "ahead of".
_AHEAD = 4
_CONDITIONS = wordlist("conditions")
_WHETHER = frozenset(["whether"])
#: Words that foretell what stands so few words behind them, unless a cause stands between.
_FORECAST = all_forms("forecast", "predict")
_FORETELL, _FORESIGHT = _FORECAST | all_forms("warn") | {"warnings"}, 8
_CAUSED = frozenset({"by", "from", "since", "amid", "during", "following", ","})
#: What begins a clause that tells of a noun, and the harm it tells so few words behind.
_WHICH, _CLOSE = frozenset({"that", "which", "where"}), 6
_HAS_HARMED = frozenset({"killed", "died", "injured", "wounded", "destroyed", "displaced"})
_BEEN = BE | {"be", "been"}
#: What a noun does by its timetable: "a vigil takes place this evening", "the trial opens on June 8".
_TAKES_PLACE = frozenset({"takes", "starts", "begins", "opens", "resumes"})
#: Types that the plain present announces: "rail workers stop work on Friday".
_TIMETABLED = frozenset({"CONSULT", "VOTE"})
_NO_PRESENT = frozenset({"to", "did", "does", "could", "not", "'s"})


def planned(
    sentence: Sequence[Word], trigger: Trigger, nearest: Sequence[str], after: Sequence[str]
) -> Told | None:
    """Return the status of what is promised, supposed to be done, awaited or due."""
    if trigger.entry.mode in _PROMISES and sentence[trigger.head].lower not in _DECIDES:
        return "planned", "future", trigger.entry.mode
    if trigger.verbal and nearest[:2] == ["to", "supposed"]:
        return ("denied" if "but" in after else "planned"), "future", "supposed"
    if trigger.verbal and date_tense.is_awaited(sentence, trigger.head) and "if" not in nearest:
        return "planned", "future", nearest[0]  # "when he is sentenced in June"
    word = _due(sentence, trigger)  # "a team is due from Boise"
    return ("planned", "future", word) if word else None


def _due(sentence: Sequence[Word], trigger: Trigger) -> str:
    """Return the word of a trigger that says it is yet to come, if any."""
    told = [word.lower for word in sentence[trigger.first : trigger.last + 1]]
    return nearest_of(told, _DUE, len(told))


def foreseen(
    sentence: Sequence[Word], trigger: Trigger, nearest: Sequence[str], after: Sequence[str]
) -> Told | None:
    """Return the status of what is put into the future or foretold."""
    if trigger.type not in DEFIANT and (word := _future(sentence, trigger, nearest)):
        before = [w.lower for w in sentence[: trigger.first]]
        condition = nearest_of(before, _CONDITIONS, trigger.first) or nearest_of(nearest, _WHETHER, 6)
        return ("hypothetical" if condition else "planned"), "future", condition or word
    if not trigger.verbal and not _has_harmed(after) and (word := _foretold(nearest)):
        return ("planned" if trigger.type == "DISASTER" else "hypothetical"), "future", word
    return None


def announced(nearest: Sequence[str]) -> Told | None:
    """Return the status of what somebody said would be done."""
    said = "would" in nearest[:3] and nearest_of(nearest, SAY, 16)
    return ("planned", "future", "would") if said else None


def _future(sentence: Sequence[Word], trigger: Trigger, nearest: Sequence[str]) -> str:
    """Return the word that puts a trigger into the future: "will meet", "is planned for Friday"."""
    if word := nearest_of(nearest, _FUTURE, 8):
        return word
    base = trigger.verbal and verb_form(sentence[trigger.head].lower) == "base"
    if base and nearest[:1] == ["and"] and (word := nearest_of(nearest, _FUTURE, 16)):
        return word  # "will cut jobs and close a plant"
    return (
        _verb_ahead(sentence, trigger, nearest) if trigger.verbal else _noun_ahead(sentence, trigger, nearest)
    )


def _verb_ahead(sentence: Sequence[Word], trigger: Trigger, nearest: Sequence[str]) -> str:
    """Return the word that makes an infinitive of a verb one that is yet to come: "agreed to meet"."""
    to = nearest.index("to") if "to" in nearest[:4] else -1
    if trigger.entry.mode == "evacuation" and not _ORDERED.isdisjoint(nearest[to + 1 :]):
        return ""  # who is ordered to leave leaves
    if to >= 0 and not date_tense.leads_to_verb(sentence, trigger.first - 1 - to):
        return ""  # "set fire to houses and shot five people"
    if to > 0 and date_tense.is_past(sentence[trigger.head].lower) and _BEEN.isdisjoint(nearest[:to]):
        return ""  # "is expected to retaliate after Israel struck Isfahan"
    infinitive = nearest[1:] if nearest[:1] == ["be"] else nearest
    if infinitive[:1] == ["to"] and infinitive[1:2] and infinitive[1] in BE:
        return "to"  # "Modi is to visit Kyiv", "he is to be charged"
    return nearest_of(nearest[to:], _PLAN, 10) if to >= 0 else ""


def _noun_ahead(sentence: Sequence[Word], trigger: Trigger, nearest: Sequence[str]) -> str:
    """Return the word that puts a noun into the future: "ahead of strikes", "called an election"."""
    if ("of", "ahead") in pairwise(nearest[:_AHEAD]) and LINKS.isdisjoint(nearest[: nearest.index("of")]):
        return "ahead"  # "evacuated the town ahead of strikes"
    if word := nearest_of(nearest, _HOLDS, 4 * (trigger.type in _CALLED)):
        return word  # "Benin holds an election in April"
    called = trigger.type in _CALLED and nearest[:2] != ["the", "called"]  # "called the strike a crime"
    if word := nearest_of(nearest, _UPCOMING, 4) or nearest_of(nearest, _CALLS, 3 * called):
        return word
    follows = [word.lower for word in sentence[trigger.last + 1 : trigger.last + 4]]
    if follows[:1] and follows[0] in BE and follows[1:2] == ["to"]:  # "talks were to be held"
        return "to"
    at = anchor(sentence, trigger)
    return sentence[at].lower if at != trigger.head else ""


def anchor(sentence: Sequence[Word], trigger: Trigger) -> int:
    """Return the index of the verb that puts a noun into the future, else of the trigger's head."""
    lead = [word.lower for word in sentence[max(0, trigger.first - 4) : trigger.first]]
    own = lead[lead.index("that") + 1 :] if "that" in lead else lead  # "said that elections would be held"
    if trigger.verbal or not LINKS.isdisjoint(own):
        return trigger.head
    for i in range(trigger.last + 1, min(len(sentence), trigger.last + 24)):
        word = sentence[i].lower
        if word in STOP or (word in BREAK and word not in ("which", "who", "that")):
            break
        if word in ("will", "would") and i <= trigger.last + 5:
            return i
        if word == "and" and sentence[i + 1 : i + 2] and sentence[i + 1].lower in BE:
            break  # "the storm hit Baganga and is forecast to cross Bukidnon": it has come
        if word in SCHEDULED and sentence[i - 1].lower in _BEEN and not _is_set_up(sentence, i):
            return i
        if word in _TAKES_PLACE and i <= trigger.last + 2:
            return i
    return trigger.head


def _is_set_up(sentence: Sequence[Word], at: int) -> bool:
    """Return whether "set" tells of no date: "blockades were set up", "houses were set on fire"."""
    after = sentence[at + 1] if at + 1 < len(sentence) else None
    return sentence[at].lower == "set" and not (after and (after.lower in ("to", "for") or after.capital))


def _foretold(nearest: Sequence[str]) -> str:
    """Return the word before a noun that foretells it: "warned of floods", "forecast heavy rain"."""
    for i, word in enumerate(nearest[:_FORESIGHT]):
        if word in _FORETELL and (word in _FORECAST or nearest[i - 1 : i] == ["of"]):
            return word
        if word in BREAK or word in _CAUSED or acts(word):
            return ""
    return ""


def _has_harmed(after: Sequence[str]) -> bool:
    """Return whether a clause tells the harm that a noun has done: "warned of the flood that killed 200"."""
    clause = [*takewhile(lambda word: word not in STOP, after)]
    at = next((i for i, word in enumerate(clause) if word in _WHICH), len(clause))
    return not _HAS_HARMED.isdisjoint(clause[at : at + _CLOSE]) and MODAL.isdisjoint(clause[at:])


def scheduled(sentence: Sequence[Word], trigger: Trigger) -> bool:
    """Return whether a verb in the plain present tells what is to come: "the ministers meet on Thursday"."""
    before = sentence[max(0, trigger.first - 1)]
    subject = before.capital or (before.lower.endswith("s") and before.lower[0].isalpha())
    return (
        trigger.verbal
        and (trigger.type in _TIMETABLED or (trigger.type == "PROTEST" and subject))
        and before.lower not in _NO_PRESENT
        and verb_form(sentence[trigger.head].lower) == "base"
    )
