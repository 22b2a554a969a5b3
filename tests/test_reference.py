"""The recording that a voice is cloned from: what is refused, what is doubtful, what is read."""

from __future__ import annotations

import json
import resource
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]
from numpy.typing import NDArray

from narrate.build.planner import make_plan
from narrate.build.selection import Selection
from narrate.build.voices import fetch_voices
from narrate.build.workspace import Workspace
from narrate.engines.coqui import CoquiEngine
from narrate.engines.coqui.reference import doubts, longest_s, read_recording
from narrate.errors import EngineError
from narrate.events import Event, Warned
from narrate.model import Voice
from shows import GERMAN, make_show, narrate, write_article

RATE = 22_050
XTTS = "tts_models/multilingual/multi-dataset/xtts_v2"
CLONED = Voice(
    *("me", "de", "coqui"),
    model=XTTS,
    reference="me.wav",
    terms="https://tts-hub.github.io/cpml",
    accepted=True,
)

Samples = NDArray[np.float64]


def speech(seconds: float, rate: int = RATE, peak: float = 0.5) -> Samples:
    """Syllables of a gliding voice, five a second, with gaps between them."""
    times = np.arange(round(seconds * rate)) / rate
    turns = 140 * times + 2 * np.sin(2 * np.pi * 0.7 * times)
    voice = sum(np.sin(2 * np.pi * k * turns) / k for k in range(1, 9)) / 2
    syllables: Samples = peak * voice * np.maximum(0.0, np.sin(2 * np.pi * 5 * times))
    return syllables


def write(folder: Path, samples: Samples, rate: int = RATE, name: str = "me.wav") -> Path:
    path = folder / name
    subtype = "PCM_16" if path.suffix in {".wav", ".flac"} else None
    soundfile.write(path, samples, rate, subtype=subtype)
    return path


# --- what is good ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["me.wav", "me.flac", "me.mp3", "me.ogg"])
def test_usual_formats_are_read(tmp_path: Path, name: str) -> None:
    recording = read_recording(write(tmp_path, speech(8), name=name))
    assert recording.seconds == pytest.approx(8, abs=0.1)
    assert recording.speech_s == pytest.approx(8, abs=0.3)
    assert not recording.goes_on
    assert doubts(recording) == ()


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    path = write(tmp_path, speech(8)).rename(tmp_path / "me.flac")
    assert read_recording(path).seconds == 8


def test_channels_become_their_mean(tmp_path: Path) -> None:
    left = speech(8)
    path = write(tmp_path, np.stack([left, np.zeros_like(left)], axis=1))
    assert read_recording(path).wave == pytest.approx(left / 2, abs=1e-4)


def test_sixteen_kilohertz_hold_all_that_the_model_hears(tmp_path: Path) -> None:
    assert doubts(read_recording(write(tmp_path, speech(8, 16_000), 16_000))) == ()


# --- what is refused ---------------------------------------------------------------------------


def test_what_is_no_recording_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "me.wav"
    for content in (b"", b"R", b"not a sound", b"RIFF", b"RIFF\xff\xff\xff\xffWAVEfmt "):
        path.write_bytes(content)
        with pytest.raises(EngineError, match=r"“me\.wav” cannot be read") as failure:
            read_recording(path)
        assert "FLAC" in failure.value.mend


def test_a_format_that_nobody_records_in_never_reaches_its_decoder(tmp_path: Path) -> None:
    for name in ("me.aiff", "me.au"):
        path = write(tmp_path, speech(8), name=name)
        with pytest.raises(EngineError, match="cannot be read"):
            read_recording(path)


def test_a_name_that_claims_raw_samples_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="cannot be read"):
        read_recording(write(tmp_path, speech(8)).rename(tmp_path / "me.raw"))


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"me\.wav is missing"):
        read_recording(tmp_path / "me.wav")
    with pytest.raises(EngineError, match="cannot be read"):
        read_recording(tmp_path)


@pytest.mark.parametrize(
    ("samples", "says"),
    [
        (np.zeros(0), "holds no sound"),
        (speech(0.005), "holds 0.0 s of speech"),
        (speech(1.2), "holds 1.2 s of speech"),
        (np.concatenate([speech(2), np.zeros(10 * RATE)]), r"holds (1\.9|2\.0) s of speech"),
        (np.zeros(10 * RATE), "is silent"),
        (speech(10, peak=0.002), "is silent"),
        (np.repeat(speech(10)[:, None], 6, axis=1), "6 channels"),
        (np.stack([speech(10), -speech(10)], axis=1), "cancel each other"),
    ],
)
def test_what_gives_no_voice_is_refused(tmp_path: Path, samples: Samples, says: str) -> None:
    with pytest.raises(EngineError, match=says) as failure:
        read_recording(write(tmp_path, samples))
    assert failure.value.mend.endswith(".")


def test_a_telephone_recording_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="8000 samples a second"):
        read_recording(write(tmp_path, speech(8, 8_000), 8_000))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_values_that_are_no_sound_are_refused(tmp_path: Path, value: float) -> None:
    samples = speech(8)
    samples[100] = value
    path = tmp_path / "me.wav"
    soundfile.write(path, samples, RATE, subtype="FLOAT")
    with pytest.raises(EngineError, match="NaN"):
        read_recording(path)


# --- what is doubtful --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("samples", "says"),
    [
        (speech(4), "only 4.0 s of speech, 6 to 30 s"),
        (speech(40), "only the first 30 s"),
        (np.concatenate([speech(8), np.zeros(12 * RATE)]), "60% of the recording are silent"),
        (speech(10, peak=0.02), "very quiet"),
        ((speech(10) * 6).clip(-1.0, 1.0), "clipped"),
        ((speech(10) * 6).clip(-1.0, 1.0) * 0.6, "clipped"),
    ],
)
def test_what_makes_a_worse_clone_is_told(tmp_path: Path, samples: Samples, says: str) -> None:
    (told,) = doubts(read_recording(write(tmp_path, samples)))
    assert says in told


