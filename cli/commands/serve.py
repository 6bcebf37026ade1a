"""``dateline serve``: read, check and correct in the browser."""

from __future__ import annotations

import getpass
import secrets
import socket
import sys
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dateline.errors import MissingExtraError, OutputError
from dateline.geocode_options import geocode_options

if TYPE_CHECKING:
    from dateline.desk.journal import Journal
    from dateline.geo.geocoding import Fallback

#: More files or lines than these are not named one by one when they could not be read.
MOST_TOLD = 10


@click.command(name="serve")
@click.argument("inputs", nargs=-1, metavar="[FILES...]")
@click.option(
    "--corrections",
    type=click.Path(path_type=Path, dir_okay=False),
    default="dateline.corrections.jsonl",
    show_default=True,
    help="File that remembers what was put right.",
)
@click.option("--port", default=8765, show_default=True, help="Port on this machine; 0 takes a free one.")
@click.option("--by", metavar="NAME", help="Who corrects, for the file.  [your name on this machine]")
@click.option("--model", type=click.Choice(["default", "fast"]), default="default", show_default=True)
@click.option("--browser/--no-browser", default=True, help="Open the page.")
@geocode_options
def command(
    inputs: tuple[str, ...],
    corrections: Path,
    port: int,
    by: str | None,
    model: str,
    browser: bool,
    geocoder: Fallback | None,
) -> None:
    """Open a local page to read articles beside their map and put right what is wrong.

    \b
    dateline serve articles/*.txt
    dateline serve corpus.jsonl
    dateline serve OUTPUT-OF-RUN

    Only this machine's browser can reach the page, with the address that is printed. Stop with Ctrl-C: every
    correction is in the file already. With --geocode, the search box can also ask that geocoder, when its
    button is pressed.
    """
    if geocoder and geocoder.dry_run:
        raise click.UsageError(
            "the desk has no dry run: it asks a geocoder only when a person presses for it"
        )
    try:
        import uvicorn

        from dateline.desk.app import make_app
        from dateline.desk.library import gather
    except ImportError as error:
        raise MissingExtraError("the desk", "desk") from error
    from dateline.desk.lookup import Lookup, outline
    from dateline.desk.session import Session
    from dateline.geo import Geoparser

    journal = _open(corrections)
    library = gather(inputs)
    for problem in library.problems[:MOST_TOLD]:
        click.echo(f"dateline: left out: {problem}", err=True)
    if len(library.problems) > MOST_TOLD:
        click.echo(f"dateline: and {len(library.problems) - MOST_TOLD:,} more", err=True)
    listener = _listen(port)
    host = "{}:{}".format(*listener.getsockname())
    token = secrets.token_urlsafe(24)
    parser = Geoparser(model)
    # The first article need not wait for the outlines of its map.
    threading.Thread(target=outline, daemon=True).start()
    session = Session(library, parser, journal, _name() if by is None else by)
    look_up = Lookup(parser.gazetteer, geocoder)
    app = make_app(session, token, {host, host.replace("127.0.0.1", "localhost")}, look_up)
    url = f"http://{host}/?token={token}"
    click.echo(f"The desk is open at {url}\nCorrections go to {corrections}. Stop with Ctrl-C.")
    sys.stdout.flush()
    if browser:
        webbrowser.open(url)
    uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none")).run(sockets=[listener])


def _open(path: Path) -> Journal:
    """Open the file of corrections, made if need be; a damaged one is refused before it is used."""
    from dateline.desk.journal import Journal

    try:
        path.open("ab").close()  # made at once, so that the next command can be given it in any case
    except OSError as error:
        mend = "name another file with --corrections"
        raise OutputError(f"{path}: cannot be written ({error.strerror}); {mend}") from None
    journal = Journal(path)
    if cut := journal.repair():
        click.echo(
            f"dateline: {path}: a last line that was never saved whole is gone: {cut[:200]!r}", err=True
        )
    journal.lines()
    return journal


def _name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container may have no name for its user
        return ""


def _listen(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        raise OutputError(
            f"port {port} cannot be opened ({error.strerror}); choose another with --port"
        ) from None
    listener.listen()  # a browser that is quicker than the server waits instead of being refused
    return listener
