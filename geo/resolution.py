"""Which place each toponym of an article stands for, how sure that is, and why.

Three steps.  A small ranker scores every candidate on its own merits and on its agreement with the other
toponyms' likely places; a larger one does it again with the first one's answers, so that easy toponyms help
hard ones; verifiers turn the winner's score into calibrated probabilities: that it is right, that none is.
Training: ``benchmarks/training/resolver.py``; figures: ``docs/model-card.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.errors import DataError
from dateline.gazetteer import Gazetteer, Place
from dateline.geo.arrays import Floats
from dateline.geo.candidates import MATCHES, NEARBY
from dateline.geo.doubts import DOUBTFUL, is_known_as, limits, spelt_abroad
from dateline.geo.draft import Draft, softmax
from dateline.geo.drafter import Drafter
from dateline.geo.model import Alternative, Article, Mention, Resolution
from dateline.geo.parts import cut, find_side, mainland
from dateline.geo.reasons import Reasons
from dateline.geo.stated import elsewhere
from dateline.geo.trees import Forest

#: So many other places are kept for each mention.
ALTERNATIVES = 5
#: Less likely places are not worth a reader's time.
LEAST = 0.01
#: So many consecutive mentions are weighed together; a book takes several rounds, in linear time.
TOGETHER = 500
_ROLE_WEIGHT = {"literal": 1.0, "metonym": 0.5, "demonym": 0.5}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a unit of mentions stands for: rows of the gazetteer, likeliest first.

    `best` is the draft's index of the likeliest candidate, `most` the highest probability that may be stated
    for it, `strange` whether it is a town abroad that is usually spelt otherwise; `others` are the rows of
    the other candidates of this name, `shares` their probabilities.
    """

    best: int
    others: list[int]
    shares: list[float]
    right: float
    none: float
    most: float
    strange: bool


class Models:
    """The trained parts: two rankers, and for each a verifier of its winner and one of "none of these"."""

    def __init__(self, path: Path) -> None:
        try:
            with np.load(path, allow_pickle=False) as stored:
                arrays = {name: stored[name] for name in stored.files}
        except (OSError, ValueError) as error:
            raise DataError(f"{path}: the resolver's weights are missing or damaged: {error}") from None
        self._arrays = arrays
        self.first, self.second = self._forest("first"), self._forest("second")
        #: The verifiers: of the winner, and of "none of these".
        self.checks, self.fast_checks = self._forest("right", "none"), self._forest("fast_right", "fast_none")

    def _forest(self, *parts: str) -> Forest:
        return Forest(*map(self._part, parts))

    def _part(self, part: str) -> dict[str, NDArray[Any]]:
        prefix = part + "."
        return {name[len(prefix) :]: a for name, a in self._arrays.items() if name.startswith(prefix)}


