"""``dateline figure``: articles in, a locator map for a report or a slide out."""

from __future__ import annotations

import click

from dateline.inputs import Reading, reads_articles
from dateline.worldview_option import worldview_option


@click.command(name="figure")
@reads_articles
@click.option(
    "--size",
    type=click.Choice(["slide", "page", "column", "social"]),
    default="page",
    show_default=True,
    help="A 16:9 slide, the width of a page or of a column, a post.",
)
@click.option("--dark", is_flag=True, help="Light on dark.")
@click.option("--title", help="Title; the article's when there is but one, '' for none.")
@click.option("--subtitle", help="By default the number of events and their days.")
@worldview_option
@click.option("--alt", is_flag=True, help="Also print the alt text, which the file holds in any case.")
def command(
    reading: Reading,
    size: str,
    dark: bool,
    title: str | None,
    subtitle: str | None,
    worldview: str,
    alt: bool,
) -> None:
    """Draw articles as a locator map: PNG, SVG or PDF, without a browser.

    \b
    dateline figure seeds/*.txt -o map.png --size slide --dark
    """
    result = reading.result({".png", ".svg", ".pdf"})
    from dateline import maps

    maps.save(
        result, reading.output, size=size, dark=dark, title=title, subtitle=subtitle, worldview=worldview
    )
    if alt:
        click.echo(maps.alt_text(result))
    reading.finish(result)
