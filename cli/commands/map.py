"""``dateline map``: articles in, one HTML file out."""

from __future__ import annotations

import click

from dateline.inputs import Reading, reads_articles
from dateline.worldview_option import worldview_option


@click.command(name="map")
@reads_articles
@click.option("--title", help="Title of the map; taken from the article unless given.")
@click.option(
    "--basemap",
    default="",
    help="An online basemap of xyzservices, such as cartodb-positron, instead of the bundled one.",
)
@click.option("--language", default="en", show_default=True, help="Language of the map's buttons and legend.")
@worldview_option
def command(reading: Reading, title: str | None, basemap: str, language: str, worldview: str) -> None:
    """Write articles as one self-contained HTML map that opens without a network.

    \b
    dateline map seeds/*.txt -o map.html
    """
    from dateline import maps
    from dateline.maps import web

    web.check_options(basemap, language)
    result = reading.result({".html"})
    options = {"title": title, "basemap": basemap, "language": language, "worldview": worldview}
    maps.save(result, reading.output, **options)
    reading.finish(result)
