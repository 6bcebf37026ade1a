"""The rules of the gazetteer's build: who lies where, and which place a bare name means."""

from pathlib import Path

import pytest
import shapely

from dateline import gazetteer
from dateline.errors import InputError
from dateline.gazetteer.build import contested, doubles, handmade, natural, polygons
from dateline.gazetteer.build.locate import follow_neighbours
from dateline.gazetteer.build.pack import compiled
from dateline.gazetteer.build.polygons import add_means
from dateline.gazetteer.build.record import Record
from dateline.gazetteer.store import ALTERNATE, CONTESTED, PRIMARY, Store


def places(*records: Record) -> dict[str, Record]:
    for record in records:
        record.add([record.name], PRIMARY)
    return {record.id: record for record in records}


def first(store: Store, key: str) -> str:
    rows, _ = store.entries(key)
    return store.id(int(rows[0]))


def test_a_village_follows_its_neighbours_only_where_all_agree() -> None:
    towns = [
        Record(f"geonames:{i}", f"Town {i}", 0.0, i / 10, country="CD", admin1=unit)
        for i, unit in enumerate(["west", "west", "west", "east", "east", "east"])
    ]
    inside = Record("wof:7", "Inside", 0.01, 0.1, country="CD")
    between = Record("wof:8", "Between", 0.01, 0.25, country="CD")
    abroad = Record("wof:9", "Abroad", 0.01, 0.1, country="CG")
    follow_neighbours(places(*towns, inside, between, abroad))
    assert [record.admin1 for record in (inside, between, abroad)] == ["west", "", ""]


def test_a_unit_lies_at_its_county_or_at_the_town_of_its_name_or_is_left_out() -> None:
    units = [
        Record(f"geonames:{i}", name, 0, 0, "A", "ADM2", "ET", admin1="geonames:9")
        for i, name in enumerate(["Jimma Zone", "Bale Zone", "Zone 3"], 1)
    ]
    town = Record("geonames:5", "Bale", 7.0, 40.0, country="ET", admin1="geonames:9", population=900)
    found = places(*units, town)
    add_means(found, {("ET", "jimma"): (7.7, 36.8)})
    assert [(found[id].lat, found[id].lon) for id in ("geonames:1", "geonames:2")] == [
        (7.7, 36.8),
        (7.0, 40.0),
    ]
    assert "geonames:3" not in found


def test_a_long_river_comes_before_a_small_unit_and_a_small_town() -> None:
    river = Record(
        "ne:zambezi", "Zambezi", -16, 29, "H", "STM", shape=shapely.LineString([(23, -13), (36, -18)])
    )
    unit = Record("geonames:1", "Zambezi", -17.8, 23.1, "A", "ADM1", "NA", admin1="geonames:1")
    town = Record("geonames:2", "Zambezi", -13.5, 23.1, country="ZM", population=26_885)
    assert first(compiled(places(river, unit, town), "test", {}), "zambezi") == "ne:zambezi"


def test_a_peninsula_yields_to_the_state_of_its_name() -> None:
    shape = shapely.box(-87, 25, -80, 31)
    state = Record("geonames:1", "Florida", 28.7, -82.5, "A", "ADM1", "US", admin1="geonames:1", shape=shape)
    land = Record("ne:florida", "Florida", 28, -81, "T", "PEN", shape=shapely.box(-83, 25, -80, 30))
    assert first(compiled(places(land, state), "test", {}), "florida") == "geonames:1"


def test_a_short_river_yields_to_the_unit_of_its_name() -> None:
    shape = shapely.box(62, 29, 65, 33)
    unit = Record(
        "geonames:1", "Helmand Province", 31, 64, "A", "ADM1", "AF", admin1="geonames:1", shape=shape
    )
    unit.add(["Helmand"])
    river = Record(
        "ne:helmand", "Helmand", 32, 65, "H", "STM", shape=shapely.LineString([(68, 34), (62, 30)])
    )
    assert first(compiled(places(river, unit), "test", {}), "helmand") == "geonames:1"


