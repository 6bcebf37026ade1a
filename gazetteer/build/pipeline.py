"""The steps of the build, in order."""

from __future__ import annotations

from pathlib import Path

from dateline.errors import InputError
from dateline.gazetteer.build import (
    borders,
    contested,
    countries,
    doubles,
    english,
    facilities,
    geonames,
    handmade,
    natural,
    pack,
    polygons,
    postal,
    wof,
)
from dateline.gazetteer.build.locate import Locator, follow_neighbours
from dateline.gazetteer.build.packages import Packages
from dateline.gazetteer.build.record import Places

VERSION = "2026.12.2"

#: What the bundle is made of: source -> (what, licence, attribution).
SOURCES = [
    ["GeoNames", "settlements, countries, units, their names, postal codes", "CC BY 4.0", "geonames.org"],
    ["Who's On First", "villages, counties, names of seas", "CC0 and CC BY", "whosonfirst.org"],
    ["Natural Earth", "polygons, seas, rivers, ranges, islands", "public domain", "naturalearthdata.com"],
    ["OurAirports", "airports and air bases", "public domain", "ourairports.com"],
    ["WRI Global Power Plant Database", "power plants", "CC BY 4.0", "wri.org"],
    ["Unicode CLDR", "names of countries and world regions", "Unicode-3.0", "cldr.unicode.org"],
    ["i18n-iso-countries, i18n-nationality", "names of countries, demonyms", "MIT", "npmjs.com"],
    ["CIA World Factbook", "demonyms", "public domain", "cia.gov"],
    ["Dateline", "regions, facilities, aliases", "Apache-2.0", "this project"],
]


def build(packages: Path, shared: Path, out: Path) -> Path:
    """Build the bundle.

    Parameters
    ----------
    packages : Path
        Folder of the downloaded packages, see :mod:`.packages`.
    shared : Path
        Folder that holds ``gazetteer-sources``.
    out : Path
        Folder to write.

    Returns
    -------
    Path
        The folder written.
    """
    sources = shared / "gazetteer-sources"
    factbook = sources / "factbook_names_demonyms.tsv"
    if not factbook.is_file():
        raise InputError(f"{factbook}: missing; --shared must name the folder that holds gazetteer-sources")
    archives = Packages(packages)
    places: Places = {}
    geonames.add_settlements(places, archives)
    geonames.add_feature_codes(places, archives)
    geonames.add_countries(places, archives)
    geonames.add_divisions(places, archives)
    geonames.add_continents(places, archives)
    countries.add_names(places, archives)
    countries.add_demonyms(places, archives, factbook.read_text("utf-8"))
    units = polygons.add_admin1(places, archives)
    nations = polygons.add_countries(places, archives)
    handmade.add_points(places)
    marine = sources / "wof" / "xy.tsv.gz"
    extracts = sorted(path for path in (sources / "wof").glob("*.tsv.gz") if path != marine)
    polygons.add_means(places, wof.county_points(extracts))
    locator = Locator(places)
    villages = [sources / "wof" / f"{code}.tsv.gz" for code in wof.COUNTRIES]
    wof.add_villages(places, villages, {code.upper() for code in wof.COUNTRIES})
    wof.add_counties(places, [sources / "wof" / f"{code}.tsv.gz" for code in wof.COUNTY_COUNTRIES])
    natural.add_features(places, sources / "natural_earth", marine)
    natural.add_countries(places, nations)
    polygon = nations | units | natural.disputed(sources / "natural_earth")
    handmade.add_regions(
        places,
        polygon,
        geonames.hierarchy(archives),
        countries.group_names(archives),
    )
    handmade.add_facilities(places, nations)
    facilities.add_airports(places, archives)
    plants = sources / "power" / "global_power_plant_database_reduced.csv"
    facilities.add_power_plants(places, plants, geonames.alpha3(archives))
    borders.settle(places, polygon)
    located = [p for p in places.values() if p.feature_class in "PS" or p.feature_code == "ADM2"]
    locator.place([p for p in located if not p.admin1])
    postal.add_villages(places, archives, locator)
    follow_neighbours(places)
    english.show(places)
    doubles.merge(places, {place.id for place in places.values() if place.least})
    contested.settle(places)
    handmade.add_aliases(places)
    handmade.add_plain_names(places)
    pack.write(pack.compiled(places, VERSION, {"sources": SOURCES}), out)
    return out
