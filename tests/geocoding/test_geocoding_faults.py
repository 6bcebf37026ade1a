"""Whatever a geocoding server does, the run goes on, and the summary says which names remain and why."""

import json
import shutil
import socket
import ssl
import struct
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from loopback import Server, answer_village, article_about, send, slow, village

from dateline.geo.geocoding import Fallback, Settings
from dateline.geo.geocoding.client import BREAKER_FAILURES

Handler = BaseHTTPRequestHandler


def status(code: int, **headers: str) -> Callable[[Handler], None]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: send(handler, "sorry", code, headers=named)


def body(text: bytes | str, kind: str = "application/json") -> Callable[[Handler], None]:
    return lambda handler: send(handler, text, kind=kind)


def results(*places: dict) -> Callable[[Handler], None]:
    return body(json.dumps(places))


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"[" * 65_536)


def dripping(handler: Handler) -> None:
    """Send a byte now and then, for ever: no single wait is long."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b" ")
        time.sleep(0.1)


def dripping_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(1000):
        handler.wfile.write(f"X-{number}: y\r\n".encode())
        time.sleep(0.1)


def reset(handler: Handler) -> None:
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()


def half(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'[{"lat": ')


def elsewhere(handler: Handler) -> None:
    send(handler, "", 302, headers={"Location": "http://elsewhere.example/search?q=Robotyne"})


def to_a_file(handler: Handler) -> None:
    send(handler, "", 302, headers={"Location": "file:///etc/passwd"})


def in_circles(handler: Handler) -> None:
    send(handler, "", 302, headers={"Location": handler.path})


ROBOTYNE = village("Robotyne")

#: What the server does with every request, how many it then gets, and what the summary says.
FAULTS: dict[str, tuple[Callable[[Handler], None], int, str]] = {
    "429": (status(429), 3, "HTTP 429"),
    "429 with a long Retry-After": (status(429, Retry_After="3600"), 1, "asks to wait 3600 s"),
    "429 with a date far off": (status(429, Retry_After="Fri, 31 Dec 2100 23:59:59 GMT"), 1, "asks to wait"),
    "429 with nonsense": (status(429, Retry_After="soon"), 3, "HTTP 429"),
    "500": (status(500), 3, "HTTP 500"),
    "503": (status(503), 3, "HTTP 503"),
    "503 with a long Retry-After": (status(503, Retry_After="3600"), 1, "asks to wait 3600 s"),
    "404": (status(404), 1, "HTTP 404"),
    "403": (status(403), 1, "HTTP 403"),
    "400": (status(400), 1, "HTTP 400"),
    "slow first byte": (slow(2), 3, "no whole answer within 0.6 s"),
    "a byte now and then": (dripping, 3, "no whole answer within 0.6 s"),
    "a header now and then": (dripping_headers, 3, "no whole answer within 0.6 s"),
    "endless body": (endless, 1, "larger than 4 MB"),
    "connection reset": (reset, 3, "the connection broke"),
    "half an answer": (half, 3, "the connection broke"),
    "a web page": (body("<html>Maintenance</html>", "text/html"), 1, "a web page"),
    "empty": (body(""), 1, "no JSON"),
    "broken JSON": (body('[{"lat": 1,'), 1, "no JSON"),
    "JSON of another shape": (body('[{"a": 1}]'), 1, "not what this service's answers look like"),
    "a number": (body("42"), 1, "not what this service's answers look like"),
    "nested beyond reason": (body("[" * 100_000), 1, "no JSON"),
    "another character set": (body("[{\"name\": \"Роботине\"}]".encode("cp1251")), 1, "not UTF-8"),
    "an error as JSON": (body('{"error": "quota of <b>me</b>"}'), 1, "does not accept the question"),
    "latitude out of range": (results({**ROBOTYNE, "lat": "95"}), 1, "not what this service's"),
    "not a number": (results({**ROBOTYNE, "lat": "nan"}), 1, "not what this service's"),
    "redirect to another host": (elsewhere, 1, "redirects to http://elsewhere.example; not followed"),
    "redirect to a file": (to_a_file, 1, "HTTP 302"),
    "redirect in circles": (in_circles, 4, "HTTP 302"),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore::UserWarning:geopy.point")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_leaves_the_name_unresolved_and_is_named(
    server: Server, settings: Settings, fault: str
) -> None:
    server.otherwise, requests, reason = FAULTS[fault]
    fallback = Fallback(settings)
    article, resolutions = article_about("Robotyne")
    filled = fallback.fill(article, resolutions)
    assert filled[0].place is None
    assert filled[1:] == resolutions[1:]
    assert reason in filled[0].reasons[-1]
    assert any(reason in line and "Robotyne" in line for line in fallback.summary.lines())
    assert len(server.paths) == requests


@pytest.mark.parametrize("fault", ["429", "503", "slow first byte", "connection reset", "half an answer"])
def test_a_passing_fault_is_got_over(server: Server, settings: Settings, fault: str) -> None:
    server.script = [FAULTS[fault][0]]
    article, resolutions = article_about("Robotyne")
    assert Fallback(settings).fill(article, resolutions)[0].place is not None
    assert len(server.paths) == 2


def test_a_short_retry_after_is_waited_for(server: Server, settings: Settings) -> None:
    server.script = [status(429, Retry_After="1")]
    article, resolutions = article_about("Robotyne")
    before = time.monotonic()
    assert Fallback(settings).fill(article, resolutions)[0].place is not None
    assert time.monotonic() - before >= 0.9  # a lower bound: the machine may be slow, not fast


def test_one_bad_result_does_not_spoil_the_others(server: Server, settings: Settings) -> None:
    server.otherwise = results({**ROBOTYNE, "lon": "200", "osm_id": 5}, ROBOTYNE)
    article, resolutions = article_about("Robotyne")
    robotyne = Fallback(settings).fill(article, resolutions)[0]
    assert robotyne.place is not None
    assert robotyne.place.id == "osm:node/1"
    assert robotyne.alternatives == ()


def test_a_box_that_is_none_is_left_out(server: Server, settings: Settings) -> None:
    server.otherwise = results({**ROBOTYNE, "boundingbox": ["nan", "inf", "-999", "5"]})
    article, resolutions = article_about("Robotyne")
    place = Fallback(settings).fill(article, resolutions)[0].place
    assert place is not None
    assert (place.bbox, place.radius_km) == (None, 2.0)


def test_ten_thousand_results_are_cut_to_a_few(server: Server, settings: Settings) -> None:
    server.otherwise = results(*[village("Robotyne", 47 + i / 1e4, osm_id=i) for i in range(10_000)])
    article, resolutions = article_about("Robotyne")
    filled = Fallback(settings).fill(article, resolutions)[0]
    assert len(filled.alternatives) <= 5
    assert len(server.paths) == 1


def test_names_in_answers_are_one_short_line(server: Server, settings: Settings) -> None:
    hostile = {**ROBOTYNE, "address": {"country_code": "ua", "state": "<script>\n" * 1000}}
    server.otherwise = results(hostile)
    article, resolutions = article_about("Robotyne")
    place = Fallback(settings).fill(article, resolutions)[0].place
    assert place is not None
    assert "\n" not in place.admin1
    assert len(place.admin1) <= 200


def test_a_redirect_within_the_host_is_followed(server: Server, settings: Settings) -> None:
    def moved(handler: Handler) -> None:
        send(handler, "", 301, headers={"Location": f"/new{handler.path}"})

    server.script = [moved]
    article, resolutions = article_about("Robotyne")
    assert Fallback(settings).fill(article, resolutions)[0].place is not None
    assert server.paths[1] == f"/new{server.paths[0]}"


def test_a_host_that_does_not_exist(settings: Settings) -> None:
    fallback = Fallback(replace(settings, url="http://geocoder.invalid"))
    article, resolutions = article_about("Robotyne")
    assert fallback.fill(article, resolutions)[0].place is None
    assert "DNS" in fallback.summary.unanswered["Robotyne"]


def test_a_port_where_nothing_listens(settings: Settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    fallback = Fallback(replace(settings, url=f"http://127.0.0.1:{port}"))
    article, resolutions = article_about("Robotyne")
    fallback.fill(article, resolutions)
    assert fallback.summary.unanswered["Robotyne"] == "nothing answers at the server's address"


def test_a_server_without_tls_is_not_asked_in_clear(server: Server, settings: Settings) -> None:
    fallback = Fallback(replace(settings, url=server.url.replace("http:", "https:")))
    article, resolutions = article_about("Robotyne")
    fallback.fill(article, resolutions)
    assert "TLS" in fallback.summary.unanswered["Robotyne"]
    assert server.paths == []


def test_a_certificate_nobody_vouches_for_is_not_trusted(
    server: Server, settings: Settings, tmp_path: Path
) -> None:
    openssl = shutil.which("openssl")
    assert openssl, "openssl makes the certificate: install it"
    subprocess.run(
        f"{openssl} req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -subj /CN=127.0.0.1".split(),
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    fallback = Fallback(replace(settings, url=server.url.replace("http:", "https:")))
    article, resolutions = article_about("Robotyne", "Krynky")
    fallback.fill(article, resolutions)
    assert "certificate is not trusted" in fallback.summary.unanswered["Robotyne"]
    assert server.paths == []


def test_a_server_that_keeps_failing_is_left_alone(server: Server, settings: Settings) -> None:
    server.otherwise = status(500)
    fallback = Fallback(replace(settings, concurrency=1))
    article, resolutions = article_about(*(f"Village {number}" for number in range(50)))
    fallback.fill(article, resolutions)
    assert len(server.paths) <= BREAKER_FAILURES + 1
    assert len(fallback.summary.unanswered) == 50
    lines = list(fallback.summary.lines())
    assert any("left alone: the server answered HTTP 500" in line for line in lines)
    assert any(line.endswith(" more") for line in lines)


def test_a_refused_key_is_not_tried_again(server: Server, settings: Settings) -> None:
    server.otherwise = status(401)
    fallback = Fallback(replace(settings, concurrency=1))
    article, resolutions = article_about("Robotyne", "Krynky", "Terny")
    fallback.fill(article, resolutions)
    assert len(server.paths) == 1


def test_when_the_time_is_used_up_the_rest_remains(server: Server, settings: Settings) -> None:
    server.otherwise = slow(0.2)
    fallback = Fallback(replace(settings, budget=0.7, concurrency=1))
    article, resolutions = article_about(*(f"Village {number}" for number in range(20)))
    filled = fallback.fill(article, resolutions)
    assert 1 <= len(server.paths) <= 4
    assert "time set for geocoding is used up" in str(fallback.summary.unanswered)
    server.otherwise = answer_village
    later = Fallback(settings)  # a later run goes on from there
    assert all(resolution.place for resolution in later.fill(article, resolutions))
    assert later.summary.remembered == sum(resolution.match == "geocoder" for resolution in filled)


def test_what_was_unanswered_is_not_asked_again_in_the_same_run(server: Server, settings: Settings) -> None:
    server.script = [status(404)]
    fallback = Fallback(settings)
    article, resolutions = article_about("Robotyne")
    fallback.fill(article, resolutions)
    fallback.fill(replace(article, id="a2"), resolutions)
    assert len(server.paths) == 1
    assert Fallback(settings).fill(article, resolutions)[0].place is not None  # a failure is not remembered
