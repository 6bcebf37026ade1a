"""Train the tagger of triggers: ``python -m benchmarks.training.trigger_tagger OUT.npz [--hold-out K]``.

Needs torch; some six minutes on one core.  It learns from the development half of ``benchmarks/articles``.
``--hold-out K`` leaves a quarter of it out (by a hash of the articles' ids) and prints precision, recall and
F1 of that quarter's events, by sentence; the numbers below were chosen that way.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from benchmarks import own_events
from benchmarks.gold_events import GROUP
from dateline.geo import sentences, triggers
from dateline.geo.trigger_tagger import case, number
from dateline.geo.triggers import TYPES
from dateline.geo.wordpiece import load_wordpiece
from dateline.geo.words import Word, words

DATA = Path(__file__).parents[2] / "geo" / "data"
SIZE, HIDDEN, NEAR, NEARER = 64, 128, 3, 2
CASES, CLASSES = 4, 1 + len(TYPES)
#: What a trigger's span may hold beside the event's own words.
FUNCTION = frozenset(
    "was were is are be been being has have had will would can could may might must should shall do does "
    "did a an the of to in on at by for from with into onto its their his her it they he she and or as "
    "than that this these those not never no more about over under near up down off out back away".split()
)
IGNORE = -100


class Net(nn.Module):
    """What ``geo/trigger_tagger.py`` computes, for learning."""

    def __init__(self, pieces: int, width: int) -> None:
        super().__init__()
        self.project = nn.Linear(width, SIZE, bias=False)
        self.case = nn.Embedding(CASES, SIZE)
        self.lexicon = nn.Embedding(CLASSES, SIZE)
        self.first = nn.Conv1d(SIZE, HIDDEN, 2 * NEAR + 1, padding=NEAR)
        self.context = nn.Linear(SIZE, HIDDEN, bias=False)
        self.second = nn.Conv1d(HIDDEN, HIDDEN, 2 * NEARER + 1, padding=NEARER)
        self.skip = nn.Linear(SIZE, HIDDEN, bias=False)
        self.out = nn.Linear(HIDDEN, CLASSES)
        self.lexicon_out = nn.Embedding(CLASSES, CLASSES)
        self.dropout = nn.Dropout(0.5)
        self.dropout_in = nn.Dropout(0.4)
        nn.init.zeros_(self.lexicon_out.weight)
        for table in (self.case, self.lexicon):
            nn.init.normal_(table.weight, std=0.3)

    def forward(self, vectors: Tensor, cases: Tensor, said: Tensor, real: Tensor) -> Tensor:
        """Return the logits of each word; `real` is 0 at padding."""
        real = real[..., None]
        x = (self.project(self.dropout_in(vectors)) + self.case(cases) + self.lexicon(said)) * real
        context = self.context(x.sum(1) / real.sum(1).clamp(min=1))
        y = F.relu(self.first(x.transpose(1, 2)).transpose(1, 2) + context[:, None])
        y = self.dropout(y) * real
        z = F.relu(self.second(y.transpose(1, 2)).transpose(1, 2) + y + self.skip(x))
        logits: Tensor = self.out(self.dropout(z)) + self.lexicon_out(said)
        return logits


class Samples:
    """Sentences of articles: the words' vectors, cases, what the lexicon says, and labels."""

    def __init__(self) -> None:
        self.encoder = load_wordpiece((DATA / "vocabulary.txt").read_text(encoding="utf8"))
        with np.load(DATA / "embeddings.npz") as table:
            pieces = table["pieces"].astype(np.float32) * table["scales"][:, None]
        pieces -= pieces.mean(0)
        self.pieces = pieces / pieces.std()

    def read(self, articles: list[dict]) -> list[dict]:  # type: ignore[type-arg]
        """Return the sentences of some articles."""
        found = []
        for article in articles:
            text = article["text"]
            for sentence in sentences.split(text):
                tokens = words(text, sentence.start, sentence.end)
                if not tokens:
                    continue
                said, labels = [0] * len(tokens), [0] * len(tokens)
                for trigger in triggers.find(tokens):
                    for i in range(trigger.first, trigger.last + 1):
                        said[i] = number(trigger.type)
                for event in article["events"]:
                    for i in own_words(tokens, *event["trigger"]):
                        labels[i] = number(event["type"])
                found.append(
                    {"words": tokens, "cases": [case(w) for w in tokens], "said": said, "labels": labels}
                )
        return found

    def batch(self, some: list[dict]) -> tuple[Tensor, ...]:  # type: ignore[type-arg]
        """Return padded vectors, cases, what the lexicon says, labels, and what is no padding."""
        longest = max(len(s["words"]) for s in some)
        vectors = np.zeros((len(some), longest, self.pieces.shape[1]), np.float32)
        rest = np.zeros((3, len(some), longest), np.int64)
        rest[2] = IGNORE
        real = np.zeros((len(some), longest), np.float32)
        for k, s in enumerate(some):
            n = len(s["words"])
            vectors[k, :n] = [self.pieces[list(self.encoder.encode(w.lower)[0])].mean(0) for w in s["words"]]
            rest[:, k, :n] = s["cases"], s["said"], s["labels"]
            real[k, :n] = 1
        return tuple(map(torch.tensor, (vectors, *rest, real)))


