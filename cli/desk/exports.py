"""What the page hands out as files: what the commands write, and gold data."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from dateline import maps
from dateline.desk import gold
from dateline.desk.session import Session
from dateline.errors import InputError
from dateline.filter_options import Selection
from dateline.geo import Article
from dateline.geo.filters import Filters


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: what a person calls it, how its name ends, its media type."""

    label: str
    ending: str
    media_type: str


KINDS = {
    "map": Kind("Map (HTML)", ".html", "text/html"),
    "embed": Kind("Snippet to embed", "-embed.html", "text/html"),
    "figure": Kind("Figure (PNG)", ".png", "image/png"),
    "geojson": Kind("GeoJSON", ".geojson", "application/geo+json"),
    "gpkg": Kind("GeoPackage", ".gpkg", "application/geopackage+sqlite3"),
    "csv": Kind("CSV", ".csv", "text/csv"),
    "gold": Kind("Gold data (JSONL)", "-gold.jsonl", "application/jsonl"),
}


def make(session: Session, article: Article | None, kind: str) -> bytes:
    """Return the content of a file about one article, or about all of them.

    Parameters
    ----------
    session : Session
    article : Article or None
        All articles when None; of gold data, all that a person has checked.
    kind : str
        A key of :data:`KINDS`.

    Raises
    ------
    InputError
        If there is nothing to write, or too much.
    """
    if kind == "gold":
        parsed = [session.parsed(article.id)] if article else session.checked()
        if not parsed:
            raise InputError("no article is checked yet; press c on an article when all in it is right")
        return "".join(gold.line(each) + "\n" for each in parsed).encode()
    ending = ".html" if kind == "embed" else KINDS[kind].ending
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"dateline{ending}"
        result = session.result([article.id] if article else None)
        maps.save(Selection(Filters(), reprints=False, aggregate=None).aggregated(result, path), path)
        content = path.read_bytes()
    return maps.embed(content.decode()).encode() if kind == "embed" else content
