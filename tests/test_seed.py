"""The first article, end to end: the places and events its map must show, by id and by relation."""

from pathlib import Path
from typing import Any

import pytest

from dateline import geo

SEED = Path(__file__).parent.parent / "seeds" / "000_cd56c94f49b3828d.txt"

KYIV, KHARKIV, CHERNIHIV = "geonames:703448", "geonames:706483", "geonames:710735"
ABU_DHABI, ISTANBUL, MOSCOW = "geonames:292968", "geonames:745044", "geonames:524901"
UKRAINE, RUSSIA, UAE, US = "geonames:690791", "geonames:2017370", "geonames:290557", "geonames:6252001"
DONBAS = "dateline:donbas"


@pytest.fixture(scope="module")
def result() -> geo.Result:
    return geo.geoparse(SEED)


def events(result: geo.Result, **wanted: str) -> list[Any]:
    """Return the event rows whose columns have the wanted values."""
    frame = result.events
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    return list(frame.itertuples())


@pytest.mark.parametrize(
    ("text", "place_id", "times"),
    [
        ("Kharkiv", KHARKIV, 1),
        ("Kyiv", KYIV, 5),
        ("Abu Dhabi", ABU_DHABI, 2),
        ("Istanbul", ISTANBUL, 1),
        ("Chernigiv", CHERNIHIV, 1),
        ("Donbas", DONBAS, 1),
        ("UAE", UAE, 1),
        ("United Arab Emirates", UAE, 1),
        ("Moscow", MOSCOW, 1),
    ],
)
def test_every_mention_is_found_and_put_right(
    result: geo.Result, text: str, place_id: str, times: int
) -> None:
    mentions = result.mentions[result.mentions["text"] == text]
    assert mentions["place_id"].tolist() == [place_id] * times
    assert (mentions["status"] == "sure").all()


@pytest.mark.parametrize(("place_id", "name"), [(UKRAINE, "Ukraine"), (RUSSIA, "Russia"), (US, "US")])
def test_countries_are_found(result: geo.Result, place_id: str, name: str) -> None:
    mentions = result.mentions[result.mentions["text"] == name]
    assert len(mentions) > 0
    assert set(mentions["place_id"]) == {place_id}


def test_offsets_index_the_article(result: geo.Result) -> None:
    text = SEED.read_bytes().decode("utf-8")
    for mention in result.mentions.itertuples():
        assert text[mention.start : mention.end] == mention.text
    for event in result.events.itertuples():
        assert text[event.quote_start : event.quote_end] == event.quote
        assert text[event.trigger_start : event.trigger_end] == event.trigger


def test_donbas_is_a_region_with_a_polygon(result: geo.Result) -> None:
    donbas = result.places.set_index("place_id").loc[DONBAS]
    assert donbas["geometry"].geom_type in ("Polygon", "MultiPolygon")
    assert donbas["country"] == "UA"


def test_two_governments_are_no_places_where_something_happened(result: geo.Result) -> None:
    kyiv, moscow = (
        result.mentions[result.mentions["text"] == name].iloc[i] for name, i in (("Kyiv", 0), ("Moscow", 0))
    )
    assert kyiv["role"] == moscow["role"] == "metonym"
    assert MOSCOW not in set(result.events["place_id"])
    assert all(row.place_id == "" for row in events(result, type="ACCUSE"))


def test_the_airstrike_in_kharkiv(result: geo.Result) -> None:
    (strike,) = events(result, place_id=KHARKIV)
    assert (strike.type, strike.mode, strike.status) == ("ASSAULT", "airstrike", "actual")
    assert f"{strike.start:%Y-%m-%d} {strike.end:%Y-%m-%d}" == "2026-01-24 2026-01-24"


def test_two_days_of_talks_in_abu_dhabi(result: geo.Result) -> None:
    talks = [row for row in events(result, type="CONSULT", place_id=ABU_DHABI) if row.status == "actual"]
    assert len(talks) == 1
    assert f"{talks[0].end:%Y-%m-%d}" == "2026-01-24"


def test_the_next_round_is_planned_for_the_first_of_february(result: geo.Result) -> None:
    planned = events(result, type="CONSULT", status="planned")
    assert [f"{row.start:%Y-%m-%d}" for row in planned] == ["2026-02-01"]
    assert {row.place_id for row in planned} <= {ABU_DHABI, UAE}


def test_the_talks_in_istanbul_are_background(result: geo.Result) -> None:
    (talks,) = events(result, place_id=ISTANBUL)
    assert (talks.type, talks.status) == ("CONSULT", "background")
    assert talks.start.year == talks.end.year == 2025
    assert 6 <= talks.start.month <= talks.end.month <= 9


def test_power_cuts_in_kyiv_and_chernihiv(result: geo.Result) -> None:
    cuts = [row for row in events(result, type="DISRUPTION") if row.place_id == CHERNIHIV]
    assert len(cuts) == 1
    both = events(result, event_id=cuts[0].event_id)
    assert {row.place_id for row in both} == {KYIV, CHERNIHIV}
    assert cuts[0].affected == 1_000_000
    assert "affected" in cuts[0].at_least


def test_explosions_over_kyiv(result: geo.Result) -> None:
    blasts = [row for row in events(result, type="ASSAULT", place_id=KYIV) if "explosion" in row.quote]
    assert len(blasts) == 1


def test_no_event_is_listed_twice(result: geo.Result) -> None:
    pins = result.events[result.events["place_id"] != ""]
    assert not pins.duplicated(["trigger_start", "place_id"]).any()
    assert not pins.duplicated(["type", "mode", "place_id", "start", "status"]).any()


def test_its_agreement_was_reached_where_its_dateline_says(result: geo.Result) -> None:
    assert [event.place_id for event in events(result, mode="agreement")] == [ABU_DHABI]


def test_it_tells_of_these_events_and_no_others(result: geo.Result) -> None:
    each = result.events.drop_duplicates("event_id").sort_values("trigger_start")
    assert list(each["trigger"]) == [
        *("airstrike", "agreed on", "meeting in", "resume", "met", "cut off", "accused", "explosions"),
        *("left without electricity", "cut off"),
    ]
