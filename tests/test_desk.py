"""The desk without a browser: who is let in, what is remembered, what two people at once may do."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("starlette", reason="needs the extra dateline[desk]")

from starlette.testclient import TestClient

from benchmarks import gold_events
from dateline import geo
from dateline.commands.serve import _open
from dateline.desk.accuracy import by_month
from dateline.desk.app import make_app
from dateline.desk.journal import Journal, StaleError
from dateline.desk.library import Library, gather
from dateline.desk.lookup import Lookup
from dateline.desk.session import Session
from dateline.errors import InputError
from dateline.gazetteer import Place
from dateline.geo.corrections import Corrections
from dateline.geo.geocoding import Summary

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


def test_the_file_is_made_before_anything_is_corrected(tmp_path: Path) -> None:
    path = tmp_path / "dateline.corrections.jsonl"
    assert _open(path).lines() == []
    assert Corrections.read(path).lines == []


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


@pytest.mark.parametrize(
    ("kind", "begins"),
    [
        ("map", b"<!DOCTYPE html>"),
        ("embed", b'<figure class="dateline-map"'),
        ("figure", b"\x89PNG"),
        ("geojson", b"{"),
        ("gpkg", b"SQLite format 3"),
        ("csv", b"\xef\xbb\xbfid,"),
        ("gold", b'{"doc_id": '),
    ],
)
def test_exports_of_an_article(client: TestClient, article: geo.Article, kind: str, begins: bytes) -> None:
    answer = client.get(f"/export?kind={kind}&id={article.id}")
    assert answer.content.startswith(begins)
    assert answer.headers["content-disposition"].startswith('attachment; filename="dateline')


def test_gold_data_of_checked_articles_is_what_the_benchmarks_read(
    client: TestClient, article: geo.Article, parser: geo.Geoparser, tmp_path: Path
) -> None:
    assert client.get("/export?kind=gold").status_code == 400  # nothing is checked yet
    correct(client, article, 0, action="checked")
    path = tmp_path / "gold.jsonl"
    path.write_bytes(client.get("/export?kind=gold").content)
    tally = gold_events.run(path, lambda text: parser.parse(text).events)
    assert (tally.f1, tally.counts["pins wrong"]) == (1.0, 0)


def test_accuracy_is_counted_when_an_article_is_checked(
    client: TestClient, article: geo.Article, journal: Journal
) -> None:
    at = TEXT.index("Paris")
    correct(
        client,
        article,
        0,
        action="place",
        start=at,
        end=at + 5,
        text="Paris",
        place={"id": "geonames:4717560"},
    )
    correct(client, article, 1, action="add", start=0, end=8, text="Shelling")
    assert correct(client, article, 2, action="checked")["checked"]
    counts = journal.lines()[-1]["counts"]
    assert (counts["found"], counts["right"], counts["wrong"], counts["missed"]) == (2, 1, 1, 1)
    ((month, checked, total),) = by_month(journal.lines())
    assert (month, checked, total["found"]) == (journal.lines()[-1]["at"][:7], 1, 2)
    assert "<td>50 %</td>" in client.get("/accuracy").text


def test_an_undo_of_what_holds_from_now_on_is_seen_in_every_article(journal: Journal) -> None:
    always = {"article": "a", "action": "remove", "scope": "always", "start": 0, "end": 1, "text": "x"}
    journal.append(always, "a", 0)
    assert journal.undoable("b") == "c1"
    journal.append({"article": "b", "undo": "c1"}, "b", 1)
    assert journal.undoable("a") is None
    assert journal.redoable("a") == "c2"
    with pytest.raises(StaleError):
        journal.append(always, "a", 1)


def test_a_line_without_its_end_is_ended_or_cut_off(journal: Journal) -> None:
    whole = '{"id": "c1", "action": "remove", "scope": "always", "text": "x"}'
    journal.path.write_text(whole)  # as editors leave it
    assert journal.repair() == ""
    journal.append({"article": "a", "action": "checked"}, "a", 1)
    assert [line["id"] for line in journal.lines()] == ["c1", "c2"]
    with journal.path.open("a") as file:
        file.write('{"id": "c3", "acti')  # as a power cut leaves it
    assert journal.repair() == '{"id": "c3", "acti'
    assert [line["id"] for line in Journal(journal.path).lines()] == ["c1", "c2"]


_WRITER = """
import sys
from pathlib import Path
from dateline.desk.journal import Journal
journal = Journal(Path(sys.argv[1]))
for number in range(len(journal.lines()), 10**6):
    line = {"article": "a", "action": "add", "start": 0, "end": 4000, "text": "x" * 4000}
    print(journal.append(line, "a", number), flush=True)
