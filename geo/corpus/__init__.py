"""Whole corpora: from files of any size, on any number of machines, to GeoParquet tables and back.

Examples
--------
>>> from dateline.geo import corpus
>>> corpus.run(["news.jsonl.gz"], "news-2026", model="fast")  # doctest: +SKIP
>>> result = corpus.load("news-2026", corpus.Filters(countries=["UA"]))  # doctest: +SKIP
"""

from dateline.errors import MissingExtraError

try:
    import pyarrow  # noqa: F401
except ImportError:
    raise MissingExtraError("reading and writing corpora", "corpus") from None

from dateline.geo.corpus.load import load
from dateline.geo.corpus.reread import corrected
from dateline.geo.corpus.runner import run
from dateline.geo.filters import Filters

__all__ = ["Filters", "corrected", "load", "run"]
