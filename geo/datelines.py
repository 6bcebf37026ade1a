"""Where an article says it was written: "PARIS, Texas (AP) - "; no label, "Sumy: two killed"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.geo import numerals, triggers
from dateline.geo.date_words import MON, WEEKDAY
from dateline.geo.model import Article, Resolution
from dateline.geo.sentences import Sentence
from dateline.geo.wordlists import wordlist
from dateline.geo.words import words

_DATELINE = re.compile(
    rf"(?!{WEEKDAY}\b)"  # "Friday: The Commission is due to ..."
    r"(?P<places>[A-Z][\w.'’/ -]{1,40}(?:, ?[A-Z][\w.'’ ]{1,30}){0,2})(?: ?\([\w .,/-]{1,30}\)){0,2}"
    rf"(?:, {MON} \d{{1,2}} \([A-Z]{{2,6}}\) (?=[A-Z])"  # "Shimla, Aug 3 (PTI) Four people"
    r"|(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Za-z]{3,9})(?:,? \d{4})?)?"
    r"(?: ?\([^)]{1,30}\))?(?: ?[-–—]{1,2} |: ))"
)
#: Words of names that begin with no capital.
_SMALL = wordlist("name_particles")
_WORD = re.compile(r"[^\W\d_]+")


def find(
    article: Article, spans: Sequence[Sentence], resolutions: Sequence[Resolution]
) -> tuple[int, int] | None:
    """Return where the dateline ("PARIS, Texas (AP) - ") of one of the first paragraphs stands, if any."""
    told = [sentence for sentence in spans[:8] if sentence.kind in ("text", "caption")]
    for sentence in told:
        match = _DATELINE.match(article.text, sentence.start, sentence.end)
        if match and match.end() < sentence.end and _is_named(match["places"]):
            start, end = match.span()
            known = any(start <= r.mention.start < end for r in resolutions)
            if _is_label(article.text, start, end, told) and sentence is not told[0]:
                return None
            if known or not triggers.find(words(article.text, start, end)):
                return start, end  # not "Explosions: Kyiv, Odesa"
    return None


def _is_label(text: str, start: int, end: int, told: Sequence[Sentence]) -> bool:
    """Return whether a place only heads its own line or sentence: "Sumy: two killed", no "Dhaka: A bus".

    Labels stand before numbers, or several of them in a text.
    """
    lead = text[start:end].rstrip()
    if not lead.endswith(":") or lead.isupper():
        return False
    number, _ = numerals.value(words(text, end, end + 20) or words("the"), 0)
    others = (_DATELINE.match(text, s.start, s.end) for s in told if s.start != start)
    return bool(number) or any(other and other[0].rstrip().endswith(":") for other in others)


def _is_named(places: str) -> bool:
    """Return whether words are names only: no "Bomb attack in Jolo: 20 dead"."""
    return all(not word[0].islower() or word in _SMALL for word in _WORD.findall(places))


def place(resolutions: Sequence[Resolution], end: int) -> Resolution | None:
    """Return the place of a dateline: its first, which is the finest."""
    return next((r for r in resolutions if r.place is not None and r.mention.start < end), None)
