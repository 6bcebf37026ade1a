"""Train the resolver and report out-of-fold figures.

Run: ``python -m benchmarks.training.resolver --corpora shared/corpora --out geo/data/resolver.npz``

Documents are split into folds by a hash of their ids.  The second ranker sees the first one's out-of-fold
answers, the verifiers the second ranker's: no model is fitted to answers about its own training documents.
"""

from __future__ import annotations

import argparse
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import FOLDS, TABLE, TRAINING, Gold, load
from benchmarks.training.synthetic import Sentences
from dateline import gazetteer
from dateline.gazetteer import Gazetteer
from dateline.geo.arrays import Floats
from dateline.geo.candidates import MATCHES, NEARBY
from dateline.geo.distances import EARTH_KM, unit_vectors
from dateline.geo.doubts import limits
from dateline.geo.draft import Draft, softmax
from dateline.geo.drafter import Drafter
from dateline.geo.model import UNSURE
from dateline.geo.outlets import hosts
from dateline.geo.place_columns import GROUPS, LOCAL
from dateline.geo.resolution import sigmoid, winners
from dateline.geo.trees import Forest, to_arrays

SEED = 7
Arrays = dict[str, NDArray[Any]]
NEAR_KM = 161.0
WIDE = [GROUPS.index(name) for name in ("region", "country", "admin1")]
#: No corpus puts the point of an ocean where another does.
OCEAN_KM = 8000.0
#: How much each corpus counts, whatever its size.
WEIGHT = {"LGL": 1.3, "gold": 2.0, "TR-News": 1.5, "synthetic": 1.0}
#: Every so manieth name is made unknown; such examples, and doubtful ones, count less.
LACKING = 5
KIND_WEIGHT = {"lone": 0.5, "lacking": 0.3}
#: Cut into snippets without a publisher; LGL's towns cannot be known without theirs, its snippets keep it.
SNIPPETS = ("TR-News", "GeoWebNews", "GeoVirus", "gold")
RANKER = {
    "objective": "lambdarank", "label_gain": [0, 2, 4], "lambdarank_truncation_level": 6,
    "learning_rate": 0.05, "min_data_in_leaf": 50, "feature_fraction": 0.35, "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 20.0, "verbose": -1, "num_threads": 1, "seed": SEED, "deterministic": True,
    "force_row_wise": True,
}  # fmt: skip
VERIFIER = {
    "objective": "binary", "learning_rate": 0.06, "num_leaves": 12, "max_depth": 5, "min_data_in_leaf": 60,
    "feature_fraction": 0.4, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 20.0, "verbose": -1,
    "num_threads": 1, "seed": SEED, "deterministic": True, "force_row_wise": True,
}  # fmt: skip
FIRST = {"num_leaves": 16, "max_depth": 5, "num_iterations": 80}
SECOND = {"num_leaves": 31, "max_depth": 7, "num_iterations": 240}
VERIFY_ROUNDS = 70


@dataclass(slots=True)
class Example:
    """A document's draft with the gold of its units.

    `kind` is ``full``, ``blind`` when its publisher was withheld, or ``altered``; ``lone`` are names without
    the publisher or context they need, from which only the verifiers learn, namely doubt, and in ``lacking``
    the gazetteer was made to lack some of the places.
    """

    gold: Gold
    kind: str
    draft: Draft
    rows: Floats
    labels: NDArray[np.int64]
    truth: list[tuple[tuple[float, float], int | None] | None]


def prepare(drafter: Drafter, gold: Gold, other: Gold) -> list[Example]:
    """Draft a document; also without its publisher, and also in snippets, as far as it is for training."""
    if not any(gold.points):
        return []
    blind = replace(gold, article=replace(gold.article, source="", url=""))
    variants = [(gold, "full")] + ([(blind, "blind")] if hosts(gold.article) else [])
    if gold.corpus == "LGL":
        variants += [(piece, "altered") for piece in snippets(gold)]
        variants += [(piece, "lone") for piece in snippets(blind)]
    if gold.corpus in SNIPPETS:
        variants += [(piece, "altered") for piece in snippets(blind)]
        variants.append((blind, "lacking"))
        if snippets(other):
            variants.append((mixed(blind, other), "altered"))
    examples = []
    for variant, kind in variants:
        draft = drafter.draft(variant.article, variant.mentions)
        truth = [_truth(variant, unit.mentions) for unit in draft.units]
        labels = label(drafter, draft, truth)
        if kind == "lacking":
            draft, labels = lacking(draft, labels)
        examples.append(Example(variant, kind, draft, draft.features(), labels, truth))
    return examples


