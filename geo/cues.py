"""What the text around a toponym says about it: containers, neighbours, kinds of place, datelines.

"Albany, Georgia", "Ukraine's Kharkiv region" and "Kharkiv (Ukraine)" put one mention inside another; "the
city of" and "County" say what kind of place is meant.  Nothing here looks at a gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.geo.date_words import N
from dateline.geo.model import Article, Mention

#: Kinds of place that words in a text can name.
KINDS = (
    "", "country", "admin1", "admin2", "settlement", "section", "water", "land", "facility", "street", "part",
    "rural",
)  # fmt: skip
_OPEN = re.compile(r"\s?[(\[]\s?$")
_NEXT_TO = re.compile(r"\s{0,2}(?:,\s{0,2})?(?:and|or|&|to|/|-|–)\s{0,2}(?:the\s)?$")
_IN = re.compile(
    r",?\s+(?:[\w'’-]+\s+){0,7}?(?:in|of|from|inside|within|near)\s+(?:the\s+)?"
    r"(?:(?:north|south|east|west|central|upper|lower)[\w-]*\s+)*$",
    re.IGNORECASE,
)
#: "North of X" is not in X, nor is "the border of X"; "in the north of X" is.
_DIRECTION = re.compile(
    r"(?:(?<!in the )(?:north|south|east|west)\w*|\bborders?)\s+of\s+(?:the\s+)?$", re.IGNORECASE
)
#: "37 in Guayaquil, 34 in Cuenca" counts on in another place.
_COUNTED = re.compile(rf",?\s+(?:and\s+)?(?:{N}|\d[\d,]+)\s+in\s+(?:the\s+)?$", re.IGNORECASE)
#: "From Astana to the city of Temirtau": the words name the second.
_NAMING = re.compile(r"\bthe (?:city|town|village) of $", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\s+(?:[\w-]+\s+){0,3}(?:of\s+)?$")
_NEAR = re.compile(r"\b(?:near|outside|close to) $", re.IGNORECASE)
_THE = re.compile(r"\bthe $", re.IGNORECASE)
_NO_NOUN = re.compile(
    r"[.,;:!?)\]\"”\n]|$|\s(?:and|or|but|in|on|at|of|to|from|for|by|with|as|than|near|into|is|was|are|were|has"
    r"|have|had|will|would|could|may|who|which|that|where|when|while|after|before|since|during|said|says)\b"
)
_OF_KIND = re.compile(
    r"\s+(?!(?:and|or|to|from|at|for|with|by|on|via|than|near|outside|towards?|into|against|but)\s)"
    r"(?:[\w-]+\s+){0,2}?(?:capital|city|town|village|province|region|state|island|port|district|area"
    r"|border|peninsula|county|enclave|republic|resort|suburb|coast|river|lake|territory|neighbou?rhood)"
    r"(?:\s+city|\s+town)?(?:\s+of)?\s+$",
    re.IGNORECASE,
)
#: "Zeitoun neighbourhood of Gaza City" and "Kharkiv region of Ukraine", unlike "the Indian state of Punjab".
_PART_OF = re.compile(
    r"\s+(?:neighbou?rhood|suburb|quarter|district|area|region|province|state|county|governorate)\s+of\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"(?:(?<!st)an|ese|ish|i|ch)$")
_DATELINE = re.compile(
    r"\s*(?:,\s*\w+\.?\s*\d{1,2})?\s*(?:\([^()\n]{2,30}\)|/[A-Z][\w-]+/)?\s*(?:--?|–|—|:)\s"
)

_WORDS = {
    "country": "country nation kingdom",
    "admin1": "state province region governorate oblast krai prefecture canton voivodeship republic "
    "territory emirate department",
    "admin2": "county district parish borough shire municipality raion zone cercle woreda lga",
    "settlement": "city town village hamlet township capital metropolis settlement port community downtown",
    "section": "neighborhood neighbourhood suburb quarter",
    "water": "river lake sea ocean gulf bay strait creek canal channel reservoir falls",
    "land": "mountain mountains mount island islands isle peninsula valley desert hills cape forest park "
    "beach",
    "facility": "airport base camp bridge hospital university college school stadium church museum hotel "
    "prison dam "
    "station port center centre club tower hall library mall plant crossing",
    "street": "street avenue road highway boulevard lane drive st ave rd blvd square interstate route",
}
_KIND_OF = {word: KINDS.index(kind) for kind, words in _WORDS.items() for word in words.split()}
_UNITS = [word for kind in ("admin1", "admin2") for word in _WORDS[kind].split()]
#: What ends a list of units, or begins one: "Bauchi and Gombe states", "the provinces of Idlib and Hama".
_PLURALS = {re.sub("y$", "ie", word) + "s": _KIND_OF[word] for word in _UNITS}
_UNIT = rf"(?:\s(?:{'|'.join(_UNITS)}|city|town|village))?"
_SIDE = r"(?:(?:north|south)(?:[ -]?(?:east|west))?|east|west)ern"
#: "Albany, Georgia", "Kamashi zone, Benishangul-Gumuz", "Moyale, southern Ethiopia"
_COMMA = re.compile(rf"{_UNIT}\s{{0,2}},\s{{0,2}}(?:{_SIDE} )?$")
_HEADING = re.compile(rf"(?:\s(?:{'|'.join(_UNITS)}))?:\s")
_VILLAGE = re.compile(r"\b(?:village|settlement|hamlet|town|community)(?: of)? $")
_OF_UNIT = re.compile(rf"\s(?:{'|'.join(_UNITS)})\b")  # "Somali region"
_CLOSED = re.compile(rf"{_OF_UNIT.pattern} of\b|{_UNIT}\s{{0,2}}(?:[,.;:)\]\"”\n]|--?\s|[–—]|$)")
#: What lies between two names of a list, of which a third may be unknown.
_JOINT = re.compile(r"(?:,|,? (?:and|or|&)) (?:[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?(?:,|,? (?:and|or|&)) )?$")
_PLURAL_OF = re.compile(rf"\b({'|'.join(_PLURALS)}) of (?:the )?$", re.IGNORECASE)
#: "Northern Aleppo" may be in the city or in its province; "villages in Aleppo" are in the province.
_PART = re.compile(rf"\b{_SIDE} $", re.IGNORECASE)
_RURAL = re.compile(
    r"\b(?:(?:villag\w+|hamlets?|settlements|farm\w*|countryside|towns) (?:\w+ )?(?:in|of|across) (?:the )?"
    rf"|(?:areas|parts|communities|positions|fields|forests?|mountains) (?:in|of|across) (?:the )?{_SIDE} "
    rf"|\brural (?:{_SIDE} )?)(?:{_SIDE} )?$",
    re.IGNORECASE,
)
_STREET = KINDS.index("street")
#: "If Chasiv Yar falls" names no water.
_VERBS = frozenset({"falls"})
_PART_KIND, _RURAL_KIND = KINDS.index("part"), KINDS.index("rural")
_WORD = re.compile(r"[^\W\d_]+")
_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]+)\s+(?:of\s+|called\s+)?(?:the\s+)?$")
_AFTER = re.compile(r"\s+(?:(?:international|nuclear(?: power)?|refugee)\s+)?(?!Department)([^\W\d_]+)")
#: "Rivers and Stokes avenues"
_CORNER = re.compile(
    r"(?:(?:,? (?:and|&)|,) [A-Z0-9][\w'’]*(?: [A-Z0-9][\w'’]*)?){0,3} "
    r"(?:[Ss]treets|[Aa]venues|[Bb]oulevards|Roads|Drives|Lanes)\b"
)
_THEN = re.compile(r"[^.!?\n]*[.!?]\s+(?:The|This) (city|town|village|province|state|county|country)\b")
#: Whose office tells a state from its capital: "New York's governor", "the mayor of New York".
_OFFICES = {"governor": "admin1", "governorship": "admin1", "legislature": "admin1", "mayor": "settlement"}
_OFFICE_OF_KIND = {word: KINDS.index(kind) for word, kind in _OFFICES.items()}
_OFFICE = re.compile(rf"(?:['’]s?)?\s+(?:(?:deputy|vice)\s+)?({'|'.join(_OFFICES)})\b", re.IGNORECASE)
#: What words beside a name complete it to that of another thing: "the Niger river", "Rivne nuclear station".
_COMPLETED = [KINDS.index(kind) for kind in ("water", "land", "facility")]

_INSIDE = frozenset(["in", "of", "inside", "within"])
_ADJECTIVES = (
    "north south east west northern southern eastern western northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern central upper lower inner coastal capital largest "
    "biggest second third main port border mountain mountainous historic remote rural small tiny large major "
    "densely populated besieged occupied neighbouring neighboring resort market mining holy"
)
_PLAIN = frozenset(["a", "an", "the", "on", "area", "part", *_INSIDE, *_ADJECTIVES.split(), *_KIND_OF])

#: Kinds of link, from the contained or earlier mention to the containing or later one.  The words of a
#: `STATED` one leave no doubt; it stands beside another of the same mentions.
COMMA, WITHIN, BESIDE, STATED = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Link:
    """Two mentions that the text ties together.

    `inner` and `outer` index the mentions; with :data:`BESIDE` they are equals.
    """

    inner: int
    outer: int
    kind: int


@dataclass(frozen=True, slots=True)
class Cues:
    """What the text says about each mention.

    Parameters
    ----------
    links : list of Link
    kinds : list of int
        Index into :data:`KINDS` of the kind of place a word beside the mention, or in it, names, or one that
        stands after a list of which it is a part ("Bauchi and Gombe states"); ``part`` and ``rural`` are what
        may be a town or its province ("northern Aleppo", "villages in Aleppo").
    called : list of str
        The name with the words beside it, where these make it that of a river, an island, a building and the
        like ("Niger river", "Strait of Malacca"), else empty.
    the : list of bool
        Whether the mention has the article: "across the Andes", but neither "the Kyiv office" nor "Andes".
    near : list of bool
        Whether something is near the mention, or outside of it: of a city and its province that is the city.
    lead : list of bool
        Whether the mention stands in the title, the first sentence or the dateline.
    dateline : int or None
        The mention that is the dateline.
    """

    links: list[Link]
    kinds: list[int]
    called: list[str]
    the: list[bool]
    near: list[bool]
    lead: list[bool]
    dateline: int | None


def read_cues(article: Article, mentions: Sequence[Mention]) -> Cues:
    """Read the cues of all mentions, which must be sorted by their start.

    Examples
    --------
    >>> text = "TBILISI (AFP) - The city of Albany, Georgia"
    >>> found = [Mention(0, 7, "TBILISI"), Mention(28, 34, "Albany"), Mention(36, 43, "Georgia")]
    >>> cues = read_cues(Article("a", text), found)
    >>> cues.dateline, cues.links, [KINDS[k] for k in cues.kinds]
    (0, [Link(inner=1, outer=2, kind=0), Link(inner=1, outer=2, kind=3)], ['', 'settlement', ''])
    """
    text = article.text
    listed = _listed(text, mentions)
    links: list[Link] = []
    for i in range(len(mentions) - 1):
        links += _links(text, mentions, i)
    # "Kogi, Niger and Benue states" lie beside one another.
    links = [
        Link(link.inner, link.outer, BESIDE) if listed[link.inner] and listed[link.outer] else link
        for link in links
    ]
    links += _stated(text, mentions, links)
    links += _headed(text, mentions)
    told = [
        (kind, "") if kind else _kind(text, mention) for kind, mention in zip(listed, mentions, strict=True)
    ]
    onward = [*(mention.start for mention in mentions[1:]), len(text)]
    kinds = [
        kind or _then_called(text, mention.end, until)
        for (kind, _), mention, until in zip(told, mentions, onward, strict=True)
    ]
    called = [name for _, name in told]
    lead_end = max(article.body_start + 250, len(article.title))
    lead = [mention.start < lead_end for mention in mentions]
    the = [_has_article(text, mention) for mention in mentions]
    near = [bool(_NEAR.search(text, max(0, mention.start - 12), mention.start)) for mention in mentions]
    return Cues(links, kinds, called, the, near, lead, _dateline(article, mentions))


def _links(text: str, mentions: Sequence[Mention], i: int) -> list[Link]:
    """Return the links of mention `i` with the next one (and, in "A, B, C", with the one after it)."""
    a, b = mentions[i], mentions[i + 1]
    if not 0 <= b.start - a.end <= 60:
        return []
    gap = text[a.end : b.start]
    if "\n" in gap.strip(" ") or ". " in gap:
        return []
    if _COMMA.match(gap):
        found = [Link(i, i + 1, COMMA)]
        if i + 2 < len(mentions) and _COMMA.match(text[b.end : mentions[i + 2].start]):
            found.append(Link(i, i + 2, COMMA))
        return found
    if _OPEN.match(gap):
        return [Link(i, i + 1, COMMA)]
    if _NEXT_TO.match(gap) or _DIRECTION.search(gap) or _COUNTED.match(gap):
        return [Link(i, i + 1, BESIDE)]
    part = _PART_OF.match(gap) and a.role != "demonym" and not _ADJECTIVE.search(a.text)
    if not part and (_POSSESSIVE.match(gap) or _OF_KIND.match(gap)):
        return [Link(i + 1, i, WITHIN)]
    if _IN.match(gap) and not _NAMING.search(gap):
        return [Link(i, i + 1, WITHIN)]
    if gap.isspace() and len(gap) == 1:
        return [Link(i, i + 1, WITHIN)]
    return []


def _stated(text: str, mentions: Sequence[Mention], links: Sequence[Link]) -> list[Link]:
    """Return the links that leave no doubt.

    In "Paris, Texas, and Rome" Paris lies in Texas, in "Paris, Texas and Ohio" or "in Paris, Texas said" it
    may not; "Suva, the capital of Fiji", "the Chilean capital Santiago" and "Cairo's Abbasiya neighbourhood"
    are statements, "Israel's Gaza plan" is not.
    """
    onward = {link.inner for link in links if link.kind in (COMMA, BESIDE)}
    found = []
    for link in links:
        inner, outer = mentions[link.inner], mentions[link.outer]
        if link.kind == COMMA:
            a_place = outer.role != "demonym" or _OF_UNIT.match(text, outer.end)
            sure = link.outer not in onward and a_place and bool(_CLOSED.match(text, outer.end))
        elif link.kind == WITHIN and link.inner < link.outer:
            words = _WORD.findall(text[inner.end : outer.start].lower())
            sure = not _INSIDE.isdisjoint(words) and _PLAIN.issuperset(words)
        elif link.kind == WITHIN:
            words = _WORD.findall(text[outer.end : inner.start].lower())
            # "Cairo's Abbasiya neighbourhood", not "Egypt's minister visited Port Sudan"
            named = _PLAIN.issuperset({*words} - {"s"}) and bool(_kind(text, inner)[0])
            sure = named or not _KIND_OF.keys().isdisjoint(words)
        else:
            continue
        if sure and inner.role == "literal":
            found.append(Link(link.inner, link.outer, STATED))
    return found


def _headed(text: str, mentions: Sequence[Mention]) -> list[Link]:
    """Return the links of villages to what heads their line: "Belgorod region: in the village of Murom"."""
    links, head = [], -1
    for i, mention in enumerate(mentions):
        line = text.rfind("\n", 0, mention.start) + 1
        if not any(c.isalnum() for c in text[line : mention.start]) and _HEADING.match(text, mention.end):
            head = i
        elif head >= 0 and line > mentions[head].start:
            head = -1
        elif head >= 0 and _VILLAGE.search(text, max(0, mention.start - 20), mention.start):
            links += [Link(i, head, WITHIN), Link(i, head, STATED)]
    return links


def _kind(text: str, mention: Mention) -> tuple[int, str]:
    """Return the kind of place that a mention's words, or those beside it, name, and what these call it."""
    words = _WORD.findall(mention.text.lower())
    if len(words) > 1:
        # "St. Louis" is a saint's.
        for word in (words[-1], words[0] if words[0] != "st" else ""):
            if kind := _KIND_OF.get(word):
                return kind, ""
    if office := _OFFICE.match(text, mention.end, mention.end + 30):
        return _OFFICE_OF_KIND[office[1].lower()], ""
    if _CORNER.match(text, mention.end, mention.end + 60):
        return _KIND_OF["street"], ""
    # "city" after a name may begin the next phrase ("Kharkiv city council"), "of" needs the word before.
    if (after := _AFTER.match(text, mention.end, mention.end + 40)) and (
        kind := _KIND_OF.get("" if after[1] in _VERBS else after[1].lower())
    ):
        return kind, mention.text + after[0] if kind in _COMPLETED else ""
    if before := _BEFORE.search(text[max(0, mention.start - 30) : mention.start]):
        word = before[1].lower()
        kind = _KIND_OF.get(word) or _OFFICE_OF_KIND.get(word, 0)
        if kind and not (kind == _STREET and before[0].split()[1:2] == ["of"]):  # "the main square of Aktau"
            return kind, before[0] + mention.text if kind in _COMPLETED else ""
    return _part(text, mention), ""


