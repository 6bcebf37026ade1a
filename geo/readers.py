"""From files and strings to articles: encodings, the seed's header line, titles.

The seed's format is a header line, a blank line, a title, then captions and paragraphs::

     date 2026-01-25 ETV Bharat / international

    US Says Russia, Ukraine Took 'Big Step', Will Meet Again Next Week

Any other text file works too: its first line is the title when it looks like one.
Of web pages and Markdown the article is read.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import glob
import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import charset_normalizer

from dateline.errors import InputError
from dateline.geo import formats, markdown, pages
from dateline.geo.model import Article

HEADER = re.compile(
    r"\s*date\s+(?P<date>\d{4}-\d{2}-\d{2})[ \t]*(?P<source>[^\n/]*?)[ \t]*"
    r"(?:/[ \t]*(?P<section>[^\n]*?))?[ \t]*\r?(?:\n|$)"
)

#: First bytes of files that are often handed over by mistake, and what a person calls them.
MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP or Office file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a gzip file",
    b"{\\rtf": "an RTF file",
    b"SQLite format 3": "a SQLite database",
}

_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SAMPLE = 64 * 1024
_TITLE_LENGTH = 250


def paths(pattern: str | Path) -> list[Path]:
    """Return the files that a path or a glob pattern names, sorted.

    Raises
    ------
    InputError
        If there is none.
    """
    path = Path(pattern)
    if path.exists():
        return [path]
    found = [Path(name) for name in sorted(glob.glob(str(pattern), recursive=True))]
    if not found:
        raise InputError(f"{pattern}: no such file; check the path")
    return [path for path in found if path.is_file()]


def read(path: str | Path) -> Article:
    """Read one file as an article: text, Markdown or a saved web page.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    Article

    Raises
    ------
    InputError
        If the file is missing, unreadable, empty, no article, or many of them.
    """
    path = Path(path)
    try:
        _refuse_other_kinds(path)
        raw = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the path") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder; name its files, as in {path}/*.txt") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check its permissions") from None
    try:
        return from_fields(_fields(raw, formats.suffixes(path.name)[0]), str(path))
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _refuse_other_kinds(path: Path) -> None:
    """Refuse a file whose name says that it is many articles, or a map or data."""
    if not path.is_file():
        return
    extension, compression = formats.suffixes(path.name)
    if extension in formats.CORPORA or (compression and extension in formats.ARTICLES):
        mend = f"read it with 'dateline run {path} -o OUT', then give OUT"
        raise InputError(f"{path}: may hold many articles; {mend}")
    if extension in formats.OUTPUTS:
        raise InputError(f"{path}: is a map or data, not an article; give the articles it was made of")


def _fields(raw: bytes, extension: str) -> dict[str, str]:
    """Return the fields of the article in a file, by what the file is."""
    if formats.ARTICLES.get(extension) == "html" or pages.is_page(raw):
        return pages.read(raw)
    text = decode(raw)
    return markdown.read(text) if formats.ARTICLES.get(extension) == "markdown" else {"text": text}


def read_many(patterns: list[str]) -> Iterator[Article | InputError]:
    """Read every file that the patterns name; what cannot be read comes as its error, in its place."""
    for pattern in patterns:
        try:
            names = paths(pattern)
        except InputError as error:
            yield error
            continue
        for path in names:
            try:
                yield read(path)
            except InputError as error:
                yield error


def from_text(
    text: str,
    *,
    title: str = "",
    date: dt.date | None = None,
    source: str = "",
    section: str = "",
    url: str = "",
    language: str = "",
    path: str = "",
) -> Article:
    """Make an article from a string; what is not given is taken from its header line and first line.

    Examples
    --------
    >>> article = from_text(" date 2026-01-25 AFP / world\\n\\nTalks end\\n\\nThey met in Istanbul.")
    >>> article.title, article.date.isoformat(), article.source, article.section
    ('Talks end', '2026-01-25', 'AFP', 'world')

    Raises
    ------
    InputError
        If the text is empty, or its header names a day that does not exist.
    """
    if not text.strip():
        raise InputError("is empty; nothing to map")
    body_start = 0
    if header := HEADER.match(text):
        body_start = header.end()
        try:
            date = date or dt.date.fromisoformat(header["date"])
        except ValueError:
            raise InputError(f"line 1: {header['date']} is not a day; write the date as YYYY-MM-DD") from None
        source = source or header["source"] or ""
        section = section or header["section"] or ""
    return Article(
        id=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        text=text,
        title=title or _title(text[body_start:]),
        date=date,
        source=source,
        section=section,
        url=url,
        language=language,
        path=path,
        body_start=body_start,
    )


def from_fields(fields: Mapping[str, str], path: str = "") -> Article:
    """Make an article of its fields, named as in :func:`from_text`, as a page or a row of a table has them.

    Raises
    ------
    InputError
        As :func:`from_text`.
    """
    return from_text(
        fields["text"],
        title=" ".join(fields.get("title", "").split()),
        date=day(fields.get("date", "")),
        source=fields.get("source", ""),
        section=fields.get("section", ""),
        url=fields.get("url", ""),
        language=fields.get("language", ""),
        path=path,
    )


def day(written: str) -> dt.date | None:
    """Return the day that a date or time names, in its own time zone; None when it cannot be read.

    ISO 8601, ``YYYYMMDD``, seconds or milliseconds since 1970 and the dates of e-mail and RSS are known.

    Examples
    --------
    >>> [str(day(s)) for s in ("2026-01-25T23:10-05:00", "20260125", "Sun, 25 Jan 2026 08:00 GMT", "soon")]
    ['2026-01-25', '2026-01-25', '2026-01-25', 'None']
    """
    written = written.strip()
    try:
        if written.replace(".", "", 1).isdigit() and len(written.split(".")[0]) in (9, 10, 13):
            seconds = float(written) / (1000 if len(written.split(".")[0]) == 13 else 1)
            return dt.datetime.fromtimestamp(seconds, dt.UTC).date()
        return dt.date.fromisoformat(written[:8] if written[:8].isdigit() else written[:10])
    except ValueError:
        pass
    try:
        return email.utils.parsedate_to_datetime(written).date()
    except (ValueError, TypeError, IndexError):
        return None


def _title(body: str) -> str:
    """Return the first line if it stands alone and is as short as a title, else nothing."""
    first, _, rest = body.strip().partition("\n")
    first = first.strip()
    stands_alone = not rest or rest.startswith(("\n", "\r\n", "\r"))
    return first if stands_alone and rest and len(first) <= _TITLE_LENGTH else ""


def decode(raw: bytes) -> str:
    """Return the text of a file in whatever encoding it was written.

    A byte-order mark decides; else UTF-8 if it is valid; else UTF-16 if every other byte is zero; else the
    likeliest legacy encoding by `charset-normalizer <https://pypi.org/project/charset-normalizer/>`_.

    Raises
    ------
    InputError
        If the bytes are no text.
    """
    for magic, what in MAGIC.items():
        if raw.startswith(magic):
            raise InputError(f"is {what}, not text; save it as plain text (UTF-8) first")
    for bom, encoding in _BOMS.items():
        if raw.startswith(bom):
            return _decode_as(raw, encoding)
    if encoding := _utf16_without_bom(raw):
        return _decode_as(raw, encoding)
    if _is_binary(raw):
        raise InputError("is a binary file, not text; save it as plain text (UTF-8) first")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        guesses = charset_normalizer.from_bytes(raw[:_SAMPLE], cp_isolation=_LEGACY)
    if not len(guesses):
        raise InputError("is in no encoding we know; save it as UTF-8")
    best = min(guesses, key=lambda guess: (guess.chaos, -guess.coherence, _LEGACY.index(guess.encoding)))
    return raw.decode(best.encoding, errors="replace")


#: The legacy encodings that newsrooms still send, commonest first: of equal guesses the first wins.
_LEGACY = [
    *("cp1252", "latin_1", "cp1251", "koi8_r", "koi8_u", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256"),
    *("iso8859_2", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_9"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"),
]


def _decode_as(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        name = encoding.removesuffix("-sig").upper()
        raise InputError(f"line {line}: starts like {name} but breaks off there; save it as UTF-8") from None


def _utf16_without_bom(raw: bytes) -> str:
    """Name the byte order of BOM-less UTF-16, seen by the zero bytes of its spaces and line ends."""
    sample = raw[: _SAMPLE // 2 * 2]
    spaces = {"utf-16-le": (b" \x00", b"\n\x00"), "utf-16-be": (b"\x00 ", b"\x00\n")}
    pairs = [sample[i : i + 2] for i in range(0, len(sample), 2)]
    for encoding, marks in spaces.items():
        if len(raw) % 2 == 0 and sum(pair in marks for pair in pairs) > len(pairs) / 40:
            return encoding
    return ""


def _is_binary(raw: bytes) -> bool:
    sample = raw[:_SAMPLE]
    control = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1b" for byte in sample)
    return control > len(sample) / 50
