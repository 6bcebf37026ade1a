"""The desk without a browser: who is let in, what is remembered, what two people at once may do."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="needs the extra dateline[desk]")

from starlette.testclient import TestClient

from dateline import geo
from dateline.desk.app import make_app
from dateline.desk.journal import Journal, StaleError
from dateline.desk.library import Library
from dateline.desk.lookup import Lookup
from dateline.desk.session import Session
from dateline.errors import InputError

TEXT = "Shelling hit Kharkiv on Monday. In Paris, ministers met."
ORIGIN = {"origin": "http://testserver"}


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "dateline.corrections.jsonl")


@pytest.fixture(scope="module")
def parser() -> geo.Geoparser:
    return geo.Geoparser("default")


@pytest.fixture
def article() -> geo.Article:
    return geo.from_text(TEXT)


@pytest.fixture
def client(journal: Journal, parser: geo.Geoparser, article: geo.Article) -> Iterator[TestClient]:
    session = Session(Library({article.id: article}), parser, journal, by="anna")
    app = make_app(session, "secret", {"testserver"}, Lookup(parser.gazetteer))
    with TestClient(app) as client:
        client.get("/?token=secret")
        yield client


def paris(client: TestClient, article: geo.Article) -> dict[str, object]:
    state = client.get(f"/api/article?id={article.id}").json()
    mention: dict[str, object] = next(m for m in state["mentions"] if m["text"] == "Paris")
    return mention


def correct(client: TestClient, article: geo.Article, revision: int, **line: object) -> dict[str, object]:
    body = json.dumps({"revision": revision, "line": line})
    answer = client.post(f"/api/article?id={article.id}", content=body, headers=ORIGIN)
    return answer.json() | {"status_code": answer.status_code}


def test_a_correction_is_applied_and_remembered(
    client: TestClient, article: geo.Article, journal: Journal
) -> None:
    at = TEXT.index("Paris")
    texas = {"id": "geonames:4717560"}
    state = correct(client, article, 0, action="place", start=at, end=at + 5, text="Paris", place=texas)
    assert state["revision"] == 1
    assert paris(client, article)["place"] == "geonames:4717560"
    again = Journal(journal.path).lines()
    assert [(line["by"], line["place"]) for line in again] == [("anna", texas)]


def test_undo_and_redo(client: TestClient, article: geo.Article) -> None:
    at = TEXT.index("Paris")
    before = paris(client, article)
    correct(client, article, 0, action="role", start=at, end=at + 5, text="Paris", role="metonym")
    assert paris(client, article)["role"] == "metonym"
    undone = correct(client, article, 1, undo="last")
    assert undone["can_redo"]
    assert not undone["can_undo"]
    assert paris(client, article) == before
    correct(client, article, 2, undo="undone")
    assert paris(client, article)["role"] == "metonym"
    correct(client, article, 3, undo="last")
    assert paris(client, article) == before
    assert correct(client, article, 4, undo="last")["status_code"] == 400


def test_of_two_people_at_once_the_second_is_told(client: TestClient, article: geo.Article) -> None:
    at = TEXT.index("Paris")
    line = {"action": "remove", "start": at, "end": at + 5, "text": "Paris"}
    assert correct(client, article, 0, **line)["status_code"] == 200
    late = correct(client, article, 0, **line)
    assert late["status_code"] == 409
    assert "anna has corrected this article meanwhile" in str(late["error"])


def test_two_processes_share_the_file(journal: Journal) -> None:
    other = Journal(journal.path)
    line = {"article": "a", "action": "remove", "start": 0, "end": 1, "text": "x"}
    journal.append(line, "a", 0)
    with pytest.raises(StaleError):
        other.append(line, "a", 0)
    other.append(line | {"article": "b"}, "b", 0)  # another article: nobody is in the way
    assert [entry["id"] for entry in journal.lines()] == ["c1", "c2"]


def test_only_the_desks_own_pages_get_in(client: TestClient, article: geo.Article) -> None:
    url = f"/api/article?id={article.id}"
    assert client.post(url, content="{}").status_code == 403
    assert client.post(url, content="{}", headers={"origin": "https://evil.example"}).status_code == 403
    assert client.get(url, headers={"host": "evil.example"}).status_code == 421
    client.cookies.clear()
    assert client.get(url).status_code == 403
    assert client.get("/?token=wrong").status_code == 403


def test_strict_headers_on_every_page(client: TestClient) -> None:
    headers = client.get("/").headers
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_hostile_titles_are_text(client: TestClient) -> None:
    hostile = "<script>alert(1)</script>\n\nKharkiv {{ 7*7 }}"
    made = client.post("/api/articles", content=hostile.encode(), headers=ORIGIN).json()
    for page in (client.get("/").text, client.get(f"/article?id={made['ids'][0]}").text):
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_what_is_no_article_is_refused_in_words(client: TestClient) -> None:
    answer = client.post("/api/articles", content=b"%PDF-1.7", headers=ORIGIN)
    assert answer.status_code == 400
    assert "is a PDF" in answer.json()["error"]


def test_what_is_no_correction_changes_nothing(
    client: TestClient, article: geo.Article, journal: Journal
) -> None:
    assert correct(client, article, 0, action="explode")["status_code"] == 400
    assert journal.lines() == []


def test_a_damaged_file_is_named(journal: Journal) -> None:
    journal.path.write_text("{}\n")
    with pytest.raises(InputError, match="line 1"):
        journal.lines()


def test_exports_from_the_page(client: TestClient, article: geo.Article) -> None:
    assert client.get(f"/export?kind=geojson&id={article.id}").json()["type"] == "FeatureCollection"
    gold = json.loads(client.get(f"/export?kind=gold&id={article.id}").text)
    assert gold["doc_id"] == article.id
    assert client.get("/export?kind=exe").status_code == 404


def test_the_gazetteer_is_searched(client: TestClient) -> None:
    assert client.get("/api/places", params={"q": "Chernigiv"}).json()[0]["id"] == "geonames:710735"


def test_an_unknown_article_is_not_found(client: TestClient) -> None:
    assert client.get("/article?id=none").status_code == 404
