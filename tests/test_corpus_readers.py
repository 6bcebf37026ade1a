"""What a corpus may be made of, and what may be wrong with it."""

import gzip
import io
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dateline.errors import InputError
from dateline.geo.corpus import readers, sources
from dateline.geo.corpus.articles import article
from dateline.geo.corpus.language import detect
from dateline.geo.corpus.progress import Progress
from dateline.geo.corpus.readers import Record
from dateline.geo.readers import day
from dateline.geo.readers import read as read_article

QUAY = """<!DOCTYPE html><html><head><title>Quay collapses in Mombasa | The Coast</title>
<meta property="article:published_time" content="2026-03-11T08:30:00+03:00"></head><body>
<nav><a href="/">Home</a> <a href="/w">Nairobi</a> <a href="/s">Kampala</a></nav>
<article><h1>Quay collapses in Mombasa</h1><p>A quay collapsed in the port of Mombasa on Tuesday, and eleven
dockers were taken to hospital, the harbour master said in a statement that evening.</p><p>Two ships were sent on
to Dar es Salaam, where they are expected on Thursday, and the port will stay closed for a week.</p></article>
<aside><h3>Most read</h3><ul><li>Fire in Kisumu</li></ul></aside></body></html>"""
TEXT = "A drone strike hit Kharkiv on Saturday, officials said, and the power failed."
ROW = {"id": "a1", "Headline": "Kharkiv hit", "body": TEXT, "pub_date": "2026-01-25", "publisher": "AFP"}


def read(*paths: Path | str, said: list[str] | None = None, **given: str) -> list[Record]:
    found = sources.find([str(path) for path in paths])
    return list(
        readers.read(found, given, sources.Meter(), said.append if said is not None else lambda _: None)
    )


