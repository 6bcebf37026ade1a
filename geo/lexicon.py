"""The lexicon: the words that report events, and the type each stands for.

``data/events/triggers.csv`` is the lexicon, made by hand after the PLOVER manual's type definitions and
ACLED's sub-event names; anybody can read and extend it.  A pattern is words separated by spaces:

=========== ==========================================================================
``word``    itself; ``a|b`` either
``;``       between whole patterns of one line
``hit~v``   any form of a verb; ``~p`` only its past forms, ``~n`` the forms of a noun
``@group``  a word of ``words.csv``; ``@money`` an amount
``*``       up to four words between
=========== ==========================================================================

`needs` names words or groups of which one must stand in the same sentence, `unless` those that forbid it.
An idiom that reports nothing ("heart attack") has the type NONE.
Users add lines of their own in a file with the same columns (:func:`load_lexicon`).
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dateline.errors import InputError
from dateline.geo.wordlists import DATA, all_wordlists
from dateline.geo.words import noun_forms, verb_forms

_COLUMNS = ("pattern", "type", "mode", "acled", "needs", "unless")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the lexicon."""

    type: str
    mode: str = ""
    acled: str = ""
    pattern: tuple[frozenset[str] | None, ...] = ()
    #: The words of its slots but the first, which all must occur.
    others: tuple[frozenset[str], ...] = ()
    needs: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries by the words that they may start with; of two that match, the earlier wins."""

    starts: Mapping[str, Sequence[Entry]]


@cache
def load_lexicon(extra: Path | None = None) -> Lexicon:
    """Load the bundled lexicon, behind the lines of a file of the user's own.

    Parameters
    ----------
    extra : Path, optional
        A CSV file with the columns ``pattern`` and ``type``, and as wished ``mode``, ``acled``, ``needs`` and
        ``unless``.  A type that Dateline does not have becomes one of its own on the map.

    Returns
    -------
    Lexicon

    Raises
    ------
    dateline.errors.InputError
        If a line of the file is no entry; its number and the mend are named.
    """
    groups = all_wordlists()
    starts: dict[str, list[Entry]] = defaultdict(list)
    for file in (extra, DATA / "triggers.csv"):
        for row in _rows(file) if file else ():
            for phrase in row["pattern"].split(";"):
                entry = _entry(row, phrase, groups)
                for word in entry.pattern[0] or ():
                    starts[word].append(entry)
    return Lexicon(dict(starts))


@cache
def bundled() -> frozenset[Entry]:
    """Return the entries of the bundled lexicon."""
    return frozenset(entry for entries in load_lexicon().starts.values() for entry in entries)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the lines of a lexicon, each with every column."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="more", restval="")
            for row in reader:
                problem = _problem(row)
                if problem:
                    raise InputError(f"{path}, line {reader.line_num}: {problem}")
                yield dict.fromkeys(_COLUMNS, "") | row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read as a CSV file in UTF-8 ({error})") from error


def _problem(row: dict[str, str]) -> str:
    """Return what is wrong with a line of a lexicon, in words, or nothing."""
    if "more" in row:
        return "it has more cells than columns; quote a cell that holds a comma"
    if not {"pattern", "type"} <= row.keys() <= set(_COLUMNS):
        return f"the columns must be pattern and type, and as wished {', '.join(_COLUMNS[2:])}"
    if not re.fullmatch(r"[A-Z][A-Z_]*", row["type"]):
        return f"the type {row['type']!r} must be capital letters, such as PROTEST or OUTBREAK"
    for phrase in row["pattern"].split(";"):
        slots = phrase.split()
        if not slots or "*" in (slots[0], slots[-1]):
            return f"the pattern {phrase!r} must start and end with a word"
        groups = {option[1:] for slot in slots for option in slot.split("|") if option.startswith("@")}
        unknown = groups - {"money"} - all_wordlists().keys()
        if unknown:
            return f"there is no group of words @{min(unknown)}; words.csv has them"
    return ""


def _entry(row: dict[str, str], phrase: str, groups: dict[str, frozenset[str]]) -> Entry:
    """Return the entry of one pattern of a line."""
    pattern: list[frozenset[str] | None] = []
    verbs: set[str] = set()
    nouns: set[str] = set()
    for slot in phrase.split():
        if slot == "*":
            pattern.append(None)
            continue
        options: set[str] = set()
        for word in slot.split("|"):
            forms = _forms(word, groups)
            options.update(forms)
            _, _, kind = word.partition("~")
            if kind and not word.startswith("@"):
                (nouns if kind == "n" else verbs).update(forms)
        pattern.append(frozenset(options))
    return Entry(
        row["type"],
        row["mode"],
        row["acled"],
        tuple(pattern),
        tuple(filter(None, pattern[1:])),
        _context(row["needs"], groups),
        _context(row["unless"], groups),
        frozenset(verbs),
        frozenset(nouns),
    )


def _forms(word: str, groups: dict[str, frozenset[str]]) -> Collection[str]:
    """Return the words that one of a slot stands for: itself, its forms, a group."""
    if word.startswith("@"):
        return groups[word[1:]] if word != "@money" else {"$", "€", "£"}
    base, _, kind = word.partition("~")
    if not kind:
        return {base}
    if kind == "n":
        return noun_forms(base)
    wanted = verb_forms(base).items()
    return {form for form, tag in wanted if kind == "v" or tag in ("past", "both", "participle", "any")}


def _context(cell: str, groups: dict[str, frozenset[str]]) -> frozenset[str]:
    names = [name for name in (cell or "").split("|") if name]
    return frozenset(word for name in names for word in groups.get(name, (name,)))
