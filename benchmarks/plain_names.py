"""Count what plain names are taken for: ``python -m benchmarks.plain_names [--misses] [--bundle DIR]``.

``plain-names.csv`` holds names that newspapers print bare, each with the place that a reader of world news
takes it for: language models wrote them down with rough points, not looking anything up.  Each is resolved in
a sentence that says nothing else of where it is.  What was wrong and sure was then mended, mostly in the
gazetteer's tables, so the figures are a guard and no measure of unseen names.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.gold_events import distance_km
from dateline import gazetteer
from dateline.gazetteer import Place
from dateline.geo.model import Article, Mention, Resolution
from dateline.geo.resolution import Resolver, load_resolver

NAMES = Path(__file__).parent / "plain-names.csv"
SENTENCE = "There was news from {} on Tuesday."
#: A rough point is right to so many km, or within the place's own radius; stated with so much is sure.
ROUGH_KM, SURE = 40.0, 0.5


@dataclass(frozen=True)
class Plain:
    """A name and where its place is: country (empty for none), degrees, and km from the point."""

    name: str
    country: str
    lat: float
    lon: float
    radius_km: float

    def fits(self, place: Place) -> bool:
        """Return whether a place may be the one meant."""
        if self.country and place.country and place.country != self.country:
            return False
        away = distance_km(place.lat, place.lon, self.lat, self.lon)
        return away <= max(ROUGH_KM, self.radius_km, 1.2 * place.radius_km)


def read() -> Iterator[Plain]:
    """Yield the names."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lat, lon, radius = (float(row[key]) for key in ("lat", "lon", "radius_km"))
            yield Plain(row["name"], row["country"], lat, lon, radius)


def resolved(resolver: Resolver, name: str) -> Resolution:
    """Return what a name is taken for where nothing else tells."""
    text = SENTENCE.format(name)
    at = text.index(name)
    return resolver.resolve(Article("plain", text), [Mention(at, at + len(name), name, "literal", 1.0)])[0]


def verdict(plain: Plain, found: Resolution) -> str:
    """Return "right" or "wrong", "sure" or not; "none" where no place is stated."""
    if found.place is None:
        return "none"
    right = "right" if plain.fits(found.place) else "wrong"
    return f"{right}, {'sure' if found.probability >= SURE else 'unsure'}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list what is not right and sure")
    parser.add_argument("--bundle", type=Path, help="another bundle than the installed one")
    options = parser.parse_args()
    resolver = load_resolver(gazetteer.open(options.bundle))
    counts: Counter[str] = Counter()
    for plain in read():
        found = resolved(resolver, plain.name)
        told = verdict(plain, found)
        counts[told] += 1
        if options.misses and told != "right, sure":
            print(f"{told}: {plain.name} ({plain.country}): {found.place} {found.probability:.2f}")
    print(f"{counts.total()} plain names: " + "; ".join(f"{k} {n}" for k, n in counts.most_common()))


if __name__ == "__main__":
    main()