def test_one_letter_is_no_name_unless_it_is_the_own_one() -> None:
    city = Record("geonames:1", "Detroit", 42.3, -83, country="US")
    city.add(["D"])
    village = Record("geonames:2", "Y", 49.8, 3, country="FR")
    store = compiled(places(city, village), "test", {})
    assert (store.known("d"), store.known("y")) == (False, True)


def test_a_name_that_is_another_place_s_is_taken_away() -> None:
    city = Record("geonames:1", "Jerusalem", 31.8, 35.2, tagged=[("en", "Moria"), ("en", "Zion")])
    city.add(["Moria", "MORIA", "Zion"])
    city.drop("Moria")
    assert (list(city.names), city.tagged) == (["Zion"], [("en", "Zion")])


def test_the_bare_name_of_a_unit_is_its_own() -> None:
    unit = Record("geonames:1", "Helmand Province", 31, 64, "A", "ADM1", "AF", admin1="geonames:1")
    unit.add(["Helmand"])
    store = compiled(places(unit), "test", {})
    assert store.entries("helmand")[1].tolist() == [PRIMARY]


def test_a_famous_building_comes_before_a_city_whose_name_means_the_same() -> None:
    house = Record("dateline:white-house", "White House", 38.9, -77.0, "S", "BLDG", "US", least=0.55)
    city = Record("geonames:1", "Casablanca", 33.6, -7.6, "P", "PPLA", "MA", population=3_665_954)
    city.add(["White House"])
    assert first(compiled(places(house, city), "test", {}), "white house") == "dateline:white-house"


def test_a_seat_that_its_unit_is_called_after_comes_before_a_larger_namesake() -> None:
    spain = Record("geonames:1", "Valencian Community", 39.5, -0.7, "A", "ADM1", "ES", admin1="geonames:1")
    spain.add(["Valencia"])
    venezuela = Record("geonames:2", "Carabobo", 10.2, -68, "A", "ADM1", "VE", admin1="geonames:2")
    seat = Record("geonames:3", "Valencia", 39.5, -0.4, "P", "PPLA", "ES", "geonames:1", population=824_340)
    larger = Record(
        "geonames:4", "Valencia", 10.2, -68, "P", "PPLA", "VE", "geonames:2", population=1_619_470
    )
    assert first(compiled(places(spain, venezuela, seat, larger), "test", {}), "valencia") == "geonames:3"


def test_two_records_of_one_settlement_are_joined_but_not_two_villages_of_one_name() -> None:
    town = Record("geonames:1", "Hatne", 50.37, 30.4, country="UA", population=12_500)
    shadow = Record("geonames:2", "Hatne", 50.38, 30.41, "P", "PPLA3", "UA", admin1="kyiv")
    shadow.add(["Гатне"])
    hamlets = [Record(f"geonames:{i}", "Krajan", -7.5, 112 + i / 100, country="ID") for i in (3, 4)]
    far = Record("geonames:5", "Hatne", 48.9, 26.0, country="UA")
    found = places(town, shadow, *hamlets, far)
    assert doubles.merge(found) == 1
    assert sorted(found) == ["geonames:1", "geonames:3", "geonames:4", "geonames:5"]
    assert (town.feature_code, town.admin1, "Гатне" in town.names) == ("PPLA3", "kyiv", True)


def test_a_quarter_of_our_table_takes_over_its_village_by_any_of_its_names() -> None:
    quarter = Record("geonames:1", "Sheikh Jarrah", 31.79, 35.23, "P", "PPLX", "PS", least=0.45)
    quarter.add(["Shaykh Jarrah"])
    village = Record("wof:2", "Shaykh Jarrah", 31.80, 35.23, country="PS")
    found = places(quarter, village)
    assert doubles.merge(found) == 0
    assert doubles.merge(found, {"geonames:1"}) == 1
    assert list(found) == ["geonames:1"]


