"""The HTML map in a real browser: it works with the network off, with the keyboard, and runs no article text."""

import dataclasses
import datetime as dt
import os
import re
from pathlib import Path

import pytest

from dateline import maps
from tests import frames, hostile

sync_api = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.chromium

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
DESK, TABLET, PHONE, SMALLEST = (1280, 800), (768, 1024), (360, 740), (320, 640)


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def show(browser, tmp_path):
    """Write a result, open it with the network off and return the page, once it is ready and without a complaint."""
    opened = []

    def _show(result, hash="", *, size=DESK, bypass_csp=False, scheme="light", **options):
        path = maps.save(result, tmp_path / "map.html", **options)
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            offline=True,
            bypass_csp=bypass_csp,
            color_scheme=scheme,
        )
        page = context.new_page()
        page.complaints = []
        page.asked = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (page.complaints.append(dialog.message), dialog.dismiss()))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(f"{path.as_uri()}{hash}")
        page.wait_for_selector("html[data-ready]")
        opened.append((context, page))
        return page

    yield _show
    for context, page in opened:
        assert page.complaints == []
        assert [url for url in page.asked if not url.startswith(("file:", "data:", "about:"))] == []
        context.close()


def pins(page):
    return page.locator(".dl-pin")


def shown(page):
    return page.inner_text("#dl-count")


def test_without_an_event_to_pin_the_places_named_are_dots(show):
    seed = frames.seed()
    page = show(dataclasses.replace(seed, events=seed.events.iloc[:0]))
    assert pins(page).count() == 0
    assert page.locator(".dl-dot-places").count() == len(seed.places)
    assert "The dots are places named" in page.inner_text("#dl-list")
    page = show(seed)
    assert page.locator(".dl-dot-places").count() == 0
    assert "dots" not in page.inner_text("#dl-list")


def test_the_seed_article_is_a_map_with_a_list(show):
    page = show(frames.seed())
    assert page.inner_text("h1") == "US Says Russia, Ukraine Took 'Big Step', Will Meet Again Next Week"
    assert shown(page) == "9 events · 1 article"  # ten rows: one event has two places
    labels = pins(page).evaluate_all("pins => pins.map(pin => pin.getAttribute('aria-label'))")
    assert "Kharkiv: Attack: 1" in labels
    assert "Chernihiv: Disruption: 1, Uncertain" in labels
    assert page.locator(".dl-pill span").all_text_contents() == ["Ukraine", "Donbas"]
    assert page.locator("path.dl-area").count() == 1
    assert page.locator("path.dl-country").count() == 1
    assert "Not on the map (1)" in page.inner_text("#dl-list")
    assert "GeoNames" in page.inner_text(".dl-credit")


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_names_of_layers_stand_whole_on_one_line(show, size):
    page = show(frames.seed(), size=size)
    page.evaluate("document.querySelector('.dl-filters').open = true")
    lines = page.locator("#dl-layers label > span").evaluate_all(
        "names => names.map(name => [name.textContent, name.scrollHeight <= 20, name.scrollWidth <= name.clientWidth])"
    )
    assert ["Regions and countries", True, True] in lines
    assert all(line[1:] == [True, True] for line in lines)


def test_a_pop_up_says_what_is_known_and_how_surely(show):
    page = show(frames.seed())
    page.get_by_role("button", name="Chernihiv: Disruption").click()
    card = page.inner_text(".leaflet-popup")
    assert "Uncertain: it may have been elsewhere or otherwise (43 %)" in card
    assert "It could also be Chernihiv Oblast, UA (30 %)." in card
    assert "at least 1,000,000 affected" in card
    assert page.locator(".leaflet-popup mark").inner_text() == "Chernigiv"
    assert (
        page.locator(".dl-item.dl-marked .dl-place").inner_text() == "Kyiv, Kyiv City; Chernihiv (Uncertain)"
    )


