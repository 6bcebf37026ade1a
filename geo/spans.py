"""Which stretches of a text may be a name: what the network's probabilities propose, and where names end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.geo.arrays import Floats
from dateline.geo.facilities import Known
from dateline.geo.wordlists import wordlist
from dateline.geo.wordpiece import Word
from dateline.geo.words import irregular_forms

PROPOSE = 0.1  # words the network believes in above this probability are proposed
_LONGEST = 8  # words of a name
_ABBREVIATION = re.compile(r"(?:[A-Z]\.){2,}")
#: An "'s" that nothing belongs to: "in St. John's on Friday".
_OWN_S = re.compile(
    r"['’]s(?=[,.;:)]|\s*$|\s(?:after|and|at|before|for|from|had|has|in|is|on|to|was|were|where)\b)"
)
_ABBREVIATED = re.compile(r"[A-Z][a-z]{1,4}")
_INITIAL = re.compile(r"[A-Z]\.$")
_INITIAL_AFTER = re.compile(r"(?<=\.)[A-Z]\.|(?<=[A-Z])\.[A-Z]\.")
_AFTER_APOSTROPHE = re.compile(r"['’](?!s\b)\w+|(?<=['’])(?!s\b)\w+")
# Before a word inside an account's name, an e-mail or a web address; after a word that begins an address.
_IN_ADDRESS = re.compile(r"(?:@[\w.]*|https?:/\S*|www\.\S*)$")
_BEGINS_ADDRESS = re.compile(r"@\w")
_TOWN = re.compile(r"size=[3-9]")
#: "Borno state" is Borno, with a word that tells which.
_UNITS = wordlist("name_units")
#: Words that begin a longer name: "Puerto Jordan" is no port in Jordan.
_BEGINNINGS = wordlist("name_beginnings")
#: ... and words that end a list of names; in "the united states" it is a part of one.
_PLURALS = frozenset(re.sub("y$", "ie", unit) + "s" for unit in _UNITS - {"state"}) | {"LGA"}
_NEVER_LAST = (
    _UNITS | _PLURALS | frozenset(("and", "at", "by", "from", "in", "of", "on", "or", "the", "to", "with"))
)
_DASH = re.compile(r"(?<=\s)[-–—]{1,2}(?=\s)|[*•‣⁃∙▪▫■□●○◦►▶→](?=\s)")
#: What stands in headlines in capitals: "AT NHIALDIU TUE NIGHT"; "MON" is a state, "MAR" begins names.
_DAYS = wordlist("days_in_capitals")
_VERBS = (irregular_forms() | {"burst", "hit", "let", "put"}) - {"am"}  # "Frankfurt am Main"
_CUT_OFF = re.compile(r"\.{2}|[…\ufffd](?!\w)")


def outside(text: str, words: Sequence[Word]) -> list[int]:
    """Return the words that are in no name whatever the network says.

    The dash of "HVAR - The island", a bullet, the verb of "the colonels in Bamako tore up", a day in
    capitals, the "districts" of several names.
    """
    never = _VERBS | _DAYS | _PLURALS
    return [
        i
        for i, word in enumerate(words)
        if text[word.start : word.end] in never or _DASH.match(text, word.start, word.end + 1)
    ]


def runs(words: Sequence[Word], table: Floats) -> list[tuple[int, int]]:
    """Return the spans the network proposes: every reading of a run of words that may be names.

    None crosses a break, and none has more than eight words.
    """
    inside = (1 - table[:, 0] > PROPOSE).tolist()
    begins, continues = table[:, 1].tolist(), table[:, 2].tolist()
    spans = []
    for a in range(len(words)):
        if not inside[a]:
            continue
        if begins[a] < PROPOSE and a and inside[a - 1] and not words[a].breaks:
            continue
        for b in range(a + 1, min(a + 1 + _LONGEST, len(words) + 1)):
            ends = b == len(words) or words[b].breaks or not inside[b]
            if ends or continues[b] < 1 - PROPOSE:
                spans.append((a, b))
            if ends or continues[b] < PROPOSE / 2:
                break
    return spans


def whole(text: str, words: Sequence[Word], a: int, b: int, known: Known) -> tuple[int, int]:
    """Return the characters of words `a` to `b`, completing "U.S." and names like "Sana'a".

    What only follows a name is left out: the dash of "KHARKIV - Two people", a comma, a full stop that
    abbreviates nothing, the "and" of "Tiko and Limbe".
    """
    while b > a + 1 and not _belongs(text, words, a, b, known):
        b -= 1
    start, end = words[a].start, words[b - 1].end
    abbreviation = _ABBREVIATION.match(text, start)
    if abbreviation and end == abbreviation.end() - 1:
        return start, end + 1
    rest = _AFTER_APOSTROPHE.match(text, end)
    if rest and rest.end() in {w.end for w in words[b : b + 2]}:
        return start, rest.end()
    return start, end


def _belongs(text: str, words: Sequence[Word], a: int, b: int, known: Known) -> bool:
    """Return whether the last of words `a` to `b` is a part of the name: punctuation seldom is."""
    last, before = words[b - 1], words[b - 2]
    if text[last.start] != ".":
        surface = text[last.start : last.end]
        if surface == "s" and text[last.start - 1] in "'’":  # "Giza's", but "St. John's"
            return bool(known(text[words[a].start : last.end]))
        return surface not in _NEVER_LAST and any(c.isalnum() for c in surface)
    if last.start > before.end or text.startswith(".", last.end):
        return False
    own = known(text[words[a].start : before.end])
    return "kind=abbreviation" in own or (not own and before.end - before.start <= 4)


def with_rest(text: str, start: int, end: int, known: Known) -> int:
    """Return the end of a name with the full stop that abbreviates it ("Neb.") or its "'s" ("St. John's")."""
    if text.startswith(".", end) and _ABBREVIATED.fullmatch(text, start, end):
        return end + 1 if "kind=abbreviation" in known(text[start:end]) else end
    rest = _OWN_S.match(text, end)
    return rest.end() if rest and known(text[start : rest.end()]) else end


def is_name(text: str, start: int, end: int, known: bool) -> bool:
    """Return whether a span may be a name where it stands.

    It may not inside an account's name, an e-mail, a web address or an abbreviation ("E.U."), nor, unless it
    is `known`, where the text was cut off ("said in Pyongy...").
    """
    if _INITIAL.search(text, max(0, start - 2), start) or _INITIAL_AFTER.match(text, end):
        return False
    if _IN_ADDRESS.search(text, max(0, start - 40), start) or _BEGINS_ADDRESS.match(text, end):
        return False
    return known or not _CUT_OFF.match(text, end)


def second_name(text: str, words: Sequence[Word], a: int, b: int, known: Known) -> int | None:
    """Return the word where a state's name begins right after a town's, among words `a` to `b`: "Erie PA"."""
    for cut in range(a + 1, b):
        town = text[words[a].start : words[cut - 1].end]
        container = text[words[cut].start : words[b - 1].end]
        apart = words[cut].start == words[cut - 1].end + 1 and town not in _BEGINNINGS
        if apart and _contains(container, known(container)):
            common = all(
                "common" in known(text[w.start : w.end]) for w in words[a:cut]
            )  # "North East Nigeria"
            if not common and any(map(_TOWN.fullmatch, known(town))) and "kind=demonym" not in known(town):
                return cut
    return None


def _contains(name: str, own: tuple[str, ...]) -> bool:
    """Return whether a name is a country's or a state's abbreviation ("TN", but not a county's "Co")."""
    if "kind=demonym" in own or "common" in own or not name[:1].isupper():
        return False
    return "code=PCLI" in own or ("kind=abbreviation" in own and name.isupper())
