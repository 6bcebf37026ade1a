"""Sentences of an article with exact offsets: headings, captions, bullet lists and quotes included.

A small rule set instead of a parser, because news is regular: a line that ends a paragraph ends a sentence,
abbreviations are few, and a sentence of ten thousand words must cost no more than as many short ones.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from dateline.geo.wordlists import wordlist

Kind = Literal["text", "heading", "caption", "bullet"]

#: No sentence is longer (characters): what is longer is cut at a clause, so that all later work stays linear.
LONGEST = 1200

_HEADING_LENGTH = 120
_BULLET = re.compile(r"[ \t]*(?:(?:[-–—*]|\(?\d{1,2}[.)])[ \t]+|[•▪●‣◾◼🔹🔸🔺][\ufe0f \t]*)")
_CLOSED = re.compile(r"[.!?…:;][\"'”’»)\]]*\s*$")
_CREDIT = re.compile(
    r"\(\s*(?:file\s+)?(?:photo|picture|image|AP|AFP|Reuters|Getty|EPA|TASS|Xinhua|ANI|PTI)\b[^()]{0,60}\)\s*$"
    r"|\b(?:AP Photo|File photo|Photo(?:graph)? (?:by|credit)|Getty Images|\[(?:Reuters|AFP|AP)[^\]]*\])",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)")
_NEXT = re.compile(r"\s+[\"'“‘«(\[]*(\w+)?")
_LAST = re.compile(r"[^\s\"'“‘(\[]*$")
_ABBREVIATIONS = wordlist("abbreviations")
#: Words that begin a sentence far oftener than they go on after an abbreviation.
_STARTERS = wordlist("sentence_starters")
#: Abbreviations that often close a sentence too.
_OFTEN_LAST = wordlist("closing_abbreviations")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: ``text[start:end]``, the paragraph it stands in, and what kind of line that is."""

    start: int
    end: int
    paragraph: int
    kind: Kind = "text"


def split(text: str, start: int = 0) -> list[Sentence]:
    """Return the sentences of a text from `start` on.

    Parameters
    ----------
    text : str
    start : int
        Skip what stands before it, such as a machine-made header line.

    Returns
    -------
    list of Sentence
        In order, without overlap; every character but white space and bullets belongs to one.

    Examples
    --------
    >>> text = "Strike kills two\\n\\nGen. Orr said the U.S. base was hit. It burned.\\n- Two died"
    >>> [(text[s.start : s.end], s.kind) for s in split(text)]  # doctest: +NORMALIZE_WHITESPACE
    [('Strike kills two', 'heading'), ('Gen. Orr said the U.S. base was hit.', 'text'),
     ('It burned.', 'text'), ('Two died', 'bullet')]
    """
    return list(_split(text, start))


def are_fewer(than: int, text: str, start: int = 0) -> bool:
    """Return whether a text has fewer sentences than so many from `start` on: no more are looked for."""
    return len(list(islice(_split(text, start), than))) < than


def _split(text: str, start: int) -> Iterator[Sentence]:
    for number, (first, last, bullet) in enumerate(_paragraphs(text, start)):
        kind = _kind(text[first:last], bullet)
        for begin, end in _sentences(text, first, last):
            yield from (Sentence(a, b, number, kind) for a, b in _cut(text, begin, end))


def sentence_at(sentences: Sequence[Sentence], offset: int) -> int:
    """Return the index of the sentence that holds an offset, or of the last one before it (0 if none is)."""
    return max(0, bisect_right(sentences, offset, key=lambda sentence: sentence.start) - 1)


def _paragraphs(text: str, start: int) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, is a bullet): lines, joined where a line break only wraps a sentence."""
    begin = end = -1
    bullet = False
    at = start
    for line in text[start:].splitlines(keepends=True):
        stripped = line.strip()
        first = at + (len(line) - len(line.lstrip()))
        mark = _BULLET.match(line)
        if (
            not stripped
            or (mark and not stripped.endswith(" -"))
            or not _wraps(text[max(begin, end - 400) : end], stripped)
        ):
            if begin >= 0:
                yield begin, end, bullet
            begin = -1
        if stripped:
            if begin < 0:
                bullet = mark is not None and len(line) > mark.end()
                begin = at + mark.end() if bullet and mark else first
            end = at + len(line.rstrip())
        at += len(line)
    if begin >= 0:
        yield begin, end, bullet


def _wraps(before: str, line: str) -> bool:
    """Return whether a line goes on the paragraph before it: only a full line without an end is wrapped."""
    last = before.rsplit("\n", 1)[-1]
    return len(last) > 45 and not _CLOSED.search(last) and (line[0].islower() or len(last) > 60)


def _kind(paragraph: str, bullet: bool) -> Kind:
    if _CREDIT.search(paragraph[-200:]) and len(paragraph) < 600:
        return "caption"
    if bullet:
        return "bullet"
    short = len(paragraph) <= _HEADING_LENGTH
    return "heading" if short and not _CLOSED.search(paragraph) else "text"


def _sentences(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    begin = first
    for mark in _END.finditer(text, first, last):
        if not _ends(text, begin, mark, last):
            continue
        yield begin, mark.end()
        begin = mark.end()
        while begin < last and text[begin].isspace():
            begin += 1
    if begin < last:
        yield begin, last


def _ends(text: str, begin: int, mark: re.Match[str], last: int) -> bool:
    """Return whether a full stop ends a sentence."""
    after = _NEXT.match(text, mark.end(), last)
    following = after[1] if after and after[1] else ""
    if not following or following[0].islower():
        return False
    if mark[0][0] != "." or mark[0].startswith(".."):
        return True
    word = _LAST.search(text[max(begin, mark.start() - 20) : mark.start()])
    before = word[0].casefold() if word else ""
    if len(before) == 1 and before.isalpha() and word and word[0].isupper():
        return following.casefold() in _STARTERS  # an initial: "J. Smith"
    if before in _ABBREVIATIONS:
        # "at 5 a.m. The road", "fell ill. The road", but "Gov. The"
        may_end = before in _OFTEN_LAST or (word is not None and word[0].islower())
        return may_end and following.casefold() in _STARTERS
    return True


def _cut(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long, at a semicolon, else a comma, else a space."""
    while end - begin > LONGEST:
        window = text[begin : begin + LONGEST]
        at = next(
            (p for p in (window.rfind("; "), window.rfind(", "), window.rfind(" ")) if p > LONGEST // 3), -1
        )
        at = LONGEST if at < 0 else at + 1
        yield begin, begin + at
        begin += at
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        yield begin, end
