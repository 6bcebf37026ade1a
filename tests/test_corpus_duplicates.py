"""Which reports tell of one event: the same kind, place and day, and deaths that can be the same."""

import datetime as dt
import math
from typing import Any

import numpy as np
import pytest

from dateline.geo.corpus import duplicates

DAY = dt.datetime(2026, 1, 24, tzinfo=dt.UTC)
UNKNOWN = math.nan


def event(**fields: Any) -> dict[str, Any]:
    return {
        "type": "ASSAULT", "mode": "airstrike", "status": "actual", "trigger": "strike",
        "place_id": "geonames:706483", "precision": "exact", "start": DAY,
    } | fields  # fmt: skip


def test_events_are_one_if_kind_place_and_day_are() -> None:
    one, same, planned, elsewhere, next_day = duplicates.event_keys(
        [
            event(),
            event(trigger="bombing"),
            event(status="planned"),
            event(place_id="geonames:703448"),
            event(start=DAY + dt.timedelta(days=1)),
        ]
    )
    assert one == same
    assert len({one, planned, elsewhere, next_day}) == 4


@pytest.mark.parametrize("vague", [{"place_id": ""}, {"start": None}, {"precision": "country"}])
def test_what_is_vague_is_only_joined_within_reprints(vague: dict[str, Any]) -> None:
    keys = duplicates.event_keys([event(**vague)] * 3)
    assert keys[0] < 0
    first_is_reprinted_by_third = np.array([0, 1, 0])
    joined = duplicates.reports(keys, np.arange(3), np.full(3, 0.8), first_is_reprinted_by_third)
    assert joined.count.tolist() == [2, 1, 2]


def counts(
    deaths: list[float], at_least: tuple[int, ...] = (), reprints: dict[int, int] | None = None
) -> list[int]:
    """Return how many articles report each event, told by one article each, of one kind, place and day."""
    articles = np.arange(len(deaths))
    original = np.array([(reprints or {}).get(article, article) for article in articles])
    keys = duplicates.by_toll(
        np.full(len(deaths), 7), articles, np.array(deaths), np.isin(articles, at_least), original
    )
    return duplicates.reports(keys, articles, np.full(len(deaths), 0.8), original).count.tolist()


def test_a_rising_toll_is_one_event() -> None:
    assert counts([12, 14, UNKNOWN, 20]) == [4, 4, 4, 4]
    assert counts([2, 40], at_least=(0,)) == [2, 2]


def test_two_strikes_of_one_day_are_told_apart_by_their_dead() -> None:
    assert counts([3, 20, 4, 22, 3]) == [3, 2, 3, 2, 3]
    assert counts([3, 20, UNKNOWN, 22]) == [1, 3, 3, 3]  # no number goes with what most tell


def test_a_reprint_goes_with_its_original_whatever_it_brings_up_to_date() -> None:
    assert counts([3, 9, 20], reprints={1: 0}) == [2, 2, 1]


def test_no_events_at_all() -> None:
    assert counts([]) == []