def test_list_and_map_point_at_each_other(show):
    page = show(frames.seed())
    item = page.locator(".dl-item", has_text="paramedic")
    item.hover()
    assert page.locator(".dl-pin.dl-marked").get_attribute("aria-label") == "Kharkiv: Attack: 1"
    item.click()
    assert "Kharkiv" in page.inner_text(".leaflet-popup")


def test_legend_search_and_time_filter(show):
    page = show(frames.seed())
    page.locator("#dl-types label", has_text="Attack").click()
    assert "7 of 9 shown" in shown(page)
    page.get_by_role("button", name="Reset filters").click()
    page.get_by_role("searchbox").fill("abu dhabi peace")
    sync_api.expect(page.locator("#dl-count")).to_contain_text("1 of 9 shown")
    page.get_by_role("button", name="Reset filters").click()
    page.get_by_role("slider", name="From").press("End")
    assert "3 of 9 shown" in shown(page)  # the talks of 1 February and two without a date
    page.locator("#dl-undated").uncheck()
    assert "1 of 9 shown" in shown(page)


def test_play_walks_through_time_and_stops(show):
    page = show(frames.seed())
    page.clock.install()  # time passes as the test says
    page.get_by_role("button", name="Play").click()
    assert page.get_by_role("button", name="Pause").count() == 1
    page.clock.run_for(30_000)
    assert page.get_by_role("button", name="Play").count() == 1
    assert shown(page).startswith("9 events")


def test_a_link_brings_back_view_filters_and_pop_up(show):
    page = show(frames.seed(), "#m=6/49/33&q=drone&e=nothing")
    assert page.get_by_role("searchbox").input_value() == "drone"
    page.get_by_role("searchbox").fill("")
    sync_api.expect(page.locator("#dl-count")).to_have_text("9 events · 1 article")
    page.get_by_role("button", name="Kharkiv").first.click()
    assert "e=cd56c94f49b3828d%3Ae1" in page.evaluate("location.hash")
    assert re.search(r"m=6%2F\d+", page.evaluate("location.hash"))


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with policy", "without"])
def test_no_article_text_runs(show, bypass_csp):
    """Every pin, item and card is opened; the second run shows that the policy is not what holds."""
    page = show(hostile.result(), title=hostile.HTML[1], bypass_csp=bypass_csp)
    assert pins(page).count() > 60
    page.evaluate("document.querySelectorAll('.dl-pin').forEach(pin => pin.click())")
    page.evaluate("document.querySelectorAll('button.dl-item').forEach(item => item.click())")
    page.evaluate("document.querySelectorAll('#dl-types input').forEach(box => box.click())")
    page.evaluate("document.querySelectorAll('#dl-layers input').forEach(box => box.click())")
    page.get_by_role("searchbox").fill("<img src=x onerror=window.pwned=1>")
    page.wait_for_timeout(400)
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("({}).pwned") is None
    assert page.locator("#dateline :is(img, iframe, object, embed, form, base, style, script)").count() == 0


def test_no_article_text_runs_on_a_map_of_counts(show):
    made = hostile.result()
    made.events["precision"] = "admin1"
    made.events["n_events"] = 3
    made.places["geometry"] = made.places.geometry.buffer(0.4)
    page = show(made, bypass_csp=True)
    assert page.locator(".dl-shade").count() > 60
    page.evaluate("document.querySelectorAll('.dl-rank').forEach(item => item.click())")
    page.evaluate(
        "document.querySelectorAll('.dl-shade').forEach(area => area.dispatchEvent(new MouseEvent('mouseover')))"
    )
    assert page.evaluate("window.pwned") is None
    assert page.locator("#dateline :is(img, iframe, object, embed, form, base, style, script)").count() == 0


