"""A loaded Coqui voice: VITS or XTTS. Lives in a worker process; imports torch when it loads."""

from __future__ import annotations

import json
import pickle
import random
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from narrate.engines.base import Request
from narrate.engines.coqui_config import ModelConfig, read_config
from narrate.engines.coqui_imports import brief, import_coqui, quiet
from narrate.engines.coqui_model import ModelFiles, voice_path
from narrate.engines.respelling import respell
from narrate.engines.settings import option
from narrate.errors import EngineError
from narrate.model import Speech, Voice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

VITS_OPTIONS = ("noise_scale", "noise_scale_dp")
XTTS_OPTIONS = MappingProxyType(
    {"temperature": float, "repetition_penalty": float, "top_k": int, "top_p": float}
)

_PCM_PEAK = 32_767
_NUMPY_SEEDS = 2**32

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
_SPEAK_FAILURES = (RuntimeError, ValueError, TypeError, LookupError, AssertionError)


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
    if config.speaks_phonemes:
        from narrate.engines.coqui_phonemes import register_phonemizer  # noqa: PLC0415

        register_phonemizer()
    synthesizer = _load(files, config, device)
    kind = XttsSpeaker if config.family == "xtts" else VitsSpeaker
    with quiet():
        return kind(voice, synthesizer)


def _load(files: ModelFiles, config: ModelConfig, device: str) -> Any:
    from TTS.utils.synthesizer import Synthesizer  # type: ignore[import-untyped]  # noqa: PLC0415

    if not files.checkpoint.is_file():
        raise EngineError("the checkpoint is missing", where=str(files.checkpoint))
    with quiet(), _checkpoint_kept(), tempfile.TemporaryDirectory() as folder:
        vetted = Path(folder) / "config.json"
        vetted.write_text(json.dumps(config.settings), encoding="utf-8")
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


class CoquiSpeaker(ABC):
    """What both kinds of model share: checks, seeds and the form of the samples."""

    def __init__(self, voice: Voice, synthesizer: Any) -> None:
        self._voice = voice
        self._synthesizer = synthesizer
        self._model = synthesizer.tts_model
        self._options: Mapping[str, Any] = dict(voice.options)

    def speak(self, request: Request) -> Speech:
        """Say one sentence.

        Raises:
            EngineError: The text holds digits or nothing that the model can say, or the model
                failed on it.
        """
        _check_text(request.spoken)
        _seed(request.seed)
        with quiet():
            try:
                wave = self._wave(request)
            except _SPEAK_FAILURES as error:
                raise EngineError(
                    f"Coqui failed on the text: {brief(error)}", where=request.spoken[:60]
                ) from error
        rate = int(self._synthesizer.output_sample_rate)
        return Speech(rate, _pcm(wave, request.spoken))

    def close(self) -> None:
        """Let go of the model; the process that follows frees its memory."""
        del self._model, self._synthesizer

    @abstractmethod
    def _wave(self, request: Request) -> NDArray[np.float32]:
        """The model's samples, −1 to 1."""

    def _language(self, lang: str) -> str | None:
        """The model's own name of a language; ``None`` for a model that has only one."""
        names: list[str] = self._model.language_manager.language_names
        if len(names) <= 1:
            return None
        wanted = str(self._options.get("language", lang))
        for name in names:
            if name == wanted or name.split("-")[0] == wanted:
                return name
        raise EngineError(
            f"the model does not speak “{wanted}”, but {_listed(names)}",
            where=f"voice {self._voice.name}",
            mend="Set “language” in the voice's options to one of these.",
        )

    def _refuse_options(self, names: Iterable[str]) -> None:
        for name in names:
            if name in self._options:
                raise EngineError(
                    f"this kind of model has no option “{name}”", where=f"voice {self._voice.name}"
                )

    def _unknown_speaker(self, known: list[str]) -> EngineError:
        where = f"voice {self._voice.name}"
        if not known:
            return EngineError(
                f"the model has one speaker only, none named “{self._voice.speaker}”",
                where=where,
                mend="Take “speaker” out of the voice.",
            )
        what = "no speaker is chosen"
        if self._voice.speaker:
            what = f"the model has no speaker “{self._voice.speaker}”"
        return EngineError(what, where=where, mend=f"Set “speaker” to one of: {_listed(known)}.")


class VitsSpeaker(CoquiSpeaker):
    """A VITS model, single or multi-speaker, of one or several languages."""

    def __init__(self, voice: Voice, synthesizer: Any) -> None:
        super().__init__(voice, synthesizer)
        self._refuse_options(XTTS_OPTIONS)
        if voice.reference:
            raise EngineError(
                "a VITS model cannot take its voice from a recording",
                where=f"voice {voice.name}",
                mend="Take “reference” out of the voice, or choose an XTTS model.",
            )
        self._speaker = self._choose_speaker()
        self._language(voice.lang)
        model = self._model
        # The model's own pace and noise are what its maker chose; 1 leaves the pace alone.
        model.length_scale *= voice.length_scale
        model.inference_noise_scale = self._options.get("noise_scale", model.inference_noise_scale)
        model.inference_noise_scale_dp = self._options.get(
            "noise_scale_dp", model.inference_noise_scale_dp
        )

    def _choose_speaker(self) -> str | None:
        manager = self._model.speaker_manager
        known = list(manager.speaker_names) if manager else []
        if manager and not known:
            known = list(manager.embedding_names)
        if self._voice.speaker in known or (not self._voice.speaker and len(known) <= 1):
            return self._voice.speaker or None
        raise self._unknown_speaker(known)

    def _wave(self, request: Request) -> NDArray[np.float32]:
        import numpy as np  # noqa: PLC0415
        from TTS.utils.synthesizer import PAD_SILENCE_SAMPLES  # noqa: PLC0415

        language = self._language(request.lang)
        text = respell(request.spoken, request.lang)
        self._check_sounds(text, language)
        samples = self._synthesizer.tts(
            text,
            speaker_name=self._speaker,
            language_name=language,
            split_sentences=False,
        )
        return np.asarray(samples[:-PAD_SILENCE_SAMPLES], dtype=np.float32)

    def _check_sounds(self, spoken: str, language: str | None) -> None:
        """Coqui drops what its alphabet lacks, and makes a noise of what is left of nothing."""
        tokenizer = self._model.tokenizer
        known = language or self._model.language_manager.language_names[0]
        ids = set(tokenizer.text_to_ids(spoken, language=known))
        frame = {tokenizer.pad_id, tokenizer.blank_id}
        if tokenizer.use_eos_bos:
            frame |= {tokenizer.characters.bos_id, tokenizer.characters.eos_id}
        if not ids - frame:
            raise EngineError("the model has no sound for this text", where=spoken[:60])


