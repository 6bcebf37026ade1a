"""The options that say which events a command writes, and whether it draws them one by one."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.countries import country_code

if TYPE_CHECKING:
    from dateline.geo import Result

#: A drawing with more events than this shows cells of a grid instead.
MOST_DRAWN = 20_000
_DRAWN = {".html", ".png", ".svg", ".pdf", ".jpg"}
_DAY = click.DateTime(formats=["%Y-%m-%d"])

_OPTIONS = (
    click.option(
        "--bbox", metavar="W,S,E,N", help="Only events in this box, degrees; west > east crosses 180°."
    ),
    click.option(
        "--country",
        "countries",
        type=country_code,
        multiple=True,
        metavar="NAME",
        help="Only this country: UA or Ukraine; repeatable.",
    ),
    click.option(
        "--type", "types", multiple=True, metavar="NAME", help="Only this type or mode; repeatable."
    ),
    click.option("--since", type=_DAY, metavar="DAY", help="Only events of this day or later."),
    click.option("--until", type=_DAY, metavar="DAY", help="Only events of this day or earlier."),
    click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        metavar="0..1",
        default=0.0,
        help="Only events at least so sure.",
    ),
    click.option("--reprints", is_flag=True, help="An event for each report, not one for all (corpora)."),
    click.option(
        "--aggregate",
        type=click.Choice(["grid", "admin1", "none"]),
        help=f"Count events by cell or first-level unit.  [grid for drawings of over {MOST_DRAWN:,} events]",
    ),
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What the options said; `filters` is a :class:`dateline.geo.filters.Filters`."""

    filters: Any
    reprints: bool
    aggregate: str | None

    def load(self, folder: Path, corrections: Path | None) -> Result:
        """Read the wanted part of the tables that ``dateline run`` wrote, corrections applied."""
        from dateline.geo import corpus
        from dateline.geo.corrections import Corrections

        result = corpus.load(folder, self.filters, reprints=self.reprints)
        if corrections is None:
            return result
        right = Corrections.read(corrections)
        return corpus.corrected(folder, result, right, self.filters, reprints=self.reprints)

    def aggregated(self, result: Result, output: Path) -> Result:
        """Return the result as it shall be drawn: event by event, or counted."""
        many = len(result.events) > MOST_DRAWN and output.suffix.lower() in _DRAWN
        how = self.aggregate or ("grid" if many else "none")
        if how == "none":
            return result
        from dateline.geo import aggregate

        if how == "grid":
            fewer = aggregate.by_cell(result)
        else:
            from dateline.gazetteer import open as open_gazetteer

            fewer = aggregate.by_admin1(result, open_gazetteer())
        what = "cells of a grid" if how == "grid" else "first-level units"
        counted = int(fewer.events["n_events"].sum())
        click.echo(f"{counted:,} events counted by {what}: {len(fewer.events):,} rows.", err=True)
        return fewer


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options to a command, which gets them as one `selection`."""

    @functools.wraps(command)
    def wrapped(
        *,
        bbox: str | None,
        countries: tuple[str, ...],
        types: tuple[str, ...],
        since: datetime | None,
        until: datetime | None,
        min_confidence: float,
        reprints: bool,
        aggregate: str | None,
        **rest: Any,
    ) -> Any:
        from dateline.geo.filters import Filters

        if since and until and since > until:
            raise click.UsageError(
                f"--since {since:%Y-%m-%d} is after --until {until:%Y-%m-%d}; exchange them"
            )
        _name_strangers(types)
        filters = Filters(
            bbox=_box(bbox),
            countries=countries,
            types=types,
            since=since.date() if since else None,
            until=until.date() if until else None,
            min_confidence=min_confidence,
        )
        return command(selection=Selection(filters, reprints, aggregate), **rest)

    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def _name_strangers(types: tuple[str, ...]) -> None:
    """Say which of the wanted types Dateline itself never tells; a user's own trigger words may tell them."""
    if not types:
        return
    from dateline.geo.event_names import names

    for name in types:
        if name.lower() not in names():
            like = difflib.get_close_matches(name.lower(), names(), n=3)
            hint = f"; did you mean {' or '.join(like)}?" if like else ""
            click.echo(f"dateline: {name!r} is no type or mode of Dateline's own{hint}", err=True)


def _box(written: str | None) -> tuple[float, float, float, float] | None:
    if written is None:
        return None
    try:
        west, south, east, north = (float(part) for part in written.split(","))
    except ValueError:
        raise click.UsageError(f"--bbox {written}: write west,south,east,north in degrees") from None
    if not (-90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
        raise click.UsageError(f"--bbox {written}: write west,south,east,north, in this order, in degrees")
    return west, south, east, north
