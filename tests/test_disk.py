"""Disks that are full or read-only: a clear error, and whatever was there stays."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from shows import make_pair, narrate, snapshot

pytestmark = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("mount") is None,
    reason="only root can mount a small disk",
)


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)  # noqa: S607


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 8 MB, mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount("-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S607


def show_with(tmp_path: Path, disk: Path, name: str) -> Path:
    """A built show that has one of its folders on the disk, and a changed sentence."""
    show = make_pair(tmp_path / "show")
    folder = show / name
    shutil.rmtree(folder, ignore_errors=True)
    (disk / name).mkdir()
    folder.symlink_to(disk / name)
    assert narrate(show, "build").code == 0
    path = show / "articles/first.en.md"
    path.write_text(path.read_text().replace("And more stands", "And much more stands"))
    return show


def fill(disk: Path) -> None:
    """Leave no room on a disk."""
    handle = os.open(disk / "filler", os.O_CREAT | os.O_WRONLY)
    with contextlib.suppress(OSError):
        while True:
            os.write(handle, bytes(4_096))
    os.close(handle)


@pytest.mark.parametrize("name", ["output", ".narrate"])
def test_a_full_disk_is_named_and_nothing_is_lost(tmp_path: Path, disk: Path, name: str) -> None:
    show = show_with(tmp_path, disk, name)
    before = snapshot(show / "output")
    fill(disk)
    outcome = narrate(show, "build")
    assert outcome.code == 1
    assert "the disk is full" in (outcome.out + outcome.err).casefold()
    assert "Traceback" not in outcome.err
    after = snapshot(show / "output")
    assert {file: after.get(file) for file in before} == before
    assert set(after) == set(before)
    (disk / "filler").unlink()
    assert narrate(show, "build").code == 0
    assert snapshot(show / "output")["first.en.mp3"] != before["first.en.mp3"]


@pytest.mark.parametrize("name", ["output", ".narrate"])
def test_a_read_only_folder_is_named_and_nothing_is_lost(
    tmp_path: Path, disk: Path, name: str
) -> None:
    show = show_with(tmp_path, disk, name)
    before = snapshot(show / "output")
    mount("-o", "remount,ro", str(disk))
    outcome = narrate(show, "build")
    assert outcome.code == 1
    assert "the file system is read-only" in (outcome.out + outcome.err).casefold()
    assert "Traceback" not in outcome.err
    assert snapshot(show / "output") == before
