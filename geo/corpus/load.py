"""The way back: from a run's folder to a result, with filters that Arrow applies while it reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import reduce
from operator import and_
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from dateline.errors import InputError
from dateline.geo.corpus import store
from dateline.geo.filters import Box, Filters
from dateline.geo.result import Result


def load(directory: str | Path, filters: Filters | None = None, *, reprints: bool = False) -> Result:
    """Read the tables of a finished run.

    Parameters
    ----------
    directory : str or Path
        Where :func:`dateline.geo.corpus.run` wrote.
    filters : Filters, optional
        Which events; then only their articles, mentions and places come along.
    reprints : bool
        Whether an event that several articles report comes once for each of them; otherwise one article
        speaks for all, and `reports` and `sources` tell the others.

    Returns
    -------
    Result

    Raises
    ------
    InputError
        If the folder holds no finished run, or one of another version.

    Examples
    --------
    >>> load("kyiv-2026", Filters(countries=["UA"], min_confidence=0.6))  # doctest: +SKIP
    <Result: 1204 articles, 9713 mentions of 214 places, 2230 events, 2230 located>
    """
    folder = Path(directory)
    manifest = store.read_manifest(folder)
    if manifest is None:
        unfinished = (folder / store.WORK).exists()
        mend = "holds an unfinished run; run the same command again"
        if not unfinished:
            mend = (
                f"holds no run; name its files, as in {folder}/*.txt, or first 'dateline run {folder} -o OUT'"
            )
        raise InputError(f"{folder}: {mend}")
    filters = filters or Filters()
    own = [] if reprints else [pc.field("duplicate_of") == ""]
    events = _read(folder, manifest, "events", [*own, *_conditions(filters)])
    articles, mentions, places = [], [], []
    if filters:
        article_ids = pc.unique(events["article_id"])
        articles = [pc.field("article_id").isin(article_ids)]
        mentions = [pc.field("mention_id").isin(pc.unique(events["mention_id"]))]
        places = [pc.field("place_id").isin(pc.unique(events["place_id"]))]
    return Result(
        events=_frame("events", events),
        places=_frame("places", _read(folder, manifest, "places", places)),
        mentions=_frame("mentions", _read(folder, manifest, "mentions", mentions)),
        articles=_frame("articles", _read(folder, manifest, "articles", articles)),
    )


def _read(folder: Path, manifest: dict[str, Any], name: str, conditions: list[Any]) -> pa.Table:
    files = [str(folder / part) for part in manifest["tables"][name]]
    try:
        dataset = ds.dataset(files, format="parquet")
        return dataset.to_table(
            columns=list(store.TABLES[name]), filter=reduce(and_, conditions) if conditions else None
        )
    except (OSError, pa.ArrowInvalid) as error:
        raise InputError(f"{folder}: is damaged ({error}); run the corpus into a new folder") from None


def _frame(name: str, table: pa.Table) -> pd.DataFrame:
    return store.to_frame(table.cast(store.arrow_schema(name)))


def _conditions(filters: Filters) -> Iterator[Any]:
    """Return what an event must meet, as Arrow applies it while it reads."""
    if filters.bbox:
        yield _in_box(filters.bbox)
    if filters.countries:
        yield pc.field("country").isin([code.upper() for code in filters.countries])
    if filters.types:
        names = [name.lower() for name in filters.types]
        yield pc.utf8_lower(pc.field("type")).isin(names) | pc.utf8_lower(pc.field("mode")).isin(names)
    if filters.since:
        yield pc.field("end") >= _moment(filters.since)
    if filters.until:
        yield pc.field("start") < _moment(filters.until + dt.timedelta(days=1))
    if filters.min_confidence > 0:
        yield pc.field("confidence") >= filters.min_confidence


def _in_box(box: Box) -> Any:
    west, south, east, north = box
    lon, lat = pc.field("bbox", "xmin"), pc.field("bbox", "ymin")
    inside = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
    return inside & (lat >= south) & (lat <= north)


def _moment(day: dt.date) -> pa.Scalar:
    return pa.scalar(dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC), pa.timestamp("us", tz="UTC"))
