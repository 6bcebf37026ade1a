"""The bundled basemap: whose ground is whose in both views, and clean geometry."""

import pytest
from shapely.geometry import Point

from dateline.errors import InputError
from dateline.maps import basemap


def owner(worldview, lon, lat):
    countries = basemap.load(worldview).countries
    return countries.loc[countries.contains(Point(lon, lat)), "name"].tolist()


@pytest.mark.parametrize(
    ("place", "lon", "lat", "un", "de_facto"),
    [
        ("Simferopol, Crimea", 34.1, 45.1, "Ukraine", "Russia"),
        ("Sevastopol", 33.6, 44.6, "Ukraine", "Russia"),
        ("Donetsk", 37.8, 48.0, "Ukraine", "Ukraine"),
        ("Dakhla, Western Sahara", -14.5, 24.0, "Western Sahara", "Morocco"),
        ("Majdal Shams, Golan", 35.77, 33.1, "Syria", "Israel"),
        ("Gaza", 34.46, 31.5, "Palestine", "Palestine"),
        ("Nablus", 35.26, 32.22, "Palestine", "Palestine"),
        ("Pristina", 21.1, 42.6, "Kosovo", "Kosovo"),
        ("Taichung", 120.8, 24.1, "Taiwan", "Taiwan"),
        ("Famagusta", 33.8, 35.2, "Cyprus", "Northern Cyprus"),
        ("Hargeisa", 44.06, 9.56, "Somalia", "Somaliland"),
        ("Srinagar", 74.8, 34.1, "India", "India"),
        ("Muzaffarabad", 73.5, 34.4, "Pakistan", "Pakistan"),
        ("Sukhumi", 41.1, 43.05, "Georgia", "Georgia"),
        ("Tiraspol", 29.6, 46.85, "Moldova", "Moldova"),
    ],
)
def test_each_view_draws_contested_ground_as_it_says(place, lon, lat, un, de_facto):
    assert owner("un", lon, lat) == [un]
    assert owner("de-facto", lon, lat) == [de_facto]


@pytest.mark.parametrize("worldview", ["un", "de-facto"])
def test_geometry_is_clean(worldview):
    base = basemap.load(worldview)
    assert base.countries.is_valid.all()
    assert base.land.is_valid.all()
    west, south, east, north = base.countries.total_bounds
    assert (west, south) >= (-180, -90)
    assert (east, north) <= (180, 90)
    assert base.countries["iso"].loc[base.countries["iso"] != ""].is_unique
    assert len(basemap.packed(worldview)) < 850_000


def test_contested_borders_are_a_table_of_their_own():
    """The line of control in Kashmir, the Golan's two lines and Kosovo's border are dashed; France's are not."""
    base = basemap.load()
    dashed = base.disputed.union_all()
    for lon, lat in ((74.0, 34.7), (35.85, 32.95), (20.8, 43.2)):
        assert dashed.distance(Point(lon, lat)) < 0.3
    assert dashed.distance(Point(7.0, 46.0)) > 5


def test_an_unknown_view_is_refused():
    with pytest.raises(InputError, match="no worldview 'mars': choose one of un, de-facto"):
        basemap.load("mars")


def test_towns_fill_the_ground_at_high_zooms():
    """Khan Yunis has no place among Natural Earth's cities; the larger towns come first."""
    cities = basemap.load().cities
    near = cities[cities.distance(Point(34.31, 31.35)) < 0.05]
    assert len(near) == 1
    assert len(cities) > 12_000
    assert cities["zoom"].max() == 8
