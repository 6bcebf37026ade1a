"""Words of a sentence, and the inflections of English verbs and nouns: as much grammar as events need."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from dateline.geo.wordlists import wordlist

_WORD = re.compile(r"[^\W_](?:[\w'’-]*[^\W_])?|[^\w\s]")


class Word(NamedTuple):
    """A word or a punctuation mark: ``text[start:end]``, and its lower-cased form."""

    start: int
    end: int
    lower: str
    capital: bool


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words between two offsets; a possessive "'s" stays apart from its noun.

    Examples
    --------
    >>> [word.lower for word in words("Kyiv's anti-tank unit left.")]
    ['kyiv', "'s", 'anti-tank', 'unit', 'left', '.']
    """
    found: list[Word] = []
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        raw = match[0].replace("’", "'")
        first = match.start()
        if len(raw) > 2 and raw[-2:] in ("'s", "'S"):
            found.append(Word(first, match.end() - 2, raw[:-2].lower(), raw[0].isupper()))
            found.append(Word(match.end() - 2, match.end(), "'s", False))
        else:
            found.append(Word(first, match.end(), raw.lower(), raw[0].isupper()))
    return found


_IRREGULAR = {
    "be": "is are am was were been being",
    "beat": "beats beat beaten beating",
    "become": "becomes became become becoming",
    "begin": "begins began begun beginning",
    "bite": "bites bit bitten biting",
    "blow": "blows blew blown blowing",
    "break": "breaks broke broken breaking",
    "bring": "brings brought brought bringing",
    "build": "builds built built building",
    "burn": "burns burned burnt burning",
    "burst": "bursts burst burst bursting",
    "cast": "casts cast cast casting",
    "catch": "catches caught caught catching",
    "choose": "chooses chose chosen choosing",
    "come": "comes came come coming",
    "cut": "cuts cut cut cutting",
    "deal": "deals dealt dealt dealing",
    "dig": "digs dug dug digging",
    "draw": "draws drew drawn drawing",
    "drink": "drinks drank drunk drinking",
    "drive": "drives drove driven driving",
    "eat": "eats ate eaten eating",
    "fall": "falls fell fallen falling",
    "feed": "feeds fed fed feeding",
    "fight": "fights fought fought fighting",
    "find": "finds found found finding",
    "flee": "flees fled fled fleeing",
    "fling": "flings flung flung flinging",
    "fly": "flies flew flown flying",
    "forbid": "forbids forbade forbidden forbidding",
    "forecast": "forecasts forecast forecast forecasting",
    "freeze": "freezes froze frozen freezing",
    "get": "gets got gotten getting",
    "give": "gives gave given giving",
    "go": "goes went gone going",
    "grow": "grows grew grown growing",
    "hang": "hangs hanged hanged hanging hung",
    "hear": "hears heard heard hearing",
    "hit": "hits hit hit hitting",
    "hold": "holds held held holding",
    "hurt": "hurts hurt hurt hurting",
    "keep": "keeps kept kept keeping",
    "knock": "knocks knocked knocked knocking",
    "lay": "lays laid laid laying",
    "lead": "leads led led leading",
    "leave": "leaves left left leaving",
    "lend": "lends lent lent lending",
    "let": "lets let let letting",
    "lie": "lies lay lain lying",
    "light": "lights lit lit lighting",
    "lose": "loses lost lost losing",
    "make": "makes made made making",
    "meet": "meets met met meeting",
    "overrun": "overruns overran overrun overrunning",
    "overthrow": "overthrows overthrew overthrown overthrowing",
    "pay": "pays paid paid paying",
    "put": "puts put put putting",
    "quit": "quits quit quit quitting",
    "retake": "retakes retook retaken retaking",
    "ride": "rides rode ridden riding",
    "rise": "rises rose risen rising",
    "run": "runs ran run running",
    "say": "says said said saying",
    "see": "sees saw seen seeing",
    "seek": "seeks sought sought seeking",
    "sell": "sells sold sold selling",
    "send": "sends sent sent sending",
    "set": "sets set set setting",
    "shake": "shakes shook shaken shaking",
    "shoot": "shoots shot shot shooting",
    "shut": "shuts shut shut shutting",
    "sink": "sinks sank sunk sinking",
    "sit": "sits sat sat sitting",
    "slay": "slays slew slain slaying",
    "sleep": "sleeps slept slept sleeping",
    "slide": "slides slid slid sliding",
    "slit": "slits slit slit slitting",
    "speak": "speaks spoke spoken speaking",
    "spend": "spends spent spent spending",
    "split": "splits split split splitting",
    "spread": "spreads spread spread spreading",
    "stand": "stands stood stood standing",
    "steal": "steals stole stolen stealing",
    "strike": "strikes struck struck striking stricken",
    "swear": "swears swore sworn swearing",
    "sweep": "sweeps swept swept sweeping",
    "take": "takes took taken taking",
    "tear": "tears tore torn tearing",
    "tell": "tells told told telling",
    "throw": "throws threw thrown throwing",
    "waylay": "waylays waylaid waylaid waylaying",
    "uphold": "upholds upheld upheld upholding",
    "win": "wins won won winning",
    "withdraw": "withdraws withdrew withdrawn withdrawing",
    "write": "writes wrote written writing",
}
#: Verbs of several syllables that double their last consonant as those of one do.
_DOUBLED = wordlist("doubling_verbs")
_AUXILIARIES = wordlist("auxiliaries") | {"will", "would", "could", "may", "might"}
_SPEECH = wordlist("speech")


