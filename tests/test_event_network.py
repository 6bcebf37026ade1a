"""The network that reads an article once, for its events and for where they happened."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.gazetteer import Place
from dateline.geo.event_network import STATUSES, WINDOW, Line, load_event_network
from dateline.geo.link_features import Scene
from dateline.geo.model import Mention, Resolution
from dateline.geo.readings import Passage, of_mentions, readings
from dateline.geo.spots import spots
from dateline.geo.triggers import TYPES, find
from dateline.geo.words import words


def line(text: str, start: int = 0, end: int | None = None, paragraph: int = 0) -> Line:
    """Return a sentence all of whose words are asked about, of which the lexicon says nothing."""
    own = words(text, start, end)
    return Line(own, [0] * len(own), [True] * len(own), paragraph)


def test_a_word_that_reports_an_event_is_told_by_its_sentence() -> None:
    network = load_event_network()
    text = "Detectives questioned a man in Leeds."
    (rows,) = network.read(text, [line(text)])
    p = network.types(rows)
    assert TYPES[p[1, 1:].argmax()] == "COERCE"
    assert p[1, 0] < 0.5 < p[3, 0]  # "questioned", "man"


def test_an_event_is_put_where_the_article_says_even_if_another_sentence_does() -> None:
    first = "Rebels stormed the barracks of Peshawar before dawn on Friday."
    text = first + " A guard was killed, the army said in Islamabad."
    cut = len(first) + 1
    scenes = []
    network = load_event_network()
    lines = [line(text, 0, len(first)), line(text, cut, len(text))]
    for own, rows in zip(lines, network.read(text, lines), strict=True):
        inside = [
            r
            for r in resolutions(text, "Peshawar", "Islamabad")
            if own.words[0].start <= r.mention.start < own.words[-1].end
        ]
        scenes.append(Scene(own.words, spots(own.words, inside), rows))
    told = [Passage(scene, None, find(scene.sentence), 0) for scene in scenes]
    _, (killed,) = readings(network, told)
    assert killed.places["Peshawar"] > killed.places["Islamabad"]
    ((own_odds, elsewhere),) = of_mentions(killed.places, scenes[1])
    assert (own_odds, elsewhere) == (killed.places["Islamabad"], killed.places["Peshawar"])


def test_the_status_of_an_event_is_read_too() -> None:
    text = "Envoys met in Doha on Monday. They will meet again in Cairo next week."
    network = load_event_network()
    lines = [line(text, 0, 29), line(text, 30, len(text))]
    places = [resolutions(text, name) for name in ("Doha", "Cairo")]
    told = [
        Passage(Scene(own.words, spots(own.words, named), rows), None, find(own.words), 0)
        for own, named, rows in zip(lines, places, network.read(text, lines), strict=True)
    ]
    (first,), (second,) = readings(network, told)
    planned = STATUSES.index("planned")
    assert first.statuses[planned] < 0.5 < second.statuses[planned]


def test_a_long_list_is_read() -> None:
    text = "Shells hit Cairo. " * 400
    network = load_event_network()
    lines = [line(text, at, at + 17) for at in range(0, len(text), 18)]
    cairo = resolutions(text, "Cairo")[0]
    told = []
    for own, rows in zip(lines, network.read(text, lines), strict=True):
        mention = replace(cairo.mention, start=own.words[2].start, end=own.words[2].end)
        told.append(
            Passage(
                Scene(own.words, spots(own.words, [replace(cairo, mention=mention)]), rows),
                None,
                find(own.words),
                0,
            )
        )
    read = readings(network, told)
    assert [len(of) for of in read] == [1] * 400
    assert all(of[0].places["Cairo"] > 0 for of in read)


def resolutions(text: str, *names: str) -> list[Resolution]:
    """Return places that a text names."""
    return [
        Resolution(
            Mention(text.index(name), text.index(name) + len(name), name, "literal", 1.0),
            Place(name, name, 34.0, 71.5, "P", "PPL", country="PK"),
            1.0,
        )
        for name in names
    ]


def test_an_article_is_read_window_by_window() -> None:
    text = " ".join(f"Shells fell on Izium for {i} hours." for i in range(200))
    own = words(text)
    lines = [line(text, own[i].start, own[i + 7].end, i // 80) for i in range(0, len(own) - 7, 8)]
    rows = load_event_network().read(text, lines)
    assert [len(row) for row in rows] == [8] * 200
    assert sum(len(row) for row in rows) > 5 * WINDOW
    assert all(row.any(1).all() for row in rows)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_every_word_gets_a_vector_and_probabilities(text: str) -> None:
    network = load_event_network()
    own = line(text)
    (rows,) = network.read(text, [own])
    assert rows.shape == (len(own.words), network.size)
    assert np.allclose(network.types(rows).sum(1), 1, atol=1e-4)


@pytest.mark.parametrize("text", ["", "x" * 5000, "a\x00b \ud800 c"])
def test_no_text_is_too_odd(text: str) -> None:
    (rows,) = load_event_network().read(text, [line(text)])
    assert np.isfinite(rows).all()
