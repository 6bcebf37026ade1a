"""geopy's geocoders behind one question and one kind of answer.

Any geocoder of geopy works by its name.  Services of OpenStreetMap's family, Pelias, OpenCage and Google
are read in full (id, kind, country, units, other names); of any other, the name, the point and the country
where the answer says it.
"""

from __future__ import annotations

import inspect
import logging
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

from geopy.exc import GeocoderParseError, GeopyError
from geopy.geocoders import SERVICE_TO_GEOCODER
from geopy.geocoders.base import Geocoder

from dateline.errors import InputError
from dateline.gazetteer import Place
from dateline.geo.geocoding.answers import OSM_LICENCE, OSM_SERVICES, READERS, read_any
from dateline.geo.geocoding.settings import SECRETS, Settings, find_secret, secret_variable
from dateline.geo.geocoding.transport import BoundedAdapter

#: The most candidates asked for and kept of one answer.
LIMIT = 20

#: How each service takes countries (alpha-2 codes); the others are not told any.
_COUNTRY_PARAMETERS = {
    "nominatim": "country_codes",
    "pickpoint": "country_codes",
    "openmapquest": "country_codes",
    "geolake": "country_codes",
    "pelias": "countries",
    "geocodeearth": "countries",
    "opencage": "country",
    "geonames": "country",
    "mapbox": "country",
}
_FIXED: dict[str, Any] = {
    "exactly_one": False,
    "addressdetails": True,
    "namedetails": True,
    "extratags": True,
}


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """All that leaves the machine: a name, and the countries it is likely in (alpha-2 codes)."""

    name: str
    countries: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return "Robotyne [UA]"."""
        return f"{self.name} [{', '.join(self.countries)}]" if self.countries else self.name


# geopy explains to its callers how to order coordinates; here they come from a server, and are refused below.
warnings.filterwarnings("ignore", category=UserWarning, module=r"geopy\.point")


class Service:
    """One geocoder of geopy, ready to be asked.

    Parameters
    ----------
    settings : Settings

    Raises
    ------
    InputError
        When geopy has no such geocoder, it cannot be used so, or its key is not to be found.
    """

    def __init__(self, settings: Settings) -> None:
        self.name = settings.service.lower()
        self.attribution = ""
        cls = SERVICE_TO_GEOCODER.get(self.name)
        if cls is None or not hasattr(cls, "geocode"):
            known = ", ".join(
                sorted(name for name, cls in SERVICE_TO_GEOCODER.items() if hasattr(cls, "geocode"))
            )
            raise InputError(f"there is no geocoder {settings.service!r}; geopy has {known}")
        self._settings = settings
        self._geocoder = _open(cls, self.name, settings)
        self.host = settings.host or urlsplit(getattr(self._geocoder, "api", "")).hostname or self.name
        self._parameters = inspect.signature(cls.geocode).parameters
        self._read = READERS.get(self.name, read_any)
        self.attribution = OSM_LICENCE if self.name in OSM_SERVICES else ""

    @property
    def address(self) -> str:
        """Where questions go, for a person: "nominatim at https://nominatim.openstreetmap.org"."""
        where = self._settings.url or getattr(self._geocoder, "api", "") or self.host
        parts = urlsplit(where)
        return (
            f"{self.name} at {parts.scheme}://{parts.netloc}" if parts.netloc else f"{self.name} at {where}"
        )

    @property
    def takes_countries(self) -> bool:
        """Whether the service can be told countries; where not, a question names none."""
        return self.name in _COUNTRY_PARAMETERS or self.name in ("google", "googlev3")

    def ask(self, question: Question, timeout: float) -> tuple[Place, ...]:
        """Send one question; return what the service offers, in its order.

        Raises
        ------
        geopy.exc.GeopyError
            Whatever went wrong; the message is one sentence.
        """
        wanted: dict[str, Any] = {
            **_FIXED,
            "limit": LIMIT,
            "maxresults": LIMIT,
            "language": self._settings.language,
        }
        arguments = {key: value for key, value in wanted.items() if key in self._parameters}
        if question.countries and self.name in _COUNTRY_PARAMETERS:
            arguments[_COUNTRY_PARAMETERS[self.name]] = [code.lower() for code in question.countries]
        elif question.countries and self.takes_countries:
            arguments["components"] = [("country", code) for code in question.countries]
        try:
            found = self._geocoder.geocode(question.name, timeout=timeout, **arguments) or []
            return self._places(found if isinstance(found, list) else [found])
        except GeopyError:
            raise
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            # geopy and the readers below take the answer's shape on trust.
            raise GeocoderParseError("the answer is not what this service's answers look like") from error

    def _places(self, locations: list[Any]) -> tuple[Place, ...]:
        places = []
        for location in locations[:LIMIT]:
            raw = location.raw if isinstance(location.raw, Mapping) else {}
            place = self._read(self.name, raw, location)
            if place.name and -90 <= place.lat <= 90 and -180 <= place.lon <= 180:
                places.append(place)
        return tuple(places)


def _open(cls: type[Geocoder], name: str, settings: Settings) -> Geocoder:
    accepted = inspect.signature(cls.__init__).parameters
    arguments: dict[str, Any] = dict(settings.options)
    if unknown := sorted(set(arguments) - set(accepted)):
        raise InputError(
            f"geopy's {name} has no parameter {unknown[0]!r}; it has {', '.join(list(accepted)[1:])}"
        )
    if settings.url:
        if "domain" not in accepted or "scheme" not in accepted:
            raise InputError(f"geopy's {name} cannot be asked at another address; leave the address out")
        parts = urlsplit(settings.url)
        arguments |= {"scheme": parts.scheme, "domain": parts.netloc + parts.path.rstrip("/")}
    wanted = sorted(SECRETS & set(accepted))
    secrets = {item: secret for item in wanted if (secret := find_secret(name, item))}
    _hide(secrets.values())
    contact = f"; {settings.contact}" if settings.contact else ""
    agent = f"dateline/{version('dateline')} (news geoparser{contact}) geopy/{version('geopy')}"
    try:
        return cls(
            **arguments, **secrets, user_agent=agent, adapter_factory=BoundedAdapter, timeout=settings.timeout
        )
    except (GeopyError, TypeError, ValueError) as error:
        raise InputError(_lacking(name, accepted, {*arguments, *secrets}, wanted)) from error


def _lacking(
    name: str, accepted: Mapping[str, inspect.Parameter], given: set[str], secrets: list[str]
) -> str:
    """Return the sentence that says what geopy's geocoder could not be opened without."""
    required = [
        key for key, item in accepted.items() if item.default is item.empty and key not in {"self", *given}
    ]
    if "domain" in required:
        return (
            f"{name} has no public server: give the address of yours (--geocode-url, or url in dateline.toml)"
        )
    key = next((item for item in (*required, *secrets) if item in secrets and item not in given), "")
    if not key:
        named = ", ".join(required or sorted(given))
        return f"geopy's {name} cannot be used with these settings: {named}"
    return (
        f"{name} wants a key ({' / '.join(secrets)}): put it into the environment, such as "
        f"{secret_variable(name, key)}, or into the keyring: keyring set dateline {name}.{key}"
    )


def _hide(secrets: Iterable[str]) -> None:
    """Keep keys out of geopy's log, which writes whole addresses at level DEBUG."""
    hidden = tuple(secrets)
    if not hidden:
        return

    def redact(record: logging.LogRecord) -> bool:
        message = record.getMessage()
        for secret in hidden:
            message = message.replace(secret, "***")
        record.msg, record.args = message, ()
        return True

    logging.getLogger("geopy").addFilter(redact)
