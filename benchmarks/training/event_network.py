"""Train the network behind events: ``python -m benchmarks.training.event_network OUT --minilm DIR``.

OUT is a folder: ``network.onnx`` and ``heads.npz`` are written there (``geo/event_network.py``).  Needs
torch, onnx and MiniLM's weights (``train_recognizer.py`` says where from); some fifteen minutes on one core.
It learns from the development half of ``benchmarks/articles``.  ``--hold-out K`` leaves a quarter of it out
(by a hash of the articles' ids) and prints how well that quarter's events and their places are told; the
numbers below were chosen that way.  The linker is trained with four networks that each left a quarter out.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from torch import Tensor, nn
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parent))  # the other training scripts are no package

from export_recognizer import RuntimeLayer, linear, write_quantized
from funnel import vectors
from network import HIDDEN, Tagger, from_minilm

from benchmarks import gold_events, own_events
from benchmarks.events import pipeline
from benchmarks.own_links import FOLDS, fold
from dateline.geo import sentences, triggers
from dateline.geo.event_network import FAR, STATUSES, WINDOW, distance
from dateline.geo.model import Mention
from dateline.geo.network import DATA
from dateline.geo.trigger_tagger import number
from dateline.geo.triggers import TYPES
from dateline.geo.wordpiece import WordPiece, load_wordpiece
from dateline.geo.words import Word, words

LAYERS, PAIR, FAR_PAIR, CLASSES = 2, 128, 64, 1 + len(TYPES)
EPOCHS, BATCH, RATE, HEADS_RATE = 6, 8, 4e-4, 1e-3
#: So many of MiniLM's 1,536 inner neurons are kept, by so many articles, and so the rest is taught on.
INNER, LOOKED_AT, EPOCHS_AFTER, SLOWER = 640, 200, 3, 0.5
#: What the losses of words, and of statuses, count beside that of places.
WORDS, STATUS = 20.0, 0.5
#: How often the lexicon says nothing, and a piece is blank: it must not lean on the lexicon, which was made
#: looking at some of these articles, nor on single words.
SILENT, BLANK = 0.3, 0.08
#: How often only so many sentences of an article are read, at most.
EXCERPTS, SENTENCES = 0.3, 3
LONGEST = 510
VOCABULARY = (DATA / "vocabulary.txt").read_text(encoding="utf8").split("\n")[:-1]
CLS, SEP, UNKNOWN = (VOCABULARY.index(piece) for piece in ("[CLS]", "[SEP]", "[UNK]"))
#: What a trigger's span may hold beside the event's own words.
FUNCTION = frozenset(
    "was were is are be been being has have had will would can could may might must should shall do does "
    "did a an the of to in on at by for from with into onto its their his her it they he she and or as "
    "than that this these those not never no more about over under near up down off out back away".split()
)


@dataclass
class Sample:
    """An article: its words, the mentions of each place by name, and the events with their words."""

    doc_id: str
    pieces: list[tuple[int, ...]]
    cases: list[int]
    breaks: list[bool]  # whether a paragraph begins
    said: list[int]
    labels: list[int]
    sentence: list[int]
    names: list[tuple[str, list[list[int]]]]
    events: list[tuple[list[int], int, set[str]]]  # words, status, names of places

    @property
    def size(self) -> int:
        """How many pieces it has, but those of its ends."""
        return sum(map(len, self.pieces)) + sum(self.breaks)


def samples() -> Iterator[Sample]:
    """Yield the articles of the development half."""
    encoder = load_wordpiece((DATA / "vocabulary.txt").read_text(encoding="utf8"))
    resolve = pipeline()
    for path in own_events.half("dev"):
        for record in own_events.read(path):
            mentions = [r.mention for r in resolve(gold_events.article(record))]
            yield _sample(record, mentions, encoder)


def _sample(record: dict[str, Any], mentions: Sequence[Mention], encoder: WordPiece) -> Sample:
    text = record["text"]
    s = Sample(record["doc_id"], [], [], [], [], [], [], [], [])
    own: dict[int, list[int]] = {}
    tokens: list[Word] = []
    paragraph = 0
    for n, sentence in enumerate(sentences.split(text)):
        here = words(text, sentence.start, sentence.end)
        said, labels = [0] * len(here), [0] * len(here)
        for trigger in triggers.find(here):
            for i in range(trigger.first, trigger.last + 1):
                said[i] = number(trigger.type)
        for e, event in enumerate(record["events"]):
            for i in own_words(here, *event["trigger"]):
                labels[i] = number(event["type"])
                own.setdefault(e, []).append(len(tokens) + i)
        coded = [encoder.encode(text[word.start : word.end]) for word in here]
        s.pieces += [pieces for pieces, _ in coded]
        s.cases += [int(case) for _, case in coded]
        s.breaks += [i == 0 and sentence.paragraph != paragraph and bool(tokens) for i in range(len(here))]
        s.said, s.labels, s.sentence = s.said + said, s.labels + labels, s.sentence + [n] * len(here)
        tokens += here
        paragraph = sentence.paragraph if here else paragraph
    names: dict[str, list[list[int]]] = {}
    for mention in mentions:
        at = [i for i, w in enumerate(tokens) if w.start < mention.end and w.end > mention.start]
        if at:
            names.setdefault(gold_events.plain(mention.text), []).append(at)
    s.names = list(names.items())
    for e, at in own.items():
        event = record["events"][e]
        wanted = {gold_events.plain(record["toponyms"][i]["text"]) for i in event["places"]}
        s.events.append((at, STATUSES.index(event["status"]), wanted))
    return s


def excerpt(s: Sample) -> Sample:
    """Return one to three sentences of an article, as headlines and posts are read alone."""
    numbers = sorted(set(s.sentence))
    first = random.randrange(len(numbers))
    return part(s, numbers[first : first + random.randint(1, SENTENCES)])


def parts(s: Sample) -> list[Sample]:
    """Return an article, one too long to be read at once in parts of some sentences."""
    count = -(-s.size // LONGEST)
    if count == 1:
        return [s]
    before = dict(zip(s.sentence, accumulate((len(pieces) for pieces in s.pieces), initial=0), strict=False))
    share = (s.size + 1) / count
    numbers = sorted(before)
    return [part(s, [n for n in numbers if int(before[n] / share) == k]) for k in range(count)]


def part(s: Sample, chosen: Sequence[int]) -> Sample:
    """Return some sentences of an article that follow each other."""
    start = s.sentence.index(chosen[0])
    end = start + sum(n in chosen for n in s.sentence)

    def moved(at: list[int]) -> list[int]:
        return [i - start for i in at if start <= i < end]

    names = [(name, [m for m in map(moved, mentions) if m]) for name, mentions in s.names]
    events = [(moved(at), status, wanted) for at, status, wanted in s.events]
    return Sample(
        s.doc_id,
        *(column[start:end] for column in (s.pieces, s.cases)),
        [False, *s.breaks[start + 1 : end]],
        *(column[start:end] for column in (s.said, s.labels, s.sentence)),
        [(name, mentions) for name, mentions in names if mentions],
        [event for event in events if event[0]],
    )


def own_words(tokens: Sequence[Word], start: int, end: int) -> list[int]:
    """Return the words of a trigger's span that carry its meaning."""
    inside = [i for i, word in enumerate(tokens) if word.start < end and word.end > start]
    telling = [i for i in inside if tokens[i].lower not in FUNCTION and tokens[i].lower[0].isalnum()]
    return telling or inside


