"""What stands around the chapters of an MP3 episode besides its tags.

The Info frame and LAME's extension of it have no standard; the fields are those that LAME writes
and that ffmpeg, mpg123 and browsers read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from narrate.encode.streams import (
    MP3_DELAY,
    MP3_ENCODER_DELAY,
    Mp3Header,
    first_frames,
    mp3_header,
)
from narrate.errors import AudioError

_FRAMES_FIELD, _BYTES_FIELD = 1, 2
_CBR = 1
_ENCODER = b"LAME3.100"
"""Players look for such a name before they believe the delay that stands behind it."""

_SETTLED = 2
"""Frames until the encoder has nothing but silence in view."""

_CRC_POLYNOMIAL = 0xA001


def info_frame(first: bytes, samples: int, stream_bytes: int) -> bytes:
    """The frame that tells players how long the sound is and where it begins.

    It has the fields of LAME's extension but no seek table: the table has a resolution of 1/256
    of the file, and players that follow it land seconds off, while a constant bit rate needs none.

    Args:
        first: Header of the first frame of the stream.
        samples: Length of the sound per channel; a multiple of the samples of a frame.
        stream_bytes: Length of all frames behind this one.

    Raises:
        AudioError: The bit rate is too low for it.
    """
    header = mp3_header(first)
    frame = bytearray(first[:4])
    frame[1] |= 1  # no checksum
    frame[2] &= ~2  # no padding
    length = mp3_header(bytes(frame)).length
    frames = samples // header.samples + tail_frames(header)
    padding = frames * header.samples - MP3_ENCODER_DELAY - samples
    frame += bytes(header.side_info) + b"Info"
    frame += (_FRAMES_FIELD | _BYTES_FIELD).to_bytes(4, "big")
    frame += frames.to_bytes(4, "big") + (stream_bytes + length).to_bytes(4, "big")
    frame += _ENCODER + bytes([_CBR]) + bytes(10) + bytes([min(header.kbps, 255)])
    frame += (MP3_ENCODER_DELAY << 12 | padding).to_bytes(3, "big") + bytes(4)
    frame += (stream_bytes + length).to_bytes(4, "big") + bytes(2)
    frame += _crc16(frame).to_bytes(2, "big")
    if len(frame) > length:
        raise AudioError(
            f"{header.kbps} kbit/s leave no room for the length of an MP3 file",
            mend="Set a higher bit rate.",
        )
    return bytes(frame) + bytes(length - len(frame))


def tail_frames(header: Mp3Header) -> int:
    """Frames behind the last chapter that bring out the end which the delay holds back."""
    return -(-MP3_DELAY // header.samples)


def silent_frames(part: Path) -> bytes:
    """The frames to put behind the last chapter, from the silence that ``part`` begins with.

    Raises:
        AudioError: The chapter is damaged.
    """
    wanted = tail_frames(mp3_header(first_frames(part, "mp3", 1)[0]))
    frames = first_frames(part, "mp3", _SETTLED + wanted)[_SETTLED:]
    if len(frames) < wanted:
        raise AudioError("an encoded chapter is damaged: it is too short")
    return b"".join(frames)


def _crc16(data: Sequence[int]) -> int:
    """CRC-16 with the reflected polynomial 0x8005, as LAME's tag has it."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (_CRC_POLYNOMIAL if crc & 1 else 0)
    return crc
