"""The engine for Coqui TTS: VITS and XTTS models, by name or from a checkpoint.

This half knows the voice's files and never imports Coqui; the model itself is loaded by
:mod:`narrate.engines.coqui.speaker` in a worker process.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

from narrate.engines.base import Progress, Readiness, Speaker
from narrate.engines.coqui.config import known_phonemes, read_config
from narrate.engines.coqui.download import Download
from narrate.engines.coqui.export import export_model, exported
from narrate.engines.coqui.fingerprint import (
    espeak_mark,
    file_marks,
    runs_on_onnx,
    runtime_marks,
)
from narrate.engines.coqui.lacking import (
    absence,
    how_to_accept,
    how_to_pull,
    make_packaged,
    not_made,
    recording_doubts,
    require_package,
    require_terms,
    terms_error,
    terms_open,
    undownloaded,
)
from narrate.engines.coqui.model import (
    CatalogueEntry,
    ModelFiles,
    downloaded_files,
    is_catalogue_name,
    local_files,
    read_catalogue,
)
from narrate.engines.coqui.packaged import PACKAGED, is_whole
from narrate.engines.coqui.settings import check_settings
from narrate.engines.coqui.variation import can_vary
from narrate.engines.installed import how_to_install, is_installed, version_of
from narrate.errors import EngineError, ShowError
from narrate.model import Voice
from narrate.nearest import did_you_mean
from narrate.revisions import RESPELLING

# Module → package that brings it. Coqui imports `six` without asking for it.
_MODULES = MappingProxyType(
    {
        "TTS": "coqui-tts",
        "torch": "torch",
        "torchaudio": "torchaudio",
        "torchcodec": "torchcodec",
        "six": "six",
        "espeakng_loader": "espeakng-loader",
        "onnxruntime": "onnxruntime",
    }
)
# Measured with a voice of 15 million parameters and the longest utterances; XTTS by the size of
# its weights.
_ONNX_BYTES = 600 * 2**20
_TORCH_BYTES = MappingProxyType({"vits": 1600 * 2**20, "xtts": 5 * 2**30})
_VITS_CHARS = 400
_XTTS_CHARS = 240  # XTTS cuts German off at 253 characters, English at 250


@dataclass(frozen=True, slots=True)
class CoquiEngine:
    """Coqui TTS.

    Attributes:
        catalogue: List of models to be used in place of the one that comes with Coqui.
    """

    catalogue: Path | None = None

    name: ClassVar[str] = "coqui"
    varies: ClassVar[bool] = True
    options: ClassVar[Mapping[str, type]] = MappingProxyType(
        {
            "device": str,
            "language": str,
            "runtime": str,
            "noise_scale": float,
            "noise_scale_dp": float,
            "temperature": float,
            "repetition_penalty": float,
            "top_k": int,
            "top_p": float,
        }
    )
    software: ClassVar[frozenset[str]] = frozenset(
        {
            *("coqui-tts", "runtime", "export", "device", "respelling", "espeak-ng"),
            *("soundfile", "soxr"),
        }
    )

    def validate(self, voice: Voice) -> None:
        """Check the voice's settings; the model's files are not looked at.

        Raises:
            ShowError: A setting is wrong or missing.
        """
        check_settings(voice)

    def check(self, voice: Voice) -> Readiness:
        """Whether the voice can be used here; quick, no network."""
        absent = [package for module, package in _MODULES.items() if not is_installed(module)]
        if absent:
            what = f"not installed: {', '.join(absent)}"
            return Readiness(False, what, how_to_install(*absent))
        if terms_open(voice):
            return Readiness(False, "its terms are not accepted", how_to_accept(voice))
        try:
            return self._check_files(voice)
        except (EngineError, ShowError) as error:
            return Readiness(False, error.what, error.mend)

    def fingerprint(self, voice: Voice) -> Mapping[str, str]:
        """Versions of the software and digests of the model's files.

        A model that is not here yet is named instead; so it has another fingerprint then.
        """
        marks = {"coqui-tts": version_of("coqui-tts")}
        files = self._files(voice)
        if files is None:
            return {**marks, "model": voice.model}
        config = read_config(files)
        marks |= runtime_marks(voice, config)
        if self._family(voice) == "vits":
            marks["respelling"] = str(RESPELLING)
        if config.speaks_phonemes:
            marks["espeak-ng"] = espeak_mark()
        return {**marks, **file_marks(voice, files, config)}

    def max_chars(self, voice: Voice) -> int:
        """Longest spoken form: XTTS is cut off early, VITS only grows slow."""
        return _VITS_CHARS if self._family(voice) == "vits" else _XTTS_CHARS

    def describe(self, voice: Voice) -> str:
        """``Coqui VITS, ONNX Runtime``, as far as it is known while the model is not here."""
        parts = [f"Coqui {self._family(voice).upper()}".rstrip()]
        try:
            if files := self._files(voice):
                on_onnx = runs_on_onnx(voice, read_config(files))
                parts.append("ONNX Runtime" if on_onnx else "PyTorch")
        except (EngineError, ShowError):
            pass
        return ", ".join(parts)

    def phonemes(self, voice: Voice) -> frozenset[str] | None:
        """Symbols of a VITS model that learnt from phonemes; none for letters and for XTTS."""
        try:
            files = self._files(voice)
            return None if files is None else known_phonemes(read_config(files))
        except (EngineError, ShowError):
            return None  # loading the voice tells

    def varies_with(self, voice: Voice) -> bool:
        """Not with all noise at 0, and not when only the likeliest is ever taken."""
        try:
            files = self._files(voice)
            return files is None or can_vary(voice, read_config(files))
        except (EngineError, ShowError):
            return True  # loading the voice tells

    def deadline_s(self, spoken: str) -> float:
        """Generous: XTTS on a slow processor takes ten times as long as the audio lasts."""
        return 60.0 + 2.0 * len(spoken)

    def memory_bytes(self, voice: Voice) -> int:
        """The most memory that one worker takes."""
        try:
            files = self._files(voice)
            if files is not None and runs_on_onnx(voice, read_config(files)):
                return _ONNX_BYTES
        except (EngineError, ShowError):
            pass  # loading the voice tells
        return _TORCH_BYTES[self._family(voice) or "vits"]

    def prepare(self, voice: Voice, progress: Progress) -> None:
        """Download the model if it is named and not here.

        Raises:
            EngineError: The terms are not accepted, the download failed, the package that the
                voice is made from is missing, or no voice can be taken from the recording.
        """
        require_terms(voice)
        if not is_catalogue_name(voice.model):
            if self._files(voice) is None:
                require_package(voice)
                return
            recording_doubts(voice, local_files(voice))
            return
        entry = self._permitted(voice)
        if downloaded_files(entry) is None:
            Download(entry).run(progress)

    def make(self, voice: Voice, say: Callable[[str], None]) -> None:
        """Make the files of a voice that comes in a package, and what ONNX Runtime speaks with.

        Raises:
            EngineError: The model is missing, damaged or unsafe, or cannot be exported.
            OutputError: The voice's folder or the user's cache cannot be written.
        """
        if self._files(voice) is None:
            make_packaged(voice, say)
        files = self._files(voice)
        if files and runs_on_onnx(voice, read_config(files)) and exported(files) is None:
            say("preparing the model for this processor, once")
            export_model(files)

    def pull(self, voice: Voice, progress: Progress, say: Callable[[str], None]) -> None:
        """Download the model, or check the one that is here and download it again if damaged.

        Raises:
            EngineError: As :meth:`prepare`.
        """
        require_terms(voice)
        if not is_catalogue_name(voice.model):
            if self._files(voice) is None:
                make_packaged(voice, say)
            elif voice.model in PACKAGED:
                say("is here")
            else:
                say("has a checkpoint of its own; there is nothing to fetch")
            return
        Download(self._permitted(voice)).pull(progress, say)

    def load(self, voice: Voice) -> Speaker:
        """Load the model into this process.

        Raises:
            EngineError: The model is missing, damaged or unsafe, or its terms are not accepted.
        """
        require_terms(voice)
        files = self._files(voice)
        if files is None:
            raise EngineError(
                absence(voice),
                where=f"voice {voice.name}",
                mend=how_to_pull(voice),
            )
        if not runs_on_onnx(voice, read_config(files)):
            from narrate.engines.coqui.loading import load_speaker  # noqa: PLC0415

            return load_speaker(voice, files)
        from narrate.engines.coqui.onnx_vits import OnnxVitsSpeaker  # noqa: PLC0415

        return OnnxVitsSpeaker(voice, export_model(files))

    def _entry(self, voice: Voice) -> CatalogueEntry:
        known = read_catalogue(self.catalogue)
        try:
            return known[voice.model]
        except KeyError:
            raise EngineError(
                f"Coqui knows no model “{voice.model}”",
                where=f"voice {voice.name}",
                mend=f"{did_you_mean(voice.model, known)}`tts --list_models` lists them.",
            ) from None

    def _permitted(self, voice: Voice) -> CatalogueEntry:
        """The model to fetch, once nothing speaks against it.

        Raises:
            EngineError: No voice can be taken from the recording, or the terms are not accepted.
        """
        recording_doubts(voice, None)  # before gigabytes are fetched for it
        entry = self._entry(voice)
        if entry.terms_required and not voice.accepted:
            raise terms_error(voice)
        return entry

    def _files(self, voice: Voice) -> ModelFiles | None:
        """The model's files; ``None`` while they are still to be fetched or made."""
        if is_catalogue_name(voice.model):
            return downloaded_files(self._entry(voice))
        files = local_files(voice)
        return None if voice.model in PACKAGED and not is_whole(files) else files

    def _family(self, voice: Voice) -> str:
        """The architecture, or empty as long as nothing tells it."""
        try:
            if is_catalogue_name(voice.model):
                return self._entry(voice).family
            if voice.model in PACKAGED:
                return "vits"
            return read_config(local_files(voice)).family
        except (EngineError, ShowError):
            return ""

    def _check_files(self, voice: Voice) -> Readiness:
        files = self._files(voice)
        if files is None and voice.model in PACKAGED:
            return not_made(voice)
        doubts = recording_doubts(voice, files)
        if files is None:
            entry = self._entry(voice)
            if entry.terms_required and not voice.accepted:
                return Readiness(False, "its terms are not accepted", how_to_accept(voice))
            return Readiness(False, undownloaded(entry), how_to_pull(voice))
        config = read_config(files)
        needed = [files.checkpoint, files.config, *config.files]
        for path in needed:
            if not path.is_file():
                return Readiness(False, f"{path} is missing", "Put the file there.")
        return Readiness(True, note="; ".join(doubts))
