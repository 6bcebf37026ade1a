"""Measure recognition and resolution on public corpora, ours beside a baseline's or anybody's predictions.

Examples (from the repository's root, Dateline installed)::

    python -m benchmarks.geoparsing --corpora shared/corpora
    python -m benchmarks.geoparsing --corpora shared/corpora --system baseline --gold-spans
    python -m benchmarks.geoparsing --corpora shared/corpora --predictions out/ --name "Mine"
    python -m benchmarks.geoparsing --corpora shared/corpora --write-predictions out/ --gold-spans
    python -m benchmarks.geoparsing --corpora shared/corpora --speed

The corpora are JSON lines with a README of their own and a scorer, ``score.py``, which computes every figure
(with ``--id-zero``).  The shipped weights were trained on development halves: on these, quote the
cross-validated figures of ``benchmarks/training`` instead; what is printed here for them is optimistic.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import json
import resource
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.baseline import Baseline
from benchmarks.corpora import FURTHER, TABLE, Gold, load, path_of, records
from benchmarks.recognition import WITHOUT_DEMONYMS
from dateline import gazetteer
from dateline.geo.model import Article, Mention, Resolution
from dateline.geo.recognition import load_recognizer
from dateline.geo.resolution import load_resolver

#: A system finds toponyms and resolves them; gold mentions, when given, replace its own.
System = Callable[[Article, Sequence[Mention] | None], list[Resolution]]
#: The names of the systems: our two modes, and the baseline.
SYSTEMS = ("default", "fast", "baseline")
COLUMNS = (("exact_F1", "exact F1"), ("acc161", "acc161"), ("all161", "all161"), ("e2e_F1", "e2e F1"))


def make_system(name: str) -> System:
    """Load a system by name."""
    gaz = gazetteer.open()
    if name == "baseline":
        return Baseline(gaz).run
    recognizer = load_recognizer(name)
    resolver = load_resolver(gaz, fast=name == "fast")

    def run(article: Article, mentions: Sequence[Mention] | None) -> list[Resolution]:
        found = recognizer.recognize(article.text) if mentions is None else mentions
        return resolver.resolve(article, found)

    return run


def predict(system: System, documents: Iterable[Gold], gold_spans: bool) -> list[dict[str, Any]]:
    """Return a record ``{doc_id, toponyms}`` for each document.

    Of the toponyms a system finds, demonyms are left out where the corpus does not mark them.
    """
    predicted = []
    for d in documents:
        found = system(d.article, d.mentions if gold_spans else None)
        if not gold_spans and d.corpus in WITHOUT_DEMONYMS:
            found = [r for r in found if r.mention.role != "demonym"]
        predicted.append({"doc_id": d.article.id, "toponyms": [toponym(r, gold_spans) for r in found]})
    return predicted


def toponym(resolution: Resolution, guess: bool) -> dict[str, Any]:
    """Return a resolution as the corpora write it; without coordinates where there is no place.

    With `guess`, "none of these" gives way to the likeliest place: given toponyms are known to be places.
    """
    mention, place = resolution.mention, resolution.place
    if guess and place is None and resolution.alternatives:
        place = resolution.alternatives[0].place
    return {
        "start": mention.start,
        "end": mention.end,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "geonameid": place.geonameid if place and resolution.match != "nearby" else None,
        "role": mention.role,
        "probability": round(resolution.probability, 4),
    }


def load_scorer(folder: Path) -> ModuleType:
    """Import the corpora's own ``score.py``."""
    spec = importlib.util.spec_from_file_location("score", folder / "score.py")
    if spec is None or spec.loader is None or not (folder / "score.py").exists():
        raise SystemExit(f"{folder}: no score.py there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(scorer: ModuleType, gold: Path, predictions: list[dict[str, Any]]) -> dict[str, Any]:
    """Score predictions; toponyms outside the documents and repeated ones count as the scorer says."""
    wanted = {str(r["doc_id"]): r["toponyms"] for r in records(gold)}
    found = {str(r["doc_id"]): r["toponyms"] for r in predictions}
    result: dict[str, Any] = scorer.score(wanted, found, id_zero=True)
    return result


def print_table(rows: Sequence[tuple[str, str, dict[str, Any]]]) -> None:
    """Print a Markdown table: a row for each system and corpus."""
    print(f"| system | corpus | toponyms | {' | '.join(title for _, title in COLUMNS)} |")
    print("|---|---|--:|" + "--:|" * len(COLUMNS))
    for name, corpus, result in rows:
        cells = [f"{result[key]:.3f}" if key in result else "-" for key, _ in COLUMNS]
        print(f"| {name} | {corpus} | {result['gold']} | {' | '.join(cells)} |")


def measure_speed(folder: Path, names: Sequence[str]) -> None:
    """Print articles of 3,000 characters a CPU-second and peak memory, each system on the same articles."""
    text = " \n".join(d.article.text for corpus in ("TR-News", "LGL") for d in load(folder, corpus))
    articles = [Article(str(i), text[i : i + 3000]) for i in range(0, min(len(text), 360_000), 3000)]
    for name in names:
        start = time.perf_counter()
        system = make_system(name)
        system(articles[0], None)
        cold = time.perf_counter() - start
        for article in articles[:20]:
            system(article, None)
        gc.collect()
        gc.freeze()  # as workers of a corpus do: later collections need not look at the models
        cpu = time.process_time()
        for article in articles[20:]:
            system(article, None)
        cpu = time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rate = (len(articles) - 20) / cpu
        print(f"{name}: {rate:.1f} articles/CPU-s, first result {cold:.2f} s, peak so far {peak:.0f} MB")


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True, help="folder of *.jsonl.gz and score.py")
    parser.add_argument("--only", nargs="+", default=[*TABLE, *FURTHER], help="names of corpora")
    parser.add_argument("--system", nargs="+", choices=SYSTEMS, default=["default", "fast"])
    parser.add_argument("--gold-spans", action="store_true", help="resolve the gold mentions")
    parser.add_argument("--predictions", type=Path, help="score this folder of CORPUS.jsonl instead")
    parser.add_argument("--name", default="predictions", help="what to call the system of --predictions")
    parser.add_argument(
        "--write-predictions", type=Path, metavar="OUT", help="also write OUT/SYSTEM/CORPUS.jsonl"
    )
    parser.add_argument("--speed", action="store_true", help="measure speed instead")
    options = parser.parse_args()
    if options.speed:
        measure_speed(options.corpora, options.system)
        return
    scorer = load_scorer(options.corpora)
    gold = {name: path_of(options.corpora, name) for name in options.only}
    gold = {name: path for name, path in gold.items() if path.exists()}
    rows = []
    if options.predictions:
        for corpus, path in gold.items():
            file = options.predictions / f"{corpus}.jsonl"
            if file.exists():
                rows.append((options.name, corpus, score(scorer, path, records(file))))
    for name in [] if options.predictions else options.system:
        run = partial(predict, make_system(name), gold_spans=options.gold_spans)
        for corpus, path in gold.items():
            found = run(load(options.corpora, corpus))
            if options.write_predictions:
                out = options.write_predictions / name / f"{corpus}.jsonl"
                out.parent.mkdir(parents=True, exist_ok=True)
                out.write_text("".join(json.dumps(r) + "\n" for r in found), "utf-8")
            rows.append((name, corpus, score(scorer, path, found)))
    print_table(rows)


if __name__ == "__main__":
    main()