UNITS = [
    ("RU", "Kursk", {"type": "Oblast", "type_en": "Region"}, [], "Kursk Oblast"),
    ("RU", "Republic of Tatarstan", {"type_en": "Republic"}, [], "Tatarstan"),
    ("AE", "Emirate of Dubai", {"type_en": "Emirate"}, [], "Dubai"),
    ("LB", "North", {"type": "Muhafazah", "type_en": "Province"}, [], "North Governorate"),
    ("CM", "Far North", {"type_en": "Province"}, [], "Far North Region"),
    ("ID", "North Sumatra", {"type_en": "Province"}, [], "North Sumatra"),
    ("YE", "Al Hudaydah", {"type_en": "Governorate"}, ["Hodeidah Governorate"], "Hodeidah Governorate"),
]


@pytest.mark.parametrize(("country", "english", "unit", "aliases", "shown"), UNITS)
def test_units_are_shown_as_newsrooms_write_them(
    country: str, english: str, unit: dict[str, str], aliases: list[str], shown: str
) -> None:
    record = Record("geonames:1", "?", 0, 0, "A", "ADM1", country)
    record.add(aliases)
    polygons._name_in_english(record, english, polygons._kind(record, unit))
    assert record.name == shown


NEWS_HEAD = "id,name,code,country,admin1,lat,lon,names,radius_km\n"
HEAD = "id,name,code,country,lat,lon,names,radius_km\n"


def add_facilities(
    folder: Path, row: str, found: dict[str, Record], monkeypatch: pytest.MonkeyPatch, news: str = ""
) -> None:
    (folder / "facilities.csv").write_text(HEAD + row, encoding="utf-8")
    (folder / "known-places.csv").write_text(HEAD, encoding="utf-8")
    (folder / "news-places.csv").write_text(NEWS_HEAD + news, encoding="utf-8")
    monkeypatch.setattr(handmade, "DATA", folder)
    handmade.add_facilities(found, {"PS": shapely.box(34, 31, 36, 33)})


def test_a_row_of_the_table_may_name_a_place_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = places(Record("geonames:1", "Old City", 31.78, 35.23, "P", "PPLX", "PS", population=36_000))
    row = "geonames:1,Old City of Jerusalem,PPLX,PS,31.7767,35.2330,,2\n"
    add_facilities(tmp_path, row, found, monkeypatch)
    (place,) = found.values()
    assert (place.name, place.population, place.radius_km, place.least) == (
        "Old City of Jerusalem", 36_000, 2.0, 0.45,
    )  # fmt: skip
    assert "Old City" in place.names


def test_a_row_that_would_double_a_settlement_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = places(Record("geonames:1", "Silwan", 31.78, 35.23, "P", "PPLX", "PS"))
    with pytest.raises(InputError, match="give its id, geonames:1"):
        add_facilities(tmp_path, "dateline:silwan,Silwan,PPLX,PS,31.77,35.24,,\n", found, monkeypatch)


def test_a_place_of_the_second_table_ranks_as_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = places(Record("geonames:1", "Phoenix", 33.45, -112.07, "P", "PPLA", "US", population=1_600_000))
    suburb = "dateline:phoenix-ps,Phoenix,PPLX,PS,Gaza,31.5,34.45,Phoenix Township,2\n"
    add_facilities(tmp_path, "", found, monkeypatch, news=suburb)
    assert found["dateline:phoenix-ps"].least == 0.3
    assert first(compiled(found, "test", {}), "phoenix") == "geonames:1"


def test_a_row_that_would_double_another_row_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    palace = "dateline:palace,Ghazi Palace,BLDG,PS,31.52,34.45,Ghazi,\n"
    again = "dateline:ghazi-ps,Ghazi,BLDG,PS,Gaza,31.521,34.451,,1\n"
    with pytest.raises(
        InputError, match=r"news-places\.csv, line 2: Ghazi is there already; .*dateline:palace"
    ):
        add_facilities(tmp_path, palace, {}, monkeypatch, news=again)
    square = again.replace("Ghazi,BLDG", "Ghazi,RGN")  # another kind of place may bear the name
    add_facilities(tmp_path, palace, {}, monkeypatch, news=square)


