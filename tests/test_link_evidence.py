"""What the linker weighs beside the words between a trigger and a place."""

from __future__ import annotations

from pathlib import Path

from benchmarks import gold_events, own_events, own_links
from benchmarks.events import pipeline
from dateline.gazetteer import Place
from dateline.geo import linking, triggers
from dateline.geo.event_network import load_event_network
from dateline.geo.link_evidence import COLUMNS
from dateline.geo.link_features import Scene
from dateline.geo.model import Mention, Resolution
from dateline.geo.readings import UNREAD
from dateline.geo.spots import spots
from dateline.geo.words import words


def evidence(text: str, *names: str) -> dict[tuple[str, str], dict[str, float]]:
    """Return the evidence for each trigger and place of a sentence."""
    resolutions = [
        Resolution(
            Mention(text.index(name), text.index(name) + len(name), name, "literal", 1.0),
            Place(f"test:{name}", name, 10.0 + i, 20.0, "P", "PPL", "XX"),
            1.0,
        )
        for i, name in enumerate(names)
    ]
    sentence = words(text)
    scene = Scene(sentence, spots(sentence, resolutions))
    found = triggers.find(sentence)
    (story,) = linking.weighed_evidence([(scene, found, [UNREAD for _ in found])])
    rows = iter(story.rows)
    return {
        (scene.lowers[case.trigger.head], spot.resolution.mention.text): dict(
            zip(COLUMNS, next(rows), strict=True)
        )
        for case in story.cases
        for spot in scene.places
    }


def test_events_between_a_trigger_and_a_place_are_counted() -> None:
    found = evidence("Drones struck Odesa while envoys met in Geneva.", "Odesa", "Geneva")
    assert found["struck", "Odesa"]["events_between"] == 0
    assert found["struck", "Geneva"]["events_between"] == 1
    assert found["struck", "Geneva"]["next_events"]
    assert not found["met", "Geneva"]["next_events"]


def test_both_ends_of_a_road_are_known_as_such() -> None:
    found = evidence("Snow blocked the road from Dushanbe to Khujand.", "Dushanbe", "Khujand")
    assert found["blocked", "Dushanbe"]["route_start"]
    assert found["blocked", "Khujand"]["route_end"]


def test_a_village_that_nobody_knows_is_nearer_than_the_town() -> None:
    found = evidence("Four men were shot dead at Nanam, west of Lodwar.", "Lodwar")
    assert found["shot", "Lodwar"]["unknown_nearer"]


def test_an_annotated_event_teaches_its_places_and_the_lexicons_other_words_do_not(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text(
        "=== x1 | 2026-03-14 | Wire (Rome) | Headline\n"
        "Drones struck Odesa while envoys met in Geneva. Crowds stood in silence in Sumy.\n---\n"
        "ASSAULT; struck; Odesa/UA; -; actual; -; -\n"
        "OTHER; silence; Sumy/UA; -; actual; -; -\n",
        encoding="utf-8",
    )
    (record,) = own_events.read(path)
    assert [event["type"] for event in record["events"]] == ["ASSAULT", "OTHER"]
    taught = {
        pair.case.scene.lowers[pair.case.trigger.head]: (pair.labels, pair.weight)
        for pair in own_links.pairs([(record, pipeline()(gold_events.article(record)), load_event_network())])
    }
    assert taught["struck"] == ([True, False], 1.0)
    assert taught["met"] == ([False, False], own_links.NO_EVENT)
    assert taught["silence"] == ([True], 1.0)
