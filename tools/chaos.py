"""Faults on purpose, and what the next build makes of them: nothing may be lost.

    python tools/chaos.py [--kills 120] [--rounds 20] [--seed N] [--only NAME] [--engine tone]

A small show in both languages is lived once undisturbed: built, edited, regenerated, reworked. Then
the same commands run as real processes to which something happens: they are killed, the disk fills
up, files rot, others build at the same time. After each fault a reader looks at what is there, and
the next build must leave the show byte for byte as if there had been no fault. One line for each
scenario; the last line of the output is one JSON object. Exit status 1 on any loss.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from faults import children, clocks, crowd, damage, disks, kills
from faults.life import Lab, Losses, Tally, live

from narrate.encode import find_ffmpeg

_KILLS = ("steps", "moments", "series")

Scenario = Callable[[Lab, int, Losses], Tally]


def scenarios(kill_count: int, rounds: int) -> dict[str, tuple[Scenario, int]]:
    """Name → scenario and how often its fault happens.

    Args:
        kill_count: Of builds that are killed in all.
        rounds: Of every other scenario.
    """
    at_moments = kill_count // 3
    found: dict[str, tuple[Scenario, int]] = {
        "steps": (kills.at_steps, kill_count - at_moments),
        "moments": (kills.at_moments, at_moments),
        "series": (kills.in_series, max(1, rounds // 5)),
        "signals": (kills.by_signals, rounds),
        "limit": (disks.limiting_files, rounds),
        "readonly": (disks.reading_only, max(3, rounds // 3)),
        "crowd": (crowd.at_once, max(2, rounds // 2)),
        "damage": (damage.rotting, rounds),
        "gone": (damage.losing_everything, max(3, rounds // 4)),
        "children": (children.dying, 2 * rounds),
        "clock": (clocks.going_wrong, max(3, rounds // 3)),
    }
    if disks.can_mount():
        found["full"] = (disks.filling_at_steps, 2 * rounds)
        found["each"] = (disks.filling_at_each_step, rounds)
        found["sizes"] = (disks.filling_at_sizes, rounds)
    return found


def main() -> int:
    """Run all scenarios, or those that are named."""
    arguments = _arguments()
    chosen = scenarios(arguments.kills, arguments.rounds)
    if unknown := set(arguments.only) - set(chosen):
        print(f"No scenario “{'”, “'.join(sorted(unknown))}” here; there are: {', '.join(chosen)}")
        return 2
    seed = random.randrange(10**6) if arguments.seed is None else arguments.seed  # noqa: S311
    folder = Path(tempfile.mkdtemp(prefix="narrate-chaos-", dir=arguments.work))
    print(f"Seed {seed}, engine {arguments.engine}; works in {folder}", flush=True)
    lab = live(folder / "lab", arguments.engine, seed, find_ffmpeg().path)
    wanted = {name: chosen[name] for name in chosen if name in (arguments.only or chosen)}
    code = carry_out(lab, wanted, Losses(folder / "lost"), seed=seed, engine=arguments.engine)
    if code == 0:
        shutil.rmtree(folder)
    return code


def carry_out(
    lab: Lab, chosen: Mapping[str, tuple[Scenario, int]], losses: Losses, **facts: int | str
) -> int:
    """Run scenarios and print what came of them.

    Args:
        facts: Printed with the summary.

    Returns:
        1 when anything was lost, else 0.
    """
    started = time.monotonic()
    tallies: dict[str, dict[str, Any]] = {}
    for name, (scenario, times) in chosen.items():
        before, since = len(losses.found), time.monotonic()
        tally = scenario(lab, times, losses)
        lost = len(losses.found) - before
        details = ", ".join(f"{what} {count}" for what, count in tally.counts.items() if count)
        spent = f"{time.monotonic() - since:.0f} s"
        print(f"{tally.name}: {tally.trials} times, {lost} losses, {spent} ({details})", flush=True)
        for loss in losses.found[before:]:
            print(f"  LOST: {loss}", flush=True)
        tallies[name] = {"trials": tally.trials, "losses": lost, "counts": tally.counts}
    summary = {
        **facts,
        "kills": sum(tallies[name]["trials"] for name in _KILLS if name in tallies),
        "losses": len(losses.found),
        "wall_s": round(time.monotonic() - started),
        "scenarios": tallies,
    }
    print(json.dumps(summary, ensure_ascii=False))
    return 1 if losses.found else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=120, help="builds that are killed")
    parser.add_argument("--rounds", type=int, default=20, help="of every other scenario")
    parser.add_argument("--seed", type=int, help="of all that is left to chance")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="scenarios to run")
    parser.add_argument("--engine", choices=("tone", "pico"), default="tone")
    parser.add_argument("--work", type=Path, help="where the shows are made, on a disk of choice")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
