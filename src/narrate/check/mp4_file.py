"""Reading an MPEG-4 file: tags, and both lists of chapters.

Boxes: ISO/IEC 14496-12; ``ilst`` and the text track: QuickTime File Format; ``chpl``: Nero's list,
as ffmpeg and mutagen read it. Files are not trusted.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from narrate.check.audio_file import AudioFile, DamagedError, FileChapter

_MOST_MOOV = 256 << 20
_NERO_TICKS = 10_000_000
_MOST_TITLES = 10_000


def read_mp4(path: Path) -> AudioFile:
    """Tags, both lists of chapters, and the length of an M4B or M4A.

    Raises:
        DamagedError: It has another form.
        OSError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            return _read(file, path.stat().st_size)
    except (struct.error, IndexError, ValueError) as error:
        raise DamagedError("its index is damaged") from error


def _read(file: BinaryIO, size: int) -> AudioFile:
    moov = _moov(file, size)
    tracks = [_track(content) for kind, content in _boxes(moov) if kind == b"trak"]
    sound = next((one for one in tracks if one.kind == b"soun"), None)
    if sound is None:
        raise DamagedError("it holds no sound")
    udta = _inside(moov, b"udta")
    items = _items(_inside(_inside(udta, b"meta")[4:], b"ilst"))
    titles = next((one for one in tracks if one.number in sound.chapters), None)
    return AudioFile(
        title=_plain(items.get(b"\xa9nam", b"")),
        artist=_plain(items.get(b"\xa9ART", b"")),
        album=_plain(items.get(b"\xa9alb", b"")),
        lang=sound.lang,
        lists={
            "chpl": _nero(_inside(udta, b"chpl")),
            "text track": _text_track(file, titles) if titles else (),
        },
        picture=items.get(b"covr", b""),
        seconds=sound.seconds,
        kind=int.from_bytes(items[b"stik"], "big") if b"stik" in items else None,
        gain=_plain(items.get(b"replaygain_track_gain", b"")),
    )


@dataclass(frozen=True, slots=True)
class _Track:
    """What is asked of a track.

    Attributes:
        chapters: Numbers of the tracks that hold its chapters' titles.
    """

    number: int
    kind: bytes
    lang: str
    timescale: int
    seconds: float
    chapters: tuple[int, ...]
    table: bytes


def _moov(file: BinaryIO, size: int) -> bytes:
    place = 0
    while place + 8 <= size:
        file.seek(place)
        head = file.read(16)
        length, kind = int.from_bytes(head[:4], "big"), head[4:8]
        begin = 8
        if length == 1:
            length, begin = int.from_bytes(head[8:16], "big"), 16
        if length < begin or place + length > size:
            raise DamagedError("it is cut off, or no MPEG-4 file")
        if kind == b"moov":
            if length > _MOST_MOOV:
                raise DamagedError("its index is too long")
            file.seek(place + begin)
            return file.read(length - begin)
        place += length
    raise DamagedError("it has no index")


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place + 8 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        if not 8 <= length <= len(data) - place:  # noqa: PLR2004 - a header's length
            raise DamagedError("its index is damaged")
        yield data[place + 4 : place + 8], data[place + 8 : place + length]
        place += length


def _inside(data: bytes, *path: bytes) -> bytes:
    """The content of the first box at a path; empty where there is none."""
    for name in path:
        data = next((content for kind, content in _boxes(data) if kind == name), b"")
    return data


def _track(content: bytes) -> _Track:
    tkhd, mdhd = _inside(content, b"tkhd"), _inside(content, b"mdia", b"mdhd")
    [number] = struct.unpack_from(">I", tkhd, 20 if tkhd[0] else 12)
    if mdhd[0]:
        timescale, duration, lang = struct.unpack_from(">IQH", mdhd, 20)
    else:
        timescale, duration, lang = struct.unpack_from(">IIH", mdhd, 12)
    letters = (chr((lang >> shift & 0x1F) + 0x60) for shift in (10, 5, 0))
    told = _inside(content, b"tref", b"chap")
    return _Track(
        number=number,
        kind=_inside(content, b"mdia", b"hdlr")[8:12],
        lang="".join(letters),
        timescale=max(timescale, 1),
        seconds=duration / max(timescale, 1),
        chapters=struct.unpack(f">{len(told) // 4}I", told[: len(told) // 4 * 4]),
        table=_inside(content, b"mdia", b"minf", b"stbl"),
    )


def _items(ilst: bytes) -> dict[bytes, bytes]:
    """Values by the kind of their item; those without a kind of their own by their name."""
    found = {}
    for kind, content in _boxes(ilst):
        name = _inside(content, b"name")[4:] if kind == b"----" else kind
        found[name] = _inside(content, b"data")[8:]
    return found


def _plain(value: bytes) -> str:
    return value.decode("utf-8", "replace")


def _nero(chpl: bytes) -> tuple[FileChapter, ...]:
    if not chpl:
        return ()
    place, chapters = 9, []
    for _ in range(chpl[8]):
        [start] = struct.unpack_from(">Q", chpl, place)
        length = chpl[place + 8]
        title = chpl[place + 9 : place + 9 + length]
        chapters.append(FileChapter(start / _NERO_TICKS, _plain(title)))
        place += 9 + length
    return tuple(chapters)


def _text_track(file: BinaryIO, track: _Track) -> tuple[FileChapter, ...]:
    """Titles of a track of text, where each begins."""
    sizes = _sample_sizes(_inside(track.table, b"stsz"))
    starts = _starts(_inside(track.table, b"stts"), track.timescale)
    chapters = []
    for offset, size, start in zip(_places(track.table, sizes), sizes, starts, strict=False):
        file.seek(offset)
        sample = file.read(min(size, 1 << 16))
        length = int.from_bytes(sample[:2], "big")
        chapters.append(FileChapter(start, _plain(sample[2 : 2 + length])))
    return tuple(chapters)


def _places(table: bytes, sizes: Sequence[int]) -> Iterator[int]:
    """Where in the file each sample lies: in chunks, one behind the other."""
    stsc = _inside(table, b"stsc")
    [count] = struct.unpack_from(">I", stsc, 4)
    runs = {
        first: samples for first, samples, _ in struct.iter_unpack(">III", stsc[8 : 8 + 12 * count])
    }
    left, in_chunk = iter(sizes), 0
    for number, place in enumerate(_offsets(table), start=1):
        in_chunk = min(runs.get(number, in_chunk), _MOST_TITLES)
        for size in islice(left, in_chunk):
            yield place
            place += size  # noqa: PLW2901 - the next sample follows


def _sample_sizes(stsz: bytes) -> list[int]:
    alike, count = struct.unpack_from(">II", stsz, 4)
    count = min(count, _MOST_TITLES)
    return [alike] * count if alike else list(struct.unpack_from(f">{count}I", stsz, 12))


def _offsets(table: bytes) -> list[int]:
    stco, co64 = _inside(table, b"stco"), _inside(table, b"co64")
    box, letter = (stco, "I") if stco else (co64, "Q")
    [count] = struct.unpack_from(">I", box, 4)
    return list(struct.unpack_from(f">{min(count, _MOST_TITLES)}{letter}", box, 8))


def _starts(stts: bytes, timescale: int) -> Iterator[float]:
    [count] = struct.unpack_from(">I", stts, 4)
    time = 0
    for run in range(count):
        samples, length = struct.unpack_from(">II", stts, 8 + 8 * run)
        for _ in range(min(samples, _MOST_TITLES)):
            yield time / timescale
            time += length
