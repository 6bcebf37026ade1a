"""Places that a sentence takes up without naming them: "the capital", "the city", "this town", "there"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dateline.geo.model import Resolution
from dateline.geo.persons import is_biography
from dateline.geo.spots import Spot
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

_LEADS = frozenset(["in", "at", "near", "outside", "across", "over"])
_ROUTES = frozenset(["from", "to", "towards", "for"])
_SPEECH = wordlist("speech")
_SETTLEMENTS = frozenset(["city", "town", "village", "commune", "municipality", "hamlet"])
#: "The provincial capital" is a province's.
_OF_UNITS = frozenset(["provincial", "regional", "state"])
_RANKED = frozenset(
    f"{rank}{size}" for rank in ("", "second-", "third-", "fourth-") for size in ("largest", "biggest")
)
_TAKES_UP = _SETTLEMENTS | {"capital", "there"}
#: "There is", "there have been": no place.
_EXISTS = frozenset(
    ["is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "would", "could", "may", "'s"]
)


def with_places_taken_up(
    tokens: Sequence[Word],
    places: list[Spot],
    home: Resolution | None,
    told: Sequence[Resolution],
    since: int = 0,
) -> list[Spot]:
    """Add a spot for every phrase that takes up a place told before.

    Parameters
    ----------
    tokens, places
        The words of a sentence and the places it names.
    home : Resolution or None
        The place of the dateline: "the capital", "the Georgian capital", "this city".
    told : sequence of Resolution
        The settlements that the sentences before told: "the city", "there"; one of them may be "the capital".
    since : int
        Where the paragraph begins: the town that none of it names is the article's.
    """
    added: list[Spot] = []
    for i, word in enumerate(tokens[1:], 1):
        if word.lower not in _TAKES_UP:
            continue
        before = [w.lower for w in tokens[max(0, i - 3) : i]]
        article = before[-2 if before[-1] == "same" else -1 :][0]
        if word.lower == "capital" and before[-1] in _OF_UNITS:
            meant = next((r for r in reversed([home, *told]) if _has_code(r, "PPLA")), None)
        elif word.lower == "capital":
            seat = _seat(told) or home
            meant = seat if _is_capital(tokens, places, seat, i, before) else None
        elif word.lower in _SETTLEMENTS and article in ("the", "this", "that") and _stands_alone(tokens, i):
            near = [r for r in told if r.mention.start >= since] or _told_most(told)
            meant = _last_told(tokens, places, i, near) if article != "this" else None
            meant = meant or home
        elif word.lower == "city" and before[-1] in _RANKED and before[-2:-1] == ["'s"]:
            meant = home if _is_of_rank(home, tokens, places, i) else None
        elif word.lower == "there" and _is_adverb(tokens, i):
            meant = _last_told(tokens, places, i, told)
        else:
            continue
        if meant is not None:
            lead = next((w for w in reversed(before) if w in _LEADS), "in" if word.lower == "there" else "")
            added.append(Spot(meant, i, i, lead, False))
    return sorted([*places, *added], key=lambda spot: spot.first) if added else places


def settlements(tokens: Sequence[Word], places: Sequence[Spot]) -> list[Resolution]:
    """Return the settlements that a sentence is about: not a journey's ends, nor where somebody spoke."""
    return [
        spot.resolution
        for spot in places
        if spot.preposition not in _ROUTES
        and _is_settlement(spot)
        and not _only_says(tokens, spot)
        and not is_biography(tokens, spot.first)
    ]


def _has_code(resolution: Resolution | None, code: str) -> bool:
    place = resolution.place if resolution else None
    return place is not None and place.feature_code == code


def _seat(told: Sequence[Resolution]) -> Resolution | None:
    """Return the capital told last of the country that most of the settlements told lie in."""
    counts = Counter(r.place.country for r in told if r.place)
    capitals = [r for r in reversed(told) if _has_code(r, "PPLC")]
    return max(capitals, key=lambda r: counts[r.place.country if r.place else ""], default=None)


def _told_most(told: Sequence[Resolution]) -> list[Resolution]:
    """Return the settlement that an article has named oftenest, of several the first."""
    counts = Counter(r.place for r in told)
    return [max(told, key=lambda r: counts[r.place])] if told else []


def _only_says(tokens: Sequence[Word], spot: Spot) -> bool:
    """Return whether somebody at a place only speaks: "a rights group in Oslo said"."""
    after = tokens[spot.last + 1].lower if spot.last + 1 < len(tokens) else "."
    return spot.preposition == "in" and after in _SPEECH


def _is_settlement(spot: Spot) -> bool:
    place = spot.resolution.place
    return spot.literal and place is not None and place.feature_class == "P"


def _last_told(
    tokens: Sequence[Word], places: Sequence[Spot], i: int, told: Sequence[Resolution]
) -> Resolution | None:
    """Return the settlement told last before a word, in its sentence or before it."""
    return next(reversed([*told, *settlements(tokens, [spot for spot in places if spot.last < i])]), None)


def _stands_alone(tokens: Sequence[Word], i: int) -> bool:
    """Return whether no name follows: not "the city of Homs", "the town Idlib"."""
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    return after is None or not (after.capital or after.lower == "of")


def _is_of_rank(home: Resolution | None, tokens: Sequence[Word], places: Sequence[Spot], i: int) -> bool:
    """Return whether the dateline may be a city told by its rank: "in Ukraine's second-largest city".

    But not where it says what another is: "Kharkiv, Ukraine's second-largest city".
    """
    if not home or not home.place or any(word.lower == "," for word in tokens[max(0, i - 5) : i]):
        return False
    owner = next((spot.resolution.place for spot in places if 0 < i - spot.last <= 3), None)
    return owner is None or owner.country == home.place.country


def _is_adverb(tokens: Sequence[Word], i: int) -> bool:
    after = tokens[i + 1].lower if i + 1 < len(tokens) else "."
    return after not in _EXISTS


def _is_capital(
    tokens: Sequence[Word],
    places: Sequence[Spot],
    seat: Resolution | None,
    i: int,
    before: Sequence[str],
) -> bool:
    """Return whether a place may be "the capital" or "the Georgian capital"."""
    if seat is None or seat.place is None or "the" not in before[-2:] or not _stands_alone(tokens, i):
        return False
    adjective = next((spot for spot in places if spot.last == i - 1), None)
    owner = adjective.resolution.place if adjective else None
    if adjective and (owner is None or owner.country != seat.place.country):
        return False
    code = seat.place.feature_code
    return code == "PPLC" or (adjective is not None and not code.startswith("PPLA"))
