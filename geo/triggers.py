"""The words that report events, and the type each stands for.

``data/events/triggers.csv`` is the lexicon, made by hand after the PLOVER manual's type definitions and
ACLED's sub-event names; anybody can read and extend it.  A pattern is words separated by spaces:

=========== ==========================================================================
``word``    itself; ``a|b`` either
``;``       between whole patterns of one line
``hit~v``   any form of a verb; ``~p`` only its past forms, ``~n`` the forms of a noun
``@group``  a word of ``words.csv``; ``@money`` an amount
``*``       up to four words between
=========== ==========================================================================

`needs` names words or groups of which one must stand in the same sentence, `unless` those that forbid it.
An idiom that reports nothing ("heart attack") has the type NONE.
Users add lines of their own in a file with the same columns (:func:`load_lexicon`).
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise, takewhile
from pathlib import Path

from dateline.errors import InputError
from dateline.geo.numerals import PERSONS
from dateline.geo.wordlists import DATA, all_wordlists, wordlist
from dateline.geo.words import Word, all_forms, irregular_forms, noun_forms, verb_forms

_COLUMNS = ("pattern", "type", "mode", "acled", "needs", "unless")
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


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the lexicon."""

    type: str
    mode: str = ""
    acled: str = ""
    pattern: tuple[frozenset[str] | None, ...] = ()
    #: The words of its slots but the first, which all must occur.
    others: tuple[frozenset[str], ...] = ()
    needs: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries by the words that they may start with; of two that match, the earlier wins."""

    starts: Mapping[str, Sequence[Entry]]


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
        best: Trigger | None = None
        after = sentence[at + 1].lower if at + 1 < len(sentence) else ""
        for entry in entries:
            beside = entry.pattern[1] if entry.others else None  # None for a gap, too
            if (beside and after not in beside) or any(map(present.isdisjoint, entry.others)):
                continue
            match = _match(entry, sentence, at)
            if match and (best is None or match.last > best.last) and _fits(entry, lowers, match):
                best = match
        if best is None:
            at += 1
            continue
        played = best.type == "ASSAULT" and best.entry.mode in _PLAYED
        if not (played or best.entry.mode == "eviction") or not is_play(sentence):  # "demolished Leeds 5-0"
            found.append(best)
        at = best.last + 1
    return found


def is_of_animals(sentence: Sequence[Word], trigger: Trigger) -> bool:
    """Return whether animals are killed, and nobody: "slaughtering 6,500 hogs", "160,000 birds killed".

    >>> from dateline.geo.words import words
    >>> sentence = words("They began slaughtering and burying 6,500 hogs after two workers fell ill.")
    >>> is_of_animals(sentence, Trigger(2, 2, 2, True, Entry("ASSAULT")))
    True
    """
    lowers = [word.lower for word in sentence]
    if trigger.type not in ("ASSAULT", "CRIME") or lowers[trigger.head] not in _SLAUGHTER:
        return False
    rest = sentence[trigger.last + 1 : trigger.last + 10]
    ahead = list(takewhile(lambda word: word.lower not in _REASONS, rest))
    if any(word.lower in PERSONS for word in ahead) or _names_somebody(ahead):
        return False
    before = [word for word in lowers[max(0, trigger.first - 3) : trigger.first] if word not in _BE]
    killed = (
        not ahead or ahead[0].lower in _AFTER_KILLED
    )  # "160,000 birds killed in Suffolk", not "a lion killed Ann"
    return any(word.lower in _ANIMALS for word in ahead) or (
        killed and before[-1:] != [] and before[-1] in _ANIMALS
    )


def _names_somebody(words: Sequence[Word]) -> bool:
    """Return whether a name stands where no preposition makes a place of it: "shot Ann and a dog"."""
    leads = ["", *(word.lower for word in words)]
    return any(word.capital and lead not in _AFTER_KILLED for lead, word in zip(leads, words, strict=False))


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


def is_play(sentence: Sequence[Word]) -> bool:
    """Return whether a sentence is of sport, art, science or markets, and nobody came to harm in it.

    >>> from dateline.geo.words import words
    >>> is_play(words("The goalkeeper pulled off a save")), is_play(words("A goalkeeper was killed"))
    (True, False)
    >>> is_play(words("Ajax crushed Feyenoord 4-0"))
    True
    """
    said = {word.lower for word in sentence}
    if not said.isdisjoint(_HARM):
        return False
    return not said.isdisjoint(_PLAY) or any(
        before.capital and _SCORE.fullmatch(word.lower) for before, word in pairwise(sentence)
    )


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
    if gapped and head > at and sentence[head - 1].lower in _ARTICLES:
        return None  # "Troops clashed with a gathering" tells of no troops that gather
    verbal = sentence[head].lower in entry.verbs
    if verbal and sentence[head].lower in entry.nouns:
        verbal = not reads_as_noun(sentence, head)
    elif verbal and _stands_as_noun(sentence, head):
        if sentence[head].lower in _OTHER_NOUNS or (gapped and head > at):
            return None  # "Farmers lifted their blockade" tells of no farmers who blockade
        verbal = False
    return Trigger(min(at, head) if not gapped else head, max(last, head), head, verbal, entry)


def _opens(sentence: Sequence[Word], at: int) -> bool:
    """Return whether a word begins a quotation or a list, or is a hazard before its name: "Typhoon Rai"."""
    if sentence[at - 1].lower in _OPENERS:
        return True
    return sentence[at].lower in _HAZARDS and at + 1 < len(sentence) and sentence[at + 1].capital


_DETERMINERS = wordlist("before_nouns")
_AFTER_NOUNS = wordlist("after_nouns") | {".", ","}
_ARTICLES = frozenset(["a", "an", "the", "this", "another", "his", "her", "their", "its"])
_LEADING = frozenset(["in", "by", "during", "after", "amid", "of"])
#: Verbs whose noun tells of something else: "a fire", "rescue teams".
_OTHER_NOUNS = wordlist("other_nouns")
#: What no verb in the third person follows: "in clashes", "by strikes".
_BEFORE_PLURALS = frozenset(["of", "in", "for", "by", "after", "during", "amid", "from", "with", "despite"])
_BEFORE_VERBS = frozenset(["to", "will", "would", "could", "may", "might", "must", "should", "they", "we"])
_PLAY = wordlist("play")
#: Modes whose words are used of sport, art and markets too.
_PLAYED = frozenset({"", "attack", "shooting", "killing", "bombing", "armed clash"})
_HARM = wordlist("harm")
_ANIMALS = wordlist("animals")
_BE = frozenset({"was", "were", "are", "is", "been", "being", "be", "had", "have"})
_REASONS = frozenset({"after", "because", "when", "as"})
#: What follows those that were killed, and what leads to where.
_AFTER_KILLED = wordlist("locative") | {".", ",", ";", "from", "by", "of", "last", "this", "since"}
_SLAUGHTER = all_forms("kill", "slaughter", "cull", "shoot", "butcher")
#: "Ajax crushed Feyenoord 4-0"
_SCORE = re.compile(r"\d{1,2}-\d{1,2}")


def _stands_as_noun(sentence: Sequence[Word], at: int) -> bool:
    """Return whether what looks like a verb's base form is a noun: "a fire at the plant", "Rescue teams"."""
    word = sentence[at].lower
    if word.endswith(("ed", "ing", "en")) or word in irregular_forms():
        return False
    if at == 0 or sentence[at - 1].lower in _ARTICLES:
        return True
    if word.endswith("s") and sentence[at - 1].lower in _BEFORE_PLURALS:
        return True
    if at > 1 and sentence[at - 2].lower in ("a", "an") and not sentence[at - 1].lower.endswith("ly"):
        return True  # "a nine-day blockade"
    return word in _OTHER_NOUNS and (sentence[at - 1].lower == "'" or reads_as_noun(sentence, at))


