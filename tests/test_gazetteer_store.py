"""The bundle as files: what is written is read, and damage is noticed and told."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import shapely
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import gazetteer
from dateline.commands import place as place_command
from dateline.errors import DataError
from dateline.gazetteer import shapes
from dateline.gazetteer.build import pack
from dateline.gazetteer.build.record import Record
from dateline.gazetteer.store import FILES, PRIMARY, Store


def small() -> dict[str, Record]:
    """Return two places and a unit."""
    unit = Record("geonames:7", "Testshire", 1.0, 2.0, "A", "ADM1", "GB", shape=shapely.box(1, 0, 3, 2))
    town = Record("geonames:5", "Testton", 1.5, 2.5, country="GB", admin1="geonames:7", population=9000)
    sea = Record("ne:test-sea", "Test Sea", -5.0, 0.0, "H", "SEA")
    for record in (unit, town, sea):
        record.add([record.name], PRIMARY)
    town.tagged.append(("uk", "Тесттон"))
    return {record.id: record for record in (town, sea, unit)}


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    pack.write(pack.compiled(small(), "test", {}), tmp_path)
    return tmp_path


def test_what_is_written_is_read(bundle: Path) -> None:
    gaz = gazetteer.open(bundle)
    place = gaz.get("geonames:5")
    assert place is not None
    assert (place.admin1, place.population, place.names) == ("Testshire", 9000, (("uk", "Тесттон"),))
    assert gaz.find("test sea")[0].place.id == "ne:test-sea"
    assert gaz.geometry(gaz.parents(place)[0]).equals(shapely.box(1, 0, 3, 2))


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    pack.write(pack.compiled(small(), "test", {}), tmp_path / "a")
    pack.write(pack.compiled(dict(reversed(small().items())), "test", {}), tmp_path / "b")
    for name in (*FILES, "manifest.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-3])


def _edit(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("damage", [_truncate, _edit, Path.unlink])
@pytest.mark.parametrize("name", [*(f for f in FILES if f != "tags.bin"), "manifest.json"])
def test_damage_is_noticed(bundle: Path, name: str, damage: Callable[[Path], None]) -> None:
    damage(bundle / name)
    with pytest.raises(DataError, match="dateline gazetteer build"):
        Store.open(bundle)


def test_no_bundle_at_all(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="missing"):
        gazetteer.open(tmp_path / "nowhere")


def test_the_command_prints_a_table_and_json(monkeypatch: pytest.MonkeyPatch, bundle: Path) -> None:
    monkeypatch.setattr("dateline.gazetteer.gazetteer.BUNDLED", bundle)
    monkeypatch.setattr("dateline.gazetteer.gazetteer.user_bundle", lambda: bundle / "none")
    runner = CliRunner()
    assert "Testton" in runner.invoke(place_command.command, ["testton"]).output
    assert '"id": "geonames:5"' in runner.invoke(place_command.command, ["testton", "--json"]).output
    nothing = runner.invoke(place_command.command, ["zzzz"])
    assert nothing.exit_code == 1


polygons = st.tuples(st.floats(-170, 160), st.floats(-80, 70), st.floats(0.1, 10), st.floats(0.1, 10)).map(
    lambda b: shapely.box(b[0], b[1], b[0] + b[2], b[1] + b[3])
)


@given(st.lists(polygons, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_shapes_survive_to_the_grid(boxes: list[shapely.Polygon]) -> None:
    shape = shapely.union_all(boxes)
    again = shapes.decode(shapes.encode(shape))
    assert again.is_valid
    assert again.hausdorff_distance(shape) < 2 / shapes.GRID


def test_lines_and_holes_survive() -> None:
    ring = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2))
    line = shapely.MultiLineString([[(0, 0), (1, 2)], [(5, 5), (6, 6)]])
    assert shapes.decode(shapes.encode(ring)).equals(ring)
    assert shapes.decode(shapes.encode(line)).equals(line)


def test_a_copy_of_the_bundle_opens_anywhere(bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    copy = shutil.copytree(bundle, tmp_path_factory.mktemp("copy") / "x")
    assert len(gazetteer.open(copy)) == 3


def test_a_repaired_shape_is_polygons_only_and_a_vanished_one_is_the_point(tmp_path: Path) -> None:
    sliver = shapely.Polygon([(0, 0), (2, 0), (2, 1), (1, 1), (1, 1.9), (1.0004, 1.9), (1, 1), (0, 1)])
    assert shapes.decode(shapes.encode(sliver)).geom_type in ("Polygon", "MultiPolygon")
    speck = Record("ne:speck", "Speck", 1.0, 2.0, "T", "ISL", shape=shapely.box(2, 1, 2.0001, 1.0001))
    speck.add(["Speck"], PRIMARY)
    pack.write(pack.compiled({speck.id: speck}, "test", {}), tmp_path)
    gaz = gazetteer.open(tmp_path)
    assert gaz.geometry(gaz.find("speck")[0].place).equals(shapely.Point(2, 1))
