"""Which place a toponym means: readable examples, and what users of other geoparsers reported as wrong."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import gazetteer
from dateline.geo.cues import STATED, read_cues
from dateline.geo.model import GUESSED, UNSURE, Article, Mention, Resolution
from dateline.geo.resolution import Resolver, focus, load_resolver


@pytest.fixture(scope="module")
def resolver() -> Resolver:
    return load_resolver(gazetteer.open())


def read(marked: str) -> tuple[str, list[Mention]]:
    """Read a text whose toponyms stand in square brackets."""
    mentions, text = [], ""
    for piece in re.split(r"(\[[^\]]+\])", marked):
        if piece.startswith("["):
            mentions.append(Mention(len(text), len(text) + len(piece) - 2, piece[1:-1]))
            piece = piece[1:-1]
        text += piece
    return text, mentions


def resolved(resolver: Resolver, marked: str, **about: str) -> list[Resolution]:
    text, mentions = read(marked)
    return resolver.resolve(Article("a", text, **about), mentions)


def places(resolver: Resolver, marked: str, **about: str) -> list[str]:
    """Return "name, admin1, country" of each place, "-" for none."""
    found = [r.place for r in resolved(resolver, marked, **about)]
    return [", ".join(part for part in (p.name, p.admin1, p.country) if part) if p else "-" for p in found]


def countries(resolver: Resolver, marked: str, **about: str) -> list[str]:
    return [r.place.country if r.place else "-" for r in resolved(resolver, marked, **about)]


@pytest.mark.parametrize(
    ("marked", "first"),
    [
        ("A fire in [Paris], [Texas], killed two.", "Paris, Texas, US"),
        ("Police in [Springfield], [Ohio], said so.", "Springfield, Ohio, US"),
        ("He lives in [Bangor], [Maine].", "Bangor, Maine, US"),
        ("The mayor of [Albany], [Georgia], resigned.", "Albany, Georgia, US"),
        ("Troops entered [Kharkiv] ([Ukraine]).", "Kharkiv, UA"),
    ],
)
def test_a_town_is_read_with_what_follows_it(resolver: Resolver, marked: str, first: str) -> None:
    found = places(resolver, marked)[0].split(", ")
    assert {found[0], found[-1]} <= set(first.split(", ")) | {found[0]}
    assert found[-1] == first.split(", ")[-1]
    if first.endswith("US"):
        assert ", ".join(found) == first


def test_two_senses_of_a_name_live_in_one_article(resolver: Resolver) -> None:
    text = "[Paris], [Texas], is far from [Paris], [France]. The mayor of [Paris], [Texas], laughed."
    assert [place.split(", ")[-1] for place in places(resolver, text)] == ["US", "US", "FR", "FR", "US", "US"]


def test_albany_is_not_albania(resolver: Resolver) -> None:
    text = "The governor spoke in [Albany] about the budget of [New York]; [Buffalo] gains most."
    assert countries(resolver, text) == ["US", "US", "US"]


def test_berlin_is_in_germany(resolver: Resolver) -> None:
    text = "Chancellor Merz met ministers in [Berlin]. [Germany] wants talks, also with [France]."
    assert countries(resolver, text) == ["DE", "DE", "FR"]


def test_oklahoma_is_the_state_unless_it_is_called_a_city(resolver: Resolver) -> None:
    found = places(resolver, "Storms crossed [Oklahoma] and [Kansas]; in [Oklahoma City] trees fell.")
    assert found[0] in ("Oklahoma, US", "Oklahoma, Oklahoma, US")
    assert found[2].startswith("Oklahoma City, Oklahoma")


def test_washington_in_its_meanings(resolver: Resolver) -> None:
    capital = resolved(resolver, "WASHINGTON (AP) - The [United States] Senate met in [Washington].")
    assert capital[1].place is not None
    assert capital[1].place.id in ("geonames:4140963", "geonames:4138106")  # the city, the district
    state = resolved(resolver, "Fires burn in [Washington] state, north of [Oregon]; [Seattle] is safe.")
    assert state[0].place is not None
    assert state[0].place.feature_code == "ADM1"


def test_donbas_is_the_region(resolver: Resolver) -> None:
    found = resolved(resolver, "[Russia] sent more troops to the [Donbas], [Ukraine] said.")[1].place
    assert found is not None
    assert found.id == "dateline:donbas"


def test_georgia_the_country_and_georgia_the_state(resolver: Resolver) -> None:
    assert countries(resolver, "Protesters in [Tbilisi] want [Georgia] to join.")[1] == "GE"
    assert countries(resolver, "A jury in [Atlanta], [Georgia], acquitted him.")[1] == "US"


def test_a_region_named_beside_its_word_is_the_region(resolver: Resolver) -> None:
    found = resolved(resolver, "Shells hit [Izium], in [Kharkiv] region, [Ukraine] said.")
    assert found[1].place is not None
    assert found[1].place.feature_code == "ADM1"


def test_the_publisher_s_home_decides_between_namesakes(resolver: Resolver) -> None:
    text = "The [London] city council will hire experts."
    assert countries(resolver, text, source="lfpress.ca") == ["CA"]
    assert countries(resolver, text, url="https://www.standard.co.uk/news") == ["GB"]


def test_a_country_can_be_prescribed(resolver: Resolver) -> None:
    text, mentions = read("A fire in [London].")
    found = resolver.resolve(Article("a", text), mentions, country="CA")[0].place
    assert found is not None
    assert found.country == "CA"


def test_a_street_is_never_stated_for_sure(resolver: Resolver) -> None:
    text = "Police closed [Zylberquist Street] in [Kharkiv] after the blast."
    street = resolved(resolver, text)[0]
    assert not street.sure
    assert street.match in ("nearby", "")


@pytest.mark.parametrize(
    ("marked", "inner"),
    [
        ("A fire in [Paris], [Texas], killed two.", "Paris"),
        ("Strikes on the [Zeitoun] neighbourhood of [Gaza City] went on.", "Zeitoun"),
        ("A blast in [Victoria], the capital of [Seychelles], was heard.", "Victoria"),
        ("A village near [Izium], in [Kharkiv] region, was shelled.", "Izium"),
        ("Crowds in the [Chilean] capital [Santiago] sang.", "Santiago"),
        ("He comes from [Cairo]'s [Abbasiya] neighbourhood.", "Abbasiya"),
        ("Talks in [Geneva], [Russia] and [Ukraine] said, had failed.", None),
        ("In [Cairo], [Israel] said it would wait.", None),
        ("They flew to [Paris], [Berlin] and [Rome].", None),
        ("[Israel]'s [Gaza] plan was refused.", None),
    ],
)
def test_what_the_text_states_and_what_it_only_names_together(marked: str, inner: str | None) -> None:
    text, mentions = read(marked)
    links = [link for link in read_cues(Article("a", text), mentions).links if link.kind == STATED]
    assert [mentions[link.inner].text for link in links] == ([inner] if inner else [])


@pytest.mark.parametrize(
    "marked",
    [
        "Strikes hit the [Zeitoun] neighbourhood of [Gaza City].",
        "Shells fell on [Kivu], in [Zaporizhzhia] province.",
        "A crash in [Lusaka], [Iceland], blocked a road.",
    ],
)
def test_a_place_outside_of_where_the_text_puts_it_is_never_sure(resolver: Resolver, marked: str) -> None:
    found = resolved(resolver, marked)[0]
    outer = resolved(resolver, marked)[1]
    assert (
        found.place is None
        or outer.place is None
        or not found.sure
        or found.place.country == outer.place.country
    )


def test_an_island_state_across_the_antimeridian_holds_its_capital(resolver: Resolver) -> None:
    found = resolved(resolver, "Officials in [Suva] in [Fiji] closed schools; [Labasa], [Fiji], was flooded.")
    assert [r.place.country for r in found if r.place and r.sure] == ["FJ"] * 4


def test_the_text_chooses_between_namesakes(resolver: Resolver) -> None:
    text = "[Victoria], the capital of [Seychelles], was quiet. In [Victoria], [British Columbia], it snowed."
    assert countries(resolver, text) == ["SC", "SC", "CA", "CA"]
    text = (
        "Flights to [Hyderabad] in southern [India] were late, those to [Hyderabad] in [Pakistan] were not."
    )
    assert countries(resolver, text) == ["IN", "IN", "PK", "PK"]


def test_a_name_that_only_resembles_another_is_never_sure(resolver: Resolver) -> None:
    found = resolved(resolver, "Troops left [Zaporizhzhhja] on Monday.")[0]
    assert found.match in ("fuzzy", "")
    assert not found.sure


def test_what_is_named_after_a_place_is_not_surely_there(resolver: Resolver) -> None:
    text = "A crowd left the [Russian Embassy] for [Frenchmen Street], in [New Orleans], [Louisiana]."
    assert [r.sure for r in resolved(resolver, text)] == [False, False, True, True]
    text = "Shells hit [downtown Kharkiv] and the [Kharkiv region], [Ukraine] said; [Izium] was calm."
    assert [r.sure for r in resolved(resolver, text)] == [True] * 4


@pytest.mark.parametrize("name", ["Springfield", "Clinton", "San Antonio de los Baños Nuevo"])
def test_a_lone_name_of_many_places_is_not_sure(resolver: Resolver, name: str) -> None:
    assert not resolved(resolver, f"Take cover in [{name}] now!")[0].sure


@pytest.mark.parametrize(
    ("marked", "id"),
    [
        ("A ferry sank on the [Niger] river.", "ne:niger"),
        ("A ferry sank on the river [Niger].", "ne:niger"),
        ("A tanker burned in the Strait of [Malacca].", "ne:strait-of-malacca"),
        ("A plane crashed on the island of [Pemba].", "ne:pemba-island"),
        ("Drones hit [Rivne] nuclear station.", "dateline:rivne-npp"),
        ("Drones hit the [Rivne nuclear station].", "dateline:rivne-npp"),
        ("Smoke rose over [Saratov] airport.", "ourairports:UWSG"),
        ("The quake was felt across the [Andes].", "ne:andes"),
        ("The governor of [New York] signed it.", "geonames:5128638"),
        ("The mayor of [New York] signed it.", "geonames:5128581"),
        ("Barges ran aground on the [Limpopo].", "ne:limpopo"),
        ("Growers blocked roads near [Cochabamba], in [Bolivia].", "geonames:3919968"),
        ("A school burned in [Mendoza]. The city's hospitals are full.", "geonames:3844421"),
    ],
)
def test_the_words_beside_a_name_say_what_it_is(resolver: Resolver, marked: str, id: str) -> None:
    found = resolved(resolver, marked)[0].place
    assert found is not None
    assert found.id == id


@pytest.mark.parametrize(
    "marked",
    [
        "The [Paraopeba] river turned red near [Belo Horizonte].",  # there is a town Paraopeba
        "[Glenrock State Conservation Area] burned.",
        "[Park Avenue] was closed.",
        "[Georgia] shut its schools.",
    ],
)
def test_what_may_be_something_else_of_the_name_is_not_sure(resolver: Resolver, marked: str) -> None:
    assert not resolved(resolver, marked)[0].sure


def test_a_part_of_a_name_does_not_resemble_a_people(resolver: Resolver) -> None:
    assert "FR" not in countries(resolver, "Police went to [Trench Town] and [Spanish Town].")


def test_towns_that_only_fit_together_in_one_region_are_sure(resolver: Resolver) -> None:
    text = "A man was stabbed in [Hamilton]. He fled toward [Burlington], and [Halton] police found him."
    assert all(found.sure and found.place.country == "CA" for found in resolved(resolver, text)[:2])


def test_a_city_named_after_a_preposition_is_not_in_the_place_before_it() -> None:
    text, mentions = read("He flew from [Astana] to the city of [Temirtau].")
    assert not read_cues(Article("a", text), mentions).links


def test_famous_cities_are_sure_far_from_the_subject(resolver: Resolver) -> None:
    text = "[Ukraine] said [Odesa] and [Kherson] were hit. Talks in [Geneva] will go on, [Kyiv] said."
    geneva = resolved(resolver, text)[3]
    assert geneva.place is not None
    assert geneva.place.country == "CH"
    assert geneva.sure


def test_a_town_abroad_that_is_spelt_otherwise_is_not_sure(resolver: Resolver) -> None:
    text = "Herders clashed at [Kom], east of [Isiolo] in [Kenya], on the border with [Samburu]."
    kom, isiolo, *_ = resolved(resolver, text)
    assert (kom.sure, isiolo.sure) == (False, True)


@pytest.mark.parametrize("city", ["New York", "Saigon", "Kiev", "Odessa", "Teheran", "Irbil"])
def test_a_city_of_the_world_is_known_by_its_other_names(resolver: Resolver, city: str) -> None:
    text = f"Envoys of [Sudan] left [Khartoum] and [El Obeid] and met in [{city}]."
    assert resolved(resolver, text)[3].sure


@pytest.mark.parametrize(
    "marked",
    [
        "In the prisons of [Ecuador], 37 died in [Guayaquil], 34 in [Cuenca] and eight in [Latacunga].",
        "[Egypt]'s foreign minister visited [Port Sudan]; [Khartoum] was quiet.",
        "People stood on the main square of [Aktau], in [Kazakhstan].",
        "If [Chasiv Yar] falls, the way to [Kramatorsk] lies open.",
    ],
)
def test_what_only_looks_like_a_statement_is_no_reason_for_doubt(resolver: Resolver, marked: str) -> None:
    assert all(found.sure for found in resolved(resolver, marked))


def test_new_york_beside_its_boroughs_is_the_city(resolver: Resolver) -> None:
    text = (
        "Five were shot in the [Bronx] on Monday, [New York] police said; trains to [Brooklyn] stood still."
    )
    city = resolved(resolver, text)[1].place
    assert city is not None
    assert city.id == "geonames:5128581"
    text = "Storms crossed [Ohio], [Pennsylvania] and [New York] state on Friday; [Buffalo] saw snow."
    state = resolved(resolver, text)[2].place
    assert state is not None
    assert state.feature_code == "ADM1"


def test_the_atlantic_is_the_ocean(resolver: Resolver) -> None:
    found = resolved(resolver, "The storm crossed the [Atlantic] and hit [Florida] near [Tampa].")
    assert [r.place.feature_code for r in found[:2] if r.place] == ["OCN", "ADM1"]


def test_the_white_house_is_not_casablanca(resolver: Resolver) -> None:
    found = resolved(resolver, "The [White House] warned [Iran] on Monday.")[0]
    assert not found.sure or (found.place is not None and found.place.country == "US")


def test_what_no_gazetteer_knows_is_none(resolver: Resolver) -> None:
    found = resolved(resolver, "They met in [Qxqzvrwt].")[0]
    assert found.place is None
    assert found.reasons


def test_reasons_are_words_about_this_article(resolver: Resolver) -> None:
    found = resolved(resolver, "[Paris], [Texas], lies near [Bonham]; [Dallas] is farther.")
    words = "; ".join(found[0].reasons)
    assert "Texas" in words
    assert re.search(r"same country as \d other mention", words)
    assert re.search(r"\d+ km from \w+", words)


def test_probabilities_are_probabilities_and_alternatives_are_ranked(resolver: Resolver) -> None:
    for found in resolved(resolver, "[Springfield] and [Georgetown] argued with [Victoria]."):
        others = [other.probability for other in found.alternatives]
        assert 0 <= found.probability <= 1
        assert others == sorted(others, reverse=True)
        assert len(others) <= 5
        assert found.probability + sum(others) <= 1.05
        assert found.sure == (found.place is not None and found.probability >= UNSURE)


def test_the_same_article_gives_the_same_answer(resolver: Resolver) -> None:
    text = "[Kharkiv] and [Chernihiv] were hit, [Ukraine] said; [Russia] denied it."
    again = load_resolver(gazetteer.open())
    assert resolved(resolver, text) == resolved(resolver, text) == resolved(again, text)


def test_answers_come_in_the_order_of_the_mentions(resolver: Resolver) -> None:
    text, mentions = read("[Kyiv], [Moscow], [Paris].")
    forward = resolver.resolve(Article("a", text), mentions)
    backward = resolver.resolve(Article("a", text), mentions[::-1])
    assert forward == backward[::-1]


def test_no_mentions_no_resolutions(resolver: Resolver) -> None:
    assert resolver.resolve(Article("a", "Nothing here."), []) == []


def test_fast_mode_reads_the_easy_cases_alike(resolver: Resolver) -> None:
    fast = load_resolver(gazetteer.open(), fast=True)
    text = "A fire in [Paris], [Texas]. [Ukraine] said [Kharkiv] was hit."
    assert places(fast, text) == places(resolver, text)


def test_focus_ranks_what_the_article_is_about(resolver: Resolver) -> None:
    marked = "[Kharkiv] was shelled. Officials in [Kharkiv] said 3 died. [Moscow] denied it."
    text, _ = read(marked)
    ranked = focus(Article("a", text), resolved(resolver, marked))
    assert ranked[0][0].country == "UA"
    assert sum(weight for _, weight in ranked) == pytest.approx(1, abs=1e-3)
    assert [weight for _, weight in ranked] == sorted((w for _, w in ranked), reverse=True)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=12))
def test_any_text_is_resolved_without_a_crash(resolver: Resolver, names: list[str]) -> None:
    text, mentions = "", []
    for name in names:
        mentions.append(Mention(len(text), len(text) + len(name), name))
        text += name + ", "
    found = resolver.resolve(Article("a", text), mentions)
    assert [r.mention for r in found] == mentions
    assert all(0 <= r.probability <= 1 for r in found)


def test_a_book_is_read_in_rounds(resolver: Resolver) -> None:
    text, mentions = read("[Kyiv] and [Lviv] and [Odesa] met. " * 700)
    found = resolver.resolve(Article("a", text), mentions)
    assert len({r.place.id for r in found if r.place}) == 3


def test_an_unknown_name_is_near_only_what_the_text_puts_it_in(resolver: Resolver) -> None:
    told = resolved(resolver, "Gunmen raided [Kurigax], a village in [Kaduna State], in [Nigeria].")[0]
    merely_named = resolved(resolver, "Gunmen raided [Xyzzyville]. In [Guayaquil], prices fell on Friday.")[0]
    assert merely_named.place is None or merely_named.probability <= 0.3
    assert told.place is None or told.probability < UNSURE


@pytest.mark.parametrize(
    ("marked", "side"),
    [
        ("Shells fell on towns in eastern [Ukraine].", "east"),
        ("Shells fell on towns in [Eastern Ukraine].", "east"),
        ("Bandits attacked villages in north-western [Nigeria].", "northwest"),
        ("Militants hold towns in the far north of [Cameroon].", "north"),
        ("A tornado crossed northern [Illinois].", "north"),
        ("Fighting spread in northern and central [Mali].", None),
        ("He fled north of [Ukraine]'s border.", None),
        ("They met in [South Korea].", None),
        ("In the Middle East [Israel] stood alone.", None),
        ("Shops closed in eastern [Paris].", None),
    ],
)
def test_a_part_of_a_country_is_meant(resolver: Resolver, marked: str, side: str | None) -> None:
    part = resolved(resolver, marked)[0].part
    assert (part.side if part else None) == side


def test_the_part_of_a_country_lies_there(resolver: Resolver) -> None:
    part = resolved(resolver, "Shells fell on towns in eastern [Ukraine].")[0].part
    assert part is not None
    assert (part.lat, part.lon) == pytest.approx((48.4, 36.4), abs=1)  # between Dnipro and Donetsk
    assert 200 < part.radius_km < 500


@pytest.mark.parametrize(
    "marked",
    [
        "A tornado warning for [UGA] has been lifted, the campus said.",  # the university, no village in Nigeria
        "The flight to [BOS] was late, a passenger said.",
        "He walked for hours towards the [East], he said.",
    ],
)
def test_initials_and_bearings_are_never_stated_for_sure(resolver: Resolver, marked: str) -> None:
    assert not resolved(resolver, marked)[0].sure


def test_initials_that_are_known_are_read(resolver: Resolver) -> None:
    assert (
        places(resolver, "He flew from [NYC] to the [UAE], a friend said.")[1] == "United Arab Emirates, AE"
    )
    assert countries(resolver, "[ULM], Germany (AP) - A fire broke out in [Ulm] on Monday.") == ["DE", "DE"]


def test_a_well_known_city_is_not_where_the_article_is_about(resolver: Resolver) -> None:
    text = "From [Nafplio] the road climbs to [Argos] and [Mycenae] in [Greece]. Flights leave from [Manchester]."
    assert countries(resolver, text)[4] == "GB"


def test_names_that_fit_several_states_alike_are_unsure(resolver: Resolver) -> None:
    text = "Students from [Salem] will travel to [Dover]. Tickets are sold in [Auburn]."
    assert not any(found.sure for found in resolved(resolver, text))
    told = resolved(resolver, text + " It is the best team of [New Hampshire].")
    assert all(found.sure for found in told)
    stated = resolved(resolver, "A tornado hit [Birmingham], [Ala.], on Friday. [Birmingham]'s mayor spoke.")
    assert all(found.sure for found in stated)
    assert all(found.sure for found in resolved(resolver, "[London], [Ontario] police arrested a man."))


@pytest.mark.parametrize(
    "text",
    [
        "Officials in [Moscow], [Idaho], met. [Moscow] would rebuild [Berlin Street], they said.",
        "Fire in [London]\n[LONDON], [Ont.] - A house burnt on [Wellington Road], [London] police said.",
    ],
)
def test_a_name_keeps_the_place_that_it_is_introduced_with(resolver: Resolver, text: str) -> None:
    found = resolved(resolver, text)
    same = [r.place for r in found if r.mention.text.title() in ("Moscow", "London")]
    assert len(same) > 1
    assert {place and place.country for place in same} <= {"US", "CA"}


def test_two_places_of_a_name_in_an_article_stay_apart(resolver: Resolver) -> None:
    found = resolved(resolver, "He left [Paris], [Texas], for [Paris], [France]. [Paris] was a feast.")
    assert [r.place and r.place.country for r in found] == ["US", "US", "FR", "FR", "FR"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The army shelled [Al Fasher] in [Sudan].", "El Fasher"),
        ("A storm hit [Co Galway] in [Ireland].", "Galway"),
        ("A bus fell into a gorge near [Haripurdhar] in [Sirmaur] district, [India].", "Sirmaur"),
    ],
)
def test_names_in_the_words_of_the_news(resolver: Resolver, text: str, place: str) -> None:
    first = resolved(resolver, text)[0]
    assert first.place is not None
    assert first.place.name == place


def test_streets_of_a_list_are_streets(resolver: Resolver) -> None:
    text = "He was hit near [Rivers] and [Stokes] avenues in [North Charleston], [South Carolina]."
    assert [place.sure for place in resolved(resolver, text)] == [False, False, True, True]
    shelled = resolved(resolver, "Shells hit [Kharkiv] and [Sumy], and many roads were cut.")
    assert all(place.sure for place in shelled)


def test_a_street_is_not_in_the_town_that_it_is_called_after(resolver: Resolver) -> None:
    *_, street = resolved(resolver, "[London], [Ont.] - A man was stabbed on [Richmond Street] on Saturday.")
    assert street.probability <= GUESSED


def test_a_state_and_a_city_without_rivals_hold_the_others(resolver: Resolver) -> None:
    text = "Flooding closed schools in [Burlington], [Fort Madison] and [Keokuk]."
    assert [found.sure for found in resolved(resolver, text)] == [True, True, True]


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Cancun", "MX"), ("Uman", "UA"), ("Goa", "IN"), ("Samar", "PH"), ("Qana", "LB"), ("Kuito", "AO"),
        ("Montana", "US"), ("Monterey", "US"), ("Monte Carlo", "MC"), ("Hollywood", "US"), ("Piccadilly", "GB"),
    ],
)  # fmt: skip
def test_a_plain_name_is_not_a_larger_place_s_in_another_language(
    resolver: Resolver, name: str, country: str
) -> None:
    assert countries(resolver, f"Police in [{name}] arrested two men.") == [country]


@pytest.mark.parametrize(
    ("marked", "place"),
    [
        ("Warplanes bombed villages in northern [Aleppo].", "Aleppo Governorate"),
        ("A drone killed two men in western [Taiz].", "Taiz Governorate"),
        ("A drone killed two men in northern [Hodeidah].", "Hodeidah Governorate"),
        ("Shells fell on villages across [Kherson].", "Kherson Oblast"),
        ("Shells fell on [Aleppo].", "Aleppo"),
        ("Shells fell in eastern [Khan Younis].", "Khan Younis"),
        ("Shells fell in southern [Khartoum].", "Khartoum"),
        ("A car bomb exploded in eastern [Mosul].", "Mosul"),
        ("Cases rose in northwestern [Taoyuan].", "Taoyuan"),
    ],
)
def test_the_north_of_a_name_is_in_the_province_where_there_is_one(
    resolver: Resolver, marked: str, place: str
) -> None:
    assert [r.place.name for r in resolved(resolver, marked) if r.place] == [place]


@pytest.mark.parametrize(
    ("marked", "codes"),
    [
        ("Floods killed four people in [Bauchi] and [Gombe] states.", "ADM1 ADM1"),
        ("Drones hit [Kharkiv] and [Chuhuiv] districts.", "ADM2 ADM2"),
        ("Floods hit [Khairpur], [Sukkur] and [Ghotki] districts of [Sindh].", "ADM2 ADM2 ADM2 ADM1"),
        ("The provinces of [Idlib] and [Hama] were shelled.", "ADM1 ADM1"),
        ("Floods hit [Kogi], [Niger] and [Benue] states.", "ADM1 ADM1 ADM1"),
        ("Floods hit [Niger], [Tahoua] and [Zinder] regions.", "PCLI ADM1 ADM1"),
        ("A bus fell into a ravine in [Bolivia]'s [Potosi] department.", "PCLI ADM1"),
        ("Floods killed four people in [Bauchi] and [Gombe].", "PPLA PPLA"),
    ],
)
def test_the_word_after_a_list_says_what_all_of_it_is(resolver: Resolver, marked: str, codes: str) -> None:
    assert [r.place.feature_code for r in resolved(resolver, marked) if r.place] == codes.split()


@pytest.mark.parametrize(
    ("marked", "place"),
    [
        ("Clashes killed nine in [Kamashi] zone, [Benishangul-Gumuz], [Ethiopia].", "Kamashi Zone, ET"),
        ("Clashes killed nine in [Moyale] town, southern [Ethiopia].", "Moyale, ET"),
        ("He was stabbed in the [Chapeltown] area of [Leeds].", "Chapeltown, GB"),
        ("Patients left the Hospital of [Manitoba] in [Winnipeg].", "Manitoba, CA"),
    ],
)
def test_a_namesake_in_the_place_that_holds_it_is_meant(resolver: Resolver, marked: str, place: str) -> None:
    found = resolved(resolver, marked)[0]
    assert found.place
    assert f"{found.place.name}, {found.place.country}" == place


@pytest.mark.parametrize(
    ("marked", "outer"),
    [
        ("In the village of [Murom], [Shebekino] district, a drone hit a car.", "Shebekino"),
        ("[Belgorod] region: in the village of [Murom], a drone hit a car.", "Belgorod Oblast"),
        ("He was stabbed in the [Manningham] area of [Bradford].", "Bradford"),
    ],
)
def test_what_lies_in_a_place_is_not_a_far_namesake(resolver: Resolver, marked: str, outer: str) -> None:
    found = next(r for r in resolved(resolver, marked) if r.mention.text in ("Murom", "Manningham"))
    assert found.place
    assert (found.place.name, found.match) == (outer, "nearby")
    assert found.probability < UNSURE


def test_a_village_abroad_is_unsure_where_all_others_are_in_one_country(resolver: Resolver) -> None:
    marked = "Bombs fell in [Cairo], [Alexandria] and [Tanta]. Police sealed off [Haram] district."
    assert resolved(resolver, marked)[-1].probability < UNSURE


def test_an_article_is_no_abbreviation_of_alabama(resolver: Resolver) -> None:
    assert not any("Alabama" in place for place in places(resolver, "They fought [Al Shabaab] in [Bariire]."))


def test_a_village_does_not_make_a_small_town_of_a_city(resolver: Resolver) -> None:
    """There are a Bristol and a Bedminster in Pennsylvania; the Bedminster of Bristol is not known."""
    bristol, _ = resolved(resolver, "Police in [Bristol] said a man was hurt in [Bedminster].")
    assert bristol.probability < UNSURE


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("A gas blast killed six miners in [Karaganda], [Kazakhstan].", "Karagandy"),
        ("Drones struck [Kherson]. In [Bilozerka], a driver was killed.", "Kherson"),
        ("Drones struck [Kherson] region. In [Bilozerka], a driver was killed.", "Kherson Oblast"),
        ("The floods in [Kaduna] state killed nine.", "Kaduna State"),
    ],
)
def test_an_oblast_is_seldom_called_without_the_word(resolver: Resolver, marked: str, name: str) -> None:
    first = resolved(resolver, marked)[0].place
    assert first
    assert first.name == name


def test_a_hamlet_of_a_city_s_name_in_its_country_is_unsure(resolver: Resolver) -> None:
    nikopol, _ = resolved(resolver, "The enemy shelled [Nikopol]. [Kupiansk]: two men were killed.")
    assert nikopol.probability < UNSURE


def test_a_village_on_a_border_is_in_neither_county(resolver: Resolver) -> None:
    kapedo, *_ = resolved(resolver, "They raided [Kapedo] on the border of [Turkana] and [Baringo] counties.")
    assert kapedo.place
    assert kapedo.place.name == "Kapedo"
