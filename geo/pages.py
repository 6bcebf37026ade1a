"""The article of a web page, without its navigation and its sidebars, by trafilatura."""

from __future__ import annotations

import logging
import re
from typing import Any

from dateline.errors import InputError, MissingExtraError

_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE)
#: What the first bytes of a map of Dateline's own hold.
_OWN = b'<meta name="generator" content="Dateline">'
_HEAD = 16 * 1024


def is_page(raw: bytes) -> bool:
    """Return whether a file begins as a web page does, whatever its name is."""
    return bool(_HTML.match(raw))


def refuse_map(raw: bytes) -> None:
    """Refuse a map that Dateline wrote: its page holds no article.

    Raises
    ------
    InputError
    """
    if _OWN in raw[:_HEAD]:
        raise InputError("is a map that Dateline wrote, not an article; give the articles it was made of")


def read(html: bytes, url: str = "") -> dict[str, str]:
    """Return the text of a page's article and what the page says of it, by the names of an article's fields.

    Raises
    ------
    InputError
        If no article was found in the page.
    MissingExtraError
        If trafilatura is not installed.
    """
    refuse_map(html)
    try:
        import trafilatura
    except ImportError:
        raise MissingExtraError("reading web pages", "corpus") from None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found: Any = trafilatura.bare_extraction(
        html, url=url or None, fast=True, with_metadata=True, include_comments=False
    )
    if not found or not found.text:
        raise InputError("no article was found in the page")
    read = {
        "text": found.text,
        "title": found.title,
        "date": found.date,
        "source": found.sitename or found.hostname,
        "url": found.url,
        "language": found.language,
    }
    return {name: str(value) for name, value in read.items() if value}
