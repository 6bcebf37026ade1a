"""Dates of a main clause that are not those of what it looks back at.

"The toll of the quake rose to 90 on Monday", "mourners of the attack's victims gathered on Friday": the quake
and the attack were days before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dateline.geo.date_tense import AUXILIARIES, is_finite, is_past, word_behind
from dateline.geo.dates import DateMention
from dateline.geo.reports import CASUALTIES
from dateline.geo.triggers import Trigger
from dateline.geo.words import Word, all_forms

#: Words behind the date of a reaction that lead to what it is over, and verbs of rulings on it.
_AGAINST = frozenset({"against", "over", "about"})
_RULED = frozenset({"ruled", "found", "held", "decided"})
DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "her"})
WHO = frozenset({"who", "which", "that"})
#: Who was harmed is named so by these, not so many words before what did it.
_SUFFERED, _SUFFERS = frozenset({"killed", "wounded", "injured", "hurt"}), 6
_HIT_BY = frozenset({"in", "by", "during", "when"})
#: The date of a photograph, as agencies write it.
_PHOTO = re.compile(r"\w+day, \w+\.? \d+, \d{4}")
#: What is counted of an event, and how that count goes on.
_COUNT = frozenset({"toll", "number", "count", "tally"})
_GROWS = all_forms("rise", "climb", "pass", "reach", "top", "surpass", "exceed", "jump", "increase")
_GROWS |= all_forms("grow", "soar", "stand")
#: What somebody does with a count, and what leads from its day to the event.
_RAISES = all_forms("raise", "put", "revise", "update")
_COUNTED_IN, _BECAUSE = frozenset({"in", "from", "of"}), frozenset({"as", "when", "after", "while"})
#: People who had it behind them, and what is held for those who had not.
_LEFT = frozenset({"victims", "victim", "survivors", "survivor", "funerals", "funeral", "mourners"})
#: What is asked after the event: "on Monday were trying to establish why he shot".
_ASKED = frozenset({"why", "how", "whether"})
#: What governs such a question, not so many words before it.
_ASKS = frozenset(
    {"establish", "determine", "investigating", "investigate", "investigated", "examining", "examine"}
    | {"understand", "ascertain", "clarify", "learn", "find", "work", "looking", "probing", "probe"}
)
_ASKING = 4
#: So many words before a trigger opens the clause that tells it of somebody.
_OPENED = 4
#: What people do long after what they did.
_AFTERWARDS = frozenset({"appeared", "pleaded", "confessed", "apologised", "apologized", "testified"})
#: So many words behind a verb stands its date: "was sentenced to 20 years in prison on Monday".
_BESIDE = 7
#: What befalls those who do something while they do it: "the rebels who attacked the town were repelled".
_AT_ONCE = frozenset({"killed", "attacked", "shot", "wounded", "injured", "hurt", "hit", "struck", "beaten"})
_AT_ONCE |= {"repelled", "repulsed", "dispersed", "driven", "pushed", "pulled", "forced", "met", "rescued"}
_AT_ONCE |= {"overpowered", "intercepted"}
#: ... and what befalls those who march while they march.
_TAKEN = frozenset({"arrested", "detained"})


def is_of_main_clause(tokens: Sequence[Word], trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Return whether a date, at a word, is that of a main clause which looks back at a trigger's event."""
    told = (_is_of_reaction, _is_of_burial, _is_of_toll, _is_of_those_left, _is_of_inquiry, _is_of_subject)
    return any(tells(tokens, trigger, mention, at) for tells in told)


