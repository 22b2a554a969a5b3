"""Clocks that go wrong: a build long before the last one, files from the future."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]

from faults.life import Lab, Lived, Losses, Tally, stopped_well
from faults.reader import differences, snapshot

_YEAR_S = 365 * 86_400


def going_wrong(lab: Lab, rounds: int, losses: Losses) -> Tally:
    """Set the clock back, date files years ago or ahead, edit an article without a trace."""
    counts: Counter[str] = Counter()
    trials = (_set_back, _files_dated, _edited_unseen)
    scenes = [lived for lived in lab.scenes if lived.earlier and lived.scene.command[0] == "build"]
    for number in range(rounds):
        lived = scenes[number // len(trials) % len(scenes)]
        trial = trials[number % len(trials)]
        show = lab.show(lived)
        counts[(trial.__doc__ or "").rstrip(".").lower()] += 1
        losses.add(f"{trial.__doc__} “{lived.scene.name}”", trial(lab, lived, show), show)
    return Tally("clock and dates", rounds, dict(counts))


def _set_back(lab: Lab, lived: Lived, show: Path) -> list[str]:
    """Clock set back a year."""
    published = published_in(show)
    ended = lab.starter.run(show, lived.command, lived.epoch - _YEAR_S)
    found = stopped_well(ended, (0,), ()) + lab.reader.faults(show)
    now = published_in(show)
    for feed, items in published.items():
        kept = [item for item in items if item in now.get(feed, [])]
        still = [item for item in now.get(feed, []) if item in items]
        if kept != still:
            found.append(f"{feed} has another order")
        guids = {guid for guid, _ in items}
        if any(guid in guids and (guid, date) not in items for guid, date in now.get(feed, [])):
            found.append(f"{feed} has another date for an episode")
    files = snapshot(show)
    again = lab.starter.run(show, lived.command, lived.epoch)
    found += stopped_well(again, (0,), ()) + differences(snapshot(show), files)
    # An episode without a date that is new has that of the clock, in its files too.
    sound = {name for name in lived.earlier if name.endswith((".mp3", ".m4b"))}
    wanted = {name: lived.expected[name] for name in sound & set(lived.expected)}
    return found + differences({name: files[name] for name in sound if name in files}, wanted)


def _files_dated(lab: Lab, lived: Lived, show: Path) -> list[str]:
    """Files dated two years ago or ahead."""
    for path in sorted(show.rglob("*")):
        shift = lab.random.choice((-2, 2)) * _YEAR_S
        status = path.stat()
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + shift * 10**9))
    return lab.recovers(lived, show)


def _edited_unseen(lab: Lab, lived: Lived, show: Path) -> list[str]:
    """An edit of the same length and time."""
    found = lab.recovers(lived, show)
    path = show / "articles/light.en.md"
    status = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("quiet", "silly"), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    before = snapshot(show)
    found += stopped_well(lab.starter.run(show, lived.command, lived.epoch), (0,), ())
    if snapshot(show)["output/light.en.mp3"] == before["output/light.en.mp3"]:
        found.append("an edit was overlooked")
    return found


def published_in(show: Path) -> dict[str, list[tuple[str, str]]]:
    """Feed → guid and date of its episodes, in its order."""
    return {
        path.name: [
            (item.findtext("guid") or "", item.findtext("pubDate") or "")
            for item in etree.parse(path).getroot().iter("item")
        ]
        for path in sorted((show / "output").glob("feed*.xml"))
    }
