"""Reading the tags of an MP3: ID3v2.3 and 2.4, and the Info frame.

Frames: ID3v2.3.0 and 2.4.0; chapters: ID3v2 Chapter Frame Addendum 1.0. Files are not trusted.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from narrate.check.audio_file import AudioFile, DamagedError, FileChapter

_HEADER = 10
_MOST_TAG = 64 << 20
_CODINGS = ("latin-1", "utf-16", "utf-16-be", "utf-8")
_SECOND = 1_000
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000)}
_TOC = 4
_MPEG1 = 3
_MONO = 3


def read_mp3(path: Path) -> AudioFile:
    """Tags, chapters and length of an MP3.

    Raises:
        DamagedError: It does not begin with an ID3 tag, or the tag or the first frame is damaged.
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEADER)
        if len(head) < _HEADER or head[:3] != b"ID3" or head[3] not in {3, 4}:
            raise DamagedError("it has no ID3 tag")
        length = _synchsafe(head[6:10])
        if length > _MOST_TAG:
            raise DamagedError("its ID3 tag is too long")
        tag = file.read(length)
        first = file.read(4_096)
    if len(tag) < length:
        raise DamagedError("its ID3 tag is cut off")
    frames = list(_frames(tag, head[3]))
    texts = {name: _text(content) for name, content in frames if name in _TEXTS}
    seconds, has_table = _info(first)
    return AudioFile(
        title=texts.get("TIT2", ""),
        artist=texts.get("TPE1", ""),
        album=texts.get("TALB", ""),
        lang=texts.get("TLAN", ""),
        lists={"CHAP": _chapters(frames, head[3])},
        picture=next((_picture(content) for name, content in frames if name == "APIC"), b""),
        seconds=seconds,
        has_seek_table=has_table,
        gain=_gain(frames),
    )


_TEXTS = frozenset({"TIT2", "TPE1", "TALB", "TLAN"})


def _synchsafe(data: bytes) -> int:
    size = 0
    for byte in data:
        size = size << 7 | byte & 0x7F
    return size


def _frames(tag: bytes, version: int) -> Iterator[tuple[str, bytes]]:
    place = 0
    while place + _HEADER <= len(tag) and tag[place]:
        size = tag[place + 4 : place + 8]
        length = int.from_bytes(size, "big") if version == 3 else _synchsafe(size)  # noqa: PLR2004
        content = tag[place + _HEADER : place + _HEADER + length]
        if len(content) < length:
            raise DamagedError("a frame of its ID3 tag is cut off")
        yield tag[place : place + 4].decode("latin-1"), content
        place += _HEADER + length


def _text(content: bytes) -> str:
    if not content or content[0] >= len(_CODINGS):
        return ""
    return content[1:].decode(_CODINGS[content[0]], "replace").strip("\0\ufeff")


def _chapters(frames: list[tuple[str, bytes]], version: int) -> tuple[FileChapter, ...]:
    """The chapters in the order of the table of contents.

    Raises:
        DamagedError: The table and the chapters do not agree, or lie in different orders.
    """
    found: dict[bytes, FileChapter] = {}
    for name, content in frames:
        if name == "CHAP":
            ident, _, rest = content.partition(b"\0")
            sub = dict(_frames(rest[16:], version))
            start = int.from_bytes(rest[:4], "big") / _SECOND
            found[ident] = FileChapter(start, _text(sub.get("TIT2", b"")))
    tables = [content for name, content in frames if name == "CTOC"]
    if not tables and not found:
        return ()
    if len(tables) != 1:
        raise DamagedError(f"it has {len(tables)} tables of contents instead of one")
    listed = tables[0].partition(b"\0")[2]
    names = listed[2:].split(b"\0")[: listed[1]] if len(listed) > 1 else []
    if names != list(found):
        raise DamagedError("its table of contents and its chapters do not agree")
    return tuple(found.values())


def _picture(content: bytes) -> bytes:
    _, _, rest = content[1:].partition(b"\0")
    end = b"\0\0" if content[:1] in {b"\1", b"\2"} else b"\0"
    return rest[1:].partition(end)[2]


def _gain(frames: list[tuple[str, bytes]]) -> str:
    for name, content in frames:
        if name == "TXXX":
            told, _, value = _text(content).partition("\0")
            if told == "REPLAYGAIN_TRACK_GAIN":
                return value.strip("\ufeff")
    return ""


def _info(first: bytes) -> tuple[float, bool]:
    """Length in seconds that the Info frame claims, and whether it has a seek table."""
    if len(first) < 4 or first[0] != 0xFF or first[1] & 0xE0 != 0xE0:  # noqa: PLR2004 - a sync word
        raise DamagedError("no MP3 frame follows its ID3 tag")
    version, rate = first[1] >> 3 & 3, first[2] >> 2 & 3
    mono = first[3] >> 6 == _MONO
    if version not in _RATES or rate >= len(_RATES[version]):
        raise DamagedError("its first MP3 frame is damaged")
    side = (17 if mono else 32) if version == _MPEG1 else (9 if mono else 17)
    tag = first[4 + side :]
    if tag[:4] not in {b"Info", b"Xing"}:
        return 0.0, False
    flags, frames = int.from_bytes(tag[4:8], "big"), int.from_bytes(tag[8:12], "big")
    place = 16
    if flags & _TOC:
        place += 100
    padding = int.from_bytes(tag[place + 21 : place + 24], "big")
    samples = frames * (1_152 if version == _MPEG1 else 576) - (padding >> 12) - (padding & 0xFFF)
    return samples / _RATES[version][rate], bool(flags & _TOC)
