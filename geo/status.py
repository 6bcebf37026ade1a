"""Whether a reported event happened, is planned, is denied, is a mere possibility, or is old."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from dateline.geo import date_tense
from dateline.geo.date_meanings import Tense
from dateline.geo.model import Status
from dateline.geo.triggers import PHYSICAL, Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, all_forms, irregular_forms, verb_forms

_FUTURE = frozenset(["will", "won't", "shall", "'ll"])
_MODAL = frozenset(["could", "may", "might", "would", "can", "should", "if", "unless", "whether"])
_PLAN = wordlist("plans")
_ORDERED = frozenset(["ordered", "told", "forced"])
_UPCOMING = frozenset(["planned", "scheduled", "upcoming", "proposed", "forthcoming", "expected"])
_POSSIBLE = wordlist("possibilities")
_POSSIBLE_DEEDS = _POSSIBLE - {"suspected", "alleged"}
#: What follows the name of a hazard that has not come: "tsunami warnings", "bomb threats".
_WARNINGS = frozenset(
    {"warning", "warnings", "alert", "alerts", "advisory", "advisories", "threat", "threats"}
)
#: What people do who are warned so: "an evacuation warning".
_EVACUATIONS = frozenset({"evacuation", "evacuations"})
_DENY = all_forms("deny") | {"denial", "refuted", "refutes"}
_NOT = wordlist("negations")
_NEARLY = frozenset({"nearly", "almost", "hardly"})
_SAY = wordlist("speech")
_DUE = frozenset(["due", "expect", "expects", "expected", "forecast", "forecasts", "predict", "predicted"])
#: Words that foretell what stands so few words behind them, unless a cause stands between.
_FORECAST = all_forms("forecast", "predict")
_FORETELL, _FORESIGHT = _FORECAST | all_forms("warn") | {"warnings"}, 8
_CAUSED = frozenset({"by", "from", "since", "amid", "during", "following", ","})
_SCHEDULED = frozenset(["planned", "scheduled", "due", "expected", "set", "slated", "forecast"])
#: Types that a negation makes: "would not back down", "will not go unanswered".
_DEFIANT = frozenset({"REJECT", "THREATEN"})
#: What nobody plans is past unless it is said to be feared.
_UNPLANNED = frozenset({"DISASTER", "ACCIDENT"})
#: What a noun does by its timetable: "a vigil takes place this evening", "the trial opens on June 8".
_TAKES_PLACE = frozenset({"takes", "starts", "begins", "opens", "resumes"})
#: Types that the plain present announces: "rail workers stop work on Friday".
_TIMETABLED = frozenset({"CONSULT", "VOTE"})
_NO_PRESENT = frozenset({"to", "did", "does", "could", "not", "'s"})
_BE = frozenset(["is", "are", "was", "were"])
_BEEN = _BE | {"be", "been"}
_PERFECT = frozenset(["has", "have", "had", "having", "was", "were"])
#: Modes that are announcements of something to come.
_PROMISES = frozenset({"invitation", "aid pledge", "offer"})
#: Who approves a sum has acted.
_DECIDES = all_forms("approve")
_LINKS = frozenset([",", "of", "in", "on", "at", "for", "with", "by", "from", "into", "over", "about"])
#: No full stop: within a sentence it is one of "U.S." or "7.0".
_STOP = frozenset(";:—–")
_AUXILIARY = wordlist("auxiliaries")
_MAY, _LIKELY = frozenset(["could", "may", "might"]), frozenset(["possible", "likely", "unlikely"])
#: So many words behind a noun its verb is looked for.
_SOON = 10
#: So few words before a noun stands "ahead of".
_AHEAD = 4
#: Words behind a trigger that are looked at.
_AFTER = 18
_MEMORIAL = wordlist("memorials")
_FICTION = wordlist("fiction")
_TELLS = wordlist("tells")
_PLAYED = wordlist("played")
_DRILLS = frozenset(["drill", "drills", "exercise", "exercises"])
_PLOTS = wordlist("plots")
_STOPS = frozenset(
    {"end", "stop", "halt", "lift", "break", "prevent", "resolve", "settle", "contain", "quell", "curb"}
)
_IN_VAIN = frozenset({"foiled", "thwarted", "averted", "attempted", "failed"})
_CONDITIONS = wordlist("conditions")
_WHETHER = frozenset(["whether"])
_HARM = frozenset(
    ["killed", "killing", "kills", "dead", "died", "injured", "injuring", "wounded", "wounding", "hurt"]
)
#: Words before what was told or held before: "an earlier round of talks", not "the previous day".
_LONG_AGO = frozenset(["year", "years", "decade", "decades"])
#: "Ten years to the minute after the quake".
_YEARS_BEFORE = 5
_RECORDS = wordlist("records")
_FORMER = frozenset(["earlier", "previous"])
#: What begins a clause that tells of a noun, and the harm it tells so few words behind.
_WHICH, _CLOSE = frozenset({"that", "which", "where"}), 6
_HAS_HARMED = frozenset({"killed", "died", "injured", "wounded", "destroyed", "displaced"})
_INQUIRIES = frozenset({"inquiry", "inquest", "enquiry"})
_RULINGS = frozenset({"overturned", "quashed", "upheld", "acquitted", "pardoned", "cleared", "annulled"})
_TIMES = wordlist("times")
_CLAIMS = wordlist("claims")
REJECTS = all_forms("reject", "dismiss", "deny", "refute")
_FALSE = frozenset(["false", "untrue", "fake", "baseless", "unfounded", "incorrect", "fabricated"])
_ARTICLES = frozenset(["a", "an", "the", "his", "her", "their", "its", "all"])
_LIKE = frozenset(["like"])
#: "Called a strike", "called an election": it is yet to come.
_CALLS = frozenset(
    ["called", "calls", "call", "announced", "announces", "announce", "plan", "plans", "planning"]
)
_CALLED = frozenset({"PROTEST", "VOTE", "CONSULT"})
_HOLDS = frozenset(["holds", "hosts"])
_OFF = frozenset(
    ["call", "calls", "called", "calling", "put", "puts", "putting"]
)  # no storm that "spun off" one
_ACCUSED = frozenset(["accused", "charged", "convicted", "acquitted", "guilty", "indicted", "suspected"])
_PUT_OFF = frozenset(["put", "postponed", "delayed", "adjourned", "moved", "rescheduled"])
CALLED_OFF = _PUT_OFF | {
    "called",
    "cancelled",
    "canceled",
    "scrapped",
    "shelved",
    "suspended",
    "abandoned",
    "off",
}
_PROSECUTION = wordlist("prosecution")
_HEARD = frozenset({"said", "say", "heard", "told", "alleged", "allege", "says"})
_BREAK = wordlist("clause_words")

#: A status, the tense of its verb, and the word that says so.
Told = tuple[Status, Tense, str]


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
        _no_news(trigger, nearest, after)
        or _negated(sentence, trigger, nearest)
        or _planned(sentence, trigger, nearest, after)
        or _yet_to_come(sentence, trigger, nearest, after)
        or _possible(sentence, trigger, nearest, after)
        or ("actual", _tense(sentence, trigger, nearest), "")
    )


def _negated(sentence: Sequence[Word], trigger: Trigger, nearest: Sequence[str]) -> Told | None:
    """Return the status of what somebody says has not happened, or what has not."""
    negation = _negation(nearest)
    if trigger.type in _DEFIANT or not negation:
        return None
    others = [word.lower for i, word in enumerate(sentence) if not trigger.first <= i <= trigger.last]
    denied = not _SAY.isdisjoint(others) and negation not in _NEARLY
    return ("denied" if denied else "hypothetical"), "past", negation


def _planned(
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


def _yet_to_come(
    sentence: Sequence[Word], trigger: Trigger, nearest: Sequence[str], after: Sequence[str]
) -> Told | None:
    """Return the status of what is plotted, put into the future or foretold."""
    # "a bomb threat forced an evacuation": the threat has an effect
    word = _last(list(takewhile(lambda w: not _acts(w), nearest)), _PLOTS, 6)
    if word and not _goes_on(trigger, nearest, word):
        return "hypothetical", "past" if word in _IN_VAIN else "future", word
    if trigger.type not in _DEFIANT and (word := _future(sentence, trigger, nearest)):
        before = [w.lower for w in sentence[: trigger.first]]
        condition = _last(before, _CONDITIONS, trigger.first) or _last(nearest, _WHETHER, 6)
        return ("hypothetical" if condition else "planned"), "future", condition or word
    if not trigger.verbal and not _has_harmed(after) and (word := _foretold(nearest)):
        return ("planned" if trigger.type == "DISASTER" else "hypothetical"), "future", word
    if not trigger.verbal and (word := _possibly(sentence, trigger)):
        return "hypothetical", "future", word
    if sentence[0].lower == "had" and any(word.lower == "would" for word in sentence):
        return "hypothetical", "past", "had"
    if "would" in nearest[:3] and _last(nearest, _SAY, 16):
        return "planned", "future", "would"
    return None


def _possible(
    sentence: Sequence[Word], trigger: Trigger, nearest: Sequence[str], after: Sequence[str]
) -> Told | None:
    """Return the status of what may be, or is warned of."""
    # of who did it or of what kind it was, not of what was done: "a suspected gas blast killed two"
    of_doers = trigger.verbal or any(word.lower in _HARM for word in sentence)
    possible = _POSSIBLE_DEEDS if of_doers else _POSSIBLE
    # "26 are feared dead after their boat overturned": what is feared came after what happened
    near = list(takewhile(lambda word: word not in ("after", "when") and not _acts(word), nearest[:5]))
    if word := _last(near, _MODAL, 5) or _last(near, possible, 5):
        return "hypothetical", "future", word
    if is_warning(sentence, trigger):
        return "hypothetical", "unknown", after[0]
    return None


def _tense(sentence: Sequence[Word], trigger: Trigger, nearest: Sequence[str]) -> Tense:
    """Return the tense of what happens or has happened."""
    verb = sentence[trigger.head].lower
    if trigger.verbal and verb.endswith("ing") and nearest[:1] in (["is"], ["are"]):
        return "future"  # "is sending two planes on Wednesday"
    told = [verb] if trigger.verbal else [w.lower for w in sentence[trigger.last + 1 : trigger.last + 5]]
    past = _last(nearest, _PERFECT, 3) or trigger.type in _UNPLANNED or any(is_past(word) for word in told)
    return "past" if past else "unknown"


def scheduled(sentence: Sequence[Word], trigger: Trigger) -> bool:
    """Return whether a verb in the plain present tells what is to come: "the ministers meet on Thursday"."""
    before = sentence[max(0, trigger.first - 1)]
    subject = before.capital or (before.lower.endswith("s") and before.lower[0].isalpha())
    return (
        trigger.verbal
        and (trigger.type in _TIMETABLED or (trigger.type == "PROTEST" and subject))
        and before.lower not in _NO_PRESENT
        and _form(sentence[trigger.head].lower) == "base"
    )


def is_warning(sentence: Sequence[Word], trigger: Trigger) -> bool:
    """Return whether a noun only names what is warned of: "a tsunami advisory", "bomb threats"."""
    after = sentence[trigger.last + 1].lower if trigger.last + 1 < len(sentence) else ""
    ordered = sentence[trigger.last].lower in _EVACUATIONS
    return not trigger.verbal and after in _WARNINGS and not ordered


def is_charge(sentence: Sequence[Word], trigger: Trigger) -> bool:
    """Return whether a trigger is what somebody is accused of: "freed two men accused of murder"."""
    lead = [word.lower for word in sentence[max(0, trigger.first - 6) : trigger.first]]
    return any(a in _ACCUSED and b in ("of", "with", "over") for a, b in pairwise(lead))


def is_alleged(sentence: Sequence[Word], trigger: Trigger) -> bool:
    """Return whether a court or prosecutors tell an old deed: "Prosecutors said he set a boy on fire"."""
    first = [word.lower for word in sentence[:4]]
    told = not _PROSECUTION.isdisjoint(first) and not _HEARD.isdisjoint(first)
    told = (told and trigger.first > 1) or is_charge(sentence, trigger)
    return told and trigger.type in ("ASSAULT", "CRIME")


def _due(sentence: Sequence[Word], trigger: Trigger) -> str:
    """Return the word of a trigger that says it is yet to come, if any."""
    told = [word.lower for word in sentence[trigger.first : trigger.last + 1]]
    return _last(told, _DUE, len(told))


def _no_news(trigger: Trigger, nearest: Sequence[str], after: Sequence[str]) -> Told | None:
    """Return the status of what is remembered, rehearsed, untrue, denied or called off, else None."""
    if word := _told_of_old(nearest):
        return "background", "past", word
    if is_inquired(trigger, after):
        return "background", "past", after[0]
    if trigger.type == "COERCE" and trigger.verbal and (word := _ruled_on(nearest)):
        return "background", "past", word
    if not trigger.verbal and (word := _former(nearest)):
        return "background", "past", word
    if word := _rehearsed(nearest) or _last(nearest, _LIKE, 2):
        return "hypothetical", "unknown", word
    if word := _untrue(nearest, after) or _denied(nearest, trigger):
        return "denied", "past", word
    noun = not trigger.verbal or not _SCHEDULED.isdisjoint(after[:1])  # "a strike planned for Tuesday"
    searched = trigger.entry.mode == "rescue"  # a search that is called off has gone on
    if noun and not searched and (word := _called_off(nearest, after)):
        return ("planned" if word in _PUT_OFF else "denied"), "future", word
    return None


def _told_of_old(nearest: Sequence[str]) -> str:
    """Return the word that takes a trigger from memory or from art: "anniversary of the bombing"."""
    for i, word in enumerate(nearest[:8]):
        link = nearest[i - 1] if i else ""
        article = nearest[i - 2] if i > 1 else ""
        if word in _MEMORIAL and (link in ("of", "to", "for") or word.endswith(("ed", "ing"))):
            return word
        if word in _FICTION and (
            link in _TELLS or "about" in nearest[:i] or (link == "on" and article in ("the", "a", "an"))
        ):
            return word
        if word in ("after", "since") and "," not in nearest[:i]:  # "years after the blast, people marched"
            before = list(takewhile(lambda word: word != ",", nearest[i + 1 : i + 1 + _YEARS_BEFORE]))
            if old := _last(before, _LONG_AGO, _YEARS_BEFORE):
                return f"{old} {word}"
        if word == "since" and _last(nearest[i + 1 :], _RECORDS, _YEARS_BEFORE):
            return word  # "the first clash since a truce was signed"
    return ""


def is_inquired(trigger: Trigger, after: Sequence[str]) -> bool:
    """Return whether a noun only names what is inquired into: "the Omagh bomb inquiry heard"."""
    return trigger.type in PHYSICAL and not _INQUIRIES.isdisjoint(after[:1])


def _ruled_on(nearest: Sequence[str]) -> str:
    """Return the word of a ruling on an older arrest: "overturned the conviction of a man who was jailed"."""
    who = next((i for i, word in enumerate(nearest[:5]) if word == "who"), None)
    return _last(nearest[who:], _RULINGS, 16) if who else ""


def _former(nearest: Sequence[str]) -> str:
    """Return the word that makes a noun one held before: "an earlier round of talks", "a previous visit"."""
    for i, word in enumerate(nearest[:3]):
        beside = {nearest[i - 1] if i else "", nearest[i + 1] if i + 1 < len(nearest) else ""}
        if word in _FORMER and _TIMES.isdisjoint(beside):  # no "two days earlier", no "the previous day"
            return word
    return ""


def _denied(nearest: Sequence[str], trigger: Trigger) -> str:
    """Return the word that denies a trigger, not what stands beside it: "denied it and left"."""
    beside = trigger.verbal and nearest[:1] == ["and"]
    word = "" if beside else _last(nearest, _DENY, 9)
    if not word:
        return ""
    at = nearest.index(word)
    # "The rebels, who had denied the attack, killed five"
    aside = "," in nearest[:at] and not {"who", "which"}.isdisjoint(nearest[at + 1 : at + 3])
    return word if not aside and _SAY.isdisjoint(nearest[:at]) else ""


def _goes_on(trigger: Trigger, nearest: Sequence[str], failed: str) -> bool:
    """Return whether somebody failed to stop a thing, which so goes on: "failed to end the siege"."""
    between = nearest[: nearest.index(failed)]
    return failed == "failed" and not trigger.verbal and not _STOPS.isdisjoint(between)


def _acts(word: str) -> bool:
    """Return whether a word is a verb in the past that is no plot itself."""
    return word not in _PLOTS and word not in _AUXILIARY and word.endswith("ed")


def _rehearsed(nearest: Sequence[str]) -> str:
    """Return the word that makes an exercise of it: "simulated attack", "a drill for an earthquake"."""
    for i, word in enumerate(nearest[:8]):
        if word in _PLAYED or (word in _DRILLS and i and nearest[i - 1] == "for"):
            return word
    return ""


def _untrue(nearest: Sequence[str], after: Sequence[str]) -> str:
    """Return the word that calls a report untrue: "dismissed claims that", "the report ... is false"."""
    claims = _last(nearest, _CLAIMS, 10)
    # "dismissed talk of an attack, and proposed a meeting"
    if claims and ("and", ",") not in pairwise(nearest[:6]) and _last(nearest, REJECTS, 14):
        return claims
    if any(a in REJECTS and b in ("it", "this", "doing") for a, b in pairwise(after)):
        return "denied it"
    is_false = bool(claims) and any(a in _BE and b in _FALSE for a, b in pairwise(after))
    return claims if is_false else ""


def _called_off(nearest: Sequence[str], after: Sequence[str]) -> str:
    """Return the word that calls off a noun: "cancelled a visit", "the summit ... has been called off"."""
    verbs = [word for word in nearest[:4] if word not in _ARTICLES]
    off = verbs[:1] != ["off"] or not _OFF.isdisjoint(verbs[1:2])
    told = nearest and nearest[0] in _ARTICLES and verbs and verbs[0] in CALLED_OFF
    if told and off and verbs[0] != "called":
        return verbs[0]
    for i, word in enumerate(after):
        if word in _STOP or (word in _BREAK and word not in ("which", "that")):
            break
        off = word != "called" or after[i + 1 : i + 2] == ["off"]
        verb = i - (word == "off" and after[i - 1 : i] == ["put"])
        # what is suspended was under way
        off = off and word != "suspended"
        if off and word in CALLED_OFF and verb and after[verb - 1] in ("been", "was", "were", "is", "are"):
            return after[verb]
    return ""


def _future(sentence: Sequence[Word], trigger: Trigger, nearest: Sequence[str]) -> str:
    """Return the word that puts a trigger into the future: "will meet", "is planned for Friday"."""
    if word := _last(nearest, _FUTURE, 8):
        return word
    base = trigger.verbal and _form(sentence[trigger.head].lower) == "base"
    if base and nearest[:1] == ["and"] and (word := _last(nearest, _FUTURE, 16)):
        return word  # "will cut jobs and close a plant"
    if trigger.verbal:
        to = nearest.index("to") if "to" in nearest[:4] else -1
        if trigger.entry.mode == "evacuation" and not _ORDERED.isdisjoint(nearest[to + 1 :]):
            return ""  # who is ordered to leave leaves
        if to >= 0 and not date_tense.leads_to_verb(sentence, trigger.first - 1 - to):
            return ""  # "set fire to houses and shot five people"
        if to > 0 and date_tense.is_past(sentence[trigger.head].lower) and _BEEN.isdisjoint(nearest[:to]):
            return ""  # "is expected to retaliate after Israel struck Isfahan"
        infinitive = nearest[1:] if nearest[:1] == ["be"] else nearest
        if infinitive[:1] == ["to"] and infinitive[1:2] and infinitive[1] in _BE:
            return "to"  # "Modi is to visit Kyiv", "he is to be charged"
        return _last(nearest[to:], _PLAN, 10) if to >= 0 else ""
    if ("of", "ahead") in pairwise(nearest[:_AHEAD]) and _LINKS.isdisjoint(nearest[: nearest.index("of")]):
        return "ahead"  # "evacuated the town ahead of strikes"
    if word := _last(nearest, _HOLDS, 4 * (trigger.type in _CALLED)):
        return word  # "Benin holds an election in April"
    called = trigger.type in _CALLED and nearest[:2] != ["the", "called"]  # "called the strike a crime"
    if word := _last(nearest, _UPCOMING, 4) or _last(nearest, _CALLS, 3 * called):
        return word
    follows = [word.lower for word in sentence[trigger.last + 1 : trigger.last + 4]]
    if follows[:1] and follows[0] in _BE and follows[1:2] == ["to"]:  # "talks were to be held"
        return "to"
    at = anchor(sentence, trigger)
    return sentence[at].lower if at != trigger.head else ""


def anchor(sentence: Sequence[Word], trigger: Trigger) -> int:
    """Return the index of the verb that puts a noun into the future, else of the trigger's head."""
    lead = [word.lower for word in sentence[max(0, trigger.first - 4) : trigger.first]]
    own = lead[lead.index("that") + 1 :] if "that" in lead else lead  # "said that elections would be held"
    if trigger.verbal or not _LINKS.isdisjoint(own):
        return trigger.head
    for i in range(trigger.last + 1, min(len(sentence), trigger.last + 24)):
        word = sentence[i].lower
        if word in _STOP or (word in _BREAK and word not in ("which", "who", "that")):
            break
        if word in ("will", "would") and i <= trigger.last + 5:
            return i
        if word == "and" and sentence[i + 1 : i + 2] and sentence[i + 1].lower in _BE:
            break  # "the storm hit Baganga and is forecast to cross Bukidnon": it has come
        if word in _SCHEDULED and sentence[i - 1].lower in _BEEN and not _is_set_up(sentence, i):
            return i
        if word in _TAKES_PLACE and i <= trigger.last + 2:
            return i
    return trigger.head


