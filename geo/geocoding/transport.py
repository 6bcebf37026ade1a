"""The only door to the network: one HTTP GET, bounded in time, in size and in where it may be led.

geopy builds the questions and reads the answers; it sends them through the adapter here, since its own ones
follow redirects to any host, read bodies without end and count a time-out anew for every byte received.
"""

from __future__ import annotations

import contextlib
import functools
import http.client
import json
import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import IO, Any
from urllib.parse import urlsplit

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderParseError, GeocoderServiceError, GeocoderTimedOut, GeocoderUnavailable

#: The largest answer read: 40 results of Nominatim with all their names are about 200 kB.
MAX_BYTES = 4_000_000


class GeocoderRedirected(GeocoderServiceError):  # type: ignore[misc]
    """The server points elsewhere; not followed: the question, and a key in it, was not meant for there."""


class GeocoderUntrusted(GeocoderServiceError):  # type: ignore[misc]
    """The server's certificate does not prove that it is the server asked for."""


class GeocoderNameless(GeocoderUnavailable):  # type: ignore[misc]
    """The server's name leads nowhere: a typing error, or no network."""


class Deadline:
    """Cuts a connection off when its time is up, whatever it is doing.

    A socket's own time-out starts anew with each byte, so a server that drips its answer never reaches it.
    """

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Deadline:
        self._timer.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._timer.cancel()

    def watch(self, connected: socket.socket) -> None:
        """Make `connected` the socket to cut."""
        with self._lock:
            self._socket = connected
        if self.passed:
            self._cut()

    def _cut(self) -> None:
        self.passed = True
        with self._lock:
            if self._socket is not None:
                with contextlib.suppress(OSError):  # closed already
                    # Past SSLSocket's own method, which would take the TLS state from the reading thread.
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a redirect within the host it came from, never from https to http."""

    max_redirections = max_repeats = 3

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        secure_enough = new.scheme == "https" or new.scheme == old.scheme == "http"
        if new.hostname != old.hostname or not secure_enough:
            raise GeocoderRedirected(f"the server redirects to {new.scheme}://{new.hostname}; not followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(
    proxies: dict[str, str] | None,
    watch: Callable[[socket.socket], None],
    context: Callable[[], ssl.SSLContext],
) -> urllib.request.OpenerDirector:
    """Return an opener for http and https only, whose connections tell `watch` their socket."""

    class Plain(http.client.HTTPConnection):
        def connect(self) -> None:
            super().connect()
            watch(self.sock)

    class Secure(http.client.HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            watch(self.sock)

    class PlainHandler(urllib.request.HTTPHandler):
        def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Plain, req)

    class SecureHandler(urllib.request.AbstractHTTPHandler):
        https_request = urllib.request.AbstractHTTPHandler.do_request_

        def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Secure, req, context=context())

    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(proxies),
        urllib.request.UnknownHandler(),
        PlainHandler(),
        SecureHandler(),
        _SameHost(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


class BoundedAdapter(BaseSyncAdapter):  # type: ignore[misc]
    """geopy's way out: the system's proxies, one deadline a request, :data:`MAX_BYTES` an answer."""

    def __init__(self, *, proxies: Mapping[str, str] | None, ssl_context: ssl.SSLContext | None) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._proxies = None if proxies is None else dict(proxies)
        self._given_context = ssl_context

    @functools.cached_property
    def _context(self) -> ssl.SSLContext:
        return self._given_context or ssl.create_default_context()

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        """Return the JSON value that `url` answers.

        Raises
        ------
        geopy.exc.GeocoderParseError
            When the answer is no JSON (the text itself is not repeated: it may be anything).
        """
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            kind = "a web page" if text.lstrip()[:1] == "<" else "no JSON"
            raise GeocoderParseError(f"the server answered with {kind}") from None

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        """Return the text that `url` answers, within `timeout` seconds from the first packet to the last."""
        with Deadline(timeout) as deadline:
            opener = _opener(self._proxies, deadline.watch, lambda: self._context)
            try:
                request = urllib.request.Request(url, headers=dict(headers))
                with opener.open(request, timeout=timeout) as response:
                    body: bytes = response.read(MAX_BYTES + 1)
                    if len(body) <= MAX_BYTES and response.length:
                        raise http.client.IncompleteRead(body, response.length)
            except urllib.error.HTTPError as error:
                with error:
                    raise AdapterHTTPError(
                        f"the server answered HTTP {error.code}",
                        status_code=error.code,
                        headers={name.lower(): value for name, value in error.headers.items()},
                        text=None,
                    ) from None
            except GeocoderServiceError:
                raise
            except (OSError, http.client.HTTPException) as error:
                raise _named(error, deadline.passed, timeout) from error
            if deadline.passed:  # a body without a length simply ends where it is cut
                raise _named(TimeoutError(), True, timeout)
        if len(body) > MAX_BYTES:
            raise GeocoderParseError(f"the answer is larger than {MAX_BYTES // 1_000_000} MB")
        try:
            return body.decode("utf-8")
        except ValueError:
            raise GeocoderParseError("the answer is not UTF-8 text") from None


def _named(error: Exception, cut: bool, timeout: float) -> GeocoderServiceError:
    """Return geopy's exception, with a sentence for a person, for what went wrong on the way."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if cut or isinstance(reason, TimeoutError):
        return GeocoderTimedOut(f"no whole answer within {timeout:g} s")
    if isinstance(reason, ssl.SSLCertVerificationError):
        return GeocoderUntrusted(f"the server's certificate is not trusted ({reason.verify_message})")
    if isinstance(reason, ssl.SSLError):
        return GeocoderUntrusted("no secure connection (TLS) could be made")
    if isinstance(reason, socket.gaierror):
        return GeocoderNameless("the server's name cannot be found (DNS)")
    if isinstance(reason, ConnectionRefusedError):
        return GeocoderUnavailable("nothing answers at the server's address")
    if isinstance(reason, ConnectionError | http.client.HTTPException):
        return GeocoderUnavailable("the connection broke")
    return GeocoderUnavailable("the server cannot be reached")
