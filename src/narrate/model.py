"""The values that pass between the stages, and the keys that name them.

Standard library only, no input or output. All dataclasses are frozen. Text offsets count Unicode
code points, audio is counted in frames (one sample per channel), pauses in milliseconds.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uuid
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

LANGUAGES: Mapping[str, str] = {"de": "Deutsch", "en": "English"}
"""The languages narrate speaks, each with its own name."""

CLIP_SCHEMA = 1
"""Part of every clip key: raise it when the meaning of a key's fields changes."""

SEED_BITS = 63


def one_line(text: str) -> str:
    """``text`` in one line, without characters that neither tags nor XML can hold."""
    kept = (c if unicodedata.category(c) not in ("Cc", "Cs", "Cn") else " " for c in text)
    return " ".join("".join(kept).split())


# --- reading -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """One article file of a show, before it is read.

    Attributes:
        path: The file.
        name: The path as messages show it, relative to the show.
        key: From the file name: ``KEY.LANG.md`` → ``KEY``; ASCII.
        lang: From the file name; empty when the name has none.
        sidecar: ``KEY.toml`` beside it, if there is one.
    """

    path: Path
    name: str
    key: str
    lang: str = ""
    sidecar: Path | None = None


class BlockKind(Enum):
    """What a block of an article is; decides whether and how it is spoken."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    QUOTE = "quote"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of an article's source, spoken or left out.

    The pieces of all blocks of a document, joined by ``source``, are the article's body again
    (white space aside): nothing is lost or doubled.

    Attributes:
        source: The characters as they stand in the file.
        text: What a reader sees of them; empty when they are left out.
        rule: Empty for source that is spoken as it stands, else the name of the rule that
            changed it or left it out (``markup``, ``url``, ``code block``, …).
    """

    source: str
    text: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, quote or something left out.

    Attributes:
        kind: What it is.
        pieces: Its text in source order.
        line: Line of the file it begins in, from 1.
        level: 1 to 6 for a heading, depth from 1 for a list item, else 0.
        why: For a heading, in words, why it was taken for one (and for a paragraph that a
            leading backslash kept from being one, that).
    """

    kind: BlockKind
    pieces: tuple[Piece, ...]
    line: int
    level: int = 0
    why: str = ""

    @property
    def text(self) -> str:
        """The visible text."""
        return "".join(piece.text for piece in self.pieces)


def title_block(blocks: Sequence[Block]) -> Block | None:
    """The heading that is the article's title and no chapter of its own.

    That is the only heading of level 1, if nothing visible stands before it but one paragraph
    that ends with a colon (a translator's line).
    """
    shown = [block for block in blocks if block.text.strip()]
    tops = [block for block in shown if block.kind is BlockKind.HEADING and block.level == 1]
    if shown and shown[0].kind is BlockKind.PARAGRAPH and shown[0].text.rstrip().endswith(":"):
        shown = shown[1:]
    return tops[0] if len(tops) == 1 and tops[0] is shown[0] else None


@dataclass(frozen=True, slots=True)
class Document:
    """One article in one language, as its file has it.

    Attributes:
        key: Names the article in both languages; ``[A-Za-z0-9._-]+``.
        published: From the article's metadata; a ``date`` has no time of day.
        cover: As written by the author, relative to the article's file.
        voice: Name of a voice that replaces the show's for this article.
        warnings: Sentences for the author; none of them stops a build.
    """

    key: str
    lang: str
    title: str
    path: Path
    blocks: tuple[Block, ...]
    author: str = ""
    published: date | datetime | None = None
    summary: str = ""
    link: str = ""
    cover: str = ""
    voice: str = ""
    draft: bool = False
    warnings: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """Name of the episode's files without their extension."""
        return f"{self.key}.{self.lang}"


# --- segmenting --------------------------------------------------------------------------------


class UtteranceKind(Enum):
    """Where an utterance comes from."""

    HEADING = "heading"
    SENTENCE = "sentence"
    DISCLOSURE = "disclosure"


@dataclass(frozen=True, slots=True)
class Utterance:
    """Text sent to an engine once.

    Attributes:
        text: As written; what transcripts show.
        spoken: As sent to the engine: numbers and abbreviations written out, no digits.
        pause_after_ms: Silence that follows it.
        paragraph: Number of its paragraph within the chapter, from 1; 0 for headings and the
            disclosure.
        unspoken: Parts of ``text`` that the language's rules could not say.
    """

    text: str
    spoken: str
    lang: str
    pause_after_ms: int
    kind: UtteranceKind = UtteranceKind.SENTENCE
    paragraph: int = 0
    unspoken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A mark that the listener sees, and what is spoken under it.

    Attributes:
        id: Stable when the text around the chapter changes; unique within the article.
        title: Shown in players.
        why: Why the article is divided here, in words.
        paragraphs: Number of paragraphs, headings not counted.
    """

    id: str
    title: str
    utterances: tuple[Utterance, ...]
    why: str
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Omission:
    """A part of the article that is not spoken, and by which rule.

    Attributes:
        line: Line of the file it stands in, from 1.
        position: Number of spoken characters, white space and the disclosure not counted, that
            stand before it: puts utterances and omissions into the order of the text.
    """

    text: str
    rule: str
    line: int
    position: int = 0

    @property
    def words(self) -> int:
        """Number of words in it: runs of non-space characters with a letter or digit."""
        return sum(any(c.isalnum() for c in word) for word in self.text.split())


@dataclass(frozen=True, slots=True)
class Script:
    """What a listener will hear of a document, in order."""

    document: Document
    chapters: tuple[Chapter, ...]
    omissions: tuple[Omission, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence after each kind of utterance, and at the head of each chapter, in milliseconds."""

    sentence_ms: int = 350
    paragraph_ms: int = 700
    heading_ms: int = 900


