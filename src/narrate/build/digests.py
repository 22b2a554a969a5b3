"""Digests that decide what is built anew: of what goes in, and of what the files are made of.

Only the user's half is among what goes in: what software makes of it is kept until it is refreshed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from narrate.build import software
from narrate.build.covers import CoverSource, show_cover
from narrate.build.plan import UtterancePlan
from narrate.build.sound_facts import words_of
from narrate.build.workspace import Workspace
from narrate.files import sha256_of
from narrate.model import ArticleFile, Document, Script, Tags, Voice, digest
from narrate.project import lexicon_digest
from narrate.published import EpisodeRecord


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


def made_of(
    space: Workspace,
    script: Script,
    parts: Sequence[Mapping[str, str]],
    tags: Tags,
    pictures: tuple[CoverSource, CoverSource | None],
) -> dict[str, str]:
    """Everything of the user's that an episode's files are made of, by name.

    Args:
        parts: For each chapter format → key of the encoded chapter.
        pictures: The show's, and the article's own.
    """
    cover, image = pictures
    return {
        "title": tags.title,
        "author": tags.artist,
        "name of the show": tags.album,
        "date": tags.date,
        "summary": tags.description,
        "link": tags.link,
        "cover": "" if image else cover.content,
        "own cover": image.content if image else "",
        "chapter titles": digest([chapter.title for chapter in script.chapters]),
        "formats": " ".join(space.show.audio.formats),
        "chapters": digest([dict(part) for part in parts]),
        "words": digest(words_of(script)),
    }


def part_key(
    space: Workspace, fmt: str, clips: Sequence[UtterancePlan], encoder: Mapping[str, str]
) -> str:
    """Names an encoded chapter: its clips, pauses and everything that shapes its sound.

    Args:
        encoder: As :func:`narrate.build.software.encoder` has it.
    """
    audio = space.show.audio
    return digest(
        {
            "format": fmt,
            "clips": [[clip.key, clip.utterance.pause_after_ms] for clip in clips],
            "audio": [audio.sample_rate, audio.channels, audio.bitrate_kbps],
            "loudness": [audio.loudness.lufs, audio.loudness.true_peak_dbtp],
            "software": software.encoder_digest(encoder),
        }
    )


def settings_of(space: Workspace, lang: str) -> dict[str, str]:
    """The show's settings that can be heard, by name, to say later which one was changed."""
    reading, audio = space.show.reading, space.show.audio
    return {
        **{f"pause {name}": str(ms) for name, ms in dataclasses.asdict(reading.pauses).items()},
        "setting chapter_level": str(reading.chapter_level),
        "setting drop_translator_line": str(reading.drop_translator_line).lower(),
        "disclosure position": reading.disclosure.position,
        "disclosure text": reading.disclosure.texts.get(lang, ""),
        "audio setting sample_rate": str(audio.sample_rate),
        "audio setting channels": str(audio.channels),
        "audio setting bitrate_kbps": str(audio.bitrate_kbps),
        "audio setting lufs": str(audio.loudness.lufs),
        "audio setting true_peak_dbtp": str(audio.loudness.true_peak_dbtp),
    }


def settings_digest(space: Workspace, lang: str) -> str:
    """Digest of the show's settings that an episode in ``lang`` depends on."""
    return space.once("settings", lang, lambda: _settings_digest(space, lang))


def _settings_digest(space: Workspace, lang: str) -> str:
    show = space.show
    text, reading, audio = show.texts[lang], show.reading, show.audio
    cover = show_cover(show, lang)
    return digest(
        {
            "text": [text.title, text.description, text.author, text.link, cover.content],
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
