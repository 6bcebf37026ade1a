"""``dateline gazetteer``: describe the gazetteer or remake it."""

from __future__ import annotations

import json
from pathlib import Path

import click

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group()
def command() -> None:
    """Describe or rebuild the gazetteer."""


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def info(as_json: bool) -> None:
    """Tell the version, the counts, the sources and their licences."""
    from dateline import gazetteer

    gaz = gazetteer.open()
    told = {"version": gaz.version} | gaz.info
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    click.echo(f"Gazetteer {gaz.version}: {gaz.info['places']:,} places, {gaz.info['names']:,} names, "
               f"{gaz.info['shapes']:,} polygons and lines")  # fmt: skip
    for source, what, licence, attribution in gaz.info["sources"]:
        click.echo(f"  {source}: {what} ({licence or 'see the source'}; {attribution})")


@command.command()
@click.option("--packages", type=_FOLDER, help="Folder of the pinned packages (see docs/gazetteer.md).")
@click.option("--shared", type=_FOLDER, help="Folder that holds gazetteer-sources.")
@click.option(
    "--with", "sources", multiple=True, metavar="SOURCE",
    help="Add to the installed bundle: geonames:FILE, geonames:UA (downloads) or wof:FOLDER.",
)  # fmt: skip
@click.option("--out", type=_FOLDER, help="Folder to write.")
def build(packages: Path | None, shared: Path | None, sources: tuple[str, ...], out: Path | None) -> None:
    """Remake the bundle from its pinned sources, or a bigger one of your own.

    With --packages and --shared the installed bundle is remade, the same bytes every time.  With --with a
    bigger bundle goes into your data directory, and is used from then on.
    """
    from dateline.gazetteer import gazetteer

    if bool(sources) == bool(packages or shared):
        raise click.UsageError("give either --packages and --shared, or --with")
    if sources:
        from dateline.gazetteer.build import bigger

        where = bigger.build(
            list(sources), out or gazetteer.user_bundle(), lambda line: click.echo(line, err=True)
        )
    else:
        if packages is None or shared is None:
            raise click.UsageError("--packages and --shared go together")
        from dateline.gazetteer.build import pipeline

        where = pipeline.build(packages, shared, out or gazetteer.BUNDLED)
    click.echo(where)
