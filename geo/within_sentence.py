"""The events of one sentence: triggers that report the same, numbers, and what is told only in passing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import dropwhile, pairwise

from dateline.geo.harm import HURT
from dateline.geo.link_features import begins_clause
from dateline.geo.model import Quantity
from dateline.geo.numerals import UNITS
from dateline.geo.quantities import Count
from dateline.geo.reports import (
    CASUALTIES,
    CLAUSE,
    DEFINITE,
    FUNCTION,
    HARM,
    PRONOUNS,
    TOLLS,
    Found,
    alike,
    is_harm,
    is_toll,
    joined,
    nested,
    spreads,
)
from dateline.geo.triggers import VERBAL, reads_as_noun
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

_PERSONS = wordlist("people") | wordlist("persons")
_CAUSES = wordlist("causes")
#: What is done over something that happened elsewhere and before.
_OVER = VERBAL | {"PROTEST", "COERCE", "CONSULT"}
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
#: What is said, agreed or voted on, and has an infinitive: "asked him to resign".
_DECISIONS = (VERBAL | {"VOTE"}) - {"SANCTION"}
#: Convictions, whose crimes are no news of their own.
_CONVICTED = frozenset({"convicted", "guilty", "sentenced", "jailed", "acquitted", "imprisoned"})
#: Words that lead from a verdict to its crime.
_CHARGED = frozenset({"of", "with", "for", "over", "into"})
#: Words of a charge, those that stand right before its "of", what leads from them to the crime, and how grave
#: it is: "charged with two counts of attempted murder".
_ACCUSED, _CHARGES = _CONVICTED | wordlist("accused"), wordlist("charges")
_NAMES_CRIME, _CONFESSED = (
    frozenset({"of", "with", "for", "on"}),
    frozenset({"guilty", "pleaded", "confessed"}),
)
_GRAVE = frozenset(
    {"attempted", "aggravated", "armed", "sexual", "mass", "first-degree", "second-degree", "and"}
)
_OFFENCES = frozenset({"smuggling", "kidnapping", "trafficking", "laundering", "poaching"})
_HARMING = frozenset({"killing", "wounding", "injuring"})
_OF_THINGS = frozenset({"property destruction", "theft", "organised crime", "vandalism", "arson"})
_GANGS = frozenset({"ring", "rings", "gang", "gangs", "network", "networks", "syndicate", "syndicates"})
#: Crimes with a word for who commits them, and how these words end.
_BY_TRADE = frozenset({"organised crime", "kidnapping", "theft"})
_DOING = ("ers", "er", "thief", "thieves")
#: Modes of what takes people away: those it takes are counted with it. Others affect nobody.
_TAKING = frozenset({"arrest", "kidnapping", "capture"})
_AFFECTS_NONE = VERBAL | {"MOBILIZE", "CONSULT", "VOTE"}
_EXECUTED = frozenset({"executed", "hanged", "beheaded", "shot"})
#: Ends of triggers that tell of bodies found.
FOUND = frozenset({"dead", "body", "found", "recovered", "discovered", "retrieved", "pulled"})
#: What people march or meet for has not happened.
_AIMS = wordlist("aims")
_ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "latest", "such"})
_CEASED = frozenset({"ceased", "subsided", "abated", "petered"})
_USUAL = frozenset({"common", "rare", "frequent", "usual", "routine", "rife", "commonplace"})
_BE = frozenset({"is", "are", "become", "remain", "remains"})
_TIMES = wordlist("times") | {"decades"}
#: Who flees from a crime, beside those who flee for their lives.
_CULPRITS = wordlist("culprits")
_FLEES = _CULPRITS | _PERSONS
_BACKED = frozenset({"backed", "supported", "aided", "covered"})
_MEANWHILE = frozenset({"at", "during"})
_ENDED = frozenset({"ended", "ends", "end", "ending", "halted"})
_IF = frozenset({"if", "unless"})
_ARTICLES = frozenset({"a", "an"})
_MANY = frozenset({"dozens", "scores", "hundreds", "thousands", "others", "families", "homes"})
_SPEECH = wordlist("speech")
#: Who is "detained" or "ousted", and what leads to him.
_OFFICES = (wordlist("diplomat") - {"sides"}) | {"opposition", "former", "rebel"}
_TO_WHOM = frozenset({"to", "for", "against", "by", "from", "of", "with", "over"})
_PERFECT = frozenset({"had", "has", "have", "having"})
_MOST = frozenset({"deadliest", "worst", "biggest", "largest", "heaviest", "first", "strongest"})


def merge(found: Sequence[Found]) -> list[Found]:
    """Drop what is told only in passing, and join triggers that report one event."""
    kept: list[Found] = []
    for item in found:
        if _in_passing(item, found):
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


def _is_cause(a: Found, b: Found) -> bool:
    """Return whether a trigger tells what people died of: "killed when fire tore ...", "killed in a riot"."""
    between = [word.lower for word in a.tokens[a.trigger.last + 1 : b.trigger.first]]
    to_him = between[:1] == ["after"] and not _HIMSELF.isdisjoint(between[1:2])
    killing = b.trigger.entry.mode == "killing" and b.trigger.verbal and not to_him
    if not is_harm(a) or b.trigger.type not in HARM or killing:
        return False
    crash = a.trigger.type == b.trigger.type == "ACCIDENT" and not b.date
    if not (a.trigger.verbal or a.trigger.entry.mode in CASUALTIES):
        return False
    if a.trigger.entry.mode in CASUALTIES and _are_hurt_too(b, between):
        return not _apart(a, b)
    hurt = a.tokens[a.trigger.head].lower in HURT
    if a.trigger.entry.mode not in _DEADLY and not crash and not hurt:
        return False
    noun = not b.trigger.verbal or not DEFINITE.isdisjoint(between[-1:])  # "in the shelling of Kharkiv"
    noun |= a.tokens[b.trigger.head].lower.endswith("s") and reads_as_noun(a.tokens, b.trigger.head)
    reach = _FAR_CAUSE if a.trigger.entry.mode in CASUALTIES else _CAUSE
    noun &= len(between) <= reach and not _OF_CAUSE.isdisjoint([*between[:1], *between[-4:]])
    mishap = b.trigger.type in ("ACCIDENT", "DISASTER")
    # "killed after gunmen attacked Oicha", not "killed in Beni a day after gunmen attacked it"
    outright = b.trigger.type == "ASSAULT" and a.trigger.type != "ACCIDENT" and _TIMES.isdisjoint(between)
    outright &= not a.date or not b.date or a.date == b.date
    begins = _WHEN | ({"after"} if to_him or mishap or outright else set())
    clause = ";" not in between and not begins.isdisjoint(between)
    return (noun or clause) and not _apart(a, b)


def _are_hurt_too(b: Found, between: Sequence[str]) -> bool:
    """Return whether the wounded are told beside the dead: "four died and six were wounded"."""
    return b.tokens[b.trigger.head].lower in HURT and "and" in between and len(between) <= _BESIDE


def _same_in_sentence(a: Found, b: Found) -> bool:
    """Return whether two triggers of a sentence report one event."""
    between = [word.lower for word in a.tokens[a.trigger.last + 1 : b.trigger.first]]
    if a.status == "actual" and b.status == "planned" and "and" in between:
        return False  # "hit Cebu and is forecast to reach Da Nang"
    if "that" in between and a.tokens[a.trigger.head].lower == "ruled":
        return False  # "ruled on Friday that the arrest was illegal"
    if is_toll(a, b):
        return True
    if not alike(a, b) or {a.status, b.status} > {"denied"}:
        return False
    if a.actors and b.actors and set(a.actors).isdisjoint(b.actors) and not a.place_ids and not b.place_ids:
        return False  # "Britain pledged money and Iran sent doctors"
    if _is_anothers(b.tokens[a.trigger.last + 1 : b.trigger.first]):
        return False  # "Bangkok moved 400,000 people, while Phnom Penh said 54,000 were moved"
    if (";" in between and _told_anew(a, b)) or not _REVENGE.isdisjoint(between):
        return False
    behind = [link.spot.first for link in b.links if link.spot.first > a.trigger.last]
    if not a.place_ids and any(begins_clause(a.tokens, at) for at in behind):
        return False  # "a roof collapsed, and in Tralee a crane was blown over"
    anew = a.trigger.type == "DISRUPTION" and (",", "and") in pairwise(between)
    if anew and _apart_places(a, b):
        return False  # "Shops in Homs were closed, and flights at Hama were delayed"
    if between[-2:] in (["and", "a"], ["and", "an"]) and _apart_places(a, b):
        return False  # "Lightning killed three in Bergville and a tornado flattened homes at Bulwer"
    if "and" in between and PRONOUNS.isdisjoint(between[-1:]) and _apart(a, b):
        return False  # "killed four in Culiacan and a journalist was shot dead in Guadalajara"
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


def _is_anothers(between: Sequence[Word]) -> bool:
    """Return whether another government tells what follows: ", while Phnom Penh said"."""
    named = any(a.lower == "while" and b.capital for a, b in pairwise(between))
    return named and any(word.lower in _SPEECH for word in between)


def _apart_places(a: Found, b: Found) -> bool:
    return bool(a.place_ids and b.place_ids) and a.place_ids.isdisjoint(b.place_ids)


def _told_anew(a: Found, b: Found) -> bool:
    """Return whether the second of two triggers has a date or a place of its own."""
    return bool((b.date and b.date != a.date) or (b.place_ids and b.place_ids != a.place_ids))


def _apart(a: Found, b: Found) -> bool:
    """Return whether two triggers have places of their own, none of which lies in another's."""
    shared = a.place_ids & b.place_ids or nested(a, b) or nested(b, a) or spreads(a, b)
    return bool(a.place_ids and b.place_ids) and not shared