def _is_set_up(sentence: Sequence[Word], at: int) -> bool:
    """Return whether "set" tells of no date: "blockades were set up", "houses were set on fire"."""
    after = sentence[at + 1] if at + 1 < len(sentence) else None
    return sentence[at].lower == "set" and not (after and (after.lower in ("to", "for") or after.capital))


def is_past(word: str) -> bool:
    """Return whether a word is, or may be, a verb in the past."""
    return _form(word) == "past"


def _possibly(sentence: Sequence[Word], trigger: Trigger) -> str:
    """Return the word behind a noun that makes it a possibility: "a recount could begin on Monday"."""
    for i in range(trigger.last + 1, min(len(sentence), trigger.last + _SOON)):
        word = sentence[i].lower
        if word in _STOP or word in _BREAK or word == ",":
            break
        if (word in _MAY and not sentence[i].capital) or (word in _LIKELY and sentence[i - 1].lower in _BE):
            return word
    return ""


def _foretold(nearest: Sequence[str]) -> str:
    """Return the word before a noun that foretells it: "warned of floods", "forecast heavy rain"."""
    for i, word in enumerate(nearest[:_FORESIGHT]):
        if word in _FORETELL and (word in _FORECAST or nearest[i - 1 : i] == ["of"]):
            return word
        if word in _BREAK or word in _CAUSED or _acts(word):
            return ""
    return ""


