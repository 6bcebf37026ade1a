"""Dates: what words of news mean on a given day."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.geo import dates, dating
from dateline.geo.date_meanings import Tense
from dateline.geo.date_rules import RULES, begins
from dateline.geo.model import Article

SUNDAY = dt.date(2026, 1, 25)
#: An expression of each rule, in their order.
OF_EACH_RULE = """2026-01-24; 24/01/2026; 24 May last year; since Monday; ever since; in the week to 31 August; two days after Monday;
eve of Easter; the night of 6 March; Christmas Eve; today until Wednesday; January 30 to February 2;
November until March 2026; Jan. 24; 24 January; on the 12th.; Friday into Saturday; Monday of last week;
first Sunday of March; a week on Friday; Friday week; next Friday; May last year; early in March 2025;
yesterday; the same day; later in the week; that night; the next day; the night before; two weeks ago
today; a couple of weeks ago; the comparable year-ago quarter; over the last two days; in the past week; over the next 24 hours; one year since; within three
weeks; for a third straight day; spring 2025; last summer; latter half of 2025; H1 2025; Q3; the 2025 third
quarter; last year's second quarter; the same week; the weekend; the latest quarter; the year-end; the 19th
century; late May; the 1990s; mid-2025; 2019 to 2021; nineteen ninety-six; FY2025; in 2014""".replace(
    "\n", " "
).split("; ")


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
        ("overnight", "future", "2026-01-25", "2026-01-26"),
        ("during the night", "past", "2026-01-24", "2026-01-25"),
        ("last night", "past", "2026-01-24", "2026-01-24"),
        ("this month", "past", "2026-01-01", "2026-01-25"),
        ("this month", "future", "2026-01-25", "2026-01-31"),
        ("today until Wednesday", "future", "2026-01-25", "2026-01-28"),
        ("in the spring", "future", "2026-03-01", "2026-05-31"),
        ("from Saturday to Tuesday", "past", "2026-01-24", "2026-01-27"),
        ("since mid-January", "past", "2026-01-10", "2026-01-25"),
        ("since the weekend", "past", "2026-01-24", "2026-01-25"),
        ("the epidemic of 2018-20", "past", "2018-01-01", "2020-12-31"),
        ("overnight into Saturday", "past", "2026-01-23", "2026-01-24"),
        ("since 2022", "unknown", "2022-01-01", "2026-01-25"),
        ("since Monday", "unknown", "2026-01-19", "2026-01-25"),
        ("for a third day", "unknown", "2026-01-23", "2026-01-25"),
        ("last week", "unknown", "2026-01-12", "2026-01-18"),
        ("three days ago", "unknown", "2026-01-22", "2026-01-22"),
        ("three weeks ago today", "unknown", "2026-01-04", "2026-01-04"),
        ("exactly three weeks ago", "unknown", "2026-01-04", "2026-01-04"),
        ("three weeks ago on Friday", "unknown", "2026-01-02", "2026-01-02"),
        ("a year ago to the day", "unknown", "2025-01-25", "2025-01-25"),
        ("the election on September 25", "past", "2025-09-25", "2025-09-25"),
        ("the election on April 25", "past", "2026-04-25", "2026-04-25"),
        ("in March", "future", "2026-03-01", "2026-03-31"),
        ("June last year", "unknown", "2025-06-01", "2025-06-30"),
        ("in the 1990s", "unknown", "1990-01-01", "1999-12-31"),
        ("3 May 1812", "unknown", "1812-05-03", "1812-05-03"),
        ("2014", "unknown", "2014-01-01", "2014-12-31"),
        ("29 February", "past", "2024-02-29", "2024-02-29"),
        ("Monday through Wednesday", "past", "2026-01-19", "2026-01-21"),
        ("Friday night into Saturday", "past", "2026-01-23", "2026-01-24"),
        ("from January 30 to February 2", "future", "2026-01-30", "2026-02-02"),
        ("30 December to 2 January 2026", "past", "2025-12-30", "2026-01-02"),
        ("in the past 24 hours", "past", "2026-01-24", "2026-01-25"),
        ("over the next 24 hours", "future", "2026-01-25", "2026-01-26"),
        ("in the week to 21 January", "past", "2026-01-15", "2026-01-21"),
        ("the night of January 19 to 20", "past", "2026-01-19", "2026-01-20"),
        ("over the last three days", "past", "2026-01-22", "2026-01-25"),
        ("on Christmas Eve", "past", "2025-12-24", "2025-12-24"),
        ("Easter Monday", "future", "2026-04-06", "2026-04-06"),
        ("Good Friday 2025", "unknown", "2025-04-18", "2025-04-18"),
        ("on the eve of Christmas", "past", "2025-12-24", "2025-12-24"),
        ("mid-March 2025", "unknown", "2025-03-10", "2025-03-20"),
        ("in early August", "past", "2025-08-01", "2025-08-10"),
        ("at the end of December", "past", "2025-12-21", "2025-12-31"),
        ("by the end of March", "future", "2026-03-01", "2026-03-31"),
        ("mid-2024", "unknown", "2024-01-01", "2024-12-31"),
        ("the third quarter of 2025", "unknown", "2025-07-01", "2025-09-30"),
        ("the first half of 2025", "unknown", "2025-01-01", "2025-06-30"),
        ("the 19th century", "unknown", "1801-01-01", "1900-12-31"),
        ("in the early hours of Friday", "past", "2026-01-23", "2026-01-23"),
        ("two weeks ago", "past", "2026-01-11", "2026-01-11"),
        ("about two weeks ago", "past", "2026-01-05", "2026-01-11"),
        ("six weeks ago", "past", "2025-12-08", "2025-12-14"),
        ("a year ago", "past", "2025-01-01", "2025-01-31"),
        ("by year-end", "future", "2026-12-31", "2026-12-31"),
        ("at the weekend", "past", "2026-01-24", "2026-01-25"),
        ("2026/01/24", "unknown", "2026-01-24", "2026-01-24"),
        ("24.01.2026", "unknown", "2026-01-24", "2026-01-24"),
        ("02.01.2026", "unknown", "2026-01-02", "2026-01-02"),
        ("2026-01-24T22:15:00Z", "unknown", "2026-01-24", "2026-01-24"),
        ("in the night of Friday to Saturday", "past", "2026-01-23", "2026-01-24"),
        ("overnight Friday to Saturday", "past", "2026-01-23", "2026-01-24"),
        ("on the night of 20 January", "past", "2026-01-20", "2026-01-20"),
        ("overnight on Thursday", "past", "2026-01-22", "2026-01-23"),
        ("overnight on Sunday", "past", "2026-01-24", "2026-01-25"),
        ("the night of 20-21 January", "past", "2026-01-20", "2026-01-21"),
        ("between Monday and Wednesday", "past", "2026-01-19", "2026-01-21"),
        ("30 December 2025 to 2 January 2026", "past", "2025-12-30", "2026-01-02"),
        ("from November to January", "past", "2025-11-01", "2026-01-31"),
        ("from 2019 to 2021", "past", "2019-01-01", "2021-12-31"),
        ("between 2014 and 2016", "past", "2014-01-01", "2016-12-31"),
        ("the 2024-25 season", "past", "2024-01-01", "2025-12-31"),
        ("in Q3 2025", "past", "2025-07-01", "2025-09-30"),
        ("in Q3", "past", "2025-07-01", "2025-09-30"),
        ("H1 2025", "past", "2025-01-01", "2025-06-30"),
        ("FY2025", "past", "2025-01-01", "2025-12-31"),
        ("in nineteen ninety-six", "past", "1996-01-01", "1996-12-31"),
        ("the first week of January", "past", "2026-01-01", "2026-01-07"),
        ("in the last week of December", "past", "2025-12-25", "2025-12-31"),
        ("the last Thursday of December", "past", "2025-12-25", "2025-12-25"),
        ("on the first Sunday of March 2025", "past", "2025-03-02", "2025-03-02"),
        ("in the past week", "past", "2026-01-18", "2026-01-25"),
        ("since the start of the year", "past", "2026-01-01", "2026-01-25"),
        ("by the end of the week", "future", "2026-01-23", "2026-01-25"),
        ("in March of last year", "past", "2025-03-01", "2025-03-31"),
        ("a week on Friday", "future", "2026-02-06", "2026-02-06"),
        ("a fortnight ago", "past", "2026-01-05", "2026-01-11"),
        ("on the 20th", "past", "2026-01-20", "2026-01-20"),
        ("on the 28th", "past", "2025-12-28", "2025-12-28"),
        ("on the 28th", "future", "2026-01-28", "2026-01-28"),
        ("on the 28th ult.", "past", "2025-12-28", "2025-12-28"),
        ("Saturday, June 21", "unknown", "2025-06-21", "2025-06-21"),
        ("on Sunday, June 21", "unknown", "2026-06-21", "2026-06-21"),
        ("Orthodox Christmas", "past", "2026-01-07", "2026-01-07"),
        ("Orthodox Easter", "future", "2026-04-12", "2026-04-12"),
        ("Thanksgiving", "past", "2025-11-27", "2025-11-27"),
        ("during Ramadan", "future", "2026-02-18", "2026-03-19"),
        ("on the eve of Eid al-Fitr 2025", "past", "2025-03-29", "2025-03-29"),
        ("Chinese New Year", "future", "2026-02-17", "2026-02-17"),
    ],
)
def test_words_become_days(words: str, tense: Tense, first: str, last: str) -> None:
    (found,) = dates.find(words, SUNDAY, tense)
    assert (str(found.interval.first), str(found.interval.last)) == (first, last)


@pytest.mark.parametrize(
    "words",
    [
        "the nearly four-year war",
        "the third strike this year",
        "the airport will close at 1800",
        "1500 people",
        "it may happen",
        "sat down",
        "recently",
        "31 February",
        "$2014",
        "№ 13",
        "24/7",
        "won 2-1",
        "a Boeing 737",
        "Resolution 1701",
        "of 1935 Orchard St.",
        "at 2010 N. Main Street",
        "at 1400 GMT",
        "some 1900 villagers",
        "a few weeks before",
        "two days later",
        "that night",
        "Eid",
        "Ramadan 1812",
        "the Yom Kippur war",
        "03/04/2026",
        "on the 12th floor",
        "the following Tuesday",
        "the last week of the campaign",
        "the man of the day",
    ],
)
def test_what_names_no_day_gives_none(words: str) -> None:
    assert dates.find(words, SUNDAY) == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It began on January 3. Two days later it ended.", "2026-01-05", "2026-01-05"),
        ("It began on January 3, and the next day it ended.", "2026-01-04", "2026-01-04"),
        ("The dam broke on January 3. The night before it had rained.", "2026-01-02", "2026-01-03"),
        ("They met on January 3. A day earlier they had not.", "2026-01-02", "2026-01-02"),
        ("He fell on January 3 and died the following week.", "2026-01-05", "2026-01-11"),
        ("It rose in the third quarter of 2025, from less a year earlier.", "2024-07-01", "2024-09-30"),
        ("It broke on January 3 and has been shut ever since.", "2026-01-03", "2026-01-25"),
        ("It fell on January 3. The previous night it had rained.", "2026-01-02", "2026-01-03"),
        ("It fell on January 3. The same evening it rained.", "2026-01-03", "2026-01-03"),
        ("On Saturday, the second day of talks, they agreed.", "2026-01-24", "2026-01-24"),
        ("It began on January 3. Two more died later in the day.", "2026-01-03", "2026-01-03"),
        ("They met on January 3; on the 5th they agreed.", "2026-01-05", "2026-01-05"),
        ("They met on January 3. The following Tuesday they agreed.", "2026-01-06", "2026-01-06"),
        ("It invaded on 24 February 2022 and on 3 April withdrew.", "2022-04-03", "2022-04-03"),
        ("The bridge, opened on 1 January 2020, was hit on 20 January.", "2026-01-20", "2026-01-20"),
    ],
)
def test_some_dates_count_from_the_date_told_before(text: str, first: str, last: str) -> None:
    found = dates.find(text, SUNDAY, "past")[-1]
    assert (str(found.interval.first), str(found.interval.last)) == (first, last)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("two days after the January 3 quake", ["2026-01-05", "2026-01-03"]),
        ("five days before the election on January 18", ["2026-01-13", "2026-01-18"]),
        ("a day after Christmas", ["2025-12-26", "2025-12-25"]),
        ("a year after the Oct. 7 attack", ["2026-10-07", "2025-10-07"]),
    ],
)
def test_what_counts_from_a_named_day_leaves_that_day_to_its_own_event(text: str, days: list[str]) -> None:
    found = dates.find(text, SUNDAY, "past")
    assert [str(mention.interval.first) for mention in found] == days
    assert [mention.base for mention in found] == [False, True]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("KYIV, Jan. 24, 2026 (Reuters) - Drones hit Sumy.", "2026-01-24"),
        ("Drones hit Sumy\nBy A Writer\nPublished: 24 January 2026, 10:15\n\nTwo died.", "2026-01-24"),
        ("Saturday, January 24, 2026\n\nDrones hit Sumy.", "2026-01-24"),
        ("KYIV, Jan 24 (Reuters) - Drones hit Sumy.", "None"),
        ("Published 3 hours ago\n\nDrones hit Sumy.", "None"),
        ("The war began on 24 February 2022 - a Thursday.", "None"),
        ("A long day, 24 February 2022 was, for all - said one.", "None"),
    ],
)
def test_an_article_is_dated_by_its_own_first_lines_only(text: str, day: str) -> None:
    assert str(dating.own_day(Article("a", text))) == day


def test_a_span_of_what_happened_is_no_date() -> None:
    assert dates.find("40 crashes in four years", SUNDAY, "past") == []


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


@pytest.mark.parametrize(("words", "rule"), list(zip(OF_EACH_RULE, [rule for rule, _ in RULES], strict=True)))
def test_no_rule_is_kept_from_its_expressions(words: str, rule: re.Pattern[str]) -> None:
    (found,) = rule.finditer(words)
    for told in (words, words.upper(), words.title()):
        match = rule.search(told)
        assert match is None or begins(told, match.start(), len(told))
    assert begins(words, found.start(), len(words))
