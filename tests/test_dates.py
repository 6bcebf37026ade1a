"""Dates: what words of news mean on a given day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.geo import dates

SUNDAY = dt.date(2026, 1, 25)


@pytest.mark.parametrize(
    ("words", "tense", "first", "last"),
    [
        ("on Saturday", "past", "2026-01-24", "2026-01-24"),
        ("on Saturday", "future", "2026-01-31", "2026-01-31"),
        ("on Sunday", "past", "2026-01-25", "2026-01-25"),
        ("last Thursday", "unknown", "2026-01-22", "2026-01-22"),
        ("next weekend", "unknown", "2026-01-31", "2026-02-01"),
        ("February 1", "future", "2026-02-01", "2026-02-01"),
        ("28 March", "past", "2025-03-28", "2025-03-28"),
        ("Saturday, Jan. 24, 2026", "unknown", "2026-01-24", "2026-01-24"),
        ("on January 23-24", "past", "2026-01-23", "2026-01-24"),
        ("last summer", "unknown", "2025-06-01", "2025-08-31"),
        ("overnight", "past", "2026-01-24", "2026-01-25"),
        ("overnight into Saturday", "past", "2026-01-23", "2026-01-24"),
        ("since 2022", "unknown", "2022-01-01", "2026-01-25"),
        ("since Monday", "unknown", "2026-01-19", "2026-01-25"),
        ("for a third day", "unknown", "2026-01-23", "2026-01-25"),
        ("last week", "unknown", "2026-01-12", "2026-01-18"),
        ("three days ago", "unknown", "2026-01-22", "2026-01-22"),
        ("in March", "future", "2026-03-01", "2026-03-31"),
        ("June last year", "unknown", "2025-06-01", "2025-06-30"),
        ("in the 1990s", "unknown", "1990-01-01", "1999-12-31"),
        ("3 May 1812", "unknown", "1812-05-03", "1812-05-03"),
        ("2014", "unknown", "2014-01-01", "2014-12-31"),
        ("29 February", "past", "2024-02-29", "2024-02-29"),
    ],
)
def test_words_become_days(words: str, tense: dates.Tense, first: str, last: str) -> None:
    (found,) = dates.find(words, SUNDAY, tense)
    assert (str(found.interval.first), str(found.interval.last)) == (first, last)


@pytest.mark.parametrize(
    "words",
    [
        "the nearly four-year war",
        "1500 people",
        "it may happen",
        "sat down",
        "recently",
        "31 February",
        "$2014",
        "№ 13",
    ],
)
def test_what_names_no_day_gives_none(words: str) -> None:
    assert dates.find(words, SUNDAY) == []


def test_without_a_day_of_publication_only_whole_dates_count() -> None:
    found = dates.find("On Monday, 24 January 2026, and in March", None)
    assert [mention.text for mention in found] == ["Monday, 24 January 2026"]


def test_a_day_too_near_the_end_of_the_calendar_is_survived() -> None:
    assert dates.find("next year and tomorrow", dt.date.max) == []


@given(st.text(max_size=200), st.dates())
def test_any_text_is_read(text: str, day: dt.date) -> None:
    for mention in dates.find(text, day):
        assert text[mention.start : mention.end] == mention.text
        assert mention.interval.first <= mention.interval.last
