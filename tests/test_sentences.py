"""Sentences of news: abbreviations, headings, captions, lists, quotes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.geo import sentences


def split(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences.split(text)]


def kinds(text: str) -> list[str]:
    return [s.kind for s in sentences.split(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Gen. Orr met Mr. J. Smith at 5 p.m. in Washington, D.C., on Jan. 5.", 1),
        ("He fell ill. The road was shut.", 2),
        ("It hit the U.S. base. It burned.", 2),
        ('"We ran," she said. "Then it fell." They fled.', 3),
        ("Is it over? Nobody knows! Wait...", 3),
        ("Prices rose 3.5 percent. No. 2 was closed.", 2),
    ],
)
def test_full_stops(text: str, count: int) -> None:
    assert len(split(text)) == count


def test_lines() -> None:
    text = (
        "Talks end\n\nA man walks in Kyiv. ( AP )\n\n"
        "The envoys, who had not seen each other for a whole long year, met in\nIstanbul again.\n\n"
        "- one died\n- two fled\n"
    )
    assert kinds(text) == ["heading", "caption", "text", "bullet", "bullet"]
    assert split(text)[-2:] == ["one died", "two fled"]


def test_a_sentence_of_ten_thousand_words_is_cut() -> None:
    text = "the shells fell, and " * 10_000
    assert max(s.end - s.start for s in sentences.split(text)) <= sentences.LONGEST


@given(st.text(alphabet=st.sampled_from("ab. \n\"'?-•A1(“”"), max_size=300))
def test_sentences_are_in_order_and_lose_nothing(text: str) -> None:
    found = sentences.split(text)
    for a, b in pairwise(found):
        assert a.end <= b.start
    assert all(s.start < s.end for s in found)
    kept = {i for s in found for i in range(s.start, s.end)}
    lost = {text[i] for i in range(len(text)) if i not in kept and not text[i].isspace()}
    assert lost <= set("-•1.)(")
