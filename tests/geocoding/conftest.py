"""The loopback geocoder as fixtures."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Server

from dateline.geo.geocoding import Settings


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def settings(server: Server, tmp_path: Path) -> Settings:
    """Nominatim at the loopback server, impatient, with a cache of its own."""
    return Settings(url=server.url, timeout=0.6, budget=20, cache=tmp_path / "cache.sqlite")


@pytest.fixture(autouse=True)
def no_backoff(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retry at once: how long a pause lasts is not what these tests are about."""
    monkeypatch.setattr("dateline.geo.geocoding.client.random.uniform", lambda low, high: 0.0)
