"""The words of a sentence that report events, as the lexicon (:mod:`dateline.geo.lexicon`) knows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dateline.geo.lexicon import Entry, Lexicon, load_lexicon
from dateline.geo.noun_or_verb import ARTICLES, OTHER_NOUNS, reads_as_noun, stands_as_noun
from dateline.geo.play import is_play
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

#: Words of a gap, and how far the context words of a pattern may lie from it.
_GAP = 4
_WINDOW = 22
_HAZARDS = wordlist("hazard")
#: Words that have a capital though they name nobody: "an IED hit a patrol".
_ACRONYMS = wordlist("acronyms")
_GRAMMAR = frozenset().union(
    *map(wordlist, ("locative", "other_prepositions", "before_nouns", "auxiliaries", "clause_openers"))
)
_OPENERS = frozenset("\"'“‘-–—:.([")

#: PLOVER's types in its order, then ours.
TYPES = (
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT"),
    *("THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
    *("DISRUPTION", "DISASTER", "ACCIDENT", "CRIME", "VOTE", "OTHER"),
)
#: The type of idioms that report nothing: "heart attack", "won by a landslide".
NO_EVENT = "NONE"
#: Types of events that have a place even where their own sentence does not tell it.
PHYSICAL = frozenset({"ASSAULT", "ACCIDENT", "DISASTER", "CRIME", "DISRUPTION", "PROTEST"})
#: Acts of speech: they happen where the speaker is, which reports do not tell, so they are not pinned.
VERBAL = frozenset({"SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "AGREE"})


@dataclass(frozen=True)
class Trigger:
    """Words `first` to `last` of a sentence (inclusive) that report an event, and their head.

    `probability` is below 1 where no lexicon says so but the network (`trigger_tagger.py`).
    """

    first: int
    last: int
    head: int
    verbal: bool
    entry: Entry
    probability: float = 1.0

    @cached_property
    def type(self) -> str:
        """The PLOVER type, or one of ours."""
        return self.entry.type


def find(sentence: Sequence[Word], lexicon: Lexicon | None = None) -> list[Trigger]:
    """Return the triggers of a sentence's words, in order, without overlap.

    Where several entries match at a word, the first of the lexicon (the bundled one unless given) whose
    context fits wins, longer ones first.

    Examples
    --------
    >>> from dateline.geo.words import words
    >>> [(t.type, t.entry.mode) for t in find(words("Drones struck Odesa while envoys met in Geneva."))]
    [('ASSAULT', 'drone'), ('CONSULT', 'meeting')]
    """
    return [match for match in matches(sentence, lexicon) if match.type != NO_EVENT]


def matches(sentence: Sequence[Word], lexicon: Lexicon | None = None) -> list[Trigger]:
    """Return what :func:`find` does, and the idioms that report nothing."""
    starts = (lexicon or load_lexicon()).starts
    lowers = [word.lower for word in sentence]
    capitals = [word.capital for word in sentence]
    title_case = _is_title_case(sentence)
    present = frozenset(lowers)
    if "march" in present:
        sentence = [
            word._replace(lower="") if _is_month(sentence, i, title_case) else word
            for i, word in enumerate(sentence)
        ]
    # "09:12 Talks end" begins with its second word
    begin = next((i for i, word in enumerate(sentence) if word.lower[:1].isalpha()), 0)
    found: list[Trigger] = []
    at = 0
    while at < len(sentence):
        entries = starts.get(sentence[at].lower)
        if not entries:
            at += 1
            continue
        # a capital inside a sentence makes a name of it: "March", "the Rally party"
        named = capitals[at] and sentence[at].lower not in _ACRONYMS
        if named and not title_case and at > begin and not _opens(sentence, at):
            at += 1
            continue
        best = _best(entries, sentence, lowers, present, at)
        if best is None:
            at += 1
            continue
        played = best.type == "ASSAULT" and best.entry.mode in _PLAYED
        if not (played or best.entry.mode == "eviction") or not is_play(sentence):  # "demolished Leeds 5-0"
            found.append(best)
        at = best.last + 1
    return found


def _best(
    entries: Sequence[Entry],
    sentence: Sequence[Word],
    lowers: Sequence[str],
    present: frozenset[str],
    at: int,
) -> Trigger | None:
    """Return the longest match from a word on, the first of those."""
    best: Trigger | None = None
    after = sentence[at + 1].lower if at + 1 < len(sentence) else ""
    for entry in entries:
        beside = entry.pattern[1] if entry.others else None  # None for a gap, too
        if (beside and after not in beside) or any(map(present.isdisjoint, entry.others)):
            continue
        match = _match(entry, sentence, at)
        if match and (best is None or match.last > best.last) and _fits(entry, lowers, match):
            best = match
    return best


def _is_title_case(sentence: Sequence[Word]) -> bool:
    """Return whether a headline writes its words with capitals, all but those of grammar.

    >>> from dateline.geo.words import words
    >>> _is_title_case(words("Gunmen Attack Army Base in Mali"))
    True
    >>> _is_title_case(words("State Highway Patrol identified the driver as Dale Hutchins, of Knoxville"))
    False
    """
    alphabetic = [word for word in sentence if word.lower[0].isalpha()]
    small = [word for word in alphabetic if not word.capital and word.lower not in _GRAMMAR]
    return sum([word.capital for word in alphabetic]) > 0.6 * len(alphabetic) and len(small) < 2


def _is_month(sentence: Sequence[Word], at: int, title_case: bool) -> bool:
    """Return whether a word is the month and no march: "in March", "Published March 31"."""
    if sentence[at].lower != "march" or not sentence[at].capital:
        return False
    beside = [word.lower for word in (*sentence[max(0, at - 1) : at], *sentence[at + 1 : at + 2])]
    return (at > 0 and not title_case) or any(word[0].isdigit() for word in beside)


def _match(entry: Entry, sentence: Sequence[Word], at: int) -> Trigger | None:
    """Match a pattern from a word on; the trigger ends before a gap, and a leading group is only context."""
    i, slot, last, head, gapped = at, 0, at, -1, False
    pattern = entry.pattern
    while slot < len(pattern):
        wanted = pattern[slot]
        if wanted is None:
            slot += 1
            wanted = pattern[slot] or frozenset()
            stop = min(i + _GAP + 1, len(sentence))
            while i < stop and sentence[i].lower not in wanted and sentence[i].lower not in ".;:":
                i += 1
                gapped = True
        if i >= len(sentence) or sentence[i].lower not in wanted:
            return None
        if head < 0 and (sentence[i].lower in entry.verbs or sentence[i].lower in entry.nouns):
            head = i
        if (not gapped or head in (-1, i)) and sentence[i].lower[0].isalnum():
            last = i
        i, slot = i + 1, slot + 1
    head = last if head < 0 else head
    if gapped and head > at and sentence[head - 1].lower in ARTICLES:
        return None  # "Troops clashed with a gathering" tells of no troops that gather
    verbal = sentence[head].lower in entry.verbs
    if verbal and sentence[head].lower in entry.nouns:
        verbal = not reads_as_noun(sentence, head)
    elif verbal and stands_as_noun(sentence, head):
        if sentence[head].lower in OTHER_NOUNS or (gapped and head > at):
            return None  # "Farmers lifted their blockade" tells of no farmers who blockade
        verbal = False
    return Trigger(min(at, head) if not gapped else head, max(last, head), head, verbal, entry)


def _opens(sentence: Sequence[Word], at: int) -> bool:
    """Return whether a word begins a quotation or a list, or is a hazard before its name: "Typhoon Rai"."""
    if sentence[at - 1].lower in _OPENERS:
        return True
    return sentence[at].lower in _HAZARDS and at + 1 < len(sentence) and sentence[at + 1].capital


#: Modes whose words are used of sport, art and markets too.
_PLAYED = frozenset({"", "attack", "shooting", "killing", "bombing", "armed clash"})


def _fits(entry: Entry, lowers: Sequence[str], match: Trigger) -> bool:
    if not entry.needs and not entry.unless:
        return True
    near = [
        *lowers[max(0, match.first - _WINDOW) : match.first],
        *lowers[match.last + 1 : match.last + _WINDOW],
    ]
    return (not entry.needs or not entry.needs.isdisjoint(near)) and entry.unless.isdisjoint(near)
