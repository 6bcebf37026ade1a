"""What a sentence reports, and how two reports of one event become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise, takewhile

from dateline.geo.date_meanings import Tense
from dateline.geo.dates import DateMention
from dateline.geo.holding import contains
from dateline.geo.intervals import Interval
from dateline.geo.link_choice import Link, distinct
from dateline.geo.model import Quantity, Status
from dateline.geo.readings import UNREAD, Reading
from dateline.geo.sentences import Sentence
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, is_verbish

CLAUSE = wordlist("clause_openers")
HARM = frozenset({"ASSAULT", "CRIME", "DISASTER", "ACCIDENT", "PROTEST", "COERCE"})
#: The modes of the dead and the injured whose cause their sentence does not tell.
CASUALTIES = frozenset({"deaths", "injuries"})
TOLLS = frozenset({"", "killing"}) | CASUALTIES
DEFINITE = frozenset(["the", "this", "that", "these", "those", "its", "their", "his", "same"])
PRONOUNS = frozenset({"he", "she", "it", "they", "who"})
#: Words of grammar, which no participle qualifies.
FUNCTION = wordlist("locative") | wordlist("other_prepositions") | CLAUSE
ARTICLES = frozenset({"a", "an"})
_BEFORE_NOUNS = FUNCTION | ARTICLES
#: Modes of what is done to things, and harms nobody.
OF_THINGS = frozenset({"property destruction", "theft", "organised crime", "vandalism", "arson"})
TIMES = wordlist("times") | {"decades"}
_PAUSES = frozenset({";", ",", "and"})
_HURTS = frozenset({"kill", "kills", "killed", "injures", "injured", "wounds", "wounded", "hurts", "hurt"})
_SENSED = frozenset({"felt", "heard"})
_PASSIVES = wordlist("passive")
_AUXILIARIES = wordlist("auxiliaries")
#: What people do who come to harm.
_INTRANSITIVE = frozenset({"died", "perished", "drowned"})
#: Words that say somebody only speaks of an event.
_REACTIONS = wordlist("reactions")
_KILLINGS = frozenset({"killing", "murder", "shooting", "attack", "stabbing"})
_BLASTS = frozenset({"explosion", "bombing", "suicide bombing", "grenade"})
_CARRIED = frozenset({"carried", "carry", "staged", "committed", "perpetrated"})
#: Who is taken up with what he did: "The bomber struck as ...".
_DOERS = wordlist("hazard") | {
    *("bomber", "bombers", "attacker", "attackers", "gunman", "gunmen", "assailants", "assailant", "shooter")
}
#: Verbs that only say that something was there: "The attack took place in".
_HAPPENED = frozenset({"took", "happened", "occurred", "erupted", "broke"})
#: Many places of one march, flood or power cut are told verb by verb in one sentence.
_SPREAD = frozenset({"PROTEST", "DISASTER", "DISRUPTION", "VOTE"})


@dataclass(frozen=True)
class Found:
    """A trigger with all that its sentence says of it.

    `read` is what the event network says of it; `dates` are those of its sentence that may be its own, as its
    `tense` has them; `told` is its status before its date was known, and `when` what there is to say of that
    date; `placed_by` is the later report that told its places: "The attack took place in Bankass"; `unknown`
    are names of its sentence that no gazetteer knows, in quotation marks.
    """

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
    tense: Tense = "unknown"
    dates: tuple[DateMention, ...] = ()
    told: Status = "actual"
    when: tuple[str, ...] = ()
    read: Reading = UNREAD
    placed_by: Found | None = None
    unknown: tuple[str, ...] = ()

    @cached_property
    def place_ids(self) -> frozenset[str]:
        """The ids of its places."""
        return frozenset(link.spot.resolution.place.id for link in self.links if link.spot.resolution.place)

    @cached_property
    def in_subordinate(self) -> bool:
        """Whether the trigger stands behind "despite", "after"...: told in passing, of another place."""
        return any(
            word.lower in CLAUSE for word in self.tokens[max(0, self.trigger.first - 9) : self.trigger.first]
        )

    @cached_property
    def definite(self) -> bool:
        """Whether it is a noun that takes up what was told: "the attack", "their talks"."""
        first = self.trigger.first
        lead = [word.lower for word in self.tokens[max(0, first - 6) : first]][::-1]
        phrase = list(takewhile(_is_of_a_noun, lead))
        if self.trigger.verbal:
            subject = [self.tokens[first].lower, *lead]
            at = next((i for i, word in enumerate(subject[:2]) if word in _DOERS), None)
            before = [] if at is None else list(takewhile(lambda word: word != ",", subject[at + 1 : at + 6]))
            taken_up = "the" in before and not any(word in _BEFORE_NOUNS for word in before)
            behind = [word.lower for word in self.tokens[self.trigger.last + 1 : self.trigger.last + 3]]
            light = self.tokens[first].lower in _CARRIED and "the" in behind  # "had carried out the attack"
            return phrase[:1] == ["the"] or taken_up or light  # "condemned the killing", "The bomber struck"
        return not DEFINITE.isdisjoint(phrase[:3]) or "the" in phrase[3:]

    @property
    def tells_where(self) -> bool:
        """Whether its sentence tells where what was told happened: "The attack took place in Bankass"."""
        after = [word.lower for word in self.tokens[self.trigger.first : self.trigger.last + 3]]
        return self.definite and not self.trigger.verbal and not _HAPPENED.isdisjoint(after)

    def teller(self, link: Link) -> Found:
        """Return the report that tells one of its places."""
        return self.placed_by if self.placed_by and link in self.placed_by.links else self

    @property
    def spoken_of(self) -> bool:
        """Whether somebody only speaks of what was told: "condemned the attack", "responsibility for it"."""
        lead = [word.lower for word in self.tokens[max(0, self.trigger.first - 4) : self.trigger.first]]
        return self.definite and not _REACTIONS.isdisjoint(lead)

    def dated(self, date: DateMention | None, status: Status, *when: str) -> Found:
        """Return it with another date, or none, and what there is to say of that one only."""
        return replace(self, date=date, status=status, when=tuple(filter(None, when)))


def _is_of_a_noun(word: str) -> bool:
    """Return whether a word may belong to the noun behind it."""
    return word not in _BEFORE_NOUNS and word[0].isalnum() and not is_verbish(word, False)


def is_harm(item: Found) -> bool:
    """Return whether people or things came to harm."""
    return item.trigger.type in HARM or item.trigger.entry.mode in CASUALTIES


def is_felt(item: Found) -> bool:
    """Return whether a sentence says where a quake told before was felt: "It was felt in Manado"."""
    after = [word.lower for word in item.tokens[item.trigger.last + 1 : item.trigger.last + 6]]
    return item.definite and not item.trigger.verbal and not item.date and not _SENSED.isdisjoint(after)


def alike(a: Found, b: Found) -> bool:
    """Return whether two triggers may report one event: of one type, or a murder and a killing."""
    if (
        a.trigger.type in HARM
        and b.definite
        and a.trigger.entry.mode in _BLASTS
        and b.trigger.entry.mode == "explosion"
    ):
        return True  # "the blast" that a gas explosion was
    return a.trigger.type == b.trigger.type or (
        {a.trigger.type, b.trigger.type} == {"ASSAULT", "CRIME"}
        and {a.trigger.entry.mode, b.trigger.entry.mode} <= _KILLINGS
    )


def is_toll(a: Found, b: Found) -> bool:
    """Return whether a trigger only tells a toll: "set fire to houses, killing two", "a fire killed two"."""
    if b.trigger.entry.mode not in TOLLS | {"drowning"} or not b.trigger.verbal:
        return False
    if a.trigger.type not in HARM or not is_harm(b) or b.trigger.first < a.trigger.first:
        return False
    between = [word.lower for word in b.tokens[a.trigger.last + 1 : b.trigger.first]]
    if _is_consequence(a, b, between) or _is_subject(a, b, between) or _is_within(between):
        return True
    if b.trigger.entry.mode == "drowning":
        return False
    hazard = a.trigger.type in ("ACCIDENT", "DISASTER") and not a.trigger.verbal
    noun = not a.trigger.verbal or a.tokens[a.trigger.head].lower.endswith("ing")
    if noun and not between:
        return True  # "an explosion killed 18 people in Hama", "the attack left one dead in Nikopol"
    told = [word.lower for word in b.tokens[b.trigger.head + 1 :]]
    if any(
        x.spot.first > b.trigger.head and "," not in told[: x.spot.first - b.trigger.head] for x in b.links
    ):
        return False
    if b.trigger.entry.mode in CASUALTIES and (";" not in between or not b.links):
        return True
    if hazard and not any(word in CLAUSE or word in _PAUSES for word in between):
        return True
    if a.trigger.type in ("ACCIDENT", "DISASTER") and between[-1:] == ["and"]:
        return True  # "swept away a bridge and killed a shepherd"
    return b.tokens[b.trigger.head].lower.endswith("ing") and between[-1:] in ([","], ["and"])


def _is_consequence(a: Found, b: Found, between: Sequence[str]) -> bool:
    """Return whether people came to harm by a mishap told before them.

    "A fire at Kaprun, Austria, killed 155", "a bus rolled over, and nine passengers were killed"; but not
    "shot by gunmen", "killed in an attack", "drowned in Galway".
    """
    if a.trigger.type not in ("ACCIDENT", "DISASTER") or a.trigger.entry.mode in TOLLS - {""}:
        return False
    after = [word.lower for word in b.tokens[b.trigger.last + 1 :]]
    if any(link.spot.first > b.trigger.head for link in b.links) or (b.date and a.date and b.date != a.date):
        return False
    suffers = not _PASSIVES.isdisjoint(between[-2:]) or b.tokens[b.trigger.head].lower in _INTRANSITIVE
    if suffers:
        return after[:1] not in (["by"], ["in"], ["during"]) and not any(w in CLAUSE for w in between)
    if a.trigger.verbal:
        return False
    relative = between[:1] in (["that"], ["which"]) or between[:2] in ([",", "which"],)
    acts = [word for word in between if is_verbish(word, False) and word not in _AUXILIARIES]
    return len(acts) <= relative and not any(w in (";", "and") for w in between)


def _is_within(between: Sequence[str]) -> bool:
    """Return whether people came to harm in what was told: "a raid in which 16 were killed"."""
    at = next((i for i, pair in enumerate(pairwise(between)) if pair == ("in", "which")), None)
    return at is not None and {",", ";", *CLAUSE}.isdisjoint(between[at + 2 :])


def _is_subject(a: Found, b: Found, between: Sequence[str]) -> bool:
    """Return whether a noun is what killed: "a fire in a market killed six people in Hyderabad"."""
    if a.trigger.verbal or b.trigger.first != b.trigger.last or b.tokens[b.trigger.head].lower not in _HURTS:
        return False
    if a.trigger.type == "COERCE" and a.trigger.entry.mode != "raid":
        return False  # "Demining near Izium killed two": no toll is counted to what only the state does
    barred = CLAUSE | PRONOUNS | _PASSIVES | {";", ",", ":"}
    acts = any(is_verbish(word, False) and not word.endswith("ing") for word in between)  # "a nursing home"
    ahead = [word.lower for word in b.tokens[b.trigger.last + 1 : b.trigger.last + 3]]
    whom = ahead == ["at", "least"] or any(w[0].isalnum() and w not in FUNCTION for w in ahead[:1])
    there = not a.links or b.place_ids <= a.place_ids
    return not acts and barred.isdisjoint(between) and whom and there


def spreads(a: Found, b: Found) -> bool:
    """Return whether one march, flood or power cut is told of several places, verb by verb."""
    same = a.trigger.type == b.trigger.type and a.trigger.entry.mode == b.trigger.entry.mode
    return same and a.trigger.type in _SPREAD and b.trigger.verbal


def nested(a: Found, b: Found) -> bool:
    """Return whether all places of one report lie in those of the other."""
    return all(finer(x, y) for x in a.links for y in b.links)


def apart(a: Found, b: Found) -> bool:
    """Return whether two triggers have places of their own, none of which lies in another's."""
    shared = a.place_ids & b.place_ids or nested(a, b) or nested(b, a) or spreads(a, b)
    return bool(a.place_ids and b.place_ids) and not shared


