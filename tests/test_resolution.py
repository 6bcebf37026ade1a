"""Which place a toponym means: readable examples, and what users of other geoparsers reported as wrong."""

from __future__ import annotations

import re

import pytest

from dateline import gazetteer
from dateline.geo.model import Article, Mention, Resolution
from dateline.geo.resolution import Resolver, focus, load_resolver


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return load_resolver(gazetteer.open())


def resolved(resolver: Resolver, marked: str, **about: str) -> list[Resolution]:
    """Resolve a text whose toponyms stand in square brackets."""
    mentions, text = [], ""
    for piece in re.split(r"(\[[^\]]+\])", marked):
        if piece.startswith("["):
            mentions.append(Mention(len(text), len(text) + len(piece) - 2, piece[1:-1]))
            piece = piece[1:-1]
        text += piece
    return resolver.resolve(Article("a", text, **about), mentions)


def places(resolver: Resolver, marked: str, **about: str) -> list[str]:
    """Return "name, admin1, country" of each place, "-" for none."""
    found = [r.place for r in resolved(resolver, marked, **about)]
    return [f"{p.name}, {p.admin1}, {p.country}" if p else "-" for p in found]


def countries(resolver: Resolver, marked: str) -> list[str]:
    return [r.place.country if r.place else "-" for r in resolved(resolver, marked)]


def test_a_town_is_read_with_the_state_that_follows_it(resolver: Resolver) -> None:
    assert places(resolver, "A fire in [Paris], [Texas], killed two.")[0] == "Paris, Texas, US"
    assert places(resolver, "Police in [Springfield], [Ohio], said so.")[0] == "Springfield, Ohio, US"
    assert places(resolver, "He lives in [Bangor], [Maine].")[0] == "Bangor, Maine, US"


def test_capitals_are_not_their_namesakes(resolver: Resolver) -> None:
    text = "Chancellor Merz met ministers in [Berlin]. [Germany] wants talks, also with [France]."
    assert countries(resolver, text) == ["DE", "DE", "FR"]


def test_no_mentions_no_resolutions(resolver: Resolver) -> None:
    assert resolver.resolve(Article("a", "Nothing here."), []) == []


def test_the_same_article_gives_the_same_answer(resolver: Resolver) -> None:
    text = "[Kharkiv] and [Chernihiv] were hit, [Ukraine] said; [Russia] denied it."
    assert resolved(resolver, text) == resolved(resolver, text)


def test_focus_ranks_what_the_article_is_about(resolver: Resolver) -> None:
    text = "[Kharkiv] was shelled. Officials in [Kharkiv] said 3 died. [Moscow] denied it."
    ranked = focus(Article("a", text), resolved(resolver, text))
    assert ranked[0][0].country == "UA"
    assert sum(weight for _, weight in ranked) == pytest.approx(1, abs=1e-3)