class XttsSpeaker(CoquiSpeaker):
    """An XTTS model with one of its own speakers, or the voice of a recording."""

    def __init__(self, voice: Voice, synthesizer: Any) -> None:
        super().__init__(voice, synthesizer)
        self._refuse_options(VITS_OPTIONS)
        self._language(voice.lang)
        config = self._model.config
        # transformers insists on the exact types.
        self._settings: Mapping[str, Any] = {
            "length_penalty": float(config.length_penalty),
            **{n: kind(self._options.get(n, config[n])) for n, kind in XTTS_OPTIONS.items()},
        }
        self._conditioning = self._recorded() if voice.reference else self._built_in()

    def _built_in(self) -> tuple[Any, Any]:
        """Latents of a speaker that the model brings with it."""
        manager = self._model.speaker_manager
        speakers = manager.speakers if manager else {}
        if self._voice.speaker not in speakers:
            raise self._unknown_speaker(list(speakers))
        latents, embedding = speakers[self._voice.speaker].values()
        return latents, embedding

    def _recorded(self) -> tuple[Any, Any]:
        """Latents of the voice in a recording, computed once.

        As Coqui's ``get_conditioning_latents`` does it, but for reading the file: that needs
        ffmpeg's libraries on the machine.
        """
        import torch  # noqa: PLC0415

        config, model = self._model.config, self._model
        audio, rate = _read_recording(voice_path(self._voice, "reference", self._voice.reference))
        wave = torch.from_numpy(audio)[None, : rate * config.max_ref_len].to(model.device)
        if config.sound_norm_refs:
            wave = wave / wave.abs().max() * 0.75
        try:
            embedding = model.get_speaker_embedding(wave, rate)
            latents = model.get_gpt_cond_latents(
                wave, rate, length=config.gpt_cond_len, chunk_length=config.gpt_cond_chunk_len
            )
        except _SPEAK_FAILURES as error:
            raise EngineError(
                f"the recording cannot be used: {brief(error)}", where=self._voice.reference
            ) from error
        return latents, embedding

    def _wave(self, request: Request) -> NDArray[np.float32]:
        import numpy as np  # noqa: PLC0415

        latents, embedding = self._conditioning
        answer = self._model.inference(
            request.spoken,
            self._language(request.lang) or request.lang,
            latents,
            embedding,
            speed=1.0 / self._voice.length_scale,
            **self._settings,
        )
        return np.asarray(answer["wav"], dtype=np.float32)


def _read_recording(path: Path) -> tuple[NDArray[np.float32], int]:
    """One channel of a recording, at the rate that XTTS works with."""
    import soundfile  # type: ignore[import-untyped]  # noqa: PLC0415
    import soxr  # type: ignore[import-untyped]  # noqa: PLC0415

    rate = 22_050
    try:
        audio, own_rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, RuntimeError) as error:
        raise EngineError(
            f"the recording cannot be read: {brief(error)}",
            where=str(path),
            mend="It must be WAV, FLAC, MP3 or Ogg.",
        ) from error
    mono = audio.mean(axis=1)
    resampled: NDArray[np.float32] = soxr.resample(mono, own_rate, rate).clip(-1.0, 1.0)
    return resampled, rate


def _check_text(spoken: str) -> None:
    digits = sorted({c for c in spoken if c.isdigit()})
    if digits:
        raise EngineError(
            f"the text still holds digits ({' '.join(digits)}); Coqui would misread them",
            where=spoken[:60],
            mend="Write the numbers out.",
        )
    if not any(c.isalpha() for c in spoken):
        raise EngineError("the text holds nothing to say", where=spoken[:60])


def _seed(seed: int) -> None:
    import numpy as np  # noqa: PLC0415
    import torch  # noqa: PLC0415

    torch.manual_seed(seed)
    random.seed(seed)
    np.random.seed(seed % _NUMPY_SEEDS)  # noqa: NPY002 - the generator that models use


def _pcm(wave: NDArray[np.float32], spoken: str) -> bytes:
    import numpy as np  # noqa: PLC0415

    if wave.size == 0 or not np.isfinite(wave).all():
        raise EngineError("the model gave no sound", where=spoken[:60])
    samples: NDArray[np.int16] = np.rint(wave.clip(-1.0, 1.0) * _PCM_PEAK).astype("<i2")
    return samples.tobytes()


def _listed(names: list[str], most: int = 12) -> str:
    shown = ", ".join(names[:most])
    return f"{shown}, … ({len(names)} in all)" if len(names) > most else shown
