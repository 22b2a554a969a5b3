"""Documents become scripts: chapters of utterances, and what is left out of them."""

from __future__ import annotations

from narrate.segment.script import segment

__all__ = ["segment"]
