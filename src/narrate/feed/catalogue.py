"""``show.json``: everything that is published of a show, for programs that read no RSS.

The page in the output folder shows it, and other programs may read it. Names are those of files
beside it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from narrate.feed import text
from narrate.feed.chapters import milliseconds
from narrate.feed.names import ascii_url, feed_name, feed_url
from narrate.media_types import AUDIO_TYPES, media_type
from narrate.model import Episode, EpisodeFile, Mark, Show

FILE_NAME = "show.json"

TRANSCRIPTS = {"vtt": "vtt", "srt": "srt", "json": "transcript.json", "html": "html"}
"""Forms of a transcript → extension of the file."""


@dataclass(frozen=True, slots=True)
class ListedFeed:
    """The feed of one language, and what is in it.

    Attributes:
        cover: Name of its picture.
        episodes: In any order.
    """

    lang: str
    cover: str
    episodes: tuple[Episode, ...]


def newest_first(episodes: Sequence[Episode]) -> list[Episode]:
    """Episodes as feeds list them; those of one moment by key and language."""
    ordered = sorted(episodes, key=lambda one: (one.key, one.lang))
    return sorted(ordered, key=lambda one: one.published, reverse=True)


def show_json(show: Show, feeds: Sequence[ListedFeed]) -> bytes:
    """The catalogue of a show, in UTF-8, an episode a line.

    Args:
        feeds: In the order of the show's languages.
    """
    languages = [_language(show, one) for one in feeds]
    episodes = newest_first([episode for one in feeds for episode in one.episodes])
    head = {"version": 1, "id": str(show.id), "languages": languages}
    lines = ",\n".join(json.dumps(_episode(show, one), ensure_ascii=False) for one in episodes)
    start = json.dumps(head, ensure_ascii=False)[:-1]
    return f'{start},\n"episodes": [\n{lines}\n]}}\n'.encode()


def _language(show: Show, one: ListedFeed) -> dict[str, object]:
    words = show.texts[one.lang]
    return {
        "lang": one.lang,
        "title": text.line(words.title),
        "description": text.plain(words.description),
        "author": text.line(words.author),
        "link": ascii_url(words.link),
        "cover": one.cover,
        "feed": feed_name(one.lang),
        "feed_url": feed_url(show, one.lang),
        "episodes": len(one.episodes),
    }


def _episode(show: Show, episode: Episode) -> dict[str, object]:
    own = EpisodeFile(episode.file, episode.bytes, episode.sha256)
    audio = [own, *(one for one in episode.others if PurePosixPath(one.name).suffix in AUDIO_TYPES)]
    chapters = episode.other("chapters.json")
    transcripts = {
        form: file.name
        for form, extension in TRANSCRIPTS.items()
        if (file := episode.other(extension))
    }
    return {
        "key": episode.key,
        "lang": episode.lang,
        "guid": str(episode.guid),
        "title": text.line(episode.title) or episode.key,
        "author": text.line(episode.author) or text.line(show.texts[episode.lang].author),
        "narrators": [text.line(name) for name in episode.narrators],
        "season": episode.season,
        "episode": episode.number,
        "published": episode.published.isoformat(),
        "summary": text.plain(episode.summary),
        "notes": [text.plain(note) for note in episode.notes],
        "link": ascii_url(episode.link),
        "duration": milliseconds(episode.frames, episode.sample_rate) / 1_000,
        "image": episode.image,
        "files": [
            {
                "name": one.name,
                "type": media_type(one.name),
                "bytes": one.bytes,
            }
            for one in audio
        ],
        "chapters": [_chapter(episode, *pair) for pair in enumerate(episode.marks, start=1)],
        "chapters_file": chapters.name if chapters else "",
        "transcripts": transcripts,
    }


def _chapter(episode: Episode, number: int, mark: Mark) -> dict[str, object]:
    ids = episode.chapter_ids
    return {
        "start": milliseconds(mark.start_frame, episode.sample_rate) / 1_000,
        "title": text.line(mark.title) or str(number),
        "id": ids[number - 1] if number <= len(ids) else "",
    }
