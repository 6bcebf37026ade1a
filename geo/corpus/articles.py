"""From a record to an article: the text of web pages, dates, ids, the language."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from dateline.errors import InputError, MissingExtraError
from dateline.geo import readers as texts
from dateline.geo.corpus import columns
from dateline.geo.corpus.language import detect
from dateline.geo.corpus.readers import Record
from dateline.geo.model import Article

_LONGEST_ID = 200


def article(record: Record) -> Article:
    """Make an article of a record.

    Raises
    ------
    InputError
        If there is no article in it; the message is the reason alone, the record knows where it stands.
    """
    if record.problem:
        raise InputError(record.problem)
    fields = dict(record.fields)
    if record.html:
        fields = _page(record.html, fields.get("url", "")) | fields
    fields = {name: _sound(value) for name, value in fields.items()}
    text = fields["text"]
    made = texts.from_text(
        text,
        title=" ".join(fields.get("title", "").split()),
        date=columns.day(fields.get("date", "")),
        source=fields.get("source", ""),
        section=fields.get("section", ""),
        url=fields.get("url", ""),
        language=fields.get("language", "").lower() or detect(text),
        path=f"{record.path}:{record.line}" if record.line else record.path,
    )
    return replace(made, id=" ".join(fields["id"].split())[:_LONGEST_ID]) if fields.get("id") else made


def made_of(records: Iterable[Record]) -> Iterator[Article | InputError]:
    """Make articles of records; where there is none, the reason why comes in its place."""
    for record in records:
        try:
            yield article(record)
        except InputError as error:
            yield InputError(f"{record.path}, record {record.line}: {error}")


def _page(html: bytes, url: str) -> dict[str, str]:
    """Return the article of a web page, by trafilatura in its fast mode."""
    try:
        import trafilatura
    except ImportError:
        raise MissingExtraError("reading web pages", "corpus") from None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found: Any = trafilatura.bare_extraction(
        html, url=url or None, fast=True, with_metadata=True, include_comments=False
    )
    if not found or not found.text:
        raise InputError("no article was found in the page")
    read = {
        "text": found.text,
        "title": found.title,
        "date": found.date,
        "source": found.sitename or found.hostname,
        "url": found.url,
        "language": found.language,
    }
    return {name: str(value) for name, value in read.items() if value}


def _sound(value: str) -> str:
    """Mend halves of surrogate pairs, which JSON may hold and no file can."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
