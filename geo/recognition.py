"""Finding toponyms: which words of a text name a place, and in what role.

Two readers propose names: a network that reads the text (:mod:`dateline.geo.network`) and the gazetteer
(:mod:`dateline.geo.fast`).  A logistic regression weighs what both say of each proposal, and what the network
says where the same name stands elsewhere in the text.  Offsets always index the caller's own string.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from operator import itemgetter
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dateline.errors import InputError
from dateline.geo.arrays import Floats
from dateline.geo.facilities import facilities, with_kind
from dateline.geo.fast import FastRecognizer, Match
from dateline.geo.hints import Hints
from dateline.geo.model import Mention, Role
from dateline.geo.network import DATA, Network
from dateline.geo.roles import is_metonym
from dateline.geo.spans import is_name, outside, runs, second_name, whole, with_rest
from dateline.geo.wordpiece import Word

MODELS = ("default", "fast")
#: The network's roles: the fourth is a noun that affiliates ("US official", "Oxford Police Department").
_ROLES: tuple[Role, ...] = ("literal", "metonym", "demonym", "metonym")
_SLICE = 60_000  # characters worked on at a time, so that memory stays small
_LIMIT = 6.0  # log-odds are cut here
_NAMED = 2.0  # log-odds that the whole name of a facility has at least
#: What standing in a list beside a name that is found adds to the log-odds.
_LISTED = 0.8
_JOINT = re.compile(r", | and |, and |,? then | or | & ")
_JOINT_BEFORE = re.compile(rf"(?:{_JOINT.pattern})$")
#: A name that holds another: "Gulf of Aden", "New London", "The Hague", but not "The Netherlands".
#: "West Gojjam", where the network believes in both words so much.
_COMPASS, _SIDED = re.compile(r"(?:North|South|East|West) [^\W\d_a-z]\w+$"), 1.0
_HOLDS = re.compile(r"(?!The |THE )[^\W\d_a-z][\w'’]* |The Hague|THE HAGUE")


class Recognizer(Protocol):
    """Anything that finds toponyms."""

    def recognize(self, text: str) -> list[Mention]:
        """Return the toponyms of `text` in order, without overlaps."""
        ...


@cache
def load_recognizer(model: str = "default") -> Recognizer:
    """Load a recogniser.

    Parameters
    ----------
    model : {"default", "fast"}
        ``default`` is a distilled network, ``fast`` has none: the gazetteer's names with a linear model of
        their context.

    Returns
    -------
    Recognizer
        The same object for the same name.

    Raises
    ------
    dateline.errors.InputError
        When there is no such model.

    Examples
    --------
    >>> text = "Kyiv accused Moscow of shelling Kharkiv."
    >>> [(m.text, m.role) for m in load_recognizer().recognize(text)]
    [('Kyiv', 'metonym'), ('Moscow', 'metonym'), ('Kharkiv', 'literal')]
    """
    if model not in MODELS:
        raise InputError(f"there is no recogniser {model!r}: choose one of {', '.join(MODELS)}")
    return FastRecognizer() if model == "fast" else NeuralRecognizer(model)


@dataclass(slots=True)
class Proposal:
    """A span that may be a name: words ``first`` to ``last`` (exclusive), and the evidence for it."""

    start: int
    end: int
    first: int
    last: int
    evidence: list[float]
    demonym: bool | None  # what the gazetteer says; None when it cannot tell
    least: float  # log-odds that it has whatever the evidence
    hint: float = 0.0  # log-odds of :mod:`dateline.geo.hints`
    odds: float = 0.0


class NeuralRecognizer:
    """Proposals of a network and of the gazetteer, weighed together.

    Parameters
    ----------
    model : str
        The name of its network and of its weights in ``recognition.json``.
    data : path, optional
        A folder with the weights of another training, named as ours in ``geo/data``.
    """

    def __init__(self, model: str, data: Traversable = DATA) -> None:
        settings = json.loads((data / "recognition.json").read_text(encoding="utf8"))[model]
        self._weights: NDArray[np.float64] = np.array(settings["weights"])
        self._threshold: float = settings["threshold"]
        self._network = Network(model, data)
        self._matcher = FastRecognizer(data / "fast.json")

    def recognize(self, text: str) -> list[Mention]:
        """Return the toponyms of `text` in order, without overlaps."""
        found = []
        for offset, piece in _slices(text):
            words, table = self._network.read(piece)
            proposals = self.propose(piece, words, table)
            if not proposals:
                continue
            weigh(proposals, self._weights)
            vouch(piece, proposals, self._threshold)
            prefer_whole(piece, proposals)
            for p in choose(proposals, self._threshold):
                score = round(1 / (1 + math.exp(-p.odds)), 4)
                end = with_kind(piece, p.start, p.end, self._matcher.known)
                role = _role(piece, p, table) if end == p.end else "literal"
                end = with_rest(piece, p.start, end, self._matcher.known)
                found.append(Mention(p.start + offset, end + offset, piece[p.start : end], role, score))
        return found

    def propose(self, text: str, words: Sequence[Word], table: Floats) -> list[Proposal]:
        """Return every span worth judging, with its evidence."""
        starts = {w.start: i for i, w in enumerate(words)}
        ends = {w.end: i + 1 for i, w in enumerate(words)}
        table[outside(text, words), :3] = (1, 0, 0)
        spans, cuts = self._spans(text, words, table)
        named = [*facilities(text)]
        if named:
            spans = {span: match for span, match in spans.items() if not _inside(span, named)}
            spans |= {facility: self._matcher.judge(text, *facility) for facility in named}
        proposals = []
        beliefs = _beliefs(table)
        for (start, end), match in spans.items():
            if start not in starts or end not in ends:
                continue
            a, b = starts[start], ends[end]
            told = [i for i in range(a, b) if _telling(text, words[i], i == a)] or [a]
            evidence = _evidence(beliefs, told, a, b, match, cuts)
            least = _NAMED if named and _inside((start, end), named) else -math.inf
            proposals.append(Proposal(start, end, a, b, evidence, match[1] if match else None, least))
        best: dict[str, float] = {}
        for p in proposals:
            surface = text[p.start : p.end]
            best[surface] = max(best.get(surface, -_LIMIT), p.evidence[1])
        hints = Hints(text, words, table, [(p.start, p.end) for p in proposals], self._matcher.known)
        for p in proposals:
            p.evidence.append(best[text[p.start : p.end]])
            paired = p.first in cuts or p.last in cuts
            p.hint = hints.odds(p.start, p.end, p.evidence[1], paired)
        return proposals

    def _spans(
        self, text: str, words: Sequence[Word], table: Floats
    ) -> tuple[dict[tuple[int, int], Match | None], set[int]]:
        """Return the spans that the gazetteer and the network propose, and the words that begin a name."""
        spans: dict[tuple[int, int], Match | None] = {
            (start, end): judged for start, end, judged in self._matcher.judged(text)
        }
        cuts: set[int] = set()  # words that begin a name whatever the network says
        for a, b in runs(words, table):
            span = whole(text, words, a, b, self._matcher.known)
            if span not in spans:
                match = self._matcher.judge(text, *span)
                cut = None if match else second_name(text, words, a, b, self._matcher.known)
                if cut is not None:
                    cuts.add(cut)
                elif is_name(text, *span, known=match is not None):
                    spans[span] = match
        return spans, cuts


def _inside(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    """Return whether a span is a part of one of `others`, which are in order and do not overlap."""
    before = bisect_right(others, span[0], key=itemgetter(0)) - 1
    return before >= 0 and span[1] <= others[before][1]


def _telling(text: str, word: Word, first: bool) -> bool:
    """Return whether a word bears on its span: punctuation does not, nor what follows an apostrophe."""
    return text[word.start].isalnum() and (first or text[word.start - 1] not in "'’")


def _beliefs(table: Floats) -> tuple[list[float], list[float], list[float]]:
    """Return the network's belief in each word: log-odds that it is in a name, chances of B and of I."""
    inside = np.clip(1 - table[:, 0], 1e-4, 1 - 1e-4)
    odds = np.clip(np.log(inside / (1 - inside)), -_LIMIT, _LIMIT)
    return odds.tolist(), table[:, 1].tolist(), table[:, 2].tolist()


