"""Runs of a corpus: the same bytes whatever happens on the way, and words where it cannot be."""

import hashlib
import http.server
import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import geopandas as gpd
import pytest
from corpus_stub import Gazetteer, Parser

from dateline.errors import InputError, OutputError
from dateline.geo import corpus
from dateline.geo.corpus import store

STUB = Path(__file__).with_name("corpus_stub.py")
PLACES = ("Kharkiv", "Kyiv", "Lagos")


def words(number: int) -> str:
    return " ".join(f"{hashlib.md5(f'{number} {k}'.encode()).hexdigest()[:6]}" for k in range(40))


def rows(count: int) -> list[dict[str, object]]:
    return [
        {
            "text": f"A strike hit {PLACES[i % 3]}, reports {i}: {words(i)}.",
            "date": f"2026-01-{1 + i % 28:02d}",
            "source": f"Paper {i % 5}",
        }
        for i in range(count)
    ]


def write(path: Path, some: list[dict[str, object]], *more: str) -> Path:
    path.write_text("".join(line + "\n" for line in [*map(json.dumps, some), *more]), encoding="utf-8")
    return path


def run(path: Path, directory: Path, **options: object) -> dict[str, object]:
    options = {"parser": Parser, "gazetteer": Gazetteer, "workers": 1, "batch_size": 5} | options
    return corpus.run([path], directory, **options)


