"""Measure the recogniser: exact and overlap F1 and calibration on each corpus, articles per CPU second.

Usage: python -m benchmarks.recognition --corpora DIR [--model default] [--data DIR] [--fold K] [--speed]
    [--linear]

GeoVirus, TUD-Loc and GeoCorpora mark no adjectives and inhabitants: there, mentions with the role ``demonym``
are left out.  `--fold K` reads only that quarter of the documents; `--data DIR` takes the weights of another
training, which left that fold out (``docs/model-card.md`` tells how to make them).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.training.data import fold, read
from dateline.geo.fast import FastRecognizer
from dateline.geo.model import Mention
from dateline.geo.recognition import NeuralRecognizer, Recognizer, load_recognizer

CORPORA = ("LGL", "TR-News", "GeoWebNews", "GeoVirus", "GeoCorpora-clean", "TUD-Loc-2013", "HumSet", "gold")
WITHOUT_DEMONYMS = ("GeoVirus", "GeoCorpora-clean", "TUD-Loc-2013")
ARTICLE = 3000  # characters


def kept(corpus: str, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions that a corpus' guidelines mark."""
    return [m for m in mentions if corpus not in WITHOUT_DEMONYMS or m.role != "demonym"]


def score(gold: set[tuple[int, int]], found: set[tuple[int, int]]) -> tuple[int, int]:
    """Count exact matches and one-to-one overlaps."""
    pairs = sorted((-(min(g[1], f[1]) - max(g[0], f[0])), g, f) for g in gold for f in found)
    used_gold, used_found = set(), set()
    for shared, g, f in pairs:
        if shared < 0 and g not in used_gold and f not in used_found:
            used_gold.add(g)
            used_found.add(f)
    return len(gold & found), len(used_gold)


def calibration_error(stated: Sequence[float], right: Sequence[bool]) -> float:
    """Return the expected calibration error over ten bins.

    >>> calibration_error([0.75, 0.75, 0.95], [True, False, True])
    0.18333333333333335
    """
    chance, truth = np.array(stated), np.array(right, float)
    bins = np.minimum((chance * 10).astype(int), 9)
    gaps = [abs(float((chance - truth)[bins == b].sum())) for b in range(10)]
    return sum(gaps) / max(1, len(stated))


def accuracy(recognizer: Recognizer, corpora: Path, chosen: Iterable[str], only: int | None) -> None:
    """Print a line for each corpus: counts, exact precision, recall and F1, overlap F1, calibration error."""
    print(f"{'corpus':18}{'gold':>7}{'found':>7}{'P':>7}{'R':>7}{'exact':>7}{'overlap':>9}{'ECE':>7}")
    for corpus in chosen:
        documents = [d for d in read(corpora, corpus) if only is None or fold(d) == only]
        n_gold = n_found = exact = overlap = 0
        stated: list[float] = []
        right: list[bool] = []
        for document in documents:
            gold = {(t["start"], t["end"]) for t in document["toponyms"]}
            marked = kept(corpus, recognizer.recognize(document["text"]))
            stated += [m.score for m in marked]
            right += [(m.start, m.end) in gold for m in marked]
            spans = {(m.start, m.end) for m in marked}
            e, o = score(gold, spans)
            exact, overlap = exact + e, overlap + o
            n_gold, n_found = n_gold + len(gold), n_found + len(spans)
        both = max(1, n_gold + n_found)
        print(
            f"{corpus:18}{n_gold:7}{n_found:7}{exact / max(1, n_found):7.3f}{exact / max(1, n_gold):7.3f}"
            f"{2 * exact / both:7.3f}{2 * overlap / both:9.3f}{calibration_error(stated, right):7.3f}",
            flush=True,
        )


def articles(corpora: Path, count: int = 200) -> list[str]:
    """Make articles of 3,000 characters from the news corpora."""
    text = "\n\n".join(d["text"] for c in ("TR-News", "LGL", "GeoVirus") for d in read(corpora, c))
    return [text[i : i + ARTICLE] for i in range(0, len(text) - ARTICLE, ARTICLE)][:count]


def speed(recognizer: Recognizer, texts: list[str]) -> float:
    """Return articles per CPU second, one at a time."""
    recognizer.recognize(texts[0])
    start = time.process_time()
    for text in texts:
        recognizer.recognize(text)
    return len(texts) / (time.process_time() - start)


def _recognizer(model: str, data: Path) -> Recognizer:
    return FastRecognizer(data / "fast.json") if model == "fast" else NeuralRecognizer(model, data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--model", default="default")
    parser.add_argument("--fold", type=int)
    parser.add_argument("--data", type=Path, help="a folder of weights named as in geo/data")
    parser.add_argument("--only", nargs="+", default=CORPORA)
    parser.add_argument("--speed", action="store_true", help="measure the speed only")
    parser.add_argument("--linear", action="store_true", help="show that time grows with the text's length")
    o = parser.parse_args()
    recognizer = _recognizer(o.model, o.data) if o.data else load_recognizer(o.model)
    texts = articles(o.corpora)
    if o.linear:
        for n in (10, 20, 40, 80, 160):
            text = "".join(texts[:n])
            start = time.process_time()
            recognizer.recognize(text)
            spent = time.process_time() - start
            print(
                f"{len(text):9,} characters {spent:7.2f} CPU s {1e6 * spent / len(text):7.2f} µs a character"
            )
        return
    if not o.speed:
        accuracy(recognizer, o.corpora, o.only, o.fold)
    print(f"{speed(recognizer, texts):.1f} articles of {ARTICLE} characters per CPU second, one at a time")


if __name__ == "__main__":
    main()
