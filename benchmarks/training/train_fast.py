"""Fit the linear model of the ``fast`` recogniser.

Usage: python train_fast.py --corpora DIR [--hold-out 0] [--out geo/data/fast.json]

`--hold-out K` leaves fold K of every corpus out and prints F1 on it.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path

import numpy as np
from data import TRAINED_ON, fold, read
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.recognition import accuracy
from dateline import gazetteer
from dateline.geo.fast import FastRecognizer

CORPORA = ("LGL", "TR-News", "GeoWebNews", "GeoVirus", "gold")
METONYMS = ("Metonymic", "metonym", "Embedded_Non_Lit")


def fit(rows: list[list[str]], labels: list[int], least: int, strength: float) -> dict[str, float]:
    """Return the weights of a logistic regression over the features seen `least` times."""
    counts = Counter(f for row in rows for f in row)
    index = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= least))}
    columns = [index[f] for row in rows for f in row if f in index]
    starts = np.cumsum([0] + [sum(f in index for f in row) for row in rows])
    table = csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(rows), len(index)))
    model = LogisticRegression(C=strength, max_iter=400).fit(table, labels)
    weights = dict(zip(index, model.coef_[0], strict=True))
    weights["bias"] = weights.get("bias", 0.0) + model.intercept_[0]
    return {f: round(float(w), 3) for f, w in weights.items() if abs(w) > 0.02}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--hold-out", type=int, default=-1)
    parser.add_argument("--out", type=Path, default=Path("geo/data/fast.json"))
    o = parser.parse_args()
    o.out.write_text('{"name": {}, "metonym": {}, "common": [], "threshold": 0}')
    recognizer = FastRecognizer(o.out)
    texts = [d["text"] for c in TRAINED_ON for d in read(o.corpora, c) if fold(d) != o.hold_out]
    counts = Counter(w for text in texts for w in re.findall(r"\b[a-z]+\b", text))
    has_name = gazetteer.open().has_name
    recognizer.common = frozenset(w for w, n in counts.items() if n >= 3 and has_name(w))
    rows, labels, told, roles = [], [], [], []
    for corpus in CORPORA:
        for document in read(o.corpora, corpus):
            if fold(document) == o.hold_out:
                continue
            gold = {(t["start"], t["end"]): t for t in document["toponyms"]}
            for start, end, own, context in recognizer.candidates(document["text"]):
                demonym = "kind=demonym" in own
                if demonym and corpus == "GeoVirus":
                    continue
                toponym = gold.get((start, end))
                rows.append([*own, *context])
                labels.append(int(toponym is not None))
                kind = toponym and (toponym.get("role") or toponym.get("kind"))
                if kind and not demonym and corpus in ("GeoWebNews", "gold"):
                    told.append(rows[-1])
                    roles.append(int(kind in METONYMS))
    weights = {
        "threshold": -0.6,
        "common": sorted(recognizer.common),
        "name": fit(rows, labels, 3, 0.5),
        "metonym": fit(told, roles, 4, 0.2),
    }
    o.out.write_text(
        json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf8"
    )
    print(len(rows), "candidates,", sum(labels), "names,", len(weights["name"]), "weights")
    if o.hold_out >= 0:
        accuracy(FastRecognizer(o.out), o.corpora, CORPORA, o.hold_out)


if __name__ == "__main__":
    main()