def contents(directory: Path) -> dict[str, str]:
    return {
        file.relative_to(directory).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(directory.rglob("*"))
        if file.is_file()
    }


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run of 40 articles and one bad line."""
    folder = tmp_path_factory.mktemp("small")
    path = write(folder / "news.jsonl", rows(40), "no json")
    run(path, folder / "out")
    return folder


def test_the_tables_open_as_they_are(small: Path) -> None:
    out = small / "out"
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["counts"] == {
        "articles": 40, "events": 40, "mentions": 40, "places": 3,
        "rejects": 1, "reprints": 0, "events_reported_again": 0,
    }  # fmt: skip
    events = gpd.read_parquet(out / "events" / "part-00000.parquet", bbox=(30, 50, 31, 51))
    assert set(events["place"]) == {"Kyiv"}
    assert events.crs == "EPSG:4326"
    rejects = [json.loads(line) for line in (out / "rejects.jsonl").read_text().splitlines()]
    assert [(r["line"], r["reason"]) for r in rejects] == [
        (41, "not JSON: Expecting value: line 1 column 1 (char 0)")
    ]
    assert not (out / ".run").exists()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (corpus.Filters(), 40),
        (corpus.Filters(countries=["ua"]), 27),
        (corpus.Filters(countries=["NG", "UA"]), 40),
        (corpus.Filters(bbox=(3, 6, 4, 7)), 13),
        (corpus.Filters(bbox=(170, -90, 4, 90)), 13),
        (corpus.Filters(types=["AirStrike"]), 40),
        (corpus.Filters(types=["PROTEST"]), 0),
        (corpus.Filters(since=date(2026, 1, 28)), 1),
        (corpus.Filters(until=date(2026, 1, 1)), 2),
        (corpus.Filters(since=date(2026, 1, 2), until=date(2026, 1, 2)), 2),
        (corpus.Filters(min_confidence=0.81), 0),
    ],
)
def test_filters(small: Path, filters: corpus.Filters, expected: int) -> None:
    result = corpus.load(small / "out", filters)
    assert len(result.events) == len(result.articles) == len(result.mentions) == expected
    assert set(result.places["place_id"]) == set(result.events["place_id"])


def test_two_workers_write_the_same_bytes(small: Path, tmp_path: Path) -> None:
    run(small / "news.jsonl", tmp_path / "out", workers=2)
    assert contents(tmp_path / "out") == contents(small / "out")


def test_the_same_command_again_changes_nothing(small: Path) -> None:
    before, said = contents(small / "out"), []
    run(small / "news.jsonl", small / "out", say=said.append)
    assert contents(small / "out") == before
    assert said == [f"{small / 'out'}: was finished before; nothing to do"]


def test_kill_9_at_any_moment_leaves_the_same_bytes(tmp_path: Path) -> None:
    path = write(tmp_path / "news.jsonl", rows(120))
    corpus.run([path], tmp_path / "whole", workers=2, batch_size=5, parser=Parser, gazetteer=Gazetteer)
    command = [sys.executable, str(STUB), str(path), str(tmp_path / "out"), ""]
    batches = tmp_path / "out" / ".run" / "batches"
    for least in (1, 12, 24):  # early, in the middle, while the tables are written
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while len(list(batches.glob("*.zip"))) < least and process.poll() is None:
            time.sleep(0.005)
        workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        process.send_signal(signal.SIGKILL)
        process.wait()
        while any(_lives(worker) for worker in workers):
            time.sleep(0.05)
        assert not (tmp_path / "out" / "manifest.json").exists()
        finished = {file: file.stat().st_mtime_ns for file in batches.glob("*.zip")}
        assert len(finished) >= least
    subprocess.run(command, check=True)
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")


def _lives(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_no_finished_batch_is_done_twice(tmp_path: Path) -> None:
    """Half of the run is there; it is kept as it is, and a corpus that has changed since is refused."""
    path = write(tmp_path / "news.jsonl", rows(20))
    folder = tmp_path / "out"
    with pytest.raises(InputError, match="changed"):
        _interrupted(path, folder)
    done = {file.name: file.stat().st_mtime_ns for file in (folder / ".run" / "batches").glob("*.zip")}
    assert len(done) == 2
    write(path, rows(20))
    kept: dict[str, int] = {}
    finish = store.Folder.clean
    with pytest.MonkeyPatch.context() as patch:

        def look(self: store.Folder) -> None:
            kept.update({file.name: file.stat().st_mtime_ns for file in self.batches.glob("*.zip")})
            finish(self)

        patch.setattr(store.Folder, "clean", look)
        run(path, folder)
    assert len(kept) == 4
    assert {name: kept[name] for name in done} == done


def _interrupted(path: Path, folder: Path) -> None:
    """Finish the first two of four batches, as if the run had been killed then; start again on another corpus."""
    run(path, folder)
    whole = path.with_name("whole")
    shutil.move(folder, whole)
    with store.Folder(folder, json.loads((whole / "manifest.json").read_text())["settings"]) as opened:
        from dateline.geo.corpus import batches, readers, sources

        records = readers.read(sources.find([str(path)]), {}, sources.Meter())
        for batch in list(batches.cut(records, 5))[:2]:
            store.write_bytes(batches.work(batch, Parser), opened.batches / batch.name)
    write(path, [{"text": "Something else was written into the file, and nobody knows by whom."}, *rows(19)])
    run(path, folder)


def test_a_record_that_kills_its_worker_is_rejected(tmp_path: Path) -> None:
    some = rows(12)
    some[7]["text"] = "This record makes kill-worker happen."
    path = write(tmp_path / "news.jsonl", some)
    manifest = run(path, tmp_path / "out", workers=2)
    rejects = [json.loads(line) for line in (tmp_path / "out" / "rejects.jsonl").read_text().splitlines()]
    assert [(r["line"], r["reason"]) for r in rejects] == [(8, "the worker died on this record")]
    assert manifest["counts"]["articles"] == 11


def test_a_worker_killed_once_costs_nothing(tmp_path: Path) -> None:
    some = rows(12)
    some[7]["text"] = f"A strike hit Kyiv, kill-once, and {words(7)}"
    path = write(tmp_path / "news.jsonl", some)
    run(path, tmp_path / "out", parser=partial(Parser, str(tmp_path / "trap")))
    assert (tmp_path / "trap").exists()
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["counts"]["articles"] == 12


def test_a_fault_of_the_parser_costs_one_article(tmp_path: Path) -> None:
    some = rows(3)
    some[1]["text"] = "This article meets a parser-bug on its way."
    manifest = run(write(tmp_path / "news.jsonl", some), tmp_path / "out")
    assert manifest["counts"]["articles"] == 2
    assert "the parser failed: ZeroDivisionError" in (tmp_path / "out" / "rejects.jsonl").read_text()


def test_repeated_ids_stay_apart(tmp_path: Path) -> None:
    some = [row | {"id": "same"} for row in rows(3)]
    run(write(tmp_path / "news.jsonl", some), tmp_path / "out")
    result = corpus.load(tmp_path / "out")
    assert list(result.articles["article_id"]) == ["same", "same~2", "same~3"]
    assert list(result.events["id"]) == ["same:e1", "same~2:e1", "same~3:e1"]
    assert set(result.events["mention_id"]) == set(result.mentions["mention_id"])
    assert result.mentions["mention_id"].is_unique


def test_reprints_count_once_and_name_their_papers(tmp_path: Path) -> None:
    story = f"A strike hit Kyiv and killed a man. {words(1)} {words(2)}"
    some: list[dict[str, object]] = [
        {"text": story, "date": "2026-01-25", "source": "AFP"},
        {"text": "(AFP) " + story.replace("a man", "one man"), "date": "2026-01-25", "source": "Le Soir"},
        {"text": story, "date": "2026-01-26", "source": "De Standaard"},
        {
            "text": f"Officials said on that day a strike came down on Kyiv. {words(9)}",
            "date": "2026-01-25",
            "source": "BBC",
        },
        {
            "text": f"A strike in Lagos closed the port. {words(5)} {words(6)}",
            "date": "2026-01-25",
            "source": "BBC",
        },
    ]
    run(write(tmp_path / "news.jsonl", some), tmp_path / "out")
    result = corpus.load(tmp_path / "out")
    ids = list(result.articles["article_id"])
    assert list(result.articles["duplicate_of"]) == ["", ids[0], ids[0], "", ""]
    events = result.events.set_index("place")
    kyiv = events.loc["Kyiv"].set_index("start")
    assert kyiv.loc["2026-01-25", ["reports", "sources", "source"]].tolist() == [
        3,
        "AFP; BBC; Le Soir",
        "AFP",
    ]
    assert kyiv.loc["2026-01-26", "reports"] == 1
    assert events.loc["Lagos", "reports"] == 1
    assert len(corpus.load(tmp_path / "out", reprints=True).events) == 5
    listed = [json.loads(line) for line in (tmp_path / "out" / "duplicates.jsonl").read_text().splitlines()]
    assert listed[1]["similarity"] == 1.0
    assert 0.7 <= listed[0]["similarity"] < 1.0


def test_near_duplicates_can_be_switched_off(tmp_path: Path) -> None:
    story = f"A strike hit Kyiv. {words(1)}"
    path = write(
        tmp_path / "news.jsonl",
        [{"text": t, "url": str(n)} for n, t in enumerate((story, f"{story} End.", story))],
    )
    run(path, tmp_path / "out", similar=None)
    assert [bool(d) for d in corpus.load(tmp_path / "out").articles["duplicate_of"]] == [False, False, True]


def test_two_runs_into_one_folder(small: Path, tmp_path: Path) -> None:
    settings = json.loads((small / "out" / "manifest.json").read_text())["settings"]
    with store.Folder(tmp_path / "out", settings), pytest.raises(OutputError, match="another run is working"):
        run(small / "news.jsonl", tmp_path / "out")
    run(small / "news.jsonl", tmp_path / "out")


def test_a_folder_of_another_run_version_or_purpose_is_refused(small: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="had batch 5, now it is 6"):
        run(small / "news.jsonl", small / "out", batch_size=6)
    shutil.copytree(small / "out", tmp_path / "old")
    manifest = json.loads((tmp_path / "old" / "manifest.json").read_text()) | {"version": 99}
    (tmp_path / "old" / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(InputError, match="written in layout 99, this Dateline reads layout 1"):
        run(small / "news.jsonl", tmp_path / "old")
    with pytest.raises(InputError, match="written in layout 99"):
        corpus.load(tmp_path / "old")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").write_text("precious")
    with pytest.raises(OutputError, match="holds other files"):
        run(small / "news.jsonl", tmp_path / "mine")
    with pytest.raises(InputError, match="holds no run"):
        corpus.load(tmp_path / "mine")


def test_a_corpus_without_articles(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no article: .*record 1: not JSON"):
        run(write(tmp_path / "news.jsonl", [], "x"), tmp_path / "out")


@pytest.mark.parametrize("name", ["news.jsonl", "news.csv"])
def test_a_corpus_without_records(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("text,title\n" if name.endswith("csv") else "")
    with pytest.raises(InputError, match="holds no article: it is empty"):
        run(tmp_path / name, tmp_path / "out")


def test_a_mistyped_column_does_not_spoil_the_folder(tmp_path: Path) -> None:
    path = write(tmp_path / "news.jsonl", rows(3))
    with pytest.raises(InputError, match="no column 'txet' for the text"):
        run(path, tmp_path / "out", columns={"text": "txet"})
    run(path, tmp_path / "out")
    assert len(corpus.load(tmp_path / "out").articles) == 3


def test_output_that_cannot_be_written(small: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        run(small / "news.jsonl", Path("/proc/dateline"))
    with pytest.raises(OutputError, match="is a file; name a new folder"):
        run(small / "news.jsonl", small / "news.jsonl")


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount a tmpfs")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_full_disk(tiny_disk: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "news.jsonl", rows(90))
    with pytest.raises(OutputError, match="the disk is full; free some space and run the same command again"):
        run(path, tiny_disk / "out")
    assert not (tiny_disk / "out" / "manifest.json").exists()
    assert not list(tiny_disk.rglob("*.partial"))
    subprocess.run(["mount", "-o", "remount,size=64m", str(tiny_disk)], check=True)
    run(path, tiny_disk / "out")
    run(path, tmp_path / "whole")
    assert contents(tiny_disk / "out") == contents(tmp_path / "whole")


def test_a_power_cut_in_a_batch_is_noticed(small: Path, tmp_path: Path) -> None:
    settings = json.loads((small / "out" / "manifest.json").read_text())["settings"]
    from dateline.geo.corpus import batches, readers, sources

    with store.Folder(tmp_path / "out", settings) as folder:
        records = readers.read(sources.find([str(small / "news.jsonl")]), {}, sources.Meter())
        first = next(batches.cut(records, 5))
        (folder.batches / first.name).write_bytes(b"")
    with pytest.raises(OutputError, match="was damaged and is now removed; run the same command again"):
        run(small / "news.jsonl", tmp_path / "out")
    run(small / "news.jsonl", tmp_path / "out")
    assert contents(tmp_path / "out") == contents(small / "out")


def test_a_feed_is_fetched_once(tmp_path: Path) -> None:
    entry = "<item><title>Night</title><description>A strike hit Kyiv, officials said.</description></item>"
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(
                f"<rss version='2.0'><channel><title>AFP {len(asked)}</title>{entry}</channel></rss>".encode()
            )

        def log_message(self, *words: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/feed"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dateline.geo.corpus.runner.finish", _killed)
        with pytest.raises(KeyboardInterrupt):
            corpus.run([url], tmp_path / "out", workers=1, parser=Parser, gazetteer=Gazetteer)
    corpus.run([url], tmp_path / "out", workers=1, parser=Parser, gazetteer=Gazetteer)
    server.shutdown()
    assert asked == ["/feed"]
    article = corpus.load(tmp_path / "out").articles.iloc[0]
    assert (article["title"], article["source"], article["path"]) == ("Night", "AFP 1", f"{url}:1")


def _killed(*words: object) -> None:
    raise KeyboardInterrupt
