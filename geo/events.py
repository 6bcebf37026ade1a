"""What happened where, when and to whom: events from an article and its resolved places.

Every sentence is searched for the triggers of the lexicon; each gets a status, a date, the places of its
sentence at which it happened, and the numbers of people it states.  What a report leaves open stays open: an
event without a place is listed, not pinned.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateline.geo import dates, linking, quantities, status
from dateline.geo import sentences as sentences_
from dateline.geo import triggers as triggers_
from dateline.geo.linking import Link
from dateline.geo.model import Article, Event, EventPlace, Precision, Quantity, Resolution, Status
from dateline.geo.sentences import Sentence
from dateline.geo.triggers import VERBAL, Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, words

#: An event that ended so many days before publication is no longer news of the day.
OLD_AFTER = 3
_EARTH_KM = 6371.0088
_DATELINE = re.compile(
    r"\s*(?P<places>[A-Z][\w.'’/ -]{1,40}(?:\([^)]{1,40}\)|, ?[\w. ]{2,30}){0,3})"
    r"(?:\s*\((?:[A-Z][\w /.-]{1,30})\))?"
    r"(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Za-z]{3,9})(?:,? \d{4})?)?"
    r"(?:\s*\([^)]{1,30}\))?\s*(?:[-–—]{1,2}|:)\s+"
)
_ENGLISH = wordlist("english")


@dataclass(frozen=True, slots=True)
class _Found:
    """A trigger with all that its sentence says of it."""

    trigger: Trigger
    sentence: Sentence
    tokens: Sequence[Word]
    links: tuple[Link, ...]
    status: Status
    interval: dates.Interval | None
    date_text: str
    numbers: dict[str, Quantity]
    reasons: tuple[str, ...]
    discourse: bool = False

    @property
    def place_ids(self) -> frozenset[str]:
        return frozenset(link.spot.resolution.place.id for link in self.links if link.spot.resolution.place)


def extract(article: Article, resolutions: Sequence[Resolution]) -> list[Event]:
    """Return the events that an article reports, in the order of its text.

    Parameters
    ----------
    article : Article
        In English; an article in another language has no events (its places are still mapped).
    resolutions : sequence of Resolution
        Of the article's mentions, in order.

    Returns
    -------
    list of Event
    """
    if not supports(article):
        return []
    resolutions = sorted(resolutions, key=lambda r: r.mention.start)
    found: list[_Found] = []
    at = 0
    spans = sentences_.split(article.text, article.body_start)
    body = _dateline_end(article, spans)
    for sentence in spans:
        start = body if sentence.start < body <= sentence.end else sentence.start
        while at < len(resolutions) and resolutions[at].mention.start < sentence.start:
            at += 1
        inside = []
        stop = at
        while stop < len(resolutions) and resolutions[stop].mention.start < sentence.end:
            if resolutions[stop].mention.start >= start:
                inside.append(resolutions[stop])
            stop += 1
        found.extend(_read(article, sentence, words(article.text, start, sentence.end), inside))
    merged = _merge(found)
    return [_event(article, item) for item in merged]


def supports(article: Article) -> bool:
    """Return whether events are read in the article's language: English, told by its commonest words."""
    if article.language:
        return article.language.casefold().startswith("en")
    sample = re.findall(r"[^\W\d_]+", article.text[article.body_start : article.body_start + 4000].casefold())
    return len(sample) < 8 or sum(word in _ENGLISH for word in sample) > 0.08 * len(sample)


def _dateline_end(article: Article, spans: Sequence[Sentence]) -> int:
    """Return where a dateline ("PARIS, Texas (AP) - ") of the first paragraphs ends, -1 without one."""
    for sentence in spans[:6]:
        if sentence.kind == "text" and (match := _DATELINE.match(article.text, sentence.start, sentence.end)):
            return match.end()
    return -1


def _read(
    article: Article, sentence: Sentence, tokens: Sequence[Word], resolutions: Sequence[Resolution]
) -> list[_Found]:
    """Return what one sentence reports, one item an event."""
    triggers = triggers_.find(tokens)
    if not triggers:
        return []
    places = linking.spots(tokens, [r for r in resolutions if r.place is not None])
    counts = quantities.find(article.text, tokens)
    found: list[_Found] = []
    for trigger in triggers:
        if _quoted(article.text, sentence, tokens[trigger.first].start):
            continue
        state, tense, why = status.judge(tokens, trigger)
        links = () if trigger.type in VERBAL else tuple(linking.link(tokens, trigger, places, triggers))
        mention = _date(article, sentence, tokens, trigger, triggers, tense)
        interval = mention.interval if mention else None
        state, age = _aged(state, interval, article.date)
        reasons = [
            f'"{article.text[tokens[trigger.first].start : tokens[trigger.last].end]}" reports {trigger.type}'
        ]
        if why:
            reasons.append(f"{state} because of “{why}”")
        if age:
            reasons.append(age)
        found.append(
            _Found(
                trigger,
                sentence,
                tokens,
                links,
                state,
                interval,
                mention.text if mention else "",
                {},
                tuple(reasons),
            )
        )
    return _with_numbers(_merge_sentence(found), counts)


