"""The gazetteer: places by name, by id, by position and by shape."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from dateline.errors import InputError
from dateline.gazetteer import search, shapes, worldviews
from dateline.gazetteer.extra import refuse_exchanged
from dateline.gazetteer.extra import store as extra_store
from dateline.gazetteer.joined import Joined, Places
from dateline.gazetteer.names import LONGEST, normalize
from dateline.gazetteer.place import SOURCE_NAMES, Match, Name, Place
from dateline.gazetteer.search import Candidates
from dateline.gazetteer.store import ALTERNATE, NAME_KINDS, NAME_PENALTY, Columns, Store
from dateline.gazetteer.variants import other_articles

#: The bundle that is installed with Dateline.
BUNDLED = Path(__file__).parent / "data" / "bundle"
EARTH_RADIUS_KM = 6371.0088
_PENALTY = np.array(NAME_PENALTY, np.float32)
_BAND = {"exact": 0.66, "variant": 0.33, "fuzzy": 0.0}


class Gazetteer:
    """An open gazetteer; :func:`open` makes one.

    Examples
    --------
    >>> gaz = open()
    >>> print(gaz.find("Chernigiv")[0].place.id)
    geonames:710735
    """

    def __init__(self, store: Places, worldview: str = "un") -> None:
        self._store = store
        self.worldview = worldview
        self.columns: Columns = worldviews.columns(store, worldview)
        self._place = lru_cache(maxsize=4096)(self._make_place)
        self._unit = lru_cache(maxsize=4096)(self._label_and_id)

    def __len__(self) -> int:
        return len(self._store)

    def __repr__(self) -> str:
        return f"<Gazetteer {self.version}: {len(self):,} places>"

    @property
    def version(self) -> str:
        """The version of the data, such as ``2026.11``."""
        return str(self._store.manifest["version"])

    @property
    def info(self) -> dict[str, Any]:
        """What the bundle says of itself: version, counts, sources with licences."""
        return dict(self._store.manifest["info"])

    @property
    def tables(self) -> dict[str, list[str]]:
        """The lists that the columns `feature_code`, `country` and `source` index."""
        return self._store.tables

    # -- names ---------------------------------------------------------------------------------------------

    def lookup(self, name: str, fuzzy: bool = False) -> Candidates:
        """Return the rows a name may mean, in microseconds and without making any :class:`Place`.

        The stored name is tried, then other spellings, then (with `fuzzy`) names that resemble it; the first
        that gives anything is returned, likeliest place first.
        """
        found = self.exact(name)
        if not len(found):
            found = search.variant(self._store, name)
        if fuzzy and not len(found):
            found = search.resembling(self._store, name)
        return found

    def exact(self, name: str) -> Candidates:
        """Return the rows that a name as it stands may mean, likeliest place first."""
        return search.exact(self._store, name)

    def has_name(self, normalized: str) -> bool:
        """Return whether a normalised name is stored, with this or another Arabic article."""
        return any(map(self._store.known, (normalized, *other_articles(normalized))))

    def has_prefix(self, normalized: str) -> bool:
        """Return whether any stored name begins with these characters."""
        return any(map(self._store.has_prefix, (normalized, *other_articles(normalized))))

    def find(
        self,
        name: str,
        *,
        country: str | None = None,
        near: tuple[float, float] | None = None,
        feature_class: str | None = None,
        limit: int = 10,
    ) -> list[Match]:
        """Return the places a name may mean, likeliest first.

        Parameters
        ----------
        name : str
            In any script; any text is allowed.  "Bangor, Maine" finds the first in the second.
        country : str, optional
            ISO 3166-1 alpha-2 code: only places in this country.
        near : (lat, lon), optional
            Degrees; nearer places come first.
        feature_class : str, optional
            Only places of these GeoNames classes, such as ``"P"`` or ``"AP"``.
        limit : int
            At most so many.

        Returns
        -------
        list of Match
            All exact, or (when no stored name fits) all variants, or all fuzzy.

        Examples
        --------
        >>> [match.place.country for match in open().find("Rafah", limit=1)]
        ['PS']
        """
        for step in (search.exact, search.variant, search.resembling):
            found = step(self._store, name)
            if len(found):
                found = found.where(self._wanted(found.rows, country, feature_class))
            if len(found):
                return self._matches(found, near, limit)
            if step is search.exact and "," in name and len(name) <= LONGEST:
                head, _, unit = name.rpartition(",")
                inside = self._inside(head, unit, country, feature_class)
                if len(inside):
                    return self._matches(inside, near, limit)
        return []

    def _inside(self, name: str, unit: str, country: str | None, feature_class: str | None) -> Candidates:
        """Return the places of "Bangor, Maine" or "Tyre, Lebanon": those of the first name in the second."""
        found, around = search.exact(self._store, name), search.exact(self._store, unit)
        if not len(found) or not len(around):
            return search.NOTHING
        columns = self.columns
        within = np.isin(columns.admin1[found.rows], around.rows) | np.isin(
            columns.admin2[found.rows], around.rows
        )
        within |= np.isin(self.country_rows[columns.country[found.rows]], around.rows)
        return found.where(within & self._wanted(found.rows, country, feature_class))

    def _wanted(
        self, rows: NDArray[np.int32], country: str | None, feature_class: str | None
    ) -> NDArray[np.bool_]:
        """Return which rows pass the filters."""
        keep = np.ones(len(rows), dtype=bool)
        if country:
            codes = self._store.tables["country"]
            code = country.upper()
            keep &= self.columns.country[rows] == (codes.index(code) if code in codes else 65535)
        if feature_class:
            keep &= np.isin(
                self.columns.feature_class[rows], [ord(c) for c in feature_class.upper() if c.isascii()]
            )
        return keep

    def _matches(self, found: Candidates, near: tuple[float, float] | None, limit: int) -> list[Match]:
        """Score the rows and return the best."""
        rows = found.rows
        scores = np.clip(self.columns.importance[rows] - _PENALTY[found.name_kind], 0.0, 1.0).astype(float)
        if near is not None:
            scores = 0.5 * scores + 0.5 * np.exp(-self.distance_km(near[0], near[1], rows) / 300)
        low = _BAND[found.kind]
        order = np.argsort(-scores, kind="stable")[: max(limit, 0)]
        return [
            Match(
                self.place(int(rows[i])),
                found.kind,
                round(low + 0.33 * float(scores[i]), 4),
                found.name,
                NAME_KINDS[found.name_kind[i]],
            )
            for i in order
        ]

    # -- places --------------------------------------------------------------------------------------------

    def get(self, id: str) -> Place | None:
        """Return the place of an id such as ``geonames:703448`` with its names by language, else None."""
        row = self._store.row(id)
        if row < 0:
            return None
        return replace(self.place(row), names=tuple(self._store.tagged(row)))

    def names(self, place: Place) -> list[Name]:
        """Return every name a place is found by, those of known language first; takes about a millisecond.

        A name of known language is written as in its source, the others as they are stored (see
        :func:`~dateline.gazetteer.names.normalize`).
        """
        row = self._store.row(place.id)
        if row < 0:
            return []
        stored = dict(self._store.names(row))
        tagged = [
            Name(text, language, NAME_KINDS[stored.get(normalize(text), ALTERNATE)])
            for language, text in self._store.tagged(row)
        ]
        seen = {normalize(name.text) for name in tagged}
        return tagged + [Name(key, "", NAME_KINDS[kind]) for key, kind in stored.items() if key not in seen]

    def row(self, id: str) -> int:
        """Return the row of an id in :attr:`columns`, -1 if the gazetteer lacks it."""
        return self._store.row(id)

    def place(self, row: int) -> Place:
        """Return the place in a row of :attr:`columns`."""
        place: Place = self._place(int(row))
        return place

    def _make_place(self, row: int) -> Place:
        store, columns = self._store, self.columns
        admin1, admin1_id = self._unit(int(columns.admin1[row]))
        admin2, admin2_id = self._unit(int(columns.admin2[row]))
        country = store.tables["country"][columns.country[row]]
        return Place(
            id=store.id(row),
            name=store.label(row),
            lat=round(float(columns.lat[row]), 5),
            lon=round(float(columns.lon[row]), 5),
            feature_class=chr(columns.feature_class[row]),
            feature_code=store.tables["feature_code"][columns.feature_code[row]],
            country=country,
            country_name=self.countries.get(country, ""),
            admin1=admin1,
            admin1_id=admin1_id,
            admin2=admin2,
            admin2_id=admin2_id,
            population=int(columns.population[row]),
            bbox=store.bounds(row),
            radius_km=round(float(columns.radius_km[row]), 1),
            source=SOURCE_NAMES[store.tables["source"][columns.source[row]]],
        )

    def _label_and_id(self, unit: int) -> tuple[str, str]:
        """Return what a unit is called and its id, by its row; empty for -1."""
        return (self._store.label(unit), self._store.id(unit)) if unit >= 0 else ("", "")

    @property
    def country_rows(self) -> NDArray[np.int32]:
        """The row of each country by its number in ``tables["country"]``, -1 where it has none."""
        rows: NDArray[np.int32] = self._store.country_rows
        return rows

    @cached_property
    def _country_rows(self) -> dict[str, int]:
        """Rows of the countries by their code."""
        rows = self.country_rows.tolist()
        return {code: row for code, row in zip(self._store.tables["country"], rows, strict=True) if row >= 0}

    @cached_property
    def countries(self) -> dict[str, str]:
        """The names of the countries by their ISO 3166-1 alpha-2 code."""
        return {code: self._store.label(row) for code, row in self._country_rows.items()}

    def parents(self, place: Place) -> list[Place]:
        """Return the units a place lies in, smallest first: second level, first level, country."""
        row = self._store.row(place.id)
        rows = [int(self.columns.admin2[row]), int(self.columns.admin1[row])] if row >= 0 else []
        rows.append(self._country_rows.get(place.country, -1))
        return [self.place(parent) for parent in dict.fromkeys(rows) if parent >= 0 and parent != row]

    def children(self, place: Place) -> list[Place]:
        """Return the units directly below a country or a unit, and a second-level unit's settlements."""
        row = self._store.row(place.id)
        columns = self.columns
        if row < 0:
            return []
        code = place.feature_code
        if code == "ADM1":
            below = (columns.admin1 == row) & (self._is_code("ADM2") | (columns.admin2 < 0))
        elif code == "ADM2":
            below = columns.admin2 == row
        elif code.startswith(("PCL", "TERR")):
            below = (columns.country == columns.country[row]) & self._is_code("ADM1")
        else:
            return []
        return [self.place(int(child)) for child in np.flatnonzero(below) if child != row]

    def _is_code(self, code: str) -> NDArray[np.bool_]:
        codes = self._store.tables["feature_code"]
        wanted: NDArray[np.bool_] = self.columns.feature_code == (codes.index(code) if code in codes else -1)
        return wanted

    # -- position and shape --------------------------------------------------------------------------------

    def distance_km(
        self, lat: float, lon: float, rows: NDArray[np.int32] | slice = slice(None)
    ) -> NDArray[np.float64]:
        """Return great-circle distances in km (haversine, sphere of 6371 km) from a point to places."""
        lat1, lon1 = np.radians(lat), np.radians(lon)
        lat2 = np.radians(self.columns.lat[rows].astype(float))
        lon2 = np.radians(self.columns.lon[rows].astype(float))
        a = (
            np.sin((lat2 - lat1) / 2) ** 2
            + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
        )  # fmt: skip
        distances: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(a, 0, 1)))
        return distances

    @cached_property
    def _settlements(self) -> NDArray[np.int32]:
        return np.flatnonzero(self.columns.feature_class == ord("P")).astype(np.int32)

    def nearest(self, lat: float, lon: float, k: int = 1) -> list[Place]:
        """Return the `k` settlements nearest to a point, nearest first."""
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise InputError(
                f"{lat}, {lon} is not a point: latitude is -90 to 90, longitude -180 to 180 degrees"
            )
        rows = self._settlements
        distances = self.distance_km(lat, lon, rows)
        k = max(0, min(k, len(rows)))
        first = np.argpartition(distances, k - 1)[:k] if 0 < k < len(rows) else np.arange(len(rows))[:k]
        return [self.place(int(row)) for row in rows[first[np.argsort(distances[first], kind="stable")]]]

    def within(self, geometry: BaseGeometry) -> list[Place]:
        """Return the places whose point lies in a geometry (EPSG:4326), in the order of their rows."""
        west, south, east, north = geometry.bounds if not geometry.is_empty else (1.0, 1.0, 0.0, 0.0)
        lat, lon = self.columns.lat, self.columns.lon
        rows = np.flatnonzero((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
        shapely.prepare(geometry)
        inside = shapely.intersects_xy(geometry, lon[rows], lat[rows]) if len(rows) else []
        return [self.place(int(row)) for row in rows[inside]]

    def geometry(self, place: Place) -> BaseGeometry:
        """Return the polygon or line of a place, its point where the gazetteer has no more."""
        coded = self._store.shape(self._store.row(place.id))
        shape = shapely.Point() if coded is None else shapes.decode(coded)
        # A shape smaller than the grid has nothing left of it.
        return shapely.Point(place.lon, place.lat) if shape.is_empty else shape

    def to_frame(self, places: Iterable[Place] | None = None) -> Any:
        """Return places as a GeoDataFrame of points in EPSG:4326, a row for each place.

        Without an argument all places of the gazetteer, which takes some seconds.
        """
        import geopandas

        chosen = [self.place(row) for row in range(len(self))] if places is None else list(places)
        columns = {
            "place_id": "id", "name": "name", "country": "country", "country_name": "country_name",
            "admin1": "admin1", "admin2": "admin2", "feature_class": "feature_class",
            "feature_code": "feature_code", "population": "population", "lat": "lat", "lon": "lon",
            "radius_km": "radius_km", "source": "source",
        }  # fmt: skip
        data = {column: [getattr(place, name) for place in chosen] for column, name in columns.items()}
        points = geopandas.points_from_xy(data["lon"], data["lat"])
        return geopandas.GeoDataFrame(data, geometry=points, crs="EPSG:4326")


def user_bundle() -> Path:
    """Return where ``dateline gazetteer build --with ...`` puts a bigger bundle of the user's own."""
    import platformdirs

    return Path(platformdirs.user_data_dir("dateline")) / "gazetteer"


def open(
    path: str | Path | None = None, *, extra: str | Path | None = None, worldview: str = "un"
) -> Gazetteer:
    """Open the gazetteer.

    Parameters
    ----------
    path : path, optional
        A folder that ``dateline gazetteer build`` wrote; by default the user's own bundle where there is one
        (see :func:`user_bundle`), else the one installed with Dateline.
    extra : path, optional
        A CSV, GeoJSON or GeoPackage of your own places (see :mod:`dateline.gazetteer.extra`); a place with
        the id of another replaces it.
    worldview : str
        Whose reading of contested borders the country codes follow: ``un``, the country the United Nations
        recognises, or one of :data:`dateline.gazetteer.worldviews.WORLDVIEWS`.

    Raises
    ------
    DataError
        If the bundle is missing or damaged.
    InputError
        If `extra` or `worldview` is unusable.
    """
    if path is None:
        own = user_bundle()
        path = own if (own / "manifest.json").is_file() else BUNDLED
    bundle = Store.open(Path(path))
    if extra is None:
        return Gazetteer(bundle, worldview)
    added = extra_store(Path(extra))
    refuse_exchanged(Path(extra), added, bundle)
    return Gazetteer(Joined(bundle, added), worldview)
