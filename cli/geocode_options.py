"""The options about geocoding that ``map``, ``export`` and ``run`` share."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from dateline.geo.geocoding import Fallback

#: Read from the working directory when it is there.
SETTINGS_FILE = Path("dateline.toml")

_OPTIONS = (
    click.option(
        "--geocode",
        "service",
        metavar="NAME",
        help="Ask this geocoder for places the gazetteer lacks: nominatim, photon, pelias, opencage... "
        "Sends the name and the country, nothing else. 'off' overrides dateline.toml.  [default: off]",
    ),
    click.option(
        "--geocode-url", "url", metavar="URL", help="The geocoder's address, for a server of your own."
    ),
    click.option(
        "--geocode-timeout", "timeout", type=float, metavar="S", help="Seconds for one question.  [8]"
    ),
    click.option(
        "--geocode-budget", "budget", type=float, metavar="S", help="Seconds for all of them.  [120]"
    ),
    click.option("--dry-run", is_flag=True, help="Only print what the geocoder would be asked."),
)


def geocode_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command, which gets ``geocoder``: a fallback, or None.

    Examples
    --------
    >>> @click.command()
    ... @geocode_options
    ... def command(geocoder): ...
    >>> [option.name for option in command.params]
    ['service', 'url', 'timeout', 'budget', 'dry_run']
    """

    @functools.wraps(command)
    def wrapped(
        *args: Any,
        service: str | None,
        url: str | None,
        timeout: float | None,
        budget: float | None,
        dry_run: bool,
        **rest: Any,
    ) -> Any:
        given = {"service": service, "url": url, "timeout": timeout, "budget": budget}
        fallback = make_fallback({key: value for key, value in given.items() if value is not None}, dry_run)
        return command(*args, geocoder=fallback, **rest)

    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def make_fallback(given: dict[str, Any], dry_run: bool = False) -> Fallback | None:
    """Return the geocoder that the command line and ``dateline.toml`` ask for; None when neither does.

    Parameters
    ----------
    given : dict
        Settings of :class:`dateline.geo.geocoding.Settings` from the command line, which come first.
    dry_run : bool

    Raises
    ------
    InputError
        When a setting is bad.
    click.UsageError
        When settings are given but no geocoder is named.
    """
    if not given and not dry_run and not SETTINGS_FILE.exists():
        return None
    from dateline.geo.geocoding import Fallback, Settings, read_settings

    filed = read_settings(SETTINGS_FILE) if SETTINGS_FILE.exists() else None
    if given.get("service") == "off":
        return None
    if "service" in given and filed is not None and given["service"] != filed.service:
        filed = None  # the file's address and limits belong to another service
    if filed is None and "service" not in given:
        if given or dry_run:
            raise click.UsageError(
                "no geocoder is named: add --geocode nominatim, or a table [geocode] to dateline.toml"
            )
        return None
    return Fallback(replace(filed or Settings(), **given), dry_run=dry_run)


def report(geocoder: Fallback | None) -> None:
    """Print to standard error what became of the names the gazetteer lacks."""
    if geocoder is not None:
        for line in geocoder.summary.lines():
            click.echo(line, err=True)
