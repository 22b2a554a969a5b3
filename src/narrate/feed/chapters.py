"""Chapters as times: for the chapters file, the feed and the show notes."""

from __future__ import annotations

import json
from collections.abc import Sequence

from narrate.feed.text import line
from narrate.model import Mark


def milliseconds(frame: int, sample_rate: int) -> int:
    """A frame's time, rounded half up."""
    return (2_000 * frame + sample_rate) // (2 * sample_rate)


def play_time(frame: int, sample_rate: int) -> str:
    """``HH:MM:SS.mmm``: Normal Play Time (RFC 2326, section 3.6)."""
    seconds, ms = divmod(milliseconds(frame, sample_rate), 1_000)
    return f"{seconds // 3_600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms:03}"


def clock_time(frame: int, sample_rate: int) -> str:
    """``MM:SS`` or ``HH:MM:SS``, rounded down: what players turn into links in show notes."""
    seconds = frame // sample_rate
    head = f"{seconds // 3_600:02}:" if seconds >= 3_600 else ""  # noqa: PLR2004 - an hour
    return f"{head}{seconds // 60 % 60:02}:{seconds % 60:02}"


def chapters_json(
    marks: Sequence[Mark], sample_rate: int, *, title: str, podcast: str = "", file: str = ""
) -> bytes:
    """The chapters file of an episode: JSON Chapters 1.2.0 of the podcast namespace.

    Args:
        marks: In order.
        sample_rate: Of the marks' frames.
        title: The episode's.
        podcast: The show's title.
        file: Name of the audio file.

    Returns:
        UTF-8 with a line for each value; times in seconds, rounded to milliseconds.
    """
    facts = {"title": line(title), "podcastName": line(podcast), "fileName": file}
    content = {
        "version": "1.2.0",
        **{name: value for name, value in facts.items() if value},
        "chapters": [
            {
                "startTime": _seconds(mark.start_frame, sample_rate),
                "endTime": _seconds(mark.end_frame, sample_rate),
                "title": line(mark.title),
            }
            for mark in marks
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _seconds(frame: int, sample_rate: int) -> int | float:
    seconds, ms = divmod(milliseconds(frame, sample_rate), 1_000)
    return seconds + ms / 1_000 if ms else seconds
