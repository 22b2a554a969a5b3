"""What an audio file says of itself, however it says it."""

from __future__ import annotations

from dataclasses import dataclass


class DamagedError(Exception):
    """A file is not of the form that its name promises; the message is a clause."""


@dataclass(frozen=True, slots=True)
class FileChapter:
    """A chapter as a file lists it.

    Attributes:
        start: Seconds.
    """

    start: float
    title: str


@dataclass(frozen=True, slots=True)
class AudioFile:
    """Tags and chapters of a file.

    Attributes:
        lists: Each of the lists of chapters that the form has, by the name of the list.
        lang: ISO 639-2 code; empty where there is none.
        picture: The cover as it lies in the file.
        seconds: Length that the file claims; 0 where it claims none.
        has_seek_table: An MP3 carries a table that players would seek by.
        kind: An MPEG-4 file's ``stik``; ``None`` elsewhere.
        gain: ReplayGain of the track, as written.
    """

    title: str
    artist: str
    album: str
    lang: str
    lists: dict[str, tuple[FileChapter, ...]]
    picture: bytes
    seconds: float
    has_seek_table: bool = False
    kind: int | None = None
    gain: str = ""
