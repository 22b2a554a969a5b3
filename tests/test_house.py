"""Rules of the whole house that no other tool holds."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import setup_environment
import tomlkit

from conftest import LONGEST

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ROOT / "requirements"
HEAVY = (
    *("torch", "TTS", "numpy", "soundfile", "lxml", "PIL", "pydub", "rich", "markdown_it"),
    *("starlette", "uvicorn", "segno", "fsspec", "s3fs", "sshfs", "keyring"),
)


@lru_cache
def tracked_texts() -> dict[str, str]:
    command = ["git", "ls-files", "-z"]
    listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout")
    texts = {}
    for name in filter(None, listing.stdout.split("\0")):
        path = ROOT / name
        if path.is_file():
            texts[name] = path.read_bytes().decode("utf-8", errors="replace")
    return texts


def project_table() -> dict[str, object]:
    table = tomlkit.parse((ROOT / "pyproject.toml").read_text("utf-8")).unwrap()["project"]
    assert isinstance(table, dict)
    return table


def names_of(requirements: list[str]) -> set[str]:
    found = (re.match(r"[A-Za-z0-9._-]+", line) for line in requirements)
    return {re.sub(r"[-_.]+", "-", name[0]).lower() for name in found if name}


def test_help_loads_nothing_heavy() -> None:
    code = "import sys, narrate.cli; print(*{name.partition('.')[0] for name in sys.modules})"
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert set(HEAVY).isdisjoint(answer.stdout.split())


def test_no_file_names_the_machine_it_was_written_on() -> None:
    places = {str(ROOT), str(ROOT.parent), str(Path.home())} - {"/", "/tmp"}  # noqa: S108
    pattern = re.compile(rf"(?<![\w./~-])(?:{'|'.join(map(re.escape, places))})(?![\w-])")
    assert [name for name, text in tracked_texts().items() if pattern.search(text)] == []


def test_nobody_is_sent_to_the_package_of_somebody_else() -> None:
    # "narrate" on the package index is another project; ours is narrate-podcast.
    pattern = re.compile(r"(?:pip|pipx|uv tool) install (?:-\S+ )*[\"'`]?narrate(?![\w-])")
    documents = {name: text for name, text in tracked_texts().items() if name.endswith(".md")}
    assert "README.md" in documents
    assert [name for name, text in documents.items() if pattern.search(text)] == []


@pytest.mark.parametrize("name", ["run.txt", "test.txt", "torch.txt", "pip.txt"])
def test_every_requirement_is_pinned(name: str) -> None:
    pins = setup_environment.read_pins(REQUIREMENTS / name)
    assert pins
    assert [pin for pin in pins if not re.match(r"[\w.-]+==[\w.]+(\s|$)", pin)] == []


def test_the_pins_cover_what_the_package_declares() -> None:
    project = project_table()
    wanted = project["dependencies"]
    extras = project["optional-dependencies"]
    assert isinstance(wanted, list)
    assert isinstance(extras, dict)
    pins = {
        name: names_of(setup_environment.read_pins(REQUIREMENTS / name))
        for name in ("run.txt", "test.txt", "torch.txt")
    }
    assert names_of(wanted) <= pins["run.txt"] | pins["torch.txt"]
    assert names_of(extras["test"]) <= pins["test.txt"]


def test_the_documented_import_order_is_the_one_that_is_held() -> None:
    tools = tomlkit.parse((ROOT / "pyproject.toml").read_text("utf-8")).unwrap()["tool"]
    [order] = [one for one in tools["importlinter"]["contracts"] if one["id"] == "layers"]
    layers = [layer for layer in order["layers"] if layer != "__main__"]
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    assert "```text\n" + "\n".join(layers) + "\n```" in text
    rooms = {name for layer in layers for name in layer.split(" | ")}
    # The table says of each what it is for.
    table = set(
        re.findall(r"`(\w+)/?`", "\n".join(re.findall(r"^\| (`.+?) \|", text, re.MULTILINE)))
    )
    assert rooms <= table


def test_python_versions_are_the_same_everywhere() -> None:
    project = project_table()
    (oldest, newest) = setup_environment.OLDEST, setup_environment.NEWEST
    versions = [f"3.{minor}" for minor in range(oldest[1], newest[1] + 1)]
    classifiers = project["classifiers"]
    assert isinstance(classifiers, list)
    prefix = "Programming Language :: Python :: 3."
    assert [c.rpartition(" ")[2] for c in classifiers if c.startswith(prefix)] == versions
    assert project["requires-python"] == f">=3.{oldest[1]},<3.{newest[1] + 1}"


def test_the_engines_of_the_package_can_be_loaded() -> None:
    engines = {point.name: point.load() for point in entry_points(group="narrate.engines")}
    assert {"coqui", "pico", "tone"} <= set(engines)
    assert all(engines[name]().name == name for name in ("coqui", "pico", "tone"))


@pytest.fixture
def inner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for tests that run as this project's do."""
    marker = "needs_program(name): as in this project"
    (tmp_path / "pytest.ini").write_text(f"[pytest]\nmarkers = {marker}\n")
    (tmp_path / "conftest.py").write_bytes((ROOT / "tests" / "conftest.py").read_bytes())
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "tests"))
    return tmp_path


def said_of(folder: Path, *arguments: str) -> str:
    """What pytest says of the tests in a folder."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments, str(folder)]
    shell = ["/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh", *command]  # as in a background
    return subprocess.run(shell, capture_output=True, text=True, cwd=folder, check=False).stdout


@pytest.mark.parametrize(
    ("ci", "outcome"), [("", "1 passed, 1 skipped"), ("true", "1 passed, 1 error")]
)
def test_a_test_without_its_program_is_never_left_out_unseen(
    inner: Path, monkeypatch: pytest.MonkeyPatch, ci: str, outcome: str
) -> None:
    (inner / "test_it.py").write_text(
        "import pytest\n"
        "@pytest.mark.needs_program('no-such-program')\n"
        "def test_judge(): pass\n"
        "@pytest.mark.needs_program('git')\n"
        "def test_git(): pass\n"
    )
    monkeypatch.setenv("CI", ci)
    said = said_of(inner, "-rs")
    assert outcome in said
    assert "no-such-program, which is not installed" in said


def test_what_takes_longest_begins_first_and_hears_of_signals(inner: Path) -> None:
    assert {name for name in LONGEST if not (ROOT / "tests" / name).is_file()} == set()
    names = ["test_a.py", *sorted(LONGEST[:2])]
    for name in names:
        (inner / name).write_text(
            "import signal\n"
            "def test_it(): assert signal.getsignal(signal.SIGINT) is not signal.SIG_IGN\n"
        )
    said = said_of(inner, "-v")
    assert "3 passed" in said
    assert re.findall(r"^(test_\w+\.py)::", said, re.MULTILINE) == [*LONGEST[:2], "test_a.py"]
