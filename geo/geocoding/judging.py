"""Whether a geocoder's answer is the place an article means: judged by the article, not believed.

A geocoder always finds something: a namesake on another continent, a restaurant named after the village.
Each candidate gets a log-odds against "none of these" from what the article says about where it plays; a
softmax over the candidates and "none" turns them into probabilities.  The weights are fitted, and their
calibration measured, by ``benchmarks/geocoding_trials.py``.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rapidfuzz import fuzz

from dateline.gazetteer import Place, normalize
from dateline.gazetteer.variants import latin
from dateline.geo.model import Alternative, Article, Mention, Resolution

#: A resolution below this probability says nothing about where an article plays.
_TRUSTED = 0.4
#: Candidates whose name resembles the mention less than this are not what was asked for.
RESEMBLING = 0.7
#: From here on, two names are the same one.
_SAME = 0.999
#: How far apart an article's places are thought to lie where it names fewer than two, in km.
_SPREAD = 100.0
#: An accepted answer must be likelier than this, and than "none of these".
ACCEPTED = 0.4

#: Words of a mention, or right beside it, that say what kind of place it is: GeoNames classes and codes.
_KINDS = {
    "hospital": "S.HSP", "clinic": "S.HSP", "school": "S.SCH", "university": "S.UNIV", "prison": "S.PRN",
    "airport": "S.AIR", "airfield": "S.AIR", "station": "S.RSTN", "bridge": "S.BDG", "dam": "S.DAM",
    "plant": "S.PS", "street": "R", "avenue": "R", "road": "R", "highway": "R", "boulevard": "R",
    "square": "S.SQR",
    "river": "H", "lake": "H", "bay": "H", "mount": "T", "mountain": "T", "hill": "T", "island": "T.ISL",
    "village": "P", "town": "P", "city": "P", "settlement": "P", "hamlet": "P", "suburb": "P",
    "neighborhood": "P", "neighbourhood": "P", "district": "AP", "province": "A", "oblast": "A",
    "county": "A",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_ENDING = re.compile(r" ([A-Z][a-z]+)\b")


@dataclass(frozen=True)
class Surroundings:
    """Where an article plays, as far as its resolved mentions say.

    Parameters
    ----------
    countries : dict of str to float
        Share of each country (alpha-2 code) in the trusted mentions; sums to 1, or is empty.
    points : tuple of Place
        Distinct places smaller than a country.
    """

    countries: dict[str, float]
    points: tuple[Place, ...]

    @classmethod
    def of(cls, resolutions: Iterable[Resolution]) -> Surroundings:
        """Gather the surroundings from an article's resolutions."""
        weights: defaultdict[str, float] = defaultdict(float)
        points: dict[str, Place] = {}
        for resolution in resolutions:
            place = resolution.place
            if place is None or resolution.probability < _TRUSTED or resolution.match == "nearby":
                continue
            if place.country:
                weights[place.country] += resolution.probability
            if not place.feature_code.startswith(("PCL", "CONT")):
                points.setdefault(place.id, place)
        total = sum(weights.values())
        return cls({code: weight / total for code, weight in weights.items()}, tuple(points.values()))

    @cached_property
    def spread(self) -> float:
        """How far apart the article's places lie: the median distance of each to its nearest, in km."""
        gaps = sorted(
            min(distance_km(point, other) for other in self.points if other is not point)
            for point in self.points
            if len(self.points) > 1
        )
        return gaps[len(gaps) // 2] if gaps else _SPREAD

    def nearest(self, place: Place) -> tuple[float, Place | None]:
        """Return the nearest point and its distance in km (infinite when there is none)."""
        best = min(self.points, key=lambda point: distance_km(place, point), default=None)
        return (math.inf, None) if best is None else (distance_km(place, best), best)


def distance_km(a: Place, b: Place) -> float:
    """Return the great-circle distance of two places (haversine, Earth's mean radius 6371 km)."""
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(1.0, half)))


def resemblance(name: str, place: Place) -> float:
    """Return how alike a name and the nearest of a place's names are, 0 to 1, across scripts."""
    asked = normalize(name)
    best: float = 0.0
    for known in {place.name, *(other for _, other in place.names)}:
        key = normalize(known)
        best = max(best, fuzz.ratio(asked, key))
        if not key.isascii():
            best = max(best, fuzz.ratio(latin(asked), latin(key)))
    return best / 100


def lacking(resolution: Resolution) -> bool:
    """Return whether a mention's name is one that the gazetteer lacks.

    A name that the gazetteer knows, and that the resolver takes for none of its places (a person's, say), is
    not: a geocoder knows the same places, and nothing about the person.
    """
    if resolution.place is not None and resolution.match != "nearby":
        return False
    known = (resolution.place, *(other.place for other in resolution.alternatives))
    return not any(place and resemblance(resolution.mention.text, place) > _SAME for place in known)


def whole(article: Article, mention: Mention) -> Mention:
    """Return the mention with the kind that ends its name, which a recogniser may leave out.

    Examples
    --------
    >>> whole(Article("a", "At Shifa Hospital on Monday"), Mention(3, 8, "Shifa")).text
    'Shifa Hospital'
    """
    after = _ENDING.match(article.text, mention.end)
    if after is None or _KINDS.get(after[1].lower(), "")[:1] not in ("S", "R"):
        return mention
    return replace(mention, end=after.end(), text=article.text[mention.start : after.end()])


