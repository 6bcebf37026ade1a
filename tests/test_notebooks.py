"""The notebooks run top to bottom and show what their text promises."""

import os
from pathlib import Path

import pytest

if os.environ.get("DATELINE_CI") != "full":
    pytest.importorskip("nbclient", reason="needs nbclient and ipykernel (.ci/requirements.txt)")
    pytest.importorskip("ipykernel", reason="needs nbclient and ipykernel (.ci/requirements.txt)")

import nbclient
import nbformat

DOCS = Path(__file__).parent.parent / "docs"
NOTEBOOKS = sorted((DOCS / "notebooks").glob("*.ipynb"))
#: What each shows, somewhere in its outputs.
SHOWN = {
    "corpus": ("DISASTER", "England", "recent.gpkg", "image/png"),
    "first-map": ("Kharkiv", "metonym", "events.gpkg", "EPSG:4326", "text/html"),
    "gazetteer": ("Kharkiv Oblast", "Springfield", "user:1", "image/png"),
}


def test_every_notebook_is_checked() -> None:
    assert [path.stem for path in NOTEBOOKS] == sorted(SHOWN)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_without_outputs(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            assert not cell.outputs
            assert cell.execution_count is None


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs_top_to_bottom(path: Path, tmp_path: Path) -> None:
    (tmp_path / "seeds").symlink_to(DOCS.parent / "seeds")
    (tmp_path / "docs" / "notebooks").mkdir(parents=True)
    (tmp_path / "docs" / "articles").symlink_to(DOCS / "articles")
    notebook = nbformat.read(path, as_version=4)
    where = {"metadata": {"path": str(tmp_path / "docs" / "notebooks")}}
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3", resources=where).execute()
    shown = str([cell.outputs for cell in notebook.cells if cell.cell_type == "code"])
    for words in SHOWN[path.stem]:
        assert words in shown
    assert "Warning" not in shown
