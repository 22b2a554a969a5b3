"""The environment is made from pinned files, once."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import setup_environment as setup
from setup_environment import SetupError, Torch

from file_server import answering

PIP_WHEEL = "pip-1.0-py3-none-any.whl"
BACKEND = """
from pathlib import Path
from zipfile import ZipFile

def build_editable(folder, settings=None, metadata=None):
    name = "house-1.0-py3-none-any.whl"
    with ZipFile(Path(folder) / name, "w") as wheel:
        info = "house-1.0.dist-info/"
        wheel.writestr("house.py", "")
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: house\\nVersion: 1.0\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\n")
        wheel.writestr(info + "RECORD", "")
    return name
"""


def tiny_wheel(folder: Path, name: str, version: str) -> None:
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{name}.py", f"__version__ = {version!r}\n")
        metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        wheel.writestr(f"{info}/METADATA", metadata)
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\n")
        wheel.writestr(f"{info}/RECORD", "")


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project as small as can be, whose packages all lie in one folder."""
    root = tmp_path / "house"
    requirements = root / "requirements"
    requirements.mkdir(parents=True)
    for name, version in [
        ("brick", "1.0"),
        ("brick", "1.1"),
        ("torch", "2.0"),
        ("torch", "2.0+cpu"),
    ]:
        tiny_wheel(tmp_path, name, version)
    (requirements / "pip.txt").write_text("pip\n")
    (requirements / "run.txt").write_text("brick==1.0\n")
    (requirements / "test.txt").write_text("")
    (requirements / "torch.txt").write_text("torch==2.0\n")
    (root / "backend.py").write_text(BACKEND)
    (root / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
    )
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    return root


def version_in(root: Path, module: str) -> str:
    code = f"import {module}; print({module}.__version__)"
    command = [str(setup.python_of(root / ".venv")), "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.parametrize(
    ("system", "asked", "nvidia", "build", "forced"),
    [
        ("Linux", "", False, "cpu", False),
        ("Linux", "", True, "cuda", False),
        ("Linux", "cpu", True, "cpu", True),
        ("Linux", " CUDA ", False, "cuda", True),
        ("Darwin", "", False, "plain", False),
        ("Windows", "cpu", True, "plain", False),
    ],
)
def test_choice_of_torch(
    system: str, asked: str, build: str, *, nvidia: bool, forced: bool
) -> None:
    torch = setup.choose_torch(system, {"NARRATE_TORCH": asked}, nvidia=nvidia)
    assert (torch.build, torch.forced) == (build, forced)
    assert torch.why


@pytest.mark.parametrize(("system", "asked"), [("Linux", "rocm"), ("Darwin", "cuda")])
def test_a_build_that_does_not_exist_is_refused(system: str, asked: str) -> None:
    with pytest.raises(SetupError, match="NARRATE_TORCH"):
        setup.choose_torch(system, {"NARRATE_TORCH": asked}, nvidia=False)


@pytest.mark.parametrize("version", [(2, 7), (3, 9), (3, 14)])
def test_a_python_that_does_not_fit_is_refused(version: tuple[int, int]) -> None:
    with pytest.raises(SetupError, match=r"3\.10 to 3\.13, this is \d\.\d+"):
        setup.check_python(version)


def test_the_tool_answers_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARRATE_TORCH", "rocm")
    command = [sys.executable, setup.__file__]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 1
    assert answer.stderr == "Set-up stopped: NARRATE_TORCH is 'rocm'; it can be cpu or cuda\n"


def test_life_of_an_environment(house: Path) -> None:
    cpu = Torch("cpu", "a test")
    venv = house / ".venv"
    venv.mkdir()
    (venv / setup.UNFINISHED).touch()
    (venv / "half").touch()
    assert setup.set_up(house, "run", cpu)
    assert not (venv / "half").exists()  # what was cut off is made anew
    assert not (venv / setup.UNFINISHED).exists()
    assert version_in(house, "brick") == "1.0"
    assert version_in(house, "torch") == "2.0+cpu"

    before = (venv / setup.STAMP).stat().st_mtime_ns
    assert not setup.set_up(house, "run", cpu)
    assert (venv / setup.STAMP).stat().st_mtime_ns == before

    (house / "requirements" / "run.txt").write_text("brick==1.1\n")
    assert setup.set_up(house, "test", cpu)
    assert not setup.set_up(house, "run", cpu)
    assert version_in(house, "brick") == "1.1"

    # A failure leaves no stamp behind, and what was there still works.
    (house / "requirements" / "run.txt").write_text("brick==9\n")
    with pytest.raises(SetupError, match="installing the requirements failed"):
        setup.set_up(house, "run", cpu)
    assert setup.read_stamp(venv) == {}
    assert version_in(house, "brick") == "1.1"


def test_another_place_python_or_torch_means_a_new_environment(tmp_path: Path) -> None:
    facts = setup.base_facts(tmp_path, Torch("cpu", ""))
    setup.python_of(tmp_path).parent.mkdir()
    setup.python_of(tmp_path).touch()
    assert setup.reusable(tmp_path, facts, facts)
    for name in facts:
        assert not setup.reusable(tmp_path, {**facts, name: "other"}, facts)


@pytest.mark.parametrize("content", ["", "[1]", "{", "\x00"])
def test_a_damaged_stamp_is_no_stamp(tmp_path: Path, content: str) -> None:
    (tmp_path / setup.STAMP).write_text(content)
    assert setup.read_stamp(tmp_path) == {}


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package index on this machine with a pip in it that only says it was called."""
    folder = tmp_path / "index" / "pip"
    folder.mkdir(parents=True)
    tiny_wheel(folder, "pip", "1.0")
    with zipfile.ZipFile(folder / PIP_WHEEL, "a") as archive:
        code = "import pathlib, sys; pathlib.Path(sys.prefix, 'called').write_text(sys.argv[-1])"
        archive.writestr("pip/__main__.py", code)
    (folder / "index.html").write_text(f'<a href="../pip/{PIP_WHEEL}#sha256=0">{PIP_WHEEL}</a>')
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder.parent))
    with answering(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as server:
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        yield folder


def test_pip_comes_from_the_index_where_python_brings_none(tmp_path: Path, index: Path) -> None:
    venv, pin = tmp_path / "venv", tmp_path / "pip.txt"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)

    pin.write_text(f"pip==1.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(SetupError, match="not the file"):
        setup.fetch_pip(venv, pin)
    assert not (venv / "called").exists()

    sha256 = hashlib.sha256((index / PIP_WHEEL).read_bytes()).hexdigest()
    pin.write_text(f"pip==1.0 --hash=sha256:{sha256}\n")
    setup.fetch_pip(venv, pin)
    assert Path((venv / "called").read_text()).name == PIP_WHEEL


def test_an_index_without_the_pinned_pip(tmp_path: Path, index: Path) -> None:
    assert index.exists()
    pin = tmp_path / "pip.txt"
    pin.write_text(f"pip==2.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(SetupError, match="has no pip-2"):
        setup.fetch_pip(tmp_path, pin)


def test_the_stamp_can_be_read_by_people(house: Path) -> None:
    stamp = {"torch": "cpu", "run": setup.fingerprint(house, "run")}
    path = house / setup.STAMP
    path.write_text(json.dumps(stamp))
    assert setup.read_stamp(house) == stamp
