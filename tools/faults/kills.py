"""Builds end when nobody expects it: killed, or told to stop."""

from __future__ import annotations

import signal
import subprocess
from collections import Counter
from pathlib import Path

from faults.life import Lab, Lived, Losses, Tally, stopped_well
from faults.processes import Ended, Running, left_running
from faults.reader import feed_lags

STOPPED = {signal.SIGINT: 130, signal.SIGTERM: 143}
"""Signal → exit status of a command that it has stopped."""

_TRIES = 20


def at_steps(lab: Lab, rounds: int, losses: Losses) -> Tally:
    """Kill right before a step, all kinds of steps alike often; then build again.

    Every second time all that narrate started dies with it, else the main process alone.
    """
    counts: Counter[str] = Counter()
    order = spread_over_kinds(lab, rounds)
    for number, (lived, kind, step) in enumerate(order):
        show = lab.show(lived)
        running = lab.starter.start(
            show, lived.command, lived.epoch, fault={"step": step, "fault": "kill"}
        )
        ended = running.finish()
        if ended.code != -signal.SIGKILL:
            counts["had ended before"] += 1
        counts["killed"] += ended.code == -signal.SIGKILL
        counts[f"at {kind}"] += 1
        trial = f"killed at step {step} of “{lived.scene.name}”, {kind}"
        _after_kill(lab, lived, show, running, trial, losses, counts, everything=number % 2 == 0)
    return Tally("kill at a step", counts["killed"], dict(counts))


def at_moments(lab: Lab, rounds: int, losses: Losses) -> Tally:
    """Kill at random moments, all phases alike often, however long they take; then build again."""
    counts: Counter[str] = Counter()
    while counts["killed"] < rounds:
        lived = lab.random.choice(lab.scenes)
        phase = lab.random.choice(phases(lived))
        show = lab.show(lived)
        running = lab.starter.start(show, lived.command, lived.epoch)
        everything = lab.random.random() < 0.5  # noqa: PLR2004 - a coin
        if not _wait_for(lab, lived, running, phase) or not running.kill(everything=everything):
            running.finish()
            counts["had ended before"] += 1
            if counts["had ended before"] > _TRIES + rounds:
                losses.add("killing at random moments", ["builds ended before they could be"], show)
                break
            continue
        running.finish()
        counts["killed"] += 1
        counts[f"in {phase_name(lived, phase)}"] += 1
        trial = f"killed in “{lived.scene.name}”, {phase_name(lived, phase)}"
        _after_kill(lab, lived, show, running, trial, losses, counts, everything=everything)
    return Tally("kill at a moment", counts["killed"], dict(counts))


def in_series(lab: Lab, rounds: int, losses: Losses) -> Tally:
    """Kill the same build again and again, each time later, until it ends by itself."""
    counts: Counter[str] = Counter()
    for number in range(rounds):
        lived = lab.scenes[number % len(lab.scenes)]
        if lived.scene.command[0] != "build":
            continue
        show = lab.show(lived)
        lasting = 0.2
        running = lab.starter.start(show, lived.command, lived.epoch)
        while not _ended_within(running, lasting * lived.wall_s):
            running.kill(everything=True)
            running.finish()
            counts["killed"] += 1
            trial = f"killed in series in “{lived.scene.name}”"
            losses.add(trial, lab.intact(lived, show), show)
            lasting += 0.2
            running = lab.starter.start(show, lived.command, lived.epoch)
        counts["series"] += 1
        losses.add("after a series", lab.recovers(lived, show), show)
    return Tally("kills in series", counts["killed"], dict(counts))


def by_signals(lab: Lab, rounds: int, losses: Losses) -> Tally:
    """Ask builds to stop, by SIGINT and SIGTERM, at steps and at moments; then build again."""
    counts: Counter[str] = Counter()
    for number, (lived, kind, step) in enumerate(spread_over_kinds(lab, rounds)):
        asked = (signal.SIGINT, signal.SIGTERM)[number % 2]
        show = lab.show(lived)
        if number % 4 < 2:  # noqa: PLR2004
            fault = {"step": step, "fault": "signal", "signal": int(asked)}
            running = lab.starter.start(show, lived.command, lived.epoch, fault=fault)
            when = f"at {kind}"
        else:
            running = lab.starter.start(show, lived.command, lived.epoch)
            phase = lab.random.choice(phases(lived)[1:])
            _wait_for(lab, lived, running, phase)
            running.send(asked)
            when = f"in {phase_name(lived, phase)}"
        ended = running.finish()
        counts[asked.name] += 1
        counts["had ended before"] += ended.code == 0
        trial = f"{asked.name} in “{lived.scene.name}” {when}"
        found = _stopped(ended, asked)
        losses.add(trial, found, show)
        _after_kill(lab, lived, show, running, trial, losses, counts, everything=False)
    return Tally("SIGINT and SIGTERM", sum(counts[one.name] for one in STOPPED), dict(counts))


def _stopped(ended: Ended, asked: signal.Signals) -> list[str]:
    found = stopped_well(ended, (0, STOPPED[asked]), ())
    if ended.code and len([line for line in ended.err.splitlines() if line.strip()]) != 1:
        found.append(f"it does not leave with one line, {ended.brief()}")
    return found


def _after_kill(  # noqa: PLR0913, PLR0917 - the parts of one trial
    lab: Lab,
    lived: Lived,
    show: Path,
    running: Running,
    trial: str,
    losses: Losses,
    counts: Counter[str],
    *,
    everything: bool,
) -> None:
    """What a reader finds, what the next build makes of it, and what still runs."""
    if everything:
        running.kill(everything=True)
    counts["with all it started" if everything else "its main process alone"] += 1
    found = lab.intact(lived, show)
    counts["feed one episode behind"] += not found and feed_lags(show)
    found += [f"afterwards {what}" for what in lab.recovers(lived, show)]
    if lingering := left_running(running.mark):
        found.append(lingering)
    losses.add(trial, found, show)


def spread_over_kinds(lab: Lab, rounds: int) -> list[tuple[Lived, str, int]]:
    """So many steps: each kind of each scene in turn, which step of it is chance."""
    kinds = [(lived, kind) for lived in lab.scenes for kind in sorted(lived.kinds())]
    lab.random.shuffle(kinds)
    chosen = [kinds[number % len(kinds)] for number in range(rounds)]
    return [(lived, kind, lab.random.choice(lived.kinds()[kind])) for lived, kind in chosen]


def phases(lived: Lived) -> list[tuple[int, int]]:
    """Between which lines a command does one kind of work: from line number, to line number.

    Lines are counted from 1; 0 stands for the start. Lines of one kind in a row are one phase.
    """
    found = []
    start = 0
    for number in range(1, len(lived.events) + 1):
        is_last = number == len(lived.events)
        if is_last or lived.events[number] != lived.events[number - 1]:
            found.append((start, number))
            start = number
    return found


def phase_name(lived: Lived, phase: tuple[int, int]) -> str:
    """A phase by the lines that it ends with."""
    return f"the time to “{lived.events[phase[1] - 1]}”"


def _wait_for(lab: Lab, lived: Lived, running: Running, phase: tuple[int, int]) -> bool:
    """Wait for a random moment of a phase; says whether the command still ran before it."""
    start, end = phase
    line = lab.random.randrange(start, end)
    if not running.wait_for_lines(line):
        return False
    moments = (0.0, *lived.moments)
    return not _ended_within(running, lab.random.random() * (moments[line + 1] - moments[line]))


def _ended_within(running: Running, seconds: float) -> bool:
    """Whether a command ends in time; does not wait beyond its end."""
    try:
        running.process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    running.finish()
    return True
