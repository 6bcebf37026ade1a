"""Other spellings of the same name, by rules that hold for whole families of names.

Ukrainian and Russian endings (-skyi/-sky/-skiy, -iv/-ov, g/h, iy/yi/y), Arabic articles and endings (al-/el-,
-eh/-a/-ah), consonants that English writes in several ways (kh/h, zh/j, dj/j, w/v, q/k), and scripts:
Cyrillic, Arabic, Greek, Hebrew... are read in Latin letters by :mod:`anyascii`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import permutations

from anyascii import anyascii

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
    ("s", "z"), ("o", "u"), ("e", "i"), ("a", "e"), ("j", "i"), ("j", "y"), ("eu", "u"),
)  # fmt: skip
_RULES = tuple(pair for family in _FAMILIES for pair in permutations(family, 2))
_DOUBLE = tuple((letter * 2, letter) for letter in "bcdfgjklmnpqrstvz")
#: Arabic articles, also as they sound before sun letters.
_ARTICLES = frozenset({
    "al", "el", "ul", "il", "ad", "ed", "ar", "er", "as", "es", "ash", "esh", "at", "et", "az", "ez",
    "an", "en",
})  # fmt: skip
_SUN = ("sh", "th", "d", "n", "r", "s", "t", "z")

#: At most this many spellings are tried for a name.
MOST = 400


def latin(key: str) -> str:
    """Return a normalised name in Latin letters, as its sounds are usually written.

    Examples
    --------
    >>> latin("харкив"), latin("роботине")
    ('kharkiv', 'robotine')
    """
    return normalize(anyascii(key.translate(_UKRAINIAN) if set(key) & set("ієґ") else key))


# The Ukrainian national system of 2010 where it differs from the Russian reading of the same letters
# (й and ї have lost their marks by then).
_UKRAINIAN = str.maketrans(
    {"г": "h", "и": "y", "і": "i", "є": "ie", "х": "kh", "щ": "shch", "ь": None, "ю": "iu", "я": "ia"}
)


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
    if not words:
        return []
    if words != key and known(words):
        return [words]
    first = list(dict.fromkeys(_step(f" {words} ")))
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
    for old, new in _RULES:
        at = padded.find(old)
        if at < 0:
            continue
        yield padded.replace(old, new)
        if padded.find(old, at + 1) >= 0:
            yield padded[:at] + new + padded[at + len(old) :]
            at = padded.rfind(old)
            yield padded[:at] + new + padded[at + len(old) :]
    for old, new in _DOUBLE:
        if old in padded:
            yield padded.replace(old, new)
    yield from _articles(padded.split())


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
