"""The HTML map: one file on Folium and Leaflet that needs no network and lets no article text run.

Folium's links to content networks are replaced by the pinned packages of ``maps/data/web``; a
``Content-Security-Policy`` names the page's own scripts by their hash and forbids all else, requests too.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import json
import re
import warnings
from importlib.resources import files
from pathlib import Path
from typing import Any

import folium
import xyzservices.providers
from branca.element import Figure
from jinja2 import Template

from dateline.errors import OptionError
from dateline.maps import basemap as basemaps
from dateline.maps import layers
from dateline.maps.files import write_atomically
from dateline.maps.payload import embed, embed_packed, payload
from dateline.maps.tables import Tables, check

#: The page's scripts, in the order in which they need each other.
SCRIPTS = (
    *("leaflet.js", "core.js", "model.js", "basemap.js", "labels.js", "symbols.js"),
    *("popup.js", "clusters.js", "markers.js", "shades.js", "timeline.js", "panel.js", "app.js"),
)
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}


def write(result: Tables, path: Path, **options: Any) -> None:
    """Write a self-contained HTML map; see :func:`to_html` for the options."""
    write_atomically(path, to_html(result, **options))


def to_html(
    result: Tables,
    *,
    title: str = "",
    basemap: str = "",
    language: str = "en",
    worldview: basemaps.Worldview = "un",
) -> str:
    """Return a self-contained HTML map of a result.

    The same result gives the same text, byte for byte.

    Parameters
    ----------
    result : Tables
        The four tables of docs/schema.md.
    title : str
        Heading and window title; when empty, the article's, if there is only one.
    basemap : str
        The name of a tile provider known to xyzservices, such as ``"cartodb-positron"``, whose server the
        page then asks; when empty, Natural Earth is drawn offline.
    language : str
        Language of the interface and of country labels: see :func:`languages`.
    worldview : {"un", "de-facto"}
        Whose borders the offline basemap draws; see docs/worldviews.md.

    Returns
    -------
    str

    Raises
    ------
    InputError
        If a table lacks something, or an option is unknown.
    """
    chart = event_map(result, title=title, basemap=basemap, language=language, worldview=worldview)
    return str(chart.get_root().render())


def event_map(
    result: Tables,
    *,
    title: str = "",
    basemap: str = "",
    language: str = "en",
    worldview: basemaps.Worldview = "un",
) -> EventMap:
    """Return the map as a :class:`folium.Map`, to which Folium's own layers can be added.

    Parameters are those of :func:`to_html`.  What needs a library of its own from the network (Folium's
    plugins) is blocked by the page's policy.
    """
    check(result)
    check_options(basemap, language)
    heading = title or _heading(result)
    tiles = _tiles(basemap) if basemap else None
    credit = layers.credit(result)
    data = payload(result) | {
        "title": heading,
        "language": language,
        "strings": _strings()["en"] | _strings()[language],
        "n_articles": len(result.articles),
        "credit": f"{credit} Basemap: {basemaps.CREDIT}." if tiles is None else credit,
        "tiles": tiles,
    }
    elements = [embed(data, "dateline-data")]
    if tiles is None:
        elements.append(embed_packed(basemaps.packed(worldview), "dateline-basemap"))
    page = _Page(heading, language, elements, tiles_from=_hosts(tiles) if tiles else [])
    chart = EventMap()
    page.add_child(chart)
    return chart


def check_options(basemap: str, language: str) -> None:
    """Refuse a basemap or a language that does not exist, before any work is done.

    Raises
    ------
    OptionError
    """
    if language not in languages():
        raise OptionError(f"no language '{language}': choose one of {', '.join(languages())}")
    if basemap:
        _tiles(basemap)


def languages() -> list[str]:
    """Return the languages of the interface, by code."""
    return sorted(_strings())


class EventMap(folium.Map):
    """A Folium map that brings its own Leaflet, basemap, data and panels."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    _template = Template(
        "{% macro html(this, kwargs) %}{{ this.skeleton }}{% endmacro %}"
        "{% macro script(this, kwargs) %}"
        'var {{ this.get_name() }} = dateline.createMap("dateline-map");'
        "dateline.start({{ this.get_name() }});"
        "{% endmacro %}"
    )

    def __init__(self) -> None:
        super().__init__(tiles=None)
        # Folium draws ids by chance; a file must not differ from run to run.
        self._id = "dateline"
        self.skeleton = _asset("page.html")


