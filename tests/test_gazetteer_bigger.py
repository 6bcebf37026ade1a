"""A bigger bundle of the user's own: dumps, extracts, downloads that break and go on."""

import gzip
import http.server
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest

from dateline import gazetteer
from dateline.errors import InputError
from dateline.gazetteer.build import bigger, pack
from dateline.gazetteer.build.download import fetched
from dateline.gazetteer.build.record import Record
from dateline.gazetteer.store import PRIMARY

LINE = "4242\tTestdorf\tTestdorf\tTestville,Тестдорф\t50.0\t30.0\tP\tPPL\tUA\t\t13\t\t\t\t321\t\t\tEurope/Kyiv\t2026-01-01\n"
WOF = '99\tТестове\tlocality\tUA\t49.5\t31.5\t10\t\t\tx\t{"ukr_x_preferred": ["Тестове"]}\n'


@pytest.fixture
def base(tmp_path: Path) -> Path:
    town = Record("geonames:5", "Testton", 51.0, -1.0, country="GB", population=9000)
    town.add(["Testton"], PRIMARY)
    town.tagged.append(("uk", "Тесттон"))
    pack.write(pack.compiled({town.id: town}, "test", {"sources": []}), tmp_path / "base")
    return tmp_path / "base"


def test_a_dump_and_extracts_are_added(tmp_path: Path, base: Path) -> None:
    dump, extracts = tmp_path / "UA.txt", tmp_path / "wof"
    dump.write_text(LINE, encoding="utf-8")
    extracts.mkdir()
    with gzip.open(extracts / "ua.tsv.gz", "wt", encoding="utf-8") as file:
        file.write(WOF)
    told: list[str] = []
    bigger.build([f"geonames:{dump}", f"wof:{extracts}"], tmp_path / "out", told.append, base)
    gaz = gazetteer.open(tmp_path / "out")
    assert gaz.find("Тестдорф")[0].place.id == "geonames:4242"
    assert gaz.find("Testove")[0].place.id == "wof:99"
    old = gaz.get("geonames:5")
    assert old is not None
    assert (old.name, old.population, old.names) == ("Testton", 9000, (("uk", "Тесттон"),))
    assert len(told) == 2


def test_what_an_extract_adds_once_is_not_added_again(tmp_path: Path, base: Path) -> None:
    """The bundle has names normalised, the extract as written: they are one name all the same."""
    extracts = tmp_path / "wof"
    extracts.mkdir()
    with gzip.open(extracts / "gb.tsv.gz", "wt", encoding="utf-8") as file:
        file.write('98\tTesston\tlocality\tGB\t51.01\t-1.01\t10\t\t\tx\t{"eng_x_preferred": ["Testton"]}\n')
        file.write("99\tТестове\tlocality\tGB\t49.5\t31.5\t10\t\t\tx\t{}\n")
        file.write("97\tTestton\tlocality\tGB\t51.0\t-1.04\t0\t\t\tx\t{}\n")
    bigger.build([f"wof:{extracts}"], tmp_path / "once", print, base)
    bigger.build([f"wof:{extracts}"], tmp_path / "twice", print, tmp_path / "once")
    assert len(gazetteer.open(tmp_path / "once")) == len(gazetteer.open(tmp_path / "twice")) == 2


def test_a_zipped_dump_is_read(tmp_path: Path, base: Path) -> None:
    with zipfile.ZipFile(tmp_path / "UA.zip", "w") as archive:
        archive.writestr("readme.txt", "hello")
        archive.writestr("UA.txt", LINE)
    bigger.build([f"geonames:{tmp_path / 'UA.zip'}"], tmp_path / "out", print, base)
    assert len(gazetteer.open(tmp_path / "out")) == 2


@pytest.mark.parametrize(
    ("source", "told"),
    [("wof:nowhere", "must exist"), ("osm:x", "give geonames"), ("geonames:Narnia", "no GeoNames dump")],
)
def test_unknown_sources(tmp_path: Path, base: Path, source: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        bigger.build([source], tmp_path / "out", print, base)


def test_a_file_that_is_no_dump(tmp_path: Path, base: Path) -> None:
    (tmp_path / "x.txt").write_text("a\tb\n")
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04broken")
    with pytest.raises(InputError, match=r"x\.txt, line 1.*no GeoNames dump"):
        bigger.build([f"geonames:{tmp_path / 'x.txt'}"], tmp_path / "out", print, base)
    with pytest.raises(InputError, match="not a whole zip"):
        bigger.build([f"geonames:{tmp_path / 'x.zip'}"], tmp_path / "out", print, base)


CONTENT = bytes(range(256)) * 4000


class _Server(http.server.BaseHTTPRequestHandler):
    """Sends CONTENT, breaks off the first time, understands ranges."""

    requests: ClassVar[list[str | None]] = []

    def do_GET(self) -> None:
        wanted = self.headers.get("Range")
        self.requests.append(wanted)
        start = int(wanted.removeprefix("bytes=").removesuffix("-")) if wanted else 0
        if start >= len(CONTENT):
            self.send_error(416)
            return
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(CONTENT) - start))
        self.end_headers()
        self.wfile.write(CONTENT[start : start + 300_000] if not wanted else CONTENT[start:])

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    _Server.requests.clear()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Server) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_address[1]}"
        httpd.shutdown()


def test_a_broken_download_goes_on_where_it_stopped(tmp_path: Path, server: str) -> None:
    with pytest.raises(InputError, match="run the command again"):
        fetched("UA", print, server, tmp_path)
    told: list[str] = []
    path = fetched("UA", told.append, server, tmp_path)
    assert path.read_bytes() == CONTENT
    assert _Server.requests == [None, "bytes=300000-"]
    assert told
    assert not path.with_suffix(".zip.part").exists()


def test_no_network_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="broke off"):
        fetched("UA", print, "http://127.0.0.1:9", tmp_path)
