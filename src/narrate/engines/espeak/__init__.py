"""espeak-ng from the wheel ``espeakng-loader``: a voice of its own, and phonemes for Coqui."""

from narrate.engines.espeak.engine import EspeakEngine

__all__ = ["EspeakEngine"]
