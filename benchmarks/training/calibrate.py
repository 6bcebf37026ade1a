"""Fit the judge that weighs the network's and the gazetteer's evidence, and report calibration.

Usage: python calibrate.py MODEL --corpora DIR --data FOLDER [--fold 0] [--write]

FOLDER holds the network and ``fast.json``, trained without the fold (its documents are then new to both), and
``recognition.json``, into which the weights are written.  Prints exact F1 by two-fold cross-validation inside
the fold, and the expected calibration error.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from data import demonyms, fold, read
from sklearn.linear_model import LogisticRegression

from dateline.geo.recognition import NeuralRecognizer, Proposal, choose, weigh

CORPORA = ("LGL", "TR-News", "GeoWebNews", "GeoVirus", "gold")
Document = tuple[str, int, list[Proposal], set[tuple[int, int]]]


def documents(recognizer: NeuralRecognizer, corpora: Path, only: int) -> list[Document]:
    """Return the proposals and the gold spans of each document; GeoVirus' demonyms are left out."""
    adjectives = demonyms(corpora)
    out: list[Document] = []
    for corpus in CORPORA:
        for d in read(corpora, corpus):
            if only >= 0 and fold(d) != only:
                continue
            proposals = recognizer.propose(d["text"], *recognizer._network.read(d["text"]))
            if corpus == "GeoVirus":
                proposals = [
                    p for p in proposals if not p.demonym and d["text"][p.start : p.end] not in adjectives
                ]
            out.append((corpus, len(out), proposals, {(t["start"], t["end"]) for t in d["toponyms"]}))
    return out


def fit(chosen: list[Document]) -> Any:
    """Return the fitted regression."""
    rows = [p.evidence for _, _, proposals, _ in chosen for p in proposals]
    labels = [(p.start, p.end) in gold for _, _, proposals, gold in chosen for p in proposals]
    return LogisticRegression(C=1.0, max_iter=500, fit_intercept=False).fit(rows, labels)


def judge(chosen: list[Document], weights: np.ndarray[Any, Any]) -> None:
    """Set the log-odds of the documents' proposals."""
    for _, _, proposals, _ in chosen:
        if proposals:
            weigh(proposals, weights)


def f1(chosen: list[Document], threshold: float) -> dict[str, float]:
    """Return exact F1 by corpus."""
    counts: dict[str, list[int]] = {}
    for corpus, _, proposals, gold in chosen:
        found = {(p.start, p.end) for p in choose(proposals, threshold)}
        row = counts.setdefault(corpus, [0, 0])
        row[0] += 2 * len(found & gold)
        row[1] += len(found) + len(gold)
    return {corpus: round(a / b, 3) for corpus, (a, b) in counts.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model")
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    o = parser.parse_args()
    recognizer = NeuralRecognizer(o.model, o.data)
    all_of_them = documents(recognizer, o.corpora, o.fold)
    for half in (0, 1):
        model = fit([d for d in all_of_them if d[1] % 2 != half])
        judge([d for d in all_of_them if d[1] % 2 == half], model.coef_[0])
    for threshold in (-1.2, -0.9, -0.6, -0.3, 0.0, 0.3):
        by_corpus = f1(all_of_them, threshold)
        print(threshold, by_corpus, "mean", round(float(np.mean(list(by_corpus.values()))), 4))
    kept = [p for d in all_of_them for p in choose(d[2], -0.5)]
    golds = [(p.start, p.end) in d[3] for d in all_of_them for p in choose(d[2], -0.5)]
    chance = 1 / (1 + np.exp(-np.array([p.odds for p in kept])))
    bins = np.minimum((chance * 10).astype(int), 9)
    error = 0.0
    for b in range(10):
        inside = bins == b
        if inside.any():
            right = float(np.mean(np.array(golds)[inside]))
            error += inside.mean() * abs(right - chance[inside].mean())
            stated = chance[inside].mean()
            print(
                f"{b / 10:.1f} to {b / 10 + 0.1:.1f}: {inside.sum():5} stated {stated:.2f} right {right:.2f}"
            )
    print(f"expected calibration error {error:.3f}")
    weights = fit(all_of_them).coef_[0]
    print(np.round(weights, 3))
    if o.write:
        path = o.data / "recognition.json"
        settings = json.loads(path.read_text(encoding="utf8"))
        settings[o.model] = {"threshold": -0.4, "weights": [round(float(w), 4) for w in weights]}
        path.write_text(json.dumps(settings, indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
