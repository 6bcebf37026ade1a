"""From files to records: each reader is a stream that holds one record at a time.

What cannot be read becomes a record with a `problem`; a file that breaks off gives what stands before.
"""

from __future__ import annotations

import csv
import hashlib
import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from dateline.errors import InputError, MissingExtraError
from dateline.geo import markdown, pages
from dateline.geo import readers as texts
from dateline.geo.corpus import columns
from dateline.geo.corpus.sources import MAX_RECORD, Meter, Say, Source, bounded_lines, opened

TOO_LONG = f"longer than {MAX_RECORD // 1024**2} MiB"
_ARRAY = "holds an array; write one object a line, as jq -c '.[]' does"
_GEOJSON = b'{"type": "FeatureCollection"'
_SAMPLES = 50
_ROWS = 256
_LARGEST_FEED = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Record:
    """One article as it was read, before it is understood.

    Parameters
    ----------
    path : str
    line : int
        Line, row or record number in the file, from 1; 0 when the file is one article.
    fields : mapping of str to str
        Fields of an article by Dateline's names, the text among them unless `html` holds it.
    html : bytes
        A web page.
    problem : str
        Why there is no article here, when there is none.
    """

    path: str
    line: int
    fields: Mapping[str, str] = field(default_factory=dict)
    html: bytes = b""
    problem: str = ""

    @property
    def size(self) -> int:
        """Characters of text, roughly; a sixteenth of a web page is text."""
        return len(self.html) // 16 + sum(map(len, self.fields.values()))

    def digest(self) -> bytes:
        """Return a fingerprint of everything in the record."""
        parts = [self.path, str(self.line), self.problem, *itertools.chain(*self.fields.items())]
        return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass") + self.html).digest()


def read(
    sources: list[Source], given: Mapping[str, str], meter: Meter, say: Say = lambda _: None
) -> Iterator[Record]:
    """Read every record of a corpus, in order.

    Parameters
    ----------
    sources : list of Source
    given : mapping
        Field -> column, as the user chose.
    meter : Meter
        Told how far the reading has come.
    say : callable
        Told, once for each different answer, which columns were taken.
    """
    meter.total, said = sum(source.size for source in sources), set()

    def say_once(what: str) -> None:
        if what not in said:
            said.add(what)
            say(what)

    for source in sources:
        if not source.format:
            yield Record(source.path, 0, problem="unknown format")
            continue
        read_one = _READERS[source.format]
        last = 0
        try:
            with opened(source, meter) as stream:
                for record in read_one(source, stream, given, say_once):
                    last = record.line
                    yield record
        except MissingExtraError:
            raise
        except InputError as error:
            if len(sources) == 1:
                raise InputError(f"{source.path}: {error}") from None
            say(f"{source.path}: {error}; left out")
            yield Record(source.path, last, problem=str(error))
        except (OSError, EOFError) as error:
            yield Record(source.path, last, problem=f"breaks off after record {last}: {_reason(error)}")


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _article(source: Source, stream: BinaryIO, given: Mapping[str, str], say: Say) -> Iterator[Record]:
    """Read a file that is one article; a web page stays as it is, for the worker to read."""
    raw = stream.read(MAX_RECORD + 1)
    if len(raw) > MAX_RECORD:
        yield Record(source.path, 0, problem=TOO_LONG)
        return
    if source.format == "html" or pages.is_page(raw):
        pages.refuse_map(raw)
        yield Record(source.path, 0, html=raw)
        return
    try:
        text = texts.decode(raw)
    except InputError as error:
        yield Record(source.path, 0, problem=str(error))
    else:
        yield Record(source.path, 0, markdown.read(text) if source.format == "markdown" else {"text": text})