def kind_wanted(article: Article, mention: Mention) -> str:
    """Return the kind of place that the mention's words, or those beside it, name; empty when none do."""
    inside = _WORD.findall(mention.text.lower())
    before = _WORD.findall(article.text[max(0, mention.start - 30) : mention.start].lower())
    after = _WORD.findall(article.text[mention.end : mention.end + 20].lower())
    # "Robotyne village", "the village of Robotyne", "Shifa Hospital"
    beside = [
        *after[:1],
        *[word for word in before[-2:] if word in _KINDS and before[-1:] in (["of"], [word])],
    ]
    return next((_KINDS[word] for word in [*reversed(inside), *beside] if word in _KINDS), "")


def _is_kind(place: Place, wanted: str) -> bool:
    classes, _, code = wanted.partition(".")
    return place.feature_class in classes and (not code or place.feature_code.startswith(code))


#: The evidence for a candidate, in the order of :data:`WEIGHTS`.
FEATURES = (
    "any", "same name", "country share", "no country known", "log km", "log km per spread", "no point known",
    "alone", "settlement", "unit", "kind", "log rank",
)  # fmt: skip

#: Fitted by ``benchmarks/geocoding_trials.py``, but for "no country known": the trials have too few articles
#: that name no other place, and where nothing can confirm an answer, none is stated.
WEIGHTS = (0.1, 2.05, 0.41, -4.0, -0.49, -1.23, -1.34, 0.81, 1.89, 1.92, 0.57, -0.9)


def evidence(
    article: Article, mention: Mention, candidates: Sequence[Place], around: Surroundings
) -> list[tuple[float, ...]]:
    """Return the values of :data:`FEATURES` for each candidate, in the geocoder's order."""
    same = [resemblance(mention.text, place) > _SAME for place in candidates]
    wanted = kind_wanted(article, mention)
    return [
        (
            1.0,
            float(same[rank]),
            around.countries.get(place.country, 0.0),
            float(not around.countries),
            *_distances(place, around),
            float(sum(same) <= 1),
            float(place.feature_class == "P"),
            float(place.feature_class == "A"),
            0.0 if not wanted else 1.0 if _is_kind(place, wanted) else -1.0,
            math.log1p(rank),
        )
        for rank, place in enumerate(candidates)
    ]


def _distances(place: Place, around: Surroundings) -> tuple[float, float, float]:
    """Return the distance to the nearest point, plain and by the article's measure, or that there is none."""
    km, near = around.nearest(place)
    if near is None:
        return 0.0, 0.0, 1.0
    return math.log1p(km), math.log1p(km / (10.0 + around.spread)), 0.0


def judge(
    article: Article,
    unresolved: Resolution,
    candidates: Sequence[Place],
    around: Surroundings,
    service: str,
) -> Resolution:
    """Return the resolution that a geocoder's candidates allow.

    Parameters
    ----------
    article : Article
    unresolved : Resolution
        Of a name that the gazetteer lacks (:func:`lacking`).
    candidates : sequence of Place
        In the geocoder's order.
    around : Surroundings
    service : str
        The geocoder's name, for the reasons.

    Returns
    -------
    Resolution
        With ``match="geocoder"`` when an answer is accepted; else as it was, with the reason why added.
    """
    mention = unresolved.mention
    alike = [place for place in candidates if resemblance(mention.text, place) >= RESEMBLING]
    if not alike:
        return _refused(unresolved, f"{service} knows no place of this name")
    scores = [
        sum(weight * value for weight, value in zip(WEIGHTS, row, strict=True))
        for row in evidence(article, mention, alike, around)
    ]
    top = max(0.0, *scores)
    total = math.exp(-top) + sum(math.exp(score - top) for score in scores)
    ranked = sorted(
        (
            Alternative(place, math.exp(score - top) / total)
            for place, score in zip(alike, scores, strict=True)
        ),
        key=lambda item: -item.probability,
    )
    best, none = ranked[0], math.exp(-top) / total
    if best.probability < max(ACCEPTED, none):
        return _refused(unresolved, f"{service} offers {_where(best.place, around)}: too uncertain")
    return Resolution(
        mention,
        best.place,
        best.probability,
        tuple(item for item in ranked[1:6] if item.probability >= 0.01),
        (f"not in the gazetteer; {service} finds {_where(best.place, around)}", best.place.source),
        "geocoder",
    )


def _refused(unresolved: Resolution, reason: str) -> Resolution:
    return replace(unresolved, reasons=(*unresolved.reasons, reason))


def _where(place: Place, around: Surroundings) -> str:
    """Return "Robotyne, Zaporizhzhia Oblast, Ukraine, 12 km from Orikhiv"."""
    parts = dict.fromkeys(
        part for part in (place.name, place.admin1, place.country_name or place.country) if part
    )
    km, near = around.nearest(place)
    return ", ".join(parts) + (f", {km:,.0f} km from {near.name}" if near else "")
