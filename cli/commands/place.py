"""``dateline place``: look a name up in the gazetteer."""

from __future__ import annotations

import json

import click


@click.command()
@click.argument("name")
@click.option("--country", metavar="CODE", help="Only places in this country (ISO 3166-1 alpha-2).")
@click.option(
    "--limit", default=10, show_default=True, type=click.IntRange(1), help="At most so many places."
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def command(name: str, country: str | None, limit: int, as_json: bool) -> None:
    """Look a place NAME up in the gazetteer.

    Exact names come before other spellings, these before names that merely resemble it.  Exit code 1 when
    nothing is found.
    """
    from dateline import gazetteer

    matches = gazetteer.open().find(name, country=country, limit=limit)
    if as_json:
        rows = [{"match": m.kind, "score": m.score, "hit": m.name} | _fields(m.place) for m in matches]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for match in matches:
            place = match.place
            click.echo(f"{match.kind:8} {place}  {place.lat:.4f}, {place.lon:.4f}  pop. {place.population:,}")
    if not matches:
        click.echo(f"dateline: no place is called {name[:80]!r}", err=True)
        raise SystemExit(1)


def _fields(place: object) -> dict[str, object]:
    """Return a place's fields for JSON, without its other names."""
    from dataclasses import fields

    return {f.name: getattr(place, f.name) for f in fields(place) if f.name != "names"}  # type: ignore[arg-type]
