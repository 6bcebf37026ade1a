"""What a geocoder is asked, what is believed of its answers, and what is remembered."""

import json
import logging
import pickle
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy.geocoders import SERVICE_TO_GEOCODER
from loopback import ORIKHIV, ZAPORIZHZHIA, Server, article_about, send, village

from dateline import __version__
from dateline.errors import InputError
from dateline.gazetteer import Place
from dateline.geo.geocoding import Fallback, Settings, read_settings
from dateline.geo.geocoding.cache import Cache, clear, info
from dateline.geo.geocoding.services import Question, Service
from dateline.geo.model import Alternative, Article, Mention, Resolution

DATELINE_TOML = """
[geocode]
service = "nominatim"
url = "http://localhost:8088"
timeout = 3
contact = "desk@example.org"
"""


def test_an_unknown_village_is_found_with_its_licence(server: Server, settings: Settings) -> None:
    fallback = Fallback(settings)
    article, resolutions = article_about("Robotyne")
    robotyne = fallback.fill(article, resolutions)[0]
    assert robotyne.place is not None
    assert robotyne.place.id.startswith("osm:node/")
    assert (robotyne.place.name, robotyne.place.country, robotyne.place.feature_code) == (
        "Robotyne",
        "UA",
        "PPL",
    )
    assert "OpenStreetMap contributors, ODbL" in robotyne.place.source
    assert robotyne.match == "geocoder"
    assert 0.5 < robotyne.probability < 1
    assert "from Orikhiv" in robotyne.reasons[0]
    assert "OpenStreetMap contributors" in list(fallback.summary.lines())[-1]


def test_what_the_gazetteer_resolved_stays_as_it_is(server: Server, settings: Settings) -> None:
    article, resolutions = article_about("Robotyne")
    assert Fallback(settings).fill(article, resolutions)[1:] == resolutions[1:]


def test_only_the_name_and_the_country_leave_the_machine(server: Server, settings: Settings) -> None:
    article, resolutions = article_about("Robotyne")
    Fallback(replace(settings, contact="desk@example.org")).fill(article, resolutions)
    query = parse_qs(urlsplit(server.paths[0]).query)
    assert query.pop("q") == ["Robotyne"]
    assert query.pop("countrycodes") == ["ua"]
    assert query.pop("accept-language") == ["en"]
    assert set(query) == {"format", "limit", "addressdetails", "namedetails", "extratags"}
    assert set(server.headers[0]) <= {"Host", "User-Agent", "Accept-Encoding", "Connection"}
    assert server.headers[0]["User-Agent"].startswith(f"dateline/{__version__} (")
    assert "desk@example.org" in server.headers[0]["User-Agent"]


@pytest.mark.parametrize(
    "mention",
    [
        Mention(0, 7, "Ukraine", "metonym"),
        Mention(0, 7, "Russian", "demonym"),
        Mention(0, 7, "Perhaps", score=0.2),
        Mention(0, 2, "He"),
        Mention(0, 4, "2024"),
        Mention(0, 200, "a whole sentence that is no name " * 6),
    ],
)
def test_what_is_no_literal_name_is_not_asked(server: Server, settings: Settings, mention: Mention) -> None:
    Fallback(settings).fill(Article("a", mention.text), [Resolution(mention, None, 0.9)])
    assert server.paths == []


def test_a_dry_run_says_what_would_be_asked_and_asks_nothing(server: Server, settings: Settings) -> None:
    fallback = Fallback(settings, dry_run=True)
    article, resolutions = article_about("Robotyne", "Krynky", "Robotyne")
    assert fallback.fill(article, resolutions) == resolutions
    assert server.paths == []
    assert list(fallback.summary.lines()) == [
        f"would ask nominatim at {server.url}:",
        "  Robotyne [UA]",
        "  Krynky [UA]",
    ]