class Net(nn.Module):
    """The first layers of MiniLM over the recogniser's embeddings, and the heads of words and of pairs."""

    def __init__(self, minilm: Path) -> None:
        super().__init__()
        ids = json.loads((minilm / "tokenizer.json").read_text(encoding="utf8"))["model"]["vocab"]
        self.base: Tagger = from_minilm(minilm, [ids[piece] for piece in VOCABULARY], list(range(LAYERS)), 1)
        with np.load(DATA / "embeddings.npz") as table, torch.no_grad():
            shared = table["pieces"].astype(np.float32) * table["scales"][:, None]
            self.base.pieces.weight.copy_(torch.tensor(shared))
        self.base.pieces.weight.requires_grad_(False)
        self.lexicon = nn.Embedding(CLASSES, HIDDEN)
        nn.init.normal_(self.lexicon.weight, std=0.02)
        self.types, self.status = nn.Linear(HIDDEN, CLASSES), nn.Linear(HIDDEN, len(STATUSES))
        self.trigger, self.place = nn.Linear(HIDDEN, PAIR), nn.Linear(HIDDEN, PAIR, bias=False)
        self.apart, self.pair = nn.Embedding(2 * FAR + 3, PAIR), nn.Linear(PAIR, 1)
        self.trigger_far, self.place_far = nn.Linear(HIDDEN, FAR_PAIR), nn.Linear(HIDDEN, FAR_PAIR)
        self.dropout = nn.Dropout(0.1)

    def encode(self, ids: Tensor, cases: Tensor, said: Tensor, mask: Tensor) -> Tensor:
        """Return the vectors of all pieces."""
        base = self.base
        x = base.pieces(ids) + base.cases(cases) + base.positions.weight[: ids.shape[1]]
        x = self.dropout(base.norm(x + self.lexicon(said) * (said > 0)[..., None]))
        for layer in base.layers:
            x = layer(x, mask)
        return x

    def places(self, x: Tensor, sample: Sample) -> Tensor | None:
        """Return the log-odds of each name for each event."""
        mentions = [at for _, named in sample.names for at in named]
        if not mentions or not sample.events:
            return None
        told = torch.stack([x[at].mean(0) for at, *_ in sample.events])
        named = torch.stack([x[at].mean(0) for at in mentions])
        apart = [
            [distance(sample.sentence[m[0]] - sample.sentence[t[0]], m[0] < t[0]) for m in mentions]
            for t, *_ in sample.events
        ]
        h = F.gelu(self.trigger(told)[:, None] + self.place(named)[None] + self.apart(torch.tensor(apart)))
        far = self.trigger_far(told) @ self.place_far(named).T / FAR_PAIR**0.5
        odds = self.pair(self.dropout(h))[..., 0] + far
        groups = odds.split([len(at) for _, at in sample.names], 1)
        return torch.stack([torch.logsumexp(group, 1) for group in groups], 1)