def test_only_web_addresses_become_links(show):
    urls = [*hostile.LINKS, "https://news.example/story?a=1&b=2"]
    page = show(frames.result([frames.event(k, lon=k, url=url) for k, url in enumerate(urls)]))
    found = []
    for item in page.locator("button.dl-item").all():
        item.click()
        found += page.locator(".leaflet-popup a[target]").evaluate_all(
            "links => links.map(link => link.href)"
        )
    assert found == ["https://news.example/story?a=1&b=2"]


def _edge(name):
    event = frames.event
    return {
        "nothing": [],
        "one": [event()],
        "one point": [event(k) for k in range(300)],
        "antimeridian": [event(1, lon=179.5, lat=-17), event(2, lon=-179.5, lat=-17)],
        "poles": [event(1, lon=0, lat=90), event(2, lon=0, lat=-90)],
        "200 categories": [event(k, lon=k / 10, type=f"KIND_{k}") for k in range(200)],
        "no numbers": [
            event(1, lon=float("nan"), lat=1, confidence=float("nan"), radius_km=float("inf")),
            event(2, lon=None),
        ],
        "half dated": [
            event(1),
            event(2, start="2026-01-24"),
            event(3, end="2026-02-24"),
            event(4, start="1200-01-01"),
        ],
    }[name]


@pytest.mark.parametrize(
    ("name", "located"),
    [
        *(("nothing", 0), ("one", 1), ("one point", 300), ("antimeridian", 2), ("poles", 2)),
        *(("200 categories", 200), ("no numbers", 0), ("half dated", 4)),
    ],
)
def test_odd_results_give_a_sensible_map(show, name, located):
    events = _edge(name)
    page = show(frames.result(events))
    assert shown(page).startswith(f"{len(events):,} event")
    assert page.locator("button.dl-item").count() == min(located, 120)
    assert (pins(page).count() > 0) == (located > 0)
    if located:
        assert any(pin.bounding_box()["x"] > 350 for pin in pins(page).all())
    if name == "antimeridian":
        assert page.evaluate("map_dateline.getZoom()") >= 5  # side by side, not at both edges of the world
        assert abs(abs(page.evaluate("map_dateline.getCenter().lng")) - 180) < 1


def test_no_pin_covers_another_however_many_there_are(show):
    """Of two pins that would, the weightier one stands for both, at its own place."""
    page = show(frames.many(3000, places=900))
    boxes = [pin.bounding_box() for pin in page.locator(".dl-ring").all()]
    middles = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes]
    apart = [
        ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5
        for k, (x1, y1) in enumerate(middles)
        for x2, y2 in middles[:k]
    ]
    assert len(apart) > 100
    assert min(apart) > 52


@pytest.mark.parametrize("size", [DESK, PHONE], ids=str)
def test_no_ring_covers_another(show, size):
    page = show(frames.many(240, places=120), size=size)
    rings = page.locator(".dl-ring").evaluate_all(
        "rings => rings.map(ring => ring.getBoundingClientRect()).map(box => [box.x + box.width / 2, box.y + box.height / 2, box.width])"
    )
    assert len(rings) > 2
    for k, (x, y, width) in enumerate(rings):
        for other_x, other_y, other in rings[:k]:
            assert ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5 >= (width + other) / 2


def test_a_ring_is_named_by_what_its_places_share(show):
    """Few places by the first, many by their unit or country, several countries by the two with most events."""
    towns = [("Lviv", 24.0, 49.8), ("Stryi", 23.9, 49.3), ("Lutsk", 25.3, 50.7), ("Rivne", 26.2, 50.6)]

    def titles(places):
        rows = [
            frames.event(k, name, lon, lat, country=country, place_id=name)
            for k, (name, lon, lat, country) in enumerate(places)
        ]
        page = show(frames.result(rows), "#m=2/50/24")
        return pins(page).evaluate_all("pins => pins.map(pin => pin.title.split(':')[0])")

    assert titles([(*town, "UA") for town in towns[:2]]) == ["Lviv +1"]
    assert titles([(*town, "UA") for town in towns]) == ["Ukraine"]
    assert titles([*((*town, "UA") for town in towns[:2]), ("Lublin", 22.6, 51.2, "PL")]) == [
        "Ukraine, Poland"
    ]


