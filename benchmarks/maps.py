"""How fast maps, exports and figures are made, beside the plain libraries they are made with.

    python -m benchmarks.maps                 # everything
    python -m benchmarks.maps exports --events 1000000
    python -m benchmarks.maps figure

Seconds are of the processor (``time.process_time``), for other work on the machine does not change those;
the cold figure's are of the clock, as a user waits for it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyogrio

from dateline import maps
from tests import frames


def seconds(work: Callable[[], object]) -> float:
    """Return how long the processor worked."""
    start = time.process_time()
    work()
    return time.process_time() - start


def exports(folder: Path, events: int) -> None:
    """Print GeoPackage and GeoParquet beside a bare write of the same events."""
    made = frames.many(events)
    bare: dict[str, Callable[[Path], object]] = {
        ".gpkg": lambda path: pyogrio.write_dataframe(made.events, path),
        ".parquet": lambda path: made.events.to_parquet(path),
    }
    print(f"{events:,} events{'bare s':>14}{'ours s':>9}{'speed':>8}{'MB':>8}")
    for extension, write in bare.items():
        plain = seconds(lambda write=write, extension=extension: write(folder / f"bare{extension}"))
        ours = seconds(lambda extension=extension: maps.save(made, folder / f"ours{extension}"))
        size = (folder / f"ours{extension}").stat().st_size / 1e6
        print(f"{extension:<16}{plain:>12.2f}{ours:>9.2f}{plain / ours:>7.2f}x{size:>8.1f}")
    fewer = frames.many(min(events, 100_000))
    print(f"{len(fewer.events):,} events")
    for extension in (".geojson", ".fgb", ".csv"):
        ours = seconds(lambda extension=extension: maps.save(fewer, folder / f"ours{extension}"))
        size = (folder / f"ours{extension}").stat().st_size / 1e6
        print(f"{extension:<16}{'':>12}{ours:>9.2f}{'':>8}{size:>8.1f}")


_COLD = (
    "import sys; from tests import frames; from dateline import maps; maps.save(frames.seed(), sys.argv[1])"
)


def figure(folder: Path, events: int) -> None:
    """Print how long a new process takes to draw the seed article's figure."""
    for extension in (".png", ".svg", ".pdf"):
        path = folder / f"figure{extension}"
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", _COLD, path], check=True)
        waited = time.perf_counter() - start
        print(f"figure {extension}, cold {waited:>14.2f} s {path.stat().st_size / 1e6:>8.2f} MB")


SECTIONS = {"exports": exports, "figure": figure}


def main() -> None:
    """Run the sections asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sections", nargs="*", choices=[*SECTIONS, []], help="by default all")
    parser.add_argument("--events", type=int, default=1_000_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen.sections or SECTIONS:
            SECTIONS[name](Path(folder), chosen.events)


if __name__ == "__main__":
    main()
