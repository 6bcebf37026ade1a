"""The bundled gazetteer: places by name, id, position and shape."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import gazetteer
from dateline.errors import InputError
from dateline.gazetteer import Gazetteer, Place, normalize

BUNDLE = Path(os.environ.get("DATELINE_TEST_BUNDLE", Path(gazetteer.__file__).parent / "data" / "bundle"))


@pytest.fixture(scope="module")
def gaz() -> Gazetteer:
    return _shared()


def first(gaz: Gazetteer, name: str) -> Place:
    return gaz.find(name, limit=1)[0].place


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Kyiv", "geonames:703448"),
        ("Київ", "geonames:703448"),
        ("Киев", "geonames:703448"),
        ("Ukraine", "geonames:690791"),
        ("Китай", "geonames:1814991"),
        ("the States", "geonames:6252001"),
        ("U.S.", "geonames:6252001"),
        ("UAE", "geonames:290557"),
        ("DRC", "geonames:203312"),
        ("Burma", "geonames:1327865"),
        ("Gaza City", "geonames:281133"),
        ("Gaza Strip", "geonames:281132"),
        ("West Bank", "geonames:285153"),
        ("Donbas", "dateline:donbas"),
        ("Donbass", "dateline:donbas"),
        ("Darfur", "dateline:darfur"),
        ("the Middle East", "geonames:6269133"),
        ("Europe", "geonames:6255148"),
        ("Black Sea", "ne:black-sea"),
        ("Kremlin", "dateline:kremlin"),
        ("Zaporizhzhia NPP", "dateline:zaporizhzhia-npp"),
        ("Washington, D.C.", "geonames:4140963"),
        ("Tex.", "geonames:4736286"),
        ("Ukrainians", "geonames:690791"),
        ("Sudanese", "geonames:366755"),
        ("Robotyne", "geonames:695586"),
        ("Zambezi", "ne:zambezi"),
        ("Florida", "geonames:4155751"),
        ("White House", "dateline:white-house"),
        ("Palmyra", "geonames:163808"),
        ("Orkney", "dateline:orkney"),
        ("Tunis", "geonames:2464470"),
        ("Everest", "ne:mount-everest"),
        ("T&T", "geonames:3573591"),
        ("Tuscany", "geonames:3165361"),
        ("Noto", "ne:noto-peninsula"),
        ("Valencia", "geonames:2509954"),
        ("Bethlehem", "geonames:284315"),
        ("Svalbard", "geonames:7521757"),
        ("Rio Grande", "dateline:rio-grande-river"),
        ("Strait of Taiwan", "ne:taiwan-strait"),
        ("East Jerusalem", "geonames:7303419"),
        ("Pripyat", "geonames:696269"),
    ],
)
def test_the_news_means_this_place(gaz: Gazetteer, name: str, id: str) -> None:
    assert first(gaz, name).id == id


def test_english_names_are_shown_and_every_dependency_is_there(gaz: Gazetteer) -> None:
    assert [first(gaz, name).name for name in ("Sicilia", "Vlaams Gewest")] == ["Sicily", "Flanders"]
    assert first(gaz, "Christmas Island").country == "CX"
    assert first(gaz, "Mayotte").feature_code.startswith("PCL")


def test_what_stood_twice_stands_once(gaz: Gazetteer) -> None:
    for name in ("East Jerusalem", "Old City of Jerusalem", "Sheikh Jarrah", "Silwan", "Yarmouk camp"):
        assert [match.place.country for match in gaz.find(name)].count("PS" if "Y" not in name else "SY") == 1


def test_a_territory_reaches_as_far_as_its_units(gaz: Gazetteer) -> None:
    guiana = first(gaz, "French Guiana")
    assert guiana.radius_km > 100
    assert gaz.geometry(guiana).contains(shapely.Point(-53.0, 4.0))


def test_exact_before_variant_before_fuzzy_and_it_shows(gaz: Gazetteer) -> None:
    assert gaz.find("Chernihiv")[0].kind == "exact"
    variant, fuzzy = gaz.find("Chernihyv")[0], gaz.find("Kramatosrk")[0]
    assert (variant.kind, variant.place.name) == ("variant", "Chernihiv")
    assert (fuzzy.kind, fuzzy.place.name) == ("fuzzy", "Kramatorsk")
    assert gaz.find("Chernihiv")[0].score > variant.score > fuzzy.score


def test_filters_narrow_and_near_reorders(gaz: Gazetteer) -> None:
    assert {match.place.country for match in gaz.find("Georgia", country="us")} == {"US"}
    assert {match.place.feature_class for match in gaz.find("Sudan", feature_class="A")} == {"A"}
    assert gaz.find("Tripoli", near=(34.4, 35.8))[0].place.country == "LB"
    assert gaz.find("Tripoli", near=(32.9, 13.2))[0].place.country == "LY"
    assert len(gaz.find("San José", limit=3)) == 3
    assert gaz.find("Kyiv", country="zz") == []


@pytest.mark.parametrize(
    ("name", "admin"), [("Bangor, Maine", "Maine"), ("Tripoli, Lebanon", "LB"), ("Paris, Tex.", "Texas")]
)
def test_a_name_may_say_where(gaz: Gazetteer, name: str, admin: str) -> None:
    place = first(gaz, name)
    assert admin in (place.admin1, place.country)


def test_a_place_knows_where_it_lies(gaz: Gazetteer) -> None:
    place = gaz.get("geonames:710735")
    assert place is not None
    assert (place.name, place.country, place.country_name) == ("Chernihiv", "UA", "Ukraine")
    assert place.admin1_id == "geonames:710734"
    assert place.geonameid == 710735
    assert [parent.id for parent in gaz.parents(place)][-2:] == ["geonames:710734", "geonames:690791"]
    assert place.__geo_interface__["geometry"]["coordinates"] == (place.lon, place.lat)
    assert "Chernihiv" in str(place)
    assert ("uk", "Чернігів") in place.names


def test_countries_have_units_and_units_have_places(gaz: Gazetteer) -> None:
    ukraine = first(gaz, "Ukraine")
    units = gaz.children(ukraine)
    assert len(units) == 27
    assert {unit.feature_code for unit in units} == {"ADM1"}
    assert gaz.children(units[0])


def test_places_by_position_and_shape(gaz: Gazetteer) -> None:
    assert gaz.nearest(50.45, 30.52, 1)[0].country == "UA"
    assert [p.id for p in gaz.nearest(48.0159, 37.8029, 1)] == ["geonames:709717"]
    donbas = first(gaz, "Donbas")
    shape = gaz.geometry(donbas)
    assert shape.geom_type in ("Polygon", "MultiPolygon")
    assert shape.contains(shapely.Point(37.8, 48.0))
    ids = {place.id for place in gaz.within(shapely.box(37.7, 47.9, 37.9, 48.1))}
    assert "geonames:709717" in ids
    with pytest.raises(InputError, match="not a point"):
        gaz.nearest(200, 0)


def test_every_country_and_sea_has_a_polygon(gaz: Gazetteer) -> None:
    for name in ("Ukraine", "Sudan", "Black Sea", "West Bank", "Sahel", "Donetsk Oblast"):
        assert gaz.geometry(first(gaz, name)).area > 0.01, name


def test_names_tell_their_language(gaz: Gazetteer) -> None:
    names = gaz.names(first(gaz, "Ukraine"))
    assert ("Україна", "uk") in {(name.text, name.language) for name in names}
    assert "demonym" in {name.kind for name in names}


@pytest.mark.parametrize("name", ["Simferopol", "Sevastopol", "Kerch"])
def test_crimea_is_ukrainian_unless_asked_otherwise(gaz: Gazetteer, name: str) -> None:
    assert first(gaz, name).country == "UA"
    russian = gazetteer.open(BUNDLE, worldview="ru")
    assert first(russian, name).country == "RU"
    with pytest.raises(InputError, match="worldview"):
        gazetteer.open(BUNDLE, worldview="mars")


def test_to_frame_is_a_geodataframe(gaz: Gazetteer) -> None:
    frame = gaz.to_frame([first(gaz, "Kyiv"), first(gaz, "Khartoum")])
    assert frame.crs.to_epsg() == 4326
    assert list(frame["place_id"]) == ["geonames:703448", "geonames:379252"]


def test_the_fast_lookup_agrees_with_find(gaz: Gazetteer) -> None:
    found = gaz.lookup("Kyiv")
    assert found.kind == "exact"
    assert gaz.place(found.rows[0]).id == "geonames:703448"
    assert gaz.columns.lat[found.rows[0]] == pytest.approx(50.45466, abs=1e-4)
    assert gaz.row("geonames:703448") == found.rows[0]
    assert len(gaz.lookup("Qqqqqqqqqx")) == 0
    assert gaz.has_name("khan younis")
    assert gaz.has_prefix("khan you")
    assert not gaz.has_prefix("zzzzqqqq")


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "x" * 10_000,
        "\x00\x01",
        "\u200f\u202e",
        "🙂",
        "'; DROP TABLE",
        "../../etc/passwd",
        "a" * 201,
        "é" * 5000,
    ],
)
def test_odd_names_give_an_empty_result(gaz: Gazetteer, name: str) -> None:
    assert all(match.kind != "exact" for match in gaz.find(name))


@pytest.mark.parametrize(
    "id", ["", ":", "geonames:", "geonames:x", "geonames:" + "9" * 40, "wof:²", "nope:1", "ne:zzz"]
)
def test_odd_ids_give_none(gaz: Gazetteer, id: str) -> None:
    assert gaz.get(id) is None


@given(st.text(max_size=80))
@settings(max_examples=80, deadline=None)
def test_find_never_fails(text: str) -> None:
    gaz = _shared()
    for match in gaz.find(text, limit=2):
        assert 0 <= match.score <= 1


@given(st.integers(min_value=0))
@settings(max_examples=150, deadline=None)
def test_every_place_is_found_by_its_name(number: int) -> None:
    gaz = _shared()
    row = number % len(gaz)
    place = gaz.place(row)
    if normalize(place.name):
        assert row in gaz.lookup(place.name).rows


def test_points_and_hierarchy_are_sound(gaz: Gazetteer) -> None:
    columns = gaz.columns
    assert (np.abs(columns.lat) <= 90).all()
    assert (np.abs(columns.lon) <= 180).all()
    with_unit = columns.admin1 >= 0
    units = columns.admin1[with_unit]
    assert (columns.country[with_unit] == columns.country[units]).mean() > 0.999


def test_info_names_every_source_with_its_licence(gaz: Gazetteer) -> None:
    assert {source[0] for source in gaz.info["sources"]} >= {"GeoNames", "Natural Earth", "Who's On First"}
    assert all(licence for _, _, licence, _ in gaz.info["sources"])
    assert json.dumps(gaz.info)


_OPEN: list[Gazetteer] = []


def _shared() -> Gazetteer:
    """Open the bundle once for the property tests (a fixture would be made anew)."""
    if not _OPEN:
        _OPEN.append(gazetteer.open(BUNDLE))
    return _OPEN[0]


@pytest.mark.parametrize(
    ("name", "id", "shown"),
    [
        ("Odesa", 698740, "Odesa"),
        ("Lviv", 702550, "Lviv"),
        ("Mykolaiv", 700569, "Mykolaiv"),
        ("Bakhmut", 713174, "Bakhmut"),
        ("Artemivsk", 713174, "Bakhmut"),
        ("Pokrovsk", 704422, "Pokrovsk"),
        ("Kropyvnytskyi", 705812, "Kropyvnytskyi"),
    ],
)
def test_cities_are_shown_by_the_name_they_have_now(name: str, id: int, shown: str) -> None:
    place = gazetteer.open().find(name, country="UA")[0].place
    assert (place.id, place.name) == (f"geonames:{id}", shown)


@pytest.mark.parametrize(
    "shown",
    [
        "West Darfur", "Gagauzia", "Altai Krai", "Ardamata", "Nuseirat", "Kiryat Shmona", "Derna", "Hodeidah",
        "Bayda", "Raqqa", "Chittagong", "Mecca", "Hargeisa", "Basra", "Misrata",
    ],
)  # fmt: skip
def test_places_are_shown_as_english_newsrooms_write_them(gaz: Gazetteer, shown: str) -> None:
    assert first(gaz, shown).name == shown


def test_a_village_has_no_city_s_population(gaz: Gazetteer) -> None:
    village = gaz.get("geonames:700184")
    assert village is not None
    assert (village.name, village.admin1, village.population) == ("Mykolaiv", "Lviv Oblast", 0)


@pytest.mark.parametrize("name", ["Great Barrier Reef", "Drake Passage", "Luzon Strait", "Lake Te Anau"])
def test_a_splinter_of_the_map_is_no_shape(gaz: Gazetteer, name: str) -> None:
    place = first(gaz, name)
    assert place.bbox is None or place.bbox[2] - place.bbox[0] > 0.1


@pytest.mark.parametrize("name", ["California", "Idaho", "Maryland", "Texas", "Bavaria"])
def test_a_state_is_meant_whatever_a_town_in_it_is_called(name: str) -> None:
    assert gazetteer.open().find(name)[0].place.feature_code == "ADM1"
