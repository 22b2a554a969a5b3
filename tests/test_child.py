"""Work in a process of its own: an answer, or words for whatever came in its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from narrate.engines.coqui.child import ChildError, ask
from narrate.engines.coqui.importing import Import, import_model
from narrate.errors import EngineError

DEADLINE_S = 60.0


def request_for(voice: Path) -> dict[str, object]:
    return {"source": str(voice), "folder": str(voice.parent)}


def test_a_refusal_arrives_in_words(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"there is no voice\.onnx\.json beside it") as caught:
        ask("import_child", request_for(tmp_path / "voice.onnx"), DEADLINE_S)
    assert caught.value.mend


def test_a_file_in_the_current_folder_is_no_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json", "filelock", "onnx", "torch", "narrate"):
        (tmp_path / f"{name}.py").write_text("open('ran', 'w'); raise SystemExit('taken')")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(EngineError, match="settings are missing"):
        ask("import_child", request_for(tmp_path / "voice.onnx"), DEADLINE_S)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("module", "says"),
    [("import_child", "KeyError: 'source'"), ("nothing_there", "ModuleNotFoundError")],
)
def test_what_nobody_foresaw_is_named(module: str, says: str) -> None:
    with pytest.raises(ChildError, match=says):
        ask(module, {}, DEADLINE_S)


def test_a_process_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    with pytest.raises(ChildError, match="it took longer than 0 s"):
        ask("import_child", request_for(tmp_path / "voice.onnx"), 0.01)


def test_a_process_that_ends_without_an_answer_has_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python does not start without its library."""
    (tmp_path / "voice.onnx.json").write_text(json.dumps({}))
    monkeypatch.setenv("PYTHONHOME", str(tmp_path))
    with pytest.raises(EngineError) as caught:
        import_model(Import(tmp_path / "voice.onnx"), tmp_path)
    what = "the voice cannot be imported: its process ended by itself with status 1: "
    assert caught.value.what.startswith(what)
    assert len(caught.value.what) > len(what)
    assert caught.value.where == "voice.onnx"