def finer(fine: Link, coarse: Link) -> bool:
    """Return whether the place of one link lies in that of another."""
    return contains(coarse.spot.resolution, fine.spot.resolution)


def inside(inner: Interval, outer: Interval) -> bool:
    """Return whether days lie in others."""
    return outer.first <= inner.first and inner.last <= outer.last


def joined(a: Found, b: Found) -> Found:
    """Return the first report with what it lacks taken from the second, told by a word that is surer."""
    if _is_count(b) and not _is_count(a):
        b = replace(b, date=None)  # "the death toll of the quake rose to 90 on Monday"
    unsure = a.trigger.probability < b.trigger.probability == 1
    toll = is_toll(a, b) or b.trigger.entry.mode in CASUALTIES | {"killing"}
    stated = a.status == b.status or (b.date and not a.date)  # "a typhoon is to strike Cebu on Friday"
    if unsure and a.sentence is b.sentence and stated and not toll:
        a = replace(a, trigger=b.trigger, reasons=b.reasons, read=b.read)
    numbers = dict(a.numbers)
    for kind, quantity in b.numbers.items():
        if kind not in numbers or quantity.value > numbers[kind].value:
            numbers[kind] = quantity
    date = a.date or b.date
    if a.sentence is b.sentence and is_toll(a, b):
        when = a.when if a.date else b.when
        return replace(a, numbers=numbers, date=date, when=when, links=a.links or b.links)
    if a.date and b.date and inside(b.date.interval, a.date.interval):
        date = b.date
    links = _joined_links(a, b)
    status = b.status if b.date and not a.date else a.status
    actors, recipients = a.actors or b.actors, a.recipients or b.recipients
    if not a.actors:  # "died in clashes with Afghan troops": whom one verb takes for victims did it
        recipients = tuple(side for side in recipients if side not in actors) or recipients
    source = a if date is a.date else b
    agree = bool(a.links) and not a.carried and b.definite and not b.trigger.verbal
    sure = links is b.links and a.sentence is not b.sentence and (agree or b.tells_where)
    return replace(
        a,
        status=status,
        links=links,
        carried=a.carried and links is not b.links,
        date=date,
        when=source.when if source.status == status else (),
        numbers=numbers,
        actors=actors,
        recipients=recipients,
        placed_by=(b.placed_by or b) if sure else a.placed_by,
    )


