"""The desk in a real browser: paste, correct by key and by mouse, reload, two tabs, kill -9."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline import geo
from dateline.geo.corrections import Corrections

pytestmark = pytest.mark.chromium
playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright, which CI installs")
uvicorn = pytest.importorskip("uvicorn", reason="needs dateline[desk]")

from dateline.desk.app import make_app  # noqa: E402
from dateline.desk.journal import Journal  # noqa: E402
from dateline.desk.library import gather  # noqa: E402
from dateline.desk.lookup import Lookup  # noqa: E402
from dateline.desk.session import Session  # noqa: E402

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
SEED = Path(__file__).parent.parent / "seeds" / "000_cd56c94f49b3828d.txt"


class Desk:
    """What ``dateline serve`` runs, in a thread of the tests: the models are loaded once for all of them."""

    def __init__(self, parser: geo.Geoparser, folder: Path, *files: Path) -> None:
        self.corrections = folder / "dateline.corrections.jsonl"
        listener = socket.create_server(("127.0.0.1", 0))
        host = "{}:{}".format(*listener.getsockname())
        self.url = f"http://{host}/?token=secret"
        session = Session(gather([str(file) for file in files]), parser, Journal(self.corrections), "anna")
        app = make_app(session, "secret", {host}, Lookup(parser.gazetteer))
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]})
        self._thread.start()

    def close(self) -> None:
        self._server.should_exit = True  # once it has answered what was asked
        self._thread.join()


class Process:
    """A running ``dateline serve``, which can be killed."""

    def __init__(self, folder: Path, *files: Path) -> None:
        self.corrections = folder / "dateline.corrections.jsonl"
        command = [sys.executable, "-m", "dateline", "serve", "--port", "0", "--no-browser"]
        command += ["--corrections", str(self.corrections), *map(str, files)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.url = next(word for word in self.process.stdout.readline().split() if word.startswith("http"))

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture(scope="module")
def parser() -> geo.Geoparser:
    return geo.Geoparser("default")


@pytest.fixture
def desk(parser: geo.Geoparser, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(parser, tmp_path, SEED)
    yield desk
    desk.close()


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    process = Process(tmp_path, SEED)
    yield process
    process.kill()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: message.type == "error" and problems.append(message.text))
    yield page
    context.close()
    expected = ("409", "400", "net::ERR_")  # refused corrections and files, a killed desk: all are told
    assert not [problem for problem in problems if not any(known in problem for known in expected)]


def open_seed(page: Any, desk: Desk | Process) -> None:
    page.goto(desk.url)
    page.click("ol.articles a")
    page.wait_for_selector("mark")


def focus(page: Any, text: str) -> None:
    page.locator("mark", has_text=text).first.click()


def said(page: Any, words: str) -> None:
    page.wait_for_function("words => document.getElementById('said').textContent.includes(words)", arg=words)


def test_a_place_is_corrected_by_keyboard_and_the_map_follows(page: Any, process: Process) -> None:
    open_seed(page, process)
    page.keyboard.press("j")
    focus(page, "Istanbul")
    page.keyboard.press("/")
    page.keyboard.type("Ankara")
    page.wait_for_selector(".search .candidates button")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said(page, "Put at Ankara")
    page.reload()
    page.wait_for_selector("mark")
    assert "Ankara" in page.locator("mark", has_text="Istanbul").first.get_attribute("aria-label")
    result = geo.geoparse(SEED, corrections=Corrections.read(process.corrections))
    assert set(result.mentions.loc[result.mentions["text"] == "Istanbul", "place"]) == {"Ankara"}


def test_a_mention_is_taken_out_by_mouse_and_brought_back(page: Any, desk: Desk) -> None:
    open_seed(page, desk)
    before = page.locator("mark").count()
    focus(page, "Donbas")
    page.get_by_role("button", name="Not a place").click()
    said(page, "not a place")
    assert page.locator("mark").count() == before - 1
    page.click("#undo")
    said(page, "Undone")
    assert page.locator("mark").count() == before
    page.keyboard.press("r")
    said(page, "Done again")
    assert page.locator("mark").count() == before - 1


def test_an_event_gets_another_type_and_another_place(page: Any, desk: Desk) -> None:
    open_seed(page, desk)
    strike = page.locator("#events li", has_text="airstrike").first
    strike.locator("summary").click()
    strike.get_by_label("Type").select_option("ACCIDENT")
    said(page, "Now ACCIDENT")
    focus(page, "Istanbul")
    strike = page.locator("#events li", has_text="airstrike").first
    strike.get_by_role("button", name="Happened at the selected place").click()
    said(page, "Put at Istanbul")
    result = geo.geoparse(SEED, corrections=Corrections.read(desk.corrections))
    (event,) = result.events[result.events["mode"] == "airstrike"].itertuples()
    assert (event.type, event.place) == ("ACCIDENT", "Istanbul")


def test_missed_words_are_added_by_selecting_them(page: Any, desk: Desk) -> None:
    open_seed(page, desk)
    page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf("car park");
            if (at >= 0) getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + 8);
          }
        }"""
    )
    page.keyboard.press("+")
    said(page, "Added car park")
    assert page.locator("mark", has_text="car park").count() == 1
    line = json.loads(desk.corrections.read_text())
    text = SEED.read_bytes().decode()
    assert text[line["start"] : line["end"]] == "car park"


