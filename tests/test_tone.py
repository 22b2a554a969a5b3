from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrate.engines import Request
from narrate.engines.process import WorkerProcess
from narrate.engines.tone import ToneEngine, pitch_hz
from narrate.errors import ShowError
from narrate.model import Speech, Voice

VOICE = Voice("test", "de", "tone")
TEXTS = ["Guten Tag.", "Guten Abend.", "Ein langer Satz, der länger dauert als die anderen.", "Ja"]


def say(spoken: str, seed: int = 0, voice: Voice = VOICE) -> Speech:
    return ToneEngine().load(voice).speak(Request(spoken, voice.lang, seed))


def samples(speech: Speech) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.frombuffer(speech.pcm, "<i2").astype(np.float64)


def strongest_hz(speech: Speech) -> float:
    wave = samples(speech) * np.hanning(speech.frames)
    spectrum = np.abs(np.fft.rfft(wave, 8 * speech.frames))
    return float(spectrum.argmax()) * speech.sample_rate / (8 * speech.frames)


@pytest.mark.parametrize("text", TEXTS)
def test_the_sound_has_the_pitch_of_its_text(text: str) -> None:
    assert strongest_hz(say(text, 5)) == pytest.approx(pitch_hz(text, 5), abs=0.5)


def test_each_text_has_its_own_pitch() -> None:
    pitches = [pitch_hz(f"Satz {chr(97 + i)}", 0) for i in range(26)]
    assert len({round(pitch, 3) for pitch in pitches}) == 26
    assert 116 <= min(pitches) < max(pitches) <= 989


def test_another_seed_moves_the_pitch_a_little() -> None:
    pitches = {pitch_hz("Guten Tag.", seed) for seed in range(20)}
    assert len(pitches) == 20
    assert max(pitches) / min(pitches) < 1.07
    assert ToneEngine.varies


@pytest.mark.parametrize(
    ("text", "scale", "seconds"), [("Ja", 1.0, 0.3), ("x" * 50, 1.0, 3.0), ("x" * 50, 1.5, 4.5)]
)
def test_length_follows_the_text(text: str, scale: float, seconds: float) -> None:
    voice = Voice("test", "de", "tone", length_scale=scale)
    assert say(text, voice=voice).seconds == pytest.approx(seconds, abs=0.001)


@settings(max_examples=30, deadline=None)
@given(text=st.text(min_size=1, max_size=100), seed=st.integers(0, 2**63 - 1))
def test_level_and_fades(text: str, seed: int) -> None:
    wave = samples(say(text, seed))
    assert np.abs(wave).max() == pytest.approx(16_422, abs=60)
    assert wave[0] == wave[-1] == 0
    assert np.abs(wave[:20]).max() < 2_000


def test_known_samples() -> None:
    """Equal on every machine, or clip keys would lie."""
    wave = samples(say("Guten Tag.", 7))
    assert [int(value) for value in wave[1000:1006]] == KNOWN
    assert say("Guten Tag.", 7) == say("Guten Tag.", 7)


KNOWN = [1359, -1359, -4063, -6632, -9040, -11177]


@pytest.mark.parametrize("rate", [8_000, 16_000, 48_000])
def test_the_sample_rate_is_an_option(rate: int) -> None:
    voice = Voice("test", "de", "tone", options=(("sample_rate", rate),))
    speech = say("Guten Tag.", voice=voice)
    assert speech.sample_rate == rate
    assert strongest_hz(speech) == pytest.approx(pitch_hz("Guten Tag.", 0), abs=1)


@pytest.mark.parametrize(
    "voice",
    [
        Voice("test", "de", "tone", options=(("sample_rate", 100),)),
        Voice("test", "de", "tone", options=(("sample_rate", 192_000),)),
    ],
)
def test_wrong_settings_are_refused(voice: Voice) -> None:
    with pytest.raises(ShowError, match="voice test"):
        ToneEngine().validate(voice)


def test_a_worker_gives_the_same_samples() -> None:
    with WorkerProcess(VOICE) as worker:
        for text in TEXTS:
            assert worker.speak(Request(text, "de", 3)) == say(text, 3)
