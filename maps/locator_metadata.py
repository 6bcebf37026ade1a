"""What a figure's file says of itself: title and alt text, for search and screen readers."""

from __future__ import annotations

from typing import Any


def file_metadata(form: str, title: str, alt: str) -> dict[str, Any]:
    """Return what the file says of itself; no dates, which would differ from run to run."""
    if form == ".png":
        return {"Title": title, "Description": alt, "Software": "Dateline"}
    if form == ".svg":
        return {"Title": title, "Description": alt, "Creator": "Dateline", "Date": None}
    return {"Title": title, "Subject": alt, "Creator": "Dateline", "Producer": None, "CreationDate": None}


def described(svg: str, title: str, alt: str) -> str:
    """Return an SVG with its title and alt text where screen readers look for them."""
    from xml.sax.saxutils import escape

    head, tag, rest = svg.partition("<svg ")
    inside, close, body = rest.partition(">")
    words = f"\n <title>{escape(title or alt)}</title>\n <desc>{escape(alt)}</desc>"
    return f'{head}{tag}role="img" {inside}{close}{words}{body}'
