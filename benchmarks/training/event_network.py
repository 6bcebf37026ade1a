"""Train the network behind events: ``python -m benchmarks.training.event_network OUT --minilm DIR``.

OUT is a folder: ``network.onnx`` and ``heads.npz`` are written there (``geo/event_network.py``).  Needs
torch, onnx and MiniLM's weights (``train_recognizer.py`` says where from); some 45 minutes on one core.
It learns from the development half of ``benchmarks/articles``, in some of which somebody far away tells what
happened (``said_elsewhere.py``), and from what a large network says of them (``event_teacher.py``).
``--hold-out K`` leaves a third out (by a hash of the articles' ids) and prints how well that third's events
and their places are told; the numbers below were chosen that way.  The linker is trained with three networks
that each left a third out.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parent))  # the other training scripts are no package

from event_samples import CLASSES, Sample, annotated, excerpt
from export_recognizer import RuntimeLayer, linear, write_quantized
from funnel import vectors
from network import HIDDEN, Tagger, from_minilm

from benchmarks import gold_events
from benchmarks.own_links import FOLDS, fold
from dateline.geo.event_network import STATUSES, WINDOW
from dateline.geo.event_places import HEADS
from dateline.geo.event_story import FEATURES, MANY, PARAGRAPHS, ROLES, WAYS, Story, kind, relations
from dateline.geo.network import DATA
from dateline.geo.triggers import TYPES

LAYERS, PAIR, FAR_PAIR = 2, 128, 64
#: The size and the layers of what reads events and places in one row.
SIZE, STORY_LAYERS = 96, 2
EPOCHS, BATCH, RATE, HEADS_RATE = 9, 8, 4e-4, 1e-3
#: So many of MiniLM's 1,536 inner neurons are kept, those that say most of so many articles.
INNER, LOOKED_AT = 544, 200
#: What the losses of words, and of statuses, count beside that of places.
WORDS, STATUS = 20.0, 0.5
#: How often the lexicon says nothing, and a piece is blank: it must not lean on the lexicon, which was made
#: looking at some of these articles, nor on single words.
SILENT, BLANK = 0.3, 0.08
#: How often only so many sentences of an article are read, at most.
EXCERPTS = 0.3
#: How often a word of the lexicon that reports nothing is taken for an event, as it will be.
FALSE = 0.5
#: Tables of so many numbers are written with 8 bits each.
LARGE = 4096
VOCABULARY = (DATA / "vocabulary.txt").read_text(encoding="utf8").split("\n")[:-1]
CLS, SEP, UNKNOWN = (VOCABULARY.index(piece) for piece in ("[CLS]", "[SEP]", "[UNK]"))


class StoryLayer(nn.Module):
    """Lets the events and the mentions of places of an article see each other."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(SIZE, 3 * SIZE), nn.Linear(SIZE, SIZE)
        self.up, self.down = nn.Linear(SIZE, 2 * SIZE), nn.Linear(2 * SIZE, SIZE)
        self.norm, self.last = nn.LayerNorm(SIZE), nn.LayerNorm(SIZE)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Return new vectors of the items; `bias` is added to how much each looks at each."""
        q, k, v = self.qkv(x).view(len(x), 3, HEADS, -1).permute(1, 2, 0, 3)
        looks = (q @ k.transpose(1, 2) / q.shape[-1] ** 0.5 + bias).softmax(-1)
        x = self.norm(x + self.dropout(self.out((looks @ v).transpose(0, 1).reshape(x.shape))))
        told: Tensor = self.last(x + self.dropout(self.down(F.gelu(self.up(x)))))
        return told


class Places(nn.Module):
    """Tells from the vectors of events and mentions what happened where: as ``geo/event_places.py``."""

    def __init__(self, hidden: int = HIDDEN) -> None:
        super().__init__()
        self.into, self.mention = nn.Linear(hidden, SIZE), nn.Embedding(2, SIZE)
        self.role, self.feature = nn.Embedding(1 + len(ROLES), SIZE), nn.Embedding(1 + len(FEATURES), SIZE)
        self.nearby = nn.Embedding(2, SIZE)
        self.apart, self.paragraphs = nn.Embedding(WAYS, HEADS), nn.Embedding(1 + PARAGRAPHS, HEADS)
        self.related, self.sides = nn.Embedding(4, HEADS), nn.Embedding(4, HEADS)
        self.layers = nn.ModuleList(StoryLayer() for _ in range(STORY_LAYERS))
        self.status = nn.Linear(SIZE, len(STATUSES), bias=False)
        self.trigger, self.place = nn.Linear(hidden, PAIR), nn.Linear(hidden, PAIR, bias=False)
        self.told, self.named = nn.Linear(SIZE, PAIR, bias=False), nn.Linear(SIZE, PAIR, bias=False)
        self.pair_apart, self.pair_paragraphs = nn.Embedding(WAYS, PAIR), nn.Embedding(1 + PARAGRAPHS, PAIR)
        self.events, self.mentions = nn.Embedding(1 + MANY, PAIR), nn.Embedding(1 + MANY, PAIR)
        self.pair = nn.Linear(PAIR, 1)
        self.trigger_far, self.place_far = nn.Linear(hidden, FAR_PAIR), nn.Linear(hidden, FAR_PAIR)
        self.dropout = nn.Dropout(0.1)
        for table in self.modules():
            if isinstance(table, nn.Embedding):
                nn.init.normal_(table.weight, std=0.02)

    def forward(self, vectors: Tensor, story: Story) -> tuple[Tensor, Tensor]:
        """Return the log-odds of each mention for each event, and what the story adds to their statuses."""
        n = story.events
        apart, paragraphs = torch.tensor(story.apart()), torch.tensor(story.paragraphs_apart())
        h = self._read(vectors, story, apart, paragraphs)
        between = [torch.tensor(count) for count in story.between()]
        pair = (self.trigger(vectors[:n]) + self.told(h[:n]))[:, None]
        pair = pair + self.place(vectors[n:]) + self.named(h[n:])
        pair = pair + self.pair_apart(apart[:n, n:]) + self.pair_paragraphs(paragraphs[:n, n:])
        pair = pair + self.events(between[0]) + self.mentions(between[1])
        far = self.trigger_far(vectors[:n]) @ self.place_far(vectors[n:]).T / FAR_PAIR**0.5
        return self.pair(self.dropout(F.gelu(pair)))[..., 0] + far, self.status(h[:n])

    def _read(self, vectors: Tensor, story: Story, apart: Tensor, paragraphs: Tensor) -> Tensor:
        n = story.events
        mention = torch.tensor([0] * n + [1] * (len(vectors) - n))
        role, feature, nearby = torch.tensor(story.kinds).T
        kinds = self.role(role) + self.feature(feature) + self.nearby(nearby)
        h = self.into(vectors) + self.mention(mention) + F.pad(kinds, (0, 0, n, 0))
        bias = self.apart(apart) + self.paragraphs(paragraphs)
        bias = bias + self.related(F.pad(torch.tensor(story.relations), (n, 0, n, 0)))
        bias = bias + self.sides(2 * mention[:, None] + mention)
        bias = bias.masked_fill(~torch.tensor(story.seen())[..., None], -1e4).permute(2, 0, 1)
        for layer in self.layers:
            h = layer(h, bias)
        return h


class Net(nn.Module):
    """The first layers of MiniLM over the recogniser's embeddings, and the heads of words and of places."""

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
        self.places = Places()
        self.dropout = nn.Dropout(0.1)

    def encode(self, ids: Tensor, cases: Tensor, said: Tensor, mask: Tensor) -> Tensor:
        """Return the vectors of all pieces."""
        base = self.base
        x = base.pieces(ids) + base.cases(cases) + base.positions.weight[: ids.shape[1]]
        x = self.dropout(base.norm(x + self.lexicon(said) * (said > 0)[..., None]))
        with torch.autocast("cpu", dtype=torch.bfloat16):  # twice as fast where the processor has AMX
            for layer in base.layers:
                x = layer(x, mask)
        return x.float()

    def events(self, x: Tensor, sample: Sample) -> tuple[Tensor, Tensor]:
        """Return the log-odds of each name for each event, and the statuses of the events, unnormalised."""
        told = [event.at for event in sample.events]
        false = [at for at in _false(sample) if not (self.training and random.random() < FALSE)]
        named = [mention.at for mention in sample.mentions]
        vectors = torch.stack([x[at].mean(0) for at in (*told, *false, *named)])
        odds, adds = self.places(vectors, _story(sample, [*told, *false]))
        status = self.status(vectors[: len(told)]) + adds[: len(told)]
        names = [mention.name for mention in sample.mentions]
        groups = [[i for i, other in enumerate(names) if other == name] for name in sample.names]
        joined = [torch.logsumexp(odds[: len(told), group], 1) for group in groups]
        return torch.stack(joined, 1) if joined else torch.empty(len(told), 0), status