def jsonl(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_jsonl_columns_are_guessed_and_said(tmp_path: Path) -> None:
    said: list[str] = []
    path = jsonl(tmp_path / "news.jsonl", ROW, ROW)
    records = read(path, said=said)
    assert [record.line for record in records] == [1, 2]
    assert said == [
        f"{path}: text in 'body', title in 'Headline', date in 'pub_date', source in 'publisher', id in 'id'"
    ]
    made = article(records[0])
    assert (made.id, made.text, made.title, made.date, made.source) == (
        "a1",
        TEXT,
        "Kharkiv hit",
        date(2026, 1, 25),
        "AFP",
    )
    assert made.language == "en"
    assert made.path == f"{path}:1"


def test_chosen_columns_are_never_overruled(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "news.jsonl", ROW | {"summary": "Short."})
    assert read(path, text="summary")[0].fields["text"] == "Short."
    with pytest.raises(InputError, match="no column 'story' for the text; its columns are 'id'"):
        read(path, text="story")


def test_a_long_column_of_any_name_is_the_text(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "x.jsonl", {"k": 1, "inhalt": TEXT})
    assert read(path)[0].fields == {"text": TEXT}
    with pytest.raises(InputError, match="no column looks like an article's text"):
        read(jsonl(tmp_path / "y.jsonl", {"k": 1, "v": "short"}))


def test_bad_lines_are_rejected_with_their_number(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    good = json.dumps(ROW)
    path.write_text(
        f'{good}\nnot json\n[1]\n{{"other": 1}}\n{{"body": ""}}\n{{"body": {{"x": 1}}}}\n\n{good}\n'
    )
    problems = {record.line: record.problem for record in read(path)}
    assert problems == {
        1: "",
        2: "not JSON: Expecting value: line 1 column 1 (char 0)",
        3: "holds an array; write one object a line, as jq -c '.[]' does",
        4: "'body' is missing",
        5: "'body' is empty",
        6: "a column holds dict, not text",
        8: "",
    }


def test_a_file_that_begins_with_many_bad_lines(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("oops\n" * 200 + json.dumps(ROW) + "\n")
    records = read(path)
    assert len(records) == 201
    assert records[200].fields["text"] == TEXT


def test_a_pretty_printed_array_is_told_apart_from_lines(tmp_path: Path) -> None:
    path = tmp_path / "news.json"
    path.write_text(json.dumps([ROW], indent=1))
    assert read(path)[0].problem == "holds an array; write one object a line, as jq -c '.[]' does"


def test_mixed_encodings_are_decoded_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    cyrillic = "Российские войска обстреляли Харьков в субботу, сообщили власти города."
    western = "Der Außenminister sprach in Zürich über die Flüchtlinge aus der Türkei."
    lines = [
        f'{{"text": "{t}"}}\n'.encode(e)
        for t, e in ((TEXT, "utf-8"), (western, "cp1252"), (cyrillic, "cp1251"))
    ]
    path.write_bytes(b"".join(lines))
    assert [record.fields["text"] for record in read(path)] == [TEXT, western, cyrillic]


def test_a_line_beyond_the_limit_is_skipped_without_being_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MAX_RECORD", 1000)
    asked: list[int] = []

    class Stream(io.BytesIO):
        def readline(self, limit: int | None = -1) -> bytes:
            asked.append(limit or -1)
            return super().readline(limit)

    stream = Stream(b"short\n" + b"x" * 10_000_000 + b"\nshort again\n")
    assert list(sources.bounded_lines(stream)) == [(1, b"short\n"), (2, None), (3, b"short again\n")]
    assert all(0 < limit <= 1024**2 for limit in asked)


@pytest.mark.parametrize("codec", ["gzip", "zstd"])
def test_a_truncated_file_gives_what_stands_before_the_break(tmp_path: Path, codec: str) -> None:
    rows = [ROW | {"id": f"a{i}", "body": f"{TEXT} {hash(i)} " * 20} for i in range(2000)]
    whole = pa.BufferOutputStream()
    with pa.CompressedOutputStream(whole, codec) as stream:
        stream.write("".join(json.dumps(row) + "\n" for row in rows).encode())
    path = tmp_path / f"news.jsonl.{'gz' if codec == 'gzip' else 'zst'}"
    path.write_bytes(whole.getvalue().to_pybytes()[:-2000])
    records = read(path)
    assert len(records) > 2
    assert records[-1].problem == f"breaks off after record {len(records) - 1}: Truncated compressed stream"
    assert not any(record.problem for record in records[:-1])


def test_csv_with_quotes_semicolons_and_ragged_rows(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text(
        f'text;date\n"{TEXT}\nSecond ""line"".";2026-01-25\nonly one cell\n{TEXT};2026-01-26\n',
        encoding="utf-8-sig",
    )
    records = read(path)
    assert records[0].fields == {"text": f'{TEXT}\nSecond "line".', "date": "2026-01-25"}
    assert records[1].problem == "has 1 cells, not 2"
    assert records[2].fields["date"] == "2026-01-26"


def test_parquet_reads_only_the_columns_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "news.parquet"
    pq.write_table(
        pa.table({"content": [TEXT, None], "n": [1, 2], "published": [date(2026, 1, 25), None]}), path
    )
    records = read(path)
    assert records[0].fields == {"text": TEXT, "date": "2026-01-25"}
    assert records[1].problem == "'content' is empty"
    path.write_bytes(b"PAR1 no more")
    with pytest.raises(InputError, match="is no sound Parquet file"):
        read(path)


PAGE = f"""<html><head><title>Kharkiv hit</title><meta property="article:published_time" content="2026-01-25">
<meta property="og:site_name" content="AFP"></head><body><nav><a href="/">Home</a></nav><article><h1>Kharkiv hit</h1>
{"".join(f"<p>{TEXT} Number {i}.</p>" for i in range(8))}</article><footer>All rights reserved</footer></body></html>"""


def test_a_folder_of_pages_and_texts_each_folder_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "page.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (tmp_path / "a.txt").write_text(f" date 2026-01-25 AFP / world\n\nKharkiv hit\n\n{TEXT}")
    (tmp_path / "z.docx").write_bytes(b"PK")
    (tmp_path / ".hidden.txt").write_text("no")
    records = read(tmp_path)
    assert [Path(record.path).name for record in records] == ["a.txt", "z.docx", "page.html.gz"]
    assert records[1].problem == "unknown format"
    page = article(records[2])
    assert (page.title, page.date, page.source) == ("Kharkiv hit", date(2026, 1, 25), "AFP")
    assert TEXT in page.text
    assert "All rights" not in page.text
    assert article(records[0]).source == "AFP"


def test_feed(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(
        f"""<rss version="2.0"><channel><title>AFP</title><language>en-us</language><item><title>Kharkiv hit</title>
        <link>https://example.org/1</link><pubDate>Sun, 25 Jan 2026 08:00:00 GMT</pubDate>
        <description>&lt;p&gt;{TEXT}&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description></item></channel></rss>"""
    )
    made = article(read(path)[0])
    assert (made.text, made.date, made.url, made.source) == (
        TEXT,
        date(2026, 1, 25),
        "https://example.org/1",
        "AFP",
    )
    path.write_text("<html>no feed</html>")
    with pytest.raises(InputError, match="is no RSS or Atom feed"):
        read(path)


def test_warc(tmp_path: Path) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = tmp_path / "crawl.warc.gz"
    with open(path, "wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, kind, body in (
            ("https://example.org/1", "text/html", PAGE),
            ("https://example.org/x", "image/png", "x"),
        ):
            headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.0")
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=io.BytesIO(body.encode()), http_headers=headers
                )
            )
    records = read(path)
    assert [record.fields for record in records] == [{"url": "https://example.org/1"}]
    assert article(records[0]).date == date(2026, 1, 25)


def test_hostile_values_become_plain_text() -> None:
    record = Record(
        "x.jsonl", 1, {"text": TEXT + " \ud800", "id": "../../etc\npasswd" + "x" * 500, "date": "not a day"}
    )
    made = article(record)
    assert made.text.endswith("�")
    assert "\n" not in made.id
    assert len(made.id) == 200
    assert made.date is None


def test_page_without_an_article() -> None:
    with pytest.raises(InputError, match="no article was found"):
        article(Record("x.html", 0, html=b"<html><body></body></html>"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "events.csv",
            "id,event_id,trigger,quote,precision\n1,1,hit,A strike hit Kharkiv on Saturday night,exact\n",
        ),
        ("c.jsonl", '{"id": "c1", "action": "remove", "scope": "always", "text": "Reading"}\n'),
        ("events.json", '{"type": "FeatureCollection", "features": [\n]}\n'),
        ("map.html", '<!DOCTYPE html><html><head><meta name="generator" content="Dateline"></head></html>'),
    ],
)
def test_what_dateline_wrote_is_no_corpus(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=f"{name}: .*give the articles it was made of"):
        read(tmp_path / name)
    (tmp_path / "a.txt").write_text(TEXT)
    said: list[str] = []
    assert [Path(record.path).name for record in read(tmp_path, said=said) if not record.problem] == ["a.txt"]
    assert said[-1].endswith("left out")


def test_of_a_folder_the_outcome_of_a_run_and_readmes_are_passed_over(tmp_path: Path) -> None:
    run = tmp_path / "news"
    for name in ("manifest.json", "rejects.jsonl", "events/part-00000.parquet", "a.txt", "README.md"):
        (run / name).parent.mkdir(parents=True, exist_ok=True)
        (run / name).write_text('{"version": 1, "dateline": "0.1.0", "tables": {}}')
    said: list[str] = []
    assert [Path(source.path).name for source in sources.find([str(tmp_path)], said.append)] == ["a.txt"]
    assert said == [f"{run}: holds the outcome of a run, which is not read again"]
    (run / "manifest.json").write_text("{}")  # of another program
    assert len(sources.find([str(tmp_path)])) == 4


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-01-25", "2026-01-25"),
        ("2026-01-25 23:59:59+02:00", "2026-01-25"),
        ("20260125", "2026-01-25"),
        ("1769299200", "2026-01-25"),
        ("1769299200000", "2026-01-25"),
        ("Sun, 25 Jan 2026 08:00:00 +0000", "2026-01-25"),
        ("2026-13-45", "None"),
        ("", "None"),
        ("99999999999999999999", "None"),
    ],
)
def test_days(written: str, expected: str) -> None:
    assert str(day(written)) == expected


