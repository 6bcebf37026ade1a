"""Every file format holds the whole result, exactly, and no text of a stranger can leave its field."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from dateline import maps, schema
from dateline.errors import InputError, MissingExtraError, OutputError
from dateline.maps.antimeridian import bounds, cut
from dateline.maps.tabular import harmless
from tests import frames, hostile

DATA = (".geojson", ".gpkg", ".parquet", ".fgb", ".kml", ".kmz", ".csv")
#: Formats that geopandas reads back with all columns.
TABLES = (".geojson", ".gpkg", ".parquet", ".fgb")
KML = "{http://www.opengis.net/kml/2.2}"
#: What geometry the edge cases have, by name.
EDGES = {
    "none": [],
    "one": [frames.event(1)],
    "unlocated": [frames.event(1, place="", lon=None, precision="unlocated")],
    "one point": [frames.event(number) for number in range(1, 41)],
    "antimeridian": [frames.event(1, lon=179.5, lat=-17), frames.event(2, lon=-179.5, lat=-17)],
    "poles": [frames.event(1, lon=0, lat=90), frames.event(2, lon=120, lat=-90)],
    "200 types": [frames.event(n, type=f"KIND_{n}", lon=n / 2, lat=n / 5) for n in range(1, 201)],
    "not a number": [frames.event(1, lon=math.nan, lat=math.nan, confidence=math.nan, radius_km=math.inf)],
    "no dates": [frames.event(1, start=None, end=None), frames.event(2, start="2026-01-24", end=None)],
}


def read(path: Path) -> gpd.GeoDataFrame:
    if path.suffix == ".parquet":
        return gpd.read_parquet(path)
    return pyogrio.read_dataframe(path, layer="events")


# --- every format ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("extension", TABLES)
def test_a_format_gives_back_every_row_and_column(tmp_path, extension):
    made = frames.seed()
    back = read(maps.save(made, tmp_path / f"seed{extension}"))
    assert list(schema.EVENTS) == [name for name in back.columns if name != "nth"]
    assert list(back["id"]) == list(made.events["id"])
    assert list(back["quote"]) == list(made.events["quote"])
    assert back.crs.to_epsg() == 4326
    assert list(back.geometry.isna()) == list(made.events.geometry.isna())
    assert back.geometry[0].equals_exact(made.events.geometry[0], 1e-6)
    times = pd.to_datetime(back["start"], utc=True)
    assert times[0] == pd.Timestamp("2026-01-24", tz="UTC")
    assert times.isna().sum() == made.events["start"].isna().sum() == 2


@pytest.mark.parametrize("extension", [*DATA, ".qgz"])
def test_the_same_result_gives_the_same_bytes(tmp_path, extension):
    first = maps.save(frames.seed(), tmp_path / f"seed{extension}").read_bytes()
    beside = [path.read_bytes() for path in sorted(tmp_path.iterdir())]
    assert maps.save(frames.seed(), tmp_path / f"seed{extension}").read_bytes() == first
    assert [path.read_bytes() for path in sorted(tmp_path.iterdir())] == beside


@pytest.mark.parametrize("extension", DATA)
@pytest.mark.parametrize("edge", EDGES)
def test_edge_cases_give_a_sensible_file(tmp_path, extension, edge):
    made = frames.result(EDGES[edge])
    path = maps.save(made, tmp_path / f"edge{extension}")
    if extension in TABLES:
        back = read(path)
        assert len(back) == len(made.events)
        assert back.geometry.notna().sum() == sum(map(_located, made.events.geometry))
    elif extension == ".csv":
        assert len(_csv(path)) == len(made.events)
    else:
        assert len(_kml(path).findall(f".//{KML}Placemark")) == len(made.events)


def _located(geometry):
    return geometry is not None and not geometry.is_empty and math.isfinite(geometry.x)


@pytest.mark.parametrize("extension", DATA)
def test_hostile_text_stays_text(tmp_path, extension):
    made = hostile.result()
    path = maps.save(made, tmp_path / f"hostile{extension}")
    quotes = [_cleaned(text) for text in made.events["quote"]]
    if extension in TABLES:
        assert sorted(read(path)["quote"]) == sorted(quotes)  # FlatGeobuf sorts by place
    elif extension == ".csv":
        assert [row["id"] for row in _csv(path)] == list(made.events["id"])
    else:
        found = [value.text for value in _kml(path).iterfind(f".//{KML}Data[@name='quote']/{KML}value")]
        assert sorted(map(_lines, found)) == sorted(map(_lines, quotes))


def _cleaned(text):
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "\ufffd", text)


def _lines(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_unwritable_characters_become_the_replacement_character(tmp_path):
    made = frames.result([frames.event(1)])
    made.events["title"] = pd.Series(["half \ud800, null \x00, \uffff"], dtype=object)
    for extension in DATA:
        maps.save(made, tmp_path / f"odd{extension}")
    assert read(tmp_path / "odd.gpkg")["title"][0] == "half \ufffd, null \ufffd, \ufffd"


def test_an_unknown_extension_is_refused_by_name(tmp_path):
    with pytest.raises(InputError, match=r"map\.docx.*\.geojson"):
        maps.save(frames.seed(), tmp_path / "map.docx")


def test_an_unknown_table_is_refused_by_name(tmp_path):
    with pytest.raises(InputError, match="no layer 'streets'"):
        maps.save(frames.seed(), tmp_path / "a.geojson", table="streets")


def test_other_tables_can_be_written(tmp_path):
    made = frames.seed()
    maps.save(made, tmp_path / "areas.geojson", table="areas")
    assert list(pyogrio.read_dataframe(tmp_path / "areas.geojson")["name"]) == ["Donbas", "Ukraine"]
    assert len(_csv(maps.save(made, tmp_path / "articles.csv", table="articles"))) == 1


# --- GeoJSON --------------------------------------------------------------------------------------------


def test_geojson_keeps_to_rfc_7946(tmp_path):
    path = maps.save(frames.seed(), tmp_path / "seed.geojson")
    content = json.loads(path.read_text(encoding="utf-8"), parse_constant=pytest.fail)
    assert "crs" not in content
    assert content["bbox"] == [28.9497, 24.4539, 54.3773, 51.4982]
    assert content["features"][0]["id"] == content["features"][0]["properties"]["id"]
    assert content["features"][0]["properties"]["end"] == "2026-01-24T23:59:59Z"
    assert content["features"][-1]["geometry"] is None
    assert "GeoNames (CC BY 4.0)" in content["description"]


def test_geojson_passes_a_validator(tmp_path):
    geojson = pytest.importorskip("geojson")
    edges = [row for rows in EDGES.values() for row in rows]
    for number, row in enumerate(edges):
        row["id"] = f"a1:e{number}"
    for made in (frames.seed(), hostile.result(), frames.result(edges)):
        path = maps.save(made, tmp_path / "a.geojson")
        content = geojson.loads(path.read_text(encoding="utf-8"))
        assert len(content["features"]) == len(made.events)
        for feature in content["features"]:
            assert feature.geometry is None or feature.geometry.errors() in ([], None)


def test_a_box_across_the_antimeridian_is_cut_in_two():
    pieces = cut(shapely.box(177, -20, 183, -15))
    assert {piece.bounds for piece in pieces.geoms} == {(177, -20, 180, -15), (-180, -20, -177, -15)}


def test_a_ring_that_jumps_goes_the_short_way_round():
    fiji = shapely.Polygon([(178, -19), (-178, -19), (-178, -16), (178, -16)])
    assert cut(fiji).area == pytest.approx(4 * 3)


def test_a_hole_across_the_antimeridian_stays_a_hole():
    lake = shapely.box(175, -10, 185, 10).difference(shapely.box(179, -1, 181, 1))
    assert cut(lake).area == pytest.approx(200 - 4)


def test_a_ring_round_the_pole_takes_the_pole_in():
    ice = shapely.Polygon([(-135, -70), (-45, -70), (45, -70), (135, -70)])
    assert cut(ice).bounds == (-180, -90, 180, -70)


def test_a_map_that_was_cut_before_stays_as_it_is():
    ice = shapely.Polygon([(-180, -90), (180, -90), (180, -70), (-180, -70)])
    assert cut(ice).equals(ice)


@given(
    west=st.floats(-180, 180),
    width=st.floats(0.01, 170),
    south=st.floats(-89, 80),
    height=st.floats(0.01, 9),
    clockwise=st.booleans(),
)
def test_a_cut_box_keeps_its_area_and_winding(west, width, south, height, clockwise):
    pieces = cut(shapely.box(west, south, west + width, south + height, ccw=not clockwise))
    assert pieces.area == pytest.approx(width * height)
    assert -180 <= pieces.bounds[0] <= pieces.bounds[2] <= 180
    assert all(piece.exterior.is_ccw for piece in getattr(pieces, "geoms", [pieces]))


def test_the_bounding_box_of_fiji_has_west_greater_than_east():
    assert bounds([shapely.Point(178, -17), shapely.Point(-175, -21)]) == (178, -21, -175, -17)
    assert bounds([None]) is None


# --- CSV ------------------------------------------------------------------------------------------------


def _csv(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def test_csv_opens_in_excel_with_cyrillic_intact(tmp_path):
    path = maps.save(frames.result([frames.event(1, place="Київ")]), tmp_path / "a.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    (row,) = _csv(path)
    assert row["place"] == "Київ"
    assert (row["lon"], row["lat"], row["start"], row["fatalities"]) == ("36.25", "49.98", "", "")


def test_no_cell_of_a_csv_is_a_formula(tmp_path):
    path = maps.save(hostile.result(), tmp_path / "a.csv")
    cells = [cell for row in csv.reader(path.open(encoding="utf-8-sig", newline="")) for cell in row]
    assert not [cell for cell in cells if cell.strip().startswith(("=", "+", "@", "-"))]
    assert "'=cmd|' /C calc'!A0" in cells


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\u200b=1", " =1", "＝1", "\n=1"])
def test_a_formula_gets_an_apostrophe(text):
    assert harmless(text).startswith("'")


# --- GeoPackage -----------------------------------------------------------------------------------------


def test_a_geopackage_holds_every_table_and_its_styles(tmp_path):
    path = maps.save(frames.seed(), tmp_path / "seed.gpkg")
    layers = dict(pyogrio.list_layers(path))
    assert layers["events"] == layers["places"] == "Point"
    assert layers["areas"] == "MultiPolygon"
    assert {"mentions", "articles"} < set(layers)
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (10200,)
        styled = {name for (name,) in database.execute("SELECT f_table_name FROM layer_styles")}
        assert styled == {"events", "places", "areas", "mentions"}
        assert database.execute("SELECT count(*) FROM qgis_projects").fetchone() == (1,)
        (newest,) = database.execute("SELECT DISTINCT last_change FROM gpkg_contents").fetchone()
        assert newest == "2026-02-01T23:59:59.000Z"
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_sql_in_an_article_touches_no_table(tmp_path):
    path = maps.save(hostile.result(), tmp_path / "a.gpkg", title="x'); DROP TABLE events; --")
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT count(*) FROM events").fetchone() == (len(hostile.PAYLOADS),)
        assert database.execute("SELECT name FROM qgis_projects").fetchone() == (
            "x'); DROP TABLE events; --",
        )


def test_beside_a_geopackage_of_the_same_name_no_style_stands(tmp_path):
    """QGIS would prefer ``a.qml`` to the styles within ``a.gpkg``, for each of its layers."""
    maps.save(frames.seed(), tmp_path / "a.geojson")
    assert (tmp_path / "a.qml").exists()
    maps.save(frames.seed(), tmp_path / "a.gpkg")
    maps.save(frames.seed(), tmp_path / "a.geojson")
    assert not (tmp_path / "a.qml").exists()


def test_a_users_own_style_is_kept(tmp_path):
    (tmp_path / "a.qml").write_text("<qgis/>")
    maps.save(frames.seed(), tmp_path / "a.geojson")
    maps.save(frames.seed(), tmp_path / "a.gpkg")
    assert (tmp_path / "a.qml").read_text() == "<qgis/>"


# --- QGIS's XML -----------------------------------------------------------------------------------------


def test_hostile_text_leaves_qgis_files_well_formed(tmp_path):
    maps.save(hostile.result(), tmp_path / "a.geojson")
    style = ET.parse(tmp_path / "a.qml")
    categories = {one.get("value") for one in style.iter("category")}
    assert "<script>window.pwned=1</script>" in categories
    maps.save(hostile.result(), tmp_path / "b.qgz", title="</title><x>&e;")
    with zipfile.ZipFile(tmp_path / "b.qgz") as archive:
        project = ET.fromstring(archive.read("project.qgs"))
    assert project.findtext("title") == "</title><x>&e;"


def test_a_project_names_its_data_by_a_relative_path(tmp_path):
    maps.save(frames.seed(), tmp_path / "story.qgz")
    with zipfile.ZipFile(tmp_path / "story.qgz") as archive:
        project = ET.fromstring(archive.read("project.qgs"))
    sources = [layer.findtext("datasource") for layer in project.iter("maplayer")]
    assert "./story.gpkg|layername=events" in sources
    assert all(source.startswith("./story.gpkg|layername=") for source in sources)


# --- KML ------------------------------------------------------------------------------------------------


def _kml(path):
    if path.suffix == ".kmz":
        with zipfile.ZipFile(path) as archive:
            return ET.fromstring(archive.read("doc.kml"))
    return ET.parse(path).getroot()


def test_kml_has_symbols_and_time_spans(tmp_path):
    path = maps.save(frames.seed(), tmp_path / "seed.kmz")
    root = _kml(path)
    marks = {mark.findtext(f"{KML}name"): mark for mark in root.iter(f"{KML}Placemark")}
    strike = marks["Kharkiv: airstrike"]
    assert strike.findtext(f"{KML}TimeSpan/{KML}begin") == "2026-01-24T00:00:00Z"
    assert strike.findtext(f"{KML}styleUrl") == "#assault-actual"
    assert strike.findtext(f"{KML}Point/{KML}coordinates") == "36.252700,49.980800"
    with zipfile.ZipFile(path) as archive:
        pictures = {name for name in archive.namelist() if name.endswith(".png")}
    assert {href.text for href in root.iter(f"{KML}href")} == pictures


def test_a_kml_balloon_shows_markup_as_text(tmp_path):
    row = frames.event(1, quote="<img src=x onerror=alert(1)> $[url]")
    mark = _kml(maps.save(frames.result([row]), tmp_path / "a.kml")).find(f".//{KML}Placemark")
    html = mark.findtext(f"{KML}description")
    assert "&lt;img src=x onerror=alert(1)&gt; $&#91;url]" in html
    assert "<img" not in html


# --- what GDAL says -------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="needs ogrinfo (Debian: gdal-bin)")
@pytest.mark.parametrize("extension", [".geojson", ".gpkg", ".fgb"])
def test_ogrinfo_agrees(tmp_path, extension):
    path = maps.save(frames.seed(), tmp_path / f"seed{extension}")
    run = subprocess.run(["ogrinfo", "-so", path, "events"], capture_output=True, text=True, check=True)
    assert not re.search("warning|error", run.stderr, re.IGNORECASE)
    assert "Geometry: Point" in run.stdout
    assert "Feature Count: 10" in run.stdout
    assert "start: DateTime" in run.stdout
    assert 'ID["EPSG",4326]' in run.stdout


# --- whole or not at all --------------------------------------------------------------------------------


@pytest.mark.parametrize("extension", DATA)
def test_a_missing_folder_is_named_and_nothing_is_left(tmp_path, extension):
    with pytest.raises(OutputError, match="nowhere"):
        maps.save(frames.seed(), tmp_path / "nowhere" / f"a{extension}")
    assert list(tmp_path.iterdir()) == []


_INTERRUPTED = """
import os, pathlib, signal, sys, threading, time
from dateline import maps
from tests import frames
made, path = frames.many(60_000), pathlib.Path(sys.argv[1])


