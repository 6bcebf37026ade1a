"""Whether it happened: plans, denials, possibilities, memories, exercises; and figures of speech."""

from __future__ import annotations

import datetime as dt

import pytest

from dateline.geo.events import extract
from dateline.geo.model import Article, Event


def events(text: str) -> list[Event]:
    return extract(Article(id="a", text=text, date=dt.date(2026, 1, 25)), [])


@pytest.mark.parametrize(
    "text",
    [
        "Stock prices exploded after the merger was announced.",
        "The result was a political earthquake for the ruling party.",
        "The ministry faced a flood of complaints about the new website.",
        "The two clubs are in a battle for the title.",
        "The coach was attacked in the press after the defeat.",
        "He suffered a heart attack at his home.",
        "The striker shot wide in the second half.",
        "The film was shot in Morocco over six weeks.",
        "The company fired its chief executive.",
        "The senator dropped a bombshell in her memoir.",
        "The party won by a landslide.",
        "She is fighting cancer.",
        "Fans stormed the pitch after the final whistle.",
        "The singer's new album bombed.",
        "The market crashed and shares collapsed.",
        "The government came under fire for its handling of the budget.",
        "His comments sparked a firestorm on social media.",
        "Sales exploded in the fourth quarter.",
        "The novel tells of the massacre of a village.",
        "The film about the bombing won three awards.",
        "The museum opened an exhibition on the siege of Leningrad.",
        "The team crashed out of the cup.",
        "The bank was hit by a wave of withdrawals.",
        "A war of words broke out between the two singers.",
        "The striker struck twice in Turin.",
        "The chef shoots for a third star.",
        "The minister survived a storm of criticism.",
        "The bill was killed in committee.",
        "The deal collapsed last month.",
        "Prices surged across the region.",
        "A raid on the fridge is common at night.",
        "The video game lets players bomb cities.",
        "They tied the knot in a ceremony that stormed the internet.",
        "The player was fouled and the referee awarded a penalty shoot-out.",
        "The company launched an attack on rising costs.",
        "Analysts said the currency was under attack.",
        "Her speech set the hall on fire.",
        "The band exploded onto the scene in 1995.",
        "A charm offensive won over the voters.",
        "He hit out at critics of the plan.",
        "The shot was saved by the keeper.",
        "The actor plays a soldier who kills his captain.",
        "The drug kills cancer cells.",
        "The rocket was launched into orbit from Kourou.",
        "The company will cut jobs and shut two lines of business.",
        "The virus attacks the liver.",
        "The paper was withdrawn by the journal.",
        "The horse was withdrawn from the race.",
        "The bomber jacket is back in fashion.",
        "Voters punished the governing party.",
        "The band's drummer hits hard.",
        "The storm over the minister's expenses grew.",
        "The debate exploded into anger.",
        "The police officer was honoured at a ceremony for bravery.",
        "An explosion of colour filled the gallery.",
        "The market faced a tsunami of bad news.",
        "The striker is expected to undergo surgery.",
        "He was charged with leading the reform of the tax office.",
        "She won the battle with her weight.",
        "The king's death was mourned by fans of the chess world.",
        "A shower of awards hit the studio.",
        "A wave of layoffs hit the tech industry.",
        "The senator is under attack from her own party.",
        "The company's shares were hammered after a profit warning.",
        "The striker scored a hat-trick and was injured in the second half.",
        "The bakery was bombarded with orders after the review.",
        "The minister defended the decision to fire the director.",
        "An avalanche of paperwork buried the small firm.",
        "The prime minister faced a barrage of questions.",
        "The champion was knocked out in the third round.",
        "The rapper dropped a new single called Murder.",
        "The war on drugs has failed, a report said.",
        "She exploded with rage at the interview.",
        "The price war between supermarkets has intensified.",
        "The general election campaign is heating up.",
        "The actress died in the first episode of the series.",
        "The startup is burning through cash.",
        "The plan drew fire from unions.",
        "He was shot in the arm with a flu vaccine.",
        "A storm is brewing in parliament over pensions.",
        "The strike rate of the batsman fell.",
        "Traffic ground to a halt as the marathon passed.",
        "The orchestra's concert was a riot of sound.",
        "The dispute erupted after a tweet.",
        "The two firms clashed over patents.",
        "The judge struck down the law.",
        "The striker has hit form.",
        "The club was hit by injuries.",
        "The economy is in free fall.",
        "The bank rescued the airline with a loan.",
        "The court blocked the merger.",
        "Scientists launched a rocket carrying a weather satellite.",
        "The book describes how the army massacred villagers.",
        "Police said there was no attack.",
        "The airline launched flights to Lima.",
        "The team will battle for promotion.",
        "The candidate attacked his rival's record on crime.",
    ],
)
def test_a_figure_of_speech_is_no_event(text: str) -> None:
    assert [event.trigger for event in events(text) if event.status in ("actual", "planned")] == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The talks planned for Friday will be held in Geneva.", "planned"),
        ("The army will withdraw its troops from the town next week.", "planned"),
        ("The minister is expected to visit Ankara on Monday.", "planned"),
        ("Elections are due to be held in March.", "planned"),
        ("The union plans to strike on Tuesday.", "planned"),
        ("The army denied that it had shelled the town.", "denied"),
        ("Russia denied bombing the hospital.", "denied"),
        ("The ministry rejected reports that its forces had attacked the village.", "denied"),
        ("The report that gunmen attacked the school is false, police said.", "denied"),
        ("If rebels attack the town, thousands will flee.", "hypothetical"),
        ("The rebels threatened to attack the airport.", "hypothetical"),
        ("A strike on the plant could kill thousands, experts warned.", "hypothetical"),
        ("Officials fear an attack on the dam.", "hypothetical"),
        ("The army may bomb the bridge.", "hypothetical"),
        ("Police foiled a plot to bomb the station.", "hypothetical"),
        ("Firefighters simulated an attack on the metro in an exercise.", "hypothetical"),
        ("Hundreds took part in a drill for an earthquake.", "hypothetical"),
        ("The exercise simulated a bombing at the stadium.", "hypothetical"),
        ("The town marked the tenth anniversary of the bombing that killed 50 people.", "background"),
        ("Ten years after the massacre, survivors gathered at the memorial.", "background"),
        ("The city was bombed in 1943.", "background"),
        ("The rebels had shelled the town in 2014.", "background"),
        ("A monument to the victims of the 1999 earthquake was unveiled.", "background"),
        ("The president warned that the rebels might attack the capital.", "hypothetical"),
        ("The army is preparing for a possible attack on the town.", "hypothetical"),
        ("Residents fear another earthquake.", "hypothetical"),
        ("Had the bomb exploded, hundreds would have died.", "hypothetical"),
        ("A court charged two men with plotting to attack a synagogue.", "hypothetical"),
        ("Police averted a stampede at the stadium.", "hypothetical"),
        ("Farmers vowed to march on Brussels next week.", "planned"),
        ("The two leaders are to meet in Doha on Monday.", "planned"),
        ("The union called a strike for Friday.", "planned"),
        ("Voters go to the polls on 12 April.", "planned"),
        ("The country is set to vote in June.", "planned"),
        ("The protest is scheduled for Saturday.", "planned"),
        ("There was no explosion at the plant, the operator said.", "denied"),
        ("Iran says it has not attacked the tanker.", "denied"),
        ("The claim that soldiers shot civilians is untrue, the ministry said.", "denied"),
        ("Officials denied any involvement in the bombing.", "denied"),
        ("Families remembered the victims of the 2004 tsunami.", "background"),
        ("The attack was the deadliest since a bombing in 2009 killed 200 people.", "background"),
        ("The documentary tells of the massacre of 1982.", "background"),
        ("In 1985 an earthquake destroyed the old town.", "background"),
        ("Twenty years ago a tsunami struck the coast.", "background"),
        ("Rebels attacked the town on Saturday.", "actual"),
        ("Police said a bomb had exploded outside the embassy.", "actual"),
        ("Rebels have shelled the airport, the army confirmed.", "actual"),
    ],
)
def test_the_words_around_a_verb_say_whether_it_happened(text: str, status: str) -> None:
    assert events(text)[-1].status == status


