"""What of a finished episode is noted for the next build and for the feed."""

from __future__ import annotations

from collections.abc import Sequence

from narrate.build import software
from narrate.build.covers import picture_name
from narrate.build.left_out import words_by_rule
from narrate.build.plan import ChapterPlan, EpisodePlan, UtterancePlan
from narrate.build.positions import Span, noted_spans
from narrate.build.record import ChapterRecord, OutputFile, Record, ScriptRecord, SpokenLine
from narrate.build.workspace import Workspace
from narrate.files import sha256_of
from narrate.model import Mark, UtteranceKind


def record_of(
    space: Workspace,
    episode: EpisodePlan,
    marks: Sequence[Mark],
    outputs: tuple[OutputFile, ...],
    warnings: tuple[str, ...],
) -> Record:
    """The record of an episode whose files are in place."""
    document = episode.script.document
    return Record(
        key=document.key,
        lang=document.lang,
        source=episode.file.name,
        inputs=episode.inputs,
        outputs=outputs,
        title=document.title,
        author=episode.tags.artist,
        summary=document.summary,
        link=document.link,
        cover=episode.image.name if episode.image else "",
        image=picture_name(episode.stem) if episode.image else "",
        notes=_notes(episode),
        frames=marks[-1].end_frame,
        sample_rate=space.show.audio.sample_rate,
        marks=tuple(marks),
        voice=episode.voice.name,
        clips=sum(len(chapter.utterances) for chapter in episode.chapters),
        left_out=words_by_rule(episode.script),
        warnings=warnings,
        software=software.software(
            line.origin for chapter in episode.chapters for line in chapter.utterances
        ),
        voices=tuple(one.name for one in episode.voices),
        article=sha256_of(episode.file.path),
        made_of=dict(episode.made_of),
        settings=dict(episode.settings),
        offer=episode.offer,
        chapter_ids=tuple(chapter.chapter.id for chapter in episode.chapters),
        season=document.season,
        number=document.number,
    )


def script_of(
    space: Workspace,
    episode: EpisodePlan,
    marks: Sequence[Mark],
    before: ScriptRecord,
    *,
    refreshes: bool = False,
) -> ScriptRecord:
    """What is heard in an episode whose files are in place, and what made it.

    Args:
        marks: Of the finished file.
        before: Of the files that were kept; tells where clips are heard whose chapters have left
            the cache.
        refreshes: Whether what older software made is forgotten.
    """
    kept = _known_spans(before)
    lines = []
    for chapter, mark in zip(episode.chapters, marks, strict=True):
        keys = tuple(line.key for line in chapter.utterances)
        spans = _spans(space, chapter, mark) or kept.get((mark, keys)) or (None,) * len(keys)
        for line, span in zip(chapter.utterances, spans, strict=True):
            lines.append(_spoken_line(chapter, line, span))
    return ScriptRecord(
        chapters=tuple(
            ChapterRecord(
                id=chapter.chapter.id,
                title=chapter.chapter.title,
                parts=dict(chapter.parts),
                frames=mark.end_frame - mark.start_frame,
                encoders={fmt: dict(chapter.encoders[fmt]) for fmt in chapter.parts},
            )
            for chapter, mark in zip(episode.chapters, marks, strict=True)
        ),
        lines=tuple(lines),
        pauses=software.pauses(space),
        earlier=() if refreshes else _earlier(lines, before),
    )


def _earlier(lines: Sequence[SpokenLine], before: ScriptRecord) -> tuple[SpokenLine, ...]:
    """Other takes and voices of sentences that are still heard, each as it was last heard."""
    heard: dict[tuple[str, str], set[tuple[str, int]]] = {}
    for line in lines:
        heard.setdefault((line.text, line.lang), set()).add((line.voice, line.take))
    found: dict[tuple[str, str, str, int], SpokenLine] = {}
    for line in (*before.lines, *before.earlier):
        now = heard.get((line.text, line.lang))
        if line.origin is not None and now and (line.voice, line.take) not in now:
            found.setdefault((line.text, line.lang, line.voice, line.take), line)
    return tuple(found.values())


def _spoken_line(chapter: ChapterPlan, line: UtterancePlan, span: Span | None) -> SpokenLine:
    utterance = line.utterance
    start, end = span or (None, None)
    return SpokenLine(
        text=utterance.text,
        spoken=utterance.spoken,
        voice=line.voice.name,
        take=line.take,
        key=line.key,
        lang=utterance.lang,
        asks=utterance.asks,
        chapter=chapter.number,
        paragraph=utterance.paragraph,
        kind=utterance.kind.value,
        pause_ms=utterance.pause_after_ms,
        origin=line.origin,
        start_frame=start,
        end_frame=end,
        redivided=line.redivided,
    )


def _spans(space: Workspace, chapter: ChapterPlan, mark: Mark) -> tuple[Span, ...] | None:
    """Where a chapter's clips are heard in the finished file, as its cache entry knows it."""
    [(fmt, key), *_] = chapter.parts.items()
    spans = noted_spans(space.chapters(fmt).facts(key), len(chapter.utterances))
    if spans is None:
        return None
    return tuple((mark.start_frame + a, mark.start_frame + b) for a, b in spans)


def _known_spans(
    before: ScriptRecord,
) -> dict[tuple[Mark, tuple[str, ...]], tuple[Span | None, ...]]:
    """Chapter and clip keys → where the clips were heard, of chapters that did not move."""
    known = {}
    at = 0
    for number, chapter in enumerate(before.chapters, start=1):
        lines = [line for line in before.lines if line.chapter == number]
        mark = Mark(chapter.title, at, at + chapter.frames)
        at += chapter.frames
        spans = [
            None
            if one.start_frame is None or one.end_frame is None
            else (one.start_frame, one.end_frame)
            for one in lines
        ]
        known[mark, tuple(line.key for line in lines)] = tuple(spans)
    return known


def _notes(episode: EpisodePlan) -> tuple[str, ...]:
    """Sentences that belong into the show notes: who reads, and whom to credit."""
    disclosures = [
        line.utterance.text
        for chapter in episode.chapters
        for line in chapter.utterances
        if line.utterance.kind is UtteranceKind.DISCLOSURE
    ]
    credit = dict.fromkeys(one.attribution for one in episode.voices if one.attribution)
    return (" ".join(disclosures), *credit) if disclosures else tuple(credit)
