"""One finished episode: its files against what its build noted, without decoding the sound."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from narrate import encode, feed
from narrate.build import OutputFile, Record
from narrate.check.audio_file import AudioFile, DamagedError, FileChapter
from narrate.check.findings import Finding, error, warning
from narrate.check.json_file import is_number, read_json
from narrate.check.mp3_file import read_mp3
from narrate.check.mp4_file import read_mp4
from narrate.check.pictures import picture_findings
from narrate.check.transcripts import transcript_findings
from narrate.files import sha256_of
from narrate.media_types import AUDIO
from narrate.model import Mark
from narrate.plain_text import one_line

_CLOSE_S = 0.002
"""Formats count in milliseconds; twice rounded is still the same moment."""

_SAME_LENGTH_S = 0.1
_AUDIOBOOK = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where an episode lies.

    Attributes:
        output: The folder of its files.
        is_whole: Read every file to its end, whatever its time says.
    """

    output: Path
    is_whole: bool


def episode_findings(record: Record, place: Place) -> Iterator[Finding]:
    """What is wrong with the files of an episode."""
    again = f"`narrate build {record.key}` writes it anew."
    sound = []
    for file in record.outputs:
        found = _state(file, place, again)
        if found is not None:
            yield found
        else:
            sound.append(file.name)
    if not any(Path(file.name).suffix == ".mp3" for file in record.outputs):
        yield warning(
            record.stem,
            "has no MP3, the only form that every app plays; its feed leaves it out",
            'Set `formats = ["mp3", "m4b"]` in narrate.toml.',
        )
    for name in sound:
        path = place.output / name
        if path.suffix in AUDIO:
            yield from _audio_findings(record, path, again)
        elif name.endswith(".chapters.json"):
            yield from _chapters_findings(record, path, again)
        elif path.suffix == ".jpg":
            yield from picture_findings(name, path.read_bytes(), again)
        else:
            yield from transcript_findings(record, path, again)


def _state(file: OutputFile, place: Place, again: str) -> Finding | None:
    """What befell a file since it was written."""
    path = place.output / file.name
    try:
        size = path.stat().st_size
        if size != file.bytes:
            what = f"has {size:,} bytes instead of {file.bytes:,}"
            return error(file.name, what, again)
        if not file.is_intact(place.output) or (place.is_whole and sha256_of(path) != file.sha256):
            return error(file.name, "has another content than its build wrote", again)
    except FileNotFoundError:
        return error(file.name, "is missing", again)
    except OSError as problem:
        reason = (problem.strerror or "").lower()
        return error(file.name, f"cannot be read: {reason}", "Correct its permissions.")
    return None


def _audio_findings(record: Record, path: Path, again: str) -> Iterator[Finding]:
    try:
        told = read_mp3(path) if path.suffix == ".mp3" else read_mp4(path)
    except DamagedError as problem:
        yield error(path.name, f"{problem}", again)
        return
    for name, listed in told.lists.items():
        if what := _difference(listed, _expected(record.marks, record.sample_rate, listed)):
            what = f"its chapters ({name}) are not those of the episode: {what}"
            yield error(path.name, what, again)
    yield from _tag_findings(record, path, told, again)
    seconds = record.frames / record.sample_rate
    if told.seconds and abs(told.seconds - seconds) > _SAME_LENGTH_S:
        what = f"says that it lasts {told.seconds:.1f} s, the episode lasts {seconds:.1f} s"
        yield error(path.name, what, again)
    if told.has_seek_table:
        yield warning(
            path.name, "has a seek table, by which players land seconds beside a chapter", again
        )


def _tag_findings(record: Record, path: Path, told: AudioFile, again: str) -> Iterator[Finding]:
    if not _is_alike(told.title, record.title):
        yield error(path.name, f"has the title “{told.title[:80]}” in its tags", again)
    if record.author and not told.artist:
        yield warning(path.name, "names no author in its tags", again)
    if told.lang != encode.language(record.lang):
        yield warning(path.name, f"says that its language is “{told.lang}”", again)
    if path.suffix == ".m4b" and told.kind != _AUDIOBOOK:
        yield warning(path.name, "is not marked as an audiobook (`stik`)", again)
    if told.picture:
        yield from picture_findings(f"{path.name}: cover", told.picture, again)
    else:
        yield warning(path.name, "carries no cover", again)


def _is_alike(told: str, title: str) -> bool:
    """Whether a tag says this title; characters that nobody sees may lack, as once they did."""
    one, other = (
        "".join(c for c in one_line(text) if c.isprintable()).split() for text in (told, title)
    )
    return one == other


def _expected(
    marks: Sequence[Mark], sample_rate: int, found: Sequence[FileChapter]
) -> list[FileChapter]:
    """The chapters of a file, with titles in the form that it has them if it may have them so."""
    told = [chapter.title for chapter in found] + [""] * len(marks)
    wanted = []
    for number, (mark, title) in enumerate(zip(marks, told, strict=False), start=1):
        forms = {form or str(number) for form in encode.title_forms(mark.title)}
        shown = title if title in forms else one_line(mark.title) or str(number)
        wanted.append(FileChapter(mark.start_frame / sample_rate, shown))
    return wanted


def _difference(found: Sequence[FileChapter], wanted: Sequence[FileChapter]) -> str:
    """How two lists of chapters differ first; empty when they do not."""
    if len(found) != len(wanted):
        return f"{len(found)} instead of {len(wanted)}"
    for number, (one, other) in enumerate(zip(found, wanted, strict=True), start=1):
        if one.title != other.title:
            return f"chapter {number} is called “{one.title[:80]}” instead of “{other.title[:80]}”"
        if abs(one.start - other.start) > _CLOSE_S:
            return f"chapter {number} begins at {one.start:.3f} s instead of {other.start:.3f} s"
    return ""


def _chapters_findings(record: Record, path: Path, again: str) -> Iterator[Finding]:
    wanted = json.loads(feed.chapters_json(record.marks, record.sample_rate, title=""))["chapters"]
    found = read_json(path)
    listed = found.get("chapters") if isinstance(found, dict) else None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        yield error(path.name, "is no file of chapters", again)
        return
    what = _difference(_from_json(listed), _from_json(wanted))
    if what:
        yield error(path.name, f"its chapters are not those of the episode: {what}", again)
    if isinstance(found, dict) and found.get("version") != "1.2.0":
        yield warning(path.name, "has another version than 1.2.0", again)


def _from_json(listed: Sequence[dict[str, Any]]) -> list[FileChapter]:
    return [
        FileChapter(_start(one.get("startTime")), str(one.get("title") or "")) for one in listed
    ]


def _start(value: object) -> float:
    return float(value) if is_number(value) else -1.0