def _has_harmed(after: Sequence[str]) -> bool:
    """Return whether a clause tells the harm that a noun has done: "warned of the flood that killed 200"."""
    clause = [*takewhile(lambda word: word not in _STOP, after)]
    at = next((i for i, word in enumerate(clause) if word in _WHICH), len(clause))
    return not _HAS_HARMED.isdisjoint(clause[at : at + _CLOSE]) and _MODAL.isdisjoint(clause[at:])


def _form(word: str) -> str:
    """Return the form of a regular or irregular verb as far as its spelling tells."""
    if word.endswith("ed") or word in irregular_forms() or verb_forms(word).get(word) == "any":
        return "past"
    return "ing" if word.endswith("ing") else "base"


def _governors(sentence: Sequence[Word], at: int) -> Sequence[Word]:
    """Return the words before a trigger that may govern it: back to the beginning of its clause."""
    first = at
    while first > 0 and at - first < 16:
        word = sentence[first - 1].lower
        if word in _STOP or word in ("but", "while", "although", "whereas", '"', "“", "”"):
            break
        first -= 1
    return sentence[first:at]


def _last(nearest: Sequence[str], wanted: frozenset[str], reach: int) -> str:
    for word in nearest[:reach]:
        if word in wanted:
            return word
    return ""


def _negation(nearest: Sequence[str]) -> str:
    """Return the word that negates the trigger: "no talks", "was not hit", "no soldiers had crossed"."""
    for i, word in enumerate(nearest[:6]):
        if word in _NOT:
            auxiliaries = all(
                other in _AUXILIARY or other in ("everyone", "everybody", "all") or other.endswith("ly")
                for other in nearest[:i]
            )
            return word if word == "no" or auxiliaries else ""
        if word in _BREAK or word in _LINKS:
            return ""
    return ""
