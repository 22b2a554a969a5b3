"""Importing Coqui TTS into a process, with what it lacks on some machines made good."""

from __future__ import annotations

import importlib
import logging
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import TypeVar

from narrate.engines.coqui.text_code import forget_text_code
from narrate.errors import EngineError

_Function = TypeVar("_Function", bound=Callable[..., object])

_TORCHAUDIO_EXTENSION = "torchaudio._extension"
_MEND = (
    "Install what it needs: `python -m pip install coqui-tts torch torchaudio torchcodec six "
    "espeakng-loader`."
)


def import_coqui() -> None:
    """Make ``TTS`` importable in this process; takes seconds and loads torch.

    Raises:
        EngineError: A package is missing or does not fit the others.
    """
    forget_text_code()
    with quiet():
        try:
            _import_torchaudio()
            importlib.import_module("TTS.utils.synthesizer")
        except ImportError as error:
            raise EngineError(f"Coqui TTS does not start: {brief(error)}", mend=_MEND) from error
        except (OSError, RuntimeError, AttributeError) as error:
            raise EngineError(
                f"Coqui TTS does not start: {brief(error)}",
                mend="Its packages do not fit each other: install torch and torchaudio anew.",
            ) from error


@contextmanager
def quiet() -> Iterator[None]:
    """Keep to ourselves what Coqui and its libraries tell their own developers."""
    for name in ("TTS", "transformers"):
        logging.getLogger(name).setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _import_torchaudio() -> None:
    """Import torchaudio, even a CUDA build beside a torch for the CPU.

    Its compiled part does not load then. Nothing that Coqui's models do needs that part, and
    torchaudio itself runs without it once its loader says that it is absent.
    """
    try:
        importlib.import_module("torchaudio")
    except OSError as error:
        if "_torchaudio" not in str(error):
            raise
        sys.modules[_TORCHAUDIO_EXTENSION] = _absent_extension()
        importlib.import_module("torchaudio")


def _absent_extension() -> ModuleType:
    def unchanged(function: _Function) -> _Function:
        return function

    module = ModuleType(_TORCHAUDIO_EXTENSION)
    vars(module).update(
        _IS_TORCHAUDIO_EXT_AVAILABLE=False,
        _IS_ALIGN_AVAILABLE=False,
        fail_if_no_align=unchanged,
        _check_cuda_version=lambda: None,
    )
    return module


def brief(error: BaseException) -> str:
    """The first line of a foreign message, of bounded length."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0][:200] if lines else type(error).__name__
