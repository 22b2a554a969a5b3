"""Transcripts of an episode: whether they are what their formats ask for, and fit the sound.

Rules: WebVTT (W3C), SubRip as players read it, JSON and HTML as the podcast namespace has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.check.findings import Finding, error, warning
from narrate.check.json_file import is_number, read_json

if TYPE_CHECKING:
    from narrate.build import Record

_TIME = r"(?:(\d{2,}):)?(\d\d):(\d\d)[.,](\d{3})"
_CUE = re.compile(rf"{_TIME} --> {_TIME}(?: .*)?")
_MOST_LINE = 65
_LATE_S = 0.05
_TAG = re.compile(r"<[^>]*>")

Span = tuple[float, float]
"""Start and end of a cue, in seconds."""


def transcript_findings(record: Record, path: Path, again: str) -> Iterator[Finding]:
    """What is wrong with one transcript; nothing is said of files of other kinds."""
    name = path.name
    try:
        if name.endswith(".transcript.json"):
            yield from _json_findings(record, path, again)
        elif path.suffix in {".vtt", ".srt"}:
            yield from _caption_findings(record, path, again)
        elif path.suffix == ".html" and not path.read_bytes().lstrip().lower().startswith(
            b"<!doctype html>"
        ):
            yield error(name, "is no HTML document", again)
    except UnicodeDecodeError:
        yield error(name, "is not in UTF-8", again)


def _json_findings(record: Record, path: Path, again: str) -> Iterator[Finding]:
    content = read_json(path)
    segments = content.get("segments") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(segments, list):
        yield error(path.name, "is no transcript in JSON", again)
        return
    if content.get("version") != "1.0.0":
        yield warning(path.name, "has another version than 1.0.0", again)
    spans = []
    for segment in segments:
        start = segment.get("startTime") if isinstance(segment, dict) else None
        end = segment.get("endTime") if isinstance(segment, dict) else None
        if not is_number(start) or not is_number(end) or not str(segment.get("body", "")).strip():
            yield error(path.name, "has a segment without a time or text", again)
            return
        spans.append((float(start), float(end)))
    yield from _span_findings(record, path.name, spans, again)


def _caption_findings(record: Record, path: Path, again: str) -> Iterator[Finding]:
    is_web = path.suffix == ".vtt"
    text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    blocks = [block.split("\n") for block in text.strip("\n").split("\n\n")]
    if is_web and blocks.pop(0)[0].split(" ")[0] != "WEBVTT":
        yield error(path.name, "does not begin with `WEBVTT`", again)
        return
    spans, longest = [], 0
    for lines in blocks:
        if is_web and lines[0].startswith(("NOTE", "STYLE", "REGION")):
            continue
        head = 0 if "-->" in lines[0] else 1
        found = _CUE.fullmatch(lines[head]) if len(lines) > head else None
        if found is None or not "".join(lines[head + 1 :]).strip():
            what = f"has a cue without a time or text: “{' / '.join(lines)[:60]}”"
            yield error(path.name, what, again)
            return
        times = found.groups(default="0")
        spans.append((_seconds(times[:4]), _seconds(times[4:8])))
        longest = max(longest, *(len(_TAG.sub("", line)) for line in lines[head + 1 :]))
    yield from _span_findings(record, path.name, spans, again)
    if longest > _MOST_LINE + 20:  # escapes such as &amp; count as they are written
        yield warning(path.name, f"has a line of {longest} characters; {_MOST_LINE} fit", again)


def _seconds(parts: Sequence[str]) -> float:
    hours, minutes, seconds, ms = map(int, parts)
    return hours * 3600 + minutes * 60 + seconds + ms / 1000


def _span_findings(
    record: Record, name: str, spans: Sequence[Span], again: str
) -> Iterator[Finding]:
    """Whether cues follow each other and lie within the episode."""
    if not spans:
        yield error(name, "holds no text", again)
        return
    before = 0.0
    for start, end in spans:
        if end <= start or start < before - 0.001:
            yield error(name, f"has cues that are out of order at {start:.3f} s", again)
            return
        before = start
    seconds = record.frames / record.sample_rate
    if max(end for _, end in spans) > seconds + _LATE_S:
        yield error(name, f"goes on after the episode ends ({seconds:.1f} s)", again)
    elif record.clips and spans[-1][0] < seconds - 120 - seconds / 4:
        yield warning(name, f"ends at {spans[-1][1]:.0f} s of {seconds:.0f} s", again)
