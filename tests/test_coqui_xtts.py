"""XTTS, on a tiny model of the real architecture."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]

from coqui_checkpoints import build_xtts, make_legacy
from narrate.engines.base import Request, Speaker
from narrate.engines.coqui import CoquiEngine
from narrate.engines.coqui.model import file_digest
from narrate.errors import EngineError
from narrate.model import Voice

ENGINE = CoquiEngine()
TEXT = "Die Größe der Brücke."


@pytest.fixture(scope="session")
def ada(tmp_path_factory: pytest.TempPathFactory) -> Voice:
    folder = tmp_path_factory.mktemp("xtts")
    build_xtts(folder)
    return Voice(
        "ada", "de", "coqui", model="model.pth", config="config.json", speaker="Ada", folder=folder
    )


@pytest.fixture(scope="session")
def speaker(ada: Voice) -> Speaker:
    return ENGINE.load(ada)


def test_the_seed_alone_decides_and_order_does_not(speaker: Speaker) -> None:
    first = speaker.speak(Request(TEXT, "de", 5))
    assert first.sample_rate == 24_000
    assert first.frames > 0
    speaker.speak(Request("Etwas anderes.", "de", 6))
    assert speaker.speak(Request(TEXT, "de", 5)) == first
    assert speaker.speak(Request(TEXT, "de", 9)) != first


def test_it_speaks_both_languages(speaker: Speaker) -> None:
    german, english = (speaker.speak(Request("Hand", lang, 5)) for lang in ("de", "en"))
    assert german != english


def test_digits_are_refused(speaker: Speaker) -> None:
    with pytest.raises(EngineError, match="digits"):
        speaker.speak(Request("Das war 1999.", "de", 1))


def test_an_unknown_speaker_or_language_is_told_the_known(ada: Voice) -> None:
    with pytest.raises(EngineError, match="Ada"):
        ENGINE.load(replace(ada, speaker="Zoe"))
    with pytest.raises(EngineError, match="de, en"):
        ENGINE.load(replace(ada, options=(("language", "fr"),)))


def test_options_and_pace_reach_the_model(ada: Voice, speaker: Speaker) -> None:
    greedy = replace(ada, options=(("repetition_penalty", 5), ("top_k", 1)))
    plain = ENGINE.load(greedy)
    first = plain.speak(Request(TEXT, "de", 1))
    assert plain.speak(Request(TEXT, "de", 2)) == first != speaker.speak(Request(TEXT, "de", 1))
    slow = ENGINE.load(replace(greedy, length_scale=2.0))
    assert slow.speak(Request(TEXT, "de", 1)).frames == pytest.approx(2 * first.frames, rel=0.1)
    with pytest.raises(EngineError, match="noise_scale"):
        ENGINE.load(replace(ada, options=(("noise_scale", 0.5),)))


def test_a_recording_lends_its_voice(ada: Voice, speaker: Speaker) -> None:
    times = np.arange(3 * 44_100) / 44_100
    tone = 0.5 * np.sin(2 * np.pi * 220 * times)
    soundfile.write(ada.folder / "me.wav", np.stack([tone, tone], axis=1), 44_100)
    cloned = replace(ada, speaker="", reference="me.wav")
    assert ENGINE.check(cloned).ready
    speech = ENGINE.load(cloned).speak(Request(TEXT, "de", 5))
    assert speech.frames > 0
    assert speech != speaker.speak(Request(TEXT, "de", 5))


@pytest.mark.parametrize("seconds", [0.0, 0.1])
def test_a_recording_that_is_too_short_is_refused(ada: Voice, seconds: float) -> None:
    soundfile.write(ada.folder / "short.wav", np.zeros(int(seconds * 22_050)), 22_050)
    with pytest.raises(EngineError, match="recording"):
        ENGINE.load(replace(ada, speaker="", reference="short.wav"))


def test_a_recording_that_is_none_is_refused(ada: Voice) -> None:
    (ada.folder / "no.wav").write_bytes(b"not a sound")
    with pytest.raises(EngineError, match=r"no\.wav"):
        ENGINE.load(replace(ada, speaker="", reference="no.wav"))


def test_an_old_checkpoint_loads_and_is_left_as_it_is(ada: Voice, tmp_path: Path) -> None:
    folder = shutil.copytree(ada.folder, tmp_path / "old")
    make_legacy(folder / "model.pth")
    before = file_digest(folder / "model.pth")
    old = ENGINE.load(replace(ada, folder=folder))
    assert old.speak(Request(TEXT, "de", 5)).frames > 0
    assert file_digest(folder / "model.pth") == before


def test_without_its_vocabulary_it_does_not_load(ada: Voice, tmp_path: Path) -> None:
    folder = shutil.copytree(ada.folder, tmp_path / "cut")
    (folder / "vocab.json").unlink()
    with pytest.raises(EngineError, match=r"vocab\.json"):
        ENGINE.load(replace(ada, folder=folder))
