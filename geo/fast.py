"""Finding toponyms without a neural network: gazetteer names, judged by a linear model of their context.

Thirty times faster than the networks, and less accurate: ``docs/model-card.md`` has both figures.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import repeat
from pathlib import Path

from dateline import gazetteer
from dateline.gazetteer.names import normalize
from dateline.gazetteer.store import NAME_KINDS
from dateline.geo.model import Mention, Role
from dateline.geo.roles import is_metonym

_WORDLET = r"(?:(?:al|am|an|au|aux|by|de|des|du|el|en|in|la|le|les|on|sous|sur|the|upon)-)"  # Savanna-la-Mar
_LETTER = r"[^a-z\W\d_]"  # a capital, or a letter of a script that has none
_REST = rf"[^\W_]*(?:['’](?!s\b)[^\W\d_][^\W_]*)?(?:-{_WORDLET}{{0,2}}{_LETTER}[^\W_]*)*"
_NAME = rf"(?:[A-Z]\.){{2,}}|{_LETTER}{_REST}"
#: The same where no word or account's name goes on; it begins with a letter, to which the search can skip.
_FIRST = rf"{_LETTER}(?<![\w@][\s\S])(?:(?<=[A-Z])\.(?:[A-Z]\.)+|{_REST})"
#: A name with a possessive inside: "Cox's Bazar", "King's Lynn"; "s " begins what a search can skip to.
_OWNER = re.compile(r"(?<![\w-])[^\W\d_a-z][^\W\d_]*['’]$")
_OWNED = re.compile(r"s (?<=['’]s )[^\W\d_a-z][^\W\d_]*")
_LONGEST_OWNER = 41  # with the apostrophe
_LINK = r"(?:[ \t]|\.[ ](?<=St\.[ ]|Mt\.[ ]|Ft\.[ ]))"
#: Consecutive capitalised words, with small words inside: "Gulf of Mexico", "St. John's".
_SMALL = r"(?:(?:of|the|de|la|el|and|al|es|ez|upon|on)[ \t]+)"
_RUN = re.compile(rf"{_FIRST}(?:{_LINK}+{_SMALL}{{0,2}}(?:{_NAME})){{0,7}}")
_WORD = re.compile(_NAME + r"|\w+")
_TOKEN = re.compile(r"\w+(?:['’]\w+)?|[^\w\s]|\n\s*")
_AFTER = re.compile(r"[ \t]*(['’]s\b|\w+|[^\w\s]|\n)?[ \t]*(\w+|[^\w\s])?")
_WEIGHTS = files("dateline.geo") / "data" / "fast.json"
_PLACING = frozenset(("l=in", "l=at", "l=near", "l=from"))
_REACH = 40  # characters before a name that are looked at; two words seldom take more than the second number
_REACH_OF_TWO = 12
_LONGEST = 6  # words of a name
_LONGEST_RUN = 300  # characters; longer ones are no names
_ZEROS = repeat(0.0)  # the default for `map(weights.get, features, _ZEROS)`
#: Adjectives that the gazetteer has as short names of the country.
_ADJECTIVES = frozenset(("saudi", "sri lankan", "lankan"))
_DEMONYMS = frozenset({NAME_KINDS.index("demonym"), NAME_KINDS.index("demonym-plural")})


#: Log-odds of being a toponym; whether the gazetteer has it as a demonym: first, never, or (None) also.
Match = tuple[float, bool | None]
#: Start, end, features of the name, features of its context.
Candidate = tuple[int, int, tuple[str, ...], list[str]]


class FastRecognizer:
    """Gazetteer names in runs of capitalised words, kept when a linear model finds their context fitting.

    Parameters
    ----------
    weights : path, optional
        The linear model's; ours unless given.
    """

    def __init__(self, weights: Path | Traversable = _WEIGHTS) -> None:
        self._gazetteer = gazetteer.open()
        model = json.loads(weights.read_text(encoding="utf8"))
        self._name: dict[str, float] = model["name"]
        self._metonym: dict[str, float] = model["metonym"]
        self._threshold: float = model["threshold"]
        #: Names that are also words of the language: "of", "reading".
        self.common = frozenset(model["common"])
        self.known = lru_cache(maxsize=65536)(self._known)
        self._matches = lru_cache(maxsize=16384)(self._match)
        self._of_name = lru_cache(maxsize=16384)(self._weighed)

    def recognize(self, text: str) -> list[Mention]:
        """Return the toponyms of `text` in order, without overlaps."""
        found = []
        for start, end, own, context in self.candidates(text):
            odds = self._odds(own, context)
            if odds < self._threshold:
                continue
            role: Role = "demonym"
            if "kind=demonym" not in own:
                weigh = self._metonym.get
                odds_of_metonym = sum(map(weigh, own, _ZEROS)) + sum(map(weigh, context, _ZEROS))
                role = "metonym" if odds_of_metonym > 0 or is_metonym(text, start, end) else "literal"
            found.append(Mention(start, end, text[start:end], role, round(1 / (1 + math.exp(-odds)), 4)))
        return found

    def judged(self, text: str) -> Iterator[tuple[int, int, Match]]:
        """Yield start, end and judgement of every gazetteer name in `text`."""
        for start, end, own, context in self.candidates(text):
            yield start, end, self._judged(own, context)

    def judge(self, text: str, start: int, end: int) -> Match | None:
        """Return the judgement of one span; None when the gazetteer lacks it."""
        own = self.known(text[start:end])
        return self._judged(own, _context(text, start, end)) if own else None

    def _judged(self, own: tuple[str, ...], context: list[str]) -> Match:
        unclear = "maybe demonym" in own or "kind=spelling" in own  # an "Iraqi" is a village too
        demonym = "kind=demonym" in own or (None if unclear else False)
        return self._odds(own, context), demonym

    def _odds(self, own: tuple[str, ...], context: Iterable[str]) -> float:
        return self._of_name(own) + self._weighed(context)

    def _weighed(self, features: Iterable[str]) -> float:
        return sum(map(self._name.get, features, _ZEROS))

    def candidates(self, text: str) -> list[Candidate]:
        """Return every gazetteer name in `text` with its features."""
        found = []
        for run in _RUN.finditer(text):
            base = run.start()
            if run.end() - base > _LONGEST_RUN:
                continue
            for start, end, own in self._matches(run.group()):
                start, end = base + start, base + end
                found.append((start, end, own, _context(text, start, end)))
        found = self._with_owned(text, found)
        _add_elsewhere(text, found)
        return found

    def _with_owned(self, text: str, found: list[Candidate]) -> list[Candidate]:
        """Return the candidates with those that have a possessive inside, instead of their parts."""
        for match in _OWNED.finditer(text):
            owner = _OWNER.search(text, max(0, match.start() - _LONGEST_OWNER), match.start())
            own = self.known(text[owner.start() : match.end()]) if owner else None
            if not owner or not own:
                continue
            start, end = owner.start(), match.end()
            whole: Candidate = (start, end, (*own, "first", "last", "words=2"), _context(text, start, end))
            found = sorted([*(c for c in found if c[1] <= start or end <= c[0]), whole])
        return found

    def _match(self, run: str) -> list[tuple[int, int, tuple[str, ...]]]:
        """Return the longest gazetteer names of a run of words, left to right."""
        words = [m.span() for m in _WORD.finditer(run)]
        found, i = [], int(run.startswith("The ") and not run.startswith("The Hague"))
        while i < len(words):
            if run[words[i][0]].islower():
                i += 1
                continue
            last = min(len(words), i + _LONGEST)
            if last > i + 1 and not self._gazetteer.has_prefix(normalize(run[words[i][0] : words[i + 1][1]])):
                last = i + 1
            for j in range(last, i, -1):
                start, end = words[i][0], words[j - 1][1]
                own = self.known(run[start:end]) if run[words[j - 1][0]].isupper() else ()
                if own:
                    shape = (
                        "first" if i == 0 else "later",
                        "last" if j == len(words) else "followed",
                        f"words={min(3, j - i)}",
                    )
                    found.append((start, end, own + shape))
                    i = j
                    break
            else:
                i += 1
        return found

    def _known(self, name: str) -> tuple[str, ...]:
        """Return what the gazetteer says of a name, as features; nothing for names it lacks."""
        key = normalize(name)
        if len(key) < 2 or not self._gazetteer.has_name(key):
            return ()
        places = self._gazetteer.exact(name)
        if not len(places):
            return ()
        columns = self._gazetteer.columns
        best = int(places.rows[0])
        kinds = places.name_kind.tolist()
        kind = NAME_KINDS[kinds[0]]
        if kinds[0] in _DEMONYMS or key in _ADJECTIVES:
            kind = "demonym"
        size = int(math.log10(max(columns.population[places.rows].tolist()) + 1))
        code = self._gazetteer.tables["feature_code"][int(columns.feature_code[best])]
        shout = name.isupper() and len(name) > 1
        return (
            "bias",
            f"kind={kind}",
            "no demonym" if _DEMONYMS.isdisjoint(kinds) else "maybe demonym",
            f"size={size}",
            f"code={code[:5]}",
            f"size={size} code={code[:3]}",
            f"many={min(4, len(places) // 2)}",
            f"length={min(9, len(key))}",
            f"name={key}",
            "shout" if shout else "title",
            "common" if key in self.common else f"uncommon size={size // 2}",
        )


def _add_elsewhere(text: str, found: list[Candidate]) -> None:
    """Add to each name's context how it stands elsewhere in the text: after a first name, after "in"."""
    surnames = {text[start:end] for start, end, own, _ in found if "later" in own}
    placed = {text[start:end] for start, end, _, context in found if context[0] in _PLACING}
    for start, end, own, context in found:
        name = text[start:end]
        if name in surnames and "first" in own:
            context.append("later elsewhere")
        if name in placed and context[0] not in _PLACING:
            context.append("placed elsewhere")


def _before(text: str, start: int) -> list[str]:
    """Return the two words or marks before an offset."""
    first = max(0, start - _REACH)
    near = text.rfind(" ", first, max(first, start - _REACH_OF_TWO))
    found = _TOKEN.findall(text, near, start) if near >= 0 else []
    return (found if len(found) > 1 else ["^", "^", *_TOKEN.findall(text, first, start)])[-2:]


def _context(text: str, start: int, end: int) -> list[str]:
    """Return the words around a span, as features."""
    farther, left = _before(text, start)
    after = _AFTER.match(text, end)
    right, beyond = after.groups("$") if after else ("$", "$")
    # of the white space that begins with a line break, only that counts
    lower_left, lower_right = left.lower().rstrip() or "\n", right.lower()
    return [
        f"l={lower_left}",
        f"r={lower_right}",
        f"ll={farther.lower().rstrip() or chr(10)} {lower_left}",
        f"rr={lower_right} {beyond.lower()}",
        "l=Capital" if left[0].isupper() else "l=small",
        "r=Capital" if right[0].isupper() else "r=small",
        f"l-r={lower_left} {lower_right}",
    ]