def test_the_time_bar_spans_the_news_and_counts_what_lies_beyond(show):
    """Background and plans stand after the news in the list, and at the ends of the bar."""
    rows = [
        frames.event(1, quote="Past.", start="1953-01-31", status="background"),
        frames.event(2, quote="First.", start="2026-01-08"),
        frames.event(3, quote="Last.", start="2026-01-11"),
        frames.event(4, quote="Undated."),
        frames.event(5, quote="Soon.", start="2026-03-01", status="planned"),
    ]
    page = show(frames.result(rows))
    assert page.inner_text("#dl-from-text") == "1 earlier · Jan 8, 2026"
    assert page.inner_text("#dl-to-text") == "Jan 11, 2026 · 1 later"
    assert page.locator("#dl-list .dl-said").all_text_contents() == [
        "First.",
        "Last.",
        "Undated.",
        "Soon.",
        "Past.",
    ]
    assert page.locator("#dl-list h3").all_text_contents()[-2:] == [
        "Planned · Mar 1, 2026",
        "Background · Jan 31, 1953",
    ]
    page.get_by_role("slider", name="From").press("ArrowRight")
    assert "4 of 5 shown" in shown(page)
    assert page.inner_text("#dl-from-text") == "Jan 8, 2026"


def test_legend_counts_stand_beside_their_label(show):
    page = show(frames.result([frames.event(k, type="DISASTER") for k in range(1200)] + [frames.event(9999)]))
    boxes = page.locator("#dl-types label").evaluate_all(
        "labels => labels.map(label => [label.querySelector('b').offsetTop + label.querySelector('b').offsetHeight / 2, label.offsetTop + label.offsetHeight / 2])"
    )
    assert all(abs(number - label) <= 2 for number, label in boxes)


def test_an_event_with_several_places_is_one_event(show):
    """Rows are not events: the header, legend, histogram, pins and list count the event once; one is no ring."""
    kyiv = frames.event(1, "Kyiv", 30.52, 50.45, start="2026-01-24")
    brovary = {**kyiv, "id": "a1:e1/2", "place": "Brovary", "geometry": frames.Point(30.79, 50.51)}
    page = show(frames.result([kyiv, brovary]), "#m=3/50/30")
    assert shown(page).startswith("1 event ")
    assert page.locator("#dl-types .dl-number").all_text_contents() == ["1"]
    assert page.locator(".dl-ring").count() == 0
    assert pins(page).evaluate_all("pins => pins.map(pin => pin.title)") == ["Kyiv +1: Attack: 1"]
    assert page.locator("button.dl-item .dl-place").all_text_contents() == ["Kyiv; Brovary"]
    page.locator("button.dl-item").click()
    assert "Also in\nBrovary" in page.inner_text(".leaflet-popup")


def test_counts_are_shaded_areas_with_a_legend_and_a_ranking(show):
    page = show(frames.counted())
    assert shown(page).startswith("1,050 events")
    classes = page.locator(".dl-shade").evaluate_all("areas => areas.map(area => area.classList[1])")
    assert classes == ["dl-shade-5", "dl-shade-3", "dl-shade-1"]
    assert page.locator(".dl-classes > span").all_text_contents() == ["3–19", "20–999", "1,000+"]
    assert page.locator(".dl-rank .dl-place").all_text_contents()[:2] == ["Area 0, UA", "Area 1, UA"]
    assert pins(page).evaluate_all("pins => pins.map(pin => pin.title)") == ["Poland: Attack: 7"]
    assert not page.locator("#dl-time").is_visible()
    page.locator(".dl-rank").first.click()
    assert "1,000 events" in page.inner_text(".leaflet-popup")
    page.locator("#dl-types label", has_text="Attack").click()
    assert page.locator(".dl-shade").count() == 1  # the area with aid


