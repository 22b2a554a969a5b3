"""Files appear whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from narrate.errors import OutputError
from narrate.files import (
    is_inside,
    replacing,
    replacing_folder,
    sha256_of,
    write_atomically,
    write_failure,
    write_if_changed,
)


def test_a_failure_half_way_leaves_the_earlier_file(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_bytes(b"before")
    with pytest.raises(KeyError), replacing(target) as temporary:  # noqa: PT012
        temporary.write_bytes(b"half")
        raise KeyError
    assert target.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [target]


def test_new_files_have_ordinary_permissions(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "file"
    write_atomically(target, b"x")
    ordinary = tmp_path / "ordinary"
    ordinary.write_bytes(b"x")
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE(ordinary.stat().st_mode)


def test_an_equal_file_is_not_written_again(tmp_path: Path) -> None:
    target = tmp_path / "file"
    assert write_if_changed(target, b"x")
    os.utime(target, ns=(1, 1))
    assert not write_if_changed(target, b"x")
    assert target.stat().st_mtime_ns == 1
    assert write_if_changed(target, b"y")


def test_a_file_in_place_of_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError, match="file/below: cannot be written"):
        write_atomically(tmp_path / "file" / "below", b"")


def test_a_full_disk_says_so() -> None:
    error = write_failure(Path("a.mp3"), OSError(28, "No space left on device"))
    assert str(error) == (
        "a.mp3: cannot be written: no space left on device\n"
        "  The disk is full: make room and run the command again."
    )


def test_links_are_followed_before_a_path_is_trusted(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (inside / "link").symlink_to(outside)
    assert is_inside(inside / "a" / ".." / "b", inside)
    assert not is_inside(inside / "link" / "x", inside)
    assert not is_inside(inside / ".." / "out", inside)


def test_checksums_are_those_of_the_content(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"abc")
    assert sha256_of(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_folder_appears_whole_and_sweeps_what_a_killed_process_left(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "folder"
    left = target.with_name(".new-folder")
    left.mkdir(parents=True)
    (left / "half").write_bytes(b"half")
    with replacing_folder(target) as fresh:
        (fresh / "a").write_bytes(b"first")
        assert not target.exists()
    assert [path.name for path in target.iterdir()] == ["a"]
    with pytest.raises(KeyError), replacing_folder(target) as fresh:  # noqa: PT012
        (fresh / "a").write_bytes(b"half")
        raise KeyError
    assert (target / "a").read_bytes() == b"first"
    with replacing_folder(target) as fresh:
        (fresh / "b").write_bytes(b"second")
    assert [path.name for path in target.iterdir()] == ["b"]
    assert list(target.parent.iterdir()) == [target]


def test_a_folder_below_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with (
        pytest.raises(OutputError, match="cannot be written"),
        replacing_folder(tmp_path / "file" / "below"),
    ):
        pass
