"""Many articles, several processes, and a process that dies in the middle."""

import os
import pickle
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import replace

import pytest
from loopback import Server, article_about, slow

from dateline.geo.geocoding import Fallback, Settings
from dateline.geo.geocoding.cache import info
from dateline.geo.model import Article, Resolution

#: Fills what stands in the file named first, with the settings that stand there too.
SCRIPT = """
import pickle, sys
from dateline.geo.geocoding import Fallback
settings, article, resolutions = pickle.load(open(sys.argv[1], "rb"))
filled = Fallback(settings).fill(article, resolutions)
print(sum(resolution.match == "geocoder" for resolution in filled))
"""


def start(settings: Settings, article: Article, resolutions: list[Resolution]) -> "subprocess.Popen[str]":
    """Start another process that fills an article; it prints how many places it found."""
    assert settings.cache is not None
    job = settings.cache.with_suffix(".job")
    job.write_bytes(pickle.dumps((settings, article, resolutions)))
    return subprocess.Popen([sys.executable, "-c", SCRIPT, str(job)], stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_two_hundred_articles_with_two_thousand_unknown_names_ask_each_once(
    server: Server, settings: Settings
) -> None:
    fallback = Fallback(replace(settings, timeout=20, budget=600))
    for number in range(200):
        own = [f"Village {number * 10 + i}" for i in range(10)]
        shared = [f"Village {(number * 7 + i) % (number * 10 + 10)}" for i in range(5)]
        article, resolutions = article_about(*own, *shared)
        assert all(resolution.place for resolution in fallback.fill(article, resolutions))
    assert Counter(server.names) == {f"Village {number}": 1 for number in range(2000)}
    assert fallback.summary.requests == len(fallback.summary.found) == 2000


def test_two_processes_ask_each_name_once_and_both_get_it(server: Server, settings: Settings) -> None:
    server.otherwise = slow(0.02)
    settings = replace(settings, timeout=20)
    article, resolutions = article_about(*(f"Village {number}" for number in range(40)))
    both = [start(settings, article, resolutions) for _ in range(2)]
    assert [process.communicate(timeout=120)[0].strip() for process in both] == ["40", "40"]
    assert Counter(server.names) == {f"Village {number}": 1 for number in range(40)}


def test_a_killed_process_leaves_a_cache_to_go_on_from(server: Server, settings: Settings) -> None:
    server.otherwise = slow(0.2)  # time enough to be killed on a busy machine
    settings = replace(settings, concurrency=1)
    article, resolutions = article_about(*(f"Village {number}" for number in range(60)))
    process = start(settings, article, resolutions)
    while len(server.paths) < 10:
        assert process.poll() is None
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert settings.cache is not None
    with closing(sqlite3.connect(settings.cache)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    kept = info(settings.cache).answers
    assert kept >= 8
    server.otherwise = slow(0.0)
    again = Fallback(settings)
    assert all(resolution.place for resolution in again.fill(article, resolutions))
    assert (again.summary.remembered, again.summary.requests) == (kept, 60 - kept)


def test_ctrl_c_keeps_what_was_learnt(server: Server, settings: Settings) -> None:
    server.otherwise = slow(0.3)
    article, resolutions = article_about(*(f"Village {number}" for number in range(60)))
    process = start(settings, article, resolutions)
    while len(server.paths) < 12:
        assert process.poll() is None
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGINT)
    process.wait(timeout=30)
    assert settings.cache is not None
    assert 4 <= info(settings.cache).answers < 60