def reads_as_noun(sentence: Sequence[Word], at: int) -> bool:
    """Return whether a word that may be a noun or a verb ("attacks") follows what only nouns follow.

    >>> from dateline.geo.words import words
    >>> reads_as_noun(words("They attack the town"), 1), reads_as_noun(words("after the attack"), 2)
    (False, True)
    """
    if at == 0:
        return True
    before = sentence[at - 1].lower
    if before in _BEFORE_VERBS:
        return False
    if (
        before in _DETERMINERS
        or before.isdigit()
        or before.endswith(
            ("-day", "-week", "-hour", "-month", "ous", "ful", "ive", "al", "ian", "ic", "ish")
        )
    ):
        return True
    led = at > 1 and sentence[at - 2].lower in _LEADING and not sentence[at - 1].capital
    if led and sentence[at].lower.endswith("s") and before.isalpha() and not before.endswith("s"):
        return True  # "killed in violent protests"
    after = sentence[at + 1].lower if at + 1 < len(sentence) else "."
    return after in _AFTER_NOUNS


def _fits(entry: Entry, lowers: Sequence[str], match: Trigger) -> bool:
    if not entry.needs and not entry.unless:
        return True
    near = [
        *lowers[max(0, match.first - _WINDOW) : match.first],
        *lowers[match.last + 1 : match.last + _WINDOW],
    ]
    return (not entry.needs or not entry.needs.isdisjoint(near)) and entry.unless.isdisjoint(near)


