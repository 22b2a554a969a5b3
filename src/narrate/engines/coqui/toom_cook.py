"""Convolutions with fewer products: Toom–Cook's algorithm, known as Winograd's for networks.

A convolution with k taps makes m outputs from m + k − 1 inputs with m·k products. Taken as values
of polynomials at m + k − 1 points it needs only as many products, each of them a product of
matrices over the channels, which is what takes the time where channels are many. The points are
small fractions, so single precision loses little: 118 dB below the signal with m = 4 and k = 5,
where the direct sum is 140 dB below.

Sources: A. Lavin and S. Gray, "Fast Algorithms for Convolutional Neural Networks" (2015), for the
form; B. Barabasz et al., "Error Analysis and Improving the Accuracy of Winograd Convolution for
Deep Neural Networks" (2020), for the choice of points.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

OUTPUTS = 4
"""How many outputs are computed together. Six save a tenth more products and cost 15 dB."""

_POINTS = (
    *(Fraction(0), Fraction(1), Fraction(-1), Fraction(1, 2), Fraction(-1, 2)),
    *(Fraction(2), Fraction(-2), Fraction(1, 4), Fraction(-1, 4), Fraction(4)),
)


class Transforms(NamedTuple):
    """y = outputs · ((weights · g) ∘ (inputs · x)) for m outputs y, k taps g and n inputs x."""

    outputs: NDArray[np.float64]
    """[m, n]"""

    weights: NDArray[np.float64]
    """[n, k]"""

    inputs: NDArray[np.float64]
    """[n, n]"""


def transforms(outputs: int, taps: int) -> Transforms:
    """The matrices for so many outputs and taps: y[i] = Σ x[i + j]·g[j], j < taps.

    Computed in fractions, so they are exact but for the last rounding.

    Raises:
        ValueError: There are too few points for it.
    """
    count = outputs + taps - 1
    if count - 1 > len(_POINTS):
        raise ValueError(f"no points for {outputs} outputs and {taps} taps")
    points = _POINTS[: count - 1]
    # A convolution of polynomials is evaluated, multiplied and interpolated; the correlation of
    # a network is the transpose of that, so inputs and outputs exchange their matrices.
    interpolation = _inverse(_values(points, count))
    inputs = np.array([*zip(*interpolation, strict=True)], dtype=np.float64)
    weights = np.array(_values(points, taps), dtype=np.float64)
    scales = np.exp2(np.round(np.log2(np.abs(inputs).max(axis=1, keepdims=True))))
    return Transforms(
        np.array(_values(points, outputs), dtype=np.float64).T, weights * scales, inputs / scales
    )


def _values(points: tuple[Fraction, ...], length: int) -> list[list[Fraction]]:
    """Powers of each point, and of the point at infinity: [points + 1, length]."""
    rows = [[point**power for power in range(length)] for point in points]
    return [*rows, [Fraction(power == length - 1) for power in range(length)]]


def _inverse(matrix: list[list[Fraction]]) -> list[list[Fraction]]:
    """By Gauss and Jordan, exactly."""
    size = len(matrix)
    rows = [
        [*row, *(Fraction(index == column) for column in range(size))]
        for index, row in enumerate(matrix)
    ]
    for column in range(size):
        pivot = next(row for row in range(column, size) if rows[row][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for other in range(size):
            if other != column:
                factor = rows[other][column]
                rows[other] = [
                    value - factor * own
                    for value, own in zip(rows[other], rows[column], strict=True)
                ]
    return [row[size:] for row in rows]


class Phases(NamedTuple):
    """A signal by phases, so that what is computed together lies together.

    Step m·q + i of the signal is ``steps[i, q]``; m is :data:`OUTPUTS`.
    """

    steps: Tensor
    """[m, N, C]"""

    inside: Tensor
    """[m, N, 1]: 1 for the signal, 0 for what fills its last group."""


def to_phases(signal: Tensor) -> Phases:
    """A signal [T, C] by phases."""
    fill = (OUTPUTS - signal.shape[0] % OUTPUTS) % OUTPUTS
    whole = functional.pad(signal, (0, 0, 0, fill))
    inside = functional.pad(torch.ones_like(signal[:, :1]), (0, 0, 0, fill))
    return Phases(_split(whole), _split(inside))


def from_phases(steps: Tensor, length: int) -> Tensor:
    """The signal [T, C] of which [m, N, C] are the phases."""
    return steps.transpose(0, 1).reshape(-1, steps.shape[2])[:length]


def _split(signal: Tensor) -> Tensor:
    return signal.reshape(-1, OUTPUTS, signal.shape[1]).transpose(0, 1)


class FastConvolution(nn.Module):
    """A convolution that keeps the length, computed by Toom–Cook.

    Args:
        weight: [out, in, taps], an odd number of taps, at most 7.
        bias: [out].
    """

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        super().__init__()
        channels, _, taps = weight.shape
        matrices = transforms(OUTPUTS, taps)
        points = torch.from_numpy(matrices.weights) @ weight.detach().double().permute(1, 2, 0)
        # One matrix for each point: ONNX Runtime arranges constant ones once, when it loads.
        self.weights = nn.ParameterList(
            _constant(points[:, point]) for point in range(points.shape[1])
        )
        self.inputs = _constant(torch.from_numpy(matrices.inputs))
        self.outputs = _constant(torch.from_numpy(matrices.outputs))
        self.bias = _constant(bias)
        self.reach, self.channels = taps // 2, channels

    def forward(self, steps: Tensor) -> Tensor:
        """[m, N, in] to [m, N, out]; what lies beyond the signal must be zero."""
        reach, count = self.reach, len(self.weights)
        before = functional.pad(steps[OUTPUTS - reach :, :-1], (0, 0, 1, 0))
        after = functional.pad(steps[:reach, 1:], (0, 0, 0, 1))
        seen = torch.cat((before, steps, after))
        values = (self.inputs @ seen.reshape(count, -1)).reshape(seen.shape)
        products = [
            (values[point] @ weight).reshape(1, -1) for point, weight in enumerate(self.weights)
        ]
        made = (self.outputs @ torch.cat(products)).reshape(OUTPUTS, -1, self.channels)
        return made + self.bias


def _constant(values: Tensor) -> nn.Parameter:
    return nn.Parameter(values.detach().float().contiguous(), requires_grad=False)
