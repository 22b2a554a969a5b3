"""Engines: what turns a spoken form into audio, behind one narrow protocol.

An engine is found through the entry-point group ``narrate.engines``, so that another package can
bring one. Two halves:

- :class:`Engine` answers questions about a voice in narrate's own process. It must not import
  anything heavy and must not load a model.
- :class:`Speaker` is the loaded voice. It lives in a worker process (``narrate.engines.worker``),
  so that a crash, a hang or a leak of foreign code never reaches the build.
"""

from __future__ import annotations

from narrate.engines.base import Engine, Phonetic, Progress, Readiness, Request, Speaker, Weighed
from narrate.engines.registry import engine_names, find_engine, varies

__all__ = [
    "Engine",
    "Phonetic",
    "Progress",
    "Readiness",
    "Request",
    "Speaker",
    "Weighed",
    "engine_names",
    "find_engine",
    "varies",
]
