from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from foreign_engines import install_actor, install_package
from narrate.engines import engine_names, find_engine
from narrate.engines.settings import option
from narrate.errors import EngineError, ShowError
from narrate.model import Voice


def test_narrates_own_engines_are_known() -> None:
    assert {"coqui", "pico", "tone"} <= set(engine_names())
    assert engine_names() == tuple(sorted(engine_names()))


@pytest.mark.parametrize("name", ["coqui", "espeak", "pico", "tone"])
def test_an_engine_is_found_by_its_name(name: str) -> None:
    engine = find_engine(name)
    assert engine.name == name
    assert isinstance(engine.varies, bool)


def test_finding_an_engine_loads_no_other_and_nothing_heavy() -> None:
    code = (
        "import sys; from narrate.engines import engine_names, find_engine; engine_names(); "
        "assert not [m for m in sys.modules if m.startswith('narrate.engines.tone')]; "
        "find_engine('tone'); find_engine('pico'); "
        "heavy = {'torch', 'TTS', 'numpy', 'py_nanotts', 'narrate.engines.coqui'}; "
        "sys.exit(' '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_unknown_engine_names_the_nearest() -> None:
    with pytest.raises(ShowError) as caught:
        find_engine("picco")
    assert "picco" in caught.value.what
    assert "Did you mean “pico”?" in caught.value.mend
    assert "tone" in caught.value.mend


def test_another_package_brings_an_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install_actor(tmp_path, monkeypatch)
    assert "actor" in engine_names()
    assert find_engine("actor").name == "actor"


@pytest.mark.parametrize(
    ("package", "source", "said"),
    [
        ("broken_one", "import a_module_that_is_nowhere", "a_module_that_is_nowhere"),
        ("broken_two", "def Engine(): raise OSError('no such card')", "no such card"),
        ("broken_three", "x = (", "SyntaxError"),
        ("broken_four", "class Other: pass", "Engine"),
        ("broken_five", "class Engine:\n    name = 'odd'", "lacks: varies, options"),
    ],
)
def test_a_broken_package_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, source: str, said: str
) -> None:
    install_package(tmp_path, monkeypatch, package, source, {"odd": "Engine"})
    assert find_engine("tone").name == "tone"
    with pytest.raises(EngineError) as caught:
        find_engine("odd")
    assert package in caught.value.what
    assert said in caught.value.what
    assert package in caught.value.mend


def test_two_packages_with_one_engine_are_both_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ("first_of_two", "second_of_two"):
        install_package(tmp_path, monkeypatch, package, "", {"twice": "Engine"})
    with pytest.raises(EngineError, match="first_of_two, second_of_two"):
        find_engine("twice")


def test_right_options_are_read() -> None:
    voice = Voice("anna", "de", "odd", options=(("gpu", True), ("pitch", 2)))
    assert option(voice, "gpu", default=False) is True
    assert option(voice, "pitch", 1.0) == 2.0
    assert option(voice, "rate", 7) == 7
