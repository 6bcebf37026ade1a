"""Every example in a docstring does what it shows."""

import doctest
import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import dateline

#: Modules that need an extra, or that only run as programs.
OPTIONAL = ("dateline.__main__",)


def modules() -> Iterator[str]:
    for module in pkgutil.walk_packages(dateline.__path__, "dateline."):
        if not module.name.startswith(OPTIONAL):
            yield module.name


@pytest.mark.parametrize("name", sorted(modules()))
def test_examples(name: str) -> None:
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    assert doctest.testmod(importlib.import_module(name), optionflags=flags).failed == 0
