"""The form of what goes into a Coqui model and of what comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.errors import EngineError, SpeechFault
from narrate.model import Speech

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PCM_PEAK = 32_767


def check_text(spoken: str) -> None:
    """Refuse what Coqui would misread or could only make a noise of.

    Raises:
        EngineError: The text holds digits, or no letter.
    """
    digits = sorted({c for c in spoken if c.isdigit()})
    if digits:
        raise EngineError(
            f"the text still holds digits ({' '.join(digits)}); Coqui would misread them",
            where=spoken[:60],
            mend="Write the numbers out.",
        )
    if not any(c.isalpha() for c in spoken):
        raise EngineError("the text holds nothing to say", where=spoken[:60])


def speech_of(wave: NDArray[np.float32], sample_rate: int, spoken: str) -> Speech:
    """Samples of −1 to 1 in 16 bits; what lies beyond is cut.

    Raises:
        SpeechFault: There are no samples, or some are no numbers.
    """
    import numpy as np  # noqa: PLC0415

    if wave.size == 0 or not np.isfinite(wave).all():
        raise SpeechFault("the model gave no sound", where=spoken[:60])
    samples: NDArray[np.int16] = np.rint(wave.clip(-1.0, 1.0) * _PCM_PEAK).astype("<i2")
    return Speech(sample_rate, samples.tobytes())