def _is_of_reaction(tokens: Sequence[Word], trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Return whether a date is that of what is done over something older.

    "Marched on Friday against the killing", "ruled on Friday that the arrest was illegal", "on Friday freed a
    man who had been jailed".
    """
    between = _between(tokens, trigger, mention, at)
    if not between:
        return False
    if between[0] in _AGAINST:
        return not any(map(is_finite, between))
    ruled = not _RULED.isdisjoint(word.lower for word in tokens[max(0, at - 2) : at])
    if between[0] == "that" and ruled and between[-1] in DETERMINERS:
        return True
    who = next((i for i, word in enumerate(between) if word in WHO), None)
    return who is not None and trigger.verbal and between[who + 1 :] in (["had"], ["had", "been"])


def _is_of_burial(tokens: Sequence[Word], trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Return whether a date is that of what is done for those whom something has hit, or of a photograph.

    "A man killed in the strike was buried on Friday", "Mourners carry a man killed in a strike on Gaza,
    Friday, March 13, 2026".
    """
    of_photo = bool(_PHOTO.match(mention.text))
    if at < trigger.head:
        return of_photo and tokens[word_behind(tokens, mention) + 1].lower in ("after", "following")
    near = range(max(1, trigger.first - _SUFFERS), trigger.head + 1)
    hit = next((i for i in near if tokens[i].lower in _SUFFERED and tokens[i + 1].lower in _HIT_BY), None)
    if hit is None or tokens[hit - 1].lower in AUXILIARIES | {"been", "be", "and", ","}:
        return False
    return of_photo or any(word.lower in AUXILIARIES for word in tokens[trigger.last + 1 : at])


def _is_of_toll(tokens: Sequence[Word], trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Return whether a count grew then: "the number of dead in the wildfire rose to 99 on Monday".

    Also where somebody "raised the toll in the blast to 12 on Friday", or "on Friday to 12 in the blast".
    """
    if trigger.entry.mode in CASUALTIES:
        return False
    words = [word.lower for word in tokens[: max(at, trigger.first)]]
    counts = [
        i for i, word in enumerate(words[:at]) if word in _COUNT and words[i - 1 : i + 1] != ["a", "number"]
    ]
    if not counts:
        return False
    raised = counts[0] < trigger.first and not _RAISES.isdisjoint(words[: counts[0]])
    raised &= _BECAUSE.isdisjoint(words[counts[0] : trigger.first])
    if between := _between(tokens, trigger, mention, at):
        leads = not _COUNTED_IN.isdisjoint(between) and _BECAUSE.isdisjoint(between)
        return leads and (raised or not _GROWS.isdisjoint(words[:at])) and not any(map(is_finite, between))
    return raised or not _GROWS.isdisjoint(words[max(counts[0], trigger.last) : at])


def _is_of_those_left(tokens: Sequence[Word], trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Return whether it is told of those whom an event left: "fed survivors of a quake on Friday"."""
    between = _between(tokens, trigger, mention, at)
    left = next((i for i, pair in enumerate(pairwise(between)) if pair[0] in _LEFT and pair[1] == "of"), -1)
    rest = between[left + 2 :]
    verb = tokens[trigger.head].lower if trigger.first == trigger.head else ""
    acts = is_finite(verb) and verb not in _SUFFERED and WHO.isdisjoint(rest[-1:])
    if left < 0 or acts:
        return False  # "on Friday victims of a flood marched"
    return not any(is_finite(word) and word not in _SUFFERED for word in rest)


def _is_of_inquiry(tokens: Sequence[Word], trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Return whether it is asked then how an event came: "on Monday were trying to establish why he shot"."""
    between = _between(tokens, trigger, mention, at)
    asked = next((i for i, word in enumerate(between) if word in _ASKED), 0)
    return not _ASKS.isdisjoint(between[max(0, asked - _ASKING) : asked])


def _is_of_subject(tokens: Sequence[Word], trigger: Trigger, mention: DateMention, at: int) -> bool:
    """Return whether it is told of who did it: "the man who rammed a crowd was charged on Monday".

    Or "appeared in court on Monday", "pleaded guilty on Monday".
    """
    opens = [word.lower for word in tokens[max(1, trigger.first - _OPENED) : trigger.first]]
    if at <= trigger.last or WHO.isdisjoint(opens) or not trigger.verbal:
        return False
    verbs = (i for i in range(at - 1, max(trigger.last, at - 1 - _BESIDE), -1) if is_past(tokens[i].lower))
    main = next(verbs, 0)
    subject, auxiliary = (word.lower for word in tokens[max(0, main - 2) : main] or tokens[:2])
    later = tokens[main].lower in _AFTERWARDS and auxiliary not in (",", "and")
    told = later or (auxiliary in ("was", "were") and subject not in (",", "and"))
    marched = trigger.type == "PROTEST" and opens[-1] in WHO and tokens[main].lower in _TAKEN
    return told and tokens[main].lower not in _AT_ONCE and not marched


def _between(tokens: Sequence[Word], trigger: Trigger, mention: DateMention, at: int) -> list[str]:
    """Return the words between a date and a trigger behind it."""
    behind = word_behind(tokens, mention)
    return [word.lower for word in tokens[behind : trigger.first]] if at < trigger.head else []
