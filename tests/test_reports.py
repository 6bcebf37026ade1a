"""Reports of events: what is said of one's date and place belongs to the date and place that are stated."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dateline.gazetteer import Place
from dateline.geo import sentences, triggers
from dateline.geo.confidence import Judged
from dateline.geo.dates import DateMention, find
from dateline.geo.event_record import record
from dateline.geo.events import extract
from dateline.geo.link_choice import Link
from dateline.geo.model import Article, Mention, Resolution
from dateline.geo.pins import pins
from dateline.geo.reports import Found, joined
from dateline.geo.spots import Spot
from dateline.geo.words import words

DAY = dt.date(2026, 1, 25)
TEXT = "Shells hit Sumy."


def report() -> Found:
    (sentence,) = sentences.split(TEXT)
    tokens = words(TEXT)
    (trigger,) = triggers.find(tokens)
    return Found(trigger, sentence, tokens, (), "actual", None, {}, ())


def date(text: str) -> DateMention:
    (found,) = find(text, DAY)
    return found


def test_without_its_date_nothing_is_said_of_it() -> None:
    old = report().dated(date("in 2019"), "background", "ended 2216 days before publication", "")
    assert old.when == ("ended 2216 days before publication",)
    assert old.dated(None, "actual").when == ()


def test_a_finer_date_brings_what_is_said_of_it() -> None:
    rough = report().dated(date("in 2019"), "background", "ended long ago")
    fine = replace(rough, sentence=replace(rough.sentence)).dated(
        date("in July 2019"), "background", "a year"
    )
    assert (joined(rough, fine).date, joined(rough, fine).when) == (fine.date, ("a year",))
    assert joined(rough, report()).when == ("ended long ago",)
    # of a date that did not change what is reported nothing is said that would contradict it
    actual = replace(rough, status="actual", when=())
    assert (joined(actual, fine).status, joined(actual, fine).when) == ("actual", ())


def test_a_place_too_unsure_for_a_pin_is_no_lack_of_a_place() -> None:
    sumy = Place("1", "Sumy", 50.9, 34.8, "P", "PPL", country="UA")
    told = Resolution(Mention(11, 15, "Sumy", "literal", 1.0), sumy, 0.9)
    item = replace(report(), links=(Link(Spot(told, 2, 2, "", False), 0.6, '"Sumy" in its clause'),))
    article = Article("a", TEXT, date=DAY)
    unsure = record(article, Judged(item, 0.9, ()))
    assert "too unsure to be pinned" in unsure.reasons
    assert "the text does not say where" not in unsure.reasons
    pinned = record(article, Judged(item, 0.9, tuple(pins(TEXT, item.links))))
    assert "too unsure to be pinned" not in pinned.reasons
    for probability, missing in ((0.9, False), (0.3, True)):
        (event,) = extract(article, [replace(told, probability=probability)])
        assert (event.places == ()) == ("too unsure to be pinned" in event.reasons) == missing
        assert "the text does not say where" not in event.reasons


def test_a_pin_is_no_surer_than_which_place_is_meant() -> None:
    sumy = Place("1", "Sumy", 50.9, 34.8, "P", "PPL", country="UA")
    text = "A missile struck a hospital in Sumy on Saturday, killing four people, the governor said."
    at = text.index("Sumy")
    told = Resolution(Mention(at, at + 4, "Sumy", "literal", 1.0), sumy, 0.6)
    (event,) = extract(Article("a", text, date=DAY), [told])
    assert event.confidence == event.places[0].confidence <= 0.6