def _evidence(
    beliefs: tuple[list[float], list[float], list[float]],
    told: list[int],
    a: int,
    b: int,
    match: Match | None,
    cuts: Set[int],
) -> list[float]:
    """Return what is known of words `a` to `b`, of which `told` bear on it: see the comments."""
    odds, begin, go_on = beliefs
    of_words = [odds[i] for i in told]
    begins = 1.0 if a in cuts else max(begin[a], 0.01)
    continues = min((go_on[i] for i in told[1:]), default=1.0)
    goes_on = go_on[b] if b < len(go_on) and b not in cuts else 0.0
    return [
        1.0,
        sum(of_words) / len(of_words),  # the network's belief in the words
        min(of_words),
        math.log(begins),  # ... that a name begins here
        math.log(max(continues, 0.01)),  # ... that it is one name
        math.log(max(1 - goes_on, 0.01)),  # ... that it ends here
        1.0 if match else 0.0,  # the gazetteer has it
        max(-_LIMIT, min(_LIMIT, match[0])) if match else 0.0,  # how well it fits there
        1.0 if match and match[1] else 0.0,  # as a demonym
        1.0 if b > a + 1 else 0.0,
    ]


def weigh(proposals: Sequence[Proposal], weights: NDArray[np.float64]) -> None:
    """Set the log-odds of proposals."""
    for proposal, odds in zip(proposals, np.array([p.evidence for p in proposals]) @ weights, strict=True):
        proposal.odds = max(float(odds) + proposal.hint, proposal.least)