def _quoted(text: str, sentence: Sentence, at: int) -> bool:
    """Return whether an offset lies inside a quotation of its sentence."""
    before = text[sentence.start : at]
    return (before.count('"') % 2 == 1) or before.count("“") > before.count("”")


# -- dates -------------------------------------------------------------------------------------------------


def _date(
    article: Article,
    sentence: Sentence,
    tokens: Sequence[Word],
    trigger: Trigger,
    triggers: Sequence[Trigger],
    tense: dates.Tense,
) -> dates.DateMention | None:
    """Return the date that goes with a trigger: the nearest, unless another trigger or clause claims it."""
    found = dates.find(article.text, article.date, tense, tokens[0].start, sentence.end)
    best: tuple[float, dates.DateMention] | None = None
    here = tokens[trigger.head].start
    for mention in found:
        low, high = sorted((here, mention.start))
        between = article.text[low:high]
        cost = (
            len(between) / 12
            + 6 * between.count(";")
            + 4 * len(re.findall(r"\b(?:but|while|said|which|who|after|before)\b", between))
        )
        claimed = any(
            t is not trigger and t.type != trigger.type and low < tokens[t.head].start < high
            for t in triggers
        )
        cost += 6 * claimed
        if cost < 18 and (best is None or cost < best[0]):
            best = cost, mention
    return best[1] if best else None


def _aged(state: Status, interval: dates.Interval | None, published: dt.date | None) -> tuple[Status, str]:
    """Return the status that the date allows: what ended days before publication is background."""
    if not interval or not published:
        return state, ""
    if state in ("actual", "denied") and (published - interval.last).days > OLD_AFTER:
        return "background", f"ended {(published - interval.last).days} days before publication"
    if state == "actual" and interval.first > published:
        return "planned", "dated after publication"
    return state, ""


# -- one event, not two ------------------------------------------------------------------------------------


def _merge_sentence(found: Sequence[_Found]) -> list[_Found]:
    """Join triggers of one sentence that report the same event."""
    kept: list[_Found] = []
    for item in found:
        for i, other in enumerate(kept):
            if _same(other, item):
                kept[i] = _joined(other, item)
                break
        else:
            kept.append(item)
    return kept


def _same(a: _Found, b: _Found) -> bool:
    if a.trigger.type != b.trigger.type or ("planned" in (a.status, b.status) and a.status != b.status):
        return False
    if a.interval and b.interval and a.interval != b.interval:
        return False
    return not a.place_ids or not b.place_ids or a.place_ids <= b.place_ids or b.place_ids <= a.place_ids


def _joined(a: _Found, b: _Found) -> _Found:
    """Return the first with what it lacks taken from the second."""
    return replace(
        a,
        links=a.links if len(a.place_ids) >= len(b.place_ids) else b.links,
        interval=a.interval or b.interval,
        date_text=a.date_text or b.date_text,
        numbers=b.numbers | a.numbers,
        status=a.status if a.status != "hypothetical" else b.status,
    )


def _merge(found: Sequence[_Found]) -> list[_Found]:
    """Join reports of one event across sentences: a later "the attack" without a place of its own."""
    kept: list[_Found] = []
    for item in found:
        for i in range(len(kept) - 1, max(-1, len(kept) - 9), -1):
            if _same_event(kept[i], item):
                kept[i] = _joined(kept[i], item)
                break
        else:
            kept.append(item)
    return kept


def _same_event(a: _Found, b: _Found) -> bool:
    if a.sentence is b.sentence or a.trigger.type != b.trigger.type or a.status != b.status:
        return False
    if a.interval and b.interval and a.interval != b.interval:
        return False
    if a.place_ids and a.place_ids == b.place_ids:
        return a.trigger.entry.mode == b.trigger.entry.mode
    definite = not b.trigger.verbal and b.trigger.first > 0 and b.tokens[b.trigger.first - 1].lower in (
        "the", "this", "that", "these", "those", "its", "their",
    )  # fmt: skip
    return definite and not b.place_ids and not b.interval