def _is_count(item: Found) -> bool:
    """Return whether only a count is told, whose date is that of the count: "the death toll rose"."""
    return item.tokens[item.trigger.head].lower in ("toll", "tolls")


def _joined_links(a: Found, b: Found) -> tuple[Link, ...]:
    """Return the places of two reports of one event: of the finer, the surer, or both."""
    one_sentence = a.sentence is b.sentence
    if a.carried and b.links and not b.carried:
        return b.links
    if a.place_ids == b.place_ids:
        return _likelier(a.links, b.links)
    if a.links and b.links and nested(b, a):
        return _told_apart(a, b) if one_sentence else b.links
    if one_sentence and a.links and b.links and spreads(a, b):
        return tuple(distinct((*a.links, *b.links)))
    pronoun = b.trigger.first and b.tokens[b.trigger.first - 1].lower in PRONOUNS
    if one_sentence and len(b.place_ids) > len(a.place_ids) > 0 and not pronoun:
        return b.links
    return a.links or (() if a.trigger.entry.mode == "invitation" else b.links)


def _likelier(links: Sequence[Link], others: Sequence[Link]) -> tuple[Link, ...]:
    """Return links to the same places, each as the surer of two triggers tells it."""
    surer = {link.spot.resolution.place: link for link in others}
    return tuple(
        max(link, surer.get(link.spot.resolution.place, link), key=lambda x: x.probability) for link in links
    )


def _told_apart(a: Found, b: Found) -> tuple[Link, ...]:
    """Return the finer places of `b`, and those of `a` that are areas: "burned across the state"."""
    areas = [link for link in a.links if not _is_country(link)]
    return (*areas, *b.links)


def _is_country(link: Link) -> bool:
    place = link.spot.resolution.place
    return place is not None and place.feature_code.startswith("PCL")
