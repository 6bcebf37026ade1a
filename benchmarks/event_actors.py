"""Measure who did it to whom, on PLOVER's gold standard records: actors and recipients of a sentence's event.

A gold actor is words ("the Israeli army"); it counts as found when ours is a country that one of its words
stands for, or a force that it names.  Gold actors that name neither ("Putin", "the Security Council") are
counted apart: nothing of ours could match them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from dateline.geo.events import extract
from dateline.geo.model import Article, Resolution
from dateline.geo.wordlists import wordlist
from dateline.geo.words import words

#: Types as PLOVER 0.5 named them.
_RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "FIGHT": "ASSAULT"}


def report(path: Path, resolve: Callable[[Article], list[Resolution]]) -> list[str]:
    """Return precision and recall of actors and recipients as lines."""
    counts: Counter[tuple[str, str]] = Counter()
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file):
            record = json.loads(line)
            article = Article(id=str(number), text=record["text"], language="en")
            resolutions = resolve(article)
            events = extract(article, resolutions)
            wanted = _RENAMED.get(record["event"], record["event"])
            event = next((e for e in events if e.type == wanted), events[0] if events else None)
            ours = {"source": event.actors, "target": event.recipients} if event else {}
            for role in ("source", "target"):
                _count(counts, role, ours.get(role, ()), _names(record.get(role), resolutions))
    return [
        f"{name}: P {counts[role, 'right'] / max(1, counts[role, 'ours']):.3f} "
        f"R {counts[role, 'found'] / max(1, counts[role, 'gold']):.3f} of {counts[role, 'gold']} "
        f"that name a country or force ({counts[role, 'unnamed']} more do not)"
        for role, name in (("source", "actors"), ("target", "recipients"))
    ]


def _names(actors: Any, resolutions: Sequence[Resolution]) -> list[set[str]]:
    """Return, for each gold actor, the countries and forces that its words name."""
    named = []
    for actor in actors if isinstance(actors, list) else []:
        text = actor["actorText"]
        places = [r.place for r in resolutions if r.place and r.mention.text in text]
        forces = wordlist("agents") & {word.lower for word in words(text)}
        named.append({place.country_name or place.name for place in places} | forces)
    return named


def _count(
    counts: Counter[tuple[str, str]], role: str, ours: Sequence[str], gold: Sequence[set[str]]
) -> None:
    counts[role, "unnamed"] += sum(not names for names in gold)
    counts[role, "gold"] += sum(bool(names) for names in gold)
    counts[role, "found"] += sum(not names.isdisjoint(ours) for names in gold)
    counts[role, "ours"] += len(ours)
    counts[role, "right"] += sum(any(name in names for names in gold) for name in ours)
