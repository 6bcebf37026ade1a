"""What a bug report should say: versions of everything that decides a result."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version


def lines() -> Iterator[str]:
    """Yield Python, the system, the gazetteer and every library Dateline names, a line each."""
    from dateline import gazetteer

    yield f"python {sys.version.split()[0]} ({platform.system()} {platform.release()}, {platform.machine()})"
    yield f"gazetteer {gazetteer.open().version}"
    names = {re.split(r"[^\w.-]", requirement)[0] for requirement in requires("dateline") or []}
    for name in sorted(names - {"dateline"}):
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} (not installed)"
