"""all-mpnet-base-v2 over the recogniser's pieces: what teaches the network behind events."""

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

HIDDEN, HEADS, INNER, LAYERS, CASES = 768, 12, 3072, 12, 7
#: Relative positions are told apart in so many ways, up to so many pieces (Song et al. 2020, as in T5).
BUCKETS, FARTHEST = 32, 128
#: The embeddings and so many of the lowest layers stay as they are.
FROZEN = 3
#: How MPNet calls the pieces that begin, part and fill a text.
SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>"}


class Layer(nn.Module):
    """One post-norm transformer layer, with a bias for how far two pieces are apart."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(HIDDEN, 3 * HIDDEN), nn.Linear(HIDDEN, HIDDEN)
        self.up, self.down = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.norm1, self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-5), nn.LayerNorm(HIDDEN, eps=1e-5)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Return the layer's output for `x` (batch, pieces, hidden)."""
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        looks = (q @ k.transpose(2, 3) / (HIDDEN / HEADS) ** 0.5 + bias).softmax(-1)
        x = self.norm1(x + self.dropout(self.out((looks.to(v.dtype) @ v).transpose(1, 2).flatten(2))))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class MPNet(nn.Module):
    """The encoder, with embeddings of letter case and of what the lexicon says added to its own."""

    def __init__(self, folder: Path, vocabulary: list[str], classes: int) -> None:
        super().__init__()
        pieces = (folder / "vocab.txt").read_text(encoding="utf8").split("\n")
        ids = {piece: i for i, piece in enumerate(pieces)}
        w = load_file(folder / "model.safetensors")
        keep = [ids[SPECIAL.get(piece, piece)] for piece in vocabulary]
        self.register_buffer("pieces", w["embeddings.word_embeddings.weight"][keep])
        self.register_buffer("positions", w["embeddings.position_embeddings.weight"][2:])
        self.register_buffer("far", w["encoder.relative_attention_bias.weight"])
        self.cases, self.lexicon = nn.Embedding(CASES, HIDDEN), nn.Embedding(classes, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-5)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dropout = nn.Dropout(0.1)
        for table in (self.cases, self.lexicon):
            nn.init.normal_(table.weight, std=0.02)
        with torch.no_grad():
            self._take(w)
        for layer in self.layers[:FROZEN]:
            layer.requires_grad_(False)

    def _take(self, w: dict[str, Tensor]) -> None:
        for end in ("weight", "bias"):
            getattr(self.norm, end).copy_(w[f"embeddings.LayerNorm.{end}"])
            for i, layer in enumerate(self.layers):
                p = f"encoder.layer.{i}."
                getattr(layer.qkv, end).copy_(torch.cat([w[f"{p}attention.attn.{n}.{end}"] for n in "qkv"]))
                for ours, theirs in (
                    ("out", "attention.attn.o"),
                    ("norm1", "attention.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm2", "output.LayerNorm"),
                ):
                    getattr(getattr(layer, ours), end).copy_(w[f"{p}{theirs}.{end}"])

    def forward(self, ids: Tensor, cases: Tensor, said: Tensor, mask: Tensor) -> Tensor:
        """Return the vectors of all pieces; `mask` is True at real ones."""
        t = ids.shape[1]
        x = self.pieces[ids] + self.positions[:t] + self.cases(cases)
        x = self.dropout(self.norm(x + self.lexicon(said) * (said > 0)[..., None]))
        bias = self.far[buckets(t)].permute(2, 0, 1) + torch.where(mask, 0.0, -1e4)[:, None, None, :]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            for layer in self.layers:
                x = layer(x, bias)
        return x.float()


def buckets(length: int) -> Tensor:
    """Return the number of how far each of so many pieces is from each other: (length, length)."""
    at = torch.arange(length)
    ahead = at[None, :] - at[:, None]
    half, exact = BUCKETS // 2, BUCKETS // 4
    apart = ahead.abs()
    far = exact + (apart.clamp(min=1).float() / exact).log() / math.log(FARTHEST / exact) * (half - exact)
    return (ahead > 0) * half + torch.where(apart < exact, apart, far.long().clamp(max=half - 1))
