"""Places that a text names only to tell where another one lies: "Nyabiondo (Masisi, North Kivu)".

A finer place is where it happened, and what follows it in brackets or after "of" only holds it, whatever kind
of place that name turned out to mean.  What nobody knows, or is known far from where the text puts it, lies
somewhere about what the text puts it in.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from dateline.geo.holding import contains
from dateline.geo.link_features import Scene
from dateline.geo.model import GUESSED, Mention, Resolution
from dateline.geo.spots import VENUE, Spot
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import wordlist

_PLACE_NOUNS = wordlist("place_nouns")
#: What is a part of another place: "Sirwah district of Marib", "neighbourhoods of Homs".
_PARTS = wordlist("parts_of_places")
_UNITS = wordlist("name_units")
#: What is behind one of these and "of" is it: "the Darfur town of Tawila", "the Aegean island of Samos".
_IS_ONE = frozenset({"village", "town", "hamlet", "settlement", "city", "community", "camp", "island"})
_ARE_SOME = frozenset({"villages", "towns", "hamlets", "settlements", "cities", "camps", "islands"})
#: What leads to another clause.
_ANOTHER = wordlist("clause_openers") | {";", ":"}
#: Words that join names in brackets.
_JOINTS = frozenset({",", "in"})
#: What is put somewhere by the text is no surer to be there.
_PUT = 0.49
#: So many km beside its container a place may lie: the point of a unit is that of its seat, or of its middle.
_BESIDE_KM = 100.0
_KIND = rf"(?: (?:{'|'.join(sorted(_PARTS))}))"
_BRACKET = rf"{_KIND}? ?\("
#: What puts the place before it into the one behind it.
_PUTS = re.compile(rf"{_BRACKET}|{_KIND}(?:,| in| of)(?: the)? ")
#: ... or does so where that one's next word says that it is a unit: "Murom, Shebekino district".
_PUTS_IN_UNIT = re.compile(r"(?:,| in)(?: the)? (?:(?:\w+ern )?[A-Z]\w+['’]s? )?")
_ITS = re.compile(r"['’]s? ")
_QUARTER_OF = re.compile(r" (?:area|neighbou?rhood|quarter|suburb|slum|ward|locality)s? (?:of|in) ")
_UNIT = re.compile(r"(?: (?:district|county|raion|township|territory|LGA|municipality|subdivision)\b)")
_VILLAGE_OF = re.compile(r"\b(?:village|hamlet|settlement|town) of $")
#: So many characters lie between a name and its container at most.
_FAR = 40
#: A name that nobody took for one: "Kobadje (Tera)".
_UNREAD = re.compile(rf"\b[^\W\d_a-z][\w'’-]+{_BRACKET}$")


def only_holds(scene: Scene, spot: Spot) -> bool:
    """Return whether a place is named only because the one before lies in it."""
    return _in_brackets(scene, spot) or _of_parts(scene, spot) or _is_unit_of(scene, spot)


def _is_unit_of(scene: Scene, spot: Spot) -> bool:
    """Return whether a unit ends a pair: "Komanda, Irumu territory,", no "Komanda, Irumu and Mambasa"."""
    inner = scene.before(spot)
    after = [*scene.lowers[spot.last + 1 : spot.last + 3], "", ""]
    return (
        inner is not None
        and _is_known(inner)
        and not inner.coordinated
        and scene.lowers[inner.last + 1 : spot.first] == [","]
        and after[0] in _UNITS
        and after[1] not in ("and", "or")
    )


def _in_brackets(scene: Scene, spot: Spot) -> bool:
    """Return whether a place stands in brackets behind another: no "three towns near Sumy (Bilopillia)"."""
    words = scene.lowers
    at = spot.first - 1
    while at > 0 and words[at] != "(":
        if words[at] not in _JOINTS | _PLACE_NOUNS and not scene.sentence[at].capital:
            return False
        at -= 1
    inner = next((other for other in scene.places if _ends_before(scene, other, at)), None)
    if inner is None or not _is_known(inner) or contains(inner.resolution, spot.resolution):
        return False
    several = any(word.endswith("s") and word in _PARTS for word in words[max(0, inner.first - 4) : at])
    return not several


def _ends_before(scene: Scene, spot: Spot, at: int) -> bool:
    """Return whether only a word for what it is stands between a place and another word: "Gudu town ("."""
    return 0 < spot.last + 1 <= at and all(word in _PARTS for word in scene.lowers[spot.last + 1 : at])


def frames_finer(scene: Scene, trigger: Trigger, spot: Spot) -> bool:
    """Return whether a town only begins a sentence that tells a part of it: "In Gaza City, in Zeitoun"."""
    if spot.first > 2 or spot.preposition != "in" or scene.lowers[spot.last + 1 : spot.last + 2] != [","]:
        return False
    whole = spot.resolution.place
    if whole is None or whole.feature_class != "P":
        return False
    return any(
        other.first > trigger.first
        and _ANOTHER.isdisjoint(scene.lowers[trigger.first : other.first])
        and _is_known(other)
        and other.preposition in VENUE
        and _is_quarter(other.resolution, spot.resolution)
        for other in scene.places
    )


def _is_quarter(inner: Resolution, outer: Resolution) -> bool:
    """Return whether a place is so near a larger town that it is a part of it, or of its land."""
    a, b = inner.place, outer.place
    if a is None or b is None:
        return False
    km = 111 * math.hypot(a.lat - b.lat, (a.lon - b.lon) * math.cos(math.radians(b.lat)))
    return a.id != b.id and a.population < b.population and a.feature_class != "A" and km < b.radius_km + 5


def _of_parts(scene: Scene, spot: Spot) -> bool:
    """Return whether the place before is a part of this one: "Sirwah and Raghwan districts of Marib"."""
    inner = scene.before(spot)
    between = scene.lowers[inner.last + 1 : spot.first] if inner else []
    return (
        inner is not None
        and _is_known(inner)
        and between[-1:] == ["of"]
        and between[0] in _PARTS
        and between[-2] not in _IS_ONE | _ARE_SOME
        and _may_hold(spot.resolution, inner.resolution)
        and all(word in _PARTS | _PLACE_NOUNS for word in between)
    )


def _may_hold(outer: Resolution, inner: Resolution) -> bool:
    """Return whether a place may be a part of another: not Paris in "the Paris suburb of Saint-Denis"."""
    a, b = inner.place, outer.place
    if a is None or b is None or contains(outer, inner):
        return True
    if a.feature_class == "A" and b.feature_class == "P" and b.feature_code not in ("PPLC", "PPLA"):
        return False  # no district is a part of a smaller town: "the Baghdad district of Sadr City"
    larger = a.population <= b.population or (a.feature_class == "P" and b.feature_class == "A")
    return larger and not contains(inner, outer)


def _is_known(spot: Spot) -> bool:
    return spot.known and spot.resolution.probability > GUESSED


class Holder(NamedTuple):
    """What holds a place, and whether this is a quarter of it: what happened there happened in the town."""

    outer: Resolution
    whole: bool

    def of(self, mention: Mention) -> Resolution:
        """Return the place of what it holds."""
        return self.outer if self.whole else _near(self.outer, mention)


def holders(text: str, resolutions: Sequence[Resolution]) -> dict[Mention, Holder]:
    """Return what holds each place of a sentence that is unknown, or far from where the text puts it."""
    found: dict[Mention, Holder] = {}
    for i, inner in enumerate(resolutions):
        outer = _behind(text, resolutions[i + 1 : i + 3])
        if outer is not None and _is_put(text, inner, outer):
            found[inner.mention] = Holder(outer, _is_quarter_of(text, inner, outer))
        elif _holds_unread(text, resolutions[i - 1] if i else None, inner):
            found[inner.mention] = Holder(inner, False)
    return found


def put(places: Sequence[Spot], held: Mapping[Mention, Holder]) -> list[Spot]:
    """Return the spots of a sentence, what stands in :func:`holders` near what the text puts it in."""
    outer = {holder.outer.mention for holder in held.values()}
    found = []
    for spot in places:
        mention = spot.resolution.mention
        if mention in held:
            found.append(replace(spot, resolution=held[mention].of(mention)))
        elif mention not in outer:
            found.append(spot)
    return found


def _behind(text: str, after: Sequence[Resolution]) -> Resolution | None:
    """Return what may hold a place, of those named after it: the unit of "in Sudan's Red Sea state"."""
    if (
        len(after) == 2
        and _is_country(after[0])
        and _ITS.fullmatch(text, after[0].mention.end, after[1].mention.start)
    ):
        return after[1]
    return after[0] if after else None


def _is_country(resolution: Resolution) -> bool:
    return resolution.place is not None and resolution.place.feature_code.startswith("PCL")


def _is_put(text: str, inner: Resolution, outer: Resolution) -> bool:
    """Return whether the text puts one place, which is unknown or far away, into another, no country."""
    if {inner.mention.role, outer.mention.role} != {"literal"} or outer.place is None:
        return False
    start, end = inner.mention.end, outer.mention.start
    if _is_country(outer) or end - start > _FAR or _may_lie_in(inner, outer):
        return False
    if _PUTS.fullmatch(text, start, end):
        return True
    unit = outer.place.feature_code.startswith("ADM") or _UNIT.match(text, outer.mention.end)
    unknown = (
        inner.place is None or inner.match == "nearby" or _VILLAGE_OF.search(text, 0, inner.mention.start)
    )
    return bool(unit and unknown and _PUTS_IN_UNIT.fullmatch(text, start, end))


def _is_quarter_of(text: str, inner: Resolution, outer: Resolution) -> bool:
    """Return whether an unknown place is a part of a town: "the Lake Meadows neighbourhood of Chicago"."""
    town = outer.place is not None and outer.place.feature_class == "P"
    return town and _QUARTER_OF.fullmatch(text, inner.mention.end, outer.mention.start) is not None


def _may_lie_in(inner: Resolution, outer: Resolution) -> bool:
    """Return whether a place may lie in what the text puts it in, by what is known of both."""
    a, b = inner.place, outer.place
    if a is None or b is None or inner.match == "nearby":
        return False
    if contains(outer, inner) or contains(inner, outer) or (a.admin1_id and a.admin1_id == b.admin1_id):
        return True
    km = math.hypot(a.lat - b.lat, (a.lon - b.lon) * math.cos(math.radians(a.lat))) * 111
    return km <= max(a.radius_km, b.radius_km) + _BESIDE_KM


def _holds_unread(text: str, before: Resolution | None, outer: Resolution) -> bool:
    """Return whether a town stands in brackets behind a name that nobody took for one: "Kobadje (Tera)"."""
    unread = _UNREAD.search(text, max(0, outer.mention.start - _FAR), outer.mention.start)
    known = before is not None and unread is not None and before.mention.end > unread.start()
    town = outer.place is not None and outer.place.feature_class == "P"
    return unread is not None and not known and town


def _near(resolution: Resolution, mention: Mention) -> Resolution:
    """Return a place as that of something about it; of a village "in Niger State" no more is known."""
    if resolution.place is not None and resolution.place.feature_code == "ADM1":
        return replace(resolution, mention=mention)
    sure = min(resolution.probability, _PUT)
    return replace(resolution, mention=mention, match="nearby", probability=sure)
