"""Covers: drawn from a title, or made from the user's own picture.

Both are square JPEGs as podcast directories ask for them: RGB, 1,400 to 3,000 pixels, below
512 KiB. The same input gives the same bytes.
"""

from __future__ import annotations

from narrate.cover.examined import Picture, examine
from narrate.cover.picture import MAX_BYTES, SIDE, SMALLEST_SIDE, draw_cover, prepare_cover, refusal

__all__ = [
    "MAX_BYTES",
    "SIDE",
    "SMALLEST_SIDE",
    "Picture",
    "draw_cover",
    "examine",
    "prepare_cover",
    "refusal",
]
