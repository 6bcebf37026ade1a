"""Places that only tell where another one lies: by a distance, a road, a bearing or a border."""

from __future__ import annotations

from dateline.geo.holding import contains
from dateline.geo.link_features import Scene
from dateline.geo.spots import Spot
from dateline.geo.wordlists import wordlist

#: Words that say how far a place is from another: "Dvorichna, 20 km north of Kupiansk".
_LENGTHS = wordlist("lengths")
_ROADS = wordlist("roads")
_SITES = wordlist("sites")
_BORDERS = frozenset({"border", "borders", "frontier", "frontiers", "crossing", "crossings"})
_BEARINGS = frozenset(["north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"])


def only_locates(scene: Scene, spot: Spot) -> bool:
    """Return whether a place only tells where another one lies."""
    return _is_measured_from(scene, spot) or _leads_to_finer(scene, spot) or _only_borders(scene, spot)


def _is_measured_from(scene: Scene, spot: Spot) -> bool:
    """Return whether a place only tells where another lies: "Dvorichna, 20 km north of Kupiansk"."""
    before = scene.before(spot)
    place = before.resolution.place if before else None
    if before is None or place is None:
        return False
    between = scene.lowers[before.last + 1 : spot.first]
    settled = place.feature_class in ("P", "S")
    if (
        settled
        and between[-1:] == ["near"]
        and len(between) <= 3
        and between[0].isalpha()
        and "and" not in between
        and _ROADS.isdisjoint(between)
        and not _is_bearing_point(scene, before)
    ):
        return not any(scene.verbs[before.last + 1 : spot.first])  # "Zamzam camp near El Fasher"
    if len(between) > 1 and between[0] in _SITES and between[1] == ",":
        between = between[1:]  # "the Arbaat dam, 40 km north of Port Sudan"
    if between[:1] == [","] and between[-1:] == ["of"] and not _BEARINGS.isdisjoint(between[1:3]):
        return True  # "Southport, north of Liverpool"
    if settled and between in ([",", "near"], [",", "outside"], [",", "close", "to"]):
        return True  # "Rotherham, near Sheffield"
    if len(between) > 14 or between[:1] not in ([","], ["("]) or _LENGTHS.isdisjoint(between[1:6]):
        return False
    return "," not in between[1:] and bool({"of", "from", "outside"} & set(between[-4:]))


def _is_bearing_point(scene: Scene, spot: Spot) -> bool:
    """Return whether something lies on one side of a place: "north of Lyman", not "in the north of Mali"."""
    lead = ["", "", "", *scene.lowers[: spot.first]][-3:]
    return lead[2] == "of" and lead[1] in _BEARINGS and lead[0] != "the"


def _leads_to_finer(scene: Scene, spot: Spot) -> bool:
    """Return whether a road or a bearing leads to a finer place: "the Pune expressway near Khopoli"."""
    after = scene.after(spot)
    while after is not None and after.first == spot.first:
        after = scene.after(after)  # the other end of the road
    if after is None or after.preposition not in ("near", "at", "in", "outside") or not after.known:
        return False
    if contains(after.resolution, spot.resolution):
        return False  # "the Bida-Agaie road in Niger state"
    between = scene.lowers[spot.last + 1 : after.first]
    on_road = between[:1] and between[0] in _ROADS and "-" in scene.lowers[spot.last]
    beside = _is_bearing_point(scene, spot) and between == ["near"]
    return bool((on_road and len(between) <= 6 and "," not in between) or beside)


def _only_borders(scene: Scene, spot: Spot) -> bool:
    """Return whether a place lies on the other side: "near the border with Algeria"."""
    before = scene.before(spot)
    between = scene.lowers[before.last + 1 : spot.first] if before else []
    if before and between in (["and"], [","], [",", "and"]) and _only_borders(scene, before):
        return True  # "the crossings with Afghanistan and Iran", not "the border with Chad and in Diffa"
    start = max(0, spot.first - 5) if before is None else max(before.last + 1, spot.first - 5)
    lead = scene.lowers[start : spot.first]
    return "with" in lead and not _BORDERS.isdisjoint(lead[: lead.index("with")])