def lacking(draft: Draft, labels: NDArray[np.int64]) -> tuple[Draft, NDArray[np.int64]]:
    """Return a draft without the right candidates of every fifth local name: its namesakes are left."""
    unit, local = draft.pool.unit, LOCAL[draft.places.group]
    kept = ~((unit % LACKING == 0) & local & (labels > 0))
    draft = draft.keep(kept)
    total = np.bincount(draft.pool.unit, draft.p, len(draft.units))
    draft.p = (draft.p / total[draft.pool.unit]).astype(np.float32)
    return draft, labels[kept]


def mixed(gold: Gold, other: Gold) -> Gold:
    """Return a document with a toponym of another one at its end: news names places far from its subject."""
    piece = min(snippets(other), key=lambda found: len(found.article.text))
    start = len(gold.article.text) + 1
    article = replace(gold.article, text=f"{gold.article.text} {piece.article.text}")
    moved = [replace(m, start=m.start + start, end=m.end + start) for m in piece.mentions]
    return replace(
        gold,
        article=article,
        mentions=gold.mentions + moved,
        points=gold.points + piece.points,
        ids=gold.ids + piece.ids,
    )


def snippets(gold: Gold) -> list[Gold]:
    """Return pieces of a document with one or two toponyms, as messages and captions have."""
    found, i = [], 0
    while i < len(gold.mentions):
        n = 1 + (i + len(gold.article.text)) % 2
        kept = gold.mentions[i : i + n]
        start = max(0, kept[0].start - 80)
        text = gold.article.text[start : kept[-1].end + 80]
        moved = [replace(m, start=m.start - start, end=m.end - start) for m in kept]
        article = replace(gold.article, text=text, title="")
        if kept[-1].end - kept[0].start < 200:
            found.append(
                replace(
                    gold,
                    article=article,
                    mentions=moved,
                    points=gold.points[i : i + n],
                    ids=gold.ids[i : i + n],
                )
            )
        i += 3
    return found


def _truth(gold: Gold, mentions: Sequence[int]) -> tuple[tuple[float, float], int | None] | None:
    """Return the gold of a unit: that of most of its mentions."""
    found = [(gold.points[m], gold.ids[m]) for m in mentions if gold.points[m] is not None]
    return max(found, key=found.count) if found else None  # type: ignore[return-value, arg-type]


def label(drafter: Drafter, draft: Draft, truth: Sequence[Any]) -> NDArray[np.int64]:
    """Return 2 for the gold place itself, 1 within 161 km of it, 0 elsewhere, -1 where there is no gold."""
    labels = np.full(len(draft.pool), -1, np.int64)
    known = np.array([t is not None for t in truth])
    if not known.any():
        return labels
    points = unit_vectors(
        np.array([t[0][0] if t else 0.0 for t in truth]), np.array([t[0][1] if t else 0.0 for t in truth])
    )
    chord = np.sqrt(((draft.places.xyz - points[draft.pool.unit]) ** 2).sum(1)) / 2
    km = 2 * np.arcsin(np.minimum(chord, 1)) * EARTH_KM
    rows = np.array([drafter.gaz.row(f"geonames:{t[1]}") if t and t[1] else -1 for t in truth])
    same = draft.pool.row == rows[draft.pool.unit]
    # Without an id a country's or state's point is anybody's choice: being inside is enough.
    wide = np.isin(draft.places.group, WIDE) & (rows[draft.pool.unit] < 0)
    codes = np.array(drafter.gaz.tables["feature_code"])[drafter.gaz.columns.feature_code[draft.pool.row]]
    reach = np.where(codes == "OCN", OCEAN_KM, draft.places.radius)
    wide |= codes == "OCN"
    inside = wide & (km <= reach) & (draft.pool.match != NEARBY)
    value = np.where(same | inside | (km <= 5), 2, np.where(km <= NEAR_KM, 1, 0))
    return np.where(known[draft.pool.unit], value, -1)


