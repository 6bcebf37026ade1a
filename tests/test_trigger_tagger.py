"""Words that report events though the lexicon lacks them, and words of the lexicon that report nothing."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.gazetteer import Place
from dateline.geo import trigger_tagger, triggers
from dateline.geo.events import extract
from dateline.geo.model import Article, Mention, Resolution
from dateline.geo.trigger_tagger import TOLD, load_tagger
from dateline.geo.words import words


@pytest.mark.parametrize(
    ("sentence", "type_"),
    [
        ("Detectives questioned a 40-year-old man in Leeds on Friday.", "COERCE"),
        ("Flights were routed to Silistra on Monday because of fog.", "DISRUPTION"),
    ],
)
def test_a_word_that_no_lexicon_has_may_report_an_event(sentence: str, type_: str) -> None:
    assert triggers.find(words(sentence)) == []
    ((trigger,),) = trigger_tagger.find([words(sentence)])
    assert trigger.type == type_
    assert TOLD <= trigger.probability < 1


@pytest.mark.parametrize(
    "sentence",
    ["Manchester United crushed Chelsea 4-0 at home.", "A war of words broke out between the two singers."],
)
def test_sport_and_idioms_report_nothing(sentence: str) -> None:
    assert trigger_tagger.find([words(sentence)]) == [[]]


def test_a_page_that_is_no_news_reports_only_what_is_likely() -> None:
    review = [
        "The second novel of Ines Prado is set in a Lisbon of spies and tailors.",
        "Its heroine shoots her way out of every chapter, and the prose attacks the nerves.",
        "Prado bombards the reader with adjectives, then drops a quiet last page that is worth the wait.",
        "It is out in paperback in May.",
    ]
    assert trigger_tagger.find([words(sentence) for sentence in review]) == [[], [], [], []]


def test_the_lexicon_decides_what_it_knows(tmp_path: Path) -> None:
    lines = tmp_path / "mine.csv"
    lines.write_text("pattern,type\nknitting,COOPERATE\n")
    sentence = words("The knitting circle of Reading has a new chair.")
    (found,) = trigger_tagger.find([sentence], triggers.load_lexicon(lines))
    assert [(trigger.type, trigger.probability) for trigger in found] == [("COOPERATE", 1.0)]


def test_a_pin_is_no_surer_than_that_something_happened() -> None:
    text = "Detectives questioned a 40-year-old man in Leeds on Friday."
    leeds = Place("1", "Leeds", 53.8, -1.5, "P", "PPL", country="GB")
    (event,) = extract(Article("a", text), [Resolution(Mention(43, 48, "Leeds", "literal", 1.0), leeds, 1.0)])
    ((trigger,),) = trigger_tagger.find([words(text)])
    assert event.places[0].confidence == event.confidence <= trigger.probability
    assert "probably" in event.reasons[0]


def test_sentences_are_read_alike_alone_and_together() -> None:
    texts = ["Shells fell on Izium.", "", "He likes tea.", "Envoys sat down in Doha on Friday to hear terms."]
    sentences = [words(text) for text in texts]
    nothing = [[] for _ in sentences]
    together = load_tagger().read(sentences, nothing)
    for sentence, table in zip(sentences, together, strict=True):
        (alone,) = load_tagger().read([sentence], [[]])
        assert np.allclose(alone, table, atol=1e-4)


@given(st.text(max_size=200))
def test_every_word_gets_probabilities(text: str) -> None:
    sentence = words(text)
    (table,) = load_tagger().read([sentence], [triggers.find(sentence)])
    assert table.shape == (len(sentence), 1 + len(triggers.TYPES))
    assert np.allclose(table.sum(1), 1, atol=1e-4)
