"""Measure the linker on HaltermanEvents: given an event's verb, the places at which it happened."""

from __future__ import annotations

import gzip
import json
import pickle
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import half
from dateline.geo.link_features import Scene
from dateline.geo.link_rivals import rivals
from dateline.geo.model import Resolution
from dateline.geo.spots import Spot, spots
from dateline.geo.words import Word, words

Floats = NDArray[np.float32]
NAME = "HaltermanEvents"
ROUNDS = 250
#: Folds within the training cases, of whose parts each is judged by a forest that has not seen it.
INNER = 4
#: Nine in ten of this source's verbs have no place though most of their sentences tell it: no teacher.
UNLABELLED = "Masdar_RA"
PARAMETERS = {
    "objective": "binary",
    "num_leaves": 15,
    "learning_rate": 0.06,
    "max_depth": 6,
    "min_child_samples": 20,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "seed": 20260125,
    "deterministic": True,
    "num_threads": 1,
    "verbose": -1,
}


@dataclass
class Case:
    """One verb of one sentence: the candidates with their features, and the gold spans."""

    doc_id: str
    text: str
    gold: list[tuple[int, int]]
    places: list[Spot]
    features: Floats
    labels: NDArray[np.bool_]
    source: str
    sentence: Sequence[Word]
    head: int
    first: list[tuple[int, int]] | None  # what was labelled before RELABEL put it right

    @property
    def relabel(self) -> bool:
        """Whether it is of the gold standard."""
        return self.source == "RELABEL"


def overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def cases(path: Path, resolved: dict[str, list[Resolution]]) -> list[Case]:
    """Return every verb, gold-standard relabels instead of the first labels of the same verb."""
    found = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            by_verb: dict[int, dict[str, Any]] = {}
            first: dict[int, list[tuple[int, int]]] = {}
            for event in record["events"]:
                start = event["verb"][0][0]
                if event["source"] != "RELABEL":
                    first.setdefault(start, [(a, b) for a, b in event["loc"]])
                if start not in by_verb or event["source"] == "RELABEL":
                    by_verb[start] = event
            sentence = words(record["text"])
            scene = Scene(sentence, spots(sentence, resolved[record["doc_id"]]))
            for start, event in by_verb.items():
                head = next((i for i, w in enumerate(sentence) if w.end > start), 0)
                gold = [(a, b) for a, b in event["loc"]]
                labels = [
                    any(overlap((s.resolution.mention.start, s.resolution.mention.end), g) for g in gold)
                    for s in scene.places
                ]
                found.append(
                    Case(record["doc_id"], record["text"], gold, list(scene.places), scene.features(head),
                         np.array(labels, dtype=bool), event["source"], sentence, head, first.get(start))
                )  # fmt: skip
    return found


