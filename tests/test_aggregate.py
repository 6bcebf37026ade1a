"""Many events as cells of a grid or as first-level units."""

from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
from frames import event, result

from dateline import gazetteer, maps
from dateline.geo import aggregate
from dateline.geo.filters import Filters
from dateline.geo.result import Result
from dateline.maps.tables import check
from dateline.summary import summarize

KHARKIV, CHUHUIV, KYIV = "geonames:706483", "geonames:710239", "geonames:703448"


def several(*rows: dict[str, object]) -> Result:
    made = result(events=list(rows))
    return Result(made.events, made.places, made.mentions, made.articles)


SOME = several(
    event(1, type="ASSAULT", mode="airstrike", place_id=KHARKIV, country="UA", reports=3, fatalities=2),
    event(2, type="ASSAULT", mode="shelling", place_id=KHARKIV, country="UA", reports=1),
    event(3, "Kyiv", 30.52, 50.45, type="ASSAULT", mode="airstrike", place_id=KYIV, country="UA", reports=1),
    event(4, "Kharkiv", type="CONSULT", mode="talks", place_id=KHARKIV, country="UA", reports=1),
    event(5, "", None, type="ASSAULT", place_id=""),
)


def test_cells_add_up_reports_and_keep_the_schema() -> None:
    cells = aggregate.by_cell(SOME, 1.0)
    check(cells)
    assert cells.events["id"].tolist() == ["cell:30,50:ASSAULT", "cell:36,49:ASSAULT", "cell:36,49:CONSULT"]
    assert cells.events["reports"].tolist() == [1, 4, 1]
    assert cells.events["n_events"].tolist() == [1, 2, 1]
    squares = cells.places.set_index("place_id")
    assert squares["n_events"].to_dict() == {"cell:30,50": 1, "cell:36,49": 3}
    assert squares.geometry["cell:36,49"].bounds == (36, 49, 37, 50)
    assert cells.events["place"].tolist() == ["Kyiv", "Kharkiv", "Kharkiv"]
    assert cells.events["mode"].tolist() == ["airstrike", "", "talks"]
    assert cells.events["radius_km"].between(60, 80).all()


def test_an_event_at_two_places_of_a_cell_is_one() -> None:
    twice = several(
        event(1, type="ASSAULT", place_id=KHARKIV, event_id="a:e1"),
        event(1, "Chuhuiv", 36.69, 49.84, type="ASSAULT", place_id=CHUHUIV, event_id="a:e1"),
    )
    assert aggregate.by_cell(twice, 1.0).events["n_events"].tolist() == [1]


def test_the_summary_counts_events_not_rows() -> None:
    lines = summarize(aggregate.by_cell(SOME, 1.0)).splitlines()
    assert lines[0].endswith("4 located events counted in 2 areas.")
    assert lines[3].startswith("2 × attack")  # the fullest first


def test_deaths_are_never_added_up() -> None:
    assert aggregate.by_cell(SOME, 1.0).events["fatalities"].isna().all()


def test_cells_grow_until_they_are_few() -> None:
    scattered = several(*(event(n, lon=n % 100 / 3, lat=n // 100 / 3, place_id=KHARKIV) for n in range(9000)))
    cells = aggregate.by_cell(scattered)
    assert 0 < len(cells.events) <= aggregate.MOST
    assert cells.events["reports"].sum() == scattered.events["reports"].sum()


def test_units_have_polygons_and_counts() -> None:
    units = aggregate.by_admin1(SOME, gazetteer.open())
    check(units)
    counts = units.places.set_index("name")["n_events"]
    assert sorted(counts.tolist()) == [1, 3]
    assert set(units.places.geom_type) <= {"Polygon", "MultiPolygon"}
    assert set(units.events["precision"]) == {"admin1"}
    assert set(units.events["place_id"]) == set(units.places["place_id"])


def test_google_earth_shows_units_shaded_by_their_counts(tmp_path: Path) -> None:
    units = aggregate.by_admin1(SOME, gazetteer.open())
    root = ElementTree.parse(maps.save(units, tmp_path / "units.kml")).getroot()
    kml = {"": "http://www.opengis.net/kml/2.2"}
    areas = root.findall("Document/Folder[name='Areas']/Placemark", kml)
    looks = {area.findtext("name", "", kml): area.findtext("styleUrl", "", kml) for area in areas}
    assert len(looks) == len(set(looks.values())) == 2  # three events and one: two classes
    assert {style.removeprefix("#") for style in looks.values()} <= {
        style.get("id") for style in root.iterfind("Document/Style", kml)
    }


def test_nothing_located_gives_empty_tables() -> None:
    nothing = several(event(1, "", None, place_id=""))
    assert len(aggregate.by_cell(nothing).events) == 0
    assert len(aggregate.by_admin1(nothing, gazetteer.open()).events) == 0


def test_filters_of_a_result_in_memory() -> None:
    assert Filters(types=["talks"]).apply(SOME).events["id"].tolist() == ["a1:e4"]
    assert Filters(bbox=(30, 50, 31, 51)).apply(SOME).events["place"].tolist() == ["Kyiv"]
    assert len(Filters(countries=["ua"]).apply(SOME).events) == 4
    assert Filters().apply(SOME) is SOME
    dated = several(
        event(1, start=pd.Timestamp("2026-01-24", tz="UTC"), end=pd.Timestamp("2026-01-25", tz="UTC"))
    )
    day = pd.Timestamp("2026-01-25").date()
    assert len(Filters(since=day, until=day).apply(dated).events) == 1
    assert len(Filters(until=day - pd.Timedelta(days=2)).apply(dated).events) == 0