def test_a_row_of_an_unknown_country_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="there is no country UK"):
        add_facilities(tmp_path, "dateline:x,X House,BLDG,UK,51.5,-0.1,,\n", {}, monkeypatch)


def named(record: Record, *names: str, language: str = "") -> Record:
    record.add(names, ALTERNATE)
    record.tagged += [(language, name) for name in names if language]
    return record


def test_a_name_that_is_another_place_s_own_is_contested() -> None:
    found = places(
        named(
            Record("geonames:1", "Changchun", 43.9, 125.3, "P", "PPLA", "CN", population=4_700_000), "Cancun"
        ),
        Record("geonames:2", "Cancún", 21.2, -86.9, "P", "PPL", "MX", population=890_000),
        named(Record("geonames:3", "Oman", 21.0, 57.0, "A", "PCLI", "OM"), "Uman", language="ku"),
        Record("geonames:4", "Uman", 48.8, 30.2, "P", "PPLA2", "UA", population=85_000),
        named(Record("geonames:5", "Köln", 50.9, 7.0, "P", "PPLA2", "DE", population=1_000_000), "Cologne"),
        Record("geonames:6", "Cologne", 45.6, 9.9, "P", "PPLA3", "IT", population=7_000),
    )
    contested.settle(found)
    assert found["geonames:1"].names["Cancun"] == found["geonames:3"].names["Uman"] == CONTESTED
    assert found["geonames:5"].names["Cologne"] == ALTERNATE  # a village takes no city's name
    store = compiled(found, "test", {})
    assert [first(store, key) for key in ("cancun", "uman", "cologne")] == [
        "geonames:2", "geonames:4", "geonames:5",
    ]  # fmt: skip


def test_a_name_shared_with_its_own_unit_is_not_contested() -> None:
    lviv = named(Record("geonames:1", "Lviv", 49.8, 24.0, "P", "PPLA", "UA", population=700_000), "Lvov")
    lviv.admin1 = "geonames:2"
    found = places(lviv, Record("geonames:2", "Lvov", 49.0, 23.0, "A", "ADM1", "UA"))
    contested.settle(found)
    assert lviv.names["Lvov"] == ALTERNATE


def test_what_a_plain_name_means_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "plain-names.csv").write_text("name,id\nGranada,geonames:2\n", encoding="utf-8")
    monkeypatch.setattr(handmade, "DATA", tmp_path)
    found = places(
        Record("geonames:1", "Granada", 11.9, -86.0, "P", "PPLA", "NI", population=1_600_000),
        Record("geonames:2", "Granada", 37.2, -3.6, "P", "PPLA2", "ES", population=230_000),
    )
    assert first(compiled(found, "test", {}), "granada") == "geonames:1"
    handmade.add_plain_names(found)
    assert first(compiled(found, "test", {}), "granada") == "geonames:2"


def test_an_island_is_in_the_country_that_holds_it() -> None:
    found = places(
        Record("ne:luzon", "Luzon", 15.6, 120.8, "T", "ISL"),
        Record("ne:elbe", "Elbe", 51.6, 13.0, "H", "STM"),
    )
    natural.add_countries(found, {"PH": shapely.box(117, 5, 127, 20), "DE": shapely.box(6, 47, 15, 55)})
    assert (found["ne:luzon"].country, found["ne:elbe"].country) == ("PH", "")


def test_a_county_is_there_where_no_town_bears_its_name() -> None:
    gaz = gazetteer.open()
    assert gaz.find("Mayendit")[0].place.feature_code == "ADM2"
    assert gaz.find("Uror")[0].place.name == "Uror County"  # a unit that was there without its bare name
    assert gaz.find("Tessalit")[0].place.feature_class == "P"  # its town stands for it
