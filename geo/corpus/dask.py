"""The same batches on the workers of a Dask cluster: one on this machine, or one that is given."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from types import TracebackType
from typing import Any

from dateline.errors import InputError, MissingExtraError
from dateline.geo.corpus.batches import Batch, MakeParser, work
from dateline.geo.corpus.pools import again, stream

_CONNECT_SECONDS = 20
_RETRIES = 3
#: By default Dask wakes every process 50 times a second and samples its stacks 100 times, which workers feel.
#: A batch that two workers died on is looked at record by record, as locally.
_OWN_CLUSTER = {
    "distributed.admin.tick.interval": "1s",
    "distributed.worker.profile.enabled": False,
    "distributed.scheduler.allowed-failures": 1,
}


class DaskPool:
    """Workers of a Dask cluster; Dask itself gives the batches of a worker that died to another.

    Parameters
    ----------
    address : str
        Of a scheduler, such as ``tcp://scheduler:8786``; ``local`` starts a cluster on this machine.
    workers : int
        Processes of a local cluster.
    make : callable
        Makes a parser in each worker.

    Raises
    ------
    InputError
        If no scheduler answers, or it is lost on the way.
    """

    def __init__(self, address: str, workers: int, make: MakeParser) -> None:
        try:
            import dask
            import distributed
        except ImportError:
            raise MissingExtraError("running on Dask", "dask") from None
        self._make = make
        self._address = address
        self._killed = distributed.KilledWorker
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is raised in words
        untyped: Any = distributed
        self._cluster: Any = None
        if address == "local":
            with dask.config.set(_OWN_CLUSTER):
                self._cluster = untyped.LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    dashboard_address=None,
                    memory_limit=0,
                    silence_logs=logging.CRITICAL,
                )
        try:
            self.client: Any = untyped.Client(
                self._cluster or address,
                timeout=_CONNECT_SECONDS,
                direct_to_workers=self._cluster is not None,  # others may be beyond this machine's reach
            )
        except (OSError, ValueError) as error:
            raise InputError(f"{address}: no Dask scheduler answers ({error}); check the address") from None
        self._executor = self.client.get_executor(pure=False, retries=_RETRIES)

    def __enter__(self) -> DaskPool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown(wait=kind is None)
        self.client.close()
        if self._cluster is not None:
            self._cluster.close()

    @property
    def workers(self) -> int:
        """Threads of all workers there are now."""
        threads: dict[str, int] = self.client.nthreads()
        return max(1, sum(threads.values()))

    def outcomes(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, bytes]]:
        """Return each batch with what a worker made of it, in the order they are done."""
        submitted = stream(
            batches, lambda batch: self._executor.submit(work, batch, self._make), lambda: 2 * self.workers
        )
        try:
            for batch, future in submitted:
                try:
                    outcome = future.result()
                except self._killed:  # by then Dask has tried it on several workers
                    outcome = again(batch, self._alone)
                yield batch, outcome
        except (CancelledError, OSError):
            raise InputError(
                f"{self._address}: the Dask cluster is gone; start it and give the same command again: "
                "what is finished stays"
            ) from None

    def _alone(self, batch: Batch) -> bytes | None:
        try:
            outcome: bytes = self._executor.submit(work, batch, self._make).result()
        except self._killed:
            return None
        return outcome
