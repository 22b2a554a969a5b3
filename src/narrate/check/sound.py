"""What is heard in the files: loudness, peaks, length, and the first sound after each mark.

Decoding an hour takes some ten seconds, so what was heard in a file is kept in ``.narrate/heard/``
under the digest of the file: a second check only looks it up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from narrate import encode
from narrate.build import OutputFile, Record, Workspace
from narrate.check.findings import Finding, error, warning
from narrate.errors import AudioError, NarrateError, ShowError
from narrate.files import seal, typed, unseal, write_atomically
from narrate.media_types import AUDIO
from narrate.model import Loudness, digest

_SCHEMA = 1
_REVISION = 1
_FOLDER = "heard"
_LOUDNESS_LU = 1.0
_PEAK_DB = 0.1
_EARLIEST_S, _LATEST_S = 0.3, 1.5
"""When a chapter's first sound may come; it is meant to come after half a second."""

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Listened:
    """What was heard in a file.

    Attributes:
        true_peak: dBTP.
        onsets: For each chapter, seconds from its mark to the first sound.
    """

    lufs: float
    true_peak: float
    frames: int
    onsets: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Task:
    record: Record
    file: OutputFile
    kept: Path


def sound_findings(
    space: Workspace,
    records: Sequence[Record],
    jobs: int,
    progress: Callable[[str, int, int], None],
) -> Iterator[Finding]:
    """Listen to all audio that is there, ``jobs`` files at a time.

    Args:
        progress: Told of each file that is done: its name, how many are, and of how many.

    Raises:
        AudioError: There is no ffmpeg.
    """
    tasks = list(_tasks(space, records))
    ffmpeg = space.ffmpeg if tasks else None
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        futures = [pool.submit(_listened, task, space, ffmpeg) for task in tasks]
        try:
            for number, (task, future) in enumerate(zip(tasks, futures, strict=True), start=1):
                yield from _findings(space, task, future.result())
                progress(task.file.name, number, len(tasks))
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    _forget(space.show.cache / _FOLDER, {task.kept.name for task in tasks}, space, records)


def _tasks(space: Workspace, records: Sequence[Record]) -> Iterator[_Task]:
    for record in records:
        marks = [mark.start_frame for mark in record.marks]
        for file in record.outputs:
            path = space.show.output / file.name
            if path.suffix in AUDIO and file.is_intact(space.show.output):
                name = digest([_REVISION, file.sha256, marks, record.sample_rate])
                yield _Task(record, file, space.show.cache / _FOLDER / f"{name}.json")


def _listened(
    task: _Task, space: Workspace, ffmpeg: encode.Ffmpeg | None
) -> Listened | NarrateError:
    """What is heard in a file, from what is kept or by decoding it now."""
    found = _kept(task)
    if found is not None or ffmpeg is None:
        return found or AudioError("there is no ffmpeg")
    record = task.record
    try:
        heard = encode.listen(ffmpeg, space.show.output / task.file.name)
    except NarrateError as problem:
        return problem
    onsets = tuple(
        round(min(heard.onset(mark.start_frame / record.sample_rate), 1e6), 4)
        for mark in record.marks
    )
    listened = Listened(heard.level.lufs, heard.level.true_peak, heard.frames, onsets)
    with suppress(NarrateError, ValueError):  # a show that may only be read is checked anew
        task.kept.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(task.kept, seal(asdict(listened), _SCHEMA))
    return listened


def _kept(task: _Task) -> Listened | None:
    try:
        content = unseal(task.kept, _SCHEMA)
        found: Listened | None = None if content is None else typed(Listened, content)
    except (TypeError, ShowError):
        return None
    fits = found is not None and len(found.onsets) == len(task.record.marks)
    return found if fits else None


def _forget(folder: Path, used: set[str], space: Workspace, records: Sequence[Record]) -> None:
    """Take away what was kept of files that are gone, once all were asked for."""
    if len(records) < len(space.known):
        return
    with suppress(OSError):
        for path in folder.glob("*.json"):
            if path.name not in used:
                path.unlink(missing_ok=True)


def _findings(space: Workspace, task: _Task, heard: Listened | NarrateError) -> Iterator[Finding]:
    record, name = task.record, task.file.name
    again = f"`narrate build {record.key}` after deleting the file writes it anew."
    if isinstance(heard, NarrateError):
        yield error(name, f"cannot be decoded: {heard.what}", again)
        return
    if heard.frames != record.frames:
        what = f"lasts {heard.frames} samples, its chapters {record.frames}"
        yield error(name, what, again)
    yield from _level_findings(name, heard, _target(space, record))
    odd = [
        f"{number} ({onset:.2f} s)"
        for number, onset in enumerate(heard.onsets, start=1)
        if not _EARLIEST_S <= onset <= _LATEST_S
    ]
    if odd:
        shown = ", ".join(odd[:_MOST_NAMED]) + (" …" if len(odd) > _MOST_NAMED else "")
        what = f"its sound does not begin half a second after the mark in chapter {shown}"
        yield warning(name, what, again)


def _level_findings(name: str, heard: Listened, target: Loudness) -> Iterator[Finding]:
    if heard.true_peak > target.true_peak_dbtp + _PEAK_DB:
        what = f"has a true peak of {heard.true_peak:.1f} dBTP, above {target.true_peak_dbtp:.1f}"
        yield error(name, what, "`narrate build --refresh` encodes it anew.")
    if abs(heard.lufs - target.lufs) > _LOUDNESS_LU:
        what = f"is at {heard.lufs:.1f} LUFS instead of {target.lufs:.1f}"
        is_peaky = heard.lufs < target.lufs and heard.true_peak > target.true_peak_dbtp - 1
        mend = (
            "Its peaks leave no room for more; a lower `lufs` in narrate.toml suits it."
            if is_peaky
            else "`narrate build --refresh` encodes it anew."
        )
        yield warning(name, what, mend)


def _target(space: Workspace, record: Record) -> Loudness:
    """What the episode was brought to; today's setting where nobody noted it."""
    today = space.show.audio.loudness
    try:
        return Loudness(
            float(record.settings["audio setting lufs"]),
            float(record.settings["audio setting true_peak_dbtp"]),
        )
    except (KeyError, ValueError):
        return today
