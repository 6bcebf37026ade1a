"""Which places a toponym may mean: every row of the gazetteer that bears its name, in one form or another.

Mentions with the same name and the same cues share one :class:`Unit`, so that a name repeated twenty times is
looked up and scored once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dateline.gazetteer import Gazetteer
from dateline.gazetteer.search import Candidates
from dateline.gazetteer.store import DEMONYM, DEMONYM_PLURAL
from dateline.geo.cues import COMMA, KINDS, STATED, WITHIN, Cues
from dateline.geo.facilities import usual_name
from dateline.geo.model import Mention

#: How a candidate's name was found, best first; of `AFFIX` only generic words were left out ("downtown
#: Kharkiv"), of `BEGINNING` any ("Boston Athletic Association"); `NEARBY` is no name match:
#: the toponym itself is unknown (a street, a building, a small suburb) and the candidate is the place that
#: the text puts it in.
EXACT, VARIANT, FUZZY, AFFIX, BEGINNING, NEARBY = range(6)
MATCHES = ("exact", "variant", "fuzzy", "variant", "variant", "nearby")
_MATCH = {"exact": EXACT, "variant": VARIANT, "fuzzy": FUZZY}

#: At most so many places are considered for one name.
MOST = 200
#: Shorter names, and names of more words, are only looked up as they are spelt.
_SHORTEST, _MOST_WORDS = 5, 3
_LONGEST_BEGINNING = 5

#: "Kharkiv region" may be stored as Kharkiv Oblast, "Wayne" in a list of counties as Wayne County.
_UNIT_WORDS = {
    "admin1": ("Oblast", "Region", "Province", "State", "Governorate"),
    "admin2": ("County", "District", "Raion", "Zone"),
}
_UNIT_WORDS |= {"part": _UNIT_WORDS["admin1"], "rural": _UNIT_WORDS["admin1"]}
#: "Moscow" and "the city of Moscow" are the one that was introduced as "Moscow, Idaho".
_PLAIN_KINDS = (0, KINDS.index("settlement"))
_EDGES = re.compile(r"^[\s\W_]+|[\s\W_]+$")
_DIRECTIONS = {"N.": "North", "S.": "South", "E.": "East", "W.": "West"}
#: "Co Galway", "Co. Durham"
_COUNTY = frozenset({"Co", "Co.", "CO"})
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PREFIX = re.compile(
    r"^(?:the\s+)?(?:(?:city|town|village|state|county|province|district|region|municipality|port|republic|borough"
    r"|island|isle|gulf|kingdom|parish|township|commonwealth|people'?s republic|university|univ\.?) of\s+"
    r"|greater\s+|downtown\s+|central\s+|metro(?:politan)?\s+|inner\s+|mid[-\s]+|upstate\s+|old\s+"
    r"|(?:(?:north|south)[\s-]?(?:east|west)?|east|west)(?:ern)?[\s-]+|upper\s+|lower\s+"
    r"|province\s+|county\s+|co\.?\s+|lake\s+|river\s+|mount\s+|occupied\s+|mainland\s+|rural\s+)",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    r"\s+(?:city|town|village|state|county|co\.?|counties|province|district|region|(?:administrative )?area"
    r"|municipality|oblast"
    r"|raion|governorate|prefecture|township|twp\.?|borough|parish|shire|island|islands|metro"
    r"|metropolitan area|river|lake|valley|peninsula|coast|bay|beach|hills?|heights|park|airport"
    r"|international airport|border|d\.?c\.?|proper"
    r"|division|department|canton|territory|strip|suburbs?|downtown|north|south|east|west|central)$",
    re.IGNORECASE,
)
#: "East Gojjam" and "Tonj North" are units whose names the gazetteer has with "Zone" or "County".
_COMPASS = re.compile(r"^(?:North|South|East|West)\w* | (?:North|South|East|West)$")
_BEARING = re.compile(
    r"(?:the\s+)?(?:(?:north|south|east|west|northeast|northwest|southeast|southwest)(?:ern)?|central|upper|lower"
    r"|midlands?|centre|center|[-\s])+",
    re.IGNORECASE,
)
_INHABITANTS = re.compile(r"(?:e?rs|er|ites?|ians)$")
_FACILITY = re.compile(
    r"\s+(?:high school|school|university|college|hospital|medical center|church|museum|hotel|airport|station"
    r"|stadium|prison|jail|library|mall|bridge|dam|convention center|city hall|town hall|center|centre)$",
    re.IGNORECASE,
)


#: What tells units apart: name, container, kind of place, and what the words beside the name make of it.
Key = tuple[str, str, int, str]


@dataclass(slots=True)
class Unit:
    """Mentions that are resolved together: one name with one set of cues."""

    name: str
    kind: int
    called: str
    mentions: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Pool:
    """All candidates of an article, as parallel arrays.

    `unit` numbers the :class:`Unit` of each candidate and ascends.
    """

    unit: NDArray[np.int32]
    row: NDArray[np.int32]
    name_kind: NDArray[np.uint8]
    match: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.row)

    def take(self, at: NDArray[np.intp] | NDArray[np.bool_]) -> Pool:
        """Return the chosen candidates."""
        return Pool(self.unit[at], self.row[at], self.name_kind[at], self.match[at])


def group_mentions(mentions: Sequence[Mention], cues: Cues) -> tuple[list[Unit], list[int]]:
    """Return the units of an article, and the unit of each mention.

    A mention with a container of its own ("Paris, Texas", "Hyderabad in Sindh") or another kind of place
    ("Washington state") is apart from those of the same name without: several senses of a name may live in
    one article.  But a name that its article introduces as "Moscow, Idaho," stays the one in Idaho.
    """
    container = {
        link.inner: mentions[link.outer].text.lower()
        for link in reversed(cues.links)
        if link.kind == COMMA or (link.kind == WITHIN and link.inner < link.outer)
    }
    keys = [
        (_EDGES.sub("", mention.text).lower(), container.get(i, ""), cues.kinds[i], cues.called[i].lower())
        for i, mention in enumerate(mentions)
    ]
    introduced = _introduced(keys, container, cues)
    units: list[Unit] = []
    numbers: dict[Key, int] = {}
    unit_of: list[int] = []
    for i, (mention, key) in enumerate(zip(mentions, keys, strict=True)):
        if not key[1] and key[2] in _PLAIN_KINDS:
            key = introduced.get(key[0], key)
        number = numbers.setdefault(key, len(units))
        if number == len(units):
            units.append(Unit(mention.text, cues.kinds[i], cues.called[i]))
        units[number].mentions.append(i)
        unit_of.append(number)
    return units, unit_of


def _introduced(keys: Sequence[Key], container: dict[int, str], cues: Cues) -> dict[str, Key]:
    """Return the keys of units whose names the text first uses, or heads the article, with where they lie."""
    stated = {link.inner for link in cues.links if link.kind == STATED}
    known: dict[str, Key] = {}
    bare: set[str] = set()
    for i, key in enumerate(keys):
        name, outer, *_ = key
        if not outer:
            bare.add(name)
        elif i in stated and (name not in bare or cues.lead[i]):
            known.setdefault(name, key)
    for i, outer in container.items():
        name = keys[i][0]
        if name in known and known[name][1] != outer:
            del known[name]  # Two of one name: which is meant, the rest of the article has to tell.
    return known


class Finder:
    """Finds the candidates of names and remembers them; with `exact` only under the names as spelt."""

    def __init__(self, gaz: Gazetteer, exact: bool = False) -> None:
        self._gaz = gaz
        self._exact = exact
        self.find = lru_cache(maxsize=20_000)(self._find)

    def pool(self, units: Sequence[Unit]) -> Pool:
        """Return the candidates of all units."""
        found = [self.find(unit.name, unit.kind, unit.called) for unit in units]
        counts = [len(rows) for rows, _, _ in found]
        rows, kinds, matches = (np.concatenate([part[i] for part in found]) for i in range(3))
        unit = np.repeat(np.arange(len(units), dtype=np.int32), counts)
        return Pool(unit, rows, kinds, matches)

    def _find(
        self, name: str, kind: int, called: str
    ) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.uint8]]:
        """Return rows, name kinds and matches for one name.

        The name as it stands comes first; a name with a generic word is also looked up without it ("Wayne
        County", "downtown Kharkiv"), and a name without, with the word that stands beside it in the text.
        """
        name = _EDGES.sub("", name) or name.strip()
        parts = [self._lookup(name)]
        if not any(len(rows) for rows, _, _ in parts):
            parts = [self._lookup(usual_name(name))]
        if not len(parts[0][0]):
            parts = [self._lookup(form, VARIANT) for form in _spelt_out(name)]
        if not any(len(rows) for rows, _, _ in parts) and _COMPASS.search(name):
            parts += [self._lookup(f"{name} {word}") for words in _UNIT_WORDS.values() for word in words]
        forms = [] if any(len(rows) for rows, _, _ in parts) else _other_forms(name)
        parts += [self._without(form, name) for form in forms]
        if not any(len(rows) for rows, _, _ in parts):
            parts += [self._lookup(form, BEGINNING) for form in _beginnings(name)]
        parts += [self._lookup(f"{name} {word}") for word in _UNIT_WORDS.get(KINDS[kind], ())]
        parts += [self._lookup(form) for form in _completed(name, called)]
        if not self._exact and not any(len(rows) for rows, _, _ in parts):
            parts = [self._unusual(text, name) for text in (name, *forms) if text.count(" ") < _MOST_WORDS]
        found = [part for part in parts if len(part[0])]
        if len(found) < 2:
            return found[0] if found else _NONE
        rows, kinds, matches = (np.concatenate([part[i] for part in found]) for i in range(3))
        _, first = np.unique(rows, return_index=True)
        first.sort()
        first = first[:MOST]
        return rows[first], kinds[first], matches[first]

    def _lookup(
        self, name: str, match: int = EXACT
    ) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.uint8]]:
        """Return the places stored under exactly this name."""
        return _found(self._gaz.exact(name), match)

    def _without(
        self, form: str, name: str
    ) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.uint8]]:
        """Return the places called as a name without its generic word; "Mayendit County" is a unit's name."""
        rows, kinds, matches = self._lookup(form, AFFIX)
        if name.removeprefix(form).strip() in _UNIT_WORDS["admin2"] and len(rows):
            codes = self._gaz.columns.feature_code[rows]
            unit = codes == self._gaz.tables["feature_code"].index("ADM2")
            matches = np.where(unit, EXACT, matches).astype(np.uint8)
        return rows, kinds, matches

    def _unusual(
        self, form: str, name: str
    ) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.uint8]]:
        """Return the places whose name is another spelling of a form of a name, or resembles it.

        No inhabitants of what only is a part of the name: "Trench Town" is nothing French.
        """
        found = self._gaz.lookup(form, fuzzy=True) if len(form) >= _SHORTEST else None
        if found is not None and form != name:
            found = found.where(~np.isin(found.name_kind, (DEMONYM, DEMONYM_PLURAL)))
        return _NONE if found is None else _found(found, _MATCH[found.kind])


