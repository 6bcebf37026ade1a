"""What events are called: their types in plain words, and modes, some told by a weapon or a supply."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.geo.lexicon import bundled
from dateline.geo.reports import Found
from dateline.geo.triggers import Trigger
from dateline.geo.words import Word

#: Event type -> what it is in plain words, for reasons; types of other lexicons keep their names.
_NOUNS = {
    "AGREE": "an agreement",
    "CONSULT": "talks or a visit",
    "SUPPORT": "support",
    "CONCEDE": "a concession",
    "COOPERATE": "cooperation",
    "AID": "aid",
    "RETREAT": "a withdrawal",
    "REQUEST": "a demand or an appeal",
    "ACCUSE": "an accusation",
    "REJECT": "a rejection",
    "THREATEN": "a threat",
    "PROTEST": "a protest",
    "SANCTION": "a sanction",
    "MOBILIZE": "a military movement",
    "COERCE": "coercion or an arrest",
    "ASSAULT": "an attack",
    "DISRUPTION": "a disruption",
    "DISASTER": "a natural disaster",
    "ACCIDENT": "an accident",
    "CRIME": "a crime",
    "VOTE": "a vote",
    "OTHER": "another event",
}
_WEAPONS = {
    "airstrike": "airstrike",
    "drone": "drone",
    "missile": "missile",
    "rocket": "rocket",
    "shelling": "shelling",
    "artillery": "shelling",
    "mortar": "shelling",
    "bomb": "bombing",
}
_SUPPLIES = {
    "heating": "heating cut",
    "heat": "heating cut",
    "water": "water cut",
    "internet": "internet cut",
}


def names() -> frozenset[str]:
    """Return the names of all types and modes that the bundled words tell, lower case.

    >>> {"assault", "airstrike", "heating cut"} <= names()
    True
    """
    told = {name for entry in bundled() for name in (entry.type, entry.mode) if name}
    return frozenset(name.lower() for name in (*told, *_WEAPONS.values(), *_SUPPLIES.values(), "attack"))


def says(text: str, tokens: Sequence[Word], trigger: Trigger) -> str:
    """Return what a trigger tells of, in words: the first reason for its event."""
    word = text[tokens[trigger.first].start : tokens[trigger.last].end]
    mode = trigger.entry.mode
    what = _NOUNS.get(trigger.type, trigger.type.replace("_", " ").lower())
    if trigger.probability < 1:
        sure = "probably tells" if trigger.probability >= 0.5 else "may tell"
        return f'"{word}" {sure} of {what} ({trigger.probability:.2f}; no entry of the lexicon)'
    return f'"{word}" tells of {what}' + (f" ({mode})" if mode else "")


def mode_of(item: Found) -> str:
    """Return the mode; where the lexicon leaves it open, the weapon or the supply that the sentence names."""
    mode = item.trigger.entry.mode
    if mode == "power cut":
        nearby = [word.lower for word in item.tokens[item.trigger.first : item.trigger.last + 6]]
        return next((_SUPPLIES[word] for word in nearby if word in _SUPPLIES), mode)
    if mode or item.trigger.type != "ASSAULT":
        return mode
    for word in item.tokens:
        if found := _WEAPONS.get(word.lower) or _WEAPONS.get(word.lower.removesuffix("s")):
            return found
    return "attack"
