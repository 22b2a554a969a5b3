"""The noise that drives a VITS model, made by narrate so that every runtime gets the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from torch import Tensor

_WORD = 2**32
_DURATIONS, _PRIOR = 0, 1


class Noise:
    """Gaussian noise of one utterance, a function of its seed alone.

    The generator is numpy's ``RandomState``, whose streams are frozen for good (NEP 19).
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def durations(self, symbols: int) -> NDArray[np.float32]:
        """For the duration predictor, shape [1, 2, symbols]."""
        return self._draw(_DURATIONS, symbols, 2)

    def prior(self, channels: int, frames: int) -> NDArray[np.float32]:
        """For the prior, shape [1, channels, frames]."""
        return self._draw(_PRIOR, frames, channels)

    def _draw(self, stream: int, steps: int, channels: int) -> NDArray[np.float32]:
        """Step by step in time, so that a longer utterance begins with the same noise."""
        import numpy as np  # noqa: PLC0415

        state = np.random.RandomState([self._seed % _WORD, self._seed // _WORD, stream])
        noise: NDArray[np.float32] = state.standard_normal((steps, channels)).astype(np.float32)
        return np.ascontiguousarray(noise.T)[None]


@contextmanager
def handed_noise(make: Callable[..., Tensor]) -> Iterator[None]:
    """Let Coqui's VITS get noise from ``make`` where it draws it itself.

    ``make`` is called with the arguments of ``torch.randn`` or ``torch.randn_like``. The process
    must have one thread: the functions are exchanged for all of it.
    """
    import torch  # noqa: PLC0415

    namespace: Any = torch
    kept = torch.randn, torch.randn_like
    namespace.randn = namespace.randn_like = make
    try:
        yield
    finally:
        namespace.randn, namespace.randn_like = kept