def vouch(text: str, proposals: Sequence[Proposal], threshold: float) -> None:
    """Raise the log-odds of names that stand in a list beside one that is found: "Dnipro, then Lviv"."""
    ends = {p.end for p in proposals if p.odds >= threshold}
    starts = {p.start for p in proposals if p.odds >= threshold}
    for p in sorted(proposals, key=lambda p: p.start):
        if p.hint or p.odds >= threshold or p.evidence[1] < 0 or not text[p.start].isupper():
            continue
        before = _JOINT_BEFORE.search(text, max(0, p.start - 7), p.start)
        after = _JOINT.match(text, p.end)
        if (before and before.start() in ends) or (after and after.end() in starts):
            p.odds += _LISTED
            if p.odds >= threshold:
                ends.add(p.end)


def prefer_whole(text: str, proposals: Sequence[Proposal]) -> None:
    """Raise the log-odds of names that the gazetteer has to those of their ends: "Gulf of Aden".

    Of "Antigua and Barbuda" to those of both: it is no list.  So are names of which the gazetteer only has
    what follows a point of the compass: "West Gojjam".
    """
    by_end: dict[int, list[Proposal]] = {}
    by_start: dict[int, list[Proposal]] = {}
    for p in proposals:
        by_end.setdefault(p.last, []).append(p)
        by_start.setdefault(p.first, []).append(p)
    for p in proposals:
        known = p.demonym is False or (p.evidence[2] > _SIDED and _COMPASS.match(text, p.start, p.end))
        if known and p.evidence[1] > 0 and _HOLDS.match(text, p.start, p.end):
            parts = [q for q in by_end[p.last] if q.first > p.first]
            if parts and " and " in text[p.start : p.end]:
                parts += [q for q in by_start[p.first] if q.last < p.last]
            p.odds = max([p.odds, *(q.odds for q in parts)])


def choose(proposals: Iterable[Proposal], threshold: float) -> list[Proposal]:
    """Return the likeliest proposals that do not overlap, in the order of the text."""
    taken: set[int] = set()
    chosen = []
    for p in sorted(proposals, key=lambda p: (-p.odds, p.start - p.end, p.start)):
        if p.odds >= threshold and taken.isdisjoint(range(p.first, p.last)):
            taken.update(range(p.first, p.last))
            chosen.append(p)
    return sorted(chosen, key=lambda p: p.start)


def _role(text: str, proposal: Proposal, table: Floats) -> Role:
    """Return the network's role, corrected by what the gazetteer knows of demonyms and by a few patterns."""
    chances = table[proposal.first : proposal.last, 3:].mean(0)
    if proposal.demonym:
        return "demonym"
    if proposal.demonym is False:
        chances[2] = 0
    role = _ROLES[int(chances.argmax())]
    return "metonym" if role == "literal" and is_metonym(text, proposal.start, proposal.end) else role


def _slices(text: str) -> Iterator[tuple[int, str]]:
    """Cut a long text where a line, or else a word, ends."""
    start = 0
    while len(text) - start > _SLICE:
        end = start + _SLICE
        for mark in ("\n", " "):
            cut = text.rfind(mark, start + _SLICE // 2, end)
            if cut > 0:
                end = cut + 1
                break
        yield start, text[start:end]
        start = end
    yield start, text[start:]
