"""``dateline gazetteer``: describe the gazetteer or remake it."""

from __future__ import annotations

from pathlib import Path

import click

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group()
def command() -> None:
    """Describe or rebuild the gazetteer."""


@command.command()
def info() -> None:
    """Tell the version, the counts and the sources."""
    from dateline import gazetteer

    gaz = gazetteer.open()
    click.echo(f"version {gaz.version}")
    for name, value in gaz.info.items():
        click.echo(f"{name} {value:,}" if isinstance(value, int) else f"{name} {value}")


@command.command()
@click.option("--packages", type=_FOLDER, required=True, help="Folder of the pinned packages.")
@click.option("--shared", type=_FOLDER, required=True, help="Folder with gazetteer-sources.")
@click.option("--out", type=_FOLDER, help="Folder to write; by default the installed bundle.")
def build(packages: Path, shared: Path, out: Path | None) -> None:
    """Remake the bundle from its pinned sources."""
    from dateline.gazetteer.build import pipeline
    from dateline.gazetteer.gazetteer import BUNDLED

    click.echo(pipeline.build(packages, shared, out or BUNDLED))
