"""Encoded chapters as streams of frames: reading their headers, cutting them, counting them.

An encoder puts its own delay in front of the sound and some frames behind it. Cut as
:data:`STREAMS` says, the stream of a chapter stands for exactly as many samples as went in, and
streams cut like this can be put one behind the other. MP3 keeps its delay of
:data:`MP3_DELAY` samples in every chapter (players are told once, for the whole file); the last
part of a chapter is lost by that, so it has to be silent. AAC's delay is one whole packet, which is
dropped.

Headers: ISO/IEC 11172-3 section 2.4.1.3 and 13818-3 (MP3), ISO/IEC 14496-3 section 1.A.2.2 (ADTS).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from narrate.errors import AudioError

MP3_DELAY = 576 + 529
"""Samples before the sound: LAME's own delay, and the decoder's."""

MP3_ENCODER_DELAY = 576

SAMPLE_RATES = (16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
"""Those that both formats have; ffmpeg would quietly choose another for the rest."""

JOIN_FRAMES = 9216
"""Chapters are a multiple of this: the least that fills MP3's 1,152 and AAC's 1,024 samples."""

JOIN_SILENCE = 2304
"""Silent samples that a chapter must end with: more than MP3's delay, which is cut off."""

ADTS_HEADER = 7
"""Bytes before an AAC packet in ADTS without checksums."""

AAC_SAMPLES = 1024
"""Samples per channel of an AAC packet."""

_BLOCK = 1 << 20
_MP3_HEADER = 4
_MP3_SYNC = 0xFFE0
_ADTS_SYNC, _ADTS_SYNC_AND_LAYER = 0xFFF1, 0xFFF7
_MPEG1, _MPEG2 = 3, 2
_MONO = 3
_LAYER_3 = 1
_MP3_RATES = (44_100, 48_000, 32_000)
_MP3_KBPS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_MP3_KBPS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)


@dataclass(frozen=True, slots=True)
class FrameHeader:
    """Of one encoded frame.

    Attributes:
        length: Bytes, the header included.
        samples: Samples per channel that it stands for.
    """

    length: int
    samples: int


@dataclass(frozen=True, slots=True)
class Mp3Header(FrameHeader):
    """Of an MP3 frame.

    Attributes:
        side_info: Bytes between the header and the place of an Info tag.
        kbps: Bit rate.
    """

    side_info: int
    kbps: int


@dataclass(frozen=True, slots=True)
class StreamForm:
    """How a format's chapters are kept.

    Attributes:
        muxer: ffmpeg's name for it when writing.
        demuxer: And when reading.
        drop: Frames at the beginning of what the encoder writes that are dropped.
    """

    muxer: str
    demuxer: str
    drop: int


STREAMS = {"mp3": StreamForm("mp3", "mp3", 0), "m4b": StreamForm("adts", "aac", 1)}
"""Format of an episode → form of its encoded chapters."""


def mp3_header(data: bytes) -> Mp3Header:
    """Read the first four bytes of an MPEG-1 or MPEG-2 layer 3 frame.

    Raises:
        AudioError: They are no such header.
    """
    if len(data) < _MP3_HEADER or int.from_bytes(data[:2], "big") & _MP3_SYNC != _MP3_SYNC:
        raise AudioError("an encoded chapter is damaged: an MP3 frame was expected")
    version = data[1] >> 3 & 3
    rate_index, kbps_index = data[2] >> 2 & 3, data[2] >> 4
    if (
        version not in (_MPEG1, _MPEG2)
        or data[1] >> 1 & 3 != _LAYER_3
        or rate_index >= len(_MP3_RATES)
        or not 0 < kbps_index < len(_MP3_KBPS_1)
    ):
        raise AudioError("an encoded chapter is damaged: an MP3 frame has an invalid header")
    mono = data[3] >> 6 == _MONO
    if version == _MPEG1:
        rate, kbps, samples = _MP3_RATES[rate_index], _MP3_KBPS_1[kbps_index], 1152
        side_info = 17 if mono else 32
    else:
        rate, kbps, samples = _MP3_RATES[rate_index] // 2, _MP3_KBPS_2[kbps_index], 576
        side_info = 9 if mono else 17
    length = samples // 8 * kbps * 1000 // rate + (data[2] >> 1 & 1)
    return Mp3Header(length, samples, side_info, kbps)


