"""Loading a Coqui voice into a worker process; imports torch when it does."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from narrate.engines.coqui.config import ModelConfig, read_config, vetted_file
from narrate.engines.coqui.imports import brief, import_coqui, quiet
from narrate.engines.coqui.model import ModelFiles
from narrate.engines.coqui.speaker import CoquiSpeaker
from narrate.engines.coqui.vits import VitsSpeaker
from narrate.engines.coqui.xtts import XttsSpeaker
from narrate.engines.settings import option
from narrate.errors import EngineError
from narrate.model import Voice

# What Coqui and torch raise for a model or a text that they cannot work with.
_LOAD_FAILURES = (
    OSError,
    EOFError,
    RuntimeError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    ImportError,
)


def load_speaker(voice: Voice, files: ModelFiles) -> CoquiSpeaker:
    """Load a voice.

    Raises:
        EngineError: Coqui is not complete, or the model is missing, damaged, unsafe, or lacks the
            voice's speaker or language.
    """
    config = read_config(files)
    import_coqui()
    import torch  # noqa: PLC0415

    # One thread: faster than two for one sentence at a time, and the sums of a model come out in
    # the same order on every machine.
    torch.set_num_threads(1)
    torch.backends.cudnn.deterministic = True
    device = _device(voice)
    synthesizer = load_synthesizer(files, config, device)
    with quiet():
        if config.family == "xtts":
            return XttsSpeaker(voice, synthesizer, files)
        return VitsSpeaker(voice, synthesizer)


def load_synthesizer(files: ModelFiles, config: ModelConfig, device: str) -> Any:
    """Coqui's ``Synthesizer`` of a model; Coqui has been imported.

    Raises:
        EngineError: The model is missing, damaged or unsafe.
    """
    from TTS.utils.synthesizer import Synthesizer  # type: ignore[import-untyped]  # noqa: PLC0415

    if not files.checkpoint.is_file():
        raise EngineError("the checkpoint is missing", where=str(files.checkpoint))
    if config.speaks_phonemes:
        from narrate.engines.coqui.phonemes import register_phonemizer  # noqa: PLC0415

        register_phonemizer()
    with quiet(), _checkpoint_kept(), vetted_file(config) as vetted:
        try:
            return Synthesizer(
                tts_checkpoint=files.checkpoint,
                tts_config_path=vetted,
                use_cuda=device == "cuda",
            )
        except pickle.UnpicklingError as error:
            raise EngineError(
                "the checkpoint is damaged or holds more than weights, so it is not loaded",
                where=str(files.checkpoint),
                mend="Fetch it again from a source that you trust.",
            ) from error
        except EngineError:
            raise
        except _LOAD_FAILURES as error:
            raise EngineError(
                f"the model cannot be loaded: {brief(error)}",
                where=str(files.checkpoint),
                mend="The file is damaged, or its configuration is of another model; "
                "fetch both again.",
            ) from error


@contextmanager
def _checkpoint_kept() -> Iterator[None]:
    """Let Coqui save nothing: it rewrites old XTTS checkpoints, which would change their digest."""
    import torch  # noqa: PLC0415

    save = torch.save
    torch.save = lambda *_args, **_kwargs: None
    try:
        yield
    finally:
        torch.save = save


def _device(voice: Voice) -> str:
    import torch  # noqa: PLC0415

    device = option(voice, "device", "cpu")
    if device == "cuda" and not torch.cuda.is_available():
        raise EngineError(
            "there is no CUDA device, or torch was built without CUDA",
            where=f"voice {voice.name}",
            mend="Take “device” out of the voice's options.",
        )
    return device
