"""The record of an event: what is handed out of what an article reports."""

from __future__ import annotations

from dateline.geo import event_names, subevents
from dateline.geo.confidence import Judged
from dateline.geo.model import Article, Event
from dateline.geo.reports import Found
from dateline.geo.statements import is_unknown
from dateline.geo.triggers import VERBAL


def record(article: Article, judged: Judged) -> Event:
    """Return the record of an event that an article reports."""
    item, places = judged.event, judged.places
    tokens, trigger = item.tokens, item.trigger
    start, end = tokens[trigger.first].start, tokens[trigger.last].end
    reasons = [*item.reasons, *item.when, *(f"place: {link.reason}" for link in item.links)]
    if not places:
        reasons.append(_unlocated(item))
    reasons.append(f'date: "{item.date.text}"' if item.date else "the text does not say when")
    return Event(
        article_id=article.id,
        type=trigger.type,
        mode=event_names.mode_of(item),
        trigger_start=start,
        trigger_end=end,
        trigger=article.text[start:end],
        quote_start=item.sentence.start,
        quote_end=item.sentence.end,
        quote=article.text[item.sentence.start : item.sentence.end],
        status=item.status,
        confidence=max((place.confidence for place in places), default=judged.probability),
        places=places,
        start=item.date.interval.first if item.date else None,
        end=item.date.interval.last if item.date else None,
        date_text=item.date.text if item.date else "",
        actors=item.actors,
        recipients=item.recipients,
        fatalities=item.numbers.get("fatalities"),
        injured=item.numbers.get("injured"),
        affected=item.numbers.get("affected"),
        acled=subevents.of(tokens, trigger),
        reasons=tuple(reasons),
    )


def _unlocated(item: Found) -> str:
    """Return why an event has no place."""
    if not all(is_unknown(link.spot.resolution) for link in item.links):
        return "too unsure to be pinned"
    if item.trigger.type in VERBAL:
        return "an act of speech is not pinned"
    if item.unknown:
        return f"not pinned: the gazetteer does not know {' or '.join(item.unknown)}"
    return "the text does not say where"
