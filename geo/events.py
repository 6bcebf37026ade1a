"""What happened where, when and to whom: events from an article and its resolved places.

Every sentence is searched for the triggers of the lexicon; each gets a status, a date, the places of its
sentence at which it happened, and the numbers of people it states.  What a report leaves open stays open: an
event without a place is listed, not pinned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from dateline.geo import (
    across_sentences,
    actors,
    anaphora,
    carried,
    confidence,
    containers,
    counted,
    date_choice,
    date_clauses,
    date_layout,
    dating,
    linking,
    numerals,
    old_news,
    other_clauses,
    quantities,
    read_places,
    status,
    status_background,
    status_denied,
    status_hypothetical,
    subevents,
    taken_up,
    trigger_tagger,
    within_sentence,
)
from dateline.geo import sentences as sentences_
from dateline.geo import triggers as triggers_
from dateline.geo.confidence import EVENT_FLOOR, TOLD_FLOOR, Judged
from dateline.geo.date_layout import Stamp
from dateline.geo.date_words import MON, WEEKDAY
from dateline.geo.event_network import EventNetwork, load_event_network
from dateline.geo.harm import HOSPITALS
from dateline.geo.link_choice import Link
from dateline.geo.link_features import Scene, contains, spots
from dateline.geo.model import GUESSED, Article, Event, Mention, Resolution
from dateline.geo.readings import Passage, Reading, place_key, readings
from dateline.geo.reports import CASUALTIES, HARM, TOLLS, Found, is_felt
from dateline.geo.sentences import Sentence
from dateline.geo.trigger_tagger import Told
from dateline.geo.triggers import VERBAL, Lexicon, Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, words

#: In less sentences than this the lexicon is believed, as a user's own is anywhere, and what it lacks counts
#: only where it is so likely.
_ARTICLE, _LIKELY = 3, 0.75
#: So many sentences are worked on together, and no more that together have so many triggers and places: what
#: these take of the memory grows with the square of their number.
_TOGETHER, _NAMED = 100, 500
_DATELINE = re.compile(
    rf"(?!{WEEKDAY}\b)"  # "Friday: The Commission is due to ..."
    r"(?P<places>[A-Z][\w.'’/ -]{1,40}(?:, ?[A-Z][\w.'’ ]{1,30}){0,2})(?: ?\([\w .,/-]{1,30}\)){0,2}"
    rf"(?:, {MON} \d{{1,2}} \([A-Z]{{2,6}}\) (?=[A-Z])"  # "Shimla, Aug 3 (PTI) Four people"
    r"|(?:,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Za-z]{3,9})(?:,? \d{4})?)?"
    r"(?: ?\([^)]{1,30}\))?(?: ?[-–—]{1,2} |: ))"
)
_ENGLISH, _FOREIGN = wordlist("english"), wordlist("foreign")
#: A text of fewer words is a brief.
_BRIEF = 40
#: Event type -> what it is in plain words, for reasons; types of other lexicons keep their names.
_NOUNS = {
    "AGREE": "an agreement",
    "CONSULT": "talks or a visit",
    "SUPPORT": "support",
    "CONCEDE": "a concession",
    "COOPERATE": "cooperation",
    "AID": "aid",
    "RETREAT": "a withdrawal",
    "REQUEST": "a demand or an appeal",
    "ACCUSE": "an accusation",
    "REJECT": "a rejection",
    "THREATEN": "a threat",
    "PROTEST": "a protest",
    "SANCTION": "a sanction",
    "MOBILIZE": "a military movement",
    "COERCE": "coercion or an arrest",
    "ASSAULT": "an attack",
    "DISRUPTION": "a disruption",
    "DISASTER": "a natural disaster",
    "ACCIDENT": "an accident",
    "CRIME": "a crime",
    "VOTE": "a vote",
    "OTHER": "another event",
}
#: Words of names that begin with no capital.
_SMALL = wordlist("name_particles")
#: So few words in quotation marks are somebody's name for a thing, and no speech.
_SCARE = 2
_NEGATIONS = wordlist("negations")
_OPENS = re.compile(r'(?<!\S)["“]|(?<=[(\[—–])["“]|(?<=\w)“')
_CLOSES = re.compile(r'(?<=\S)"(?![\w“])|”')
_CONTENT = re.compile(r"[^\W\d_]+")
#: What makes a name that of a part of a town.
_PART = re.compile(
    r" (?:Road|Street|Avenue|Boulevard|Lane|Drive|Square"
    r"|neighbou?rhood|quarter|suburb|(?:housing |council )?estate|street|road|avenue)\b"
)
#: What links the words of a name, "Mocimboa da Praia": no word of its text's language.
_LINKED = re.compile(
    r"(?<=\w[ -])(?:d[aeio]s?|del|della|au|aux|la|sur|en)[ -](?:l[aeo]s?[ -])?(?=[^\W\d_a-z])"
)
#: Letters of no language that is written in Latin ones.
_NOT_LATIN = re.compile(r"[\u0370-\u1dff\u2c00-\ud7ff]")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence: its words and places, its triggers, and the dateline's place where one was told.

    `inside` are the places it names itself, `lead` the dateline where it stands before it, `stamp` what dates
    its paragraph.
    """

    sentence: Sentence
    scene: Scene
    triggers: Sequence[Trigger]
    inside: Sequence[Resolution]
    home: Resolution | None
    lead: Scene | None
    stamp: Stamp | None


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
    if not supports(article):
        return []
    if article.date is None:
        article = replace(article, date=dating.own_day(article))
    events = told(article, resolutions, lexicon)
    short = sentences_.are_fewer(_ARTICLE, article.text, article.body_start)
    return [
        recorded(article, each)
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
    modes = {entry.mode for entry in triggers_.bundled()}
    return frozenset(modes - {entry.mode for entry in triggers_.bundled() if entry.type in HARM} - TOLLS)


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
    for some in _together(statements(article, resolutions, lexicon, network)):
        read = readings(network, [Passage(s.scene, s.lead, s.triggers, s.sentence.paragraph) for s in some])
        read = [
            [_of_whole(s.scene, *each) for each in zip(s.triggers, of, strict=True)]
            for s, of in zip(some, read, strict=True)
        ]
        links = linking.link([(s.scene, s.triggers, of) for s, of in zip(some, read, strict=True)])
        for statement, of, places in zip(some, read, links, strict=True):
            if lexicon is None:
                statement = replace(statement, triggers=_typed_early(statement.triggers, of))
            found = _with_news(article, found, statement, _told(article, statement, of, places))
    return found


def _of_whole(scene: Scene, trigger: Trigger, read: Reading) -> Reading:
    """Return what is read of a trigger, where only some were at a place that of the place where all were."""
    for part in scene.places:
        if whole := other_clauses.whole_of(scene, trigger, part):
            read = read.of_whole(place_key(part.resolution), place_key(whole.resolution))
    return read


def _together(told: Iterable[Statement]) -> Iterator[list[Statement]]:
    """Yield the sentences that are worked on together."""
    some: list[Statement] = []
    named = 0
    for statement in told:
        more = len(statement.triggers) + len(statement.scene.places)
        if some and (len(some) == _TOGETHER or named + more > _NAMED):
            yield some
            some, named = [], 0
        some.append(statement)
        named += more
    if some:
        yield some


def statements(
    article: Article,
    resolutions: Sequence[Resolution],
    lexicon: Lexicon | None,
    network: EventNetwork,
) -> Iterator[Statement]:
    """Yield the sentences of an article with the places and the triggers in them."""
    spans = sentences_.split(article.text, article.body_start)
    dateline = _dateline(article, spans, resolutions)
    stamps = date_layout.stamps(article, spans)
    home: Resolution | None = None
    told: list[Resolution] = []
    paragraph, since = -1, 0
    at = 0
    for sentence, before, tokens, read in _triggered(article, spans, dateline, lexicon, network):
        start = tokens[0].start if before and tokens else sentence.start
        while at < len(resolutions) and resolutions[at].mention.start < sentence.start:
            at += 1
        first = at
        while at < len(resolutions) and resolutions[at].mention.start < sentence.end:
            at += 1
        if start > sentence.start:
            home = _home(resolutions[first:at], start)
        inside = [
            r
            for r in resolutions[first:at]
            if r.mention.start >= start and not _is_unknown_part(article.text, r)
        ]
        held = containers.holders(article.text, inside)
        places = containers.put(spots(tokens, _without_guesses(inside, held)), held)
        if sentence.paragraph != paragraph:
            paragraph, since = sentence.paragraph, sentence.start
        triggers = [t for t in read.triggers if not _quoted(article.text, sentence, tokens[t.first].start)]
        taken_up = anaphora.with_places_taken_up(tokens, places, home, told, since) if triggers else places
        scene = Scene(tokens, taken_up, read.vectors)
        lead = Scene(before, spots(before, resolutions[first:at]), read.lead) if before else None
        triggers = [
            t for t in triggers if t.entry.mode != "territory taken" or linking.takes_ground(scene, t)
        ]
        triggers = [t for t in triggers if len(triggers) == 1 or not _warns_of_nowhere(scene, t)]
        triggers = [t for t in triggers if not triggers_.is_of_animals(tokens, t)]
        yield Statement(sentence, scene, triggers, inside, home, lead, stamps.get(sentence.paragraph))
        told += anaphora.settlements(tokens, places)


def _triggered(
    article: Article,
    spans: Sequence[Sentence],
    dateline: tuple[int, int] | None,
    lexicon: Lexicon | None,
    network: EventNetwork,
) -> Iterator[tuple[Sentence, list[Word], list[Word], Told]]:
    """Yield each sentence, the words of a dateline before it, its own, and what triggers are among these."""
    remaining = iter(spans)
    while some := list(islice(remaining, _TOGETHER)):
        starts = [dateline[1] if dateline and s.start < dateline[1] <= s.end else s.start for s in some]
        leads = [words(article.text, s.start, start) for start, s in zip(starts, some, strict=True)]
        tokens = [words(article.text, start, s.end) for start, s in zip(starts, some, strict=True)]
        paragraphs = [s.paragraph for s in some]
        read = trigger_tagger.find(network, article.text, tokens, lexicon, leads=leads, paragraphs=paragraphs)
        yield from zip(some, leads, tokens, read, strict=True)


def _with_news(article: Article, found: list[Found], statement: Statement, news: list[Found]) -> list[Found]:
    """Return what was found so far with the news of the next sentence, which may go on what was told."""
    inside, home = statement.inside, statement.home
    found = across_sentences.with_denial(found, statement.scene.sentence, statement.sentence)
    shaken = any(item.trigger.type == "DISASTER" for item in found)
    news = [item for item in news if not (shaken and is_felt(item))]
    named = any(r.mention.role == "literal" and not (home and r.place == home.place) for r in inside)
    # where the injured lie is not where they came to harm
    nursed = not HOSPITALS.isdisjoint(statement.scene.lowers)
    again = found and {r.place.id for r in inside if r.place} <= found[-1].place_ids
    goes_on = (nursed or again or not named) and not across_sentences.has_label(statement.scene.sentence)
    if goes_on and not any(counted.takes_numbers(item) for item in news):
        found = across_sentences.with_later_numbers(
            found, quantities.find(article.text, statement.scene.sentence), statement.sentence
        )
    news = taken_up.completed(article, news, found)
    found += carried.placed(news, found, home if statement.lead else None, inside, named)
    return found


def names() -> frozenset[str]:
    """Return the names of all types and modes that the bundled words tell, lower case.

    >>> {"assault", "airstrike", "heating cut"} <= names()
    True
    """
    told = {name for entry in triggers_.bundled() for name in (entry.type, entry.mode) if name}
    return frozenset(name.lower() for name in (*told, *_WEAPONS.values(), *_SUPPLIES.values(), "attack"))


def supports(article: Article) -> bool:
    """Return whether events are read in the article's language: English, told by its commonest words.

    A brief has few of these, and is English if it has more of them than of other languages', or none of both.
    """
    if article.language:
        return article.language.casefold().startswith("en")
    text = article.text[article.body_start : article.body_start + 4000]
    sample = _CONTENT.findall(_LINKED.sub("", text))
    english = sum(word.casefold() in _ENGLISH for word in sample)
    foreign = sum(word in _FOREIGN for word in sample)  # "La Paz", "El Fasher" are no words of a language
    if len(sample) < _BRIEF:
        return len(sample) < 8 or english > foreign or (english == foreign and not _NOT_LATIN.search(text))
    return english > max(0.1 * len(sample), foreign)


def _dateline(
    article: Article, spans: Sequence[Sentence], resolutions: Sequence[Resolution]
) -> tuple[int, int] | None:
    """Return where the dateline ("PARIS, Texas (AP) - ") of one of the first paragraphs stands, if any."""
    told = [sentence for sentence in spans[:8] if sentence.kind in ("text", "caption")]
    for sentence in told:
        match = _DATELINE.match(article.text, sentence.start, sentence.end)
        if match and match.end() < sentence.end and _is_named(match["places"]):
            start, end = match.span()
            known = any(start <= r.mention.start < end for r in resolutions)
            if _is_label(article.text, start, end, told) and sentence is not told[0]:
                return None
            if known or not triggers_.find(words(article.text, start, end)):
                return start, end  # not "Explosions: Kyiv, Odesa"
    return None


def _is_label(text: str, start: int, end: int, told: Sequence[Sentence]) -> bool:
    """Return whether a place only heads its own line or sentence: "Sumy: two killed", no "Dhaka: A bus".

    Labels stand before numbers, or several of them in a text.
    """
    lead = text[start:end].rstrip()
    if not lead.endswith(":") or lead.isupper():
        return False
    number, _ = numerals.value(words(text, end, end + 20) or words("the"), 0)
    others = (_DATELINE.match(text, s.start, s.end) for s in told if s.start != start)
    return bool(number) or any(other and other[0].rstrip().endswith(":") for other in others)


def _is_named(places: str) -> bool:
    """Return whether words are names only: no "Bomb attack in Jolo: 20 dead"."""
    return all(not word[0].islower() or word in _SMALL for word in _CONTENT.findall(places))


def _without_guesses(
    resolutions: Sequence[Resolution], held: Mapping[Mention, containers.Holder]
) -> list[Resolution]:
    """Return the resolutions but those of unknown names that are mere guesses at a place named beside them.

    "A landslide near Ambaguio came after rain in Nueva Vizcaya" is known to lie in the province, which is
    named itself; what the text puts in a place is `held` by it.
    """
    named = {r.place for r in resolutions if r.match != "nearby"}
    return [
        r
        for r in resolutions
        if r.match != "nearby"
        or r.probability > GUESSED
        or r.place is None
        or r.place not in named
        or r.mention in held
    ]


def _is_unknown(resolution: Resolution) -> bool:
    """Return whether a place is named that the gazetteer lacks, and that nothing in the text locates."""
    guessed = resolution.match == "nearby" and resolution.probability < confidence.PIN_FLOOR
    return resolution.mention.role == "literal" and (resolution.place is None or guessed)


def _is_unknown_part(text: str, resolution: Resolution) -> bool:
    """Return whether a name is that of a street or quarter that nobody knows: its town may be told too."""
    mention = resolution.mention
    told = _PART.search(mention.text) or _PART.match(text, mention.end)
    return resolution.probability < confidence.PIN_FLOOR and told is not None


def _home(resolutions: Sequence[Resolution], end: int) -> Resolution | None:
    """Return the place of a dateline: its first, which is the finest."""
    return next((r for r in resolutions if r.place is not None and r.mention.start < end), None)


def _told(
    article: Article, statement: Statement, read: Sequence[Reading], places: Sequence[Sequence[Link]]
) -> list[Found]:
    """Return what one sentence reports, one item an event, given what is `read` of each trigger and where."""
    sentence, scene, triggers = statement.sentence, statement.scene, statement.triggers
    tokens = scene.sentence
    if not triggers:
        return []
    judged = [status.judge(tokens, trigger) for trigger in triggers]
    tenses = [tense for _, tense, _ in judged]
    dated = dating.dates_of(article, sentence, tokens, triggers, tenses, statement.stamp)
    cancelled = any(trigger.entry.mode == "postponement" for trigger in triggers)
    unknown = tuple(dict.fromkeys(f'"{r.mention.text}"' for r in statement.inside if _is_unknown(r)))
    found: list[Found] = []
    for trigger, reading, links, (state, tense, why), (date, others) in zip(
        triggers, read, places, judged, dated, strict=True
    ):
        reasons = [_says(article.text, tokens, trigger)]
        if why:
            reasons.append(f'{state}: "{why}"')
        if state == "actual" and not date and status_background.is_alleged(tokens, trigger):
            state, why = "background", "told in court"
            reasons.append("told in court")
        said = state
        over = date.interval if date and not date_clauses.lasts(tokens, trigger) else None
        state, age = dating.aged(state, over, article.date)
        who, whom = actors.find(scene, trigger)
        item = Found(
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
            told=said,
            when=(age,) if age else (),
            read=reading,
            unknown=unknown,
        )
        lead = [word.lower for word in tokens[max(0, trigger.first - 5) : trigger.first]]
        unreal = state == "hypothetical" or "if" in lead
        nothing = unreal and why in _NEGATIONS  # "nobody was hurt", "if no deal was reached"
        # "the summit was called off" tells of a cancellation, not of a summit
        if not nothing and not (cancelled and why in status_denied.CALLED_OFF):
            found.append(item)
    counts = quantities.find(article.text, tokens, _wholes(scene))
    return counted.with_numbers(within_sentence.merge(found), counts)


def _wholes(scene: Scene) -> set[int]:
    """Return the words of places that hold a place named after them."""
    return {
        outer.first
        for i, outer in enumerate(scene.places)
        if any(contains(outer.resolution, inner.resolution) for inner in scene.places[i + 1 :])
    }


def _says(text: str, tokens: Sequence[Word], trigger: Trigger) -> str:
    word = text[tokens[trigger.first].start : tokens[trigger.last].end]
    mode = trigger.entry.mode
    what = _NOUNS.get(trigger.type, trigger.type.replace("_", " ").lower())
    if trigger.probability < 1:
        sure = "probably tells" if trigger.probability >= 0.5 else "may tell"
        return f'"{word}" {sure} of {what} ({trigger.probability:.2f}; no entry of the lexicon)'
    return f'"{word}" tells of {what}' + (f" ({mode})" if mode else "")


def _warns_of_nowhere(scene: Scene, trigger: Trigger) -> bool:
    """Return whether a noun names a warning, and no place follows that it is for: "a tsunami advisory"."""
    named = any(spot.first > trigger.last for spot in scene.places)
    return status_hypothetical.is_warning(scene.sentence, trigger) and not named


def _quoted(text: str, sentence: Sentence, at: int) -> bool:
    """Return whether an offset lies inside a quotation of its sentence, or a quotation within one."""
    opened = [mark.end() for mark in _OPENS.finditer(text, sentence.start, at + 1)]
    if not opened or len(opened) <= sum(1 for _ in _CLOSES.finditer(text, sentence.start, at)):
        return False
    end = _CLOSES.search(text, at, sentence.end)
    return end is None or len(text[opened[-1] : end.start()].split()) > _SCARE  # a "complex ambush" is one


# -- the record --------------------------------------------------------------------------------------------


def recorded(article: Article, judged: Judged) -> Event:
    """Return the record of an event that an article reports."""
    item, places = judged.event, judged.places
    tokens, trigger = item.tokens, item.trigger
    start, end = tokens[trigger.first].start, tokens[trigger.last].end
    reasons = [*item.reasons, *item.when, *(f"place: {link.reason}" for link in item.links)]
    if not places:
        reasons.append(_unlocated(item))
    reasons.append(f'date: "{item.date.text}"' if item.date else "the text does not say when")
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
        confidence=max((place.confidence for place in places), default=judged.probability),
        places=places,
        start=item.date.interval.first if item.date else None,
        end=item.date.interval.last if item.date else None,
        date_text=item.date.text if item.date else "",
        actors=item.actors,
        recipients=item.recipients,
        fatalities=item.numbers.get("fatalities"),
        injured=item.numbers.get("injured"),
        affected=item.numbers.get("affected"),
        acled=subevents.of(tokens, trigger),
        reasons=tuple(reasons),
    )


def _unlocated(item: Found) -> str:
    """Return why an event has no place."""
    if not all(_is_unknown(link.spot.resolution) for link in item.links):
        return "too unsure to be pinned"
    if item.trigger.type in VERBAL:
        return "an act of speech is not pinned"
    if item.unknown:
        return f"not pinned: the gazetteer does not know {' or '.join(item.unknown)}"
    return "the text does not say where"


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
_SUPPLIES = {
    "heating": "heating cut",
    "heat": "heating cut",
    "water": "water cut",
    "internet": "internet cut",
}


def _mode(item: Found) -> str:
    """Return the mode; where the lexicon leaves it open, the weapon or the supply that the sentence names."""
    mode = item.trigger.entry.mode
    if mode == "power cut":
        nearby = [word.lower for word in item.tokens[item.trigger.first : item.trigger.last + 6]]
        return next((_SUPPLIES[word] for word in nearby if word in _SUPPLIES), mode)
    if mode or item.trigger.type != "ASSAULT":
        return mode
    for word in item.tokens:
        if found := _WEAPONS.get(word.lower) or _WEAPONS.get(word.lower.removesuffix("s")):
            return found
    return "attack"
