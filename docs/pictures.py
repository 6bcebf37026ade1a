"""Remake every picture of the documentation from the articles in the repository.

    python docs/pictures.py

Needs Debian's Chromium and ``pip install '.[all]' playwright``.  The gallery is made of real output: the HTML
map in a browser, and figures as ``dateline figure`` writes them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
from PIL import Image
from playwright.sync_api import sync_playwright

from dateline import gazetteer, geo, maps
from dateline.geo import Result
from dateline.geo.aggregate import by_admin1
from dateline.geo.filters import Filters

DOCS = Path(__file__).parent
GALLERY = DOCS / "gallery"
SEED = DOCS.parent / "seeds" / "000_cd56c94f49b3828d.txt"
COLOURS = 256
#: From Ireland and Nigeria to India, in degrees: west, south, east, north.
EAST = (-10, 5, 90, 60)


def only(result: Result, keep: Callable[[pd.DataFrame], pd.Series]) -> Result:
    """Return the result with some of its events."""
    return replace(result, events=result.events[keep(result.events)])


def screenshot(
    result: Result, path: Path, width: int, height: int, *, dark: bool = False, title: str = ""
) -> None:
    """Photograph the HTML map of a result."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        page_path = Path(folder) / "map.html"
        maps.save(result, page_path, title=title)
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            bypass_csp=True,  # what is waited for below is a script
        )
        page.goto(page_path.as_uri())
        page.wait_for_timeout(1500)
        page.wait_for_function(  # tiles fade in, slowly on a busy machine
            "[...document.querySelectorAll('.leaflet-tile')].every(t => getComputedStyle(t).opacity === '1')"
        )
        page.screenshot(path=str(path))
        browser.close()
    shrink(path)


def figure(result: Result, path: Path, *, width: int | None = None, **options: object) -> None:
    """Draw a result as a figure, scaled to a width in pixels if one is given."""
    maps.save(result, path, **options)
    shrink(path, width)


def shrink(path: Path, width: int | None = None) -> None:
    """Reduce a picture to a palette, so that the repository stays small."""
    with Image.open(path) as image:
        scale = width / image.width if width else 1
        size = (round(scale * image.width), round(scale * image.height))
        image.convert("RGB").resize(size, Image.Resampling.LANCZOS).quantize(
            COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE
        ).save(path, optimize=True)


def main() -> None:
    """Make them all."""
    GALLERY.mkdir(exist_ok=True)
    seed = geo.geoparse(SEED)
    world = geo.geoparse(str(DOCS / "articles" / "*.txt"))
    flood = geo.geoparse(str(DOCS / "articles" / "tidal-surge*.txt"))
    protest = geo.geoparse(str(DOCS / "articles" / "georgia-protest*.txt"))
    strikes = only(world, lambda events: events["type"].eq("ASSAULT") & events["status"].eq("actual"))
    counted = by_admin1(Filters(bbox=EAST).apply(world), gazetteer.open())
    talks = only(seed, lambda events: events["type"].isin(["CONSULT", "AGREE"]))

    screenshot(seed, DOCS / "map.png", 1280, 760)
    screenshot(world, GALLERY / "newsroom.png", 1280, 760, title="What happened where")
    screenshot(talks, GALLERY / "talks.png", 1280, 700, title="Talks on Ukraine")
    screenshot(counted, GALLERY / "choropleth.png", 1280, 700, title="Events by province")
    screenshot(seed, GALLERY / "phone.png", 360, 740, dark=True)
    figure(strikes, GALLERY / "strikes.png", size="page", title="Attacks reported in fourteen articles")
    figure(flood, GALLERY / "flood.png", size="column")
    figure(protest, GALLERY / "protest.png", size="social")
    figure(seed, GALLERY / "locator.png", size="page")
    figure(seed, GALLERY / "slide.png", size="slide", dark=True)
    figure(seed, DOCS / "pictures" / "figure-slide-dark.png", width=900, size="slide", dark=True)
    figure(seed, DOCS / "pictures" / "figure-column.png", width=520, size="column")


if __name__ == "__main__":
    main()
