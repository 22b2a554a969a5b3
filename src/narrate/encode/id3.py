"""The frames of an ID3v2.3 tag that ffmpeg has no words for: comment, summary and lyrics.

They are put behind those that ffmpeg wrote, which stay byte for byte as they are: readers list
chapters in the order of their frames. Frames: ID3v2.3.0 sections 3.3, 4.2, 4.9 and 4.11.
"""

from __future__ import annotations

from narrate.encode.metadata import comment, language, lyrics
from narrate.errors import AudioError
from narrate.model import Tags
from narrate.plain_text import one_line

_HEADER = 10
_LATIN_1, _UTF_16 = b"\0", b"\1"
_MOST = 1 << 28


def id3_length(data: bytes) -> int:
    """Bytes of the ID3v2 tag that begins here, its header included; 0 without a tag."""
    if data[:3] != b"ID3" or len(data) < _HEADER:
        return 0
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    return _HEADER + size


def completed(tag: bytes, tags: Tags) -> bytes:
    """A tag as ffmpeg wrote it with the frames it lacks, and without padding.

    Raises:
        AudioError: It has another form than is known.
    """
    lang = language(tags.lang).encode()
    body = tag[_HEADER : _end(tag)]
    if text := comment(tags):
        body += _frame(b"COMM", _text(text, before=lang))
    if text := one_line(tags.description):
        body += _frame(b"TDES", _text(text))
    if text := lyrics(tags):
        body += _frame(b"USLT", _text(text, before=lang))
    if len(body) >= _MOST:
        raise AudioError("the tags of an MP3 file are too long")
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return tag[:6] + size + body


def _end(tag: bytes) -> int:
    """Where the last frame of a tag ends and padding begins."""
    place = _HEADER
    while place + _HEADER <= len(tag) and tag[place]:
        place += _HEADER + int.from_bytes(tag[place + 4 : place + 8], "big")
    if tag[:4] != b"ID3\3" or place > len(tag):
        raise AudioError("ffmpeg wrote the tags of an MP3 file in an unknown form")
    return place


def _frame(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "big") + bytes(2) + content


def _text(text: str, *, before: bytes | None = None) -> bytes:
    """A text with its encoding.

    Args:
        before: Language of the text, which an empty description follows.
    """
    try:
        coding, coded, empty = _LATIN_1, text.encode("latin-1"), b"\0"
    except UnicodeEncodeError:
        coding, empty = _UTF_16, b"\xff\xfe\0\0"
        coded = b"\xff\xfe" + text.encode("utf-16-le", "replace")
    return coding + (b"" if before is None else before + empty) + coded
