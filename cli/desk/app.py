"""The desk's pages and its small JSON interface."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dateline import maps
from dateline.desk.guard import Guard
from dateline.desk.journal import StaleError
from dateline.desk.library import uploaded
from dateline.desk.session import Session, as_json, gold_line, places_json
from dateline.errors import DatelineError

HERE = Path(__file__).parent
PER_PAGE = 50
#: The most that is taken in one go, in bytes; a 500,000-character article in any script fits.
UPLOAD_LIMIT = 20_000_000
EXPORTS = {
    ".html": "text/html",
    ".geojson": "application/geo+json",
    ".gpkg": "application/geopackage+sqlite3",
    ".csv": "text/csv",
    ".png": "image/png",
    ".jsonl": "application/jsonl",
}


def make_app(session: Session, token: str, hosts: set[str]) -> Starlette:
    """Return the desk as an ASGI application.

    Parameters
    ----------
    session : Session
    token : str
        The secret of the printed URL.
    hosts : set of str
        The ``Host`` headers to answer to, such as ``{"127.0.0.1:8765"}``.
    """
    desk = Desk(session)
    routes = [
        Route("/", desk.front),
        Route("/article/{id}", desk.article),
        Route("/article/{id}/map", desk.map),
        Route("/export/{id}{extension}", desk.export),
        Route("/api/article/{id}", desk.read),
        Route("/api/article/{id}", desk.correct, methods=["POST"]),
        Route("/api/articles", desk.take, methods=["POST"]),
        Route("/api/places", desk.places),
        Route("/outline", desk.outline),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, token=token, hosts=hosts)],
        exception_handlers={KeyError: _not_found, DatelineError: _refused, ValueError: _refused},
    )


class Desk:
    """The handlers; each is one page or one call."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.templates = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)

    def _page(self, name: str, **values: Any) -> HTMLResponse:
        return HTMLResponse(self.templates.get_template(name).render(**values))

    async def front(self, request: Request) -> Response:
        """List the articles, fifty a page."""
        order = request.query_params.get("order", "")
        articles = await run_in_threadpool(self.session.in_order, order == "unsure")
        pages = max(1, -(-len(articles) // PER_PAGE))
        page = min(max(1, int(request.query_params.get("page", "1"))), pages)
        shown = articles[(page - 1) * PER_PAGE : page * PER_PAGE]
        values = {"articles": shown, "total": len(articles), "page": page, "pages": pages, "order": order}
        return self._page("front.html", first=(page - 1) * PER_PAGE + 1, **values)

    async def article(self, request: Request) -> Response:
        """Show the page of one article; it fetches what was found by itself, so that it paints at once."""
        article = self.session.articles[request.path_params["id"]]
        return self._page("article.html", article=article, exports=list(EXPORTS))

    async def map(self, request: Request) -> Response:
        """Serve the map of one article: the file that ``dateline map`` writes, in a sandbox of its own."""
        result = await run_in_threadpool(self.session.result, [request.path_params["id"]])
        page = await run_in_threadpool(maps.to_html, result)
        return HTMLResponse(page, headers={"content-security-policy": "sandbox allow-scripts allow-popups"})

    async def export(self, request: Request) -> Response:
        """Write one article, or ``all``, as a file of any kind."""
        which, extension = request.path_params["id"], request.path_params["extension"]
        which, _, extension = (which + extension).rpartition(".")
        extension = "." + extension
        ids = None if which == "all" else [which]
        if extension == ".jsonl":
            chosen = list(self.session.articles) if ids is None else ids
            lines = await run_in_threadpool(lambda: [gold_line(self.session.parsed(each)) for each in chosen])
            return _download("\n".join(lines).encode() + b"\n", "gold.jsonl", "application/jsonl")
        if extension not in EXPORTS:
            return PlainTextResponse(f"There is no export '{extension}'.", 404)
        content = await run_in_threadpool(self._export, ids, extension)
        return _download(content, f"dateline{extension}", EXPORTS[extension])

    def _export(self, ids: list[str] | None, extension: str) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"dateline{extension}"
            maps.save(self.session.result(ids), path)
            return path.read_bytes()

    async def read(self, request: Request) -> Response:
        """Return everything found in one article."""
        return await self._state(request.path_params["id"])

    async def correct(self, request: Request) -> Response:
        """Add one correction, an undo or a redo, and return the article as it now is."""
        article_id = request.path_params["id"]
        journal = self.session.journal
        body = json.loads(await _body(request))
        seen, line = int(body["revision"]), dict(body["line"])
        line = {"by": str(line.pop("by", "")), "article": self.session.articles[article_id].id} | line
        if "undo" in line:
            find = journal.undoable if line["undo"] == "last" else journal.redoable
            target = find(article_id)
            if target is None:
                raise ValueError("there is nothing left to undo or redo")
            line["undo"] = target
        try:
            await run_in_threadpool(journal.append, line, article_id, seen)
        except StaleError as error:
            return JSONResponse({"error": str(error)}, 409)
        return await self._state(article_id)

    async def take(self, request: Request) -> Response:
        """Take in pasted text or a dropped file of any format that ``dateline run`` reads."""
        raw, name = await _body(request), request.query_params.get("name", "")
        articles = await run_in_threadpool(lambda: list(uploaded(name, raw)))
        for article in articles:
            self.session.add(article)
        return JSONResponse({"ids": [article.id for article in articles]})

    async def places(self, request: Request) -> Response:
        """Search the gazetteer."""
        query = request.query_params.get("q", "")[:200]
        return JSONResponse(await run_in_threadpool(places_json, self.session, query))

    async def outline(self, request: Request) -> Response:
        """Serve the countries' outlines as an SVG path, for the small map of candidates."""
        return PlainTextResponse(await run_in_threadpool(outline))

    async def _state(self, article_id: str) -> Response:
        parsed = await run_in_threadpool(self.session.parsed, article_id)
        return JSONResponse(as_json(parsed, self.session.journal))


@cache
def outline() -> str:
    """Draw the countries of the bundled basemap, one unit a degree, y pointing down."""
    from dateline.maps import basemap

    paths = []
    for shape in basemap.load().countries.geometry.simplify(0.05).explode(index_parts=False):
        ring = " ".join(f"{x:.2f},{-y:.2f}" for x, y in shape.exterior.coords)
        paths.append(f"M{ring}Z")
    return "".join(paths)


async def _body(request: Request) -> bytes:
    """Read the body of a request, no further than the limit."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > UPLOAD_LIMIT:
            raise ValueError(
                f"is over {UPLOAD_LIMIT // 1_000_000} MB; use `dateline run` for what is so long"
            )
    return body


def _download(content: bytes, name: str, kind: str) -> Response:
    return Response(
        content, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'}
    )


async def _not_found(request: Request, error: Exception) -> Response:
    return PlainTextResponse("There is no such article at this desk.", 404)


async def _refused(request: Request, error: Exception) -> Response:
    return JSONResponse({"error": str(error)}, 400)
