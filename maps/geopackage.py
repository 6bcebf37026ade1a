"""GeoPackage: every table as a layer, with the styles and the project that QGIS opens without a click."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

import geopandas as gpd
import pandas as pd

from dateline.maps import counts, qgis, qml, qml_sidecar
from dateline.maps.basemap import Worldview
from dateline.maps.files import write_atomically
from dateline.maps.gdal import write_layer
from dateline.maps.layers import LAYERS, credit, layer, newest
from dateline.maps.tables import Tables

_TITLES = {
    "events": "Events",
    "places": "Places",
    "areas": "Areas",
    "mentions": "Toponyms",
    "articles": "Articles",
}
#: GDAL writes 1.4 by itself, which QGIS 3.22 calls "only partially supported".
_VERSION = {"VERSION": "1.2"}

#: The table by which QGIS finds a layer's style; its columns and types are QGIS's own.
_STYLES = """CREATE TABLE layer_styles (
 id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
 f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
 styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30),
 ui TEXT(30), update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"""
#: The table of the projects within the file.
_PROJECTS = "CREATE TABLE qgis_projects (name TEXT PRIMARY KEY, metadata BLOB, content BLOB)"


def write(
    result: Tables,
    path: str | os.PathLike[str],
    *,
    title: str = "Dateline",
    basemap: bool = False,
    worldview: Worldview = "un",
) -> Path:
    """Write a result as GeoPackage 1.2: events, places, areas and toponyms as layers, articles as a table.

    QGIS shows each layer with its symbols, labels, map tips and times at once; the file also holds a
    project (in QGIS: Project > Open From > GeoPackage).

    Parameters
    ----------
    result : Tables
    path : path
        The file, ``.gpkg``.
    title : str
        Title of the project.
    basemap : bool
        Also write countries, borders and waters of Natural Earth as layers.
    worldview : {"un", "de-facto"}
        Whose borders the basemap draws.

    Returns
    -------
    Path
        `path`.

    Raises
    ------
    OutputError
        If the file cannot be written; an older one is untouched.
    """
    path = Path(path)
    tables = layers(result)
    ground = qgis.ground(worldview) if basemap else {}
    articles = layer(result, "articles")
    moment = newest(result)

    def write_draft(draft: Path) -> None:
        for name, frame in tables.items():
            _write_layer(frame, draft, name, credit(result))
        _write_layer(articles, draft, "articles", credit(result))
        for name, (frame, _) in ground.items():
            _write_layer(frame, draft, name, "Natural Earth (public domain)")
        project = qgis.project(tables, ground, file=path.name, title=title)
        try:
            _finish(draft, tables, ground, qgis.zipped(project), title, moment)
        except sqlite3.OperationalError as error:
            raise OSError(f"SQLite says: {error}") from error
        _forget_how_often_it_was_changed(draft)

    write_atomically(path, write_draft)
    qml_sidecar.remove_sidecar(path)
    return path


def layers(result: Tables) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers that the file holds beside articles and basemap, the topmost first."""
    frames = {name: layer(result, name) for name in LAYERS}
    if counts.is_counted(frames["events"]):
        frames["areas"] = qml.classed(frames["areas"], frames["events"])
    return {**frames, "events": qml.ranked(frames["events"])}


def _write_layer(frame: pd.DataFrame, path: Path, name: str, description: str) -> None:
    """Write one layer or table into the file."""
    options = {"IDENTIFIER": _TITLES.get(name, name), "DESCRIPTION": description}
    options["DATETIME_PRECISION"] = "MILLISECOND"
    if not isinstance(frame, gpd.GeoDataFrame):
        options["ASPATIAL_VARIANT"] = "GPKG_ATTRIBUTES"
    write_layer(frame, path, name, "GPKG", dataset_options=_VERSION, layer_options=options)


def _finish(
    path: Path,
    tables: dict[str, gpd.GeoDataFrame],
    ground: qgis.Ground,
    project: bytes,
    title: str,
    moment: str,
) -> None:
    """Add styles and project, and date the file by its content so that it can be made again to the byte."""
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute(_STYLES)
        database.execute(_PROJECTS)
        styles = {name: qml.style(frame, name) for name, frame in tables.items()}
        styles |= {name: qml.document_of(parts) for name, (_, parts) in ground.items()}
        for name, style in styles.items():
            database.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,"
                " styleName, styleQML, styleSLD, useAsDefault, description, owner, update_time)"
                " VALUES ('', '', ?, 'geom', 'Dateline', ?, '', 1, 'made by Dateline', '', ?)",
                (name, style.decode(), moment),
            )
        database.execute(
            "INSERT INTO qgis_projects VALUES (?, ?, ?)",
            (
                title,
                f'{{"last_modified_time": "{moment}", "last_modified_user": "dateline"}}',
                project.hex(),
            ),
        )
        # Registered as QGIS itself does it: beside a table of attributes GDAL hides what is not.
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)"
            " VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles for QGIS', 0)"
        )
        database.execute("UPDATE gpkg_contents SET last_change = ?", (moment,))


def _forget_how_often_it_was_changed(path: Path) -> None:
    """Set SQLite's count of changes, and the copy that vouches for it, to one.

    GDAL writes a layer in one transaction or two, as the clock has it: the same tables, but another count in
    the header (https://www.sqlite.org/fileformat.html, offsets 24 and 92).
    """
    with path.open("r+b") as file:
        for offset in (24, 92):
            file.seek(offset)
            file.write((1).to_bytes(4, "big"))
