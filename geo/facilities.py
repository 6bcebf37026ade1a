"""Facilities: names that say what they are by their last words, in capitals or in small letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dateline.geo.wordlists import wordlist

#: What the gazetteer says of a name (:attr:`dateline.geo.fast.FastRecognizer.known`).
Known = Callable[[str], tuple[str, ...]]

#: Last words of names that guidelines mark whole ("Kakhovka Dam"; of "DeKalb County Jail", only the county).
_HEAD = re.compile(
    r" (?=[A-Z])(?:(?:Administrative|Conservation) Area|(?:Game|Nature) Reserve|Wildlife Refuge|"
    r"(?:National|State) (?:Forest|Park)|(?:International )?Airport|Air(?: Force)? Base|Refugee Camp|"
    r"(?:Nuclear )?Power (?:Plant|Station)|"
    r"Dam|Bridge|Reservoir|Prison|Stadium|Arena|Barracks|Cathedral|Mosque|Refinery|Square|Tunnel)\b"
    r"(?! [^\W\d_a-z]| of [^\W\d_a-z]| (?:and|&) [^\W\d_a-z])"
)
#: "St Mary's Hospital" is no town called St Mary.
_SAINTS = re.compile(r"\b(?:St\.?|Saint) [A-Z][\w-]+(?: [A-Z][\w-]+)?['’]s (?:Hospital|Infirmary)\b")
_WORD = r"(?:[^\W\d_a-z](?:[^\W\d]|-)*|St\.|Mt\.|al-\w+)"
_BEFORE = re.compile(rf"(?<![\w'’-]){_WORD}(?: {_WORD}){{0,3}}$")
_IN_HEADLINE = re.compile(r"(?<!\w)[^\W\d_a-z][\w.-]* $")  # a capitalised word before the name
_FARTHEST = 60  # characters of a name before its last words
_STARTERS = wordlist("sentence_starters")
#: The small words that make a facility's name of a place's: "Rivne nuclear power station".
_KIND = re.compile(
    r"(?: (?:air|central|hydroelectric|military|naval|nuclear|power|refugee|thermal))*"
    r" (?:airbase|base|camp|dam|hospital|plant|prison|refinery|station)\b"
)
_NUCLEAR = re.compile(r" (?:nuclear|atomic) (?:power )?(?:plant|station)$", re.IGNORECASE)
_AREA = re.compile(r" Administrative Area$")
_CODE = re.compile(r"code=(?:AIRB|CMTY|DAM|HSP|MFG|MILB|NSY|NVB|PRN|PS|PSH|PSN)")


def facilities(text: str) -> Iterator[tuple[int, int]]:
    """Yield the capitalised names that end as only facilities and parks do, in order.

    >>> text = "Crews left Royal Gorge State Conservation Area by the Kakhovka Dam."
    >>> [text[start:end] for start, end in facilities(text)]
    ['Royal Gorge State Conservation Area', 'Kakhovka Dam']
    """
    found = [*_ending(text), *(match.span() for match in _SAINTS.finditer(text))]
    yield from sorted(found)


def _ending(text: str) -> Iterator[tuple[int, int]]:
    for head in _HEAD.finditer(text):
        before = _BEFORE.search(text, max(0, head.start() - _FARTHEST), head.start())
        if before is None:
            continue
        start = before.start()
        if _IN_HEADLINE.search(text, max(0, start - _FARTHEST), start):
            continue
        first = text[start : text.index(" ", start)]
        if first.lower() in _STARTERS:  # "The Golden Gate Bridge"
            start += len(first) + 1
        if start < head.start():
            yield start, head.end()


def with_kind(text: str, start: int, end: int, known: Known) -> int:
    """Return the end of a name with small words that make it another place's: "Rivne nuclear power station".

    Only a facility that the gazetteer has under the whole of it is one; "Zaatari refugee camp" is Zaatari
    itself, and a city's airport is left to the city.
    """
    kind = _KIND.match(text, end)
    if kind is None:
        return end
    name = text[start : kind.end()]
    if not _is_facility(known(name)) and not _is_facility(known(usual_name(name))):
        return end
    same = _is_facility(known(text[start:end]))  # "Zaatari" alone is the camp already
    return end if same else kind.end()


def usual_name(name: str) -> str:
    """Return a facility's or an area's name in the gazetteer's words.

    >>> usual_name("Rivne nuclear power station"), usual_name("Abyei Administrative Area")
    ('Rivne Nuclear Power Plant', 'Abyei Area')
    """
    return _AREA.sub(" Area", _NUCLEAR.sub(" Nuclear Power Plant", name))


def _is_facility(own: tuple[str, ...]) -> bool:
    return any(map(_CODE.fullmatch, own))
