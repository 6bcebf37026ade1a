"""What people put right is applied, undone and never dropped in silence."""

import json
from pathlib import Path

import pytest

from dateline import gazetteer
from dateline.errors import InputError
from dateline.geo import Result, from_text, geoparse
from dateline.geo.corrections import Correction, Corrections
from dateline.geo.model import Article, Event, Mention, Resolution
from dateline.summary import summarize

ARTICLE = Article("a1", "Paris fell silent. In Paris, police shot at Paris.")
MENTIONS = [Mention(0, 5, "Paris"), Mention(22, 27, "Paris"), Mention(44, 49, "Paris")]
TEXAS = "geonames:4717560"


@pytest.fixture(scope="module")
def gaz() -> gazetteer.Gazetteer:
    return gazetteer.open()


def line(**fields: object) -> Correction:
    base = {"id": "c1", "article": "a1", "by": "anna", "at": "2026-01-25T10:00:00Z", "text": "Paris"}
    return base | fields  # type: ignore[return-value]


def unresolved() -> list[Resolution]:
    return [Resolution(mention, None, 0.5) for mention in MENTIONS]


def test_one_mention_gets_another_place(gaz: gazetteer.Gazetteer) -> None:
    corrections = Corrections([line(action="place", start=22, end=27, place={"id": TEXAS})])
    first, second, third = corrections.resolutions(ARTICLE, unresolved(), gaz)
    assert first.place is third.place is None
    assert second.place is not None
    assert second.place.id == TEXAS
    assert second.reasons == ("set by anna on 2026-01-25",)


def test_all_mentions_of_an_article(gaz: gazetteer.Gazetteer) -> None:
    corrections = Corrections([line(action="place", scope="article", place={"id": TEXAS})])
    assert {r.place.id for r in corrections.resolutions(ARTICLE, unresolved(), gaz) if r.place} == {TEXAS}
    other = Article("a2", ARTICLE.text)
    assert all(r.place is None for r in corrections.resolutions(other, unresolved(), gaz))


def test_from_now_on_means_every_article(gaz: gazetteer.Gazetteer) -> None:
    corrections = Corrections([line(action="remove", scope="always")])
    assert corrections.mentions(Article("a2", ARTICLE.text), MENTIONS) == []


def test_a_pin_dropped_by_hand(gaz: gazetteer.Gazetteer) -> None:
    pin = {"name": "the bridge", "lat": 50.45, "lon": 30.52, "radius_km": 0.5}
    corrections = Corrections([line(action="place", start=0, end=5, place=pin)])
    place = corrections.resolutions(ARTICLE, unresolved(), gaz)[0].place
    assert place is not None
    assert (place.id, place.country, place.radius_km) == ("user:50.45000,30.52000", "UA", 0.5)
    assert gaz.geometry(place).geom_type == "Point"


def test_a_missed_mention_is_added_and_a_role_set() -> None:
    corrections = Corrections(
        [
            line(action="add", start=29, end=35, text="police"),
            line(id="c2", action="role", start=0, end=5, role="metonym"),
        ]
    )
    mentions = corrections.mentions(ARTICLE, MENTIONS)
    assert [m.start for m in mentions] == [0, 22, 29, 44]
    assert mentions[0].role == "metonym"


def test_undo_and_redo() -> None:
    remove = line(action="remove", start=0, end=5)
    undo: Correction = {"id": "c2", "undo": "c1"}
    redo: Correction = {"id": "c3", "undo": "c2"}
    assert len(Corrections([remove])) == 1
    assert len(Corrections([remove, undo])) == 0
    assert len(Corrections([remove, undo, redo])) == 1


