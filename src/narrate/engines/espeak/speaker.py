"""Speaks with espeak-ng, in the worker process.

What was said before is heard in what follows, so each utterance needs a library that has said
nothing yet: that of a child process where the system can fork, or else one loaded anew. Both ways
give the same samples.
"""

from __future__ import annotations

from narrate.engines.embedded import Synthesis
from narrate.engines.espeak.library import Espeak, Manner
from narrate.errors import EngineError


def inherited(manner: Manner) -> Synthesis:
    """Speak with a library loaded now: for a child process that speaks once.

    Raises:
        EngineError: The library is missing, damaged or does not fit this machine.
    """
    library = Espeak()
    return lambda text: _said(library, text, manner)


def reloaded(manner: Manner) -> Synthesis:
    """Speak in this process with a library loaded for each utterance.

    Nothing else in the process may have it loaded.
    """

    def synthesise(text: str) -> bytes:
        library = Espeak()
        try:
            return _said(library, text, manner)
        finally:
            library.close()

    return synthesise


def _said(library: Espeak, text: str, manner: Manner) -> bytes:
    try:
        return library.speak(text, manner)
    except EngineError as error:
        raise RuntimeError(error.what) from error
