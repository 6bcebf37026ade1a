"""A geocoding server on loopback that can misbehave in every way, and an article with names to ask it for."""

import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from dateline.gazetteer import Place
from dateline.geo.model import Article, Mention, Resolution

Behaviour = Callable[[BaseHTTPRequestHandler], None]


def village(name: str, lat: float = 47.5, lon: float = 35.8, country: str = "ua", osm_id: int = 1) -> dict:
    """A result as Nominatim gives it."""
    return {
        "osm_type": "node",
        "osm_id": osm_id,
        "lat": str(lat),
        "lon": str(lon),
        "class": "place",
        "type": "village",
        "addresstype": "village",
        "name": name,
        "display_name": f"{name}, Somewhere",
        "address": {"country": country.upper(), "country_code": country, "state": "Zaporizhzhia Oblast"},
        "namedetails": {"name": name},
        "extratags": {"population": "480"},
        "boundingbox": [str(lat - 0.02), str(lat + 0.02), str(lon - 0.02), str(lon + 0.02)],
    }


def send(
    handler: BaseHTTPRequestHandler,
    body: bytes | str,
    status: int = 200,
    kind: str = "application/json",
    headers: dict | None = None,
) -> None:
    data = body.encode() if isinstance(body, str) else body
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    for name, value in (headers or {}).items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


def answer_village(handler: BaseHTTPRequestHandler) -> None:
    """Know every name as a village near Orikhiv."""
    name = parse_qs(urlsplit(handler.path).query)["q"][0]
    send(handler, json.dumps([village(name, osm_id=abs(hash(name)) % 10**9)]))


class Server(ThreadingHTTPServer):
    """Answers each request with the next of `script`, then with `otherwise`; remembers what it was asked."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script: list[Behaviour] = []
        self.otherwise: Behaviour = answer_village
        self.paths: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def names(self) -> list[str]:
        return [parse_qs(urlsplit(path).query).get("q", [""])[0] for path in self.paths]

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        with self.server.lock:
            self.server.paths.append(self.path)
            self.server.headers.append(dict(self.headers))
            behave = self.server.script.pop(0) if self.server.script else self.server.otherwise
        behave(self)

    def log_message(self, *args: object) -> None:
        pass


ORIKHIV = Place("geonames:698625", "Orikhiv", 47.5678, 35.7858, "P", "PPLA2", "UA", "Ukraine")
ZAPORIZHZHIA = Place("geonames:687700", "Zaporizhzhia", 47.8378, 35.1383, "P", "PPLA", "UA", "Ukraine")


def article_about(
    *names: str, known: tuple[Place, ...] = (ORIKHIV, ZAPORIZHZHIA)
) -> tuple[Article, list[Resolution]]:
    """An article that names places the gazetteer lacks, and some it has: the confidential rest stays here."""
    text, resolutions = "A source who must not be named said: ", []
    for name in (*names, *known):
        word = name if isinstance(name, str) else name.name
        mention = Mention(len(text), len(text) + len(word), word)
        place = None if isinstance(name, str) else name
        resolutions.append(Resolution(mention, place, 0.9))
        text += word + ", "
    return Article("a1", text), resolutions


def slow(seconds: float, then: Behaviour = answer_village) -> Behaviour:
    def behave(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        then(handler)

    return behave
