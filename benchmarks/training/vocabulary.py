"""Choose the word pieces worth keeping: those of the training texts and of the world's place names.

Usage: python vocabulary.py MINILM_FOLDER OUT --corpora DIR [--size N]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from augment import place_names
from data import TRAINED_ON, read

from dateline.geo.wordpiece import WordPiece, split_words

SCRIPTS = [(0x20, 0x250), (0x370, 0x3FF), (0x400, 0x460), (0x5D0, 0x5EB), (0x620, 0x6D5), (0x2010, 0x2030)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("minilm", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--size", type=int, default=12_000)
    o = parser.parse_args()
    table = json.loads((o.minilm / "tokenizer.json").read_text(encoding="utf8"))["model"]["vocab"]
    pieces = sorted(table, key=table.__getitem__)
    encoder = WordPiece(pieces)
    counts: Counter[int] = Counter()

    def count(text: str, weight: float) -> None:
        for word in split_words(text):
            for piece in encoder.encode(text[word.start : word.end])[0]:
                counts[piece] += weight  # type: ignore[assignment]

    for corpus in TRAINED_ON:
        for document in read(o.corpora, corpus):
            count(document["text"], 1)
    for name in place_names():
        count(name, 0.2)
    keep = {table[p] for p in ("[PAD]", "[UNK]", "[CLS]", "[SEP]")}
    for piece, i in table.items():
        bare = piece.removeprefix("##")
        if len(bare) == 1 and any(a <= ord(bare) < b for a, b in SCRIPTS):
            keep.add(i)
    for i, _ in counts.most_common():
        if len(keep) >= o.size:
            break
        keep.add(i)
    o.out.write_text("\n".join(pieces[i] for i in sorted(keep)) + "\n", encoding="utf8")
    total = sum(counts.values())
    print(len(keep), "pieces cover", sum(n for i, n in counts.items() if i in keep) / total)


if __name__ == "__main__":
    main()
