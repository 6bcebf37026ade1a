"""Fetching a GeoNames dump: with progress, and going on where a broken download stopped."""

from __future__ import annotations

import http.client
import os
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import platformdirs

from dateline.errors import InputError, OutputError

SERVER = "https://download.geonames.org/export/dump"
_CHUNK = 1 << 20


def fetched(name: str, tell: Callable[[str], None], server: str = SERVER, folder: Path | None = None) -> Path:
    """Return a dump such as ``UA`` or ``allCountries``, downloaded into the user's cache.

    A part that is there already is continued (HTTP range); a server that does not know ranges sends it anew.

    Raises
    ------
    InputError
        If the name is no dump's, or the server cannot be reached or breaks off; what came is kept for next
        time.
    """
    if not re.fullmatch(r"[A-Z]{2}|allCountries|cities500", name):
        raise InputError(
            f"geonames:{name}: no such file, and no GeoNames dump is called so (UA, allCountries)"
        )
    folder = folder or Path(platformdirs.user_cache_dir("dateline"))
    target, part = folder / f"{name}.zip", folder / f"{name}.zip.part"
    url = f"{server}/{name}.zip"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _download(url, part, tell)
        os.replace(part, target)
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
        raise InputError(f"{url}: the download broke off ({error}); run the command again to go on") from None
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror})") from None
    return target


def _download(url: str, part: Path, tell: Callable[[str], None]) -> None:
    """Append what is missing to the part."""
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})
    try:
        answer = urllib.request.urlopen(request, timeout=60)
    except urllib.error.HTTPError as error:
        if error.code == 416 and have:  # nothing is missing
            return
        raise
    with answer:
        goes_on = answer.status == 206
        length = int(answer.headers.get("Content-Length") or 0)
        done = have if goes_on else 0
        total = done + length
        with part.open("ab" if goes_on else "wb") as file:
            while chunk := answer.read(_CHUNK):
                file.write(chunk)
                before, done = done, done + len(chunk)
                if total and done * 10 // total != before * 10 // total:
                    tell(f"{url}: {done / 1e6:.0f} of {total / 1e6:.0f} MB")
        if total and done < total:
            raise ConnectionError(f"{done} of {total} bytes came")
