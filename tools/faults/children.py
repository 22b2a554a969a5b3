"""What narrate starts dies mid-way: ffmpeg, and the workers that speak."""

from __future__ import annotations

from collections import Counter

from faults.life import Lab, Losses, Tally, stopped_well

_FFMPEG_S = 0.08
_WORKER_S = 1.0
_WORDS = ("was killed",)
_PLACES = ("light.", "fog.", "voice reader", "no usable ffmpeg")


def dying(lab: Lab, rounds: int, losses: Losses) -> Tally:
    """Kill a child at a random moment of its work: once, or its replacements too."""
    counts: Counter[str] = Counter()
    for number in range(rounds):
        lived = lab.random.choice(lab.scenes)
        kind = ("starting ffmpeg", "starting a worker")[number % 2]
        if kind not in lived.kinds():
            continue
        again = number // 2 % 2 * 3
        step = lab.random.choice(lived.kinds()[kind])
        longest = _FFMPEG_S if "ffmpeg" in kind else _WORKER_S
        after_s = lab.random.random() * longest
        fault = {"step": step, "fault": "child", "after_s": after_s, "again": again}
        show = lab.show(lived)
        ended = lab.starter.run(show, lived.command, lived.epoch, fault=fault)
        found = stopped_well(ended, (0, 1), _WORDS)
        if ended.code and not any(name in ended.said for name in _PLACES):
            found.append(f"it does not say where, {ended.brief()}")
        found += lab.intact(lived, show)
        found += [f"afterwards {what}" for what in lab.recovers(lived, show)]
        counts[f"{'and those after it, ' if again else ''}{kind.split()[-1]}"] += 1
        counts["stopped with a message" if ended.code else "went on"] += 1
        trial = f"a child killed {after_s:.3f} s after step {step} of “{lived.scene.name}”"
        losses.add(trial, found, show)
    return Tally("ffmpeg or a worker killed", sum(counts.values()) // 2, dict(counts))
