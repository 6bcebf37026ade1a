"""Measure dates: timenorm's expressions out of context, and the main event's day and place in Giveme5W1H."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from dateline.geo import dates
from dateline.geo.intervals import Interval
from dateline.geo.model import Article, Event

_SEASON = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}


def timex(found: Interval | None) -> str:
    """Return an interval as a TIMEX3 value: a day, week, weekend, month, quarter, season, year or decade."""
    if found is None:
        return ""
    first, week = found.first, found.first.isocalendar()
    return {
        "day": first.isoformat(),
        "week": f"{week[0]}-W{week[1]:02}",
        "weekend": f"{week[0]}-W{week[1]:02}-WE",
        "month": f"{first.year:04}-{first.month:02}",
        "quarter": f"{first.year}-Q{(first.month + 2) // 3}",
        "season": f"{first.year}-{_SEASON.get(first.month, '')}",
        "year": f"{first.year:04}",
        "half": f"{first.year}-H{1 + (first.month > 6)}",
        "decade": f"{first.year // 10:03}",
    }.get(found.grain, "")


def timenorm(path: Path) -> tuple[dict[str, float], list[str]]:
    """Return the share of expressions exactly right, to the day and coarser, and every miss.

    Of the text only the order of the expressions is known: what counts from a date told before finds it so.
    """
    counts: Counter[str] = Counter()
    misses = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [row.split("\t") for row in block.strip().split("\n") if row.count("\t") == 2]
        if not rows:
            continue
        day = dt.date.fromisoformat(rows[0][2][:10])
        text = " | ".join(words for words, _, _ in rows[1:])
        mentions = dates.find(text, day)
        at = 0
        for words, kind, value in rows[1:]:
            inside = [m for m in mentions if at <= m.start and m.end <= at + len(words)]
            at += len(words) + 3
            if kind != "DATE" or not re.match(r"\d{3}", value):
                continue
            grain = "day" if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else "coarser"
            longest = max(inside, key=lambda m: m.end - m.start, default=None)
            got = timex(longest.interval if longest else None)
            counts[grain] += 1
            counts[f"{grain} right"] += got == value
            if got != value:
                misses.append(f"{words!r} on {day}: {got or 'nothing'}, gold {value}")
    return {grain: counts[f"{grain} right"] / counts[grain] for grain in ("day", "coarser")}, misses


def main_events(path: Path, parse: Callable[[Article], list[Event]]) -> dict[str, float]:
    """Return how often the first pinned event names an annotated place, and the first dated one its day."""
    counts: Counter[str] = Counter()
    with open(path, encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    for record in records:
        published = record["date_publish"] or ""
        day = dt.date.fromisoformat(published[:10]) if re.match(r"\d{4}-", published) else None
        text = f"{record['title']}\n\n{record['text']}"
        events = parse(Article(id=record["dId"], text=text, title=record["title"], date=day))
        answers = record["fiveWoneH"]
        where = [a["text"].casefold() for a in answers["where"]["annotated"] if a.get("text")]
        when = {a["parsed"] for a in answers["when"]["annotated"] if a.get("parsed")}
        if where:
            counts["places"] += 1
            pinned = next((event for event in events if event.places), None)
            names = [p.resolution.mention.text.casefold() for p in pinned.places] if pinned else []
            counts["places answered"] += bool(names)
            counts["places right"] += any(name in answer for name in names for answer in where)
        if when and day:
            counts["days"] += 1
            dated = next((e for e in events if e.start and e.end and e.status == "actual"), None)
            counts["days answered"] += dated is not None
            counts["days right"] += dated is not None and any(
                str(dated.start) <= answer <= str(dated.end) for answer in when
            )
    return {
        name: counts[name] / max(1, counts[name.split()[0]])
        for name in ("places answered", "places right", "days answered", "days right")
    }
