"""The chapters of articles as an author wants to see them, built or not."""

from __future__ import annotations

from dataclasses import dataclass

from narrate.build.left_out import left_out
from narrate.build.plan import ChapterPlan, EpisodePlan, Plan
from narrate.build.workspace import Workspace
from narrate.model import Omission


@dataclass(frozen=True, slots=True)
class ChapterOutline:
    """One chapter.

    Attributes:
        start_s: Where it begins in the finished file; ``None`` while an earlier one is not built.
        length_s: ``None`` while it is not built.
        state: ``built``, ``spoken`` (its clips are there) or what is still to be spoken.
        why: Why the article is divided here.
    """

    number: int
    id: str
    title: str
    start_s: float | None
    length_s: float | None
    voice: str
    state: str
    why: str
    paragraphs: int
    utterances: int


@dataclass(frozen=True, slots=True)
class EpisodeOutline:
    """One article in one language."""

    key: str
    lang: str
    title: str
    source: str
    chapters: tuple[ChapterOutline, ...]
    left_out: tuple[Omission, ...]


def outline(space: Workspace, plan: Plan) -> tuple[EpisodeOutline, ...]:
    """The chapters of every article of a plan that was made in detail."""
    return tuple(_episode(space, episode) for episode in plan.episodes)


def _episode(space: Workspace, episode: EpisodePlan) -> EpisodeOutline:
    document = episode.script.document
    lengths = _lengths(space, episode)
    chapters = []
    start: float | None = 0.0
    for chapter in episode.chapters:
        length = lengths[chapter.number - 1]
        chapters.append(_chapter(chapter, start, length))
        start = None if start is None or length is None else start + length
    return EpisodeOutline(
        key=document.key,
        lang=document.lang,
        title=document.title,
        source=episode.file.name,
        chapters=tuple(chapters),
        left_out=left_out(episode.script),
    )


def _chapter(plan: ChapterPlan, start: float | None, length: float | None) -> ChapterOutline:
    return ChapterOutline(
        number=plan.number,
        id=plan.chapter.id,
        title=plan.chapter.title,
        start_s=start,
        length_s=length,
        voice=plan.voice.name,
        state=_state(plan),
        why=plan.chapter.why,
        paragraphs=plan.chapter.paragraphs,
        utterances=len(plan.utterances),
    )


def _state(plan: ChapterPlan) -> str:
    if not plan.missing:
        return "built"
    lacking = len(plan.to_speak)
    return f"{lacking} of {len(plan.utterances)} to speak" if lacking else "spoken"


def _lengths(space: Workspace, episode: EpisodePlan) -> list[float | None]:
    """Length of each chapter in the finished file, in seconds; ``None`` while it is not encoded."""
    rate = space.show.audio.sample_rate
    if not episode.reason:
        marks = space.known[episode.stem].marks
        return [(mark.end_frame - mark.start_frame) / rate for mark in marks]
    facts = [
        [space.chapters(fmt).facts(key) for fmt, key in chapter.parts.items()]
        for chapter in episode.chapters
    ]
    known = [next((one for one in formats if one is not None), None) for formats in facts]
    return [None if one is None else int(one["frames"]) / rate for one in known]
