"""The layers of an ONNX file, in the order in which they work; nothing of it is run here.

Names are no help: an exporter may call weights by the name of an input, number them, or give equal
weights of different layers one name. So a layer is what a node does with weights, and its place is
the node's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

EMBEDDING, CONVOLUTION, UPSAMPLING, RELATIVE, NORM, AFFINE = (
    "embedding",
    "convolution",
    "upsampling",
    "relative position",
    "norm",
    "affine",
)

_DOMAINS = ("", "ai.onnx")
_MOST_NODES = 100_000
_UNCHANGED = ("LeakyRelu", "Identity")
_MATRIX = 2
_RELATIVE_DIMENSIONS = 3


class ForeignNetworkError(Exception):
    """The file holds no network of the kind that is looked for; the message says why."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One operation with weights.

    Attributes:
        kind: One of the constants of this module.
        weight: As the node has it: ``[out, in, kernel]`` of a convolution, ``[in, out, kernel]`` of
            an upsampling, ``[rows, width]`` of an embedding, gamma of a norm, mean of an affine.
        bias: Empty where there is none; beta of a norm, the scale of an affine.
        dilation, stride: 1 for what has none.
        source: Name of the tensor that it reads; activations and copies are passed over.
        result: Name of the tensor that it writes.
    """

    kind: str
    weight: Array
    bias: Array
    dilation: int
    stride: int
    source: str
    result: str


def parse_graph(raw: bytes) -> Any:
    """The graph of an ONNX file.

    Raises:
        ForeignNetworkError: It is no ONNX, keeps weights in other files, or needs more than
            standard ONNX.
    """
    import onnx  # noqa: PLC0415
    from google.protobuf.message import (  # type: ignore[import-untyped]  # noqa: PLC0415
        DecodeError,
    )

    try:
        model = onnx.load_model_from_string(raw)
    except (DecodeError, ValueError) as error:
        raise ForeignNetworkError("it is no ONNX file, or a truncated one") from error
    graph = model.graph
    if not graph.node or not model.opset_import:
        raise ForeignNetworkError("it is no ONNX file, or a truncated one")
    if len(graph.node) > _MOST_NODES:
        raise ForeignNetworkError(f"it has {len(graph.node)} nodes")
    if model.functions or any(o.domain not in _DOMAINS for o in model.opset_import):
        raise ForeignNetworkError("it needs operations beyond standard ONNX")
    if any(_is_external(tensor) for tensor in _tensors(graph)):
        raise ForeignNetworkError("it keeps its weights in another file")
    return graph


def _tensors(graph: Any) -> Iterator[Any]:
    yield from graph.initializer
    for sparse in graph.sparse_initializer:
        yield from (sparse.values, sparse.indices)
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.HasField("t"):
                yield attribute.t
            yield from attribute.tensors
            for inner in (attribute.g, *attribute.graphs):
                yield from _tensors(inner)


def _is_external(tensor: Any) -> bool:
    return bool(tensor.external_data) or tensor.data_location != tensor.DEFAULT


def layers_of(graph: Any) -> tuple[Layer, ...]:
    """All layers of a graph, in order.

    Raises:
        ForeignNetworkError: Weights are damaged or no 32-bit floats.
    """
    return tuple(_Reader(graph).layers())


class _Reader:
    """Finds the layers of one graph."""

    def __init__(self, graph: Any) -> None:
        self._graph = graph
        self._makers = {name: node for node in graph.node for name in node.output}
        self._users: dict[str, list[Any]] = {}
        for node in graph.node:
            for name in node.input:
                self._users.setdefault(name, []).append(node)
        self._weights = {tensor.name: tensor for tensor in graph.initializer}
        self._known: dict[str, Array | None] = {}
        self._kinds: Mapping[str, Callable[[Any], Layer | None]] = {
            "Gather": self._embedding,
            "Conv": self._convolution,
            "ConvTranspose": self._convolution,
            "Pad": self._relative,
            "LayerNormalization": self._whole_norm,
            "Mul": self._norm,
            "Sub": self._affine,
        }

    def layers(self) -> Iterator[Layer]:
        for node in self._graph.node:
            if find := self._kinds.get(node.op_type):
                layer = find(node)
                if layer is not None:
                    yield layer

    def _embedding(self, node: Any) -> Layer | None:
        table = self._constant(node.input[0])
        if table is None or table.ndim != _MATRIX:
            return None
        return self._layer(EMBEDDING, node, table, source=node.input[1])

    def _convolution(self, node: Any) -> Layer:
        weight = self._constant(node.input[1])
        if weight is None:
            raise ForeignNetworkError("a convolution has weights that are no plain 32-bit floats")
        bias = self._constant(node.input[2]) if len(node.input) > _MATRIX else None
        numbers = {a.name: a.ints[0] for a in node.attribute if a.ints}
        kind = CONVOLUTION if node.op_type == "Conv" else UPSAMPLING
        return self._layer(
            kind,
            node,
            weight,
            bias,
            dilation=numbers.get("dilations", 1),
            stride=numbers.get("strides", 1),
        )

    def _relative(self, node: Any) -> Layer | None:
        table = self._constant(node.input[0])
        if table is None or table.ndim != _RELATIVE_DIMENSIONS:
            return None
        return self._layer(RELATIVE, node, table)

    def _whole_norm(self, node: Any) -> Layer | None:
        gamma, beta = self._constant(node.input[1]), self._constant(node.input[2])
        return None if gamma is None or beta is None else self._layer(NORM, node, gamma, beta)

    def _norm(self, node: Any) -> Layer | None:
        """A norm ends with a product and a sum, one number for each channel."""
        gamma = self._operand(node, _is_vector)
        if gamma is None:
            return None
        for user in self._users.get(node.output[0], ()):
            beta = self._operand(user, _is_vector) if user.op_type == "Add" else None
            if beta is not None and beta.shape == gamma.shape:
                return self._layer(NORM, user, gamma, beta, source=node.input[0])
        return None

    def _affine(self, node: Any) -> Layer | None:
        """The first flow of durations, backwards: a difference, then a product."""
        mean = self._operand(node, _is_column)
        if mean is None:
            return None
        for user in self._users.get(node.output[0], ()):
            scale = self._operand(user, _is_column) if user.op_type == "Mul" else None
            if scale is not None:
                return self._layer(AFFINE, user, mean, scale, source=node.input[0])
        return None

    def _operand(self, node: Any, fits: Callable[[Array], bool]) -> Array | None:
        for name in node.input:
            value = self._constant(name)
            if value is not None and fits(value):
                return value
        return None

    def _layer(  # noqa: PLR0913 - one for each field
        self,
        kind: str,
        node: Any,
        weight: Array,
        bias: Array | None = None,
        *,
        dilation: int = 1,
        stride: int = 1,
        source: str = "",
    ) -> Layer:
        import numpy as np  # noqa: PLC0415

        empty = np.zeros(0, np.float32)
        return Layer(
            kind=kind,
            weight=weight,
            bias=empty if bias is None else bias,
            dilation=dilation,
            stride=stride,
            source=self._origin(source or node.input[0]),
            result=node.output[0],
        )

    def _origin(self, name: str) -> str:
        passed: set[str] = set()  # ends a circle
        while name not in passed:
            maker = self._makers.get(name)
            if maker is None or maker.op_type not in _UNCHANGED:
                break
            passed.add(name)
            name = maker.input[0]
        return name

    def _constant(self, name: str) -> Array | None:
        """Weights, or what follows from weights alone by one of a few operations."""
        if name not in self._known:
            self._known[name] = None  # ends a circle
            self._known[name] = self._evaluate(name)
        return self._known[name]

    def _evaluate(self, name: str) -> Array | None:
        import numpy as np  # noqa: PLC0415

        if name in self._weights:
            return _floats(self._weights[name])
        maker = self._makers.get(name)
        if maker is None:
            return None
        if maker.op_type == "Constant":
            tensors = [a.t for a in maker.attribute if a.name == "value"]
            return _floats(tensors[0]) if tensors else None
        if maker.op_type not in {"Identity", "Neg", "Exp"}:
            return None
        value = self._constant(maker.input[0])
        if value is None or maker.op_type == "Identity":
            return value
        return -value if maker.op_type == "Neg" else np.exp(value)


def _floats(tensor: Any) -> Array | None:
    """The content of a tensor; ``None`` for one that holds no 32-bit floats."""
    import numpy as np  # noqa: PLC0415
    from onnx import numpy_helper  # noqa: PLC0415

    if tensor.data_type != tensor.FLOAT:
        return None
    try:
        values = numpy_helper.to_array(tensor)
    except (ValueError, TypeError, RuntimeError, OverflowError) as error:
        raise ForeignNetworkError("its weights are damaged") from error
    if not np.isfinite(values).all():
        return None  # a mask of attention
    return np.asarray(values, dtype=np.float32)


def _is_vector(value: Array) -> bool:
    return value.ndim == 1 and value.size > 1


def _is_column(value: Array) -> bool:
    return value.ndim == _MATRIX and value.shape[1] == 1
