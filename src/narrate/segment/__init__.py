"""Documents become scripts: chapters of utterances, and what is left out of them."""

from __future__ import annotations

from narrate.segment.account import account
from narrate.segment.disclosure import disclosure_text
from narrate.segment.script import segment

__all__ = ["account", "disclosure_text", "segment"]
