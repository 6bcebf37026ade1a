"""In what role a name stands: words beside it that make it a government, a team or a part of another name."""

from __future__ import annotations

import re

from dateline.geo.wordlists import wordlist

# Before and after a place name that is a part of an organisation's, a treaty's or a nobleman's name.
_OF_TITLE = re.compile(
    r"\b(?:Bank|University|College|Church|Embassy|Treaty|Archbishop|Bishop|Duke|Duchess|Earl|Prince|Princess)"
    r" of (?:the )?$"
    r"|\b(?:embass(?:y|ies)|consulates?|flags?) of (?:the )?(?:[^\W\d_a-z][\w.-]*(?:,? and |, )(?:the )?)*$"
)
_NAMED_AFTER = re.compile(
    r" (?:Post|Times|Herald|Tribune|Gazette|Chronicle|Observer|Journal|Globe|"
    r"Agreement|[Aa]ccords?|agreements|Conventions?|Treaty|[Pp]rotocol|Declaration|Pact)\b"
)
# A state is spoken to, a team is beaten; what follows then is no noun that the name belongs to ("warned Kyiv
# residents").
_SPOKEN_TO = re.compile(
    r"\b(?:(?:call|calls|called|calling) on|urg(?:e|es|ed|ing)|warn(?:s|ed|ing)?|accus(?:e|es|ed|ing)|"
    r"beat|beats|beating|defeated|defeating|edged) (?:the )?(?:[^\W\d_a-z][\w.-]*(?:,? and |, ))*$"
)
#: Without one of these nobody is spoken to.
_SPEAKING = ("call", "urg", "warn", "accus", "beat", "defeat", "edged")
_NO_NOUN = re.compile(
    r"[^\w\s]|\s+(?:[\W\d]|(?:of|over|to|that|not|and|for|after|against|about|on|in|with|at|by)\b)|\s*$"
)
_PLAYS = re.compile(
    r"\s(?:beat|beats|defeated|edged|drew (?:with|\d|at)|(?:lost|lose|won|win) (?:to|at home|away|\d+[-–]\d)|"
    r"(?:drew|won|lost)\b[^.\n]{0,40}\b\d+[-–]\d)"
)
# "Kilmarnock sacked their manager", "Leeds, without their captain": only a club does or has this.
_IS_CLUB = re.compile(
    r",?\s(?:(?:have|has|had|are|were|is|was) )?"
    r"(?:sacked|fired|signed|appointed|loaned|released|promoted|relegated|without|led by|missed|beaten|"
    r"unbeaten|top|bottom|go|went|move|moved|climb|climbed|sit|stay|remain)\b[^.\n]{0,40}\b"
    r"(?:manager|coach|striker|midfielder|defender|winger|goalkeeper|quarterback|pitcher|forward|league|cup|"
    r"table|season|standings|playoffs?|points?|relegation)\b"
)
# "Portsmouth will host Derby" is a match where something near speaks of sport; elsewhere both may be places.
_MEETS = re.compile(r"\s(?:will |to |must )?(?:faces?|hosts?|plays?|entertains?|takes? on)\s[^\W\d_a-z]")
_MET_BY = re.compile(r"\b(?:faces?|hosts?|plays?|entertains?|tak(?:e|es|ing) on|against) $")
_SPORT = re.compile(
    r"\b(?:league|cup|season|semi-?final|quarter-?final|playoffs?|goals?|goalkeeper|striker|midfielder|defender|coach"
    r"|kick-?off|match|innings|wickets?|touchdowns?|\d-\d)\b",
    re.IGNORECASE,
)
#: "Kyiv-backed", but "Lagos-based" is the city.
_ACTS = re.compile(
    r"-(?:aligned|allied|appointed|backed|brokered|controlled|drafted|financed|flagged|funded|imposed|installed|"
    r"led|made|mediated|occupied|organi[sz]ed|run|sponsored|supplied|supported|trained)\b"
)
_CLUB = re.compile(r".* (?:United|Rovers|Wanderers|Hotspur|Albion|Athletic|FC|AFC)", re.DOTALL)
_OF_CLUB = re.compile(r" (?:Rovers|Wanderers|Hotspur|Albion|Athletic|A?FC|United(?! [^\W\d_a-z]))\b")
_PLAYED_BETWEEN = re.compile(r"\b(?:match|game|final|tie|fixture|derby) between (?:[^.,;\n]{1,40} and )?$")
#: Capitals that stand for their governments, where they do what governments do: "Pyongyang tested a missile".
_GOVERNMENTS = wordlist("governments")
_GOVERNS = re.compile(
    r"(?: and [^\W\d_a-z]\w+(?: [^\W\d_a-z]\w+)?)?(?: (?:has|have|had))? "
    rf"(?:{'|'.join(sorted(wordlist('governing')))})\b"
)
_SUBJECT = re.compile(
    r"(?:^|[.;:,\"“\n]|\b(?:and|but|that|while|as|because|after|before|since|which|said)) ?$"
)
_NEARBY = 200  # characters
_LONGEST_MEETING = 12
_PLAYED = re.compile(r"\b(?:lost|lose|drew|won)\b[^.\n]{0,30} (?:to|with|against) $")
_GAME = re.compile(r"\b(?:at home|\d+[-–]\d+)\b")


def is_metonym(text: str, start: int, end: int) -> bool:
    """Return whether the words beside a name make it something else than the place.

    >>> [is_metonym(text, 9, 15) for text in ("It urged Moscow to talk.", "It urged Moscow residents on.")]
    [True, False]
    """
    before = text[max(0, start - 60) : start]
    if text[start:end] in _GOVERNMENTS and _GOVERNS.match(text, end) and _SUBJECT.search(before):
        return True
    if (_MEETS.match(text, end) or _MET_BY.search(before, len(before) - _LONGEST_MEETING)) and _SPORT.search(
        text, max(0, start - _NEARBY), end + _NEARBY
    ):
        return True
    if _NAMED_AFTER.match(text, end) or _PLAYS.match(text, end) or _IS_CLUB.match(text, end):
        return True
    if _ACTS.match(text, end) or _OF_CLUB.match(text, end) or _CLUB.fullmatch(text, start, end):
        return True
    if not before.endswith(" "):
        return False
    if before.endswith((" between ", " and ")) and _PLAYED_BETWEEN.search(before):
        return True
    if before.endswith((" of ", " of the ")) and _OF_TITLE.search(before):
        return True
    if before.endswith((" to ", " with ", " against ")) and _PLAYED.search(before):
        return bool(_GAME.search(text, max(0, start - 40), end + 40))
    spoken = any(map(before.__contains__, _SPEAKING)) and _NO_NOUN.match(text, end)
    return bool(spoken and _SPOKEN_TO.search(before))