# -- reading the lexicon -----------------------------------------------------------------------------------


@cache
def load_lexicon(extra: Path | None = None) -> Lexicon:
    """Load the bundled lexicon, behind the lines of a file of the user's own.

    Parameters
    ----------
    extra : Path, optional
        A CSV file with the columns ``pattern`` and ``type``, and as wished ``mode``, ``acled``, ``needs`` and
        ``unless``.  A type that Dateline does not have becomes one of its own on the map.

    Returns
    -------
    Lexicon

    Raises
    ------
    dateline.errors.InputError
        If a line of the file is no entry; its number and the mend are named.
    """
    groups = all_wordlists()
    starts: dict[str, list[Entry]] = defaultdict(list)
    for file in (extra, DATA / "triggers.csv"):
        for row in _rows(file) if file else ():
            for phrase in row["pattern"].split(";"):
                entry = _entry(row, phrase, groups)
                for word in entry.pattern[0] or ():
                    starts[word].append(entry)
    return Lexicon(dict(starts))


@cache
def bundled() -> frozenset[Entry]:
    """Return the entries of the bundled lexicon."""
    return frozenset(entry for entries in load_lexicon().starts.values() for entry in entries)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the lines of a lexicon, each with every column."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="more", restval="")
            for row in reader:
                problem = _problem(row)
                if problem:
                    raise InputError(f"{path}, line {reader.line_num}: {problem}")
                yield dict.fromkeys(_COLUMNS, "") | row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read as a CSV file in UTF-8 ({error})") from error


def _problem(row: dict[str, str]) -> str:
    """Return what is wrong with a line of a lexicon, in words, or nothing."""
    if "more" in row:
        return "it has more cells than columns; quote a cell that holds a comma"
    if not {"pattern", "type"} <= row.keys() <= set(_COLUMNS):
        return f"the columns must be pattern and type, and as wished {', '.join(_COLUMNS[2:])}"
    if not re.fullmatch(r"[A-Z][A-Z_]*", row["type"]):
        return f"the type {row['type']!r} must be capital letters, such as PROTEST or OUTBREAK"
    for phrase in row["pattern"].split(";"):
        slots = phrase.split()
        if not slots or "*" in (slots[0], slots[-1]):
            return f"the pattern {phrase!r} must start and end with a word"
        groups = {option[1:] for slot in slots for option in slot.split("|") if option.startswith("@")}
        unknown = groups - {"money"} - all_wordlists().keys()
        if unknown:
            return f"there is no group of words @{min(unknown)}; words.csv has them"
    return ""


def _entry(row: dict[str, str], phrase: str, groups: dict[str, frozenset[str]]) -> Entry:
    pattern: list[frozenset[str] | None] = []
    verbs: set[str] = set()
    nouns: set[str] = set()
    for slot in phrase.split():
        if slot == "*":
            pattern.append(None)
            continue
        options: set[str] = set()
        for word in slot.split("|"):
            base, _, kind = word.partition("~")
            if word.startswith("@"):
                options |= groups[word[1:]] if word != "@money" else {"$", "€", "£"}
            elif kind == "n":
                nouns |= set(noun_forms(base))
                options |= set(noun_forms(base))
            elif kind:
                forms = verb_forms(base)
                taken = {
                    form
                    for form, tag in forms.items()
                    if kind == "v" or tag in ("past", "both", "participle", "any")
                }
                verbs |= taken
                options |= taken
            else:
                options.add(base)
        pattern.append(frozenset(options))
    return Entry(
        row["type"],
        row["mode"],
        row["acled"],
        tuple(pattern),
        tuple(filter(None, pattern[1:])),
        _context(row["needs"], groups),
        _context(row["unless"], groups),
        frozenset(verbs),
        frozenset(nouns),
    )


def _context(cell: str, groups: dict[str, frozenset[str]]) -> frozenset[str]:
    names = [name for name in (cell or "").split("|") if name]
    return frozenset(word for name in names for word in groups.get(name, (name,)))