@lru_cache(maxsize=4096)
def verb_forms(verb: str) -> dict[str, str]:
    """Return every form of a verb with its kind: base, s, past, participle, both or ing.

    Examples
    --------
    >>> verb_forms("strike")["struck"], verb_forms("stop")["stopping"], verb_forms("deny")["denied"]
    ('both', 'ing', 'both')
    """
    if verb in _IRREGULAR:
        forms = {verb: "base"}
        third, past, participle, ing, *more = (
            (*_IRREGULAR[verb].split(), "") if verb != "be" else ("is", "was", "been", "being")
        )
        if verb == "be":
            forms |= dict.fromkeys(("is", "are", "am"), "s") | dict.fromkeys(("was", "were"), "past")
        forms[third], forms[ing] = "s", "ing"
        forms[past] = "both" if past == participle else "past"
        if past == verb:
            forms[verb] = "any"
        forms.setdefault(participle, "participle")
        return forms | {extra: "participle" for extra in more if extra}
    stem = verb
    syllables = len(re.findall(r"[aeiou]+", verb))
    doubles = syllables == 1 and re.search(r"[^aeiou][aeiou][bdgklmnprt]$", verb)
    if verb.endswith("e"):
        third, past, ing = (
            verb + "s",
            verb + "d",
            (verb if verb.endswith(("ee", "ye", "oe")) else verb[:-1]) + "ing",
        )
    elif re.search(r"[^aeiou]y$", verb):
        third, past, ing = verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    else:
        stem = verb + verb[-1] if verb in _DOUBLED or doubles else verb
        third = verb + ("es" if re.search(r"(?:s|x|z|ch|sh|o)$", verb) else "s")
        past, ing = stem + "ed", stem + "ing"
    forms = {verb: "base", third: "s", past: "both", ing: "ing"}
    if verb in _DOUBLED:  # "cancelled" and, in America, "canceled"
        forms |= {verb + "ed": "both", verb + "ing": "ing"}
    return forms


def all_forms(*verbs: str) -> frozenset[str]:
    """Return every form of several verbs.

    >>> sorted(all_forms("fire", "hit"))
    ['fire', 'fired', 'fires', 'firing', 'hit', 'hits', 'hitting']
    """
    return frozenset(form for verb in verbs for form in verb_forms(verb))


def noun_forms(noun: str) -> tuple[str, ...]:
    """Return a noun's singular and plural.

    >>> noun_forms("ambush"), noun_forms("robbery"), noun_forms("strike")
    (('ambush', 'ambushes'), ('robbery', 'robberies'), ('strike', 'strikes'))
    """
    if re.search(r"[^aeiou]y$", noun):
        return noun, noun[:-1] + "ies"
    return noun, noun + ("es" if re.search(r"(?:s|x|z|ch|sh)$", noun) else "s")


@lru_cache(maxsize=1)
def irregular_forms() -> frozenset[str]:
    """Return the past forms of irregular verbs ("struck"), except those spelled like the base."""
    forms = {form for verb, forms in _IRREGULAR.items() for form in forms.split()[1:3] if form != verb}
    return frozenset(forms) | wordlist("other_past_forms")


def verb_form(word: str) -> Literal["past", "ing", "base"]:
    """Return the form of a regular or irregular verb as far as its spelling tells.

    >>> verb_form("fled"), verb_form("hit"), verb_form("meet")
    ('past', 'past', 'base')
    """
    if word.endswith("ed") or word in irregular_forms() or verb_forms(word).get(word) == "any":
        return "past"
    return "ing" if word.endswith("ing") else "base"


@lru_cache(maxsize=8192)
def is_verbish(lower: str, capital: bool) -> bool:
    """Return whether a word looks like a verb: auxiliary, irregular past, "-ed" or "-ing"."""
    if lower in _AUXILIARIES or lower in irregular_forms() or lower in _SPEECH:
        return True
    return not capital and len(lower) > 4 and lower.endswith(("ed", "ing"))