def test_languages() -> None:
    assert [detect(t) for t in ("Le président a parlé mardi à Paris avec son homologue.", TEXT, "")] == [
        "fr",
        "en",
        "",
    ]


def test_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        sources.find([str(tmp_path / "missing")])
    with pytest.raises(InputError, match="no file of a known format"):
        sources.find([str(tmp_path)])


def test_other_stores_are_read_through_fsspec() -> None:
    import fsspec

    with fsspec.open("memory://news/a.jsonl.gz", "wb") as file:
        file.write(gzip.compress(json.dumps(ROW).encode() + b"\n"))
    assert read("memory://news/a.jsonl.gz")[0].fields["text"] == TEXT
    with pytest.raises(InputError, match="cannot be opened"):
        sources.find(["memory://news/missing.jsonl"])
    with pytest.raises(InputError, match=r"nosuch://x\.jsonl"):
        sources.find(["nosuch://x.jsonl"])


def test_progress_is_quiet_in_a_pipe_and_says_the_rest_on_a_terminal() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    raw = io.BytesIO(b"x" * 100)
    meter = sources.Meter(total=100, raw=raw)
    raw.seek(25)
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        progress = Progress(meter, stream)
        progress.add(1200, 3)
        assert progress.line().startswith("1,200 articles · ")
        assert "3 left out · 25 % read · about 0 s left" in progress.line()
        progress.say("Writing the tables...")
    assert "Writing the tables..." in terminal.getvalue()
    assert pipe.getvalue() == ""


@pytest.mark.parametrize("name", ["page.html", "page.txt"])
def test_of_a_web_page_the_article_is_read_as_a_run_reads_it(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(QUAY)
    alone = read_article(path)
    assert (alone.title, alone.date) == ("Quay collapses in Mombasa", date(2026, 3, 11))
    assert "Dar es Salaam" in alone.text
    assert not any(name in alone.text for name in ("Nairobi", "Kisumu", "<"))
    (record,) = read(path)
    assert article(record).id == alone.id
