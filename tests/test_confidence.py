"""How sure an event is, and its pin: what the map shows as "87 %"."""

import datetime as dt

from dateline import gazetteer
from dateline.geo.events import extract
from dateline.geo.lexicon import load_lexicon
from dateline.geo.model import Article, Event
from dateline.geo.recognition import load_recognizer
from dateline.geo.resolution import load_resolver


def told(text: str) -> list[Event]:
    """Return the events of an article of 25 January 2026."""
    article = Article("a", text, date=dt.date(2026, 1, 25))
    resolver = load_resolver(gazetteer.open())
    return extract(article, resolver.resolve(article, load_recognizer().recognize(text)))


PLAIN = (
    "KHARKIV, Ukraine, Jan 25 (AFP) - A Russian missile struck an apartment block in Kharkiv on Saturday, "
    "killing three people, the governor said.\n\nFirefighters worked through the night at the site."
)


def test_an_event_told_plainly_is_sure() -> None:
    strike = told(PLAIN)[0]
    assert strike.places[0].resolution.mention.text == "Kharkiv"
    assert strike.confidence == strike.places[0].confidence > 0.8


def test_the_same_words_in_a_figure_of_speech_are_not() -> None:
    text = (
        "The band's tour hit Kharkiv on Saturday with an explosion of colour.\n\nFans stormed the stage as the "
        "singer fired off one number after the other. The critics were bombarded with leaflets."
    )
    assert all(event.confidence < 0.6 for event in told(text))


def test_of_two_places_the_doubtful_one_is_less_sure_or_none() -> None:
    text = "A missile struck a flat block in Kharkiv on Saturday, the mayor said in Lviv."
    (strike,) = told(text)
    sure = {place.resolution.mention.text: place.confidence for place in strike.places}
    assert sure["Kharkiv"] > sure.get("Lviv", 0.0)


def test_what_a_users_own_lexicon_says_is_reported_however_unlikely(tmp_path) -> None:
    text = "The choir sang in Leeds. It will sing again."
    own = tmp_path / "own.csv"
    own.write_text("pattern,type\nsang,SONG\n", encoding="utf-8")
    article = Article("a", text, date=dt.date(2026, 1, 25))
    assert [event.type for event in extract(article, [], load_lexicon(own))] == ["SONG"]
