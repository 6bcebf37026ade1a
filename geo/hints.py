"""What speaks for or against a name beyond the judge's evidence, as log-odds that are added to its own.

They are rules of reading, set by hand: the news that the judge was fitted on has too few hashtags and posts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from dateline.geo.arrays import Floats
from dateline.geo.facilities import Known
from dateline.geo.namesakes import COMPANY, COUNTRY_OR_STATE, companies, surnames
from dateline.geo.wordpiece import Word

_TAGGED = 2.0  # a whole hashtag that is a town's name and no common word
_OF_SEA = 2.0  # "the Atlantic hurricane season"
_PERSON = -3.0  # elsewhere in the text the name is somebody's surname
_FACILITY = 1.5  # the name of a street or a building, which the network believes in
_COMMON = -2.0  # a word of the language, not capitalised, or at the start of a sentence only
_CONTAINED = 2.0  # "Mobile, Alabama": its country or state follows
_WHOLE = 2.0  # "Cox's Bazar": the gazetteer has the whole, which the network takes for two names
_OF_KIND = 3.0  # "Strait of Magellan", which the gazetteer has
_STATE = 5.0  # "Moore, OK": a state's abbreviation after a town
_INHABITED = 1.0  # "residents of X", "treaty of X", "X residents", "X airport", "X state"
_BEFALLEN = 1.8  # "X riots"
_LOCATED = 0.8  # "At X, ...", "off X", where the network believes in the name
_HIT = 2.0  # "shells hit X"
_OTHER_THING = -3.0  # a ship's name, a company's, a bean's
_SURE = 3.0  # log-odds above which a surname elsewhere says nothing
_LONGEST_CODE = 3  # letters: "OK", "UAE"
_VILLAGE = re.compile(r"size=[3-9]")
_TOWN = re.compile(r"size=[4-9]")
_CITY = re.compile(r"size=[5-9]")
_PROVINCE_OR_ISLAND = frozenset(("code=ADM1", "code=ADM2", "code=ISL", "code=ISLS"))
_BUILT = re.compile(
    r".*[\w.] (?:Street|St\.|Avenue|Ave\.|Road|Rd\.|Drive|Lane|Boulevard|Highway|Parkway|Bridge|Church|"
    r"Cathedral|Mosque|Chapel|Temple|Synagogue|Museum|Gallery|Theatre|Theater|Stadium|Arena|Palace|Square|Market)|"
    r"(?:St\.?|Saint) .*[\w.] (?:Hospital|School|College|Monastery|Abbey)",
    re.DOTALL,
)
_CONTAINER = re.compile(r", ([^\W\d_a-z][\w.]*(?: [^\W\d_a-z][\w.]*){0,2})")
_TOWN_BEFORE = re.compile(r"(?<![^\W_])((?:[^\W\d_a-z][\w'’-]*\.? ){0,2}[^\W\d_a-z][\w'’-]*), $")
#: A name that says what it is of: "Strait of Magellan", "Rann of Kutch".
_KIND_OF = re.compile(
    r"(?:Straits?|Gulf|Bay|Sea|Isthmus|Horn|Cape|Rann|Mount|Valley|Plains?|Isle|Great Wall|Dome|Church) of "
    r"(?:the )?[^\W\d_a-z]"
)
_POSSESSIVE = re.compile(r"\w['’]s \w")
_OF_PLACE = re.compile(
    r"\b(?:residents|inhabitants|people|mayors?|governors?|city|town|village|suburbs?|outskirts|port|province"
    r"|district|streets|treaty|battle|siege) of $",
    re.IGNORECASE,
)
_LOCATES = re.compile(r"(?<!\S)(?:in|at|near|off|outside) $", re.IGNORECASE)
_GOES_ON = re.compile(r"['’]| ?-?[A-Z]")
_PLACE_OF = re.compile(
    r" (?:states?|provinc(?:es?|ial)|districts?|count(?:y|ies)|residents|airport|suburbs?|municipality"
    r"|village|township|commune|neighbou?rhood|river|regions|governorates|zones?|LGAs?|cercles?|territor(?:y|ies))\b"
)
_STRUCK = re.compile(
    r" (?:(?:bus|minibus|train|plane|helicopter|boat|ferry|car|truck|bomb|suicide|drone|missile|rocket|air|"
    r"mass|school|church|mosque|market|hospital|hotel|nightclub|prison|mine|factory|building|flash|forest|"
    r"knife|hostage) ){0,2}"
    r"(?:riots?|protests?|unrest|clash(?:es)?|massacres?|(?:air ?)?strikes?|attacks?|raids?|ambush|"
    r"bombings?|blasts?|explosions?|shootings?|stabbings?|killings?|crash|derailment|stampede|siege|"
    r"(?:building|bridge|dam|mine) collapse|earthquakes?|quakes?|floods?|flooding|(?:wild)?fires?|"
    r"landslides?|mudslides?|tornado(?:es)?|eruption|outbreaks?)\b",
    re.IGNORECASE,
)
#: What a town has, in lower case: "Graz school", not "Lincoln School".
_TOWN_HAS = re.compile(r" (?:hospital|market|school|mosque|prison|nightclub|minibus|bus|metro|port|camp)\b")
#: "In Mexico's Celaya"; after another word it may be a person: "Mexico's Lopez".
_IN_COUNTRY = re.compile(
    r"(?<!\S)(?i:in|at|near|outside|across|through) ([^\W\d_a-z][\w.]*(?: [^\W\d_a-z][\w.]*){0,2})['’]s? $"
)
#: A capital is a headline's, where the word can be nothing else: not "Storm Dennis", "Rock Hudson".
_HITS = re.compile(
    r"\b(?:(?i:hits|shakes|rocks|slams|batters|lashes|jolts|sacks|swamps|engulfs|ravages|devastates|destroys|"
    r"flattens|pounds|(?:jets|drones?|missiles?|rockets?|warplanes) strikes?)|"
    r"hit(?:ting)?|shake|rock|slam|batter|lash|jolt|swamp|engulf|ravage|devastate|destroy|flatten|pound|storms|"
    r"shell(?:s|ed|ing)|bomb(?:s|ed|ing)|retook|retak(?:es?|ing)|recaptured|seized|captured|overr[au]n|besieged|"
    r"slammed|battered|lashed|jolted|sacked|rocked|shook|rattled|ravaged|devastated|destroyed|flattened|"
    r"flooded|struck|striking|pounded|pounding|"
    r"(?i:strikes|missiles?|drones?|rockets?|raids?|jets|shelling|artillery|bombs)\b[^.]{0,30}\btarget(?:ed|ing)|"
    r"(?i:(?:attacks?|assaults?|raids?|strikes?) on|(?:shelling|bombing|bombardment|siege|storming) of)) "
    r"(?:[^\W\d_a-z][\w'’-]*(?: [^\W\d_a-z][\w'’-]*)?(?:,? and |, ))*$"
)
#: "The Atlantic hurricane season", not "Atlantic City", "Pacific Gas".
_SEA = re.compile(
    r"(?:Atlantic|Pacific|Mediterranean|Caribbean|Baltic|Adriatic|Aegean|Arctic)"
    r"(?![-'’]|[ ,]*(?:and |or )?[A-Z])"
)
_ROAD = re.compile(r"[AM]\d{1,4}|I-\d{1,3}")
_SHIP = re.compile(r"\b(?:HMS|HMAS|HMCS|INS|MS|MV|RMS|SS|USNS|USS) $")
_PATRON = re.compile(
    r"\b(?:church|cathedral|basilica|chapel|monastery|convent|abbey|parish|shrine|tomb|feast|order) of "
    r"(?:S(?:t\.?|aint) [^\W\d_a-z][\w'’-]*(?:,? and |, ))*$",
    re.IGNORECASE,
)
_SAINT = re.compile(r"S(?:t\.?|aint) ")
_COUNTY = re.compile(r"(?<!, )Co\. [A-Z]")  # "in Co. Durham", not "Denver, Co."
_SHARES_IN = re.compile(
    r"\b[Ss]hares (?:in|of) (?:[^\W\d_a-z][\w&'’-]*(?: [^\W\d_a-z][\w&-]*)?(?:,? and |, ))*$"
)
_CALLED_AFTER = re.compile(
    r"(?:Brazil nut|Brussels sprout|Cheddar cheese|Guinea (?:pig|fowl)|Jersey cow|Labrador retriever|"
    r"Lima bean|Manila envelope|[Pp]anama hat|Peking duck|Bermuda (?:shorts|triangle of)|Jersey Royals|"
    r"Madeira cake|Oxford (?:shirt|shoe)s?|Philadelphia chromosome|Shetland pon(?:y|ies)|"
    r"Yorkshire (?:pudding|terrier)s?|(?:Havana|Stockholm) syndrome)"
)
#: Only somebody is or does this: "Bradford was found guilty", "Houston, whose voice", "Kingston, 12, told".
_WHO = re.compile(
    r" (?:was|were|has been|had been) (?:found guilty|convicted|sentenced|jailed|acquitted|indicted)\b"
    r"|, who(?:se voice| played| directed)\b|, \d\d,"
    r"|['’]s (?:wife|husband|widow|lawyers?|attorneys?|solicitor|mother|father|brother|sister|son|daughter)\b"
    r"| (?:pleaded|testified)\b"
)
#: The title of a song, a book, a film: all that stands between quotation marks.
_TITLE = re.compile(r"[,.]?[\"”]")
#: Bodies that are hamlets, too.
_BODIES = frozenset(("Congress", "Red Crescent", "Red Cross", "Senate", "Xinhua"))
#: Armed groups that are called as towns are, where the text says so once: "Fano militia".
_ARMED_GROUP = re.compile(
    r"\b(Amal|Azov|Fano|Wagner) (?:battalion|brigade|fighters|forces|group|gunmen|insurgents|leaders?|members"
    r"|mercenar(?:y|ies)|militants|militia\w*|movement|rebels|regiment|troops)\b",
    re.IGNORECASE,
)
_STARTS = re.compile(r"[.!?\"“\n]\s*$")


class Hints:
    """What one text says of its names.

    Parameters
    ----------
    text : str
    words : sequence of Word
    table : array
        The network's probabilities for the words.
    spans : collection of (int, int)
        Where the names in question stand.
    known : callable
        What the gazetteer says of a name.
    """

    def __init__(
        self,
        text: str,
        words: Sequence[Word],
        table: Floats,
        spans: Collection[tuple[int, int]],
        known: Known,
    ) -> None:
        self._text = text
        self._known = known
        self._written = {text[w.start : w.end] for w in words}
        self._people = surnames(text, words, table, {text[start:end] for start, end in spans})
        self._companies = companies(text, spans, known)
        self._groups = {group[1] for group in _ARMED_GROUP.finditer(text)}

    def odds(self, start: int, end: int, network: float, paired: bool) -> float:
        """Return the log-odds to add for one span.

        Parameters
        ----------
        start, end : int
        network : float
            The network's log-odds that its words are in a name.
        paired : bool
            Whether it is a town and its state stands right beside it, or the other way round: "Erie PA".
        """
        text = self._text
        name = text[start:end]
        own = self._known(name)
        if network < _SURE and _WHO.match(self._text, end) and COUNTRY_OR_STATE.isdisjoint(own):
            return _PERSON
        if name in self._people and (network < _SURE or not any(map(_CITY.fullmatch, own))):
            return _PERSON
        if self._is_other_thing(start, end):
            return _OTHER_THING
        if network > 0 and (_BUILT.fullmatch(name) or _ROAD.fullmatch(name)):
            return _FACILITY
        if network > 0 and own and _POSSESSIVE.search(name):
            return _WHOLE
        if network > -_SURE and own and _KIND_OF.match(name):
            return _OF_KIND
        if network > -_SURE and _SEA.match(text, start) and " " not in name:
            return _OF_SEA
        if self._is_state_of_town(start, end, own):
            return _STATE
        if "common" in own and (name.islower() or self._is_a_word(start, name)):
            return _COMMON
        if network > -_SURE and own:
            if self._is_hashtag(start, end, own):
                return _TAGGED
            if paired or self._is_contained(end) or self._is_in_country(start):
                return _CONTAINED
        if network > 0 and name[:1].isupper():
            if self._is_inhabited(start, end):
                return _INHABITED
            if self._is_located(start, end):
                return _LOCATED
        if network > -1 and name[:1].isupper() and self._is_struck(end, own):
            return _BEFALLEN
        if network > -2 and name[:1].isupper() and self._is_hit(start, own):
            return _HIT
        return 0.0

    def _is_other_thing(self, start: int, end: int) -> bool:
        """Return whether a span is a ship's, a company's, an army's, a church's or in "Lima beans"."""
        text = self._text
        return (
            _SHIP.search(text, max(0, start - 12), start) is not None
            or (_SAINT.match(text, start) and _PATRON.search(text, max(0, start - 60), start) is not None)
            or (text[start:end] in ("Co", "Co.") and _COUNTY.match(text, start) is not None)
            or COMPANY.match(text, end) is not None
            or ("hares " in text[max(0, start - 60) : start] and self._is_traded(start))
            or _CALLED_AFTER.match(text, start) is not None
            or text.startswith("$", end)  # "US$100"
            or text[start:end] in self._companies
            or (text[start:end] in self._groups and not _LOCATES.search(text, max(0, start - 9), start))
            or text[start:end] in _BODIES
            or (text[max(0, start - 1) : start] in ('"', "“") and _TITLE.match(text, end) is not None)
        )

    def _is_traded(self, start: int) -> bool:
        """Return whether a span is one of those that shares are in: "shares in Ford and Nokia"."""
        return _SHARES_IN.search(self._text, max(0, start - 60), start) is not None

    def _is_state_of_town(self, start: int, end: int, own: Sequence[str]) -> bool:
        """Return whether a span is a state's or a country's abbreviation after a town: "Moore, OK"."""
        short = end - start <= _LONGEST_CODE and self._text[start:end].isupper()
        if not short or "kind=abbreviation" not in own or COUNTRY_OR_STATE.isdisjoint(own):
            return False
        town = _TOWN_BEFORE.search(self._text, max(0, start - 40), start)
        return town is not None and any(map(_TOWN.fullmatch, self._known(town[1])))

    def _is_struck(self, end: int, own: Sequence[str]) -> bool:
        """Return whether a town's name is followed by what befell it or what it has: "Ferguson riots"."""
        after = _STRUCK.match(self._text, end) or _TOWN_HAS.match(self._text, end)
        return _is_town(own) and after is not None

    def _is_hit(self, start: int, own: Sequence[str]) -> bool:
        """Return whether a town's name follows what befell it: "shells hit Chasiv Yar and Toretsk"."""
        return _is_town(own) and _HITS.search(self._text, max(0, start - 60), start) is not None

    def _is_inhabited(self, start: int, end: int) -> bool:
        """Return whether the words beside a span say that it is a place: "residents of X", "X airport"."""
        before = _OF_PLACE.search(self._text, max(0, start - 20), start)
        return before is not None or _PLACE_OF.match(self._text, end) is not None

    def _is_located(self, start: int, end: int) -> bool:
        """Return whether a span is all that "in", "at", "off"... leads to: not the saint of a hospital."""
        whole = self._text[start:end].split()[-1][:1].isupper() and not _GOES_ON.match(self._text, end)
        return whole and _LOCATES.search(self._text, max(0, start - 9), start) is not None

    def _is_hashtag(self, start: int, end: int, own: Sequence[str]) -> bool:
        """Return whether a span is a whole hashtag, and the name of a town or state: "#Ferguson", "#TN"."""
        alone = self._text[start - 1 : start] == "#" and not self._text[end : end + 1].isalnum()
        state = "kind=abbreviation" in own and "code=ADM1" in own and self._text[start:end].isupper()
        return alone and "common" not in own and (state or any(map(_TOWN.fullmatch, own)))

    def _is_contained(self, end: int) -> bool:
        """Return whether a comma and a country's or a state's name follow."""
        after = _CONTAINER.match(self._text, end)
        own = self._known(after[1]) if after else ()
        return not COUNTRY_OR_STATE.isdisjoint(own)

    def _is_in_country(self, start: int) -> bool:
        """Return whether a country or state that has the span comes before it: "in Mexico's Celaya"."""
        before = _IN_COUNTRY.search(self._text, max(0, start - 40), start)
        return before is not None and not COUNTRY_OR_STATE.isdisjoint(self._known(before[1]))

    def _is_a_word(self, start: int, name: str) -> bool:
        """Return whether a name at the start of a sentence stands in the text as a plain word too."""
        begins = start == 0 or _STARTS.search(self._text, max(0, start - 3), start)
        return bool(begins) and name.lower() in self._written


def _is_town(own: Sequence[str]) -> bool:
    """Return whether a name is a town's, a province's or an island's, and no word of the language."""
    if "common" in own or "kind=demonym" in own:
        return False
    return any(map(_VILLAGE.fullmatch, own)) or not _PROVINCE_OR_ISLAND.isdisjoint(own)
