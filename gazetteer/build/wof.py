"""Villages and counties of Who's On First, which GeoNames' packages lack, where the news needs them."""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from dateline.gazetteer.build.record import Places, Record, bare_name
from dateline.gazetteer.latin import romanized, ukrainian
from dateline.gazetteer.names import normalize
from dateline.gazetteer.store import ALTERNATE, PRIMARY

#: Countries whose villages are in the bundle, as files of the extract.
COUNTRIES = (
    "ua", "ps", "il", "lb", "sy", "sd", "ye", "iq", "af", "cd", "ml", "so", "ss", "ly", "jo", "am", "az",
    "ge", "bf", "et", "ht", "md", "mm", "ne",
)  # fmt: skip
#: Countries whose counties are, where no town bears their name.
COUNTY_COUNTRIES = ("ss", "sd", "et", "td", "ml", "ne", "iq", "sy", "af")
#: Languages whose names are taken, ISO 639-3 as there -> ISO 639-1.
LANGUAGES = {
    "eng": "en", "ukr": "uk", "rus": "ru", "ara": "ar", "heb": "he", "fas": "fa", "fra": "fr", "deu": "de",
    "spa": "es",
    "tur": "tr", "zho": "zh", "pol": "pl", "kur": "ku", "hye": "hy", "kat": "ka", "aze": "az", "ron": "ro",
    "bel": "be",
    "pus": "ps", "swa": "sw", "mya": "my", "amh": "am", "som": "so", "por": "pt", "ita": "it",
}  # fmt: skip
_TYPES = {"locality": "PPL", "neighbourhood": "PPLX"}
_BEARINGS = {"N.": "North", "E.": "East", "S.": "South", "W.": "West", "C.": "Central"}
#: What stands in the names of counties and is none of theirs: "Konso SW" (special woreda), "N. Shewa (R3)".
_NO_NAME = re.compile(r" SW$| ?\(.*\)$")
#: GeoNames' settlements hold every town: a count from here on, of a place that they lack, is a namesake's,
#: a district's or a mistake (Cool urhajo in the mountains of Bamyan with 58,525 people).
_TOWN = 10_000
#: A unit of the same name no farther away is the same one, in degrees.
_COUNTY = 0.7
#: Two records with one name so near to each other are one place, in degrees (about 3 km).
_SAME = 0.03
#: Likeness (0 to 100) of two normalised names from which they are one name in two spellings.
_RESPELT = 75


@dataclass(frozen=True, slots=True)
class Row:
    """A record of the extract."""

    id: str
    name: str
    placetype: str
    country: str
    lat: float
    lon: float
    population: int
    geonames: str
    names: dict[str, list[str]]


def rows(path: Path) -> Iterator[Row]:
    """Read an extract."""
    csv.field_size_limit(sys.maxsize)
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            id, name, placetype, country, lat, lon, population, geonames, _, _, names = line.rstrip(
                "\n"
            ).split("\t")
            if not lat or not lon or (float(lat) == 0 and float(lon) == 0):
                continue
            yield Row(
                id, name, placetype, country, float(lat), float(lon), int(float(population or 0)), geonames,
                json.loads(names or "{}"),
            )  # fmt: skip


def names_by_language(row: Row) -> list[tuple[str, str]]:
    """Return (language, name) of the languages taken, preferred names first."""
    found = []
    for kind in ("preferred", "variant", "colloquial"):
        for code, language in LANGUAGES.items():
            found += [(language, name) for name in row.names.get(f"{code}_x_{kind}", []) if len(name) > 1]
    return list(dict.fromkeys(found))


def add_villages(places: Places, files: list[Path], countries: Container[str]) -> None:
    """Add settlements that are not there yet; give those that are their names by language.

    Only what is there of these `countries` (ISO codes) is compared by position: to compare all takes longer.
    """
    near: Near = {}
    for record in places.values():
        if record.feature_class == "P" and record.country in countries:
            _note(near, record)
    for path in files:
        for row in rows(path):
            if row.placetype not in _TYPES:
                continue
            tagged = names_by_language(row)
            keys = {normalize(name) for name in (row.name, *(name for _, name in tagged))}
            known = places.get(f"wof:{row.id}") or _same_id(places, row, keys) or _same(near, row, keys)
            official = _official(row.country, tagged)
            if known is not None:
                known.tagged += tagged
                known.add((name for _, name in tagged), ALTERNATE)
                # Who's On First still has Artemivsk for Bakhmut: its spelling is taken over, not its name.
                if official and fuzz.ratio(normalize(official), normalize(known.name)) >= _RESPELT:
                    known.name = official
                    known.add([official], PRIMARY)
                continue
            english = next((name for language, name in tagged if language == "en"), "")
            name = official or english or (row.name if row.name.isascii() else romanized(row.name))
            record = Record(
                id=_new_id(places, row),
                name=name,
                lat=row.lat,
                lon=row.lon,
                feature_code=_TYPES[row.placetype],
                country=row.country,
                population=row.population if row.population < _TOWN else 0,
                tagged=tagged,
            )
            record.add([name], PRIMARY)
            record.add([row.name, *(name for _, name in tagged)], ALTERNATE)
            record.add([romanized(name) for name in list(record.names) if not name.isascii()], ALTERNATE)
            places[record.id] = record
            _note(near, record)


