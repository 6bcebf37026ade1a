"""The HTML map as text: self-contained, the same every time, nothing of an article outside the data."""

import json
import re

import pytest

from dateline import maps
from dateline.errors import InputError
from dateline.maps import web
from tests import frames, hostile


def data_of(page: str) -> dict:
    return json.loads(
        re.search(r'<script type="application/json" id="dateline-data">(.*?)</script>', page)[1]
    )


def test_a_map_is_one_file_that_asks_for_nothing(tmp_path):
    page = maps.save(frames.seed(), tmp_path / "map.html").read_text(encoding="utf-8")
    assert not re.search(r"<(script|link|img|iframe)[^>]+(src|href)=", page)
    assert "default-src &#x27;none&#x27;" in page
    assert len(page) < 2_000_000


def test_the_same_result_gives_the_same_bytes():
    assert web.to_html(frames.seed()) == web.to_html(frames.seed())


def test_the_seed_article_arrives_whole():
    data = data_of(web.to_html(frames.seed()))
    assert data["title"] == "US Says Russia, Ukraine Took 'Big Step', Will Meet Again Next Week"
    assert data["events"]["n"] == 10
    assert "dateline:donbas" in data["outlines"]
    assert "GeoNames (CC BY 4.0)" in data["credit"]


def test_an_unknown_language_and_basemap_are_named():
    with pytest.raises(InputError, match="no language 'xx'"):
        web.to_html(frames.seed(), language="xx")
    with pytest.raises(InputError, match="no basemap 'moon'"):
        web.to_html(frames.seed(), basemap="moon")
    with pytest.raises(InputError, match="no worldview 'mars'"):
        web.to_html(frames.seed(), worldview="mars")


def test_a_tile_basemap_is_the_only_server_a_page_may_ask():
    page = web.to_html(frames.seed(), basemap="openstreetmap-mapnik")
    assert "img-src data: https://tile.openstreetmap.org;" in page
    assert 'id="dateline-basemap"' not in page


def test_hostile_text_never_leaves_the_data():
    """Without its data the page is the page of an empty result, but for the title and the policy's hashes."""
    title = "</title><script>window.pwned=1</script>{{ 7 * 7 }}"
    page = web.to_html(hostile.result(), title=title)
    assert "pwned" not in re.sub(
        r'<script type="application/json".*?</script>|<title>.*?</title>', "", page, flags=re.DOTALL
    )
    assert "<title>&lt;/title&gt;&lt;script&gt;" in page
    data = data_of(page)
    assert data["title"] == title
    quotes = data["events"]["quote"]
    assert any("{{ 7 * 7 }}" in quote for quote in quotes)
