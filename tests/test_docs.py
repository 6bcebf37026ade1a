"""The documentation does what it says: every command in it runs, and every example in Python."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted(path.relative_to(ROOT) for path in (ROOT / "docs").rglob("*.md"))
#: The pages that promise it; others show commands that need a server or a corpus of the reader's own.
RUNNABLE = [page for page in PAGES if page.parent.name == "guides" or page.name in ("start.md", "extend.md")]
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)
PYTHON = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


def blocks(page: Path, pattern: re.Pattern[str]) -> list[str]:
    return pattern.findall((ROOT / page).read_text(encoding="utf-8"))


def commands(page: Path) -> list[str]:
    lines = [line for block in blocks(page, CONSOLE) for line in block.splitlines()]
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder that looks like the checkout a reader stands in."""
    for name in ("seeds", "docs"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


@pytest.mark.parametrize("page", [page for page in RUNNABLE if commands(page)], ids=str)
def test_commands(page: Path, checkout: Path) -> None:
    for command in commands(page):
        assert command.startswith("dateline ")
        line = command.replace("dateline", f'"{sys.executable}" -m dateline', 1)
        run = subprocess.run(line, shell=True, cwd=checkout, capture_output=True, text=True, check=False)
        assert run.returncode == 0, f"{command}\n{run.stderr}"


@pytest.mark.parametrize("page", [page for page in RUNNABLE if blocks(page, PYTHON)], ids=str)
def test_python_examples(page: Path, checkout: Path) -> None:
    for code in blocks(page, PYTHON):
        run = subprocess.run(
            [sys.executable, "-c", code], cwd=checkout, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, f"{code}\n{run.stderr}"


def test_pages_named_in_links_exist() -> None:
    for page in [*PAGES, Path("README.md"), Path("CONTRIBUTING.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / page).read_text(encoding="utf-8")):
            assert (ROOT / page).parent.joinpath(target).exists(), (
                f"{page} links to {target}, which is not there"
            )
