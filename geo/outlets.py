"""Where a publisher is at home: a newspaper's city, a broadcaster's country."""

from __future__ import annotations

import re
from importlib import resources

from dateline.gazetteer import Gazetteer
from dateline.geo.model import Article

_HOST = re.compile(r"^(?:[a-z]+://)?(?:[^/@\s]*@)?([^/:?#\s]+)", re.IGNORECASE)
# Country domains that are sold for their sound.
_GENERIC = frozenset(
    [
        "ai",
        "am",
        "ag",
        "cc",
        "co",
        "fm",
        "io",
        "la",
        "me",
        "mu",
        "nu",
        "sh",
        "tk",
        "to",
        "tv",
        "ws",
        "ly",
        "gl",
        "gg",
        "im",
    ]
)
_CODES = {"uk": "GB"}


class Outlets:
    """The table of publishers' homes, ``data/outlets.tsv`` (host, GeoNames id or country code, name)."""

    def __init__(self, gaz: Gazetteer) -> None:
        self._gaz = gaz
        self._countries = gaz.tables["country"]
        text = (resources.files("dateline.geo") / "data" / "outlets.tsv").read_text("utf-8")
        lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
        self._homes = {host: key for host, key, _ in lines}

    def row(self, article: Article) -> int:
        """Return the row of the publisher's home town or, failing that, country; -1 if it is not known."""
        for host in hosts(article):
            key = self._homes.get(host) or _country_of(host)
            if key.isdecimal():
                return self._gaz.row(f"geonames:{key}")
            if key in self._countries:
                return int(self._gaz.country_rows[self._countries.index(key)])
        return -1

    def town(self, article: Article) -> int:
        """Return the row of the publisher's home town, -1 if it is not known, or known only by country."""
        for host in hosts(article):
            key = self._homes.get(host, "")
            if key.isdecimal():
                return self._gaz.row(f"geonames:{key}")
        return -1

    def home(self, article: Article) -> tuple[float, float, int] | None:
        """Return the publisher's (lat, lon, country number), None if nothing is known of it."""
        row = self.row(article)
        if row < 0:
            return None
        columns = self._gaz.columns
        return float(columns.lat[row]), float(columns.lon[row]), int(columns.country[row])


def _country_of(host: str) -> str:
    """Return the country code of a host's national domain, empty if it has none."""
    end = host.rpartition(".")[2]
    return _CODES.get(end, end.upper()) if len(end) == 2 and end not in _GENERIC else ""


def hosts(article: Article) -> list[str]:
    """Return the publisher's host and the hosts above it.

    Examples
    --------
    >>> hosts(Article("a", "", url="https://www.winnipeg.ctvnews.ca/x"))
    ['winnipeg.ctvnews.ca', 'ctvnews.ca']
    """
    found: list[str] = []
    for text in (article.url, article.source):
        match = _HOST.match(text.strip())
        host = match[1].lower().removeprefix("www.") if match else ""
        while host.count(".") >= 1:
            found.append(host)
            host = host.partition(".")[2]
    return list(dict.fromkeys(found))
