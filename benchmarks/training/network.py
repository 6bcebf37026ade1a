"""The tagger: a small BERT whose token types carry letter case, with a boundary and a role head."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

HIDDEN, HEADS, INNER, CASES = 384, 12, 1536, 7
HEAD = HIDDEN // HEADS
BOUNDARIES, ROLES = 3, 4


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the layer's output for `x` (batch, pieces, hidden); `mask` is True at real pieces."""
        b, t, _ = x.shape
        q, k, v = self.qkv(x).float().view(b, t, 3, -1, HEAD).permute(2, 0, 3, 1, 4)
        with torch.autocast("cpu", enabled=False):  # attention is slower in 16 bits
            y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None, None, :])
        y = self.dropout(self.out(y.transpose(1, 2).flatten(2)))
        x = self.norm1(x + y)
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Tagger(nn.Module):
    """Embeddings, `depth` layers, and two linear heads.

    Parameters
    ----------
    vocabulary : int
        Number of pieces.
    depth : int
        Number of layers.
    flags : int
        Number of annotation guidelines, flag 0 being the general one.
    """

    def __init__(self, vocabulary: int, depth: int, flags: int) -> None:
        super().__init__()
        self.pieces = nn.Embedding(vocabulary, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.cases = nn.Embedding(CASES, HIDDEN)
        self.flags = nn.Embedding(flags, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(depth))
        self.boundary = nn.Linear(HIDDEN, BOUNDARIES)
        self.role = nn.Linear(HIDDEN, ROLES)
        self.dropout = nn.Dropout(0.1)

    def encode(self, ids: Tensor, cases: Tensor, flags: Tensor, mask: Tensor) -> Tensor:
        """Return the last layer's vectors."""
        x = self.pieces(ids) + self.cases(cases) + self.positions.weight[: ids.shape[1]]
        x = torch.cat([x[:, :1] + self.flags(flags)[:, None], x[:, 1:]], 1)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def forward(self, ids: Tensor, cases: Tensor, flags: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return boundary and role logits for every piece."""
        x = self.encode(ids, cases, flags, mask)
        return self.boundary(x), self.role(x)


def from_minilm(folder: Path, keep: list[int], layers: list[int], flags: int) -> Tagger:
    """Build a tagger from these `layers` of all-MiniLM-L6-v2, keeping the pieces with the ids `keep`."""
    w = load_file(folder / "model.safetensors")
    w = {name.removeprefix("bert."): value for name, value in w.items()}
    tagger = Tagger(len(keep), len(layers), flags)
    emb = "embeddings."
    with torch.no_grad():
        tagger.pieces.weight.copy_(w[emb + "word_embeddings.weight"][keep])
        tagger.positions.weight.copy_(w[emb + "position_embeddings.weight"])
        tagger.cases.weight.copy_(w[emb + "token_type_embeddings.weight"][:1].repeat(CASES, 1))
        tagger.cases.weight.add_(torch.randn(CASES, HIDDEN) * 0.02)
        tagger.flags.weight.zero_()
        tagger.norm.weight.copy_(w[emb + "LayerNorm.weight"])
        tagger.norm.bias.copy_(w[emb + "LayerNorm.bias"])
        for i, layer in zip(layers, tagger.layers, strict=True):
            p = f"encoder.layer.{i}."
            for end in ("weight", "bias"):
                qkv = [w[f"{p}attention.self.{part}.{end}"] for part in ("query", "key", "value")]
                getattr(layer.qkv, end).copy_(torch.cat(qkv))
                for ours, theirs in (
                    ("out", "attention.output.dense"),
                    ("norm1", "attention.output.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm2", "output.LayerNorm"),
                ):
                    getattr(getattr(layer, ours), end).copy_(w[f"{p}{theirs}.{end}"])
    return tagger


def shipped(tagger: Tagger, network: Path, embeddings: Path) -> None:
    """Give a tagger the weights of a network that ships, as far as bytes tell them."""
    stored = {i.name: numpy_helper.to_array(i) for i in onnx.load(network).graph.initializer}

    def taken(layer: nn.Linear, *names: str) -> None:
        weights = [stored[f"{n}.bytes"].astype("f4") * stored[f"{n}.scale"] for n in names]
        biases = [stored[f"{n}.bias"] for n in names]
        if len(names) == 3:  # the attention's scale is inside the queries
            weights[0], biases[0] = weights[0] * HEAD**0.5, biases[0] * HEAD**0.5
        layer.weight.copy_(torch.tensor(np.concatenate(weights, 1).T))
        layer.bias.copy_(torch.tensor(np.concatenate(biases)))

    with torch.no_grad(), np.load(embeddings) as table:
        tagger.pieces.weight.copy_(torch.tensor(table["pieces"] * table["scales"][:, None]))
        tagger.cases.weight.copy_(torch.tensor(table["cases"]))
        tagger.flags.weight.zero_()  # the general one's is in the row of [CLS]
        tagger.positions.weight[: len(stored["positions"])] = torch.tensor(stored["positions"])
        for norm, name in [(tagger.norm, "norm")] + [
            (getattr(layer, n), f"layers.{i}.{n}")
            for i, layer in enumerate(tagger.layers)
            for n in ("norm1", "norm2")
        ]:
            norm.weight.copy_(torch.tensor(stored[f"{name}.weight"]))
            norm.bias.copy_(torch.tensor(stored[f"{name}.bias"]))
        for i, layer in enumerate(tagger.layers):
            taken(layer.qkv, *(f"layers.{i}.{n}" for n in "qkv"))
            for n in ("out", "up", "down"):
                taken(getattr(layer, n), f"layers.{i}.{n}")
        taken(tagger.boundary, "boundary")
        taken(tagger.role, "role")
