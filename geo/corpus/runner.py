"""A whole corpus: read, cut into batches, parsed by workers, written once."""

from __future__ import annotations

import hashlib
import os
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline import __version__
from dateline.errors import InputError
from dateline.geo.corpus import batches as batching
from dateline.geo.corpus import readers, sources, store
from dateline.geo.corpus.batches import Batch, MakeParser, Parser
from dateline.geo.corpus.duplicates import SIMILAR
from dateline.geo.corpus.finish import finish
from dateline.geo.corpus.progress import Progress
from dateline.geo.corrections import Corrections

if TYPE_CHECKING:
    from dateline.gazetteer import Gazetteer
    from dateline.geo.geocoding import Settings

_FEED_SECONDS = 30
_LARGEST_FEED = 64 * 1024 * 1024


def run(
    inputs: Iterable[str | Path],
    directory: str | Path,
    *,
    model: str = "default",
    workers: int | None = None,
    dask: str | None = None,
    columns: Mapping[str, str] | None = None,
    corrections: str | Path | None = None,
    similar: float | None = SIMILAR,
    batch_size: int = batching.ARTICLES,
    geocode: Settings | None = None,
    parser: MakeParser | None = None,
    gazetteer: Callable[[], Gazetteer] | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> dict[str, Any]:
    """Find the places and events of a corpus and write them as tables.

    A run that was interrupted, by whatever, goes on where it stopped when it is called again, and ends with
    the same bytes as one that was not.

    Parameters
    ----------
    inputs : iterable of str or Path
        Files, folders, glob patterns, URLs; docs/corpora.md lists the formats.
    directory : str or Path
        Where the tables go.
    model : {"default", "fast"}
        Stands in the settings, also with a `parser` of your own.
    workers : int, optional
        Processes; one for each core unless given.
    dask : str, optional
        Address of a Dask scheduler to use instead, or ``local``.
    columns : mapping, optional
        Field of an article (``text``, ``title``, ``date``...) -> column; the rest is guessed.
    corrections : str or Path, optional
        File of what people put right (docs/corrections.md).
    similar : float or None
        Least similarity of texts that count as reprints; None compares to the letter.
    batch_size : int
        Articles that a worker does at a time, and a killed run does again.
    geocode : Settings, optional
        Whom to ask for places that the gazetteer lacks; nobody unless given.
    parser, gazetteer : callable, optional
        Make others than the bundled ones; the first must survive pickling.
    say : callable
        Told what was found out, such as which column was taken for the text.

    Returns
    -------
    dict
        The manifest.

    Raises
    ------
    InputError
        If the corpus holds no article, or has changed since the run was interrupted.
    OutputError
        If the folder cannot be written to, or another run works in it.
    """
    names = [str(name) for name in inputs]
    given = dict(columns or {})
    settings = {
        "inputs": names,
        "columns": given,
        "model": model,
        "geocoder": f"{geocode.service} {geocode.url}".strip() if geocode else "",
        "corrections": _fingerprint(corrections) if corrections else "",
        "similar": similar,
        "batch": batch_size,
        "dateline": __version__,
    }
    found = sources.find(names, say)
    right = Corrections.read(corrections) if corrections else None
    make = parser or MakeGeoparser(model, geocode, right)
    with store.Folder(Path(directory), settings) as folder:
        if folder.finished:
            folder.clean()
            manifest = store.read_manifest(folder.path)
            assert manifest is not None
            say(f"{folder.path}: was finished before; nothing to do")
            return manifest
        found = _snapshots(found, folder.work / "feeds")
        meter = sources.Meter()
        progress = Progress(meter)
        records = readers.read(found, given, meter, say)
        todo = _unfinished(batching.cut(records, batch_size), folder, progress)
        _work(todo, folder, progress, _count(workers), dask, make)
        progress.say("Looking for reprints and writing the tables...")
        manifest = finish(folder, (gazetteer or _gazetteer)(), similar)
        progress.close()
        folder.clean()
    return manifest


def _work(
    todo: Iterator[Batch],
    folder: store.Folder,
    progress: Progress,
    workers: int,
    dask: str | None,
    make: MakeParser,
) -> None:
    """Give the batches to the workers and write what comes back."""
    if (first := next(todo, None)) is None:
        return  # every batch was done before

    def all_of_them() -> Iterator[Batch]:
        yield first
        yield from todo

    with _pool(workers, dask, make) as pool:
        for batch, outcome in pool.outcomes(all_of_them()):
            store.write_bytes(outcome, folder.batches / batch.name)
            progress.add(len(batch.records), batching.rejected(outcome))


def _pool(workers: int, dask: str | None, make: MakeParser) -> Any:
    if dask:
        from dateline.geo.corpus.dask import DaskPool

        return DaskPool(dask, workers, make)
    from dateline.geo.corpus.pools import LocalPool

    return LocalPool(workers, make)


def _unfinished(batches: Iterable[Batch], folder: store.Folder, progress: Progress) -> Iterator[Batch]:
    """Return the batches that have no outcome yet.

    Raises
    ------
    InputError
        If one has an outcome of other content.
    """
    done = {path.name.partition("-")[0]: path.name for path in folder.batches.glob("*.zip")}
    last = -1
    for batch in batches:
        last = batch.number
        before = done.pop(batch.name.partition("-")[0], "") if done else ""
        if before and before != batch.name:
            raise InputError(_changed(folder, batch))
        if before:
            progress.skip(len(batch.records))
        else:
            yield batch
    if done:
        raise InputError(
            f"{folder.path}: the corpus ends at batch {last} but was longer when this run began; "
            "run it into a new folder"
        )


def _changed(folder: store.Folder, batch: Batch) -> str:
    first, last = batch.records[0], batch.records[-1]
    return (
        f"{folder.path}: the corpus has changed between {first.path} record {first.line} and {last.path} "
        f"record {last.line} since this run began; run it into a new folder"
    )


def _snapshots(found: list[sources.Source], folder: Path) -> list[sources.Source]:
    """Fetch the feeds among the sources once, so that a run that starts again reads the same."""
    kept = []
    for number, source in enumerate(found):
        if source.format == "feed" and source.path.startswith(("http://", "https://")):
            path = folder / f"{number:05d}.xml"
            if not path.exists():
                folder.mkdir(exist_ok=True)
                store.write_bytes(_fetch(source.path), path)
            source = replace(source, location=str(path), size=path.stat().st_size)
        kept.append(source)
    return kept


def _fetch(url: str) -> bytes:
    request = urllib.request.Request(url, headers={"User-Agent": f"dateline/{__version__}"})
    try:
        with urllib.request.urlopen(request, timeout=_FEED_SECONDS) as answer:
            raw: bytes = answer.read(_LARGEST_FEED)
    except (OSError, ValueError) as error:
        raise InputError(f"{url}: cannot be fetched ({error}); check the address") from None
    return raw


def _count(workers: int | None) -> int:
    if workers is not None and workers < 1:
        raise InputError(f"{workers} workers can do nothing; give at least 1")
    if workers:
        return workers
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class MakeGeoparser:
    """Makes the geoparser of a worker; equal ones make the same, so that a worker needs only one."""

    model: str
    geocode: Settings | None = None
    corrections: Corrections | None = None

    def __call__(self) -> Parser:
        """Load the models."""
        from dateline.geo.geocoding import Fallback
        from dateline.geo.pipeline import Geoparser

        geocoder = Fallback(self.geocode) if self.geocode else None
        return Geoparser(self.model, geocoder=geocoder, corrections=self.corrections)


def _fingerprint(path: str | Path) -> str:
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:16]
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path") from None


def _gazetteer() -> Gazetteer:
    from dateline.gazetteer import open as open_gazetteer

    return open_gazetteer()
