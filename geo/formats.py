"""What a file is by its name: an article, many articles, or something that Dateline itself wrote."""

from __future__ import annotations

from pathlib import PurePosixPath

#: Extension -> format of files that hold one article.
ARTICLES = {
    ".txt": "text",
    **dict.fromkeys((".md", ".markdown"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
}
#: Extension -> format of files that hold many articles, which ``dateline run`` reads as a stream.
CORPORA = {
    **dict.fromkeys((".jsonl", ".ndjson", ".json"), "jsonl"),
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **dict.fromkeys((".parquet", ".pq"), "parquet"),
    **dict.fromkeys((".rss", ".atom", ".xml"), "feed"),
    ".warc": "warc",
}
#: Both; any of them may end in .gz or .zst besides where a corpus is read (Parquet compresses itself).
FORMATS = ARTICLES | CORPORA
COMPRESSIONS = {".gz": "gzip", ".zst": "zstd"}
#: What Dateline and QGIS write, and no article is.
OUTPUTS = {".fgb", ".geojson", ".gpkg", ".kml", ".kmz", ".qgs", ".qgz", ".qml", ".svg"}


def suffixes(name: str) -> tuple[str, str]:
    """Return the extension below a compression's own, and the compression, empty when there is none.

    Examples
    --------
    >>> suffixes("news.JSONL.gz"), suffixes("a.txt")
    (('.jsonl', 'gzip'), ('.txt', ''))
    """
    path = PurePosixPath(name.lower())
    compression = COMPRESSIONS.get(path.suffix, "")
    return (PurePosixPath(path.stem).suffix if compression else path.suffix), compression
