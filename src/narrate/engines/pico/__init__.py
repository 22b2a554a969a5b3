"""SVOX Pico: small embedded voices that need no network and no model file."""

from narrate.engines.pico.engine import PicoEngine

__all__ = ["PicoEngine"]
