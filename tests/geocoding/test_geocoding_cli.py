"""The command line: off unless asked for, one file for settings, a cache to look into."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from loopback import Server, article_about

from dateline.errors import InputError
from dateline.geo.geocoding import Fallback, Settings
from dateline.geo.geocoding.cache import default_path
from dateline.geocode_options import make_fallback
from dateline.main import main

ARTICLE = (
    "Kyiv, 14 May 2024. Shelling hit the village of Qwertynivka, near Orikhiv in Ukraine, officials said.\n"
)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder of one's own, with a cache of one's own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_nothing_is_asked_unless_told_to() -> None:
    assert make_fallback({}) is None


def test_the_file_names_the_geocoder_and_the_command_line_comes_first(tmp_path: Path) -> None:
    Path("dateline.toml").write_text(
        '[geocode]\nservice = "nominatim"\nurl = "http://localhost:1"\nbudget = 5\n'
    )
    from_file = make_fallback({})
    assert from_file is not None
    assert (from_file.settings.url, from_file.settings.budget) == ("http://localhost:1", 5)
    both = make_fallback({"url": "http://localhost:2"})
    assert both is not None
    assert (both.settings.url, both.settings.budget) == ("http://localhost:2", 5)
    other = make_fallback({"service": "photon"})
    assert other is not None
    assert other.settings.url == ""  # the file's server is no Photon
    assert make_fallback({"service": "off"}) is None


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--dry-run"], 2, "no geocoder is named"),
        (["--geocode-url", "http://localhost:1"], 2, "no geocoder is named"),
        (["--geocode", "nominatm"], 1, "there is no geocoder 'nominatm'"),
        (["--geocode", "nominatim", "--geocode-url", "localhost"], 1, "write it like http://localhost:8088"),
        (["--geocode", "nominatim", "--geocode-timeout", "0"], 1, "must be a number above 0"),
        (["--geocode", "opencage"], 1, "DATELINE_OPENCAGE_API_KEY"),
        (["--geocode", "pelias"], 1, "--geocode-url"),
    ],
)
def test_a_wrong_call_is_one_sentence(arguments: list[str], code: int, says: str) -> None:
    Path("article.txt").write_text(ARTICLE)
    run = CliRunner().invoke(main, ["export", "article.txt", "-o", "out.geojson", *arguments])
    assert run.exit_code == code
    assert says in run.output
    assert not Path("out.geojson").exists()


def test_a_dry_run_prints_the_questions_and_writes_nothing(server: Server) -> None:
    Path("article.txt").write_text(ARTICLE)
    arguments = ["export", "article.txt", "-o", "out.geojson", "--geocode", "nominatim"]
    run = CliRunner().invoke(main, [*arguments, "--geocode-url", server.url, "--dry-run"])
    assert run.exit_code == 0, run.output
    assert server.paths == []
    assert not Path("out.geojson").exists()


def test_a_dry_run_with_nothing_to_ask_says_so(server: Server) -> None:
    Path("article.txt").write_text("Shelling hit Kharkiv on Monday, officials said.")
    arguments = ["export", "article.txt", "-o", "out.geojson", "--geocode", "nominatim"]
    run = CliRunner().invoke(main, [*arguments, "--geocode-url", server.url, "--dry-run"])
    assert run.exit_code == 0, run.output
    assert "nothing to ask" in run.output


def test_a_dead_geocoder_still_gives_the_file(settings: Settings) -> None:
    Path("article.txt").write_text(ARTICLE)
    arguments = ["export", "article.txt", "-o", "out.geojson", "--geocode", "nominatim"]
    run = CliRunner().invoke(main, [*arguments, "--geocode-url", "http://127.0.0.1:1"])
    assert run.exit_code == 0, run.output
    assert Path("out.geojson").stat().st_size > 0


def test_the_cache_is_described_and_cleared(server: Server) -> None:
    article, resolutions = article_about("Robotyne")
    Fallback(Settings(url=server.url)).fill(article, resolutions)
    assert default_path().exists()
    described = CliRunner().invoke(main, ["cache", "info"]).output
    assert str(default_path()) in described
    assert "1 (0 of them: no such place; 0 expired)" in described
    assert CliRunner().invoke(main, ["cache", "clear"]).exit_code == 0
    assert not default_path().exists()
    assert "0 (0 of them" in CliRunner().invoke(main, ["cache", "info"]).output
    assert CliRunner().invoke(main, ["cache", "clear"]).exit_code == 0


def test_what_is_no_cache_is_named_and_kept() -> None:
    Path("dateline.toml").write_text('[geocode]\nservice = "nominatim"\ncache = "notes.txt"\n')
    Path("notes.txt").write_text("my notes " * 100)
    run = CliRunner().invoke(main, ["cache", "info"])
    assert run.exit_code == 1
    assert "notes.txt is no geocoding cache" in run.output


def test_a_run_of_a_corpus_has_no_dry_run() -> None:
    run = CliRunner().invoke(main, ["run", "x.jsonl", "-o", "out", "--geocode", "nominatim", "--dry-run"])
    assert run.exit_code == 2
    assert "dateline map --dry-run" in run.output


def test_a_key_in_the_file_is_refused() -> None:
    Path("dateline.toml").write_text("[geocode]\nservice = 'google'\n[geocode.options]\napi_key = 'k3y'\n")
    with pytest.raises(InputError, match="DATELINE_GOOGLE_API_KEY") as caught:
        make_fallback({})
    assert "k3y" not in str(caught.value)
