"""Who and what the desk keeps out: other pages, other hosts, too much, what is no correction."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="needs the extra dateline[desk]")

from starlette.testclient import TestClient

from dateline import geo
from dateline.desk import app as desk_app
from dateline.desk.app import make_app
from dateline.desk.journal import Journal
from dateline.desk.library import Library, uploaded
from dateline.desk.lookup import Lookup
from dateline.desk.session import Session
from dateline.errors import InputError

HOST = "127.0.0.1:8765"
BASE = f"http://{HOST}"
ARTICLE = geo.from_text("Shelling hit Kharkiv on Monday.")
API = f"/api/article?id={ARTICLE.id}"
PAGES = (
    "/",
    f"/article?id={ARTICLE.id}",
    f"/map?id={ARTICLE.id}",
    "/export?kind=csv",
    API,
    "/outline",
    "/accuracy",
)
POSTS = (API, "/api/articles?name=a.txt")
KHARKIV = {"action": "remove", "start": 13, "end": 20, "text": "Kharkiv"}


@pytest.fixture(scope="module")
def parser() -> geo.Geoparser:
    return geo.Geoparser("fast")


@pytest.fixture
def stranger(parser: geo.Geoparser, tmp_path: Path) -> TestClient:
    """A browser that has no key."""
    session = Session(Library({ARTICLE.id: ARTICLE}), parser, Journal(tmp_path / "c.jsonl"))
    app = make_app(session, "secret", {HOST, "localhost:8765"}, Lookup(parser.gazetteer))
    return TestClient(app, base_url=BASE, raise_server_exceptions=False)


@pytest.fixture
def client(stranger: TestClient) -> TestClient:
    """The browser that opened the printed address."""
    stranger.get("/?token=secret")
    stranger.headers["origin"] = BASE
    return stranger


@pytest.mark.parametrize("page", PAGES)
def test_no_page_opens_without_the_key(stranger: TestClient, page: str) -> None:
    assert stranger.get(page).status_code == 403
    assert stranger.get(page, headers={"cookie": "dateline-desk-8765=guess"}).status_code == 403


@pytest.mark.parametrize("token", ["", "wrong", "secre", "secret0", "Secret", "%00", "sécret", "secret%20"])
def test_a_wrong_key_opens_nothing(stranger: TestClient, token: str) -> None:
    assert stranger.get(f"/?token={token}").status_code == 403
    assert "dateline-desk-8765" not in stranger.cookies


def test_the_key_opens_once(client: TestClient) -> None:
    cookie = client.cookies["dateline-desk-8765"]
    assert cookie != "secret"
    assert client.get("/?token=secret").status_code == 200  # the same browser again
    client.cookies.clear()
    refused = client.get("/?token=secret")
    assert refused.status_code == 403
    assert "has opened the desk once" in refused.text


def test_the_cookie_is_out_of_reach(stranger: TestClient) -> None:
    answer = stranger.get("/?token=secret", follow_redirects=False)
    assert answer.status_code == 303
    assert {"HttpOnly", "SameSite=strict"} <= set(answer.headers["set-cookie"].split("; "))
    assert "secret" not in answer.headers["location"]


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1",
        "127.0.0.1:80",
        "localhost",
        "127.0.0.1.evil.example:8765",
        "[::1]:8765",
        "",
        "127.0.0.1:8765.evil.example",
        "evil.example:8765",
        "127.0.0.1:8765@evil.example",
        "0.0.0.0:8765",
    ],
)
@pytest.mark.parametrize("page", ["/", API])
def test_a_name_that_was_bound_to_this_machine_is_refused(client: TestClient, host: str, page: str) -> None:
    assert client.get(page, headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "",
        "https://evil.example",
        "http://127.0.0.1",
        "http://127.0.0.1:8766",
        f"https://{HOST}",
        f"http://{HOST}.evil.example",
        f"http://evil.example/{HOST}",
        "file://",
        f"http://user@{HOST}",
    ],
)
@pytest.mark.parametrize("page", POSTS)
def test_other_pages_change_nothing(client: TestClient, origin: str | None, page: str) -> None:
    del client.headers["origin"]
    headers = {} if origin is None else {"origin": origin}
    body = json.dumps({"revision": 0, "line": KHARKIV})
    assert client.post(page, content=body, headers=headers).status_code == 403
    assert client.get(API).json()["revision"] == 0


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("page", PAGES)
def test_other_pages_load_nothing(client: TestClient, page: str, site: str) -> None:
    assert client.get(page, headers={"sec-fetch-site": site}).status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("page", ["/", API, "/export?kind=csv"])
def test_there_are_no_other_methods(client: TestClient, method: str, page: str) -> None:
    assert client.request(method, page).status_code == 405


@pytest.mark.parametrize(
    "page", [*PAGES, "/none", "/article?id=none", "/static/desk.js", "/static/../app.py"]
)
def test_every_answer_has_strict_headers(client: TestClient, page: str) -> None:
    headers = client.get(page).headers
    assert "unsafe" not in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"] or page.startswith("/map")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(
    "path", ["..%2fapp.py", "%2e%2e/app.py", "....//app.py", "..%5capp.py", "/etc/passwd", "."]
)
def test_only_the_static_files_are_served(client: TestClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code in (404, 405)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"7",
        b"null",
        b'"text"',
        b"[" * 100000,
        b"\xff\xfe",
        b'{"revision": 0}',
        b'{"line": {}}',
        b'{"revision": "0", "line": {}}',
        b'{"revision": true, "line": {}}',
        b'{"revision": 0, "line": []}',
        b'{"revision": 0, "line": {"action": "remove"}}',
        b'{"revision": 0, "line": {"action": ["remove"]}}',
        b'{"revision": 1e999, "line": {}}',
        b'{"revision": 0, "line": null}',
        b'{"revision": 0, "line": {"undo": {}}}',
    ],
)
def test_what_is_no_correction_is_refused_in_words(client: TestClient, body: bytes) -> None:
    answer = client.post(API, content=body)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert client.get(API).json()["revision"] == 0


@pytest.mark.parametrize(
    "change",
    [
        {"id": "c1"},
        {"at": "1999-01-01"},
        {"by": "boss"},
        {"article": "other"},
        {"counts": {}},
        {"__proto__": 1},
        {"start": 12},
        {"end": 400},
        {"start": -18, "end": -11},
        {"start": True},
        {"start": "13"},
        {"text": "Kyiv"},
        {"text": ["Kharkiv"]},
        {"scope": "world"},
        {"scope": None},
        {"role": "king", "action": "role"},
        {"action": "place"},
        {"action": "place", "place": []},
        {"action": "place", "place": {"lat": 200, "lon": 0}},
        {"action": "place", "place": {"lat": "50", "lon": 30}},
        {"action": "event", "set": {"type": 7}},
        {"action": "event", "set": {"start": "tomorrow"}},
        {"action": "merge", "report": {"article": 1, "start": 2}},
    ],
)
def test_a_correction_of_a_wrong_shape_changes_nothing(client: TestClient, change: dict[str, object]) -> None:
    body = json.dumps({"revision": 0, "line": KHARKIV | change})
    assert client.post(API, content=body).status_code == 400
    assert client.get(API).json()["revision"] == 0


@pytest.mark.parametrize(
    "address",
    [
        "/?page=abc",
        "/?page=-1",
        "/?page=99999999999999",
        "/?order=%00",
        "/?q=" + "x" * 5000,
        "/?page=%D9%A1",
        "/api/places?q=" + "x" * 5000,
        "/api/places?q=%00",
        "/api/places",
        "/article?id=%2e%2e%2f",
        "/next?id=",
        "/api/around?lat=nan&lon=1",
        "/api/around?lat=91&lon=1",
        "/api/around",
        "/api/around?lat=x&lon=y",
        "/export?kind=../../etc/passwd",
        "/export",
        "/api/places?q=Kyiv&geocoder=1",
        "/map?id=x",
    ],
)
def test_an_odd_address_is_answered_and_never_an_error_of_ours(client: TestClient, address: str) -> None:
    assert client.get(address).status_code in (200, 400, 404)


def test_too_much_is_refused_before_it_is_read(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_app, "UPLOAD_LIMIT", 1000)
    for page in POSTS:
        answer = client.post(page, content=b"x" * 1001)
        assert answer.status_code == 413
        assert "dateline run" in answer.json()["error"]


def bomb(kind: str) -> bytes:
    """Return 30 MB of text, packed into a few kB."""
    text = b"Shelling hit Kharkiv. " * 1_400_000
    if kind == "zip":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.txt", text)
        return packed.getvalue()
    if kind == "zst":
        import pyarrow as pa

        return bytes(pa.compress(text, "zstd", asbytes=True))
    return gzip.compress(text, 1)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt.gz", "gz"),
        ("a.jsonl.gz", "gz"),
        ("a.gz", "gz"),
        ("a.zip", "zip"),
        ("a.txt", "gz"),
        ("a.html", "gz"),
        ("a.jsonl.zst", "zst"),
        ("a.warc.gz", "gz"),
        ("a.parquet", "gz"),
        ("a.json", "zip"),
        ("a.csv", "zst"),
    ],
)
def test_nothing_that_is_packed_is_unpacked(name: str, kind: str) -> None:
    with pytest.raises(InputError):
        uploaded(name, bomb(kind))


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/cron.d/x.txt",
        "/etc/passwd",
        "C:\\windows\\x.txt",
        "a\x00.txt",
        "x" * 5000 + ".txt",
        "",
        ".txt",
        "a.txt/../b",
        "nul",
        "a.exe",
        "\u202etxt.exe",
        "https://evil.example/feed.rss",
        "s3://bucket/a.txt",
    ],
)
def test_a_name_is_never_a_path(client: TestClient, name: str) -> None:
    answer = client.post(
        "/api/articles", params={"name": name}, content=b"A flood cut power in Odesa on Tuesday."
    )
    assert answer.status_code == 200
    assert len(answer.json()["ids"]) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", b'{"text": ' + b"[" * 50_000),
        ("a.html", b"<div>" * 100_000 + b"Kharkiv"),
        ("a.html", b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><p>&b;</p>"),
        ("a.csv", b'text\n"' + b"x" * 5_000_000),
        ("a.txt", b"\x00" * 1000),
        ("a.txt", b""),
        ("a.txt", b"%PDF-1.7"),
    ],
)
def test_a_hostile_file_is_refused_in_words(client: TestClient, name: str, content: bytes) -> None:
    answer = client.post("/api/articles", params={"name": name}, content=content)
    assert answer.status_code == 400
    assert "/tmp" not in answer.json()["error"]


def test_only_so_many_articles_come_in_one_file(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.desk.library.MOST_UPLOADED", 3)
    rows = b"".join(b'{"text": "Report %d from Kharkiv."}\n' % number for number in range(5))
    answer = client.post("/api/articles", params={"name": "a.jsonl"}, content=rows)
    assert answer.status_code == 400
    assert "dateline run" in answer.json()["error"]


HOSTILE = "<script>alert(1)</script>{{ 7*7 }}\"'><img src=x onerror=alert(1)>"


def test_hostile_ids_titles_and_sources_stay_text(client: TestClient) -> None:
    row = {
        "id": f"a/../b?c=#{HOSTILE}",
        "title": HOSTILE,
        "source": HOSTILE,
        "text": f"{HOSTILE} in Kharkiv.",
    }
    (article_id,) = client.post("/api/articles?name=a.jsonl", content=json.dumps(row)).json()["ids"]
    for page, params in (("/", {}), ("/", {"q": HOSTILE}), ("/article", {"id": article_id})):
        answer = client.get(page, params=params)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "<img" not in answer.text
        assert "49" not in answer.text.replace(article_id, "")
    state = client.get("/api/article", params={"id": article_id}).json()
    assert state["text"].startswith("<script>")
