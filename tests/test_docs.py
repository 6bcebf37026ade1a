"""The documentation does what it says: every command in it runs, and every example in Python."""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
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


def attempts(page: Path, folder: Path) -> list[subprocess.CompletedProcess[str]]:
    """Run what a page shows, in its order, in a folder that looks like the checkout a reader stands in."""
    for name in ("seeds", "docs"):
        (folder / name).symlink_to(ROOT / name)
    shown = [command.replace("dateline", f'"{sys.executable}" -m dateline', 1) for command in commands(page)]
    lines = [*shown, *([sys.executable, "-c", code] for code in blocks(page, PYTHON))]
    return [
        subprocess.run(
            line, shell=isinstance(line, str), cwd=folder, capture_output=True, text=True, check=False
        )
        for line in lines
    ]


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, list[subprocess.CompletedProcess[str]]]:
    """What came of each page; several at once, for each of many commands loads everything anew."""
    folders = [tmp_path_factory.mktemp("checkout") for _ in RUNNABLE]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(RUNNABLE, pool.map(attempts, RUNNABLE, folders), strict=True))


@pytest.mark.parametrize("page", RUNNABLE, ids=str)
def test_commands_and_examples(page: Path, tried: dict[Path, list[subprocess.CompletedProcess[str]]]) -> None:
    assert all(command.startswith("dateline ") for command in commands(page))
    for run in tried[page]:
        assert run.returncode == 0, f"{run.args}\n{run.stderr}"


def test_pages_named_in_links_exist() -> None:
    for page in [*PAGES, Path("README.md"), Path("CONTRIBUTING.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / page).read_text(encoding="utf-8")):
            assert (ROOT / page).parent.joinpath(target).exists(), (
                f"{page} links to {target}, which is not there"
            )
