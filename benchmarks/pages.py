"""How fast HTML maps are written and opened, beside plain Folium MarkerCluster and geopandas.explore.

    python -m benchmarks.pages
    python -m benchmarks.pages --events 10000

Every event has a place of its own, the hardest case for clustering.  Writing is in seconds of the processor;
opening and the steps of the zoom are in milliseconds of the clock in headless Chromium (needs Debian's
``chromium``), so run it on an idle machine: the load average is printed with them.  The rivals' pages fetch
their scripts from the network and are blank without it, so only their writing is measured.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import folium
import folium.plugins
import geopandas as gpd
from playwright.sync_api import sync_playwright

from dateline import maps
from tests import frames

ZOOMS = (5, 6, 7, 6, 5, 4, 3)
_STEP = """zoom => new Promise(done => {
  const begin = performance.now();
  const drawn = () => requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)));
  map_dateline.once("moveend", drawn);
  map_dateline.setZoom(zoom, {animate: false});
})"""
_TEXTS = ["title", "type", "quote"]


def marker_cluster(events: gpd.GeoDataFrame, path: Path) -> None:
    """Write events as Folium's documentation does: a marker with a pop-up each, in a cluster."""
    chart = folium.Map()
    cluster = folium.plugins.MarkerCluster().add_to(chart)
    rows = zip(events.geometry, events["title"], events["quote"], strict=True)
    for point, title, quote in rows:
        folium.Marker([point.y, point.x], popup=f"{title}<br>{quote}").add_to(cluster)
    chart.save(path)


def explore(events: gpd.GeoDataFrame, path: Path) -> None:
    """Write events with geopandas.explore."""
    events[[*_TEXTS, "geometry"]].explore(tooltip=_TEXTS).save(path)


def report(name: str, write: Callable[[], object], path: Path) -> None:
    """Print how long a page took to write, and its size."""
    start = time.process_time()
    write()
    took = time.process_time() - start
    print(f"{name:<24}{took:>9.2f} s{path.stat().st_size / 1e6:>10.2f} MB")


def opening(path: Path) -> None:
    """Print how long the page takes to be ready, and each step of the zoom, by the clock and by processor."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        system = browser.new_browser_cdp_session()

        def worked() -> float:
            processes = system.send("SystemInfo.getProcessInfo")["processInfo"]
            return 1000 * sum(one["cpuTime"] for one in processes if one["type"] == "renderer")

        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]")
        ready, ready_cpu = page.evaluate("Number(document.documentElement.dataset.ready)"), worked()
        steps = [page.evaluate(_STEP, zoom) for zoom in ZOOMS]
        step_cpu = (worked() - ready_cpu) / len(ZOOMS)
        browser.close()
    load = f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    print(f"  ready in {ready:.0f} ms ({ready_cpu:.0f} ms of the processor; {load})")
    print(f"  a zoom step {statistics.median(steps):.0f} ms, at most {max(steps):.0f} ms ({step_cpu:.0f} ms)")


def main() -> None:
    """Write and open the pages."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--alone", action="store_true", help="without the rivals, which take minutes")
    chosen = parser.parse_args()
    made = frames.many(chosen.events, places=chosen.events)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.html"
        for name, result in (("no events", frames.result()), ("seed article", frames.seed())):
            report(name, lambda result=result: maps.save(result, path), path)
            opening(path)
        print(f"{chosen.events:,} events")
        report("Dateline", lambda: maps.save(made, path), path)
        opening(path)
        if not chosen.alone:
            report("geopandas.explore", lambda: explore(made.events, path), path)
            report("Folium MarkerCluster", lambda: marker_cluster(made.events, path), path)


if __name__ == "__main__":
    main()