def test_a_second_run_asks_nothing(server: Server, settings: Settings) -> None:
    article, resolutions = article_about("Robotyne", "Krynky")
    first = Fallback(settings).fill(article, resolutions)
    asked = len(server.paths)
    again = Fallback(settings)
    assert again.fill(article, resolutions) == first
    assert (asked, len(server.paths)) == (2, 2)
    assert (again.summary.requests, again.summary.remembered) == (0, 2)


def test_that_there_is_no_such_place_is_remembered_too_but_shorter(
    server: Server, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.otherwise = lambda handler: send(handler, "[]")
    article, resolutions = article_about("Nowhereville")
    for _ in range(2):
        fallback = Fallback(settings)
        assert fallback.fill(article, resolutions)[0].place is None
        assert "knows no place" in fallback.summary.refused["Nowhereville"]
    assert len(server.paths) == 1
    import dateline.geo.geocoding.cache as module

    now = module.time.time()
    monkeypatch.setattr(module.time, "time", lambda: now + 4 * 86_400)
    Fallback(settings).fill(article, resolutions)
    assert len(server.paths) == 2


def test_a_namesake_on_another_continent_is_refused(server: Server, settings: Settings) -> None:
    server.otherwise = lambda handler: send(handler, json.dumps([village("Terny", -12.0, -77.0, "pe")]))
    fallback = Fallback(settings)
    article, resolutions = article_about("Terny")
    terny = fallback.fill(article, resolutions)[0]
    assert terny.place is None
    assert "too uncertain" in terny.reasons[-1]
    assert fallback.summary.attribution == ""


def test_of_two_namesakes_the_nearer_is_taken_and_the_other_kept(server: Server, settings: Settings) -> None:
    near, far = village("Verbove", 47.44, 35.97, osm_id=2), village("Verbove", 48.5, 25.1, osm_id=12)
    server.otherwise = lambda handler: send(handler, json.dumps([far, near]))
    article, resolutions = article_about("Verbove")
    verbove = Fallback(settings).fill(article, resolutions)[0]
    assert verbove.place is not None
    assert verbove.place.id == "osm:node/2"
    assert [other.place.id for other in verbove.alternatives] == ["osm:node/12"]
    assert verbove.probability + sum(other.probability for other in verbove.alternatives) <= 1


def test_where_no_other_place_can_confirm_an_answer_none_is_stated(
    server: Server, settings: Settings
) -> None:
    article, resolutions = article_about("Robotyne", known=())
    assert Fallback(settings).fill(article, resolutions)[0].place is None
    assert "countrycodes" not in server.paths[0]


def test_a_name_the_gazetteer_has_is_not_asked(server: Server, settings: Settings) -> None:
    """The resolver took "Clinton" for no place: a geocoder knows the towns too, and nothing about the person."""
    article, resolutions = article_about("Clinton")
    clinton = Place("geonames:4257494", "Clinton", 39.66, -87.4, "P", "PPL", "US")
    resolutions[0] = replace(resolutions[0], alternatives=(Alternative(clinton, 0.3),))
    assert Fallback(settings).fill(article, resolutions) == resolutions
    assert server.paths == []


def test_a_guess_of_somewhere_near_gives_way_to_the_place_itself(server: Server, settings: Settings) -> None:
    article, resolutions = article_about("Robotyne")
    resolutions[0] = replace(resolutions[0], place=ORIKHIV, probability=0.6, match="nearby")
    found = Fallback(settings).fill(article, resolutions)[0]
    assert found.place is not None
    assert (found.place.name, found.match) == ("Robotyne", "geocoder")
    server.otherwise = lambda handler: send(handler, "[]")
    other, resolutions = article_about("Verbove")
    resolutions[0] = replace(resolutions[0], place=ORIKHIV, probability=0.6, match="nearby")
    kept = Fallback(settings).fill(other, resolutions)[0]
    assert (kept.place, kept.probability, kept.match) == (ORIKHIV, 0.6, "nearby")


def test_the_kind_that_ends_a_name_is_asked_for_with_it(server: Server, settings: Settings) -> None:
    article = Article("a", "Orikhiv: the Makhno Hospital was hit.")
    resolutions = [
        Resolution(Mention(0, 7, "Orikhiv"), ORIKHIV, 0.9),
        Resolution(Mention(13, 19, "Makhno"), None, 0.9),
    ]
    hospital = village("Makhno Hospital", 47.57, 35.79) | {"class": "amenity", "type": "hospital"}
    server.otherwise = lambda handler: send(handler, json.dumps([hospital]))
    found = Fallback(settings).fill(article, resolutions)[1]
    assert server.names == ["Makhno Hospital"]
    assert found.mention == resolutions[1].mention
    assert found.place is not None
    assert found.place.feature_code == "HSP"


def test_something_else_of_another_name_is_refused(server: Server, settings: Settings) -> None:
    server.otherwise = lambda handler: send(handler, json.dumps([village("Kharkivske Shose")]))
    article, resolutions = article_about("Robotyne")
    assert Fallback(settings).fill(article, resolutions)[0].place is None


def test_a_name_in_another_script_is_the_same_name(server: Server, settings: Settings) -> None:
    server.otherwise = lambda handler: send(handler, json.dumps([village("Роботине", 47.445, 35.837)]))
    article, resolutions = article_about("Robotyne")
    assert Fallback(settings).fill(article, resolutions)[0].place is not None


def test_any_of_its_names_is_the_same_name(server: Server, settings: Settings) -> None:
    details = {"name": "Запоріжжя", "old_name:en": "Alexandrovsk", "alt_name": "Aleksandrivsk;Oleksandrivsk"}
    place = village("Запоріжжя") | {"namedetails": details}
    server.otherwise = lambda handler: send(handler, json.dumps([place]))
    article, resolutions = article_about("Oleksandrivsk", "Alexandrovsk")
    found = Fallback(settings).fill(article, resolutions)[:2]
    assert [resolution.place is not None for resolution in found] == [True, True]
    assert found[0].place is not None
    assert found[0].place.names[1:3] == (("en", "Alexandrovsk"), ("", "Aleksandrivsk"))


def test_an_answer_for_more_countries_serves_a_question_about_fewer(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "c.sqlite", "s", keep=60, keep_none=60)
    here, there = (
        Place("osm:node/1", "Terny", 49, 37, country="UA"),
        Place("osm:node/2", "Terny", 50, 20, country="PL"),
    )
    cache.put(Question("Terny", ("PL", "UA")), (here, there))
    assert cache.get(Question("terny", ("UA",))) == (here,)
    assert cache.get(Question("Terny", ("RU",))) is None
    assert cache.get(Question("Terny")) is None


def test_processes_share_the_pace_and_what_a_server_asks(tmp_path: Path) -> None:
    one, other = (Cache(tmp_path / "c.sqlite", "s", keep=60, keep_none=60) for _ in range(2))
    assert one.reserve("host", 100, patience=1000) == 0
    assert other.reserve("host", 100, patience=1000) == pytest.approx(100, abs=20)
    assert one.reserve("host", 100, patience=50) is None
    assert other.reserve("another", 100, patience=50) == 0
    one.pause("another", 3000)
    assert other.reserve("another", 0, patience=2000) is None


def test_one_process_asks_what_two_want(tmp_path: Path) -> None:
    one, other = (Cache(tmp_path / "c.sqlite", "s", keep=60, keep_none=60) for _ in range(2))
    assert one.claim(Question("Terny"), 60)
    assert not other.claim(Question("Terny"), 60)
    one.release(Question("Terny"))
    assert other.claim(Question("Terny"), 60)


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_cache_is_left_alone_and_said(server: Server, settings: Settings, content: bytes) -> None:
    assert settings.cache is not None
    settings.cache.write_bytes(content)
    fallback = Fallback(settings)
    article, resolutions = article_about("Robotyne")
    assert fallback.fill(article, resolutions)[0].place is not None
    assert any("dateline cache clear" in line for line in fallback.summary.lines())
    assert settings.cache.read_bytes() == content
    clear(settings.cache)
    assert info(settings.cache).answers == 0


def test_a_cache_that_cannot_be_written_stops_nothing(
    server: Server, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    fallback = Fallback(replace(settings, cache=tmp_path / "file" / "c.sqlite"))
    article, resolutions = article_about("Robotyne")
    assert fallback.fill(article, resolutions)[0].place is not None
    assert any("not remembered" in line for line in fallback.summary.lines())


def test_the_cache_is_for_its_owner_only(server: Server, settings: Settings) -> None:
    article, resolutions = article_about("Robotyne")
    Fallback(settings).fill(article, resolutions)
    assert settings.cache is not None
    assert settings.cache.stat().st_mode & 0o077 == 0
    assert info(settings.cache).answers == 1


def test_the_public_server_is_never_asked_faster_than_its_policy() -> None:
    assert Settings().pace == 1.1
    assert Settings(interval=0.01).pace == 1.1
    assert Settings(url="https://nominatim.openstreetmap.org").pace == 1.1
    assert Settings(url="http://localhost:8088").pace == 0.0
    assert Settings("opencage", interval=0.1).pace == 0.1


def test_a_fallback_travels_to_another_process(settings: Settings) -> None:
    fallback = pickle.loads(pickle.dumps(Fallback(settings, dry_run=True)))
    assert fallback.dry_run
    assert fallback.summary.service == Fallback(settings).summary.service


def test_settings_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "dateline.toml"
    file.write_text(DATELINE_TOML)
    settings = read_settings(file)
    assert settings is not None
    assert (settings.service, settings.timeout, settings.pace) == ("nominatim", 3, 0.0)
    file.write_text("[map]\ntitle = 'x'\n")
    assert read_settings(file) is None


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[geocode", "no TOML file"),
        ("geocode = 3", "must be a table"),
        ("[geocode]\nservices = 'x'", "knows no 'services'"),
        ("[geocode]\ntimeout = 'long'", "timeout"),
        ("[geocode]\ntimeout = -1", "timeout"),
        ("[geocode]\nattempts = 0", "attempts"),
        ("[geocode]\nurl = 'localhost'", "write it like"),
        ("[geocode]\nurl = 'file:///etc/passwd'", "write it like"),
        ("[geocode]\nurl = 'http://me:secret@host'", "password"),
        ("[geocode]\nservice = 'opencage'\n[geocode.options]\napi_key = 'k'", "DATELINE_OPENCAGE_API_KEY"),
    ],
)
def test_a_bad_settings_file_is_named_with_the_mend(tmp_path: Path, content: str, complaint: str) -> None:
    file = tmp_path / "dateline.toml"
    file.write_text(content)
    with pytest.raises(InputError, match=complaint) as caught:
        read_settings(file)
    assert "dateline.toml" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_key_comes_from_the_environment_and_shows_nowhere(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATELINE_OPENCAGE_API_KEY", "s3cr3t-key")
    server.script = [lambda handler: send(handler, "{}", 500)] * 3
    settings = Settings("opencage", url=server.url, timeout=1, cache=tmp_path / "c.sqlite")
    fallback = Fallback(settings)
    article, resolutions = article_about("Robotyne")
    with caplog.at_level(logging.DEBUG):
        filled = fallback.fill(article, resolutions)
    assert "s3cr3t-key" in server.paths[0]
    shown = [caplog.text, repr(settings), repr(filled), *fallback.summary.lines()]
    assert not any("s3cr3t-key" in text for text in shown)
    assert b"s3cr3t-key" not in (tmp_path / "c.sqlite").read_bytes()


def test_a_missing_key_is_asked_for() -> None:
    with pytest.raises(InputError, match="DATELINE_OPENCAGE_API_KEY"):
        Service(Settings("opencage"))


def test_an_unknown_geocoder_is_named() -> None:
    with pytest.raises(InputError, match=r"no geocoder 'nominatm'; geopy has .*nominatim"):
        Fallback("nominatm")


@pytest.mark.parametrize("name", sorted(SERVICE_TO_GEOCODER))
def test_every_geocoder_of_geopy_opens_or_says_what_it_wants(name: str) -> None:
    try:
        says = Service(Settings(name)).address
    except InputError as error:
        says = str(error)
    assert name in says


PHOTON = {
    "features": [
        {
            "geometry": {"coordinates": [35.8374, 47.4453], "type": "Point"},
            "properties": {
                "osm_type": "N", "osm_id": 1, "osm_key": "place", "osm_value": "village", "name": "Robotyne",
                "countrycode": "UA", "country": "Ukraine", "state": "Zaporizhzhia Oblast",
            },
        }
    ]
}  # fmt: skip
PELIAS = {
    "features": [
        {
            "geometry": {"coordinates": [35.8374, 47.4453], "type": "Point"},
            "bbox": [35.82, 47.43, 35.86, 47.46],
            "properties": {
                "gid": "openstreetmap:locality:node/1", "source": "openstreetmap", "source_id": "node/1",
                "layer": "locality", "name": "Robotyne", "label": "Robotyne, Ukraine", "country_code": "UA",
                "country": "Ukraine", "region": "Zaporizhzhia Oblast",
            },
        }
    ]
}  # fmt: skip
OPENCAGE = {
    "results": [
        {
            "geometry": {"lat": 47.4453, "lng": 35.8374},
            "formatted": "Robotyne, Ukraine",
            "components": {
                "_type": "village", "_category": "place", "village": "Robotyne", "state": "Zaporizhzhia Oblast",
                "ISO_3166-1_alpha-2": "UA", "country": "Ukraine",
            },
        }
    ],
    "status": {"code": 200},
}  # fmt: skip
GOOGLE = {
    "status": "OK",
    "results": [
        {
            "place_id": "ChIJ1",
            "types": ["locality", "political"],
            "formatted_address": "Robotyne, Ukraine",
            "geometry": {"location": {"lat": 47.4453, "lng": 35.8374}},
            "address_components": [
                {"long_name": "Robotyne", "short_name": "Robotyne", "types": ["locality", "political"]},
                {
                    "long_name": "Zaporizhzhia Oblast",
                    "short_name": "ZO",
                    "types": ["administrative_area_level_1"],
                },
                {"long_name": "Ukraine", "short_name": "UA", "types": ["country", "political"]},
            ],
        }
    ],
}
TOMTOM = {
    "results": [
        {
            "position": {"lat": 47.4453, "lon": 35.8374},
            "address": {"freeformAddress": "Robotyne, Zaporizhzhia", "countryCode": "UA"},
        }
    ]
}


@pytest.mark.parametrize(
    ("service", "answer", "id"),
    [
        ("photon", PHOTON, "osm:node/1"),
        ("pelias", PELIAS, "osm:node/1"),
        ("opencage", OPENCAGE, "opencage:47.44530,35.83740"),
        ("google", GOOGLE, "google:ChIJ1"),
        ("tomtom", TOMTOM, "tomtom:47.44530,35.83740"),
    ],
)
def test_other_services_answer_in_their_own_way(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, service: str, answer: dict, id: str
) -> None:
    monkeypatch.setenv(f"DATELINE_{service.upper()}_API_KEY", "key")
    server.otherwise = lambda handler: send(handler, json.dumps(answer))
    article, resolutions = article_about("Robotyne", known=(ORIKHIV, ZAPORIZHZHIA))
    place = (
        Fallback(Settings(service, url=server.url, cache=tmp_path / "c")).fill(article, resolutions)[0].place
    )
    assert place is not None
    assert (place.id, place.name, place.country) == (id, "Robotyne", "UA")
    assert (place.lat, place.lon) == (47.4453, 35.8374)
