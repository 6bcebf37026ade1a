"""The corpora as words with labels: what the recogniser learns from.

Boundary labels are O, B, I; role labels literal, metonym, demonym (adjectives, inhabitants) and
affiliation.  ``IGNORE`` marks what a corpus does not tell.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.geo.wordpiece import split_words

IGNORE = -100
O, B, I = 0, 1, 2  # noqa: E741
# AFFILIATION: a noun that affiliates, "US official", and a place name inside an organisation's name.
LITERAL, METONYM, DEMONYM, AFFILIATION = 0, 1, 2, 3
BREAK = "\n"
FLAGS = ("general", "LGL", "TR-News", "GeoWebNews", "GeoVirus", "gold")
TRAINED_ON = ("LGL", "TR-News", "GeoWebNews", "GeoVirus", "gold", "HaltermanEvents", "WikToR")

#: GeoWebNews' usage types as roles.
ROLES = {
    "Literal": LITERAL,
    "Literal_Modifier": LITERAL,
    "Mixed": IGNORE,
    "Coercion": LITERAL,
    "Embedded_Literal": LITERAL,
    "Metonymic": METONYM,
    "Non_Literal_Modifier": DEMONYM,
    "Embedded_Non_Lit": AFFILIATION,
    "literal": LITERAL,
    "metonym": METONYM,
    "demonym": DEMONYM,
}


@dataclass(slots=True)
class Sample:
    """Words of one document or window, with a boundary and a role label each."""

    corpus: str
    words: list[str] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    roles: list[int] = field(default_factory=list)

    def add(self, word: str, label: int = O, role: int = IGNORE) -> None:
        """Append one word."""
        self.words.append(word)
        self.labels.append(label)
        self.roles.append(role)

    def part(self, start: int, end: int) -> Sample:
        """Return the words from `start` to `end`."""
        return Sample(self.corpus, self.words[start:end], self.labels[start:end], self.roles[start:end])


def read(corpora: Path, name: str) -> list[dict[str, Any]]:
    """Read a corpus' development half; ``gold`` is Dateline's own."""
    if name == "gold":
        path = corpora.parent / "gold" / "dateline-gold.dev.jsonl"
        return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines() if line.strip()]
    with gzip.open(corpora / f"{name}.dev.jsonl.gz", "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def fold(document: dict[str, Any]) -> int:
    """Return the cross-validation fold (0 to 3) of a document."""
    key = f"{document['corpus']}/{document['doc_id']}".encode()
    return hashlib.md5(key, usedforsecurity=False).digest()[0] % 4


def demonyms(corpora: Path) -> set[str]:
    """Return adjectives and demonyms of countries, continents and some regions, capitalised."""
    found, countries = set(_MORE_DEMONYMS.split()), set()
    table = corpora.parent / "gazetteer-sources" / "factbook_names_demonyms.tsv"
    with table.open(encoding="utf8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            countries.add(row["short"])
            for column, value in row.items():
                if value and column in ("noun", "adjective"):
                    for part in value.replace("(s)", "").replace(";", ",").replace(" or ", ",").split(","):
                        word = part.split("(")[0].strip()
                        if word[:1].isupper() and " " not in word:
                            found.update((word, word + "s"))
    return found - countries - {"Island", "Islander", "Islanders", "Islands", "Congo", "Philippines"}


_MORE_DEMONYMS = """
Afghan Afghans African Africans Alaskan Algerian American Americans Arab Argentine Asian Asians Australian
Australians Bahraini Balkan Bavarian Bosnian British Briton Britons Californian Canadian Canadians Catalan
Chechen Chechens Chinese Congolese Crimean Croat Croats Cuban Czech Danish Dutch Egyptian Emirati English
European Europeans Filipino Filipinos Finnish Floridian French Gazan Gazans Georgian Georgians German
Germans Hawaiian Indian Indians Iranian Iranians Iraqi Iraqis Irish Israeli Israelis Japanese Jordanian
Kashmiri Kashmiris Kazakh Kenyan Korean Koreans Kosovar Kurdish Kuwaiti Kyrgyz Lankan Lebanese Libyan
Londoner Londoners Mexican Mexicans Moroccan Nordic Omani Pakistani Pakistanis Palestinian Palestinians
Parisian Persian Polish Qatari Rican Russian Russians Saudi Saudis Scandinavian Scots Scottish Serb Serbian
Serbs Siberian Sicilian Slovak Somali Somalis Soviet Spanish Sudanese Swedish Swiss Syrian Syrians Taiwanese
Tajik Texan Texans Thai Tibetan Tunisian Turkish Turkmen Uighur Ukrainian Ukrainians Uyghur Uzbek Welsh
Yemeni Yemenis Zealander Zealanders
"""

_COMPOUND = {"South", "North", "Central", "Latin", "Sri", "Costa", "Puerto", "New"}


def last_word(text: str, span: tuple[int, int]) -> str:
    """Return the last word of a span."""
    return text[span[0] : span[1]].split()[-1]


def label(document: dict[str, Any], demonym_words: set[str]) -> Sample:
    """Label the words of a document.

    GeoVirus marks no demonyms: they are added from `demonym_words`, so that every corpus speaks of the same
    thing.  HaltermanEvents and WikToR mark some places only: their other capitalised words are ignored.
    """
    text, corpus = document["text"], document["corpus"]
    corpus = "gold" if corpus.startswith("dateline") else corpus
    partial = corpus in ("HaltermanEvents", "WikToR")
    spans = {}
    for toponym in sorted(document["toponyms"], key=lambda t: t["start"] - t["end"]):
        if 0 <= toponym["start"] < toponym["end"] and not any(
            a < toponym["end"] and toponym["start"] < b for a, b in spans
        ):
            spans[toponym["start"], toponym["end"]] = toponym.get("role") or toponym.get("kind")
    sample = Sample(corpus)
    at = iter(sorted(spans))
    span = next(at, None)
    inside = False
    for word in split_words(text):
        if word.breaks and sample.words:
            sample.add(BREAK)
        while span and word.start >= span[1]:
            span, inside = next(at, None), False
        surface = text[word.start : word.end]
        if span and word.end > span[0]:
            kind = spans[span]
            role = LITERAL if partial else ROLES.get(kind, IGNORE) if isinstance(kind, str) else IGNORE
            if corpus != "HaltermanEvents" and (
                surface in demonym_words or last_word(text, span) in demonym_words
            ):
                role = DEMONYM
            elif role == DEMONYM:
                role = AFFILIATION
            if corpus == "LGL" and role == IGNORE and kind is None:
                role = AFFILIATION if text[span[1] : span[1] + 2].strip()[:1].isupper() else IGNORE
            sample.add(surface, I if inside else B, role)
            inside = True
        elif corpus == "GeoVirus" and surface in demonym_words:
            compound = bool(sample.words) and sample.words[-1] in _COMPOUND and sample.labels[-1] == O
            if compound:
                sample.labels[-1], sample.roles[-1] = B, DEMONYM
            sample.add(surface, I if compound else B, DEMONYM)
        elif partial and not surface.islower() and surface[0].isalpha():
            sample.add(surface, IGNORE)
        else:
            sample.add(surface)
    return sample


def unlabelled(text: str) -> Sample:
    """Return a text of which nothing is known."""
    sample = Sample("articles")
    for word in split_words(text):
        if word.breaks and sample.words:
            sample.add(BREAK)
        sample.add(text[word.start : word.end], IGNORE)
    return sample


def windows(sample: Sample, width: int, length: Any) -> Iterator[Sample]:
    """Cut a document into windows of at most `width` pieces, at the ends of sentences where possible.

    `length` gives the number of pieces of a word.
    """
    start, pieces, cut = 0, 0, 0
    for i, word in enumerate(sample.words):
        n = length(word)
        if pieces + n > width and i > start:
            end = cut if cut - start > (i - start) // 3 else i
            yield sample.part(start, end)
            pieces = sum(length(w) for w in sample.words[end:i])
            start = cut = end
        pieces += n
        if word in (".", "!", "?", BREAK, '"', "”"):
            cut = i + 1
    if start < len(sample.words):
        yield sample.part(start, len(sample.words))
