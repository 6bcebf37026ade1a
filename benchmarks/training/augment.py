"""Augmentation: other places, other letter cases, noise, tweets, datelines, and people named like towns."""

from __future__ import annotations

import random
from collections.abc import Callable

from data import AFFILIATION, BREAK, DEMONYM, IGNORE, LITERAL, B, I, O, Sample

from dateline import gazetteer
from dateline.geo.wordpiece import split_words

FIRST_NAMES = """
James Mary John Robert Linda Michael Susan David Karen Sarah Daniel Anna Peter Maria Ahmed Fatima Ali Omar
Elena Olga Ivan Sergei Oleksandr Anastasia Chen Li Hiroshi Yuki Raj Priya Carlos Sofia Juan Lucia Jean Marie
Pierre Hans Greta Lars Kwame Amina Tunde Grace Samuel Esther Jack Emily George Alice Boris Nigel Theresa
Emma
""".split()
SURNAMES = """
Smith Johnson Williams Brown Jones Miller Davis Wilson Taylor Clark Lewis Walker Hall Young King Wright
Hilton Jackson Breed Bush Trump Obama Biden Khan Ahmed Hussein Ivanov Petrov Shevchenko Bondarenko Garcia
Lopez Silva Santos Mueller Schmidt Nguyen Tran Kim Park Lee Wang Zhang Okafor Mensah Diallo Haddad Nasser
""".split()
MASTHEADS = "Post Times Herald Tribune Gazette Chronicle Observer Journal Star Examiner".split()
AGENCIES = "AFP AP Reuters Xinhua ANI PTI BBC CNN UPI dpa".split()
MONTHS = "Jan Feb March April May June July Aug Sept Oct Nov Dec January February August September".split()
# P is a place (marked), N a place name that is not a place here, M a masthead, F and S a person's names.
TRAPS = """\
F N told reporters on Monday .
N S , 34 , was arrested in P .
Ms . N said she would leave P .
S , who met F N in P , declined to comment .
the N M reported
according to the N M , police in P
N S and F S visited P
Mr N , a spokesman , said
said N S , who lives in P .
Sen . N said
the governor of P , F N ,
F N , mayor of P
nice weather for reading in P in March
mobile police in P
He is reading a book about P .
In May , police in P
Of the 20 people , 10 came from P .
P 's suburbs
the P - backed forces
P - based company
20 km north of P
between P and P
in P , P and P
from P to P
P , P
outside P 's centre
P region
the city of P
P residents
near the village of P , in P district
the P - P border
President F N arrived in P
Judge N S ruled
coach F N and striker N S""".splitlines()


def place_names() -> list[str]:
    """Return the names of towns, districts and provinces worldwide, each once."""
    places = gazetteer.open().to_frame()
    towns = (places.feature_class == "P") & (places.population >= 5000)
    units = places.feature_code.isin(["ADM1", "ADM2"])
    return sorted(set(places.name[towns | units]))