def _false(sample: Sample) -> Iterator[list[int]]:
    """Yield the words of the lexicon that report nothing."""
    types = sample.types
    for said, run in groupby(range(len(types)), key=lambda i: 0 if types[i] else sample.said[i]):
        if said:
            yield list(run)


def _story(sample: Sample, events: Sequence[list[int]]) -> Story:
    mentions = sample.mentions
    at = np.array([words[0] for words in (*events, *(mention.at for mention in mentions))])
    resolutions = [mention.resolution for mention in mentions]
    return Story(
        len(events),
        at,
        np.array(sample.sentence)[at],
        np.array(sample.paragraph)[at],
        np.array([kind(resolution) for resolution in resolutions], np.intp).reshape(-1, 3),
        relations([mention.name for mention in mentions], resolutions),
    )


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
        if s.events:
            odds, status = net.events(x, s)
            wanted = torch.tensor([[event.places.get(name, 0.0) for name in s.names] for event in s.events])
            statuses = torch.tensor(np.stack([event.status for event in s.events]))
            of_status += F.cross_entropy(status, statuses, reduction="sum")
            of_places += F.binary_cross_entropy_with_logits(odds, wanted, reduction="sum")
    count, events = sum(len(s.labels) for s in some), max(1, sum(len(s.events) for s in some))
    return WORDS * of_words / count + (of_places + STATUS * of_status) / events


