"""Teach the network behind events articles that it has not seen: ``python -m
benchmarks.training.event_network_more OUT --minilm DIR --unseen notes-a notes-b ...``.

It goes on from the network that ships, with the articles that it learnt from and, three times each, the
files of ``benchmarks/articles/dev`` that it did not (`--unseen`): some five minutes an epoch on one core.
What is written is the mean of what it was and what it became, which forgets less (Wortsman et al. 2022).
``--leave`` names files of them that are left out, and prints how well those are told before and after.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import nn

sys.path.insert(0, str(Path(__file__).parent))  # the other training scripts are no package

from event_network import Net, export, scores, train
from event_samples import annotated
from export_recognizer import linear
from network import HEAD, Layer

from benchmarks import own_events
from dateline.geo.event_network import unpacked
from dateline.geo.network import DATA

#: How often the new articles are read in an epoch; rates of encoder and heads.
TIMES, EPOCHS, RATES = 3, 4, (1e-4, 3e-4)
Stored = Mapping[str, NDArray[Any]]


@torch.no_grad()
def shipped(net: Net) -> None:
    """Give a network the weights of the one that ships, as far as bytes tell them."""
    graph = onnx.load(DATA / "events" / "network.onnx").graph
    stored = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    _normed(net.base.norm, stored, "norm")
    for i, layer in enumerate(net.base.layers):
        _layer(layer, stored, f"layers.{i}")
    with np.load(DATA / "events" / "heads.npz") as heads:
        told = {name: torch.tensor(value) for name, value in unpacked(dict(heads)).items()}
    positions = told.pop("positions")
    net.base.positions.weight[: len(positions)] = positions
    own = dict(net.named_parameters())
    for name, value in told.items():
        at = {"cases": "base.cases.weight", "lexicon": "lexicon.weight"}.get(name, name)
        own[at].copy_(value.reshape(own[at].shape))


def _layer(layer: Layer, stored: Stored, name: str) -> None:
    layer.qkv = _linear(stored, *(f"{name}.{part}" for part in "qkv"))
    layer.out, layer.up, layer.down = (_linear(stored, f"{name}.{part}") for part in ("out", "up", "down"))
    _normed(layer.norm1, stored, f"{name}.norm1")
    _normed(layer.norm2, stored, f"{name}.norm2")


def _linear(stored: Stored, *names: str) -> nn.Linear:
    """Return one layer for several of them; the attention's scale is inside the queries."""
    weights = [stored[f"{name}.bytes"].astype(np.float32) * stored[f"{name}.scale"] for name in names]
    biases = [stored[f"{name}.bias"] for name in names]
    if len(names) > 1:
        weights[0], biases[0] = weights[0] * HEAD**0.5, biases[0] * HEAD**0.5
    return linear(torch.tensor(np.concatenate(weights, 1).T.copy()), torch.tensor(np.concatenate(biases)))


def _normed(norm: nn.LayerNorm, stored: Stored, name: str) -> None:
    norm.weight.copy_(torch.tensor(stored[f"{name}.weight"]))
    norm.bias.copy_(torch.tensor(stored[f"{name}.bias"]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minilm", type=Path, required=True, help="the folder of model.safetensors")
    parser.add_argument(
        "--unseen", nargs="+", required=True, help="files that the network has not learnt from"
    )
    parser.add_argument("--leave", nargs="*", default=[], help="of these, what it is judged by")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(1)
    random.seed(1)
    files = {r["doc_id"]: path.stem for path in own_events.half("dev") for r in own_events.read(path)}
    samples = list(annotated())
    left = [s for s in samples if files[s.doc_id] in options.leave]
    new = [s for s in samples if files[s.doc_id] in set(options.unseen) - set(options.leave)]
    old = [s for s in samples if files[s.doc_id] not in options.unseen]
    net = Net(options.minilm)
    shipped(net)
    if left:
        print("before:", scores(net, left), flush=True)
    before = {name: value.detach().clone() for name, value in net.named_parameters()}
    train(net, [*old, *TIMES * new], epochs=EPOCHS, rates=RATES)
    with torch.no_grad():
        for name, value in net.named_parameters():
            value.copy_((value + before[name]) / 2)
    if left:
        print("after:", scores(net, left))
    export(net, options.out)


if __name__ == "__main__":
    main()
