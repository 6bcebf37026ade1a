"""What the network is asked about: not every word of a text."""

from __future__ import annotations

import numpy as np

from dateline.geo.network import Network

STORY = (
    "The mayor said that the road was closed. Mayors elsewhere had waited for the snow. It had fallen for three "
    "days and the schools stayed shut. A spokesman said that nobody was hurt. The late trains were bound for Kharkiv. "
    "People slept in the station and the buses did not run either, because the drivers could not see the road. "
    "Kuriga was cut off as well."
)


def test_ordinary_words_that_begin_a_sentence_are_no_names_for_sure() -> None:
    words, table = Network("default").read(STORY)
    chances = {STORY[w.start : w.end]: row for w, row in zip(words, table, strict=True)}
    assert chances["The"].tolist() == chances["A"].tolist() == chances["It"].tolist() == [1, 0, 0, 1, 0, 0, 0]
    assert chances["Kharkiv"][0] < 0.5
    assert chances["Kuriga"][0] < 0.5


def test_a_sentence_longer_than_a_window_is_read_in_parts() -> None:
    text = "The convoy went " + "from Kharkiv to Izium and back, then again " * 60
    words, table = Network("default").read(text)
    towns = [w.start for w in words if text[w.start : w.end] in ("Kharkiv", "Izium")]
    chances = dict(zip([w.start for w in words], table[:, 0].tolist(), strict=True))
    assert len(towns) == 120
    assert np.mean([chances[start] for start in towns]) < 0.1
