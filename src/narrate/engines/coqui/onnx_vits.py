"""A loaded VITS voice, run by ONNX Runtime on one thread of the CPU; torch is never imported."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrate.engines.base import Request
from narrate.engines.coqui.choices import (
    choose_language,
    choose_speaker,
    refuse_options,
    refuse_reference,
)
from narrate.engines.coqui.export import FLOW, FRONT_END, TEXT, decoder_file
from narrate.engines.coqui.front_end import Stretch, read_front_end
from narrate.engines.coqui.noise import Noise
from narrate.engines.coqui.speaker import XTTS_OPTIONS
from narrate.engines.coqui.speech import check_text, speech_of
from narrate.engines.coqui.told import with_stand_ins
from narrate.engines.respelling import respell
from narrate.engines.settings import option
from narrate.errors import EngineError
from narrate.model import Speech, Voice

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


WINDOW = 512
"""Most steps that a part of the decoder takes at a time: six seconds of frames; of the finer signal
about 0.7 s, some megabytes that stay in a processor's cache."""


class OnnxVitsSpeaker:
    """A VITS model, single or multi-speaker, of one or several languages.

    Args:
        folder: The model's export.

    Raises:
        EngineError: The export is damaged, or the model lacks the voice's speaker or language.
    """

    def __init__(self, voice: Voice, folder: Path) -> None:
        refuse_options(voice, XTTS_OPTIONS)
        refuse_reference(voice)
        self._voice = voice
        self._front_end = front_end = read_front_end(folder / FRONT_END)
        speaker = choose_speaker(voice, list(front_end.speakers))
        self._language(voice.lang)
        self._condition = (
            _numbers([front_end.speakers.get(speaker or "", 0)]) if front_end.speakers else None
        )
        # The model's own pace and noise are what its maker chose; 1 leaves the pace alone.
        self._length_scale = front_end.length_scale * voice.length_scale
        self._noise_scale = option(voice, "noise_scale", front_end.noise_scale)
        self._noise_scale_dp = option(voice, "noise_scale_dp", front_end.noise_scale_dp)
        self._text = _session(folder / TEXT)
        self._flow = _session(folder / FLOW)
        parts = range(len(front_end.decoder))
        self._decoder = [_session(folder / decoder_file(index)) for index in parts]

    def speak(self, request: Request) -> Speech:
        """Say one sentence.

        Raises:
            EngineError: The text holds digits or nothing that the model can say.
        """
        check_text(request.spoken)
        sounds = request.sounds if self._front_end.phonemizer else ()
        text = respell(with_stand_ins(request.spoken, sounds), request.lang)
        language = self._language(request.lang)
        numbers = self._front_end.numbers(text, language, sounds)
        if self._front_end.is_mute(numbers):
            raise EngineError("the model has no sound for this text", where=request.spoken[:60])
        wave = self._wave(numbers, language, Noise(request.seed))
        return speech_of(wave, self._front_end.sample_rate, request.spoken)

    def close(self) -> None:
        """Let go of the networks."""
        del self._text, self._flow, self._decoder

    def _language(self, lang: str) -> str | None:
        return choose_language(self._voice, lang, list(self._front_end.languages))

    def _wave(self, numbers: list[int], language: str | None, noise: Noise) -> NDArray[np.float32]:
        """Samples of −1 to 1. The names are those of the VITS paper's inference."""
        import numpy as np  # noqa: PLC0415

        inputs: dict[str, NDArray[Any]] = {
            "symbols": _numbers(numbers)[None],
            "noise": noise.durations(len(numbers)),
            "noise_scale": np.array([self._noise_scale_dp], np.float32),
        }
        if self._front_end.has_language_embedding:
            inputs["language"] = _numbers([self._front_end.languages.get(language or "", 0)])
        mean, log_scale, durations = self._run(self._text, inputs)
        counts = np.ceil(durations[0, 0] * np.float32(self._length_scale)).astype(np.int64)
        mean, log_scale = (np.repeat(one, counts, axis=2) for one in (mean, log_scale))
        if not mean.size:
            return np.zeros(0, np.float32)
        drawn = noise.prior(*mean.shape[1:])
        prior = mean + drawn * np.exp(log_scale) * np.float32(self._noise_scale)
        (frames,) = self._run(self._flow, {"prior": prior})
        signal = frames
        for network, stretch in zip(self._decoder, self._front_end.decoder, strict=True):
            signal = self._in_windows(network, stretch, signal)
        return signal.ravel()

    def _in_windows(
        self, network: Any, stretch: Stretch, signal: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """What a part of the decoder makes of a signal [1, C, N]."""
        import numpy as np  # noqa: PLC0415

        context, factor, total = stretch.context, stretch.factor, signal.shape[2]
        windows = -(-total // WINDOW)
        pieces = []
        for index in range(windows):
            start, end = (total * edge // windows for edge in (index, index + 1))
            first = max(0, start - context)
            seen = np.ascontiguousarray(signal[..., first : end + context])
            (stretched,) = self._run(network, {"signal": seen})
            pieces.append(stretched[..., (start - first) * factor : (end - first) * factor])
        return np.concatenate(pieces, axis=2)

    def _run(self, network: Any, inputs: Mapping[str, NDArray[Any]]) -> list[NDArray[np.float32]]:
        """Ask a network, with the speaker where it is asked for; what it does not know is left out.

        A network without a stochastic duration predictor, for one, takes no noise.
        """
        given = dict(inputs)
        if self._condition is not None:
            given["speaker"] = self._condition
        names = {one.name for one in network.get_inputs()}
        outputs: list[NDArray[np.float32]] = network.run(
            None, {name: value for name, value in given.items() if name in names}
        )
        return outputs


def _numbers(values: list[int]) -> NDArray[np.int64]:
    import numpy as np  # noqa: PLC0415

    return np.array(values, np.int64)


def _session(path: Path) -> Any:
    import onnxruntime  # type: ignore[import-untyped]  # noqa: PLC0415
    from onnxruntime.capi import (  # type: ignore[import-untyped]  # noqa: PLC0415
        onnxruntime_pybind11_state as state,
    )

    options = onnxruntime.SessionOptions()
    # One thread: two workers with one each are faster than one worker with two.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except (state.Fail, state.InvalidGraph, state.InvalidProtobuf, state.NoSuchFile) as error:
        raise EngineError(
            "narrate's form of the model is damaged", where=str(path), mend="Delete its folder."
        ) from error
