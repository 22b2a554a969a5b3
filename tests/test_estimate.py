"""What a build will take, told before; checked against what it then takes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from narrate.build import Selection, Workspace, estimate, make_plan
from narrate.model import byte_size
from shows import SETTINGS, make_show, narrate, write_article

TEXTS = {
    "en": "A voice reads this sentence without any haste. Nobody waits for the next one to begin.",
    "de": "Eine Stimme liest diesen Satz ohne jede Eile. Niemand wartet auf den nächsten Satz.",
}


def make_text_show(folder: Path, engine: str = "tone", settings: str = SETTINGS) -> Path:
    """A show of two articles in each language, all of different text."""
    show = make_show(folder, settings)
    for lang, text in TEXTS.items():
        voice = show / f"voices/tone-{lang}.toml"
        voice.write_text(f'lang = "{lang}"\nengine = "{engine}"\nlicence = "CC0"\n')
        for key in ("one", "two"):
            said = "\n\n".join(text.replace(".", f" {key} {word}.") for word in ("first", "last"))
            write_article(show, f"{key}.{lang}.md", f"---\ntitle: {key} {lang}\n---\n{said}\n")
    return show


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def expected(show: Path, *arguments: str) -> dict[str, dict[str, Any]]:
    outcome = narrate(show, "build", "--dry-run", "--json", *arguments)
    assert outcome.code == 0, outcome.err
    told = json.loads(outcome.out)["expected"]
    rooms = {room["kind"]: room for room in told.pop("rooms")}
    return {"": told, **rooms}


@pytest.mark.parametrize("engine", ["tone", "pico"])
def test_what_was_told_is_what_it_takes(tmp_path: Path, engine: str) -> None:
    show = make_text_show(tmp_path, engine)
    first = expected(show)
    assert first[""]["assumed"] == ["tone-de", "tone-en"]
    assert narrate(show, "build", "one").code == 0
    told = expected(show)
    assert told[""]["assumed"] == []
    before = {name: bytes_in(show / name) for name in ("output", ".narrate/clips")}
    encoded = bytes_in(show / ".narrate/chapters")
    outcome = narrate(show, "build", "--json")
    assert outcome.code == 0
    done = json.loads(outcome.out.splitlines()[-1])
    assert told[""]["speech_s"] == pytest.approx(done["audio_s"], rel=0.25)
    output = bytes_in(show / "output")
    assert told["output"]["bytes"] == pytest.approx(output - before["output"], rel=0.25)
    assert first["output"]["bytes"] == pytest.approx(output, rel=0.25)
    assert told["encoded chapters"]["bytes"] == pytest.approx(
        bytes_in(show / ".narrate/chapters") - encoded, rel=0.25
    )
    # The least that is needed must be there before: so it is never more than what was taken.
    for kind, folder in (("output", "output"), ("encoded chapters", ".narrate/chapters")):
        assert 0 < first[kind]["least"] <= bytes_in(show / folder)
    assert expected(show)["output"]["bytes"] == 0


def test_the_plan_ends_with_what_it_takes(tmp_path: Path) -> None:
    show = make_text_show(tmp_path)
    outcome = narrate(show, "build", "--dry-run", "--jobs", "3")
    audio, time, disk = outcome.out.splitlines()[-3:]
    assert re.fullmatch(r"Audio: 1:\d\d to speak, for 1:\d\d of episodes", audio)
    assert " with 3 workers; not measured here yet, taken to be 5 times faster" in time
    assert "clips " in disk
    assert " free" in disk
    assert not (show / ".narrate/speeds").exists()


def test_damaged_speeds_are_as_good_as_none(tmp_path: Path) -> None:
    show = make_text_show(tmp_path)
    assert narrate(show, "build", "one").code == 0
    kept = list((show / ".narrate/speeds").iterdir())
    assert len(kept) == 3
    for path in kept:
        path.write_text('{"audio_s": 0, "schema": 1}')
    assert expected(show)[""]["assumed"] == ["tone-de", "tone-en"]
    assert narrate(show, "build").code == 0


def test_a_limit_writes_the_oldest_first(tmp_path: Path) -> None:
    show = make_show(tmp_path, 'formats = ["mp3"]\n' + SETTINGS)
    for key, date in (("new", "2024-03-01"), ("old", "2024-01-01"), ("mid", "2024-02-01")):
        text = f"---\ntitle: {key}\ndate: {date}\n---\nThis is {key}.\n"
        write_article(show, f"{key}.en.md", text)
    outcome = narrate(show, "build", "--dry-run", "--limit", "1")
    assert "old.en: new" in outcome.out
    assert "2 more episodes are left for later" in outcome.out
    for number, keys in enumerate((["old"], ["mid", "old"], ["mid", "new", "old"]), start=1):
        outcome = narrate(show, "build", "--limit", "1")
        assert outcome.code == 0
        assert sorted(path.stem[:3] for path in (show / "output").glob("*.mp3")) == keys
        assert (f"Left for later: {3 - number} episode" in outcome.out) == (number < 3)
        assert f"feed.en.xml ({number} episode" in outcome.out
    assert "Left for later" not in narrate(show, "build", "--limit", "1").out


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB, mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S607


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None,
    reason="only root can mount a small disk",
)
def test_what_will_not_fit_is_said_before_any_work(tmp_path: Path, small_disk: Path) -> None:
    show = make_show(tmp_path / "show", "bitrate_kbps = 320\n" + SETTINGS)
    for number in range(10):
        said = "\n\n".join(f"This is sentence {line} of {number}." * 3 for line in range(20))
        write_article(show, f"long{number}.en.md", f"---\ntitle: Number {number}\n---\n{said}\n")
    (show / "output").rmdir()
    (show / "output").symlink_to(small_disk)
    outcome = narrate(show, "build")
    assert outcome.code == 1
    assert "this build needs at least" in outcome.err
    assert "the disk has 2.1 MB left" in outcome.err
    assert "`narrate build --limit" in outcome.err
    assert not (show / ".narrate/clips").exists()
    assert list(small_disk.iterdir()) == []
    plan = make_plan(Workspace.open(show), Selection(in_detail=True))
    told = estimate(Workspace.open(show), plan, 1)
    (room,) = (room for room in told.rooms if room.kind == "output")
    assert room.free == shutil.disk_usage(small_disk).free


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0 bytes"),
        (-5, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (12_300, "12 KB"),
        (1_000, "1 KB"),
        (999_999, "1.0 MB"),
        (1_250_000, "1.2 MB"),
        (52_000_000_000, "52 GB"),
        (3_200_000_000_000, "3.2 TB"),
    ],
)
def test_sizes_are_short(count: int, shown: str) -> None:
    assert byte_size(count) == shown
