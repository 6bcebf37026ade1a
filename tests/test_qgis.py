"""Real QGIS opens every export styled, labelled and timed, without a click."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dateline import maps, schema
from tests import frames, hostile

pytestmark = pytest.mark.qgis

PROBE = Path(__file__).with_name("qgis_probe.py")
#: Where pictures are kept for a person to look at, when asked for.
SHOTS = os.environ.get("DATELINE_SHOTS")
TYPES = ["ASSAULT", "DISRUPTION", "REJECT", "CONSULT", "AGREE"]
LEGEND = ["Attack", "Disruption", "Rejection", "Talks or visit", "Agreement"]


Ask = Callable[..., dict]


@pytest.fixture(scope="module")
def qgis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Start QGIS once; it looks at the sources of a picture and says what it sees, and its complaints."""
    folder = tmp_path_factory.mktemp("qgis")
    with (folder / "stderr").open("w+") as errors:
        probe = subprocess.Popen(
            ["/usr/bin/python3", PROBE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env={"PATH": "/usr/bin", "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(folder)},
            cwd=folder,
        )
        assert probe.stdin is not None
        assert probe.stdout is not None

        def look(png: Path, *sources: str) -> dict:
            before = errors.seek(0, os.SEEK_END)
            print(json.dumps([str(png), *sources]), file=probe.stdin, flush=True)
            answer = probe.stdout.readline()
            errors.seek(before)
            complaints = errors.read()
            assert answer, complaints
            return json.loads(answer) | {"stderr": complaints}

        yield look
        probe.stdin.close()
        assert probe.wait() == 0


@pytest.fixture
def ask(qgis: Ask, tmp_path: Path) -> Ask:
    """Open files in QGIS and return what it sees."""

    def _ask(name: str, *sources: str) -> dict:
        png = tmp_path / f"qgis-{name}.png"
        seen = qgis(png, *sources)
        assert png.read_bytes().startswith(b"\x89PNG")
        if SHOTS:
            for picture in tmp_path.glob("qgis-*.png"):
                shutil.copy(picture, SHOTS)
        assert seen["picture"]["errors"] == []
        for layer in seen["layers"]:
            assert layer["valid"], layer
            assert layer["crs"] == "EPSG:4326"
            assert layer["broken"] == []
            assert layer["read"] == layer["count"]
        return seen

    return _ask


def check_events(layer: dict) -> None:
    """Check the layer of the seed article's events."""
    assert layer["count"] == 10
    assert [name for name in layer["fields"] if name not in ("fid", "nth")] == list(schema.EVENTS[:-1])
    assert layer["fields"]["start"] == layer["fields"]["end"] == "DateTime"
    assert layer["renderer"] == "categorizedSymbol"
    assert layer["categories"] == TYPES
    assert layer["legend"] == LEGEND
    assert '"place"' in layer["labels"]
    assert layer["temporal"] == [True, 2, "start", "end"]
    assert layer["tips"][0].startswith(
        "<b>Kharkiv</b>: ASSAULT airstrike<br>\n2026-01-24, actual, confidence 0.95"
    )
    assert "2026-01-23 to 2026-01-24" in layer["tips"][1]


def test_geojson_opens_styled(ask, tmp_path):
    path = maps.save(frames.seed(), tmp_path / "seed.geojson")
    (events,) = ask("geojson", str(path))["layers"]
    check_events(events)


def test_geopackage_opens_styled(ask, tmp_path):
    path = maps.save(frames.seed(), tmp_path / "seed.gpkg")
    names = ("events", "places", "areas", "mentions")
    seen = ask("geopackage", *(f"{path}|layername={name}" for name in names))
    events, places, areas, mentions = seen["layers"]
    check_events(events)
    assert [layer["count"] for layer in (places, areas, mentions)] == [7, 2, 7]
    assert [layer["renderer"] for layer in (places, areas, mentions)] == ["singleSymbol"] * 3
    assert '"name"' in places["labels"]
    assert areas["labels"] is mentions["labels"] is None
    assert "partially supported" not in seen["stderr"]
    assert "Non-conformant" not in seen["stderr"]


@pytest.mark.parametrize("where", ["qgz", "geopackage"])
def test_a_project_opens_with_basemap_and_times(ask, tmp_path, where):
    if where == "qgz":
        source = str(maps.save(frames.seed(), tmp_path / "story.qgz", title="Peace talks & strikes"))
    else:
        path = maps.save(frames.seed(), tmp_path / "s.gpkg", title="Peace talks & strikes", basemap=True)
        source = f"geopackage:{path}?projectName=Peace%20talks%20%26%20strikes"
    seen = ask(f"project-{where}", source)
    assert seen["read"]
    project = seen["project"]
    assert project["title"] == "Peace talks & strikes"
    assert project["crs"] == "EPSG:3857"
    assert (project["begin"], project["end"]) == ("2025-06-01T00:00:00Z", "2026-02-01T23:59:59Z")
    assert project["controller"] == project["begin"]
    assert project["step"] == [1.0, 4]  # one day
    assert not project["absolute"]
    layers = {layer["name"]: layer for layer in seen["layers"]}
    check_events(layers["Events"])
    assert list(layers)[:4] == ["Events", "Places", "Areas", "Toponyms"]
    assert {"Countries", "Borders", "Disputed", "Lakes", "Cities"} < set(layers)
    assert seen["picture"]["colours"] > seen["first_day"]["colours"] > 20


def test_counts_are_a_choropleth_with_a_legend(ask, tmp_path):
    seen = ask("counts", str(maps.save(frames.counted(), tmp_path / "counts.qgz")))
    areas = next(layer for layer in seen["layers"] if layer["name"] == "Areas")
    assert areas["renderer"] == "categorizedSymbol"
    assert areas["legend"] == ["3–19", "20–999", "1,000 and more"]
    assert seen["picture"]["colours"] > 20


def test_a_project_may_move_with_its_data(ask, tmp_path):
    maps.save(frames.seed(), tmp_path / "story.qgz")
    there = tmp_path / "elsewhere"
    there.mkdir()
    for name in ("story.qgz", "story.gpkg"):
        (tmp_path / name).rename(there / name)
    events = ask("moved", str(there / "story.qgz"))["layers"][0]
    assert events["source"].startswith(str(there))


@pytest.mark.parametrize("extension", [".fgb", ".kml", ".kmz", ".csv"])
def test_the_other_formats_open_too(ask, tmp_path, extension):
    path = maps.save(frames.seed(), tmp_path / f"seed{extension}")
    if extension == ".csv":
        source = f"file://{path}?type=csv&xField=lon&yField=lat&crs=EPSG:4326"
        run = ask_provider(tmp_path, source, "delimitedtext")
        assert run == 10
        return
    source = str(path) if extension == ".fgb" else f"{path}|layername=Attack"
    (events,) = ask(extension[1:], source)["layers"]
    assert events["count"] == (10 if extension == ".fgb" else 2)


def ask_provider(folder: Path, source: str, provider: str) -> int:
    """Return how many features QGIS reads through a provider other than OGR."""
    script = (
        "from qgis.core import QgsApplication, QgsVectorLayer\n"
        "app = QgsApplication([], False); app.initQgis()\n"
        f"print(sum(1 for _ in QgsVectorLayer({source!r}, 'x', {provider!r}).getFeatures()))"
    )
    run = subprocess.run(
        ["/usr/bin/python3", "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin", "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(folder)},
    )
    return int(run.stdout)


def test_hostile_text_is_text_in_map_tips(ask, tmp_path):
    made = hostile.result()
    path = maps.save(made, tmp_path / "hostile.gpkg")
    (events,) = ask("hostile", f"{path}|layername=events")["layers"]
    assert events["count"] == len(hostile.PAYLOADS)
    assert len(events["tips"]) == 100
    own = ("<b>", "</b>", "<br>", "<i>", "</i>")
    assert "&lt;script>window.pwned=1&lt;/script> was said" in events["tips"][0]
    for tip in events["tips"]:
        for tag in own:
            tip = tip.replace(tag, "")
        assert "<" not in tip.replace("</a>", "").replace('<a href="http', "")


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [frames.event(1, place="", lon=None)],
        [frames.event(number, type=f"KIND_{number}", lon=number / 2) for number in range(1, 201)],
        [frames.event(1, lon=179.5, lat=-17), frames.event(2, lon=-179.5, lat=-17)],
        [frames.event(1, lon=0, lat=90)],
    ],
    ids=["none", "unlocated", "200 types", "antimeridian", "pole"],
)
def test_edge_cases_open(ask, tmp_path, rows):
    path = maps.save(frames.result(rows), tmp_path / "edge.qgz")
    events = ask("edge", str(path))["layers"][0]
    assert events["count"] == len(rows)
    assert len(events["categories"]) == max(1, len({row["type"] for row in map(dict, rows) if "type" in row}))
