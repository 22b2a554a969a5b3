"""What a build remembers of each episode it made, so that the next one can leave it alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from narrate.feed import TRANSCRIPTS
from narrate.files import sha256_of
from narrate.model import Mark, digest

_TRANSCRIPTS = tuple(f".{extension}" for extension in TRANSCRIPTS.values())
"""How the names of an episode's transcripts end."""


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of an episode as it was written."""

    name: str
    bytes: int
    mtime_ns: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> OutputFile:
        """Measure a file."""
        status = path.stat()
        return cls(path.name, status.st_size, status.st_mtime_ns, sha256_of(path))

    def is_intact(self, folder: Path) -> bool:
        """Whether the file is still what was written; reads it only when its time changed."""
        path = folder / self.name
        try:
            status = path.stat()
        except OSError:
            return False
        if status.st_size != self.bytes:
            return False
        return status.st_mtime_ns == self.mtime_ns or sha256_of(path) == self.sha256


@dataclass(frozen=True, slots=True)
class Offer:
    """What newer software would read otherwise in an episode that it did not make.

    Attributes:
        software: Names the software that was asked, as in :class:`Record`.
        seconds: Length of these sentences.
    """

    software: str
    sentences: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Record:
    """One finished episode.

    Attributes:
        source: Name of the article's file within the show.
        inputs: Digest of everything of the user's that the episode depends on, read from the
            outside.
        cover: The article's own picture, relative to the show, or empty.
        image: Name of that picture as the episode's file, or empty.
        voice: Name of the voice that reads it.
        clips: Number of utterances.
        left_out: Rule → number of words.
        notes: Sentences that belong into the show notes.
        software: Names the software that made the episode; empty when there were several.
        voices: Names of all voices that are heard in it, in the order of their first word.
        article: SHA-256 of the article's file.
        made_of: What its files are made of, by name: texts as they are, all else as digests.
        settings: The show's settings that can be heard, by name.
        offer: What newer software would change, once it was counted.
        script: The file that says what is heard in it; ``None`` where an older narrate did not
            note it.
        chapter_ids: One for each mark; empty where an older narrate did not note them.
        season, number: As in :class:`narrate.model.Document`.
    """

    key: str
    lang: str
    source: str
    inputs: str
    outputs: tuple[OutputFile, ...]
    title: str
    author: str
    summary: str
    link: str
    cover: str
    image: str
    notes: tuple[str, ...]
    frames: int
    sample_rate: int
    marks: tuple[Mark, ...]
    voice: str
    clips: int
    left_out: Mapping[str, int]
    warnings: tuple[str, ...]
    software: str = ""
    voices: tuple[str, ...] = ()
    article: str = ""
    made_of: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    offer: Offer | None = None
    script: OutputFile | None = None
    chapter_ids: tuple[str, ...] = ()
    season: int | None = None
    number: int | None = None

    @property
    def stem(self) -> str:
        """Name of the episode's files without their extension."""
        return f"{self.key}.{self.lang}"

    @property
    def made(self) -> str:
        """Names everything that the episode's files are made of."""
        return digest(dict(self.made_of))

    def is_made_of(self, made: Mapping[str, str]) -> bool:
        """Whether its files are made of just this, as far as the narrate that wrote them noted."""
        return bool(self.made_of) and all(
            made.get(name) == value for name, value in self.made_of.items()
        )

    def output(self, extension: str) -> OutputFile | None:
        """The episode's file with this extension, if it has one."""
        name = f"{self.stem}.{extension}"
        return next((file for file in self.outputs if file.name == name), None)

    def has_output(self, name: str) -> bool:
        """Whether a file of this name is the episode's."""
        return any(file.name == name for file in self.outputs)

    def damaged_output(self, folder: Path) -> str:
        """Name of a file that is missing or was changed by others; empty when all are intact."""
        return next((file.name for file in self.outputs if not file.is_intact(folder)), "")

    def damaged_sound(self, folder: Path) -> str:
        """The same, transcripts apart, which are made again of what is noted."""
        files = (file for file in self.outputs if not file.name.endswith(_TRANSCRIPTS))
        return next((file.name for file in files if not file.is_intact(folder)), "")


@dataclass(frozen=True, slots=True)
class Origin:
    """What made a line besides its text: the user's half and the software's.

    Attributes:
        settings: Of the voice, by name, as far as they can be heard; the user's.
        files: Mark → digest of a file of the voice; the user's.
        engine: Mark → version or revision of the engine's software.
        rules: Digest of narrate's rules for dividing and saying text.
    """

    voice: str
    settings: Mapping[str, Any]
    files: Mapping[str, str]
    engine: Mapping[str, str]
    rules: str


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """An utterance as it is heard in the finished file.

    Attributes:
        asks: What the user asked for in this sentence; as in :class:`narrate.model.Utterance`.
        voice: Name of the voice that reads it.
        chapter: Number of its chapter, from 1.
        paragraph, kind: As in :class:`narrate.model.Utterance`.
        pause_ms: Silence that follows it.
        origin: What made it; ``None`` where an older narrate did not note it.
        start_frame, end_frame: Where it is heard in the finished file; ``None`` while unknown.
        redivided: Whether the software that made it would divide its paragraph otherwise: an older
            one did, and that was kept.
    """

    text: str
    spoken: str
    voice: str
    take: int
    key: str
    lang: str = ""
    asks: tuple[str, ...] = ()
    chapter: int = 0
    paragraph: int = 0
    kind: str = ""
    pause_ms: int = 0
    origin: Origin | None = None
    start_frame: int | None = None
    end_frame: int | None = None
    redivided: bool = False


@dataclass(frozen=True, slots=True)
class ChapterRecord:
    """An encoded chapter of a finished episode.

    Attributes:
        parts: Format → key of the encoded chapter.
        frames: Its length.
        encoders: Format → what made the part: the version of ffmpeg, revisions of narrate's own
            steps.
    """

    id: str
    title: str
    parts: Mapping[str, str]
    frames: int
    encoders: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScriptRecord:
    """What is heard in a finished episode, in order.

    Attributes:
        pauses: Digest of the show's pauses.
        earlier: Its sentences in other takes and voices, as they were last heard so.
    """

    chapters: tuple[ChapterRecord, ...] = ()
    lines: tuple[SpokenLine, ...] = ()
    pauses: str = ""
    earlier: tuple[SpokenLine, ...] = ()
