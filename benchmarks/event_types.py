"""Measure event types: CASE-2021 (ACLED sub-events of snippets) and PLOVER's gold standard records."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from dateline.geo import sentences, triggers
from dateline.geo.triggers import Trigger
from dateline.geo.wordlists import wordlist
from dateline.geo.words import words

#: CASE's classes by our lexicon's (ACLED sub-event, type, mode); the first that fits any trigger wins.
CASE = (
    ("SUIC_BOMB", "suicide"),
    ("CHEM_WEAP", "chemical weapon"),
    ("GRENADE", "grenade"),
    ("SEX_VIOL", "Sexual violence"),
    ("FORCE_AGAINST_PROTEST", "force against protest"),
    ("AIR_STRIKE", "airstrike"),
    ("ABDUCT_DISSAP", "kidnapping"),
    ("MOB_VIOL", "mob violence"),
    ("REM_EXPLOS", "bombing"),
    ("ART_MISS_ATTACK", "Shelling/artillery/missile attack"),
    ("HQ_ESTABLISHED", "base"),
    ("DISR_WEAP", "Disrupted weapons use"),
    ("PROPERTY_DISTRUCT", "Looting/property destruction"),
    ("ATTRIB", "claim"),
    ("VIOL_DEMONSTR", "riot"),
    ("ORG_CRIME", "CRIME"),
    ("ARREST", "Arrests"),
    ("PEACE_PROTEST", "Peaceful protest"),
    ("GOV_REGAINS_TERIT", "territory taken"),
    ("CHANGE_TO_GROUP_ACT", "withdrawal"),
    ("NON_VIOL_TERRIT_TRANSFER", "RETREAT"),
    ("ARMED_CLASH", "Armed clash"),
    ("ATTACK", "ASSAULT"),
    ("NATURAL_DISASTER", "DISASTER"),
    ("MAN_MADE_DISASTER", "ACCIDENT"),
    ("AGREEMENT", "AGREE"),
    ("DIPLO", "CONSULT"),
    ("DIPLO", "SANCTION"),
    ("CHANGE_TO_GROUP_ACT", "MOBILIZE"),
)
#: The coarse classes: ACLED's event types.
COARSE = {
    **dict.fromkeys(
        ("AIR_STRIKE", "ART_MISS_ATTACK", "REM_EXPLOS", "SUIC_BOMB", "GRENADE", "CHEM_WEAP"), "remote"
    ),
    **dict.fromkeys(
        ("ARMED_CLASH", "GOV_REGAINS_TERIT", "NON_STATE_ACTOR_OVERTAKES_TER", "NON_VIOL_TERRIT_TRANSFER"),
        "battle",
    ),
    **dict.fromkeys(("ATTACK", "ABDUCT_DISSAP", "SEX_VIOL", "FORCE_AGAINST_PROTEST"), "violence"),
    **dict.fromkeys(("PEACE_PROTEST", "PROTEST_WITH_INTER"), "protest"),
    **dict.fromkeys(("VIOL_DEMONSTR", "MOB_VIOL", "PROPERTY_DISTRUCT"), "riot"),
    **dict.fromkeys(
        ("AGREEMENT", "ARREST", "CHANGE_TO_GROUP_ACT", "DISR_WEAP", "HQ_ESTABLISHED", "DIPLO", "ATTRIB"),
        "strategic",
    ),
}
#: The word lists that tell a subject, as features.
SUBJECTS = (
    "weapon",
    "force",
    "crime",
    "mishap",
    "hazard",
    "vehicle",
    "utility",
    "service",
    "people",
    "diplomat",
)
#: PLOVER 0.5's names that PLOVER's manual has renamed since.
RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "FIGHT": "ASSAULT"}


def read(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def found(text: str) -> list[Trigger]:
    """Return the triggers of all sentences of a text."""
    return [t for s in sentences.split(text) for t in triggers.find(words(text, s.start, s.end))]


def labels(text: str) -> list[str]:
    """Return what the lexicon says of a text: types, modes, ACLED sub-events, one of each a trigger."""
    said = []
    lower = text.casefold()
    for trigger in found(text):
        entry = trigger.entry
        said += [label for label in (entry.type, entry.mode, entry.acled) if label]
    said += [word for word in ("suicide", "grenade") if word in lower]
    return said


def groups(text: str) -> list[str]:
    """Return the names of the lexicon's word lists that occur in a text."""
    present = {word.lower for word in words(text)}
    return [f"list:{name}" for name in SUBJECTS if not present.isdisjoint(wordlist(name))]


