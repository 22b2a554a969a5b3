"""VITS on ONNX Runtime: the same symbols, noise and sound as Coqui's own path, without torch."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from coqui_checkpoints import TinyModel, build_vits, rewrite_config
from narrate.engines.base import Request, Speaker
from narrate.engines.coqui import CoquiEngine, export_child, onnx_vits
from narrate.engines.coqui.config import read_config
from narrate.engines.coqui.export import (
    FRONT_END,
    decoder_file,
    export_model,
    exported,
    is_exportable,
)
from narrate.engines.coqui.export import PHONEMIZERS as EXPORT_PHONEMIZERS
from narrate.engines.coqui.export_child import export
from narrate.engines.coqui.front_end import FrontEnd, read_front_end
from narrate.engines.coqui.model import ModelFiles
from narrate.engines.coqui.noise import Noise
from narrate.engines.coqui.onnx_vits import OnnxVitsSpeaker
from narrate.engines.coqui.vits import VitsSpeaker
from narrate.engines.process import WorkerProcess
from narrate.errors import EngineError, OutputError
from narrate.model import Voice

ENGINE = CoquiEngine()
TORCH = (("runtime", "torch"),)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="limits what a process may take")

TEXTS = {
    "de": (
        "Die Größe der Brücke überrascht alle.",
        "Nein!",
        "Wer liest, „so sagt man“, lebt tausend Leben: in Köln, in Wien – und anderswo.",
        "Der Juice von Charles schmeckte; niemand wusste, warum.",
    ),
    "en": (
        "The cat sat on the mat, and nobody minded.",
        "Yes.",
        "Whoever reads (so they say) lives a thousand lives: in York, in Bath, and elsewhere!",
        "Mrs. Lee's café: “très chic”, isn't it?",
    ),
}

MODELS = {
    "german": TinyModel("de"),
    "english": TinyModel("en-us"),
    "speakers": TinyModel("en-us", speakers=("Anna", "Ben")),
    "languages": TinyModel(
        "en-us", languages=("de", "en"), phonemes=False, cleaner="multilingual_cleaners"
    ),
    "pairs": TinyModel(
        "de",
        arguments={
            "resblock_type_decoder": "1",
            "resblock_kernel_sizes_decoder": [3, 5],
            "resblock_dilation_sizes_decoder": [[1, 2, 3], [1, 3, 5]],
            "num_layers_flow": 3,
        },
    ),
    "plain-durations": TinyModel("de", arguments={"use_sdp": False}),
    "stretched": TinyModel("de", arguments={"encoder_sample_rate": 8_000, "interpolate_z": True}),
}


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory, tiny_german: Path) -> Path:
    folder = tmp_path_factory.mktemp("fast")
    shutil.copytree(tiny_german, folder / "german")
    for name, model in MODELS.items():
        if name != "german":
            build_vits(folder / name, model)
        (folder / name / "export").mkdir()
        export(files_of(folder / name), folder / name / "export")
    return folder


def fast_speaker(folder: Path, lang: str, **fields: Any) -> OnnxVitsSpeaker:
    """As the engine loads it, but for the process that exports."""
    return OnnxVitsSpeaker(voice(folder, lang, **fields), folder / "export")


@pytest.fixture(scope="session")
def german(models: Path) -> Iterator[Speaker]:
    speaker = ENGINE.load(voice(models / "german", "de"))
    yield speaker
    speaker.close()


def voice(folder: Path, lang: str, **fields: Any) -> Voice:
    return replace(
        Voice("tiny", lang, "coqui", model="model.pth", config="config.json", folder=folder),
        **fields,
    )


def files_of(folder: Path) -> ModelFiles:
    return ModelFiles(folder / "model.pth", folder / "config.json")


def wave(speaker: Speaker, text: str, lang: str, seed: int = 5) -> np.ndarray[Any, Any]:
    pcm = speaker.speak(Request(text, lang, seed)).pcm
    return np.frombuffer(pcm, "<i2").astype(np.float64)


def agreement_db(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any]) -> float:
    """Signal-to-noise ratio; of 16-bit samples that are equal it is infinite."""
    noise = np.sum((one - other) ** 2)
    return float("inf") if noise == 0 else float(10 * np.log10(np.sum(one**2) / noise))


# --- the same sound ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODELS)
def test_torch_and_onnx_give_the_same_sound(models: Path, name: str) -> None:
    lang = "en" if MODELS[name].language == "en-us" else "de"
    speakers = MODELS[name].speakers
    fields = {"speaker": speakers[-1]} if speakers else {}
    fast = fast_speaker(models / name, lang, **fields)
    slow = ENGINE.load(voice(models / name, lang, options=TORCH, **fields))
    assert isinstance(slow, VitsSpeaker)
    compared = 0
    for text in TEXTS[lang]:
        ours, theirs = wave(fast, text, lang), wave(slow, text, lang)
        assert np.abs(theirs).max() > 300
        if len(ours) == len(theirs):
            assert agreement_db(theirs, ours) > 60
            compared += 1
    assert compared >= len(TEXTS[lang]) - 1  # a duration may round the other way


def test_options_pace_and_noise_are_those_of_torch(models: Path) -> None:
    fields = {"length_scale": 1.3}
    options = (("noise_scale", 0.2), ("noise_scale_dp", 0.1))
    fast = fast_speaker(models / "german", "de", options=options, **fields)
    slow = ENGINE.load(voice(models / "german", "de", options=(*options, *TORCH), **fields))
    text = TEXTS["de"][0]
    assert agreement_db(wave(slow, text, "de"), wave(fast, text, "de")) > 60


def test_each_speaker_and_each_language_has_its_own_sound(models: Path) -> None:
    anna, ben = (
        wave(fast_speaker(models / "speakers", "en", speaker=name), "Hello there.", "en")
        for name in MODELS["speakers"].speakers
    )
    assert len(anna) != len(ben) or agreement_db(anna, ben) < 20
    both = fast_speaker(models / "languages", "de")
    assert not np.array_equal(wave(both, "an und in", "de"), wave(both, "an und in", "en"))


@pytest.mark.parametrize("name", ["german", "speakers", "pairs"])
def test_windows_do_not_change_the_sound(
    models: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = {"speaker": "Anna"} if name == "speakers" else {}
    lang = "en" if name == "speakers" else "de"
    speaker = fast_speaker(models / name, lang, **fields)
    whole = wave(speaker, TEXTS[lang][2], lang)
    monkeypatch.setattr(onnx_vits, "WINDOW", 7)
    windowed = wave(speaker, TEXTS[lang][2], lang)
    assert np.abs(whole - windowed).max() <= 1  # the last bit of 16


def test_windows_without_their_context_would_be_heard(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = models / "pairs"
    speaker = fast_speaker(folder, "de")
    whole = wave(speaker, TEXTS["de"][2], "de")
    blind = tuple(replace(part, context=0) for part in speaker._front_end.decoder)
    speaker._front_end = replace(speaker._front_end, decoder=blind)
    monkeypatch.setattr(onnx_vits, "WINDOW", 7)
    assert np.abs(whole - wave(speaker, TEXTS["de"][2], "de")).max() > 100


# --- the same bits -----------------------------------------------------------------------------


def test_neither_order_nor_speaker_object_changes_a_bit(models: Path, german: Speaker) -> None:
    text = TEXTS["de"][2]
    first = german.speak(Request(text, "de", 7))
    german.speak(Request("Etwas ganz anderes.", "de", 8))
    assert german.speak(Request(text, "de", 7)) == first
    assert ENGINE.load(voice(models / "german", "de")).speak(Request(text, "de", 7)) == first
    assert german.speak(Request(text, "de", 8)) != first


def test_the_number_of_threads_changes_no_bit(models: Path) -> None:
    folder = models / "german" / "export"
    channels = read_front_end(folder / FRONT_END).channels
    frames = Noise(3).prior(channels, 150)
    answers = []
    for threads in (1, 2):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        session = onnxruntime.InferenceSession(folder / decoder_file(0), options)
        answers.append(session.run(None, {"signal": frames})[0])
    assert np.array_equal(*answers)


@given(st.integers(0, 2**63 - 1), st.integers(1, 40), st.integers(1, 8))
def test_noise_is_a_function_of_the_seed_and_grows_in_time(
    seed: int, frames: int, channels: int
) -> None:
    longer = Noise(seed).prior(channels, frames + 5)
    assert longer.shape == (1, channels, frames + 5)
    assert longer.dtype == np.float32
    assert np.array_equal(Noise(seed).prior(channels, frames), longer[..., :frames])
    assert not np.array_equal(Noise(seed).durations(frames), Noise(seed).prior(2, frames))
    assert not np.array_equal(Noise(seed ^ 2**62).prior(channels, frames + 5), longer)


def test_the_stream_of_noise_is_frozen() -> None:
    """Other numbers here would change every clip that was ever made."""
    assert Noise(2**40 + 1).durations(2).ravel().tolist() == pytest.approx(FROZEN, abs=1e-7)


FROZEN = (0.98514229, -1.10487485, 0.29550809, 1.66348052)


# --- the same symbols --------------------------------------------------------------------------


@pytest.fixture(scope="session")
def tokenizers(models: Path) -> dict[str, tuple[FrontEnd, Any, str | None]]:
    """Ours, Coqui's, and the language as Coqui is told it."""
    found = {}
    for name, lang in (("german", None), ("english", None), ("languages", "de")):
        speaker: Any = ENGINE.load(
            voice(models / name, "en" if name == "english" else "de", options=TORCH)
        )
        front_end = read_front_end(models / name / "export" / FRONT_END)
        found[name] = (front_end, speaker._model.tokenizer, lang)
    return found


