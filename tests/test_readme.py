"""The README is true: its commands run, its settings and files exist."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    """The lines of all ``sh`` blocks, in order."""
    blocks = re.findall(r"^( *)```sh\n(.*?)^\1```", README, re.MULTILINE | re.DOTALL)
    return [line.strip() for _, block in blocks for line in block.splitlines() if line.strip()]


def test_every_command_runs_as_it_stands(tmp_path: Path) -> None:
    """Typed one after another by somebody whose PATH has the command."""
    script = "set -eu\n" + "\n".join(commands())
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["/bin/sh", "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    show = tmp_path / "my-show"
    for name in ("welcome.en.mp3", "welcome.en.m4b", "moon.en.mp3", "feed.de.xml", "feed.en.xml"):
        assert (show / "output" / name).exists()
    assert (show / "test.wav").exists()


def test_the_examples_cover_every_command() -> None:
    from narrate.cli import main  # noqa: F401, PLC0415 - which adds the commands
    from narrate.cli.app import app  # noqa: PLC0415

    names = {c.name or c.callback.__name__ for c in app.registered_commands if c.callback}
    names |= {group.name for group in app.registered_groups if group.name}
    assert {"build", "regenerate", "takes", "where"} <= names
    for name in names:
        assert f"`narrate {name}" in README
    run = set(re.findall(r"(?:^|\| )narrate (\w+)", "\n".join(commands()), re.MULTILINE))
    assert run == names


@pytest.mark.parametrize("target", re.findall(r"^    make (\w+)$", README, re.MULTILINE))
def test_make_targets_exist(target: str) -> None:
    done = subprocess.run(
        ["make", "--dry-run", target],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_linked_file_exists() -> None:
    for link in re.findall(r"\]\(([^)]+)\)", README):
        assert link.startswith("https://") or (ROOT / link).exists(), link


def test_every_setting_is_named() -> None:
    template = (ROOT / "src/narrate/templates/narrate.toml").read_text(encoding="utf-8")
    keys = set(re.findall(r"^#? ?(\w+) = ", template, re.MULTILINE))
    tables = set(re.findall(r"^\[([\w.]+)\]", template, re.MULTILINE))
    assert len(keys) > 20
    for key in keys:
        assert f"`{key}`" in README, key
    for table in tables:
        assert f"`[{table}]`" in README, table


def test_nobody_is_told_to_install_another_project() -> None:
    assert not re.search(r"pip install narrate(?!-podcast)", README)


def test_every_voice_of_a_new_show_is_named() -> None:
    for voice in (ROOT / "voices").glob("*.toml"):
        assert f"`{voice.stem}`" in README
