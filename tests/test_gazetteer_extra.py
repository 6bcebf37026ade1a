"""Users' own places: what is read, and what every mistake is told."""

import json
from pathlib import Path

import geopandas
import pytest
import shapely

from dateline import gazetteer
from dateline.errors import InputError
from dateline.gazetteer import extra

CSV = "id,name,lat,lon,aliases,country\nx1,Nove Selo Test,48.5,37.5,Novoe Selo Test|Нове Село Тест,UA\n"


def written(folder: Path, text: str, name: str = "villages.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_own_places_are_found_beside_the_others(tmp_path: Path) -> None:
    gaz = gazetteer.open(extra=written(tmp_path, CSV))
    assert gaz.find("Nove Selo Test")[0].place.id == "user:x1"
    assert gaz.find("Нове Село Тест")[0].place.country == "UA"
    assert gaz.find("Nove Selo Test")[0].place.country_name == "Ukraine"
    assert gaz.find("Kyiv")[0].place.id == "geonames:703448"
    assert gaz.get("user:x1") is not None


def test_more_places_may_bear_one_name_than_two_bytes_count(tmp_path: Path) -> None:
    rows = "".join(f"x{n},Zzyzx Well,{n / 1000 - 40:.3f},20\n" for n in range(70_000))
    gaz = gazetteer.open(extra=written(tmp_path, "id,name,lat,lon\n" + rows))
    assert len(gaz.lookup("Zzyzx Well")) == 70_000
    assert gaz.find("Kyiv")[0].place.id == "geonames:703448"


def test_an_id_of_the_gazetteer_replaces_its_place(tmp_path: Path) -> None:
    gaz = gazetteer.open(extra=written(tmp_path, "id,name,lat,lon\ngeonames:703448,Kyiv,50.0,30.0\n"))
    (match, *_) = gaz.find("Kyiv", near=(50.0, 30.0), feature_class="P")
    assert (match.place.id, match.place.lat) == ("geonames:703448", 50.0)
    assert [m.place.id for m in gaz.find("Kyiv")].count("geonames:703448") == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name,lat\nA,1\n", "no column 'lon'"),
        ("name,lat,lon\nKharkiv,36.2,149.9\nBad,137.5,48.5\n", "line 3.*swapped"),
        ("name,lat,lon\nBad,200,300\n", "line 2.*latitude is -90 to 90"),
        ("name,lat,lon\n,1,2\n", "line 2.*name"),
        ("name,lat,lon\nA,north,2\n", "line 2.*not a number"),
        ("name,lat,lon\nA,nan,2\n", "line 2.*not a number"),
        ("name,lat,lon\nA,,2\n", "line 2.*no lat"),
        ("id,name,lat,lon\n7,A,1,2\n7,B,1,2\n", "line 3.*already used in line 2"),
        ("id,name,lat,lon\ngeonames:x,A,1,2\n", "must be geonames: and a number"),
        ("id,name,lat,lon\ngeonames:999999999999999,A,1,2\n", "a number below 4,294,967,296"),
        ("name,lat,lon\nRafah, Gaza,31.3,34.2\n", "line 2.*more fields than columns"),
        ("name,lat,lon,country\nA,1,2,Ukraine\n", "alpha-2"),
        ("name,lat,lon,feature_class\nA,1,2,Q\n", "feature class"),
        ("name,lat,lon,population\nA,1,2,-5\n", "out of range"),
        ("name,lat,lon\n", "holds no places"),
        ("", "no column 'name'"),
    ],
)
def test_mistakes_in_a_csv(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        list(extra.read(written(tmp_path, text)))


def test_exchanged_coordinates_are_noticed_by_the_country(tmp_path: Path) -> None:
    ukraine = "name,lat,lon,country\nKyiv,30.5,50.4,UA\nKharkiv,36.2,50.0,UA\nLviv,49.8,24.0,UA\n"
    with pytest.raises(InputError, match=r"2 of 3 places .* exchange the two columns"):
        gazetteer.open(extra=written(tmp_path, ukraine))


def test_a_place_abroad_is_not_taken_for_exchanged(tmp_path: Path) -> None:
    embassies = "name,lat,lon,country\nEmbassy in Rome,41.9,12.5,UA\nEmbassy in Oslo,59.9,10.7,UA\n"
    assert gazetteer.open(extra=written(tmp_path, embassies)).find("Embassy in Rome")


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        list(extra.read(tmp_path / "none.csv"))
    with pytest.raises(InputError, match="not a CSV"):
        list(extra.read(written(tmp_path, "x", "places.xlsx")))
    (tmp_path / "a.csv").write_bytes(b"name,lat,lon\n\xff\xfe,1,2\n")
    with pytest.raises(InputError, match="UTF-8"):
        list(extra.read(tmp_path / "a.csv"))
    with pytest.raises(InputError, match="cannot be read"):
        list(extra.read(written(tmp_path, "{", "a.geojson")))


def test_geojson_keeps_its_polygon(tmp_path: Path) -> None:
    square = shapely.box(30, 50, 31, 51)
    feature = {
        "type": "Feature",
        "properties": {"name": "Testland"},
        "geometry": shapely.geometry.mapping(square),
    }
    path = written(tmp_path, json.dumps({"type": "FeatureCollection", "features": [feature]}), "a.geojson")
    gaz = gazetteer.open(extra=path)
    place = gaz.find("Testland")[0].place
    assert gaz.geometry(place).area == pytest.approx(1.0, abs=0.01)
    assert place.bbox == (30.0, 50.0, 31.0, 51.0)


def test_another_coordinate_system_is_reprojected(tmp_path: Path) -> None:
    frame = geopandas.GeoDataFrame({"name": ["A"]}, geometry=[shapely.Point(30.5, 50.4)], crs=4326)
    frame.to_crs(3857).to_file(tmp_path / "a.gpkg")
    (place,) = extra.read(tmp_path / "a.gpkg")
    assert (place.lat, place.lon) == (pytest.approx(50.4), pytest.approx(30.5))


def test_an_unstated_coordinate_system_is_refused(tmp_path: Path) -> None:
    frame = geopandas.GeoDataFrame({"name": ["A"]}, geometry=[shapely.Point(3000000, 6000000)])
    frame.to_file(tmp_path / "a.gpkg")
    with pytest.raises(InputError, match="coordinate system is not stated"):
        list(extra.read(tmp_path / "a.gpkg"))
