"""The command line as a person uses it, and misuses it."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.main import COMMANDS, main

SEED = str(Path(__file__).parent.parent / "seeds" / "000_cd56c94f49b3828d.txt")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_map_writes_a_map_and_prints_a_table(tmp_path: Path) -> None:
    out = run("map", SEED, "-o", str(tmp_path / "map.html"))
    assert out.exit_code == 0, out.output
    assert "airstrike" in out.output
    assert "Kharkiv, UA" in out.output
    assert (tmp_path / "map.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_export_writes_geojson(tmp_path: Path) -> None:
    assert run("export", SEED, "-o", str(tmp_path / "events.geojson"), "-q").exit_code == 0
    assert '"FeatureCollection"' in (tmp_path / "events.geojson").read_text(encoding="utf-8")


def test_same_input_same_bytes(tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        assert run("map", SEED, "-q", "-o", str(tmp_path / name)).exit_code == 0
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["map", "nowhere.txt", "-o", "{tmp}/map.html"], 1, "nowhere.txt: no such file"),
        (["embed", "nowhere.html"], 1, "nowhere.html: No such file"),
        (
            ["map", SEED, "-o", "{tmp}/map.html", "--corrections", "{tmp}/c.jsonl"],
            1,
            "'dateline serve' makes it",
        ),
        (["map", "{tmp}/two.csv", "-o", "{tmp}/map.html"], 1, "two.csv -o OUT', then give OUT"),
        (["map", SEED, "-o", "{tmp}/map.html", "--worldview", "mars"], 2, "'un', 'de-facto'"),
        (["map", SEED, "-o", "{tmp}/map.html", "--language", "xx"], 2, "choose one of ar, en"),
        (["map", SEED, "-o", "{tmp}/map.html", "--basemap", "foo"], 2, "no basemap 'foo'"),
        (["map", SEED, "-o", "{tmp}/map.html", "--country", "Nigera"], 2, "did you mean Nigeria (NG)"),
        (["place", "Kyiv", "--country", "Ukrane"], 2, "did you mean Ukraine (UA)"),
        (
            ["map", SEED, "-o", "{tmp}/map.html", "--since", "2026-04-01", "--until", "2026-03-01"],
            2,
            "--since 2026-04-01 is after --until 2026-03-01",
        ),
        (["map", "{tmp}/*.md", "-o", "{tmp}/map.html"], 1, "no such file"),
        (["map", SEED, "-o", "{tmp}/map.xyz"], 2, "unknown extension '.xyz'"),
        (["map", SEED, "-o", "{tmp}/map.geojson"], 2, "'dateline export' writes .geojson"),
        (["export", SEED, "-o", "{tmp}/map.html"], 2, "'dateline map' writes .html"),
        (["map", SEED, "-o", "{tmp}/no/such/map.html"], 1, "does not exist"),
        (["map", SEED], 2, "Missing option"),
        (["map", "{tmp}/empty.txt", "-o", "{tmp}/map.html"], 1, "is empty"),
        (["map", "{tmp}/binary.txt", "-o", "{tmp}/map.html"], 1, "binary"),
        (["map", SEED, "-o", "{tmp}/map.html", "--model", "psychic"], 2, "psychic"),
        (["nonsense"], 2, "No such command"),
        (["gazetter", "info"], 2, "Did you mean gazetteer?"),
    ],
)
def test_what_goes_wrong_is_said_in_one_sentence(
    tmp_path: Path, arguments: list[str], code: int, message: str
) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "two.csv").write_text("text,date\nA bomb went off in Karachi on Monday.,2026-03-10\n")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 10)
    out = run(*(argument.format(tmp=tmp_path) for argument in arguments))
    assert out.exit_code == code
    assert message in out.output
    assert "Traceback" not in out.output
    assert not list(tmp_path.glob("map*"))


def test_one_bad_article_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"")
    out = run("map", SEED, str(tmp_path / "bad.txt"), "-o", str(tmp_path / "map.html"))
    assert out.exit_code == 1
    assert "left out: " in out.output
    assert "bad.txt: is empty" in out.output
    assert (tmp_path / "map.html").exists()


def test_an_article_without_places_gives_an_empty_map(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The cat sat on the mat and thought of nothing in particular.")
    out = run("map", str(tmp_path / "a.txt"), "-o", str(tmp_path / "map.html"))
    assert out.exit_code == 0, out.output
    assert "0 events" in out.output


def test_a_megabyte_is_read(tmp_path: Path) -> None:
    told = "On Monday shelling hit Kupiansk, and the council met in Izium without a word on the matter.\n"
    quiet = "Nothing else was heard that evening, and the night was as quiet as the ones before it.\n"
    page = told + 100 * quiet
    (tmp_path / "long.txt").write_text(page * (1_000_000 // len(page)))
    out = run("map", str(tmp_path / "long.txt"), "-q", "--model", "fast", "-o", str(tmp_path / "map.html"))
    assert out.exit_code == 0, out.output


def test_the_old_map_survives_an_unwritable_folder(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    (tmp_path / "map.html").write_text("old")
    tmp_path.chmod(0o500)
    out = run("map", SEED, "-o", str(tmp_path / "map.html"))
    tmp_path.chmod(0o700)
    assert out.exit_code == 1
    assert "no permission" in out.output
    assert (tmp_path / "map.html").read_text() == "old"


def test_hostile_text_does_not_reach_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Shelling\x1b[2J\x07 hit Kharkiv\u202e on Monday, 24 January 2022.")
    out = run("map", str(tmp_path / "a.txt"), "-o", str(tmp_path / "map.html"))
    assert "\x1b" not in out.output
    assert "\u202e" not in out.output


def test_of_other_languages_the_summary_says_why_nothing_is_pinned(tmp_path: Path) -> None:
    text = (
        "La policía informó que un hombre murió en Arequipa y que otros dos resultaron heridos en Ayacucho."
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    out = run("map", str(tmp_path / "a.txt"), "-o", str(tmp_path / "map.html"))
    assert "Nothing to pin; events are read in English only." in out.output


def test_a_country_may_be_given_by_name(tmp_path: Path) -> None:
    for name in ("AE", "united arab emirates", "UAE"):
        assert run("export", SEED, "-o", str(tmp_path / "e.csv"), "--country", name).exit_code == 0
        rows = list(csv.DictReader((tmp_path / "e.csv").open(encoding="utf-8-sig")))
        assert {row["country"] for row in rows} == {"AE"}
    assert "Kyiv" in run("place", "Kyiv", "--country", "Ukraine").output


def test_a_spelling_says_that_it_is_one() -> None:
    assert "exact (spelling)  Chernihiv" in run("place", "Chernigiv").output
    assert "exact  Chernihiv" in run("place", "Chernihiv").output


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help(name: str) -> None:
    out = run(name, "--help")
    assert out.exit_code == 0
    assert out.output.startswith("Usage:")


def test_version_says_what_a_bug_report_needs() -> None:
    assert run("--version").output.startswith("dateline ")
    told = run("--version", "--verbose").output
    for part in ("python ", "gazetteer ", "geopandas "):
        assert part in told


def test_help_loads_no_heavy_library() -> None:
    code = "import sys; from dateline.main import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for heavy in ("numpy", "pandas", "geopandas", "folium", "onnxruntime", "matplotlib", "dask", "torch"):
        assert f" {heavy} " not in loaded


def test_a_type_that_does_not_exist_is_named_with_what_is_like_it(tmp_path: Path) -> None:
    out = run("map", SEED, "-o", str(tmp_path / "map.html"), "--type", "talk", "--type", "AIRSTRIKE")
    assert out.exit_code == 0
    assert "'talk' is no type or mode of Dateline's own; did you mean talks" in out.output
    assert "AIRSTRIKE" not in out.output


def test_numpy_is_kept_to_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its threads would only wait: a thread for each core, at full speed."""
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    CliRunner().invoke(main, ["place", "Kyiv"])
    assert os.environ.pop("OPENBLAS_NUM_THREADS") == "1"
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    CliRunner().invoke(main, ["place", "Kyiv"])
    assert os.environ["OPENBLAS_NUM_THREADS"] == "3"
