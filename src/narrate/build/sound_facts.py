"""What an episode's files say of their sound: the words that are said, and how loud they are."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from narrate.cache import Facts
from narrate.model import Loudness, Script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.build.plan import ChapterPlan
    from narrate.build.workspace import Workspace
    from narrate.encode import Level

_TENTHS = 10
"""ffmpeg tells loudness and peaks in tenths."""


def level_facts(level: Level) -> Facts:
    """What is noted of the loudness of an encoded chapter, in tenths of LUFS and dBTP."""
    return {"level": [round(level.lufs * _TENTHS), round(level.true_peak * _TENTHS)]}


def loudness_of(
    space: Workspace, chapters: Sequence[ChapterPlan], frames: Sequence[int], fmt: str
) -> Loudness | None:
    """How loud the chapters are together; those that an earlier narrate encoded are measured.

    Args:
        frames: Length of each.

    Raises:
        AudioError: An encoded chapter is missing, or ffmpeg fails.
    """
    from narrate.encode import joined_loudness  # noqa: PLC0415 - loaded when a file is written

    levels = [_level(space, chapter.parts[fmt], fmt) for chapter in chapters]
    return joined_loudness(zip(levels, frames, strict=True))


def _level(space: Workspace, key: str, fmt: str) -> Level:
    from narrate.encode import Level, measure_part  # noqa: PLC0415

    store = space.chapters(fmt)
    noted = (store.facts(key) or {}).get("level")
    if isinstance(noted, list) and len(noted) == 2 and all(type(one) is int for one in noted):  # noqa: PLR2004
        return Level(noted[0] / _TENTHS, noted[1] / _TENTHS)
    return measure_part(store.path(key), fmt, space.ffmpeg)


def words_of(script: Script) -> str:
    """What is said, a paragraph or heading a line."""
    lines = (line for chapter in script.chapters for line in chapter.utterances)
    groups = groupby(lines, lambda line: (line.kind, line.paragraph))
    return "\n".join(" ".join(" ".join(one.text.split()) for one in said) for _, said in groups)
