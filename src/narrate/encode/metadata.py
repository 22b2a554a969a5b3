"""Chapters and tags in the text form that ffmpeg reads (FFMETADATA)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from narrate.model import Mark, Tags
from narrate.plain_text import in_bytes, one_line, shortened

MAX_TITLE = 255
"""Characters of a chapter's title, as in feeds."""

MAX_SHORT_TITLE_BYTES = 255
"""What the one byte for the length of a title in ``chpl`` can count."""

_FORMER_BYTES = 127
"""Of titles until narrate 0.1."""

_ISO_639_2 = {"de": "deu", "en": "eng"}
_SPECIAL = re.compile(r"([=;#\\\n])")
_AUDIOBOOK, _PODCAST = 2, 21
"""Values of ``stik``."""

MAX_LYRICS = 100_000
"""Characters of a transcript within a file, which players load before the first sound."""

_REPLAY_GAIN_LUFS = -18.0
"""What ReplayGain 2.0 brings files to."""


def ffmetadata(tags: Mapping[str, str], marks: Sequence[Mark], sample_rate: int) -> str:
    """The text of an FFMETADATA file.

    Args:
        tags: By ffmpeg's names; empty ones are left out.
        marks: Their frames are used as they are, at ``sample_rate``.
    """
    lines = [";FFMETADATA1"]
    lines += [f"{key}={_escaped(value)}" for key, value in tags.items() if value]
    for number, mark in enumerate(marks, 1):
        lines += [
            "[CHAPTER]",
            f"TIMEBASE=1/{sample_rate}",
            f"START={mark.start_frame}",
            f"END={mark.end_frame}",
            f"title={_escaped(chapter_title(mark.title) or str(number))}",
        ]
    return "\n".join(lines) + "\n"


def chapter_title(title: str) -> str:
    """One line of at most :data:`MAX_TITLE` characters, cut at a word."""
    return shortened(one_line(title), MAX_TITLE)


def short_title(title: str) -> str:
    """One line of at most :data:`MAX_SHORT_TITLE_BYTES` bytes of UTF-8, cut at a word."""
    return shortened(one_line(title), MAX_SHORT_TITLE_BYTES, in_bytes)


def title_forms(title: str) -> frozenset[str]:
    """What a file may call a chapter: files are not written anew because titles are cut better."""
    return frozenset({chapter_title(title), short_title(title), _former_title(title)})


def _former_title(title: str) -> str:
    visible = "".join(c for c in title if c.isprintable() or c.isspace())
    return " ".join(visible.split()).encode()[:_FORMER_BYTES].decode("utf-8", "ignore").strip()


def mp3_tags(tags: Tags) -> dict[str, str]:
    """ID3 frames by ffmpeg's names; the others are :func:`narrate.encode.id3.completed`'s."""
    return _common(tags) | {
        "language": language(tags.lang),
        "genre": "Podcast",
        **{name.upper(): value for name, value in replay_gain(tags).items()},
    }


def mp4_tags(tags: Tags, fmt: str) -> dict[str, str]:
    """MPEG-4 items by ffmpeg's names; ``media_type`` becomes ``stik``."""
    is_book = fmt == "m4b"
    return _common(tags) | {
        "genre": "Audiobook" if is_book else "Podcast",
        "description": one_line(tags.description),
        "synopsis": one_line(tags.description),
        "comment": one_line(tags.link),
        "media_type": str(_AUDIOBOOK if is_book else _PODCAST),
    }


def comment(tags: Tags) -> str:
    """Summary and link."""
    return " ".join(filter(None, (one_line(tags.description), one_line(tags.link))))


def lyrics(tags: Tags) -> str:
    """What is said, a paragraph a line; empty where it is longer than :data:`MAX_LYRICS`."""
    lines = (one_line(line) for line in tags.lyrics.splitlines())
    text = "\n".join(line for line in lines if line)
    return text if len(text) <= MAX_LYRICS else ""


def replay_gain(tags: Tags) -> dict[str, str]:
    """Gain and peak of the file as ReplayGain 2.0 writes them; empty where nothing was measured."""
    if tags.measured is None:
        return {}
    gain = _REPLAY_GAIN_LUFS - tags.measured.lufs
    peak = 10 ** (tags.measured.true_peak_dbtp / 20)
    return {"replaygain_track_gain": f"{gain:+.2f} dB", "replaygain_track_peak": f"{peak:.6f}"}


def language(lang: str) -> str:
    """ISO 639-2 code of a language, as ID3 and MPEG-4 ask for it."""
    return _ISO_639_2.get(lang, "und")


def _common(tags: Tags) -> dict[str, str]:
    # Players list a file without an artist under “unknown”, apart from its show.
    artist = one_line(tags.artist) or one_line(tags.album)
    return {
        "title": one_line(tags.title),
        "artist": artist,
        "album_artist": artist,
        "album": one_line(tags.album),
        "date": one_line(tags.date),
    }


def _escaped(value: str) -> str:
    return _SPECIAL.sub(r"\\\1", value)
