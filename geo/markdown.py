"""Markdown as an article: the front matter becomes title and date, the marks are read away."""

from __future__ import annotations

import re

_FRONT = re.compile(
    r"\ufeff?---[ \t]*\n(?P<lines>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_FIELD = re.compile(r"^(\w+):(.*)$", re.MULTILINE)
#: Field of an article -> its usual keys in front matter.
_KEYS = {
    "title": ("title", "headline"),
    "date": ("date", "published"),
    "source": ("source", "publisher"),
    "section": ("section",),
    "url": ("url", "link"),
    "language": ("language", "lang"),
}
#: What marks a piece of Markdown, and what is left of it; lists stay, which plain text has as well.  Every
#: repetition has a bound, so that no text takes longer than its length.
_MARKS = [
    (re.compile(pattern, re.MULTILINE), kept)
    for pattern, kept in (
        (r"<!--(?s:.{0,2000}?)-->", ""),
        (r"^[ \t]{0,8}(?:```|~~~).*\n?", ""),  # the fences of code
        (r"^[ \t]{0,3}\[[^\]\n]{1,300}\]:[ \t].*\n?", ""),  # where a link leads, told apart from it
        (r"^[ \t]{0,3}(?:=+|(?:[-*_][ \t]?){3,})$\n?", ""),  # the line below a heading, or between two parts
        (r"^[ \t]{0,3}#{1,6}[ \t]+", ""),
        (r"^[ \t]{0,3}(?:>[ \t]?)+", ""),
        (r"!\[[^\]\n]{0,300}\](?:\([^()\n]{0,1000}\)|\[[^\]\n]{0,300}\])", ""),  # a picture
        (r"\[([^\]\n]{0,300})\](?:\((?:[^()\n]|\([^()\n]{0,300}\)){0,1000}\)|\[[^\]\n]{0,300}\])", r"\1"),
        (r"<((?:https?://|mailto:)[^>\s]{1,1000})>", r"\1"),
        (r"</?[a-zA-Z][^<>\n]{0,300}>", ""),
        (r"`{1,3}([^`\n]{1,300})`{1,3}", r"\1"),
        (r"(?<!\\)(\*\*|__)(?=\S)((?s:.{1,1000}?))(?<=\S)\1", r"\2"),
        (r"(?<!\\)\*(?=\S)([^*\n]{1,1000}?)(?<=\S)(?<!\\)\*", r"\1"),
        (r"(?<![\w\\])_(?=\S)([^_\n]{1,1000}?)(?<=\S)_(?!\w)", r"\1"),
        (r"\\([\\`*_{}\[\]()#+.!>~|-])", r"\1"),
        (r"(?<![ \t])[ \t]+$", ""),
        (r"\n{3,}", "\n\n"),
    )
]  # fmt: skip


def read(text: str) -> dict[str, str]:
    """Return the text of an article in Markdown and what its front matter says, by the names of its fields.

    Examples
    --------
    >>> read("---\\ntitle: Talks end\\ndate: 2026-03-08\\n---\\n\\nThey met in **[Bern](https://example.org)**.")
    {'title': 'Talks end', 'date': '2026-03-08', 'text': 'They met in Bern.'}
    """
    text = text.replace("\r\n", "\n")
    fields: dict[str, str] = {}
    if front := _FRONT.match(text):
        said = {key.lower(): value.strip(" \t\"'") for key, value in _FIELD.findall(front["lines"])}
        fields = {name: said[key] for name, keys in _KEYS.items() for key in reversed(keys) if said.get(key)}
        text = text[front.end() :]
    for mark, kept in _MARKS:
        text = mark.sub(kept, text)
    return fields | {"text": text.strip() if front else text}
