"""From a record to an article: its fields, its id, its language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dateline.errors import InputError
from dateline.geo import pages
from dateline.geo import readers as texts
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
    if "text" not in fields:
        fields = pages.read(record.html, fields.get("url", "")) | fields
    fields = {name: _sound(value) for name, value in fields.items()}
    language = fields.get("language", "").lower() or detect(fields["text"])
    where = f"{record.path}:{record.line}" if record.line else record.path
    made = texts.from_fields(fields | {"language": language}, where)
    return replace(made, id=" ".join(fields["id"].split())[:_LONGEST_ID]) if fields.get("id") else made


def made_of(records: Iterable[Record]) -> Iterator[Article | InputError]:
    """Make articles of records; where there is none, the reason why comes in its place."""
    for record in records:
        try:
            yield article(record)
        except InputError as error:
            yield InputError(f"{record.path}, record {record.line}: {error}")


def _sound(value: str) -> str:
    """Mend halves of surrogate pairs, which JSON may hold and no file can."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
