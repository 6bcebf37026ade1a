"""One event, not two: triggers of a sentence, headline and lead, caption and body that report the same."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from dateline.geo.date_rules import Interval
from dateline.geo.dates import DateMention
from dateline.geo.link_features import contains, is_verbish
from dateline.geo.linking import Link, distinct, weakened
from dateline.geo.model import Article, Quantity, Status
from dateline.geo.quantities import Count
from dateline.geo.sentences import Sentence
from dateline.geo.triggers import VERBAL, Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

NEGATIONS = wordlist("negations")
_CLAUSE = wordlist("clause_openers")
_PERSONS = wordlist("people") | wordlist("persons")
_HARM = frozenset({"ASSAULT", "CRIME", "DISASTER", "ACCIDENT", "PROTEST", "COERCE"})
_CAUSES = frozenset(
    ["due", "because", "despite", "by", "amid", "from", "caused", "complaints", "over", "following"]
)
#: What is done over something that happened elsewhere and before.
_OVER = VERBAL | {"PROTEST", "COERCE", "CONSULT"}
_DEFINITE = frozenset(["the", "this", "that", "these", "those", "its", "their", "his", "same"])
#: Words that lead from one event to another.
_OTHERS = frozenset({";", ",", "for", "retaliation", "response", "reprisal", "revenge", "over"})
_ELSEWHERE = frozenset({"elsewhere", "further", "another", "separate", "separately", "meanwhile"})
_PAUSES = frozenset({";", ",", "and"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "who"})
_FUNCTION = wordlist("locative") | wordlist("other_prepositions") | wordlist("clause_openers")
_BEFORE_NOUNS = _FUNCTION | {"a", "an"}
#: Convictions, whose crimes are no news of their own; and words that say somebody only speaks of an event.
_CONVICTED = frozenset({"convicted", "guilty", "sentenced", "jailed", "acquitted", "imprisoned"})
_REACTIONS = wordlist("reactions")
#: What people march or meet for has not happened.
_AIMS = frozenset(
    {"demand", "demanding", "deal", "agreement", "plan", "bid", "effort", "efforts", "proposal", "push"}
)
_MOST = frozenset({"deadliest", "worst", "biggest", "largest", "heaviest", "first", "strongest"})
_KILLINGS = frozenset({"killing", "murder", "shooting", "attack", "stabbing"})
_ONE_AFTER_OTHER = frozenset({"after", "before", "following", "followed", "since", "despite"})
#: Many places of one march, flood or power cut are told verb by verb in one sentence.
_SPREAD = frozenset({"PROTEST", "DISASTER", "DISRUPTION", "VOTE"})
#: So far apart (degrees of latitude) two reports of one attack may put it.
_BESIDE = 0.3
#: What an article is about is told again and again; a repetition without place and date is no second event.
_THEMES = frozenset({"CONSULT", "PROTEST", "ACCIDENT", "DISASTER", "VOTE", "CRIME"})
#: Sentences back that a report may be continued from.
_REACH = 12


@dataclass(frozen=True, slots=True)
class Found:
    """A trigger with all that its sentence says of it."""

    trigger: Trigger
    sentence: Sentence
    tokens: Sequence[Word]
    links: tuple[Link, ...]
    status: Status
    date: DateMention | None
    numbers: dict[str, Quantity]
    reasons: tuple[str, ...]
    carried: bool = False
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()

    @property
    def place_ids(self) -> frozenset[str]:
        """The ids of its places."""
        return frozenset(link.spot.resolution.place.id for link in self.links if link.spot.resolution.place)

    @property
    def in_subordinate(self) -> bool:
        """Whether the trigger stands behind "despite", "after"...: told in passing, of another place."""
        return any(
            word.lower in _CLAUSE for word in self.tokens[max(0, self.trigger.first - 9) : self.trigger.first]
        )

    @property
    def definite(self) -> bool:
        """Whether it is a noun that takes up what was told: "the attack", "their talks"."""
        first = self.trigger.first
        lead = [word.lower for word in self.tokens[max(0, first - 6) : first]][::-1]
        phrase = list(takewhile(lambda word: word not in _BEFORE_NOUNS and not is_verbish(word, False), lead))
        if self.trigger.verbal:
            return phrase[:1] == ["the"]  # "condemned the killing"
        return any(word in _DEFINITE for word in phrase[:3] + [w for w in phrase[3:] if w == "the"])

    @property
    def spoken_of(self) -> bool:
        """Whether somebody only speaks of what was told: "condemned the attack", "responsibility for it"."""
        lead = [word.lower for word in self.tokens[max(0, self.trigger.first - 4) : self.trigger.first]]
        return self.definite and not _REACTIONS.isdisjoint(lead)


# -- within a sentence -------------------------------------------------------------------------------------


def within_sentence(found: Sequence[Found]) -> list[Found]:
    """Drop what is told only in passing, and join triggers that report one event."""
    kept: list[Found] = []
    for item in found:
        if _in_passing(item, found):
            continue
        for i, other in enumerate(kept):
            if _is_cause(other, item):
                kept[i] = _joined(item, other)
                break
            if _same_in_sentence(other, item):
                kept[i] = _joined(other, item)
                break
        else:
            kept.append(item)
    return kept


def _in_passing(item: Found, found: Sequence[Found]) -> bool:
    """Return whether a trigger only qualifies something else."""
    tokens, first = item.tokens, item.trigger.first
    before = [word.lower for word in tokens[max(0, first - 6) : first]][::-1]
    others = [other for other in found if other is not item]
    if item.trigger.verbal and before and _is_adjective(item):
        return True
    if item.trigger.type == "AGREE" and before[:1] == ["to"] and _is_wanted(item):
        return True
    if not others:
        return False
    if item.trigger.type in VERBAL and tokens[item.trigger.head].lower.endswith("ing") and "," in before[:2]:
        return True  # ", blaming the rebels"
    if item.trigger.type in VERBAL and before[:1] == ["to"]:
        return True  # "marched to demand"
    refused = any(other.trigger.type == "REJECT" and 0 < first - other.trigger.head <= 6 for other in others)
    if refused and item.trigger.type in ("CONSULT", "AGREE", "COOPERATE"):
        return True
    asked = any(
        other.trigger.type in ("REQUEST", "REJECT") and 0 < first - other.trigger.last <= 5
        for other in others
    )
    if asked and not item.trigger.verbal:
        return True  # "called for new elections"
    if before[:1] == ["on"] and tokens[item.trigger.head].lower == "fire":
        return True  # "set a court on fire"
    if _is_record(item) or _is_charge(item, others) or _is_aim(item, others):
        return True
    if not item.trigger.verbal and "over" in before[:2] and any(o.trigger.type in _OVER for o in others):
        return True  # "sanctions over the bombing of Kharkiv"
    causes = any(word in _CAUSES for word in before[:5])
    own = any(link.spot.first > item.trigger.head for link in item.links)
    return causes and not item.trigger.verbal and not own and not item.date


def _is_record(item: Found) -> bool:
    """Return whether an event is only compared with an older one: "the deadliest attack since 2019"."""
    lead = {word.lower for word in item.tokens[max(0, item.trigger.first - 3) : item.trigger.first]}
    after = [word.lower for word in item.tokens[item.trigger.last + 1 : item.trigger.last + 9]]
    return not _MOST.isdisjoint(lead) and "since" in after


def _is_charge(item: Found, others: Sequence[Found]) -> bool:
    """Return whether a trigger names the crime of a verdict or charge: "found guilty of murder in Bangui"."""
    own = any(link.spot.first > item.trigger.head and link.spot.preposition != "from" for link in item.links)
    for other in others:
        between = [word.lower for word in item.tokens[other.trigger.first + 1 : item.trigger.first]]
        led = not {"of", "with", "for", "over"}.isdisjoint(between[:2])
        news = item.date is not None and item.date != other.date
        if other.trigger.entry.mode == "legal action" and led and len(between) <= 14 and not news:
            court = item.tokens[other.trigger.first].lower in _CONVICTED
            return court or not own
    return False


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
    if not tokens[at].lower.endswith(("ed", "en")) or at + 1 >= len(tokens) or at == 0:
        return False
    subject = tokens[at - 1]
    plural = subject.lower.endswith("s") or subject.capital or subject.lower in _PERSONS
    after = tokens[at + 1].lower
    if (
        subject.lower in _DEFINITE | {"a", "an", "from", "of", "with"}
        and after.isalpha()
        and after not in _FUNCTION
    ):
        return True  # "the crashed tram"
    return after in _PERSONS and not plural


def _is_toll(a: Found, b: Found) -> bool:
    """Return whether a trigger only tells a toll: "set fire to houses, killing two", "a fire killed two"."""
    if b.trigger.entry.mode not in ("", "killing") or not b.trigger.verbal:
        return False
    if not {a.trigger.type, b.trigger.type} <= _HARM or any(x.spot.first > b.trigger.head for x in b.links):
        return False
    between = [word.lower for word in b.tokens[a.trigger.last + 1 : b.trigger.first]]
    hazard = a.trigger.type in ("ACCIDENT", "DISASTER") and not a.trigger.verbal
    if hazard and not any(word in _CLAUSE or word in _PAUSES for word in between):
        return True
    return b.tokens[b.trigger.head].lower.endswith("ing") and between[-1:] in ([","], ["and"])


def _is_cause(a: Found, b: Found) -> bool:
    """Return whether a trigger tells what people died of: "killed when fire tore ...", "killed in a riot"."""
    if not {a.trigger.type, b.trigger.type} <= _HARM or b.trigger.entry.mode == "killing":
        return False
    if not a.trigger.verbal or a.trigger.entry.mode not in ("", "killing"):
        return False
    between = [word.lower for word in a.tokens[a.trigger.last + 1 : b.trigger.first]]
    noun = not b.trigger.verbal and len(between) <= 4 and between[:1] in (["in"], ["by"])
    clause = ";" not in between and not {"when", "as"}.isdisjoint(between)
    return (noun or clause) and (not a.place_ids or not b.place_ids or a.place_ids == b.place_ids)


def _same_in_sentence(a: Found, b: Found) -> bool:
    if _is_toll(a, b):
        return True
    if not _alike(a, b):
        return False
    between = [word.lower for word in a.tokens[a.trigger.last + 1 : b.trigger.first]]
    if len(between) <= 9 and not any(word in _CLAUSE or word in _OTHERS for word in between):
        return True  # "hold a round of talks"
    if between[-1:] and (between[-1] in _PRONOUNS or between in ([",", "which"], ["which"], ["that"])):
        return True  # "waves swept a man away, and he drowned"
    if a.status != b.status or (a.date and b.date and a.date.interval != b.date.interval):
        return False
    if a.definite and not _ONE_AFTER_OTHER.isdisjoint(between):
        return False  # "The attack came hours after missiles struck Odesa"
    if a.place_ids and b.place_ids and (_nested(a, b) or _nested(b, a) or _spreads(a, b)):
        return not any(word in _CLAUSE or word in ";" for word in between)
    if not a.place_ids and b.place_ids and any(word in _OTHERS - {","} for word in between):
        return False
    return not a.place_ids or not b.place_ids or a.place_ids <= b.place_ids or b.place_ids <= a.place_ids


def _alike(a: Found, b: Found) -> bool:
    """Return whether two triggers may report one event: of one type, or a murder and a killing."""
    return a.trigger.type == b.trigger.type or (
        {a.trigger.type, b.trigger.type} == {"ASSAULT", "CRIME"}
        and {a.trigger.entry.mode, b.trigger.entry.mode} <= _KILLINGS
    )


def _spreads(a: Found, b: Found) -> bool:
    """Return whether one march, flood or power cut is told of several places, verb by verb."""
    same = a.trigger.type == b.trigger.type and a.trigger.entry.mode == b.trigger.entry.mode
    return same and a.trigger.type in _SPREAD and b.trigger.verbal


def _joined(a: Found, b: Found) -> Found:
    """Return the first report with what it lacks taken from the second."""
    numbers = dict(a.numbers)
    for kind, quantity in b.numbers.items():
        if kind not in numbers or quantity.value > numbers[kind].value:
            numbers[kind] = quantity
    if a.sentence is b.sentence and _is_toll(a, b):
        return replace(a, numbers=numbers, date=a.date or b.date)
    links = a.links or (() if a.trigger.entry.mode == "invitation" else b.links)
    pronoun = b.trigger.first and b.tokens[b.trigger.first - 1].lower in _PRONOUNS
    if a.sentence is b.sentence and len(b.place_ids) > len(a.place_ids) > 0 and not pronoun:
        links = b.links
    if a.carried and b.links and not b.carried:
        links = b.links
    elif a.place_ids == b.place_ids:
        links = _likelier(a.links, b.links)
    elif a.links and b.links and _nested(b, a):
        links = _told_apart(a, b) if a.sentence is b.sentence else b.links
    elif a.sentence is b.sentence and a.links and b.links and _spreads(a, b):
        links = tuple(distinct((*a.links, *b.links)))
    date = a.date or b.date
    if a.date and b.date and _inside(b.date.interval, a.date.interval):
        date = b.date
    return replace(
        a,
        links=links,
        carried=a.carried and links is not b.links,
        date=date,
        numbers=numbers,
        actors=a.actors or b.actors,
        recipients=a.recipients or b.recipients,
    )


def _likelier(links: Sequence[Link], others: Sequence[Link]) -> tuple[Link, ...]:
    """Return links to the same places, each as the surer of two triggers tells it."""
    surer = {link.spot.resolution.place: link for link in others}
    return tuple(
        max(link, surer.get(link.spot.resolution.place, link), key=lambda x: x.probability) for link in links
    )


def _nested(a: Found, b: Found) -> bool:
    """Return whether all places of one report lie in those of the other."""
    return all(_finer(x, y) for x in a.links for y in b.links)


def _told_apart(a: Found, b: Found) -> tuple[Link, ...]:
    """Return the finer places of `b`, and those of `a` that are areas: "burned across the state"."""
    areas = [link for link in a.links if not _is_country(link)]
    return (*areas, *b.links)


def _is_country(link: Link) -> bool:
    place = link.spot.resolution.place
    return place is not None and place.feature_code.startswith("PCL")


def _finer(fine: Link, coarse: Link) -> bool:
    return contains(coarse.spot.resolution, fine.spot.resolution)


def _inside(inner: Interval, outer: Interval) -> bool:
    return outer.first <= inner.first and inner.last <= outer.last


def with_numbers(found: Sequence[Found], counts: Sequence[Count]) -> list[Found]:
    """Give each number of people to the nearest event that it can belong to."""
    numbers: list[dict[str, Quantity]] = [{} for _ in found]
    for count in counts:
        fits = [
            i
            for i, item in enumerate(found)
            if (item.trigger.type in _HARM) == (count.kind != "affected") or item.trigger.type == "DISASTER"
        ]
        if not fits and count.kind == "affected":  # "the raid led to 40 arrests", "shelling displaced 300"
            fits = [i for i, item in enumerate(found) if item.trigger.type in _HARM]
        if fits:
            nearest = min(fits, key=lambda i: abs(found[i].trigger.head - count.at))
            numbers[nearest].setdefault(count.kind, count.quantity)
    return [replace(item, numbers=item.numbers | extra) for item, extra in zip(found, numbers, strict=True)]


def with_later_numbers(found: list[Found], counts: Sequence[Count], sentence: Sentence) -> list[Found]:
    """Give the numbers of a sentence that tells nothing else to the harm told last: "The toll rose to 41"."""
    last = next((i for i in range(len(found) - 1, -1, -1) if found[i].trigger.type in _HARM), -1)
    if not counts or last < 0 or sentence.paragraph - found[last].sentence.paragraph > 1:
        return found
    item = found[last]
    numbers = dict(item.numbers)
    for count in counts:
        told = numbers.get(count.kind)
        if item.status == "actual" and (told is None or count.quantity.value > told.value):
            numbers[count.kind] = count.quantity
    return [*found[:last], replace(item, numbers=numbers), *found[last + 1 :]]


# -- across sentences --------------------------------------------------------------------------------------


def merge(found: Sequence[Found], article: Article) -> list[Found]:
    """Join the reports of one event across the sentences of an article, headings last."""
    body = [item for item in found if item.sentence.kind != "heading"]
    heads = [item for item in found if item.sentence.kind == "heading"]
    kept: list[Found] = []
    for item in body:
        for i in range(len(kept) - 1, max(-1, len(kept) - 1 - _REACH), -1):
            if _goes_on(kept[i], item) or _same_event(kept[i], item):
                kept[i] = _told_best(kept[i], item)
                break
        else:
            kept.append(item)
    for item in heads:
        at = next((i for i, other in enumerate(kept) if _announces(item, other)), None)
        if at is None:
            kept.append(item)
        elif item.links and _is_lead(kept[at], kept) and (not kept[at].links or _nested(item, kept[at])):
            links = weakened(item.links, 0.8, "the headline")
            kept[at] = replace(kept[at], links=links, carried=True)
    return sorted(kept, key=lambda item: item.tokens[item.trigger.first].start)


def _announces(head: Found, item: Found) -> bool:
    """Return whether a headline announces an event of the body, not one of another place."""
    a, b = head.trigger.type, item.trigger.type
    toll = {kind for kind, number in head.numbers.items() if item.numbers.get(kind) == number}
    blasts = head.trigger.entry.mode == item.trigger.entry.mode == "explosion"  # by intent or by accident
    if a != b and not (blasts or (toll and {a, b} <= _HARM)):
        return False
    if not head.place_ids or not item.place_ids or not head.place_ids.isdisjoint(item.place_ids):
        return True
    return any(_finer(x, y) or _finer(y, x) for x in head.links for y in item.links) or _beside(head, item)


def _is_lead(item: Found, kept: Sequence[Found]) -> bool:
    """Return whether an event is the first of its type."""
    return next(other for other in kept if other.trigger.type == item.trigger.type) is item


def _told_best(a: Found, b: Found) -> Found:
    """Return both reports as one: as the first tells it, but a plan as the one with the closer date does."""
    if a.status == "planned" and a.date and b.date and _length(b.date.interval) < _length(a.date.interval):
        return replace(_joined(b, a), links=b.links or a.links)
    return _joined(a, b)


def _length(interval: Interval) -> int:
    return (interval.last - interval.first).days


def _goes_on(a: Found, b: Found) -> bool:
    """Return whether a sentence only tells the toll of the event before it: "A guard was killed"."""
    if b.trigger.entry.mode not in ("", "killing") or ((b.links or b.date) and not b.carried):
        return False
    near = b.sentence.paragraph == a.sentence.paragraph and b.sentence is not a.sentence
    return near and a.trigger.type in _HARM and b.trigger.type in ("ASSAULT", "ACCIDENT") and bool(b.numbers)


def _same_event(a: Found, b: Found) -> bool:
    """Return whether a later sentence reports an event again."""
    if a.sentence is b.sentence or not _alike(a, b):
        return False
    if b.spoken_of:
        return True
    if a.status != b.status or not _same_time(a, b):
        return False
    if a.place_ids and b.place_ids and not a.carried:
        same = a.place_ids == b.place_ids or _nested(a, b) or _nested(b, a) or (b.definite and _beside(a, b))
        return same and (a.trigger.entry.mode == b.trigger.entry.mode or b.definite or a.status == "planned")
    if a.date and b.date and a.status == "planned":
        return True
    if b.definite and not (b.place_ids and _elsewhere(b)):
        return not b.date or b.date == a.date or not a.place_ids or a.carried
    if b.place_ids or b.date:
        return False
    return a.trigger.type in _THEMES and a.trigger.entry.mode == b.trigger.entry.mode


def _elsewhere(item: Found) -> bool:
    """Return whether a sentence says that it tells of another place: "Further south the surge ..."."""
    return not _ELSEWHERE.isdisjoint(word.lower for word in item.tokens[: item.trigger.first])


def _same_time(a: Found, b: Found) -> bool:
    if not a.date or not b.date:
        return True
    return _inside(a.date.interval, b.date.interval) or _inside(b.date.interval, a.date.interval)


def _beside(a: Found, b: Found) -> bool:
    """Return whether two reports put an event into the same neighbourhood: "a suburb of Hanover", Laatzen."""
    pairs = [(x.spot.resolution.place, y.spot.resolution.place) for x in a.links for y in b.links]
    return all(x and y and math.hypot(x.lat - y.lat, (x.lon - y.lon) / 2) < _BESIDE for x, y in pairs)
