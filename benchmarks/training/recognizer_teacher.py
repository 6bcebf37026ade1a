"""all-mpnet-base-v2 as a tagger: what teaches the recogniser's networks."""

from __future__ import annotations

from pathlib import Path

import mpnet
import torch
from network import BOUNDARIES, ROLES
from torch import Tensor, nn


class Large(nn.Module):
    """The large encoder with the heads of a tagger; it reads what a ``Tagger`` reads.

    Parameters
    ----------
    folder : Path
        Where ``model.safetensors`` and ``vocab.txt`` are.
    vocabulary : list of str
        The recogniser's pieces.
    flags : int
        Number of annotation guidelines, flag 0 being the general one.
    """

    def __init__(self, folder: Path, vocabulary: list[str], flags: int) -> None:
        super().__init__()
        self.base = mpnet.MPNet(folder, vocabulary, flags)
        self.boundary, self.role = nn.Linear(mpnet.HIDDEN, BOUNDARIES), nn.Linear(mpnet.HIDDEN, ROLES)

    def encode(self, ids: Tensor, cases: Tensor, flags: Tensor, mask: Tensor) -> Tensor:
        """Return the last layer's vectors; the guideline stands at the first piece."""
        said = torch.zeros_like(ids)
        said[:, 0] = flags
        vectors: Tensor = self.base(ids, cases, said, mask)
        return vectors

    def forward(self, ids: Tensor, cases: Tensor, flags: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Return boundary and role logits for every piece."""
        x = self.encode(ids, cases, flags, mask)
        return self.boundary(x), self.role(x)
