"""Finding place names: what a reader of the news expects, and what no text may break."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.geo.recognition import load_recognizer

SEED = (
    "Abu Dhabi: Ukraine and Russia agreed on Saturday to hold a second round of US-brokered direct peace talks. "
    "The trilateral talks in the UAE will resume on February 1, a US official said. Russian and Ukrainian "
    "negotiators met face-to-face in Istanbul last summer.\n\nKyiv accused Moscow of undermining the negotiations. "
    "AFP journalists saw people running as explosions lit up the night sky over the capital Kyiv. A United Arab "
    "Emirates government spokesperson spoke. Both sides say the eastern Donbas region is the main issue.\n\n"
    "Over a million people in Kyiv and Chernigiv were left without electricity. About half of Kyiv's apartment "
    "blocks were cut off from heating, said Anastasia Tolkachov."
)


def names(text: str) -> list[str]:
    return [m.text for m in load_recognizer().recognize(text)]


def roles(text: str) -> dict[tuple[str, int], str]:
    return {(m.text, m.start): m.role for m in load_recognizer().recognize(text)}


def test_every_place_of_the_seed_article_is_found() -> None:
    found = set(names(SEED))
    assert found >= {
        "Abu Dhabi", "Ukraine", "Russia", "US", "UAE", "Istanbul", "Kyiv", "Moscow", "United Arab Emirates",
        "Donbas", "Chernigiv", "Russian", "Ukrainian",
    }  # fmt: skip
    assert not found & {"AFP", "Anastasia", "Tolkachov", "Anastasia Tolkachov", "Saturday", "February"}


@pytest.mark.parametrize("model", ["default", "fast"])
@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_offsets_index_the_callers_string_whatever_it_holds(model: str, text: str) -> None:
    end = 0
    for mention in load_recognizer(model).recognize(text):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.text == text[mention.start : mention.end]
        assert 0 <= mention.score <= 1
        end = mention.end


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "x" * 300_000,
        "Kyiv" * 50_000,
        "a\x00b Kyiv \x00",
        "\ud800 Kyiv \udfff",
        "\u200bKyiv\u200b and K\u200byiv",
        "🇺🇦🔥" * 2000,
        "<p>Kyiv</p><script>alert('Kyiv')</script>",
        "كييف وموسكو في أبوظبي " * 200,
        "Киев, Москва и Абу-Даби. " * 200,
        "İstanbul ß ﬁ Ǆ " * 300,
        "\n" * 20_000,
        "A. " * 20_000,
    ],
    ids=lambda t: repr(t[:12]),
)
def test_no_text_breaks_it(text: str) -> None:
    for model in ("default", "fast"):
        for mention in load_recognizer(model).recognize(text):
            assert mention.text == text[mention.start : mention.end]


def test_invisible_characters_shift_nothing() -> None:
    text = "\ufeff🙂 Police in Kharkiv\u200b said that people had fled to Kharkiv."
    found = [m for m in load_recognizer().recognize(text) if m.text.startswith("Kharkiv")]
    assert [m.start for m in found] == [text.index("Kharkiv"), text.rindex("Kharkiv")]


@pytest.mark.parametrize("model", ["default", "fast"])
def test_a_text_read_again_after_others_gives_the_same(model: str) -> None:
    recognizer = load_recognizer(model)
    alone = recognizer.recognize(SEED)
    recognizer.recognize("Riots in Paris, Texas, and in Kyiv.")
    assert recognizer.recognize(SEED) == alone


def test_an_unknown_model_is_refused_in_one_sentence() -> None:
    with pytest.raises(InputError, match="choose one of"):
        load_recognizer("huge")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A strike hit Kharkiv on Saturday.", ["Kharkiv"]),
        ("Michael Jordan visited Jordan.", ["Jordan"]),
        ("ABU DHABI, Jan 24 (AFP) - Talks resumed.", ["ABU DHABI"]),
        ("The US ambassador met Assad.", ["US"]),
        ("Kyiv's mayor spoke in Albany, New York.", ["Kyiv", "Albany", "New York"]),
        ("The explosion was 20 km north of Bangor, Maine.", ["Bangor", "Maine"]),
        ("Iran-backed fighters crossed from Iraq.", ["Iran", "Iraq"]),
        (
            "He flew from Berlin, New Hampshire, to Oklahoma City.",
            ["Berlin", "New Hampshire", "Oklahoma City"],
        ),
        (
            "Shells fell on Kupiansk, Vovchansk, Chasiv Yar and Toretsk.",
            ["Kupiansk", "Vovchansk", "Chasiv Yar", "Toretsk"],
        ),
        ("people fled the fighting in khartoum and omdurman on friday", ["khartoum", "omdurman"]),
        (
            "The Saint\nPetersburg court and the New\nYork court ruled.",
            ["Saint\nPetersburg", "New\nYork"],
        ),
        ('"Again and again," she said.', []),
        ("Of the 20 dead, 12 were from Sumy.", ["Sumy"]),
        ("Police said May and August were quiet in Nice.", ["Nice"]),
        ("A man from Sana'a said they shelled Deir ez-Zor.", ["Sana'a", "Deir ez-Zor"]),
        ("#PrayForGaza riots in #Ferguson tonight", ["Gaza", "Ferguson"]),
        ("They fled to the U.S. and the U.K.", ["U.S.", "U.K."]),
        ("The fate of the eastern Donbas region is the main issue.", ["Donbas"]),
        (
            "TALKS ON UKRAINE RESUME IN ABU DHABI AS KYIV COUNTS ITS DEAD",
            ["UKRAINE", "ABU DHABI", "KYIV"],
        ),
        ("A man from Mobile, Alabama, was held in Nice, France.", ["Mobile", "Alabama", "Nice", "France"]),
        ("Turkey prices rose: a turkey now costs $30 in Chicago.", ["Chicago"]),
        ("Carlos Leyton was arrested. Prosecutors said that Leyton had fled to Lima.", ["Lima"]),
        ("Ana Torres showed us Medellín. Torres lives in Medellín.", ["Medellín", "Medellín"]),
        ("Judge Austin Houston sentenced Mr Lincoln Chester to five years.", []),
        ("HMS Edinburgh left Guam on Monday.", ["Guam"]),
        ("Amazon and Nokia shares rose in Helsinki.", ["Helsinki"]),
        ("Rebels take the capital, Sanaa...", ["Sanaa"]),
        ("A plane crashed near the town of Zhovt...", []),
        ("RT @Tunisia_Live: fire in Sousse https://t.co/Paris", ["Sousse"]),
        ("they want to ban flights to africa, that won't help us in Dallas", ["africa", "Dallas"]),
        ("No justice, no peace. #Ferguson", ["Ferguson"]),
        ("A storm hit Kingsport TN on Friday.", ["Kingsport", "TN"]),
        ("Shots were fired at St Mary's Hospital in Leeds.", ["St Mary's Hospital", "Leeds"]),
        ("The blast closed Baker Street in London.", ["Baker Street", "London"]),
        ("Aid from Cox's Bazar is short, a doctor in Chittagong said.", ["Cox's Bazar", "Chittagong"]),
        ("Ships carry water to Savanna-la-Mar from Kingston.", ["Savanna-la-Mar", "Kingston"]),
        ("Rescue teams came from Rudraprayag and Guptkashi.", ["Rudraprayag", "Guptkashi"]),
        ("Residents of Lismore were told to leave.", ["Lismore"]),
        ("A man died on the A429 near Kemble.", ["A429", "Kemble"]),
        ("Mayor London Breed spoke in San Francisco.", ["San Francisco"]),
        ("Help came for tornado victims in Moore, OK, on Friday.", ["Moore", "OK"]),
        ("Thomas Frieden, MD, spoke in Atlanta.", ["Atlanta"]),
        ("#Tornado warnings for #TN tonight", ["TN"]),
        ("The Ferguson riots went on for a week.", ["Ferguson"]),
        ("Maui Wildfire Toll Reaches 93", ["Maui"]),
        ("Fifteen Students Die in Gerik Bus Crash", ["Gerik"]),
        ("Gunman kills 10 at Graz school", ["Graz"]),
        ("Quake Hits Herat, Killing Nine", ["Herat"]),
        ("Storm Dennis batters Cardiff, two dead", ["Cardiff"]),
        ("Gunmen kill eight at bar in Mexico's Celaya", ["Mexico", "Celaya"]),
        ("Flash flood sweeps through Argentina's Jujuy, three dead", ["Argentina", "Jujuy"]),
        ("Lima beans and Brussels sprouts were recalled in Ohio.", ["Ohio"]),
        ("Amazon opened a warehouse in Swindon. Amazon shares rose 2%.", ["Swindon"]),
        ("Shares in Ford and Nokia fell in New York.", ["New York"]),
        ("Mexico shares a border with Guatemala.", ["Mexico", "Guatemala"]),
        ("Marches to Congress and the Red Cross in Lima were banned.", ["Lima"]),
        (
            "Officials said shells had hit Chasiv Yar, Ivanivske and Klishchiivka overnight.",
            ["Chasiv Yar", "Ivanivske", "Klishchiivka"],
        ),
        ("Men in Lexington, Neb., and Caddo, Okla. were held.", ["Lexington", "Neb.", "Caddo", "Okla."]),
        ("A storm hit St. John's in Newfoundland.", ["St. John's", "Newfoundland"]),
        ("Two bombs went off in Giza's Haram district.", ["Giza", "Haram"]),
        (
            "Trinidad and Tobago shut its border; New London and Great Britain did not.",
            ["Trinidad and Tobago", "New London", "Great Britain"],
        ),
        ("A fine of US$460 million was paid in Tripoli.", ["Tripoli"]),
        (
            "Matthew D. Santos was shot in Cumberland. The death of Santos was a crime, and a tree stands "
            "in Santos' honor.",
            ["Cumberland"],
        ),
        (
            "In 2024, 49 men were massacred at Akom village, the Enga provincial police said.",
            ["Akom", "Enga"],
        ),
        ("The clinics of Tiko and Limbe were shut.", ["Tiko", "Limbe"]),
        ("Seventeen police officers were hurt in Larne.", ["Larne"]),
        (
            "Shelling cut the power line to the Rivne nuclear power station, officials in Rivne said.",
            ["Rivne nuclear power station", "Rivne"],
        ),
        ("Workers left the Fukushima nuclear plant in Japan.", ["Fukushima nuclear plant", "Japan"]),
        ("Engineers inspected the Mosul dam north of Mosul.", ["Mosul dam", "Mosul"]),
        (
            "A fire in Royal Gorge State Conservation Area spread to Mudgee.",
            ["Royal Gorge State Conservation Area", "Mudgee"],
        ),
        (
            "A ship hit the Francis Scott Key Bridge in Baltimore.",
            ["Francis Scott Key Bridge", "Baltimore"],
        ),
        ("A bridge, a dam and an airport were closed in Izmail.", ["Izmail"]),
        ("THE HAGUE, Nov 11 (Reuters) - A trial opened in The Hague.", ["THE HAGUE", "The Hague"]),
        ("Food ran out in the Zaatari refugee camp in Jordan.", ["Zaatari", "Jordan"]),
        ("A cable was torn in the Gulf of Finland near Porvoo.", ["Gulf of Finland", "Porvoo"]),
        ("In the Strait of Hormuz a tanker reported jamming.", ["Strait of Hormuz"]),
        ("At Ischgl a slab broke loose below the ridge.", ["Ischgl"]),
        ("Strikes also targeted Tyre and Khiam.", ["Tyre", "Khiam"]),
        ("Gunmen attacked villages near Dikwa in Borno state.", ["Dikwa", "Borno"]),
        ("The army shelled Al Fasher on Sunday.", ["Al Fasher"]),
        ("Al Gore and Al Franken spoke in Boston.", ["Boston"]),
        (
            "The Atlantic is warm; Atlantic City is in New Jersey.",
            ["Atlantic", "Atlantic City", "New Jersey"],
        ),
    ],
)
def test_names_and_namesakes(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_governments_are_told_from_cities() -> None:
    found = roles("Kyiv accused Moscow of attacks. Explosions lit up the sky over the capital Kyiv.")
    assert found[("Kyiv", 0)] == found[("Moscow", 13)] == "metonym"
    assert [role for (name, start), role in found.items() if name == "Kyiv" and start > 0] == ["literal"]


def test_governments_spoken_to_are_metonyms_and_their_residents_are_not() -> None:
    found = roles("Washington called on Moscow and Tehran to stop. Police warned Kharkiv residents of raids.")
    assert found[("Moscow", 21)] == found[("Tehran", 32)] == "metonym"
    assert {role for (name, _), role in found.items() if name == "Kharkiv"} == {"literal"}


def test_clubs_are_known_by_what_they_do() -> None:
    text = (
        "Leeds have signed a striker from Lyon. Next week Chelsea host Barcelona in the league, and "
        "Toronto, without their coach, play in Denver. Fans were robbed in Barcelona."
    )
    found = [(m.text, m.role) for m in load_recognizer("default").recognize(text)]
    assert ("Chelsea", "literal") not in found
    assert found.index(("Barcelona", "metonym")) < found.index(("Barcelona", "literal"))
    assert {("Lyon", "literal"), ("Toronto", "metonym")} <= set(found)


def test_teams_are_metonyms_and_grounds_are_places() -> None:
    found = roles("Washington beat Boston 3-2, while Dallas lost at home to Denver in Texas.")
    assert {name: role for (name, _), role in found.items()} == {
        "Washington": "metonym", "Boston": "metonym", "Dallas": "metonym", "Denver": "metonym", "Texas": "literal",
    }  # fmt: skip


def test_who_backs_somebody_is_a_government_and_what_is_based_somewhere_is_there() -> None:
    found = roles("Kyiv-backed fighters crossed from Sumy, the Lagos-based agency reported.")
    assert {name: role for (name, _), role in found.items()} == {
        "Kyiv": "metonym", "Sumy": "literal", "Lagos": "literal",
    }  # fmt: skip


def test_clubs_are_known_by_their_names() -> None:
    found = roles("The match between Lincoln City and Oxford United was called off in Lincoln.")
    assert {name: role for (name, _), role in found.items()} == {
        "Lincoln City": "metonym", "Oxford United": "metonym", "Lincoln": "literal",
    }  # fmt: skip


def test_a_treaty_is_not_the_town_where_it_was_signed() -> None:
    found = roles("The Treaty of Versailles and the Paris Agreement were discussed in Vienna.")
    assert {name: role for (name, _), role in found.items()} == {
        "Versailles": "metonym", "Paris": "metonym", "Vienna": "literal",
    }  # fmt: skip


def test_saudi_officials_are_no_place() -> None:
    found = roles("Saudi officials met in Jeddah, the Saudi Interior Ministry said.")
    assert [role for (name, _), role in found.items() if name == "Saudi"] == ["demonym", "demonym"]


def test_adjectives_and_inhabitants_are_demonyms() -> None:
    found = roles("Russian drones hit the city, Ukrainian authorities said.")
    assert {name: role for (name, _), role in found.items()} == {"Russian": "demonym", "Ukrainian": "demonym"}


def test_a_place_in_an_organisations_name_is_not_the_place() -> None:
    found = roles("The Bank of England raised rates in London, the Washington Post reported.")
    assert {name: role for (name, _), role in found.items() if name != "London"}.get("England") != "literal"
    assert {role for (name, _), role in found.items() if name == "Washington"} <= {"metonym", "demonym"}


@pytest.mark.parametrize("text", ["Kyiv was hit.", "The mayor of Paris spoke in Berlin."])
def test_fast_finds_well_known_places(text: str) -> None:
    assert load_recognizer("fast").recognize(text)


def test_fast_tells_people_from_the_towns_they_are_named_after() -> None:
    text = "Carlos Leyton was arrested. Leyton had fled to Lima. Charlotte Brown left Charlotte."
    assert [m.start for m in load_recognizer("fast").recognize(text)] == [
        text.index("Lima"),
        text.rindex("Charlotte"),
    ]


def test_fast_tells_teams_and_saudi_officials_from_places() -> None:
    found = load_recognizer("fast").recognize("Washington beat Boston 3-2. Saudi officials met in Jeddah.")
    assert [m.role for m in found] == ["metonym", "metonym", "demonym", "literal"]


@pytest.mark.parametrize("dash", ["-", "\u2013", "\u2014", ":"])
def test_a_dateline_ends_before_its_dash(dash: str) -> None:
    assert "KHARKIV" in names(f"KHARKIV {dash} Two people were killed on Monday, officials said.")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("HVAR - The island was without electricity for nine hours on Tuesday.", "HVAR"),
        ("KISUMU - A minibus rammed a parked sugar cane lorry at Awasi on Saturday night.", "KISUMU"),
        ("BAMAKO - Tuareg separatists said on Monday that they had killed dozens of soldiers.", "BAMAKO"),
        ("Commuters between Newry and Dundalk sat in queues for up to three hours.", "Dundalk"),
        ("In 2021 the Rio Negro at Manaus rose to 30.02 metres, a record at the time.", "Manaus"),
        ("Algeria urged peace, which the colonels in Bamako tore up in January.", "Bamako"),
        ("A van carrying pilgrims back from Manaoag burst a tyre on Saturday.", "Manaoag"),
    ],
)
def test_a_name_ends_before_a_spaced_dash_and_before_its_verb(text: str, place: str) -> None:
    assert place in names(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Police in Antigua and Barbuda said on Tuesday that a bus had overturned.", "Antigua and Barbuda"),
        ("Thousands protested in Sao Tome and Principe on Monday.", "Sao Tome and Principe"),
        ("Ships were halted in the Strait of Magellan on Monday.", "Strait of Magellan"),
    ],
)
def test_a_name_of_two_names_is_one(text: str, place: str) -> None:
    assert place in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bradford was found guilty of stealing charity boxes.",
        "Kingston, 12, told his father that he wanted to be a plumber.",
        "Houston, whose voice sold 200 million records, is the subject of a film.",
        '"Brooklyn," the novel by Colm Toibin, has a sequel at last.',
        "Havana syndrome claims divide neurologists.",
        "Bermuda shorts are back, and so is the debate over socks.",
    ],
)
def test_somebody_a_title_or_a_thing_is_no_place(text: str) -> None:
    assert load_recognizer().recognize(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Pyongyang tested a hypersonic missile, its third launch of the year.", "Pyongyang"),
        ("Washington and Moscow traded barbs over the weekend.", "Washington"),
        ("A blast in Kabul killed two, and Islamabad denied it was involved.", "Islamabad"),
        ("The Minsk agreements were dead on arrival, the ambassador wrote.", "Minsk"),
    ],
)
def test_a_capital_that_does_what_governments_do_is_one(text: str, name: str) -> None:
    assert {m.role for m in load_recognizer().recognize(text) if m.text == name} == {"metonym"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bandits killed nine people in Kankara and Faskari LGAs.", ["Kankara", "Faskari"]),
        ("Jihadists attacked villages in Koro and Bankass cercles.", ["Koro", "Bankass"]),
        (
            "Drone strikes killed nine people in East Gojjam, West Gojjam and South Gondar.",
            ["East Gojjam", "West Gojjam", "South Gondar"],
        ),
        ("Clashes killed nine in the Abyei Administrative Area.", ["Abyei Administrative Area"]),
        ("▪ Gedaref: floods killed six people.", ["Gedaref"]),
    ],
)
def test_names_of_units_are_whole_and_end_before_their_kind(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_an_armed_group_is_not_the_town_of_its_name() -> None:
    assert "Fano" not in names("Fano militia captured the town of Lalibela on Monday.")
    assert "Fano" in names("A bomb killed two people in the town of Fano, Italy.")
