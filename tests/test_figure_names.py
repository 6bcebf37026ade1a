"""What a figure names and shows: countries within their borders, places beside their symbols, the news first."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely

pytest.importorskip("matplotlib")

from matplotlib.transforms import Bbox

from dateline.maps import basemap, canvas
from dateline.maps.layers import layer
from dateline.maps.locator_areas import draw_circles
from dateline.maps.locator_extent import in_view, told_outside
from dateline.maps.locator_frame import draw_legend, events_and_days
from dateline.maps.locator_ground import name_ground
from dateline.maps.locator_names import name_places
from dateline.maps.locator_page import Page
from dateline.maps.locator_symbols import draw_groups, group_events, looks_of
from dateline.maps.projection import project, view
from tests import frames


def placed(*rows):
    events = layer(frames.result(list(rows)), "events")
    return events.assign(look=looks_of(events))


def blank_page(points, width=6.0, height=4.0):
    """Return an empty map that shows points, to draw on."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), dpi=150)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    seen = view(list(points), width / height)
    axes.set(xlim=seen.box[::2], ylim=seen.box[1::2])
    axes.set_aspect("equal")
    return Page(figure, axes, canvas.LIGHT, seen, 8.0)


def countries_named(page, events, worldview="un"):
    """Return the countries named, each with the point on Earth in the middle of its name."""
    name_ground(page, basemap.load(worldview), events, set())
    texts = [text for text in page.axes.texts if not text.get_text().startswith("·")]
    back = pyproj.Transformer.from_crs(page.seen.crs, "+proj=longlat +R=6371007.2", always_xy=True)
    return {
        text.get_text().replace("\n", " "): shapely.Point(back.transform(*text.get_position()))
        for text in texts
    }


EUROPE = (shapely.Point(-5, 40), shapely.Point(40, 58))


@pytest.mark.parametrize(
    ("corners", "some"),
    [
        (EUROPE, {"UKRAINE", "RUSSIA", "ITALY", "TURKEY", "SPAIN"}),
        ((shapely.Point(-82, -20), shapely.Point(-40, 8)), {"PERU", "BOLIVIA", "BRAZIL"}),
        ((shapely.Point(-12, 3), shapely.Point(25, 20)), {"NIGERIA", "CAMEROON", "NIGER", "CHAD"}),
        ((shapely.Point(-120, -30), shapely.Point(140, 60)), {"CANADA", "CHINA", "AUSTRALIA"}),
    ],
)
def test_countries_are_named_within_their_borders(corners, some):
    named = countries_named(blank_page(corners), placed())
    shapes = basemap.load().countries.set_index(basemap.load().countries["name"].str.upper()).geometry
    assert some <= set(named)
    assert [name for name, at in named.items() if not shapes[name].intersects(at)] == []


def test_a_microstate_is_named_only_when_it_is_in_the_news():
    events = placed(frames.event(1, "Serravalle", 12.48, 43.97, country="SM"))
    corners = (shapely.Point(9, 42), shapely.Point(16, 46))
    assert "SAN MARINO" not in countries_named(blank_page(corners), placed())
    assert "ITALY" in countries_named(blank_page(corners), placed())
    malta = placed(frames.event(1, "Valletta", 14.51, 35.9, country="MT"))
    south = (shapely.Point(12, 34), shapely.Point(17, 38))
    assert "MALTA" in countries_named(blank_page(south), malta)
    assert "MALTA" not in countries_named(blank_page(south), placed())
    assert set(countries_named(blank_page(corners), events)) >= {"ITALY"}


def test_a_country_is_not_named_on_its_farthest_piece_of_land():
    """With no room left in Europe, FRANCE does not stand on French Guiana."""
    page = blank_page([shapely.Point(-80, -20), shapely.Point(20, 56)])
    (west, low), (east, high) = page.axes.transData.transform(
        shapely.get_coordinates(
            project(np.array([shapely.Point(-12, 38), shapely.Point(14, 55)]), page.seen.crs)
        )
    )
    page.taken.append(Bbox([[west, low], [east, high]]))
    named = countries_named(page, placed(frames.event(1, "Paris", 2.35, 48.86, country="FR")))
    assert "FRANCE" not in named
    assert "BRAZIL" in named


def test_the_country_of_the_news_is_named_at_the_edge_of_the_picture():
    events = placed(frames.event(1, "Nikopol", 34.4, 47.57, country="UA"))
    corners = (shapely.Point(9, 48), shapely.Point(34.4, 47.57))
    assert "UKRAINE" in countries_named(blank_page(corners, 3.2, 3.4), events)


def gaps(page, text, stood):
    """Return how far a name is from each symbol's middle, in pixels."""
    box = text.get_window_extent(page.renderer)
    at = page.axes.transData.transform([(one.x, one.y) for one in stood])
    return shapely.distance(shapely.box(box.x0, box.y0, box.x1, box.y1), shapely.points(at))