Batch = tuple[Tensor, Tensor, Tensor, Tensor, list[list[int]]]


def batch(some: Sequence[Sample], silent: float = 0.0) -> Batch:
    """Return padded pieces, cases, what the lexicon says, what is no padding, and each word's first piece."""
    longest = max(s.size for s in some) + 2
    ids, cases, said = (torch.zeros(len(some), longest, dtype=torch.long) for _ in "123")
    mask = torch.zeros(ids.shape, dtype=torch.bool)
    starts = []
    for k, s in enumerate(some):
        row, row_cases, first = [CLS], [0], []
        for pieces, case, breaks in zip(s.pieces, s.cases, s.breaks, strict=True):
            if breaks:
                row, row_cases = [*row, SEP], [*row_cases, 0]
            first.append(len(row))
            row += pieces
            row_cases += [case] * len(pieces)
        ids[k, : len(row) + 1] = torch.tensor([*row, SEP])
        cases[k, : len(row)] = torch.tensor(row_cases)
        mask[k, : len(row) + 1] = True
        said[k, first] = torch.tensor([0 if x and random.random() < silent else x for x in s.said])
        starts.append(first)
    return ids, cases, said, mask, starts


def loss(net: Net, some: Sequence[Sample]) -> Tensor:
    """Return what the network has still to learn of some articles."""
    ids, cases, said, mask, starts = batch(some, SILENT)
    ids = torch.where(torch.rand(ids.shape) < BLANK, torch.full_like(ids, UNKNOWN), ids)
    encoded = net.encode(ids, cases, said, mask)
    of_words, of_places, of_status = (torch.zeros(()) for _ in "123")
    for row, s, first in zip(encoded, some, starts, strict=True):
        x = row[first]
        of_words += F.cross_entropy(net.types(net.dropout(x)), torch.tensor(s.labels), reduction="sum")
        odds = net.places(x, s)
        if s.events:
            told = torch.stack([x[at].mean(0) for at, *_ in s.events])
            statuses = torch.tensor([status for _, status, _ in s.events])
            of_status += F.cross_entropy(net.status(told), statuses, reduction="sum")
        if odds is not None:
            wanted = [[float(name in names) for name, _ in s.names] for *_, names in s.events]
            of_places += F.binary_cross_entropy_with_logits(odds, torch.tensor(wanted), reduction="sum")
    count, events = sum(len(s.labels) for s in some), max(1, sum(len(s.events) for s in some))
    return WORDS * of_words / count + (of_places + STATUS * of_status) / events


