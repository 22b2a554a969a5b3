"""Files that take their places together, and what killed commands leave behind."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from narrate.errors import OutputError
from narrate.files import Staging, sweep


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_nothing_is_seen_until_all_is_settled(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"old")
    staging = Staging(tmp_path)
    with staging.file("a.mp3") as path:
        path.write_bytes(b"new")
    staging.write("a.json", b"{}")
    assert (tmp_path / "a.mp3").read_bytes() == b"old"
    assert not (tmp_path / "a.json").exists()
    staging.settle()
    assert (tmp_path / "a.mp3").read_bytes() == b"new"
    assert names(tmp_path) == ["a.json", "a.mp3"]
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "a.mp3").stat().st_mode & 0o777 == 0o666 & ~umask


def test_what_is_the_same_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"{}")
    os.utime(tmp_path / "a.json", (1, 1))
    staging = Staging(tmp_path)
    assert staging.write("a.json", b"{}") == tmp_path / "a.json"
    staging.settle()
    assert (tmp_path / "a.json").stat().st_mtime == 1


def test_a_settling_that_was_cut_off_goes_on(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    staging.write("a.mp3", b"a")
    staging.write("b.mp3", b"b")
    (tmp_path / "b.mp3").mkdir()
    with pytest.raises(OutputError, match="folder has this name") as caught:
        staging.settle()
    assert caught.value.where == str(tmp_path / "b.mp3")
    (tmp_path / "b.mp3").rmdir()
    staging.settle()
    assert [(tmp_path / name).read_bytes() for name in names(tmp_path)] == [b"a", b"b"]


def test_a_settled_file_that_is_lost_is_an_error(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    staging.path(staging.write("a.mp3", b"a").name).unlink()
    with pytest.raises(OutputError, match=r"a\.mp3"):
        staging.settle()


def write_half(staging: Staging) -> None:
    with staging.file("a.mp3") as path:
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_failure_stages_nothing_and_names_the_file(tmp_path: Path) -> None:
    staging = Staging(tmp_path)
    with pytest.raises(OutputError, match="disk is full") as caught:
        write_half(staging)
    assert caught.value.where == str(tmp_path / "a.mp3")
    staging.settle()
    assert names(tmp_path) == []


def test_only_own_leftovers_are_swept(tmp_path: Path) -> None:
    own = [".new-abcd_12x.mp3", ".new-abcdefgh", ".encode-a1b2c3d4"]
    others = [".new-plan", ".new-abcdefgh9", ".htaccess", "new-abcdefgh.mp3", ".new-ABCDEFGH.mp3"]
    for name in (*own, *others):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / ".new-folder_1").mkdir()
    (tmp_path / ".new-folder_1/a.mp3").write_bytes(b"")
    (tmp_path / "below").mkdir()
    (tmp_path / "below/.new-abcdefgh.flac").write_bytes(b"")
    assert sweep(tmp_path) == 4
    assert names(tmp_path) == sorted([*others, "below"])
    assert sweep(tmp_path, deep=True) == 1
    assert names(tmp_path / "below") == []


def test_what_may_still_be_written_to_is_left(tmp_path: Path) -> None:
    (tmp_path / ".new-abcdefgh.toml").write_bytes(b"")
    (tmp_path / ".new-abcdefgi.toml").write_bytes(b"")
    os.utime(tmp_path / ".new-abcdefgi.toml", (1, 1))
    assert sweep(tmp_path, idle_s=60) == 1
    assert names(tmp_path) == [".new-abcdefgh.toml"]


def test_the_sweep_follows_no_links(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/kept").write_bytes(b"")
    (tmp_path / "output").mkdir()
    (tmp_path / "output/.new-abcdefgh").symlink_to(tmp_path / "elsewhere")
    sweep(tmp_path / "output", deep=True)
    assert names(tmp_path / "output") == []
    assert names(tmp_path / "elsewhere") == ["kept"]
