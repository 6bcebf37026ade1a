"""Fit and measure how a geocoder's answers are judged (:mod:`dateline.geo.geocoding.judging`).

A trial takes a gold mention of a small place out of an article, as if the gazetteer lacked it, and lets a
geocoder answer: the gazetteer itself plays it, within the countries it would be told, with streets, shops and
villages of the same or a similar name thrown in as OpenStreetMap has them.  From three answers in
ten the right place is taken out, so that "none of these" is right.  The other mentions are resolved as usual.
Each corpus weighs the same.  Figures are cross-validated: articles never meet weights fitted on them.

    python -m benchmarks.geocoding_trials CORPORA
"""

from __future__ import annotations

import argparse
import hashlib
import math
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import corpora
from dateline.gazetteer import Gazetteer, Place
from dateline.gazetteer import open as open_gazetteer
from dateline.geo.geocoding.fallback import hint
from dateline.geo.geocoding.judging import (
    ACCEPTED,
    FEATURES,
    RESEMBLING,
    Surroundings,
    distance_km,
    evidence,
    resemblance,
)
from dateline.geo.resolution import load_resolver

NAMES = ("LGL", "TR-News", "GeoWebNews", "GeoVirus")
SMALL = 100_000
RIGHT_KM = 25.0
REPEATS = 3
#: How often the geocoder lacks the place too: OpenStreetMap has most villages, but not every name is one.
LACKING = 0.3
RIDGE = 0.002


@dataclass(frozen=True)
class Trial:
    """The evidence for each candidate, and the right one's index (-1: none of them)."""

    corpus: str
    fold: int
    rows: NDArray[np.float64]
    right: int


def trials(folder: Path) -> Iterator[Trial]:
    gaz = open_gazetteer()
    resolver = load_resolver(gaz)
    for name in NAMES:
        for gold in corpora.load(folder, name):
            resolutions = resolver.resolve(gold.article, gold.mentions)
            seen: set[str] = set()
            for mention, point in zip(gold.mentions, gold.points, strict=True):
                if point is None or mention.role != "literal" or mention.text in seen:
                    continue
                seen.add(mention.text)
                around = Surroundings.of(r for r in resolutions if r.mention.text != mention.text)
                for repeat in range(REPEATS):
                    seed = f"{gold.article.id}/{mention.text}/{repeat}"
                    chance = random.Random(hashlib.sha256(seed.encode()).digest())
                    answer = play(gaz, mention.text, Place("gold", "", *point), around, chance)
                    if answer is None:
                        break
                    places, right = answer
                    rows = evidence(gold.article, mention, places, around)
                    if rows:
                        yield Trial(gold.corpus, gold.fold, np.asarray(rows), right)


def play(
    gaz: Gazetteer, name: str, point: Place, around: Surroundings, chance: random.Random
) -> tuple[list[Place], int] | None:
    """Answer as a geocoder would; None when the right place is too large to be lacking."""
    found = [
        replace(match.place, names=(("", match.name),))
        for match in gaz.find(name, limit=60)
        if match.kind != "fuzzy"
    ]
    near = [place for place in found if distance_km(place, point) <= RIGHT_KM]
    if not near or any(
        p.population > SMALL or p.feature_code in ("PCLI", "ADM1", "PPLC", "PPLA") for p in near
    ):
        return None
    countries = hint(around)
    places = [place for place in found if not countries or place.country in countries]
    if chance.random() < LACKING:
        places = [place for place in places if distance_km(place, point) > RIGHT_KM]
    for _ in range(chance.choice((0, 0, 0, 0, 1, 3))):
        places.append(namesake(gaz, name, countries, around, chance))
    # A geocoder's order follows fame, roughly.
    places.sort(key=lambda place: -math.log1p(place.population) - chance.gauss(0, 2))
    places = [place for place in places if resemblance(name, place) >= RESEMBLING][:20]
    right = next((i for i, place in enumerate(places) if distance_km(place, point) <= RIGHT_KM), -1)
    return places, right


