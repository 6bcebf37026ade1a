"""Other spellings of the same name, by rules that hold for whole families of names.

Ukrainian and Russian endings (-skyi/-sky/-skiy, -iv/-ov, g/h, iy/yi/y), Arabic articles and endings (al-/el-,
-eh/-a/-ah), consonants that English writes in several ways (kh/h, zh/j, dj/j, w/v, q/k), and scripts:
Cyrillic, Arabic, Greek, Hebrew... are read in Latin letters (:mod:`dateline.gazetteer.latin`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations

from dateline.gazetteer.latin import romanized
from dateline.gazetteer.names import normalize

#: Spellings that stand for one another.  A space is a word's edge.
_FAMILIES = (
    ("skyi ", "sky ", "skiy ", "skyy ", "ski ", "skii ", "skij ", "skyj "),
    ("yi ", "y ", "iy ", "ii ", "yy ", "ij "),
    ("ia ", "iia ", "iya ", "ya ", "ija "),
    ("a ", "ah ", "eh ", "e ", "at "),
    ("iv ", "ov ", "ev ", "yiv "),
    ("ivka ", "ovka ", "evka "),
    ("ove ", "ovo "),
    ("yne ", "ine ", "ino "),
    ("ske ", "skoye ", "skoe "),
    ("oye ", "oe "),
    ("kh", "h"), ("g", "h"), ("zh", "j"), ("ts", "tz"), ("ts", "c"), ("dj", "j"), ("dzh", "j"),
    ("tch", "ch"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "i"), ("ie", "e"), ("ei", "e"),
    ("ei", "ai"), ("ai", "ay"), ("ey", "ei"), ("ye", "e"), ("ye", "ie"), ("iu", "yu"), ("ia", "ya"),
    ("iy", "y"), ("yi", "i"), ("y", "i"), ("io", "yo"), ("io", "o"), ("w", "v"), ("k", "c"), ("k", "q"),
    ("ph", "f"), ("dh", "d"), ("th", "t"), ("gh", "g"), ("sh", "ch"), ("aa", "a"), ("ii", "i"),
    ("j", "y"),
)  # fmt: skip
#: Changes that make another name of a short one; only words of at least so many letters undergo them.
_BOLD_FAMILIES = (("a", "e"), ("a", "o"), ("e", "i"), ("o", "u"), ("s", "z"), ("j", "i"), ("eu", "u"))
_BOLD_FROM = 7
_BOLD = tuple(pair for family in _BOLD_FAMILIES for pair in permutations(family, 2))
_RULES = tuple(pair for family in _FAMILIES for pair in permutations(family, 2))
_DOUBLE = tuple((letter * 2, letter) for letter in "bcdfgjklmnpqrstvz")
#: Arabic articles, also as they sound before sun letters.
_ARTICLES = frozenset({
    "al", "el", "ul", "il", "ad", "ed", "ar", "er", "as", "es", "ash", "esh", "at", "et", "az", "ez",
    "an", "en",
})  # fmt: skip
_SUN = ("sh", "th", "d", "n", "r", "s", "t", "z")

#: Where these articles are used.
ARABIC = frozenset({
    "AE", "BH", "DJ", "DZ", "EG", "EH", "ER", "IL", "IQ", "IR", "JO", "KM", "KW", "LB", "LY", "MA", "MR",
    "OM", "PS", "QA", "SA", "SD", "SO", "SS", "SY", "TD", "TN", "YE",
})  # fmt: skip

#: Names of fewer letters have no other spellings.
SHORTEST = 4
#: At most this many spellings are tried for a name.
MOST = 400


def latin(key: str) -> str:
    """Return a normalised name in Latin letters, as its sounds are usually written.

    Examples
    --------
    >>> latin("харкив"), latin("роботине")
    ('kharkiv', 'robotine')
    """
    return normalize(romanized(key))


def search(key: str, known: Callable[[str], bool]) -> list[str]:
    """Return the other spellings of a normalised name that are known.

    One rule is tried first, then two together; the first step that finds anything ends the search.

    Parameters
    ----------
    key : str
        As :func:`dateline.gazetteer.names.normalize` returns it.
    known : callable
        Whether a spelling is stored.

    Examples
    --------
    >>> search("chernigiv", {"chernihiv"}.__contains__)
    ['chernihiv']
    """
    words = key if key.isascii() else latin(key)
    if len(words) < SHORTEST:
        return [words] if words != key and known(words) else []
    if words != key and known(words):
        return [words]
    padded = f" {words} "
    first = list(dict.fromkeys(_step(padded)))
    if max(map(len, words.split())) >= _BOLD_FROM:
        first = list(dict.fromkeys([*first, *_replaced(padded, _BOLD)]))
    found = [text for text in (padded.strip() for padded in first) if text != key and known(text)]
    if found:
        return found
    tried = set(first)
    for padded in first:
        for further in _step(padded):
            if further in tried:
                continue
            if known(further.strip()):
                return [further.strip()]
            tried.add(further)
            if len(tried) > MOST:
                return []
    return []


def _step(padded: str) -> Iterator[str]:
    """Yield the spellings one rule away; `padded` starts and ends with a space."""
    yield from _replaced(padded, _RULES)
    for old, new in _DOUBLE:
        if old in padded:
            yield padded.replace(old, new)
    yield from _articles(padded.split())


def _replaced(padded: str, rules: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Yield the text with each rule applied everywhere, and to its first and last place alone."""
    for old, new in rules:
        at = padded.find(old)
        if at < 0:
            continue
        yield padded.replace(old, new)
        if padded.find(old, at + 1) >= 0:
            yield padded[:at] + new + padded[at + len(old) :]
            at = padded.rfind(old)
            yield padded[:at] + new + padded[at + len(old) :]


def other_articles(key: str) -> list[str]:
    """Return a normalised name that begins with an Arabic article with the other forms of it.

    Examples
    --------
    >>> other_articles("al fasher"), other_articles("al suwayda"), other_articles("kassala")
    (['el fasher'], ['el suwayda', 'as suwayda', 'es suwayda'], [])
    """
    article, _, rest = key.partition(" ")
    if not rest or article not in _ARTICLES:
        return []
    sun = next((sound for sound in _SUN if rest.startswith(sound)), "l")
    others = dict.fromkeys(("al", "el", f"a{sun}", f"e{sun}"))
    return [f"{other} {rest}" for other in others if other != article]


def _articles(words: list[str]) -> Iterator[str]:
    """Yield the spellings with another Arabic article, or none."""
    for i, word in enumerate(words[:-1]):
        if word in _ARTICLES:
            sun = next((sound for sound in _SUN if words[i + 1].startswith(sound)), "l")
            for other in ("al", "el", f"a{sun}", f"e{sun}"):
                if other != word:
                    yield f" {' '.join([*words[:i], other, *words[i + 1 :]])} "
            yield f" {' '.join([*words[:i], *words[i + 1 :]])} "
            yield f" {' '.join([*words[:i], word + words[i + 1], *words[i + 2 :]])} "
    if len(words) > 1:
        yield f" {''.join(words)} "
    elif len(words[0]) > 4 and words[0][:2] in ("al", "el"):
        yield f" {words[0][:2]} {words[0][2:]} "
    if words[0] not in _ARTICLES:
        yield f" al {' '.join(words)} "
