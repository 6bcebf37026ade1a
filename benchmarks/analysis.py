"""Look closer at predictions for gold mentions: calibration, continents, small places, common errors.

Run: ``python -m benchmarks.analysis --corpora shared/corpora --predictions OUT [--errors docs/FILE.md]``

The predictions are ``CORPUS.jsonl`` as ``benchmarks.training.resolver --predictions`` writes them, each
toponym with its probability.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from benchmarks.corpora import FURTHER, TABLE, load, path_of, records
from dateline import gazetteer
from dateline.gazetteer import Gazetteer
from dateline.geo.model import UNSURE

NEAR_KM = 161.0
#: How far beside a coast or a river a gold point may lie, in degrees.
_COAST = 0.1
_WIDE = re.compile(r"\((?:PCL|TERR|ADM1|CONT|RGN|OCN|SEA|STM|PEN)")
SMALL = (5_000, 50_000, 500_000)
CONTINENTS = {
    "Africa": "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW KE KM LR LS LY "
    "MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA "
    "ZM ZW ",
    "Asia": "AE AF AM AZ BD BH BN BT CC CN GE HK ID IL IN IO IQ IR JO JP KG KH KP KR KW KZ LA LB "
    "LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TM TR TW UZ VN YE ",
    "Europe": "AD AL AT AX BA BE BG BY CH CS CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS "
    "IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK ",
    "North America": "AG AI AN AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ "
    "MS MX NI PA PM PR SV SX TC TT US VC VG VI ",
    "Oceania": "AS AU CK CX FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TL TO TV UM VU WF WS ",
    "South America": "AR BO BR CL CO EC FK GF GY PE PY SR UY VE ",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A gold mention with coordinates and what was predicted for it."""

    corpus: str
    name: str
    gold: str
    country: str
    feature: str
    population: int
    known: bool
    predicted: str
    probability: float
    none: float
    match: str
    right: bool

    @property
    def stated(self) -> str:
        """How a user is told the best guess."""
        if self.none > self.probability or self.predicted == "nothing":
            return "none"
        return "sure" if self.probability >= UNSURE else "unsure"


def cases(folder: Path, predictions: Path, names: Iterable[str], gaz: Gazetteer) -> Iterator[Case]:
    """Yield every gold mention that has coordinates."""
    for corpus in names:
        file = predictions / f"{corpus}.jsonl"
        if not file.exists() or not path_of(folder, corpus).exists():
            continue
        found = {r["doc_id"]: r["toponyms"] for r in records(file)}
        for d in load(folder, corpus):
            predicted = found.get(d.article.id, [])
            for mention, point, id, p in zip(d.mentions, d.points, d.ids, predicted, strict=False):
                if point is None:
                    continue
                row = gaz.row(f"geonames:{id}") if id else -1
                place = gaz.place(row) if row >= 0 else gaz.nearest(*point)[0]
                rows = gaz.lookup(mention.text).rows
                known = row in rows.tolist() or bool((gaz.distance_km(*point, rows) <= NEAR_KM).any())
                right = p.get("lat") is not None and (
                    (id is not None and p.get("geonameid") == id)
                    or distance_km(gaz, p, point) <= NEAR_KM
                    or (id is None and is_inside(gaz, p, point))
                )
                yield Case(
                    corpus,
                    mention.text,
                    str(place) if row >= 0 else f"a point near {place.name}, {place.country}",
                    place.country,
                    place.feature_code if row >= 0 else "",
                    place.population if row >= 0 else -1,
                    known,
                    p.get("place") or "nothing",
                    p.get("probability") or 0.0,
                    p.get("none") or 0.0,
                    p.get("match") or "nothing",
                    right,
                )


def distance_km(gaz: Gazetteer, predicted: dict[str, float], point: tuple[float, float]) -> float:
    """Return the distance between a predicted and a gold point."""
    a = np.radians([predicted["lat"], predicted["lon"]])
    b = np.radians(point)
    h = np.sin((b[0] - a[0]) / 2) ** 2 + np.cos(a[0]) * np.cos(b[0]) * np.sin((b[1] - a[1]) / 2) ** 2
    return float(2 * 6371.0088 * np.arcsin(np.sqrt(min(1.0, h))))


def is_inside(gaz: Gazetteer, predicted: dict[str, Any], point: tuple[float, float]) -> bool:
    """Return whether a gold point lies in the country, region or sea that was predicted.

    Corpora without ids put the point of a wide place anywhere in it.
    """
    row = gaz.row(predicted["place_id"])
    place = gaz.place(row) if row >= 0 else None
    if place is None or not _WIDE.search(str(place)) or predicted.get("match") == "nearby":
        return False
    return bool(gaz.geometry(place).buffer(_COAST).contains(shapely.Point(point[1], point[0])))


