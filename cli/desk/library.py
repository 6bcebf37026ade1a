"""What the desk opens: files of every format that ``dateline run`` reads, and the folders that it writes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dateline.errors import InputError
from dateline.geo import Article
from dateline.geo.corpus import sources, store
from dateline.geo.corpus.articles import article
from dateline.geo.corpus.load import load
from dateline.geo.corpus.readers import read


@dataclass(slots=True)
class Library:
    """Articles by id, what could not be read, and how much of each article a run found unsure."""

    articles: dict[str, Article] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    unsure: dict[str, int] = field(default_factory=dict)


def gather(names: Sequence[str]) -> Library:
    """Read articles from files, folders and the output of runs.

    Parameters
    ----------
    names : sequence of str
        Text, HTML, JSON Lines, CSV, Parquet, feeds, WARC; folders of them; or a folder that ``dateline run``
        wrote, whose corpus is read again and whose tables say which articles are most unsure.

    Raises
    ------
    InputError
        If a name is nothing that can be read.
    """
    library = Library()
    for name in names:
        manifest = store.read_manifest(Path(name)) if Path(name).is_dir() else None
        if manifest is None:
            _add(library, [name], {})
        else:
            settings = manifest["settings"]
            _add(library, settings["inputs"], settings["columns"])
            mentions = load(name, reprints=True).mentions
            doubtful = mentions[(mentions["status"] != "sure") & (mentions["role"] == "literal")]
            library.unsure.update(doubtful["article_id"].value_counts().to_dict())
    return library


def uploaded(name: str, content: bytes) -> Iterator[Article]:
    """Read what was pasted or dropped; a file of unknown kind is read as text.

    Raises
    ------
    InputError
        If there is no article in it.
    """
    known = Path(name).suffix.lower() in sources.FORMATS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"dropped{Path(name).suffix.lower() if known else '.txt'}"
        path.write_bytes(content)
        library = Library()
        _add(library, [str(path)], {})
    if not library.articles:
        raise InputError("; ".join(library.problems) or "holds no article")
    yield from library.articles.values()


def _add(library: Library, names: list[str], columns: dict[str, str]) -> None:
    for record in read(sources.find(names), columns, sources.Meter()):
        try:
            made = article(record)
        except InputError as error:
            library.problems.append(f"{record.path}, record {record.line}: {error}")
        else:
            library.articles.setdefault(made.id, made)
