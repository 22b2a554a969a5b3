"""Whether a checkpoint speaks like the voice that it was made of, sample for sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from narrate.engines.coqui.piper.checkpoint import piper_rows
from narrate.engines.coqui.piper.graph import ForeignNetworkError
from narrate.engines.coqui.piper.settings import PiperSettings
from narrate.engines.coqui.vits_check import speak_numbers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_CORRELATION = 0.9999
"""Below it, a voice is taken for another one; exact copies reach 0.999999 and more."""

_INPUTS = ("input", "input_lengths", "scales")


@dataclass(frozen=True, slots=True)
class Agreement:
    """How near two voices are on one sentence, without the noise that both add.

    Attributes:
        frames: Lengths of the original and of the copy.
        correlation: −1 to 1; 0 where the lengths differ.
        largest: Difference of two samples, at most 2.
    """

    frames: tuple[int, int]
    correlation: float
    largest: float

    @property
    def holds(self) -> bool:
        """Whether nobody can tell them apart."""
        return self.frames[0] == self.frames[1] and self.correlation >= LEAST_CORRELATION


def compare(raw: bytes, model: Any, settings: PiperSettings, sentences: Sequence[str]) -> Agreement:
    """Let the original and the copy say sentences with the first and the last speaker.

    A duration that lies between two whole numbers may be rounded up by one and down by the other:
    for each speaker it is enough that they agree on one sentence.

    Args:
        raw: The ONNX file.
        model: Coqui's, loaded.

    Returns:
        The worst of the speakers, each with its best sentence.

    Raises:
        ForeignNetworkError: The original does not run, or takes other inputs than a voice does.
    """
    original = _Original(raw, settings)
    rows = piper_rows(settings)
    model.inference_noise_scale = model.inference_noise_scale_dp = 0.0
    speakers: set[int | None] = {None}
    if settings.speakers:
        speakers = {0, len(settings.speakers) - 1}
    found: list[Agreement] = []
    for speaker in speakers:
        best: Agreement | None = None
        for sentence in sentences:
            numbers = model.tokenizer.text_to_ids(sentence)
            copy = speak_numbers(model, numbers, speaker)
            agreement = _agreement(original.speak([rows[n] for n in numbers], speaker), copy)
            if best is None or agreement.correlation > best.correlation:
                best = agreement
            if best.holds:
                break
        if best is not None:
            found.append(best)
    return min(found, key=lambda agreement: agreement.correlation)


def _agreement(first: NDArray[np.float32], second: NDArray[np.float32]) -> Agreement:
    import numpy as np  # noqa: PLC0415

    frames = (first.size, second.size)
    if first.size != second.size or first.size == 0:
        return Agreement(frames, 0.0, 0.0)
    a, b = first.astype(np.float64), second.astype(np.float64)
    largest = float(np.abs(a - b).max())
    a, b = a - a.mean(), b - b.mean()
    norm = float(np.sqrt((a @ a) * (b @ b)))
    return Agreement(frames, float(a @ b) / norm if norm > 0 else 0.0, largest)


class _Original:
    """The voice as it came, in ONNX Runtime."""

    def __init__(self, raw: bytes, settings: PiperSettings) -> None:
        import numpy as np  # noqa: PLC0415
        import onnxruntime  # type: ignore[import-untyped]  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._scales = np.array([0.0, settings.length_scale, 0.0], np.float32)
        try:
            self._session = onnxruntime.InferenceSession(
                raw, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the runtime's errors have no common class of their own
            raise ForeignNetworkError("the original does not run in ONNX Runtime") from error
        named = {given.name for given in self._session.get_inputs()}
        expected = {*_INPUTS, "sid"} if settings.speakers else set(_INPUTS)
        if named != expected:
            raise ForeignNetworkError(f"it takes {', '.join(sorted(named))} as its inputs")

    def speak(self, numbers: Sequence[int], speaker: int | None) -> NDArray[np.float32]:
        import numpy as np  # noqa: PLC0415

        given: dict[str, Any] = {
            "input": np.array([list(numbers)], np.int64),
            "input_lengths": np.array([len(numbers)], np.int64),
            "scales": self._scales,
        }
        if speaker is not None:
            given["sid"] = np.array([speaker], np.int64)
        try:
            wave: NDArray[np.float32] = self._session.run(None, given)[0]
        except Exception as error:
            raise ForeignNetworkError("the original fails on a sentence") from error
        return wave.reshape(-1)
