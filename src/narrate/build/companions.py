"""The small files beside an episode's audio that follow from what is noted of it: transcripts.

They are made of the record and the script alone, so an episode that an older narrate built gets
them without being spoken or encoded anew.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from narrate import feed, page
from narrate.build.heard import HeardLine, heard_lines
from narrate.build.record import OutputFile, Record, ScriptRecord
from narrate.build.workspace import Workspace
from narrate.errors import AudioError
from narrate.files import Staging
from narrate.model import UtteranceKind

_EXTENSIONS = tuple(feed.TRANSCRIPTS.values())


def lacks_companions(record: Record) -> bool:
    """Whether an older narrate wrote the episode, without all its small files."""
    return not record.chapter_ids or any(record.output(one) is None for one in _EXTENSIONS)


def companions_of(space: Workspace, record: Record, script: ScriptRecord) -> Mapping[str, bytes]:
    """Name → content; empty where nobody knows any more what is heard when."""
    if len(script.chapters) != len(record.marks):
        return {}
    try:
        lines = list(heard_lines(space, record, script))
    except AudioError:  # a clip that would tell has left the cache
        return {}
    cues = cues_of(record, lines)
    rate, lang = record.sample_rate, record.lang
    contents = {
        "vtt": feed.webvtt(cues, rate, lang),
        "srt": feed.subrip(cues, rate),
        "transcript.json": feed.transcript_json(cues, rate, lang),
        "html": page.render_text_page(_text_page(space, record, cues)),
    }
    return {feed.episode_file(record.key, lang, one): contents[one] for one in contents}


def _text_page(space: Workspace, record: Record, cues: tuple[feed.Cue, ...]) -> page.TextPage:
    words = space.show.texts[record.lang]
    audio = record.output("mp3") or record.outputs[0]
    return page.TextPage(
        key=record.key,
        lang=record.lang,
        show=words.title,
        title=record.title,
        author=record.author or words.author,
        summary=record.summary,
        link=record.link,
        notes=record.notes,
        audio=audio.name,
        frames=record.frames,
        sample_rate=record.sample_rate,
        marks=record.marks,
        cues=cues,
    )


def cues_of(record: Record, lines: Sequence[HeardLine]) -> tuple[feed.Cue, ...]:
    """What a transcript shows of the lines of a finished file."""
    return tuple(
        feed.Cue(
            start_frame=one.start_frame,
            end_frame=one.end_frame,
            text=one.line.text,
            chapter=one.chapter,
            paragraph=one.line.paragraph,
            kind=one.line.kind or UtteranceKind.SENTENCE.value,
            lang=one.line.lang or record.lang,
            speaker=one.line.voice,
        )
        for one in lines
    )


def are_there(folder: Path, contents: Mapping[str, bytes]) -> bool:
    """Whether the folder has all these files with this content."""
    for name, content in contents.items():
        with contextlib.suppress(OSError):
            if (folder / name).read_bytes() == content:
                continue
        return False
    return True


def with_companions(record: Record, contents: Mapping[str, bytes], staging: Staging) -> Record:
    """Stage the files, and note them in the record.

    Raises:
        OutputError: The output folder cannot be written or is full.
    """
    made = [OutputFile.of(staging.write(name, content)) for name, content in contents.items()]
    kept = [file for file in record.outputs if file.name not in contents]
    return replace(record, outputs=(*kept, *made))
