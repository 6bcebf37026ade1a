"""Measure the linker on articles of our own: ``python -m benchmarks.own_links --networks DIR DIR DIR``.

Given an event's trigger, the places of its sentence at which it happened; by cross-validation over the
articles of ``benchmarks/articles/dev/``.  The event network that ships has read these articles, and its word
is too good here: `--networks` names folders of three that have not read a fold each.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import gold_events, own_events
from benchmarks.events import pipeline, show
from benchmarks.links import PARAMETERS
from dateline.geo import language, link_choice, linking, statements
from dateline.geo.arrays import Floats
from dateline.geo.event_network import EventNetwork
from dateline.geo.lexicon import Entry
from dateline.geo.link_evidence import Case, prior
from dateline.geo.model import Resolution
from dateline.geo.noun_or_verb import reads_as_noun
from dateline.geo.readings import Passage, readings
from dateline.geo.statements import Statement
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import is_verbish

FOLDS = 3
ROUNDS = 400
#: Smaller trees than HaltermanEvents': there are fewer places to learn from.
SMALL = PARAMETERS | {"num_leaves": 16, "max_depth": 7, "learning_rate": 0.03}
SMALL |= {"feature_fraction": 0.6, "bagging_fraction": 0.6}
#: What a trigger of the gold articles counts: they are few, and what the guidelines were written with.
GOLD = 5.0
#: What a trigger counts that is an event's second one, and one that is no event.
SECOND, NO_EVENT = 0.5, 0.3
_AUXILIARY = wordlist("auxiliaries") | {"will", "would"}
#: An article, its places, and a network that may read it.
Told = tuple[dict[str, Any], list[Resolution], EventNetwork]


@dataclass
class Pairs:
    """A trigger with a row for each place of its sentence, whether it happened there, and its weight."""

    doc_id: str
    case: Case
    rows: Floats
    labels: list[bool]
    wanted: set[str]
    weight: float


def pairs(told: Iterable[Told]) -> list[Pairs]:
    """Return the triggers of articles of our own: those of their events, and others of the lexicon."""
    return [pair for each in told for pair in _of_article(*each)]


def gold_pairs(path: Path, network: EventNetwork) -> list[Pairs]:
    """Return the triggers of the gold articles' events, among their own places and among those we find.

    Not all of their events are annotated: what else the lexicon finds there may be one.
    """
    resolve = pipeline()
    told = []
    for record in gold_events.read(path):
        if language.supports(article := gold_events.article(record)):
            told += _of_article(record, gold_events.gold_resolutions(record), network)
            told += _of_article(record, resolve(article), network)
    return [replace(pair, weight=GOLD * pair.weight) for pair in told if pair.weight > NO_EVENT]


def development(networks: Sequence[EventNetwork]) -> list[Told]:
    """Return the articles that the linker may be trained with, each with a network that has not seen it."""
    resolve = pipeline()
    records = [record for path in own_events.half("dev") for record in own_events.read(path)]
    return [
        (r, resolve(gold_events.article(r)), networks[fold(r["doc_id"]) % len(networks)]) for r in records
    ]


def _of_article(
    record: dict[str, Any], resolutions: Sequence[Resolution], network: EventNetwork
) -> list[Pairs]:
    article = gold_events.article(record)
    told, owners = [], []
    for statement in statements.read(article, sorted(resolutions, key=_start), None, network):
        own = _triggers(record, statement)
        told.append(
            Passage(statement.scene, statement.lead, [t for t, _, _ in own], statement.sentence.paragraph)
        )
        owners.append(own)
    read = readings(network, told)
    weighed = [(p.scene, p.triggers, of) for p, of in zip(told, read, strict=True)]
    found = []
    for story, own in zip(linking.weighed_evidence(weighed), owners, strict=True):
        rows = iter(story.rows)
        for case, (_, event, weight) in zip(story.cases, own[: len(story.cases)], strict=True):
            names = (
                {gold_events.plain(record["toponyms"][i]["text"]) for i in event["places"]}
                if event
                else set()
            )
            mentions = [gold_events.plain(spot.resolution.mention.text) for spot in case.scene.places]
            table = np.array([next(rows) for _ in mentions], np.float32)
            found.append(Pairs(article.id, case, table, [m in names for m in mentions], names, weight))
    return found


def _start(resolution: Resolution) -> int:
    return resolution.mention.start


def _triggers(
    record: dict[str, Any], statement: Statement
) -> list[tuple[Trigger, dict[str, Any] | None, float]]:
    """Return a sentence's triggers, each with its event and weight; events that the lexicon misses, too."""
    tokens, sentence = statement.scene.sentence, statement.sentence
    here = [e for e in record["events"] if sentence.start <= e["trigger"][0] < sentence.end]
    owner: dict[int, dict[str, Any]] = {}
    found: list[tuple[Trigger, dict[str, Any] | None, float]] = []
    for event in here:
        start, end = event["trigger"]
        hit = next(
            (
                n
                for n, t in enumerate(statement.triggers)
                if n not in owner and tokens[t.first].start < end and tokens[t.last].end > start
            ),
            None,
        )
        if hit is not None:
            owner[hit] = event
        elif at := [i for i, word in enumerate(tokens) if word.start < end and word.end > start]:
            found.append((_trigger(tokens, at, event["type"]), event, 1.0))
    for n, trigger in enumerate(statement.triggers):
        if n in owner:
            typed = replace(trigger, entry=replace(trigger.entry, type=owner[n]["type"]))
            found.append((typed, owner[n], 1.0))
            continue
        group = gold_events.GROUP.get(trigger.type)
        alike = [event for event in here if gold_events.GROUP[event["type"]] == group]
        only = alike[0] if len(alike) == 1 else None
        found.append((trigger, only, SECOND if only else NO_EVENT))
    return sorted(found, key=lambda item: item[0].first)