@pytest.mark.parametrize(
    "text",
    [
        "The summit planned for Friday has been called off.",
        "The match was postponed because of the storm.",
        "The talks scheduled for Monday were cancelled.",
        "The strike planned for Monday was called off after a deal.",
    ],
)
def test_what_is_called_off_is_told_as_such_and_not_as_held(text: str) -> None:
    assert [event.mode for event in events(text)] == ["postponement"]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Gunmen attacked a football match, killing five fans.", ["ASSAULT"]),
        ("A bomb exploded outside the stadium before the match.", ["ASSAULT"]),
        ("The missile hit the market.", ["ASSAULT"]),
        ("In May a jet crashed near the coast.", ["ACCIDENT"]),
        ("Two pilots died when their jets collided.", ["ACCIDENT"]),
        ("Sanctions were imposed over the bombing of Pola.", ["SANCTION"]),
        ("Protesters stormed the court.", ["ASSAULT"]),
        ("The patrol came under fire from rebels.", ["ASSAULT"]),
        ("The museum was bombed on Friday.", ["ASSAULT"]),
        ("A landslide buried a village after days of rain.", ["DISASTER"]),
        ("A flood of the river Oder drowned two people.", ["DISASTER"]),
        ("Elections were held in March.", ["VOTE"]),
    ],
)
def test_the_same_words_in_earnest_are_events(text: str, types: list[str]) -> None:
    assert [event.type for event in events(text)][:1] == types
