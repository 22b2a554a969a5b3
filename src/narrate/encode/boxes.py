"""Boxes, which an MPEG-4 file is made of (ISO/IEC 14496-12 section 4.2)."""

from __future__ import annotations

from collections.abc import Iterator

from narrate.errors import AudioError

BOX_HEADER = 8
"""Bytes of length and kind before the content of a box."""


def boxes_in(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each box; ffmpeg gives only ``mdat`` beyond 4 GiB a longer header.

    Raises:
        AudioError: The data are no boxes.
    """
    place = 0
    while place < len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        if not BOX_HEADER <= length <= len(data) - place:
            raise AudioError("ffmpeg wrote an MPEG-4 file of unknown form")
        yield data[place + 4 : place + 8], data[place + 8 : place + length]
        place += length


def box(kind: bytes, content: bytes) -> bytes:
    """A box of its kind and content."""
    return (len(content) + BOX_HEADER).to_bytes(4, "big") + kind + content
