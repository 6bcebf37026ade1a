"""Read the geoparsing corpora of ``shared/corpora`` (schema in its README) as articles with gold mentions."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.geo.model import Article, Mention, Role

#: May train shipped weights, by licence.
TRAINING = ("LGL", "TR-News", "GeoWebNews", "GeoVirus", "gold", "synthetic")
#: In the table of figures; the others are only measured.
TABLE = ("LGL", "TR-News", "GeoWebNews", "GeoVirus", "GeoCorpora-clean", "TUD-Loc-2013")
FURTHER = ("WikToR", "WM-LocalNews", "gold")
FOLDS = 4


@dataclass(frozen=True, slots=True)
class Gold:
    """A document: the article, its mentions, the point and GeoNames id of each where the gold has them."""

    corpus: str
    article: Article
    mentions: list[Mention]
    points: list[tuple[float, float] | None]
    ids: list[int | None]

    @property
    def fold(self) -> int:
        """The cross-validation fold, by a hash of the document's id."""
        digest = hashlib.sha256(f"{self.corpus}/{self.article.id}".encode()).digest()
        return digest[0] % FOLDS


def path_of(folder: Path, name: str) -> Path:
    """Return the file of a corpus, as :func:`half` finds it; it need not be there."""
    if name == "gold":
        folder, name = folder.parent / "gold", "dateline-gold"
    return _file(folder, name)


def half(folder: Path, name: str) -> Path:
    """Return the file of a set: its development half, or whichever half lies there.

    Raises
    ------
    SystemExit
        If none is there, saying what is missing.
    """
    return _there(_file(folder, name))


def _file(folder: Path, name: str) -> Path:
    found = sorted(folder.glob(f"{name}.dev.*")) or sorted(folder.glob(f"{name}.*"))
    return found[0] if found else folder / f"{name}.dev"


def _there(path: Path) -> Path:
    if not path.exists():
        raise SystemExit(f"{path}.* is missing: is {path.parent} the folder that --corpora should lead to?")
    return path


def records(path: Path) -> list[dict[str, Any]]:
    """Read JSON lines, gzipped or not."""
    _there(path)
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def load(folder: Path, name: str) -> list[Gold]:
    """Read one corpus."""
    return [_document(name, record) for record in records(path_of(folder, name))]


def _document(corpus: str, record: dict[str, Any]) -> Gold:
    toponyms = sorted(
        (t for t in record["toponyms"] if 0 <= t["start"] < t["end"] <= len(record["text"])),
        key=lambda t: (t["start"], t["end"]),
    )
    source = record.get("source") or ""
    return Gold(
        corpus,
        Article(
            id=str(record["doc_id"]),
            text=record["text"],
            title=record.get("title") or "",
            source=source,
            url=source if "://" in source else "",
            date=_date(record.get("date")),
            language=record.get("lang") or "",
        ),
        [Mention(t["start"], t["end"], record["text"][t["start"] : t["end"]], _role(t)) for t in toponyms],
        [(t["lat"], t["lon"]) if t.get("lat") is not None else None for t in toponyms],
        [int(t["geonameid"]) if t.get("geonameid") else None for t in toponyms],
    )


def _date(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _role(toponym: dict[str, Any]) -> Role:
    kind = toponym.get("role") or toponym.get("kind") or ""
    if kind in ("metonym", "Metonymic", "Embedded_Non_Lit"):
        return "metonym"
    if kind in ("demonym", "Non_Literal_Modifier", "Demonym", "AST"):
        return "demonym"
    return "literal"