def print_groups(title: str, groups: dict[str, list[Case]]) -> None:
    """Print the share of right answers of each group, and of the right among those stated as sure."""
    print(f"\n| {title} | mentions | right | stated sure | right when sure |\n|---|--:|--:|--:|--:|")
    for name, members in groups.items():
        if members:
            sure = [c for c in members if c.stated == "sure"]
            right = sum(c.right for c in members) / len(members)
            right_sure = sum(c.right for c in sure) / max(len(sure), 1)
            shares = f"{right:.3f} | {len(sure) / len(members):.3f} | {right_sure:.3f}"
            print(f"| {name} | {len(members)} | {shares} |")


def print_reliability(found: list[Case]) -> None:
    """Print the reliability table: stated against found rates in ten bins, and the mean gap (ECE).

    Places that stand in for an unknown one beside them are left out: they are understated on purpose.
    """
    found = [c for c in found if c.match != "nearby"]
    print("\n| stated | mentions | mean stated | found right |\n|---|--:|--:|--:|")
    gap = 0.0
    for low in range(10):
        members = [c for c in found if low <= c.probability * 10 < low + 1 + (low == 9)]
        if members:
            stated = sum(c.probability for c in members) / len(members)
            right = sum(c.right for c in members) / len(members)
            gap += abs(stated - right) * len(members) / len(found)
            print(f"| {low / 10:.1f} to {low / 10 + 0.1:.1f} | {len(members)} | {stated:.3f} | {right:.3f} |")
    print(f"\nExpected calibration error: {gap:.3f}")


def write_errors(found: list[Case], out: Path) -> None:
    """Write the 100 commonest errors: names only, no text of any corpus."""
    count = Counter((c.name, c.gold, c.known) for c in found if not c.right)
    example = {(c.name, c.gold, c.known): c for c in reversed(found) if not c.right}
    lines = [
        "# The 100 commonest remaining errors of resolution",
        "",
        "Made by `python -m benchmarks.analysis --errors` from out-of-fold answers for gold mentions of the",
        "development corpora; each was farther than 161 km from the gold point and had another GeoNames id.",
        "Of corpora without ids, a country, region or sea is right if the gold point lies in it. The best",
        "guess is what counts; *stated* says whether a user is told it as `sure`, as `unsure`, or not at all",
        "(`none`), for it was likelier that no known place is meant.",
        "",
        "| n | toponym | gold | best guess | stated | what would fix it |",
        "|--:|---|---|---|---|---|",
    ]
    for key, n in sorted(count.items(), key=lambda item: (-item[1], item[0]))[:100]:
        case = example[key]
        row = (str(n), case.name, case.gold, case.predicted, case.stated, remedy(case))
        lines.append(f"| {' | '.join(row)} |".replace("\n", " "))
    out.write_text("\n".join(lines) + "\n", "utf-8")


def remedy(case: Case) -> str:
    """Return what would fix an error, in a word or two."""
    if not case.feature and case.predicted.startswith(case.name) and _WIDE.search(case.predicted):
        return "nothing: the corpus puts the point of this wide place elsewhere"
    if not case.known and case.feature:
        return "the gazetteer has the place but not this name"
    if not case.known:
        return "the gazetteer lacks the place"
    if case.predicted == "nothing" or case.none > case.probability:
        return "better evidence: it was held to be none of the known places"
    if case.gold.partition(",")[0] == case.predicted.partition(",")[0]:
        return "more context: a namesake was chosen"
    return "ranking: the right place was a candidate"


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--predictions", type=Path, required=True)
    parser.add_argument("--errors", type=Path, help="write the commonest errors to this file")
    options = parser.parse_args()
    found = list(cases(options.corpora, options.predictions, (*TABLE, *FURTHER), gazetteer.open()))
    by_corpus: dict[str, list[Case]] = {}
    by_continent: dict[str, list[Case]] = {name: [] for name in CONTINENTS}
    for case in found:
        by_corpus.setdefault(case.corpus, []).append(case)
        for name, codes in CONTINENTS.items():
            if case.country in codes.split():
                by_continent[name].append(case)
    towns = [c for c in found if c.feature.startswith("PPL")]
    by_size: dict[str, list[Case]] = {}
    for low, high in zip((0, *SMALL), (*SMALL, 10**9), strict=True):
        title = f"{low:,} to {high:,}" if high < 10**9 else f"over {low:,}"
        by_size[title] = [c for c in towns if low <= c.population < high]
    print_groups("corpus", by_corpus)
    print_groups("continent", by_continent)
    print_groups("population of the settlement", by_size)
    kinds = dict.fromkeys(("exact", "variant", "fuzzy", "nearby", "nothing"))
    print_groups("how the name was found", {kind: [c for c in found if c.match == kind] for kind in kinds})
    print_reliability(found)
    if options.errors:
        write_errors(found, options.errors)


if __name__ == "__main__":
    main()
