"""Measure event extraction on articles of our own: ``python -m benchmarks.own_events [FILE...] [--errors]``.

Without files, the development and the test half of ``benchmarks/articles/`` (its README says how they are
annotated).  They are invented, every event in them is annotated, and they need nothing that is not in the
repository.  Rules are written, and the linker is trained, looking at the development half only.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import gold_events
from benchmarks.events import pipeline, show
from dateline.geo.events import extract
from dateline.geo.model import Article, Event

ARTICLES = Path(__file__).parent / "articles"
#: Pins are counted by how sure they are said to be, between these.
SURE = (0.6, 0.7, 0.8, 0.9)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="*", help="files of annotated articles")
    parser.add_argument("--errors", action="store_true", help="list every error")
    options = parser.parse_args()
    resolve = pipeline()

    def parse(article: Article) -> list[Event]:
        return extract(article, resolve(article))

    for paths in [options.files] if options.files else [half("dev"), half("test")]:
        tally = gold_events.Tally()
        judged: list[tuple[float, bool]] = []
        for path in paths:
            for record in read(path):
                events = parse(gold_events.article(record))
                gold_events.score(record, events, tally)
                judged += pins(record, events)
        show(
            ", ".join(path.name for path in paths),
            [*gold_events.report(tally), whole(tally), *reliability(judged)],
        )
        if options.errors:
            show("errors", [f"{kind}: {text}" for kind, text in sorted(tally.errors)])


def half(name: str) -> list[Path]:
    """Return the files of the development or the test half: "dev", "test"."""
    return sorted((ARTICLES / name).glob("*.txt"))


def whole(tally: gold_events.Tally) -> str:
    """Return the figures over all sentences: here one without annotation has no event."""
    c = tally.counts
    pins, wrong = c["pins"] + c["pins unjudged"], c["pins wrong"] + c["pins unjudged"]
    f1 = 2 * c["matched"] / max(1, c["found"] + c["gold"])
    return (
        f"  over all sentences: P {tally.rate('matched', 'found'):.3f} F1 {f1:.3f}, "
        f"wrong pins {wrong / max(1, pins):.3f} ({wrong} of {pins})"
    )


def pins(record: dict[str, Any], events: Sequence[Event]) -> Iterator[tuple[float, bool]]:
    """Yield how sure each pin is said to be, and whether it is right; in any sentence, as in `whole`."""
    where = gold_events.matches(record, events)
    for i, (event, near) in enumerate(zip(events, gold_events.near(record, events), strict=True)):
        gold = record["events"][where[i]] if i in where else None
        right = gold_events.right_pins(record, event, gold, near)
        yield from zip((place.confidence for place in event.places), right, strict=True)


def reliability(judged: Sequence[tuple[float, bool]]) -> list[str]:
    """Return how many of the pins said to be so sure are right, and how many of the surest half are wrong."""
    lines = []
    for low, high in pairwise((0.0, *SURE, 1.01)):
        right = [good for sure, good in judged if low <= sure < high]
        if right:
            said = f"{low:.1f} or surer" if low else f"less sure than {high:.1f}"
            lines.append(f"  pins said to be {said}: {np.mean(right):.3f} of {len(right)} right")
    surest = sorted(judged, reverse=True)[: len(judged) // 2]
    wrong = sum(not good for _, good in surest)
    return [*lines, f"  wrong pins in the surest half: {wrong / max(1, len(surest)):.3f}"]


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the articles of a file as records like the gold's.

    Parameters
    ----------
    path
        Blocks of ``=== id | date | source | title``, the text, ``---``, and a line an event:
        ``TYPE; trigger; places; date; status; killed; injured``.

    Raises
    ------
    ValueError
        If a trigger is not in the text, naming the article.
    """
    for block in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
        head, body = block.split("\n", 1)
        doc_id, date, source, title = (part.strip() for part in head.split("|", 3))
        text, lines = body.split("\n---\n")
        record: dict[str, Any] = {"doc_id": doc_id, "date": date, "source": source, "title": title}
        record |= {"text": text, "toponyms": [], "events": []}
        for line in lines.strip().splitlines():
            record["events"].append(_event(record, [part.strip() for part in line.split(";")]))
        yield record


def _event(record: dict[str, Any], fields: list[str]) -> dict[str, Any]:
    type_, trigger, places, date, status, killed, injured = fields
    word, _, number = trigger.partition("#")
    starts = [m.start() for m in re.finditer(re.escape(word), record["text"])]
    if len(starts) < int(number or 1):
        raise ValueError(f"{record['doc_id']}: the text does not hold the trigger {trigger!r}")
    start = starts[int(number or 1) - 1]
    first = len(record["toponyms"])
    for name, _, country in (place.strip().rpartition("/") for place in places.split(",") if place.strip()):
        record["toponyms"].append({"text": name, "country": country})
    return {
        "type": type_,
        "trigger": [start, start + len(word)],
        "places": list(range(first, len(record["toponyms"]))),
        "date": None if date == "-" else date,
        "status": status,
        "fatalities": None if killed == "-" else int(killed),
        "injured": None if injured == "-" else int(injured),
    }


if __name__ == "__main__":
    main()