def case_label(text: str) -> str:
    said = set(labels(text))
    return next((name for name, label in CASE if label in said), "OTHER")


def accuracy(pairs: Sequence[tuple[str, str]]) -> tuple[float, float]:
    """Return accuracy and macro F1."""
    classes = {gold for gold, _ in pairs}
    right = Counter(gold for gold, got in pairs if gold == got)
    wanted, given = Counter(gold for gold, _ in pairs), Counter(got for _, got in pairs)
    f1 = sum(2 * right[c] / (wanted[c] + given[c]) for c in classes) / len(classes)
    return sum(right.values()) / len(pairs), f1


def coarse(pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(COARSE.get(gold, gold), COARSE.get(got, got)) for gold, got in pairs]


def cross_validated(texts: Sequence[str], gold: Sequence[str], folds: int = 5) -> list[str]:
    """Return labels by a linear model over TF-IDF and the lexicon's labels, each fold unseen."""
    from scipy.sparse import hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.model_selection import StratifiedKFold
    from sklearn.svm import LinearSVC

    said = [
        " ".join(label.replace(" ", "_").replace("/", "_") for label in labels(text) + groups(text))
        for text in texts
    ]
    answers = np.array([""] * len(texts), dtype=object)
    target = np.array(gold)
    for train, test in StratifiedKFold(folds, shuffle=True, random_state=1).split(texts, target):
        parts = []
        for source, options in (
            (texts, {"ngram_range": (1, 2), "sublinear_tf": True, "stop_words": "english"}),
            (texts, {"analyzer": "char_wb", "ngram_range": (3, 5), "sublinear_tf": True}),
            (said, {"token_pattern": r"\S+", "sublinear_tf": True, "norm": "l2"}),
        ):
            vectors = TfidfVectorizer(**options).fit([source[i] for i in train])
            parts.append(vectors.transform(source))
        table = hstack(parts).tocsr()
        model = LinearSVC(C=1.0).fit(table[train], target[train])
        answers[test] = model.predict(table[test])
    return list(answers)


def report(folder: Path, whole: bool = True) -> list[str]:
    """Return the figures as lines."""
    case = read(folder / "case2021-task2.dev.jsonl")
    texts, gold = [r["text"] for r in case], [r["acled"] for r in case]
    lines = []
    answers = {"shipped lexicon": [case_label(text) for text in texts]}
    if whole:
        answers["TF-IDF + lexicon, 5-fold"] = cross_validated(texts, gold)
    for name, got in answers.items():
        pairs = list(zip(gold, got, strict=True))
        fine, macro = accuracy(pairs)
        broad, _ = accuracy(coarse(pairs))
        lines.append(f"CASE-2021, {name}: accuracy {fine:.3f}, macro F1 {macro:.3f}, coarse {broad:.3f}")
    plover = [r for r in read(folder / "plover-gsr.dev.jsonl") if r["event"] != "INVESTIGATE"]
    pairs = []
    anywhere = 0
    for record in plover:
        wanted = RENAMED.get(record["event"], record["event"])
        types = [t.type for t in found(record["text"])]
        pairs.append((wanted, types[0] if types else ""))
        anywhere += wanted in types
    fine, macro = accuracy(pairs)
    lines.append(
        f"PLOVER, first trigger: accuracy {fine:.3f}, macro F1 {macro:.3f}; "
        f"among the triggers {anywhere / len(plover):.3f}"
    )
    return lines


def confusion(folder: Path) -> list[tuple[str, str, int]]:
    """Return the commonest confusions of the lexicon on CASE-2021: gold, found, times."""
    pairs = Counter((r["acled"], case_label(r["text"])) for r in read(folder / "case2021-task2.dev.jsonl"))
    return [(gold, got, n) for (gold, got), n in pairs.most_common() if gold != got]
