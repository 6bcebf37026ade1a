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
from dataclasses import dataclass

from rapidfuzz import fuzz

from dateline.gazetteer import Place, normalize
from dateline.gazetteer.variants import latin
from dateline.geo.model import Alternative, Article, Mention, Resolution

#: A resolution below this probability says nothing about where an article plays.
_TRUSTED = 0.4
#: Candidates whose name resembles the mention less than this are not what was asked for.
_RESEMBLING = 0.7
#: An accepted answer must be likelier than this, and than "none of these".
_ACCEPTED = 0.4

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


@dataclass(frozen=True, slots=True)
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
            if place is None or resolution.probability < _TRUSTED:
                continue
            if place.country:
                weights[place.country] += resolution.probability
            if not place.feature_code.startswith(("PCL", "CONT")):
                points.setdefault(place.id, place)
        total = sum(weights.values())
        return cls({code: weight / total for code, weight in weights.items()}, tuple(points.values()))

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
    "any", "same name", "unlike", "country share", "no country known", "log km", "no point known",
    "settlement", "unit", "kind named", "other kind named", "log population", "log rank", "words",
)  # fmt: skip

#: Fitted by ``benchmarks/geocoding_trials.py``.
WEIGHTS = (1.0, 1.0, -8.0, 3.0, 0.0, -0.7, -3.0, 0.5, 0.0, 1.5, -1.5, 0.1, -0.4, 0.3)


def evidence(
    article: Article, mention: Mention, place: Place, rank: int, around: Surroundings
) -> tuple[float, ...]:
    """Return the values of :data:`FEATURES` for one candidate, `rank` counting from 0."""
    alike = resemblance(mention.text, place)
    km, _ = around.nearest(place)
    wanted = kind_wanted(article, mention)
    fits = bool(wanted) and _is_kind(place, wanted)
    return (
        1.0,
        float(alike >= 0.999),
        1.0 - alike,
        around.countries.get(place.country, 0.0),
        float(not around.countries),
        0.0 if math.isinf(km) else math.log1p(km),
        float(math.isinf(km)),
        float(place.feature_class == "P"),
        float(place.feature_class == "A"),
        float(fits),
        float(bool(wanted) and not fits),
        math.log10(1 + place.population),
        math.log1p(rank),
        float(min(3, len(mention.text.split())) - 1),
    )


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
        Without a place; its alternatives and reasons are kept.
    candidates : sequence of Place
        In the geocoder's order.
    around : Surroundings
    service : str
        The geocoder's name, for the reasons.

    Returns
    -------
    Resolution
        With ``match="geocoder"`` when an answer is accepted; else still without a place, with the reason why.
    """
    mention = unresolved.mention
    alike = [place for place in candidates if resemblance(mention.text, place) >= _RESEMBLING]
    if not alike:
        return _refused(unresolved, f"{service} knows no place of this name")
    scores = [
        sum(weight * value for weight, value in zip(WEIGHTS, row, strict=True))
        for row in (evidence(article, mention, place, rank, around) for rank, place in enumerate(alike))
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
    if best.probability < max(_ACCEPTED, none):
        return _refused(unresolved, f"{service} offers {_where(best.place, around)}: too uncertain")
    others = tuple(item for item in (*ranked[1:], *unresolved.alternatives) if item.probability >= 0.01)
    return Resolution(
        mention,
        best.place,
        best.probability,
        others[:5],
        (f"not in the gazetteer; {service} finds {_where(best.place, around)}", best.place.source),
        "geocoder",
    )


def _refused(unresolved: Resolution, reason: str) -> Resolution:
    return Resolution(
        unresolved.mention,
        None,
        unresolved.probability,
        unresolved.alternatives,
        (*unresolved.reasons, reason),
    )


def _where(place: Place, around: Surroundings) -> str:
    """Return "Robotyne, Zaporizhzhia Oblast, Ukraine, 12 km from Orikhiv"."""
    parts = dict.fromkeys(
        part for part in (place.name, place.admin1, place.country_name or place.country) if part
    )
    km, near = around.nearest(place)
    return ", ".join(parts) + (f", {km:,.0f} km from {near.name}" if near else "")
