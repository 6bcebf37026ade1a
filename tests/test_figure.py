"""Locator maps: the picture says what it shows, in every size and format, the same each time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely
from click.testing import CliRunner

from dateline import maps
from dateline.errors import InputError, MissingExtraError
from dateline.main import main
from dateline.maps import basemap, projection
from dateline.maps.locator import SIZES
from dateline.maps.palette import SHAPES, SYMBOLS, symbol
from tests import frames, hostile
from tests.test_exports import EDGES

image = pytest.importorskip("PIL.Image")
SVG = "{http://www.w3.org/2000/svg}"
ALT = (
    "Map of Ukraine, the United Arab Emirates and Turkey, 23 to 24 January 2026: power cuts in Kyiv and Ukraine; "
    "airstrikes in Kharkiv; talks in Abu Dhabi; drone attacks in Kyiv; not certain: power cuts in Chernihiv; "
    "planned: talks in Abu Dhabi; also mentioned: talks in Istanbul; rejections in Donbas."
)


def test_alt_text_says_what_happened_where():
    assert maps.alt_text(frames.seed()) == ALT


@pytest.mark.parametrize(
    ("edge", "said"),
    [
        ("none", "Map without events."),
        ("unlocated", "Map without events: none could be placed."),
        ("one", "Map of events: attacks in Kharkiv."),
        ("no dates", "Map of events, 24 January 2026: attacks in Kharkiv."),
    ],
)
def test_alt_text_of_little(edge, said):
    assert maps.alt_text(frames.result(EDGES[edge])) == said


def test_alt_text_of_much_stays_short():
    said = maps.alt_text(frames.result(EDGES["200 types"]))
    assert len(said) < 400
    assert "196 other events" in said


@pytest.mark.parametrize("size", SIZES)
def test_a_png_has_its_size_and_alt_text(tmp_path, size):
    path = maps.figure(frames.seed(), tmp_path / "a.png", size=size)
    with image.open(path) as picture:
        width, height, dpi, *_ = SIZES[size]
        assert picture.size == pytest.approx((width * dpi, height * dpi), abs=1)
        assert picture.info["Description"] == ALT
        assert picture.info["Title"] == "US Says Russia, Ukraine Took 'Big Step', Will Meet Again Next Week"


def test_dark_is_dark_and_light_is_light(tmp_path):
    shades = {}
    for dark in (False, True):
        with image.open(maps.figure(frames.seed(), tmp_path / "a.png", size="social", dark=dark)) as picture:
            shades[dark] = np.asarray(picture.convert("L")).mean()
    assert shades[False] > 200
    assert shades[True] < 70


def test_an_svg_is_read_out_by_screen_readers(tmp_path):
    root = ET.parse(maps.figure(frames.seed(), tmp_path / "a.svg")).getroot()
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}desc") == ALT
    assert root.findtext(f"{SVG}title").startswith("US Says Russia")
    assert not [node for node in root.iter() if node.tag.endswith(("script", "image"))]


def test_a_pdf_holds_its_alt_text(tmp_path):
    path = maps.figure(frames.seed(), tmp_path / "a.pdf")
    assert b"Map of Ukraine" in path.read_bytes()


def test_the_same_result_gives_the_same_bytes(tmp_path):
    script = (
        "import sys; from dateline import maps; from tests import frames\n"
        "for path in sys.argv[1:]: maps.save(frames.seed(), path)"
    )
    runs = [[tmp_path / f"{name}{form}" for form in (".png", ".svg", ".pdf")] for name in "ab"]
    started = [  # two processes, because hashes differ between them
        subprocess.Popen([sys.executable, "-c", script, *paths], cwd=Path(__file__).parents[1])
        for paths in runs
    ]
    assert [process.wait() for process in started] == [0, 0]
    for first, second in zip(*runs, strict=True):
        assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("edge", EDGES)
def test_edge_cases_are_drawn(tmp_path, edge):
    with image.open(maps.figure(frames.result(EDGES[edge]), tmp_path / "a.png", size="column")) as picture:
        assert len(picture.convert("RGB").getcolors(1 << 24)) > 50


def test_hostile_text_is_drawn_as_text(tmp_path):
    made = hostile.result()
    made.events["place"] = ["$\\frac{$ " + text for text in made.events["place"]]
    path = maps.figure(made, tmp_path / "a.svg", title="</title><script>window.pwned=1</script>$x_")
    root = ET.parse(path).getroot()
    assert root.findtext(f"{SVG}title") == "</title><script>window.pwned=1</script>$x_"
    assert not [node for node in root.iter() if node.tag.endswith("script")]
    maps.figure(made, tmp_path / "a.pdf")


def test_an_unknown_size_is_refused(tmp_path):
    with pytest.raises(InputError, match="no size 'poster': choose one of slide, page"):
        maps.figure(frames.seed(), tmp_path / "a.png", size="poster")
    with pytest.raises(InputError, match=r"as 'a\.tif': choose one of \.png"):
        maps.figure(frames.seed(), tmp_path / "a.tif")


def test_without_matplotlib_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"\.\[figure\]"):
        maps.figure(frames.seed(), tmp_path / "a.png")


# --- projections ----------------------------------------------------------------------------------------


def test_a_view_holds_all_its_points():
    points = [shapely.Point(36, 50), shapely.Point(54, 24)]
    seen = projection.view(points, 1.6)
    at = shapely.get_coordinates(projection.project(np.array(points), seen.crs))
    west, south, east, north = seen.box
    assert (at > (west, south)).all()
    assert (at < (east, north)).all()
    assert (east - west) / (north - south) == pytest.approx(1.6)


def test_a_view_across_the_antimeridian_is_narrow():
    seen = projection.view([shapely.Point(179, -17), shapely.Point(-175, -21)], 1.0)
    assert not seen.world
    assert seen.width < 1.2e6
    assert -180 <= seen.middle[0] < -177


def test_land_on_both_sides_of_the_antimeridian_is_drawn():
    seen = projection.view([shapely.Point(170, 65), shapely.Point(-170, 65)], 1.0)
    land = projection.within(np.asarray(basemap.load().land.geometry), seen)
    west, _, east, _ = shapely.total_bounds(land)
    assert west < 0 < east


@pytest.mark.parametrize("middle", [(-80, -3), (-80, 0.4), (36, 49), (179, -17), (0, -70), (120, 5)])
@pytest.mark.parametrize("reach", [30, 89])
def test_a_cap_is_the_near_part_of_the_globe(middle, reach):
    near = projection.cap(middle, reach)
    places = np.random.default_rng(1).uniform((-180, -89), (180, 89), (300, 2))
    within = np.degrees(projection._distance(middle, places)) < reach
    assert near.is_valid
    assert (shapely.contains_xy(near, places) == within).mean() > 0.98  # chords cut its round edge


def test_far_apart_events_show_the_world():
    assert projection.view([shapely.Point(-100, 40), shapely.Point(100, 40)], 1.6).world


# --- the palette ----------------------------------------------------------------------------------------


def test_no_two_types_look_alike():
    looks = [(one.colour, one.shape) for one in SYMBOLS.values()]
    assert len(set(looks)) == len(looks) == 22


def test_shapes_are_of_one_area():
    areas = [shapely.Polygon(corners).area for corners in SHAPES.values()]
    assert areas == pytest.approx([np.pi] * len(areas), rel=1e-3)


def test_an_unknown_type_looks_like_no_known_one_but_other():
    assert (symbol("HARVEST").colour, symbol("HARVEST").shape) == (
        SYMBOLS["OTHER"].colour,
        SYMBOLS["OTHER"].shape,
    )


def test_counts_are_a_choropleth(tmp_path):
    """A table of counts is shaded areas: events are summed, the alt text names the fullest."""
    square = {"place_id": "x:1", "place": "Kharkiv Oblast", "precision": "admin1"}
    rows = [frames.event(1, **square), frames.event(2, "Poland", 20, 52, place_id="x:2", precision="country")]
    places = [{"place_id": "x:1", "name": "Kharkiv Oblast", "geometry": frames.Point(36.25, 49.98).buffer(1)}]
    made = frames.result(rows, places)
    made.events["n_events"] = [1200, 7]
    drawn = maps.figure(made, tmp_path / "counts.svg").read_text("utf-8")
    assert "1,207 events, most in Kharkiv Oblast (1,200) and Poland (7)." in drawn
    assert "#f08a4b" in drawn  # the one class, in the middle of the scale


def test_of_other_languages_the_places_are_drawn(tmp_path: Path) -> None:
    text = (
        "La policía informó que un hombre murió en Arequipa y que otros dos resultaron heridos en Ayacucho."
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    arguments = ["figure", str(tmp_path / "a.txt"), "-o", str(tmp_path / "map.svg"), "--alt"]
    out = CliRunner().invoke(main, arguments)
    assert "Map without events. Places named: Ayacucho and Arequipa." in out.output
    assert "dots are places named" in (tmp_path / "map.svg").read_text(encoding="utf-8")
