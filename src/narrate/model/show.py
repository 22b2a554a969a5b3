"""A show and its episodes."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from narrate.model.audio import AudioSettings, Mark
from narrate.model.script import Reading

MAX_NAME = 128
"""Characters of a person's or a licence's name; the podcast namespace asks for no more."""

CREATIVE_COMMONS = re.compile(
    r"(?:cc0-1\.0|cc-by(?:-nc)?(?:-sa|-nd)?-(?:1\.0|2\.0|2\.5|3\.0|4\.0))", re.IGNORECASE
)
"""Identifiers (SPDX) of licences that every app knows without their address."""


@dataclass(frozen=True, slots=True)
class ShowText:
    """What the show is called in one language."""

    title: str
    description: str
    author: str
    link: str
    cover: str = ""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a show is published to; holds no secret.

    Attributes:
        kind: ``file``, ``sftp``, ``ftps`` or ``s3``; empty when nothing is set.
        host: Name of the machine; of the bucket for ``s3``.
        port: 0 for the usual one.
        path: Folder at the destination; ``/~/`` begins one of the user's home for ``sftp``.
        endpoint: Address of a server that speaks S3; empty for Amazon's.
        region: Of the bucket; empty for the usual one.
    """

    kind: str = ""
    host: str = ""
    port: int = 0
    user: str = ""
    path: str = ""
    endpoint: str = ""
    region: str = ""

    def __str__(self) -> str:
        if self.kind == "file":
            return self.path
        user = f"{self.user}@" if self.user else ""
        port = f":{self.port}" if self.port else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.kind}://{user}{host}{port}/{self.path.lstrip('/')}"


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """What the feeds say and hold beyond what every feed does.

    Attributes:
        kind: ``episodic``: the newest episode is heard first; ``serial``: the oldest.
        updates: How often there is an episode: ``daily``, ``weekly``, ``biweekly``, ``monthly``,
            ``yearly``, ``complete`` when none will follow; empty when that is not known.
        full_text: Whether show notes hold the whole article.
        page_size: Most episodes of a page of a feed; 0: all are on one.
        copyright: Who holds the rights; empty: nothing is said, as with the following.
        license: What others may do with the audio: a Creative Commons identifier in small letters,
            or a name of ``license_url``.
        license_url: Where the licence can be read.
        funding: Where listeners can give money.
        apple_verify: The code by which Apple Podcasts knows the owner of the show.
    """

    kind: str = "episodic"
    updates: str = ""
    full_text: bool = False
    page_size: int = 0
    copyright: str = ""
    license: str = ""
    license_url: str = ""
    funding: str = ""
    apple_verify: str = ""


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
        destination: Where ``narrate publish`` copies the output to.
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
    feed: FeedSettings = field(default_factory=FeedSettings)
    destination: Destination = field(default_factory=Destination)

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
class EpisodeFile:
    """A file of an episode within the output folder.

    Attributes:
        name: ASCII.
        sha256: In hexadecimal.
    """

    name: str
    bytes: int
    sha256: str


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
        others: Its files beside the MP3: the same sound in other forms, transcripts, chapters.
        narrators: Names of the voices that are heard, in the order of their first word.
        season, number: Set by the author; ``None`` where nothing is said.
        paragraphs: Its text; empty unless the feed is to carry it.
        chapter_ids: One for each mark; empty where nobody noted them.
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
    others: tuple[EpisodeFile, ...] = ()
    narrators: tuple[str, ...] = ()
    season: int | None = None
    number: int | None = None
    paragraphs: tuple[str, ...] = ()
    chapter_ids: tuple[str, ...] = ()

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.frames / self.sample_rate

    def other(self, extension: str) -> EpisodeFile | None:
        """The file with this extension, as in ``chapters.json``, if there is one."""
        name = f"{self.key}.{self.lang}.{extension}"
        return next((file for file in self.others if file.name == name), None)
