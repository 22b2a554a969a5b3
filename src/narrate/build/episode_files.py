"""The files of one episode: chapters encoded on their own, then joined, tagged and put in place."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from narrate import assemble, encode, feed
from narrate.build.covers import picture_name
from narrate.build.plan import ChapterPlan, EpisodePlan
from narrate.build.positions import layout_facts
from narrate.build.record import OutputFile
from narrate.build.sound_facts import level_facts, loudness_of, words_of
from narrate.build.workspace import Workspace
from narrate.cache import Facts
from narrate.errors import AudioError
from narrate.events import ChapterEncoded, Emit
from narrate.files import Staging
from narrate.model import Mark, encoding_of


@dataclass(frozen=True, slots=True)
class _Part:
    """An encoded chapter, ready to be joined."""

    path: Path
    frames: int


def encode_missing(space: Workspace, episode: EpisodePlan, jobs: int, emit: Emit) -> None:
    """Encode the chapters that lack a part, ``jobs`` at a time.

    Raises:
        AudioError: A clip is damaged, or ffmpeg failed.
        OutputError: The cache cannot be written.
    """
    by_part = {
        tuple(sorted(chapter.parts.items())): chapter
        for chapter in episode.chapters
        if chapter.missing
    }
    missing = list(by_part.values())  # chapters that say the same in the same way are one part
    if not missing:
        return
    work = space.show.cache / "work"
    work.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=work) as folder,
        ThreadPoolExecutor(max_workers=jobs) as pool,
    ):
        futures = [
            pool.submit(_encode_chapter, space, chapter, Path(folder)) for chapter in missing
        ]
        try:
            for chapter, future in zip(missing, futures, strict=True):
                future.result()
                emit(ChapterEncoded(episode.stem, chapter.number, chapter.chapter.title))
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _encode_chapter(space: Workspace, plan: ChapterPlan, folder: Path) -> None:
    """Assemble one chapter and encode it in the formats that lack it."""
    audio = space.show.audio
    pcm = folder / f"{plan.number}.pcm"
    clips = (
        (space.clips.read(line.key), line.utterance.pause_after_ms) for line in plan.utterances
    )
    facts = layout_facts(assemble.assemble_chapter(clips, audio, pcm))
    level = encode.measure_chapter(pcm, audio, space.ffmpeg)
    for fmt in plan.missing:

        def encode_part(target: Path, fmt: str = fmt) -> Facts:
            made = encode.encode_chapter(pcm, fmt, audio, space.ffmpeg, target, source=level)
            return level_facts(made.level)

        space.chapters(fmt).put(plan.parts[fmt], facts, encode_part)
    pcm.unlink()


def _part(space: Workspace, chapter: ChapterPlan, fmt: str) -> _Part:
    store, key = space.chapters(fmt), chapter.parts[fmt]
    facts = store.facts(key)
    if facts is None:
        raise AudioError("an encoded chapter of the cache is damaged", where=key[:12])
    return _Part(store.path(key), int(facts["frames"]))


def marks_of(space: Workspace, episode: EpisodePlan) -> tuple[Mark, ...]:
    """The chapter marks of an episode whose chapters are all encoded.

    Raises:
        AudioError: An encoded chapter is missing.
    """
    fmt = space.show.audio.encodings[0]
    return assemble.marks(
        [chapter.chapter.title for chapter in episode.chapters],
        [_part(space, chapter, fmt).frames for chapter in episode.chapters],
    )


def stage_files(
    space: Workspace, episode: EpisodePlan, marks: Sequence[Mark], staging: Staging
) -> tuple[OutputFile, ...]:
    """Finish an episode's files out of sight, the small ones last.

    Args:
        staging: Of the output folder.

    Raises:
        AudioError: An encoded chapter is damaged, or ffmpeg failed.
        OutputError: The output folder cannot be written.
    """
    stem, words = episode.stem, words_of(episode.script)
    lengths = [mark.end_frame - mark.start_frame for mark in marks]
    picture = (episode.image or episode.cover).finished(space.covers)
    paths = []
    for fmt in space.show.audio.formats:
        name, encoding = f"{stem}.{fmt}", encoding_of(fmt)
        measured = loudness_of(space, episode.chapters, lengths, encoding)
        with staging.file(name) as path:
            encode.write_episode(
                [_part(space, chapter, encoding).path for chapter in episode.chapters],
                marks,
                replace(episode.tags, lyrics=words, measured=measured),
                picture,
                fmt,
                space.show.audio,
                space.ffmpeg,
                path,
            )
        paths.append(path)
    if episode.image:
        paths.append(staging.write(picture_name(stem), picture.read_bytes()))
    document = episode.script.document
    chapters = staging.write(
        feed.episode_file(document.key, document.lang, "chapters.json"),
        feed.chapters_json(
            marks,
            space.show.audio.sample_rate,
            title=episode.tags.title,
            podcast=episode.tags.album,
            file=paths[0].name,
        ),
    )
    return tuple(OutputFile.of(path) for path in (*paths, chapters))