def test_a_name_without_a_line_stands_nearest_to_its_own_symbol():
    """In a crowd some names have a line, some are left out; none stands beside another place's symbol."""
    turns = np.random.default_rng(3).uniform(-1, 1, (30, 2))
    rows = [
        frames.event(k, f"Town {k}", 30 + x * 3, 50 + y * 1.5, place_id=f"p{k}")
        for k, (x, y) in enumerate(turns)
    ]
    events = placed(*rows)
    page = blank_page(events.geometry)
    stood = draw_groups(page, group_events(events, page.seen, page.size))
    name_places(page, events, stood, 20)
    lines = [shapely.LineString(line.get_xydata()) for line in page.axes.lines]
    names = [text for text in page.axes.texts if text.get_text().startswith("Town")]
    assert len(names) > 8
    groups = {name: group for group, name in zip(stood, _names_of(stood, events, page), strict=True)}
    for text in names:
        own = groups[text.get_text()]
        led = any(line.distance(shapely.Point(own.x, own.y)) < 10 * page.metre for line in lines)
        nearest = stood[int(np.argmin(gaps(page, text, stood)))]
        assert led or nearest == own, text.get_text()


def _names_of(stood, events, page):
    """Return the place of each symbol."""
    at = shapely.get_coordinates(project(events.geometry.to_numpy(), page.seen.crs))
    return [events["place"].iat[int(np.argmin(np.hypot(*(at - one.place).T)))] for one in stood]


def test_a_second_symbol_turns_away_from_the_neighbour():
    """Two kinds of event in Kyiv: the second symbol does not stand beside Chernihiv's."""
    events = placed(
        frames.event(1, "Kyiv", 30.52, 50.45, type="ASSAULT"),
        frames.event(2, "Kyiv", 30.52, 50.45, type="DISRUPTION"),
        frames.event(3, "Chernihiv", 31.29, 51.49, type="DISRUPTION"),
        frames.event(4, "Abu Dhabi", 54.4, 24.5, type="CONSULT"),
    )
    page = blank_page(events.geometry)
    stood = draw_groups(page, group_events(events, page.seen, page.size))
    first, second = (one for one in stood if one.place == _point(page, 30.52, 50.45))
    (neighbour,) = (one for one in stood if one.place == _point(page, 31.29, 51.49))
    assert np.hypot(second.x - neighbour.x, second.y - neighbour.y) > np.hypot(
        first.x - neighbour.x, first.y - neighbour.y
    )


def _point(page, lon, lat):
    """Return where a point lies on the map, to the metre."""
    (point,) = shapely.get_coordinates(project(np.array([shapely.Point(lon, lat)]), page.seen.crs)).round()
    return tuple(point)


# --- what is shown --------------------------------------------------------------------------------------


def test_a_far_meeting_that_is_planned_does_not_widen_the_map():
    flood = frames.event(1, "Maiduguri", 13.16, 11.85)
    rows = placed(
        flood,
        frames.event(2, "Damaturu", 11.96, 11.75, status="planned"),
        frames.event(3, "Geneva", 6.14, 46.2, status="planned"),
        frames.event(4, "Chibok", -12.8, 10.87, status="background"),
    )
    shown = in_view(rows, rows.iloc[:0], 1.5)
    assert shown.tolist() == [True, True, False, False]
    assert told_outside(rows[~shown]) == "Outside the map: Geneva (planned), Chibok (background)."
    assert told_outside(rows[shown].iloc[:0]) == ""
    unsure = placed(flood, frames.event(2, "Geneva", 6.14, 46.2, confidence=0.3))
    assert (
        told_outside(unsure[~in_view(unsure, unsure.iloc[:0], 1.5)]) == "Outside the map: Geneva (uncertain)."
    )
    far = placed(flood, frames.event(2, "Geneva", 6.14, 46.2, confidence=0.8))
    assert in_view(far, far.iloc[:0], 1.5).all()  # it took place
    plans = placed(frames.event(1, "Geneva", 6.14, 46.2, status="planned"))
    assert in_view(plans, plans.iloc[:0], 1.5).all()  # there is no other news


def test_the_subtitle_tells_the_days_of_the_news():
    events = placed(
        frames.event(1, start=pd.Timestamp("2026-01-23"), end=pd.Timestamp("2026-01-24")),
        frames.event(2, start=pd.Timestamp("1953-01-01"), status="background"),
        frames.event(3, start=pd.Timestamp("2026-02-01"), status="planned"),
    )
    assert events_and_days(events) == "3 events · 23 to 24 January 2026"


def test_a_region_without_outline_is_a_circle_in_the_legend():
    """Known to a first-level unit only: an outline where there is one, else its radius; never a bare point."""
    region = frames.event(1, "Bryansk", 34.4, 53.2, precision="admin1", radius_km=100.0, place_id="x:1")
    events = placed(region)
    page = blank_page(events.geometry)
    draw_circles(page, events, events.iloc[:0])
    assert [round(patch.radius) for patch in page.axes.patches] == [100_000]
    page = blank_page(events.geometry)
    draw_circles(page, events, events)  # its outline is known
    assert not page.axes.patches
    draw_legend(page.figure, page.theme, page.size, events, [], 0.1)
    said = [text.get_text() for axes in page.figure.axes for text in axes.texts]
    assert said == ["Attack (1)", "Region or country only", "Somewhere in this area"]
