"""Documents become scripts: chapters of utterances, and what is left out of them."""

from __future__ import annotations

from narrate.segment.script import segment
from narrate.segment.transcript import LeftOut, Line, transcript

__all__ = ["LeftOut", "Line", "segment", "transcript"]
