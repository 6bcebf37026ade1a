"""The articles that teach the network behind events: their words, their places, and what happened.

What is wanted of a network are probabilities, for an annotator's word too: a teacher's can be mixed in.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray
from said_elsewhere import said_elsewhere

from benchmarks import gold_events, own_events
from benchmarks.events import pipeline
from dateline.geo import sentences, triggers
from dateline.geo.event_network import STATUSES
from dateline.geo.model import Resolution
from dateline.geo.network import DATA
from dateline.geo.trigger_tagger import number
from dateline.geo.triggers import TYPES
from dateline.geo.wordpiece import WordPiece, load_wordpiece
from dateline.geo.words import Word, words

CLASSES = 1 + len(TYPES)
#: The network reads so many pieces at once, and when it learns, sometimes only so many sentences.
LONGEST, SENTENCES = 510, 3
#: What a trigger's span may hold beside the event's own words.
FUNCTION = frozenset(
    "was were is are be been being has have had will would can could may might must should shall do does "
    "did a an the of to in on at by for from with into onto its their his her it they he she and or as "
    "than that this these those not never no more about over under near up down off out back away".split()
)


@dataclass
class Named:
    """A mention of a place: its words, the place's name, and which place it is."""

    at: list[int]
    name: str
    resolution: Resolution


@dataclass
class Told:
    """An event: its words, how likely each status is, and which places, by their names."""

    at: list[int]
    status: NDArray[np.float32]
    places: dict[str, float]


@dataclass
class Sample:
    """An article: its words, the mentions of places, and the events with their words."""

    doc_id: str
    pieces: list[tuple[int, ...]]
    cases: list[int]
    breaks: list[bool]  # whether a paragraph begins
    said: list[int]  # by the lexicon
    labels: NDArray[np.float32]  # how likely each type is, of each word
    sentence: list[int]
    paragraph: list[int]
    mentions: list[Named]
    events: list[Told]

    @property
    def size(self) -> int:
        """How many pieces it has, but those of its ends."""
        return sum(map(len, self.pieces)) + sum(self.breaks)

    @property
    def names(self) -> list[str]:
        """The names of its places, each once."""
        return list(dict.fromkeys(mention.name for mention in self.mentions))

    @property
    def types(self) -> list[int]:
        """The likeliest type of each word, 0 for none."""
        return [int(best) for best in self.labels.argmax(1)]


def annotated() -> Iterator[Sample]:
    """Yield the articles of the development half, those too long to be read at once in parts."""
    encoder = load_wordpiece((DATA / "vocabulary.txt").read_text(encoding="utf8"))
    resolve = pipeline()
    for path in own_events.half("dev"):
        for record in map(said_elsewhere, own_events.read(path)):
            yield from parts(_sample(record, resolve(gold_events.article(record)), encoder))


def _sample(record: dict[str, Any], resolutions: Sequence[Resolution], encoder: WordPiece) -> Sample:
    text = record["text"]
    s = Sample(record["doc_id"], [], [], [], [], np.empty(0, np.float32), [], [], [], [])
    own: dict[int, list[int]] = {}
    tokens: list[Word] = []
    types: list[int] = []
    paragraph = 0
    for n, sentence in enumerate(sentences.split(text)):
        here = words(text, sentence.start, sentence.end)
        said, labels = [0] * len(here), [0] * len(here)
        for trigger in triggers.find(here):
            for i in range(trigger.first, trigger.last + 1):
                said[i] = number(trigger.type)
        for e, event in enumerate(record["events"]):
            for i in own_words(here, *event["trigger"]):
                labels[i] = number(event["type"])
                own.setdefault(e, []).append(len(tokens) + i)
        coded = [encoder.encode(text[word.start : word.end]) for word in here]
        s.pieces += [pieces for pieces, _ in coded]
        s.cases += [int(case) for _, case in coded]
        new = sentence.paragraph != paragraph and bool(tokens)
        s.breaks += [i == 0 and new for i in range(len(here))]
        s.said, types, s.sentence = s.said + said, types + labels, s.sentence + [n] * len(here)
        s.paragraph += [sentence.paragraph] * len(here)
        tokens += here
        paragraph = sentence.paragraph if here else paragraph
    s.labels = np.eye(CLASSES, dtype=np.float32)[types]
    s.mentions = _mentions(tokens, resolutions)
    s.events = [_told(record, record["events"][e], at) for e, at in own.items()]
    return s


def _told(record: dict[str, Any], event: dict[str, Any], at: list[int]) -> Told:
    names = {gold_events.plain(record["toponyms"][i]["text"]) for i in event["places"]}
    status = np.eye(len(STATUSES), dtype=np.float32)[STATUSES.index(event["status"])]
    return Told(at, status, dict.fromkeys(names, 1.0))


def _mentions(tokens: Sequence[Word], resolutions: Sequence[Resolution]) -> list[Named]:
    """Return the mentions of places among an article's words."""
    found = []
    for resolution in resolutions:
        mention = resolution.mention
        at = [i for i, w in enumerate(tokens) if w.start < mention.end and w.end > mention.start]
        if at:
            found.append(Named(at, gold_events.plain(mention.text), resolution))
    return found


def excerpt(s: Sample) -> Sample:
    """Return one to three sentences of an article, as headlines and posts are read alone."""
    numbers = sorted(set(s.sentence))
    first = random.randrange(len(numbers))
    return part(s, numbers[first : first + random.randint(1, SENTENCES)])


def parts(s: Sample) -> list[Sample]:
    """Return an article, one too long to be read at once in parts of some sentences."""
    count = -(-s.size // LONGEST)
    if count == 1:
        return [s]
    before = dict(zip(s.sentence, accumulate((len(pieces) for pieces in s.pieces), initial=0), strict=False))
    share = (s.size + 1) / count
    numbers = sorted(before)
    return [part(s, [n for n in numbers if int(before[n] / share) == k]) for k in range(count)]


def part(s: Sample, chosen: Sequence[int]) -> Sample:
    """Return some sentences of an article that follow each other."""
    start = s.sentence.index(chosen[0])
    end = start + sum(n in chosen for n in s.sentence)

    def moved(at: list[int]) -> list[int]:
        return [i - start for i in at if start <= i < end]

    mentions = [replace(mention, at=moved(mention.at)) for mention in s.mentions]
    events = [replace(event, at=moved(event.at)) for event in s.events]
    return Sample(
        s.doc_id,
        s.pieces[start:end],
        s.cases[start:end],
        [False, *s.breaks[start + 1 : end]],
        s.said[start:end],
        s.labels[start:end],
        s.sentence[start:end],
        s.paragraph[start:end],
        [mention for mention in mentions if mention.at],
        [event for event in events if event.at],
    )


def own_words(tokens: Sequence[Word], start: int, end: int) -> list[int]:
    """Return the words of a trigger's span that carry its meaning."""
    inside = [i for i, word in enumerate(tokens) if word.start < end and word.end > start]
    telling = [i for i in inside if tokens[i].lower not in FUNCTION and tokens[i].lower[0].isalnum()]
    return telling or inside
