"""How quickly the desk answers in a real browser: a very long article, and a run of very many.

    python -m benchmarks.desk
    python -m benchmarks.desk --articles 10000 --characters 100000

Milliseconds of the clock in headless Chromium (needs Debian's ``chromium``), so run it on an idle machine:
the load average is printed with them.  "First paint" is the browser's own first contentful paint; a
correction is timed from the key to the frame that shows it, and to the desk's answer, which nobody waits for.
The texts are made up here, the same ones each time.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

PLACES = (
    *("Kyiv", "Kharkiv", "Odesa", "Springfield", "Georgetown", "Lviv", "Beirut", "Aleppo", "Tripoli"),
    *("Alexandria", "Cambridge", "Victoria", "Santiago", "San José", "Birmingham", "Hyderabad", "Valencia"),
)
SENTENCES = (
    "Shelling hit {} on Monday, officials in {} said.",
    "Protesters marched in {} after talks in {} had failed.",
    "A flood cut power in {}, and trains to {} stood still.",
    "Police in {} arrested two people who had come from {}.",
)
#: Without a place, so that there are about as many mentions as in the seed article, one in 80 characters.
OTHERS = (
    "Nobody was willing to say more than that, and the telephone was not answered in the evening.",
    "A spokeswoman said that the matter would be looked into before the end of the week.",
    "Prices had risen for the third month in a row, and shops closed early.",
)
#: From a key to the frame that shows a mark in another state.
_SHOWN = """key => new Promise(done => {
  const mark = document.querySelector("mark[aria-current]"), start = mark.dataset.start;
  const before = JSON.stringify({ ...mark.dataset }), begin = performance.now();
  const look = () => {
    const now = document.querySelector(`mark[data-start="${start}"]`);
    if (now && JSON.stringify({ ...now.dataset }) === before) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)));
  };
  mark.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  look();
})"""
# Functions, not expressions: the desk's pages forbid the evaluation of strings.
_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def text(chance: random.Random, characters: int) -> str:
    """Return a text of about so many characters, in paragraphs."""
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < characters:
        some = [chance.choice(SENTENCES).format(*chance.sample(PLACES, 2)) for _ in range(2)]
        paragraphs.append(" ".join([*some, *chance.sample(OTHERS, 2)]))
    return "\n\n".join(paragraphs)


def corpus(path: Path, articles: int) -> None:
    """Write so many short articles as JSON Lines."""
    chance = random.Random(9)
    with path.open("w", encoding="utf-8") as file:
        for number in range(articles):
            row = {"id": f"a{number}", "title": f"Report {number}", "text": text(chance, 400)}
            file.write(json.dumps(row) + "\n")


@contextmanager
def desk(folder: Path, name: Path) -> Iterator[str]:
    """Serve one input; gives the address."""
    command = [sys.executable, "-m", "dateline", "serve", str(name), "--port", "0", "--no-browser"]
    command += ["--corrections", str(folder / f"{name.stem}.corrections.jsonl")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield next(word for word in process.stdout.readline().split() if word.startswith("http"))
    finally:
        process.kill()
        process.wait()


def show(what: str, milliseconds: float, limit: int | None = None) -> None:
    """Print a figure, with the limit of the issue where it has one."""
    print(f"  {what:<46}{milliseconds:>8.0f} ms{f'  (limit {limit})' if limit else ''}")


def first_paint(page: Page, address: str) -> float:
    """Open a page; return when the browser first painted something of it."""
    page.goto(address, wait_until="commit")
    page.wait_for_function(_PAINT)
    return float(page.evaluate(_PAINT))


def open_article(page: Page, address: str) -> None:
    """Open an article, and wait until what was found in it is there."""
    show("article, first paint", first_paint(page, address), 1000)
    page.wait_for_selector("mark", timeout=300_000)
    show("article, places found", page.evaluate("performance.now()"))
    page.wait_for_function("() => !document.querySelector('#said').textContent.startsWith('Looking')")


def corrections(page: Page, keys: str) -> None:
    """Time one correction a key, each on a mention of its own."""
    page.evaluate("document.getElementById('go-on').checked = false")
    for key in keys:
        page.keyboard.press("n")
        page.wait_for_selector("mark[aria-current]")
        begin = time.perf_counter()
        with page.expect_response(lambda answer: answer.request.method == "POST", timeout=120_000):
            shown = page.evaluate(_SHOWN, key)
        show(f"correction '{key}', visible", shown, 200)
        show(f"correction '{key}', answered", 1000 * (time.perf_counter() - begin))


def long_article(page: Page, folder: Path, characters: int) -> None:
    """Time one long article."""
    path = folder / "long.txt"
    path.write_text(text(random.Random(9), characters), encoding="utf-8")
    print(f"an article of {path.stat().st_size:,} bytes")
    with desk(folder, path) as address:
        page.goto(address)
        link = page.locator("ol.articles a").get_attribute("href")
        open_article(page, address.partition("/?")[0] + str(link))
        corrections(page, "mx0")


def many_articles(page: Page, folder: Path, articles: int) -> None:
    """Time a run of many articles."""
    path, run = folder / "many.jsonl", folder / "run"
    corpus(path, articles)
    command = [sys.executable, "-m", "dateline", "run", str(path), "-o", str(run), "--model", "fast", "-q"]
    subprocess.run(command, check=True)
    print(f"a run of {articles:,} articles")
    with desk(folder, run) as address:
        page.goto(address)
        front = address.partition("/?")[0]
        for what, query in (("first page", "/"), ("unsure first", "/?order=unsure"), ("found", "/?q=99")):
            show(f"list, {what}, first paint", first_paint(page, front + query), 1000)
        page.goto(front + "/?order=unsure&page=3")
        link = page.locator("ol.articles a").first.get_attribute("href")
        open_article(page, front + str(link))
        corrections(page, "x0")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--characters", type=int, default=500_000)
    chosen = parser.parse_args()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser: Any = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for work, size in ((long_article, chosen.characters), (many_articles, chosen.articles)):
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            work(context.new_page(), Path(name), size)
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
