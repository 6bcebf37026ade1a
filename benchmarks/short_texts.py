"""Measure recognition on short texts of our own: ``python -m benchmarks.short_texts [--model M] [--errors]``.

``short-texts.txt`` beside this file tells how they are annotated; they need nothing that is not in the
repository.  The errors of each part were read after its first run, so that all three are a guard by now.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from dateline.geo.recognition import MODELS, load_recognizer

TEXTS = Path(__file__).parent / "short-texts.txt"
ROLES = {"[": "literal", "<": "metonym", "{": "demonym"}
_MARKED = re.compile(r"\[([^]]+)\]|<([^>]+)>|\{([^}]+)\}")
Spans = dict[tuple[int, int], str]


def read(path: Path = TEXTS) -> dict[str, list[tuple[str, Spans]]]:
    """Return the texts of each part with the roles of their toponyms."""
    parts: dict[str, list[tuple[str, Spans]]] = {}
    for line in path.read_text(encoding="utf8").splitlines():
        if line.startswith("## "):
            parts[line[3:]] = []
        elif parts:
            parts[[*parts][-1]].append(unmarked(line))
    return parts


def unmarked(line: str) -> tuple[str, Spans]:
    """Return a text without its marks, and the marked spans.

    >>> unmarked("<Kyiv> shelled [Sumy].")
    ('Kyiv shelled Sumy.', {(0, 4): 'metonym', (13, 17): 'literal'})
    """
    text, spans, at = "", {}, 0
    for match in _MARKED.finditer(line):
        text += line[at : match.start()]
        name = match[0][1:-1]
        spans[len(text), len(text) + len(name)] = ROLES[match[0][0]]
        text, at = text + name, match.end()
    return text + line[at:], spans


def errors(text: str, gold: Spans, found: Spans) -> Iterator[str]:
    """Yield what is missed, found wrongly or in the wrong role."""
    for span in sorted(gold.keys() | found.keys()):
        if gold.get(span) != found.get(span):
            name = text[slice(*span)]
            yield f"{name!r}: {found.get(span, 'nothing')} for {gold.get(span, 'nothing')} in {text[:60]!r}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="default", choices=MODELS)
    parser.add_argument("--errors", action="store_true", help="list every error")
    options = parser.parse_args()
    recognizer = load_recognizer(options.model)
    print(f"{'part':8}{'texts':>6}{'gold':>6}{'found':>6}{'P':>7}{'R':>7}{'F1':>7}{'roles':>7}")
    for part, texts in read().items():
        n_gold = n_found = exact = right = 0
        for text, gold in texts:
            found: Spans = {(m.start, m.end): m.role for m in recognizer.recognize(text)}
            both = gold.keys() & found.keys()
            n_gold, n_found, exact = n_gold + len(gold), n_found + len(found), exact + len(both)
            right += sum(gold[span] == found[span] for span in both)
            if options.errors:
                print(*errors(text, gold, found), sep="\n", end="\n" if gold != found else "")
        print(
            f"{part:8}{len(texts):6}{n_gold:6}{n_found:6}{exact / n_found:7.3f}{exact / n_gold:7.3f}"
            f"{2 * exact / (n_gold + n_found):7.3f}{right / exact:7.3f}"
        )


if __name__ == "__main__":
    main()
