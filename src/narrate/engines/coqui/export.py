"""A VITS model in the form that ONNX Runtime speaks with, made once and kept in the user's cache.

The export takes torch and some seconds, so it runs in a process of its own; workers that only
speak need neither.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from narrate.engines.coqui.child import ChildError, ask
from narrate.engines.coqui.config import ModelConfig, read_config
from narrate.engines.coqui.model import ModelFiles, config_digest, file_digest, unreadable
from narrate.engines.installed import version_of
from narrate.engines.user_cache import cache_folder, locked
from narrate.errors import EngineError
from narrate.files import replacing_folder, sha256_of
from narrate.model import digest

SCHEMA = 4
"""Raise it when the exported networks change: exports are made anew then, and clips too."""

FRONT_END, DIGESTS = "front_end.json", "sha256.json"
TEXT, FLOW = "text.onnx", "flow.onnx"


def decoder_file(index: int) -> str:
    """Name of the file with one part of the decoder, from 0."""
    return f"decoder-{index}.onnx"


PHONEMIZERS = ("espeak", "piper_espeak", "piper_text")
"""Those that workers without torch can ask."""

_DEADLINE_S = 280.0
"""Less than a worker may take to load a voice."""

_FOLDER = "vits"


def is_exportable(config: ModelConfig) -> bool:
    """Whether ONNX Runtime can speak for Coqui: a VITS model with parts that the export knows."""
    if config.family != "vits":
        return False
    arguments = config.settings.get("model_args")
    table = arguments if isinstance(arguments, Mapping) else {}
    uses_vectors = config.settings.get("use_d_vector_file") or table.get("use_d_vector_file")
    phonemizer = config.settings.get("phonemizer") or "espeak"
    knows_text = not config.speaks_phonemes or phonemizer in PHONEMIZERS
    return bool(
        knows_text and _upsamples_evenly(table) and _flows_narrowly(table) and not uses_vectors
    )


def _upsamples_evenly(arguments: Mapping[str, object]) -> bool:
    """Whether each stage of the decoder is as long as its stride says; defaults are."""
    rates = arguments.get("upsample_rates_decoder", ())
    kernels = arguments.get("upsample_kernel_sizes_decoder", ())
    if not isinstance(rates, list | tuple) or not isinstance(kernels, list | tuple):
        return False
    return all(
        isinstance(kernel, int)
        and isinstance(rate, int)
        and rate > 0
        and kernel % rate == 0
        and (kernel - rate) % 2 == 0
        for kernel, rate in zip(kernels, rates, strict=False)
    )


def _flows_narrowly(arguments: Mapping[str, object]) -> bool:
    """Whether the flow's convolutions are of the kind that is computed fast; defaults are."""
    taps, dilation = arguments.get("kernel_size_flow", 5), arguments.get("dilation_rate_flow", 1)
    return taps in {1, 3, 5, 7} and dilation == 1


def exported(files: ModelFiles) -> Path | None:
    """The folder of a model's export, or ``None`` while there is no whole one."""
    folder = export_folder(files)
    return folder if _is_whole(folder) else None


def export_model(files: ModelFiles) -> Path:
    """Export a model unless that was done before; whoever comes meanwhile waits.

    A damaged export is made anew.

    Returns:
        The folder with :data:`FRONT_END`, :data:`TEXT`, :data:`FLOW` and the parts of the decoder.

    Raises:
        EngineError: The model is missing, damaged or unsafe, or cannot be exported.
        OutputError: The user's cache cannot be written.
    """
    folder = export_folder(files)
    if _is_whole(folder):
        return folder
    with locked(folder):
        if not _is_whole(folder):
            _make(files, folder)
    return folder


def _is_whole(folder: Path) -> bool:
    """Whether an export is here and each of its files is as it was made."""
    try:
        noted = json.loads((folder / DIGESTS).read_text(encoding="utf-8"))
        return bool(noted == _digests(folder))
    except (OSError, ValueError):
        return False


def _digests(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.iterdir() if path.name != DIGESTS)
    return {path.name: sha256_of(path) for path in paths}


def _make(files: ModelFiles, folder: Path) -> None:
    with replacing_folder(folder) as staging:
        request = {
            "checkpoint": str(files.checkpoint),
            "config": str(files.config),
            "folder": str(staging),
        }
        try:
            ask("export_child", request, _DEADLINE_S)
        except (EngineError, ChildError) as error:
            what = error.what if isinstance(error, EngineError) else str(error)
            raise _failure(files, what, error.mend) from error
        (staging / DIGESTS).write_text(json.dumps(_digests(staging)), encoding="utf-8")


def _failure(files: ModelFiles, reason: str, mend: str) -> EngineError:
    return EngineError(
        f"the model cannot be prepared for this processor: {reason}",
        where=str(files.checkpoint),
        mend=mend or 'Set `runtime = "torch"` in the voice\'s options: slower, but it may work.',
    )


def export_folder(files: ModelFiles) -> Path:
    """Where a model's export belongs: named by all that it is made of."""
    try:
        key = digest(
            {
                "schema": SCHEMA,
                "coqui-tts": version_of("coqui-tts"),
                "model": file_digest(files.checkpoint),
                "config": config_digest(files.config),
                "lists": [file_digest(path) for path in read_config(files).files],
            }
        )
    except OSError as error:
        raise unreadable(error) from error
    return cache_folder() / _FOLDER / key
