"""Words that report events: the bundled lexicon, and lines of a user's own before it."""

from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.geo.lexicon import load_lexicon
from dateline.geo.triggers import find
from dateline.geo.words import words


def own(folder: Path, text: str) -> Path:
    path = folder / "own.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_own_lines_come_before_the_bundled_ones(tmp_path: Path) -> None:
    lexicon = load_lexicon(own(tmp_path, "pattern,type,mode\nmarch~v|protest~v,RALLY,street\n"))
    sentence = words("Thousands marched in Lima after a strike killed two soldiers.")
    assert [t.type for t in find(sentence)] == ["PROTEST", "ASSAULT"]
    assert [t.type for t in find(sentence, lexicon)] == ["RALLY", "ASSAULT"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("pattern,kind\nmarch,PROTEST\n", "line 2: the columns must be pattern and type"),
        ("pattern,type\nmarch,protest\n", "line 2: the type 'protest' must be capital letters"),
        (
            "pattern,type\nmarch,PROTEST\nriot *,PROTEST\n",
            "line 3: the pattern 'riot \\*' must start and end",
        ),
        ("pattern,type\n,PROTEST\n", "line 2: the pattern '' must"),
        ("pattern,type\nmarch @crowds,PROTEST\n", "line 2: there is no group of words @crowds"),
        ("pattern,type\nmarch,PROTEST,street\n", "line 2: it has more cells than columns"),
    ],
)
def test_a_bad_line_is_named_with_the_mend(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        load_lexicon(own(tmp_path, text))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv: cannot be read"):
        load_lexicon(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Senators will debate the bill next week.", ["CONSULT"]),
        ("The chancellor leaves for Ankara on Monday.", ["CONSULT"]),
        ("Norway lent two helicopters.", ["AID"]),
        ("The charity is feeding about 300 families.", ["AID"]),
        ("Cooling centres opened for homeless residents.", ["AID"]),
        ("Vaccinations will resume on Friday.", ["AID"]),
        ("A slope gave way above the town.", ["DISASTER"]),
        ("Up to 80 mm of rain is forecast.", ["DISASTER"]),
        ("The cyclone crossed the coast at noon.", ["DISASTER"]),
        ("Lightning struck a church.", ["DISASTER"]),
        ("Ash fell on three villages.", ["DISASTER"]),
        ("Four new infections were confirmed.", ["DISASTER"]),
        ("A boy was mauled by a hyena.", ["ACCIDENT"]),
        ("The minibus tumbled into a ravine.", ["ACCIDENT"]),
        ("A balcony collapsed during a wedding.", ["ACCIDENT"]),
        ("The yacht is overdue.", ["ACCIDENT"]),
        ("The ferries did not run.", ["DISRUPTION"]),
        ("Power failed in two districts.", ["DISRUPTION"]),
        ("Lorries are stuck at the crossing.", ["DISRUPTION"]),
        ("Officials told residents to boil water.", ["DISRUPTION"]),
        ("Police named the owner a suspect.", ["COERCE"]),
        ("Prosecutors opened an inquiry.", ["COERCE"]),
        ("Troops sealed off the village.", ["COERCE"]),
        ("The navy intercepted a speedboat.", ["COERCE"]),
        ("Relatives of the dead blocked the highway.", ["PROTEST"]),
        ("Traders downed shutters.", ["PROTEST"]),
        ("Youths burned effigies.", ["PROTEST"]),
        ("Their jeep drove over a landmine.", ["ASSAULT"]),
        ("The tanker was struck by a drone.", ["ASSAULT"]),
        ("Some 900 migrants have arrived in Bihac.", ["OTHER"]),
        ("Farmers lifted their blockade.", ["CONCEDE"]),
        ("Water was restored by evening.", ["CONCEDE"]),
        ("The kidnappers freed two nuns.", ["CRIME", "CONCEDE"]),
        ("The minister denied any wrongdoing.", ["REJECT"]),
        ("Residents sued the company.", ["ACCUSE"]),
        ("A recount begins on Monday.", ["VOTE"]),
        ("Deputies passed the budget.", ["VOTE"]),
        ("Six hikers were killed in a landslide.", ["DISASTER", "DISASTER"]),
        ("Two pupils drowned in the lake.", ["ACCIDENT"]),
        ("A second lake could give way.", ["DISASTER"]),
        ("Farmers ended a nine-day blockade.", ["CONCEDE"]),
        ("The minister promised subsidies.", ["SUPPORT"]),
        ("Insurers meet in London on Thursday.", ["CONSULT"]),
        ("The verdict was upheld.", ["COERCE"]),
        ("The Supreme Court struck down the asylum law.", ["COERCE"]),
        ("A judge ordered the release of two editors.", ["CONCEDE"]),
        ("The mayor was granted bail.", ["CONCEDE"]),
        ("The cabinet suspended a curfew.", ["CONCEDE"]),
        ("Forty activists were held in the capital.", ["COERCE"]),
        ("Activists held a rally in the capital.", ["PROTEST", "PROTEST"]),
        ("An aid convoy was stopped by armed men.", ["COERCE"]),
        ("An aid convoy arrived on Sunday.", ["AID"]),
        ("An IED hit a patrol.", ["ASSAULT"]),
        ("Soldiers patrolled the streets.", ["MOBILIZE"]),
        ("Troops clashed with a gathering of bandits.", ["ASSAULT"]),
        ("Attack drones hit a depot.", ["ASSAULT"]),
        ("Fragments of a drone fell on a school.", ["ASSAULT"]),
        ("Two clinics were occupied by armed men.", ["COERCE"]),
        ("Shots were exchanged at the crossing.", ["ASSAULT"]),
        ("A convoy came under Russian fire.", ["ASSAULT"]),
        ("Their lorry ran over an explosive device.", ["ASSAULT"]),
        ("Their lorry ran over a dog.", ["ACCIDENT"]),
        ("A cyclist was killed on Tuesday.", ["ACCIDENT"]),
        ("A cyclist was killed in an air strike.", ["ASSAULT", "ASSAULT"]),
        ("Heavy snow cut off 40 villages.", ["DISASTER", "DISRUPTION"]),
        ("Roadblocks were put up on the bridge.", ["PROTEST"]),
        ("M6.1 - 20 km off the coast", ["DISASTER"]),
        ("Some 800 refugees were relocated to a new camp.", ["OTHER"]),
        ("A shelter for 400 people was opened.", ["AID"]),
        ("The agency paused its operations.", ["DISRUPTION"]),
        ("Winds tore off roofs.", ["DISASTER"]),
        ("A hut was swept away.", ["DISASTER"]),
        ("Cholera has resurfaced in the camps.", ["DISASTER"]),
        ("Two barges rammed each other.", ["ACCIDENT"]),
        ("The lorry missed a bend.", ["ACCIDENT"]),
        ("Divers found the wreckage.", ["ACCIDENT"]),
        ("Toxic liquor killed nine men.", ["ACCIDENT", "ASSAULT"]),
        ("Robbers stripped passengers of their phones.", ["CRIME", "CRIME"]),
        ("The coast guard turned back a dinghy.", ["COERCE"]),
        ("Chile tightened controls at the border.", ["COERCE"]),
        ("Inmates began a mutiny in the prison.", ["PROTEST"]),
        ("Deputies backed the bill by 40 votes.", ["VOTE"]),
        ("Fog delayed the search.", ["DISRUPTION"]),
        ("The plane has been grounded by fog.", ["DISRUPTION"]),
        ("Soldiers ferried pupils to high ground.", ["AID"]),
        ("They were saved by a passing tug.", ["AID"]),
        ("Families were lodged in schools.", ["AID"]),
        ("Messages of sympathy came from Japan.", ["SUPPORT"]),
        ("Relatives buried the dead.", ["OTHER"]),
        ("Rebels shot down a helicopter.", ["ASSAULT"]),
        ("A vendor was shot in the neck.", ["ASSAULT"]),
        ("Deputies walked out of the chamber.", ["PROTEST"]),
        ("Senators voted unanimously on Friday.", ["VOTE"]),
        ("Lessons were called off.", ["DISRUPTION"]),
        ("Bathers were told not to swim.", ["DISRUPTION"]),
        ("The toll rose to 46.", ["OTHER"]),
        ("Delhi despatched 20 lorries of rice.", ["AID"]),
        ("The injured were transferred to the capital.", []),
        ("Their bodies were flown to Lima.", []),
        ("Two were hurt and flown to Lima.", ["OTHER"]),
        ("Medicine for the injured was loaded and flown to Lima.", ["AID"]),
        ("Officers arrested a singer and freed her at noon.", ["COERCE", "CONCEDE"]),
        ("The canoe was found adrift.", ["ACCIDENT"]),
        ("Vendors responded with stones.", ["PROTEST"]),
        ("Youths set tyres alight.", ["PROTEST"]),
        ("Several houses collapsed.", ["ACCIDENT"]),
        ("The taps have been dry for weeks.", ["DISRUPTION"]),
        ("The railway is under water.", ["DISRUPTION"]),
        ("Two trawlers went under.", ["ACCIDENT"]),
        ("The canal overflowed.", ["DISASTER"]),
        ("Chlorine escaped from a tank.", ["ACCIDENT"]),
        ("Guards fired warning shots.", ["ASSAULT"]),
        ("A ban on rallies is in force.", ["COERCE"]),
        ("Three guards were wounded.", ["ASSAULT"]),
        ("The carnival was called off.", ["DISRUPTION"]),
        ("Clinics remained shut.", ["DISRUPTION"]),
        ("A man was led away in handcuffs.", ["COERCE"]),
        ("Her house burned down.", ["ACCIDENT"]),
        ("The mayor rushed police to the market.", ["MOBILIZE"]),
        ("The road is open again.", ["CONCEDE"]),
        ("The minister sat down with unions.", ["CONSULT"]),
        ("Activists chained themselves to a gate.", ["PROTEST"]),
        ("Two herders froze to death.", ["DISASTER"]),
        ("Divers joined the rescue work.", ["AID"]),
        ("The premier telephoned the king.", ["CONSULT"]),
        ("Nurses laid down their tools.", ["PROTEST"]),
        ("Lectures were suspended.", ["DISRUPTION"]),
        ("Soldiers took away nine men.", ["COERCE"]),
        ("A spill fouled the coast.", ["ACCIDENT"]),
        ("The storm is expected to reach the coast.", ["DISASTER"]),
        ("Rebels stayed away from the talks.", ["REJECT"]),
        ("The office has forecast more rain.", ["DISASTER"]),
        ("Electricity had been restored by noon.", ["CONCEDE"]),
        ("The prefect suspended fishing.", ["DISRUPTION"]),
        ("Families were relocated.", ["DISRUPTION"]),
        ("Chile sent trucks loaded with cement.", ["AID"]),
        ("Two nuns succumbed to heatstroke.", ["DISASTER"]),
        ("The road subsided.", ["ACCIDENT"]),
        ("Gendarmes found 30 kilos of heroin.", ["COERCE"]),
        ("Peru handed over the suspect.", ["COERCE"]),
        ("Soldiers are on standby.", ["MOBILIZE"]),
        ("Two taxi drivers were gunned down, detectives said.", ["CRIME"]),
        ("Airlines scrubbed 40 flights.", ["DISRUPTION"]),
        ("Miners hurled dynamite.", ["ASSAULT"]),
        ("A freighter ran onto rocks.", ["ACCIDENT"]),
        ("Sailors were winched to safety.", ["AID"]),
        ("Malta pledged $2 million.", ["AID"]),
        ("Bandits took nine girls from a school.", ["CRIME"]),
        ("Food has been sent in.", ["AID"]),
        ("They escaped the fighting.", ["OTHER"]),
        ("Villagers sought refuge in a church.", ["OTHER"]),
        ("Drivers put up barricades.", ["PROTEST"]),
        ("Gunmen destroyed a bridge.", ["ASSAULT"]),
        ("Diesel flowed into a creek.", ["ACCIDENT"]),
        ("Laos ordered the ambassador to leave.", ["SANCTION"]),
        ("Chad offered to train the force.", ["SUPPORT"]),
        ("Spain sent a protest note.", ["ACCUSE"]),
        ("Libya sent back 300 migrants.", ["COERCE"]),
    ],
)
def test_the_lexicon_knows_the_phrases_of_local_news(text: str, types: list[str]) -> None:
    assert [trigger.type for trigger in find(words(text))] == types