def press():  # as soon as the writer has begun its draft beside the old file
    while not any(path.parent.glob(".dateline-*/*")):
        time.sleep(0.001)
    os.kill(os.getpid(), signal.SIGINT)


threading.Thread(target=press, daemon=True).start()
maps.save(made, path)
"""


@pytest.mark.slow
@pytest.mark.parametrize("extension", [".geojson", ".gpkg"])
def test_control_c_leaves_the_old_file_whole(tmp_path, extension):
    path = tmp_path / f"a{extension}"
    path.write_text("old")
    run = subprocess.run(
        [sys.executable, "-c", _INTERRUPTED, path],
        capture_output=True,
        check=False,
        cwd=Path(__file__).parents[1],
    )
    assert run.returncode == -signal.SIGINT
    assert path.read_text() == "old"
    assert [left.name for left in tmp_path.iterdir()] == [path.name]


@pytest.fixture
def tiny_disk(tmp_path):
    """A disk of 128 kB, which a result fills."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    yield disk
    subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("extension", DATA)
def test_a_full_disk_leaves_the_old_file_whole(tiny_disk, extension):
    path = tiny_disk / f"a{extension}"
    path.write_text("old")
    with pytest.raises(OutputError, match=r"cannot write .*older file"):
        maps.save(frames.many(3_000), path)
    assert path.read_text() == "old"
    assert [left.name for left in tiny_disk.iterdir()] == [path.name]


def test_geoparquet_without_pyarrow_names_the_extra(tmp_path, monkeypatch):
    monkeypatch.setattr("dateline.maps.geoparquet.arrow_installed", lambda: False)
    with pytest.raises(MissingExtraError, match=r"\.\[parquet\]"):
        maps.save(frames.seed(), tmp_path / "a.parquet")