def adts_header(data: bytes) -> FrameHeader:
    """Read the first seven bytes of an ADTS frame with one AAC packet and no checksum.

    Raises:
        AudioError: They are no such header.
    """
    sync = int.from_bytes(data[:2], "big") & _ADTS_SYNC_AND_LAYER
    if len(data) < ADTS_HEADER or sync != _ADTS_SYNC:
        raise AudioError("an encoded chapter is damaged: an ADTS frame was expected")
    length = (data[3] & 3) << 11 | data[4] << 3 | data[5] >> 5
    if length <= ADTS_HEADER or data[6] & 3:
        raise AudioError("an encoded chapter is damaged: an ADTS frame has an invalid header")
    return FrameHeader(length, AAC_SAMPLES)


def sample_count(part: Path, fmt: str) -> int:
    """Samples per channel that the frames of an encoded chapter stand for.

    Raises:
        AudioError: It is not made of whole frames.
    """
    with part.open("rb") as file:
        return sum(header.samples for _, header in _frames(file, fmt))


def cut_stream(encoded: Path, fmt: str, samples: int, destination: Path) -> None:
    """Keep those frames of an encoder's output that stand for its ``samples`` of input.

    Raises:
        AudioError: There are too few, or they are damaged.
        OSError: ``destination`` cannot be written.
    """
    with encoded.open("rb") as source:
        start = end = kept = 0
        for offset, header in islice(_frames(source, fmt), STREAMS[fmt].drop, None):
            start = start if kept else offset
            end = offset + header.length
            kept += header.samples
            if kept >= samples:
                break
        if kept != samples:
            raise AudioError(
                f"the encoder returned {kept} instead of {samples} samples of a chapter"
            )
        source.seek(start)
        with destination.open("wb") as file:
            for size in _blocks(end - start):
                file.write(source.read(size))


def first_frames(part: Path, fmt: str, count: int) -> list[bytes]:
    """The first ``count`` frames of a chapter, or as many as it has, but one at least.

    Raises:
        AudioError: The chapter is damaged.
    """
    frames: list[bytes] = []
    with part.open("rb") as file:
        for data, found in frame_blocks(file, fmt):
            frames += [data[o : o + h.length] for o, h in found[: count - len(frames)]]
            if len(frames) == count:
                break
    if not frames:
        raise AudioError("an encoded chapter is damaged: it is empty")
    return frames


def frame_blocks(
    file: BinaryIO, fmt: str
) -> Iterator[tuple[bytes, Sequence[tuple[int, FrameHeader]]]]:
    """A file in blocks of whole frames: their bytes, and offset in them and header of each.

    A chapter may be longer than memory allows, and an episode has millions of frames: a header that
    was read before is known by its bytes.

    Raises:
        AudioError: The file is not made of whole frames.
    """
    read, size = (mp3_header, _MP3_HEADER) if fmt == "mp3" else (adts_header, ADTS_HEADER)
    known: dict[bytes, FrameHeader] = {}
    rest = b""
    while block := file.read(_BLOCK):
        data = rest + block
        frames: list[tuple[int, FrameHeader]] = []
        offset, length = 0, len(data)
        while offset + size <= length:
            head = data[offset : offset + size]
            header = known.get(head)
            if header is None:
                header = known[head] = read(head)
            if offset + header.length > length:
                break
            frames.append((offset, header))
            offset += header.length
        yield data[:offset], frames
        rest = data[offset:]
    if rest:
        raise AudioError("an encoded chapter is damaged: its last frame is cut off")


def _frames(file: BinaryIO, fmt: str) -> Iterator[tuple[int, FrameHeader]]:
    """Offset and header of each frame of a file."""
    start = 0
    for data, frames in frame_blocks(file, fmt):
        for offset, header in frames:
            yield start + offset, header
        start += len(data)


def _blocks(total: int) -> Iterator[int]:
    while total > 0:
        yield min(_BLOCK, total)
        total -= _BLOCK