CHAPTER_LEAD_MS = 500
"""Silence that every chapter starts with: it hides where players land beside a mark."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The sentence that says who reads.

    Attributes:
        position: ``start`` of the first chapter, ``end`` of the last, or ``off``.
        texts: For each language a template with ``{title}`` and ``{author}``.
    """

    position: str = "start"
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """How articles are divided and read; the part of the show's settings that segmenting needs.

    Attributes:
        chapter_level: Headings deeper than this are spoken but make no mark; 1 to 6.
        drop_translator_line: Leave out an opening line such as "Here is the translation:".
    """

    chapter_level: int = 2
    drop_translator_line: bool = True
    pauses: Pauses = Pauses()
    disclosure: Disclosure = Disclosure()


# --- speaking ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Voice:
    """One ``voices/*.toml``: a model and the settings it is used with.

    Attributes:
        model: Name of a model, or path of a checkpoint relative to ``folder``; empty for engines
            that need none.
        config: Path of the checkpoint's configuration, relative to ``folder``.
        speaker: Speaker within the model, by name.
        reference: Recording to clone, relative to ``folder``.
        length_scale: 0.25 to 4; above 1 is slower.
        seed: Chosen by the user; another seed is another reading of everything.
        options: Whatever else the engine understands, sorted by name.
        licence: Of the model and voice, as a short name.
        commercial: Whether the licence lets the audio be sold or carry advertising.
        attribution: Sentence that the licence demands in the show notes, or empty.
        terms: Address of terms that a person must accept before the first use, or empty.
        accepted: Whether they were accepted (``narrate voices accept NAME``).
        folder: Where the voice's file lies; no part of any key.
    """

    name: str
    lang: str
    engine: str
    model: str = ""
    config: str = ""
    speaker: str = ""
    reference: str = ""
    length_scale: float = 1.0
    seed: int = 0
    options: tuple[tuple[str, str | int | float | bool], ...] = ()
    licence: str = ""
    commercial: bool = True
    attribution: str = ""
    description: str = ""
    terms: str = ""
    accepted: bool = False
    folder: Path = Path()


@dataclass(frozen=True, slots=True)
class Speech:
    """Audio of one utterance.

    Attributes:
        sample_rate: Frames per second.
        pcm: Signed 16-bit little-endian samples, one channel.
    """

    sample_rate: int
    pcm: bytes

    @property
    def frames(self) -> int:
        """Number of samples."""
        return len(self.pcm) // 2

    @property
    def seconds(self) -> float:
        """Duration."""
        return self.frames / self.sample_rate


def canonical_json(value: object) -> bytes:
    """JSON with one spelling for each value: sorted keys, no white space, UTF-8.

    Raises:
        TypeError, ValueError: The value is not JSON (NaN included).
    """
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def digest(value: object) -> str:
    """SHA-256 of :func:`canonical_json`, in hexadecimal."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def clip_key(
    spoken: str, lang: str, voice: Voice, fingerprint: Mapping[str, str], take: int
) -> str:
    """The name of a clip: a digest of everything its sound depends on, and nothing else.

    Args:
        spoken: Spoken form of the utterance.
        fingerprint: What the engine says of itself: version, digests of model and reference, ….
        take: Number of the re-reading; 0 is the first.
    """
    return digest(
        {
            "schema": CLIP_SCHEMA,
            "engine": voice.engine,
            "fingerprint": dict(fingerprint),
            "speaker": voice.speaker,
            "lang": lang,
            "spoken": spoken,
            "length_scale": voice.length_scale,
            "seed": voice.seed,
            "options": [list(pair) for pair in voice.options],
            "take": take,
        }
    )


def seed_of(key: str) -> int:
    """The random seed of a clip, from its key: 0 to 2**63 − 1."""
    return int(key[:16], 16) >> (64 - SEED_BITS)


# --- audio -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Loudness:
    """What every chapter is brought to.

    Attributes:
        lufs: Integrated loudness (ITU-R BS.1770).
        true_peak_dbtp: Highest inter-sample peak, measured on the encoded audio.
    """

    lufs: float
    true_peak_dbtp: float = -1.0


@dataclass(frozen=True, slots=True)
class AudioSettings:
    """Form of the finished files.

    Attributes:
        formats: Subset of ``mp3`` and ``m4b``, in the order they are written.
        channels: 1 or 2 (the same signal on both).
        bitrate_kbps: Constant for MP3, average for AAC; of the whole stream.
    """

    formats: tuple[str, ...] = ("mp3", "m4b")
    sample_rate: int = 44_100
    channels: int = 1
    bitrate_kbps: int = 96
    loudness: Loudness = Loudness(-19.0)


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter of a finished file; frames count from its beginning."""

    title: str
    start_frame: int
    end_frame: int


@dataclass(frozen=True, slots=True)
class Tags:
    """What a finished file says of itself."""

    title: str
    artist: str
    album: str
    lang: str
    date: str
    description: str = ""
    link: str = ""


# --- publishing --------------------------------------------------------------------------------


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
        timezone: IANA name; the time of day of dates that have none.
        voices: Language → name of a voice.
    """

    id: uuid.UUID
    root: Path
    languages: tuple[str, ...]
    texts: Mapping[str, ShowText]
    base_url: str = ""
    category: str = "Education"
    subcategory: str = ""
    explicit: bool = False
    private: bool = False
    email: str = ""
    timezone: str = "UTC"
    voices: Mapping[str, str] = field(default_factory=dict)
    reading: Reading = Reading()
    audio: AudioSettings = AudioSettings()

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
    frames: int
    sample_rate: int
    marks: tuple[Mark, ...]
    image: str = ""
    notes: tuple[str, ...] = ()
