"""Measure event extraction: ``python -m benchmarks.events --corpora DIR [--errors]``."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks import gold_events


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--corpora", type=Path, required=True, help="the folder that holds gold/, events/, corpora/"
    )
    parser.add_argument("--errors", action="store_true", help="list every error")
    options = parser.parse_args()
    tally = gold_events.run(options.corpora / "gold" / "dateline-gold.dev.jsonl")
    print("gold articles, gold mentions")
    print("\n".join(gold_events.report(tally)))
    if options.errors:
        for kind, text in sorted(tally.errors):
            print(f"{kind}: {text}")


if __name__ == "__main__":
    main()
