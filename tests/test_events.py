"""Events of the seed article and of small examples, on stand-in places."""

from __future__ import annotations

import datetime as dt

import pytest

from dateline.gazetteer import Place
from dateline.geo.events import extract
from dateline.geo.model import Article, Event, Mention, Resolution


def place(
    name: str, feature: str = "P.PPL", country: str = "UA", lat: float = 50.0, lon: float = 36.0
) -> Place:
    feature_class, code = feature.split(".")
    return Place(f"test:{name}", name, lat, lon, feature_class, code, country, radius_km=10)


def resolved(text: str, *names: str, metonyms: tuple[str, ...] = (), **places: Place) -> list[Resolution]:
    """Resolve every occurrence of the names in a text."""
    found = []
    for name in (*names, *metonyms):
        at = text.find(name)
        while at >= 0:
            role = "metonym" if name in metonyms else "literal"
            mention = Mention(at, at + len(name), name, role)
            found.append(Resolution(mention, places.get(name) or place(name), 0.95))
            at = text.find(name, at + 1)
    return sorted(found, key=lambda r: r.mention.start)


def events(
    text: str, *names: str, date: dt.date | None = dt.date(2026, 1, 25), **more: object
) -> list[Event]:
    return extract(Article(id="a", text=text, date=date), resolved(text, *names, **more))


def where(event: Event) -> list[str]:
    return [p.resolution.mention.text for p in event.places]


def test_two_events_in_one_sentence_keep_their_places() -> None:
    strike, talks = events(
        "Drones struck Odesa and Sumy while envoys met in Geneva.", "Odesa", "Sumy", "Geneva"
    )
    assert (strike.type, sorted(where(strike))) == ("ASSAULT", ["Odesa", "Sumy"])
    assert (talks.type, where(talks)) == ("CONSULT", ["Geneva"])


def test_a_missile_hits_its_target_not_its_origin() -> None:
    (strike,) = events("Missiles fired from Belgorod hit Kharkiv on Saturday.", "Belgorod", "Kharkiv")
    assert where(strike) == ["Kharkiv"]
    assert strike.start == strike.end == dt.date(2026, 1, 24)


def test_governments_are_no_places() -> None:
    (accusation,) = events("Kyiv accused Moscow of sabotage.", metonyms=("Kyiv", "Moscow"))
    assert (accusation.type, accusation.places) == ("ACCUSE", ())


def test_distance_and_direction_move_the_point() -> None:
    (attack,) = events("Shelling killed two people 20 km north of Kupiansk.", "Kupiansk")
    (spot,) = attack.places
    assert (spot.offset_km, spot.bearing, spot.precision) == (20.0, 0.0, "near")
    assert spot.lat == pytest.approx(50.18, abs=0.01)
    assert attack.fatalities is not None
    assert attack.fatalities.value == 2


def test_other_languages_have_no_events() -> None:
    text = "Una motobomba estalló este jueves frente a la comisaría de Suárez, en el departamento del Cauca."
    assert events(text, "Suárez") == []


@pytest.mark.parametrize(
    "text", ["", " ", "word " * 10_000, '"' * 999, "- a\n" * 500, "| Kyiv | 3 dead |\n" * 300]
)
def test_odd_texts_are_survived(text: str) -> None:
    assert isinstance(events(text, "Kyiv"), list)


def test_without_a_date_only_complete_dates_count() -> None:
    (attack,) = events("Drones struck Sumy on Monday.", "Sumy", date=None)
    assert attack.start is None
    (attack,) = events("Drones struck Sumy on 3 May 1812.", "Sumy", date=None)
    assert attack.start == dt.date(1812, 5, 3)
