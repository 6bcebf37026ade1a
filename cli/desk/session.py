"""What the desk is working on: articles, what was found in them, and what people made of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from dateline.desk.journal import Journal
from dateline.geo import Article, Geoparser, Parsed, Result
from dateline.geo.model import Mention, Resolution
from dateline.maps import palette

#: More articles than these are not parsed only to be put in order; a run knows their order.
_PARSED_FOR_ORDER = 200


class Session:
    """The articles of one desk.

    Parameters
    ----------
    articles : iterable of Article
    parser : Geoparser
    journal : Journal
        The file of corrections.
    unsure : mapping, optional
        Article id -> how many of its mentions an earlier run was unsure of.
    """

    def __init__(
        self,
        articles: Iterable[Article],
        parser: Geoparser,
        journal: Journal,
        unsure: Mapping[str, int] | None = None,
    ) -> None:
        self.articles = {article.id: article for article in articles}
        self._known_unsure = dict(unsure or {})
        self.parser = parser
        self.journal = journal
        # Recognition is the slow part and no correction changes it.
        self._mentions = lru_cache(maxsize=64)(self._recognize)

    def add(self, article: Article) -> None:
        """Take in an article; one that is there already is not taken twice."""
        self.articles.setdefault(article.id, article)

    def parsed(self, article_id: str) -> Parsed:
        """Return an article with its places and events, corrections applied."""
        return self.parser.parse(
            self.articles[article_id],
            mentions=self._mentions(article_id),
            corrections=self.journal.corrections(),
        )

    def result(self, article_ids: Iterable[str] | None = None) -> Result:
        """Return the tables of some articles, of all unless named."""
        ids = list(self.articles) if article_ids is None else list(article_ids)
        return Result.from_parsed([self.parsed(each) for each in ids], self.parser.gazetteer)

    def in_order(self, unsure_first: bool = False) -> list[Article]:
        """Return the articles as they came, or those with most that is unsure first."""
        articles = list(self.articles.values())
        return sorted(articles, key=lambda article: -self._unsure(article.id)) if unsure_first else articles

    def _unsure(self, article_id: str) -> int:
        if self._known_unsure or len(self.articles) > _PARSED_FOR_ORDER:
            return self._known_unsure.get(article_id, 0)
        return sum(not r.sure for r in self.parsed(article_id).resolutions if r.mention.role == "literal")

    def _recognize(self, article_id: str) -> tuple[Mention, ...]:
        return tuple(self.parser.recognize(self.articles[article_id]))


def as_json(parsed: Parsed, journal: Journal) -> dict[str, Any]:
    """Return what the page shows of an article; the page sets every string as text."""
    article = parsed.article
    return {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "source": article.source,
        "date": article.date.isoformat() if article.date else None,
        "revision": journal.revision(article.id),
        "can_undo": journal.undoable(article.id) is not None,
        "can_redo": journal.redoable(article.id) is not None,
        "types": list(palette.SYMBOLS),
        "mentions": [_mention(resolution) for resolution in parsed.resolutions],
        "events": [
            {
                "start": event.trigger_start,
                "quote": event.quote,
                "type": event.type,
                "mode": event.mode,
                "status": event.status,
                "from": event.start.isoformat() if event.start else None,
                "to": event.end.isoformat() if event.end else None,
                "confidence": round(event.confidence, 3),
                "places": [_place(at.resolution.place) for at in event.places if at.resolution.place],
                "mentions": [[at.resolution.mention.start, at.resolution.mention.end] for at in event.places],
                "reasons": list(event.reasons),
            }
            for event in parsed.events
        ],
    }


def _mention(resolution: Resolution) -> dict[str, Any]:
    mention = resolution.mention
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "role": mention.role,
        "place": _place(resolution.place) if resolution.place else None,
        "probability": round(resolution.probability, 3),
        "sure": resolution.sure,
        "match": resolution.match,
        "reasons": list(resolution.reasons),
        "alternatives": [
            _place(other.place) | {"probability": round(other.probability, 3)}
            for other in resolution.alternatives
        ],
    }


def _place(place: Any) -> dict[str, Any]:
    return {
        "id": place.id,
        "name": place.name,
        "label": str(place),
        "lat": place.lat,
        "lon": place.lon,
        "country": place.country,
        "admin1": place.admin1,
        "kind": place.feature_code,
    }


def places_json(session: Session, query: str) -> list[dict[str, Any]]:
    """Return what the gazetteer knows by a name, for the page's search box."""
    return [
        _place(match.place) | {"match": match.kind} for match in session.parser.gazetteer.find(query, limit=9)
    ]


def gold_line(parsed: Parsed) -> str:
    """Return an article in the evaluation schema, so that a newsroom grows its own gold data."""
    toponyms = [
        {
            "start": r.mention.start,
            "end": r.mention.end,
            "text": r.mention.text,
            "role": r.mention.role,
            "lat": r.place.lat if r.place else None,
            "lon": r.place.lon if r.place else None,
            "geonameid": r.place.geonameid if r.place else None,
            "checked": r.match == "correction",
        }
        for r in parsed.resolutions
    ]
    line = {"doc_id": parsed.article.id, "text": parsed.article.text, "toponyms": toponyms}
    return json.dumps(line, ensure_ascii=False)