def namesake(
    gaz: Gazetteer, name: str, countries: tuple[str, ...], around: Surroundings, chance: random.Random
) -> Place:
    """Return a street, shop or village of that name or a similar one, in the countries, perhaps near by."""
    while True:
        place = gaz.place(chance.randrange(len(gaz)))
        if place.feature_class == "P" and (not countries or place.country in countries):
            break
    kind = chance.choice((("R", "ST"), ("S", "BLDG"), ("P", "PPL")))
    called = name if chance.random() < 0.6 else misspelt(name, chance)
    lat, lon = place.lat, place.lon
    if around.points and chance.random() < 0.3:
        near = chance.choice(around.points)
        lat, lon = near.lat + chance.gauss(0, 0.3), near.lon + chance.gauss(0, 0.3)
    names = (("", called),)
    return Place("other", called, lat, lon, kind[0], kind[1], place.country, names=names)


def misspelt(name: str, chance: random.Random) -> str:
    """Return a name that differs in one or two places."""
    letters = list(name)
    for _ in range(chance.choice((1, 2))):
        letters[chance.randrange(len(letters))] = chance.choice(("", "a", "e", "i", "o", "k", "ov"))
    return "".join(letters)


def stacked(data: list[Trial]) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.intp]]:
    """Return evidence padded to the most candidates, which is there, and the right index (last: none)."""
    most = max(len(trial.rows) for trial in data)
    rows = np.zeros((len(data), most + 1, len(FEATURES)))
    there = np.zeros((len(data), most + 1), dtype=bool)
    for i, trial in enumerate(data):
        rows[i, : len(trial.rows)] = trial.rows
        there[i, : len(trial.rows)] = True
    there[:, most] = True  # none of these: evidence 0, log-odds 0
    return rows, there, np.asarray([trial.right if trial.right >= 0 else most for trial in data])


def probabilities(
    rows: NDArray[np.float64], there: NDArray[np.bool_], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    scores = np.where(there, rows @ weights, -np.inf)
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: NDArray[np.float64] = shares / shares.sum(axis=1, keepdims=True)
    return result


def fit(data: list[Trial], steps: int = 3000, rate: float = 0.02) -> NDArray[np.float64]:
    """Maximise the likelihood of the right candidates (conditional logit, Adam, L2)."""
    rows, there, right = stacked(data)
    sizes = Counter(trial.corpus for trial in data)
    share = np.asarray([1 / sizes[trial.corpus] / len(sizes) for trial in data])
    wanted = share @ rows[np.arange(len(data)), right]
    weights = np.zeros(len(FEATURES))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, steps + 1):
        expected = np.einsum("t,tc,tcf->f", share, probabilities(rows, there, weights), rows)
        gradient = expected - wanted + RIDGE * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        weights = weights - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def measure(data: list[Trial], weights: NDArray[np.float64]) -> list[tuple[float, bool, bool]]:
    """Return for each trial: the best candidate's probability (0: refused), is it right, is any right."""
    rows, there, right = stacked(data)
    shares = probabilities(rows, there, weights)
    best = shares[:, :-1].argmax(axis=1)
    said = shares[np.arange(len(data)), best]
    accepted = said >= np.maximum(ACCEPTED, shares[:, -1])
    last = rows.shape[1] - 1
    return list(
        zip(
            np.where(accepted, said, 0).tolist(),
            (best == right).tolist(),
            (right < last).tolist(),
            strict=True,
        )
    )


def report(measured: list[tuple[float, bool, bool]]) -> None:
    taken = [(said, right) for said, right, _ in measured if said]
    there = sum(is_there for *_, is_there in measured)
    found = sum(bool(said) and right for said, right, _ in measured)
    said, right = np.mean(taken, axis=0)
    print(f"{len(measured)} trials, the right place among the candidates in {there}; found {found}")
    print(f"accepted {len(taken)}: said {said:.3f}, right {right:.3f}")
    for low, high in pairwise((0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)):
        inside = [pair for pair in taken if low <= pair[0] < high]
        if inside:
            said, right = np.mean(inside, axis=0)
            print(f"  {low:.1f}-{min(high, 1):.1f}: {len(inside):4d} said {said:.3f} right {right:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpora", type=Path)
    data = list(trials(parser.parse_args().corpora))
    measured = []
    for half in (0, 1):
        weights = fit([trial for trial in data if trial.fold % 2 != half])
        measured += measure([trial for trial in data if trial.fold % 2 == half], weights)
    report(measured)
    print(Counter(trial.corpus for trial in data))
    weights = fit(data).round(2)
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"{name:20s} {weight:6.2f}")
    print("WEIGHTS =", tuple(weights.tolist()))


if __name__ == "__main__":
    main()
