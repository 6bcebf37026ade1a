"""The desk's pages and its small JSON interface."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dateline import maps
from dateline.desk import accuracy, exports, lookup, state
from dateline.desk.guard import Guard
from dateline.desk.journal import StaleError
from dateline.desk.library import uploaded
from dateline.desk.lookup import Lookup
from dateline.desk.session import Session
from dateline.errors import DatelineError, InputError
from dateline.geo import Article

HERE = Path(__file__).parent
PER_PAGE = 50
#: The most that is taken in one go, in bytes; a 500,000-character article in any script fits.
UPLOAD_LIMIT = 20_000_000
_BLOCK = 2000
_FROM_PAGE = ("action", "scope", "start", "end", "text", "role", "place", "set", "report", "undo")


def make_app(session: Session, token: str, hosts: set[str], look_up: Lookup) -> Starlette:
    """Return the desk as an ASGI application.

    Parameters
    ----------
    session : Session
    token : str
        The secret of the printed URL.
    hosts : set of str
        The ``Host`` headers to answer to, such as ``{"127.0.0.1:8765"}``.
    look_up : Lookup
        Finds places by name.
    """
    desk = Desk(session, look_up)
    routes = [
        Route("/", desk.front),
        Route("/article", desk.article),
        Route("/next", desk.next),
        Route("/accuracy", desk.accuracy),
        Route("/map", desk.map),
        Route("/export", desk.export),
        Route("/api/article", desk.read),
        Route("/api/article", desk.correct, methods=["POST"]),
        Route("/api/articles", desk.take, methods=["POST"]),
        Route("/api/places", desk.places),
        Route("/api/around", desk.around),
        Route("/outline", desk.outline),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, token=token, hosts=hosts)],
        exception_handlers={HTTPException: desk.failed, DatelineError: desk.failed},
    )


class Desk:
    """The handlers; each is one page or one call."""

    def __init__(self, session: Session, look_up: Lookup) -> None:
        self.session = session
        self.look_up = look_up
        self.templates = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)
        self.templates.globals["exports"] = exports.KINDS

    def _page(self, name: str, code: int = 200, **values: Any) -> HTMLResponse:
        return HTMLResponse(self.templates.get_template(name).render(**values), code)

    def _article(self, request: Request) -> Article:
        try:
            return self.session.articles[request.query_params.get("id", "")]
        except KeyError:
            raise HTTPException(404, "There is no such article at this desk.") from None

    async def front(self, request: Request) -> Response:
        """List the articles, fifty a page."""
        return await run_in_threadpool(self._front, request)

    def _front(self, request: Request) -> Response:
        order, words = request.query_params.get("order", ""), request.query_params.get("q", "")[:100]
        ids = self.session.unsure_first() if order == "unsure" else list(self.session.articles)
        articles = [self.session.articles[each] for each in ids]
        if words:
            wanted = words.casefold()
            articles = [a for a in articles if wanted in f"{a.title} {a.source} {a.id}".casefold()]
        pages = max(1, -(-len(articles) // PER_PAGE))
        page = min(_number(request.query_params.get("page", "1")), pages)
        first = (page - 1) * PER_PAGE
        return self._page(
            "front.html",
            articles=articles[first : first + PER_PAGE],
            first=first + 1,
            total=len(articles),
            all=len(self.session.articles),
            page=page,
            pages=pages,
            order=order,
            words=words,
            status=self.session.status(),
            knows_unsure=self.session.knows_unsure,
            file=self.session.journal.path,
        )

    async def article(self, request: Request) -> Response:
        """Show the page of one article; it fetches what was found by itself, so that it paints at once."""
        article = self._article(request)
        blocks = _blocks(article.text)
        return self._page("article.html", article=article, blocks=blocks, geocoder=self.look_up.geocoder_name)

    async def next(self, request: Request) -> Response:
        """Go to the next article of the queue."""
        following = await run_in_threadpool(self.session.following, self._article(request).id)
        return RedirectResponse(f"/article?id={quote(following, safe='')}" if following else "/?order=unsure")

    async def accuracy(self, request: Request) -> Response:
        """Show how often Dateline was right, month by month."""
        lines = self.session.journal.corrections().lines
        return self._page("accuracy.html", months=list(accuracy.by_month(lines)))

    async def map(self, request: Request) -> Response:
        """Serve the map of one article: the file that ``dateline map`` writes, in a sandbox of its own."""
        article_id = self._article(request).id
        page = await run_in_threadpool(lambda: maps.to_html(self.session.result([article_id])))
        return HTMLResponse(page, headers={"content-security-policy": "sandbox allow-scripts allow-popups"})

    async def export(self, request: Request) -> Response:
        """Write one article, or all of them, as a file of any kind."""
        kind = request.query_params.get("kind", "")
        if kind not in exports.KINDS:
            raise HTTPException(404, f"There is no export of the kind {kind!r}.")
        article = self._article(request) if "id" in request.query_params else None
        content = await run_in_threadpool(exports.make, self.session, article, kind)
        name = f"dateline{exports.KINDS[kind].ending}"
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(content, media_type=exports.KINDS[kind].media_type, headers=headers)

    async def read(self, request: Request) -> Response:
        """Return everything found in one article."""
        return await self._state(self._article(request))

    async def correct(self, request: Request) -> Response:
        """Add one correction, an undo or a redo, and return the article as it now is."""
        article = self._article(request)
        revision, line = _correction(await _body(request))
        _check_words(line, article)
        try:
            await run_in_threadpool(self._append, line, article.id, revision)
        except StaleError as error:
            return JSONResponse({"error": str(error)}, 409)
        return await self._state(article)

    def _append(self, line: dict[str, Any], article_id: str, revision: int) -> None:
        whole = self.session.complete(line, article_id)
        try:
            self.session.journal.append(whole, article_id, revision)
        except DatelineError:
            raise
        except ValueError as error:
            raise InputError(f"the correction {error}") from None

    async def take(self, request: Request) -> Response:
        """Take in pasted text or a dropped file."""
        raw, name = await _body(request), request.query_params.get("name", "")[:200]
        library = await run_in_threadpool(uploaded, name, raw)
        self.session.add(library.articles.values())
        return JSONResponse({"ids": list(library.articles), "problems": library.problems[:5]})

    async def places(self, request: Request) -> Response:
        """Search the gazetteer, or the geocoder where it is allowed and asked for."""
        query = request.query_params.get("q", "")[:200]
        find: Callable[[str], list[Any]] = (
            self.look_up.geocode if "geocoder" in request.query_params else self.look_up.find
        )
        found = await run_in_threadpool(find, query)
        return JSONResponse([state.place_json(place) for place in found])

    async def around(self, request: Request) -> Response:
        """Return places near a point, to find one's way by on the small map."""
        lat, lon = (_degrees(request.query_params.get(name, "")) for name in ("lat", "lon"))
        found = await run_in_threadpool(self.look_up.around, lat, lon)
        return JSONResponse([[place.name, round(place.lat, 4), round(place.lon, 4)] for place in found])

    async def outline(self, request: Request) -> Response:
        """Serve the countries' outlines as an SVG path, for the small map of candidates."""
        return Response(await run_in_threadpool(lookup.outline), media_type="text/plain")

    async def failed(self, request: Request, error: Exception) -> Response:
        """Say what went wrong: in JSON to the page's script, else as a page."""
        words = error.detail if isinstance(error, HTTPException) else str(error)
        status = error.status_code if isinstance(error, HTTPException) else 400
        if request.url.path.startswith("/api/"):
            return JSONResponse({"error": words}, status)
        return self._page("error.html", status, words=words)

    async def _state(self, article: Article) -> Response:
        def made() -> dict[str, Any]:
            return state.of(self.session.parsed(article.id), self.session.journal)

        return JSONResponse(await run_in_threadpool(made))


