"""What is heard at which time of a finished episode, from what its build noted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from narrate import project
from narrate.build.positions import Span
from narrate.build.record import Record, ScriptRecord, SpokenLine
from narrate.build.selection import Selection, selected_files
from narrate.build.workspace import Workspace
from narrate.errors import NarrateError, UsageError
from narrate.files import sha256_of

_EARLY = 10
"""The part of a second that a time may be too early."""


@dataclass(frozen=True, slots=True)
class HeardLine:
    """A sentence of a finished file.

    Attributes:
        chapter: Number of its chapter, from 1.
        sentence: Its number within the chapter, from 1; headings count.
        start_frame, end_frame: Where it is heard in the finished file.
    """

    chapter: int
    chapter_id: str
    title: str
    sentence: int
    line: SpokenLine
    start_frame: int
    end_frame: int


@dataclass(frozen=True, slots=True)
class Moment:
    """What is heard at one time.

    Attributes:
        frame: The time.
        in_pause: Whether nothing is heard then; the line is the one before the pause, and after it
            only where the episode begins.
    """

    frame: int
    line: HeardLine
    in_pause: bool


@dataclass(frozen=True, slots=True)
class HeardEpisode:
    """A finished episode, sentence by sentence.

    Attributes:
        changed: Since it was built: empty, or what became of its article, in words.
    """

    record: Record
    lines: tuple[HeardLine, ...]
    changed: str

    def at(self, seconds: float) -> Moment:
        """What is heard at a time; before the first sentence, that one.

        A tenth of a second early is on time: that is how exactly times are shown.

        Raises:
            UsageError: The episode ends before.
        """
        frame = int(seconds * self.record.sample_rate)
        if frame >= self.record.frames:
            raise UsageError(
                f"the episode ends at {_clock(self.seconds(self.record.frames))}",
                where=f"{self.record.stem}, {_clock(seconds)}",
                mend="Name a time within it; `narrate chapters` shows where its chapters begin.",
            )
        starts = [line.start_frame for line in self.lines]
        early = frame + self.record.sample_rate // _EARLY
        line = self.lines[max(bisect_right(starts, frame) - 1, 0)]
        if frame >= line.end_frame or frame < line.start_frame:
            coming = self.lines[max(bisect_right(starts, early) - 1, 0)]
            return Moment(frame, coming, in_pause=coming == line)
        return Moment(frame, line, in_pause=False)

    def seconds(self, frame: int) -> float:
        """A frame's time."""
        return frame / self.record.sample_rate


def heard_episode(space: Workspace, key: str, lang: str) -> HeardEpisode:
    """The finished episode of an article in one language.

    Raises:
        UsageError: There is no such article, or it is not built yet.
        AudioError: Nobody noted where its sentences are, and a clip is missing to find out.
    """
    record = _record(space, key, lang)
    script = space.records.script(record.stem)
    again = f"`narrate build {record.key}` notes it; nothing is spoken again for that."
    if not script.chapters or len(script.chapters) != len(record.marks):
        raise UsageError(
            "it is not known what is heard at which time: an earlier narrate built this episode, "
            "or its note of that is lost",
            where=record.stem,
            mend=again,
        )
    return HeardEpisode(record, tuple(heard_lines(space, record, script)), _changed(space, record))


def _record(space: Workspace, key: str, lang: str) -> Record:
    """The record of a finished episode, by the article's key or the name of its file."""
    known = space.known.get(f"{key}.{lang}")
    if known is not None:
        return known
    files = selected_files(
        space, project.find_articles(space.show).files, Selection(keys=(key,), in_detail=True)
    )
    stems = {f"{file.key}.{lang}" for file in files}
    found = [
        record
        for record in space.known.values()
        if record.lang == lang
        and (record.stem in stems or record.source in {file.name for file in files})
    ]
    if len(found) == 1:
        return found[0]
    if found:
        keys = ", ".join(sorted(record.key for record in found))
        raise UsageError(f"more than one article matches: {keys}", where=key, mend="Name one.")
    if not any(file.lang in {"", lang} for file in files):
        raise UsageError(
            f"there is no article in “{lang}”",
            where=key,
            mend="`narrate chapters` lists the articles with their languages.",
        )
    raise UsageError(
        f"there is no finished episode in “{lang}”",
        where=key,
        mend=f"`narrate build {key}` makes it.",
    )


def _clock(seconds: float) -> str:
    """``7:32``, or ``1:02:03`` from an hour on, whole seconds."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def heard_lines(space: Workspace, record: Record, script: ScriptRecord) -> Iterator[HeardLine]:
    """The sentences of a finished file, in order.

    Args:
        script: With a chapter for each mark of the record.

    Raises:
        AudioError: Nobody noted where its sentences are, and a clip is missing to find out.
    """
    chapters = zip(script.chapters, record.marks, strict=True)
    groups = groupby(script.lines, lambda line: line.chapter)
    for (number, group), (chapter, mark) in zip(groups, chapters, strict=True):
        lines = list(group)
        spans = _noted(lines) or _worked_out(space, record, lines, mark.start_frame)
        for sentence, (line, span) in enumerate(zip(lines, spans, strict=True), start=1):
            yield HeardLine(number, chapter.id, mark.title, sentence, line, *span)


def _noted(lines: Sequence[SpokenLine]) -> list[Span] | None:
    spans = [
        (line.start_frame, line.end_frame)
        for line in lines
        if line.start_frame is not None and line.end_frame is not None
    ]
    return spans if len(spans) == len(lines) else None


def _worked_out(
    space: Workspace, record: Record, lines: Sequence[SpokenLine], start: int
) -> list[Span]:
    """The positions of a chapter that an earlier narrate encoded, from its clips.

    Args:
        start: First frame of the chapter.
    """
    from narrate.assemble import layout_of  # noqa: PLC0415 - loaded when it is needed

    clips = ((space.clips.read(line.key), line.pause_ms) for line in lines)
    settings = replace(space.show.audio, sample_rate=record.sample_rate)
    return [(start + a, start + b) for a, b in layout_of(clips, settings).clips]


def _changed(space: Workspace, record: Record) -> str:
    path = space.show.root / record.source
    try:
        same = not record.article or sha256_of(path) == record.article
    except (OSError, NarrateError):
        return "the article is gone"
    return "" if same else "the article has changed"
