"""Whether a word that may be a noun or a verb is the noun: "a fire", "after the attack"."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.geo.wordlists import wordlist
from dateline.geo.words import Word, irregular_forms

_DETERMINERS = wordlist("before_nouns")
_AFTER_NOUNS = wordlist("after_nouns") | {".", ","}
ARTICLES = frozenset(["a", "an", "the", "this", "another", "his", "her", "their", "its"])
_LEADING = frozenset(["in", "by", "during", "after", "amid", "of"])
#: Verbs whose noun tells of something else: "a fire", "rescue teams".
OTHER_NOUNS = wordlist("other_nouns")
#: What no verb in the third person follows: "in clashes", "by strikes".
_BEFORE_PLURALS = frozenset(["of", "in", "for", "by", "after", "during", "amid", "from", "with", "despite"])
_BEFORE_VERBS = frozenset(["to", "will", "would", "could", "may", "might", "must", "should", "they", "we"])


def stands_as_noun(sentence: Sequence[Word], at: int) -> bool:
    """Return whether what looks like a verb's base form is a noun: "a fire at the plant", "Rescue teams"."""
    word = sentence[at].lower
    if word.endswith(("ed", "ing", "en")) or word in irregular_forms():
        return False
    if at == 0 or sentence[at - 1].lower in ARTICLES:
        return True
    if word.endswith("s") and sentence[at - 1].lower in _BEFORE_PLURALS:
        return True
    if at > 1 and sentence[at - 2].lower in ("a", "an") and not sentence[at - 1].lower.endswith("ly"):
        return True  # "a nine-day blockade"
    return word in OTHER_NOUNS and (sentence[at - 1].lower == "'" or reads_as_noun(sentence, at))


def reads_as_noun(sentence: Sequence[Word], at: int) -> bool:
    """Return whether a word that may be a noun or a verb ("attacks") follows what only nouns follow.

    >>> from dateline.geo.words import words
    >>> reads_as_noun(words("They attack the town"), 1), reads_as_noun(words("after the attack"), 2)
    (False, True)
    """
    if at == 0:
        return True
    before = sentence[at - 1].lower
    if before in _BEFORE_VERBS:
        return False
    if (
        before in _DETERMINERS
        or before.isdigit()
        or before.endswith(
            ("-day", "-week", "-hour", "-month", "ous", "ful", "ive", "al", "ian", "ic", "ish")
        )
    ):
        return True
    led = at > 1 and sentence[at - 2].lower in _LEADING and not sentence[at - 1].capital
    if led and sentence[at].lower.endswith("s") and before.isalpha() and not before.endswith("s"):
        return True  # "killed in violent protests"
    after = sentence[at + 1].lower if at + 1 < len(sentence) else "."
    return after in _AFTER_NOUNS
