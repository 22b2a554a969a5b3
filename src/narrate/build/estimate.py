"""What a build will take: audio to speak, time on this machine, and room on the disk."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from narrate.build.plan import ChapterPlan, EpisodePlan, Plan, UtterancePlan
from narrate.build.speeds import Speed, Speeds
from narrate.build.workspace import Workspace
from narrate.errors import OutputError
from narrate.model import CHAPTER_LEAD_MS, Voice, byte_size

CHARACTERS_A_SECOND = 14.0
"""Of spoken forms, as both languages are usually read aloud."""

TIMES_REAL_TIME = 5.0
"""How fast a voice is taken to speak that was not measured here: as a neural one does on a core."""

_ENCODED_TIMES = 40.0
_CLIP_BYTES = round(22_000 * TIMES_REAL_TIME)
"""FLAC of speech at 22,050 Hz in one channel: about half of its samples; for as many
seconds as a second of work makes."""

_COVER_BYTES = 165_000
"""Of a cover that is not made yet, as narrate draws them."""

_FASTEST = 3.0
"""No voice is this many times faster than usual: what is sure to be needed counts on it."""

_BITS = 8


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes that one kind of file will take, and what its disk has left.

    Attributes:
        kind: ``clips``, ``encoded chapters`` or ``output``.
        bytes: As expected; what is replaced is counted off.
        least: What is sure to be needed.
        free: On its disk, for everything there.
        disk: Number of the file system.
    """

    kind: str
    bytes: int
    least: int
    free: int
    disk: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a plan will take.

    Attributes:
        speech_s: Audio to be spoken.
        episodes_s: Length of the episodes to be written.
        wall_s: Expected time with the workers that were asked for.
        assumed: Voices whose speed was never measured here.
    """

    speech_s: float
    episodes_s: float
    wall_s: float
    workers: int
    rooms: tuple[Room, ...]
    assumed: tuple[str, ...] = field(default=())

    def check_room(self) -> None:
        """Refuse what cannot fit.

        Raises:
            OutputError: A disk lacks what is sure to be needed.
        """
        for disk in {room.disk for room in self.rooms}:
            here = [room for room in self.rooms if room.disk == disk]
            least, free = sum(room.least for room in here), min(room.free for room in here)
            if least > free:
                raise OutputError(
                    f"this build needs at least {byte_size(least)}, and the disk has "
                    f"{byte_size(free)} left",
                    where=" and ".join(room.kind for room in here if room.least),
                    mend="Make room, or build a part: `narrate build --limit 10`.",
                )

    def tight(self) -> str:
        """What to warn of when a disk is expected to become full; empty when none is."""
        for disk in {room.disk for room in self.rooms}:
            here = [room for room in self.rooms if room.disk == disk]
            wanted, free = sum(room.bytes for room in here), min(room.free for room in here)
            if wanted > free:
                return (
                    f"this build is expected to take {byte_size(wanted)}, and the disk has "
                    f"{byte_size(free)} left; `--limit N` builds some of it"
                )
        return ""


def estimate(space: Workspace, plan: Plan, workers: int) -> Estimate:
    """What a plan will take.

    Args:
        workers: Number of utterances spoken, and of chapters encoded, at a time.
    """
    speeds = Speeds(space)
    lengths = _Lengths(space, speeds)
    episodes = [episode for episode in plan.episodes if episode.reason]
    lines = tuple({line.key: line for one in episodes for line in one.to_speak}.values())
    speech_s, speaking_s, clip_bytes = _speaking(lengths, lines)
    missing = [chapter for one in episodes for chapter in one.chapters if chapter.missing]
    encoding_s = lengths.of(missing)[0] * _encoding_rate(speeds)
    encoded = _sums(lengths.encoded(chapter, chapter.missing) for chapter in missing)
    output = _sums(_output(space, lengths, episode) for episode in episodes)
    return Estimate(
        speech_s=speech_s,
        episodes_s=sum(lengths.of(one.chapters)[0] for one in episodes),
        wall_s=speaking_s / max(min(workers, len(lines)), 1) + encoding_s,
        workers=workers,
        rooms=(
            _room(space.show.cache, "clips", clip_bytes, 0.0),
            _room(space.show.cache, "encoded chapters", *encoded),
            _room(space.show.output, "output", *output),
        ),
        assumed=tuple(sorted({line.voice.name for line in lines} - lengths.measured)),
    )


class _Lengths:
    """Lengths of what may not be spoken yet, in seconds: as expected, and as they are at least."""

    def __init__(self, space: Workspace, speeds: Speeds) -> None:
        self._space, self._speeds = space, speeds
        self._known: dict[str, Speed | None] = {}
        self._found: dict[int, tuple[float, float]] = {}
        audio = space.show.audio
        self._bytes_a_second = audio.bitrate_kbps * 1000 / _BITS

    @property
    def measured(self) -> set[str]:
        """Names of the voices that were asked for and are known."""
        return {name for name, speed in self._known.items() if speed is not None}

    def known(self, voice: Voice) -> Speed | None:
        """What was measured of a voice; asked once."""
        if voice.name not in self._known:
            self._known[voice.name] = self._speeds.of(voice)
        return self._known[voice.name]

    def spoken(self, line: UtterancePlan) -> float:
        """How long a clip will be."""
        speed, characters = self.known(line.voice), len(line.utterance.spoken)
        if speed is not None and speed.characters:
            return characters * speed.audio_s / speed.characters
        return characters * line.voice.length_scale / CHARACTERS_A_SECOND

    def of(self, chapters: Iterable[ChapterPlan]) -> tuple[float, float]:
        """Length of chapters with their pauses: as expected, and at least."""
        return _sums(self._chapter(chapter) for chapter in chapters)

    def encoded(self, chapter: ChapterPlan, formats: Iterable[str]) -> tuple[float, float]:
        """Bytes of an encoded chapter; only of MP3 is it sure how many there will be at least."""
        expected, least = self._chapter(chapter)
        wanted = tuple(formats)
        sure = least if "mp3" in wanted else 0.0
        return expected * self._bytes_a_second * len(wanted), sure * self._bytes_a_second

    def _chapter(self, chapter: ChapterPlan) -> tuple[float, float]:
        """Asked several times, worked out once; the plan keeps its chapters meanwhile."""
        if id(chapter) not in self._found:
            self._found[id(chapter)] = self._length(chapter)
        return self._found[id(chapter)]

    def _length(self, chapter: ChapterPlan) -> tuple[float, float]:
        noted = next((s for fmt, key in chapter.parts.items() if (s := self._noted(key, fmt))), 0.0)
        if noted:
            return noted, noted
        expected = least = CHAPTER_LEAD_MS / 1000
        for line in chapter.utterances:
            pause_s = line.utterance.pause_after_ms / 1000
            seconds = self._space.clips.seconds(line.key) if not line.reason else 0.0
            if seconds:
                expected, least = expected + seconds + pause_s, least + pause_s
                continue
            seconds = self.spoken(line)
            expected, least = expected + seconds + pause_s, least + seconds / _FASTEST + pause_s
        return expected, least

    def _noted(self, key: str, fmt: str) -> float:
        facts = self._space.chapters(fmt).facts(key)
        return float(facts["frames"]) / self._space.show.audio.sample_rate if facts else 0.0


def _speaking(lengths: _Lengths, lines: Iterable[UtterancePlan]) -> tuple[float, float, float]:
    """Seconds of speech, seconds of work for one worker, and bytes of the clips."""
    speech_s = work_s = clip_bytes = 0.0
    for line in lines:
        seconds, speed = lengths.spoken(line), lengths.known(line.voice)
        measured = speed or Speed(TIMES_REAL_TIME, 1.0, bytes=_CLIP_BYTES)
        speech_s += seconds
        work_s += seconds * measured.worker_s / measured.audio_s
        clip_bytes += seconds * measured.bytes / measured.audio_s
    return speech_s, work_s, clip_bytes


def _encoding_rate(speeds: Speeds) -> float:
    """Seconds for a second of audio, with all workers at work."""
    speed = speeds.of_encoding()
    formats = len(speeds.space.show.audio.encodings)
    return speed.worker_s / speed.audio_s if speed else formats / _ENCODED_TIMES


def _output(space: Workspace, lengths: _Lengths, episode: EpisodePlan) -> tuple[float, float]:
    """Bytes that an episode's files will take beyond those that they take now."""
    formats = space.show.audio.formats
    expected, least = _sums(lengths.encoded(chapter, formats) for chapter in episode.chapters)
    pictures = len(formats) + bool(episode.image)
    cover = space.covers.path((episode.image or episode.cover).key)
    expected += pictures * (_bytes_of(cover) or _COVER_BYTES)
    before = sum(_bytes_of(space.show.output / f"{episode.stem}.{fmt}") for fmt in formats)
    return expected - before, least - before


def _bytes_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _sums(pairs: Iterable[tuple[float, float]]) -> tuple[float, float]:
    first = second = 0.0
    for one, other in pairs:
        first, second = first + one, second + other
    return first, second


def _room(folder: Path, kind: str, expected: float, least: float) -> Room:
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    return Room(
        kind=kind,
        bytes=round(expected),
        least=max(round(least), 0),
        free=shutil.disk_usage(there).free,
        disk=there.stat().st_dev,
    )
