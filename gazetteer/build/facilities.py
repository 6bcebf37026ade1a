"""Airports and air bases (OurAirports) and large power plants (WRI)."""

from __future__ import annotations

import csv
import gzip
import io
import re
from pathlib import Path

from dateline.gazetteer.build.natural import slug
from dateline.gazetteer.build.packages import Packages
from dateline.gazetteer.build.record import Places, Record
from dateline.gazetteer.store import PRIMARY

_MILITARY = re.compile(r"\b(air ?base|air force|airfield|air station|naval)\b", re.IGNORECASE)
#: Keywords there also name towns and seas nearby; only those that speak of an airport are names of it.
_AERODROME = re.compile(
    r"\b(airport|air ?base|airfield|aerodrome|aeropuerto|aéroport|аэропорт|аеропорт|مطار)\b", re.IGNORECASE
)
#: Plants below this capacity are not in the news by name.
LEAST_MW = 500.0
_NUCLEAR_WORDS = ("Nuclear Power Plant", "NPP", "nuclear plant", "Nuclear Power Station")
_HYDRO_WORDS = ("Dam", "Hydroelectric Power Plant")


def add_airports(places: Places, packages: Packages) -> None:
    """Add large and medium airports, and smaller ones that are air bases."""
    text = gzip.decompress(packages.read("ourairports", "ourairports/data/airports.csv.gz")).decode("utf-8")
    handmade = _handmade(places)
    for row in csv.DictReader(io.StringIO(text)):
        military = bool(_MILITARY.search(row["name"]))
        wanted = row["type"] in ("large_airport", "medium_airport") or (
            row["type"] == "small_airport" and military
        )
        if not wanted:
            continue
        record = Record(
            id=f"ourairports:{row['ident']}",
            name=row["name"],
            lat=round(float(row["latitude_deg"]), 5),
            lon=round(float(row["longitude_deg"]), 5),
            feature_class="S",
            feature_code="AIRB" if military else "AIRP",
            country=row["iso_country"],
            radius_km=2.0,
        )
        own = _same_spot(handmade, record)
        record.add([row["name"]], PRIMARY)
        short = re.sub(r"\s+(International|Regional|Municipal)(?= Airport)", "", row["name"])
        record.add([short, *re.split(r"\s*/\s*", row["name"])])
        if row["type"] == "large_airport" and row["municipality"]:
            record.add([f"{row['municipality']} airport", f"{row['municipality']} International Airport"])
            record.add([short.removesuffix(" Airport").removeprefix(row["municipality"]).strip()])
        if military:
            record.add(re.sub(r"(?i)\bair ?base\b", word, row["name"]) for word in ("air base", "airbase"))
        keywords = (word.strip() for word in row["keywords"].split(","))
        record.add(word for word in keywords if _AERODROME.search(word) and word.count(" ") < 5)
        if own is not None:
            own.add(record.names)
            continue
        places[record.id] = record


def _handmade(places: Places) -> list[Record]:
    """Return the airports, dams and nuclear plants of our own table."""
    kinds = ("PSN", "DAM", "AIRB", "AIRP")
    return [p for p in places.values() if p.id.startswith("dateline:") and p.feature_code in kinds]


def _same_spot(handmade: list[Record], record: Record) -> Record | None:
    """Return the one that stands within 5 km, so that a facility is there once."""
    near = (p for p in handmade if abs(p.lat - record.lat) < 0.05 and abs(p.lon - record.lon) < 0.05)
    return next(near, None)


def add_power_plants(places: Places, table: Path, countries: dict[str, str]) -> None:
    """Add nuclear plants and plants of 500 MW and more.

    `countries` maps ISO alpha-3 codes to alpha-2.
    """
    handmade = _handmade(places)
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            nuclear, hydro = row["primary_fuel"] == "Nuclear", row["primary_fuel"] == "Hydro"
            if (float(row["capacity_mw"]) < LEAST_MW and not nuclear) or row["country"] not in countries:
                continue
            name = row["name"].strip()
            full = name
            if not re.search(r"(?i)plant|station|power|dam|npp|hpp|chp|nuclear|\d", name):
                kind = "Nuclear " if nuclear else "Hydroelectric " if hydro else ""
                full = f"{name} {kind}Power Plant"
            code = countries[row["country"]]
            id = f"wri:{slug(full)}-{code.lower()}"
            if id in places:
                continue
            record = Record(
                id=id, name=full, lat=round(float(row["latitude"]), 4), lon=round(float(row["longitude"]), 4),
                feature_class="S", feature_code="PSN" if nuclear else "PSH" if hydro else "PS", country=code,
                radius_km=2.0,
            )  # fmt: skip
            own = _same_spot(handmade, record)
            record.add([full], PRIMARY)
            if full != name:
                words = (
                    _NUCLEAR_WORDS if nuclear else _HYDRO_WORDS if hydro else ("power station", "power plant")
                )
                record.add(f"{name} {word}" for word in words)
            if own is not None:
                own.add(record.names)
                continue
            places[id] = record
