"""A place while the bundle is being built."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.gazetteer.names import normalize
from dateline.gazetteer.store import ALTERNATE

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


#: Languages whose names are kept apart, ISO 639-1; names in other languages find their place all the same.
LANGUAGES = frozenset({
    "am", "ar", "az", "be", "bg", "bn", "cs", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi",
    "hr",
    "hu", "hy", "id", "it", "ja", "ka", "kk", "ko", "ku", "lt", "lv", "mk", "my", "nl", "pl", "ps", "pt",
    "ro", "ru",
    "sk", "sl", "so", "sq", "sr", "sv", "sw", "th", "tr", "uk", "ur", "uz", "vi", "zh",
})  # fmt: skip

#: What the names of units end with.
_UNIT = re.compile(
    r" (oblast|krai|state|territory|voivodeship|zone|district|province|department|county|raion|rayon|region"
    r"|governorate|prefecture|municipality|parish)$"
)


def bare_name(name: str) -> str:
    """Return the normalised name of a unit without its kind.

    Examples
    --------
    >>> bare_name("Jimma Zone"), bare_name("Metekel")
    ('jimma', 'metekel')
    """
    return _UNIT.sub("", normalize(name))


@dataclass(slots=True)
class Record:
    """A place with its names; sources fill what they know, :mod:`.pack` writes it.

    `names` maps a name as written to its kind (see :data:`dateline.gazetteer.store.NAME_KINDS`);
    `tagged` holds (language, name); `least` is the importance (0 to 1) it has whatever its size; `leads` are
    the normalised names that mean it where nothing else tells.
    """

    id: str
    name: str
    lat: float = 0.0
    lon: float = 0.0
    feature_class: str = "P"
    feature_code: str = "PPL"
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    radius_km: float = 0.0
    least: float = 0.0
    names: dict[str, int] = field(default_factory=dict)
    tagged: list[tuple[str, str]] = field(default_factory=list)
    leads: set[str] = field(default_factory=set)
    shape: BaseGeometry | None = None

    def add(self, names: Iterable[str], kind: int = ALTERNATE) -> None:
        """Add names of one kind; a name that is there keeps its kind."""
        for name in names:
            if name and normalize(name):
                self.names.setdefault(name, kind)

    def drop(self, name: str) -> None:
        """Take a name away, however it is written and in whatever language."""
        key = normalize(name)
        self.names = {own: kind for own, kind in self.names.items() if normalize(own) != key}
        self.tagged = [(language, own) for language, own in self.tagged if normalize(own) != key]


#: All places by id.
Places = dict[str, Record]
