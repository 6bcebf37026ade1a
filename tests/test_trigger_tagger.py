"""Words that report events though the lexicon lacks them, and words of the lexicon that report nothing."""

from pathlib import Path

import pytest

from dateline.gazetteer import Place
from dateline.geo import trigger_tagger, triggers
from dateline.geo.event_network import Line, load_event_network
from dateline.geo.events import extract
from dateline.geo.lexicon import Lexicon, load_lexicon
from dateline.geo.model import Article, Mention, Resolution
from dateline.geo.trigger_tagger import TOLD, _probabilities
from dateline.geo.triggers import Trigger
from dateline.geo.words import words


def find(*texts: str, lexicon: Lexicon | None = None) -> list[list[Trigger]]:
    """Return the triggers of sentences."""
    text = "\n".join(texts)
    starts = [len("\n".join([*texts[:i], ""])) for i in range(len(texts))]
    sentences = [words(text, start, start + len(own)) for start, own in zip(starts, texts, strict=True)]
    return [
        list(told.triggers) for told in trigger_tagger.find(load_event_network(), text, sentences, lexicon)
    ]


def test_a_word_that_no_lexicon_has_may_report_an_event() -> None:
    sentence = "Detectives questioned a 40-year-old man in Leeds on Friday."
    assert triggers.find(words(sentence)) == []
    ((trigger,),) = find(sentence)
    assert trigger.type == "COERCE"
    assert TOLD <= trigger.probability < 1


@pytest.mark.parametrize(
    "sentence",
    ["Manchester United crushed Chelsea 4-0 at home.", "A war of words broke out between the two singers."],
)
def test_sport_and_idioms_report_nothing(sentence: str) -> None:
    assert find(sentence) == [[]]


def test_a_page_that_is_no_news_reports_nothing() -> None:
    review = (
        "The second novel of Ines Prado is set in a Lisbon of spies and tailors. Its heroine shoots her way out "
        "of every chapter, and the prose attacks the nerves. Prado bombards the reader with adjectives, then "
        "drops a quiet last page that is worth the wait. It is out in paperback in May."
    )
    assert extract(Article("a", review), []) == []


def test_the_lexicon_decides_what_it_knows(tmp_path: Path) -> None:
    lines = tmp_path / "mine.csv"
    lines.write_text("pattern,type\nknitting,COOPERATE\n")
    sentence = "The knitting circle of Reading has a new chair."
    (found,) = find(sentence, lexicon=load_lexicon(lines))
    assert [(trigger.type, trigger.probability) for trigger in found] == [("COOPERATE", 1.0)]


def test_a_pin_is_no_surer_than_that_something_happened() -> None:
    text = "Detectives questioned a 40-year-old man in Leeds on Friday."
    leeds = Place("1", "Leeds", 53.8, -1.5, "P", "PPL", country="GB")
    (event,) = extract(Article("a", text), [Resolution(Mention(43, 48, "Leeds", "literal", 1.0), leeds, 1.0)])
    ((trigger,),) = find(text)
    assert event.places[0].confidence == event.confidence <= trigger.probability
    assert "probably" in event.reasons[0]


def test_a_sentence_begins_behind_its_dateline() -> None:
    text = "PATNA, India - Detectives questioned a man."
    lead, sentence = words(text, 0, 15), words(text, 15)
    network = load_event_network()
    (behind,) = trigger_tagger.find(network, text, [sentence], leads=[lead])
    both = [*lead, *sentence]
    line = Line(both, [0] * len(both), [True] * len(both), 0)
    (vectors,) = network.read(text, [line])
    (p,) = _probabilities(network, [sentence], [line], [vectors[len(lead) :]])
    assert [trigger.type for trigger in behind.triggers] == ["COERCE"]
    assert 0 < p[0, 0] < 1  # "Detectives" may report an event, though it has a capital