@pytest.mark.parametrize(
    "text",
    [
        "The water supply system is old.",
        "A vigilante group guards the market.",
        "A rescue ship lay at anchor.",
        "The volcano observatory has a staff of six.",
        "Police ruled out a terrorist motive.",
        "The leading candidates are both lawyers.",
        "He fled on foot.",
        "The mechanic walked away unhurt.",
        "The flood waters began to recede.",
        "The navy cancelled a tsunami alert.",
        "A soldier on patrol yawned.",
        "The delay was blamed on fog.",
        "Polio workers are paid by the day.",
        "Shopkeepers boarded up their windows.",
        "Amnesty International has an office here.",
        "The State Highway Patrol identified the driver as Dale Hutchins, of Knoxville.",
        "Rescue officials gave no figures.",
        "Attack drones flew over the coast.",
        "They stay with host families in the suburbs.",
        "The patrol was late.",
        "A supply boat lay at anchor.",
        "The house in the valley is old.",
        "Two people were taken to Ninewells Hospital with burns.",
        "Three men were seen fleeing in a car.",
        "The men fled in a stolen car.",
        "A cholera treatment unit stands on the shore.",
        "The crew gained control of the vehicle.",
        "He was supported by his brother.",
    ],
)
def test_names_of_helpers_and_suppliers_report_nothing(text: str) -> None:
    assert find(words(text)) == []