def train(net: Net, taught: Sequence[Sample], epochs: int, speed: float = 1.0) -> None:
    """Teach the network."""
    moving = [(name, p) for name, p in net.named_parameters() if p.requires_grad]
    rates = [speed * RATE, speed * HEADS_RATE]
    groups = [
        {"params": [p for name, p in moving if name.startswith("base.")], "lr": rates[0]},
        {"params": [p for name, p in moving if not name.startswith("base.")], "lr": rates[1]},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.02)
    steps = epochs * -(-len(taught) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rates, total_steps=steps + 1, pct_start=0.1)
    for epoch in range(epochs):
        net.train()
        read = [excerpt(s) if random.random() < EXCERPTS else s for s in taught]
        order = sorted(read, key=lambda s: s.size + random.uniform(-20, 20))
        batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        random.shuffle(batches)
        total = 0.0
        for chosen in batches:
            value = loss(net, chosen)
            optimizer.zero_grad()
            value.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(value.detach())
        print(f"epoch {epoch + 1}: loss {total / len(batches):.3f}", flush=True)


@torch.no_grad()
def prune(net: Net, some: Sequence[Sample]) -> None:
    """Keep the inner neurons of each layer that add most to its output on some articles."""
    net.eval()
    inner: dict[nn.Module, Tensor] = {}
    layers = list(net.base.layers)
    added = [torch.zeros(layer.down.in_features) for layer in layers]
    hooks = [
        layer.down.register_forward_pre_hook(lambda module, inputs: inner.update({module: inputs[0]}))
        for layer in layers
    ]
    for i in range(0, len(some), BATCH):
        ids, cases, said, mask, _ = batch(some[i : i + BATCH])
        net.encode(ids, cases, said, mask)
        for total, layer in zip(added, layers, strict=True):
            total += inner[layer.down][mask].abs().sum(0)
    for hook in hooks:
        hook.remove()
    for total, layer in zip(added, layers, strict=True):
        kept = (total * layer.down.weight.norm(dim=0)).topk(INNER).indices.sort().values
        layer.up = linear(layer.up.weight[kept], layer.up.bias[kept])
        layer.down = linear(layer.down.weight[:, kept], layer.down.bias)


