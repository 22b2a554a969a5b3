"""The engine on real checkpoints, through Coqui's own loading code."""

from __future__ import annotations

import io
import json
import pickle
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coqui_checkpoints import TinyModel, build_vits, rewrite_config
from narrate.engines.base import Request, Speaker
from narrate.engines.coqui import CoquiEngine
from narrate.engines.coqui.imports import quiet
from narrate.engines.coqui.noise import Noise, handed_noise
from narrate.engines.coqui.vits import drawn
from narrate.engines.process import WorkerProcess
from narrate.errors import EngineError, NarrateError
from narrate.model import Voice

ENGINE = CoquiEngine()
GERMAN = "Die Größe der Brücke überrascht alle."
ENGLISH = "The cat sat on the mat, and nobody minded."


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory, tiny_german: Path) -> Path:
    folder = tmp_path_factory.mktemp("coqui")
    shutil.copytree(tiny_german, folder / "de")
    build_vits(folder / "en", TinyModel("en-us"))
    build_vits(folder / "two", TinyModel("en-us", speakers=("Anna", "Ben")))
    return folder


@pytest.fixture
def no_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No espeak-ng, no ffmpeg: nothing on the PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture(scope="session")
def german(models: Path) -> Iterator[Speaker]:
    speaker = ENGINE.load(voice(models / "de"))
    yield speaker
    speaker.close()


def voice(
    folder: Path, lang: str = "de", options: Sequence[tuple[str, Any]] = (), **settings: Any
) -> Voice:
    """A voice that Coqui itself runs, on torch."""
    return replace(
        Voice("tiny", lang, "coqui", model="model.pth", config="config.json", folder=folder),
        options=(*options, ("runtime", "torch")),
        **settings,
    )


def copied(models: Path, name: str, target: Path) -> Path:
    return shutil.copytree(models / name, target / "model")


def samples(pcm: bytes) -> np.ndarray[Any, np.dtype[np.int16]]:
    return np.frombuffer(pcm, dtype="<i2")


# --- speaking ----------------------------------------------------------------------------------


def test_a_sentence_becomes_sound(german: Speaker) -> None:
    speech = german.speak(Request(GERMAN, "de", 1))
    assert speech.sample_rate == 16_000
    assert speech.seconds > 0.5
    assert np.abs(samples(speech.pcm)).max() > 1000


@pytest.mark.usefixtures("no_programs")
def test_each_language_loads_without_any_program(models: Path) -> None:
    for name, lang, text in (("de", "de", GERMAN), ("en", "en", ENGLISH)):
        speaker = ENGINE.load(voice(models / name, lang))
        assert speaker.speak(Request(text, lang, 1)).frames > 0


@pytest.mark.usefixtures("no_programs")
@pytest.mark.parametrize(
    ("language", "text", "phonemes"),
    [
        ("de", "Größe, überall.", "ɡɾˈøːsə, ˌyːbɜˈal."),
        ("de", "Software", "sˈɒftweə"),
        ("en-us", "hello, world!", "həlˈoʊ, wˈɜːld!"),
        ("en", "hello", "həlˈoʊ"),
    ],
)
def test_the_phonemiser_writes_what_the_models_learnt(
    models: Path, language: str, text: str, phonemes: str
) -> None:
    ENGINE.load(voice(models / "de"))  # registers it
    from TTS.tts.utils.text.phonemizers import (  # type: ignore[import-untyped]  # noqa: PLC0415
        get_phonemizer_by_name,
    )

    phonemizer = get_phonemizer_by_name("espeak", language=language)
    assert phonemizer.phonemize(text, separator="") == phonemes
    assert phonemizer.version() == "1.52.0"


def test_the_seed_alone_decides_and_order_does_not(models: Path, german: Speaker) -> None:
    first = german.speak(Request(GERMAN, "de", 7))
    german.speak(Request("Etwas ganz anderes.", "de", 8))
    assert german.speak(Request(GERMAN, "de", 7)) == first
    assert german.speak(Request(GERMAN, "de", 2**63 - 1)) != first
    fresh = ENGINE.load(voice(models / "de"))
    assert fresh.speak(Request(GERMAN, "de", 7)) == first


