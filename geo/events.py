"""What happened where, when and to whom: events from an article and its resolved places.

Every sentence is searched for the triggers of the lexicon; each gets a status, a date, the places of its
sentence at which it happened, and the numbers of people it states.  What a report leaves open stays open: an
event without a place is listed, not pinned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from dateline.geo import (
    across_sentences,
    actors,
    carried,
    confidence,
    counted,
    date_choice,
    date_clauses,
    dating,
    event_names,
    event_record,
    injured,
    language,
    linking,
    old_news,
    other_clauses,
    quantities,
    read_places,
    statements,
    status,
    status_background,
    status_denied,
    taken_up,
    within_sentence,
)
from dateline.geo import sentences as sentences_
from dateline.geo.confidence import EVENT_FLOOR, TOLD_FLOOR, Judged
from dateline.geo.event_network import load_event_network
from dateline.geo.harm import HOSPITALS
from dateline.geo.holding import contains
from dateline.geo.lexicon import Lexicon, bundled
from dateline.geo.link_choice import Link
from dateline.geo.link_features import Scene
from dateline.geo.model import Article, Event, Resolution, Status
from dateline.geo.readings import Passage, Reading, place_key, readings
from dateline.geo.reports import CASUALTIES, HARM, TOLLS, Found, is_felt
from dateline.geo.statements import Statement, is_unknown
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word

#: In less sentences than this the lexicon is believed, as a user's own is anywhere, and what it lacks counts
#: only where it is so likely.
_ARTICLE, _LIKELY = 3, 0.75
_NEGATIONS = wordlist("negations")


def extract(
    article: Article, resolutions: Sequence[Resolution], lexicon: Lexicon | None = None
) -> list[Event]:
    """Return the events that an article reports, in the order of its text.

    Parameters
    ----------
    article : Article
        In English; an article in another language has no events (its places are still mapped).
    resolutions : sequence of Resolution
        Of the article's mentions.
    lexicon : Lexicon, optional
        The words that report events; the bundled ones unless given.

    Returns
    -------
    list of Event
    """
    if not language.supports(article):
        return []
    if article.date is None:
        article = replace(article, date=dating.own_day(article))
    events = told(article, resolutions, lexicon)
    short = sentences_.are_fewer(_ARTICLE, article.text, article.body_start)
    return [
        event_record.record(article, each)
        for each in confidence.judged(article, events, resolutions)
        if _counts(each, short, believed=short or lexicon is not None)
    ]


def told(article: Article, resolutions: Sequence[Resolution], lexicon: Lexicon | None = None) -> list[Found]:
    """Return the events that an article tells, each once, however likely they are."""
    found = reported(article, resolutions, lexicon)
    events = date_choice.dated(article, across_sentences.merge(found), found)
    events = old_news.as_news(events, article.date)
    events = read_places.with_places_read(events, resolutions)
    if lexicon is not None:
        return events
    return [replace(item, trigger=_typed(item.trigger, item.read)) for item in events]


def _typed(trigger: Trigger, read: Reading) -> Trigger:
    """Return a trigger with the type that the network reads in this article, if it is likelier than not.

    It keeps its mode, but what does harm has none of what does not: a drone that "flew into a base" is no
    deployment.
    """
    if read.type is None or read.type == trigger.type:
        return trigger
    mode = trigger.entry.mode
    kept = "" if read.type in HARM and mode in _harmless() else mode
    return replace(trigger, entry=replace(trigger.entry, type=read.type, mode=kept))


def _typed_early(triggers: Sequence[Trigger], read: Sequence[Reading]) -> list[Trigger]:
    """Return the triggers of a sentence, those with their types that must be known to tell whom they harm."""
    return [
        _typed(t, of) if of.type in HARM and t.type not in HARM and t.entry.mode not in CASUALTIES else t
        for t, of in zip(triggers, read, strict=True)
    ]


@cache
def _harmless() -> frozenset[str]:
    """Return the modes that no event has of which people or things come to harm."""
    modes = {entry.mode for entry in bundled()}
    return frozenset(modes - {entry.mode for entry in bundled() if entry.type in HARM} - TOLLS)


def _counts(judged: Judged, short: bool, believed: bool) -> bool:
    """Return whether an event is likely enough to be reported, or of a lexicon that is `believed`."""
    if judged.event.trigger.probability == 1:
        return believed or judged.probability >= EVENT_FLOOR
    return judged.probability >= (_LIKELY if short else TOLD_FLOOR)


def reported(
    article: Article, resolutions: Sequence[Resolution], lexicon: Lexicon | None = None
) -> list[Found]:
    """Return all reports of events of an article, in the order of its text; several may tell of one event."""
    resolutions = sorted(resolutions, key=lambda r: r.mention.start)
    network = load_event_network()
    found: list[Found] = []
    for some in statements.together(statements.read(article, resolutions, lexicon, network)):
        read = readings(network, [Passage(s.scene, s.lead, s.triggers, s.sentence.paragraph) for s in some])
        read = [
            [_of_whole(s.scene, *each) for each in zip(s.triggers, of, strict=True)]
            for s, of in zip(some, read, strict=True)
        ]
        links = linking.link([(s.scene, s.triggers, of) for s, of in zip(some, read, strict=True)])
        for statement, of, places in zip(some, read, links, strict=True):
            if lexicon is None:
                statement = replace(statement, triggers=_typed_early(statement.triggers, of))
            found = _with_news(article, found, statement, _in_sentence(article, statement, of, places))
    return found


def _of_whole(scene: Scene, trigger: Trigger, read: Reading) -> Reading:
    """Return what is read of a trigger, where only some were at a place that of the place where all were."""
    for part in scene.places:
        if whole := other_clauses.whole_of(scene, trigger, part):
            read = read.of_whole(place_key(part.resolution), place_key(whole.resolution))
    return read


def _with_news(article: Article, found: list[Found], statement: Statement, news: list[Found]) -> list[Found]:
    """Return what was found so far with the news of the next sentence, which may go on what was told."""
    inside, home = statement.inside, statement.home
    found = across_sentences.with_denial(found, statement.scene.sentence, statement.sentence)
    shaken = any(item.trigger.type == "DISASTER" for item in found)
    news = [item for item in news if not (shaken and is_felt(item))]
    harm = across_sentences.harm_before(found, statement.sentence)
    rest = news if harm is None else injured.without_counts(found[harm], news)
    goes_on = len(rest) < len(news) or _may_go_on(article, found, statement)
    news = rest
    if goes_on and not any(counted.takes_numbers(item) for item in news):
        told = {kind for item in news for kind in item.numbers}
        people = [c for c in quantities.find(article.text, statement.scene.sentence) if c.kind not in told]
        found = across_sentences.with_later_numbers(found, people, statement.sentence)
    news = taken_up.completed(article, news, found)
    placed = carried.placed(news, found, home if statement.lead else None, inside, _named(article, statement))
    return [*found, *placed]


def _may_go_on(article: Article, found: Sequence[Found], statement: Statement) -> bool:
    """Return whether a sentence tells of no other place than the events before it."""
    # where the injured lie is not where they came to harm
    nursed = not HOSPITALS.isdisjoint(statement.scene.lowers)
    places = {r.place.id for r in statement.inside if r.place}
    again = bool(found) and places <= found[-1].place_ids
    label = across_sentences.has_label(statement.scene.sentence)
    return (nursed or again or not _named(article, statement)) and not label


def _named(article: Article, statement: Statement) -> bool:
    """Return whether a sentence names a place where something may have happened: not where somebody sits."""
    home = statement.home
    return any(
        r.mention.role == "literal"
        and not (home and r.place == home.place)
        and not article.text.endswith("based in ", 0, r.mention.start)
        for r in statement.inside
    )


def _in_sentence(
    article: Article, statement: Statement, read: Sequence[Reading], places: Sequence[Sequence[Link]]
) -> list[Found]:
    """Return what one sentence reports, one item an event, given what is `read` of each trigger and where."""
    if not statement.triggers:
        return []
    found = list(_found(article, statement, read, places))
    counts = quantities.find(article.text, statement.scene.sentence, _wholes(statement.scene))
    return counted.with_numbers(within_sentence.merge(found), counts)


def _found(
    article: Article, statement: Statement, read: Sequence[Reading], places: Sequence[Sequence[Link]]
) -> Iterator[Found]:
    """Yield what each trigger of a sentence reports, if it tells of an event at all."""
    sentence, scene, triggers = statement.sentence, statement.scene, statement.triggers
    tokens = scene.sentence
    judged = [status.judge(tokens, trigger) for trigger in triggers]
    tenses = [tense for _, tense, _ in judged]
    dated = dating.dates_of(article, sentence, tokens, triggers, tenses, statement.stamp)
    cancelled = any(trigger.entry.mode == "postponement" for trigger in triggers)
    unknown = tuple(dict.fromkeys(f'"{r.mention.text}"' for r in statement.inside if is_unknown(r)))
    for trigger, reading, links, (told, tense, why), (date, others) in zip(
        triggers, read, places, judged, dated, strict=True
    ):
        reasons = [event_names.says(article.text, tokens, trigger)]
        if why:
            reasons.append(f'{told}: "{why}"')
        if told == "actual" and not date and status_background.is_alleged(tokens, trigger):
            told = "background"
            reasons.append("told in court")
        over = date.interval if date and not date_clauses.lasts(tokens, trigger) else None
        state, age = dating.aged(told, over, article.date)
        # "the summit was called off" tells of a cancellation, not of a summit
        if (cancelled and why in status_denied.CALLED_OFF) or _is_nothing(tokens, trigger, state, why):
            continue
        who, whom = actors.find(scene, trigger)
        yield Found(
            trigger,
            sentence,
            tokens,
            tuple(links),
            state,
            date,
            {},
            tuple(reasons),
            actors=who,
            recipients=whom,
            tense=tense,
            dates=others,
            told=told,
            when=(age,) if age else (),
            read=reading,
            unknown=unknown,
        )


def _is_nothing(tokens: Sequence[Word], trigger: Trigger, state: Status, why: str) -> bool:
    """Return whether nothing happened: "nobody was hurt", "if no deal was reached"."""
    lead = [word.lower for word in tokens[max(0, trigger.first - 5) : trigger.first]]
    return (state == "hypothetical" or "if" in lead) and why in _NEGATIONS


def _wholes(scene: Scene) -> set[int]:
    """Return the words of places that hold a place named after them."""
    return {
        outer.first
        for i, outer in enumerate(scene.places)
        if any(contains(outer.resolution, inner.resolution) for inner in scene.places[i + 1 :])
    }