def _blocks(text: str) -> list[str]:
    """Cut a text at line ends as ``text.js`` does, so that only what is in view need be laid out."""
    blocks, start = [], 0
    while start < len(text):
        end = text.find("\n", start + _BLOCK) + 1 or len(text)
        blocks.append(text[start:end])
        start = end
    return blocks


async def _body(request: Request) -> bytes:
    """Read the body of a request, no further than the limit."""
    parts, size = [], 0
    async for chunk in request.stream():
        parts.append(chunk)
        size += len(chunk)
        if size > UPLOAD_LIMIT:
            words = f"is over {UPLOAD_LIMIT // 1_000_000} MB; use `dateline run` for what is so long"
            raise HTTPException(413, words)
    return b"".join(parts)


def _correction(raw: bytes) -> tuple[int, dict[str, Any]]:
    """Return the revision that the page saw and the line that it wants to add."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        raise InputError("a correction must come as JSON") from None
    if not isinstance(body, dict) or type(body.get("revision")) is not int:
        raise InputError("a correction needs the revision of the article that it was made on")
    line = body.get("line")
    if not isinstance(line, dict) or not set(line) <= set(_FROM_PAGE):
        raise InputError(f"a correction is an object with {', '.join(_FROM_PAGE)}")
    return body["revision"], line


def _check_words(line: dict[str, Any], article: Article) -> None:
    """Refuse a correction of words that do not stand where it says."""
    start, end = line.get("start"), line.get("end")
    if "text" in line and not (
        type(start) is int and type(end) is int and article.text[start:end] == line["text"]
    ):
        raise InputError("the correction is about words that do not stand there in the article")


def _number(written: str) -> int:
    return max(1, int(written)) if written.isascii() and written.isdigit() and len(written) < 9 else 1


def _degrees(written: str) -> float:
    try:
        return float(written)
    except ValueError:
        raise InputError(f"{written[:20]!r} is no number of degrees") from None
