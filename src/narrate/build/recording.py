"""What of a finished episode is noted for the next build and for the feed."""

from __future__ import annotations

from collections.abc import Sequence

from narrate.build.covers import picture_name
from narrate.build.left_out import words_by_rule
from narrate.build.plan import EpisodePlan
from narrate.build.record import OutputFile, Record, SpokenLine
from narrate.build.workspace import Workspace
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
        made=episode.made,
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
    )


def spoken_lines(episode: EpisodePlan) -> tuple[SpokenLine, ...]:
    """What each utterance was made of, to tell later why one is spoken again."""
    voice = episode.voice
    return tuple(
        SpokenLine(
            text=line.utterance.text,
            spoken=line.utterance.spoken,
            voice=voice.name,
            take=line.take,
            key=line.key,
        )
        for chapter in episode.chapters
        for line in chapter.utterances
    )


def _notes(episode: EpisodePlan) -> tuple[str, ...]:
    """Sentences that belong into the show notes: who reads, and whom to credit."""
    disclosures = [
        line.utterance.text
        for chapter in episode.chapters
        for line in chapter.utterances
        if line.utterance.kind is UtteranceKind.DISCLOSURE
    ]
    credit = [episode.voice.attribution] if episode.voice.attribution else []
    return (" ".join(disclosures), *credit) if disclosures else tuple(credit)