class Augmenter:
    """Draws changed copies of samples, with its own random numbers.

    Parameters
    ----------
    names : list of str
        Names of places worldwide.
    demonyms : list of str
    seed : int
    """

    def __init__(self, names: list[str], demonyms: list[str], seed: int) -> None:
        self.names = [self._split(n) for n in names]
        self.demonyms = demonyms
        self.random = random.Random(seed)

    @staticmethod
    def _split(name: str) -> list[str]:
        return [name[w.start : w.end] for w in split_words(name)]

    def __call__(self, sample: Sample) -> Sample:
        """Return `sample`, changed or not."""
        draw = self.random.random
        if draw() < 0.2:
            sample = self.sentence(sample)
        if draw() < 0.45:
            sample = self.swap(sample)
        if draw() < 0.10:
            sample = self.trap(sample)
        if draw() < 0.06 and sample.corpus not in ("WikToR", "HaltermanEvents"):
            sample = self.dateline(sample)
        if draw() < 0.10:
            sample = self.tweet(sample)
        how = draw()
        if how < 0.06:
            return self.cased(sample, str.lower)
        if how < 0.12:
            return self.cased(sample, str.upper)
        if how < 0.15:
            return self.cased(sample, str.title)
        if how < 0.20:
            return self.noisy(sample)
        return sample

    def sentence(self, sample: Sample) -> Sample:
        """Cut one sentence out: short texts must be read without their surroundings."""
        ends = [0, *(i + 1 for i, w in enumerate(sample.words) if w in (".", "?", "!", BREAK))]
        start = self.random.choice(ends)
        end = min((e for e in ends if e > start + 3), default=len(sample.words))
        part = sample.part(start, end)
        return part if len(part.words) > 3 and part.labels[0] != I else sample

    def swap(self, sample: Sample) -> Sample:
        """Replace some toponyms by others, the same name by the same."""
        out = Sample(sample.corpus)
        chosen: dict[tuple[str, ...], list[str] | None] = {}
        i = 0
        while i < len(sample.words):
            if sample.labels[i] != B:
                out.add(sample.words[i], sample.labels[i], sample.roles[i])
                i += 1
                continue
            j = i + 1
            while j < len(sample.words) and sample.labels[j] == I:
                j += 1
            name, role = tuple(sample.words[i:j]), sample.roles[i]
            if name not in chosen:
                chosen[name] = None
                if self.random.random() < 0.6:
                    if role == DEMONYM:
                        if len(name) == 1 and name[0] in self.demonyms:
                            chosen[name] = [self.random.choice(self.demonyms)]
                    elif role != AFFILIATION or len(name) == 1:
                        chosen[name] = self.random.choice(self.names)
            for k, word in enumerate(chosen[name] or name):
                out.add(word, I if k else B, role)
            i = j
        return out

    def trap(self, sample: Sample) -> Sample:
        """Put a sentence with a place and a namesake before or after the sample."""
        extra = Sample(sample.corpus)
        here = self.random.choice(self.names)
        for token in self.random.choice(TRAPS).split():
            if token == "P":
                for k, word in enumerate(here):
                    extra.add(word, I if k else B, LITERAL)
                here = self.random.choice(self.names)
            elif token in "NFSM" and len(token) == 1:
                pool = {"F": FIRST_NAMES, "S": SURNAMES, "M": MASTHEADS}.get(token)
                words = [self.random.choice(pool)] if pool else self.random.choice(self.names)[:1]
                for word in words:
                    extra.add(word, O)
            else:
                extra.add(token)
        return self._join(extra, sample) if self.random.random() < 0.5 else self._join(sample, extra)

    def dateline(self, sample: Sample) -> Sample:
        """Begin the sample with a dateline such as ``ABU DHABI, Jan 24 (AFP) -``."""
        head = Sample(sample.corpus)
        place, country = self.random.choice(self.names), self.random.choice(self.names)
        upper = self.random.random() < 0.7
        for k, word in enumerate(place):
            head.add(word.upper() if upper else word, I if k else B, LITERAL)
        if self.random.random() < 0.3:
            head.add(",")
            for k, word in enumerate(country):
                head.add(word, I if k else B, LITERAL)
        if self.random.random() < 0.6:
            for word in (",", self.random.choice(MONTHS), str(self.random.randint(1, 31))):
                head.add(word)
        if self.random.random() < 0.7:
            for word in ("(", self.random.choice(AGENCIES), ")"):
                head.add(word)
        head.add(self.random.choice("- – — : --".split()))
        return self._join(head, sample)

    def tweet(self, sample: Sample) -> Sample:
        """Cut a fragment and dress it as a tweet."""
        draw = self.random.random
        n = self.random.randint(6, 24)
        start = self.random.randrange(max(1, len(sample.words) - n))
        while start < len(sample.words) and sample.labels[start] == I:
            start += 1
        end = min(len(sample.words), start + n)
        while end < len(sample.words) and sample.labels[end] == I:
            end += 1
        out = Sample(sample.corpus)
        if draw() < 0.3:
            for word in ("RT", "@", self.random.choice(FIRST_NAMES) + str(self.random.randint(1, 99)), ":"):
                out.add(word)
        lower = draw() < 0.25
        for i in range(start, end):
            word, tag = sample.words[i], sample.labels[i]
            if word == BREAK:
                continue
            single = tag == B and (i + 1 >= end or sample.labels[i + 1] != I)
            if (single and draw() < 0.3) or (tag == O and word.isalpha() and draw() < 0.04):
                out.add("#")
                word = word.lower() if draw() < 0.3 else word
            out.add(word.lower() if lower else word, tag, sample.roles[i])
        if draw() < 0.6:
            code = "".join(self.random.choices("abcdefghijkABCDEFGHIJK0123456789", k=9))
            for word in ("http", ":", "/", "/", "t", ".", "co", "/", code):
                out.add(word)
        return out

    def cased(self, sample: Sample, change: Callable[[str], str]) -> Sample:
        """Change the letter case of every word."""
        return Sample(sample.corpus, [change(w) for w in sample.words], sample.labels, sample.roles)

    def noisy(self, sample: Sample) -> Sample:
        """Misread some words, as an OCR or a hasty writer does."""
        words = []
        for word in sample.words:
            if len(word) > 3 and self.random.random() < 0.08:
                i = self.random.randrange(1, len(word) - 1)
                how = self.random.randrange(3)
                word = (
                    word[:i] + word[i + 1 :],
                    word[:i] + word[i + 1] + word[i] + word[i + 2 :],
                    word[:i] + self.random.choice("eaotilrnsc") + word[i + 1 :],
                )[how]
            words.append(word)
        return Sample(sample.corpus, words, sample.labels, sample.roles)

    @staticmethod
    def _join(a: Sample, b: Sample) -> Sample:
        return Sample(a.corpus, a.words + b.words, a.labels + b.labels, a.roles + b.roles)


__all__ = ["IGNORE", "Augmenter", "place_names"]
