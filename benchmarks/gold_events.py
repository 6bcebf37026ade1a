"""Score events against the gold articles: who matches whom, and which pins are wrong.

Matching: an event found matches a gold event of the same sentence and type group; each at most once, the
exact type and the shared places first.  The groups are PLOVER's quad classes, and ours: see GROUPS.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.gazetteer import Place
from dateline.geo import sentences
from dateline.geo.events import extract
from dateline.geo.model import Article, Event, EventPlace, Mention, Resolution

GROUPS = {
    "cooperation in words": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "cooperation in deeds": ("COOPERATE", "AID", "RETREAT"),
    "conflict in words": ("REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"),
    "protest": ("PROTEST",),
    "force": ("MOBILIZE", "COERCE", "ASSAULT", "CRIME"),
    "mishap": ("DISRUPTION", "DISASTER", "ACCIDENT"),
    "vote": ("VOTE",),
    "other": ("OTHER",),
}
GROUP = {name: group for group, names in GROUPS.items() for name in names}
_FEATURE = {
    "settlement": ("P", "PPL"),
    "neighbourhood": ("P", "PPLX"),
    "admin2": ("A", "ADM2"),
    "admin1": ("A", "ADM1"),
    "country": ("A", "PCLI"),
    "region": ("L", "RGN"),
    "water": ("H", "SEA"),
    "facility": ("S", "FCL"),
    "continent": ("L", "CONT"),
    "bloc": ("L", "RGN"),
}


@dataclass
class Tally:
    """Counts over all articles, and the errors behind them."""

    counts: Counter[str] = field(default_factory=Counter)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    errors: list[tuple[str, str]] = field(default_factory=list)

    def rate(self, of: str, over: str) -> float:
        """Return one count over another, 0 where there is nothing."""
        return self.counts[of] / self.counts[over] if self.counts[over] else 0.0

    @property
    def precision(self) -> float:
        """Of events found in annotated sentences."""
        return self.rate("matched", "found in annotated sentences")

    @property
    def recall(self) -> float:
        """Of gold events."""
        return self.rate("matched", "gold")

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the gold articles."""
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def article(record: dict[str, Any]) -> Article:
    return Article(
        id=record["doc_id"],
        text=record["text"],
        title=record["title"],
        date=dt.date.fromisoformat(record["date"]) if record["date"] else None,
        source=record["source"],
    )


def gold_resolutions(record: dict[str, Any]) -> list[Resolution]:
    """Return what a perfect recogniser and resolver would give: the gold's own places."""
    units = {t["code"]: t["key"] for t in record["toponyms"] if t["kind"] == "admin1" and t["code"]}
    found = []
    for t in record["toponyms"]:
        feature_class, code = _FEATURE[t["kind"]]
        country = t["country"] or ""
        place = Place(
            id=f"gold:{t['key']}",
            name=t["text"],
            lat=t["lat"],
            lon=t["lon"],
            feature_class=feature_class,
            feature_code=code,
            country=country,
            admin1_id=f"gold:{units[t['code']]}" if t["code"] in units and t["kind"] != "admin1" else "",
            radius_km=t["radius_km"],
        )
        mention = Mention(t["start"], t["end"], t["text"], t["role"], 1.0)
        found.append(Resolution(mention, place, 1.0))
    return found


def interval(value: str | None) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day of the gold's ISO 8601 date, month, year or interval."""
    if value is None:
        return None
    ends = [_ends(part) for part in value.split("/")]
    return ends[0][0], ends[-1][1]