"""


def test_kill_9_at_any_moment_loses_nothing_that_was_answered(journal: Journal) -> None:
    answered: list[str] = []
    for answers in (1, 7, 40):
        command = [sys.executable, "-c", _WRITER, str(journal.path)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        answered += [process.stdout.readline().strip() for _ in range(answers)]
        process.kill()
        answered += process.stdout.read().split()
        process.wait()
        again = Journal(journal.path)
        again.repair()
        kept = [line["id"] for line in again.lines()]
        assert set(answered) <= set(kept)
        assert len(kept) <= len(answered) + 3  # at most one a kill was written but not answered


def test_a_geocoder_is_asked_only_where_it_is_allowed(
    parser: geo.Geoparser, article: geo.Article, journal: Journal
) -> None:
    class Asked:
        summary = Summary("nominatim at http://localhost")

        def look_up(self, name: str) -> tuple[Place, ...]:
            return (Place("osm:node/1", f"{name} village", 49.0, 31.0, source="OpenStreetMap"),)

    session = Session(Library({article.id: article}), parser, journal)
    app = make_app(session, "secret", {"testserver"}, Lookup(parser.gazetteer, Asked()))  # type: ignore[arg-type]
    with TestClient(app) as client:
        client.get("/?token=secret")
        page = client.get(f"/article?id={article.id}").text
        assert 'data-geocoder="nominatim at http://localhost"' in page
        found = client.get("/api/places", params={"q": "Zolnivka", "geocoder": "1"}).json()
        assert [place["id"] for place in found] == ["osm:node/1"]
        assert client.get("/api/places", params={"q": "Zolnivka"}).json() != found


class TestRun:
    """A desk opened on the folder of ``dateline run``."""

    @pytest.fixture
    def library(self, tmp_path: Path) -> Library:
        from dateline.geo import corpus

        texts = {
            "sure": "Shelling hit Kharkiv, Ukraine.",
            "unsure": "Police in Springfield met. Springfield slept.",
        }
        rows = [json.dumps({"id": key, "text": text}) for key, text in texts.items()]
        (tmp_path / "news.jsonl").write_text("\n".join(rows))
        corpus.run([tmp_path / "news.jsonl"], tmp_path / "run", model="fast", workers=1)
        return gather([str(tmp_path / "run")])

    def test_the_most_unsure_articles_come_first(
        self, library: Library, parser: geo.Geoparser, journal: Journal
    ) -> None:
        session = Session(library, parser, journal)
        assert session.unsure_first() == ["unsure", "sure"]
        assert session.following("sure") == "unsure"
        journal.append({"article": "unsure", "action": "checked"}, "unsure", 0)
        assert session.unsure_first() == ["unsure", "sure"]  # the order stays while people work
        assert session.following("unsure") == "sure"
        journal.append({"article": "sure", "action": "checked"}, "sure", 0)
        assert session.following("unsure") is None

    def test_an_export_of_all_is_the_run_put_right(
        self, library: Library, parser: geo.Geoparser, journal: Journal
    ) -> None:
        session = Session(library, parser, journal)
        line = {"article": "sure", "action": "remove-event", "start": 0}
        assert "Kharkiv" in set(session.result().events["place"])
        journal.append(line, "sure", 0)
        assert "Kharkiv" not in set(session.result().events["place"])


def test_the_gazetteer_is_searched(client: TestClient) -> None:
    assert client.get("/api/places", params={"q": "Chernigiv"}).json()[0]["id"] == "geonames:710735"


def test_an_unknown_article_is_not_found(client: TestClient) -> None:
    assert client.get("/article?id=none").status_code == 404


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--geocode", "nominatim", "--dry-run"], "has no dry run"),
        (["--corrections", "damaged.jsonl"], "damaged.jsonl, line 1: is no correction"),
        (["missing.txt"], "missing.txt: no such file"),
    ],
)
def test_the_command_says_in_words_why_it_does_not_start(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "damaged.jsonl").write_text("{}\n")
    command = [sys.executable, "-m", "dateline", "serve", "--no-browser", "--port", "0", *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ended.returncode != 0
    assert message in ended.stderr
    assert "Traceback" not in ended.stderr
