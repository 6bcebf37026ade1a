"""Which of the dates that it may have an event has: a forest judges them all, and may find none likely.

It is trained on articles of our own (``python -m benchmarks.training.dates``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

import numpy as np

from dateline.geo import date_clauses, dating
from dateline.geo.date_evidence import Choice, choices
from dateline.geo.model import Article
from dateline.geo.reports import Found
from dateline.geo.taken_up import TAKEN_UP
from dateline.geo.trees import Forest
from dateline.geo.wordlists import DATA

#: A date less likely than this is not stated: one that a rule gave, and any other.
_OWN, _OTHER = 0.4, 0.5


def dated(article: Article, events: Sequence[Found], found: Sequence[Found]) -> list[Found]:
    """Return the events of an article, each with the likeliest of the dates that it may have, or with none.

    Parameters
    ----------
    article : Article
    events : sequence of Found
        What the article reports, each event once.
    found : sequence of Found
        All its reports of them, in order.
    """
    told = choices(events, found, article.date)
    rows = [choice.row for own in told for choice in own]
    if not rows:
        return list(events)
    odds = iter(_forest().predict(np.array(rows, np.float32)).tolist())
    return [
        _with_date(article, event, chosen(own, [next(odds) for _ in own]))
        for event, own in zip(events, told, strict=True)
    ]


def chosen(told: Sequence[Choice], odds: Sequence[float]) -> Choice | None:
    """Return the likeliest of several dates by their log-odds, None where it is not likely enough."""
    best = max(range(len(told)), key=lambda i: odds[i], default=None)
    if best is None:
        return None
    likely = _OWN if told[best].own else _OTHER
    return told[best] if odds[best] >= math.log(likely / (1 - likely)) else None


def _with_date(article: Article, event: Found, choice: Choice | None) -> Found:
    """Return an event with a date, and with the status that goes with it."""
    if choice is None:
        return event.dated(None, event.told) if event.date else event
    if choice.own:
        return event
    over = None if date_clauses.lasts(event.tokens, event.trigger) else choice.date.interval
    state, age = dating.aged(event.told, over, article.date)
    return event.dated(choice.date, state, age, TAKEN_UP if choice.source else "")


@cache
def _forest() -> Forest:
    return Forest.load(DATA / "dates.npz")
