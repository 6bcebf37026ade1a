"""What every command that reads articles shares: its options, and the way from them to a result."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.errors import OutputError
from dateline.filter_options import Selection, filter_options
from dateline.geocode_options import geocode_options, report

if TYPE_CHECKING:
    from dateline.geo import Result
    from dateline.geo.geocoding import Fallback

_OPTIONS = (
    click.argument("inputs", nargs=-1, required=True, metavar="FILES..."),
    click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="File to write."),
    click.option(
        "--model",
        type=click.Choice(["default", "fast"]),
        default="default",
        show_default=True,
        help="fast is much faster and a little worse.",
    ),
    click.option(
        "--corrections",
        type=click.Path(path_type=Path),
        help="File of what people put right (docs/corrections.md).",
    ),
    click.option("-q", "--quiet", is_flag=True, help="Print no table, only problems."),
)

#: Extension -> the command that writes such files, where it is not `export`.
_COMMANDS = {".html": "map", ".pdf": "figure", ".png": "figure", ".svg": "figure"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a command was asked to read, and how.

    `output` is the file it writes; `geocoder` is asked for places that the gazetteer lacks, if there is one;
    `selection` says which events are wanted.
    """

    inputs: tuple[str, ...]
    output: Path
    model: str
    corrections: Path | None
    quiet: bool
    geocoder: Fallback | None
    selection: Selection

    def result(self, extensions: set[str]) -> Result:
        """Read the inputs and find their places and events; of a corpus's folder, read its tables.

        Parameters
        ----------
        extensions : set of str
            What the command can write; anything else is refused before any work is done.

        Raises
        ------
        click.UsageError
            If the output's extension is unknown.
        OutputError
            If the output could not be written.
        InputError
            If no input could be read.
        """
        check_output(self.output, extensions)
        if len(self.inputs) == 1 and Path(self.inputs[0]).is_dir():
            result = self.selection.load(Path(self.inputs[0]), self.corrections)
            return self.selection.aggregated(result, self.output)
        from dateline import geo
        from dateline.geo.corrections import Corrections

        corrections = Corrections.read(self.corrections) if self.corrections else None
        result = geo.geoparse(
            list(self.inputs), model=self.model, geocoder=self.geocoder, corrections=corrections
        )
        if self.geocoder and self.geocoder.dry_run:
            report(self.geocoder)
            if not self.geocoder.summary.would_ask:
                click.echo("nothing to ask: no name lacks a place, or all answers are remembered", err=True)
            click.get_current_context().exit()
        return self.selection.aggregated(self.selection.filters.apply(result), self.output)

    def finish(self, result: Result) -> None:
        """Print what was found and what failed; exit with 1 if an input failed."""
        from dateline.summary import summarize

        if not self.quiet:
            click.echo(summarize(result))
            click.echo(f"\nWrote {self.output} ({_size(self.output)}).")
        report(self.geocoder)
        for problem in result.problems:
            click.echo(f"dateline: left out: {problem}", err=True)
        if result.problems:
            raise SystemExit(1)


def reads_articles(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the shared options to a command, which gets them as one `reading`."""

    @geocode_options
    @filter_options
    @functools.wraps(command)
    def wrapped(
        *,
        inputs: tuple[str, ...],
        output: Path,
        model: str,
        corrections: Path | None,
        quiet: bool,
        geocoder: Fallback | None,
        selection: Selection,
        **rest: Any,
    ) -> Any:
        reading = Reading(inputs, output, model, corrections, quiet, geocoder, selection)
        return command(reading=reading, **rest)

    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def check_output(path: Path, extensions: set[str]) -> None:
    """Refuse an output that could not be written, before any work is done.

    Raises
    ------
    click.UsageError
        If no writer knows the extension.
    OutputError
        If the folder is missing or cannot be written to.
    """
    if path.suffix.lower() not in extensions:
        raise click.UsageError(f"{path}: {_other_extension(path.suffix.lower(), extensions)}")
    folder = path.parent
    if not folder.is_dir():
        raise OutputError(f"{path}: the folder {folder} does not exist; make it first")
    if path.is_dir():
        raise OutputError(f"{path}: is a folder; name a file in it")
    if not os.access(folder, os.W_OK):
        raise OutputError(f"{path}: no permission to write in {folder}; choose another folder")


def _other_extension(extension: str, wanted: set[str]) -> str:
    """Say what is wrong with an output's extension, and which command writes such files."""
    from dateline.maps.save import EXTENSIONS

    known = ", ".join(sorted(wanted))
    if extension in EXTENSIONS:
        return (
            f"this command writes {known}; 'dateline {_COMMANDS.get(extension, 'export')}' writes {extension}"
        )
    return f"unknown extension '{extension}'; use one of {known}"


def _size(path: Path) -> str:
    size = path.stat().st_size
    return f"{size / 1e6:.1f} MB" if size >= 1e5 else f"{size / 1e3:.1f} kB"
