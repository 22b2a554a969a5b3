"""The part of Coqui that turns text into symbols, importable without torch.

Coqui's packages import torch as soon as one of them is touched, which takes seconds and hundreds of
megabytes. Its modules for text need none of that, so they are imported from bare packages.
"""

from __future__ import annotations

import importlib.util
import sys
from importlib.machinery import ModuleSpec

from narrate.engines.coqui.model import coqui_folder

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
    root = coqui_folder()
    for name in _PACKAGES:
        folder = root.joinpath(*name.split(".")[1:])
        # With a specification, so that others still find the package.
        bare = ModuleSpec(name, None, origin=str(folder / "__init__.py"), is_package=True)
        bare.submodule_search_locations = [str(folder)]
        package = importlib.util.module_from_spec(bare)
        vars(package)[_BARE] = True
        sys.modules[name] = package


def forget_text_code() -> None:
    """Make way for all of Coqui: its packages will be imported as they are."""
    if hasattr(sys.modules.get("TTS"), _BARE):
        for name in [name for name in sys.modules if name.split(".")[0] == "TTS"]:
            del sys.modules[name]
