"""From files to articles: formats, encodings and every kind of file that is no article."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.geo import markdown, readers

SEED = Path(__file__).parent.parent / "seeds" / "000_cd56c94f49b3828d.txt"
RUSSIAN = "Взрывы в Харькове\n\nВ субботу в Харькове прогремели взрывы, сообщили местные власти. " * 3


def test_the_seed_has_a_header_and_a_title() -> None:
    article = readers.read(SEED)
    assert article.title == "US Says Russia, Ukraine Took 'Big Step', Will Meet Again Next Week"
    assert article.date == dt.date(2026, 1, 25)
    assert (article.source, article.section) == ("ETV Bharat", "international")
    assert article.text == SEED.read_bytes().decode("utf-8")
    assert article.text[article.body_start :].lstrip().startswith("US Says Russia")


def test_plain_text_needs_no_header() -> None:
    article = readers.from_text("Floods in Dhaka\n\nThe water rose on Monday.")
    assert (article.title, article.date, article.body_start) == ("Floods in Dhaka", None, 0)


def test_one_paragraph_has_no_title() -> None:
    assert readers.from_text("The water rose in Dhaka on Monday.").title == ""


def test_the_same_text_has_the_same_id() -> None:
    assert readers.from_text("Dhaka").id == readers.from_text("Dhaka").id
    assert readers.from_text("Dhaka").id != readers.from_text("Delhi").id


def test_markdown_is_read_without_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "story.md"
    path.write_text(
        "---\ntitle: 'Dockers strike in Gdynia'\ndate: 2026-03-08\nlang: en\n---\n\n# Dockers strike\n\n"
        "**Gdynia** – Some _400_ dockers [walked out](https://example.org/a_(b)) on Sunday.\n\n***\n\n"
        "- In Sopot,\n  nobody did.\n\n> It was \\*quiet\\*.\n\n![Cranes in Oslo](oslo.jpg)\n"
    )
    article = readers.read(path)
    assert (article.title, article.date, article.language) == (
        "Dockers strike in Gdynia", dt.date(2026, 3, 8), "en",
    )  # fmt: skip
    assert article.text.split("\n\n") == [
        "Dockers strike",
        "Gdynia – Some 400 dockers walked out on Sunday.",
        "- In Sopot,\n  nobody did.",
        "It was *quiet*.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        " date 2026-01-25 AFP / world\n\nTalks end\n\nThey met in Bern.",
        "Room 5 * 3 * 2, file a_b_c, on [sic] the road\n\nfrom 2 - 3 p.m. (local) #1 was hit.",
        "Dash\n\n--- but no front matter: it goes on.",
    ],
)
def test_what_is_no_mark_stays_in_markdown(text: str) -> None:
    assert markdown.read(text) == {"text": text}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
def test_encodings_are_recognised(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(RUSSIAN.encode(encoding))
    assert readers.read(path).text == RUSSIAN


def test_latin1_is_recognised(tmp_path: Path) -> None:
    text = "Élections à Orléans\n\nLe maire d'Orléans a été réélu dimanche, après un été très agité à Évry."
    path = tmp_path / "article.txt"
    path.write_bytes(text.encode("latin-1"))
    assert readers.read(path).text == text


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n ", "empty"),
        ("scan.pdf", b"%PDF-1.7\n...", "is a PDF"),
        ("word.docx", b"PK\x03\x04...", "ZIP or Office"),
        ("story.rtf", b"{\\rtf1 ...}", "is an RTF file"),
        (
            "two.jsonl",
            b'{"text": "Kyiv"}',
            r"may hold many articles; read it with 'dateline run .*two\.jsonl -o OUT'",
        ),
        ("news.txt.gz", b"...", "may hold many articles"),
        (
            "own.html",
            b'<!DOCTYPE html><meta name="generator" content="Dateline">',
            "a map that Dateline wrote",
        ),
        ("events.geojson", b"{}", "is a map or data, not an article"),
        ("noise.bin", bytes(range(256)) * 8, "binary"),
        ("broken.txt", "date".encode("utf-16") + b"\x00", "UTF-16"),
        ("day.txt", b" date 2026-02-30 AFP / world\n\nTitle\n\nText", "2026-02-30 is not a day"),
    ],
)
def test_what_is_no_article_is_refused_in_one_sentence(
    tmp_path: Path, name: str, raw: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(InputError, match=message) as caught:
        readers.read(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.txt: no such file"):
        readers.read(tmp_path / "nowhere.txt")


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kyiv")
    (tmp_path / "b.txt").write_text("")
    (tmp_path / "c.txt").write_text("Lviv")
    good, bad, other = readers.read_many([str(tmp_path / "*.txt")])
    assert isinstance(bad, InputError)
    assert [a.text for a in (good, other) if not isinstance(a, InputError)] == ["Kyiv", "Lviv"]


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_decoder(raw: bytes) -> None:
    try:
        text = readers.decode(raw)
    except InputError:
        return
    assert isinstance(text, str)


@given(st.text(min_size=1, max_size=300))
def test_the_text_is_kept_to_the_letter(text: str) -> None:
    if text.strip():
        assert readers.from_text(" date 2026-01-25 X\n" + text).text.endswith(text)
