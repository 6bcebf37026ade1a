"""The sentences of an article with the places and the triggers in them, as rules and networks read them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter

from dateline.geo import (
    anaphora,
    confidence,
    containers,
    date_layout,
    datelines,
    linking,
    status_hypothetical,
    trigger_tagger,
)
from dateline.geo import sentences as sentences_
from dateline.geo.animals import is_of_animals
from dateline.geo.date_layout import Stamp
from dateline.geo.event_network import EventNetwork
from dateline.geo.lexicon import Lexicon
from dateline.geo.link_features import Scene
from dateline.geo.model import GUESSED, Article, Mention, Resolution
from dateline.geo.sentences import Sentence
from dateline.geo.spots import spots
from dateline.geo.trigger_tagger import Told
from dateline.geo.triggers import Trigger
from dateline.geo.words import Word, words

#: So many sentences are worked on together, and no more that together have so many triggers and places: what
#: these take of the memory grows with the square of their number.
_TOGETHER, _NAMED = 100, 500
_START = attrgetter("mention.start")
#: What makes a name that of a part of a town.
_PART = re.compile(
    r" (?:Road|Street|Avenue|Boulevard|Lane|Drive|Square"
    r"|neighbou?rhood|quarter|suburb|(?:housing |council )?estate|street|road|avenue)\b"
)
#: So few words in quotation marks are somebody's name for a thing, and no speech.
_SCARE = 2
_OPENS = re.compile(r'(?<!\S)["“]|(?<=[(\[—–])["“]|(?<=\w)“')
_CLOSES = re.compile(r'(?<=\S)"(?![\w“])|”')


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence: its words and places, its triggers, and the dateline's place where one was told.

    `inside` are the places it names itself, `lead` the dateline where it stands before it, `stamp` what dates
    its paragraph.
    """

    sentence: Sentence
    scene: Scene
    triggers: Sequence[Trigger]
    inside: Sequence[Resolution]
    home: Resolution | None
    lead: Scene | None
    stamp: Stamp | None


def read(
    article: Article,
    resolutions: Sequence[Resolution],
    lexicon: Lexicon | None,
    network: EventNetwork,
) -> Iterator[Statement]:
    """Yield the sentences of an article with the places and the triggers in them; resolutions are sorted."""
    spans = sentences_.split(article.text, article.body_start)
    dateline = datelines.find(article, spans, resolutions)
    stamps = date_layout.stamps(article, spans)
    home: Resolution | None = None
    told: list[Resolution] = []
    paragraph, since = -1, 0
    for sentence, before, tokens, tagged in _triggered(article, spans, dateline, lexicon, network):
        start = tokens[0].start if before and tokens else sentence.start
        named = _between(resolutions, sentence.start, sentence.end)
        if start > sentence.start:
            home = datelines.place(named, start)
        inside = [r for r in named if r.mention.start >= start and not _is_unknown_part(article.text, r)]
        held = containers.holders(article.text, inside)
        places = containers.put(spots(tokens, _without_guesses(inside, held)), held)
        if sentence.paragraph != paragraph:
            paragraph, since = sentence.paragraph, sentence.start
        triggers = [t for t in tagged.triggers if not _quoted(article.text, sentence, tokens[t.first].start)]
        taken_up = anaphora.with_places_taken_up(tokens, places, home, told, since) if triggers else places
        scene = Scene(tokens, taken_up, tagged.vectors)
        lead = Scene(before, spots(before, named), tagged.lead) if before else None
        reporting = _that_report(scene, triggers)
        yield Statement(sentence, scene, reporting, inside, home, lead, stamps.get(sentence.paragraph))
        told += anaphora.settlements(tokens, places)


def _between(resolutions: Sequence[Resolution], start: int, end: int) -> Sequence[Resolution]:
    """Return the resolutions, sorted by their mentions, that begin between two offsets."""
    first = bisect_left(resolutions, start, key=_START)
    return resolutions[first : bisect_left(resolutions, end, lo=first, key=_START)]


