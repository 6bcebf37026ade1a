"""ACLED's sub-events: the same verb in different company, and a lexicon without slips."""

from __future__ import annotations

import csv

import pytest

from dateline.geo import subevents, triggers
from dateline.geo.lexicon import load_lexicon
from dateline.geo.wordlists import DATA, all_wordlists
from dateline.geo.words import words


def told(text: str) -> list[str]:
    sentence = words(text)
    return [subevents.of(sentence, trigger) for trigger in triggers.find(sentence)]


@pytest.mark.parametrize(
    ("text", "acled"),
    [
        ("Rebels attacked an army checkpoint near the river.", "Armed clash"),
        ("Gunmen attacked a village before dawn.", "Attack"),
        ("Soldiers clashed with insurgents for two hours.", "Armed clash"),
        ("Warplanes bombed the market.", "Air/drone strike"),
        ("Mortar shells hit a school.", "Shelling/artillery/missile attack"),
        ("A roadside bomb exploded beside a bus.", "Remote explosive/landmine/IED"),
        ("A suicide bomber blew himself up at the gate.", "Suicide bomb"),
        ("A man hurled a grenade at a police post.", "Grenade"),
        ("Chlorine gas was used as a chemical weapon against the town.", "Chemical weapon"),
        ("Government troops recaptured the town.", "Government regains territory"),
        ("The rebels seized control of the town.", "Non-state actor overtakes territory"),
        ("The army handed over control of the town.", "Non-violent transfer of territory"),
        ("Thousands marched against the reform.", "Peaceful protest"),
        ("Protesters hurled stones and burned tyres.", "Violent demonstration"),
        ("Police fired tear gas to disperse the protest.", "Protest with intervention"),
        ("Soldiers opened fire on protesters, killing four.", "Excessive force against protesters"),
        ("A mob lynched a man accused of theft.", "Mob violence"),
        ("Militants kidnapped six teachers.", "Abduction/forced disappearance"),
        ("Soldiers raped several women in the camp.", "Sexual violence"),
        ("Looters ransacked shops across the township.", "Looting/property destruction"),
        ("Police seized rifles and ammunition.", "Disrupted weapons use"),
        ("The army set up a new base near the border.", "Headquarters or base established"),
        ("Officers arrested two activists.", "Arrests"),
        ("The government and the rebels signed a peace accord.", "Agreement"),
        ("A train derailed outside the city.", ""),
    ],
)
def test_the_whole_sentence_decides(text: str, acled: str) -> None:
    assert acled in told(text)


def test_the_lists_that_the_lexicon_names_exist() -> None:
    lists = all_wordlists()
    for name, columns in (("triggers.csv", ("needs", "unless")), ("subevents.csv", ("cues", "unless"))):
        with open(DATA / name, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        named = {word for row in rows for column in columns for word in row[column].split("|")}
        assert {word for word in named if "_" in word} <= set(lists), name


def test_the_lexicon_has_only_known_types() -> None:
    entries = [entry for starts in load_lexicon().starts.values() for entry in starts]
    assert {entry.type for entry in entries} <= {*triggers.TYPES, triggers.NO_EVENT}
