"""The articles of a finished run, read again from its corpus, and what people put right in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow.compute as pc
import pyarrow.dataset as ds

from dateline.errors import InputError
from dateline.geo.corpus import sources, store
from dateline.geo.corpus.articles import made_of
from dateline.geo.corpus.readers import read
from dateline.geo.corrections import Corrections
from dateline.geo.filters import Filters
from dateline.geo.model import Article
from dateline.geo.pipeline import Geoparser
from dateline.geo.result import CRS, Result


def articles(folder: Path) -> Iterator[Article | InputError]:
    """Read the articles of a run, under the ids that its tables give them.

    Records that were left out of the run come as the reason why.
    """
    manifest = _manifest(folder)
    settings = manifest["settings"]
    table = _column(folder, manifest, "articles", "path", "article_id")
    ids = dict(zip(table["path"].to_pylist(), table["article_id"].to_pylist(), strict=True))
    try:
        found = sources.find(settings["inputs"])
    except InputError as error:
        mend = "put it back, or work in the folder where the run was started"
        raise InputError(
            f"{folder}: the corpus that it was made of is needed again ({error}); {mend}"
        ) from None
    for made in made_of(read(found, settings["columns"], sources.Meter())):
        if isinstance(made, Article):
            known = ids.get(made.path, "")
            if known.startswith(f"{made.id}~"):  # the tables number articles of one id
                made = replace(made, id=known)
        yield made


def unsure(folder: Path) -> dict[str, int]:
    """Return how many literal mentions a run was not sure of, for each article that has any."""
    table = _column(folder, _manifest(folder), "mentions", "article_id", "status", "role")
    doubtful = table.filter((pc.field("status") != "sure") & (pc.field("role") == "literal"))
    counts = doubtful.group_by("article_id").aggregate([("article_id", "count")])
    return dict(zip(counts["article_id"].to_pylist(), counts["article_id_count"].to_pylist(), strict=True))


def corrected(
    folder: Path, result: Result, corrections: Corrections, filters: Filters, *, reprints: bool = False
) -> Result:
    """Apply what people put right after a run to what :func:`load` read of it.

    The articles that a correction is about are parsed again, and their rows take the place of the old ones;
    an event that several articles report keeps its `reports` and `sources`.

    Parameters
    ----------
    folder : Path
        The run's.
    result : Result
        Its tables, filtered by `filters`.
    corrections : Corrections
    filters : Filters
        Which events of the parsed articles are wanted.
    reprints : bool
        Whether an event that several articles report comes once for each of them.

    Raises
    ------
    InputError
        If the corpus is no longer where the run read it.
    """
    manifest = _manifest(folder)
    touched = _touched(folder, manifest, corrections)
    if not touched:
        return replace(corrections.merged(result), corrections=corrections.about(()))
    texts = [each for each in articles(folder) if isinstance(each, Article) and each.id in touched]
    if missing := touched - {each.id for each in texts}:
        raise InputError(
            f"{folder}: {len(missing)} corrected articles are no longer in the corpus that it was made of, "
            f"{', '.join(manifest['settings']['inputs'])}; put it back, or run it again with --corrections"
        )
    parser = Geoparser(manifest["settings"]["model"], corrections=corrections)
    anew = Result.from_parsed([parser.parse(text) for text in texts], parser.gazetteer)
    problems = tuple(problem for text in texts for problem in corrections.misplaced(text))
    anew = _with_reprints(anew, _reported(folder, manifest, touched), reprints)
    whole = _replaced(result, filters.apply(anew), touched)
    known = corrections.about(touched)
    return replace(corrections.merged(whole), corrections=known, problems=problems)


def _manifest(folder: Path) -> dict[str, Any]:
    manifest = store.read_manifest(folder)
    if manifest is None:
        raise InputError(f"{folder}: holds no finished run")
    return manifest


def _column(folder: Path, manifest: dict[str, Any], name: str, *columns: str, where: Any = None) -> Any:
    files = [str(folder / part) for part in manifest["tables"][name]]
    return ds.dataset(files, format="parquet").to_table(columns=list(columns), filter=where)


def _touched(folder: Path, manifest: dict[str, Any], corrections: Corrections) -> set[str]:
    """Return the articles of the run that a correction may change."""
    known = set(_column(folder, manifest, "articles", "article_id")["article_id"].to_pylist())
    lines = [line for line in corrections.lines if line["action"] not in ("merge", "checked")]
    touched = {
        line["article"] for line in lines if line.get("scope") != "always" and line["article"] in known
    }
    everywhere = [line for line in lines if line.get("scope") == "always"]
    words = {line["text"] for line in everywhere if line["action"] != "add"}
    if words:
        where = pc.field("text").isin(sorted(words))
        touched |= set(
            _column(folder, manifest, "mentions", "article_id", where=where)["article_id"].to_pylist()
        )
    added = [line["text"] for line in everywhere if line["action"] == "add"]
    if added:
        touched |= {
            each.id
            for each in articles(folder)
            if isinstance(each, Article) and each.id in known and any(text in each.text for text in added)
        }
    return touched


def _reported(folder: Path, manifest: dict[str, Any], touched: set[str]) -> pd.DataFrame:
    """Return how often the events of these articles were reported, reprints too."""
    columns = ("article_id", "trigger_start", "place_id", "reports", "sources", "duplicate_of")
    where = pc.field("article_id").isin(sorted(touched))
    rows: pd.DataFrame = _column(folder, manifest, "events", *columns, where=where).to_pandas()
    return rows.assign(nth=rows.groupby(["article_id", "trigger_start"]).cumcount())


def _with_reprints(anew: Result, reported: pd.DataFrame, reprints: bool) -> Result:
    """Give events that were parsed again what the run knew of their reprints.

    What another article's event speaks for is left out, unless reprints are wanted or it was changed here.
    """
    events = anew.events.assign(nth=anew.events.groupby(["article_id", "trigger_start"]).cumcount())
    keys = ["article_id", "trigger_start", "nth"]
    before = events[keys].merge(reported, on=keys, how="left").set_index(events.index)
    speaks = before["duplicate_of"].eq("")
    events.loc[speaks, "reports"] = before.loc[speaks, "reports"].astype(events["reports"].dtype)
    events.loc[speaks, "sources"] = before.loc[speaks, "sources"]
    told = before["duplicate_of"].notna() & ~speaks & before["place_id"].eq(events["place_id"])
    kept = events if reprints else events[~told]
    return replace(anew, events=kept.drop(columns="nth").reset_index(drop=True))


def _replaced(result: Result, anew: Result, touched: set[str]) -> Result:
    """Return the result with the rows of the articles that were parsed again."""
    originals = result.articles.set_index("article_id")["duplicate_of"]
    told = anew.articles["article_id"].map(originals).fillna("")
    anew = replace(anew, articles=anew.articles.assign(duplicate_of=told))
    joined = {}
    for name in ("events", "mentions", "articles"):
        old = getattr(result, name)
        joined[name] = _joined(old[~old["article_id"].isin(touched)], getattr(anew, name))
    gone = result.mentions[result.mentions["article_id"].isin(touched)]
    return replace(result, **joined, places=_places(result.places, anew, gone))


def _places(places: gpd.GeoDataFrame, anew: Result, gone: Any) -> gpd.GeoDataFrame:
    """Return the places named now: counts mended, those that nobody names any more left out."""
    new = anew.places[~anew.places["place_id"].isin(places["place_id"])]
    change = (
        anew.mentions["place_id"]
        .value_counts()
        .sub(gone["place_id"].value_counts(), fill_value=0)
        .astype(int)
    )
    known = places.assign(
        n_mentions=places["n_mentions"] + places["place_id"].map(change).fillna(0).astype(int)
    )
    return _joined(known[known["n_mentions"] > 0], new)


def _joined(old: Any, new: Any) -> Any:
    """Return one table's rows below another's, with the first one's types."""
    types = old.drop(columns="geometry", errors="ignore").dtypes
    parts = [part for part in (old, new[list(old.columns)].astype(types)) if len(part)]
    joined = pd.concat(parts or [old], ignore_index=True)
    return gpd.GeoDataFrame(joined, geometry="geometry", crs=CRS) if "geometry" in joined else joined
