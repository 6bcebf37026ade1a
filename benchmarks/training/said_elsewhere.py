"""Reports in which somebody far away tells what happened: "..., the army said in Bamako"."""

from __future__ import annotations

import random
from typing import Any

from dateline.geo import sentences
from dateline.geo.wordlists import wordlist

#: Of so many articles one is told so.
ONE_IN = 5
_WHO = (
    "the army", "a police spokesman", "the defence ministry", "officials", "the interior ministry",
    "rights groups", "the government", "a spokeswoman", "the United Nations", "aid workers", "diplomats",
    "the presidency",
)  # fmt: skip
_HOW = (
    ", {who} said in {city}.", ", {who} in {city} said.", ", according to {who} in {city}.",
    ", {who} said from {city}.", ", {who} told reporters in {city}.",
)  # fmt: skip
_CAPITALS = {
    "AF": "Kabul", "AR": "Buenos Aires", "BD": "Dhaka", "BF": "Ouagadougou", "BO": "La Paz",
    "BR": "Brasília", "CD": "Kinshasa", "CL": "Santiago", "CM": "Yaoundé", "CN": "Beijing", "CO": "Bogotá",
    "DE": "Berlin", "EC": "Quito", "EG": "Cairo", "ES": "Madrid", "ET": "Addis Ababa", "FR": "Paris",
    "GB": "London", "GR": "Athens", "HT": "Port-au-Prince", "ID": "Jakarta", "IL": "Jerusalem",
    "IN": "New Delhi", "IQ": "Baghdad", "IR": "Tehran", "IT": "Rome", "JP": "Tokyo", "KE": "Nairobi",
    "LB": "Beirut", "LY": "Tripoli", "ML": "Bamako", "MM": "Naypyitaw", "MX": "Mexico City", "MZ": "Maputo",
    "NE": "Niamey", "NG": "Abuja", "NP": "Kathmandu", "PE": "Lima", "PH": "Manila", "PK": "Islamabad",
    "RS": "Belgrade", "RU": "Moscow", "SD": "Khartoum", "SO": "Mogadishu", "SY": "Damascus",
    "TD": "N'Djamena", "TH": "Bangkok", "TR": "Ankara", "UA": "Kyiv", "US": "Washington", "VE": "Caracas",
    "YE": "Aden", "ZA": "Pretoria",
}  # fmt: skip


def said_elsewhere(record: dict[str, Any]) -> dict[str, Any]:
    """Return an article, one in :data:`ONE_IN` with a sentence that somebody in a capital says.

    Which articles, sentences and capitals depends on the article's id only.
    """
    dice = random.Random(record["doc_id"])
    text, events = record["text"], record["events"]
    quiet = [
        s.end
        for s in sentences.split(text)
        if text[s.end - 1 : s.end] == "."
        and wordlist("speech").isdisjoint(text[s.start : s.end].lower().split())
        and any(s.start <= event["trigger"][0] < s.end for event in events)
    ]
    countries = [t["country"] for t in record["toponyms"] if t["country"] in _CAPITALS]
    city = _CAPITALS[dice.choice(countries or sorted(_CAPITALS))]
    if not quiet or city in text or dice.randrange(ONE_IN):
        return record
    end = dice.choice(quiet)
    said = dice.choice(_HOW).format(who=dice.choice(_WHO), city=city)
    moved = [
        event | {"trigger": [at + (len(said) - 1 if at >= end else 0) for at in event["trigger"]]}
        for event in events
    ]
    return record | {"text": text[: end - 1] + said + text[end:], "events": moved}
