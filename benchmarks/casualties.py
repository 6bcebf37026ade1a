"""Count how often dead and injured are told right: ``python -m benchmarks.casualties [--errors]``.

``casualties.txt`` holds lines ``killed;injured;sentence``, "-" where none is stated, by two instances of a
language model (November 2026); rules were then written from what was wrong, so the figure is a guard.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.events import pipeline
from dateline.geo.events import extract
from dateline.geo.model import Article, Event, Quantity

SENTENCES = Path(__file__).parent / "casualties.txt"
#: Any day: no sentence tells one that matters here.
PUBLISHED = dt.date(2026, 11, 30)


def read() -> Iterator[tuple[int, int, str]]:
    """Yield the killed and injured of each sentence (0 for none stated), and the sentence."""
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        killed, injured, sentence = line.split(";", 2)
        yield int(killed.replace("-", "0")), int(injured.replace("-", "0")), sentence


def most(events: Sequence[Event], of: Callable[[Event], Quantity | None]) -> int:
    """Return the largest number that events tell, 0 for none."""
    return max((quantity.value for event in events if (quantity := of(event))), default=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list what is not right")
    options = parser.parse_args()
    resolve = pipeline()
    right = wrong = total = 0
    for killed, injured, sentence in read():
        article = Article("plain", sentence, date=PUBLISHED)
        events = extract(article, resolve(article))
        told = most(events, lambda e: e.fatalities), most(events, lambda e: e.injured)
        total += 1
        right += told == (killed, injured)
        wrong += any(number and number != gold for number, gold in zip(told, (killed, injured), strict=True))
        if options.errors and told != (killed, injured):
            print(f"{killed}, {injured} told as {told[0]}, {told[1]}: {sentence}")
    print(f"{total} sentences: {right} right, {wrong} with a wrong number")


if __name__ == "__main__":
    main()
