"""Names to show: what readers of English news expect instead of a scientific transliteration."""

from __future__ import annotations

import unicodedata

from rapidfuzz import fuzz

from dateline.gazetteer.build.record import Places, Record
from dateline.gazetteer.names import normalize
from dateline.gazetteer.store import PRIMARY

#: Countries whose own script is not Latin: diacritics there are a transliteration's, not the language's.
OTHER_SCRIPT = frozenset({
    "AE", "AF", "AM", "BD", "BG", "BH", "BT", "BY", "CN", "DZ", "EG", "ER", "ET", "GE", "GR", "HK",
    "IL", "IN", "IQ", "IR", "JO", "JP", "KG", "KH", "KP", "KR", "KW", "KZ", "LA", "LB", "LK", "LY",
    "MA", "MK", "MM", "MN", "NP", "OM", "PK", "PS", "QA", "RS", "RU", "SA", "SD", "SY", "TH", "TJ",
    "TN", "TW", "UA", "UZ", "YE",
})  # fmt: skip
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "ʾ": "'", "ʿ": "'", "`": "'", "ʹ": "'"})


def show(places: Places) -> None:
    """Choose the names to show of settlements and units; the old ones still find their place.

    A settlement in a country of another script takes its English name where Who's On First has one that
    GeoNames
    knows too, else its own without diacritics.
    """
    for record in places.values():
        if record.feature_class not in "PA" or record.country not in OTHER_SCRIPT:
            continue
        chosen = _english(record) if record.feature_class == "P" and record.country != "UA" else ""
        chosen = chosen or plain(record.name)
        if chosen != record.name and normalize(chosen):
            record.name = chosen
            record.names[chosen] = PRIMARY


def _english(record: Record) -> str:
    """Return the English name to show, empty where none is known.

    A record may carry the English name of a camp or quarter that Who's On First joins with it: a name that
    little resembles the place's own, or says what the place is not, is passed over.
    """
    own = normalize(record.name)
    english = [name for language, name in record.tagged if language == "en" and name.isascii()]
    if own in {normalize(name) for name in english}:
        return ""
    for name in english:
        key = normalize(name)
        if name[:1].isupper() and "camp" not in key.split() and fuzz.ratio(key, own) >= 60:
            return name
    return ""


def plain(name: str) -> str:
    """Return a transliterated name without diacritics and with plain apostrophes, none at either end.

    Examples
    --------
    >>> plain("Abū Z̧aby"), plain("‘Ardamata"), plain("Al Bayḑā’"), plain("Arkhangel’sk")
    ('Abu Zaby', 'Ardamata', 'Al Bayda', "Arkhangel'sk")
    """
    decomposed = unicodedata.normalize("NFD", name.translate(_QUOTES))
    bare = "".join(c for c in decomposed if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", bare.strip("'"))
