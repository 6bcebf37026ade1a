"""A corpus from the command line: run it, then map and export what is wanted of it."""

import json
import subprocess
import sys
from pathlib import Path

import geopandas as gpd
import pytest
from click.testing import CliRunner, Result

from dateline.main import main

SEED = next((Path(__file__).parent.parent / "seeds").glob("*.txt"))


def dateline(*words: object) -> Result:
    """Run a command in this process, which has imported what it needs already."""
    done = CliRunner().invoke(main, [*map(str, words)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seed article twice, under two mastheads."""
    folder = tmp_path_factory.mktemp("run")
    text = SEED.read_text(encoding="utf-8")
    rows = [{"body": text, "publisher": name, "published": "2026-01-25"} for name in ("AFP", "ETV")]
    (folder / "news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + "oops\n")
    command = [sys.executable, "-m", "dateline", "run", "news.jsonl", "-o", "news", "--workers", "1"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "text in 'body', date in 'published', source in 'publisher'" in done.stderr
    assert "2 articles (1 reprint among them)" in done.stdout
    assert "Records left out: 1;" in done.stdout
    return folder


def test_export_takes_the_folder_and_filters(folder: Path, tmp_path: Path) -> None:
    every, ukraine, twice = (tmp_path / f"{name}.geojson" for name in ("every", "ukraine", "twice"))
    for path, words in (
        (every, []),
        (ukraine, ["--country", "UA", "--min-confidence", 0.5]),
        (twice, ["--reprints"]),
    ):
        done = dateline("export", folder / "news", "-o", path, *words)
        assert done.exit_code == 0, done.output
    events = gpd.read_file(every)
    assert set(gpd.read_file(ukraine)["country"]) == {"UA"}
    assert len(gpd.read_file(twice)) == 2 * len(events)
    assert set(events["reports"]) == {2}
    assert set(events["sources"]) == {"AFP; ETV"}


def test_files_are_filtered_like_folders(folder: Path, tmp_path: Path) -> None:
    words = ["--country", "UA", "--since", "2026-01-20", "--until", "2026-01-31"]
    for name, source in (("file", SEED), ("folder", folder / "news")):
        assert dateline("export", source, "-o", tmp_path / f"{name}.geojson", *words).exit_code == 0
    file, stored = (gpd.read_file(tmp_path / f"{name}.geojson") for name in ("file", "folder"))
    assert file["place"].tolist() == stored["place"].tolist() != []


@pytest.mark.parametrize("how", ["grid", "admin1"])
def test_map_counts_events_by_area(folder: Path, tmp_path: Path, how: str) -> None:
    done = dateline("map", folder / "news", "-o", tmp_path / "map.html", "--aggregate", how)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "map.html").stat().st_size > 100_000
    assert "events counted by" in done.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "missing.jsonl", "-o", "out"], "missing.jsonl: no such file or folder"),
        (["run", SEED, "-o", "out", "--column", "day=x"], "write FIELD=NAME"),
        (["run", SEED, "-o", "out", "--workers", "0"], "--workers"),
        (["map", SEED, "-o", "x.html", "--bbox", "1,2,3"], "write west,south,east,north"),
        (["map", SEED, "-o", "x.html", "--since", "soon"], "--since"),
        (["map", Path(__file__).parent, "-o", "x.html"], "holds no run; name its files"),
    ],
)
def test_bad_usage_is_said_in_words(
    words: list[object], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = dateline(*words)
    assert done.exit_code in (1, 2)
    assert said in done.output
    assert "Traceback" not in done.output
    assert not list(tmp_path.iterdir())


def test_a_missing_file_is_named_with_exit_code_1(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["run", "nowhere.txt", "-o", str(tmp_path / "out")])
    assert (done.exit_code, "nowhere.txt: no such file" in done.output) == (1, True)
