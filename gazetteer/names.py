"""Names of places as keys: one normalisation for the build and for every look-up, and spelling variants.

:func:`normalize` is what both sides agree on; :func:`keys` are the keys a name in a text may be stored
under; :func:`dateline.gazetteer.variants.variants` goes on to other spellings of the same name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

#: No place name is longer than this; longer text is never looked up.
LONGEST = 200

# Letters that Unicode does not decompose, and Arabic letters that are written for one another.
_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n",
        "ə": "a", "ɑ": "a", "ʒ": "zh", "ŧ": "t", "ƙ": "k", "ɓ": "b", "ɗ": "d", "ƴ": "y", "ɛ": "e", "ɔ": "o",
        "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ک": "ك", "ڪ": "ك", "ە": "ه", "ھ": "ه", "ہ": "ه", "ۀ": "ه",
        "ـ": None, "ٱ": "ا", "ß": "ss", "ґ": "г",
    }
)  # fmt: skip
# Apostrophes and the signs used for one (ayin, hamza, soft sign, geresh) vanish: Sana'a, N'Djamena, Luhans'k.
_APOSTROPHES = "'’‘`´ʹʺʻʼʽʾʿ＇′″״׳ˈ\u0374\ua78c\u02b0"
_SILENT = str.maketrans(dict.fromkeys(_APOSTROPHES))
# Marks that are decoration in their script; vowel signs of Indic and South-East Asian scripts are not.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe20-\ufe2f]"
)
_INITIAL = re.compile(r"\b([^\W\d_])\.(?=\w)")
_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "mt": "mount", "mtn": "mountain", "ft": "fort"}
_POSSESSIVE = re.compile(r"(['’ʼ]s|(?<=s)['’ʼ])$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def normalize(name: str) -> str:
    """Return the key under which a name is stored.

    Compatibility forms, letter case, diacritics, apostrophes, hyphens and other punctuation, the full stops
    of initials, "St."/"Saint", "Mt."/"Mount", "&"/"and" and a leading "the" make no difference.  Idempotent.

    Parameters
    ----------
    name : str
        Any text.

    Returns
    -------
    str
        Words of letters and digits separated by single spaces; empty when nothing is left.

    Examples
    --------
    >>> normalize("Sana’a"), normalize("ST. PETERSBURG"), normalize("Deir ez-Zor"), normalize("the U.S.")
    ('sanaa', 'saint petersburg', 'deir ez zor', 'us')
    >>> normalize("Київ"), normalize("São Tomé & Príncipe")
    ('киів', 'sao tome and principe')
    """
    if name.isascii():
        if name.isalpha():
            return name.lower()
        text = name.lower().replace("'", "").replace("`", "")
    else:
        while (again := _fold(name)) != name:
            name = again
        text = name.lower().translate(_SILENT)
    if "." in text:
        text = _INITIAL.sub(r"\1", text)
    words = _words(text.replace("&", " and "))
    if len(words) > 1:
        if words[0] == "the":
            first = next((i for i, word in enumerate(words) if word != "the"), len(words) - 1)
            words = words[first:]
        words = [_ABBREVIATIONS.get(word, word) for word in words]
    return " ".join(words)


def _fold(text: str) -> str:
    """Return the text without case, compatibility forms and diacritics."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = _MARKS.sub("", unicodedata.normalize("NFD", text.translate(_SILENT)))
    return unicodedata.normalize("NFC", text.translate(_LETTERS)).lower()


_NOT_WORD_ASCII = re.compile(r"[^a-z0-9]+")


def _words(text: str) -> list[str]:
    """Split into words: runs of letters, digits and the vowel signs of scripts that need them."""
    if text.isascii():
        found = text.split()
        return found if all(map(str.isalnum, found)) else _NOT_WORD_ASCII.sub(" ", text).split()
    # Formatting characters (right-to-left marks, joiners) vanish; what else is no letter separates.
    kept = (
        c if (kind := unicodedata.category(c))[0] in "LMN" else ("" if kind == "Cf" else " ") for c in text
    )
    return "".join(kept).split()


def keys(name: str) -> Iterator[str]:
    """Yield the keys to look a name up under, best first: as it stands, then without a possessive ending.

    The possessive is not part of :func:`normalize`, which would confound St. John's with Saint John.

    Examples
    --------
    >>> [*keys("Ukraine's")], [*keys("St. John’s")]
    (['ukraines', 'ukraine'], ['saint johns', 'saint john'])
    """
    if len(name) > LONGEST:
        return
    whole = normalize(name)
    if whole:
        yield whole
    stem = normalize(_POSSESSIVE.sub("", name.rstrip()))
    if stem and stem != whole:
        yield stem