def rank(examples: Sequence[Example], shape: dict[str, int]) -> Arrays:
    """Train a ranker."""
    rows, labels, groups, weights = [], [], [], []
    for example in examples:
        known = example.labels >= 0
        if example.kind == "lone" or not known.any():
            continue
        unit = example.draft.pool.unit[known]
        units, counts = np.unique(unit, return_counts=True)
        rows.append(example.rows[known])
        labels.append(example.labels[known])
        groups += counts.tolist()
        mentions = example.draft.context.mentions[units]
        weight = WEIGHT.get(example.gold.corpus, 1.0) * KIND_WEIGHT.get(example.kind, 1.0)
        weights.append(np.repeat(np.sqrt(mentions) * weight, counts))
    data = lightgbm.Dataset(
        np.concatenate(rows), np.concatenate(labels), group=groups, weight=np.concatenate(weights)
    )
    model = lightgbm.train({**RANKER, **shape}, data)
    return to_arrays(model.dump_model())


def verify(checks: Floats, target: NDArray[np.bool_], weight: Floats) -> Arrays:
    """Train a verifier."""
    data = lightgbm.Dataset(checks, target.astype(int), weight=weight)
    model = lightgbm.train(VERIFIER, data, VERIFY_ROUNDS)
    return to_arrays(model.dump_model())


def crossed(
    examples: Sequence[Example],
    fit: Callable[[list[Example]], Arrays],
    use: Callable[[Forest, Example], None],
) -> None:
    """Apply to each fold what was fitted on the training corpora's other folds."""
    for fold in range(FOLDS):
        arrays = fit([e for e in examples if e.gold.fold != fold and e.gold.corpus in TRAINING])
        model = Forest(arrays)
        for example in examples:
            if example.gold.fold == fold:
                use(model, example)


def apply_second(model: Forest, example: Example) -> Floats:
    """Replace an example's probabilities by the second ranker's and return its scores."""
    score = model.predict(example.rows)
    example.draft.p = softmax(score, example.draft.pool.unit, len(example.draft.units))
    return score


@dataclass(slots=True)
class Judged:
    """The winners of a document's units."""

    units: NDArray[np.int32]
    top: NDArray[np.intp]
    checks: Floats
    right: NDArray[np.bool_]
    possible: NDArray[np.bool_]
    known: NDArray[np.bool_]
    weight: Floats


def judge(example: Example, score: Floats) -> Judged:
    """Return what the verifiers learn from a document."""
    draft, labels = example.draft, example.labels
    units, ranked, checks = winners(draft, example.rows, score)
    top = ranked.order[ranked.start]
    best = np.full(len(draft.units), -1)
    np.maximum.at(best, draft.pool.unit, labels)
    mentions = draft.context.mentions[units]
    weight = mentions * WEIGHT.get(example.gold.corpus, 1.0) * KIND_WEIGHT.get(example.kind, 1.0)
    right, possible = labels[top] > 0, best[units] > 0
    return Judged(units, top, checks, right, possible, labels[top] >= 0, weight.astype(np.float32))


def verifier(judged: Sequence[Judged], target: str) -> Arrays:
    """Train a verifier on whether the winner is right, or on whether no candidate is."""
    known = [j.known for j in judged]
    checks = np.concatenate([j.checks[k] for j, k in zip(judged, known, strict=True)])
    hit = np.concatenate([getattr(j, target)[k] for j, k in zip(judged, known, strict=True)])
    weight = np.concatenate([j.weight[k] for j, k in zip(judged, known, strict=True)])
    return verify(checks, hit if target == "right" else ~hit, weight)