def _trigger(tokens: Sequence[Any], at: Sequence[int], type_: str) -> Trigger:
    """Return the trigger that an annotator marked, for a lexicon that lacks it."""
    verbs = [
        i for i in at if is_verbish(tokens[i].lower, tokens[i].capital) and tokens[i].lower not in _AUXILIARY
    ]
    head = verbs[0] if verbs else at[-1]
    verbal = bool(verbs) and not reads_as_noun(tokens, head)
    return Trigger(at[0], at[-1], head, verbal, Entry(type_))


def fit(taught: Iterable[Pairs]) -> Any:
    """Train the forest that weighs all evidence."""
    import lightgbm

    taught = [pair for pair in taught if pair.labels]
    rows = np.vstack([pair.rows for pair in taught])
    labels = np.array([label for pair in taught for label in pair.labels], np.float32)
    weights = np.array([pair.weight for pair in taught for _ in pair.labels], np.float32)
    data = lightgbm.Dataset(rows, labels, weight=weights, init_score=prior(rows))
    return lightgbm.train(SMALL, data, ROUNDS)


def cross_validate(told: Sequence[Pairs]) -> list[str]:
    """Return how often the places of an event's sentence are exactly right, and how many are wrong."""
    count: Counter[str] = Counter()
    for k in range(FOLDS):
        model = fit([pair for pair in told if fold(pair.doc_id) != k])
        tested = [pair for pair in told if fold(pair.doc_id) == k]
        for _, group in groupby(tested, key=lambda pair: id(pair.case.scene)):
            sentence = list(group)
            odds = [(prior(p.rows) + model.predict(p.rows, raw_score=True)).tolist() for p in sentence]
            chosen = link_choice.decide([pair.case for pair in sentence], odds)
            for pair, links in zip(sentence, chosen, strict=True):
                if pair.weight == 1.0:
                    count.update(_right(pair, links))
    return [
        f"{count['events']} events with a place in their sentence: "
        f"its places exactly right {count['right'] / max(1, count['events']):.3f}, "
        f"wrong ones {count['wrong'] / max(1, count['pins']):.3f} ({count['wrong']} of {count['pins']})"
    ]


def _right(pair: Pairs, links: Sequence[link_choice.Link]) -> dict[str, int]:
    names = {gold_events.plain(link.spot.resolution.mention.text) for link in links}
    known = {gold_events.plain(spot.resolution.mention.text) for spot in pair.case.scene.places}
    right, wrong = names == pair.wanted & known, len(names - pair.wanted)
    return {"events": 1, "right": right, "pins": len(names), "wrong": wrong}


def fold(doc_id: str) -> int:
    """Return which of the :data:`FOLDS` an article belongs to."""
    return hashlib.md5(doc_id.encode(), usedforsecurity=False).digest()[0] % FOLDS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--networks", type=Path, nargs=FOLDS, required=True, help="one for each fold")
    options = parser.parse_args()
    told = development([EventNetwork(path) for path in options.networks])
    show("places, given the trigger", cross_validate(pairs(told)))


if __name__ == "__main__":
    main()