def _ends(part: str) -> tuple[dt.date, dt.date]:
    numbers = [int(n) for n in part.split("-")]
    if len(numbers) == 3:
        day = dt.date(*numbers)
        return day, day
    if len(numbers) == 2:
        after = dt.date(numbers[0] + numbers[1] // 12, numbers[1] % 12 + 1, 1)
        return dt.date(numbers[0], numbers[1], 1), after - dt.timedelta(days=1)
    return dt.date(numbers[0], 1, 1), dt.date(numbers[0], 12, 31)


def same_place(found: EventPlace, toponym: dict[str, Any]) -> bool:
    """Return whether a place found is the gold's: its key, or its point (25 km, or its radius).

    Our own articles (`own_events.py`) give no points: there the name and the country must be the same, where
    the gazetteer tells one (not of islands, seas and disputed places).
    """
    place = found.resolution.place
    if place is None:
        return False
    if "key" not in toponym:
        same_name = plain(found.resolution.mention.text) == plain(toponym["text"])
        return same_name and (toponym["country"] == "-" or place.country in ("", toponym["country"]))
    if place.id.startswith("gold:"):
        return bool(place.id == f"gold:{toponym['key']}")
    if toponym["lat"] is None:
        return False
    kind = toponym["kind"]
    if kind in ("country", "admin1") and place.feature_class == "A":
        return bool(place.country == (toponym["country"] or "")) and (
            place.feature_code.startswith("PCL") == (kind == "country")
        )
    return distance_km(place.lat, place.lon, toponym["lat"], toponym["lon"]) <= max(
        25.0, toponym["radius_km"] or 0
    )


def plain(name: str) -> str:
    """Return a name without accents, case and article, as two spellings of it are compared."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return letters.casefold().removeprefix("the ")


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance (haversine)."""
    a, b = math.radians(lat1), math.radians(lat2)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(h))


def place_set_right(event: Event, gold: dict[str, Any], record: dict[str, Any]) -> bool:
    """Return whether an event has exactly the gold's places, however often each is mentioned."""
    wanted = [record["toponyms"][i] for i in gold["places"]]
    return all(any(same_place(p, t) for t in wanted) for p in event.places) and all(
        any(same_place(p, t) for p in event.places) for t in wanted
    )


def matches(record: dict[str, Any], events: Sequence[Event]) -> dict[int, int]:
    """Return which event found is which of the gold, by their numbers."""
    where, gold_where = _sentences(record, events)
    pairs = sorted(
        (
            (
                -(event.type == gold["type"]),
                -place_set_right(event, gold, record),
                abs(event.trigger_start - gold["trigger"][0]),
                i,
                j,
            )
            for i, event in enumerate(events)
            for j, gold in enumerate(record["events"])
            if where[i] == gold_where[j] and GROUP[event.type] == GROUP[gold["type"]]
        )
    )
    used: dict[int, int] = {}
    for *_, i, j in pairs:
        if i not in used and j not in used.values():
            used[i] = j
    return used


def _sentences(record: dict[str, Any], events: Sequence[Event]) -> tuple[list[Any], list[Any]]:
    """Return the sentence of each event found, and of each of the gold."""
    spans = sentences.split(record["text"])
    found = [sentences.sentence_at(spans, event.trigger_start) for event in events]
    return found, [sentences.sentence_at(spans, gold["trigger"][0]) for gold in record["events"]]


def near(record: dict[str, Any], events: Sequence[Event]) -> list[list[dict[str, Any]]]:
    """Return for each event found the gold events of its sentence."""
    where, gold_where = _sentences(record, events)
    return [[g for g, at in zip(record["events"], gold_where, strict=True) if at == here] for here in where]


def score(record: dict[str, Any], events: Sequence[Event], tally: Tally) -> None:
    """Add one article to the tally."""
    where, gold_where = _sentences(record, events)
    beside = near(record, events)
    annotated = set(gold_where)
    tally.counts["gold"] += len(record["events"])
    tally.counts["found"] += len(events)
    tally.counts["found in annotated sentences"] += sum(at in annotated for at in where)
    used = matches(record, events)
    for i, j in used.items():
        _score_pair(record, events[i], record["events"][j], tally)
    for i, event in enumerate(events):
        text = f"{event.type} {event.trigger!r} in {event.quote[:110]!r}"
        if not event.places and where[i] in annotated:
            tally.counts["without place"] += 1
            tally.counts["without place matched"] += i in used
        if i not in used and where[i] in annotated:
            tally.errors.append(("extra event", f"{record['doc_id']}: {text}"))
        gold_event = record["events"][used[i]] if i in used else None
        _score_pins(record, event, gold_event, beside[i], tally)
    for j, gold in enumerate(record["events"]):
        if j not in used.values():
            word = record["text"][slice(*gold["trigger"])]
            tally.errors.append(("missed event", f"{record['doc_id']}: {gold['type']} {word!r}"))