class _Page(Figure):
    """The document around the map: language, title, policy, styles, data and scripts.

    The data stands here and not in the map, because Folium compiles what its elements print as a template
    once more: an article's ``{{ }}`` would run in Python.
    """

    _template = Template(
        '<!DOCTYPE html>\n<html lang="{{ this.language }}" dir="{{ this.direction }}">\n<head>\n'
        '<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="@POLICY@">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        '<meta name="generator" content="Dateline">\n<title>{{ this.title | e }}</title>\n'
        "{% for style in this.styles %}<style>{{ style }}</style>\n{% endfor %}"
        "{{ this.header.render(**kwargs) }}\n</head>\n<body>\n{{ this.html.render(**kwargs) }}\n"
        "{% for element in this.data %}{{ element }}\n{% endfor %}"
        "{% for script in this.scripts %}<script>{{ script }}</script>\n{% endfor %}"
        "<script>{{ this.script.render(**kwargs) }}</script>\n</body>\n</html>\n"
    )

    def __init__(self, title: str, language: str, data: list[str], tiles_from: list[str]) -> None:
        super().__init__(title=title or "Dateline")
        self._id = "page"
        self.header._children.clear()
        self.language = language
        self.data = data
        self.direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
        self.tiles_from = tiles_from
        self.styles = [re.sub(r"url\([^)]*\)", "none", _asset("leaflet.css")), _asset("style.css")]
        self.scripts = [_script(name) for name in SCRIPTS]

    def render(self, **kwargs: Any) -> str:
        """Return the document, its policy made from the scripts that it holds."""
        document = str(super().render(**kwargs))
        return document.replace("@POLICY@", html.escape(self._policy(document)), 1)

    def _policy(self, document: str) -> str:
        hashes = [
            f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
            for script in re.findall(r"<script>(.*?)</script>", document, re.DOTALL)
        ]
        return "; ".join((
            "default-src 'none'",
            f"script-src {' '.join(hashes)}",
            "style-src 'unsafe-inline'",
            f"img-src {' '.join(['data:', *self.tiles_from])}",
            "base-uri 'none'",
            "form-action 'none'",
        ))  # fmt: skip


def _heading(result: Tables) -> str:
    titles = result.articles["title"].dropna().unique()
    return str(titles[0]) if len(titles) == 1 else ""


@functools.cache
def _asset(name: str) -> str:
    return files("dateline.maps").joinpath(f"data/web/{name}").read_text(encoding="utf-8")


def _script(name: str) -> str:
    """Return a script without its link to a source map, and such that it cannot close its element."""
    text = re.sub(r"//# sourceMappingURL=.*", "", _asset(name))
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")


@functools.cache
def _strings() -> dict[str, dict[str, Any]]:
    strings: dict[str, dict[str, Any]] = json.loads(_asset("strings.json"))
    return strings


def _tiles(name: str) -> dict[str, Any]:
    """Return the address, credit and limits of an online tile provider."""
    try:
        provider = xyzservices.providers.query_name(name)
    except ValueError as error:
        raise OptionError(
            f"no basemap '{name}': name a provider of xyzservices, such as cartodb-positron, or none"
        ) from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        try:
            url = provider.build_url(x="{x}", y="{y}", z="{z}", scale_factor="{r}")
        except ValueError as error:
            raise OptionError(f"the basemap '{name}' needs a key of your own; choose one without") from error
    return {
        "url": url,
        "attribution": provider.html_attribution,
        "maxZoom": provider.get("max_zoom", 19),
    }


def _hosts(tiles: dict[str, Any]) -> list[str]:
    """Return the server that a page may fetch a provider's tiles from."""
    host = re.match(r"https?://[^/]+", tiles["url"])
    return [host[0]] if host else []
