"""The events of one sentence: which of its triggers report the same one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import pairwise

from dateline.geo.harm import HURT
from dateline.geo.in_passing import in_passing
from dateline.geo.noun_or_verb import reads_as_noun
from dateline.geo.reports import (
    CASUALTIES,
    CLAUSE,
    DEFINITE,
    HARM,
    PRONOUNS,
    TIMES,
    TOLLS,
    Found,
    alike,
    apart,
    is_harm,
    is_toll,
    joined,
    nested,
    spreads,
)
from dateline.geo.spots import begins_clause
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

#: Words between a death and its cause: "killed in a riot", "died from the blast", "dead after a fire".
_DEADLY = TOLLS | {"drowning"}
_OF_CAUSE = frozenset({"in", "by", "from", "of", "after", "during", "as"})
#: How many words may stand between; more if somebody only died, of whatever it was.
_CAUSE, _FAR_CAUSE = 7, 18
#: ... and between the dead and the wounded.
_BESIDE = 4
#: Words that begin the clause of a cause: "drowned when", "died after a river burst its banks".
_WHEN = frozenset({"when", "as"})
#: Who died after this was done to him: "died after he was shot", "died after being shot".
_HIMSELF = PRONOUNS | {"being"}
#: Words that lead from one event to another.
_LEADS_ON = frozenset({";", ",", "for", "retaliation", "response", "reprisal", "revenge", "over"})
_REVENGE = wordlist("answers")
_MORE = frozenset({"another", "second", "third", "separate", "other", "new"})
_ONE_AFTER_OTHER = frozenset({"after", "before", "following", "followed", "since", "despite"})
_SPEECH = wordlist("speech")
#: What has not happened, and so killed nobody.
_UNREAL = frozenset({"denied", "hypothetical", "planned"})


def merge(found: Sequence[Found]) -> list[Found]:
    """Drop what is told only in passing, and join triggers that report one event."""
    kept: list[Found] = []
    found = _with_the_hurt(found)
    for item in found:
        if in_passing(item, found):
            continue
        if tolls := [other for other in kept if _is_cause(other, item)]:
            kept = [*(other for other in kept if other not in tolls), reduce(joined, tolls, item)]
            continue
        for i in reversed(range(len(kept))):  # what is told last is what a toll or a consequence is of
            if _same_in_sentence(kept[i], item):
                kept[i] = joined(kept[i], item)
                break
        else:
            kept.append(item)
    return kept


def _with_the_hurt(found: Sequence[Found]) -> Sequence[Found]:
    """Join the injured to what else harms people there: "two were killed and five wounded in Haifa"."""
    for item in [item for item in found if item.trigger.entry.mode == "injuries"]:
        told = (o for o in found if o.trigger.entry.mode != "injuries" and is_harm(o) and not apart(o, item))
        if other := next(told, None):
            found = [joined(o, item) if o is other else o for o in found if o is not item]
    return found


def _is_cause(a: Found, b: Found) -> bool:
    """Return whether a trigger tells what people died of: "killed when fire tore ...", "killed in a riot"."""
    behind = a.trigger.last + (a.tokens[a.trigger.last].lower not in _WHEN)  # "dozens dead as a ferry sank"
    between = [word.lower for word in a.tokens[behind : b.trigger.first]]
    to_him = between[:1] == ["after"] and not _HIMSELF.isdisjoint(between[1:2])
    killing = b.trigger.entry.mode == "killing" and b.trigger.verbal and not to_him
    if not is_harm(a) or b.trigger.type not in HARM or killing:
        return False
    crash = a.trigger.type == b.trigger.type == "ACCIDENT" and not b.date
    if not (a.trigger.verbal or a.trigger.entry.mode in CASUALTIES):
        return False
    if a.trigger.entry.mode in CASUALTIES and _are_hurt_too(b, between):
        return not apart(a, b)
    hurt = a.tokens[a.trigger.head].lower in HURT
    if a.trigger.entry.mode not in _DEADLY and not crash and not hurt:
        return False
    found_in = a.trigger.entry.mode in CASUALTIES and _is_there(between)
    noun = not b.trigger.verbal or not DEFINITE.isdisjoint(between[-1:])  # "in the shelling of Kharkiv"
    noun |= a.tokens[b.trigger.head].lower.endswith("s") and reads_as_noun(a.tokens, b.trigger.head)
    reach = _FAR_CAUSE if a.trigger.entry.mode in CASUALTIES else _CAUSE
    noun &= len(between) <= reach and not _OF_CAUSE.isdisjoint([*between[:1], *between[-4:]])
    mishap = b.trigger.type in ("ACCIDENT", "DISASTER")
    # "killed after gunmen attacked Oicha", not "killed in Beni a day after gunmen attacked it"
    outright = b.trigger.type == "ASSAULT" and a.trigger.type != "ACCIDENT" and TIMES.isdisjoint(between)
    outright &= not a.date or not b.date or a.date == b.date
    begins = _WHEN | ({"after"} if to_him or mishap or outright else set())
    clause = ";" not in between and not begins.isdisjoint(between)
    return (noun or clause or found_in) and not apart(a, b)


def _is_there(between: Sequence[str]) -> bool:
    """Return whether the dead were found in what was hit: "14 bodies from a house that was bombed"."""
    relative = between[-2:-1] in (["that"], ["which"]) and between[-1] in ("was", "were")
    return relative and between[-4:-3] in (["a"], ["the"])


def _are_hurt_too(b: Found, between: Sequence[str]) -> bool:
    """Return whether the wounded are told beside the dead: "four died and six were wounded"."""
    return b.tokens[b.trigger.head].lower in HURT and "and" in between and len(between) <= _BESIDE


def _same_in_sentence(a: Found, b: Found) -> bool:
    """Return whether two triggers of a sentence report one event."""
    between = [word.lower for word in a.tokens[a.trigger.last + 1 : b.trigger.first]]
    if _is_of_other_status(a, b, between):
        return False
    if is_toll(a, b):
        return True
    if not alike(a, b) or {a.status, b.status} > {"denied"}:
        return False
    return not _is_anew(a, b, between) and _goes_on(a, b, between)


def _is_of_other_status(a: Found, b: Found, between: Sequence[str]) -> bool:
    """Return whether the second trigger tells what came of the first, or is yet to come of it."""
    if a.status == "actual" and b.status == "planned" and "and" in between:
        return True  # "hit Cebu and is forecast to reach Da Nang"
    if "that" in between and a.tokens[a.trigger.head].lower == "ruled":
        return True  # "ruled on Friday that the arrest was illegal"
    # "Rebels who had threatened to attack the town killed 12", "the failed coup left two dead"
    return a.status in _UNREAL and b.status == "actual" and _is_told_apart(b)


def _is_anew(a: Found, b: Found, between: Sequence[str]) -> bool:
    """Return whether the second trigger tells of other people, or of what happened at another place."""
    if a.actors and b.actors and set(a.actors).isdisjoint(b.actors) and not a.place_ids and not b.place_ids:
        return True  # "Britain pledged money and Iran sent doctors"
    if _is_anothers(b.tokens[a.trigger.last + 1 : b.trigger.first]):
        return True  # "Bangkok moved 400,000 people, while Phnom Penh said 54,000 were moved"
    if (";" in between and _told_anew(a, b)) or not _REVENGE.isdisjoint(between):
        return True
    behind = [link.spot.first for link in b.links if link.spot.first > a.trigger.last]
    if not a.place_ids and any(begins_clause(a.tokens, at) for at in behind):
        return True  # "a roof collapsed, and in Tralee a crane was blown over"
    anew = a.trigger.type == "DISRUPTION" and (",", "and") in pairwise(between)
    if anew and _apart_places(a, b):
        return True  # "Shops in Homs were closed, and flights at Hama were delayed"
    if between[-2:] in (["and", "a"], ["and", "an"]) and _apart_places(a, b):
        return True  # "Lightning killed three in Bergville and a tornado flattened homes at Bulwer"
    # "killed four in Culiacan and a journalist was shot dead in Guadalajara"
    return "and" in between and PRONOUNS.isdisjoint(between[-1:]) and apart(a, b)


def _goes_on(a: Found, b: Found, between: Sequence[str]) -> bool:
    """Return whether the second trigger goes on telling what the first does."""
    if len(between) <= 9 and not any(word in CLAUSE or word in _LEADS_ON for word in between):
        return True  # "hold a round of talks"
    if between[-1:] and (between[-1] in PRONOUNS or between in ([",", "which"], ["which"], ["that"])):
        return True  # "waves swept a man away, and he drowned"
    toll = b.trigger.entry.mode in TOLLS and not b.date and {a.status, b.status} == {"actual", "background"}
    if (a.status != b.status and not toll) or (a.date and b.date and a.date.interval != b.date.interval):
        return False
    if a.definite and not _ONE_AFTER_OTHER.isdisjoint(between):
        return False  # "The attack came hours after missiles struck Odesa"
    lead = {word.lower for word in b.tokens[max(0, b.trigger.first - 3) : b.trigger.first]}
    if a.place_ids == b.place_ids and a.trigger.entry.mode == b.trigger.entry.mode and _MORE.isdisjoint(lead):
        return True  # "walked off the job in Detroit as the strike spread"
    if a.place_ids and b.place_ids and (nested(a, b) or nested(b, a) or spreads(a, b)):
        return not any(word in CLAUSE or word == ";" for word in between)
    if not a.place_ids and b.place_ids and any(word in _LEADS_ON - {","} for word in between):
        return False
    return not a.place_ids or not b.place_ids or a.place_ids <= b.place_ids or b.place_ids <= a.place_ids


def _is_told_apart(item: Found) -> bool:
    """Return whether a toll has a verb of its own, and is no participle: "attacked a village, killing 12"."""
    toll = item.trigger.verbal and item.trigger.entry.mode in TOLLS
    return toll and not item.tokens[item.trigger.head].lower.endswith("ing")


def _is_anothers(between: Sequence[Word]) -> bool:
    """Return whether another government tells what follows: ", while Phnom Penh said"."""
    named = any(a.lower == "while" and b.capital for a, b in pairwise(between))
    return named and any(word.lower in _SPEECH for word in between)


def _apart_places(a: Found, b: Found) -> bool:
    return bool(a.place_ids and b.place_ids) and a.place_ids.isdisjoint(b.place_ids)


def _told_anew(a: Found, b: Found) -> bool:
    """Return whether the second of two triggers has a date or a place of its own."""
    return bool((b.date and b.date != a.date) or (b.place_ids and b.place_ids != a.place_ids))
