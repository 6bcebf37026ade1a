"""Reading other scripts in Latin letters: Ukrainian by its law, Russian by usage, others by anyascii."""

from __future__ import annotations

import re

from anyascii import anyascii

# Resolution of the Cabinet of Ministers No. 55 of 27 January 2010; apostrophe and soft sign are not written.
_UKRAINIAN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia", "ь": "", "'": "", "’": "", "ʼ": "",
}  # fmt: skip
_UKRAINIAN_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
# As news agencies write Russian: -ий and -ый become -y, е stays e but is ye after a vowel or at the start.
_RUSSIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "",
    "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_CYRILLIC_WORD = re.compile("[\u0400-\u04ff'’ʼ]+")


def ukrainian(text: str) -> str:
    """Return Ukrainian text in the official romanisation.

    Examples
    --------
    >>> ukrainian("Роботине"), ukrainian("Запоріжжя"), ukrainian("Згурівка"), ukrainian("Їжаківка")
    ('Robotyne', 'Zaporizhzhia', 'Zghurivka', 'Yizhakivka')
    """
    return _CYRILLIC_WORD.sub(lambda match: _ukrainian_word(match.group()), text)


def _ukrainian_word(word: str) -> str:
    lower = word.lower().replace("зг", "з\0")
    letters = [
        "gh" if c == "\0" else (_UKRAINIAN_FIRST.get(c) if i == 0 else None) or _UKRAINIAN.get(c, c)
        for i, c in enumerate(lower)
    ]
    return _cased("".join(letters), word)


def russian(text: str) -> str:
    """Return Russian text as news agencies romanise it.

    Examples
    --------
    >>> russian("Белгород"), russian("Нижний Новгород"), russian("Суджа")
    ('Belgorod', 'Nizhny Novgorod', 'Sudzha')
    """

    def word(match: re.Match[str]) -> str:
        lower = re.sub("[иы]й$", "y", match.group().lower())
        lower = re.sub("(^|[аеёиоуыэюяьъ])е", r"\1ye", lower)
        return _cased("".join(_RUSSIAN.get(c, c) for c in lower), match.group())

    return _CYRILLIC_WORD.sub(word, text)


def _cased(latin: str, original: str) -> str:
    """Give the romanised word the capitals of the original."""
    if original.isupper() and len(original) > 1:
        return latin.upper()
    return latin[:1].upper() + latin[1:] if original[:1].isupper() else latin


def romanized(text: str) -> str:
    """Return text of any script in Latin letters; Cyrillic with Ukrainian letters is read as Ukrainian.

    Examples
    --------
    >>> romanized("Αθήνα"), romanized("Київ"), romanized("Курск")
    ('Athina', 'Kyiv', 'Kursk')
    """
    if _CYRILLIC_WORD.search(text):
        text = ukrainian(text) if set(text.lower()) & set("іїєґ") else russian(text)
    return anyascii(text)
