"""A bigger bundle for the user: the installed one and a GeoNames dump or Who's On First extracts on top."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from dateline.errors import InputError
from dateline.gazetteer import shapes
from dateline.gazetteer.build import doubles, geonames, pack, wof
from dateline.gazetteer.build.download import fetched
from dateline.gazetteer.build.locate import Locator
from dateline.gazetteer.build.record import Places, Record
from dateline.gazetteer.gazetteer import BUNDLED
from dateline.gazetteer.store import ALTERNATE, PRIMARY, Store

#: Columns of a GeoNames dump.
_COLUMNS = 19
#: Units below the second level and closed or historical records stay out.
_SKIPPED = ("ADM3", "ADM4", "ADM5", "ADMD", "PPLH", "PPLQ", "PPLW")


def build(sources: list[str], out: Path, tell: Callable[[str], None], base: Path = BUNDLED) -> Path:
    """Add sources to a bundle and write the result.

    Parameters
    ----------
    sources : list of str
        ``geonames:PATH`` a dump on disk (``allCountries.txt``, ``UA.zip``), ``geonames:UA`` or
        ``geonames:allCountries`` to download one, ``wof:FOLDER`` a folder of ``*.tsv.gz`` extracts.
    out : Path
        Folder to write.
    tell : callable
        Receives lines of progress.
    """
    store = Store.open(base)
    places = records(store)
    for source in sources:
        kind, _, what = source.partition(":")
        before = len(places)
        if kind == "geonames" and what:
            add_dump(places, Path(what) if Path(what).exists() else fetched(what, tell))
        elif kind == "wof" and Path(what).is_dir():
            files = sorted(Path(what).glob("*.tsv.gz"))
            if not files:
                raise InputError(f"{what}: no *.tsv.gz extracts there")
            wof.add_villages(places, files, {place.country for place in places.values()})
            doubles.merge(places)
        else:
            raise InputError(
                f"--with {source}: give geonames:FILE, geonames:COUNTRY or wof:FOLDER (it must exist)"
            )
        tell(f"{source}: {len(places) - before:,} places added")
    Locator(places).place([p for p in places.values() if p.feature_class in "PS" and not p.admin1])
    info = {
        "sources": [*store.manifest["info"]["sources"], *([s, "added by the user", "", ""] for s in sources)]
    }
    pack.write(pack.compiled(places, f"{store.manifest['version']}+", info), out)
    return out


def records(store: Store) -> Places:
    """Return a store's places as records; their names are the normalised ones."""
    names: dict[int, dict[str, int]] = defaultdict(dict)
    for key in store.keys(""):
        rows, kinds = store.entries(key)
        for row, kind in zip(rows.tolist(), kinds.tolist(), strict=True):
            names[row][key] = kind
    columns, tables = store.columns, store.tables
    ids = [store.id(row) for row in range(len(store))]
    places: Places = {}
    for row, id in enumerate(ids):
        coded = store.shape(row)
        places[id] = Record(
            id=id,
            name=store.label(row),
            lat=round(float(columns.lat[row]), 5),
            lon=round(float(columns.lon[row]), 5),
            feature_class=chr(columns.feature_class[row]),
            feature_code=tables["feature_code"][columns.feature_code[row]],
            country=tables["country"][columns.country[row]],
            admin1=ids[columns.admin1[row]] if columns.admin1[row] >= 0 else "",
            admin2=ids[columns.admin2[row]] if columns.admin2[row] >= 0 else "",
            population=int(columns.population[row]),
            radius_km=float(columns.radius_km[row]),
            least=float(columns.importance[row]),
            names=names[row],
            tagged=store.tagged(row),
            shape=shapes.decode(coded) if coded else None,
        )
    return places


def add_dump(places: Places, path: Path) -> None:
    """Add the places of a GeoNames dump (tab-separated, 19 columns, zipped or not)."""
    with _opened(path) as file:
        for number, line in enumerate(file, 1):
            fields = line.rstrip("\n").split("\t")
            if len(fields) != _COLUMNS:
                raise InputError(
                    f"{path}, line {number}: {len(fields)} columns, not {_COLUMNS}; it is no GeoNames dump"
                )
            if fields[7] in _SKIPPED or f"geonames:{fields[0]}" in places:
                continue
            try:
                record = Record(
                    id=f"geonames:{int(fields[0])}", name=fields[1], lat=float(fields[4]),
                    lon=float(fields[5]),
                    feature_class=fields[6] or "L", feature_code=fields[7], country=fields[8],
                    population=int(fields[14] or 0),
                )  # fmt: skip
            except ValueError:
                raise InputError(f"{path}, line {number}: not a GeoNames record") from None
            record.add([fields[1]], PRIMARY)
            record.add(
                (name for name in [fields[2], *fields[3].split(",")] if not geonames.is_noise(name)),
                ALTERNATE,
            )
            places[record.id] = record


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    """Open a dump; a zip holds it beside a readme."""
    if path.suffix != ".zip":
        with path.open(encoding="utf-8", newline="\n") as file:
            yield file
        return
    try:
        with zipfile.ZipFile(path) as archive:
            members = [n for n in archive.namelist() if n.endswith(".txt") and "readme" not in n.lower()]
            if len(members) != 1:
                raise InputError(f"{path}: holds no single GeoNames dump")
            with archive.open(members[0]) as raw:
                yield io.TextIOWrapper(raw, encoding="utf-8", newline="\n")
    except zipfile.BadZipFile:
        raise InputError(f"{path}: not a whole zip file; delete it and try again") from None
