"""What is to be done, and why, before anything is done.

Planning reads; it writes nothing. An episode whose inputs are those of its record is kept without
being read again. For the others each chapter and each utterance gets its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from narrate.build.covers import CoverSource
from narrate.build.record import Offer, Origin, Record, SpokenLine
from narrate.build.renames import Rename
from narrate.build.selection import Selection
from narrate.build.withdrawal import Withdrawal
from narrate.errors import ArticleError, NarrateError
from narrate.model import (
    ArticleFile,
    Chapter,
    Script,
    Tags,
    Utterance,
    Voice,
)
from narrate.published import Publication


@dataclass(frozen=True, slots=True)
class UtterancePlan:
    """An utterance and its clip; ``reason`` says why it must be spoken, or is empty.

    Attributes:
        origin: What made the clip or will make it; older software where that is kept.
        anew: What newer software would say; ``None`` where nothing older is kept.
        others: Other takes that older software made.
        redivided: As in :class:`SpokenLine`.
    """

    utterance: Utterance
    voice: Voice
    take: int
    key: str
    origin: Origin
    reason: str = ""
    anew: Utterance | None = None
    others: tuple[SpokenLine, ...] = ()
    redivided: bool = False


@dataclass(frozen=True, slots=True)
class ChapterPlan:
    """A chapter, its clips and its encoded parts.

    Attributes:
        parts: Format → key of the encoded chapter.
        missing: Formats that must be encoded.
        encoders: Format → what encoded it or will; as :class:`ChapterRecord` has it.
        reason: Why it is encoded; empty when nothing is missing.
    """

    number: int
    chapter: Chapter
    utterances: tuple[UtterancePlan, ...]
    parts: Mapping[str, str]
    missing: tuple[str, ...]
    encoders: Mapping[str, Mapping[str, str]]
    reason: str = ""

    @property
    def voice(self) -> Voice:
        """Who reads it."""
        return self.utterances[0].voice

    @property
    def to_speak(self) -> tuple[UtterancePlan, ...]:
        """The utterances whose clips are not there."""
        return tuple(line for line in self.utterances if line.reason)


@dataclass(frozen=True, slots=True)
class EpisodePlan:
    """An article in one language.

    Attributes:
        voice: Reads every chapter that has none of its own.
        reason: Why its files are written; empty when only its record is renewed.
        inputs, made_of, settings: As :class:`Record` has them.
        offer: What newer software would read otherwise; ``None`` when it reads all of it.
    """

    file: ArticleFile
    script: Script
    voice: Voice
    chapters: tuple[ChapterPlan, ...]
    tags: Tags
    cover: CoverSource
    image: CoverSource | None
    inputs: str
    made_of: Mapping[str, str]
    settings: Mapping[str, str]
    reason: str
    offer: Offer | None = None

    @property
    def stem(self) -> str:
        """Name of the episode's files without their extension."""
        return self.script.document.stem

    @property
    def voices(self) -> tuple[Voice, ...]:
        """Everybody who reads in it, each once."""
        return tuple({chapter.voice.name: chapter.voice for chapter in self.chapters}.values())

    @property
    def to_speak(self) -> tuple[UtterancePlan, ...]:
        """The utterances whose clips are not there, each clip once."""
        lines = {line.key: line for chapter in self.chapters for line in chapter.to_speak}
        return tuple(lines.values())


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build will do.

    Attributes:
        episodes: Read and planned; those without a reason need no work on their files.
        kept: Episodes whose inputs did not change.
        drafts: Names of articles left aside as drafts.
        publication: With the dates that the episodes will get once they are written.
        renames: Published articles whose file has another name than before.
        withdrawals: Episodes that leave their feed.
        offers: Stem → what newer software would change in an episode, where it was counted now.
        newer: What newer software would change in all of them, in a line; empty: nothing.
        later: Number of episodes that the limit of the selection leaves for another build.
    """

    selection: Selection
    files: tuple[ArticleFile, ...]
    episodes: tuple[EpisodePlan, ...]
    kept: tuple[Record, ...]
    drafts: tuple[ArticleFile, ...]
    failures: tuple[NarrateError, ...]
    warnings: tuple[tuple[str, str], ...]
    publication: Publication
    renames: tuple[Rename, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    later: int = 0
    offers: Mapping[str, Offer] = field(default_factory=dict)
    newer: str = ""


def limited(plan: Plan) -> Plan:
    """A plan that writes no more episodes than its selection allows: those published first."""
    most = plan.selection.limit
    if most is None:
        return plan
    order = {
        (entry.key, entry.lang): (entry.published, entry.key, entry.lang)
        for entry in plan.publication.episodes
    }
    to_write = [episode for episode in plan.episodes if episode.reason]
    to_write.sort(key=lambda one: order[one.script.document.key, one.script.document.lang])
    later = {episode.stem for episode in to_write[most:]}
    chosen = tuple(episode for episode in plan.episodes if episode.stem not in later)
    return replace(plan, episodes=chosen, later=len(later))


def of_article(error: NarrateError, file: ArticleFile) -> NarrateError:
    """A failure with the article it stopped; those about the article itself name it already."""
    if isinstance(error, ArticleError) and error.where:
        return error
    return error.at(file.name)
