"""Numbers of people: figures and words, lower bounds, parts of a whole, noughts, and other numbers."""

from __future__ import annotations

import pytest

from dateline.geo.quantities import find
from dateline.geo.words import words


def counted(text: str) -> dict[str, int | str]:
    """Return the first number of each kind, lower bounds as "23+"."""
    found: dict[str, int | str] = {}
    for count in find(text, words(text)):
        value = count.quantity.value
        found.setdefault(count.kind, f"{value}+" if count.quantity.at_least else value)
    return found


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("At least 23 people were killed.", {"fatalities": "23+"}),
        ("More than 200 were injured in the crash.", {"injured": "200+"}),
        ("Over a million people fled their homes.", {"affected": "1000000+"}),
        ("Dozens were killed.", {"fatalities": "24+"}),
        ("A man was charged with attempted murder after the fire.", {}),
        ("She admitted the murder of two nurses.", {"fatalities": 2}),
        ("Candidate Fernando Villavicencio was assassinated in Quito.", {"fatalities": 1}),
        ("Councillor Wilmer Zambrano, who was shot dead on Saturday, lived there.", {"fatalities": 1}),
        ("Marta Zielinska, 25, was killed by an avalanche.", {"fatalities": 1}),
        ("The deal was killed in committee.", {}),
        ("A crew member was killed and two others were injured.", {"fatalities": 1, "injured": 2}),
        ("Five rescue workers died when a raid hit their base.", {"fatalities": 5}),
        ("A man and a woman walking their dogs were killed.", {"fatalities": 2}),
        ("Ten members of one family were killed in the Nuseirat refugee camp.", {"fatalities": 10}),
        ("Some 14 fighters from both sides died.", {"fatalities": 14}),
        ("Attacks left 96 civilians dead between 4 and 12 June.", {"fatalities": 96}),
        ("Two men fell to their deaths.", {"fatalities": 2}),
        ("At least 33 people died in the floods, revising an earlier toll of 14.", {"fatalities": "33+"}),
        ("Gunmen killed 40 cattle and two herders.", {"fatalities": 2}),
        ("The toll from the raid, which injured 30 people, rose to 19.", {"injured": 30, "fatalities": 19}),
        (
            "The toll from Tuesday's assault on the Bannu cantonment rose to 19 as workers dug.",
            {"fatalities": 19},
        ),
        ("The number of people injured in a magnitude 7.1 quake rose to 13 on Friday.", {"injured": 13}),
        ("Some 1,600 infected birds died at the farm.", {}),
        ("The virus was found in dead ducks in three areas.", {}),
        ("Two dozen people were wounded.", {"injured": 24}),
        ("Scores were hurt.", {"injured": "40+"}),
        ("Hundreds of people were displaced.", {"affected": "200+"}),
        ("Twelve people, including three children, were killed.", {"fatalities": 12}),
        (
            "The blast killed 12 people, including three children, and injured 30 others.",
            {"fatalities": 12, "injured": 30},
        ),
        ("The attack killed one more person, bringing the toll to 41.", {"fatalities": 41}),
        ("The death toll rose to 41 on Sunday.", {"fatalities": 41}),
        ("The death toll has climbed to at least 1,200, officials said.", {"fatalities": "1200+"}),
        ("A couple and their two children were killed.", {"fatalities": 4}),
        ("Five people died in Homs and three in Hama.", {"fatalities": 8}),
        ("There were no casualties.", {"fatalities": 0, "injured": 0}),
        ("No one was hurt in the fire.", {"fatalities": 0, "injured": 0}),
        ("There were no immediate reports of injuries.", {}),
        ("A 34-year-old man was killed.", {"fatalities": 1}),
        ("Police said a man aged 34 died.", {"fatalities": 1}),
        ("Three vehicles were destroyed and two people died.", {"fatalities": 2}),
        ("About 40% of the victims were killed in their homes.", {}),
        ("Some 1.2 million people were left without power.", {"affected": 1200000}),
        ("Around 1.2m people were affected by the outage.", {"affected": 1200000}),
        ("The storm left 45 000 homes without power.", {"affected": 45000}),
        ("Rs 500,000 will be paid to the families of the dead.", {}),
        ("Seventeen miners were killed and 20 are missing.", {"fatalities": 17, "affected": 20}),
        ("Nearly 3,000 protesters were arrested.", {"affected": 3000}),
        ("Gunmen shot dead seven farmers.", {"fatalities": 7}),
        ("Four soldiers were among the dead.", {"fatalities": 4}),
        ("The bodies of nine migrants were found.", {"fatalities": 9}),
        ("Six people lost their lives.", {"fatalities": 6}),
        ("He killed his wife and two sons.", {"fatalities": 3}),
        ("One person died and another was injured.", {"fatalities": 1, "injured": 1}),
        ("A mother and her baby died.", {"fatalities": 2}),
        ("The accident claimed 14 lives.", {"fatalities": 14}),
        ("Two hundred and fifty people were injured.", {"injured": 250}),
        ("The quake killed between 20 and 30 people.", {"fatalities": "20+"}),
        ("Up to 50 people may have died.", {"fatalities": 50}),
        ("Both pilots were killed.", {"fatalities": 2}),
        ("A teacher and a student were shot dead.", {"fatalities": 2}),
        ("No deaths were reported.", {"fatalities": 0}),
        ("Thirty-two passengers were hospitalised.", {"injured": 32}),
        ("Half a million people were displaced.", {"affected": 500000}),
        ("Several people were injured.", {}),
        ("A dozen homes burned; nobody was killed.", {"fatalities": 0}),
        ("Three of the injured were in a critical condition.", {}),
        ("The driver was killed instantly.", {"fatalities": 1}),
        ("An elderly woman was wounded by shrapnel.", {"injured": 1}),
        ("The 12 killed included two medics.", {"fatalities": 12}),
        ("Among the 12 dead were two medics.", {"fatalities": 12}),
        (
            "Israeli fire killed 5 Palestinians, including a 10-year-old boy, and wounded 14.",
            {"fatalities": 5, "injured": 14},
        ),
        ("The attack left 6 dead and 15 wounded.", {"fatalities": 6, "injured": 15}),
        ("Officials put the number of dead at 88.", {"fatalities": 88}),
        ("The crash killed all 62 people on board.", {"fatalities": 62}),
        ("Two attackers were also killed, along with three police officers.", {"fatalities": 2}),
        ("The woman killed her husband and two sons.", {"fatalities": 3}),
        ("The man who killed 12 people was arrested.", {"fatalities": 12}),
        ("A woman shot dead her neighbour.", {}),
        ("A soldier was killed and the driver was injured.", {"fatalities": 1, "injured": 1}),
        ("Police said the gunman was killed.", {"fatalities": 1}),
        ("In 2014 200 people died.", {"fatalities": 200}),
        ("It killed 1 200 people.", {"fatalities": 1200}),
        ("Five children aged 6 to 12 were among 20 people killed.", {"fatalities": 20}),
        ("The 2019 crash killed 157 people.", {"fatalities": 157}),
        ("Tens of thousands of people fled.", {"affected": 20000}),
        ("Hundreds of thousands were evacuated.", {"affected": "200000+"}),
        ("The village of 300 people was evacuated.", {"affected": 300}),
        ("About 300 people live in the village, where a man died.", {"fatalities": 1}),
        ("He was sentenced to 12 years for killing two people.", {"fatalities": 2}),
        (
            "Three people were killed and at least 15 others, among them four children, were wounded.",
            {"fatalities": 3, "injured": "15+"},
        ),
        ("Officials said 18 were dead, 7 missing.", {"fatalities": 18, "affected": 7}),
        ("The clash left one dead.", {"fatalities": 1}),
        (
            "The storm has killed at least 30 people since Monday and left 2.5 million without power.",
            {"fatalities": "30+", "affected": 2500000},
        ),
        ("The army said it had killed 40 militants and lost two soldiers.", {"fatalities": 40}),
        ("Police arrested 200 people and 3 officers were hurt.", {"affected": 200, "injured": 3}),
        ("The blast killed two officers and a motorcyclist.", {"fatalities": 3}),
        ("Lightning killed seven pupils and their teacher.", {"fatalities": 8}),
        ("He killed two classmates and a teacher before he was caught.", {"fatalities": 3}),
        ("The mud killed a shepherd.", {"fatalities": 1}),
        ("Twenty-six were being treated in the city.", {"injured": 26}),
        ("Five workers sustained burns.", {"injured": 5}),
        ("Eleven more are in hospital.", {"injured": 11}),
        ("Six traders were gunned down.", {"fatalities": 6}),
        ("The total is 41, of whom 22 have died.", {"fatalities": 22}),
        ("A boy of 15 was killed.", {"fatalities": 1}),
        ("The shots hit a car, but nobody was hit.", {"fatalities": 0, "injured": 0}),
        ("All on board were safe.", {"fatalities": 0, "injured": 0}),
        ("Two men held since the October 7 attack were taken to hospital.", {"injured": 2}),
    ],
)
def test_numbers_of_people(text: str, numbers: dict[str, int | str]) -> None:
    assert counted(text) == numbers
