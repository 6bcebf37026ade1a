"""What happened to the people of each number that a sentence tells: killed, injured, affected, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile, pairwise, takewhile
from typing import Literal

from dateline.geo import count_lists
from dateline.geo.harm import (
    AFFECT,
    BE,
    BREAKS,
    DEAD,
    FUNCTION,
    GOES_ON,
    HARMED,
    HOSPITALS,
    HURT,
    INTRANSITIVE,
    KILL,
    LIMBS,
    SLAIN,
    TOLL_OF,
    WOUNDS,
)
from dateline.geo.headcounts import Headcount
from dateline.geo.numerals import NONE, PERSONS, is_person
from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, all_forms

Kind = Literal["fatalities", "injured", "affected"]
_CLAUSE = frozenset(";.:")
#: Whose clause tells of others: "killed when a lone gunman opened fire".
_OPENS = frozenset({"when", "while", "since", "although", "because", "but", "whereas"})
_LOSE = all_forms("lose")
_TAKE = all_forms("arrest", "detain", "kidnap", "abduct", "rescue")
_HAS = frozenset({"with", "for", "sustained", "suffered", "nursed", "received"})
_TO_HOSPITAL = frozenset({"taken", "rushed", "treated", "admitted", "brought", "flown", "sent", "airlifted"})
_RISE = wordlist("rise")
_REFUGE = frozenset({"refuge", "shelter"})
#: Words before what a toll has become, beside those that tell of a rise.
_PASSES = frozenset({"passed", "exceeded", "topped", "surpassed", "reached"})
_UP_TO = frozenset({"to", "at", "past", "above", "over"})
#: What is lost by who is maimed.
_AN = frozenset({"a", "an", "one", "both", "his", "her", "their"})
#: Whom an army loses by their death.
_MEN = frozenset(
    {"men", "soldiers", "fighters", "troops", "policemen", "officers", "militiamen", "peacekeepers"}
)
#: Whose people are displaced, but who are none.
_HOMES = (["homes"], ["households"], ["hh"], ["hhs"])
_DIED = frozenset({"died", "succumbed"})
_DEATHS = frozenset({"deaths", "fatalities", "killings", "murders"})
_WHERE = frozenset({"in", "across", "throughout", "within", "from", "over", "after", "on"})
_THEIRS = (["their"], ["his"], ["her"])
#: A toll is told by so many words before its number.
_TOLD_BY = 22


def of_each(sentence: Sequence[Word], lowers: list[str], numbers: Sequence[Headcount]) -> list[Kind | None]:
    """Return what happened to the people of each number; those of a list share one fate."""
    kinds: list[Kind | None] = []
    for i, number in enumerate(numbers):
        stop = numbers[i + 1].first if i + 1 < len(numbers) else len(sentence)
        kind = _kind(lowers, number, numbers[i - 1].last + 1 if i else 0, stop)
        if kind != "affected" and lowers[number.last + 1 : number.last + 2] in _HOMES:
            kind = None
        if kind is None and count_lists.is_item(sentence, number.first, number.last):
            kind = next((other for other in reversed(kinds) if other), None)
        kinds.append(kind)
    for i, (head, item) in reversed([*enumerate(pairwise(numbers))]):
        if kinds[i] is None and count_lists.begins(sentence, head.last, item.first, item.last):
            kinds[i] = kinds[i + 1]  # "Two in Lagos and one in Ibadan were killed"
    return kinds


def _kind(lowers: list[str], number: Headcount, start: int, stop: int) -> Kind | None:
    """Return what happened to the people counted: the nearest verb of harm, passive after, active before."""
    after = _without_parts(_before_next(lowers[number.last + 1 : stop], stop == len(lowers)))[:13]
    before = lowers[max(start, number.first - 7) : number.first][::-1]
    if kind := _risen_to(lowers[max(0, number.first - _TOLD_BY) : number.first]) or _object_of(before):
        return kind
    if before[:2] == ["of", "bodies"] or (_loses(before) and not _MEN.isdisjoint(after[:1])):
        return "fatalities"  # "the bodies of three men with gunshot wounds", "lost six men"
    if after[:1] == ["'s"]:
        return None  # "the victim's body was taken to hospital"
    if ("to", "death") in pairwise(after[:5]):
        return "fatalities"  # "hacked 14 villagers to death"
    for i, word in enumerate(after):
        if word in _CLAUSE or word in NONE:
            break
        if stop < len(lowers) and _has_object(after, i):
            return None  # "Two gunmen killed 22 people"
        if not _is_of_others(after, i):
            told = _told_after(after, i, _is_subject(lowers, number, after, i))
            if told is not None:
                return _of_several(told or None, number)
    return _of_several(_told_before(before, after[:1]), number)


def _before_next(after: list[str], alone: bool) -> list[str]:
    """Return the words behind a number but for the verb of the next: "hurt 40 people and killed nine"."""
    end = len(after) - len([*takewhile(count_lists.ABOUT.__contains__, reversed(after))])
    verb = end > 1 and after[end - 2] == "and" and after[end - 1] in HARMED
    return after[: end - 2] if verb and not alone else after


def _without_parts(after: list[str]) -> list[str]:
    """Return words without what says who is among those counted: "seven people, including a boy, died"."""
    at = next((i for i in range(1, min(8, len(after))) if after[i] == "," and _is_part(after[i + 1 :])), None)
    if at is None or "," not in after[at + 1 :]:
        return after
    return [*after[:at], *after[after.index(",", at + 1) + 1 :]]


def _is_part(words: list[str]) -> bool:
    return words[:1] == ["including"] or words[:2] in (["among", "them"], ["among", "whom"])


def _of_several(kind: Kind | None, number: Headcount) -> Kind | None:
    """Return the kind; one person is not counted as affected."""
    return None if kind == "affected" and number.value <= 1 else kind


def _has_object(after: Sequence[str], i: int) -> bool:
    """Return whether those counted did harm to the next who are, up to whom the words behind them reach."""
    shot = list(after[i : i + 2]) == ["shot", "dead"]
    active = (shot or after[i] in HARMED) and i > 0 and is_person(after[i - 1])
    alone = count_lists.ABOUT.issuperset(after[i + 1 + shot :])
    return active and alone and BE.isdisjoint(after[max(0, i - 3) : i])


def _is_of_others(after: Sequence[str], i: int) -> bool:
    """Return whether a word of harm speaks of others, or not yet: "five rescue workers died"."""
    word = after[i]
    if word in ("killing", "wounding", "injuring", "rescue"):
        return True  # "held in retaliation for the killing"
    if word == "dead" and i and after[i - 1] == "shooting":
        return True  # "set fire to four cars, shooting dead a man"
    if word not in AFFECT:
        return False
    if i == 0 and after[1:2] and is_person(after[1]):
        return True  # "seven trapped miners confirmed dead"
    if ("found", "dead") in pairwise(after[i:]):
        return True  # "all 20 miners trapped there were found dead"
    return after[i + 1 : i + 2] == ["and"] and not SLAIN.isdisjoint(
        after[i + 2 : i + 3]
    )  # "trapped and killed"


def _is_subject(lowers: Sequence[str], number: Headcount, after: Sequence[str], i: int) -> bool:
    """Return whether those counted came to the harm that a word after them tells: "20 people were killed"."""
    word = after[i]
    return (
        (i == 0 and (not number.single or lowers[number.last] == "one"))
        or (word in HURT and lowers[max(0, number.first - 1)] in ("and", ",") and _is_near(after, i))
        or any(w in BE or w in ("others", "people", "found", "feared") for w in after[:i])
        or (1 <= i <= 3 and word in ("killed", "gunned", "slain") and _goes_on(after, i))
        or (i > 0 and is_person(after[i - 1]))
        or (i <= 3 and word in _DEATHS and FUNCTION.isdisjoint(after[:i]))  # "22 cholera deaths"
    )


def _is_near(after: Sequence[str], i: int) -> bool:
    """Return whether a participle stands near those hurt, and is no verb: "two in Lviv and wounded five"."""
    return i <= 4 and (i == 0 or after[i - 1] != "and")


def _told_after(after: Sequence[str], i: int, subject: bool) -> Kind | Literal[""] | None:
    """Return what a word after a number tells of its people, "" for no harm, None for nothing."""
    word, next_word = after[i], after[i + 1 : i + 2]
    if word in ("death", "deaths") and [after[i - 1]] in _THEIRS:
        return "fatalities"  # "fell to their deaths"
    if word == "succumbed" and "injuries" in after[i : i + 5]:
        return "fatalities"
    if word in KILL or word in DEAD or (word == "shot" and next_word == ["dead"]):
        return "fatalities" if subject or word in INTRANSITIVE else ""
    if subject and (word in HURT or _is_treated(after, i)):
        died = word in HOSPITALS and not _DIED.isdisjoint(after[i + 1 : i + 6])
        return "fatalities" if died or ("and", "died") in pairwise(after[i:]) else "injured"
    if word in WOUNDS and not _HAS.isdisjoint(after[:i]):
        return "injured"  # "four men sustained burns"
    if word in ("lost", "lose") and next_word in _THEIRS:
        return "fatalities" if after[i + 2 : i + 3] in (["lives"], ["life"]) else ""
    if word in _LOSE and not LIMBS.isdisjoint(after[i + 1 : i + 4]) and {*next_word} <= _AN | LIMBS:
        return "injured"  # "lost his right hand", "lost limbs"
    if word in AFFECT and (subject or word in ("without", "homeless")):
        return "affected"
    return None


def _told_before(before: Sequence[str], next_word: Sequence[str]) -> Kind | None:
    """Return what the words before a number, the nearest first, tell of its people."""
    persons = not PERSONS.isdisjoint(next_word)
    verb = [*dropwhile(count_lists.ABOUT.__contains__, before)][:1]
    if not _TAKE.isdisjoint(verb) and {*next_word} <= GOES_ON | {";", "and"}:
        return "affected"  # "police arrested five."
    if before[:1] and before[0] in _WHERE and not persons:
        return None  # "deaths were reported in three zones"
    for word in before:
        if word in _CLAUSE or word in _OPENS:
            break
        if word in INTRANSITIVE and word not in DEAD and not (persons or next_word in (["in"], ["at"])):
            return None  # "who died aged 91, wrote forty books"
        if word in KILL or word in DEAD:
            return "fatalities"
        if word in HURT:
            return "injured"
        # "shooting 27 dead and abducting 60"
        if word in AFFECT and word not in _LOSE and (persons or word.endswith("ing")):
            return "affected"
    return None


def _goes_on(after: Sequence[str], i: int) -> bool:
    """Return whether a participle has no object and its subject no verb: "8 Maoists gunned down in"."""
    rest = after[i + 1 :][after[i + 1 : i + 2] == ["down"] :]
    return bool(rest) and rest[0] in GOES_ON and rest[:2] != ["at", "least"] and BREAKS.isdisjoint(after[:i])


def _risen_to(lead: Sequence[str]) -> Kind | None:
    """Return the kind of which a toll is told: "the number of injured in the quake rose to", "passed"."""
    counted = next((i for i in reversed(range(len(lead))) if lead[i] in TOLL_OF), None)
    rest = [*dropwhile(count_lists.ABOUT.difference(_UP_TO).__contains__, reversed(lead))]
    risen = rest[:1] and (rest[0] in _PASSES or (rest[0] in _UP_TO and not _RISE.isdisjoint(lead)))
    if counted is None or not risen:
        return None
    of_whom = lead[max(0, counted - 1) : counted + 5]
    if not HURT.isdisjoint(of_whom):
        return "injured"
    return None if (KILL | DEAD).isdisjoint(of_whom) else "fatalities"


def _is_treated(after: Sequence[str], i: int) -> bool:
    """Return whether people are in hospital, or treated: no "7,000 took refuge in the hospital"."""
    if after[i] in HOSPITALS and _REFUGE.isdisjoint(after[:i]):
        return "in" in after[max(0, i - 2) : i] or not _TO_HOSPITAL.isdisjoint(after[:i])
    return after[i] == "treated"


def _loses(before: Sequence[str]) -> bool:
    """Return whether a number, with these words before it, the nearest first, is of what somebody lost."""
    verb = [*dropwhile(count_lists.ABOUT.__contains__, before)]
    return verb[:2] == ["of", "loss"] or not _LOSE.isdisjoint(verb[:1])


def _object_of(before: Sequence[str]) -> Kind | None:
    """Return the kind where a number is the object of a verb of harm: "killed at least 23"."""
    for i, word in enumerate(before[:5]):
        if word in (",", "and", "or") or word in _OPENS:
            break
        if word in HARMED and before[i + 1 : i + 2] and before[i + 1] not in BE:
            return "fatalities" if word in KILL else "injured"
    return None
