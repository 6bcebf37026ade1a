"""An article's events and places in one row: how they stand to each other, and what the network makes of it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.gazetteer import Place
from dateline.geo.event_network import STATUSES, load_event_network
from dateline.geo.event_story import (
    HELD,
    HOLDS,
    MANY,
    SAME,
    UNRELATED,
    UNSEEN,
    WAYS,
    Story,
    kind,
    relations,
)
from dateline.geo.model import Mention, Resolution, Role


def named(name: str, code: str, admin1: str = "", role: Role = "literal") -> Resolution:
    place = Place(name, name, 49.9, 36.2, code[0], code[1:], country="UA", admin1_id=admin1)
    return Resolution(Mention(0, len(name), name, role, 1.0), place, 1.0)


REGION = named("Kharkiv region", "AADM1")
IZIUM = named("Izium", "PPPL", admin1="Kharkiv region")
KYIV = named("Kyiv", "PPPLC", role="metonym")


def story(events: list[tuple[int, int]], mentions: list[tuple[int, int, Resolution]]) -> Story:
    """Return a story of words and their sentences, a paragraph each sentence."""
    at = np.array([*events, *((word, sentence) for word, sentence, _ in mentions)], np.intp).reshape(-1, 2)
    resolutions = [r for *_, r in mentions]
    kinds = np.array([kind(r) for r in resolutions], np.intp).reshape(-1, 3)
    related = relations([r.mention.text for r in resolutions], resolutions)
    return Story(len(events), at[:, 0], at[:, 1], at[:, 1], kinds, related)


def test_an_event_sees_its_own_sentence_word_by_word_and_others_by_their_number() -> None:
    # "... shelled Izium"; "Kyiv ..." ten sentences later
    told = story([(3, 0)], [(6, 0, IZIUM), (90, 10, KYIV)])
    event, izium, kyiv = told.apart()
    assert len({*event}) == 3
    assert event[1] != izium[0]  # before or behind
    assert kyiv[0] == kyiv[1]  # the same sentence, far away
    assert told.paragraphs_apart()[0].tolist() == [0, 0, 2]


def test_what_is_too_far_is_not_seen_but_for_the_beginning() -> None:
    told = story([(0, 0), (50, 5), (500, 5 + UNSEEN + 1)], [])
    assert told.seen().tolist() == [[True, True, False], [True, True, False], [True, False, True]]


def test_events_and_places_between_are_counted() -> None:
    # "shelled Kyiv, and in Izium three died"
    told = story([(0, 0), (7, 0)], [(1, 0, KYIV), (5, 0, IZIUM)])
    events, mentions = told.between()
    assert events.tolist() == [[0, 0], [0, 0]]
    assert mentions.tolist() == [[0, 1], [1, 0]]


def test_a_region_holds_its_town() -> None:
    related = relations(["region", "Izium", "Izium", "Kyiv"], [REGION, IZIUM, IZIUM, KYIV])
    assert related[0].tolist() == [SAME, HOLDS, HOLDS, UNRELATED]
    assert related[1].tolist() == [HELD, SAME, SAME, UNRELATED]


def test_a_place_is_told_by_role_and_kind() -> None:
    assert len({kind(REGION), kind(IZIUM), kind(KYIV)}) == 3


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 60)), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 60), st.sampled_from([REGION, IZIUM, KYIV]))),
)
def test_any_story_is_read(
    events: list[tuple[int, int]], mentions: list[tuple[int, int, Resolution]]
) -> None:
    told = story(events, mentions)
    network = load_event_network()
    vectors = np.random.default_rng(1).normal(size=(len(events) + len(mentions), network.size))
    odds, statuses = network.told(vectors.astype(np.float32), told)
    assert odds.shape == (len(events), len(mentions))
    assert np.isfinite(odds).all()
    assert statuses.shape == (len(events), len(STATUSES))
    assert np.allclose(statuses.sum(1), 1, atol=1e-4)
    assert 0 <= told.apart().min() <= told.apart().max() < WAYS
    assert all(count.size == 0 or count.max() <= MANY for count in told.between())
