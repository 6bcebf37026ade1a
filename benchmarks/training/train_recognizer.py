"""Train the recogniser's networks, teacher and student.

Usage:
    python train_recognizer.py teacher OUT --corpora DIR --minilm DIR --vocabulary FILE --names FILE
    python train_recognizer.py student OUT --teacher FILE --keep 0 2 5 (and the same)

`--keep` names the layers a network starts from: the teacher's for a student (0, 2 and 5 unless given),
MiniLM's for a teacher (all six).  `--hold-out K` leaves fold K of every corpus out and prints F1 on it after
each epoch.  `--start FILE` goes on from earlier weights.  The student learns from the teacher's probabilities
on labelled, augmented and unlabelled text.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from augment import Augmenter
from data import BREAK, DEMONYM, FLAGS, IGNORE, Sample, demonyms, fold, label, read, windows
from network import Tagger, from_minilm
from torch import Tensor
from torch.nn import functional as F

from dateline.geo.wordpiece import Case, WordPiece

SHOWN = ("LGL", "TR-News", "GeoWebNews", "GeoVirus", "gold")
#: How often a document of a corpus is seen in an epoch, and the partly labelled ones' weight in the loss.
REPEATS = {"gold": 3.0, "HaltermanEvents": 0.25, "WikToR": 0.08}
WIDTH = 126
Batch = dict[str, Tensor]


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
def evaluate(model: Tagger, held: dict[str, list[Sample]], collate: Collator, flagged: bool) -> str:
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


def losses(model: Tagger, batch: Batch, teacher: Tagger | None) -> Tensor:
    """Return the loss: labels, and the teacher's probabilities where there is one."""
    with torch.autocast("cpu", torch.bfloat16):
        hidden = model.encode(batch["ids"], batch["cases"], batch["flags"], batch["mask"])
    hidden = hidden.float()
    boundary, role = model.boundary(hidden), model.role(hidden)
    hard = F.cross_entropy(boundary.flatten(0, 1), batch["labels"].flatten(), ignore_index=IGNORE)
    if (batch["roles"] != IGNORE).any():
        hard = hard + 0.3 * F.cross_entropy(
            role.flatten(0, 1), batch["roles"].flatten(), ignore_index=IGNORE, label_smoothing=0.05
        )
    if teacher is None:
        return hard
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        target = teacher.encode(batch["ids"], batch["cases"], batch["flags"], batch["mask"])
    target = target.float()
    with torch.no_grad():
        soft_b, soft_r = (F.softmax(h(target), -1) for h in (teacher.boundary, teacher.role))
    mask = batch["mask"].float()
    cross = -(soft_b * F.log_softmax(boundary, -1)).sum(-1)
    name = 1 - soft_b[..., 0]
    cross = cross + 0.3 * name * -(soft_r * F.log_softmax(role, -1)).sum(-1)
    near = ((hidden - target) ** 2).mean(-1)
    return 0.2 * hard + ((cross * (1 + 2 * name) + 0.3 * near) * mask).sum() / mask.sum()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("teacher", "student"))
    parser.add_argument("out", type=Path)
    for name in ("corpora", "minilm", "vocabulary", "names"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--teacher", type=Path)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--keep", type=int, nargs="+", help="layers to start from")
    parser.add_argument("--hold-out", type=int, default=-1)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=2048, help="pieces a step")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--unlabelled", type=float, default=1.0, help="how much partly labelled text")
    parser.add_argument("--freeze", action="store_true", help="leave the embeddings as they are")
    parser.add_argument("--seed", type=int, default=13)
    o = parser.parse_args()
    random.seed(o.seed)
    torch.manual_seed(o.seed)

    pieces = o.vocabulary.read_text(encoding="utf8").split("\n")[:-1]
    collate = Collator(WordPiece(pieces))
    nationals = demonyms(o.corpora)
    train: list[Sample] = []
    held: dict[str, list[Sample]] = {c: [] for c in SHOWN}
    repeats = dict(REPEATS)
    if o.kind == "student":
        repeats.update(HaltermanEvents=0.8 * o.unlabelled, WikToR=0.5 * o.unlabelled)
    for corpus in (*SHOWN, "HaltermanEvents", "WikToR"):
        for document in read(o.corpora, corpus):
            sample = label(document, nationals)
            if corpus in held and fold(document) == o.hold_out:
                held[corpus].append(sample)
            else:
                train.append(sample)

    names = o.names.read_text(encoding="utf8").splitlines()
    augment = Augmenter(names, sorted(nationals), o.seed)
    teacher = None
    if o.kind == "teacher":
        table = json.loads((o.minilm / "tokenizer.json").read_text(encoding="utf8"))["model"]["vocab"]
        model = from_minilm(o.minilm, [table[p] for p in pieces], o.keep or list(range(6)), len(FLAGS))
    else:
        teacher = Tagger(len(pieces), 6, len(FLAGS))
        teacher.load_state_dict(torch.load(o.teacher))
        teacher.eval()
        kept = o.keep or [0, 2, 5]
        model = Tagger(len(pieces), len(kept), len(FLAGS))
        state = {k: v for k, v in teacher.state_dict().items() if not k.startswith("layers.")}
        for new, old in enumerate(kept):
            for k, v in teacher.layers[old].state_dict().items():
                state[f"layers.{new}.{k}"] = v
        model.load_state_dict(state)
    if o.start:
        model.load_state_dict(torch.load(o.start))

    if o.kind == "student" or o.freeze:  # teacher and student share their embeddings
        for part in (model.pieces, model.positions, model.cases, model.flags, model.norm):
            part.requires_grad_(False)
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=o.rate, weight_decay=0.01, betas=(0.9, 0.98))
    began, step, seen = time.time(), 0, 0
    rng = random.Random(o.seed)
    for epoch in range(o.epochs):
        parts: list[tuple[Sample, int]] = []
        for sample in train:
            often = repeats.get(sample.corpus, 1.0)
            for _ in range(int(often) + (rng.random() < often % 1)):
                for part in windows(sample, WIDTH - 8, collate.length):
                    known = sample.corpus in FLAGS and rng.random() < 0.5
                    known = known or (sample.corpus == "GeoVirus" and rng.random() < 0.4)
                    changed = augment(part)
                    flag = FLAGS.index(sample.corpus) if known else 0
                    parts.extend((w, flag) for w in windows(changed, WIDTH, collate.length))
        batches = _batches(parts, collate, o.batch, rng)
        total = len(batches) * o.epochs
        model.train()
        for batch_parts in batches:
            share = step / total
            rate = o.rate * min(1.0, share / 0.06) * max(0.0, (1 - share) / 0.94)
            for group in optimizer.param_groups:
                group["lr"] = rate
            batch = collate([p for p, _ in batch_parts], [f for _, f in batch_parts])
            loss = losses(model, batch, teacher)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
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
            print("  general:", evaluate(model, held, collate, False), flush=True)
            if o.kind == "teacher":
                print("  flagged:", evaluate(model, held, collate, True), flush=True)
    print(f"done in {time.time() - began:.0f} s, {time.process_time():.0f} CPU s; {np.__version__}")


def _batches(
    parts: list[tuple[Sample, int]], collate: Collator, size: int, rng: random.Random
) -> list[list[tuple[Sample, int]]]:
    """Group windows of like length, `size` pieces a batch, in random order."""
    keyed = [(sum(map(collate.length, p.words)) + 2 + rng.random() * 8, p, f) for p, f in parts if p.words]
    keyed.sort(key=lambda k: k[0])
    out: list[list[tuple[Sample, int]]] = [[]]
    for n, part, flag in keyed:
        if (len(out[-1]) + 1) * n > size and out[-1]:
            out.append([])
        out[-1].append((part, flag))
    rng.shuffle(out)
    return out


if __name__ == "__main__":
    main()
