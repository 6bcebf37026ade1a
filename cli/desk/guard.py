"""Who may talk to the desk: this machine's browser, with the key, from the desk's own pages."""

from __future__ import annotations

import secrets
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import parse_qs

from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

#: The desk's own pages load only what the desk serves; the map is a document of its own in a sandbox.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)


class Guard:
    """Middleware: Host, Origin and Sec-Fetch-Site checked, a key that opens once, strict headers.

    The key in the printed URL is good for one browser: it is changed for a cookie that no page can read.

    Parameters
    ----------
    app : ASGI application
    token : str
        The secret that the printed URL carries.
    hosts : set of str
        Accepted ``Host`` headers: a page elsewhere that points its own name at 127.0.0.1 is refused.
    """

    def __init__(self, app: ASGIApp, token: str, hosts: set[str]) -> None:
        self.app = app
        self.hosts = hosts
        self._token: str | None = token
        self._session = secrets.token_urlsafe(24)
        # Browsers share cookies between ports: each desk on a machine needs its own.
        self._cookie = "dateline-desk-" + min(hosts).rpartition(":")[2]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer or refuse one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # nothing here speaks anything else

        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                names = {name for name, _ in message["headers"]}
                if b"content-security-policy" not in names:
                    message["headers"].append((b"content-security-policy", CSP.encode()))
                message["headers"] += _HEADERS
            await send(message)

        await (self._answer(scope) or self.app)(scope, receive, send_with_headers)

    def _answer(self, scope: Scope) -> Response | None:
        """Return the refusal, or the cookie for the key; None lets the request through."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if headers.get("host", "") not in self.hosts:
            return PlainTextResponse("This desk answers only at its own address.", 421)
        if scope["method"] not in ("GET", "HEAD") and headers.get("origin") not in self._origins:
            return PlainTextResponse("Changes are taken only from the desk's own pages.", 403)
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return PlainTextResponse("Other pages cannot load anything from the desk.", 403)
        known = _same(_cookie(headers, self._cookie), self._session)
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token")
        if given and (known or (self._token and _same(given[0], self._token))):
            self._token = None
            answer = RedirectResponse(scope["path"], 303)
            answer.set_cookie(self._cookie, self._session, httponly=True, samesite="strict")
            return answer
        if known:
            return None
        if given and self._token is None:
            words = "This key has opened the desk once. Stop `dateline serve` and start it again for another."
        else:
            words = "Open the address that `dateline serve` printed; it holds the key."
        return PlainTextResponse(words, 403)

    @property
    def _origins(self) -> set[str]:
        return {f"http://{host}" for host in self.hosts}


def _same(a: str, b: str) -> bool:
    return secrets.compare_digest(a.encode(), b.encode())


def _cookie(headers: dict[str, str], wanted: str) -> str:
    for part in headers.get("cookie", "").split(";"):
        name, _, value = part.strip().partition("=")
        if name == wanted:
            return value
    return ""