def test_missed_words_are_added_by_typing_them(page: Any, desk: Desk) -> None:
    open_seed(page, desk)
    page.keyboard.press("+")
    page.keyboard.type("no such words")
    page.keyboard.press("Enter")
    said(page, "does not stand in the text")
    page.fill("#words", "car park")
    page.keyboard.press("Enter")
    said(page, "Added car park")
    assert page.locator("mark[aria-current]").inner_text() == "car park"
    line = json.loads(desk.corrections.read_text())
    assert SEED.read_bytes().decode()[line["start"] : line["end"]] == "car park"


def test_pasted_hostile_text_stays_text(page: Any, desk: Desk) -> None:
    page.goto(desk.url)
    hostile = (
        "<img src=x onerror=\"document.title='hacked'\"> \U0001f600 Shelling hit the city of Kharkiv in Ukraine. "
        "</script><script>document.title='hacked'</script>"
    )
    page.fill("#text", hostile)
    page.click("button[type=submit]")
    page.wait_for_selector("mark")
    assert page.locator("mark", has_text="Kharkiv").first.inner_text() == "Kharkiv"
    assert page.locator("#text img").count() == 0
    assert page.title() != "hacked"


def test_two_tabs_lose_nothing(browser: Any, page: Any, desk: Desk) -> None:
    open_seed(page, desk)
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector("mark")
    focus(page, "Istanbul")
    page.keyboard.press("m")
    said(page, "Stands for a government")
    focus(other, "Donbas")
    other.keyboard.press("x")
    said(other, "has corrected this article meanwhile")
    assert "metonym" in other.locator("mark", has_text="Istanbul").first.get_attribute("aria-label")
    other.get_by_role("button", name="Repeat mine").click()
    said(other, "not a place")
    assert len(desk.corrections.read_text().splitlines()) == 2


def test_kill_9_loses_nothing_that_was_saved(page: Any, process: Process, tmp_path: Path) -> None:
    open_seed(page, process)
    focus(page, "Istanbul")
    page.keyboard.press("m")
    said(page, "Stands for a government")
    process.kill()
    again = Process(tmp_path, SEED)
    open_seed(page, again)
    label = page.locator("mark", has_text="Istanbul").first.get_attribute("aria-label")
    again.kill()
    assert "metonym" in label


def test_a_stopped_desk_is_told_and_what_was_typed_is_kept(page: Any, process: Process) -> None:
    open_seed(page, process)
    focus(page, "Istanbul")
    process.kill()
    page.keyboard.press("m")
    said(page, "is `dateline serve` still running?")
    assert page.get_by_role("button", name="Repeat mine").is_visible()
    assert "literal" in page.locator("mark", has_text="Istanbul").first.get_attribute("aria-label")


def test_a_pin_and_its_radius_are_drawn_with_the_mouse(page: Any, desk: Desk) -> None:
    open_seed(page, desk)
    focus(page, "Istanbul")
    page.get_by_role("button", name="Draw a pin").click()
    chart = page.locator(".small-map")
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + box["height"] / 4, middle[1], steps=4)
    page.mouse.up()
    page.get_by_role("button", name="Put at").click()
    said(page, "Put at your pin")
    place = json.loads(desk.corrections.read_text())["place"]
    assert (round(place["lat"], 1), round(place["lon"], 1)) == (41.0, 28.9)
    assert place["radius_km"] == pytest.approx(28, abs=3)  # a quarter of a view that is one degree high