def with_numbers(found: Sequence[Found], counts: Sequence[Count]) -> list[Found]:
    """Give each number of people to the nearest event that it can belong to."""
    numbers: list[dict[str, Quantity]] = [{} for _ in found]
    for count in counts:
        fits = [i for i, item in enumerate(found) if _counts(item, count)]
        if count.kind != "affected":  # who was killed was not killed by an arrest
            fits = [i for i in fits if harms_people(found[i])] or [i for i in fits if may_kill(found[i])]
        if not fits and count.kind == "affected":  # "the raid led to 40 arrests", "shelling displaced 300"
            fits = [i for i, item in enumerate(found) if item.trigger.type in HARM]
        if count.tally:
            fits = [i for i in fits if found[i].links or found[i].trigger.type == "DISASTER"]
        if fits:
            before = [i for i in fits if found[i].trigger.head < count.at]
            if before and _goes_on(found[0].tokens, count.at):
                fits = before
            nearest = min(fits, key=lambda i: _distance(found[i], count.at))
            numbers[nearest].setdefault(count.kind, count.quantity)
    counted = [
        replace(item, numbers=item.numbers | extra) if extra else item
        for item, extra in zip(found, numbers, strict=True)
    ]
    return [item for item in counted if item.trigger.entry.mode not in CASUALTIES or _is_counted(item)]


