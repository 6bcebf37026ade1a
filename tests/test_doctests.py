"""Every example in a docstring does what it shows."""

import doctest
import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import dateline
from dateline import gazetteer, geo, maps

#: Modules that only run as programs.
PROGRAMS = ("dateline.__main__",)


def modules() -> Iterator[str]:
    # Each package by itself: in an editable checkout they lie in folders beside dateline's own, not inside it.
    for package in (dateline, gazetteer, geo, maps):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name not in PROGRAMS:
                yield module.name


@pytest.mark.parametrize("name", sorted(set(modules())))
def test_examples(name: str) -> None:
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    assert doctest.testmod(importlib.import_module(name), optionflags=flags).failed == 0
