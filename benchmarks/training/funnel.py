"""Rewrite an exported tagger so that each layer reads fewer pieces, with ONNX Runtime's own operators.

Usage: python funnel.py NETWORK.onnx [--near 16 8]

NETWORK.onnx is what ``torch.onnx.export`` and ``quantize_dynamic`` make in ``export_recognizer.py``; its
weights stay as they are.  Only the pieces that the tagger is asked about matter in the end, so the layer
before the last is computed within 8 pieces of those, the one before it within 16, and each attends to what
the layer before it gave.  The new network takes one window at a time, without padding.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

HIDDEN, HEAD = 384, 32
MICROSOFT = "com.microsoft"
Array = NDArray[Any]


class Graph:
    """A graph under construction, from the weights of an exported tagger."""

    def __init__(self, exported: onnx.GraphProto) -> None:
        stored = {i.name: numpy_helper.to_array(i) for i in exported.initializer}
        self.nodes: list[onnx.NodeProto] = []
        self.used: dict[str, Array] = {}
        self._floats = {name: a for name, a in stored.items() if a.dtype == np.float32}
        self._linear: dict[str, tuple[Array, Array]] = {}
        for node in exported.node:
            if node.op_type == "MatMulInteger":  # its output: "/layers.0/q/MatMul_output_0_output_quantized"
                name = node.output[0].split("/MatMul_output")[0].strip("/").replace("/", ".")
                weight = node.input[1]
                self._linear[name] = stored[weight], stored[weight.replace("_quantized", "_scale")]
            elif node.op_type == "Constant" and len(node.attribute[0].t.dims) == 2:
                self.positions = numpy_helper.to_array(node.attribute[0].t)
        self.depth = len({name.split(".")[1] for name in self._linear if name.startswith("layers.")})

    def constant(self, name: str, value: Array) -> str:
        """Store a constant and return its name."""
        self.used[name] = value
        return name

    def add(self, operator: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """Append a node and return the name of its output."""
        output = f"{operator}.{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output

    def quantized(self, x: str) -> tuple[str, str, str]:
        """Return `x` as bytes, their scale and their zero point."""
        parts = (f"{x}.bytes", f"{x}.scale", f"{x}.zero")
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], parts))
        return parts

    def linear(self, name: str, x: str | tuple[str, str, str]) -> str:
        """Return a linear layer's output; its weights are bytes with a scale for each column."""
        bias = self.constant(f"{name}.bias", self._floats[f"{name}.bias"])
        weight, scale = self._linear[name]
        weights = self.constant(f"{name}.bytes", weight), self.constant(f"{name}.scale", scale)
        if isinstance(x, str):
            return self.add("DynamicQuantizeMatMul", x, *weights, "", bias, domain=MICROSOFT)
        values, factor, zero = x
        return self.add(
            "MatMulIntegerToFloat", values, weights[0], factor, weights[1], zero, "", bias, domain=MICROSOFT
        )

    def norm(self, name: str, x: str) -> str:
        """Return a layer norm's output: ONNX Runtime computes it four times faster as a norm of instances."""
        rows = self.add("Shape", x, start=1, end=2)
        ones = self.add("Expand", self.constant("one", np.ones(1, np.float32)), rows)
        zeros = self.add("Expand", self.constant("zero", np.zeros(1, np.float32)), rows)
        y = self.add("InstanceNormalization", x, ones, zeros, epsilon=1e-12)
        weight, bias = (
            self.constant(f"{name}.{part}", self._floats[f"{name}.{part}"]) for part in ("weight", "bias")
        )
        return self.add("Add", self.add("Mul", y, weight), bias)

    def layer(self, number: int, x: str, context: str) -> str:
        """Return a layer's output at `x`, which attends to `context`."""
        name = f"layers.{number}."
        seen = self.quantized(context)
        query = self.linear(name + "q", seen if x == context else x)
        key, value = self.linear(name + "k", seen), self.linear(name + "v", seen)
        heads = self._linear[name + "q"][0].shape[1] // HEAD
        y = self.add("MultiHeadAttention", query, key, value, domain=MICROSOFT, num_heads=heads, scale=1.0)
        x = self.norm(name + "norm1", self.add("Add", x, self.linear(name + "out", y)))
        y = self.add("Gelu", self.linear(name + "up", x), domain=MICROSOFT)
        return self.norm(name + "norm2", self.add("Add", x, self.linear(name + "down", y)))

    def near(self, at: str, x: str, distance: int) -> tuple[str, str]:
        """Return which pieces of `x` are near `at`, or its ends, and where `at` is among those."""
        one = self.constant("one", np.ones(1, np.float32))
        length = self.add("Shape", x, start=1, end=2)
        nothing = self.add("Expand", self.constant("zero", np.zeros(1, np.float32)), length)
        marks = self.add("ScatterElements", nothing, at, self.add("Expand", one, self.add("Shape", at)))
        shape = self.constant("one row", np.array([1, 1, -1], np.int64))
        wide = self.add(
            "MaxPool",
            self.add("Reshape", marks, shape),
            kernel_shape=[2 * distance + 1],
            pads=[distance, distance],
        )
        ends = self.constant("ends", np.array([0, -1], np.int64))
        flat = self.add("Reshape", wide, self.constant("flat", np.array([-1], np.int64)))
        marks = self.add("ScatterElements", flat, ends, self.constant("ones", np.ones(2, np.float32)))
        chosen = self.add("Reshape", self.add("NonZero", marks), "flat")
        count = self.add("CumSum", marks, self.constant("axis", np.array(0, np.int64)), exclusive=1)
        return chosen, self.add("Cast", self.add("Gather", count, at), to=TensorProto.INT64)

    def placed(self) -> str:
        """Return the given vectors with those of their positions added."""
        length = self.add("Shape", "vectors", start=1, end=2)
        first = self.constant("first", np.zeros(1, np.int64))
        positions = self.add("Slice", self.constant("positions", self.positions), first, length)
        return self.add("Add", "vectors", positions)

    def encoder(self, x: str, near: list[int]) -> str:
        """Return the vectors of the asked pieces; the layers before the last read within `near` of those."""
        x = self.norm("norm", x)
        at = self.add("Reshape", "at", self.constant("flat", np.array([-1], np.int64)))
        for number in range(self.depth - 1):
            nearer = number - (self.depth - 1 - len(near))
            if nearer < 0:
                x = self.layer(number, x, x)
            else:
                chosen, at = self.near(at, x, near[nearer])
                x = self.layer(number, self.add("Gather", x, chosen, axis=1), x)
        return self.layer(self.depth - 1, self.add("Gather", x, at, axis=1), x)

    def model(self, output: str, width: int) -> onnx.ModelProto:
        """Return the network that gives `width` numbers for each asked piece."""
        inputs = [
            helper.make_tensor_value_info("vectors", TensorProto.FLOAT, [1, "pieces", HIDDEN]),
            helper.make_tensor_value_info("at", TensorProto.INT64, [1, "asked"]),
        ]
        outputs = [helper.make_tensor_value_info(output, TensorProto.FLOAT, [1, "asked", width])]
        weights = [numpy_helper.from_array(value, name) for name, value in self.used.items()]
        versions = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
        made = helper.make_graph(self.nodes, "network", inputs, outputs, weights)
        return helper.make_model(made, opset_imports=versions, ir_version=8)


def funnel(exported: onnx.ModelProto, near: list[int]) -> onnx.ModelProto:
    """Return the tagger whose layers before the last read within `near` pieces, in this order."""
    graph = Graph(exported.graph)
    seen = graph.quantized(graph.encoder(graph.placed(), near))
    heads = [graph.add("Softmax", graph.linear(head, seen), axis=-1) for head in ("boundary", "role")]
    graph.nodes.append(helper.make_node("Concat", heads, ["probabilities"], axis=-1))
    return graph.model("probabilities", 7)


def vectors(exported: onnx.ModelProto) -> onnx.ModelProto:
    """Return a network without heads: the last layer's vectors at the asked pieces."""
    graph = Graph(exported.graph)
    graph.nodes.append(helper.make_node("Identity", [graph.encoder("vectors", [])], ["rows"]))
    return graph.model("rows", HIDDEN)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", type=Path)
    parser.add_argument("--near", type=int, nargs="*", default=[16, 8])
    o = parser.parse_args()
    onnx.save(funnel(onnx.load(o.network), o.near), o.network)


if __name__ == "__main__":
    main()
