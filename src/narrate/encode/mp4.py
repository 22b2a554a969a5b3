"""The boxes of an MPEG-4 file that list its packets.

ffmpeg writes chapters, tags and cover, but over a second of sound only: its time and memory grow
with every packet, and ten hours have a million and a half. What it wrote is taken as it is, but
for the boxes of the sound's track that say how long it is and where its packets lie.

Boxes: ISO/IEC 14496-12 sections 8.2.2, 8.3.2, 8.4.2, 8.7 and 8.9.4; ``esds``: 14496-14 section 5.6.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.encode.boxes import BOX_HEADER, box, boxes_in
from narrate.encode.streams import AAC_SAMPLES
from narrate.errors import AudioError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CONTAINERS = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
_IN_CHUNK = 64
"""Packets, a second and a half, that a player fetches at once."""

_SMALL = 1 << 32
_DECODER_CONFIG = b"\x04\x80\x80\x80"
"""Tag and first bytes of the length of a DecoderConfigDescriptor, as ffmpeg writes them."""


@dataclass(frozen=True, slots=True)
class Template:
    """What ffmpeg wrote over a second of sound.

    Attributes:
        data: The payload of its ``mdat``: titles of the chapters, and that second.
        start: Where in its file ``data`` begins; the boxes count from there.
    """

    ftyp: bytes
    moov: bytes
    data: bytes
    start: int


def read_template(file: bytes) -> Template:
    """Take apart what ffmpeg wrote.

    Raises:
        AudioError: A box is missing.
    """
    found: dict[bytes, bytes] = {}
    start = place = 0
    for kind, content in boxes_in(file):
        place += 8 + len(content)
        found[kind] = content
        start = place - len(content) if kind == b"mdat" else start
    try:
        return Template(found[b"ftyp"], found[b"moov"], found[b"mdat"], start)
    except KeyError as error:
        raise AudioError(f"ffmpeg wrote no {error} into an MPEG-4 file") from error


def head(template: Template, sizes: NDArray[np.uint32], rate: int, *, large: bool) -> bytes:
    """Everything of a file before its packets.

    Its length depends on the number of the packets and on ``large`` alone: room can be left for it
    before their sizes are known.

    Args:
        sizes: Bytes of each packet.
        rate: Samples per second.
        large: Whether the file might reach 4 GiB.

    Raises:
        AudioError: ffmpeg's boxes have another form than is known.
    """
    ftyp = box(b"ftyp", template.ftyp)
    total = len(template.data) + int(sizes.sum(dtype="u8"))
    if large:
        mdat = _numbers(1) + b"mdat" + (total + 2 * BOX_HEADER).to_bytes(8, "big")
    else:
        mdat = _numbers(total + BOX_HEADER) + b"mdat"
    # Where the packets lie depends on the length of the boxes that say where they lie.
    length = len(_movie(template, sizes, rate, 0, large=large))
    start = len(ftyp) + length + len(mdat)
    return ftyp + _movie(template, sizes, rate, start, large=large) + mdat + template.data


def _movie(
    template: Template, sizes: NDArray[np.uint32], rate: int, start: int, *, large: bool
) -> bytes:
    """``moov`` for packets that lie behind ``template.data``, which begins at ``start``."""
    import numpy as np  # noqa: PLC0415 - loaded when a file is written

    boxes = dict(boxes_in(template.moov))
    if b"mvhd" not in boxes:
        raise AudioError("ffmpeg wrote an MPEG-4 file of unknown form")
    offsets = _chunk_offsets(sizes, start + len(template.data))
    average = int(sizes.sum(dtype="u8")) * 8 * rate // (sizes.size * AAC_SAMPLES)
    length = _duration(boxes[b"mvhd"])

    def of_sound(kind: bytes, content: bytes) -> bytes:
        if kind == b"edts":
            return b""
        if kind in {b"stco", b"co64"}:
            return _offset_box(offsets, large=large)
        new = {
            b"tkhd": lambda: _lasting(content, 8, length),
            b"mdhd": lambda: _lasting(content, 4, sizes.size * AAC_SAMPLES),
            b"stsd": lambda: _with_rate(content, average),
            b"stts": lambda: _numbers(0, 1, sizes.size, AAC_SAMPLES),
            b"stsc": lambda: _chunks(sizes.size),
            b"stsz": lambda: _numbers(0, 0, sizes.size) + sizes.astype(">u4").tobytes(),
            b"sbgp": lambda: content[:12] + _numbers(sizes.size) + content[16:],
        }.get(kind)
        return box(kind, new() if new else content)

    def of_titles(kind: bytes, content: bytes) -> bytes:
        if kind not in {b"stco", b"co64"}:
            return box(kind, content)
        width = ">u4" if kind == b"stco" else ">u8"
        there = np.frombuffer(content, width, offset=8).astype(np.int64)
        return _offset_box(there - template.start + start, large=large)

    def of_movie(kind: bytes, content: bytes) -> bytes:
        if kind != b"trak":
            return box(kind, content)
        return box(kind, _rewritten(content, of_sound if b"smhd" in content else of_titles))

    return box(b"moov", b"".join(of_movie(*one) for one in boxes_in(template.moov)))


def _rewritten(content: bytes, change: Callable[[bytes, bytes], bytes]) -> bytes:
    """Boxes with what ``change`` makes of each that holds no others."""
    return b"".join(
        box(kind, _rewritten(inner, change)) if kind in _CONTAINERS else change(kind, inner)
        for kind, inner in boxes_in(content)
    )


def _numbers(*numbers: int) -> bytes:
    return b"".join(number.to_bytes(4, "big") for number in numbers)


def _chunks(packets: int) -> bytes:
    """``stsc``: all chunks are alike but for the last."""
    whole, rest = divmod(packets, _IN_CHUNK)
    runs = [(1, _IN_CHUNK, 1)] * bool(whole) + [(whole + 1, rest, 1)] * bool(rest)
    return _numbers(0, len(runs), *(number for run in runs for number in run))


def _chunk_offsets(sizes: NDArray[np.uint32], first: int) -> NDArray[np.int64]:
    import numpy as np  # noqa: PLC0415 - loaded when a file is written

    ends = np.cumsum(sizes, dtype=np.int64)
    return first + np.concatenate([[0], ends[_IN_CHUNK - 1 : -1 : _IN_CHUNK]]).astype(np.int64)


def _offset_box(offsets: NDArray[np.int64], *, large: bool) -> bytes:
    kind, width = (b"co64", ">u8") if large else (b"stco", ">u4")
    return box(kind, _numbers(0, offsets.size) + offsets.astype(width).tobytes())


def _duration(mvhd: bytes) -> int:
    return int.from_bytes(mvhd[24:32] if mvhd[0] else mvhd[16:20], "big")


def _lasting(content: bytes, between: int, duration: int) -> bytes:
    """A ``tkhd`` or ``mdhd`` with another duration, and no times.

    Args:
        between: Bytes between the times and the duration.
    """
    old, new = (8 if content[0] else 4), (8 if duration >= _SMALL else 4)
    place = 4 + 2 * old
    return (
        bytes([new == 8])  # noqa: PLR2004 - version 1 has fields of eight bytes
        + content[1:4]
        + bytes(2 * new)
        + content[place : place + between]
        + duration.to_bytes(new, "big")
        + content[place + between + old :]
    )


def _with_rate(stsd: bytes, average: int) -> bytes:
    """The description of the sound with its bit rate, highest and average."""
    place = stsd.find(_DECODER_CONFIG)
    if place < 0:
        raise AudioError("ffmpeg described the sound of an MPEG-4 file in an unknown way")
    place += len(_DECODER_CONFIG) + 6
    return stsd[:place] + _numbers(average, average) + stsd[place + 8 :]
