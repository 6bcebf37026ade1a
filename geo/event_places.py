"""At which of an article's places each of its events happened, as the event network tells it.

A small transformer over events and mentions of places, which starts from the vectors that the encoder gives
their words: a report is read word by word first, and then as a story.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dateline.geo.arrays import Floats
from dateline.geo.event_story import Integers, Story

#: So many ways of looking from one item to another each layer has.
HEADS = 4
#: What is added where an item does not see another.
_BLIND = -1e4
#: Pairs of an event and a mention scored together.
_TOGETHER = 20_000
_EPSILON = 1e-5


class Places:
    """The part of the event network that tells where events happened.

    Parameters
    ----------
    weights : mapping of str to array
        By their names in ``benchmarks/training/event_network.py``.
    """

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self._weights = weights
        self._layers = len({name.split(".")[1] for name in weights if name.startswith("layers.")})

    def read(self, vectors: Floats, story: Story) -> tuple[Floats, Floats]:
        """Return where events happened, and what the story tells of their statuses.

        Parameters
        ----------
        vectors : array, shape (items, size)
            Of the words of the story's items.
        story : Story

        Returns
        -------
        array, shape (events, mentions)
            Log-odds.
        array, shape (events, statuses)
            Added to the log-odds of each event's status.
        """
        apart, paragraphs = story.apart(), story.paragraphs_apart()
        n, read = story.events, self._story(vectors, story, apart, paragraphs)
        odds = self._pairs(vectors, read, story, apart[:n, n:], paragraphs[:n, n:])
        return odds, self._linear("status", read[:n])

    def _story(self, vectors: Floats, story: Story, apart: Integers, paragraphs: Integers) -> Floats:
        w, n = self._weights, story.events
        sides = np.arange(len(vectors)) >= n
        x = self._linear("into", vectors) + w["mention.weight"][sides.astype(np.intp)]
        role, feature, nearby = story.kinds.T
        x[n:] += w["role.weight"][role] + w["feature.weight"][feature] + w["nearby.weight"][nearby]
        bias = w["apart.weight"][apart] + w["paragraphs.weight"][paragraphs]
        bias += w["sides.weight"][2 * sides[:, None] + sides]
        bias += w["related.weight"][0]
        bias[n:, n:] += w["related.weight"][story.relations] - w["related.weight"][0]
        bias[~story.seen()] = _BLIND
        for layer in range(self._layers):
            x = self._layer(f"layers.{layer}", x, bias.transpose(2, 0, 1))
        return x

    def _layer(self, name: str, x: Floats, bias: Floats) -> Floats:
        q, k, v = self._linear(f"{name}.qkv", x).reshape(len(x), 3, HEADS, -1).transpose(1, 2, 0, 3)
        looks = q @ k.transpose(0, 2, 1) / np.float32(np.sqrt(q.shape[-1])) + bias
        looks = np.exp(looks - looks.max(-1, keepdims=True))
        looks /= looks.sum(-1, keepdims=True)
        seen = (looks @ v).transpose(1, 0, 2).reshape(x.shape)
        x = self._norm(f"{name}.norm", x + self._linear(f"{name}.out", seen))
        return self._norm(
            f"{name}.last", x + self._linear(f"{name}.down", _gelu(self._linear(f"{name}.up", x)))
        )

    def _pairs(
        self, vectors: Floats, read: Floats, story: Story, apart: Integers, paragraphs: Integers
    ) -> Floats:
        w, n = self._weights, story.events
        told = self._linear("trigger", vectors[:n]) + self._linear("told", read[:n])
        named = self._linear("place", vectors[n:]) + self._linear("named", read[n:])
        far = self._linear("trigger_far", vectors[:n]) @ self._linear("place_far", vectors[n:]).T
        odds = far / np.float32(np.sqrt(w["place_far.weight"].shape[0]))
        events, mentions = story.between()
        step = max(1, _TOGETHER // max(1, len(named)))
        for i in range(0, n, step):
            some = slice(i, i + step)
            x = told[some, None] + named
            x += w["pair_apart.weight"][apart[some]] + w["pair_paragraphs.weight"][paragraphs[some]]
            x += w["events.weight"][events[some]] + w["mentions.weight"][mentions[some]]
            odds[some] += self._linear("pair", _gelu(x))[..., 0]
        return odds

    def _linear(self, name: str, x: Floats) -> Floats:
        result: Floats = x @ self._weights[f"{name}.weight"].T
        bias = self._weights.get(f"{name}.bias")
        return result if bias is None else result + bias

    def _norm(self, name: str, x: Floats) -> Floats:
        x = x - x.mean(-1, keepdims=True)
        x /= np.sqrt((x * x).mean(-1, keepdims=True) + np.float32(_EPSILON))
        normal: Floats = x * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]
        return normal


def _gelu(x: Floats) -> Floats:
    # the curve of the normal distribution, as Hendrycks and Gimpel (2016) approximate it
    y: Floats = 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x)))
    return y
