"""What the desk is working on: articles, what was found in them, and what people made of it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from dateline.desk import accuracy
from dateline.desk.journal import Journal
from dateline.desk.library import Library
from dateline.errors import InputError
from dateline.geo import Article, Geoparser, Parsed, Result
from dateline.geo.corrections import Corrections
from dateline.geo.corrections_file import Correction
from dateline.geo.model import Mention

#: More articles than these are not parsed only to be put in order or exported; a run knows its own.
MOST_PARSED = 200
_KEPT = 64


class Session:
    """The articles of one desk.

    Parameters
    ----------
    library : Library
        What was opened.
    parser : Geoparser
    journal : Journal
        The file of corrections.
    by : str
        Who corrects; goes into the file.
    """

    def __init__(self, library: Library, parser: Geoparser, journal: Journal, by: str = "") -> None:
        self.articles = library.articles
        self.parser = parser
        self.journal = journal
        self.by = by
        self._library = library
        self._parsing = threading.Lock()  # models are made for one thread
        self._parsed: OrderedDict[tuple[str, tuple[str, ...]], Parsed] = OrderedDict()
        self._mentions: OrderedDict[str, tuple[Mention, ...]] = OrderedDict()
        self._order: list[str] | None = None

    def add(self, articles: Iterable[Article]) -> None:
        """Take in articles; one that is there already is not taken twice."""
        for article in articles:
            self.articles.setdefault(article.id, article)
        self._order = None
        self._library.run = None

    def parsed(self, article_id: str) -> Parsed:
        """Return an article with its places and events, corrections applied."""
        return self._parse(article_id, self.journal.corrections())

    def _parse(self, article_id: str, right: Corrections) -> Parsed:
        article = self.articles[article_id]
        key = (article_id, right.key(article_id))
        with self._parsing:
            if key not in self._parsed:
                # Recognition is the slow part and no correction changes it.
                if article_id not in self._mentions:
                    _keep(self._mentions, article_id, tuple(self.parser.recognize(article)))
                mentions = self._mentions[article_id]
                _keep(self._parsed, key, self.parser.parse(article, mentions=mentions, corrections=right))
            return self._parsed[key]

    def complete(self, line: dict[str, Any], article_id: str) -> dict[str, Any]:
        """Return a correction with what only the desk knows: what an undo takes back, what was right."""
        line = ({"by": self.by} if self.by else {}) | {"article": article_id} | line
        if "undo" in line:
            find = self.journal.undoable if line["undo"] == "last" else self.journal.redoable
            line["undo"] = find(article_id)
            if line["undo"] is None:
                raise InputError("there is nothing left to undo or redo")
        elif line.get("action") == "checked":
            own = self._parse(article_id, Corrections())
            line["counts"] = accuracy.compare(own, self.parsed(article_id))
        return line

    def result(self, article_ids: Iterable[str] | None = None) -> Result:
        """Return the tables of some articles, of all unless named.

        Raises
        ------
        InputError
            If all are too many to be parsed for it.
        """
        right = self.journal.corrections()
        if article_ids is None and self._library.run is not None:
            from dateline.geo import corpus

            folder = self._library.run
            return corpus.corrected(folder, corpus.load(folder), right, corpus.Filters())
        ids = list(self.articles) if article_ids is None else list(article_ids)
        self._check_few(ids)
        result = Result.from_parsed([self.parsed(each) for each in ids], self.parser.gazetteer)
        return right.merged(result)

    def checked(self) -> list[Parsed]:
        """Return the articles that a person has checked."""
        lines = self.journal.corrections().lines
        ids = dict.fromkeys(line["article"] for line in lines if line["action"] == "checked")
        return [self.parsed(each) for each in ids if each in self.articles]

    def _check_few(self, ids: list[str]) -> None:
        if len(ids) > MOST_PARSED:
            raise InputError(
                f"{len(ids):,} articles are too many for one file from the desk; use `dateline run`, then "
                f"`dateline export` with --corrections {self.journal.path}"
            )

    # -- the queue -----------------------------------------------------------------------------------------

    @property
    def knows_unsure(self) -> bool:
        """Whether articles can be put in the order of how much is unsure in them."""
        return self._library.unsure is not None or len(self.articles) <= MOST_PARSED

    def unsure_first(self) -> list[str]:
        """Return the ids of the articles, those with most that is unsure first.

        The order stays while people work; :meth:`status` tells what is done.
        """
        if self._order is None:
            known = self._library.unsure
            if known is None:
                known = {each: self._unsure(each) for each in self.articles} if self.knows_unsure else {}
            self._order = sorted(self.articles, key=lambda each: -known.get(each, 0))
            self._library.unsure = self._library.unsure if len(self.articles) > MOST_PARSED else known
        return self._order

    def _unsure(self, article_id: str) -> int:
        own = self._parse(article_id, Corrections())
        return sum(not r.sure and r.mention.role == "literal" for r in own.resolutions)

    def status(self) -> Status:
        """Return what is still to be done in each article."""
        return Status(self._library.unsure or {}, self.journal.corrections().lines)

    def following(self, article_id: str) -> str | None:
        """Return the next article of the queue that is not done; None when there is none."""
        order, status = self.unsure_first(), self.status()
        at = order.index(article_id) + 1
        return next((each for each in (*order[at:], *order[: at - 1]) if status.open(each)), None)


class Status:
    """What is done, by article.

    Parameters
    ----------
    unsure : dict
        How many mentions of each article Dateline is not sure of.
    lines : list of Correction
        In force.
    """

    def __init__(self, unsure: dict[str, int], lines: list[Correction]) -> None:
        self._unsure = unsure
        self._checked: set[str] = set()
        self._corrected: dict[str, set[int]] = {}
        for line in lines:
            if line["action"] == "checked":
                self._checked.add(line["article"])
            elif "article" in line:
                self._corrected.setdefault(line["article"], set()).add(line.get("start", -1))

    def checked(self, article_id: str) -> bool:
        """Return whether a person has checked the whole article."""
        return article_id in self._checked

    def corrected(self, article_id: str) -> int:
        """Return how many mentions and events of the article a person has decided on."""
        return len(self._corrected.get(article_id, ()))

    def unsure(self, article_id: str) -> int:
        """Return how many mentions Dateline was not sure of."""
        return self._unsure.get(article_id, 0)

    def open(self, article_id: str) -> bool:
        """Return whether somebody should still look at the article."""
        return not self.checked(article_id)


def _keep(cache: OrderedDict[Any, Any], key: Any, value: Any) -> None:
    """Remember a value, and no more than so many."""
    cache[key] = value
    while len(cache) > _KEPT:
        cache.popitem(last=False)
