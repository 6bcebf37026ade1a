"""Sentences made from the gazetteer, for patterns that newspapers use and the corpora show too seldom.

"Paris, Texas" beside "Paris, France"; "Kharkiv region" for the unit and not its city; a county among thirty;
a world city named once in an article about somewhere else; a city that shares its name with its province, or
with a better known one abroad; a town that is the subject.
"""

from __future__ import annotations

import random
from collections import defaultdict
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from benchmarks.corpora import Gold
from dateline.gazetteer import Gazetteer, Place
from dateline.gazetteer.store import PRIMARY, SPELLING
from dateline.geo.model import Article, Mention

SEED = 11
COUNT = 1_440
#: Sentences with one name and nothing else.
LONE = 300
#: Namesakes with a smaller share of the population of them all leave no doubt.
_RIVAL = 0.03
_UNIT_WORDS = ("region", "province", "oblast", "state", "governorate", "region")
#: Countries whose towns are usually written with their first-level unit.
_WITH_UNIT = ("US", "US", "US", "CA", "AU")


class Sentences:
    """Makes documents; the same for the same seed and gazetteer."""

    def __init__(self, gaz: Gazetteer) -> None:
        self._gaz = gaz
        self._random = random.Random(SEED)
        columns = gaz.columns
        codes = np.array(gaz.tables["feature_code"])[columns.feature_code]
        geonames = columns.source == gaz.tables["source"].index("geonames")
        towns = np.flatnonzero((columns.feature_class == ord("P")) & (columns.population > 2_000) & geonames)
        self._cities = np.flatnonzero((columns.population > 150_000) & (columns.feature_class == ord("P")))
        self._capitals = np.flatnonzero((codes == "PPLC") & (columns.population > 200_000))
        self._counties = np.flatnonzero((codes == "ADM2") & geonames)
        self._units = np.flatnonzero((codes == "ADM1") & geonames)
        self._sections = np.flatnonzero((codes == "PPLX") & geonames)
        self._seats = np.flatnonzero((codes == "PPLA") & (columns.admin1 >= 0))
        by_country: dict[str, list[int]] = defaultdict(list)
        for row in towns.tolist():
            by_country[gaz.tables["country"][columns.country[row]]].append(row)
        self._towns = dict(by_country)

    def documents(self) -> list[Gold]:
        """Return the documents."""
        makers = (
            self._town_in_unit,
            self._town_in_unit,
            self._two_senses,
            self._unit,
            self._county,
            self._city,
            self._capital,
            self._quarters,
            self._listed,
            self._tour,
            self._at_home,
            self._subject,
        )
        return [self._document(i, makers[i % len(makers)]()) for i in range(COUNT)]

    def lone(self) -> list[Gold]:
        """Return sentences with one name of several towns, each meant as often as it has inhabitants."""
        population = self._gaz.columns.population
        towns = np.concatenate([np.array(rows) for rows in self._towns.values()])
        weight = population[towns].astype(float).tolist()
        found: list[Gold] = []
        while len(found) < LONE:
            name = self._gaz.place(self._random.choices(towns.tolist(), weight)[0]).name
            named = self._gaz.lookup(name)
            town = self._gaz.columns.feature_class[named.rows] == ord("P")
            rows = named.rows[town & np.isin(named.name_kind, (PRIMARY, SPELLING))]
            share = population[rows] / population[rows].sum()
            if np.count_nonzero(share > _RIVAL) > 1:
                meant = self._gaz.place(self._random.choices(rows.tolist(), share.tolist())[0])
                start, end = self._random.choice((("Take cover in ", " now!"), ("The fire was in ", ".")))
                found.append(self._document(COUNT + len(found), [start, (name, meant), end]))
        return found

    def _document(self, number: int, pieces: list[str | tuple[str, Place]]) -> Gold:
        """Join text and (name, place) into a document."""
        text, mentions, points, ids = "", [], [], []
        for piece in pieces:
            if isinstance(piece, tuple):
                name, place = piece
                mentions.append(Mention(len(text), len(text) + len(name), name))
                points.append((place.lat, place.lon))
                ids.append(place.geonameid)
                piece = name
            text += piece
        return Gold("synthetic", Article(f"synthetic-{number}", text), mentions, [*points], ids)

    def _pick(self, rows: list[int]) -> Place:
        return self._gaz.place(self._random.choice(rows))

    def _outer(self, town: Place) -> Place:
        parents = self._gaz.parents(town)
        units = [p for p in parents if p.feature_code == "ADM1"]
        return units[0] if units and town.country in ("US", "CA", "AU") else parents[-1]

    def _ambiguous(self) -> Place:
        """Return a town that shares its name with a better known place."""
        while True:
            country = self._random.choice([*_WITH_UNIT, *self._random.sample(sorted(self._towns), 2)])
            town = self._pick(self._towns[country])
            found = self._gaz.lookup(town.name)
            row = self._gaz.row(town.id)
            if len(found) > 1 and row in found.rows[1:].tolist() and self._gaz.parents(town):
                return town

    def _plain(self, row: int) -> bool:
        """Return whether a place is the likeliest meaning of its name by far."""
        found = self._gaz.lookup(self._gaz.place(row).name)
        return len(found) > 0 and int(found.rows[0]) == row

    def _far_city(self) -> Place:
        """Return a city that is the likeliest meaning of its name by far."""
        while True:
            row = self._random.choice(self._cities.tolist())
            if self._plain(row):
                return self._gaz.place(row)

    def _town_in_unit(self) -> list[str | tuple[str, Place]]:
        town, far = self._ambiguous(), self._far_city()
        outer = self._outer(town)
        start = self._random.choice(("A fire in ", "Police in ", "The mayor of ", "Flooding hit "))
        said = self._random.choice(
            (" on Monday, officials said.", ", killing two people.", " after a long night.")
        )
        text: list[str | tuple[str, Place]] = [start, (town.name, town), ", ", (outer.name, outer), said]
        if self._random.random() < 0.4:
            text += [" Envoys met in ", (far.name, far), "."]
        if self._random.random() < 0.4:
            text += [" Residents of ", (town.name, town), " were shocked."]
        return text

    def _two_senses(self) -> list[str | tuple[str, Place]]:
        town = self._ambiguous()
        rival = self._gaz.place(int(self._gaz.lookup(town.name).rows[0]))
        outer = self._outer(town)
        pieces: list[str | tuple[str, Place]] = [
            "",
            (town.name, town),
            ", ",
            (outer.name, outer),
            ", is not ",
        ]
        if rival.feature_class == "P" and self._gaz.parents(rival):
            above = self._outer(rival)
            pieces += [(town.name, rival), ", ", (above.name, above), ", said the visitors."]
        else:
            pieces += ["what it was."]
        return pieces

    def _unit(self) -> list[str | tuple[str, Place]]:
        while True:
            seat = self._pick(self._seats.tolist())
            unit = self._gaz.get(seat.admin1_id)
            if unit is not None and unit.name[:5] == seat.name[:5] and unit.geonameid:
                break
        country = self._gaz.parents(unit)[-1] if self._gaz.parents(unit) else unit
        word = self._random.choice(_UNIT_WORDS)
        pieces: list[str | tuple[str, Place]] = ["Shells hit villages in ", (seat.name, unit), f" {word}"]
        if self._random.random() < 0.5:
            pieces += [", ", (country.name, country), " said."]
        elif self._random.random() < 0.5:
            pieces += [" while sirens wailed in the city of ", (seat.name, seat), "."]
        return [*pieces, " Rain is expected."]

    def _twin(self, cities: NDArray[np.intp], kinds: tuple[int, ...]) -> tuple[Place, Place]:
        """Return a city and the first-level unit it lies in, which gives it a name of such a kind."""
        while True:
            city = self._pick(cities.tolist())
            unit = self._gaz.get(city.admin1_id)
            found = self._gaz.lookup(unit.name if unit else "")
            names = found.name_kind[found.rows == self._gaz.row(city.id)]
            if unit is not None and np.isin(names, kinds).any():
                return city, unit

    def _quarters(self) -> list[str | tuple[str, Place]]:
        """Return a report of quarters of a city; often of New York, whose state is named in more articles."""
        american = self._gaz.columns.country[self._cities] == self._gaz.tables["country"].index("US")
        cities = self._cities[american] if self._random.random() < 0.3 else self._cities
        while True:
            city, unit = self._twin(cities, (PRIMARY, SPELLING))
            near = self._gaz.distance_km(city.lat, city.lon, self._sections) < max(city.radius_km, 10)
            if near.sum() > 1:
                break
        first, second = (
            self._gaz.place(row) for row in self._random.sample(self._sections[near].tolist(), 2)
        )
        said = self._random.choice((" police said.", "'s mayor said.", " firefighters said."))
        pieces: list[str | tuple[str, Place]] = ["A shop burned down in ", (first.name, first), ", "]
        pieces += [(unit.name, city), said]
        if self._random.random() < 0.5:
            pieces += [" The owner lives in ", (second.name, second), "."]
        return pieces

    def _listed(self) -> list[str | tuple[str, Place]]:
        """Return a list of cities, or of units, of one country."""
        among = self._cities if self._random.random() < 0.5 else self._units
        while True:
            city, unit = self._twin(self._cities, (PRIMARY,))
            code = self._gaz.columns.country
            others = among[code[among] == code[self._gaz.row(city.id)]]
            plain = [
                row for row in self._random.sample(others.tolist(), min(len(others), 12)) if self._plain(row)
            ]
            plain = [row for row in plain if self._gaz.place(row).id not in (city.id, unit.id)]
            if len(plain) > 1:
                break
        listed = [(place.name, place) for place in map(self._gaz.place, plain[:2])]
        listed.insert(self._random.randrange(3), (unit.name, city if among is self._cities else unit))
        verb = self._random.choice(("Crowds gathered in ", "Rain fell in ", "Prices rose in "))
        return [verb, listed[0], ", ", listed[1], " and ", listed[2], " on Friday."]

    def _tour(self) -> list[str | tuple[str, Place]]:
        """Return cities of the world, named together."""
        first, second, third = ((city.name, city) for city in (self._far_city() for _ in range(3)))
        if self._random.random() < 0.5:
            return ["The team flies from ", first, " to ", second, ", and then to ", third, "."]
        return ["Shares fell in ", first, " and ", second, " on Wednesday. In ", third, " they rose."]

    def _subject(self) -> list[str | tuple[str, Place]]:
        """Return a report all about a town with a better known namesake, which says once where it lies."""
        town = self._ambiguous()
        name, outer = (town.name, town), self._outer(town)
        pieces: list[str | tuple[str, Place]] = ["", name, " council awards grants. One goes to the ", name]
        pieces += [" Singers, a chorus of the town. ", name, "'s library, on Main Street, will host them."]
        if self._random.random() < 0.5:
            return [*pieces, " They have sung in schools across ", (outer.name, outer), "."]
        return ["Visitors from ", (outer.name, outer), " came too. ", *pieces]

    def _at_home(self) -> list[str | tuple[str, Place]]:
        """Return a report of a city that has a better known namesake abroad, with others of its country."""
        while True:
            name, city = self._random.choice(self._lesser)
            others = self._neighbours(city, self._cities)
            if len(others) > 1:
                break
        first, second = ((place.name, place) for place in self._random.sample(others, 2))
        if self._random.random() < 0.5:
            return [
                "Storms cut power in ",
                (name, city),
                " and ",
                first,
                ". Two people died in ",
                second,
                ".",
            ]
        pieces: list[str | tuple[str, Place]] = [
            "Traders in ",
            (name, city),
            " closed their shops. The road to ",
        ]
        return [*pieces, first, " was blocked, and police came from ", second, "."]

    @cached_property
    def _lesser(self) -> list[tuple[str, Place]]:
        """Cities by the names, or short names ("Santiago" de Cuba), of better known places abroad."""
        country = self._gaz.columns.country
        found = []
        for row in self._cities.tolist():
            city = self._gaz.place(row)
            words = city.name.split()
            for name in (" ".join(words[:n]) for n in range(1, len(words) + 1)):
                rows = self._gaz.lookup(name).rows
                if row in rows[1:].tolist() and country[rows[0]] != country[row]:
                    found.append((name, city))
        return found

    def _neighbours(self, place: Place, among: NDArray[np.intp]) -> list[Place]:
        """Return the plainly named ones of some places that lie in the same country, nearest first."""
        row = self._gaz.row(place.id)
        among = among[(self._gaz.columns.country[among] == self._gaz.columns.country[row]) & (among != row)]
        nearest = among[np.argsort(self._gaz.distance_km(place.lat, place.lon, among))][:30]
        return [self._gaz.place(other) for other in nearest.tolist() if self._plain(other)]

    def _county(self) -> list[str | tuple[str, Place]]:
        while True:
            county = self._pick(self._counties.tolist())
            parents = self._gaz.parents(county)
            if len(parents) > 1 and len(self._gaz.lookup(county.name)) > 1:
                break
        return ["A court in ", (county.name, county), ", ", (parents[0].name, parents[0]), ", ruled on it."]

    def _capital(self) -> list[str | tuple[str, Place]]:
        """Return a report that begins in a capital and names governments by their capitals."""
        first, second, third = (self._pick(self._capitals.tolist()) for _ in range(3))
        agency = self._random.choice(("Reuters", "AP", "AFP"))
        pieces: list[str | tuple[str, Place]] = [(first.name.upper(), first), f", March 3 ({agency}) - "]
        pieces += [
            (first.name, first),
            " said on Tuesday it would impose sanctions on ",
            (second.name, second),
        ]
        return [*pieces, ". ", (third.name, third), " warned against the move."]

    def _city(self) -> list[str | tuple[str, Place]]:
        """Return a far city in an article about a town elsewhere and its country."""
        city, town = self._far_city(), self._pick(self._towns[self._random.choice(sorted(self._towns))])
        country = self._gaz.parents(town)[-1] if self._gaz.parents(town) else town
        place = (country.name, country)
        return ["Shops closed in ", place, ". Talks in ", (city.name, city), " failed, ", place, " said."]