def resolve(corpora: Path, cache: Path) -> dict[str, list[Resolution]]:
    """Return the resolved mentions of every sentence, from `cache` if that file exists."""
    from dateline import gazetteer
    from dateline.geo.model import Article
    from dateline.geo.recognition import load_recognizer
    from dateline.geo.resolution import load_resolver

    if cache.exists():
        with open(cache, "rb") as file:
            stored: dict[str, list[Resolution]] = pickle.load(file)
            return stored
    recognizer, resolver = load_recognizer(), load_resolver(gazetteer.open())
    found = {}
    with gzip.open(half(corpora / "corpora", NAME), "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            sentence = Article(id=record["doc_id"], text=record["text"])
            found[record["doc_id"]] = resolver.resolve(sentence, recognizer.recognize(record["text"]))
    with open(cache, "wb") as out:
        pickle.dump(found, out)
    return found


def _words(case: Case, spans: Sequence[tuple[int, int]]) -> set[int]:
    """Return the words of a sentence in spans."""
    return {i for i, w in enumerate(case.sentence) if any(overlap((w.start, w.end), span) for span in spans)}


def agreement(relabelled: Sequence[Case]) -> str:
    """Return how well the labels of all other records agree with RELABEL, where both label one verb."""
    pairs = [(_words(c, c.first), _words(c, c.gold)) for c in relabelled if c.first is not None]
    both = sum(len(first & gold) for first, gold in pairs)
    precision = both / max(1, sum(len(first) for first, _ in pairs))
    recall = both / max(1, sum(len(gold) for _, gold in pairs))
    return f"word precision {precision:.3f}, word recall {recall:.3f} of {len(pairs)} verbs"


def score(chosen: Sequence[tuple[Case, NDArray[np.bool_]]]) -> dict[str, float]:
    """Return precision, recall and F1 over places (overlap), whole records right, and the same of words."""
    right = found = missed = gold = whole = 0
    words_right = words_found = words_gold = 0
    for case, keep in chosen:
        spans = [
            (s.resolution.mention.start, s.resolution.mention.end)
            for s, kept in zip(case.places, keep, strict=True)
            if kept
        ]
        good = sum(any(overlap(span, g) for g in case.gold) for span in spans)
        lost = sum(not any(overlap(span, g) for span in spans) for g in case.gold)
        right, found, missed, gold = right + good, found + len(spans), missed + lost, gold + len(case.gold)
        whole += good == len(spans) and not lost
        told, wanted = _words(case, spans), _words(case, case.gold)
        words_right, words_found = words_right + len(told & wanted), words_found + len(told)
        words_gold += len(wanted)
    precision, recall = right / max(1, found), 1 - missed / max(1, gold)
    return {
        "precision": precision,
        "recall": recall,
        "F1": 2 * precision * recall / max(1e-9, precision + recall),
        "whole record": whole / max(1, len(chosen)),
        "word precision": words_right / max(1, words_found),
        "word recall": words_right / max(1, words_gold),
    }


@dataclass
class Linker:
    """Two forests: one judges every place alone, the other all of a sentence's beside each other."""

    alone: Any
    beside: Any

    def predict(self, case: Case) -> Floats:
        """Return the probability of each candidate of a case."""
        if not case.places:
            return np.zeros(0, np.float32)
        odds = self.alone.predict(case.features, raw_score=True)
        return np.asarray(self.beside.predict(with_rivals(case, odds)), np.float32)


def with_rivals(case: Case, odds: Floats) -> Floats:
    """Return the features of a case with what the other places' log-odds add."""
    scene = Scene(case.sentence, case.places)
    return np.hstack([case.features, rivals(scene, case.head, odds.tolist())])


def fit(train: Sequence[Case]) -> Linker:
    """Train on cases: the second forest sees what the first says of sentences that it was not trained on."""
    taught = [case for case in train if case.places and case.source != UNLABELLED]
    odds: dict[int, Floats] = {}
    for k in range(INNER):
        held_out = [case for case in taught if fold_of(case, 4 * INNER + 1) % INNER == k]
        alone = _forest([c for c in taught if fold_of(c, 4 * INNER + 1) % INNER != k], lambda c: c.features)
        odds |= {id(case): alone.predict(case.features, raw_score=True) for case in held_out}
    return Linker(
        _forest(taught, lambda case: case.features),
        _forest(taught, lambda case: with_rivals(case, odds[id(case)])),
    )


def _forest(taught: Sequence[Case], features: Callable[[Case], Floats]) -> Any:
    """Train LightGBM; its parameters are guesses, compared on the cases that are not RELABEL."""
    import lightgbm

    rows = np.vstack([features(case) for case in taught])
    labels = np.concatenate([case.labels for case in taught]).astype(np.float32)
    return lightgbm.train(PARAMETERS, lightgbm.Dataset(rows, labels), ROUNDS)


def fold_of(case: Case, folds: int = 5) -> int:
    """Return the fold of a sentence: all of its verbs, and its repeats, fall into one."""
    return zlib.crc32(case.text.encode()) % folds


def cross_validate(all_cases: Sequence[Case]) -> list[str]:
    """Return the figures on RELABEL: trained on all other sentences, the threshold chosen on those alone."""
    relabelled = [case for case in all_cases if case.relabel]
    texts = {case.text for case in relabelled}
    rest = [case for case in all_cases if case.text not in texts]
    held_out: list[tuple[Case, Floats]] = []
    for k in range(5):
        model = fit([case for case in rest if fold_of(case) != k])
        tested = [case for case in rest if fold_of(case) == k]
        held_out += ((case, model.predict(case)) for case in tested)
    grid = [t / 100 for t in range(20, 65, 5)]
    best = max(grid, key=lambda t: score([(case, p > t) for case, p in held_out])["F1"])
    model = fit(rest)
    relabel = [(case, model.predict(case)) for case in relabelled]
    lines = [f"threshold chosen on the rest: {best}"]
    for name, tested_cases in (("rest, 5-fold", held_out), ("RELABEL, trained on the rest", relabel)):
        figures = score([(case, p > best) for case, p in tested_cases])
        lines.append(f"{name}: " + ", ".join(f"{key} {value:.3f}" for key, value in figures.items()))
    bounds = {
        "every mention": [(case, np.ones(len(case.places), bool)) for case in relabelled],
        "every right mention": [(case, case.labels) for case in relabelled],
    }
    for name, chosen in bounds.items():
        lines.append(f"RELABEL, {name}: " + ", ".join(f"{k} {v:.3f}" for k, v in score(chosen).items()))
    lines.append(f"first labels beside RELABEL's: {agreement(relabelled)}")
    return lines


def load(corpora: Path, cache: Path) -> list[Case]:
    """Return all cases of the corpus."""
    return cases(half(corpora / "corpora", NAME), resolve(corpora, cache))
