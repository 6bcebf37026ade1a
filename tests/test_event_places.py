"""Where events are pinned, by all of the toolkit together: sentences as agencies print them."""

from __future__ import annotations

import datetime as dt

import pytest

from dateline import geo
from dateline.geo.model import Event

CASES = [
    # of a town and its suburb the smaller is told, wherever it stands
    ("A bomb killed two people in the Mogadishu suburb of Dharkenley on Friday.", "Dharkenley"),
    ("An explosion killed four people in the Paris suburb of Saint-Denis on Friday.", "Saint-Denis"),
    ("A bomb exploded in the Baghdad district of Sadr City on Friday, killing six.", "Sadr City"),
    ("A landslide killed nine people in the Kerala district of Wayanad on Friday.", "Wayanad"),
    ("Police shot dead two men in the Nairobi suburbs of Kitengela and Rongai.", "Kitengela, Rongai"),
    ("Rebels attacked the Kivu towns of Sake and Minova on Friday.", "Sake, Minova"),
    ("Clashes killed five people in Sirwah and Raghwan districts of Marib on Friday.", "Sirwah, Raghwan"),
    # what happened in a quarter that nobody knows happened in its town
    ("Gunmen shot dead two men in the Bulabulin Ngarannam area of Maiduguri on Friday.", "Maiduguri"),
    ("Police shot two men in the Lake Meadows neighbourhood of Chicago on Friday.", "Chicago"),
    ("Bandits killed nine people in Gidan Wuri village in Zamfara state on Friday.", "Gidan Wuri"),
    # some of those killed were in a town, all of them in what holds it
    ("At least 20 people were killed in Gaza on Friday, including five in Khan Younis.", "Gaza"),
    ("Floods killed 220 people in Valencia on Friday, including 90 in Paiporta.", "Valencia"),
    ("Police arrested 40 people on Friday, including three in Leeds.", "Leeds"),
    # a road is where its towns are, but for a finer place at it
    ("A tanker exploded on the Bida-Agaie road in Niger state, killing 35 people on Friday.", "Bida"),
    ("A lorry and a bus collided on the Gusau-Sokoto road near Talata Mafara on Friday.", "Talata Mafara"),
    # a crash is not where the aircraft took off, if it is told where
    ("A helicopter crashed in Bukombe minutes after taking off from Mwanza on Friday.", "Bukombe"),
    ("A plane crashed after take-off from Kathmandu on Friday, killing 18 people.", "Kathmandu"),
    ("Police arrested nine people in the Molenbeek district of Brussels on Friday.", "Molenbeek"),
    ("Rebels attacked Komanda, Irumu territory, on Friday, killing 43.", "Komanda"),
    ("Drones hit Sumy and Kharkiv region on Friday.", "Sumy, Kharkiv"),
    ("Drones hit Sumy, Kharkiv region and Kyiv on Friday.", "Sumy, Kharkiv, Kyiv"),
    ("Three people were killed and five wounded in Haifa on Friday.", "Haifa"),
    # a county that the gazetteer knows without that word
    ("Clashes in Tonj East County killed nine people on Friday.", "Tonj East County"),
    # shelters are where people are evacuated from, if no other town is told
    ("People were evacuated to shelters in Miyazaki on Friday after a quake.", "Miyazaki"),
    # where troops set out they do not take ground
    ("The army advanced from El Obeid to Bara on Friday.", ""),
    # armed police are troops, no second deed
    ("Nigeria deployed soldiers and armed police in Makurdi on Friday.", "Makurdi"),
    # sanctions on a country are agreed where ministers meet; those on firms hit them where they are
    ("Foreign ministers imposed sanctions against Mali in Accra on Friday.", "Accra"),
    ("The United States sanctioned two banks in Dubai on Friday.", ""),
    # a capital closes what is the city's own, its state the border
    ("Kathmandu closed all colleges on Friday after heavy rain.", "Kathmandu"),
    ("Helsinki closed the border on Friday.", ""),
]


@pytest.fixture(scope="module")
def parser() -> geo.Geoparser:
    return geo.Geoparser()


def first(parser: geo.Geoparser, text: str) -> Event:
    return parser.parse(geo.from_text(text, date=dt.date(2026, 3, 14))).events[0]


@pytest.mark.parametrize(("text", "pinned"), CASES)
def test_where_it_happened(parser: geo.Geoparser, text: str, pinned: str) -> None:
    assert ", ".join(place.resolution.mention.text for place in first(parser, text).places) == pinned


def test_a_town_in_a_region_that_is_called_after_its_capital_is_sure(parser: geo.Geoparser) -> None:
    (place,) = first(parser, "Drones killed one person in Synelnykove in the Dnipro region on Friday.").places
    assert place.confidence > 0.8


def test_of_an_unknown_village_in_a_province_the_province_is_known(parser: geo.Geoparser) -> None:
    text = "Bandits attacked the village of Kurebe in Niger State, Nigeria, on Friday."
    (pin,) = first(parser, text).places
    assert (pin.resolution.place.name, pin.precision) == ("Niger State", "admin1")
