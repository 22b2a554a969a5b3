"""What people install is a wheel: it holds all that the pages, the studio and a new show need."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from serving import fetch, serve_process, told
from shows import snapshot
from studio_client import studio_of

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation that is no checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.fixture(autouse=True)
def used(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every process that a test starts takes narrate from there."""
    monkeypatch.setenv("PYTHONPATH", str(installed))
    code = "import narrate; print(narrate.__file__)"
    where = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert Path(where.stdout.strip()).is_relative_to(installed)


def test_every_file_of_the_program_is_in_it(installed: Path) -> None:
    source = ROOT / "src/narrate"
    wanted = {
        path.relative_to(source)
        for path in source.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    held = {path.relative_to(installed / "narrate") for path in installed.rglob("narrate/**/*")}
    assert wanted <= held
    assert Path("page/assets/page.css") in wanted


def test_it_makes_the_same_pages_and_serves_them(show: Path) -> None:
    output = show / "output"
    before = snapshot(output)
    for path in output.glob("*.html"):
        path.unlink()
    command = [sys.executable, "-m", "narrate", "build"]
    subprocess.run(command, cwd=show, check=True, capture_output=True)
    assert snapshot(output) == before
    with serve_process(show, "--port", "0") as process:
        port = int(told(process)[0].rsplit(":", 1)[1].strip("/"))
        page, address = fetch(port, "/").body, f"http://127.0.0.1:{port}/"
        assert page == before["index.html"].replace(b"https://example.org/show/", address.encode())


def test_its_studio_has_its_page(show: Path) -> None:
    with studio_of(show) as studio:
        for name in ("", "studio.js", "studio.css"):
            reply = studio.ask(name)
            assert reply.status == 200
            assert len(reply.body) > 1_000
