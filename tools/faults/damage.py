"""Files of the cache rot: a bit flips, the second half is gone, nothing is left."""

from __future__ import annotations

import math
import random
import shutil
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from faults.life import Lab, Lived, Losses, Tally, stopped_well
from faults.reader import differences, snapshot

_NEWER = "a newer narrate wrote this file"


def _flip(content: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(content))
    flipped = content[at] ^ (1 << rng.randrange(8))
    return content[:at] + bytes([flipped]) + content[at + 1 :]


DAMAGES: Mapping[str, Callable[[bytes, random.Random], bytes]] = {
    "one bit flipped": _flip,
    "cut to half": lambda content, _: content[: len(content) // 2],
    "emptied": lambda _content, _rng: b"",
}
_MOST_FLIPS = 6
"""Notes in JSON get up to so many trials with a flipped bit each: any character may matter."""

_NEEDED_FOR = {"clips": ("output", ".narrate/chapters"), "chapters": ("output",)}
"""What is taken away so that the damaged files of a kind are needed."""


def rotting(lab: Lab, rounds: int, losses: Losses) -> Tally:
    """Damage every file of the cache in every way, some in each trial, where they are needed.

    Args:
        rounds: Number of trials at least; each file is damaged in one of them, however few.
    """
    lived = max(lab.scenes, key=lambda one: len(list((one.before / ".narrate").rglob("*"))))
    groups = _wanted(lab, lived, rounds)
    total = sum(map(len, groups.values()))
    counts: Counter[str] = Counter()
    for kind, wanted in sorted(groups.items()):
        batches = max(_most_of_a_file(wanted), math.ceil(rounds * len(wanted) / total))
        for number in range(batches):
            batch = dict(wanted[number::batches])
            show = lab.show(lived)
            for folder in _NEEDED_FOR.get(kind, ("output",) if number % 2 else ()):
                shutil.rmtree(show / folder)
                (show / folder).mkdir()
            for name, damage in batch.items():
                path = show / name
                path.write_bytes(DAMAGES[damage](path.read_bytes(), lab.random))
                counts[damage] += 1
            found = _is_repaired(lab, lived, show, counts)
            damaged = ", ".join(f"{name} {damage}" for name, damage in batch.items())
            losses.add(f"damaged in “{lived.scene.name}”: {damaged[:400]}", found, show)
            counts["builds"] += 1
    return Tally("files of the cache damaged", counts["builds"], dict(counts))


def _wanted(lab: Lab, lived: Lived, rounds: int) -> dict[str, list[tuple[str, str]]]:
    """Kind of files → each file with each damage, those of one file in a row.

    In a single round each file has one damage, by chance.
    """
    flips = max(1, min(_MOST_FLIPS, rounds // 4))
    groups: dict[str, list[tuple[str, str]]] = {}
    for path in sorted((lived.before / ".narrate").rglob("*")):
        if not path.is_file() or not path.stat().st_size:
            continue
        name = path.relative_to(lived.before).as_posix()
        kind = folder if (folder := name.split("/")[1]) in _NEEDED_FOR else "others"
        damages = [
            damage
            for damage in DAMAGES
            for _ in range(flips if path.suffix == ".json" and "flip" in damage else 1)
        ]
        if rounds == 1:
            damages = [lab.random.choice(damages)]
        groups.setdefault(kind, []).extend((name, damage) for damage in damages)
    return groups


def _most_of_a_file(wanted: list[tuple[str, str]]) -> int:
    """In how many batches a list must be divided so that none has a file twice."""
    return max(Counter(name for name, _ in wanted).values())


def _is_repaired(lab: Lab, lived: Lived, show: Path, counts: Counter[str]) -> list[str]:
    """Build over the damage; a note that seems to come from a newer narrate may stop it once."""
    ended = lab.starter.run(show, lived.command, lived.epoch)
    if ended.code and _NEWER in ended.said:
        counts["refused as newer"] += 1
        shutil.rmtree(show / ".narrate")  # as the message says
        ended = lab.starter.run(show, lived.command, lived.epoch)
    return stopped_well(ended, (0,), ()) + differences(snapshot(show), lived.expected)


def losing_everything(lab: Lab, rounds: int, losses: Losses) -> Tally:
    """The whole cache is gone, or the output, or both."""
    counts: Counter[str] = Counter()
    scenes = [lived for lived in lab.scenes if lived.earlier]
    for number in range(rounds):
        lived = scenes[number % len(scenes)]
        names = ((".narrate",), ("output",), (".narrate", "output"))[number % 3]
        show = lab.show(lived)
        for name in names:
            shutil.rmtree(show / name)
        counts[" and ".join(names)] += 1
        losses.add(f"{' and '.join(names)} gone", lab.recovers(lived, show), show)
    return Tally("folders gone", rounds, dict(counts))
