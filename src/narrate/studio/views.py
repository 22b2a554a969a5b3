"""What the page shows: the show, an episode sentence by sentence, takes, the lexicons.

Everything is read when it is asked for, so that it is as the files are.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from narrate.build import (
    HeardEpisode,
    HeardLine,
    Selection,
    Wish,
    Workspace,
    heard_episode,
    make_plan,
    takes_of,
    targets_of,
)
from narrate.build.record import Record
from narrate.engines import varies
from narrate.errors import NarrateError
from narrate.model import LANGUAGES, Voice


def show_facts(space: Workspace) -> dict[str, Any]:
    """The show: its languages, voices and finished episodes."""
    show = space.show
    return {
        "languages": [
            {
                "lang": lang,
                "name": LANGUAGES[lang],
                "title": show.texts[lang].title,
                "voice": show.voices.get(lang, ""),
            }
            for lang in show.languages
        ],
        "voices": [
            {"name": voice.name, "lang": voice.lang, "varies": _varies(voice)}
            for _, voice in sorted(space.voices.items())
        ],
        "episodes": [
            {
                "key": record.key,
                "lang": record.lang,
                "title": record.title,
                "seconds": round(record.frames / record.sample_rate, 3),
                "chapters": len(record.marks),
            }
            for _, record in sorted(space.known.items())
        ],
    }


def unbuilt_facts(space: Workspace) -> dict[str, Any]:
    """Articles that have no episode yet, as the next build would make them.

    Raises:
        NarrateError: Nothing can be planned.
    """
    plan = make_plan(space, Selection())
    documents = [one.script.document for one in plan.episodes if one.stem not in space.known]
    return {
        "articles": [
            {"key": one.key, "lang": one.lang, "title": one.title}
            for one in sorted(documents, key=lambda one: one.stem)
        ]
    }


def episode_facts(space: Workspace, key: str, lang: str) -> dict[str, Any]:
    """A finished episode, sentence by sentence.

    Raises:
        NarrateError: There is none, or nobody knows what is heard when.
    """
    episode = heard_episode(space, key, lang)
    record = episode.record
    chapters = groupby(episode.lines, lambda line: line.chapter)
    return {
        "key": record.key,
        "lang": record.lang,
        "title": record.title,
        "audio": _audio(record),
        "seconds": round(record.frames / record.sample_rate, 3),
        "changed": episode.changed,
        "chapters": [_chapter(episode, number, list(lines)) for number, lines in chapters],
    }


def _chapter(episode: HeardEpisode, number: int, lines: Sequence[HeardLine]) -> dict[str, Any]:
    mark = episode.record.marks[number - 1]
    return {
        "number": number,
        "id": lines[0].chapter_id,
        "title": mark.title,
        "start": round(episode.seconds(mark.start_frame), 4),
        "end": round(episode.seconds(mark.end_frame), 4),
        "voice": lines[0].line.voice,
        "sentences": [
            {
                "number": one.sentence,
                "start": round(episode.seconds(one.start_frame), 4),
                "end": round(episode.seconds(one.end_frame), 4),
                "text": one.line.text,
                "spoken": one.line.spoken,
                "kind": one.line.kind,
                "paragraph": one.line.paragraph,
                "lang": one.line.lang or episode.record.lang,
                "voice": one.line.voice,
                "take": one.line.take,
            }
            for one in lines
        ],
    }


def takes_facts(space: Workspace, key: str, lang: str, at: float) -> dict[str, Any]:
    """The takes of the sentence that is heard at a time.

    Raises:
        NarrateError: There is no such sentence in the article any more.
    """
    [target] = targets_of(space, Wish(key, (lang,), at=at))
    [one] = takes_of(space, target.episode, target.chapter.number, target.sentence)
    return {**asdict(one), "varies": _varies(target.chapter.voice)}


def lexicon_facts(space: Workspace) -> dict[str, Any]:
    """The entries of all lexicons."""
    return {
        "entries": [
            {
                "lang": lang,
                "word": entry.written,
                "reading": entry.say,
                "ipa": entry.ipa,
                "case": entry.case,
                "voices": list(entry.voices),
                "pattern": entry.is_pattern,
            }
            for lang, lexicon in space.lexicons.items()
            for entry in lexicon.entries
        ]
    }


def _audio(record: Record) -> str:
    """The address of the episode's sound; another one when the file is another."""
    file = record.output("mp3") or record.output("m4b")
    return f"audio/{file.name}?{file.sha256[:16]}" if file else ""


def _varies(voice: Voice) -> bool:
    with contextlib.suppress(NarrateError):
        return varies(voice)
    return False
