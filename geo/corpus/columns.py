"""Which column of a table holds what: chosen by the user, or guessed and said aloud."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dateline.errors import InputError

#: Field of an article -> names its column usually has, likeliest first; compared without case, - and _.
NAMES = {
    "text": "text body content article articletext fulltext maintext articlebody story plaintext rawtext",
    "title": "title headline head",
    "date": "date published publishdate publishedat pubdate datepublish datepublished publicationdate "
    "datetime firstpublished createdat timestamp",
    "source": "source publisher outlet domain sitename sourcedomain publication media newspaper",
    "section": "section category",
    "url": "url link uri",
    "language": "language lang",
    "id": "id articleid uuid guid docid",
}

#: Columns that tell a file of Dateline's own: the four tables, corrections, what a run left out.
_OWN = (
    {"event_id", "trigger", "precision"},
    {"place_id", "feature_code", "n_mentions"},
    {"mention_id", "article_id", "role"},
    {"article_id", "n_mentions", "focus"},
    {"id", "action", "text"},
)

_SHORTEST_TEXT = 40


def choose(
    names: Sequence[str], samples: Iterable[Mapping[str, Any]], given: Mapping[str, str]
) -> dict[str, str]:
    """Return the column of each field of an article.

    Parameters
    ----------
    names : sequence of str
        The columns there are.
    samples : iterable of mapping
        Some rows; a text column without a usual name is known by its long strings.
    given : mapping
        Field -> column, as the user chose; never overruled.

    Raises
    ------
    InputError
        If a chosen column is missing, no column holds text, or the columns are those of a file that Dateline
        wrote and none is chosen for the text.

    Examples
    --------
    >>> choose(["Headline", "articleBody", "n"], [], {})
    {'text': 'articleBody', 'title': 'Headline'}
    """
    there = f"its columns are {', '.join(map(repr, names)) or 'none'}"
    for field, column in given.items():
        if column not in names:
            raise InputError(f"no column {column!r} for the {field}; {there}")
    if "text" not in given and any(own <= set(names) for own in _OWN):
        raise InputError("was written by Dateline and holds no articles; give the articles it was made of")
    plain = {re.sub("[-_ ]", "", name.lower()): name for name in reversed(names)}
    chosen = dict(given)
    for field, usual in NAMES.items():
        if field not in chosen and (known := next((plain[n] for n in usual.split() if n in plain), None)):
            chosen[field] = known
    if "text" not in chosen:
        chosen["text"] = _longest(list(samples), set(chosen.values()))
    if not chosen["text"]:
        raise InputError(f"no column looks like an article's text; {there}: name one with --text-column")
    return {field: chosen[field] for field in NAMES if field in chosen}


def _longest(samples: list[Mapping[str, Any]], taken: set[str]) -> str:
    """Return the column whose strings are longest on average, empty if none is as long as a sentence."""
    totals: dict[str, int] = {}
    for row in samples:
        for name, value in row.items():
            if isinstance(value, str) and name not in taken:
                totals[name] = totals.get(name, 0) + len(value)
    best = max(totals, key=lambda name: totals[name], default="")
    return best if best and totals[best] >= _SHORTEST_TEXT * len(samples) else ""


def say(chosen: Mapping[str, str]) -> str:
    """Return in words which column is taken for what, and that there is no date, which events miss most."""
    said = ", ".join(f"{field} in {column!r}" for field, column in chosen.items())
    return said if "date" in chosen else f"{said}; no date (--column date=NAME names one)"


def value(cell: Any) -> str:
    """Return a cell as a string; paragraphs in a list are joined, null is empty.

    Raises
    ------
    InputError
        If it holds something else.
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, (int, float, dt.date)):
        return "" if cell != cell else str(cell)  # NaN is Parquet's usual "no value"
    if isinstance(cell, list) and all(isinstance(part, str) for part in cell):
        return "\n\n".join(cell)
    raise InputError(f"holds {type(cell).__name__}, not text")