def _jsonl(source: Source, stream: BinaryIO, given: Mapping[str, str], say: Say) -> Iterator[Record]:
    parsed = (
        (number, *_object(line)) for number, line in bounded_lines(stream) if line is None or line.strip()
    )
    for number, row, problem in parsed:
        if row:
            samples = [(number, row, problem), *itertools.islice(parsed, _SAMPLES - 1)]
            break
        yield Record(source.path, number, problem=problem)
    else:
        return
    rows = [row for _, row, _ in samples if row]
    chosen = columns.choose(list(dict.fromkeys(itertools.chain(*rows))), rows, given)
    say(f"{source.path}: {columns.say(chosen)}")
    for number, row, problem in itertools.chain(samples, parsed):
        yield _row(source.path, number, row, chosen) if row else Record(source.path, number, problem=problem)


def _object(line: bytes | None) -> tuple[dict[str, Any] | None, str]:
    """Return the object in a line of JSON, or what is wrong with it."""
    if line is None:
        return None, TOO_LONG
    try:
        row = json.loads(_decode(line))
    except (ValueError, RecursionError) as error:
        if line.startswith(_GEOJSON):
            raise InputError(
                "is GeoJSON, which holds no articles; give the articles it was made of"
            ) from None
        return None, _ARRAY if line.lstrip().startswith(b"[") else f"not JSON: {error}"
    if not isinstance(row, dict) or not row:
        return None, _ARRAY if isinstance(row, list) else "holds no object"
    return row, ""


def _decode(line: bytes) -> str:
    """Decode a line: UTF-8, else the likeliest legacy encoding of this line alone."""
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return texts.decode(line)


def _row(path: str, number: int, row: Mapping[str, Any], chosen: Mapping[str, str]) -> Record:
    try:
        fields = {name: columns.value(row.get(column)) for name, column in chosen.items()}
    except InputError as error:
        return Record(path, number, problem=f"a column {error}")
    fields = {name: value for name, value in fields.items() if value.strip()}
    if "text" not in fields:
        why = "is empty" if chosen["text"] in row else "is missing"
        return Record(path, number, problem=f"{chosen['text']!r} {why}")
    if len(fields["text"]) > MAX_RECORD:
        return Record(path, number, problem=TOO_LONG)
    return Record(path, number, fields)


def _csv(source: Source, stream: BinaryIO, given: Mapping[str, str], say: Say) -> Iterator[Record]:
    csv.field_size_limit(MAX_RECORD)
    lost: list[int] = []  # lines too long to be read, waiting to be reported

    def lines() -> Iterator[str]:
        for number, line in bounded_lines(stream):
            if line is None:
                lost.append(number)
            else:
                yield _decode(line).replace("\0", "")

    numbered = lines()
    header = next(numbered, "")
    if not header.strip():
        raise InputError("line 1: has no column names; the first line must name the columns")
    delimiter = max(",;\t|", key=header.count)
    names = next(csv.reader([header], delimiter=delimiter))
    reader = csv.reader(numbered, delimiter=delimiter)

    def rows() -> Iterator[tuple[int, dict[str, str] | None, str]]:
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                break
            except csv.Error as error:
                yield reader.line_num + 1, None, f"not CSV: {error}"
                continue
            while lost:
                yield lost.pop(0), None, TOO_LONG
            if cells and len(cells) != len(names):
                yield reader.line_num + 1, None, f"has {len(cells)} cells, not {len(names)}"
            elif cells:
                yield reader.line_num + 1, dict(zip(names, cells, strict=True)), ""
        yield from ((number, None, TOO_LONG) for number in lost)

    stream_of_rows = rows()
    samples = list(itertools.islice(stream_of_rows, _SAMPLES))
    chosen = columns.choose(names, [row for _, row, _ in samples if row], given)
    say(f"{source.path}: {columns.say(chosen)}")
    for number, row, problem in itertools.chain(samples, stream_of_rows):
        yield _row(source.path, number, row, chosen) if row else Record(source.path, number, problem=problem)


