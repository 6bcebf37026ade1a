"""Measure the gazetteer: names of the news, gold ids, size, speed, memory.

Run: ``python -m benchmarks.gazetteer --shared ../shared``.  Times are CPU time of this process.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import time
import zipfile
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any

import click
import numpy as np

NAMES = Path(__file__).parent / "news-names.csv"
#: A walk round the world of the news, kept so that no change of sources or ranking loses any of it unseen.
WORLD = Path(__file__).parent / "world-names.csv"
#: Places of the news of 2022 to 2026 with rough points, written before any of them was looked up.
RECENT = Path(__file__).parent / "recent-names.csv"
#: Such a point is right to so many km; a wide place may have its own anywhere within its radius.
ROUGH_KM = 40.0
CORPORA = ("LGL", "TR-News", "GeoWebNews", "GeoCorpora-clean")
#: Spellings that no source lists, all of real places; for the time of a variant.
VARIANTS = (
    "Nabatiyeh", "Chernihyv", "Khmelnitskiy", "Tulkarim", "El Fallujah", "Zaporizhya", "Mykolayev",
    "Severodonetzk",
    "Kharkiw", "Izioum", "Kramatorskyi", "Rafakh", "Beyt Lahia",
)  # fmt: skip


_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.option("--shared", type=_FOLDER, required=True, help="Folder with corpora.")
@click.option("--bundle", type=_FOLDER, help="Another bundle than the installed.")
@click.option("--misses", is_flag=True, help="List what is missed.")
def main(shared: Path, bundle: Path | None, misses: bool) -> None:
    """Print the figures as a table."""
    start = time.process_time()
    from dateline import gazetteer

    imported = time.process_time()
    gaz = gazetteer.open(bundle)
    opened = time.process_time()
    row("places, names, polygons", f"{gaz.info['places']:,}, {gaz.info['names']:,}, {gaz.info['shapes']:,}")
    news(gaz, NAMES, "news names", misses)
    news(gaz, WORLD, "world names", misses)
    recent(gaz, misses)
    for corpus in CORPORA:
        gold(gaz, shared / "corpora" / f"{corpus}.dev.jsonl.gz", misses)
    size(bundle or gazetteer.gazetteer.BUNDLED)
    row("import; open", f"{(imported - start) * 1000:.0f} ms; {(opened - imported) * 1000:.0f} ms CPU")
    speed(gaz)


def row(what: str, value: str) -> None:
    click.echo(f"| {what} | {value} |")


def news(gaz: Any, names: Path, what: str, misses: bool) -> None:
    """Look the reviewed names up."""
    found = right = 0
    with names.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for name, id in ((entry["name"], entry["id"]) for entry in rows):
        matches = gaz.find(name, limit=1)
        found += bool(matches)
        right += bool(matches) and matches[0].place.id == id
        if misses and not (matches and matches[0].place.id == id):
            click.echo(f"  {name}: {matches[0].place if matches else None}, not {gaz.get(id)}")
    row(f"{len(rows)} {what}: found; right first", f"{found}; {right}")


def recent(gaz: Any, misses: bool) -> None:
    """Look names up of which only the country and a rough point are known; fuzzy matches do not count."""
    found = right = 0
    with RECENT.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for entry in rows:
        places = [match.place for match in gaz.find(entry["name"], limit=300) if match.kind != "fuzzy"]
        here = gaz.distance_km(
            float(entry["lat"]), float(entry["lon"]), np.array([gaz.row(p.id) for p in places], np.int32)
        )
        fits = [
            away <= max(ROUGH_KM, place.radius_km) and len({entry["country"], place.country} - {""}) < 2
            for place, away in zip(places, here, strict=True)
        ]
        found += any(fits)
        right += bool(fits) and fits[0]
        if misses and not (fits and fits[0]):
            click.echo(f"  {entry['name']}, {entry['country']}: {places[0] if places else None}")
    row(f"{len(rows)} names of 2022 to 2026: found; right first", f"{found}; {right}")


def gold(gaz: Any, corpus: Path, misses: bool) -> None:
    """Count the gold GeoNames ids that are there, and points that lie within 161 km of the gold ones."""
    total = present = near = located = 0
    with gzip.open(corpus, "rt", encoding="utf-8") as file:
        documents = [json.loads(line) for line in file]
    for toponym in (t for document in documents for t in document["toponyms"] if t["geonameid"]):
        total += 1
        number = gaz.row(f"geonames:{toponym['geonameid']}")
        if number < 0:
            if misses:
                click.echo(f"  {toponym['text']}: geonames:{toponym['geonameid']}")
            continue
        present += 1
        if toponym["lat"] is not None:
            located += 1
            near += float(gaz.distance_km(toponym["lat"], toponym["lon"], np.array([number]))[0]) <= 161
    name = corpus.name.partition(".")[0]
    row(f"{name}: gold ids present; of these within 161 km", f"{present / total:.1%}; {near / located:.1%}")


def size(folder: Path) -> None:
    """Measure the bundle as it lies in a wheel."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    raw = sum(path.stat().st_size for path in folder.iterdir())
    row("size: in the wheel; on disk", f"{len(packed.getvalue()) / 1e6:.1f} MB; {raw / 1e6:.1f} MB")


def speed(gaz: Any) -> None:
    """Time look-ups, then measure the memory after 10,000 of them."""
    chance = random.Random(1)
    with NAMES.open(encoding="utf-8", newline="") as file:
        names = [entry["name"] for entry in csv.DictReader(file)]
    exact = [name for name in names if gaz.lookup(name).kind == "exact" and len(gaz.lookup(name))]
    variant = [name for name in VARIANTS if gaz.lookup(name).kind == "variant"]
    slips = [slip(name, chance) for name in names if len(name) > 5]
    fuzzy = [name for name in slips if not len(gaz.lookup(name))]
    row("exact look-up, median", timed(gaz.lookup, exact * 20))
    row("variant look-up, median", timed(gaz.lookup, variant * 50))
    row("fuzzy look-up, median", timed(lambda name: gaz.lookup(name, fuzzy=True), fuzzy))
    for _ in range(10_000):
        gaz.lookup(chance.choice(names))
    resident, shared = (int(pages) * 4096 for pages in Path("/proc/self/statm").read_text().split()[1:3])
    told = f"{resident / 1e6:.0f} MB; {shared / 1e6:.0f} MB"
    row("resident after 10,000 look-ups; of it shared", told)


def slip(name: str, chance: random.Random) -> str:
    """Exchange two letters."""
    at = chance.randrange(1, len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def timed(look: Callable[[str], object], names: Iterable[str]) -> str:
    """Return the median time of a look-up."""
    times = []
    for name in names:
        start = time.perf_counter_ns()
        look(name)
        times.append(time.perf_counter_ns() - start)
    return f"{median(times) / 1000:.1f} µs"


if __name__ == "__main__":
    main()
