"""The geocoder behind the gazetteer: asked for the names that the gazetteer lacks, when the user says so."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from dateline.errors import InputError
from dateline.gazetteer import Place
from dateline.geo.geocoding.client import Client, Unanswered
from dateline.geo.geocoding.judging import Surroundings, judge, lacking, whole
from dateline.geo.geocoding.services import Question
from dateline.geo.geocoding.settings import Settings
from dateline.geo.model import Article, Mention, Resolution

#: A recogniser less sure than this has rather found no place name at all: nobody is bothered with it.
_NAME_SCORE = 0.4
#: Share of an article's resolved mentions that a country must have to go into a question, and how many do.
_HINT_SHARE = 0.15
_HINT_COUNTRIES = 3
_LONGEST_NAME = 80
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass
class Summary:
    """What became of the names that the gazetteer lacks; names are as asked, in order of asking.

    Parameters
    ----------
    service : str
        Who was asked: "nominatim at https://nominatim.openstreetmap.org".
    found, refused : dict
        Name -> what was found, or why the answer was not taken.
    unanswered : dict
        Name -> why there is no answer.
    would_ask : list of str
        In a dry run, the questions.
    requests, remembered : int
        Requests sent, and questions answered by the cache.
    attribution : str
        The line that must stand where the geocoder's data is shown; empty when none of it is used.
    """

    service: str
    found: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    unanswered: dict[str, str] = field(default_factory=dict)
    would_ask: list[str] = field(default_factory=list)
    requests: int = 0
    remembered: int = 0
    attribution: str = ""
    notes: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """Yield the summary for a person; nothing when no name was lacking."""
        if self.would_ask:
            yield f"would ask {self.service}:"
            yield from (f"  {question}" for question in self.would_ask)
        if self.found or self.refused or self.unanswered:
            yield (
                f"{self.service}: {self.requests} requests, {self.remembered} answers remembered; "
                f"{len(self.found)} names found, {len(self.refused)} not, {len(self.unanswered)} unanswered"
            )
        for reason in dict.fromkeys(self.unanswered.values()):
            names = [name for name, why in self.unanswered.items() if why == reason]
            more = f" and {len(names) - 10} more" if len(names) > 10 else ""
            yield f"  not located ({reason}): {', '.join(names[:10])}{more}"
        yield from (f"  {note}" for note in self.notes)
        if self.attribution:
            yield f"Contains places {self.attribution}"


class Fallback:
    """Asks a geocoder for the places of mentions that the gazetteer lacks.

    Only the name and the countries that the article is about leave the machine.

    Parameters
    ----------
    settings : Settings or str
        Whom to ask and how; a string is the name of the service.
    dry_run : bool
        Use what the cache knows and only note, in ``summary.would_ask``, what would be asked.

    Raises
    ------
    InputError
        When geopy has no such geocoder, or its key is not to be found.

    Examples
    --------
    >>> from dateline.geo import geoparse                      # doctest: +SKIP
    >>> fallback = Fallback("nominatim")                       # doctest: +SKIP
    >>> result = geoparse("news/*.txt", geocoder=fallback)     # doctest: +SKIP
    >>> print(*fallback.summary.lines(), sep="\\n")             # doctest: +SKIP
    """

    def __init__(self, settings: Settings | str = "nominatim", *, dry_run: bool = False) -> None:
        self.settings = Settings(settings) if isinstance(settings, str) else settings
        self.dry_run = dry_run
        self._client = Client(self.settings)
        self._left = self.settings.budget
        self._answers: dict[Question, tuple[Place, ...] | str] = {}
        self.summary = Summary(self._client.service.address)

    @property
    def attribution(self) -> str:
        """The line that must stand where the service's data is shown; empty when none is asked for."""
        return self._client.service.attribution

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to another process as the settings alone: the cache is what processes share."""
        return _remake, (self.settings, self.dry_run)

    def fill(self, article: Article, resolutions: Sequence[Resolution]) -> list[Resolution]:
        """Return `resolutions` with places for the unresolved literal mentions that the geocoder knows.

        Never fails for the geocoder's sake: a mention that gets no (likely) answer stays as it was, and
        :attr:`summary` says why.
        """
        around = Surroundings.of(resolutions)
        countries = hint(around) if self._client.service.takes_countries else ()
        lacked = {
            index: replace(resolution, mention=whole(article, resolution.mention))
            for index, resolution in enumerate(resolutions)
            if lacking(resolution)
        }
        asked = {
            index: Question(name, countries)
            for index, resolution in lacked.items()
            if (name := _name(resolution.mention))
        }
        self._answer(list(dict.fromkeys(asked.values())))
        filled = list(resolutions)
        for index, question in asked.items():
            answer = self._answers.get(question)
            if answer is None:
                continue
            if isinstance(answer, str):
                self.summary.unanswered[question.name] = answer
                unheard = f"no answer from {self._client.service.name}: {answer}"
                reasons = (*resolutions[index].reasons, unheard)
                filled[index] = replace(resolutions[index], reasons=reasons)
            else:
                judged = judge(article, lacked[index], answer, around, self._client.service.name)
                self._note(question.name, judged)
                filled[index] = replace(judged, mention=resolutions[index].mention)
        return filled

    def look_up(self, name: str) -> tuple[Place, ...]:
        """Return the places that the geocoder knows by a name that a person typed; nothing else is sent.

        Raises
        ------
        InputError
            When the name is none to ask for, or there is no answer in time.
        """
        asked = " ".join(_CONTROL.sub(" ", name).split())[:_LONGEST_NAME]
        if not any(char.isalpha() for char in asked):
            raise InputError("a geocoder is asked by name; type one")
        self._client.start()
        try:
            return self._client.ask(Question(asked), time.monotonic() + 2 * self.settings.timeout)
        except Unanswered as reason:
            raise InputError(f"no answer from {self._client.service.name}: {reason}") from None

    def _answer(self, questions: list[Question]) -> None:
        """Find the answers to what is not answered in this run yet: from the cache, then from the server."""
        open_questions = []
        for question in questions:
            if question in self._answers:
                continue
            known = self._client.remembered(question)
            if known is not None:
                self._answers[question] = known
                self.summary.remembered += 1
            else:
                open_questions.append(question)
        if self.dry_run:
            new = [str(question) for question in open_questions]
            self.summary.would_ask += [line for line in new if line not in self.summary.would_ask]
        elif open_questions:
            self._ask(open_questions)
            self.summary.requests = self._client.requests
        self.summary.notes = [self._client.cache.note] if self._client.cache.note else []

    def _ask(self, questions: list[Question]) -> None:
        self._client.start()
        started = time.monotonic()
        deadline = started + self._left

        def ask(question: Question) -> None:
            try:
                self._answers[question] = self._client.ask(question, deadline)
            except Unanswered as reason:
                self._answers[question] = str(reason)

        try:
            if self._client.concurrency == 1:
                for question in questions:
                    ask(question)
            else:
                with ThreadPoolExecutor(min(self._client.concurrency, len(questions))) as pool:
                    try:
                        list(pool.map(ask, questions))
                    except BaseException:
                        # Ctrl-C: what was answered is in the cache, and nobody waits for the rest.
                        self._client.stop()
                        pool.shutdown(wait=False, cancel_futures=True)
                        raise
        finally:
            self._left -= time.monotonic() - started

    def _note(self, name: str, resolution: Resolution) -> None:
        if resolution.match != "geocoder":
            self.summary.refused[name] = resolution.reasons[-1]
            return
        self.summary.found[name] = resolution.reasons[0]
        self.summary.attribution = self.attribution


def _remake(settings: Settings, dry_run: bool) -> Fallback:
    return Fallback(settings, dry_run=dry_run)


def hint(around: Surroundings) -> tuple[str, ...]:
    """Return the countries to name in questions: the article's, so that each is narrow and tells no more."""
    shares = sorted(around.countries.items(), key=lambda item: (-item[1], item[0]))[:_HINT_COUNTRIES]
    return tuple(sorted(code for code, share in shares if share >= _HINT_SHARE))


def _name(mention: Mention) -> str:
    """Return the name to ask for, or nothing when the mention is none to ask about."""
    name = " ".join(mention.text.split())
    asks = (
        mention.role == "literal"
        and mention.score >= _NAME_SCORE
        and 3 <= len(name) <= _LONGEST_NAME
        and not _CONTROL.search(mention.text)
        and any(char.isalpha() for char in name)
    )
    return name if asks else ""
