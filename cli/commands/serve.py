"""``dateline serve``: read, check and correct in the browser."""

from __future__ import annotations

import secrets
import socket
import sys
import webbrowser
from pathlib import Path

import click

from dateline.errors import MissingExtraError, OutputError


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
@click.option(
    "--model", type=click.Choice(["default", "accurate", "fast"]), default="default", show_default=True
)
@click.option("--browser/--no-browser", default=True, help="Open the page.")
def command(inputs: tuple[str, ...], corrections: Path, port: int, model: str, browser: bool) -> None:
    """Open a local page to read articles beside their map and put right what is wrong.

    \b
    dateline serve articles/*.txt
    dateline serve corpus.jsonl
    dateline serve OUTPUT-OF-RUN

    Only this machine's browser can reach the page, with the address that is printed. Stop with Ctrl-C: every
    correction is in the file already.
    """
    try:
        import uvicorn

        from dateline.desk.app import make_app
        from dateline.desk.library import gather
    except ImportError as error:
        raise MissingExtraError("the desk", "desk") from error
    from dateline.desk.journal import Journal
    from dateline.desk.session import Session
    from dateline.geo import Geoparser

    journal = Journal(corrections)
    journal.lines()  # a damaged file is refused before anything is corrected
    library = gather(inputs)
    for problem in library.problems:
        click.echo(f"dateline: left out: {problem}", err=True)
    listener = _listen(port)
    host = "{}:{}".format(*listener.getsockname())
    token = secrets.token_urlsafe(24)
    session = Session(library.articles.values(), Geoparser(model), journal, library.unsure)
    app = make_app(session, token, {host, host.replace("127.0.0.1", "localhost")})
    url = f"http://{host}/?token={token}"
    click.echo(f"The desk is open at {url}\nCorrections go to {corrections}. Stop with Ctrl-C.")
    sys.stdout.flush()
    if browser:
        webbrowser.open(url)
    uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])


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