def _parquet(source: Source, stream: BinaryIO, given: Mapping[str, str], say: Say) -> Iterator[Record]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(stream, pre_buffer=False)
        names = [name for name in file.schema_arrow.names if not name.startswith("__index")]
        first = next(file.iter_batches(_SAMPLES), None)
        chosen = columns.choose(names, first.to_pylist() if first else [], given)
        say(f"{source.path}: {columns.say(chosen)}")
        wanted = list(dict.fromkeys(chosen.values()))
        number = itertools.count(1)
        for batch in file.iter_batches(_ROWS, columns=wanted):
            for row in batch.to_pylist():
                yield _row(source.path, next(number), row, chosen)
    except pa.ArrowInvalid as error:
        raise InputError(f"is no sound Parquet file ({error})") from None


def _feed(source: Source, stream: BinaryIO, given: Mapping[str, str], say: Say) -> Iterator[Record]:
    try:
        import feedparser
    except ImportError:
        raise MissingExtraError("reading feeds", "corpus") from None
    raw = stream.read(_LARGEST_FEED + 1)
    if len(raw) > _LARGEST_FEED:
        raise InputError(f"is a feed larger than {_LARGEST_FEED // 1024**2} MiB; split it")
    feed = feedparser.parse(raw)
    if not feed.entries:
        raise InputError("is no RSS or Atom feed, or an empty one")
    for number, entry in enumerate(feed.entries, start=1):
        content = entry.get("content") or [{}]
        page = str(content[0].get("value") or entry.get("summary") or entry.get("title") or "")
        fields = {
            "title": entry.get("title", ""),
            "url": entry.get("link", ""),
            "date": entry.get("published") or entry.get("updated") or "",
            "source": feed.feed.get("title", ""),
            "language": str(feed.feed.get("language", ""))[:2].lower(),
        }
        fields = {name: str(value) for name, value in fields.items() if value}
        text = plain(page)
        if text:
            yield Record(source.path, number, {"text": text, **fields})
        else:
            yield Record(source.path, number, problem="the entry holds no text")


def plain(fragment: str) -> str:
    """Return the text of a piece of HTML, a paragraph a line.

    Examples
    --------
    >>> plain("<p>Talks end.</p><p>They met in <b>Istanbul</b>.</p>")
    'Talks end.\\n\\nThey met in Istanbul.'
    """
    if "<" not in fragment:
        return fragment.strip()
    from lxml import etree, html

    try:
        tree = html.fragment_fromstring(fragment, create_parent="div")
    except (etree.ParserError, ValueError):
        return ""
    for element in tree.xpath("//script|//style"):
        element.drop_tree()
    for element in tree.xpath("//p|//br|//div|//li|//h1|//h2|//h3|//h4|//blockquote"):
        element.tail = "\n\n" + (element.tail or "")
    lines = (" ".join(line.split()) for line in str(tree.text_content()).splitlines())
    return "\n\n".join(line for line in lines if line)


def _warc(source: Source, stream: BinaryIO, given: Mapping[str, str], say: Say) -> Iterator[Record]:
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise MissingExtraError("reading WARC files", "corpus") from None
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(stream), start=1):
            kind = (record.http_headers and record.http_headers.get_header("Content-Type")) or ""
            if record.rec_type != "response" or not kind.startswith(("text/html", "application/xhtml")):
                continue
            page = record.content_stream().read(MAX_RECORD + 1)
            if len(page) > MAX_RECORD:
                yield Record(source.path, number, problem=TOO_LONG)
                continue
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            yield Record(source.path, number, {"url": url}, html=page)
    except ArchiveLoadFailed as error:
        yield Record(source.path, number, problem=f"breaks off after record {number}: {error}")


_READERS: dict[str, Callable[[Source, BinaryIO, Mapping[str, str], Say], Iterator[Record]]] = {
    **dict.fromkeys(("text", "markdown", "html"), _article),
    "jsonl": _jsonl,
    "csv": _csv,
    "parquet": _parquet,
    "feed": _feed,
    "warc": _warc,
}
