"""The user's cache: where it lies, and one process at a time."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from narrate.engines.user_cache import VARIABLE, cache_folder, locked
from narrate.errors import OutputError

_APPEND = """
import sys, time
from pathlib import Path
from narrate.engines.user_cache import locked
path = Path(sys.argv[1])
with locked(path):
    before = path.read_text() if path.exists() else ""
    time.sleep(0.2)
    path.write_text(before + "x")
"""


def test_the_variable_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "new"))
    assert cache_folder() == tmp_path / "new"
    assert not cache_folder().exists()
    monkeypatch.setenv(VARIABLE, "here")
    assert cache_folder() == Path.cwd() / "here"


@pytest.mark.parametrize(
    ("platform", "xdg", "expected"),
    [
        ("linux", None, ".cache/narrate"),
        ("linux", "relative", ".cache/narrate"),
        ("darwin", None, "Library/Caches/narrate"),
        ("win32", None, "AppData/Local/narrate/Cache"),
    ],
)
def test_each_platform_has_its_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, xdg: str | None, expected: str
) -> None:
    for name in (VARIABLE, "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(sys, "platform", platform)
    if xdg:
        monkeypatch.setenv("XDG_CACHE_HOME", xdg)
    assert cache_folder() == tmp_path / expected


def test_the_usual_variable_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "narrate"


def test_two_processes_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "count"
    command = [sys.executable, "-c", _APPEND, str(path)]
    for process in [subprocess.Popen(command) for _ in range(3)]:
        assert process.wait(30) == 0
    assert path.read_text(encoding="utf-8") == "xxx"


def test_two_threads_take_turns(tmp_path: Path) -> None:
    inside: list[int] = []

    def work() -> None:
        with locked(tmp_path / "one"):
            inside.append(1)
            assert len(inside) == 1
            time.sleep(0.05)
            inside.pop()

    failures: list[BaseException] = []

    def watched() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - told to the test below
            failures.append(error)

    threads = [threading.Thread(target=watched) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError), locked(tmp_path / "file" / "entry"):
        pass
