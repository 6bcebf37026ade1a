"""Named lists of words, read from ``data/events/words.csv`` so that anybody can read and extend them."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "events"


@lru_cache(maxsize=1)
def all_wordlists() -> dict[str, frozenset[str]]:
    """Return every list by its name."""
    with open(DATA / "words.csv", encoding="utf-8", newline="") as file:
        return {row["group"]: frozenset(row["words"].split("|")) for row in csv.DictReader(file)}


def wordlist(name: str) -> frozenset[str]:
    """Return one list.

    >>> "drone" in wordlist("weapon")
    True
    """
    return all_wordlists()[name]
