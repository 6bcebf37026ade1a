"""Worker processes on this machine, and the stream of batches through them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as wait_for
from types import TracebackType

from dateline.errors import InputError
from dateline.geo.corpus.batches import Batch, MakeParser, work
from dateline.geo.corpus.readers import Record

FATAL = "the worker died on this record"
#: Libraries that would start a thread for each core in every worker.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "ARROW_IO_THREADS")


def stream(
    batches: Iterable[Batch], submit: Callable[[Batch], Future[bytes]], limit: Callable[[], int]
) -> Iterator[tuple[Batch, Future[bytes]]]:
    """Return batches as they are done, at most `limit()` under way: the reader waits for the workers."""
    under_way: dict[Future[bytes], Batch] = {}
    for batch in batches:
        under_way[submit(batch)] = batch
        while len(under_way) >= limit():
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                yield under_way.pop(future), future
    while under_way:
        for future in wait(under_way, return_when=FIRST_COMPLETED).done:
            yield under_way.pop(future), future


def again(batch: Batch, alone: Callable[[Batch], bytes | None]) -> bytes:
    """Do a batch whose worker died once more; if another dies too, without the records that workers die on.

    Parameters
    ----------
    batch : Batch
    alone : callable
        Does a batch while no other is at risk; returns None if the worker died.

    Raises
    ------
    InputError
        If workers die whatever is left out.
    """
    outcome = alone(batch)
    if outcome is None:
        records = tuple(
            record if alone(Batch(0, 0, (record,))) is not None else _rejected(record)
            for record in batch.records
        )
        outcome = alone(replace(batch, records=records))
    if outcome is None:
        raise InputError(
            f"{batch.records[0].path}: workers die around record {batch.records[0].line}, perhaps for "
            "want of memory; run again with fewer --workers"
        )
    return outcome


class LocalPool:
    """Processes on this machine; one that dies is replaced, and a record that kills it twice is rejected.

    Parameters
    ----------
    workers : int
    make : callable
        Makes a parser in each.
    """

    def __init__(self, workers: int, make: MakeParser) -> None:
        self.workers = workers
        self._make = make
        self._context = multiprocessing.get_context("spawn")
        self._ends_with, self._alive = self._context.Pipe(duplex=False)  # closed, it ends every worker
        self._executor = self._start(workers)
        self._spare: ProcessPoolExecutor | None = None  # one worker for what another died on

    def __enter__(self) -> LocalPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._alive.close()  # a failed run does not wait for what its workers are doing
        for executor in filter(None, (self._executor, self._spare)):
            executor.shutdown(wait=True, cancel_futures=True)

    def outcomes(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, bytes]]:
        """Return each batch with what a worker made of it, in the order they are done."""
        for batch, future in stream(batches, self._submit, lambda: 2 * self.workers):
            try:
                yield batch, future.result()
            except BrokenProcessPool:
                yield batch, again(batch, self._alone)

    def _start(self, workers: int) -> ProcessPoolExecutor:
        for name in _ONE_THREAD:
            os.environ.setdefault(name, "1")
        return ProcessPoolExecutor(
            workers, mp_context=self._context, initializer=_prepare, initargs=(self._ends_with,)
        )

    def _submit(self, batch: Batch) -> Future[bytes]:
        try:
            return self._executor.submit(work, batch, self._make)
        except BrokenProcessPool:
            self._executor.shutdown(wait=False)
            self._executor = self._start(self.workers)
            return self._executor.submit(work, batch, self._make)

    def _alone(self, batch: Batch) -> bytes | None:
        self._spare = self._spare or self._start(1)
        try:
            return self._spare.submit(work, batch, self._make).result()
        except BrokenProcessPool:
            self._spare.shutdown(wait=False)
            self._spare = None
            return None


def _rejected(record: Record) -> Record:
    return Record(record.path, record.line, problem=FATAL)


def _prepare(run: Connection) -> None:
    """Make a worker leave Ctrl-C to the run, and end with it however it ends, ``kill -9`` too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, args=(run,), daemon=True).start()


def _follow(run: Connection) -> None:
    wait_for([run])  # ready when the other end is closed, which the system does for a dead process
    os._exit(1)
