"""What ffmpeg leaves out of a ``moov``, or cuts: lyrics, ReplayGain, languages, long titles.

Items are Apple's: ``ilst`` within ``udta`` and ``meta``, each with a ``data`` box; those without a
kind of their own are called ``----`` and have a name. ``chpl`` is Nero's list of chapters: behind
nine bytes, the last of which counts them, each has eight for its time and one for the length of
its title, which ffmpeg cuts within a letter. Whole titles stand in the track of text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from narrate.encode.boxes import box, boxes_in
from narrate.encode.metadata import language, lyrics, replay_gain, short_title
from narrate.model import Mark, Tags

_UTF_8 = b"\0\0\0\1" + bytes(4)
"""Kind of an item's value, and no locale."""

_ILST = (b"udta", b"meta", b"ilst")
_CHPL = (b"udta", b"chpl")
_MDHD = (b"trak", b"mdia", b"mdhd")
_FULL = 4
"""Bytes of version and flags that a ``meta`` box begins with."""

_CHPL_HEAD, _TIME = 9, 8

_Change = Callable[[bytes], bytes]


def completed_movie(moov: bytes, tags: Tags, marks: Sequence[Mark]) -> bytes:
    """The content of a ``moov`` with what it lacks, and one language for all its tracks."""
    items = b""
    if text := lyrics(tags):
        items += box(b"\xa9lyr", _value(text))
    for name, value in replay_gain(tags).items():
        mean = box(b"mean", bytes(_FULL) + b"com.apple.iTunes")
        items += box(b"----", mean + box(b"name", bytes(_FULL) + name.encode()) + _value(value))
    lang = _packed(language(tags.lang))
    titles = [short_title(mark.title) or str(number) for number, mark in enumerate(marks, 1)]
    changes: dict[tuple[bytes, ...], _Change] = {
        _ILST: lambda ilst: ilst + items,
        _CHPL: lambda chpl: _with_titles(chpl, titles),
        _MDHD: lambda mdhd: _with_language(mdhd, lang),
    }
    return _changed(moov, changes, ())


def _changed(
    content: bytes, changes: Mapping[tuple[bytes, ...], _Change], path: tuple[bytes, ...]
) -> bytes:
    """Boxes with the changes to those that lie at these paths."""
    made = []
    for kind, inner in boxes_in(content):
        here = (*path, kind)
        if here in changes:
            new = changes[here](inner)
        elif any(here == one[: len(here)] for one in changes):
            skipped = _FULL if kind == b"meta" else 0
            new = inner[:skipped] + _changed(inner[skipped:], changes, here)
        else:
            new = inner
        made.append(box(kind, new))
    return b"".join(made)


def _with_titles(chpl: bytes, titles: Sequence[str]) -> bytes:
    """The list of chapters with other titles, in order."""
    made, place = [chpl[:_CHPL_HEAD]], _CHPL_HEAD
    for title in titles:
        coded = title.encode()
        made += [chpl[place : place + _TIME], bytes([len(coded)]), coded]
        place += _TIME + 1 + chpl[place + _TIME]
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
