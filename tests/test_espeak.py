"""espeak-ng as an engine, in its worker processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from embedded_voices import samples, say, say_all, untold
from narrate.engines import Request, find_engine
from narrate.engines.embedded import CAN_FORK
from narrate.engines.espeak.engine import VARIANTS, EspeakEngine, manner_of
from narrate.engines.espeak.library import espeak
from narrate.engines.process import WorkerProcess
from narrate.engines.respelling import respell
from narrate.errors import EngineCrash, EngineError, ShowError
from narrate.model import Speech, Voice
from narrate.revisions import RESPELLING

GERMAN = Voice("hans", "de", "espeak")
ENGLISH = Voice("jane", "en", "espeak")
FORKS = pytest.mark.skipif(not CAN_FORK, reason="needs fork")

SENTENCES = {
    "de": (
        "Der schnelle braune Fuchs springt über den faulen Hund.",
        "Wer hat das gesagt?",
        "Fünfundzwanzig Jahre später kam Dvořák nach Łódź zurück – und blieb.",
        "Ja!",
        "Ein Titel",
        "Sie sagte: „Komm herein.“",
        "K I und G P T drei Komma fünf",
    ),
    "en": (
        "The quick brown fox jumps over the lazy dog.",
        "Who said that?",
        "It’s a long way, as everybody knows, to the question’s end.",
        "Yes!",
        "A title",
        "She said: “Come in.”",
        "A I and G P T three point five",
    ),
}


@pytest.fixture(scope="module")
def german() -> Iterator[WorkerProcess]:
    with WorkerProcess(GERMAN) as worker:
        yield worker


@pytest.fixture(scope="module")
def english() -> Iterator[WorkerProcess]:
    with WorkerProcess(ENGLISH) as worker:
        yield worker


def pitch_hz(speech: Speech) -> float:
    """Median over all loud windows: where the autocorrelation is highest."""
    wave, rate, size = samples(speech), speech.sample_rate, 2048
    windows = [wave[start : start + size] for start in range(0, len(wave) - size, size // 2)]
    shortest, longest = rate // 400, rate // 60
    found = []
    for window in windows:
        if np.sqrt((window**2).mean()) > 1000:
            spectrum = np.abs(np.fft.rfft(window - window.mean(), 2 * size)) ** 2
            likeness = np.fft.irfft(spectrum)[shortest:longest]
            found.append(rate / (shortest + int(np.argmax(likeness))))
    return float(np.median(found))


# --- the same text gives the same samples ------------------------------------------------------


@pytest.mark.parametrize("voice", [GERMAN, ENGLISH], ids=["de", "en"])
def test_order_workers_and_restarts_change_no_byte(voice: Voice) -> None:
    with WorkerProcess(voice) as first, WorkerProcess(voice) as second:
        expected = say_all(first, SENTENCES, 1)
        assert say_all(first, SENTENCES, 2) == expected
        assert say_all(second, SENTENCES, 3) == expected
    with WorkerProcess(voice) as third:
        assert say_all(third, SENTENCES, 4) == expected


@FORKS
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    before=st.lists(st.sampled_from(SENTENCES["de"]), max_size=4),
    spoken=st.text("abcdefghijklmnoprstuwzäöüß ,.?", min_size=1, max_size=60).filter(
        lambda text: any(char.isalpha() for char in text)
    ),
)
def test_what_was_said_before_changes_no_byte(
    german: WorkerProcess, before: list[str], spoken: str
) -> None:
    expected = say(german, spoken).pcm
    for text in before:
        say(german, text)
    assert say(german, spoken).pcm == expected


@FORKS
def test_where_nothing_forks_the_samples_are_equal() -> None:
    """In another process, where nothing else has the library loaded."""
    code = f"""if True:
        from narrate.engines.embedded import forked
        from narrate.engines.espeak.library import Espeak, Manner
        from narrate.engines.espeak.speaker import inherited, reloaded
        texts = {SENTENCES["de"]!r}
        manner = Manner("de+f2")
        here = reloaded(manner)
        forth = [here(text) for text in texts]
        assert [here(text) for text in reversed(texts)] == forth[::-1], "reloaded"
        there = forked(inherited(manner), "espeak-ng")
        assert [there(text) for text in texts] == forth, "forked"
        kept = Espeak()
        assert [kept.speak(text, manner) for text in texts] != forth, "no remedy is needed"
        """
    subprocess.run([sys.executable, "-c", code], check=True)


# --- what is heard -----------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["de", "en"])
def test_sentences_are_audible_and_do_not_clip(
    lang: str, german: WorkerProcess, english: WorkerProcess
) -> None:
    for text in SENTENCES[lang]:
        speech = say(german if lang == "de" else english, text)
        wave = samples(speech)
        assert speech.sample_rate == 22_050
        assert np.sqrt((wave**2).mean()) > 500
        assert 2_000 < np.abs(wave).max() < 30_000
        assert 0.03 * len(text) < speech.seconds < 0.12 * len(text) + 1.2


def test_languages_accents_and_variants_differ(
    german: WorkerProcess, english: WorkerProcess
) -> None:
    options = [(("accent", "gb"),), (("accent", "us"),), (("variant", "f3"),)]
    heard = [say(german, "Winter in Berlin.").pcm, say(english, "Winter in Berlin.").pcm]
    for one in options:
        with WorkerProcess(Voice("kate", "en", "espeak", options=one)) as worker:
            heard.append(say(worker, "Winter in Berlin.").pcm)
    assert heard[1] == heard[3]
    assert len(set(heard)) == 4


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_variant_speaks_in_another_voice(lang: str) -> None:
    voices = [Voice("v", lang, "espeak", options=(("variant", name),)) for name in VARIANTS]
    heard = {
        EspeakEngine().load(voice).speak(Request("Winter.", lang, 0)).pcm
        for voice in [Voice("v", lang, "espeak"), *voices]
    }
    assert len(heard) == 1 + len(VARIANTS)


def test_the_seed_changes_nothing(german: WorkerProcess) -> None:
    assert not EspeakEngine.varies
    heard = {german.speak(Request("Guten Tag.", "de", seed)).pcm for seed in (0, 1, 2**62)}
    assert len(heard) == 1


@pytest.mark.parametrize("scale", [0.25, 0.4, 0.5, 0.8, 1.25, 1.6, 2.0])
def test_length_scale(german: WorkerProcess, scale: float) -> None:
    usual = sum(say(german, text).seconds for text in SENTENCES["de"])
    with WorkerProcess(Voice("hans", "de", "espeak", length_scale=scale)) as worker:
        scaled = sum(say(worker, text).seconds for text in SENTENCES["de"])
    assert scaled / usual == pytest.approx(scale, rel=0.08)


@pytest.mark.parametrize("factor", [0.75, 1.25, 1.6])
def test_pitch(german: WorkerProcess, factor: float) -> None:
    with WorkerProcess(Voice("hans", "de", "espeak", options=(("pitch", factor),))) as worker:
        other, usual = (say(one, SENTENCES["de"][0]) for one in (worker, german))
    assert pitch_hz(other) / pitch_hz(usual) == pytest.approx(factor, rel=0.08)
    assert other.seconds == pytest.approx(usual.seconds, rel=0.02)


def test_no_word_is_left_out(german: WorkerProcess) -> None:
    one, many = say(german, "Haus und Hof. " * 2), say(german, "Haus und Hof. " * 20)
    assert many.seconds / one.seconds == pytest.approx(10, rel=0.15)
    word = say(german, "Das Wort ist lang.").seconds
    assert say(german, f"Das Wort {'Wort-' * 70} ist lang.").seconds > word + 70 * 0.15


@pytest.mark.parametrize(
    ("lang", "spoken", "sounds"),
    [
        ("en", "A I", ["ˈeɪ", "ˈaɪ"]),
        ("en", "Plan A", ["ˈeɪ"]),
        ("en", "a plan", ["ɐ"]),
        ("de", "A I", ["ˈeːj", "ˈaɪ"]),
        ("de", "K I", ["kˈɑː", "ˈiː"]),
        ("de", "G P T drei Komma fünf", ["ɡˈeː", "pˈeː", "tˈeː", "dɾˈaɪ", "kˈɔmɑː", "fˈʏnf"]),
    ],
)
def test_letters_are_read_as_letters(lang: str, spoken: str, sounds: list[str]) -> None:
    language = manner_of(Voice("v", lang, "espeak")).voice
    heard = " ".join(espeak().phonemes(respell(spoken, lang), language)).replace("_", "").split()
    assert all(sound in heard for sound in sounds), heard


def test_the_voice_falls_at_the_end_of_a_heading(german: WorkerProcess) -> None:
    assert say(german, "Ein Titel") == say(german, "Ein Titel.")
    assert say(german, "Ein Titel") != say(german, "Ein Titel?")


# --- what it must not get ----------------------------------------------------------------------


@pytest.mark.parametrize("command", ["<b>", "<break time='9s'/>", "drei < vier", "Привет", "你好",
                                     "😀", "\x01", "\0", "\x1b[31m", "7", "a\ud800b"])  # fmt: skip
def test_what_cannot_be_said_is_refused(german: WorkerProcess, command: str) -> None:
    before = say(german, "Guten Tag.")
    with pytest.raises(EngineError, match="espeak-ng cannot say"):
        say(german, f"Das ist {command} ein Satz.")
    assert say(german, "Guten Tag.") == before


def test_phonemes_in_brackets_are_letters(german: WorkerProcess) -> None:
    """“[[…]]” is how espeak-ng can be told phonemes; here it is text in brackets."""
    assert say(german, "[[haUs]] da") == say(german, "haUs, da")
    taken_for_phonemes = "".join(espeak().phonemes("[[haUs]]", "de")).replace("_", "")
    assert taken_for_phonemes != "haʊs"


@pytest.mark.parametrize("spoken", ["", " ", "...", "„“", "– ! ?", "\u00ad"])
def test_nothing_to_say_is_an_error(german: WorkerProcess, spoken: str) -> None:
    with pytest.raises(EngineError, match="nothing to say"):
        say(german, spoken)


@FORKS
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    spoken=st.one_of(
        st.text("abcdefgxyzäöüßéñšABZ .,;:?!'-–„“()[]…", min_size=1, max_size=300),
        st.text(max_size=300),
    )
)
def test_arbitrary_text_never_kills_the_worker(german: WorkerProcess, spoken: str) -> None:
    pid = german.pid
    try:
        assert say(german, spoken).frames > 0
    except EngineCrash:
        raise
    except EngineError:
        pass
    assert german.pid == pid or pid is None


def test_silence_is_an_error() -> None:
    speaker = EspeakEngine().load(GERMAN)
    speaker._say = lambda text: bytes(2 * len(text))
    with pytest.raises(EngineError, match="espeak-ng gave no sound"):
        speaker.speak(Request("Guten Tag.", "de", 0))


def test_another_language_is_refused(german: WorkerProcess) -> None:
    with pytest.raises(EngineError, match="speaks “de”, not “en”"):
        german.speak(Request("Good day.", "en", 0))


# --- settings ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("voice", "said"),
    [
        (Voice("v", "fr", "espeak"), "language “fr”"),
        (Voice("v", "de", "espeak", options=(("accent", "gb"),)), "no accent “gb”"),
        (Voice("v", "en", "espeak", options=(("accent", "au"),)), "“us” and “gb”"),
        (Voice("v", "en", "espeak", options=(("pitch", 3.0),)), "between 0.75 and 1.6"),
        (Voice("v", "en", "espeak", options=(("variant", "../../x"),)), "f1, f2"),
        (Voice("v", "en", "espeak", options=(("variant", "f9"),)), "f1, f2"),
        (Voice("v", "en", "espeak", length_scale=2.5), "“length_scale” to 2"),
        (Voice("v", "en", "espeak", model="big.pt"), "knows no “model”"),
        (Voice("v", "en", "espeak", speaker="Kate"), "knows no “speaker”"),
    ],
)
def test_wrong_settings_are_refused(voice: Voice, said: str) -> None:
    with pytest.raises(ShowError, match="voice v") as caught:
        EspeakEngine().validate(voice)
    assert said in str(caught.value)


@pytest.mark.parametrize("voice", [GERMAN, ENGLISH])
@pytest.mark.parametrize("scale", [0.25, 1.0, 2.0])
def test_right_settings_are_ready(voice: Voice, scale: float) -> None:
    engine = find_engine("espeak")
    engine.validate(Voice(voice.name, voice.lang, voice.engine, length_scale=scale))
    assert engine.check(voice).ready
    engine.prepare(voice, untold)


def test_the_fingerprint_knows_library_and_data() -> None:
    assert EspeakEngine().fingerprint(GERMAN) == {
        "version": "1.52.0",
        "resources": "0.2.4",
        "method": "1",
        "respelling": str(RESPELLING),
    }


def test_a_missing_wheel_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    engine = EspeakEngine()
    assert not engine.check(GERMAN).ready
    assert engine.fingerprint(GERMAN)["version"] == ""
    for use in (
        lambda: engine.prepare(GERMAN, untold),
        lambda: engine.load(GERMAN),
    ):
        with pytest.raises(EngineError, match="espeakng-loader"):
            use()