def test_an_event_is_changed_or_removed(gaz: gazetteer.Gazetteer) -> None:
    event = Event("a1", "ASSAULT", "", 36, 40, "shot", 19, 50, ARTICLE.text[19:], "actual", 0.7)
    change = line(
        action="event", start=36, set={"status": "denied", "place": {"id": TEXAS}, "end": "2026-01-24"}
    )
    (changed,) = Corrections([change]).events(ARTICLE, [event], unresolved(), gaz)
    assert (changed.status, str(changed.end)) == ("denied", "2026-01-24")
    assert changed.places[0].resolution.place is not None
    assert changed.places[0].resolution.place.id == TEXAS
    remove = line(id="c2", action="remove-event", start=36)
    assert Corrections([change, remove]).events(ARTICLE, [event], unresolved(), gaz) == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{", "line 2"),
        ("[]", "needs an object with an id"),
        ('{"id": "x", "action": "explode"}', "action 'explode'"),
        ('{"id": "x", "action": "remove", "text": "a"}', "lacks 'article'"),
        ('{"id": "x", "action": "place", "scope": "always", "text": "a"}', "lacks 'place'"),
        (
            '{"id": "x", "action": "event", "article": "a", "start": 1, "set": {"color": "red"}}',
            "sets 'color'",
        ),
        ('{"id": 7, "action": "remove"}', "needs an object with an id"),
        (
            '{"id": "c1", "action": "remove", "article": "a", "start": 0, "end": 1, "text": "a"}',
            "of a line before",
        ),
        ('{"id": "x", "action": ["remove"]}', "action"),
        ('{"id": "x", "action": "remove", "scope": "forever", "text": "a"}', "scope 'forever'"),
        ('{"id": "x", "action": "remove", "article": "a", "start": 5, "end": 2, "text": "a"}', "no span"),
        ('{"id": "x", "action": "remove", "article": "a", "start": -3, "end": 2, "text": "a"}', "no span"),
        ('{"id": "x", "action": "remove", "article": "a", "start": true, "end": 2, "text": "a"}', "'start'"),
        ('{"id": "x", "action": "remove", "scope": "always", "text": ""}', "lacks 'text'"),
        ('{"id": "x", "action": "remove", "scope": "always", "text": "a", "by": {"name": "a"}}', "'by'"),
        ('{"id": "x", "action": "role", "scope": "always", "text": "a", "role": "king"}', "role 'king'"),
        ('{"id": "x", "action": "place", "scope": "always", "text": "a", "place": {"lat": 1}}', "needs both"),
        (
            '{"id": "x", "action": "place", "scope": "always", "text": "a", "place": {"lat": 91, "lon": 0}}',
            "'lat'",
        ),
        (
            '{"id": "x", "action": "place", "scope": "always", "text": "a", "place": {"lat": NaN, "lon": 0}}',
            "'lat'",
        ),
        (
            '{"id": "x", "action": "place", "scope": "always", "text": "a", "place": {"id": 7}}',
            "'id' is not text",
        ),
        ('{"id": "x", "action": "event", "article": "a", "start": 1, "set": {"start": "soon"}}', "no day"),
        (
            '{"id": "x", "action": "event", "article": "a", "start": 1, "set": {"status": "maybe"}}',
            "status 'maybe'",
        ),
        ('{"id": "x", "action": "merge", "article": "a", "start": 1, "report": {}}', "the report to merge"),
        (
            '{"id": "x", "action": "merge", "article": "a", "start": 1, "report": {"article": "a", "start": 1}}',
            "into itself",
        ),
        ('{"id": "x", "action": "checked", "article": "a", "counts": {"right": "all"}}', "no numbers"),
        ("[" * 100000, "line 2"),
    ],
)
def test_a_line_that_is_no_correction_is_named(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "dateline.corrections.jsonl"
    path.write_text(json.dumps(line(action="remove", start=0, end=5)) + "\n" + row + "\n")
    with pytest.raises(InputError, match=message) as caught:
        Corrections.read(path)
    assert "line 2" in str(caught.value)


def test_the_summary_counts_what_people_put_right() -> None:
    article = from_text("Ministers met in Paris on Monday, officials in Paris said.")
    corrections = Corrections([line(action="place", scope="always", place={"id": TEXAS})])
    result = geoparse(article, model="fast", corrections=corrections)
    assert set(result.mentions["place_id"]) == {TEXAS}
    assert "1 correction by people applied" in summarize(result)


def test_a_file_may_hold_any_line_separator_within_its_text(tmp_path: Path) -> None:
    path = tmp_path / "dateline.corrections.jsonl"
    path.write_text(
        json.dumps(line(action="remove", start=0, end=5, by="a\u2028b"), ensure_ascii=False) + "\n"
    )
    assert len(Corrections.read(path)) == 1


def test_a_place_that_the_gazetteer_lacks_stands_by_its_point(gaz: gazetteer.Gazetteer) -> None:
    lost = {"id": "osm:node/1", "name": "Zolnivka", "lat": 49.0, "lon": 31.0, "radius_km": 2}
    corrections = Corrections([line(action="place", start=0, end=5, place=lost)])
    place = corrections.resolutions(ARTICLE, unresolved(), gaz)[0].place
    assert place is not None
    assert (place.id, place.name, place.country) == ("osm:node/1", "Zolnivka", "UA")
    nameless = Corrections([line(action="place", start=0, end=5, place={"id": "osm:node/1"})])
    with pytest.raises(InputError, match="this gazetteer lacks"):
        nameless.resolutions(ARTICLE, unresolved(), gaz)


def test_a_correction_of_words_that_are_gone_is_told_not_applied() -> None:
    edited = Article("a1", "London fell silent. In Paris, police shot at Paris.")
    corrections = Corrections([line(action="remove", start=0, end=5)])
    mentions = [Mention(0, 6, "London"), Mention(23, 28, "Paris")]
    assert corrections.mentions(edited, mentions) == mentions
    (told,) = corrections.misplaced(edited)
    assert "c1 is about 'Paris' at 0, where the article now has 'Londo'" in told


def test_chosen_words_take_the_place_of_what_overlaps_them() -> None:
    article = Article("a1", "They met in New York City hall. York is old.")
    mentions = [Mention(12, 20, "New York"), Mention(16, 25, "York City"), Mention(32, 36, "York")]
    add = line(action="add", start=12, end=25, text="New York City")
    assert [m.text for m in Corrections([add]).mentions(article, mentions)] == ["New York City", "York"]
    everywhere = line(action="add", scope="always", text="York")
    assert Corrections([everywhere]).mentions(article, mentions) == mentions


def test_a_wide_pin_says_near_and_a_country_is_no_point(gaz: gazetteer.Gazetteer) -> None:
    event = Event("a1", "ASSAULT", "", 36, 40, "shot", 19, 50, ARTICLE.text[19:], "actual", 0.7)
    places = [{"lat": 50.0, "lon": 30.0, "radius_km": 40}, {"id": "geonames:690791"}, {"id": TEXAS}]
    told = []
    for place in places:
        change = line(action="event", start=36, set={"place": place})
        (changed,) = Corrections([change]).events(ARTICLE, [event], [], gaz)
        told.append(changed.places[0].precision)
    assert told == ["near", "country", "exact"]


def test_a_first_day_after_the_last_moves_both(gaz: gazetteer.Gazetteer) -> None:
    event = Event("a1", "ASSAULT", "", 36, 40, "shot", 19, 50, ARTICLE.text[19:], "actual", 0.7)
    changes = [
        line(action="event", start=36, set={"end": "2026-01-20"}),
        line(action="event", start=36, set={"start": "2026-01-24"}),
    ]
    (changed,) = Corrections(changes).events(ARTICLE, [event], [], gaz)
    assert (str(changed.start), str(changed.end)) == ("2026-01-24", "2026-01-24")


def two_reports() -> list[Article]:
    texts = ["Shelling killed two people in Kharkiv on Monday.", "Two died in the shelling of Kharkiv."]
    return [from_text(text, source=source) for text, source in zip(texts, ("AP", "AFP"), strict=True)]


def test_two_reports_of_one_event_are_merged() -> None:
    articles = two_reports()
    events = geoparse(articles).events
    first, second = ((row.article_id, row.trigger_start) for row in events.itertuples())
    merge: Correction = {
        "id": "c1",
        "action": "merge",
        "article": first[0],
        "start": first[1],
        "report": {"article": second[0], "start": second[1]},
    }
    result = geoparse(articles, corrections=Corrections([merge]))
    (event,) = result.events.itertuples()
    assert (event.article_id, event.reports, event.sources) == (first[0], 2, "AFP; AP")
    ring: Correction = merge | {
        "id": "c2",
        "article": second[0],
        "start": second[1],
        "report": {"article": first[0], "start": first[1]},
    }  # type: ignore[assignment]
    assert len(geoparse(articles, corrections=Corrections([merge, ring])).events) == 2


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run of three articles, the third a reprint of the first."""
    corpus = pytest.importorskip("dateline.geo.corpus", reason="needs the extra dateline[corpus]")
    folder = tmp_path_factory.mktemp("run")
    texts = {
        "a": "Shelling killed two people in Kharkiv on Monday. Police in Paris said nothing.",
        "b": "A flood hit Odesa on Tuesday.",
        "c": "Shelling killed two people in Kharkiv on Monday. Police in Paris said nothing!",
    }
    rows = [json.dumps({"id": key, "text": text, "source": key.upper()}) for key, text in texts.items()]
    (folder / "news.jsonl").write_text("\n".join(rows))
    corpus.run([folder / "news.jsonl"], folder / "out", model="fast", workers=1)
    return folder / "out"


class TestFinishedRun:
    """``dateline map RUN --corrections FILE``: what is put right after a run."""

    def corrected(self, run: Path, *lines: Correction, reprints: bool = False) -> Result:
        from dateline.geo import corpus

        before = corpus.load(run, reprints=reprints)
        right = Corrections(lines)
        return corpus.corrected(run, before, right, corpus.Filters(), reprints=reprints)

    def test_its_events_and_mentions_move_and_the_rest_stays(self, run: Path) -> None:
        from dateline.geo import corpus

        before = corpus.load(run)
        move = line(action="place", article="a", start=30, end=37, text="Kharkiv", place={"id": TEXAS})
        after = self.corrected(run, move)
        placed = dict(zip(after.events["article_id"], after.events["place_id"], strict=True))
        assert placed == {"a": TEXAS, "b": before.events.set_index("article_id")["place_id"]["b"]}
        assert after.corrections == 1
        assert list(after.events.columns) == list(before.events.columns)
        assert after.events.dtypes.astype(str).to_dict() == before.events.dtypes.astype(str).to_dict()
        assert after.events.set_index("article_id")["reports"]["a"] == 2
        assert TEXAS in set(after.places["place_id"])

    def test_from_now_on_reaches_every_article(self, run: Path) -> None:
        gone = line(action="remove", scope="always", text="Paris")
        after = self.corrected(run, gone)
        assert "Paris" not in set(after.mentions["text"])
        assert "Paris" not in set(after.places["name"])

    def test_nothing_to_put_right_changes_nothing(self, run: Path) -> None:
        from dateline.geo import corpus

        elsewhere = line(action="remove", article="other", start=0, end=5)
        after, before = self.corrected(run, elsewhere), corpus.load(run)
        assert after.events.drop(columns="geometry").equals(before.events.drop(columns="geometry"))

    def test_a_corpus_that_is_gone_is_told(self, run: Path, tmp_path: Path) -> None:
        corpus = run.parent / "news.jsonl"
        kept = corpus.read_text()
        corpus.write_text('{"id": "b", "text": "A flood cut power in Odesa on Tuesday."}')
        try:
            with pytest.raises(InputError, match="no longer in the corpus"):
                self.corrected(run, line(action="remove", article="a", start=30, end=37, text="Kharkiv"))
        finally:
            corpus.write_text(kept)

    def test_the_command_applies_them(self, run: Path, tmp_path: Path) -> None:
        from click.testing import CliRunner

        from dateline.main import main

        path = tmp_path / "dateline.corrections.jsonl"
        move = line(action="place", article="a", start=30, end=37, text="Kharkiv", place={"id": TEXAS})
        path.write_text(json.dumps(move) + "\n")
        output = tmp_path / "events.csv"
        ended = CliRunner().invoke(main, ["export", str(run), "-o", str(output), "--corrections", str(path)])
        assert "1 correction by people applied" in ended.output
        assert TEXAS in output.read_text()
