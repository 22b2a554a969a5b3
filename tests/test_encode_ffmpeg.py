from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from narrate.encode import find_ffmpeg
from narrate.errors import AudioError

WHEEL = "imageio_ffmpeg"


def program(path: Path, version: str, configuration: str = "--enable-libmp3lame") -> Path:
    """A program that introduces itself as an ffmpeg."""
    path.write_text(f"#!/bin/sh\necho 'ffmpeg version {version}'\necho '{configuration}'\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on the search path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/bin")
    return folder


def test_the_wheel_serves_a_machine_without_ffmpeg(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = find_ffmpeg()
    assert WHEEL in found.path
    assert found.version


@pytest.mark.parametrize("version", ["5.1.6-0+deb12u1", "n9.0.2-17-g2a571", "7.0", "N-110000-gabc"])
def test_the_system_comes_first(system: Path, version: str) -> None:
    path = program(system / "ffmpeg", version)
    found = find_ffmpeg()
    assert (found.path, found.version) == (str(path), version)


@pytest.mark.parametrize(
    ("version", "configuration"), [("4.4.2", "--enable-libmp3lame"), ("7.1", "--disable-gpl")]
)
def test_an_unfit_system_ffmpeg_is_passed_over(
    system: Path, version: str, configuration: str
) -> None:
    program(system / "ffmpeg", version, configuration)
    assert WHEEL in find_ffmpeg().path


def test_the_user_has_the_last_word(
    system: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(system / "ffmpeg", "7.0")
    chosen = program(tmp_path / "mine", "6.1")
    monkeypatch.setenv("NARRATE_FFMPEG", str(chosen))
    assert find_ffmpeg().path == str(chosen)


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("missing", "cannot be started"),
        ("old", "too old"),
        ("other", "no ffmpeg"),
        ("dying", "was killed .SIGKILL"),
    ],
)
def test_a_named_program_that_does_not_fit_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, complaint: str
) -> None:
    program(tmp_path / "old", "4.4")
    for other, line in {"other": "echo hello", "dying": "kill -9 $$"}.items():
        (tmp_path / other).write_text(f"#!/bin/sh\n{line}\n")
        (tmp_path / other).chmod(0o755)
    monkeypatch.setenv("NARRATE_FFMPEG", str(tmp_path / name))
    with pytest.raises(AudioError, match=complaint) as caught:
        find_ffmpeg()
    assert "NARRATE_FFMPEG" in str(caught.value)
    assert str(caught.value).count("\n") == 1


def test_no_ffmpeg_at_all_says_how_to_get_one(tmp_path: Path) -> None:
    (tmp_path / "imageio_ffmpeg.py").write_text("raise ImportError\n")
    code = (
        "from narrate.encode import find_ffmpeg\n"
        "from narrate.errors import AudioError\n"
        "try:\n    find_ffmpeg()\n"
        "except AudioError as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PATH": str(tmp_path), "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    what, mend = done.stdout.splitlines()
    assert what == "no usable ffmpeg was found"
    assert all(word in mend for word in ("5.1", "imageio-ffmpeg", "NARRATE_FFMPEG"))