def report(title: str, examples: Sequence[Example], judged: Sequence[Judged], p: Sequence[Floats]) -> None:
    """Print all161 (id counts as 0 km), the share with any right candidate, and calibration, per corpus.

    `sure` is the share stated as sure, `wrong` the share of wrong ones among them.  Places that stand in for
    an unknown one are understated on purpose and left out of the calibration error.
    """
    print(
        f"{title:16s} {'':8s} {'mentions':>8s} {'all161':>7s} {'ceiling':>7s} {'exact':>7s} {'sure':>7s} "
        f"{'wrong':>7s} {'ECE':>6s}"
    )
    for corpus, kind in dict.fromkeys((e.gold.corpus, e.kind) for e in examples):
        n = hits = ceiling = exact = sure = wrong = 0
        stated: list[float] = []
        found: list[bool] = []
        for e, j, p_right in zip(examples, judged, p, strict=True):
            if (e.gold.corpus, e.kind) != (corpus, kind):
                continue
            of_unit = {int(u): i for i, u in enumerate(j.units)}
            best = np.full(len(e.draft.units), -1)
            np.maximum.at(best, e.draft.pool.unit, e.labels)
            for unit, truth in enumerate(e.truth):
                count = sum(e.gold.points[m] is not None for m in e.draft.units[unit].mentions)
                n += count
                ceiling += count * bool(best[unit] > 0)
                if truth is None or unit not in of_unit:
                    continue
                at = of_unit[unit]
                hits += count * bool(j.right[at])
                exact += count * bool(e.labels[j.top[at]] == 2)
                sure += count * bool(p_right[at] >= UNSURE)
                wrong += count * bool(p_right[at] >= UNSURE and not j.right[at])
                if e.draft.pool.match[j.top[at]] != NEARBY:
                    stated += [float(p_right[at])] * count
                    found += [bool(j.right[at])] * count
        if n:
            rates = f"{hits / n:7.3f} {ceiling / n:7.3f} {exact / n:7.3f} {sure / n:7.3f}"
            rates += f" {wrong / max(sure, 1):7.3f} {ece(stated, found):6.3f}"
            print(f"{corpus:16s} {kind:8s} {n:8d} {rates}")


def ece(stated: Sequence[float], found: Sequence[bool], bins: int = 10) -> float:
    """Return the expected calibration error: the mean gap of stated and found rates over equal-width bins."""
    p, hit = np.asarray(stated), np.asarray(found, float)
    which = np.minimum((p * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(p[which == b].mean() - hit[which == b].mean()) * (which == b).mean()
            for b in set(which.tolist())
        )
    )


def train(folder: Path, out: Path, corpora: Iterable[str], predictions: Path | None) -> None:
    """Train everything, print out-of-fold figures, write the weights."""
    drafter = Drafter(gazetteer.open())
    examples: list[Example] = []
    for corpus in corpora:
        documents = load(folder, corpus)
        for i, document in enumerate(documents):
            others = (d for d in (documents[i + 1 :] + documents[:i]) if d.fold == document.fold)
            examples += prepare(drafter, document, next(others, document))
    sentences = Sentences(drafter.gaz)
    for document in sentences.documents():
        examples += prepare(drafter, document, document)
    for document in sentences.lone():
        examples += [replace(example, kind="lone") for example in prepare(drafter, document, document)]
    training = [e for e in examples if e.gold.corpus in TRAINING]
    models = {"first": rank(training, FIRST)}
    crossed_scores: dict[int, Floats] = {}

    def first_answer(model: Forest, example: Example) -> None:
        score = model.predict(example.rows)
        example.draft.p = softmax(score, example.draft.pool.unit, len(example.draft.units))
        crossed_scores[id(example)] = score

    crossed(examples, lambda chosen: rank(chosen, FIRST), first_answer)
    judged = [judge(e, crossed_scores[id(e)]) for e in examples]
    verify_all("fast", examples, judged, models)
    for example in examples:
        example.draft = drafter.with_neighbours(example.draft)
        example.rows = example.draft.features()
        example.labels = label(drafter, example.draft, example.truth)
    models["second"] = rank(training, SECOND)

    def second_answer(model: Forest, example: Example) -> None:
        crossed_scores[id(example)] = apply_second(model, example)

    crossed(examples, lambda chosen: rank(chosen, SECOND), second_answer)
    judged = [judge(e, crossed_scores[id(e)]) for e in examples]
    answers = verify_all("", examples, judged, models)
    if predictions is not None:
        write_predictions(drafter.gaz, predictions, examples, judged, answers)
    arrays = {f"{part}.{name}": a for part, forest in models.items() for name, a in forest.items()}
    write(out, arrays)