@torch.no_grad()
def scores(net: Net, some: Sequence[Sample], told: float = 0.5) -> str:
    """Return how well the events of sentences are told, by type group, and the places of given events."""
    net.eval()
    groups = [None, *(gold_events.GROUP[t] for t in TYPES)]
    right = found = gold = sets = events = 0
    for s in some:
        *told_, (first,) = batch([s])
        x = net.encode(*told_)[0, first]
        p = net.types(x).softmax(-1)
        types = ((p[:, 1:].argmax(-1) + 1) * (p[:, 0] < 1 - told)).tolist()
        for n in set(s.sentence):
            here = [i for i, sentence in enumerate(s.sentence) if sentence == n]
            mine = [groups[t] for t in runs([types[i] for i in here])]
            theirs = [groups[t] for t in runs([s.labels[i] for i in here])]
            found, gold = found + len(mine), gold + len(theirs)
            right += sum(min(mine.count(g), theirs.count(g)) for g in set(mine))
        odds = net.places(x, s)
        for n, (*_, wanted) in enumerate(s.events):
            row = [] if odds is None else odds[n].tolist()
            chosen = {name for (name, _), x in zip(s.names, row, strict=False) if x > 0}
            sets, events = sets + (chosen == wanted), events + 1
    return (
        f"events: P {right / found:.3f} R {right / gold:.3f} F1 {2 * right / (found + gold):.3f}; "
        f"given the event, its places in the whole article exactly right {sets / events:.3f}"
    )


def runs(labels: Sequence[int]) -> list[int]:
    """Return the types of the runs of equal labels."""
    return [t for i, t in enumerate(labels) if t and (i == 0 or labels[i - 1] != t)]


class Runtime(nn.Module):
    """The encoder from embedded vectors to those of the asked words."""

    def __init__(self, base: Tagger) -> None:
        super().__init__()
        self.positions, self.norm = base.positions.weight[:WINDOW].detach().clone(), base.norm
        self.layers = nn.ModuleList(RuntimeLayer(layer) for layer in base.layers)

    def forward(self, vectors: Tensor, at: Tensor) -> Tensor:
        """Return the vectors at the pieces `at`; the last layer is computed for these only."""
        x, bias = self.norm(vectors + self.positions[: vectors.shape[1]]), torch.zeros(1)
        for layer in self.layers[:-1]:
            x = layer(x, x, bias)
        asked = torch.gather(x, 1, at[..., None].expand(-1, -1, HIDDEN))
        rows: Tensor = self.layers[-1](asked, x, bias)
        return rows


def export(net: Net, out: Path) -> None:
    """Write the encoder with weights of 8 bits, and the heads with weights of 16."""
    out.mkdir(parents=True, exist_ok=True)
    axes = {"vectors": {1: "pieces"}, "at": {1: "asked"}}
    example = (torch.randn(1, 9, HIDDEN), torch.tensor([[1, 2, 3]]))
    write_quantized(Runtime(net.base), example, axes, "rows", out / "network.onnx")
    onnx.save(vectors(onnx.load(out / "network.onnx")), out / "network.onnx")
    state = {name: value.detach().numpy() for name, value in net.named_parameters()}
    arrays = {"cases": state["base.cases.weight"], "lexicon": state["lexicon.weight"].copy()}
    arrays["lexicon"][0] = 0
    for name in ("types", "status", "trigger", "place", "trigger_far", "place_far"):
        arrays[name] = state[f"{name}.weight"].T
        if f"{name}.bias" in state:
            arrays[f"{name}_bias"] = state[f"{name}.bias"]
    arrays |= {
        "apart": state["apart.weight"],
        "pair": state["pair.weight"][0],
        "pair_bias": state["pair.bias"],
    }
    np.savez_compressed(out / "heads.npz", **{k: v.astype(np.float16) for k, v in arrays.items()})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minilm", type=Path, required=True, help="the folder of model.safetensors")
    parser.add_argument("--hold-out", type=int, choices=range(FOLDS))
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    random.seed(1)
    articles = [s for whole in samples() for s in parts(whole)]
    net = Net(options.minilm)
    taught = [s for s in articles if fold(s.doc_id) != options.hold_out]
    train(net, taught, EPOCHS)
    prune(net, sorted(taught, key=lambda s: s.doc_id)[:LOOKED_AT])
    train(net, taught, EPOCHS_AFTER, SLOWER)
    if unseen := [s for s in articles if fold(s.doc_id) == options.hold_out]:
        print(scores(net, unseen))
        print("excerpts:", scores(net, [excerpt(s) for s in unseen]))
    export(net, options.out)


if __name__ == "__main__":
    main()
