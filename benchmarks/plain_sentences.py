"""Count places missed in plain sentences: ``python -m benchmarks.plain_sentences [--model M] [--missed]``.

Every name of four letters and more in ``world-names.csv`` stands once in each of three sentences that say
nothing else of where it is.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator

from benchmarks.gazetteer import WORLD
from dateline.geo.recognition import MODELS, Recognizer, load_recognizer

SENTENCES = (
    "Shelling hit {} on Monday, killing two people, officials said.",
    "Police in {} said on Tuesday that a bus had overturned, injuring nine.",
    "Thousands protested in {} and the mayor appealed for calm.",
)
SHORTEST = 4


def names() -> list[str]:
    """Return the names, in Latin letters without accents."""
    with WORLD.open(encoding="utf-8", newline="") as file:
        found = [row["name"] for row in csv.DictReader(file)]
    return [name for name in found if name.isascii() and len(name) >= SHORTEST]


def missed(recognizer: Recognizer) -> Iterator[str]:
    """Yield the sentences whose place is not found, or not the whole of it."""
    for name in names():
        for sentence in SENTENCES:
            text = sentence.format(name)
            if not any(name in mention.text for mention in recognizer.recognize(text)):
                yield text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", choices=MODELS, default="default")
    parser.add_argument("--missed", action="store_true", help="list them")
    options = parser.parse_args()
    lost = list(missed(load_recognizer(options.model)))
    print(f"{options.model}: {len(lost)} of {len(SENTENCES) * len(names())} missed")
    if options.missed:
        print(*lost, sep="\n")


if __name__ == "__main__":
    main()