def verify_all(
    prefix: str, examples: Sequence[Example], judged: Sequence[Judged], models: dict[str, Arrays]
) -> dict[str, list[Floats]]:
    """Train the verifiers of a ranker, report them out of fold, return their answers."""
    stem = f"{prefix}_" if prefix else ""
    pairs = [(e, j) for e, j in zip(examples, judged, strict=True)]
    answers: dict[str, list[Floats]] = {}
    for target, name in (("right", "right"), ("possible", "none")):
        learnt = [(e, j) for e, j in pairs if e.gold.corpus in TRAINING]
        models[stem + name] = verifier([j for _, j in learnt], target)
        forests = [
            Forest(verifier([j for e, j in learnt if e.gold.fold != fold], target)) for fold in range(FOLDS)
        ]
        answers[name] = [sigmoid(forests[e.gold.fold].predict(j.checks)) for e, j in pairs]
    answers["right"] = [
        np.minimum(p, limits(e.draft, j.units, j.top))
        for (e, j), p in zip(pairs, answers["right"], strict=True)
    ]
    report(prefix or "full", examples, judged, answers["right"])
    return answers


def write_predictions(
    gaz: Gazetteer,
    folder: Path,
    examples: Sequence[Example],
    judged: Sequence[Judged],
    answers: dict[str, list[Floats]],
) -> None:
    """Write the out-of-fold best guesses for gold mentions, a file for each corpus, as ``score.py`` reads."""
    files: dict[Path, list[str]] = {}
    for i, (example, j) in enumerate(zip(examples, judged, strict=True)):
        if example.kind not in ("full", "blind"):
            continue
        draft, at = example.draft, {int(unit): n for n, unit in enumerate(j.units)}
        toponyms = []
        for mention, unit in zip(draft.mentions, draft.unit_of, strict=True):
            found: dict[str, Any] = {"start": mention.start, "end": mention.end, "lat": None, "lon": None}
            n = at.get(unit)
            if n is not None:
                found["probability"] = round(float(answers["right"][i][n]), 4)
                found["none"] = round(float(answers["none"][i][n]), 4)
                place = gaz.place(int(draft.pool.row[j.top[n]]))
                nearby = draft.pool.match[j.top[n]] == NEARBY
                found["match"] = MATCHES[draft.pool.match[j.top[n]]]
                found |= {"lat": place.lat, "lon": place.lon, "place": str(place), "place_id": place.id}
                found["geonameid"] = None if nearby else place.geonameid
            toponyms.append(found)
        path = folder / example.kind / f"{example.gold.corpus}.jsonl"
        files.setdefault(path, []).append(
            json.dumps({"doc_id": example.gold.article.id, "toponyms": toponyms})
        )
    for path, lines in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", "utf-8")


def write(out: Path, arrays: dict[str, NDArray[Any]]) -> None:
    """Write the weights: the same bytes for the same arrays."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in sorted(arrays.items()):
            buffer = io.BytesIO()
            np.save(buffer, array, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED)
    print(f"{out}: {out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("geo/data/resolver.npz"))
    parser.add_argument("--predictions", type=Path, help="write the out-of-fold predictions to this folder")
    options = parser.parse_args()
    names = dict.fromkeys((*TRAINING[:-1], *TABLE, "WM-LocalNews"))
    train(options.corpora, options.out, names, options.predictions)
