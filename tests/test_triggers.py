"""Words that report events: the bundled lexicon, and lines of a user's own before it."""

from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.geo.triggers import find, load_lexicon
from dateline.geo.words import words


def own(folder: Path, text: str) -> Path:
    path = folder / "own.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_own_lines_come_before_the_bundled_ones(tmp_path: Path) -> None:
    lexicon = load_lexicon(own(tmp_path, "pattern,type,mode\nmarch~v|protest~v,RALLY,street\n"))
    sentence = words("Thousands marched in Lima after a strike killed two soldiers.")
    assert [t.type for t in find(sentence)] == ["PROTEST", "ASSAULT", "ASSAULT"]
    assert [t.type for t in find(sentence, lexicon)] == ["RALLY", "ASSAULT", "ASSAULT"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("pattern,kind\nmarch,PROTEST\n", "line 2: the columns must be pattern and type"),
        ("pattern,type\nmarch,protest\n", "line 2: the type 'protest' must be capital letters"),
        (
            "pattern,type\nmarch,PROTEST\nriot *,PROTEST\n",
            "line 3: the pattern 'riot \\*' must start and end",
        ),
        ("pattern,type\n,PROTEST\n", "line 2: the pattern '' must"),
        ("pattern,type\nmarch @crowds,PROTEST\n", "line 2: there is no group of words @crowds"),
        ("pattern,type\nmarch,PROTEST,street\n", "line 2: it has more cells than columns"),
    ],
)
def test_a_bad_line_is_named_with_the_mend(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        load_lexicon(own(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv: cannot be read"):
        load_lexicon(tmp_path / "none.csv")