@pytest.mark.parametrize("name", ["german", "english", "languages"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example("Dr. No; (“Mr. X”) – [ok] & co: 'tis…")
@example("Ein Juice, bitte! Was?! Nein …")
@given(st.text(alphabet="abcdeghinorstuwzäöüßAEMÜ .,;:!?'-–…()“”„«»&é", min_size=1, max_size=60))
def test_the_symbols_are_those_of_coquis_tokenizer(
    tokenizers: dict[str, tuple[FrontEnd, Any, str | None]], name: str, text: str
) -> None:
    front_end, tokenizer, language = tokenizers[name]
    told = language or next(iter(front_end.languages))
    assert front_end.numbers(text, language) == tokenizer.text_to_ids(text, language=told)


def test_a_text_without_a_known_sound_is_refused(models: Path) -> None:
    letters = fast_speaker(models / "languages", "de")
    with pytest.raises(EngineError, match="no sound"):
        letters.speak(Request("中文", "de", 1))


# --- the export --------------------------------------------------------------------------------


def test_a_worker_needs_no_torch(models: Path, german: Speaker) -> None:
    del german  # the export is there
    code = (
        "import sys; from pathlib import Path\n"
        "from narrate.engines.base import Request\n"
        "from narrate.engines.coqui import CoquiEngine\n"
        "from narrate.model import Voice\n"
        "voice = Voice('v', 'de', 'coqui', model='model.pth', config='config.json',"
        " folder=Path(sys.argv[1]))\n"
        "speech = CoquiEngine().load(voice).speak(Request('Guten Tag.', 'de', 1))\n"
        "assert speech.frames > 1000\n"
        "heavy = {'torch', 'torchaudio', 'transformers', 'TTS.api'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-c", code, str(models / "german")], check=True)


def test_a_model_is_exported_once_for_all_workers(tmp_path: Path) -> None:
    build_vits(tmp_path, TinyModel("de", seed=9))
    files = files_of(tmp_path)
    assert exported(files) is None
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(export_model, (files, files))
    assert first == second == exported(files)
    assert not list(first.parent.glob(".new-*"))
    made = (first / decoder_file(1)).stat().st_mtime_ns
    assert export_model(files) == first
    assert (first / decoder_file(1)).stat().st_mtime_ns == made
    whole = (first / decoder_file(1)).read_bytes()
    (first / decoder_file(1)).write_bytes(whole[:-2000] + bytes(2000))
    assert exported(files) is None
    assert export_model(files) == first
    assert (first / decoder_file(1)).read_bytes() == whole


def test_a_folder_that_cannot_be_written_is_told_as_one(models: Path, tmp_path: Path) -> None:
    folder = models / "german"
    request = {
        "checkpoint": str(folder / "model.pth"),
        "config": str(folder / "config.json"),
        "folder": str(tmp_path / "gone"),
    }
    with pytest.raises(OutputError) as caught:
        export_child.work(request)
    assert "gone" in str(caught.value.where)


def test_a_damaged_export_is_named(models: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(models / "german" / "export", tmp_path / "export")
    whole = (folder / decoder_file(1)).read_bytes()
    (folder / decoder_file(1)).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(EngineError, match="damaged") as caught:
        OnnxVitsSpeaker(voice(models / "german", "de"), folder)
    assert caught.value.where == str(folder / decoder_file(1))


def test_a_model_that_cannot_be_exported_says_why(tmp_path: Path) -> None:
    build_vits(tmp_path, TinyModel("de", seed=4))
    checkpoint = tmp_path / "model.pth"
    checkpoint.write_bytes(checkpoint.read_bytes()[:1000])
    with pytest.raises(EngineError, match="cannot be prepared") as caught:
        ENGINE.load(voice(tmp_path, "de"))
    assert caught.value.where == str(checkpoint)
    assert exported(files_of(tmp_path)) is None


def test_models_that_only_torch_can_run_are_left_to_it(models: Path, tmp_path: Path) -> None:
    assert is_exportable(read_config(files_of(models / "german")))
    build_vits(tmp_path, TinyModel("de"))
    vectors: dict[str, object] = {"use_d_vector_file": True, "d_vector_file": None}
    other: dict[str, object] = {"phonemizer": "gruut"}
    for changes in (vectors, other):
        rewrite_config(tmp_path, changes)
        assert not is_exportable(read_config(files_of(tmp_path)))
    for arguments in ({"dilation_rate_flow": 2}, {"kernel_size_flow": 9}):
        build_vits(tmp_path, TinyModel("de", arguments=arguments))
        assert not is_exportable(read_config(files_of(tmp_path)))


def test_every_phonemizer_of_narrates_own_is_known_to_the_export() -> None:
    from narrate.engines.coqui.phonemes import PHONEMIZERS  # noqa: PLC0415

    assert set(EXPORT_PHONEMIZERS) == set(PHONEMIZERS)


def test_runtime_version_and_precision_are_part_of_the_fingerprint(models: Path) -> None:
    fast = ENGINE.fingerprint(voice(models / "german", "de"))
    slow = ENGINE.fingerprint(voice(models / "german", "de", options=TORCH))
    assert fast["runtime"] == f"onnxruntime {onnxruntime.__version__} float32"
    assert slow["runtime"].startswith("torch ")
    assert "export" in fast
    assert "export" not in slow


# --- memory ------------------------------------------------------------------------------------


@LINUX
def test_a_worker_that_runs_out_of_memory_is_replaced(models: Path, german: Speaker) -> None:
    import resource  # noqa: PLC0415

    text = ", und dann noch eine Stadt am Fluss" * 11
    request = Request(f"Es war einmal eine Stadt{text}.", "de", 1)
    with WorkerProcess(voice(models / "german", "de")) as worker:
        worker.speak(Request("Gut.", "de", 1))
        assert worker.pid is not None
        starved = worker.pid
        pages = int(Path(f"/proc/{starved}/statm").read_text().split()[0])
        limit = pages * resource.getpagesize() + 2**20
        resource.prlimit(starved, resource.RLIMIT_AS, (limit, limit))
        assert worker.speak(request) == german.speak(request)
        assert worker.pid not in {None, starved}


@LINUX
@pytest.mark.usefixtures("german")
def test_a_machine_with_too_little_memory_is_told_so(models: Path) -> None:
    """Every worker has room for the voice, and none for the attention of a sentence this long."""
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from narrate.engines import Request\n"
        "from narrate.engines.process import WorkerProcess\n"
        "from narrate.errors import NarrateError\n"
        "from narrate.model import Voice\n"
        "voice = Voice('tiny', 'de', 'coqui', model='model.pth', config='config.json',"
        " folder=Path(sys.argv[1]))\n"
        "with WorkerProcess(voice) as worker:\n"
        "    worker.speak(Request('Gut.', 'de', 1))\n"
        "    status = Path(f'/proc/{worker.pid}/status').read_text()\n"
        "taken = int(status.split('VmPeak:')[1].split()[0]) * 1024\n"
        "resource.setrlimit(resource.RLIMIT_AS, (taken + 100 * 2**20, resource.RLIM_INFINITY))\n"
        "with WorkerProcess(voice) as worker:\n"
        "    print(len(worker.speak(Request('Gut.', 'de', 1)).pcm))\n"
        "    try:\n"
        "        worker.speak(Request('So sagt man in dieser Stadt. ' * 200, 'de', 1))\n"
        "    except NarrateError as error:\n"
        "        print(error.what, error.mend)\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", code, str(models / "german")],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "ran out of memory" in said
    assert "`narrate build --jobs 1`" in said