def add_counties(places: Places, files: list[Path]) -> None:
    """Add counties of which no town bears the name, and "Uror" to the names of "Uror County"."""
    counties = [row for path in files for row in rows(path) if row.placetype == "county"]
    countries = {row.country for row in counties}
    borne: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in places.values():
        if record.country in countries:
            of_unit = bare_name if record.feature_class == "A" else normalize
            for key in {of_unit(name) for name in record.names}:
                borne[record.country, key].append(record)
    for row in counties:
        names = county_names(row.name)
        alike = [other for name in names for other in borne[row.country, bare_name(name)]]
        if any(other.feature_class != "A" for other in alike):
            continue  # its town stands for it
        units = [u for u in alike if abs(u.lat - row.lat) < _COUNTY and abs(u.lon - row.lon) < _COUNTY]
        if units:
            units[0].add(names)
        else:
            places[f"wof:{row.id}"] = _county(row, names)


def _county(row: Row, names: list[str]) -> Record:
    """Return a county with its own name only: its other names are often those of what it was a part of."""
    id = f"wof:{row.id}"
    record = Record(id, names[0], row.lat, row.lon, "A", "ADM2", country=row.country, admin2=id)
    record.add(names, PRIMARY)
    return record


def county_names(name: str) -> list[str]:
    """Return the names of a county as it is written there.

    Examples
    --------
    >>> county_names("N. Shewa (R3)"), county_names("Luakpiny/Nasir"), county_names("S.W. Shewa")
    (['North Shewa'], ['Luakpiny', 'Nasir'], ['South West Shewa'])
    """
    plain = _NO_NAME.sub("", name)
    rest = re.sub(r"^(?:[NESWC]\.)* ?", "", plain)
    bearings = re.findall(r"[NESWC]\.", plain.removesuffix(rest))
    spelt = " ".join(_BEARINGS[bearing] for bearing in bearings)
    return [f"{spelt} {part}".strip() for part in rest.split("/")]


def county_points(files: list[Path]) -> dict[tuple[str, str], tuple[float, float]]:
    """Return the points of counties by country and bare name; names borne twice are left out."""
    found: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for path in files:
        for row in rows(path):
            if row.placetype == "county":
                names = {row.name, *(name for language, name in names_by_language(row) if language == "en")}
                for name in {bare_name(name) for name in names}:
                    found[row.country, name].append((row.lat, row.lon))
    return {key: points[0] for key, points in found.items() if len(points) == 1}


def _same_id(places: Places, row: Row, keys: set[str]) -> Record | None:
    """Return the settlement of the same GeoNames id, if it also shares a name.

    Some ids of Who's On First are a neighbour's: its Mykolaiv has Lviv's, its Nova Odesa has Odesa's.
    """
    record = places.get(f"geonames:{row.geonames}")
    if record is None or keys.isdisjoint(normalize(name) for name in record.names):
        return None
    return record


def _new_id(places: Places, row: Row) -> str:
    """Return the id of a settlement that was not there: GeoNames' if it has one of its own."""
    geonames = f"geonames:{row.geonames}"
    return geonames if row.geonames and geonames not in places else f"wof:{row.id}"


def _official(country: str, tagged: list[tuple[str, str]]) -> str:
    """Return the English form of a place in Ukraine by the country's own rule, empty elsewhere."""
    if country != "UA":
        return ""
    return next((ukrainian(name) for language, name in tagged if language == "uk"), "")


#: Settlements with their normalised names, by cell.
Near = dict[tuple[str, int, int], list[tuple[Record, set[str]]]]


def _cell(country: str, lat: float, lon: float) -> tuple[str, int, int]:
    return country, round(lat / _SAME), round(lon / _SAME)


def _note(near: Near, record: Record) -> None:
    """Enter a settlement; the names of a bundle's records are normalised already, others are not."""
    entry = record, {normalize(name) for name in record.names}
    near.setdefault(_cell(record.country, record.lat, record.lon), []).append(entry)


def _same(near: Near, row: Row, keys: set[str]) -> Record | None:
    """Return a settlement with one of these names at the same spot."""
    country, y, x = _cell(row.country, row.lat, row.lon)
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            for record, names in near.get((country, y + dy, x + dx), []):
                close = abs(record.lat - row.lat) < _SAME and abs(record.lon - row.lon) < _SAME
                if close and not names.isdisjoint(keys):
                    return record
    return None
