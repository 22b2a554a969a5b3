"""Toom–Cook's convolutions against the direct sum."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional

from narrate.engines.coqui.toom_cook import FastConvolution, from_phases, to_phases, transforms


@pytest.mark.parametrize("taps", [1, 2, 3, 5, 7])
@pytest.mark.parametrize("outputs", [1, 2, 4])
def test_the_transforms_are_a_correlation(outputs: int, taps: int) -> None:
    random = np.random.default_rng(taps)
    signal, filter_ = random.normal(size=outputs + taps - 1), random.normal(size=taps)
    matrices = transforms(outputs, taps)
    made = matrices.outputs @ ((matrices.weights @ filter_) * (matrices.inputs @ signal))
    assert made == pytest.approx(np.correlate(signal, filter_, "valid"), abs=1e-12)


def test_there_are_points_for_so_many_taps_only() -> None:
    with pytest.raises(ValueError, match="no points"):
        transforms(4, 9)


@settings(deadline=None)
@given(
    length=st.integers(1, 30),
    taps=st.sampled_from([1, 3, 5, 7]),
    channels=st.tuples(st.integers(1, 5), st.integers(1, 5)),
    seed=st.integers(0, 2**31),
)
def test_any_length_is_convolved_to_its_ends(
    length: int, taps: int, channels: tuple[int, int], seed: int
) -> None:
    random = torch.Generator().manual_seed(seed)
    inner, outer = channels
    weight = torch.randn(outer, inner, taps, generator=random)
    bias = torch.randn(outer, generator=random)
    signal = torch.randn(length, inner, generator=random)
    made = FastConvolution(weight, bias)(to_phases(signal).steps)
    direct = functional.conv1d(signal.T[None], weight, bias, padding=taps // 2)[0].T
    assert torch.allclose(from_phases(made, length), direct, atol=2e-3)


def test_phases_note_what_is_not_the_signal() -> None:
    phases = to_phases(torch.ones(6, 2))
    assert from_phases(phases.inside, 8).flatten().tolist() == [1, 1, 1, 1, 1, 1, 0, 0]
    assert from_phases(phases.steps, 8).sum() == 12


@pytest.mark.parametrize(("taps", "decibels"), [(3, 110), (5, 105), (7, 85)])
def test_single_precision_is_enough(taps: int, decibels: float) -> None:
    """As wide as the networks of a voice: 192 channels."""
    random = torch.Generator().manual_seed(taps)
    weight = torch.randn(192, 192, taps, generator=random) / (192 * taps) ** 0.5
    signal = torch.randn(200, 192, generator=random)
    exact = functional.conv1d(signal.double().T[None], weight.double(), padding=taps // 2)[0].T
    made = FastConvolution(weight, torch.zeros(192))(to_phases(signal).steps)
    error = from_phases(made, 200).double() - exact
    assert 10 * torch.log10(exact.square().mean() / error.square().mean()) > decibels