def _part(text: str, mention: Mention) -> int:
    """Return the kind of a mention that has villages around it, or of whose north, south ... is told."""
    if _RURAL.search(text, max(0, mention.start - 60), mention.start):
        return _RURAL_KIND
    return _PART_KIND if _PART.search(text, max(0, mention.start - 20), mention.start) else 0


def _listed(text: str, mentions: Sequence[Mention]) -> list[int]:
    """Return the kind of unit that a word in the plural makes of each mention of a list, 0 of others.

    It stands after the list ("Bauchi and Gombe states") or before ("the provinces of Idlib and Hama"); of
    "Sirwah and Raghwan districts of Marib" the last is the province around them.
    """
    kinds = [0] * len(mentions)
    joints = [_JOINT.fullmatch(text, a.end, b.start) for a, b in pairwise(mentions)]
    for i in range(len(mentions) - 1, -1, -1):
        after = _AFTER.match(text, mentions[i].end, mentions[i].end + 40)
        if mentions[i].role == "demonym":
            continue
        if after and after[1].lower() in _PLURALS:
            kinds[i] = _PLURALS[after[1].lower()]
        elif i < len(joints) and joints[i]:
            kinds[i] = kinds[i + 1]
    for i, mention in enumerate(mentions):
        before = _PLURAL_OF.search(text, max(0, mention.start - 30), mention.start)
        if before and not kinds[i]:
            ended = i and kinds[i - 1] and before.start() - mentions[i - 1].end == 1
            last = i if ended else _last_listed(joints, i)
            kind = _RURAL_KIND if ended else _PLURALS[before[1].lower()]
            kinds[i : last + 1] = [kind] * (last + 1 - i)
    return kinds


