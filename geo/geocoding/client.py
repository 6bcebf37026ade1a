"""Asking one question well: the cache first, then the server at its pace, with patience that ends."""

from __future__ import annotations

import math
import random
import threading
import time
from dataclasses import dataclass

from geopy.adapters import AdapterHTTPError, get_retry_after
from geopy.exc import (
    ConfigurationError,
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)

from dateline.gazetteer import Place
from dateline.geo.geocoding.cache import Cache, default_path
from dateline.geo.geocoding.services import Question, Service
from dateline.geo.geocoding.settings import Settings
from dateline.geo.geocoding.transport import GeocoderNameless, GeocoderRedirected, GeocoderUntrusted

#: Failed requests in a row after which a server is left alone, and for how many seconds.
BREAKER_FAILURES = 4
BREAKER_SECONDS = 60.0

#: The longest that one question waits for its turn, or for what Retry-After asks.
LONGEST_WAIT = 30.0

_DAY = 86_400.0


class Unanswered(Exception):
    """A question that got no answer; the text is the reason."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What an exception of geopy means for the next request.

    Parameters
    ----------
    reason : str
    transient : bool
        Whether the same question may succeed a moment later.
    leave_alone : float
        Seconds for which no other question can be expected to succeed either.
    refused : bool
        Whether the server works and only this question is not to its liking.
    retry_after : float
        Seconds the server asks to be left alone.
    """

    reason: str
    transient: bool = False
    leave_alone: float = 0.0
    refused: bool = False
    retry_after: float = 0.0


def understand(error: Exception) -> Failure:
    """Return what `error` means; nothing of its text is repeated unless it is Dateline's own."""
    cause = error.__cause__
    if isinstance(cause, AdapterHTTPError):
        status = cause.status_code
        wait = (get_retry_after(cause.headers) or 0.0) if status in (429, 503) else 0.0
        reason = f"the server answered HTTP {status}"
        if wait:
            reason += f" and asks to wait {wait:.0f} s"
        return Failure(
            reason,
            transient=status in (408, 425, 429) or status >= 500,
            leave_alone=math.inf if status in (401, 402, 403, 407) else 0.0,
            refused=status in (400, 412, 413, 414),
            retry_after=wait,
        )
    if isinstance(error, GeocoderRedirected | GeocoderUntrusted):
        return Failure(str(error), leave_alone=math.inf)
    if isinstance(
        error, GeocoderNameless
    ):  # looking a name up in vain can take long, and retrying does not help
        return Failure(str(error), leave_alone=BREAKER_SECONDS)
    if isinstance(error, GeocoderTimedOut | GeocoderUnavailable):
        return Failure(str(error), transient=True)
    if isinstance(error, GeocoderParseError):
        return Failure(str(error))
    if isinstance(error, GeocoderQuotaExceeded):
        return Failure("the service's quota is used up", leave_alone=math.inf)
    if isinstance(error, GeocoderAuthenticationFailure | GeocoderInsufficientPrivileges | ConfigurationError):
        return Failure("the service does not accept the key", leave_alone=math.inf)
    if isinstance(error, GeocoderQueryError):
        return Failure("the service does not accept the question", refused=True)
    return Failure("the service reports an error")


class Breaker:
    """Leaves a server alone that fails again and again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_until = 0.0
        self._reason = ""

    def check(self) -> None:
        """Raise :class:`Unanswered` while the server is left alone."""
        with self._lock:
            if time.monotonic() < self._closed_until:
                raise Unanswered(f"the server is left alone: {self._reason}")

    def note(self, failure: Failure | None) -> None:
        """Take note of how a request ended; None is well."""
        with self._lock:
            if failure is None or failure.refused:
                self._failures = 0
                return
            self._failures += 1
            seconds = max(failure.leave_alone, BREAKER_SECONDS if self._failures >= BREAKER_FAILURES else 0.0)
            if seconds:
                self._reason = failure.reason
                self._closed_until = time.monotonic() + seconds


class Client:
    """A geocoder with its cache, its pace and its breaker.

    Parameters
    ----------
    settings : Settings
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.service = Service(settings)
        self.cache = Cache(
            settings.cache or default_path(),
            " ".join(
                [self.service.address, settings.url, settings.language, str(sorted(settings.options.items()))]
            ),
            keep=settings.keep_days * _DAY,
            keep_none=settings.keep_none_days * _DAY,
        )
        self.requests = 0
        self._counting = threading.Lock()
        self._breaker = Breaker()
        self._stop = threading.Event()

    @property
    def concurrency(self) -> int:
        """How many questions may be under way at once."""
        return 1 if self.settings.pace else self.settings.concurrency

    def start(self) -> None:
        """Take questions again after a :meth:`stop`."""
        self._stop.clear()

    def stop(self) -> None:
        """Make every thread that waits in :meth:`ask` give up."""
        self._stop.set()

    def remembered(self, question: Question) -> tuple[Place, ...] | None:
        """Return what the cache knows; nothing is asked."""
        return self.cache.get(question)

    def ask(self, question: Question, deadline: float) -> tuple[Place, ...]:
        """Return the places a question may mean, from the cache or the server.

        Parameters
        ----------
        question : Question
        deadline : float
            Of :func:`time.monotonic`.

        Raises
        ------
        Unanswered
            When there is no answer by then.
        """
        failure = Failure("")
        for attempt in range(self.settings.attempts):
            if attempt:
                self._sleep(0.5 * 2**attempt * random.uniform(0.5, 1.5), deadline)
            try:
                if (known := self._take_turn(question, deadline, failure)) is not None:
                    return known
                places = self._send(question, deadline)
                self._breaker.note(None)
                self.cache.put(question, places)
                return places
            except GeopyError as error:
                failure = understand(error)
                self._breaker.note(failure)
                if failure.retry_after:
                    self.cache.pause(self.service.host, failure.retry_after)
                if not failure.transient:
                    break
            finally:
                self.cache.release(question)
        raise Unanswered(failure.reason)

    def _send(self, question: Question, deadline: float) -> tuple[Place, ...]:
        with self._counting:
            self.requests += 1
        return self.service.ask(question, min(self.settings.timeout, deadline - time.monotonic()))

    def _take_turn(self, question: Question, deadline: float, last: Failure) -> tuple[Place, ...] | None:
        """Claim the question and wait for its turn; return the answer if another process got it first."""
        hold = self.settings.timeout + 1
        while True:
            self._breaker.check()
            mine = self.cache.claim(question, hold)
            if (known := self.cache.get(question)) is not None:
                return known
            if mine:
                break
            self._sleep(0.1, deadline)  # another process is asking it at this moment
        left = deadline - time.monotonic()
        if left <= 0:
            raise Unanswered("the time set for geocoding is used up")
        wait = self.cache.reserve(self.service.host, self.settings.pace, min(left, LONGEST_WAIT))
        if wait is None:
            raise Unanswered(last.reason or "the server is busy, or asked to be left alone for a while")
        if wait:
            self.cache.claim(question, wait + hold)
            self._sleep(wait, deadline)
            self._breaker.check()
        return None

    def _sleep(self, seconds: float, deadline: float) -> None:
        """Wait; raise :class:`Unanswered` when that would pass the deadline, or when stopped."""
        if time.monotonic() + seconds > deadline:
            raise Unanswered("the time set for geocoding is used up")
        if self._stop.wait(seconds):
            raise Unanswered("interrupted")