def test_rings_share_out_exactly_the_events_they_count(show):
    page = show(frames.many(3000, places=900))
    for _ in range(3):
        rings = page.locator(".dl-ring").evaluate_all("rings => rings.map(ring => ring.style.background)")
        assert rings
        for ring in rings:
            assert float(re.findall(r"([\d.]+)%", ring)[-1]) == pytest.approx(100, abs=0.01)
        page.get_by_role("button", name="Zoom in").click()
        page.wait_for_timeout(400)


def test_many_events_at_one_place_are_turned_like_pages(show):
    page = show(frames.result([frames.event(k, quote=f"Report number {k}.") for k in range(3)]))
    pins(page).first.click()
    assert "1 of 3" in page.inner_text(".leaflet-popup")
    page.get_by_role("button", name="Next").click()
    assert "Report number 1." in page.inner_text(".leaflet-popup")


@pytest.mark.parametrize("language", ["uk", "fr", "ar"])
def test_the_interface_speaks_other_languages(show, language):
    page = show(frames.seed(), language=language)
    assert page.get_attribute("html", "dir") == ("rtl" if language == "ar" else "ltr")
    assert "Filters" not in page.inner_text("#dl-panel")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_right_to_left_text_is_set_right_to_left(show):
    page = show(frames.result([frames.event(quote="هجوم على مدينة غزة، قال مسؤولون.", place="غزة")]))
    pins(page).first.click()
    direction = "node => getComputedStyle(node).direction"
    assert page.locator(".leaflet-popup blockquote").evaluate(direction) == "rtl"


@pytest.mark.parametrize("size", [TABLET, PHONE, SMALLEST], ids=str)
def test_nothing_sticks_out_on_small_screens(show, size):
    page = show(frames.seed(), "#m=6/50/36", size=size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.get_by_role("button", name="Kharkiv: Attack").click()
    page.wait_for_timeout(400)
    box = page.locator(".leaflet-popup").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]


def test_the_keyboard_reaches_pins_and_pop_ups(show):
    page = show(frames.seed())
    page.get_by_role("button", name="Kharkiv: Attack").focus()
    page.keyboard.press("Enter")
    assert page.get_by_role("dialog").count() == 1
    assert page.evaluate("document.activeElement.className").startswith("leaflet-popup-content")
    page.keyboard.press("Escape")
    sync_api.expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Kharkiv: Attack: 1"


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (DESK, "dark"), (PHONE, "light")], ids=str)
def test_axe_finds_nothing_serious(show, size, scheme):
    if not AXE.exists() and os.environ.get("DATELINE_CI") != "full":
        pytest.skip("needs axe-core: npm install --no-save axe-core@4.10.3")
    page = show(frames.seed(), "#m=6/50/36", size=size, scheme=scheme, bypass_csp=True)
    page.get_by_role("button", name="Kharkiv: Attack").dispatch_event("click")
    page.wait_for_timeout(500)  # a pop-up that fades in has no contrast yet
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "axe.run().then(result => result.violations.map(v => [v.impact, v.id, v.nodes[0].html.slice(0, 200)]))"
    )
    assert [one for one in found if one[0] in ("serious", "critical")] == []


def test_print_is_light_and_shows_the_map_and_the_whole_list(show):
    page = show(frames.seed(), scheme="dark")
    page.emulate_media(media="print")
    assert page.locator("#dateline-map").bounding_box()["height"] > 400
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert not page.locator("#dl-search").is_visible()
    assert page.locator(".dl-item").last.is_visible()


def test_the_age_of_events_does_not_stretch_the_time_bar(show):
    """An outlier of another century gives wide bars, never thousands of them."""
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=k) for k in range(30)]
    page = show(
        frames.result(
            [
                frames.event(0, start="1200-01-01"),
                *(frames.event(k, start=str(d)) for k, d in enumerate(days, 1)),
            ]
        )
    )
    assert page.locator("#dl-bars path").count() <= 91
