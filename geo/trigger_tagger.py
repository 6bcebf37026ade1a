"""Words that report events though no lexicon knows them, as the event network tells them.

What the lexicon finds, it decides; of other words those that the network does not think unlikely are added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dateline.geo import triggers as triggers_
from dateline.geo.arrays import Floats
from dateline.geo.event_network import EventNetwork, Line
from dateline.geo.lexicon import Entry, Lexicon
from dateline.geo.noun_or_verb import reads_as_noun
from dateline.geo.play import is_play
from dateline.geo.triggers import NO_EVENT, TYPES, Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, irregular_forms

#: From this probability of a type on, a word that the lexicon lacks may report an event of it: whether it
#: does is judged once the whole article is told (``confidence.py``).
TOLD = 0.3
#: The words that may have a capital because they begin a sentence, quoted or not.
_OPENING = 2
#: So near a match of the lexicon a word of its type belongs to it.
_BESIDE = 3
_AUXILIARIES = wordlist("auxiliaries")
_GRAMMAR = _AUXILIARIES | wordlist("locative") | wordlist("other_prepositions") | wordlist("before_nouns")


@dataclass(frozen=True, slots=True)
class Told:
    """The triggers of a sentence, and the network's vectors of its words and of those before it."""

    triggers: Sequence[Trigger]
    vectors: Floats
    lead: Floats


def find(
    network: EventNetwork,
    text: str,
    sentences: Sequence[Sequence[Word]],
    lexicon: Lexicon | None = None,
    *,
    leads: Sequence[Sequence[Word]] | None = None,
    paragraphs: Sequence[int] | None = None,
) -> list[Told]:
    """Return the triggers of an article's sentences: the lexicon's, and words that only the network knows.

    Parameters
    ----------
    network : EventNetwork
    text : str
    sentences : sequence of sequence of Word
    lexicon : Lexicon, optional
        The bundled one unless given.
    leads : sequence of sequence of Word, optional
        What stands before each sentence (a dateline): it is read, and has no triggers.
    paragraphs : sequence of int, optional
        The paragraph of each sentence.

    Examples
    --------
    >>> from dateline.geo.event_network import load_event_network
    >>> from dateline.geo.words import words
    >>> text = "Flights were routed to Silistra."
    >>> [[t.type for t in told.triggers] for told in find(load_event_network(), text, [words(text)])]
    [['DISRUPTION']]
    """
    leads = leads or [()] * len(sentences)
    paragraphs = paragraphs or [0] * len(sentences)
    matches = [triggers_.matches(sentence, lexicon) for sentence in sentences]
    lines = [_line(*each) for each in zip(leads, sentences, matches, paragraphs, strict=True)]
    read = network.read(text, lines)
    vectors = [rows[len(lead) :] for rows, lead in zip(read, leads, strict=True)]
    tables = _probabilities(network, sentences, lines, vectors)
    found = [_joined(*each) for each in zip(sentences, matches, tables, strict=True)]
    return [
        Told(triggers, rows, all_rows[: len(lead)])
        for triggers, rows, all_rows, lead in zip(found, vectors, read, leads, strict=True)
    ]


def _line(lead: Sequence[Word], sentence: Sequence[Word], found: Sequence[Trigger], paragraph: int) -> Line:
    said = [0] * (len(lead) + len(sentence))
    for trigger in found:
        for i in range(trigger.first, trigger.last + 1):
            said[len(lead) + i] = number(trigger.type)
    words = [*lead, *sentence]
    asked = [bool(kind) or _is_asked(word) for word, kind in zip(words, said, strict=True)]
    return Line(words, said, asked, paragraph)


def _is_asked(word: Word) -> bool:
    """Return whether a word may report an event or name a place: no number, no word of grammar."""
    return word.lower[0].isalpha() and (word.capital or word.lower not in _GRAMMAR)


def _probabilities(
    network: EventNetwork,
    sentences: Sequence[Sequence[Word]],
    lines: Sequence[Line],
    vectors: Sequence[Floats],
) -> list[Floats]:
    """Return a row per word: the probability of no event, and of each type; names report none."""
    if not sentences:
        return []
    p = network.types(np.concatenate(vectors))
    nothing = [
        not said and (not asked or (word.capital and i >= _OPENING))
        for sentence, line in zip(sentences, lines, strict=True)
        for i, (word, said, asked) in enumerate(
            zip(sentence, line.said[-len(sentence) :], line.asked[-len(sentence) :], strict=False)
        )
    ]
    p[nothing] = 0
    p[nothing, 0] = 1
    return np.split(p, np.cumsum([len(rows) for rows in vectors])[:-1])


def number(type_: str) -> int:
    """Return the number of a type among the network's, 0 for one that it does not know."""
    return 1 + TYPES.index(type_) if type_ in TYPES else 0


def _joined(sentence: Sequence[Word], matches: Sequence[Trigger], p: Floats) -> list[Trigger]:
    """Return the matches of the lexicon but idioms, and the words beside none that may report an event."""
    found = [match for match in matches if match.type != NO_EVENT]
    if is_play(sentence):
        return found
    told = p[:, 1:].copy()
    for match in matches:
        told[max(0, match.first - 1) : match.last + 2] = 0
        if kind := number(match.type):  # "closed its airspace" is one event
            told[max(0, match.first - _BESIDE) : match.last + 1 + _BESIDE, kind - 1] = 0
    event = told.max(1, initial=0)
    likely = (event >= TOLD).tolist()
    at = 0
    while at < len(sentence):
        last = at
        while last < len(sentence) and likely[last]:
            last += 1
        if last > at:
            head = at + int(event[at:last].argmax())
            entry = Entry(TYPES[int(told[head].argmax())])
            found.append(Trigger(at, last - 1, head, _is_verb(sentence, head), entry, float(event[head])))
        at = last + 1
    return sorted(found, key=lambda trigger: trigger.first)


def _is_verb(sentence: Sequence[Word], at: int) -> bool:
    word = sentence[at].lower
    if at and sentence[at - 1].lower in _AUXILIARIES:
        return True
    if word.endswith("ed") or word in irregular_forms():
        return True
    return not reads_as_noun(sentence, at)
