"""The words of dates in English news: numbers, months, weekdays, and the patterns that find them."""

from __future__ import annotations

import calendar
import re

from dateline.geo import holidays

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "couple of": 2, "a couple of": 2,
    "dozen": 12,
}  # fmt: skip
_MONTHS = {name: i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name: i for i, name in enumerate(calendar.month_abbr) if name} | {"Sept": 9}
_DAYS = {name: i for i, name in enumerate(calendar.day_name)}
_DAYS |= {
    "Mon": 0,
    "Tue": 1,
    "Tues": 1,
    "Wed": 2,
    "Thu": 3,
    "Thur": 3,
    "Thurs": 3,
    "Fri": 4,
    "Sat": 5,
    "Sun": 6,
}
#: The first month of each season, three months long; winter belongs to the year it begins.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
#: What counts quarters and weeks; 0 is the last.
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": 0,
    "final": 0,
}  # fmt: skip
#: What counts days of an event.
NTH = {
    "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10,
}  # fmt: skip

MONTH = r"(?-i:January|February|March|April|May|June|July|August|September|October|November|December)"
MON = rf"(?:{MONTH}|(?-i:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
WEEKDAY = r"(?-i:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.)"
D = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d)"
Y = r"(?:1[2-9]|20)\d\d"
N = rf"(?=[\dac-fnost])(?:\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
PART = r"(?:early |late |mid[- ]?)?"
SEASON = r"(?:spring|summer|autumn|fall|winter)"
WHICH = r"(?P<which>last|next|this|past|coming|previous|following|current|the same|that)"
FEAST = f"(?=(?-i:[A-Z]))(?:{'|'.join(holidays.NAMES)})".replace("'", "['’]")
DATE = rf"(?:{MON} {D}|{D} {MON})"
UNIT = r"(?P<unit>day|week|fortnight|weekend|month|quarter|year|decade|century)"
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
#: What follows the number of a house: "of 1935 Orchard St.".
STREET = (
    r"(?-i: (?:[NSEW]\.? )?(?:[A-Z][\w.'’]* ){1,2}(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Lane|Ln|Boulevard"
    r"|Blvd|Court|Ct|Way|Place|Highway|Parkway|Terrace|Circle)\b)| block of\b"
)
#: What a number that looks like a year counts, or belongs to: "2000 soldiers", "at 1400 GMT".
COUNTED = (
    r" (?:people|troops|soldiers|fighters|homes|houses|residents|families|men|women|children|workers|"
    r"students|protesters|demonstrators|villagers|migrants|refugees|passengers|cases|deaths|km|kilomet|"
    r"met(?:er|re)s|miles|acres|hectares|tons|tonnes|hours|hrs|local|GMT|UTC|BST|EST|EDT|CET|IST"
    # the year of a car's make: "a 2006 Mercury"
    r"|Audi|BMW|Buick|Cadillac|Chevrolet|Chevy|Chrysler|Ford|GMC|Honda|Hyundai|Jeep|Kia|Lexus|Mazda|Mercedes"
    r"|Mercury|Mitsubishi|Nissan|Pontiac|Porsche|Renault|Subaru|Suzuki|Tesla|Toyota|Volkswagen|Volvo)\b"
)
#: Things that bear numbers: a year behind one of these words is none ("Resolution 1701").
NUMBERED = re.compile(
    r"\b(?:resolution|flight|route|highway|room|model|boeing|brigade|windows|unit|some|about|around|nearly|almost|"
    r"over|than|least|roughly|approximately|exactly|up to|another|only|all|the other)\s$",
    re.IGNORECASE,
)


def number(word: str) -> int:
    """Return the value of a small number in digits or letters."""
    word = word.casefold()
    return int(word) if word.isdigit() else _NUMBERS[word]


def month_number(word: str) -> int:
    """Return the number of a month, "Sept." included."""
    return _MONTHS[word.rstrip(".").capitalize()]


def weekday_number(word: str) -> int:
    """Return the number of a weekday, Monday 0."""
    return _DAYS[word.rstrip(".").capitalize()]


def day_number(word: str) -> int:
    """Return the digits of "24th"."""
    return int(re.sub(r"\D", "", word))
