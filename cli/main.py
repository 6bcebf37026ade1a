"""The command ``dateline``: finds the subcommand, turns errors into one sentence and an exit code."""

from __future__ import annotations

import difflib
import importlib
import os
from typing import Any

import click

from dateline import __version__
from dateline.errors import DatelineError, OptionError

#: Subcommand -> (module under ``dateline.commands``, its line in ``dateline --help``).  A module is
#: imported only when its command runs, so that ``--help`` and ``place`` never wait for folium or geopandas.
COMMANDS = {
    "map": ("map", "Write articles as one self-contained HTML map."),
    "export": ("export", "Write articles as GeoJSON, GeoPackage, KML, CSV and more."),
    "figure": ("figure", "Draw articles as a locator map for a report or a slide: PNG, SVG, PDF."),
    "embed": ("embed", "Print a map or figure as a snippet for a CMS, a notebook or Markdown."),
    "run": ("run", "Write the events of a corpus of any size as GeoParquet tables."),
    "serve": ("serve", "Read, check and correct maps in the browser."),
    "place": ("place", "Look a place name up in the gazetteer."),
    "gazetteer": ("gazetteer", "Describe or rebuild the gazetteer."),
    "cache": ("cache", "Describe or empty the memory of geocoders' answers."),
}


class LazyGroup(click.Group):
    """A click group whose commands live in modules of their own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the subcommands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import and return one subcommand."""
        if name not in COMMANDS:
            return None
        # Our matrices are small: numpy's thread for each core would only wait, at full speed.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        command: click.Command = importlib.import_module(f"dateline.commands.{COMMANDS[name][0]}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand; a misspelt one is refused with those that are like it."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            like = difflib.get_close_matches(args[0].lower(), COMMANDS)
            hint = f" Did you mean {' or '.join(like)}?" if like else ""
            raise click.UsageError(f"No such command {args[0][:80]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the subcommand; an error that Dateline foresees becomes one sentence and an exit code."""
        try:
            return super().invoke(ctx)
        except OptionError as error:
            raise click.UsageError(str(error)) from error
        except DatelineError as error:
            raise click.ClickException(str(error)) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of subcommands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option("--version", "show_version", is_flag=True, help="Show the version.")
@click.option("--verbose", is_flag=True, help="With --version: everything a bug report should say.")
@click.pass_context
def main(ctx: click.Context, show_version: bool, verbose: bool) -> None:
    """Turn news into maps.

    \b
    dateline map seeds/*.txt -o map.html

    Exit codes: 0 done, 1 something failed (it is named), 2 the command was called wrongly.
    """
    if show_version:
        click.echo(f"dateline {__version__}")
        if verbose:
            from dateline.about import lines

            click.echo("\n".join(lines()))
    elif ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