def train(
    net: Net,
    taught: Sequence[Sample],
    epochs: int = EPOCHS,
    size: int = BATCH,
    rates: tuple[float, float] = (RATE, HEADS_RATE),
) -> None:
    """Teach the network, so many articles at once; the encoder and the heads have rates of their own."""
    moving = [(name, p) for name, p in net.named_parameters() if p.requires_grad]
    groups = [
        {"params": [p for name, p in moving if name.startswith("base.")], "lr": rates[0]},
        {"params": [p for name, p in moving if not name.startswith("base.")], "lr": rates[1]},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.02)
    steps = epochs * -(-len(taught) // size)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, list(rates), total_steps=steps + 1, pct_start=0.1
    )
    for epoch in range(epochs):
        net.train()
        read = [excerpt(s) if random.random() < EXCERPTS else s for s in taught]
        order = sorted(read, key=lambda s: s.size + random.uniform(-20, 20))
        batches = [order[i : i + size] for i in range(0, len(order), size)]
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
    right = found = gold = sets = states = events = 0
    for s in some:
        *told_, (first,) = batch([s])
        x = net.encode(*told_)[0, first]
        p = net.types(x).softmax(-1)
        types = ((p[:, 1:].argmax(-1) + 1) * (p[:, 0] < 1 - told)).tolist()
        for n in set(s.sentence):
            here = [i for i, sentence in enumerate(s.sentence) if sentence == n]
            mine = [groups[t] for t in runs([types[i] for i in here])]
            theirs = [groups[t] for t in runs([s.types[i] for i in here])]
            found, gold = found + len(mine), gold + len(theirs)
            right += sum(min(mine.count(g), theirs.count(g)) for g in set(mine))
        if not s.events:
            continue
        judged = zip(*(table.tolist() for table in net.events(x, s)), s.events, strict=True)
        for odds, status, event in judged:
            chosen = {name for name, value in zip(s.names, odds, strict=True) if value > 0}
            sets += chosen == set(event.places)
            states += status.index(max(status)) == event.status.argmax()
            events += 1
    return (
        f"events: P {right / found:.3f} R {right / gold:.3f} F1 {2 * right / (found + gold):.3f}; "
        f"given the event, its places in the whole article exactly right {sets / events:.3f}, "
        f"status {states / events:.3f}"
    )


def runs(labels: Sequence[int]) -> list[int]:
    """Return the types of the runs of equal labels."""
    return [t for i, t in enumerate(labels) if t and (i == 0 or labels[i - 1] != t)]


class Runtime(nn.Module):
    """The encoder from embedded vectors to those of the asked words."""

    def __init__(self, base: Tagger) -> None:
        super().__init__()
        self.norm = base.norm
        self.layers = nn.ModuleList(RuntimeLayer(layer) for layer in base.layers)

    def forward(self, vectors: Tensor, at: Tensor) -> Tensor:
        """Return the vectors at the pieces `at`; the last layer is computed for these only."""
        x, bias = self.norm(vectors), torch.zeros(1)
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
    state["lexicon.weight"][0] = 0
    arrays = {"cases": state["base.cases.weight"], "lexicon": state["lexicon.weight"]}
    arrays["positions"] = state["base.positions.weight"][:WINDOW]
    arrays |= {name: value for name, value in state.items() if name.startswith(("types", "status", "places"))}
    np.savez_compressed(out / "heads.npz", **_packed(arrays))


def _packed(arrays: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Return arrays in 16 bits, large tables in 8 and a scale for each row."""
    packed: dict[str, NDArray[Any]] = {}
    for name, value in arrays.items():
        if value.size < LARGE:
            packed[name] = value.astype(np.float16)
            continue
        scale = (np.abs(value).max(1, keepdims=True) / 127 + 1e-7).astype(np.float16)
        packed[name] = np.round(value / scale.astype(np.float32)).clip(-127, 127).astype(np.int8)
        packed[f"{name}.scale"] = scale
    return packed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minilm", type=Path, required=True, help="the folder of model.safetensors")
    parser.add_argument("--taught", type=Path, help="what event_teacher.py wrote; else annotators only")
    parser.add_argument("--hold-out", type=int, choices=range(FOLDS))
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    random.seed(1)
    held_out = options.hold_out is not None
    articles = list(annotated()) if held_out or not options.taught else []
    told: list[Sample] = pickle.loads(options.taught.read_bytes()) if options.taught else articles
    net = Net(options.minilm)
    taught = [s for s in told if fold(s.doc_id) != options.hold_out]
    prune(net, sorted(taught, key=lambda s: s.doc_id)[:LOOKED_AT])
    train(net, taught)
    if unseen := [s for s in articles if fold(s.doc_id) == options.hold_out]:
        print(scores(net, unseen))
        print("excerpts:", scores(net, [excerpt(s) for s in unseen]))
    export(net, options.out)


if __name__ == "__main__":
    main()
