"""A VITS model in the form that ONNX Runtime speaks with, made once and kept in the user's cache.

The export takes torch and some seconds, so it runs in a process of its own; workers that only
speak need neither.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from narrate.engines.coqui.config import ModelConfig
from narrate.engines.coqui.model import ModelFiles, config_digest, file_digest
from narrate.engines.user_cache import cache_folder, locked
from narrate.errors import EngineError
from narrate.files import write_failure
from narrate.model import digest

SCHEMA = 3
"""Raise it when the exported networks change: exports are made anew then, and clips too."""

FRONT_END = "front_end.json"
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
    rates = table.get("upsample_rates_decoder", ())
    kernels = table.get("upsample_kernel_sizes_decoder", ())
    even = all(
        kernel % rate == 0 and (kernel - rate) % 2 == 0
        for kernel, rate in zip(kernels, rates, strict=False)
    )
    return bool(knows_text and even and not uses_vectors)


def exported(files: ModelFiles) -> Path | None:
    """The folder of a model's export, or ``None`` while there is none."""
    folder = _folder(files)
    return folder if folder.is_dir() else None


def export_model(files: ModelFiles) -> Path:
    """Export a model unless that was done before; whoever comes meanwhile waits.

    Returns:
        The folder with :data:`FRONT_END`, :data:`TEXT`, :data:`FLOW` and the parts of the decoder.

    Raises:
        EngineError: The model is missing, damaged or unsafe, or cannot be exported.
        OutputError: The user's cache cannot be written.
    """
    folder = _folder(files)
    if folder.is_dir():
        return folder
    with locked(folder):
        if not folder.is_dir():
            _make(files, folder)
    return folder


def _make(files: ModelFiles, folder: Path) -> None:
    try:
        staging = Path(tempfile.mkdtemp(prefix=".new-", dir=folder.parent))
        try:
            _run(files, staging)
            staging.replace(folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise write_failure(folder, error) from error


def _run(files: ModelFiles, folder: Path) -> None:
    arguments = [str(files.checkpoint), str(files.config), str(folder)]
    try:
        child = subprocess.run(  # noqa: S603 - this interpreter, a module of ours
            [sys.executable, "-m", "narrate.engines.coqui.export_child", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_DEADLINE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _failure(files, f"it took longer than {_DEADLINE_S:.0f} s", "") from None
    if child.returncode < 0:
        raise _failure(
            files,
            f"its process was killed (signal {-child.returncode}), as happens when memory runs out",
            "Close other programs and run the command again.",
        )
    try:
        answer = json.loads(child.stdout)
    except ValueError:
        answer = {"error": f"its process ended unexpectedly (status {child.returncode})"}
    if "error" in answer or child.returncode != 0:
        raise _failure(files, str(answer.get("error")), str(answer.get("mend", "")))


def _failure(files: ModelFiles, reason: str, mend: str) -> EngineError:
    return EngineError(
        f"the model cannot be prepared for this processor: {reason}",
        where=str(files.checkpoint),
        mend=mend or 'Set `runtime = "torch"` in the voice\'s options: slower, but it may work.',
    )


def _folder(files: ModelFiles) -> Path:
    try:
        key = digest(
            {
                "schema": SCHEMA,
                "model": file_digest(files.checkpoint),
                "config": config_digest(files.config),
            }
        )
    except OSError as error:
        raise EngineError(
            f"a file of the voice cannot be read: {error.strerror}",
            where=str(error.filename),
            mend="Put the file there, or mend the voice's paths.",
        ) from error
    return cache_folder() / _FOLDER / key
