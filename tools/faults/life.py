"""The life of a small show, lived once undisturbed: what disturbed builds are measured by."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from faults.processes import Ended, Starter
from faults.reader import CATALOGUE, Reader, differences, feed_lags, litter, snapshot

EPOCH = 1_767_225_600
"""When the first scene takes place; each of the others is a day later."""

_DAY_S = 86_400
_PAGE = 4_096

_SETTLED = (".mp3", ".m4a", ".m4b", ".json", ".jpg", ".vtt", ".srt", ".html")
_FOLLOWING = (CATALOGUE, "index.html")
"""Renewed as a build goes on, like the feeds: in between they tell of some episodes only."""

_SETTINGS = """\
id = "5b1c7d52-0c43-4f0e-9d3a-6f6f0f6c2a11"
author = "Grete Hansen"
link = "https://example.org/"
base_url = "https://example.org/keeper/"
timezone = "Europe/Berlin"

[lang.de]
title = "Der Leuchtturm"
description = "Kurze Stücke über das Licht und die See."

[lang.en]
title = "The Lighthouse"
description = "Short pieces about the light and the sea."

[voices]
de = "reader-de"
en = "reader-en"
"""

_GERMAN = """\
---
title: Das Licht
date: 2025-03-01
---
Das Licht geht an. Ein Schiff kommt näher.

## Die Treppe

Der Wärter steigt hinauf. Oben weht der Wind.

## Die Nacht

Um drei Uhr ist es still.
"""

_ENGLISH = """\
---
title: The Light
date: 2025-03-01
---
The light goes on. A ship comes closer.

## The Stairs

The keeper climbs up. At the top the wind blows.

## The Night

At three o'clock it is quiet.
"""

_SECOND = """\
# The Fog

Nobody sees the coast.

## The Horn

It sounds twice a minute. Then the bell answers.
"""


@dataclass(frozen=True, slots=True)
class Scene:
    """A change of the show and the command that follows it.

    Attributes:
        change: Given the show's folder.
        varies: Only with a voice that can read a sentence in another way.
    """

    name: str
    change: Callable[[Path], None]
    command: tuple[str, ...] = ("build",)
    varies: bool = False


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"{path.name} does not say “{old}”")
    path.write_text(text.replace(old, new), encoding="utf-8")


def _begin(show: Path) -> None:
    for name in ("articles", "output"):
        (show / name).mkdir(parents=True, exist_ok=True)
    (show / "narrate.toml").write_text(_SETTINGS, encoding="utf-8")
    (show / "articles/light.de.md").write_text(_GERMAN, encoding="utf-8")
    (show / "articles/light.en.md").write_text(_ENGLISH, encoding="utf-8")


def _edit(show: Path) -> None:
    _replace(show / "articles/light.en.md", "A ship comes closer", "A small ship comes closer")
    _replace(show / "articles/light.de.md", "## Die Nacht", "## Die lange Nacht")
    (show / "articles/fog.en.md").write_text(_SECOND, encoding="utf-8")


def _rework(show: Path) -> None:
    _replace(show / "articles/light.de.md", "## Die Treppe\n\nDer Wärter", "Der Wärter")
    _replace(show / "articles/light.en.md", "date: 2025", "summary: It is lit again.\ndate: 2025")
    voice = show / "voices/reader-en.toml"
    voice.write_text(f"{voice.read_text()}length_scale = 1.1\n")


def _leave(show: Path) -> None:
    (show / "articles/fog.en.md").unlink()
    _replace(show / "articles/light.de.md", "Oben weht der Wind.", "Oben weht ein Wind.")


SCENES = (
    Scene("first", _begin),
    Scene("edit", _edit),
    Scene(
        "regenerate",
        lambda _: None,
        ("regenerate", "light", "--lang", "en", "--chapter", "2"),
        varies=True,
    ),
    Scene("rework", _rework),
    Scene("leave", _leave),
)


@dataclass(frozen=True, slots=True)
class Lived:
    """A scene as it went undisturbed.

    Attributes:
        epoch: When it takes place, in seconds since 1970.
        before: The show's folder right before the command, ``.narrate`` included.
        earlier: Its files then, each with its checksum.
        expected: Its files afterwards.
        steps: What the command did, see :mod:`faults.victim`: event and path or program.
        moments: When the command printed each of its lines, in seconds after its start.
        events: The kind of each of these lines.
        added_bytes: By how much the command made the show larger, its cache included.
    """

    scene: Scene
    epoch: int
    before: Path
    earlier: Mapping[str, str]
    expected: Mapping[str, str]
    steps: tuple[tuple[str, str], ...]
    moments: tuple[float, ...]
    events: tuple[str, ...]
    wall_s: float
    added_bytes: int

    @property
    def command(self) -> tuple[str, ...]:
        """The scene's, its report in lines of JSON."""
        return (*self.scene.command, "--json")

    def kinds(self) -> dict[str, list[int]]:
        """Kind of a step → numbers of the steps of that kind."""
        found: dict[str, list[int]] = {}
        for number, (event, target) in enumerate(self.steps):
            found.setdefault(kind_of_step(event, target), []).append(number)
        return found


