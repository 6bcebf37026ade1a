"""A file is written whole or not at all."""

import os

import pytest

from dateline.errors import OutputError
from dateline.maps.files import write_atomically


def test_text_bytes_and_writers(tmp_path):
    assert write_atomically(tmp_path / "a.txt", "Ж\n").read_bytes() == "Ж\n".encode()
    assert write_atomically(tmp_path / "b.bin", b"\0").read_bytes() == b"\0"
    write_atomically(tmp_path / "c.txt", lambda path: path.write_text("by a library"))
    assert (tmp_path / "c.txt").read_text() == "by a library"


@pytest.mark.parametrize(
    ("trouble", "raised"),
    [
        (OSError(28, "No space left on device"), OutputError),
        (KeyboardInterrupt(), KeyboardInterrupt),
        (ValueError("bug"), ValueError),
    ],
    ids=["full disk", "Ctrl-C", "bug"],
)
def test_trouble_leaves_the_old_file_and_nothing_else(tmp_path, trouble, raised):
    old = tmp_path / "map.html"
    old.write_text("old")

    def half(path):
        path.write_text("ha")
        raise trouble

    with pytest.raises(raised):
        write_atomically(old, half)
    assert old.read_text() == "old"
    assert list(tmp_path.iterdir()) == [old]


def test_ctrl_c_as_the_draft_folder_is_made_leaves_nothing(tmp_path, monkeypatch):
    make = os.mkdir

    def made_and_interrupted(*args, **options):
        make(*args, **options)
        raise KeyboardInterrupt

    old = tmp_path / "map.html"
    old.write_text("old")
    monkeypatch.setattr(os, "mkdir", made_and_interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(old, "new")
    assert old.read_text() == "old"
    assert list(tmp_path.iterdir()) == [old]


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(OutputError, match="nowhere"):
        write_atomically(tmp_path / "nowhere" / "map.html", "")