def _triggered(
    article: Article,
    spans: Sequence[Sentence],
    dateline: tuple[int, int] | None,
    lexicon: Lexicon | None,
    network: EventNetwork,
) -> Iterator[tuple[Sentence, list[Word], list[Word], Told]]:
    """Yield each sentence, the words of a dateline before it, its own, and what triggers are among these."""
    remaining = iter(spans)
    while some := list(islice(remaining, _TOGETHER)):
        starts = [dateline[1] if dateline and s.start < dateline[1] <= s.end else s.start for s in some]
        leads = [words(article.text, s.start, start) for start, s in zip(starts, some, strict=True)]
        tokens = [words(article.text, start, s.end) for start, s in zip(starts, some, strict=True)]
        paragraphs = [s.paragraph for s in some]
        read = trigger_tagger.find(network, article.text, tokens, lexicon, leads=leads, paragraphs=paragraphs)
        yield from zip(some, leads, tokens, read, strict=True)


def _that_report(scene: Scene, triggers: Sequence[Trigger]) -> list[Trigger]:
    """Return the triggers but those that, seen among the places of their sentence, report nothing."""
    told = [t for t in triggers if t.entry.mode != "territory taken" or linking.takes_ground(scene, t)]
    told = [t for t in told if len(told) == 1 or not _warns_of_nowhere(scene, t)]
    return [t for t in told if not is_of_animals(scene.sentence, t)]


def _warns_of_nowhere(scene: Scene, trigger: Trigger) -> bool:
    """Return whether a noun names a warning, and no place follows that it is for: "a tsunami advisory"."""
    named = any(spot.first > trigger.last for spot in scene.places)
    return status_hypothetical.is_warning(scene.sentence, trigger) and not named


def _quoted(text: str, sentence: Sentence, at: int) -> bool:
    """Return whether an offset lies inside a quotation of its sentence, or a quotation within one."""
    opened = [mark.end() for mark in _OPENS.finditer(text, sentence.start, at + 1)]
    if not opened or len(opened) <= sum(1 for _ in _CLOSES.finditer(text, sentence.start, at)):
        return False
    end = _CLOSES.search(text, at, sentence.end)
    return end is None or len(text[opened[-1] : end.start()].split()) > _SCARE  # a "complex ambush" is one


def _without_guesses(
    resolutions: Sequence[Resolution], held: Mapping[Mention, containers.Holder]
) -> list[Resolution]:
    """Return the resolutions but those of unknown names that are mere guesses at a place named beside them.

    "A landslide near Ambaguio came after rain in Nueva Vizcaya" is known to lie in the province, which is
    named itself; what the text puts in a place is `held` by it.
    """
    named = {r.place for r in resolutions if r.match != "nearby"}
    return [
        r
        for r in resolutions
        if r.match != "nearby"
        or r.probability > GUESSED
        or r.place is None
        or r.place not in named
        or r.mention in held
    ]


def _is_unknown_part(text: str, resolution: Resolution) -> bool:
    """Return whether a name is that of a street or quarter that nobody knows: its town may be told too."""
    mention = resolution.mention
    told = _PART.search(mention.text) or _PART.match(text, mention.end)
    return resolution.probability < confidence.PIN_FLOOR and told is not None


def is_unknown(resolution: Resolution) -> bool:
    """Return whether a place is named that the gazetteer lacks, and that nothing in the text locates."""
    guessed = resolution.match == "nearby" and resolution.probability < confidence.PIN_FLOOR
    return resolution.mention.role == "literal" and (resolution.place is None or guessed)


def together(told: Iterable[Statement]) -> Iterator[list[Statement]]:
    """Yield the sentences that are worked on together."""
    some: list[Statement] = []
    named = 0
    for statement in told:
        more = len(statement.triggers) + len(statement.scene.places)
        if some and (len(some) == _TOGETHER or named + more > _NAMED):
            yield some
            some, named = [], 0
        some.append(statement)
        named += more
    if some:
        yield some
