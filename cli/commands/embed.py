"""``dateline embed``: a map or a figure in, a snippet for another document out."""

from __future__ import annotations

from pathlib import Path

import click

from dateline.errors import InputError


@click.command(name="embed")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--title", default="", help="What screen readers call the map; its own title unless given.")
@click.option("--caption", default="", help="Text below the map; its title unless given.")
@click.option("--height", type=click.IntRange(100, 5000), default=600, show_default=True, help="In pixels.")
@click.option("--data-uri", is_flag=True, help='src="data:..." instead of srcdoc, for editors that spoil it.')
@click.option("--link", default="", help="For a picture: where a click on it leads.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; otherwise printed.")
def command(
    file: Path, title: str, caption: str, height: int, data_uri: bool, link: str, output: Path | None
) -> None:
    """Print a snippet: HTML for a map (.html), Markdown for a figure (.png, .svg).

    \b
    dateline embed map.html -o snippet.html
    dateline embed map.png --link map.html >> story.md
    """
    from dateline.maps.files import write_atomically
    from dateline.maps.snippet import embed, markdown

    if file.suffix.lower() in (".png", ".svg"):
        snippet = markdown(file, link=link)
    elif file.suffix.lower() in (".html", ".htm"):
        snippet = embed(_read(file), title=title, caption=caption, height=height, data_uri=data_uri)
    else:
        raise click.UsageError(f"{file}: neither a map (.html) nor a figure (.png, .svg)")
    if output is None:
        click.echo(snippet, nl=False)
    else:
        write_atomically(output, snippet)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}; check the path") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is not in UTF-8; write it again with 'dateline map'") from error
