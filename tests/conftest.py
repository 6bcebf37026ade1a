"""What tests need from the machine: a part that is missing skips its tests with the reason, except in CI."""

import os
import shutil
import subprocess
import urllib.request

import pytest

NOMINATIM = "http://127.0.0.1:8088"


def _chromium() -> bool:
    return shutil.which("chromium") is not None


def _qgis() -> bool:
    run = subprocess.run(
        ["/usr/bin/python3", "-c", "import qgis.core"],
        capture_output=True,
        check=False,
        env={"PATH": "/usr/bin", "QT_QPA_PLATFORM": "offscreen"},
    )
    return run.returncode == 0


def _nominatim() -> bool:
    try:
        with urllib.request.urlopen(f"{NOMINATIM}/status", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


PARTS = {"chromium": _chromium, "qgis": _qgis, "nominatim": _nominatim}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what the machine cannot run; DATELINE_CI=full runs everything, so that nothing is skipped unseen."""
    if os.environ.get("DATELINE_CI") == "full":
        return
    for marker, is_there in PARTS.items():
        marked = [item for item in items if item.get_closest_marker(marker)]
        if marked and not is_there():
            for item in marked:
                item.add_marker(pytest.mark.skip(reason=f"needs {marker}, which is not on this machine"))