def test_the_samples_are_coquis_own_without_its_silence(models: Path) -> None:
    from TTS.api import TTS  # type: ignore[import-untyped]  # noqa: PLC0415

    folder = models / "de"
    # Sets torch to one thread: sums of two come out otherwise in the last bit.
    speaker = ENGINE.load(voice(folder))
    with quiet():
        coqui = TTS(
            model_path=str(folder / "model.pth"),
            config_path=str(folder / "config.json"),
            progress_bar=False,
        )
        with handed_noise(drawn(Noise(7))):
            theirs = np.asarray(coqui.tts(GERMAN, split_sentences=False), dtype=np.float32)
    ours = samples(speaker.speak(Request(GERMAN, "de", 7)).pcm)
    assert len(ours) == len(theirs) - 10_000
    assert not theirs[-10_000:].any()
    assert np.array_equal(ours, np.rint(theirs[:-10_000] * 32_767))


def test_several_sentences_stay_one_utterance(german: Speaker) -> None:
    """Coqui would split at the abbreviation and put half a second of zeros between."""
    speech = german.speak(Request("Er kam z. B. gestern. Sie nicht.", "de", 1))
    runs = "".join("0" if value == 0 else "1" for value in samples(speech.pcm))
    assert max(map(len, runs.split("1"))) < 2000


def test_length_scale_is_pace(models: Path, german: Speaker) -> None:
    slow = ENGINE.load(voice(models / "de", length_scale=2.0))
    plain = german.speak(Request(GERMAN, "de", 7)).frames
    assert 1.4 < slow.speak(Request(GERMAN, "de", 7)).frames / plain < 2.1


def test_options_reach_the_model(models: Path, german: Speaker) -> None:
    options = (("noise_scale", 0.0), ("noise_scale_dp", 0.0))
    flat = ENGINE.load(voice(models / "de", options=options))
    assert flat.speak(Request(GERMAN, "de", 1)) == flat.speak(Request(GERMAN, "de", 2))
    assert flat.speak(Request(GERMAN, "de", 1)) != german.speak(Request(GERMAN, "de", 1))


def test_speakers_are_chosen_by_name(models: Path) -> None:
    anna, ben = (
        ENGINE.load(voice(models / "two", "en", speaker=name)).speak(Request(ENGLISH, "en", 1))
        for name in ("Anna", "Ben")
    )
    assert anna != ben


@pytest.mark.parametrize("speaker", ["", "Carla"])
def test_an_unknown_speaker_is_told_the_known(models: Path, speaker: str) -> None:
    with pytest.raises(EngineError, match="Anna, Ben"):
        ENGINE.load(voice(models / "two", "en", speaker=speaker))


def test_a_speaker_of_a_single_voice_is_refused(models: Path) -> None:
    with pytest.raises(EngineError, match="one speaker only"):
        ENGINE.load(voice(models / "de", speaker="Anna"))


@pytest.mark.parametrize("text", ["Es sind 3 Katzen.", "Raum ٣", "m²"])
def test_digits_are_refused(german: Speaker, text: str) -> None:
    with pytest.raises(EngineError, match="digits"):
        german.speak(Request(text, "de", 1))


@pytest.mark.parametrize("text", ["", " ", "…", "!?", "– — “”"])
def test_nothing_to_say_is_an_error(german: Speaker, text: str) -> None:
    with pytest.raises(EngineError, match="nothing to say"):
        german.speak(Request(text, "de", 1))


def test_the_shortest_and_the_longest_text(german: Speaker) -> None:
    assert german.speak(Request("O", "de", 1)).frames > 0
    longest = ("Wort und " * 100)[: ENGINE.max_chars(voice(Path()))]
    assert german.speak(Request(longest, "de", 1)).frames > 0


def test_options_of_another_kind_of_model_are_refused(models: Path) -> None:
    with pytest.raises(EngineError, match="temperature"):
        ENGINE.load(voice(models / "de", options=(("temperature", 0.5),)))


