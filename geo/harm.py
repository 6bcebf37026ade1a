"""The words of harm: who is killed, hurt, or affected (displaced, trapped, arrested, without power)."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.geo.wordlists import wordlist
from dateline.geo.words import all_forms

KILL = all_forms(
    *("kill", "murder", "slay", "drown", "die", "perish", "assassinate", "massacre", "execute", "behead"),
    *("suffocate", "martyr", "hang", "lynch", "slaughter"),
) | {"gunned", "mowed", "mown"}
SLAIN = frozenset({"killed", "murdered", "assassinated", "executed", "beheaded", "lynched"})
#: Who does these is dead himself.
INTRANSITIVE = all_forms("die", "drown", "perish", "suffocate") | {"dead"}
DEAD = frozenset(["dead", "deaths", "fatalities", "lives", "bodies", "death", "toll", "killings"])
HURT = all_forms("injure", "wound", "hurt", "hospitalise", "hospitalize", "maim") | {"injuries", "casualties"}
#: Who is treated for these, or has them, is injured.
WOUNDS = frozenset({"burns", "wounds", "cuts", "injuries", "fractures", "bruises", "concussion", "bites"})
HOSPITALS = frozenset({"hospital", "hospitals", "clinic", "clinics"})
AFFECT = all_forms(
    *("displace", "evacuate", "affect", "flee", "cut", "leave", "lose", "strand", "kidnap", "abduct"),
    *("shelter", "arrest", "detain", "trap", "rescue", "uproot", "need"),
) | {"missing", "unaccounted", "homeless", "without"}
#: What is done to somebody: its object, or the subject of its passive, came to harm.
HARMED = (KILL | HURT) - INTRANSITIVE
DONE = HARMED | AFFECT
#: Without one of these words a sentence counts nobody who came to harm.
HARM = (
    KILL
    | DEAD
    | HURT
    | AFFECT
    | WOUNDS
    | HOSPITALS
    | {"victims", "treated", "safe", "hit", "survivors", "loss"}
)
BE = frozenset({"was", "were", "are", "is", "been", "being", "be"})
BREAKS = wordlist("clause_openers") | {",", ";"}
#: Words that end the phrase of those counted.
FUNCTION = (
    BREAKS | DONE | BE | wordlist("locative") | wordlist("other_prepositions") | {"and", "from", "to", "for"}
)
TOLL = frozenset({"toll", "tally"})
TOLL_OF = TOLL | {"number"}
#: What may follow a participle, not an object: "killed in", "killed as".
GOES_ON = frozenset(
    ["in", "as", "by", "after", "near", "on", "when", "while", "during", "outside", "inside", "to", "at", ","]
) | {"."}

_TO_DEATH = frozenset({"froze", "frozen", "beaten", "burnt", "bled", "shot"})
_KILLED_SOMEHOW = frozenset({"machine-gunned", "strangled", "electrocuted"})
_SHOTS = frozenset({"bullet", "bullets", "gunfire", "shrapnel", "pellets", "splinters", "shots"})
_STATES = frozenset({"critical", "serious", "grave", "stable"})
#: Nobody dies of a shot there, and one may live without it.
LIMBS = wordlist("limbs")


def plain_words(lowers: Sequence[str]) -> list[str]:
    """Return lower-cased words with "killed" and "injured" for what means it, without "murder" as a charge.

    Examples
    --------
    >>> " ".join(plain_words("two were blown up , three fatally stabbed and one strangled".split()))
    'two were killed up , three fatally killed and one killed'
    >>> plain_words("charged with attempted murder after the murder of two guards".split())
    ['charged', 'with', 'attempted', '', 'after', 'the', 'murder', 'of', 'two', 'guards']
    >>> " ".join(plain_words("two were hit by stray bullets , one was shot in the leg".split()))
    'two were injured by stray bullets , one was injured in the leg'
    """
    told = list(lowers)
    for i, word in enumerate(told):
        if word in ("murder", "murders") and _is_charge(told, i):
            told[i] = ""
    for i, word in enumerate(told):
        if word in _KILLED_SOMEHOW or _means_killed(told, i):
            told[i] = "killed"
        elif _means_injured(told, i):
            told[i] = "injured"
    return told


def _is_charge(lowers: Sequence[str], i: int) -> bool:
    before, after = lowers[max(0, i - 1) : i], lowers[i + 1 : i + 2]
    return before == ["attempted"] or (before != ["to"] and after != ["of"])


def _means_killed(lowers: Sequence[str], i: int) -> bool:
    word, before, after = lowers[i], lowers[i - 1] if i else "", lowers[i + 1 : i + 3]
    if after == ["to", "death"] and word != "sentenced":
        return word in _TO_DEATH or word.endswith("ed")
    blown = word == "blown" and before in BE and after[:1] in (["up"], ["apart"])
    if word in ("embraced", "attained") and after[:1] in (["martyrdom"], ["shahadat"], ["shahadah"]):
        return True
    fatally = before == "fatally" and word.endswith(("ed", "shot"))
    return blown or fatally or (word == "cost" and "lives" in lowers[i : i + 6])


def _means_injured(lowers: Sequence[str], i: int) -> bool:
    """Return whether people live, but badly: "hit by a bullet", "in critical condition"."""
    word, before, after = lowers[i], lowers[max(0, i - 2) : i], lowers[i + 1 : i + 5]
    if word == "hit":
        return not BE.isdisjoint(before[-1:]) and after[:1] == ["by"] and not _SHOTS.isdisjoint(after)
    if word == "shot":
        return not BE.isdisjoint(before[-1:]) and after[:1] == ["in"] and not LIMBS.isdisjoint(after[1:3])
    if word == "fighting":
        return after[:1] == ["for"] and not {"life", "lives"}.isdisjoint(after[1:3])
    return word == "condition" and not _STATES.isdisjoint(before) and "in" in lowers[max(0, i - 4) : i]