def test_a_pin_is_drawn_by_keys_alone(page: Any, desk: Desk) -> None:
    open_seed(page, desk)
    focus(page, "Istanbul")
    for key in ("d", "ArrowUp", "ArrowRight", "]", "]", "Enter"):
        page.keyboard.press(key)
    said(page, "Put at your pin")
    place = json.loads(desk.corrections.read_text())["place"]
    assert place["lat"] > 41.02
    assert place["lon"] > 28.98


def test_an_unsure_mention_leads_to_the_next_and_a_checked_article_too(
    page: Any, parser: geo.Geoparser, tmp_path: Path
) -> None:
    texts = ("Police in Springfield met. Police in Georgetown did not.", "Protesters marched in Springfield.")
    for number, words in enumerate(texts):
        (tmp_path / f"{number}.txt").write_text(words)
    desk = Desk(parser, tmp_path, *sorted(tmp_path.glob("*.txt")))
    open_seed(page, desk)
    page.keyboard.press("n")
    first = page.locator("mark[aria-current]").inner_text()
    page.keyboard.press("1")
    page.wait_for_function(
        "first => document.querySelector('mark[aria-current]').textContent !== first", arg=first
    )
    said(page, "Put at")
    before = page.url
    page.keyboard.press("c")
    said(page, "still unsure")
    page.keyboard.press("c")
    page.wait_for_url(lambda url: url != before)
    page.wait_for_selector("mark")
    page.goto(page.url.partition("/article")[0] + "/accuracy")
    assert page.locator("tbody tr").count() == 1
    assert page.locator("tbody td").first.inner_text() == "1"
    desk.close()
    actions = [json.loads(line)["action"] for line in desk.corrections.read_text().splitlines()]
    assert actions == ["place", "checked"]


def test_two_events_are_merged_on_the_page(page: Any, desk: Desk) -> None:
    open_seed(page, desk)
    for number, words in ((0, "Same as another event"), (1, "Merge into this one")):
        page.locator("#events summary").nth(number).click()
        page.locator("#events li").nth(number).get_by_role("button", name=words).click()
    said(page, "Merged")
    assert page.locator("#events li").nth(0).locator(".tag.done").inner_text() == "merged into another report"
    before = geo.geoparse(SEED).events["event_id"].nunique()
    after = geo.geoparse(SEED, corrections=Corrections.read(desk.corrections))
    assert after.events["event_id"].nunique() == before - 1


def test_files_are_dropped_on_the_front_page(page: Any, desk: Desk) -> None:
    page.goto(desk.url)
    page.evaluate(
        """() => {
          const files = new DataTransfer();
          files.items.add(new File(['{"text": "A flood cut power in Odesa."}\\n{"text": "Talks resumed in Geneva."}'], "a.jsonl"));
          files.items.add(new File(["<p>no article</p>"], "b.html"));
          dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
        }"""
    )
    said(page, "2 articles taken; left out: b.html")
    page.reload()
    assert page.locator("ol.articles li").count() == 3


def test_an_event_in_focus_is_shown_on_the_map(page: Any, desk: Desk) -> None:
    open_seed(page, desk)
    page.wait_for_selector("#map iframe")
    chart = page.frame_locator("#map iframe")
    chart.locator("html[data-ready]").wait_for(state="attached")
    page.locator("#events summary").first.focus()
    chart.locator(".dl-marked").first.wait_for(state="attached")
    assert page.locator("mark.linked").count() > 0
    page.locator("mark", has_text="Istanbul").first.hover()
    assert "Istanbul" in page.locator("#events li.linked").first.inner_text()


@pytest.mark.parametrize("width", [1280, 768, 360])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_runs_out_of_the_page(browser: Any, desk: Desk, width: int, scheme: str) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    open_seed(page, desk)
    page.keyboard.press("n")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Any, desk: Desk, scheme: str) -> None:
    if not AXE.exists() and os.environ.get("DATELINE_CI") != "full":
        pytest.skip("needs axe-core: npm install --no-save axe-core@4.10.3")
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page.goto(desk.url)
    assert serious(page) == []
    page.click("ol.articles a")
    page.wait_for_selector("mark")
    focus(page, "Istanbul")
    assert serious(page) == []
    page.close()


def serious(page: Any) -> list[Any]:
    """Return what axe calls serious or worse on the desk's own page; the map in its frame has its own test."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run({exclude: ['iframe']}).then(r => r.violations.map(v => [v.impact, v.id, v.nodes[0].html.slice(0, 200)]))"
    )
    return [one for one in found if one[0] in ("serious", "critical")]
