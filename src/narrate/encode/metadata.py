"""Chapters and tags in the text form that ffmpeg reads (FFMETADATA)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from narrate.model import Mark, Tags

MAX_TITLE_BYTES = 127
"""Longer chapter titles break readers: QuickTime text and ID3 sizes of two length bytes."""

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
    """One line of at most :data:`MAX_TITLE_BYTES` bytes of UTF-8, cut between characters."""
    return clean(title).encode()[:MAX_TITLE_BYTES].decode("utf-8", "ignore").strip()


def clean(text: str) -> str:
    """White space as single spaces, without characters that cannot be stored."""
    printable = "".join(c if c.isprintable() or c.isspace() else "" for c in text)
    return " ".join(printable.split())


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
        "description": clean(tags.description),
        "synopsis": clean(tags.description),
        "comment": clean(tags.link),
        "media_type": str(_AUDIOBOOK if is_book else _PODCAST),
    }


def comment(tags: Tags) -> str:
    """Summary and link."""
    return " ".join(filter(None, (clean(tags.description), clean(tags.link))))


def lyrics(tags: Tags) -> str:
    """What is said, a paragraph a line; empty where it is longer than :data:`MAX_LYRICS`."""
    lines = (clean(line) for line in tags.lyrics.splitlines())
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
    artist = clean(tags.artist) or clean(tags.album)
    return {
        "title": clean(tags.title),
        "artist": artist,
        "album_artist": artist,
        "album": clean(tags.album),
        "date": clean(tags.date),
    }


def _escaped(value: str) -> str:
    return _SPECIAL.sub(r"\\\1", value)
