"""Disks that fill up or may not be written."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from faults.kills import spread_over_kinds
from faults.life import Lab, Lived, Losses, Tally, bytes_in, stopped_well
from faults.reader import differences, snapshot

_FULL = ("the disk is full",)
_LIMITED = ("file too large",)
_READ_ONLY = ("the file system is read-only",)
_NOT_ALLOWED = ("you may not write there",)
_SPARE_BYTES = 8 << 20
_PAGE = 4_096


def can_mount() -> bool:
    """Whether this process may mount a disk of its own."""
    return os.geteuid() == 0 and shutil.which("mount") is not None and _mounts_here()


def _mounts_here() -> bool:
    """Containers may forbid it even to root."""
    import tempfile  # noqa: PLC0415 - once

    with tempfile.TemporaryDirectory() as folder:
        try:
            with small_disk(Path(folder), _SPARE_BYTES):
                return True
        except subprocess.CalledProcessError:
            return False


@contextlib.contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A disk of ``size`` bytes in memory, mounted at a folder that is there."""
    _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S607


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)  # noqa: S607


def filling_at_steps(lab: Lab, rounds: int, losses: Losses) -> Tally:
    """The disk is full from one step on: each kind of step in turn."""
    trials = [(lived, step) for lived, _, step in spread_over_kinds(lab, rounds)]
    return Tally("disk full from a step on", rounds, _fill_at(lab, trials, losses))