class Resolver:
    """Resolves the mentions of one article at a time; :func:`load_resolver` makes one."""

    def __init__(self, drafter: Drafter, models: Models, fast: bool = False) -> None:
        self._drafter = drafter
        self._models = models
        self._fast = fast
        self._gaz = drafter.gaz
        self._mainland = lru_cache(maxsize=256)(lambda place: mainland(self._gaz.geometry(place)))
        self._cut = lru_cache(maxsize=256)(lambda place, side: cut(self._mainland(place), side))

    def resolve(
        self, article: Article, mentions: Sequence[Mention], *, country: str | None = None
    ) -> list[Resolution]:
        """Return a resolution for each mention, in the order given.

        Parameters
        ----------
        article : Article
            `source` and `url` tell the publisher, whose home counts as evidence.
        mentions : sequence of Mention
        country : str, optional
            ISO 3166-1 alpha-2 code; only places in this country (and places of no country) are considered.

        Returns
        -------
        list of Resolution

        Examples
        --------
        >>> from dateline import gazetteer
        >>> article = Article("a", "A fire in Paris, Texas, killed two.")
        >>> mentions = [Mention(10, 15, "Paris"), Mention(17, 22, "Texas")]
        >>> resolver = load_resolver(gazetteer.open())
        >>> [r.place.admin1 for r in resolver.resolve(article, mentions) if r.place]
        ['Texas', 'Texas']
        """
        order = sorted(range(len(mentions)), key=lambda i: (mentions[i].start, mentions[i].end))
        result: dict[int, Resolution] = {}
        for start in range(0, len(order), TOGETHER):
            self._resolve(article, mentions, order[start : start + TOGETHER], country, result)
        return [result[i] for i in range(len(mentions))]

    def _resolve(
        self,
        article: Article,
        mentions: Sequence[Mention],
        order: Sequence[int],
        country: str | None,
        result: dict[int, Resolution],
    ) -> None:
        """Resolve some consecutive mentions together."""
        draft = self._drafter.draft(article, [mentions[i] for i in order], country)
        draft, verdicts = self._judge(draft)
        chosen = [v.best if v is not None and v.right >= v.none else -1 for v in verdicts]
        reasons = Reasons(draft, self._gaz, chosen, elsewhere(draft, chosen))
        answers: dict[int, Resolution] = {}
        for position, i in enumerate(order):
            unit = draft.unit_of[position]
            if unit not in answers:
                answers[unit] = self._resolution(draft, mentions[i], verdicts[unit], reasons.of(unit))
            result[i] = self._at(article, mentions[i], answers[unit])

    def _at(self, article: Article, mention: Mention, answer: Resolution) -> Resolution:
        """Return a unit's answer for one of its mentions, with the part of the place that its words name."""
        part, place = None, answer.place
        if place is not None and answer.match != "nearby":
            side = find_side(article.text, mention, place)
            part = self._cut(place, side) if side else None
        if part is None:
            return answer if answer.mention is mention else replace(answer, mention=mention)
        reason = f"the text speaks of its {part.side if part.side != 'central' else 'middle'}"
        return replace(answer, mention=mention, part=part, reasons=(*answer.reasons, reason))

    def _judge(self, draft: Draft) -> tuple[Draft, list[Verdict | None]]:
        """Run the rankers and the verifiers."""
        models, n_units = self._models, len(draft.units)
        if not len(draft.pool):
            return draft, [None] * n_units
        rows = draft.features()
        score = models.first.predict(rows)
        draft.p = softmax(score, draft.pool.unit, n_units)
        verifiers = models.fast_checks
        if not self._fast:
            draft = self._drafter.with_neighbours(draft)
            rows = draft.features()
            score = models.second.predict(rows)
            draft.p = softmax(score, draft.pool.unit, n_units)
            verifiers = models.checks
        units, tops, checks = winners(draft, rows, score)
        verdicts: list[Verdict | None] = [None] * n_units
        judged = _verdicts(draft, units, tops, *map(sigmoid, verifiers.predict_each(checks)))
        for unit, verdict in zip(units.tolist(), judged, strict=True):
            verdicts[unit] = verdict
        return draft, verdicts

    def _resolution(
        self, draft: Draft, mention: Mention, verdict: Verdict | None, words: tuple[str, ...]
    ) -> Resolution:
        if verdict is None:
            return Resolution(mention, None, 1.0, (), ("no place of this name is known",))
        rest = max(0.0, 1 - verdict.right - verdict.none) / max(sum(verdict.shares), 1e-9)
        # No other place is likelier than the one that was ranked first.
        others = [
            Alternative(self._gaz.place(row), round(min(rest * share, verdict.right), 4))
            for row, share in zip(verdict.others[:ALTERNATIVES], verdict.shares, strict=False)
            if rest * share >= LEAST
        ]
        place = self._gaz.place(int(draft.pool.row[verdict.best]))
        if verdict.none > verdict.right:
            ranked = [Alternative(place, round(verdict.right, 4)), *others]
            return Resolution(mention, None, round(verdict.none, 4), tuple(ranked[:ALTERNATIVES]), words)
        most = DOUBTFUL if verdict.strange and not is_known_as(mention.text, place) else verdict.most
        probability = min(round(verdict.right, 4), most)
        match = MATCHES[draft.pool.match[verdict.best]]
        return Resolution(mention, place, probability, tuple(others), words, match)


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates by unit, best first: `order` indexes them, `start` says where each unit begins."""

    order: NDArray[np.intp]
    start: NDArray[np.intp]


def winners(draft: Draft, rows: Floats, score: Floats) -> tuple[NDArray[np.int32], Ranked, Floats]:
    """Return the units that have candidates, their ranking, and what the verifiers look at.

    That is the winner's features, its score and probability, its lead, and the next ones' probabilities.
    """
    unit = draft.pool.unit
    order = np.lexsort((-score, unit))
    start = draft.peers.starts
    count = draft.peers.count[start]
    top = order[start]
    second = order[np.minimum(start + 1, start + count - 1)]
    has_second = count > 1
    p_second = np.where(has_second, draft.p[second], 0)
    lead = np.where(has_second, score[top] - score[second], 5)
    clustered = draft.peers.cluster(draft.p)[top]
    extra = np.array([score[top], draft.p[top], p_second, lead, np.log1p(count), clustered], np.float32)
    return unit[start], Ranked(order, start), np.concatenate([rows[top], extra.T], 1)


def _verdicts(
    draft: Draft, units: NDArray[np.int32], tops: Ranked, right: Floats, none: Floats
) -> Iterator[Verdict]:
    """Yield the verdict on each of the units."""
    most = limits(draft, units, tops.order[tops.start]).tolist()
    strange = spelt_abroad(draft, units, tops.order[tops.start]).tolist()
    order, rows = tops.order.tolist(), draft.pool.row[tops.order].tolist()
    shares = draft.p[tops.order].tolist()
    named = (draft.pool.match[tops.order] != NEARBY).tolist()
    starts = [*tops.start.tolist(), len(order)]
    for at, (p_right, p_none) in enumerate(zip(right.tolist(), none.tolist(), strict=True)):
        first = starts[at]
        others = [i for i in range(first + 1, starts[at + 1]) if named[i]]
        yield Verdict(
            order[first],
            [rows[i] for i in others],
            [shares[i] for i in others],
            p_right,
            p_none,
            most[at],
            strange[at],
        )


def sigmoid(x: Floats) -> Floats:
    """Return the logistic function."""
    y: Floats = (1 / (1 + np.exp(-x))).astype(np.float32)
    return y


def focus(article: Article, resolutions: Sequence[Resolution]) -> tuple[tuple[Place, float], ...]:
    """Return the places the article is about, with weights that sum to one, heaviest first.

    A place counts for every mention, times the probability that the mention means it; mentions at the top of
    the article count twice, demonyms and metonyms half.
    """
    weights: dict[str, float] = {}
    places: dict[str, Place] = {}
    lead_end = article.body_start + 300
    for resolution in resolutions:
        place, mention = resolution.place, resolution.mention
        if place is None:
            continue
        weight = resolution.probability * _ROLE_WEIGHT[mention.role] * (2 if mention.start < lead_end else 1)
        places[place.id] = place
        weights[place.id] = weights.get(place.id, 0.0) + weight
    total = sum(weights.values())
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return tuple((places[id], round(weight / total, 4)) for id, weight in ranked if total > 0)


def load_resolver(gaz: Gazetteer, *, fast: bool = False) -> Resolver:
    """Return the resolver that is installed with Dateline.

    Parameters
    ----------
    gaz : Gazetteer
    fast : bool
        Leave out the second pass and other spellings of names: several times faster, less accurate
        (docs/model-card.md).
    """
    with resources.as_file(resources.files("dateline.geo") / "data" / "resolver.npz") as path:
        return Resolver(Drafter(gaz, exact=fast), Models(path), fast)
