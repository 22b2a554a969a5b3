"""What ``narrate build --dry-run`` prints: a plan with its reasons, and what it takes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from narrate.cli.common import print_json, tell
from narrate.model import byte_size

if TYPE_CHECKING:
    from narrate.build import Estimate, Plan


def print_plan(plan: Plan, expected: Estimate, *, as_json: bool) -> None:
    """Print each piece with its reason, and what is left out with its rule."""
    from narrate.build import described, left_out  # noqa: PLC0415
    from narrate.report.text import count  # noqa: PLC0415

    if as_json:
        print_json(_plan_as_json(plan) | {"expected": expected})
        return
    for episode in plan.episodes:
        lines = episode.to_speak
        state = episode.reason or "up to date"
        ahead = f"{count(len(lines), 'utterance')} to speak"
        tell(f"{episode.stem}: {state}; {ahead} with {episode.voice.name}")
        for chapter in episode.chapters:
            spoken = chapter.to_speak
            state = "up to date"
            if chapter.missing:
                state = f"encode {', '.join(chapter.missing)} ({chapter.reason})"
            tell(f"  chapter {chapter.number} “{chapter.chapter.title}”: {state}")
            for line in spoken:
                tell(f"    speak ({line.reason}): {line.utterance.text}")
        for omission in left_out(episode.script):
            tell(f"  left out: {_short(described(omission))}")
    _print_comings_and_goings(plan)
    for where, text in plan.warnings:
        tell(f"Warning: {where}: {text}" if where else f"Warning: {text}")
    for failure in plan.failures:
        tell(f"Error: {failure}")
    _print_end(plan, expected)


def _print_end(plan: Plan, expected: Estimate) -> None:
    """Print what is left for later, and what all this takes."""
    if plan.newer:
        tell(plan.newer)
    if plan.later:
        tell(f"{plan.later} more episodes are left for later (--limit)")
    for line in _estimate_lines(expected):
        tell(line)


def _estimate_lines(expected: Estimate) -> Iterator[str]:
    """What a build will take, in words."""
    from narrate.build.estimate import TIMES_REAL_TIME  # noqa: PLC0415
    from narrate.report.text import count, duration  # noqa: PLC0415

    yield (
        f"Audio: {duration(expected.speech_s)} to speak, "
        f"for {duration(expected.episodes_s)} of episodes"
    )
    time = f"Time: about {duration(expected.wall_s)} with {count(expected.workers, 'worker')}"
    if expected.assumed:
        time += (
            f"; not measured here yet, taken to be {TIMES_REAL_TIME:g} times faster than "
            f"real time: {', '.join(expected.assumed)}"
        )
    yield time
    rooms = ", ".join(f"{room.kind} {byte_size(room.bytes)}" for room in expected.rooms)
    free = " and ".join({byte_size(room.free): "" for room in expected.rooms})
    yield f"Disk: {rooms}; {free} free"
    if tight := expected.tight():
        yield f"Warning: {tight}"


def _print_comings_and_goings(plan: Plan) -> None:
    from narrate.build import told  # noqa: PLC0415

    for file in plan.drafts:
        tell(f"{file.name}: a draft, left aside")
    for rename in plan.renames:
        tell(str(rename))
    for feed, text in told(plan.withdrawals):
        tell(f"{feed}: {text}")


def _plan_as_json(plan: Plan) -> dict[str, object]:
    from narrate.build import left_out  # noqa: PLC0415

    return {
        "episodes": [
            {
                "episode": episode.stem,
                "reason": episode.reason,
                "voice": episode.voice.name,
                "to_speak": len(episode.to_speak),
                "chapters": [
                    {
                        "number": chapter.number,
                        "id": chapter.chapter.id,
                        "title": chapter.chapter.title,
                        "encode": chapter.missing,
                        "reason": chapter.reason,
                        "speak": [
                            {"text": line.utterance.text, "reason": line.reason}
                            for line in chapter.to_speak
                        ],
                    }
                    for chapter in episode.chapters
                ],
                "left_out": left_out(episode.script),
            }
            for episode in plan.episodes
        ],
        "drafts": [file.name for file in plan.drafts],
        "renamed": [
            {"key": one.file.key, "from": one.before, "to": one.file.name} for one in plan.renames
        ],
        "withdrawn": [
            {"key": one.entry.key, "lang": one.entry.lang, "why": one.why}
            for one in plan.withdrawals
        ],
        "warnings": [{"where": where, "text": text} for where, text in plan.warnings],
        "failures": [str(failure) for failure in plan.failures],
        "later": plan.later,
        "newer_software": plan.newer,
    }


def _short(line: str, most: int = 140) -> str:
    return line if len(line) <= most else f"{line[: most - 1]}…"
