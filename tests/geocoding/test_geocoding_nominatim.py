"""Against a real Nominatim with tests/data/villages.osm, which ``.ci/nominatim`` starts."""

from pathlib import Path

import pytest
from loopback import ORIKHIV, ZAPORIZHZHIA, article_about

from dateline import maps
from dateline.gazetteer import Place
from dateline.geo.geocoding import Fallback, Settings
from dateline.geo.model import Article, Mention
from dateline.geo.pipeline import Geoparser
from dateline.geo.result import Result

pytestmark = pytest.mark.nominatim

KYIV = Place("geonames:703448", "Kyiv", 50.4547, 30.5238, "P", "PPLC", "UA", "Ukraine")
GAZA = Place("geonames:281133", "Gaza", 31.5016, 34.4668, "P", "PPL", "PS", "Palestinian Territory")
TYRE = Place("geonames:267008", "Tyre", 33.2733, 35.1939, "P", "PPL", "LB", "Lebanon")


@pytest.fixture
def fallback(tmp_path: Path) -> Fallback:
    return Fallback(Settings(url="http://127.0.0.1:8088", cache=tmp_path / "cache.sqlite"))


@pytest.mark.parametrize(
    ("name", "known", "id", "code"),
    [
        ("Robotyne", (ORIKHIV, ZAPORIZHZHIA), "osm:node/1", "PPL"),
        ("Verbove", (ORIKHIV, ZAPORIZHZHIA), "osm:node/2", "PPL"),
        ("Krynky", (ORIKHIV, ZAPORIZHZHIA), "osm:node/7", "PPL"),
        ("Al-Ahli Arab Hospital", (GAZA,), "osm:node/14", "HSP"),
        ("Aita al-Shaab", (TYRE,), "osm:node/16", "PPL"),
        ("Khreshchatyk Street", (KYIV,), "osm:way/101", "ST"),
    ],
)
def test_what_the_gazetteer_lacks_is_found(
    fallback: Fallback, name: str, known: tuple[Place, ...], id: str, code: str
) -> None:
    article, resolutions = article_about(name, known=known)
    found = fallback.fill(article, resolutions)[0]
    assert found.place is not None
    assert (found.place.id, found.place.feature_code) == (id, code)
    assert "ODbL" in found.place.source


def test_the_unit_and_the_other_names_come_along(fallback: Fallback) -> None:
    article, resolutions = article_about("Robotyne")
    place = fallback.fill(article, resolutions)[0].place
    assert place is not None
    assert (place.admin1, place.country_name, place.population) == ("Zaporizhzhia Oblast", "Ukraine", 480)
    assert ("uk", "Роботине") in place.names


@pytest.mark.parametrize("name", ["Роботине", "Роботино", "Synkivka", "Staromaiorske", "Bohorodychne"])
def test_in_ukrainian_russian_and_english(fallback: Fallback, name: str) -> None:
    article, resolutions = article_about(name)
    assert fallback.fill(article, resolutions)[0].place is not None


def test_an_article_about_it_puts_it_on_the_map(fallback: Fallback, tmp_path: Path) -> None:
    text = "Russian forces shelled the village of Datlainivka, south of Orikhiv in Ukraine, on 14 May 2024, killing two."
    names = ("Datlainivka", "Orikhiv", "Ukraine")
    mentions = [Mention(text.index(name), text.index(name) + len(name), name) for name in names]
    parser = Geoparser(geocoder=fallback)
    parsed = parser.parse(Article("a1", text, title="Shelling"), mentions=mentions)
    result = Result.from_parsed([parsed], parser.gazetteer)
    event = result.events[result.events["place_id"] == "osm:node/17"].iloc[0]
    assert (event["place"], event["country"], event["admin1"]) == ("Datlainivka", "UA", "Zaporizhzhia Oblast")
    assert (event.geometry.y, event.geometry.x) == (47.5011, 35.802)
    for file in ("map.html", "events.geojson", "events.kml"):
        written = maps.save(result, tmp_path / file).read_text("utf-8")
        assert "Datlainivka" in written
        assert "OpenStreetMap contributors" in written


def test_a_restaurant_of_that_name_far_away_is_refused(fallback: Fallback) -> None:
    berlin = Place("geonames:2950159", "Berlin", 52.5244, 13.4105, "P", "PPLC", "DE", "Germany")
    article, resolutions = article_about("Krynky", known=(berlin,))
    assert fallback.fill(article, resolutions)[0].place is None