def own_words(tokens: list[Word], start: int, end: int) -> list[int]:
    """Return the words of a trigger's span that carry its meaning."""
    inside = [i for i, word in enumerate(tokens) if word.start < end and word.end > start]
    telling = [i for i in inside if tokens[i].lower not in FUNCTION and tokens[i].lower[0].isalnum()]
    return telling or inside


def train(samples: Samples, some: list[dict], epochs: int, seed: int) -> Net:  # type: ignore[type-arg]
    """Return a network that has seen `some` for a number of epochs."""
    torch.manual_seed(seed)
    random.seed(seed)
    net = Net(*samples.pieces.shape)
    optimizer = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.05)
    steps = epochs * -(-len(some) // 32)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=steps, pct_start=0.15)
    for epoch in range(epochs):
        order = random.sample(range(len(some)), len(some))
        losses = []
        for k in range(0, len(order), 32):
            vectors, cases, said, labels, real = samples.batch([some[i] for i in order[k : k + 32]])
            # it must not lean on the lexicon, which was made looking at some of these articles
            said = torch.where(torch.rand(said.shape) < 0.25, torch.zeros_like(said), said)
            logits = net(vectors, cases, said, real)
            loss = F.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=IGNORE)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}", flush=True)
    return net.eval()


def runs(labels: list[int]) -> list[tuple[int, int]]:
    """Return the types of the runs of equal labels with their first words."""
    return [(i, t) for i, t in enumerate(labels) if t and (i == 0 or labels[i - 1] != t)]


@torch.no_grad()
def scores(samples: Samples, net: Net, some: list[dict], told: float) -> str:  # type: ignore[type-arg]
    """Return precision, recall and F1 of the events of sentences, by type group."""
    right = found = gold = 0
    groups = [None, *(GROUP[t] for t in TYPES)]
    for k in range(0, len(some), 64):
        vectors, cases, said, _, real = samples.batch(some[k : k + 64])
        p = net(vectors, cases, said, real).softmax(-1)
        types = (p[..., 1:].argmax(-1) + 1) * (p[..., 0] < 1 - told)
        for row, s in zip(types.tolist(), some[k : k + 64], strict=False):
            mine = [groups[t] for _, t in runs(row[: len(s["words"])])]
            theirs = [groups[t] for _, t in runs(s["labels"])]
            found, gold = found + len(mine), gold + len(theirs)
            right += sum(min(mine.count(g), theirs.count(g)) for g in set(mine))
    precision, recall = right / max(1, found), right / max(1, gold)
    return f"{told}: P {precision:.3f} R {recall:.3f} F1 {2 * right / max(1, found + gold):.3f}"


def export(samples: Samples, net: Net, out: Path) -> None:
    """Write the weights, half precision, the projected pieces as bytes."""
    state = {name: value.detach().numpy() for name, value in net.named_parameters()}
    pieces = samples.pieces @ state["project.weight"].T
    scales = np.abs(pieces).max(1) / 127
    arrays = {
        "case": state["case.weight"],
        "lexicon": state["lexicon.weight"],
        "lexicon_out": state["lexicon_out.weight"],
        "first": state["first.weight"].transpose(2, 1, 0),
        "first_bias": state["first.bias"],
        "second": state["second.weight"].transpose(2, 1, 0),
        "second_bias": state["second.bias"],
        "context": state["context.weight"].T,
        "skip": state["skip.weight"].T,
        "out": state["out.weight"].T,
        "out_bias": state["out.bias"],
        "scales": scales,
    }
    halves = {name: value.astype(np.float16) for name, value in arrays.items()}
    np.savez_compressed(out, pieces=np.round(pieces / scales[:, None]).astype(np.int8), **halves)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--hold-out", type=int, choices=range(4))
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)
    articles = [a for path in own_events.half("dev") for a in own_events.read(path)]
    samples = Samples()
    held = [
        hashlib.md5(a["doc_id"].encode(), usedforsecurity=False).digest()[0] % 4 == options.hold_out
        for a in articles
    ]
    seen = samples.read([a for a, out in zip(articles, held, strict=True) if not out])
    net = train(samples, seen, options.epochs, options.seed)
    unseen = samples.read([a for a, out in zip(articles, held, strict=True) if out])
    for told in (0.3, 0.4, 0.5) if unseen else ():
        print(scores(samples, net, unseen, told))
    export(samples, net, options.out)
    print(f"{options.out}: {options.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
