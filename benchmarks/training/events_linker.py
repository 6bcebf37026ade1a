"""Train the linker that ships: ``python -m benchmarks.training.events_linker --corpora DIR --cache FILE``.

HaltermanEvents (MIT) says at which places a verb's event happened.  The recogniser has seen these sentences
in its own training, so its scores there are too good: they are no features.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from benchmarks import links
from dateline.geo.trees import to_arrays

OUT = Path(__file__).parents[2] / "geo" / "data" / "events" / "linker.npz"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True, help="resolved mentions are kept here")
    options = parser.parse_args()
    model = links.fit(links.load(options.corpora, options.cache))
    arrays = {
        f"{name}_{key}": value
        for name, forest in (("alone", model.alone), ("beside", model.beside))
        for key, value in to_arrays(forest.dump_model()).items()
    }
    np.savez_compressed(OUT, allow_pickle=False, **arrays)
    print(f"{OUT}: {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