def _last_listed(joints: Sequence[re.Match[str] | None], first: int) -> int:
    """Return the last mention of the list that one begins, itself where no "and" ends it."""
    for i in range(first, len(joints)):
        joint = joints[i]
        if joint is None:
            break
        if joint[0].strip() != ",":
            return i + 1
    return first


def _then_called(text: str, end: int, until: int) -> int:
    """Return the kind of place that the next sentence takes a mention up with: "The city's hospitals"."""
    found = _THEN.match(text, end, min(until, end + 160))
    return _KIND_OF[found[1]] if found else 0


def _has_article(text: str, mention: Mention) -> bool:
    """Return whether a mention has the article "the" and no noun after it that this belongs to."""
    before = text[max(0, mention.start - 5) : mention.start]
    return bool(_THE.search(before)) and bool(_NO_NOUN.match(text, mention.end))


def _dateline(article: Article, mentions: Sequence[Mention]) -> int | None:
    """Return the mention that a dateline such as "ABU DHABI, Jan 24 (AFP) -" begins with."""
    for i, mention in enumerate(mentions[:4]):
        if mention.start > article.body_start + 400:
            return None
        line_start = article.text.rfind("\n", 0, mention.start) + 1
        if mention.start - line_start <= 2 and _DATELINE.match(article.text, mention.end, mention.end + 60):
            return i
    return None