_NONE = (np.empty(0, np.int32), np.empty(0, np.uint8), np.empty(0, np.uint8))


def _found(found: Candidates, match: int) -> tuple[NDArray[np.int32], NDArray[np.uint8], NDArray[np.uint8]]:
    count = min(len(found.rows), MOST)
    return (
        np.asarray(found.rows[:count], np.int32),
        np.asarray(found.name_kind[:count], np.uint8),
        np.full(count, match, np.uint8),
    )


def _spelt_out(name: str) -> list[str]:
    """Return the same name written out: a hashtag's words, "W. Africa" and its like.

    Examples
    --------
    >>> _spelt_out("#NewYork"), _spelt_out("W. Africa"), _spelt_out("Kyiv")
    (['New York'], ['West Africa', 'Western Africa'], [])
    """
    spaced = _CAMEL.sub(" ", name.lstrip("#@")).replace("_", " ")
    if " " not in name and " " in spaced:
        return [spaced]
    first, _, rest = name.partition(" ")
    if rest and first in _COUNTY:
        return [f"County {rest}"]
    if rest and (direction := _DIRECTIONS.get(first.upper())):
        return [f"{direction} {rest}", f"{direction}ern {rest}"]
    return []


def _completed(name: str, called: str) -> list[str]:
    """Return what the gazetteer may call a place whose name the words beside it complete.

    Examples
    --------
    >>> _completed("Niger", "river Niger"), _completed("Saratov", "Saratov airport")
    (['river Niger', 'Niger river'], ['Saratov airport'])
    """
    if not called:
        return []
    turned = [f"{name} {called.split()[0]}"] if called.endswith(name) else []
    return list(dict.fromkeys([called, *turned, usual_name(called)]))


