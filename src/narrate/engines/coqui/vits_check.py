"""Loading a VITS checkpoint by itself, to hear whether it speaks; runs beside torch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from narrate.engines.coqui.config import ModelConfig, vetted_file
from narrate.engines.coqui.imports import quiet
from narrate.engines.coqui.model import ModelFiles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TEST_SENTENCES = {
    "de": (
        "Am Abend liest die Stimme ruhig vor, und niemand hört den Unterschied.",
        "Es war einmal ein kleines Mädchen, das wohnte am Rand des Waldes.",
        "Morgen früh fährt der erste Zug nach Süden.",
    ),
    "en": (
        "In the evening the voice reads calmly, and nobody hears the difference.",
        "Once upon a time there was a little girl who lived beside the woods.",
        "Tomorrow morning the first train leaves for the south.",
    ),
}
"""What a new voice is made to say, by language."""


def load_vits(files: ModelFiles, config: ModelConfig) -> Any:
    """A VITS model of Coqui from its vetted configuration; Coqui must be imported.

    Raises whatever Coqui and torch raise for files that do not fit.
    """
    from TTS.config import load_config  # type: ignore[import-untyped]  # noqa: PLC0415
    from TTS.tts.models.vits import Vits  # type: ignore[import-untyped]  # noqa: PLC0415

    with vetted_file(config) as vetted:
        settings = load_config(str(vetted))
    with quiet():
        model = Vits(settings)
        model.load_checkpoint(settings, files.checkpoint, eval=True)
    return model


def speak_numbers(model: Any, numbers: Sequence[int], speaker: int | None) -> NDArray[np.float32]:
    """The samples of a row of symbols.

    Args:
        speaker: Row of the embedding; ``None`` for a single voice.
    """
    import torch  # noqa: PLC0415

    given: dict[str, Any] = {
        "x_lengths": None,
        "d_vectors": None,
        "speaker_ids": None if speaker is None else torch.tensor([speaker]),
        "language_ids": None,
        "durations": None,
    }
    outputs = model.inference(torch.tensor([list(numbers)]), given)
    wave: NDArray[np.float32] = outputs["model_outputs"].squeeze().numpy()
    return wave.reshape(-1)