def kind_of_step(event: str, target: str) -> str:
    """What a step is about, in a word or two."""
    if event == "subprocess.Popen":
        return "starting a worker" if target == "worker" else "starting ffmpeg"
    parts = Path(target).parts
    if parts[0] == ".narrate":
        kind = parts[1] if len(parts) > 1 else "lock"
        if kind.startswith((".new-", "lock")):
            return "lock"
        return {"episodes": "records", "scripts": "records"}.get(kind, kind)
    if parts[0] == "output":
        suffix = Path(target).suffix
        return {".xml": "feeds", ".json": "chapter lists", ".jpg": "pictures"}.get(suffix, "audio")
    return "notes of the show"


@dataclass(frozen=True, slots=True)
class Tally:
    """What a scenario did.

    Attributes:
        trials: How often the fault happened.
        counts: What of it was of which kind.
    """

    name: str
    trials: int
    counts: Mapping[str, int]


@dataclass(slots=True)
class Losses:
    """What went wrong where; kept folders show it.

    Attributes:
        keep: Where the shows of losses are put.
    """

    keep: Path
    found: list[str] = field(default_factory=list)

    def add(self, trial: str, what: Sequence[str], show: Path) -> None:
        """Note what was lost in a trial, if anything, and keep its show."""
        if not what:
            return
        folder = self.keep / f"{len(self.found):03d}"
        shutil.copytree(show, folder, symlinks=True)
        self.found.append(f"{trial}: {'; '.join(what)[:1500]} (kept in {folder})")


@dataclass(frozen=True, slots=True)
class Lab:
    """Where disturbed builds run.

    Attributes:
        folder: For everything; removed by whoever made it.
        random: Seeded.
    """

    folder: Path
    starter: Starter
    reader: Reader
    random: random.Random
    scenes: tuple[Lived, ...]

    def show(self, lived: Lived, place: Path | None = None) -> Path:
        """A show as it is right before a scene.

        Args:
            place: Where it is made instead of a folder of the lab; exists and is emptied.
        """
        show = place or self.folder / "show"
        if place is None:
            shutil.rmtree(show, ignore_errors=True)
        else:
            for path in show.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(lived.before, show, symlinks=True, dirs_exist_ok=True)
        return show

    def intact(self, lived: Lived, show: Path) -> list[str]:
        """What a reader misses after a fault: every file is the earlier one or the later one."""
        found = self.reader.faults(show)
        now = snapshot(show)
        for name, checksum in now.items():
            known = {lived.earlier.get(name), lived.expected.get(name)}
            is_served = not any(part.startswith(".") for part in Path(name).parts)
            is_settled = Path(name).suffix in _SETTLED and Path(name).name not in _FOLLOWING
            if is_served and is_settled and checksum not in known:
                found.append(f"{name} is neither the earlier nor the later one")
        lost = set(lived.earlier) & set(lived.expected) - set(now)
        return found + [f"{name} is gone" for name in sorted(lost)]

    def recovers(self, lived: Lived, show: Path) -> list[str]:
        """Run the next, undisturbed build; says what is not as if there had been no fault."""
        if lived.scene.command[0] == "build":
            return self._ends_alike(lived, show, lived.command, lived.expected)
        # What was asked for is either noted, and then any build ends it, or not at all.
        noted = snapshot(show).get("takes.toml") == lived.expected["takes.toml"]
        wanted = lived.expected if noted else lived.earlier
        found = self._ends_alike(lived, show, ("build", "--json"), wanted)
        if not noted and not found:
            found = self._ends_alike(lived, show, lived.command, lived.expected)
        return found

    def _ends_alike(
        self, lived: Lived, show: Path, command: Sequence[str], wanted: Mapping[str, str]
    ) -> list[str]:
        ended = self.starter.run(show, command, lived.epoch)
        found = [] if ended.code == 0 else [f"the next `{command[0]}` failed, {ended.brief()}"]
        if fresh := list(show.glob(".new-*")):
            # They may be another command's; a build of later takes them away.
            for path in fresh:
                os.utime(path, (lived.epoch, lived.epoch))
            self.starter.run(show, ("build", "--json"), lived.epoch)
        found += differences(snapshot(show), wanted)
        if not found and feed_lags(show):
            found.append("a feed states the wrong length")
        return found + [f"{name} was left behind" for name in litter(show)]


