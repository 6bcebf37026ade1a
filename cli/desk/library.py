"""What the desk opens: files of every format that ``dateline run`` reads, and the folders that it writes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from dateline.errors import InputError
from dateline.geo import Article, formats
from dateline.geo.corpus import reread, sources, store
from dateline.geo.corpus.articles import made_of
from dateline.geo.corpus.readers import read


@dataclass(slots=True)
class Library:
    """Articles by id, what could not be read, and how many mentions of each article a run was not sure of.

    `run` is the folder of the run that all the articles come from, when there is one.
    """

    articles: dict[str, Article] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    unsure: dict[str, int] | None = None
    run: Path | None = None

    def add(self, made: Iterable[Article | InputError]) -> None:
        """Take in articles, and note why others could not be read."""
        for each in made:
            if isinstance(each, InputError):
                self.problems.append(str(each))
            else:
                self.articles.setdefault(each.id, each)


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
        if Path(name).is_dir() and store.read_manifest(Path(name)) is not None:
            library.add(reread.articles(Path(name)))
            library.unsure = (library.unsure or {}) | reread.unsure(Path(name))
            library.run = Path(name) if len(names) == 1 else None
        else:
            library.add(made_of(read(sources.find([name]), {}, sources.Meter())))
    return library


#: What a page may hand over, and how much of it: bytes as sent, articles in one file.
UPLOADS = {*formats.ARTICLES, ".jsonl", ".ndjson", ".json", ".csv", ".tsv"}
MOST_UPLOADED = 20_000


def uploaded(name: str, content: bytes) -> Library:
    """Read what was pasted or dropped; a file of unknown kind is read as text, which a compressed one is not.

    Raises
    ------
    InputError
        If there is no article in it, or too many.
    """
    ending = PurePosixPath(name.lower()).suffix
    library = Library()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"dropped{ending if ending in UPLOADS else '.txt'}"
        path.write_bytes(content)
        library.add(_few(made_of(read(sources.find([str(path)]), {}, sources.Meter()))))
    library.problems = [problem.replace(f"{path}", name or "the text") for problem in library.problems]
    if not library.articles:
        raise InputError("; ".join(library.problems[:3]) or "holds no article")
    return library


def _few(made: Iterable[Article | InputError]) -> Iterator[Article | InputError]:
    for number, each in enumerate(made):
        if number == MOST_UPLOADED:
            raise InputError(
                f"holds over {MOST_UPLOADED:,} articles; use `dateline run`, then open its folder"
            )
        yield each
