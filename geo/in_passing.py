"""What a sentence tells only in passing, or only to say who somebody is: no news of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile

from dateline.geo.numerals import PERSONS, UNITS
from dateline.geo.reports import (
    ARTICLES,
    CLAUSE,
    DEFINITE,
    FUNCTION,
    HARM,
    OF_THINGS,
    TIMES,
    Found,
)
from dateline.geo.triggers import VERBAL
from dateline.geo.wordlists import wordlist

_CAUSES = wordlist("causes")
#: What is done over something that happened elsewhere and before.
_OVER = VERBAL | {"PROTEST", "COERCE", "CONSULT"}
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
_GANGS = frozenset({"ring", "rings", "gang", "gangs", "network", "networks", "syndicate", "syndicates"})
#: Crimes with a word for who commits them, and how these words end.
_BY_TRADE = frozenset({"organised crime", "kidnapping", "theft"})
_DOING = ("ers", "er", "thief", "thieves")
#: What people march or meet for has not happened.
_AIMS = wordlist("aims")
_ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "latest", "such"})
_CEASED = frozenset({"ceased", "subsided", "abated", "petered"})
_USUAL = frozenset({"common", "rare", "frequent", "usual", "routine", "rife", "commonplace"})
_BE = frozenset({"is", "are", "become", "remain", "remains"})
#: Who flees from a crime, beside those who flee for their lives.
_CULPRITS = wordlist("culprits")
_FLEES = _CULPRITS | PERSONS
_BACKED = frozenset({"backed", "supported", "aided", "covered"})
_MEANWHILE = frozenset({"at", "during"})
_ENDED = frozenset({"ended", "ends", "end", "ending", "halted"})
_IF = wordlist("conditions")
_MANY = frozenset({"dozens", "scores", "hundreds", "thousands", "others", "families", "homes"})
#: Who is "detained" or "ousted", and what leads to him.
_OFFICES = (wordlist("diplomat") - {"sides"}) | {"opposition", "former", "rebel"}
_TO_WHOM = frozenset({"to", "for", "against", "by", "from", "of", "with", "over"})
_PERFECT = frozenset({"had", "has", "have", "having"})
_MOST = frozenset({"deadliest", "worst", "biggest", "largest", "heaviest", "first", "strongest"})


def in_passing(item: Found, found: Sequence[Found]) -> bool:
    """Return whether a trigger only qualifies something else."""
    before = [word.lower for word in item.tokens[max(0, item.trigger.first - 6) : item.trigger.first]][::-1]
    others = [other for other in found if other is not item]
    return _is_no_news(item, before) or (
        bool(others)
        and (
            _is_spoken(item, before, others)
            or _is_refused(item, before, others)
            or _is_asked(item, before, others)
            or _is_circumstance(item, before, others)
            or _is_told_by_doer(item)
            or _is_broken_up(item, others)
            or _is_backing(before, item, others)
            or _is_accused_of(item, others)
            or _is_aside(item, others)
            or _is_done_by_the_way(item, others)
            or _is_charge(item, others)
            or _is_aim(item, others)
            or _is_reason(item, before, others)
        )
    )


def _is_no_news(item: Found, before: Sequence[str]) -> bool:
    """Return whether a trigger reports nothing, even if no other does: "exchange captured soldiers"."""
    return (
        (item.trigger.verbal and _is_adjective(item))
        or (item.trigger.type == "AGREE" and before[:1] == ["to"] and _is_wanted(item))
        or _is_record(item)
        or _is_counted_on(item)
        or _is_general(item)
        or _is_over_with(item, before)
        or (item.trigger.entry.mode == "displacement" and _is_getaway(item))
    )


def _is_spoken(item: Found, before: Sequence[str], others: Sequence[Found]) -> bool:
    """Return whether a trigger is only what somebody says, or wants to say or do, by what another reports."""
    trigger, to = item.trigger, before[:1] == ["to"]
    if trigger.type in VERBAL and item.tokens[trigger.head].lower.endswith("ing") and "," in before[:2]:
        return True  # ", blaming the rebels"
    if trigger.type == "CONCEDE" and to and _is_purpose(item, others):
        return True  # "flew to Lima to apologise"
    if trigger.type in VERBAL and to:
        return True  # "marched to demand"
    if trigger.verbal and to and any(_is_decided(item, other) for other in others):
        return True  # "agreed to pull back"
    if trigger.entry.mode == "denial" and any(other.status == "denied" for other in others):
        return True  # "denied that planes had bombed a camp"
    return trigger.type == "PROTEST" and not trigger.verbal and any(_lodges(o, item) for o in others)


def _is_refused(item: Found, before: Sequence[str], others: Sequence[Found]) -> bool:
    """Return whether a meeting or an agreement is what somebody rejects: "refused to meet the rebels"."""
    refused = any(
        o.trigger.type == "REJECT" and 0 < item.trigger.first - o.trigger.head <= 10 for o in others
    )
    refused &= item.status != "denied"  # "denied that he had met the rebels"
    return refused and not _is_venue(before) and item.trigger.type in ("CONSULT", "AGREE", "COOPERATE")


def _is_asked(item: Found, before: Sequence[str], others: Sequence[Found]) -> bool:
    """Return whether a noun is what somebody asks for or rejects: "called for new elections".

    Of "called for new marches" the marches are the news.
    """
    reach = 9 if "for" in before[:3] else 5
    asked = any(
        other.trigger.type in ("REQUEST", "REJECT") and 0 < item.trigger.first - other.trigger.last <= reach
        for other in others
        if other.trigger.entry.mode != "denial"
    )
    if asked and not _is_venue(before) and not item.trigger.verbal and item.trigger.type != "PROTEST":
        return True
    return item.trigger.type == "REQUEST" and any(_is_called_for(item, other) for other in others)


def _is_venue(before: Sequence[str]) -> bool:
    """Return whether a noun tells where something else was done: "vetoed the loan at a summit"."""
    return not _MEANWHILE.isdisjoint(before[:4])


def _is_circumstance(item: Found, before: Sequence[str], others: Sequence[Found]) -> bool:
    """Return whether a trigger is a condition, an outcome or a circumstance of what another reports."""
    if not _IF.isdisjoint(before[:5]) and item.status == "hypothetical":
        return True  # "threatened to strike if protesters were killed"
    if before[:1] == ["on"] and item.tokens[item.trigger.head].lower == "fire":
        return True  # "set a court on fire"
    squall = item.trigger.type == "DISASTER" and not item.trigger.verbal and "in" in before[:2]
    return squall and any(  # "capsized in a squall"
        o.trigger.type == "ACCIDENT" and 0 < item.trigger.first - o.trigger.last <= 4 for o in others
    )


def _is_reason(item: Found, before: Sequence[str], others: Sequence[Found]) -> bool:
    """Return whether a noun only tells why something was done: "sanctions over the bombing of Kharkiv"."""
    if item.trigger.verbal:
        return False
    if not {"over", "against"}.isdisjoint(before[:2]) and any(o.trigger.type in _OVER for o in others):
        return True
    own = any(link.spot.first > item.trigger.head for link in item.links)
    return not _CAUSES.isdisjoint(before[:5]) and not own and not item.date


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
    long = before[1:2] and before[:1] == ["of"] and before[1] in TIMES
    return bool(long) and not item.trigger.verbal and not _ENDED.isdisjoint(before[:5])


def _is_done_by_the_way(item: Found, others: Sequence[Found]) -> bool:
    """Return whether things were damaged in an attack: "stormed the town, torching 40 houses"."""
    first = item.trigger.first
    participle = item.tokens[item.trigger.head].lower.endswith("ing") and item.trigger.entry.mode in OF_THINGS
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
    return not _ORDINALS.isdisjoint(lead) and after[:1] == ["in"] and not TIMES.isdisjoint(after[1:4])


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
    if lead in ARTICLES or subject.lower in _PERFECT:
        return False  # "A man armed with an axe attacked worshippers", "had killed civilians"
    if subject.lower == "that" and lead.isalnum() and lead not in FUNCTION:
        return False  # "the tornado that levelled two schools"
    displaced = item.trigger.entry.mode == "displacement"  # "Three displaced people died"
    counted = displaced and (subject.lower in UNITS or subject.lower.isdigit())
    plural = not counted and (subject.lower.endswith("s") or subject.capital or subject.lower in PERSONS)
    after = tokens[at + 1].lower
    if (
        subject.lower in DEFINITE | ARTICLES | {"from", "of", "with"}
        and after.replace("-", "").isalpha()
        and after not in FUNCTION
    ):
        return True  # "the crashed tram"
    return after in PERSONS - _MANY and not plural