def _with_numbers(found: Sequence[_Found], counts: Sequence[quantities.Count]) -> list[_Found]:
    """Give each number to the event it can belong to, the nearest."""
    harmed = {"ASSAULT", "CRIME", "DISASTER", "ACCIDENT", "PROTEST", "COERCE"}
    numbers: list[dict[str, Quantity]] = [{} for _ in found]
    for count in counts:
        fits = [
            i
            for i, item in enumerate(found)
            if (item.trigger.type in harmed) == (count.kind != "affected") or item.trigger.type == "DISASTER"
        ]
        if not fits:
            continue
        nearest = min(fits, key=lambda i: abs(found[i].trigger.head - count.at))
        old = numbers[nearest].get(count.kind)
        if old is None:
            numbers[nearest][count.kind] = count.quantity
    return [replace(item, numbers=item.numbers | extra) for item, extra in zip(found, numbers, strict=True)]


# -- the record --------------------------------------------------------------------------------------------


def _event(article: Article, item: _Found) -> Event:
    tokens, trigger = item.tokens, item.trigger
    start, end = tokens[trigger.first].start, tokens[trigger.last].end
    places = tuple(_place(article.text, link) for link in item.links)
    interval = item.interval
    reasons = list(item.reasons)
    reasons += [f"at {link.spot.resolution.mention.text}: {link.reason}" for link in item.links]
    if not places:
        reasons.append("no place is told" if trigger.type not in VERBAL else "an act of speech is not pinned")
    reasons.append(f'"{item.date_text}" dates it' if interval else "no date is told")
    return Event(
        article_id=article.id,
        type=trigger.type,
        mode=_mode(item),
        trigger_start=start,
        trigger_end=end,
        trigger=article.text[start:end],
        quote_start=item.sentence.start,
        quote_end=item.sentence.end,
        quote=article.text[item.sentence.start : item.sentence.end],
        status=item.status,
        confidence=max((place.confidence for place in places), default=0.6),
        places=places,
        start=interval.first if interval else None,
        end=interval.last if interval else None,
        date_text=item.date_text,
        fatalities=item.numbers.get("fatalities"),
        injured=item.numbers.get("injured"),
        affected=item.numbers.get("affected"),
        acled=trigger.entry.acled,
        reasons=tuple(reasons),
    )


_WEAPONS = {
    "airstrike": "airstrike",
    "drone": "drone",
    "missile": "missile",
    "rocket": "rocket",
    "shelling": "shelling",
    "artillery": "shelling",
    "mortar": "shelling",
    "bomb": "bombing",
}


def _mode(item: _Found) -> str:
    """Return the mode; for an attack without one, the weapon that its sentence names."""
    if item.trigger.entry.mode or item.trigger.type != "ASSAULT":
        return item.trigger.entry.mode
    for word in item.tokens:
        if mode := _WEAPONS.get(word.lower) or _WEAPONS.get(word.lower.removesuffix("s")):
            return mode
    return "attack"


def _place(text: str, link: Link) -> EventPlace:
    resolution = link.spot.resolution
    place = resolution.place
    assert place is not None  # spots are made of resolved mentions only
    km, bearing = linking.offset(text, resolution.mention.start)
    lat, lon = place.lat, place.lon
    radius = max(place.radius_km, 1.0)
    precision = _precision(resolution)
    if km:
        precision = "near" if precision == "exact" else precision
        if bearing is None:
            radius += km
        else:
            lat, lon = _moved(lat, lon, km, bearing)
            radius = max(3.0, 0.3 * km)
    elif precision == "exact" and link.spot.preposition in ("near", "outside", "around"):
        precision, radius = "near", radius + 15
    confidence = round(link.probability * resolution.probability, 3)
    return EventPlace(resolution, confidence, precision, round(radius, 1), lat, lon, km, bearing or 0.0)


def _precision(resolution: Resolution) -> Precision:
    """Return how precisely a place tells where, as ACLED and UCDP code it."""
    place = resolution.place
    assert place is not None
    if place.feature_class == "A":
        if place.feature_code.startswith("PCL"):
            return "country"
        return (
            "admin1"
            if place.feature_code.startswith("ADM1")
            else "admin2"
            if place.feature_code.startswith("ADM2")
            else "near"
        )
    if place.feature_class in ("H", "L", "T", "V") and place.radius_km > 25:
        return "region"
    return "exact"


def _moved(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """Return the point `km` from a point along a bearing, on a sphere."""
    a, b, c, d = math.radians(lat), math.radians(lon), math.radians(bearing), km / _EARTH_KM
    north = math.asin(math.sin(a) * math.cos(d) + math.cos(a) * math.sin(d) * math.cos(c))
    east = b + math.atan2(
        math.sin(c) * math.sin(d) * math.cos(a), math.cos(d) - math.sin(a) * math.sin(north)
    )
    return round(math.degrees(north), 5), round((math.degrees(east) + 540) % 360 - 180, 5)
