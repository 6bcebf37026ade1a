"""Measure how far two annotators of our own articles agree: ``python -m benchmarks.agreement``.

``benchmarks/articles/again/`` holds articles of the test half and of the development half that another
annotator annotated from their texts alone.  What he found is scored as if the extractor had found it.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from benchmarks import gold_events, own_events
from benchmarks.events import show

AGAIN = own_events.ARTICLES / "again"


def main() -> None:
    for name in ("test", "dev"):
        first = {_key(record): record for path in own_events.half(name) for record in own_events.read(path)}
        tally = gold_events.Tally()
        again = list(own_events.read(AGAIN / f"{name}.txt"))
        for record in again:
            gold_events.score(first[_key(record)], _as_found(record), tally)
        show(f"{name}: {len(again)} articles annotated again", gold_events.report(tally))


def _key(record: dict[str, Any]) -> tuple[str, str]:
    return record["doc_id"], record["text"]  # some ids stand for two articles


def _as_found(record: dict[str, Any]) -> list[Any]:
    """Return annotated events as the extractor's, with what is scored of these."""
    found = []
    for event in record["events"]:
        start, end = event["trigger"]
        days = gold_events.interval(event["date"]) or (None, None)
        found.append(
            SimpleNamespace(
                type=event["type"],
                status=event["status"],
                trigger_start=start,
                trigger=record["text"][start:end],
                quote=record["text"][start:end],
                start=days[0],
                end=days[1],
                places=[_place(record["toponyms"][i]) for i in event["places"]],
                **{kind: _number(event[kind]) for kind in ("fatalities", "injured")},
            )
        )
    return found


def _place(toponym: dict[str, Any]) -> Any:
    country = toponym["country"].replace("-", "")
    mention, place = SimpleNamespace(text=toponym["text"]), SimpleNamespace(id="", country=country)
    return SimpleNamespace(confidence=1.0, resolution=SimpleNamespace(mention=mention, place=place))


def _number(value: int | None) -> Any:
    return None if value is None else SimpleNamespace(value=value)


if __name__ == "__main__":
    main()
