"""Maps within other documents: sandboxed, titled, and with alt text everywhere."""

from __future__ import annotations

import re
import shutil
import sys
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

from dateline import maps
from dateline.errors import InputError
from dateline.geo.result import Result
from dateline.main import main
from dateline.maps.snippet import embed, html_title, markdown, stored_alt
from tests import frames, hostile

PAGE = '<!doctype html><html><head><title>Strikes &amp; talks</title></head><body>\n\n<p id="a">x</p></body></html>'


class Tags(HTMLParser):
    """Collects tags with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_a_map_becomes_a_sandboxed_frame_in_a_figure():
    snippet = embed(PAGE, height=480)
    tags = Tags(snippet).found
    assert [tag for tag, _ in tags] == ["figure", "iframe", "figcaption"]
    frame = tags[1][1]
    assert frame["srcdoc"] == PAGE
    assert frame["title"] == "Strikes & talks"
    assert frame["loading"] == "lazy"
    assert "allow-same-origin" not in frame["sandbox"]
    assert "height:480px" in frame["style"]
    assert ">Strikes &amp; talks</figcaption>" in snippet
    assert snippet.count("\n") == 1  # a blank line would end the block in Markdown


def test_a_data_uri_carries_the_same_map():
    import base64

    frame = Tags(embed(PAGE, data_uri=True)).found[1][1]
    head, _, body = frame["src"].partition(",")
    assert head == "data:text/html;charset=utf-8;base64"
    assert base64.b64decode(body).decode() == PAGE


@pytest.mark.parametrize("text", hostile.PAYLOADS)
def test_no_text_leaves_its_attribute(text):
    page = f"<html><head><title>x</title></head>{text}</html>"
    for data_uri in (False, True):
        tags = Tags(embed(page, title=text, caption=text, data_uri=data_uri)).found
        assert [tag for tag, _ in tags] == ["figure", "iframe", "figcaption"]
        assert set(tags[1][1]) == {
            *("title", "loading", "sandbox", "referrerpolicy", "allow", "style"),
            "src" if data_uri else "srcdoc",
        }


def test_the_title_is_the_first_one():
    assert html_title("<title>a\n b</title><svg><title>c</title></svg>") == "a b"
    assert html_title("<p>none</p>") == ""


@pytest.mark.parametrize("extension", [".png", ".svg"])
def test_markdown_shows_a_figure_with_its_own_alt_text(tmp_path, extension):
    picture = maps.figure(frames.seed(), tmp_path / f"map{extension}")
    assert stored_alt(picture) == maps.alt_text(frames.seed())
    text = markdown(picture, link="map.html")
    assert text.startswith("[![Map of Ukraine, the United Arab Emirates and Turkey")
    assert text.endswith(f"]({picture})](map.html)\n")


def test_markdown_escapes_what_markdown_reads():
    text = markdown("a (b).png", alt="![x](javascript:1) <img> `c` *d*\n\n# e")
    assert text == "![\\!\\[x\\](javascript:1) \\<img\\> \\`c\\` \\*d\\* # e](a%20%28b%29.png)\n"


def test_a_picture_from_elsewhere_is_refused(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(InputError, match="holds no alt text"):
        markdown(tmp_path / "a.png")


def test_a_notebook_gets_the_map_and_its_alt_text():
    html = maps.repr_html(frames.seed())
    assert Tags(html).found[1][0] == "iframe"
    assert maps.alt_text(frames.seed()) in html


def test_a_notebook_gets_a_picture_when_the_map_is_too_large(monkeypatch):
    monkeypatch.setattr("dateline.maps.snippet._LARGEST", 1000)
    ((tag, attributes),) = Tags(maps.repr_html(frames.seed())).found
    assert tag == "img"
    assert attributes["alt"] == maps.alt_text(frames.seed())
    assert attributes["src"].startswith("data:image/png;base64,")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert maps.repr_html(frames.seed()) == f"<p>{maps.alt_text(frames.seed())}</p>"


def test_a_result_shows_itself_in_a_notebook(monkeypatch):
    made = frames.seed()
    result = Result(made.events, made.places, made.mentions, made.articles)
    assert Tags(result._repr_html_()).found[1][0] == "iframe"
    assert result._repr_png_().startswith(b"\x89PNG")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert result._repr_png_() is None


# --- the command ----------------------------------------------------------------------------------------


def run(*arguments):
    return CliRunner().invoke(main, ["embed", *map(str, arguments)])


def test_the_command_prints_or_writes_the_snippet(tmp_path):
    (tmp_path / "map.html").write_text(PAGE)
    printed = run(tmp_path / "map.html", "--height", "300")
    assert printed.exit_code == 0
    assert printed.output == embed(PAGE, height=300)
    written = run(tmp_path / "map.html", "--data-uri", "-o", tmp_path / "snippet.html")
    assert (written.exit_code, written.output) == (0, "")
    assert (tmp_path / "snippet.html").read_text() == embed(PAGE, data_uri=True)


def test_the_command_names_what_is_wrong(tmp_path):
    missing = run(tmp_path / "none.html")
    assert missing.exit_code == 1
    assert re.search(r"cannot read .*none\.html: No such file", missing.output)
    (tmp_path / "a.html").write_bytes(b"\xff\xfe")
    assert "not in UTF-8" in run(tmp_path / "a.html").output
    assert run(tmp_path / "a.docx").exit_code == 2


# --- a browser ------------------------------------------------------------------------------------------


@pytest.mark.chromium
@pytest.mark.parametrize("data_uri", [False, True])
def test_chromium_runs_an_embedded_map_apart_from_its_page(tmp_path, data_uri):
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright, which CI installs")
    page = tmp_path / "report.html"
    snippet = embed(maps.to_html(frames.seed()), height=500, data_uri=data_uri)
    page.write_text(f"<!doctype html><meta charset=utf-8><p>Report</p>{snippet}", encoding="utf-8")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 900, "height": 700})
        tab.goto(page.as_uri())
        inside = tab.frame_locator("iframe")
        inside.get_by_text("Kharkiv").first.wait_for()
        (frame,) = tab.frames[1:]
        assert frame.evaluate("self.origin") == "null"
        with pytest.raises(playwright.Error, match="SecurityError"):
            frame.evaluate("parent.document.title")
        browser.close()
