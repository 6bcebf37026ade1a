"""``dateline export``: articles in, a data file out; the extension says which kind."""

from __future__ import annotations

import click

from dateline.inputs import Reading, reads_articles


@click.command(name="export")
@reads_articles
def command(reading: Reading) -> None:
    """Write the events of articles as a data file for QGIS, Google Earth, Excel and others.

    \b
    dateline export seeds/*.txt -o events.geojson
    dateline export seeds/*.txt -o project.qgz
    """
    from dateline.maps.save import EXTENSIONS, save

    result = reading.result(set(EXTENSIONS) - {".html"})
    save(result, reading.output)
    reading.finish(result)
