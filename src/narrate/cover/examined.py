"""What a picture is, before or after it was made a cover."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image

_FORMATS = ("JPEG", "PNG", "WEBP")
_MOST_PIXELS = 64_000_000

_KEPT = 8
"""Pictures whose outcome is kept: every file of a show carries the same few covers."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that can be read.

    Attributes:
        mode: Pillow's name for its colours: ``RGB``, ``CMYK``, ``L``, ….
        form: ``JPEG``, ``PNG`` or ``WEBP``.
        is_transparent: Parts of it may be seen through.
    """

    width: int
    height: int
    mode: str
    form: str
    is_transparent: bool


@lru_cache(maxsize=_KEPT)
def examine(data: bytes) -> Picture | None:
    """The picture that a file's bytes are, decoded to its end; ``None`` when they are none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    return None
                picture.load()
                return Picture(
                    picture.width,
                    picture.height,
                    picture.mode,
                    picture.format or "",
                    picture.has_transparency_data,
                )
    # Pillow's readers raise almost anything on damaged files.
    except Exception:  # noqa: BLE001
        return None
