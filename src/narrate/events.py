"""What a build says while it runs. ``report`` turns it into bars, lines or JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from narrate.errors import NarrateError


@dataclass(frozen=True, slots=True)
class Started:
    """The plan is made and work begins.

    Attributes:
        episodes: To be written.
        up_to_date: Need nothing.
        chapters: To be encoded.
        utterances: Whose clips are missing and will be spoken.
        characters: Of their spoken forms; speech takes time in proportion.
    """

    episodes: int
    up_to_date: int
    chapters: int
    utterances: int
    characters: int


@dataclass(frozen=True, slots=True)
class Downloading:
    """``done`` of ``total`` bytes of ``what`` have come; ``total`` is 0 while unknown."""

    what: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Uploading:
    """``done`` of ``total`` bytes of ``what`` have arrived where it is published."""

    what: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class UtteranceSpoken:
    """A clip was made.

    Attributes:
        audio_s: Its length.
        wall_s: What it took, in one worker.
    """

    stem: str
    characters: int
    audio_s: float
    wall_s: float


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """A clip was kept whose first reading was faulty.

    Attributes:
        where: Article, chapter and sentence.
        refused: What was wrong with each reading before it.
    """

    where: str
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChapterEncoded:
    """A chapter was assembled and encoded in the formats it lacked."""

    stem: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class EpisodeWritten:
    """The files of one episode are in place."""

    stem: str
    files: tuple[str, ...]
    seconds: float
    reason: str


@dataclass(frozen=True, slots=True)
class FeedWritten:
    """A feed was written, or found to need no change.

    Attributes:
        is_public: Its addresses are whole, so that an app can subscribe to it.
    """

    path: str
    episodes: int
    changed: bool
    is_public: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that was asked for or takes a while, told as it becomes known."""

    text: str


@dataclass(frozen=True, slots=True)
class Warned:
    """Something the author should know; the build goes on."""

    text: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Failed:
    """An article could not be built; the others are."""

    error: NarrateError


@dataclass(frozen=True, slots=True)
class VoiceUsed:
    """Which voice speaks a language in this show.

    Attributes:
        engine: As voices name it.
        by: What that is, for people, such as ``Coqui VITS, ONNX Runtime``.
    """

    lang: str
    voice: str
    engine: str
    licence: str
    commercial: bool
    by: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """The build's summary.

    Attributes:
        synthesised: Utterances spoken now.
        reused: Utterances whose clips were there.
        left_out: Rule → number of words it left out, of all articles of this build.
        audio_s: Length of the audio spoken now.
        read_again: Clips spoken now whose first reading was faulty.
        later: Episodes that the limit of this build left for another.
    """

    synthesised: int
    reused: int
    episodes_written: int
    episodes_up_to_date: int
    audio_s: float
    wall_s: float
    failures: tuple[NarrateError, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    voices: tuple[VoiceUsed, ...] = ()
    read_again: int = 0
    later: int = 0


Event = (
    Started
    | Downloading
    | Uploading
    | UtteranceSpoken
    | ReadAgain
    | ChapterEncoded
    | EpisodeWritten
    | FeedWritten
    | Noted
    | Warned
    | Failed
    | Finished
)
Emit = Callable[[Event], None]
