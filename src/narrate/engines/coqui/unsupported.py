"""What the networks made for ONNX Runtime cannot compute."""

from __future__ import annotations


class UnsupportedModelError(Exception):
    """The model has something in it that is not known here."""
