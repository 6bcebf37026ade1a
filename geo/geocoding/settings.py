"""What a user may set about geocoding, and where the keys of paid services come from.

Settings live in ``dateline.toml`` (table ``[geocode]``) or come from the command line; keys never do:
they are read from the environment or the system's keyring at the moment they are needed, and kept nowhere.
"""

from __future__ import annotations

import importlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from dateline.errors import InputError

#: Public servers run by volunteers, and the seconds between two requests: their policies allow one a second,
#: and a little more keeps the way there from making two of them meet.
#: https://operations.osmfoundation.org/policies/nominatim/ and https://photon.komoot.io
PUBLIC = MappingProxyType({"nominatim.openstreetmap.org": 1.1, "photon.komoot.io": 1.1})

#: Parameters of geopy's geocoders that prove who asks.
SECRETS = frozenset(
    [
        "api_key",
        "apikey",
        "app_code",
        "app_id",
        "auth_id",
        "auth_token",
        "client_id",
        "password",
        "secret_key",
        "security_key",
        "subscription_key",
        "username",
    ]
)


@dataclass(frozen=True, slots=True)
class Settings:
    """How to ask a geocoder.

    Parameters
    ----------
    service : str
        One of geopy's geocoders by name: ``nominatim``, ``photon``, ``pelias``, ``opencage``, ``google``...
    url : str
        The address of one's own server, such as ``http://localhost:8088``; empty for the service's own.
    timeout : float
        Seconds for one request, from the first packet to the last.
    budget : float
        Seconds for all questions of a run together; what is then unanswered stays unresolved.
    attempts : int
        How often a question is sent when the server is overloaded or cannot be reached.
    interval : float or None
        Seconds between two requests, all processes of this user together.  None means none on one's own
        server and one second elsewhere; the public servers in :data:`PUBLIC` are never asked faster.
    concurrency : int
        Questions under way at once, where `interval` is 0.
    language : str
        The language of the names in the answers, an ISO 639-1 code.
    contact : str
        An e-mail address or web page that goes into the User-Agent header, for the server's operators.
    keep_days, keep_none_days : float
        How long an answer is remembered, and how long that there was none.
    cache : pathlib.Path or None
        The file to remember answers in; None for one in the user's cache directory.
    options : mapping
        Further parameters of geopy's geocoder class, such as ``{"domain": "api.pelias.example"}``.

    Examples
    --------
    >>> Settings("nominatim", url="http://localhost:8088").pace
    0.0
    >>> Settings("nominatim", interval=0.1).pace
    1.1
    """

    service: str = "nominatim"
    url: str = ""
    timeout: float = 8.0
    budget: float = 120.0
    attempts: int = 3
    interval: float | None = None
    concurrency: int = 4
    language: str = "en"
    contact: str = ""
    keep_days: float = 30.0
    keep_none_days: float = 3.0
    cache: Path | None = None
    options: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        _check_numbers(self)
        parts = urlsplit(self.url)
        if self.url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query):
            raise InputError(
                f"the geocoder's address {self.url!r} is none: write it like http://localhost:8088"
            )
        if parts.username or parts.password:
            raise InputError(
                "the geocoder's address holds a password: use a server that needs none, or a proxy"
            )
        if given := SECRETS & set(self.options):
            name = min(given)
            raise InputError(
                f"[geocode.options] holds {name!r}: "
                f"put it into the environment as {secret_variable(self.service, name)}"
            )

    @property
    def host(self) -> str:
        """The host to ask when `url` names one, else empty."""
        return urlsplit(self.url).hostname or ""

    @property
    def pace(self) -> float:
        """Seconds between two requests."""
        host = self.host or {"nominatim": "nominatim.openstreetmap.org", "photon": "photon.komoot.io"}.get(
            self.service, ""
        )
        asked = self.interval if self.interval is not None else (0.0 if self.url else 1.0)
        return max(asked, PUBLIC.get(host, 0.0))


def _check_numbers(settings: Settings) -> None:
    for name in ("timeout", "budget", "keep_days", "keep_none_days"):
        value = getattr(settings, name)
        if not isinstance(value, int | float) or not 0 < value < 1e7:
            raise InputError(f"the geocoding setting {name} is {value!r}: it must be a number above 0")
    for name in ("attempts", "concurrency"):
        value = getattr(settings, name)
        if not isinstance(value, int) or not 1 <= value <= 32:
            raise InputError(
                f"the geocoding setting {name} is {value!r}: it must be a whole number from 1 to 32"
            )
    if settings.interval is not None and not 0 <= settings.interval < 3600:
        raise InputError(
            f"the geocoding setting interval is {settings.interval!r}: it must be 0 to 3600 seconds"
        )


def read_settings(path: Path) -> Settings | None:
    """Read the table ``[geocode]`` of a ``dateline.toml``.

    Returns
    -------
    Settings or None
        None when the file has no such table: then nothing is asked.

    Raises
    ------
    InputError
        When the file is no TOML, or holds a setting that does not exist, a key, or a bad value.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8")).get("geocode")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise InputError(f"{path} is no TOML file: {error}") from error
    if table is None:
        return None
    known = {item.name for item in fields(Settings)}
    if not isinstance(table, dict) or not isinstance(table.get("service", ""), str):
        raise InputError(
            f'{path}: geocode must be a table with a service, as in: [geocode] service = "nominatim"'
        )
    if unknown := sorted(set(table) - known):
        raise InputError(f"{path}: [geocode] knows no {unknown[0]!r}; it knows {', '.join(sorted(known))}")
    try:
        if "cache" in table:
            table["cache"] = path.parent / table["cache"]
        return Settings(**table)
    except (InputError, TypeError) as error:
        raise InputError(f"{path}: {error}") from error


def secret_variable(service: str, name: str) -> str:
    """Return the environment variable that holds a service's secret.

    Examples
    --------
    >>> secret_variable("opencage", "api_key")
    'DATELINE_OPENCAGE_API_KEY'
    """
    return f"DATELINE_{service}_{name}".upper()


def find_secret(service: str, name: str) -> str | None:
    """Return a service's secret from the environment or, with the extra ``geocode``, the system's keyring.

    In the keyring it stands under the service ``dateline`` and the user ``SERVICE.NAME``
    (``keyring set dateline opencage.api_key``).
    """
    if value := os.environ.get(secret_variable(service, name)):
        return value
    try:
        keyring = importlib.import_module("keyring")
    except ImportError:
        return None
    try:
        found = keyring.get_password("dateline", f"{service}.{name}")
    except keyring.errors.KeyringError:  # no keyring on this machine, or it stays locked
        return None
    return str(found) if found else None
