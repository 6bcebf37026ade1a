"""GeoJSON to the letter of RFC 7946, and geometries at the edge of the map."""

from __future__ import annotations

import pytest
import shapely

from dateline.maps.antimeridian import bounds, cut
from dateline.maps.tabular import harmless


def test_a_box_across_the_antimeridian_is_cut_in_two():
    pieces = cut(shapely.box(177, -20, 183, -15))
    assert {piece.bounds for piece in pieces.geoms} == {(177, -20, 180, -15), (-180, -20, -177, -15)}


def test_a_ring_that_jumps_goes_the_short_way_round():
    fiji = shapely.Polygon([(178, -19), (-178, -19), (-178, -16), (178, -16)])
    assert cut(fiji).area == pytest.approx(4 * 3)


def test_a_ring_round_the_pole_takes_the_pole_in():
    ice = shapely.Polygon([(-135, -70), (-45, -70), (45, -70), (135, -70)])
    assert cut(ice).bounds == (-180, -90, 180, -70)


def test_exterior_rings_run_counter_clockwise():
    clockwise = shapely.Polygon([(0, 0), (0, 1), (1, 1), (1, 0)])
    assert cut(clockwise).exterior.is_ccw


def test_a_box_of_points_across_the_antimeridian_has_west_greater_than_east():
    assert bounds([shapely.Point(178, -17), shapely.Point(-175, -21)]) == (178, -21, -175, -17)
    assert bounds([None]) is None


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\u200b=1", " =1", "＝1", "\n=1"])
def test_a_formula_gets_an_apostrophe(text):
    assert harmless(text).startswith("'")
