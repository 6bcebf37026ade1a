"""The way of an article: mentions, candidates, resolved places, events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from dateline.errors import InputError
from dateline.gazetteer import Gazetteer, Place
from dateline.gazetteer import open as open_gazetteer
from dateline.geo import events, readers
from dateline.geo.corrections import Corrections
from dateline.geo.lexicon import load_lexicon
from dateline.geo.model import Article, Event, Mention, Resolution
from dateline.geo.recognition import Recognizer, load_recognizer
from dateline.geo.resolution import focus, load_resolver
from dateline.geo.result import Result


class Geocoder(Protocol):
    """What fills in places that the gazetteer lacks (:class:`dateline.geo.geocoding.Fallback`)."""

    def fill(self, article: Article, resolutions: list[Resolution]) -> list[Resolution]:
        """Return the resolutions, with places for those that had none where the geocoder knows one."""
        ...


@dataclass(frozen=True, slots=True)
class Parsed:
    """One article with everything found in it."""

    article: Article
    resolutions: tuple[Resolution, ...]
    events: tuple[Event, ...]
    focus: tuple[tuple[Place, float], ...]


class Geoparser:
    """Finds the places of articles and the events that happened there.

    Loads its models once; use one for many articles.

    Parameters
    ----------
    model : {"default", "fast"}
        ``fast`` is much faster and a little worse.
    gazetteer : Gazetteer, optional
        The bundled one unless given.
    geocoder : Geocoder, optional
        Asked for places the gazetteer lacks; none unless given, so that no request leaves the machine.
    corrections : Corrections, optional
        What people put right in earlier runs; holds against the models.
    recognizer : Recognizer, optional
        Finds the names, instead of the model's own: another language's, a list, a newsroom's tagger.
    triggers : str or Path, optional
        A CSV file of words that report events, read before the bundled ones
        (:func:`dateline.geo.lexicon.load_lexicon`).

    Examples
    --------
    >>> parsed = Geoparser().parse(readers.from_text("A strike had hit the city of Kharkiv, Ukraine."))
    >>> [(r.mention.text, r.place.id) for r in parsed.resolutions]
    [('Kharkiv', 'geonames:706483'), ('Ukraine', 'geonames:690791')]
    """

    def __init__(
        self,
        model: str = "default",
        *,
        gazetteer: Gazetteer | None = None,
        geocoder: Geocoder | None = None,
        corrections: Corrections | None = None,
        recognizer: Recognizer | None = None,
        triggers: str | Path | None = None,
    ) -> None:
        self.gazetteer = gazetteer or open_gazetteer()
        self._recognizer = recognizer or load_recognizer(model)
        self._lexicon = load_lexicon(Path(triggers) if triggers else None)
        self._resolver = load_resolver(self.gazetteer, fast=model == "fast")
        self._geocoder = geocoder
        self._corrections = corrections or Corrections()

    def recognize(self, article: Article) -> list[Mention]:
        """Find the toponyms of one article, whatever people have put right in it."""
        return [m for m in self._recognizer.recognize(article.text) if m.start >= article.body_start]

    def parse(
        self,
        article: Article,
        *,
        mentions: Sequence[Mention] | None = None,
        corrections: Corrections | None = None,
    ) -> Parsed:
        """Find the places and events of one article.

        Parameters
        ----------
        article : Article
        mentions : sequence of Mention, optional
            What :meth:`recognize` gave for it, if it is known already.
        corrections : Corrections, optional
            Instead of those the parser was made with.

        Returns
        -------
        Parsed
        """
        right = self._corrections if corrections is None else corrections
        found = self.recognize(article) if mentions is None else mentions
        resolutions = self._resolver.resolve(article, right.mentions(article, found))
        if self._geocoder:
            resolutions = self._geocoder.fill(article, resolutions)
        resolutions = right.resolutions(article, resolutions, self.gazetteer)
        reported = events.extract(article, resolutions, self._lexicon)
        return Parsed(
            article,
            tuple(resolutions),
            tuple(right.events(article, reported, resolutions, self.gazetteer)),
            tuple(focus(article, resolutions)),
        )


def geoparse(
    source: str | Path | Article | Iterable[str | Path | Article],
    *,
    model: str = "default",
    gazetteer: Gazetteer | None = None,
    geocoder: Geocoder | None = None,
    corrections: Corrections | None = None,
    recognizer: Recognizer | None = None,
    triggers: str | Path | None = None,
) -> Result:
    """Find the places and events of articles.

    Parameters
    ----------
    source : str, Path, Article, or several of them
        Files, glob patterns, or articles made by :func:`dateline.geo.from_text`.
    model, gazetteer, geocoder, corrections, recognizer, triggers
        As for :class:`Geoparser`.

    Returns
    -------
    Result
        Four linked tables; what could not be read stands in ``result.problems``.

    Raises
    ------
    InputError
        If not one article could be read.

    Examples
    --------
    >>> result = geoparse(readers.from_text("Talks resumed in Abu Dhabi on 1 February 2026."))
    >>> result.events[["type", "place", "start"]].values.tolist()
    [['CONSULT', 'Abu Dhabi', Timestamp('2026-02-01 00:00:00+0000', tz='UTC')]]
    """
    items = [source] if isinstance(source, (str, Path, Article)) else list(source)
    articles: dict[str, Article] = {}
    problems: list[str] = []
    copies = 0
    for item in _read(items):
        if isinstance(item, InputError):
            problems.append(str(item))
        elif item.id in articles:
            copies += 1
        else:
            articles[item.id] = item
    if not articles:
        raise InputError("; ".join(problems) or "no articles were given; name at least one file")
    parser = Geoparser(
        model,
        gazetteer=gazetteer,
        geocoder=geocoder,
        corrections=corrections,
        recognizer=recognizer,
        triggers=triggers,
    )
    right = corrections or Corrections()
    problems += [problem for article in articles.values() for problem in right.misplaced(article)]
    result = Result.from_parsed(
        [parser.parse(article) for article in articles.values()],
        parser.gazetteer,
        problems=tuple(problems),
        copies=copies,
        corrections=right.about(articles),
    )
    return right.merged(result)


def _read(items: list[str | Path | Article]) -> Iterable[Article | InputError]:
    for item in items:
        if isinstance(item, Article):
            yield item
        else:
            yield from readers.read_many([str(item)])
