"""What people put right is applied, undone and never dropped in silence."""

import json
from pathlib import Path

import pytest

from dateline import gazetteer
from dateline.errors import InputError
from dateline.geo import from_text, geoparse
from dateline.geo.corrections import Correction, Corrections
from dateline.geo.model import Article, Event, Mention, Resolution
from dateline.summary import summarize

ARTICLE = Article("a1", "Paris fell silent. In Paris, police shot at Paris.")
MENTIONS = [Mention(0, 5, "Paris"), Mention(22, 27, "Paris"), Mention(44, 49, "Paris")]
TEXAS = "geonames:4717560"


@pytest.fixture(scope="module")
def gaz() -> gazetteer.Gazetteer:
    return gazetteer.open()


def line(**fields: object) -> Correction:
    base = {"id": "c1", "article": "a1", "by": "anna", "at": "2026-01-25T10:00:00Z", "text": "Paris"}
    return base | fields  # type: ignore[return-value]


def unresolved() -> list[Resolution]:
    return [Resolution(mention, None, 0.5) for mention in MENTIONS]


def test_one_mention_gets_another_place(gaz: gazetteer.Gazetteer) -> None:
    corrections = Corrections([line(action="place", start=22, end=27, place={"id": TEXAS})])
    first, second, third = corrections.resolutions(ARTICLE, unresolved(), gaz)
    assert first.place is third.place is None
    assert second.place is not None
    assert second.place.id == TEXAS
    assert second.reasons == ("set by anna on 2026-01-25",)


def test_all_mentions_of_an_article(gaz: gazetteer.Gazetteer) -> None:
    corrections = Corrections([line(action="place", scope="article", place={"id": TEXAS})])
    assert {r.place.id for r in corrections.resolutions(ARTICLE, unresolved(), gaz) if r.place} == {TEXAS}
    other = Article("a2", ARTICLE.text)
    assert all(r.place is None for r in corrections.resolutions(other, unresolved(), gaz))


def test_from_now_on_means_every_article(gaz: gazetteer.Gazetteer) -> None:
    corrections = Corrections([line(action="remove", scope="always")])
    assert corrections.mentions(Article("a2", ARTICLE.text), MENTIONS) == []


def test_a_pin_dropped_by_hand(gaz: gazetteer.Gazetteer) -> None:
    pin = {"name": "the bridge", "lat": 50.45, "lon": 30.52, "radius_km": 0.5}
    corrections = Corrections([line(action="place", start=0, end=5, place=pin)])
    place = corrections.resolutions(ARTICLE, unresolved(), gaz)[0].place
    assert place is not None
    assert (place.id, place.country, place.radius_km) == ("user:50.45000,30.52000", "UA", 0.5)
    assert gaz.geometry(place).geom_type == "Point"


def test_a_missed_mention_is_added_and_a_role_set() -> None:
    corrections = Corrections(
        [
            line(action="add", start=29, end=35, text="police"),
            line(id="c2", action="role", start=0, end=5, role="metonym"),
        ]
    )
    mentions = corrections.mentions(ARTICLE, MENTIONS)
    assert [m.start for m in mentions] == [0, 22, 29, 44]
    assert mentions[0].role == "metonym"


def test_undo_and_redo() -> None:
    remove = line(action="remove", start=0, end=5)
    undo: Correction = {"id": "c2", "undo": "c1"}
    redo: Correction = {"id": "c3", "undo": "c2"}
    assert len(Corrections([remove])) == 1
    assert len(Corrections([remove, undo])) == 0
    assert len(Corrections([remove, undo, redo])) == 1


def test_an_event_is_changed_or_removed(gaz: gazetteer.Gazetteer) -> None:
    event = Event("a1", "ASSAULT", "", 36, 40, "shot", 19, 50, ARTICLE.text[19:], "actual", 0.7)
    change = line(
        action="event", start=36, set={"status": "denied", "place": {"id": TEXAS}, "end": "2026-01-24"}
    )
    (changed,) = Corrections([change]).events(ARTICLE, [event], unresolved(), gaz)
    assert (changed.status, str(changed.end)) == ("denied", "2026-01-24")
    assert changed.places[0].resolution.place is not None
    assert changed.places[0].resolution.place.id == TEXAS
    remove = line(id="c2", action="remove-event", start=36)
    assert Corrections([change, remove]).events(ARTICLE, [event], unresolved(), gaz) == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "line 2"),
        ("[]", "needs an object with an id"),
        ('{"id": "x", "action": "explode"}', "action 'explode'"),
        ('{"id": "x", "action": "remove", "text": "a"}', "lacks 'article'"),
        ('{"id": "x", "action": "place", "scope": "always", "text": "a"}', "lacks 'place'"),
        (
            '{"id": "x", "action": "event", "article": "a", "start": 1, "set": {"color": "red"}}',
            "sets 'color'",
        ),
    ],
)
def test_a_line_that_is_no_correction_is_named(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "dateline.corrections.jsonl"
    path.write_text(json.dumps(line(action="remove", start=0, end=5)) + "\n" + row + "\n")
    with pytest.raises(InputError, match=message) as caught:
        Corrections.read(path)
    assert "line 2" in str(caught.value)


def test_the_summary_counts_what_people_put_right() -> None:
    article = from_text("Ministers met in Paris on Monday, officials in Paris said.")
    corrections = Corrections([line(action="place", scope="always", place={"id": TEXAS})])
    result = geoparse(article, model="fast", corrections=corrections)
    assert set(result.mentions["place_id"]) == {TEXAS}
    assert "1 correction by people applied" in summarize(result)
