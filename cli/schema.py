"""The columns of the four tables, in order; docs/schema.md says what each means."""

from __future__ import annotations

EVENTS = (
    *("id", "event_id", "article_id", "type", "mode", "acled", "status"),
    *("trigger", "trigger_start", "trigger_end", "quote", "quote_start", "quote_end"),
    *("mention_id", "place_id", "place", "country", "admin1", "precision", "radius_km"),
    *("start", "end", "date_text", "actors", "recipients", "fatalities", "injured", "affected", "at_least"),
    *("confidence", "alternatives", "reasons", "reports", "sources"),
    *("title", "source", "url", "published", "gazetteer", "geometry"),
)

PLACES = (
    *("place_id", "name", "country", "country_name", "admin1", "admin2", "feature_class", "feature_code"),
    *("population", "lat", "lon", "radius_km", "source", "n_mentions", "n_events", "geometry"),
)

MENTIONS = (
    *("mention_id", "article_id", "start", "end", "text", "role", "score"),
    *("place_id", "place", "probability", "status", "match", "alternatives", "reasons", "geometry"),
)

ARTICLES = (
    *("article_id", "title", "published", "source", "section", "url", "language", "path"),
    *("n_chars", "n_mentions", "n_events", "focus", "duplicate_of"),
)
