"""What ffmpeg leaves out of a ``moov``: lyrics, ReplayGain, the language of the chapters.

Items are Apple's: ``ilst`` within ``udta`` and ``meta``, each with a ``data`` box; those without a
kind of their own are called ``----`` and have a name.
"""

from __future__ import annotations

from narrate.encode.boxes import box, boxes_in
from narrate.encode.metadata import language, lyrics, replay_gain
from narrate.model import Tags

_UTF_8 = b"\0\0\0\1" + bytes(4)
"""Kind of an item's value, and no locale."""

_TO_ILST = (b"udta", b"meta", b"ilst")
_TO_LANGUAGE = (b"trak", b"mdia", b"mdhd")
_FULL = 4
"""Bytes of version and flags that a ``meta`` box begins with."""


def completed_movie(moov: bytes, tags: Tags) -> bytes:
    """The content of a ``moov`` with the items it lacks and one language for all its tracks."""
    items = b""
    if text := lyrics(tags):
        items += box(b"\xa9lyr", _value(text))
    for name, value in replay_gain(tags).items():
        mean = box(b"mean", bytes(_FULL) + b"com.apple.iTunes")
        items += box(b"----", mean + box(b"name", bytes(_FULL) + name.encode()) + _value(value))
    return _completed(moov, items, _packed(language(tags.lang)), ())


def _completed(content: bytes, items: bytes, lang: bytes, path: tuple[bytes, ...]) -> bytes:
    """Boxes with what is to be added or changed in them, as deep as that lies."""
    made = []
    for kind, inner in boxes_in(content):
        here = (*path, kind)
        if here == _TO_ILST:
            new = inner + items
        elif here == _TO_LANGUAGE:
            new = _with_language(inner, lang)
        elif here == _TO_ILST[: len(here)] or here == _TO_LANGUAGE[: len(here)]:
            skipped = _FULL if kind == b"meta" else 0
            new = inner[:skipped] + _completed(inner[skipped:], items, lang, here)
        else:
            new = inner
        made.append(box(kind, new))
    return b"".join(made)


def _value(text: str) -> bytes:
    return box(b"data", _UTF_8 + text.encode("utf-8", "replace"))


def _with_language(mdhd: bytes, lang: bytes) -> bytes:
    place = 32 if mdhd[0] else 20
    return mdhd[:place] + lang + mdhd[place + len(lang) :]


def _packed(lang: str) -> bytes:
    """An ISO 639-2 code in three times five bits (ISO/IEC 14496-12 section 8.4.2.3)."""
    first, second, third = (ord(letter) - 0x60 for letter in lang)
    return (first << 10 | second << 5 | third).to_bytes(2, "big")
