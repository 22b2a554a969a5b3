"""What the sound of a voice depends on besides its settings: the runtime, the model's files."""

from __future__ import annotations

from narrate.engines.coqui.config import ModelConfig
from narrate.engines.coqui.export import SCHEMA as EXPORT_SCHEMA
from narrate.engines.coqui.export import is_exportable
from narrate.engines.coqui.model import (
    ModelFiles,
    config_digest,
    file_digest,
    unreadable,
    voice_path,
)
from narrate.engines.installed import version_of
from narrate.engines.settings import option
from narrate.model import Voice


def runs_on_onnx(voice: Voice, config: ModelConfig) -> bool:
    """Whether ONNX Runtime speaks, else PyTorch."""
    on_cpu = option(voice, "device", "cpu") == "cpu"
    return on_cpu and option(voice, "runtime", "onnx") == "onnx" and is_exportable(config)


def runtime_marks(voice: Voice, config: ModelConfig) -> dict[str, str]:
    """What runs the model, and how."""
    if runs_on_onnx(voice, config):
        onnx = version_of("onnxruntime")
        return {"runtime": f"onnxruntime {onnx} float32", "export": str(EXPORT_SCHEMA)}
    device = option(voice, "device", "cpu")
    return {"runtime": f"torch {version_of('torch')} float32", "device": device}


def espeak_mark() -> str:
    """Versions of espeak-ng's library and of the wheel that brings its data."""
    from narrate.engines.espeak.library import espeak_version  # noqa: PLC0415

    return f"{espeak_version()} ({version_of('espeakng-loader')})"


def file_marks(voice: Voice, files: ModelFiles, config: ModelConfig) -> dict[str, str]:
    """A digest for each file that the sound depends on, and what reads a recording.

    Raises:
        EngineError: A file cannot be read.
    """
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
