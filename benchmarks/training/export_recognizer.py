"""Write a trained tagger as int8 ONNX, and the embeddings that the networks share.

Usage: python export_recognizer.py WEIGHTS NAME [--embeddings] [--data DIR] [--mean-with NETWORK.onnx]

The embedding table stays outside the network as int8 rows: ``embeddings.npz``.  The general guideline's flag
is added to the row of ``[CLS]``.  The last layer is computed at the asked positions only.  `--mean-with`:
the mean of the weights and those of the network that they were trained from, which forgets less of what that
one knew (Wortsman et al. 2022).
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import torch
from data import FLAGS
from network import HEAD, HIDDEN, Layer, Tagger, shipped
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional as F

from dateline.geo.network import DATA

POSITIONS = 144  # pieces of the longest window, and some


def linear(weight: Tensor, bias: Tensor) -> nn.Linear:
    """Return a linear layer with these weights."""
    made = nn.Linear(weight.shape[1], weight.shape[0])
    made.weight.data, made.bias.data = weight.detach().clone(), bias.detach().clone()
    return made


class RuntimeLayer(nn.Module):
    """A layer with separate queries, keys and values; the attention's scale is inside the queries."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        scale = HEAD**-0.5
        (wq, wk, wv), (bq, bk, bv) = layer.qkv.weight.chunk(3), layer.qkv.bias.chunk(3)
        self.q, self.k, self.v = linear(wq * scale, bq * scale), linear(wk, bk), linear(wv, bv)
        self.out, self.up, self.down = layer.out, layer.up, layer.down
        self.norm1, self.norm2 = layer.norm1, layer.norm2

    @staticmethod
    def heads(y: Tensor) -> Tensor:
        """Split the last axis into attention heads."""
        return y.reshape(y.shape[0], -1, y.shape[2] // HEAD, HEAD).transpose(1, 2)

    def forward(self, x: Tensor, context: Tensor, bias: Tensor) -> Tensor:
        """Return the layer's output at `x`, which attends to `context`."""
        q, k, v = self.heads(self.q(x)), self.heads(self.k(context)), self.heads(self.v(context))
        y = F.softmax(q @ k.transpose(2, 3) + bias, -1) @ v
        x = self.norm1(x + self.out(y.transpose(1, 2).flatten(2)))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Runtime(nn.Module):
    """The network from embedded vectors to probabilities."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.positions, self.norm = tagger.positions.weight[:POSITIONS].detach().clone(), tagger.norm
        self.layers = nn.ModuleList(RuntimeLayer(layer) for layer in tagger.layers)
        self.boundary, self.role = tagger.boundary, tagger.role

    def forward(self, vectors: Tensor, bias: Tensor, at: Tensor) -> Tensor:
        """Return the probabilities of O, B, I and of the roles at the pieces `at`."""
        x = self.norm(vectors + self.positions[: vectors.shape[1]])
        for layer in self.layers[:-1]:
            x = layer(x, x, bias)
        asked = torch.gather(x, 1, at[..., None].expand(-1, -1, HIDDEN))
        x = self.layers[-1](asked, x, bias)
        return torch.cat([F.softmax(self.boundary(x), -1), F.softmax(self.role(x), -1)], -1)


def write_embeddings(tagger: Tagger, cls: int, path: Path) -> None:
    """Write the piece table as int8 rows with a scale each, and the case vectors."""
    table = tagger.pieces.weight.detach().clone()
    table[cls] += tagger.flags.weight[0].detach()
    scales = table.abs().amax(1).clamp_min(1e-6) / 127
    np.savez(
        path,
        pieces=(table / scales[:, None]).round().to(torch.int8).numpy(),
        scales=scales.numpy(),
        cases=tagger.cases.weight.detach().numpy(),
    )


def write_quantized(
    module: nn.Module, example: tuple[Tensor, ...], axes: dict[str, dict[int, str]], output: str, out: Path
) -> None:
    """Write a network with weights of 8 bits; `axes` names its inputs, in order, and their free axes."""
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            module.eval(),
            example,
            str(full),
            input_names=list(axes),
            output_names=[output],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(full, out, per_channel=True, weight_type=QuantType.QInt8)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("name")
    parser.add_argument("--embeddings", action="store_true")
    parser.add_argument("--data", type=Path, default=Path("geo/data"))
    parser.add_argument("--mean-with", type=Path)
    o = parser.parse_args()
    pieces = (DATA / "vocabulary.txt").read_text(encoding="utf8").split("\n")[:-1]
    state = torch.load(o.weights)
    depth = 1 + max(int(k.split(".")[1]) for k in state if k.startswith("layers."))
    tagger = Tagger(len(pieces), depth, len(FLAGS))
    if o.mean_with:
        shipped(tagger, o.mean_with, DATA / "embeddings.npz")
        before = tagger.state_dict()
        state = {name: 0.5 * weights + 0.5 * before[name] for name, weights in state.items()}
    tagger.load_state_dict(state)
    tagger.eval()
    o.data.mkdir(exist_ok=True)
    if o.embeddings:
        write_embeddings(tagger, pieces.index("[CLS]"), o.data / "embeddings.npz")
        (o.data / "vocabulary.txt").write_text("\n".join([*pieces, ""]), encoding="utf8")
    example = (
        torch.randn(2, 9, HIDDEN),
        torch.zeros(2, 1, 1, 9),
        torch.tensor([[1, 2, 3], [4, 5, 6]]),
    )
    axes = {"vectors": {0: "b", 1: "t"}, "bias": {0: "b", 3: "t"}, "at": {0: "b", 1: "q"}}
    write_quantized(Runtime(tagger), example, axes, "probabilities", o.data / f"{o.name}.onnx")


if __name__ == "__main__":
    main()
