"""Encoded chapters become one file with chapter marks, tags and a cover."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from narrate.encode.ffmpeg import Ffmpeg, run_ffmpeg
from narrate.encode.metadata import ffmetadata, language, m4b_tags, mp3_tags
from narrate.encode.mp3 import id3_length, info_frame, leading_frames, silent_frames
from narrate.encode.streams import STREAMS, sample_count
from narrate.errors import AudioError
from narrate.files import replacing
from narrate.model import AudioSettings, Mark, Tags

if TYPE_CHECKING:
    from ffmpeg.nodes import FilterableStream  # type: ignore[import-untyped]

    Options = dict[str, str | int]

MAX_CHAPTERS = 255
"""ID3's CTOC and Nero's ``chpl`` count chapters in one byte."""

_BLOCK = 1 << 20
_SOUND_UNDER_TAGS = 40
"""MP3 frames, about a second, that ffmpeg needs to write tags over."""


@dataclass(frozen=True, slots=True)
class _Job:
    """What both formats are made from."""

    parts: Sequence[Path]
    marks: Sequence[Mark]
    tags: Tags
    cover: Path | None
    settings: AudioSettings
    ffmpeg: Ffmpeg
    folder: Path


def write_episode(  # noqa: PLR0913, PLR0917 - what a file is made of
    parts: Sequence[Path],
    marks: Sequence[Mark],
    tags: Tags,
    cover: Path | None,
    fmt: str,
    settings: AudioSettings,
    ffmpeg: Ffmpeg,
    destination: Path,
) -> None:
    """Join encoded chapters, without decoding them, to a finished file.

    The same input gives the same bytes.

    Args:
        parts: What :func:`narrate.encode.encode_chapter` wrote, in order.
        marks: One for each part, as long as it.
        cover: A JPEG.
        fmt: ``mp3`` or ``m4b``.
        destination: Replaced as a whole once the new file is complete and on the disk.

    Raises:
        AudioError: There are more than :data:`MAX_CHAPTERS` chapters, a part is damaged, or
            ffmpeg fails.
        OutputError: The folder of ``destination`` cannot be written.
    """
    if not 0 < len(marks) <= MAX_CHAPTERS:
        raise AudioError(
            f"an audio file cannot have {len(marks)} chapters, only 1 to {MAX_CHAPTERS}",
            where=destination.name,
            mend="Divide the article, or let fewer headings begin a chapter (“chapter_level”).",
        )
    for number, (part, mark) in enumerate(zip(parts, marks, strict=True), 1):
        if sample_count(part, fmt) != mark.end_frame - mark.start_frame:
            raise AudioError(
                f"the kept audio of chapter {number} is damaged: it has another length",
                where=destination.name,
            )
    with (
        replacing(destination) as target,
        tempfile.TemporaryDirectory(prefix=".new-", dir=target.parent) as folder,
    ):
        job = _Job(parts, marks, tags, cover, settings, ffmpeg, Path(folder))
        (_write_mp3 if fmt == "mp3" else _write_m4b)(job, target)


def _write_mp3(job: _Job, target: Path) -> None:
    """Tags, an Info frame, the chapters, and a silent end."""
    tagged = job.folder / "tagged.mp3"
    sound = job.folder / "sound.mp3"
    sound.write_bytes(b"".join(leading_frames(job.parts[0], _SOUND_UNDER_TAGS)))
    options: Options = {"f": "mp3", "id3v2_version": 3, "write_xing": 0}
    _mux(job, sound, mp3_tags(job.tags), options, tagged)
    with tagged.open("rb") as file:
        head = file.read(10)
        head += file.read(max(id3_length(head) - len(head), 0))
    silence = silent_frames(job.parts[0])
    length = sum(part.stat().st_size for part in job.parts) + len(silence)
    with target.open("wb") as file:
        file.write(head)
        file.write(info_frame(leading_frames(job.parts[0], 1)[0], job.marks[-1].end_frame, length))
        _append(job.parts, file)
        file.write(silence)


def _write_m4b(job: _Job, target: Path) -> None:
    """All packets into one MPEG-4 file, then the chapters.

    In two steps: reading ADTS, some releases of ffmpeg write wrong chapters and report success.
    """
    import ffmpeg as graph  # type: ignore[import-untyped] # noqa: PLC0415

    packets = job.folder / "packets.aac"
    with packets.open("wb") as file:
        _append(job.parts, file)
    plain = job.folder / "plain.m4a"
    stream = graph.input(f"file:{packets}", f=STREAMS["m4b"].demuxer)
    output = stream.output(
        f"file:{plain}",
        **{"f": "ipod", "c": "copy", "bsf:a": "aac_adtstoasc", "fflags": "+bitexact"},
    )
    run_ffmpeg(job.ffmpeg, output, plain, "joining chapters")
    packets.unlink()
    options: Options = {
        "f": "ipod",
        "brand": "M4B ",
        "movflags": "+faststart",
        "metadata:s:a:0": f"language={language(job.tags.lang)}",
    }
    _mux(job, plain, m4b_tags(job.tags), options, target)


def _mux(job: _Job, sound: Path, tags: dict[str, str], options: Options, target: Path) -> None:
    """Copy ``sound`` and give it the job's chapters and cover, and ``tags``."""
    import ffmpeg as graph  # noqa: PLC0415

    notes = job.folder / "tags.txt"
    notes.write_text(
        ffmetadata(tags, job.marks, job.settings.sample_rate), encoding="utf-8", newline="\n"
    )
    streams: list[FilterableStream] = [graph.input(f"file:{sound}")["a"]]
    options = options | {"c": "copy", "flags": "+bitexact", "fflags": "+bitexact"}
    if job.cover:
        # The name of a picture is no pattern, whatever it contains.
        picture = graph.input(f"file:{job.cover}", f="image2", pattern_type="none")
        streams.append(picture["v"])
        options = options | {
            "disposition:v:0": "attached_pic",
            "metadata:s:v:0": "comment=Cover (front)",
        }
    # The notes have no stream that could be mapped, so they follow the inputs that have.
    options = options | {"map_metadata": len(streams), "map_chapters": len(streams)}
    output = graph.output(*streams, f"file:{target}", **options)
    output = output.global_args("-f", "ffmetadata", "-i", f"file:{notes}")
    run_ffmpeg(job.ffmpeg, output, target, "writing chapters and tags")


def _append(parts: Iterable[Path], file: BinaryIO) -> None:
    for part in parts:
        with part.open("rb") as source:
            shutil.copyfileobj(source, file, _BLOCK)