def is_named_after(name: str) -> bool:
    """Return whether a name may be that of something called after a place: it has no generic word of places.

    Examples
    --------
    >>> is_named_after("Russian Embassy"), is_named_after("downtown Kharkiv")
    (True, False)
    """
    return " " in name.strip() and not _PREFIX.match(name) and not _SUFFIX.search(name)


def _other_forms(name: str) -> list[str]:
    """Return the names inside a name: without generic words, before a comma.

    Examples
    --------
    >>> _other_forms("downtown Kharkiv"), _other_forms("Colorado State University")
    (['Kharkiv'], ['Colorado State', 'Colorado'])
    """
    forms = []
    part_of = _PREFIX.match(name)
    if part_of:
        forms += [name[part_of.end() :], _SUFFIX.sub("", name[part_of.end() :])]
    for pattern in (_SUFFIX, _FACILITY):
        without = pattern.sub("", name)
        if without != name:
            forms += [without, _SUFFIX.sub("", without)]
    if "," in name:
        forms.append(name.split(",")[0].strip())
    if not part_of and ("-" in name or "/" in name):
        forms += [part.strip() for part in re.split(r"[-/–]", name) if len(part.strip()) > 3]
    stem = _INHABITANTS.sub("", name)
    if stem != name and len(stem) > 4:
        forms.append(stem)
    names = (form for form in forms if (len(form) > 2 or form.isupper()) and not is_bearing(form))
    return list(dict.fromkeys(names))


def _beginnings(name: str) -> list[str]:
    """Return how a name begins, longest first: a university, a club or a court begins with its place's name.

    Examples
    --------
    >>> _beginnings("Boston Athletic Association")
    ['Boston Athletic', 'Boston']
    """
    words = name.split()
    if not 1 < len(words) <= _LONGEST_BEGINNING or not words[0][0].isupper():
        return []
    found = (" ".join(words[:n]) for n in range(len(words) - 1, 0, -1))
    # "Al Shabaab" has nothing of Alabama.
    return [form for form in found if (len(form) > 2 or form.isupper()) and not is_bearing(form)]


def is_bearing(name: str) -> bool:
    """Return whether a name only says in which part of something: "West", "Northern", "Central".

    Examples
    --------
    >>> is_bearing("North Eastern"), is_bearing("North Bend")
    (True, False)
    """
    return bool(_BEARING.fullmatch(name))
