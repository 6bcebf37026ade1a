"""What a stranger gets: one version everywhere, a wheel with what it needs and nothing else, a complete source."""

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

import dateline

ROOT = Path(__file__).parent.parent
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
MB = 1_000_000


def test_one_version_everywhere() -> None:
    assert dateline.__version__ == VERSION
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.search(r"^version: (.*)$", citation, re.MULTILINE)[1] == VERSION  # type: ignore[index]
    assert f"\n## {VERSION} " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_a_map_loads_nothing_that_it_does_not_draw_on(tmp_path: Path) -> None:
    code = "import sys; from dateline.main import main; main(sys.argv[1:], standalone_mode=False); print(*sys.modules)"
    arguments = ["map", str(next((ROOT / "seeds").glob("*.txt"))), "-o", str(tmp_path / "map.html")]
    run = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.splitlines()[-1].split())
    assert "geopandas" in loaded
    assert not loaded & {"dask", "distributed", "matplotlib", "scipy", "starlette", "torch", "trafilatura"}


def dist(pattern: str) -> Path:
    """Return the one file of that name in the folder that `.ci/build` filled."""
    folder = os.environ.get("DATELINE_DIST")
    if folder is None:
        assert os.environ.get("DATELINE_CI") != "full", "CI must name the built files in DATELINE_DIST"
        pytest.skip("needs DATELINE_DIST, a folder filled by .ci/build")
    (found,) = Path(folder).glob(pattern)
    return found


@pytest.fixture(scope="module")
def wheel() -> zipfile.ZipFile:
    return zipfile.ZipFile(dist("*.whl"))


@pytest.fixture(scope="module")
def source() -> set[str]:
    """Return what the source distribution holds, by its paths in the checkout."""
    with tarfile.open(dist("*.tar.gz")) as archive:
        return {entry.name.partition("/")[2] for entry in archive if entry.isfile()}


def test_wheel_has_all_code_and_data(wheel: zipfile.ZipFile, source: set[str]) -> None:
    held = set(wheel.namelist())
    folders = {
        "cli": "dateline",
        "geo": "dateline/geo",
        "gazetteer": "dateline/gazetteer",
        "maps": "dateline/maps",
    }
    for folder, package in folders.items():
        ours = {path.replace(folder, package, 1) for path in source if path.startswith(f"{folder}/")}
        assert f"{package}/py.typed" in ours
        assert ours <= held


def test_wheel_has_the_licences_of_what_it_carries(wheel: zipfile.ZipFile) -> None:
    held = wheel.namelist()
    assert f"dateline-{VERSION}.dist-info/licenses/LICENSE" in held
    for part in ("geo", "gazetteer", "maps"):
        assert f"dateline/{part}/data/SOURCES.md" in held
    assert any(name.startswith("dateline/maps/data/web/LICENSES/leaflet-") for name in held)


def test_wheel_has_nothing_else(wheel: zipfile.ZipFile) -> None:
    for name in wheel.namelist():
        assert name.startswith(("dateline/", f"dateline-{VERSION}.dist-info/")), name
        assert not re.search(
            r"(^|/)(tests?|benchmarks|docs|notes|seeds|corpora|__pycache__)/|\.pyc$", name
        ), name


@pytest.mark.parametrize(
    ("part", "budget"), [("", 60 * MB), ("dateline/gazetteer/", 30 * MB), ("dateline/geo/data/", 25 * MB)]
)
def test_wheel_is_small_enough_to_download(wheel: zipfile.ZipFile, part: str, budget: int) -> None:
    sizes = [entry.compress_size for entry in wheel.infolist() if entry.filename.startswith(part)]
    assert sizes
    assert sum(sizes) <= budget


def test_source_has_what_builds_tests_and_documents_it(source: set[str]) -> None:
    for folder in ("tests", "seeds", "docs", "benchmarks"):
        ours = [
            path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts
        ]
        assert ours
        assert {path.relative_to(ROOT).as_posix() for path in ours} <= source
    assert {"pyproject.toml", "LICENSE", "README.md", "CITATION.cff", ".ci/run", "cli/main.py"} <= source
