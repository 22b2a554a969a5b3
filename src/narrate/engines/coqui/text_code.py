"""The part of Coqui that turns text into symbols, importable without torch.

Coqui's packages import torch as soon as one of them is touched, which takes seconds and hundreds of
megabytes. Its modules for text need none of that, so they are imported from bare packages.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

from narrate.errors import EngineError

_PACKAGES = (
    "TTS",
    "TTS.tts",
    "TTS.tts.utils",
    "TTS.tts.utils.text",
    "TTS.tts.utils.text.phonemizers",
)
_BARE = "_narrate_bare"


def prepare_text_code() -> None:
    """Let modules under ``TTS.tts.utils.text`` be imported alone, unless all of Coqui is here.

    Raises:
        EngineError: Coqui is not installed.
    """
    if "TTS" in sys.modules:
        return
    spec = importlib.util.find_spec("TTS")
    if spec is None or spec.origin is None:
        raise EngineError("Coqui TTS is not installed", mend="Install the package coqui-tts.")
    root = Path(spec.origin).parent
    for name in _PACKAGES:
        package = ModuleType(name)
        package.__path__ = [str(root.joinpath(*name.split(".")[1:]))]
        vars(package)[_BARE] = True
        sys.modules[name] = package


def forget_text_code() -> None:
    """Make way for all of Coqui: its packages will be imported as they are."""
    if hasattr(sys.modules.get("TTS"), _BARE):
        for name in [name for name in sys.modules if name.split(".")[0] == "TTS"]:
            del sys.modules[name]