def test_float_samples_beyond_full_scale_count_as_clipped(tmp_path: Path) -> None:
    path = tmp_path / "me.wav"
    soundfile.write(path, speech(8) * 20, RATE, subtype="FLOAT")
    recording = read_recording(path)
    assert recording.clipped > 0.1
    assert abs(recording.wave).max() <= 1.0


# --- bounds ------------------------------------------------------------------------------------


def test_of_three_hours_only_the_beginning_is_read(tmp_path: Path) -> None:
    path = tmp_path / "me.flac"
    minute = (speech(60) * 32_767).astype("int16")
    with soundfile.SoundFile(path, "w", RATE, 1) as sound:
        for _ in range(3):
            sound.write(minute)
        for _ in range(177):
            sound.write(np.zeros(60 * RATE, dtype="int16"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    recording = read_recording(path)
    grown_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert recording.seconds == 30
    assert recording.goes_on
    assert grown_kib < 100_000  # three hours are 950 MB of samples


def test_a_header_that_promises_more_than_the_file_holds(tmp_path: Path) -> None:
    path = write(tmp_path, speech(8))
    content = bytearray(path.read_bytes())
    at = content.index(b"data") + 4
    content[at : at + 4] = struct.pack("<I", 0xFFFF_FFF0)
    path.write_bytes(content)
    recording = read_recording(path)
    assert recording.seconds == 8
    assert not recording.goes_on


def test_a_file_that_was_cut_off_counts_as_far_as_it_goes(tmp_path: Path) -> None:
    path = write(tmp_path, speech(20), name="me.flac")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 20])
    with pytest.raises(EngineError, match=r"recording “me\.flac”"):
        read_recording(path)


def test_a_file_of_gigabytes_is_not_opened(tmp_path: Path) -> None:
    path = write(tmp_path, speech(8))
    with path.open("r+b") as stream:
        stream.truncate(3 << 30)  # a hole: it takes no space
    with pytest.raises(EngineError, match="3072 MB"):
        read_recording(path)


@pytest.mark.parametrize("value", [0, -5, "30", None, 10**9, True, 12.5])
def test_a_configuration_cannot_choose_how_much_is_read(value: object) -> None:
    with pytest.raises(EngineError, match="max_ref_len"):
        longest_s({"max_ref_len": value}, Path("config.json"))
    assert longest_s({"max_ref_len": 30}, Path("config.json")) == 30
    assert longest_s({}, Path("config.json")) == 10


# --- the engine --------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def no_models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TTS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))


def test_a_bad_recording_is_told_before_a_model_is_fetched(tmp_path: Path) -> None:
    engine, voice = CoquiEngine(), replace(CLONED, folder=tmp_path)
    assert "me.wav is missing" in engine.check(voice).missing
    write(tmp_path, speech(1.2))
    readiness = engine.check(voice)
    assert not readiness.ready
    assert "1.2 s of speech" in readiness.missing
    assert "6 to 30 s" in readiness.mend
    with pytest.raises(EngineError, match=r"1\.2 s of speech"):
        engine.prepare(voice, lambda *_: pytest.fail("a download began"))
    with pytest.raises(EngineError, match=r"1\.2 s of speech"):
        engine.pull(voice, lambda *_: pytest.fail("a download began"), pytest.fail)
    write(tmp_path, speech(12))
    assert engine.check(voice).missing == "the model is not downloaded"


def test_the_check_loads_no_model_code(tmp_path: Path) -> None:
    write(tmp_path, speech(12))
    code = (
        "import sys; from pathlib import Path;"
        "from narrate.engines.coqui.reference import read_recording, doubts;"
        "print(doubts(read_recording(Path(sys.argv[1]))));"
        "print(*{'torch', 'TTS', 'transformers', 'scipy', 'librosa'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "me.wav")]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["()"]


# --- where a person reads it -------------------------------------------------------------------


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """A show whose German voice is cloned, by a checkpoint that is never loaded here."""
    root = make_show(tmp_path)
    write_article(root, "first.de.md", GERMAN)
    voices = root / "voices"
    (voices / "model.pth").write_bytes(b"weights")
    (voices / "config.json").write_text('{"model": "xtts", "max_ref_len": 30}', encoding="utf-8")
    (voices / "tone-de.toml").write_text(
        'lang = "de"\nengine = "coqui"\nmodel = "model.pth"\nconfig = "config.json"\n'
        'reference = "me.wav"\n',
        encoding="utf-8",
    )
    return root


def test_voices_and_a_build_tell_what_is_doubtful(show: Path) -> None:
    write(show / "voices", speech(4))
    note = "the recording holds only 4.0 s of speech, 6 to 30 s sound more like the speaker"
    assert f"ready, but {note}" in narrate(show, "voices", "--plain").out
    told = json.loads(narrate(show, "voices", "--json").out)
    assert {voice["name"]: voice["note"] for voice in told} == {"tone-de": note, "tone-en": ""}
    events: list[Event] = []
    space = Workspace.open(show)
    fetch_voices(space, make_plan(space, Selection()), events.append)
    assert events == [Warned(note, "voice tone-de")]


def test_a_build_with_a_bad_recording_ends_before_anything_is_loaded(show: Path) -> None:
    write(show / "voices", speech(1.2))
    outcome = narrate(show, "build", "--plain")
    assert outcome.code == 1
    assert "the recording “me.wav” holds 1.2 s of speech" in outcome.err
    assert "Give 6 to 30 s of one person speaking." in outcome.err
