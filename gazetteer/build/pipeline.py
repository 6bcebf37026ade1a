"""The steps of the build, in order."""

from __future__ import annotations

from pathlib import Path

from dateline.errors import InputError
from dateline.gazetteer.build import countries, geonames, handmade, pack, polygons
from dateline.gazetteer.build.packages import Packages
from dateline.gazetteer.build.record import Places

VERSION = "2026.11.1"


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
    countries.add_names(places, archives)
    countries.add_demonyms(places, archives, factbook.read_text("utf-8"))
    units = polygons.add_admin1(places, archives) | polygons.add_countries(places, archives)
    polygons.add_means(places)
    handmade.add_regions(places, units)
    handmade.add_aliases(places)
    pack.write(places, out, VERSION, {})
    return out
