"""Encoded chapters become one file with chapter marks, tags and a cover."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.encode.ffmpeg import Ffmpeg, run_ffmpeg
from narrate.encode.id3 import completed, id3_length
from narrate.encode.metadata import ffmetadata, language, mp3_tags, mp4_tags
from narrate.encode.mp3 import info_frame, silent_frames
from narrate.encode.mp4 import Template, head, read_template
from narrate.encode.mp4_items import completed_movie
from narrate.encode.streams import (
    AAC_SAMPLES,
    ADTS_HEADER,
    STREAMS,
    FrameHeader,
    first_frames,
    frame_blocks,
)
from narrate.errors import AudioError
from narrate.files import replacing
from narrate.model import AudioSettings, Mark, Tags

if TYPE_CHECKING:
    from ffmpeg.nodes import FilterableStream  # type: ignore[import-untyped]

    Options = dict[str, str | int]

MAX_CHAPTERS = 255
"""ID3's CTOC and Nero's ``chpl`` count chapters in one byte."""

_SOUND_UNDER_TAGS = 40
"""Frames, about a second, that ffmpeg needs to write tags over."""

_LARGE = (1 << 32) - (1 << 28)
"""Bytes of packets from which on an MPEG-4 file may not count in 32 bits; the rest is for tags."""


_BRANDS = {"m4b": "M4B ", "m4a": "M4A "}


@dataclass(frozen=True, slots=True)
class _Job:
    """What both formats are made from."""

    parts: Sequence[Path]
    marks: Sequence[Mark]
    tags: Tags
    cover: Path | None
    fmt: str
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
        fmt: ``mp3``, ``m4b`` (an audiobook) or ``m4a`` (an episode of a podcast, with the packets
            of ``m4b``).
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
    with (
        replacing(destination) as target,
        tempfile.TemporaryDirectory(prefix=".new-", dir=target.parent) as folder,
    ):
        job = _Job(parts, marks, tags, cover, fmt, settings, ffmpeg, Path(folder))
        try:
            (_write_mp3 if fmt == "mp3" else _write_mp4)(job, target)
        except AudioError as error:
            raise error.at(destination.name) from error


def _write_mp3(job: _Job, target: Path) -> None:
    """Tags, an Info frame, the chapters, and a silent end."""
    tagged = job.folder / "tagged.mp3"
    sound = job.folder / "sound.mp3"
    frames = first_frames(job.parts[0], "mp3", _SOUND_UNDER_TAGS)
    sound.write_bytes(b"".join(frames))
    options: Options = {"f": "mp3", "id3v2_version": 3, "write_xing": 0}
    _mux(job, sound, mp3_tags(job.tags), options, tagged)
    with tagged.open("rb") as file:
        tag = file.read(10)
        tag += file.read(max(id3_length(tag) - len(tag), 0))
    silence = silent_frames(job.parts[0])
    length = sum(part.stat().st_size for part in job.parts) + len(silence)
    with target.open("wb") as file:
        file.write(completed(tag, job.tags))
        file.write(info_frame(frames[0], job.marks[-1].end_frame, length))
        for data, _ in _checked(job, "mp3"):
            file.write(data)
        file.write(silence)


def _write_mp4(job: _Job, target: Path) -> None:
    """The chapters' packets behind the boxes that list them."""
    import numpy as np  # noqa: PLC0415 - a build that changes nothing answers without it

    template = _mp4_template(job)
    sizes = np.zeros(job.marks[-1].end_frame // AAC_SAMPLES, np.uint32)
    large = sum(part.stat().st_size for part in job.parts) >= _LARGE
    rate = job.settings.sample_rate
    with target.open("wb") as file:
        file.seek(len(head(template, sizes, rate, large=large)))
        place = 0
        for data, frames in _checked(job, "m4b"):
            file.write(b"".join([data[o + ADTS_HEADER : o + h.length] for o, h in frames]))
            sizes[place : place + len(frames)] = [h.length - ADTS_HEADER for _, h in frames]
            place += len(frames)
        file.seek(0)
        file.write(head(template, sizes, rate, large=large))


def _mp4_template(job: _Job) -> Template:
    """Chapters, tags and cover as ffmpeg writes them over a second of sound.

    In two steps: reading ADTS, some releases write wrong chapters and report success.
    """
    import ffmpeg as graph  # type: ignore[import-untyped] # noqa: PLC0415

    packets, plain = job.folder / "sound.aac", job.folder / "plain.m4a"
    tagged = job.folder / "tagged.m4b"
    packets.write_bytes(b"".join(first_frames(job.parts[0], "m4b", _SOUND_UNDER_TAGS)))
    stream = graph.input(f"file:{packets}", f=STREAMS["m4b"].demuxer)
    output = stream.output(
        f"file:{plain}",
        **{"f": "ipod", "c": "copy", "bsf:a": "aac_adtstoasc", "fflags": "+bitexact"},
    )
    run_ffmpeg(job.ffmpeg, output, plain, "preparing an MPEG-4 file")
    options: Options = {
        "f": "ipod",
        "brand": _BRANDS[job.fmt],
        "movflags": "+faststart",
        "metadata:s:a:0": f"language={language(job.tags.lang)}",
    }
    _mux(job, plain, mp4_tags(job.tags, job.fmt), options, tagged)
    template = read_template(tagged.read_bytes())
    return replace(template, moov=completed_movie(template.moov, job.tags, job.marks))


def _checked(job: _Job, fmt: str) -> Iterator[tuple[bytes, Sequence[tuple[int, FrameHeader]]]]:
    """All frames of the chapters, in blocks as :func:`frame_blocks` has them.

    Raises:
        AudioError: A chapter is damaged, or not as long as its mark says.
    """
    for number, (part, mark) in enumerate(zip(job.parts, job.marks, strict=True), 1):
        left = mark.end_frame - mark.start_frame
        with part.open("rb") as file:
            for data, frames in frame_blocks(file, fmt):
                left -= sum(header.samples for _, header in frames)
                if left < 0:
                    break
                yield data, frames
        if left:
            raise AudioError(
                f"the kept audio of chapter {number} is damaged: it has another length"
            )


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
