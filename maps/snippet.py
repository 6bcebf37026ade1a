"""Maps within other documents: snippets for CMS and Markdown, results that show themselves in notebooks."""

from __future__ import annotations

import base64
import io
import os
import struct
import zlib
from html import escape
from html.parser import HTMLParser
from pathlib import Path

from dateline.errors import InputError, MissingExtraError
from dateline.maps.alt import alt_text
from dateline.maps.tables import Tables, check

#: Scripts run, but in an origin of their own: the map cannot reach the page around it.  Links open pages
#: that are free of the sandbox, as readers expect.
_SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
#: Themes such as MkDocs Material shrink figures to their content, which in a frame has no width of its own.
_FIGURE = "display:block;width:100%;max-width:none;margin:0"
#: A notebook with larger maps than this (characters) becomes unusable; it gets a picture.
_LARGEST = 20_000_000


def embed(html: str, *, title: str = "", caption: str = "", height: int = 600, data_uri: bool = False) -> str:
    """Return a snippet that shows a map within another HTML page.

    Parameters
    ----------
    html : str
        The whole map, as `save` writes it.
    title : str
        What screen readers call the frame; by default the map's own title.
    caption : str
        Shown below the map; by default the title.
    height : int
        In CSS pixels; the width is that of the place it stands in.
    data_uri : bool
        Carry the map as ``src="data:..."`` (a third larger) instead of ``srcdoc``, for editors that spoil
        the latter.

    Returns
    -------
    str
        A ``<figure>`` with a sandboxed ``<iframe>``, in one line, which Markdown leaves alone.

    Examples
    --------
    >>> print(embed("<title>Kharkiv</title>", height=300)[:28])
    <figure class="dateline-map"
    """
    name = title or html_title(html) or "Map"
    if data_uri:
        content = f'src="data:text/html;charset=utf-8;base64,{base64.b64encode(html.encode()).decode()}"'
    else:
        # Line ends as entities: a blank line would end the block in Markdown.
        safe = escape(html).replace("\r", "&#13;").replace("\n", "&#10;")
        content = f'srcdoc="{safe}"'
    frame = (
        f'<iframe title="{_attribute(name)}" loading="lazy" sandbox="{_SANDBOX}" referrerpolicy="no-referrer"'
        f' allow="fullscreen" style="width:100%;height:{height:d}px;border:0" {content}></iframe>'
    )
    words = f'<figcaption style="font-size:.85em;opacity:.8">{_attribute(caption or name)}</figcaption>'
    return f'<figure class="dateline-map" style="{_FIGURE}">{frame}{words}</figure>\n'


def markdown(picture: str | os.PathLike[str], *, link: str = "", alt: str = "") -> str:
    """Return Markdown that shows a figure with its alt text.

    Parameters
    ----------
    picture : path
        A PNG or SVG that :func:`~dateline.maps.figure` drew; written as it is given.
    link : str
        Where a click leads, such as the HTML map.
    alt : str
        By default the one the picture holds.

    Returns
    -------
    str
        One line.

    Raises
    ------
    InputError
        If the picture holds no alt text and none is given.
    """
    text = alt or stored_alt(Path(picture))
    safe = " ".join(text.split())
    for character in "\\`*_[]<>&!$":
        safe = safe.replace(character, f"\\{character}")
    image = f"![{safe}]({_address(str(picture))})"
    return f"[{image}]({_address(link)})\n" if link else f"{image}\n"


def repr_html(result: Tables) -> str:
    """Return a result as Jupyter and Quarto show it: its map, or a picture when the map would be too large.

    Parameters
    ----------
    result : Tables

    Returns
    -------
    str
        HTML.
    """
    check(result)
    from dateline.maps.web import to_html

    html = to_html(result)
    if len(html) <= _LARGEST:
        return embed(html, caption=alt_text(result))
    try:
        picture = base64.b64encode(repr_png(result)).decode()
    except MissingExtraError:
        return f"<p>{escape(alt_text(result))}</p>"
    return (
        f'<img alt="{escape(alt_text(result))}" src="data:image/png;base64,{picture}" style="max-width:100%">'
    )


def repr_png(result: Tables) -> bytes:
    """Return a result as a picture, for notebooks that become PDF or are shown where scripts are not run.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    """
    import tempfile

    from dateline.maps.locator import figure

    with tempfile.TemporaryDirectory() as folder:
        return figure(result, Path(folder) / "map.png", size="social").read_bytes()


def html_title(html: str) -> str:
    """Return the title of an HTML page, empty when it has none."""
    reader = _Title()
    reader.feed(html[:200_000])
    return " ".join(reader.text.split())


class _Title(HTMLParser):
    """Reads the first title."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.inside, self.done = "", False, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note that the title begins."""
        self.inside = tag == "title" and not self.done

    def handle_endtag(self, tag: str) -> None:
        """Note that the title ends."""
        if tag == "title":
            self.inside, self.done = False, True

    def handle_data(self, data: str) -> None:
        """Keep the title's text."""
        if self.inside:
            self.text += data


def _attribute(text: str) -> str:
    """Return text in one line as HTML."""
    return escape(" ".join(text.split()))


def _address(address: str) -> str:
    """Return a path or URL as Markdown takes it."""
    from urllib.parse import quote

    return quote(address, safe="/:?#=&%~+,;@")


def stored_alt(picture: Path) -> str:
    """Return the alt text that a figure holds in its metadata.

    Raises
    ------
    InputError
        If the file cannot be read or holds none.
    """
    try:
        content = picture.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {picture}: {error.strerror}; check the path") from error
    alt = _svg_alt(content) if picture.suffix.lower() == ".svg" else _png_alt(content)
    if not alt:
        raise InputError(f"{picture} holds no alt text: draw it with 'dateline figure', or give one")
    return alt


def _svg_alt(content: bytes) -> str:
    """Return the description of an SVG."""
    from xml.etree import ElementTree as ET

    try:
        return ET.fromstring(content).findtext("{http://www.w3.org/2000/svg}desc") or ""
    except ET.ParseError:
        return ""


def _png_alt(content: bytes) -> str:
    """Return the description of a PNG: its chunk ``tEXt`` or ``iTXt`` of that name."""
    stream = io.BytesIO(content[8:])
    while len(head := stream.read(8)) == 8:
        length, kind = struct.unpack(">I4s", head)
        body = stream.read(length)
        stream.read(4)
        key, _, rest = body.partition(b"\0")
        if key != b"Description":
            continue
        if kind == b"tEXt":
            return rest.decode("latin-1")
        if kind == b"iTXt":  # compressed?, method, language, translated key, text
            packed, text = rest[0], rest[2:].split(b"\0", 2)[2]
            return (zlib.decompress(text) if packed else text).decode()
    return ""
