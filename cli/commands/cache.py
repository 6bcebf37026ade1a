"""``dateline cache``: what geocoders answered, and how to forget it."""

from __future__ import annotations

from pathlib import Path

import click

from dateline.geocode_options import SETTINGS_FILE


@click.group("cache")
def command() -> None:
    """Describe or empty the memory of geocoders' answers."""


@command.command()
def info() -> None:
    """Say where the answers are, how many, and how large the file is."""
    from dateline.geo.geocoding import cache

    found = cache.info(_path())
    click.echo(f"file:     {found.path}")
    click.echo(
        f"answers:  {found.answers} ({found.negative} of them: no such place; {found.expired} expired)"
    )
    click.echo(f"size:     {found.bytes / 1000:.1f} kB")


@command.command()
def clear() -> None:
    """Forget every answer."""
    from dateline.geo.geocoding import cache

    path = _path()
    cache.clear(path)
    click.echo(f"{path} is gone")


def _path() -> Path:
    """Return the cache's file: the one of ``dateline.toml``, else the user's."""
    from dateline.geo.geocoding import cache, read_settings

    settings = read_settings(SETTINGS_FILE) if SETTINGS_FILE.exists() else None
    return (settings and settings.cache) or cache.default_path()
