"""Pico itself, in its worker processes."""

from __future__ import annotations

import faulthandler
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from embedded_voices import samples, say, say_all, untold
from narrate.engines import Request
from narrate.engines.cleaning import LONGEST_WORD, clean
from narrate.engines.embedded import CAN_FORK, forked
from narrate.engines.pico.engine import MEMORY_ENV, PicoEngine
from narrate.engines.pico.speaker import synthesis
from narrate.engines.process import WorkerProcess
from narrate.errors import EngineCrash, EngineError, ShowError
from narrate.model import Voice

GERMAN = Voice("hans", "de", "pico")
ENGLISH = Voice("jane", "en", "pico")
FORKS = pytest.mark.skipif(not CAN_FORK, reason="needs fork")

SENTENCES = {
    "de": (
        "Der schnelle braune Fuchs springt über den faulen Hund.",
        "Wer hat das gesagt?",
        "Am Ende bleibt, wie so oft, die Größe der Frage.",
        "Ja!",
        "Fünfundzwanzig Jahre später kam Dvořák nach Łódź zurück – und blieb.",
        "Die Sonne scheint auf das alte Haus am See, und niemand ist da.",
        "Ein Titel",
        "Sie sagte: „Komm herein.“",
    ),
    "en": (
        "The quick brown fox jumps over the lazy dog.",
        "Who said that?",
        "It’s a long way, as everybody knows, to the question’s end.",
        "Yes!",
        "Twenty-five years later he came back — and stayed.",
        "The sun shines on the old house by the lake, and nobody is there.",
        "A title",
        "She said: “Come in.”",
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


def fragile(text: str) -> bytes:
    """Pico without the cleaning, and without a dump when it crashes."""
    faulthandler.disable()
    return synthesis("de-DE", None, None)(text)


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
def test_long_audio_before_changes_no_byte(german: WorkerProcess) -> None:
    """A large block of memory, used and freed, lies where the next utterance takes its own."""
    expected = say_all(german, SENTENCES, 5)
    assert say(german, "Ein langer Satz, " * 80).seconds > 80
    assert say_all(german, SENTENCES, 6) == expected


@FORKS
@pytest.mark.parametrize(("lang", "locale"), [("de", "de-DE"), ("en", "en-GB")])
@pytest.mark.parametrize("guard", sorted(MEMORY_ENV))
def test_forked_or_not_the_samples_are_equal(lang: str, locale: str, guard: str) -> None:
    """In another process, as the variables count at its start; each of them alone is enough."""
    texts = [clean(text, "Pico") for text in SENTENCES[lang]]
    code = f"""if True:
        from narrate.engines.embedded import forked
        from narrate.engines.pico.speaker import primed, synthesis
        pico = synthesis({locale!r}, None, None)
        there, here = forked(pico, "Pico"), primed(pico, {lang!r})
        texts = {texts!r}
        forth = [there(text) for text in texts]
        here("ein langer Satz " * 200)
        back = [here(text) for text in reversed(texts)]
        again = [there(text) for text in texts]
        assert forth == again, "forked"
        assert forth == back[::-1], "primed"
        """
    environment = {name: text for name, text in os.environ.items() if name not in MEMORY_ENV}
    environment[guard] = MEMORY_ENV[guard]
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)


# --- what is heard -----------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["de", "en"])
def test_sentences_are_audible_and_do_not_clip(
    lang: str, german: WorkerProcess, english: WorkerProcess
) -> None:
    for text in SENTENCES[lang]:
        speech = say(german if lang == "de" else english, text)
        wave = samples(speech)
        assert speech.sample_rate == 16_000
        assert np.sqrt((wave**2).mean()) > 500
        assert 2_000 < np.abs(wave).max() < 32_000
        assert 0.03 * len(text) < speech.seconds < 0.12 * len(text) + 1.2


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("accent", ["us", "gb"])
def test_nothing_is_heard_after_the_sentence(accent: str, scale: float) -> None:
    """A click half a second later would be taken for its end."""
    voice = Voice("kate", "en", "pico", length_scale=scale, options=(("accent", accent),))
    with WorkerProcess(voice) as worker:
        for text in ("Did you hear that?", "The old clock struck twelve.", "They never came back."):
            speech = say(worker, text)
            wave = samples(speech).astype(float)
            step = speech.sample_rate // 100
            level = np.sqrt((wave[: len(wave) // step * step].reshape(-1, step) ** 2).mean(axis=1))
            assert level[-15:].max() < 20, text  # −64 dBFS


def test_languages_and_accents_differ(german: WorkerProcess, english: WorkerProcess) -> None:
    british = Voice("kate", "en", "pico", options=(("accent", "gb"),))
    american = Voice("jane", "en", "pico", options=(("accent", "us"),))
    with WorkerProcess(british) as one, WorkerProcess(american) as other:
        heard = [say(worker, "Winter in Berlin.").pcm for worker in (german, english, one, other)]
    assert heard[1] == heard[3]
    assert len(set(heard)) == 3


def test_the_seed_changes_nothing(german: WorkerProcess) -> None:
    assert not PicoEngine.varies
    heard = {german.speak(Request("Guten Tag.", "de", seed)).pcm for seed in (0, 1, 2**62)}
    assert len(heard) == 1


@pytest.mark.parametrize("scale", [0.7, 1.4])
def test_length_scale(german: WorkerProcess, scale: float) -> None:
    with WorkerProcess(Voice("hans", "de", "pico", length_scale=scale)) as worker:
        slow, usual = say(worker, SENTENCES["de"][0]), say(german, SENTENCES["de"][0])
    assert slow.seconds / usual.seconds == pytest.approx(scale, rel=0.12)


def test_pitch(german: WorkerProcess) -> None:
    with WorkerProcess(Voice("hans", "de", "pico", options=(("pitch", 1.3),))) as worker:
        assert say(worker, "Guten Tag.").pcm != say(german, "Guten Tag.").pcm


def test_no_word_is_left_out(german: WorkerProcess) -> None:
    one, many = say(german, "Haus und Hof. " * 2), say(german, "Haus und Hof. " * 20)
    assert many.seconds / one.seconds == pytest.approx(10, rel=0.15)


# --- what Pico must not get --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoken", "cleaned"),
    [
        ("Er sagte: „Komm her!“, und ging …", "Er sagte: Komm her! und ging."),
        ("Das ist – glaube ich – gut… oder", "Das ist, glaube ich, gut, oder"),
        ("»Ja«, ‚nein‘ und 'vielleicht'", "Ja, nein und vielleicht"),
        ("it’s the dogs' bone", "it's the dogs bone"),
        ("word—word and Köln–Bonn", "word, word and Köln-Bonn"),
        ("Dvořák, Łódź, Škoda, Ōsaka, œuvre", "Dvorák, Lódz, Škoda, Osaka, oeuvre"),
        ("STRAẞE Straße naïve Ça", "STRASSE Straße naïve Ça"),
        ("Wirklich?! Ja!!! Gut...", "Wirklich? Ja! Gut."),
        ("ein (kleiner) Test [hier].", "ein, kleiner, Test, hier."),
        ("weiche Tren\u00adnung\u200b und\u00a0fest", "weiche Trennung und fest"),
        ("u\u0308ber a\u0304", "über a"),
        ("zwei\nZeilen\tund   mehr", "zwei Zeilen und mehr"),
        (", - Anfang und Ende: ", "Anfang und Ende"),
        ("ABC-Waffen-Übereinkommen", "ABC-Waffen-Übereinkommen"),
    ],
)
def test_cleaning(spoken: str, cleaned: str) -> None:
    assert clean(spoken, "Pico") == cleaned


@pytest.mark.parametrize(
    ("spoken", "named"),
    [
        ("drei < vier", "“<” (U+003C)"),
        ("\uff1cspell\uff1e", "(U+FF1C)"),
        ("NUL \0 schneidet", "(U+0000)"),
        ("\x1b[31m", "(U+001B)"),
        ("你好 Welt", "“你” (U+4F60), “好” (U+597D)"),
        ("Привет", "“П”"),
        ("Smiley 😀", "“😀”"),
        ("7 Zwerge", "“7” (U+0037)"),
        ("²", "“²”"),
        ("a\ud800b", "(U+D800)"),
    ],
)
def test_what_cannot_be_said_is_named(spoken: str, named: str) -> None:
    with pytest.raises(EngineError, match="Pico cannot say") as caught:
        clean(spoken, "Pico")
    assert named in caught.value.what


@pytest.mark.parametrize("spoken", ["", " ", "...", "„“", "– ! ?", "\u00ad"])
def test_nothing_to_say_is_an_error(spoken: str) -> None:
    with pytest.raises(EngineError, match="nothing to say"):
        clean(spoken, "Pico")


@given(st.text(max_size=600))
def test_only_safe_text_passes(spoken: str) -> None:
    try:
        text = clean(spoken, "Pico")
    except EngineError:
        return
    assert not set(text) & set("<>&\0\n\u00ad0123456789")
    assert all(char.isprintable() and ord(char) < 0x180 for char in text)
    assert max(len(word.encode()) for word in text.split()) <= 2 * LONGEST_WORD < 200
    assert clean(text, "Pico") == text


def test_commands_are_refused_and_do_nothing(german: WorkerProcess, tmp_path: Path) -> None:
    treasure = tmp_path / "treasure.wav"
    treasure.write_bytes(b"treasure")
    before = say(german, "Guten Tag.")
    for command in (
        f'<genfile file="{treasure}">Hallo</genfile>',
        f'<play file="{treasure}"/>Hallo',
        "<spell>Hallo</spell>",
        "<ignore>Hallo</ignore>",
        "&lt;spell&gt;Hallo",
    ):
        with pytest.raises(EngineError, match="Pico cannot say"):
            say(german, f"Das ist {command} ein Satz.")
    assert say(german, "Guten Tag.") == before
    assert treasure.read_bytes() == b"treasure"


@pytest.mark.parametrize("word", ["a" * 400, "ä" * 300, "Wort-" * 70, "'" + "x'" * 150])
def test_words_that_would_hang_it_are_spoken(german: WorkerProcess, word: str) -> None:
    assert say(german, f"Das Wort {word} ist lang.").seconds > 2


@FORKS
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(spoken=st.text("abcdefgxyzäöüßéñšABZ .,;:?!'-–„“()…", min_size=1, max_size=300))
def test_arbitrary_text_never_kills_the_worker(german: WorkerProcess, spoken: str) -> None:
    pid = german.pid
    try:
        assert say(german, spoken).frames > 0
    except EngineCrash:
        raise
    except EngineError:
        pass
    assert german.pid == pid or pid is None


@FORKS
def test_a_crash_ends_only_the_child() -> None:
    speak = forked(fragile, "Pico")
    with pytest.raises(EngineCrash, match=r"Pico crashed \(SIG[A-Z]+\), 2 times"):
        speak("Ein <spell>Test</spell>.")
    assert speak("Guten Tag.")


@FORKS
def test_a_hang_ends_only_the_child() -> None:
    speak = forked(fragile, "Pico", cpu_limit_s=0.5)
    with pytest.raises(EngineCrash, match="Pico hung, 2 times"):
        speak("ä" * 128)
    assert speak("Guten Tag.")


def test_silence_is_an_error() -> None:
    speaker = PicoEngine().load(GERMAN)
    speaker._say = lambda text: bytes(2 * len(text))
    with pytest.raises(EngineError, match="no sound"):
        speaker.speak(Request("Guten Tag.", "de", 0))


def test_another_language_is_refused(german: WorkerProcess) -> None:
    with pytest.raises(EngineError, match="speaks “de”, not “en”"):
        german.speak(Request("Good day.", "en", 0))


# --- settings ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("voice", "said"),
    [
        (Voice("v", "fr", "pico"), "language “fr”"),
        (Voice("v", "de", "pico", options=(("accent", "gb"),)), "no accent “gb”"),
        (Voice("v", "en", "pico", options=(("accent", "au"),)), "“us” and “gb”"),
        (Voice("v", "en", "pico", options=(("pitch", 3.0),)), "between 0.5 and 2"),
        (Voice("v", "en", "pico", model="big.pt"), "knows no “model”"),
        (Voice("v", "en", "pico", speaker="Kate"), "knows no “speaker”"),
    ],
)
def test_wrong_settings_are_refused(voice: Voice, said: str) -> None:
    with pytest.raises(ShowError, match="voice v") as caught:
        PicoEngine().validate(voice)
    assert said in str(caught.value)


@pytest.mark.parametrize("voice", [GERMAN, ENGLISH])
def test_right_settings_are_ready(voice: Voice) -> None:
    engine = PicoEngine()
    engine.validate(voice)
    assert engine.check(voice).ready
    engine.prepare(voice, untold)


def test_the_fingerprint_knows_version_and_language_files() -> None:
    german, english = (PicoEngine().fingerprint(voice) for voice in (GERMAN, ENGLISH))
    assert german["version"] == english["version"] == "0.1.1"
    assert len(german["resources"]) == len(english["resources"]) == 64
    assert german["resources"] != english["resources"]
    assert PicoEngine().fingerprint(GERMAN) == german


def test_a_missing_wheel_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py_nanotts", None)
    engine = PicoEngine()
    assert not engine.check(GERMAN).ready
    for use in (
        lambda: engine.prepare(GERMAN, untold),
        lambda: engine.load(GERMAN),
    ):
        with pytest.raises(EngineError, match="py-nanotts"):
            use()
