"""Several builds of one show at once: one works, the others say so."""

from __future__ import annotations

from collections import Counter

from faults.life import Lab, Losses, Tally, stopped_well

_BUSY = ("another build of this show is running",)


def at_once(lab: Lab, rounds: int, losses: Losses) -> Tally:
    """Two and five commands, started together or while the first works."""
    counts: Counter[str] = Counter()
    for number in range(rounds):
        lived = lab.scenes[number % len(lab.scenes)]
        size = (2, 5)[number % 2]
        waits = number // 2 % 2 == 0
        show = lab.show(lived)
        first = lab.starter.start(show, lived.command, lived.epoch)
        if waits and not first.wait_for_lines(1):
            losses.add(
                "several at once", [f"the first said nothing, {first.finish().brief()}"], show
            )
            continue
        others = [lab.starter.start(show, lived.command, lived.epoch) for _ in range(size - 1)]
        everyone = [running.finish() for running in (first, *others)]
        found = [fault for ended in everyone for fault in stopped_well(ended, (0, 1), _BUSY)]
        worked = sum(ended.code == 0 for ended in everyone)
        if not worked or (waits and everyone[0].code):
            found.append("nobody worked" if not worked else "the first did not work")
        counts["worked"] += worked
        counts["turned away"] += size - worked
        counts[f"{size} at once"] += 1
        found += lab.intact(lived, show)
        if lived.scene.command[0] == "build":
            found += [f"afterwards {what}" for what in lab.recovers(lived, show)]
        losses.add(f"{size} times “{lived.scene.name}” at once", found, show)
    return Tally("several builds at once", rounds, dict(counts))
