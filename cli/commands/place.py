"""``dateline place``: look a name up in the gazetteer."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from dateline.countries import country_code

if TYPE_CHECKING:
    from dateline.gazetteer import Match


@click.command()
@click.argument("name")
@click.option(
    "--country", type=country_code, metavar="NAME", help="Only places in this country: UA or Ukraine."
)
@click.option("--near", nargs=2, type=float, metavar="LAT LON", help="Nearer places first.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1), help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def command(
    name: str, country: str | None, near: tuple[float, float] | None, limit: int, as_json: bool
) -> None:
    """Look a place NAME up in the gazetteer.

    Exact names come before other spellings, these before names that merely resemble it.  "Bangor, Maine"
    finds the first in the second.  Exit code 1 when nothing is found.
    """
    from dateline import gazetteer

    matches = gazetteer.open().find(name, country=country, near=near, limit=limit)
    if as_json:
        rows = [
            {"match": match.kind, "score": match.score, "hit": match.name, "name_kind": match.name_kind}
            | asdict(match.place)
            for match in matches
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    elif matches:
        click.echo(_table(matches))
    if not matches:
        click.echo(f"dateline: no place is called {name[:80]!r}", err=True)
        raise SystemExit(1)


def _table(matches: list[Match]) -> str:
    """Return the matches as aligned columns."""
    rows = [("match", "place", "in", "kind", "people", "lat, lon", "id")]
    for match in matches:
        place = match.place
        units = dict.fromkeys(u for u in (place.admin1, place.country_name) if u and u != place.name)
        people = f"{place.population:,}" if place.population else "-"
        point = f"{place.lat:.3f}, {place.lon:.3f}"
        kind = match.kind if match.name_kind == "primary" else f"{match.kind} ({match.name_kind})"
        rows.append((kind, place.name, ", ".join(units), place.feature_code, people, point, place.id))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in lines)
