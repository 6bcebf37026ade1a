"""Train the linker that ships: ``python -m benchmarks.training.events_linker --corpora DIR --cache FILE
--networks DIR DIR DIR``.

HaltermanEvents (MIT) says at which places a verb's event happened.  The recogniser has seen these sentences
in its own training, so its scores there are too good: they are no features.  What reports make of that
is learnt from articles of our own and the gold articles' development part; with ``--reports`` that alone is.
Each article is read by that of three event networks (``event_network.py --hold-out``) which has not seen it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import links, own_links
from benchmarks.corpora import half
from dateline.geo.event_network import EventNetwork
from dateline.geo.trees import to_arrays

OUT = Path(__file__).parents[2] / "geo" / "data" / "events" / "linker.npz"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="the folder of corpora/ and gold/")
    parser.add_argument("--cache", type=Path, help="HaltermanEvents' resolved mentions are kept here")
    parser.add_argument("--reports", action="store_true", help="train only what reports teach")
    parser.add_argument("--networks", type=Path, nargs=own_links.FOLDS, required=True)
    options = parser.parse_args()
    if options.reports:
        with np.load(OUT, allow_pickle=False) as stored:
            arrays = {key: stored[key] for key in stored.files if not key.startswith("report_")}
    elif options.cache:
        model = links.fit(links.load(options.corpora, options.cache))
        arrays = _arrays("alone", model.alone) | _arrays("beside", model.beside)
    else:
        parser.error("without --reports, --cache must name a file")
    np.savez_compressed(OUT, allow_pickle=False, **arrays)  # the evidence of reports is read with these
    networks = [EventNetwork(path) for path in options.networks]
    told = own_links.pairs(own_links.development(networks))
    gold = own_links.gold_pairs(half(options.corpora / "gold", "dateline-gold"), networks[0])
    arrays |= _arrays("report", own_links.fit([*told, *gold]))
    np.savez_compressed(OUT, allow_pickle=False, **arrays)
    print(f"{OUT}: {OUT.stat().st_size:,} bytes")


def _arrays(name: str, forest: Any) -> dict[str, NDArray[Any]]:
    """Return the arrays of a forest under its name."""
    return {f"{name}_{key}": value for key, value in to_arrays(forest.dump_model()).items()}


if __name__ == "__main__":
    main()
