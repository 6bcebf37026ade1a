"""Count how often headlines are read right, alone: ``python -m benchmarks.headlines [FILE] [--errors]``.

``headlines.txt`` holds lines ``type;place;killed;headline``, "-" where none is stated, by two instances of a
language model (November 2026); rules were then written from what was wrong, so the figures are a guard.
``headlines-later.txt`` is by a third, of which the rules of b605f2f had seen nothing; later ones have.
A place is wanted even where it only speaks ("Budapest rejects..."): not all can be right.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.casualties import PUBLISHED, most
from benchmarks.events import pipeline
from benchmarks.gold_events import GROUP, plain
from dateline.geo.events import extract
from dateline.geo.model import Article, Event

HEADLINES = Path(__file__).parent / "headlines.txt"


def read(path: Path) -> Iterator[tuple[str, str, int, str]]:
    """Yield the type, the place ("-" for none), the killed (0 for none) and the text of each headline."""
    for line in path.read_text(encoding="utf-8").splitlines():
        type_, place, killed, headline = line.split(";", 3)
        yield type_, plain(place), int(killed) if killed.isdigit() else 0, headline


def is_at(event: Event, place: str) -> bool:
    """Return whether an event has a place that is named so, or none where none is wanted."""
    names = [plain(linked.resolution.mention.text) for linked in event.places]
    return any(place in name or name in place for name in names) if place != plain("-") else not names


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", default=HEADLINES)
    parser.add_argument("--errors", action="store_true", help="list what is not right")
    options = parser.parse_args()
    resolve = pipeline()
    counts: Counter[str] = Counter()
    for type_, place, killed, headline in read(options.file):
        article = Article("plain", headline, date=PUBLISHED)
        events = extract(article, resolve(article))
        of_type = [event for event in events if GROUP[event.type] == GROUP[type_]]
        first = next(iter(of_type or events), None)
        right = {
            "with an event": first is not None,
            "of the right kind": bool(of_type),
            "at the right place": first is not None and is_at(first, place),
            "with the right dead": most(events, lambda e: e.fatalities) == killed,
        }
        counts.update(what for what, is_so in right.items() if is_so)
        counts["headlines"] += 1
        if options.errors and not all(right.values()):
            print(f"not {', '.join(what for what, is_so in right.items() if not is_so)}: {headline}")
    print(", ".join(f"{count} {what}" for what, count in counts.most_common()))


if __name__ == "__main__":
    main()
