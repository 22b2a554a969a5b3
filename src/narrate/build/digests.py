"""Digests that decide what is built anew: of what goes in, and of what the files are made of."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from narrate import __version__, revisions
from narrate.build.covers import CoverSource, show_cover
from narrate.build.plan import UtterancePlan
from narrate.build.workspace import Workspace
from narrate.files import sha256_of
from narrate.model import ArticleFile, Document, Script, Tags, Voice, digest
from narrate.project import lexicon_digest
from narrate.published import EpisodeRecord


def software(space: Workspace) -> str:
    """What of narrate and ffmpeg shapes encoded chapters and files."""
    return digest([space.ffmpeg.version, revisions.ASSEMBLY, revisions.ENCODING])


def inputs_digest(  # noqa: PLR0913, PLR0917 - whatever an episode depends on
    space: Workspace,
    file: ArticleFile,
    key: str,
    lang: str,
    voice: Voice,
    cover: str,
    entry: EpisodeRecord | None,
    override: str,
) -> str:
    """Digest of everything that an episode depends on, without reading the article.

    Args:
        voice: That reads it.
        cover: The article's own picture, relative to the show, or empty.
        entry: What is published of it.
        override: Name of the voice that the command line put in place of the show's, or empty.
    """
    cover_file = space.show.root / cover if cover else None
    return digest(
        {
            # A new version may read and divide articles otherwise; what it makes of them decides.
            "software": [__version__, software(space)],
            "article": sha256_of(file.path),
            "sidecar": sha256_of(file.sidecar) if file.sidecar else "",
            "source": file.name,
            "show": settings_digest(space, lang),
            "voice": space.voice_digest(voice),
            "chapter voices": _chapter_voices(space, key, lang),
            "override": override,
            "takes": space.takes.digest_of(key, lang),
            "published": entry.published.isoformat() if entry else "",
            "cover": sha256_of(cover_file) if cover_file and cover_file.is_file() else "",
        }
    )


def _chapter_voices(space: Workspace, key: str, lang: str) -> list[str]:
    """Names the voices of single chapters; the takes say which chapter has which."""
    chosen = sorted(set(space.takes.of(key, lang).voices.values()))
    return [space.voice_digest(space.voices[one]) for one in chosen if one in space.voices]


def made_digest(
    space: Workspace,
    script: Script,
    parts: Sequence[Mapping[str, str]],
    tags: Tags,
    pictures: Sequence[CoverSource | None],
) -> str:
    """Digest of everything an episode's files are made of.

    Args:
        parts: For each chapter format → key of the encoded chapter.
        pictures: The show's and the article's own.
    """
    return digest(
        {
            "parts": [dict(part) for part in parts],
            "titles": [chapter.title for chapter in script.chapters],
            "tags": [getattr(tags, name) for name in Tags.__slots__],
            "pictures": [picture.key if picture else "" for picture in pictures],
            "software": software(space),
        }
    )


def part_key(space: Workspace, fmt: str, clips: Sequence[UtterancePlan]) -> str:
    """Names an encoded chapter: its clips, pauses and everything that shapes its sound."""
    audio = space.show.audio
    return digest(
        {
            "format": fmt,
            "clips": [[clip.key, clip.utterance.pause_after_ms] for clip in clips],
            "audio": [audio.sample_rate, audio.channels, audio.bitrate_kbps],
            "loudness": [audio.loudness.lufs, audio.loudness.true_peak_dbtp],
            "software": software(space),
        }
    )


def settings_digest(space: Workspace, lang: str) -> str:
    """Digest of the show's settings that an episode in ``lang`` depends on."""
    show = space.show
    text, reading, audio = show.texts[lang], show.reading, show.audio
    cover = show_cover(show, lang)
    return digest(
        {
            "text": [text.title, text.description, text.author, text.link, cover.key],
            "voice": show.voices.get(lang, ""),
            "lexicons": {one: lexicon_digest(read) for one, read in space.lexicons.items()},
            "reading": [
                *(reading.chapter_level, reading.drop_translator_line),
                *dataclasses.astuple(reading.pauses),
                reading.disclosure.position,
                reading.disclosure.texts.get(lang, ""),
            ],
            "audio": [
                *(list(audio.formats), audio.sample_rate, audio.channels, audio.bitrate_kbps),
                *(audio.loudness.lufs, audio.loudness.true_peak_dbtp),
            ],
            "show": [str(show.id), show.timezone],
        }
    )


def tags_of(space: Workspace, document: Document, date: str) -> Tags:
    """What the files of an article say of themselves."""
    text = space.show.texts[document.lang]
    return Tags(
        title=document.title,
        artist=document.author or text.author,
        album=text.title,
        lang=document.lang,
        date=date,
        description=document.summary,
        link=document.link or text.link,
    )