def _distance(item: Found, at: int) -> tuple[bool, int]:
    """Return how far a number is from an event: first whether a semicolon parts them."""
    low, high = sorted((item.trigger.head, at))
    return any(word.lower == ";" for word in item.tokens[low:high]), high - low


def _counts(item: Found, count: Count) -> bool:
    """Return whether a number may be of an event by its kind: "arrested 80 suspects", "killed two"."""
    if item.trigger.type == "DISASTER":
        return True
    if count.kind == "affected":
        return item.trigger.entry.mode in _TAKING or not (is_harm(item) or item.trigger.type in _AFFECTS_NONE)
    return is_harm(item)


def _goes_on(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a number is of the clause before: "hit a market, killing at least 23"."""
    lead = [word.lower for word in tokens[max(0, at - 5) : at]]
    return ";" not in lead and any(a == "," and b in _HARMING for a, b in pairwise(lead))


def harms_people(item: Found) -> bool:
    """Return whether people come to harm by an event of its own, not only things, or the freedom of some."""
    return item.trigger.type not in ("COERCE", "PROTEST") and item.trigger.entry.mode not in _OF_THINGS


def takes_numbers(item: Found) -> bool:
    """Return whether the killed and injured that a sentence counts can be of an event."""
    return is_harm(item) and may_kill(item)


def may_kill(item: Found) -> bool:
    """Return whether the dead of a sentence can be of an event: no arrest, but an execution or a raid."""
    executed = item.tokens[item.trigger.head].lower in _EXECUTED
    return item.trigger.type != "COERCE" or executed or item.trigger.entry.mode == "raid"


def _is_counted(item: Found) -> bool:
    """Return whether deaths without a cause are news: several people's, or somebody's found dead.

    One person who was hurt is news, too.
    """
    if item.trigger.entry.mode == "injuries":
        hurt = item.numbers.get("injured")
        return hurt is not None and hurt.value > 0
    if item.definite and item.links:
        return True  # "most of the deaths occurred in Nairobi"
    dead = item.numbers.get("fatalities")
    if dead is None:
        return item.trigger.verbal and (item.tokens[item.trigger.last].lower == "dead" or _is_body(item))
    if not dead.value:
        return False
    at = item.trigger.first
    return (
        dead.value > 1
        or item.tokens[item.trigger.last].lower in FOUND
        or item.tokens[max(0, at - 2)].lower == "one"
    )


def _is_body(item: Found) -> bool:
    """Return whether somebody unknown was found: "a woman's body was found in the river"."""
    at = item.trigger.head
    lead = [word.lower for word in item.tokens[max(0, at - 7) : at]]
    return item.tokens[at].lower in FOUND and "body" in lead and not _ARTICLES.isdisjoint(lead)


# -- told only in passing ------------------------------------------------------------------------------------


def _in_passing(item: Found, found: Sequence[Found]) -> bool:
    """Return whether a trigger only qualifies something else."""
    tokens, first = item.tokens, item.trigger.first
    before = [word.lower for word in tokens[max(0, first - 6) : first]][::-1]
    others = [other for other in found if other is not item]
    if item.trigger.verbal and _is_adjective(item):
        return True
    if item.trigger.type == "AGREE" and before[:1] == ["to"] and _is_wanted(item):
        return True
    if _is_record(item) or _is_counted_on(item) or _is_general(item) or _is_over_with(item, before):
        return True
    if item.trigger.entry.mode == "displacement" and _is_getaway(item):
        return True
    if not others:
        return False
    if item.trigger.type in VERBAL and tokens[item.trigger.head].lower.endswith("ing") and "," in before[:2]:
        return True  # ", blaming the rebels"
    spoken = item.trigger.type in VERBAL or item.trigger.type == "CONCEDE"
    if spoken and before[:1] == ["to"] and _is_purpose(item, others):
        return True  # "flew to Lima to apologise"
    if item.trigger.type in VERBAL and before[:1] == ["to"]:
        return True  # "marched to demand"
    if item.trigger.verbal and before[:1] == ["to"] and any(_is_decided(item, other) for other in others):
        return True  # "agreed to pull back"
    if item.trigger.entry.mode == "denial" and any(other.status == "denied" for other in others):
        return True  # "denied that planes had bombed a camp"
    if item.trigger.type == "PROTEST" and not item.trigger.verbal and any(_lodges(o, item) for o in others):
        return True
    refused = any(other.trigger.type == "REJECT" and 0 < first - other.trigger.head <= 10 for other in others)
    venue = not _MEANWHILE.isdisjoint(before[:4])  # "vetoed the loan at a summit"
    refused &= item.status != "denied"  # "denied that he had met the rebels"
    if refused and not venue and item.trigger.type in ("CONSULT", "AGREE", "COOPERATE"):
        return True
    reach = 9 if "for" in before[:3] else 5
    asked = any(
        other.trigger.type in ("REQUEST", "REJECT") and 0 < first - other.trigger.last <= reach
        for other in others
        if other.trigger.entry.mode != "denial"
    )
    if asked and not venue and not item.trigger.verbal and item.trigger.type != "PROTEST":
        return True  # "called for new elections"
    if item.trigger.type == "REQUEST" and any(_is_called_for(item, other) for other in others):
        return True  # "called for new marches": the marches are the news
    if not _IF.isdisjoint(before[:5]) and item.status == "hypothetical":
        return True  # "threatened to strike if protesters were killed"
    if item.trigger.entry.mode == "injuries" and any(is_harm(o) and not _apart(o, item) for o in others):
        return True  # "ended with two dead and 31 hurt"
    if _is_told_by_doer(item) or _is_broken_up(item, others) or _is_backing(before, item, others):
        return True
    if _is_accused_of(item, others) or _is_aside(item, others):
        return True
    if before[:1] == ["on"] and tokens[item.trigger.head].lower == "fire":
        return True  # "set a court on fire"
    if _is_done_by_the_way(item, others):
        return True
    if _is_charge(item, others) or _is_aim(item, others):
        return True
    over = not {"over", "against"}.isdisjoint(before[:2])
    drop = item.trigger.type == "DISASTER" and not item.trigger.verbal and "in" in before[:2]
    if drop and any(o.trigger.type == "ACCIDENT" and 0 < first - o.trigger.last <= 4 for o in others):
        return True  # "capsized in a squall"
    if not item.trigger.verbal and over and any(o.trigger.type in _OVER for o in others):
        return True  # "sanctions over the bombing of Kharkiv"
    causes = any(word in _CAUSES for word in before[:5])
    own = any(link.spot.first > item.trigger.head for link in item.links)
    return causes and not item.trigger.verbal and not own and not item.date


def _is_told_by_doer(item: Found) -> bool:
    """Return whether a crime is only named in who commits it: "kidnappers were held", "a smuggling ring"."""
    tokens, last = item.tokens, item.trigger.last
    doer = not item.trigger.verbal and tokens[last].lower.endswith(_DOING)
    gang = last + 1 < len(tokens) and tokens[last + 1].lower in _GANGS
    return item.trigger.entry.mode in _BY_TRADE and (doer or gang)


def _is_getaway(item: Found) -> bool:
    """Return whether who flees did harm: "The gunmen fled", "robbers shot a clerk and fled"."""
    lead = [word.lower for word in item.tokens[max(0, item.trigger.first - 10) : item.trigger.first]]
    subject = "and" in lead[-1:]
    who = next((word for word in (lead if subject else lead[::-1]) if word in _FLEES), "")
    return who in _CULPRITS


def _is_backing(before: Sequence[str], item: Found, others: Sequence[Found]) -> bool:
    """Return whether an attack only helps those of another: "backed by air strikes, troops took the town"."""
    led = "by" in before[:4] and not _BACKED.isdisjoint(before[:5]) and not item.trigger.verbal
    return led and any(other.trigger.type == item.trigger.type for other in others)


def _is_broken_up(item: Found, others: Sequence[Found]) -> bool:
    """Return whether a protest is only what police broke up: "dispersed a protest"."""
    return item.trigger.type == "PROTEST" and any(
        other.trigger.entry.mode == "force against protest"
        and 0 <= item.trigger.first - other.trigger.last <= 3
        for other in others
    )


def _is_purpose(item: Found, others: Sequence[Found]) -> bool:
    """Return whether a visit or meeting before it has it as its aim."""
    return any(
        other.trigger.type == "CONSULT" and other.trigger.head < item.trigger.first for other in others
    )


def _is_counted_on(item: Found) -> bool:
    """Return whether a sentence only counts an event told before: "It was the second such attack"."""
    first = item.trigger.first
    opens = {word.lower for word in item.tokens[:2]}
    lead = {word.lower for word in item.tokens[max(0, first - 5) : first]}
    takes_up = not opens.isdisjoint({"it", "this", "that"}) and not opens.isdisjoint({"was", "is", "marked"})
    return takes_up and not item.trigger.verbal and not lead.isdisjoint(_ORDINALS)


def _is_general(item: Found) -> bool:
    """Return whether a sentence only says how common such events are: "Ferry disasters are common"."""
    after = [word.lower for word in item.tokens[item.trigger.last + 1 : item.trigger.last + 7]]
    usual = not _USUAL.isdisjoint(after) and bool(_BE & set(after))
    told = usual or not _CEASED.isdisjoint(after)
    return not item.trigger.verbal and not item.date and told


def _is_over_with(item: Found, before: Sequence[str]) -> bool:
    """Return whether a noun names what an agreement ended: "ended years of clashes"."""
    long = before[1:2] and before[:1] == ["of"] and before[1] in _TIMES
    return bool(long) and not item.trigger.verbal and not _ENDED.isdisjoint(before[:5])


def _is_done_by_the_way(item: Found, others: Sequence[Found]) -> bool:
    """Return whether things were damaged in an attack: "stormed the town, torching 40 houses"."""
    first = item.trigger.first
    participle = (
        item.tokens[item.trigger.head].lower.endswith("ing") and item.trigger.entry.mode in _OF_THINGS
    )
    comma = "," in [word.lower for word in item.tokens[max(0, first - 2) : first]]
    attacked = any(o.trigger.type in ("ASSAULT", "CRIME") and o.trigger.head < first for o in others)
    return participle and comma and attacked


def _is_decided(item: Found, other: Found) -> bool:
    """Return whether an act is what another one promises, asks or threatens: "voted to extend"."""
    between = [word.lower for word in item.tokens[other.trigger.last + 1 : item.trigger.first]]
    near = other.trigger.head < item.trigger.first and len(between) <= 6
    if other.trigger.type == "THREATEN" and item.trigger.type in ("ASSAULT", "PROTEST", "CRIME"):
        return False  # the attack or the march is what is on the map
    return near and other.trigger.type in _DECISIONS and CLAUSE.isdisjoint(between) and "," not in between


def _lodges(other: Found, item: Found) -> bool:
    """Return whether a protest is a note: "lodged a protest with the ambassador"."""
    return other.trigger.type == "ACCUSE" and 0 < item.trigger.first - other.trigger.last <= 3


def _is_called_for(request: Found, other: Found) -> bool:
    """Return whether a request calls people to a protest."""
    return other.trigger.type == "PROTEST" and 0 < other.trigger.first - request.trigger.last <= 4


def _is_accused_of(item: Found, others: Sequence[Found]) -> bool:
    """Return whether a trigger tells what somebody is accused of: "accused Rwanda of sending troops"."""
    if not item.tokens[item.trigger.head].lower.endswith("ing"):
        return False
    lead = [word.lower for word in item.tokens[max(0, item.trigger.first - 2) : item.trigger.first]]
    return "of" in lead and any(
        other.trigger.type == "ACCUSE" and 0 < item.trigger.first - other.trigger.last <= 9
        for other in others
    )


def _is_aside(item: Found, others: Sequence[Found]) -> bool:
    """Return whether a participle only says who suffered: "police shot at people protesting"."""
    told = item.trigger.type == "PROTEST" or item.trigger.entry.mode == "displacement"
    if not told or item.links or not item.tokens[item.trigger.head].lower.endswith("ing"):
        return False
    return any(other.trigger.type in HARM - {"PROTEST"} for other in others)


def _is_record(item: Found) -> bool:
    """Return whether an event is only compared with an older one: "the deadliest attack since 2019"."""
    lead = {word.lower for word in item.tokens[max(0, item.trigger.first - 3) : item.trigger.first]}
    after = [word.lower for word in item.tokens[item.trigger.last + 1 : item.trigger.last + 9]]
    if not _MOST.isdisjoint(lead) and not {"since", "year", "ever"}.isdisjoint(after):
        return True
    # "the third outage in four months"
    return not _ORDINALS.isdisjoint(lead) and after[:1] == ["in"] and not _TIMES.isdisjoint(after[1:4])


def _is_charge(item: Found, others: Sequence[Found]) -> bool:
    """Return whether a trigger names the crime of a verdict or charge: "found guilty of murder in Bangui"."""
    if _is_offence(item):
        return True
    own = any(link.spot.first > item.trigger.head and link.spot.preposition != "from" for link in item.links)
    for other in others:
        between = [word.lower for word in item.tokens[other.trigger.first + 1 : item.trigger.first]]
        led = not _CHARGED.isdisjoint([*between[:2], *between[-3:]])
        news = item.date is not None and item.date != other.date
        if other.trigger.entry.mode in ("legal action", "arrest") and led and len(between) <= 20 and not news:
            court = not _CONVICTED.isdisjoint([item.tokens[other.trigger.first].lower, *between])
            return court or not own
    return False


def _is_offence(item: Found) -> bool:
    """Return whether a noun only names the charge: "pleaded guilty to attempted murder"."""
    before = [word.lower for word in item.tokens[max(0, item.trigger.first - 8) : item.trigger.first]][::-1]
    led, *lead = [*dropwhile(_GRAVE.__contains__, before), ""]
    accused = not _ACCUSED.isdisjoint(lead[:4]) or not _CHARGES.isdisjoint(lead[:1])
    charged = accused if led in _NAMES_CRIME else led == "to" and not _CONFESSED.isdisjoint(lead[:5])
    word = item.tokens[item.trigger.head].lower  # "accused of stabbing" tells of a deed
    noun = word in _OFFENCES or not word.endswith(("ed", "ing"))
    return item.trigger.type in ("CRIME", "ASSAULT") and noun and charged


def _is_aim(item: Found, others: Sequence[Found]) -> bool:
    """Return whether a trigger tells what is wanted: "rallied to demand a deal to free the hostages"."""
    first = item.trigger.first
    lead = [word.lower for word in item.tokens[max(0, first - 2) : first]]
    wanted = item.trigger.verbal and lead[-1:] == ["to"] and lead[0] in _AIMS
    return wanted and any(other.trigger.head < first for other in others)


def _is_wanted(item: Found) -> bool:
    """Return whether an agreement is only what somebody works on: "a plan pushed by Trump to end the war"."""
    first = item.trigger.first
    return not _AIMS.isdisjoint(word.lower for word in item.tokens[max(0, first - 12) : first])


def _is_adjective(item: Found) -> bool:
    """Return whether a participle qualifies the noun after it: "exchange captured soldiers"."""
    at = item.trigger.head
    tokens = item.tokens
    if not tokens[at].lower.endswith(("ed", "en")) or at + 1 >= len(tokens):
        return False
    of_somebody = tokens[at + 1].capital or tokens[at + 1].lower in _OFFICES
    if at == 0:  # "Ousted President Akayev has agreed"
        return of_somebody
    subject = tokens[at - 1]
    if of_somebody and subject.lower in _TO_WHOM:
        return True  # "loyal to detained Vice President Machar"
    lead = tokens[at - 2].lower if at > 1 else ""
    if lead in _ARTICLES or subject.lower in _PERFECT:
        return False  # "A man armed with an axe attacked worshippers", "had killed civilians"
    if subject.lower == "that" and lead.isalnum() and lead not in FUNCTION:
        return False  # "the tornado that levelled two schools"
    displaced = item.trigger.entry.mode == "displacement"  # "Three displaced people died"
    counted = displaced and (subject.lower in UNITS or subject.lower.isdigit())
    plural = not counted and (subject.lower.endswith("s") or subject.capital or subject.lower in _PERSONS)
    after = tokens[at + 1].lower
    if (
        subject.lower in DEFINITE | {"a", "an", "from", "of", "with"}
        and after.replace("-", "").isalpha()
        and after not in FUNCTION
    ):
        return True  # "the crashed tram"
    return after in _PERSONS - _MANY and not plural
