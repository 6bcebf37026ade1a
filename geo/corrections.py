"""What people put right, remembered: one JSON line a correction, applied by every later run.

A file of corrections (by custom ``dateline.corrections.jsonl``) is append-only and made for diffs and for
eyes.  This is one line of it; :mod:`dateline.geo.corrections_file` knows the format::

    {"id": "c1", "at": "2026-01-25T10:02:00Z", "by": "anna", "article": "9f86d081884c7d65",
     "scope": "article", "action": "place", "start": 512, "end": 516, "text": "Kyiv",
     "place": {"id": "geonames:703448", "name": "Kyiv"}}

A line ``{"id": "c2", "undo": "c1", ...}`` takes another one back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dateline.errors import InputError
from dateline.gazetteer import Gazetteer, Place
from dateline.geo.corrections_file import ON_MENTIONS, Action, Correction, PlaceChoice, parse
from dateline.geo.model import PINNED, Article, Event, EventPlace, Mention, Resolution
from dateline.geo.pins import precision_of

if TYPE_CHECKING:
    from dateline.geo.result import Result


class Corrections:
    """The corrections of one file, in force.

    Parameters
    ----------
    lines : iterable of Correction
        In the order in which they were made; of two that contradict each other the later holds.

    Examples
    --------
    >>> corrections = Corrections([{"id": "c1", "scope": "always", "action": "remove", "text": "Of"}])
    >>> article = Article("a2", "Of Kyiv")
    >>> [m.text for m in corrections.mentions(article, [Mention(0, 2, "Of"), Mention(3, 7, "Kyiv")])]
    ['Kyiv']
    """

    def __init__(self, lines: Iterable[Correction] = ()) -> None:
        lines = list(lines)
        undone: set[str] = set()
        for line in reversed(lines):  # an undo may itself be undone
            if "undo" in line and line.get("id") not in undone:
                undone.add(line["undo"])
        #: Those in force, in order.
        self.lines = [line for line in lines if "undo" not in line and line.get("id") not in undone]

    @classmethod
    def read(cls, path: str | Path) -> Corrections:
        """Read a file of corrections.

        Raises
        ------
        InputError
            Naming the line that is no correction.
        """
        return cls(parse(Path(path)))

    def __len__(self) -> int:
        """Return how many are in force."""
        return len(self.lines)

    def about(self, article_ids: Iterable[str]) -> int:
        """Return how many are about these articles, those for every article included."""
        ids = set(article_ids)
        return sum(
            line["action"] != "checked" and (line.get("scope") == "always" or line.get("article") in ids)
            for line in self.lines
        )

    def key(self, article_id: str) -> tuple[str, ...]:
        """Return what decides how an article is corrected: the ids of the lines about it."""
        return tuple(
            str(line.get("id"))
            for line in self.lines
            if line["action"] not in ("merge", "checked")
            and (line.get("scope") == "always" or line.get("article") == article_id)
        )

    def mentions(self, article: Article, mentions: Sequence[Mention]) -> list[Mention]:
        """Take out what is no place, add what was missed, put roles right."""
        found = {(mention.start, mention.end): mention for mention in mentions}
        for line in self._about(article, "remove", "add", "role"):
            for span in self._spans(line, article, found):
                if line["action"] == "remove":
                    found.pop(span, None)
                elif line["action"] == "role" and span in found:
                    found[span] = replace(found[span], role=line["role"])
                elif line["action"] == "add":
                    _add(found, Mention(*span, article.text[slice(*span)], line.get("role", "literal")), line)
        return [found[span] for span in sorted(found)]

    def resolutions(
        self, article: Article, resolutions: Sequence[Resolution], gazetteer: Gazetteer
    ) -> list[Resolution]:
        """Give mentions the places that people chose for them."""
        found = {(r.mention.start, r.mention.end): r for r in resolutions}
        for line in self._about(article, "place"):
            place = chosen_place(line, line["place"], gazetteer)
            for span in self._spans(line, article, found):
                if span in found:
                    found[span] = _corrected(found[span], place, line)
        return list(found.values())

    def events(
        self,
        article: Article,
        events: Sequence[Event],
        resolutions: Sequence[Resolution],
        gazetteer: Gazetteer,
    ) -> list[Event]:
        """Put events right or take them out; an event is known by where its trigger starts."""
        found = list(events)
        for line in self._about(article, "event", "remove-event"):
            if line["action"] == "remove-event":
                found = [event for event in found if event.trigger_start != line["start"]]
                continue
            found = [
                _changed(event, line, resolutions, gazetteer)
                if event.trigger_start == line["start"]
                else event
                for event in found
            ]
        return found

    def misplaced(self, article: Article) -> list[str]:
        """Say which corrections of single mentions no longer fit the article's text, a sentence each.

        That happens when an article keeps its id and changes its text; such a line is not applied.
        """
        return [
            f"{article.id}: correction {line.get('id')} is about {line['text']!r} at {line['start']}, where "
            f"the article now has {article.text[line['start'] : line['end']]!r}; it was not applied"
            for line in self._about(article, *ON_MENTIONS)
            if not self._fits(line, article)
        ]

    def merged(self, result: Result) -> Result:
        """Join events that people found to be one: the second report counts with the first.

        A report of an event that is not in the result stays as it is.
        """
        into = {
            (line["report"]["article"], line["report"]["start"]): (line["article"], line["start"])
            for line in self.lines
            if line["action"] == "merge"
        }
        events = result.events.copy()
        keys = list(zip(events["article_id"], events["trigger_start"], strict=True))
        rows: dict[tuple[str, int], list[int]] = {}
        for row, key in enumerate(keys):
            rows.setdefault(key, []).append(row)
        gone: list[int] = []
        for key in into:
            target = _last(key, into)
            if key not in rows or target == key or target not in rows:
                continue
            gone += rows[key]
            merged = events.iloc[rows[key][0]]
            for row in rows[target]:
                events.iat[row, events.columns.get_loc("reports")] += merged["reports"]
                sources = {*events.iloc[row]["sources"].split("; "), *merged["sources"].split("; ")}
                events.iat[row, events.columns.get_loc("sources")] = "; ".join(sorted(sources - {""}))
        if not gone:
            return result
        return replace(result, events=events.drop(index=events.index[gone]).reset_index(drop=True))

    def _about(self, article: Article, *actions: Action) -> Iterator[Correction]:
        for line in self.lines:
            everywhere = line.get("scope") == "always"
            if line["action"] in actions and (everywhere or line.get("article") == article.id):
                yield line

    def _spans(
        self, line: Correction, article: Article, found: dict[tuple[int, int], Any]
    ) -> list[tuple[int, int]]:
        """Return the mentions a correction is about: the one it was made on, or all with the same words."""
        if line.get("scope", "mention") == "mention":
            return [(line["start"], line["end"])] if self._fits(line, article) else []
        spans = {span for span in found if article.text[span[0] : span[1]] == line["text"]}
        if line["action"] == "add":
            spans |= _occurrences(article.text, line["text"])
        return sorted(spans)

    @staticmethod
    def _fits(line: Correction, article: Article) -> bool:
        """Return whether the words of a correction of one mention stand where it says."""
        one = line.get("scope", "mention") == "mention"
        return not one or article.text[line["start"] : line["end"]] == line["text"]


def _add(found: dict[tuple[int, int], Mention], mention: Mention, line: Correction) -> None:
    """Add a mention; on the very words that a person chose it takes the place of what overlaps it."""
    span = (mention.start, mention.end)
    overlapping = [other for other in found if other[0] < span[1] and span[0] < other[1]]
    if span in overlapping or (overlapping and span != (line.get("start"), line.get("end"))):
        return
    for other in overlapping:
        del found[other]
    found[span] = mention


def _last(key: tuple[str, int], into: dict[tuple[str, int], tuple[str, int]]) -> tuple[str, int]:
    """Return where a chain of merges ends; a ring ends where it began."""
    at, seen = key, {key}
    while at in into and (at := into[at]) not in seen:
        seen.add(at)
    return key if at in into else at


def chosen_place(line: Correction, choice: PlaceChoice, gazetteer: Gazetteer) -> Place | None:
    """Return the place that a correction names, or None for "no such place".

    Raises
    ------
    InputError
        If the gazetteer lacks the place and the line has no point to stand in for it.
    """
    known = gazetteer.get(choice["id"]) if "id" in choice else None
    if known is not None:
        return known
    if "lat" not in choice:
        if "id" in choice:
            raise InputError(
                f"correction {line.get('id')} names the place {choice['id']}, which this gazetteer lacks; "
                "add its name, lat and lon to the line"
            )
        return None
    lat, lon = float(choice["lat"]), float(choice["lon"])
    nearest = gazetteer.nearest(lat, lon, 1)[0]
    return Place(
        id=choice.get("id") or f"user:{lat:.5f},{lon:.5f}",
        name=choice.get("name") or "a place set by hand",
        lat=lat,
        lon=lon,
        feature_class="P",
        feature_code="",
        country=nearest.country,
        country_name=nearest.country_name,
        admin1=nearest.admin1,
        admin1_id=nearest.admin1_id,
        radius_km=float(choice.get("radius_km", 1.0)),
        source=PINNED,
    )


def _corrected(resolution: Resolution, place: Place | None, line: Correction) -> Resolution:
    who = f"set by {line.get('by') or 'a person'}" + (f" on {line['at'][:10]}" if line.get("at") else "")
    return replace(
        resolution, place=place, probability=1.0, alternatives=(), reasons=(who,), match="correction"
    )


def _changed(
    event: Event, line: Correction, resolutions: Sequence[Resolution], gazetteer: Gazetteer
) -> Event:
    changes: dict[str, Any] = dict(line["set"])
    changes |= _days(event, line["set"])
    if "place" in changes:
        changes["places"] = _event_places(event, changes.pop("place"), line, resolutions, gazetteer)
    reasons = (*event.reasons, f"corrected by {line.get('by') or 'a person'}")
    return replace(event, **changes, reasons=reasons)


def _days(event: Event, changes: dict[str, Any]) -> dict[str, dt.date | None]:
    """Return the first and last day that a person set; a first day after the last one moves both."""
    written = {name: changes[name] for name in ("start", "end") if name in changes}
    days: dict[str, dt.date | None] = {
        name: dt.date.fromisoformat(day) if day else None for name, day in written.items()
    }
    first, last = days.get("start", event.start), days.get("end", event.end)
    if len(days) == 1 and first and last and first > last:
        return dict.fromkeys(("start", "end"), *days.values())
    return days


def _event_places(
    event: Event,
    choice: PlaceChoice | None,
    line: Correction,
    resolutions: Sequence[Resolution],
    gazetteer: Gazetteer,
) -> tuple[EventPlace, ...]:
    place = chosen_place(line, choice, gazetteer) if choice else None
    if place is None:
        return ()
    mention = Mention(event.trigger_start, event.trigger_end, event.trigger)
    named = next(
        (r for r in resolutions if r.place and r.place.id == place.id), Resolution(mention, place, 1.0)
    )
    put = _corrected(named, place, line)
    radius = max(place.radius_km, 1.0)
    return (EventPlace(put, 1.0, precision_of(put), radius, place.lat, place.lon),)


def _occurrences(text: str, words: str) -> set[tuple[int, int]]:
    """Return every place where the words stand as whole words."""
    found: set[tuple[int, int]] = set()
    at = text.find(words) if words else -1
    while at >= 0:
        end = at + len(words)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            found.add((at, end))
        at = text.find(words, end)
    return found
