"""Places that stand for a government or a flag: it acted, and not there."""

from __future__ import annotations

from dateline.geo.link_features import Scene
from dateline.geo.spots import Spot
from dateline.geo.wordlists import wordlist

#: What makes a mere adjective of a place: "a Barbados-flagged ship".
_OF_ORIGIN = ("-flagged", "-registered", "-based", "-born", "-bound", "-backed", "-led", "-made", "-owned")
#: What a place suffers itself; whatever else it "has" done, its government did: "Abuja has sent troops".
_SUFFERED = wordlist("suffered")
_CLAUSE, _LOCATIVE = wordlist("clause_openers") | {"and", "said"}, wordlist("locative")
#: What befalls all of a country: "Gabon remained under a curfew", "Portugal observed a day of mourning".
_STAYED = frozenset({"remained", "stayed", "observed", "mourned"})
#: What a state does from its capital, and what a city closes of its own.
_STATE_ACTS, _OF_CITY = wordlist("state_acts"), wordlist("city_services")
#: What a government that stands by the name of its capital "has been" doing.
_ACTING = frozenset({"fighting", "battling", "bombing", "shelling", "striking", "attacking", "waging"})


def is_agent(scene: Scene, spot: Spot) -> bool:
    """Return whether a place stands for who acts: "a Barbados-flagged ship", "Abuja has sent troops"."""
    return scene.lowers[spot.last].endswith(_OF_ORIGIN) or _acts(scene, spot) or _governs(scene, spot)


def _acts(scene: Scene, spot: Spot) -> bool:
    """Return whether a place has done something: then its government did, "Abuja has sent troops"."""
    has, done = [*scene.lowers[spot.last + 1 : spot.last + 3], "", ""][:2]
    place = spot.resolution.place
    if place is not None and place.feature_code.startswith("PCL") and not spot.preposition:
        lead = scene.lowers[spot.first - 1] if spot.first else "."
        acted = has.endswith("ed") and has not in _STAYED
        if lead in ("and", ",", ".") and acted and done not in ("by", "in", "with", "on"):
            return True  # "..., and Israel released 90 prisoners"
    if done == "been":  # "Yaounde has been fighting rebels"
        done = scene.lowers[spot.last + 3] if spot.last + 3 < len(scene.lowers) else ""
        return not spot.preposition and has in ("has", "have") and done in _ACTING
    return not spot.preposition and has in ("has", "have") and done not in _SUFFERED


def _governs(scene: Scene, spot: Spot) -> bool:
    """Return whether a capital acts as its state: "Helsinki shut the border", not "its schools"."""
    place, at = spot.resolution.place, spot.last + 1
    if place is None or place.feature_code != "PPLC" or spot.preposition:
        return False
    verb, *what = [*scene.lowers[at : at + 5], ""]
    lead = scene.lowers[spot.first - 1] if spot.first else "."
    return (
        verb in _STATE_ACTS
        and (lead in _CLAUSE or not lead.isalnum())
        and what[0].isalnum()
        and what[0] not in _LOCATIVE
        and _OF_CITY.isdisjoint(what)
    )
