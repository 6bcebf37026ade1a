"""``dateline run``: a whole corpus in, tables out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.errors import DatelineError
from dateline.geocode_options import geocode_options

if TYPE_CHECKING:
    from dateline.geo.geocoding import Fallback

FIELDS = ("text", "title", "date", "source", "section", "url", "language", "id")


@click.command(name="run")
@click.argument("corpus", nargs=-1, required=True, metavar="CORPUS...")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder for the tables; made if new.",
)
@click.option(
    "--model",
    type=click.Choice(["default", "fast"]),
    default="default",
    show_default=True,
    help="fast is much faster and a little worse.",
)
@click.option("--workers", type=click.IntRange(min=1), help="Processes; one for each core unless given.")
@click.option(
    "--dask", metavar="ADDRESS", help="Work on a Dask cluster: tcp://scheduler:8786, or local to start one."
)
@click.option("--text-column", metavar="NAME", help="Column that holds the text; guessed unless given.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    help=f"Column of another field ({', '.join(FIELDS[1:])}); guessed unless given.",
)
@click.option(
    "--similar",
    type=click.FloatRange(0.3, 1.0),
    default=0.7,
    show_default=True,
    help="Texts that share this part of their five-word runs are reprints; 1 compares to the letter.",
)
@click.option(
    "--corrections",
    type=click.Path(path_type=Path),
    help="File of what people put right (docs/corrections.md).",
)
@click.option("-q", "--quiet", is_flag=True, help="Print only problems.")
@geocode_options
def command(
    corpus: tuple[str, ...],
    output: Path,
    model: str,
    workers: int | None,
    dask: str | None,
    text_column: str | None,
    columns: tuple[str, ...],
    similar: float,
    corrections: Path | None,
    quiet: bool,
    geocoder: Fallback | None,
) -> None:
    """Find the places and events of a corpus of any size and write them as GeoParquet tables.

    CORPUS is files, folders or URLs: JSONL, CSV, Parquet, text, HTML, RSS or Atom, WARC, also .gz and .zst.
    A run that was stopped goes on where it was when the same command is given again.

    \b
    dateline run news.jsonl.gz -o news
    dateline map news --country UA --since 2026-01-01 -o map.html
    """
    if geocoder and geocoder.dry_run:
        raise click.UsageError("a corpus has no dry run; try dateline map --dry-run on some of its articles")
    given = _columns(columns) | ({"text": text_column} if text_column else {})
    from dateline.geo.corpus import run

    say = (lambda _: None) if quiet else (lambda what: click.echo(what, err=True))
    try:
        manifest = run(
            corpus,
            output,
            model=model,
            workers=workers,
            dask=dask,
            columns=given,
            corrections=corrections,
            similar=similar if similar < 1 else None,
            geocode=geocoder.settings if geocoder else None,
            say=say,
        )
    except KeyboardInterrupt:
        raise DatelineError(f"{output}: stopped; give the same command again to go on") from None
    if not quiet:
        click.echo(_summary(manifest["counts"], output))
        if geocoder and geocoder.attribution:
            click.echo(f"Places from {geocoder.summary.service}: {geocoder.attribution}")


def _columns(pairs: tuple[str, ...]) -> dict[str, str]:
    chosen = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not equals or not column or field not in FIELDS:
            raise click.UsageError(f"--column {pair}: write FIELD=NAME, where FIELD is {', '.join(FIELDS)}")
        chosen[field] = column
    return chosen


def _summary(counts: dict[str, Any], output: Path) -> str:
    from dateline.summary import many

    lines = [
        f"{many(counts['articles'], 'article')} ({many(counts['reprints'], 'reprint')} among them), "
        f"{many(counts['mentions'], 'mention')} of {many(counts['places'], 'place')}, "
        f"{many(counts['events'] - counts['events_reported_again'], 'event')} "
        f"({many(counts['events'], 'report')}).",
    ]
    if counts["rejects"]:
        lines.append(
            f"Records left out: {counts['rejects']:,}; {output / 'rejects.jsonl'} says which and why."
        )
    return "\n".join([*lines, f"Wrote {output}."])
