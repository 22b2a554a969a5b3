"""Coqui TTS: VITS and XTTS models, by name or from a checkpoint."""

from narrate.engines.coqui.engine import CoquiEngine

__all__ = ["CoquiEngine"]