def test_cuda_without_a_device_is_a_clear_error(models: Path) -> None:
    import torch  # noqa: PLC0415

    if torch.cuda.is_available():
        pytest.skip("there is a CUDA device")
    with pytest.raises(EngineError, match="CUDA"):
        ENGINE.load(voice(models / "de", options=(("device", "cuda"),)))


def test_it_speaks_the_same_from_a_worker_process(models: Path, german: Speaker) -> None:
    request = Request(GERMAN, "de", 7)
    with WorkerProcess(voice(models / "de")) as worker:
        assert worker.speak(request) == german.speak(request)
        with pytest.raises(EngineError, match="digits"):
            worker.speak(Request("1", "de", 1))
        assert worker.speak(request) == german.speak(request)


# --- files that are not what they should be ----------------------------------------------------


class Malice:
    """Unpickled by an unsuspecting program, it writes a file."""

    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self.target,))


def as_torch_file(payload: object) -> bytes:
    """What `torch.save` would write for a payload without tensors."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps(payload, protocol=2))
        archive.writestr("archive/version", "3\n")
        archive.writestr("archive/byteorder", "little")
    return stream.getvalue()


def refused(folder: Path) -> str:
    with pytest.raises(NarrateError) as caught:
        ENGINE.load(voice(folder))
    message = str(caught.value)
    assert len(message.splitlines()) <= 2
    return message


def test_a_checkpoint_with_code_in_it_is_not_run(models: Path, tmp_path: Path) -> None:
    folder = copied(models, "de", tmp_path)
    trap = tmp_path / "trap"
    for content in (
        as_torch_file({"model": Malice(trap)}),
        pickle.dumps({"model": Malice(trap)}, protocol=2),
    ):
        (folder / "model.pth").write_bytes(content)
        assert "more than weights" in refused(folder)
        assert not trap.exists()


def test_statistics_with_code_in_them_are_not_read(models: Path, tmp_path: Path) -> None:
    folder = copied(models, "de", tmp_path)
    trap = tmp_path / "trap"
    np.save(folder / "stats.npy", np.array([Malice(trap)], dtype=object), allow_pickle=True)
    settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    audio = {**settings["audio"], "stats_path": str(folder / "stats.npy"), "signal_norm": True}
    rewrite_config(folder, {"audio": audio})
    assert ENGINE.load(voice(folder)).speak(Request(GERMAN, "de", 1)).frames > 0
    assert not trap.exists()


def test_a_truncated_checkpoint(models: Path, tmp_path: Path) -> None:
    folder = copied(models, "de", tmp_path)
    whole = (folder / "model.pth").read_bytes()
    for length in (0, 10, len(whole) // 2, len(whole) - 1):
        (folder / "model.pth").write_bytes(whole[:length])
        assert "damaged" in refused(folder)


def test_garbage_in_place_of_a_checkpoint(models: Path, tmp_path: Path) -> None:
    folder = copied(models, "de", tmp_path)
    (folder / "model.pth").write_bytes(bytes(range(256)) * 64)
    assert "damaged" in refused(folder)
    (folder / "model.pth").write_bytes(as_torch_file([1, 2, 3]))
    assert "cannot be loaded" in refused(folder)


def test_a_checkpoint_of_another_model(models: Path, tmp_path: Path) -> None:
    folder = copied(models, "de", tmp_path)
    shutil.copy(models / "two" / "model.pth", folder / "model.pth")
    assert "another model" in refused(folder)


def test_missing_files_are_named(models: Path, tmp_path: Path) -> None:
    folder = copied(models, "de", tmp_path)
    (folder / "model.pth").unlink()
    assert "model.pth" in refused(folder)
    assert "model.pth" in ENGINE.check(voice(folder)).missing
    (folder / "config.json").unlink()
    assert "config" in refused(folder)
    assert not ENGINE.check(voice(folder)).ready


def test_an_unknown_phoneme_language(models: Path, tmp_path: Path) -> None:
    folder = copied(models, "de", tmp_path)
    rewrite_config(folder, {"phoneme_language": "atlantis"})
    assert "atlantis" in refused(folder)
