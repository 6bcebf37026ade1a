"""Whether the language of an article is one in which events are read: English."""

from __future__ import annotations

import re

from dateline.geo.model import Article
from dateline.geo.wordlists import wordlist

_ENGLISH, _FOREIGN = wordlist("english"), wordlist("foreign")
#: A text of fewer words is a brief.
_BRIEF = 40
_WORD = re.compile(r"[^\W\d_]+")
#: What links the words of a name, "Mocimboa da Praia": no word of its text's language.
_LINKED = re.compile(
    r"(?<=\w[ -])(?:d[aeio]s?|del|della|au|aux|la|sur|en)[ -](?:l[aeo]s?[ -])?(?=[^\W\d_a-z])"
)
#: Letters of no language that is written in Latin ones.
_NOT_LATIN = re.compile(r"[\u0370-\u1dff\u2c00-\ud7ff]")


def supports(article: Article) -> bool:
    """Return whether events are read in the article's language: English, told by its commonest words.

    A brief has few of these, and is English if it has more of them than of other languages', or none of both.
    """
    if article.language:
        return article.language.casefold().startswith("en")
    text = article.text[article.body_start : article.body_start + 4000]
    sample = _WORD.findall(_LINKED.sub("", text))
    english = sum(word.casefold() in _ENGLISH for word in sample)
    foreign = sum(word in _FOREIGN for word in sample)  # "La Paz", "El Fasher" are no words of a language
    if len(sample) < _BRIEF:
        return len(sample) < 8 or english > foreign or (english == foreign and not _NOT_LATIN.search(text))
    return english > max(0.1 * len(sample), foreign)