def filling_at_each_step(lab: Lab, rounds: int, losses: Losses) -> Tally:
    """The disk is full from a step on: every step of the shortest build, or ``rounds`` of them."""
    builds = [lived for lived in lab.scenes if lived.scene.command[0] == "build"]
    lived = min(builds, key=lambda one: len(one.steps))
    stride = max(1, len(lived.steps) // rounds)
    trials = [(lived, step) for step in range(0, len(lived.steps), stride)]
    return Tally("disk full from each step on", len(trials), _fill_at(lab, trials, losses))


def _fill_at(lab: Lab, trials: Sequence[tuple[Lived, int]], losses: Losses) -> dict[str, int]:
    counts: Counter[str] = Counter()
    with _place(lab) as place:
        for lived, step in trials:
            show = lab.show(lived, place)
            filler = place / "filler"
            fault = {"step": step, "fault": "fill", "filler": str(filler)}
            ended = lab.starter.run(show, lived.command, lived.epoch, fault=fault)
            filler.unlink(missing_ok=True)
            trial = f"disk full from step {step} of “{lived.scene.name}”, {lived.steps[step]}"
            _after(lab, lived, show, trial, stopped_well(ended, (0, 1), _FULL), losses)
            counts["stopped with a message" if ended.code else "needed no more room"] += 1
    return dict(counts)


def filling_at_sizes(lab: Lab, rounds: int, losses: Losses) -> Tally:
    """The disk has room for a part of what a build writes: from almost nothing to almost all."""
    counts: Counter[str] = Counter()
    with _place(lab) as place:
        for number in range(rounds):
            lived = lab.scenes[number % len(lab.scenes)]
            show = lab.show(lived, place)
            filler = place / "filler"
            share = (number // len(lab.scenes) + lab.random.random()) / (rounds / len(lab.scenes))
            _leave_room(filler, round(share * lived.added_bytes))
            ended = lab.starter.run(show, lived.command, lived.epoch)
            filler.unlink()
            trial = f"disk with room for {share:.0%} of what “{lived.scene.name}” writes"
            _after(lab, lived, show, trial, stopped_well(ended, (0, 1), _FULL), losses)
            counts["stopped with a message" if ended.code else "had room enough"] += 1
    return Tally("disk full at a size", rounds, dict(counts))


def limiting_files(lab: Lab, rounds: int, losses: Losses) -> Tally:
    """No file may grow beyond a size any more, from one step on; needs no rights."""
    counts: Counter[str] = Counter()
    for lived, kind, step in spread_over_kinds(lab, rounds):
        show = lab.show(lived)
        fault = {"step": step, "fault": "limit", "bytes": lab.random.choice((0, 100, 5_000))}
        ended = lab.starter.run(show, lived.command, lived.epoch, fault=fault)
        trial = f"files limited from step {step} of “{lived.scene.name}”, {kind}"
        words = (*_LIMITED, "ffmpeg was killed (sigxfsz)")
        _after(lab, lived, show, trial, stopped_well(ended, (0, 1), words), losses)
        counts["stopped with a message" if ended.code else "wrote no larger file"] += 1
    return Tally("size of files limited", rounds, dict(counts))


def reading_only(lab: Lab, rounds: int, losses: Losses) -> Tally:
    """The output, the cache or the whole show may not be written."""
    counts: Counter[str] = Counter()
    scenes = [lived for lived in lab.scenes if lived.earlier]
    for number in range(rounds):
        lived = scenes[number // 3 % len(scenes)]
        name = ("output", ".narrate", "")[number % 3]
        counts[name or "the whole show"] += 1
        if can_mount():
            _on_a_sealed_disk(lab, lived, name, losses)
            counts["sealed disk"] += 1
        if not os.geteuid() and shutil.which("setpriv") is None:
            continue
        _without_permission(lab, lived, name, losses)
        counts["no permission"] += 1
    return Tally("read-only", rounds, dict(counts))


def _on_a_sealed_disk(lab: Lab, lived: Lived, name: str, losses: Losses) -> None:
    """A part of the show is a file system that is read-only."""
    show = lab.show(lived)
    part = show / name
    aside = lab.folder / "aside"
    shutil.rmtree(aside, ignore_errors=True)
    shutil.copytree(part, aside, symlinks=True)
    with small_disk(part, 2 * bytes_in(aside) + _SPARE_BYTES):
        shutil.copytree(aside, part, symlinks=True, dirs_exist_ok=True)
        earlier = snapshot(show)
        _mount("-o", "remount,ro", str(part))
        ended = lab.starter.run(show, lived.command, lived.epoch)
        _mount("-o", "remount,rw", str(part))
        found = stopped_well(ended, (1,), _READ_ONLY)
        found += _all_there(earlier, snapshot(show))
        _after(lab, lived, show, f"read-only {name or 'show'}", found, losses)


def _without_permission(lab: Lab, lived: Lived, name: str, losses: Losses) -> None:
    """A part of the show may not be written by the user who builds it, be it root."""
    show = lab.show(lived)
    earlier = snapshot(show)
    sealed = [show / name, *(path for path in (show / name).rglob("*") if path.is_dir())]
    for folder in sealed:
        folder.chmod(0o555)
    ended = lab.starter.run(show, lived.command, lived.epoch, through=obeying())
    for folder in sealed:
        folder.chmod(0o755)
    found = stopped_well(ended, (1,), _NOT_ALLOWED) + _all_there(earlier, snapshot(show))
    _after(lab, lived, show, f"{name or 'show'} without permission", found, losses)


def obeying() -> tuple[str, ...]:
    """How to start a program so that permissions hold for it: they do not for root."""
    if os.geteuid():
        return ()
    return ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--")


def _all_there(earlier: dict[str, str], now: dict[str, str]) -> list[str]:
    """What of the earlier files is not what it was."""
    kept = {name: now[name] for name in earlier if name in now}
    return differences(kept, earlier)


def _after(  # noqa: PLR0913, PLR0917 - the parts of one trial
    lab: Lab, lived: Lived, show: Path, trial: str, found: list[str], losses: Losses
) -> None:
    found += lab.intact(lived, show)
    found += [f"afterwards {what}" for what in lab.recovers(lived, show)]
    losses.add(trial, found, show)


@contextlib.contextmanager
def _place(lab: Lab) -> Iterator[Path]:
    """A disk for one show at a time."""
    place = lab.folder / "disk"
    place.mkdir(exist_ok=True)
    largest = max(bytes_in(lived.before) + 3 * lived.added_bytes for lived in lab.scenes)
    with small_disk(place, largest + _SPARE_BYTES):
        yield place


def _leave_room(filler: Path, room: int) -> None:
    """Fill a disk but for so many bytes."""
    from faults.victim import fill  # noqa: PLC0415 - the same filling

    fill(filler)
    size = filler.stat().st_size
    os.truncate(filler, max(size - room // _PAGE * _PAGE, 0))
