"""Measure event extraction: ``python -m benchmarks.events --corpora DIR [--whole] [--errors]``.

Without ``--whole`` only what needs neither models nor training: the gold articles with their gold mentions,
event types by the lexicon, dates.  ``--whole`` adds raw text (our own mentions and places), the linker's
cross-validation and the linear type classifier (LightGBM and scikit-learn).
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import event_actors, event_dates, event_types, gold_events, links
from benchmarks.corpora import half
from dateline.geo.events import extract
from dateline.geo.model import Article, Event, Resolution


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder of gold/, events/, corpora/")
    parser.add_argument("--whole", action="store_true", help="also what needs models and training")
    parser.add_argument("--errors", action="store_true", help="list every error on the gold articles")
    parser.add_argument("--cache", type=Path, help="keep HaltermanEvents' resolved mentions in this file")
    options = parser.parse_args()
    gold, sets = half(options.corpora / "gold", "dateline-gold"), options.corpora / "events"
    tally = gold_events.run(gold)
    show("gold articles, gold mentions", gold_events.report(tally))
    if options.whole:
        resolve = pipeline()

        def parse(article: Article) -> list[Event]:
            return extract(article, resolve(article))

        tally = gold_events.run(gold, parse)
        show("gold articles, raw text", gold_events.report(tally))
        news = event_dates.main_events(half(sets, "giveme5w1h"), parse)
        show("Giveme5W1H, main event", [f"{name}: {value:.3f}" for name, value in news.items()])
        plover = half(sets, "plover-gsr")
        show("PLOVER, who did it to whom", event_actors.report(plover, resolve))
        with tempfile.TemporaryDirectory() as folder:
            cache = options.cache or Path(folder) / "resolved.pickle"
            show("HaltermanEvents", links.cross_validate(links.load(options.corpora, cache)))
    show("event types", event_types.report(sets, whole=options.whole))
    wrong = event_types.confusion(sets)[:15]
    show("commonest confusions, CASE-2021", [f"{want} taken for {got}: {n}" for want, got, n in wrong])
    right, _ = event_dates.timenorm(half(sets, "timenorm"))
    show("timenorm, exactly right", [f"{grain}: {share:.3f}" for grain, share in right.items()])
    if options.errors:
        show("errors on the gold articles", [f"{kind}: {text}" for kind, text in sorted(tally.errors)])


def show(title: str, lines: list[str]) -> None:
    """Print a section."""
    print(f"{title}\n  " + "\n  ".join(lines) + "\n")


def pipeline() -> Callable[[Article], list[Resolution]]:
    """Return the way from raw text to resolved places, by our own recogniser and resolver."""
    from dateline import gazetteer
    from dateline.geo.recognition import load_recognizer
    from dateline.geo.resolution import load_resolver

    recognizer, resolver = load_recognizer(), load_resolver(gazetteer.open())
    return lambda article: resolver.resolve(article, recognizer.recognize(article.text))


if __name__ == "__main__":
    main()