def _score_pair(record: dict[str, Any], event: Event, gold: dict[str, Any], tally: Tally) -> None:
    tally.counts["matched"] += 1
    tally.confusion[gold["type"], event.type] += 1
    days = (event.start, event.end) if event.start else None
    numbers = (
        event.fatalities.value if event.fatalities else None,
        event.injured.value if event.injured else None,
    )
    checks = {
        "type": (event.type, gold["type"]),
        "status": (event.status, gold["status"]),
        "date": (days, interval(gold["date"])),
        "numbers": (numbers, (gold["fatalities"], gold["injured"])),
    }
    for name, (got, wanted) in checks.items():
        tally.counts[f"{name} right"] += got == wanted
        if got != wanted:
            tally.errors.append(
                (name, f"{record['doc_id']}: {event.trigger!r} {_show(got)}, gold {_show(wanted)}")
            )
    right = place_set_right(event, gold, record)
    tally.counts["place set right"] += right
    if not right:
        got_places = [place.resolution.mention.text for place in event.places]
        wanted_places = [record["toponyms"][i]["text"] for i in gold["places"]]
        tally.errors.append(
            ("places", f"{record['doc_id']}: {event.trigger!r} {got_places}, gold {wanted_places}")
        )


def _show(value: Any) -> str:
    return "/".join(str(v) for v in value) if isinstance(value, tuple) else str(value)


def _score_pins(
    record: dict[str, Any],
    event: Event,
    gold: dict[str, Any] | None,
    near: Sequence[dict[str, Any]],
    tally: Tally,
) -> None:
    """Count pins, and the wrong ones: not a place of the event, or old or unreal news pinned as news.

    An event that the gold does not hold is judged only in an annotated sentence: wrong unless
    some gold event of the sentence happened at that place.
    """
    if not near and gold is None:
        tally.counts["pins unjudged"] += len(event.places)
        return
    for place, right in zip(event.places, right_pins(record, event, gold, near), strict=True):
        tally.counts["pins"] += 1
        if not right:
            tally.counts["pins wrong"] += 1
            tally.errors.append(
                (
                    "wrong pin",
                    f"{record['doc_id']}: {event.trigger!r} at {place.resolution.mention.text} "
                    f"({place.confidence:.2f})",
                )
            )


def right_pins(
    record: dict[str, Any], event: Event, gold: dict[str, Any] | None, near: Sequence[dict[str, Any]]
) -> list[bool]:
    """Return for each place of an event whether that happened there, as news if it is told as news.

    `gold` is the event that it matches, `near` are those of its sentence.
    """
    passed_off = gold is not None and event.status == "actual" and gold["status"] != "actual"
    wanted = [record["toponyms"][i] for g in ([gold] if gold else near) for i in g["places"]]
    return [not passed_off and any(same_place(place, t) for t in wanted) for place in event.places]


def run(path: Path, parse: Any = None) -> Tally:
    """Score all articles; `parse` maps an article to its events, by default from gold mentions."""
    tally = Tally()
    for record in read(path):
        text = article(record)
        events = parse(text) if parse else extract(text, gold_resolutions(record))
        score(record, events, tally)
    return tally


def report(tally: Tally) -> list[str]:
    """Return the figures as lines."""
    c = tally.counts
    return [
        f"events: P {tally.precision:.3f} (in annotated sentences; {c['matched']}/{c['found']} overall) "
        f"R {tally.recall:.3f} F1 {tally.f1:.3f}",
        *(
            f"  {name}: {tally.rate(f'{name} right', 'matched'):.3f}"
            for name in ("type", "place set", "status", "date", "numbers")
        ),
        f"  wrong pins: {tally.rate('pins wrong', 'pins'):.3f} ({c['pins wrong']} of {c['pins']} judged; "
        f"{c['pins unjudged']} in sentences without annotation)",
        f"  without a place: {c['without place matched']} of {c['without place']} are events of the gold",
    ]
