"""A show and its episodes."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from narrate.model.audio import AudioSettings, Mark
from narrate.model.script import Reading


@dataclass(frozen=True, slots=True)
class ShowText:
    """What the show is called in one language."""

    title: str
    description: str
    author: str
    link: str
    cover: str = ""


@dataclass(frozen=True, slots=True)
class Show:
    """``narrate.toml``: everything the user set for the whole show.

    Attributes:
        id: UUID that all guids of the show come from.
        root: The show's folder.
        texts: For each of ``languages``.
        base_url: Where ``output/`` is published, with a slash at its end; empty when unknown.
        enclosure_url: ``stable``: an episode's audio keeps its address; ``versioned``: it has a
            new one, at the same file, whenever the file changes.
        timezone: IANA name; the time of day of dates that have none.
        voices: Language → name of a voice.
    """

    id: uuid.UUID
    root: Path
    languages: tuple[str, ...]
    texts: Mapping[str, ShowText]
    base_url: str = ""
    enclosure_url: str = "stable"
    category: str = "Education"
    subcategory: str = ""
    explicit: bool = False
    private: bool = False
    email: str = ""
    timezone: str = "UTC"
    voices: Mapping[str, str] = field(default_factory=dict)
    reading: Reading = field(default_factory=Reading)
    audio: AudioSettings = field(default_factory=AudioSettings)

    @property
    def articles(self) -> Path:
        """Where the articles lie, subfolders included."""
        return self.root / "articles"

    @property
    def output(self) -> Path:
        """What listeners get."""
        return self.root / "output"

    @property
    def cache(self) -> Path:
        """Everything that can be made again."""
        return self.root / ".narrate"


@dataclass(frozen=True, slots=True)
class Episode:
    """One finished article in one language, as the feed needs it.

    Attributes:
        guid: Never changes.
        file: Name of the MP3 within the output folder; ASCII.
        bytes: Length of that file.
        sha256: Of that file, in hexadecimal.
        frames: Length in frames of ``sample_rate``.
        image: Name of the episode's own cover within the output folder, or empty.
        notes: Paragraphs below the summary: disclosure and attributions.
    """

    guid: uuid.UUID
    key: str
    lang: str
    title: str
    author: str
    published: datetime
    summary: str
    link: str
    file: str
    bytes: int
    sha256: str
    frames: int
    sample_rate: int
    marks: tuple[Mark, ...]
    image: str = ""
    notes: tuple[str, ...] = ()
