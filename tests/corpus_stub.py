"""A parser for tests of corpora: every ``Kharkiv`` is a mention, every ``strike`` near one is an event.

Worker processes import it by name, so it is a module of its own.
"""

import os
import re
import signal
import sys
from pathlib import Path

from shapely import Point

from dateline.gazetteer import Place
from dateline.geo.model import Article, Event, EventPlace, Mention, Resolution
from dateline.geo.pipeline import Parsed

PLACES = {
    "Kharkiv": Place("geonames:706483", "Kharkiv", 49.98081, 36.25272, "P", "PPLA", "UA", "Ukraine"),
    "Kyiv": Place("geonames:703448", "Kyiv", 50.45466, 30.5238, "P", "PPLC", "UA", "Ukraine"),
    "Lagos": Place("geonames:2332459", "Lagos", 6.45407, 3.39467, "P", "PPLA2", "NG", "Nigeria"),
}


class Gazetteer:
    """Three places."""

    version = "test"

    def row(self, place_id: str) -> int:
        return next((row for row, place in enumerate(PLACES.values()) if place.id == place_id), -1)

    def place(self, row: int) -> Place:
        return list(PLACES.values())[row]

    def geometry(self, place: Place) -> Point:
        return Point(place.lon, place.lat)


class Parser:
    """Finds the three places; stops the worker or the run where an article says so."""

    def __init__(self, trap: str = "") -> None:
        self.gazetteer = Gazetteer()
        self._trap = trap

    def parse(self, article: Article) -> Parsed:
        if "kill-worker" in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if self._trap and "kill-once" in article.text and not Path(self._trap).exists():
            Path(self._trap).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if "parser-bug" in article.text:
            raise ZeroDivisionError("division by zero")
        found = [
            Resolution(Mention(m.start(), m.end(), m[0]), PLACES[m[0]], 0.9)
            for m in re.finditer("|".join(PLACES), article.text)
        ]
        events = [_strike(article, m, found[0]) for m in re.finditer("strike", article.text) if found]
        focus = tuple((place, 1.0) for place in dict.fromkeys(r.place for r in found) if place)
        return Parsed(article, tuple(found), tuple(events), focus)


def _strike(article: Article, match: re.Match[str], at: Resolution) -> Event:
    place = at.place
    assert place is not None
    spot = EventPlace(at, 0.8, "exact", 5.0, place.lat, place.lon)
    return Event(
        article_id=article.id,
        type="ASSAULT",
        mode="airstrike",
        trigger_start=match.start(),
        trigger_end=match.end(),
        trigger=match[0],
        quote_start=0,
        quote_end=len(article.text),
        quote=article.text,
        status="actual",
        confidence=0.8,
        places=(spot,),
        start=article.date,
        end=article.date,
    )


def main() -> None:
    """Run a corpus as a process of its own, so that a test can kill it: corpus_stub.py CORPUS DIR TRAP."""
    from functools import partial

    from dateline.geo import corpus

    source, directory, trap = sys.argv[1:4]
    corpus.run(
        [source], directory, workers=2, batch_size=5, parser=partial(Parser, trap), gazetteer=Gazetteer
    )


if __name__ == "__main__":
    main()
