"""Map tips of QGIS layers: what a feature says of itself under the mouse."""

from __future__ import annotations

from xml.etree import ElementTree as ET


def _shown(field: str) -> str:
    """Return the expression of a field as text in HTML; QGIS itself would let its tags through."""
    safe = f"""replace(replace(coalesce("{field}", ''), '&', '&amp;'), '<', '&lt;')"""
    return f"[% {safe} %]"


def _when(field: str) -> str:
    """Return the expression of a day."""
    return f"""coalesce(format_date("{field}", 'yyyy-MM-dd'), 'unknown')"""


_DATES = f"""[% CASE WHEN {_when("start")} = {_when("end")} THEN {_when("start")}
 ELSE {_when("start")} || ' to ' || {_when("end")} END %]"""
_LINK = """[% CASE WHEN regexp_match("url", '^https?://[^\\\\s"\\'<>&]+$')
 THEN '<a href="' || "url" || '">article</a>' ELSE '' END %]"""
EVENT_TIP = f"""<b>{_shown("place")}</b>: {_shown("type")} {_shown("mode")}<br>
{_DATES}, {_shown("status")}, confidence [% round(coalesce("confidence", 0), 2) %],
within [% round(coalesce("radius_km", 0)) %] km<br>
<i>{_shown("quote")}</i><br>{_shown("title")}, {_shown("source")} {_LINK}"""
PLACE_TIP = f"""<b>{_shown("name")}</b>, {_shown("admin1")} {_shown("country_name")}<br>
[% "n_events" %] events, [% "n_mentions" %] mentions; {_shown("source")}"""
MENTION_TIP = f"""<b>{_shown("text")}</b>: {_shown("place")}, {_shown("status")},
probability [% round(coalesce("probability", 0), 2) %]<br>{_shown("reasons")}"""


def tip(html: str) -> list[ET.Element]:
    """Return the map tip and the expression that names a feature."""
    preview, tip = ET.Element("previewExpression"), ET.Element("mapTip")
    preview.text = '"place"' if '"quote"' in html or '"text"' in html else '"name"'
    tip.text = html
    return [preview, tip]
