"""The same corpus on a Dask cluster: the same bytes, also when a worker dies in the middle."""

import json
import os
import signal
import threading
import time
from pathlib import Path

import pytest
from corpus_stub import Gazetteer, Parser

from dateline.errors import InputError
from dateline.geo import corpus

distributed = pytest.importorskip("distributed", reason="needs dateline[dask]")


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty articles."""
    path = tmp_path_factory.mktemp("dask") / "news.jsonl"
    rows = [
        {"text": f"A strike hit Kyiv and Kharkiv; report {i} of that night.", "source": "AFP"}
        for i in range(40)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def contents(directory: Path) -> dict[str, bytes]:
    return {str(p.relative_to(directory)): p.read_bytes() for p in directory.rglob("*") if p.is_file()}


def test_dask_writes_the_same_bytes_and_survives_a_killed_worker(news: Path, tmp_path: Path) -> None:
    corpus.run([news], tmp_path / "local", workers=1, batch_size=2, parser=Parser, gazetteer=Gazetteer)
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        pids = [worker.pid for worker in cluster.workers.values()]
        batches = tmp_path / "dask" / ".run" / "batches"

        def kill_one() -> None:
            while not list(batches.glob("*.zip")):
                time.sleep(0.01)
            os.kill(pids[0], signal.SIGKILL)

        killer = threading.Thread(target=kill_one)
        killer.start()
        address = cluster.scheduler_address
        corpus.run([news], tmp_path / "dask", dask=address, batch_size=2, parser=Parser, gazetteer=Gazetteer)
        killer.join()
    assert contents(tmp_path / "dask") == contents(tmp_path / "local")


@pytest.mark.slow
def test_a_record_that_kills_its_worker_is_rejected_as_locally(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    texts = ["A strike hit Kyiv.", "This record makes kill-worker happen.", "A strike hit Lagos."]
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    for name, how in (("local", None), ("dask", "local")):
        corpus.run([path], tmp_path / name, workers=1, dask=how, parser=Parser, gazetteer=Gazetteer)
    assert contents(tmp_path / "dask") == contents(tmp_path / "local")
    assert b"the worker died on this record" in contents(tmp_path / "dask")["rejects.jsonl"]


@pytest.mark.slow
def test_a_scheduler_lost_on_the_way_is_said_in_words(news: Path, tmp_path: Path) -> None:
    batches = tmp_path / "out" / ".run" / "batches"
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as cluster:

        def lose() -> None:
            while not list(batches.glob("*.zip")):
                time.sleep(0.01)
            cluster.sync(cluster.scheduler.close)

        loser = threading.Thread(target=lose)
        loser.start()
        with pytest.raises(InputError, match="the Dask cluster is gone; start it and give the same command"):
            corpus.run(
                [news], tmp_path / "out", dask=cluster.scheduler_address, batch_size=2,
                parser=Parser, gazetteer=Gazetteer,
            )  # fmt: skip
        loser.join()


def test_no_scheduler_is_said_in_words(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.geo.corpus import dask

    monkeypatch.setattr(dask, "_CONNECT_SECONDS", 1)
    with pytest.raises(InputError, match=r"tcp://127.0.0.1:9: no Dask scheduler answers"):
        corpus.run([news], tmp_path / "out", dask="tcp://127.0.0.1:9", parser=Parser, gazetteer=Gazetteer)