def stopped_well(ended: Ended, codes: Sequence[int], words: Sequence[str]) -> list[str]:
    """What is wrong with how a disturbed command ended.

    Args:
        codes: Its exit status is one of these.
        words: It says one of these, whatever their case; if any are given.
    """
    found = []
    if ended.code not in codes:
        found.append(f"expected exit {' or '.join(map(str, codes))}, got {ended.brief()}")
    elif words and ended.code and not any(word in ended.said.casefold() for word in words):
        found.append(f"it does not say what is wrong, {ended.brief()}")
    if ended.has_traceback():
        found.append(f"a traceback was shown, {ended.brief()}")
    return found


def live(
    folder: Path, engine: str, seed: int, ffmpeg: str, scenes: Sequence[Scene] = SCENES
) -> Lab:
    """Live all scenes undisturbed, each twice: bare, and watched; both must end alike.

    Args:
        engine: ``tone`` or ``pico``.

    Raises:
        RuntimeError: A scene failed, or did not end alike.
    """
    starter = Starter(folder / "cache")
    show = folder / "show"
    lived = []
    earlier: Mapping[str, str] = {}
    known = [scene for scene in scenes if engine == "tone" or not scene.varies]
    for number, scene in enumerate(known):
        if not number:
            write_voices(show, engine)
        scene.change(show)
        before = folder / "before" / scene.name
        shutil.copytree(show, before, symlinks=True)
        epoch = EPOCH + number * _DAY_S
        trace = folder / "steps.json"
        watched = starter.run(show, (*scene.command, "--json"), epoch, fault={"trace": str(trace)})
        expected = snapshot(show)
        shutil.rmtree(show)
        shutil.copytree(before, show, symlinks=True)
        bare = starter.run(show, (*scene.command, "--json"), epoch)
        if watched.code or bare.code:
            raise RuntimeError(f"the scene “{scene.name}” failed: {watched.brief()} {bare.brief()}")
        if found := differences(snapshot(show), expected):
            raise RuntimeError(f"the scene “{scene.name}” ends in two ways: {'; '.join(found)}")
        lived.append(
            Lived(
                scene=scene,
                epoch=epoch,
                before=before,
                earlier=earlier,
                expected=expected,
                steps=tuple((event, target) for event, target in json.loads(trace.read_text())),
                moments=bare.moments,
                events=tuple(json.loads(line)["event"] for line in bare.out.splitlines()),
                wall_s=bare.wall_s,
                added_bytes=max(bytes_in(show) - bytes_in(before), 0),
            )
        )
        earlier = expected
    reader = Reader(ffmpeg)
    if found := reader.faults(show):
        raise RuntimeError(f"the undisturbed show is not whole: {'; '.join(found)}")
    rng = random.Random(seed)  # noqa: S311 - a repeatable choice, no secret
    return Lab(folder, starter, reader, rng, tuple(lived))


def bytes_in(folder: Path) -> int:
    """What a folder takes on a disk, about."""
    return sum(path.stat().st_size + _PAGE for path in folder.rglob("*"))


def write_voices(show: Path, engine: str) -> None:
    """Two voices of an engine."""
    (show / "voices").mkdir(parents=True)
    for lang in ("de", "en"):
        voice = f'lang = "{lang}"\nengine = "{engine}"\nlicence = "CC0"\n'
        (show / f"voices/reader-{lang}.toml").write_text(voice)
