"""Models get the same numbers from the library as from Coqui's own way, which starts a program.

Program and library must be of one version, so both are the system's here. The wheel's library goes
the same way with other data.
"""

# Coqui is imported where it is used: it must be prepared first.
# ruff: noqa: PLC0415

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import script_of
from coqui_checkpoints import TinyModel, build_vits
from narrate.engines.coqui.imports import import_coqui, quiet
from narrate.engines.espeak.library import Espeak

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="knows where the library lies on Linux"),
    pytest.mark.needs_program("espeak-ng"),
]

ROOT = Path(__file__).parents[1]
REAL = ROOT.parent / "shared" / "articles"
LANGUAGES = {"de": "de", "en": "en-us"}
WORDS = st.text("abcdefghijklmnopqrstuvwxyzäöüßéABCDEFGHIKLMNOPRSTUVWZÄÖÜ", min_size=1, max_size=9)
GAPS = st.sampled_from([*" " * 8, ", ", ". ", "? ", "! ", "; ", ": ", " – ", " — ", " (", ") ",
                        "-", "'", "’", "… ", ' "', '" ', " „", "“ ", "..."])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ways:
    """Text → numbers, by the program and by the library."""

    program: Callable[[str], tuple[int, ...]]
    library: Callable[[str], tuple[int, ...]]


@pytest.fixture(scope="module")
def system_library() -> Espeak:
    """The one that the program uses, with its data.

    By its path: its name alone is that of the wheel's library too, which may be loaded already.
    """
    program = str(shutil.which("espeak-ng"))
    said = re.search(r"text-to-speech: (\S+).*Data at: (.+)", output_of(program, "--version"))
    path = re.search(r"libespeak-ng\.so\S* => (/\S+)", output_of("ldd", program))
    assert said
    assert path
    library = Espeak(path[1], said[2].strip())
    assert library.version == said[1]
    return library


def output_of(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module", params=["de", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def make_ways(
    system_library: Espeak, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Ways]:
    """Language, as espeak-ng names it → both ways, with the tokenizer of a checkpoint."""
    import_coqui()
    from TTS.tts.utils.text.phonemizers.espeak_wrapper import (  # type: ignore[import-untyped]
        ESpeak,
    )

    from narrate.engines.coqui.phonemes import LibraryPhonemizer

    class SystemPhonemizer(LibraryPhonemizer):
        @classmethod
        def library(cls) -> Espeak:
            return system_library

    @cache
    def make(language: str) -> Ways:
        checkpoint = build_vits(tmp_path_factory.mktemp("tiny"), TinyModel(language))
        return Ways(
            program=numbers(checkpoint, ESpeak(language)),
            library=numbers(checkpoint, SystemPhonemizer(language)),
        )

    return make


@pytest.fixture(scope="module")
def ways(lang: str, make_ways: Callable[[str], Ways]) -> Ways:
    return make_ways(LANGUAGES[lang])


def numbers(checkpoint: Path, phonemizer: Any) -> Callable[[str], tuple[int, ...]]:
    from TTS.config import load_config  # type: ignore[import-untyped]
    from TTS.tts.models.vits import VitsCharacters  # type: ignore[import-untyped]
    from TTS.tts.utils.text.tokenizer import TTSTokenizer  # type: ignore[import-untyped]

    with quiet():
        config = load_config(str(checkpoint.with_name("config.json")))
        characters, config = VitsCharacters.init_from_config(config)
        tokenizer, _ = TTSTokenizer.init_from_config(config, characters)
    tokenizer.phonemizer = phonemizer
    # Each sentence is asked once.
    return cache(lambda text: tuple(tokenizer.text_to_ids(text)))


def sentences(folder: Path, article: Path) -> list[str]:
    script = script_of(folder, article.read_text(encoding="utf-8"), article.name)
    return [utterance.spoken for chapter in script.chapters for utterance in chapter.utterances]


def differing(ways: Ways, texts: Iterable[str]) -> list[str]:
    texts = list(dict.fromkeys(texts))
    with ThreadPoolExecutor(4) as threads:  # most of it is waiting for the program
        expected = dict(zip(texts, threads.map(ways.program, texts), strict=True))
    return [text for text in texts if ways.library(text) != expected[text]]


@pytest.mark.parametrize("name", ["ki-kurzdramen"])
def test_sentences_of_the_real_articles(ways: Ways, lang: str, name: str, tmp_path: Path) -> None:
    article = REAL / f"{name}.{lang}.txt"
    if not article.exists():
        pytest.skip(f"the real article {article.name} is not on this machine")
    texts = sentences(tmp_path, article)
    assert len(texts) > 50
    assert differing(ways, texts) == []


def test_sentences_of_the_example_show(ways: Ways, lang: str, tmp_path: Path) -> None:
    articles = sorted((ROOT / "articles").glob(f"*.{lang}.*"))
    texts = [text for article in articles for text in sentences(tmp_path, article)]
    assert len(texts) > 10
    assert differing(ways, texts) == []


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pieces=st.lists(st.tuples(WORDS, GAPS), min_size=1, max_size=8))
def test_arbitrary_sentences(ways: Ways, pieces: list[tuple[str, str]]) -> None:
    text = "".join(word + gap for word, gap in pieces)
    assert ways.library(text) == ways.program(text)


@pytest.mark.parametrize(
    "text",
    [
        "er hat es",  # stress of unstressed words
        "Die Software (eine Betaversion) läuft – im Browser – nicht",  # clauses Coqui leaves whole
        "Computer, Team: „Okay“, sagte der Manager",  # changes of language
        "wort " * 200,  # longer than the library reads at once
    ],
)
def test_known_difficulties(ways: Ways, text: str) -> None:
    assert ways.library(text) == ways.program(text)
    assert len(set(ways.library(text))) > 5


@pytest.mark.parametrize("language", ["en", "en-gb", "en-gb-x-rp", "fr-fr"])
def test_other_names_of_languages(make_ways: Callable[[str], Ways], language: str) -> None:
    ways, american = make_ways(language), make_ways("en-us")
    text = "My tomato can’t dance, où est le chat?"
    assert ways.library(text) == ways.program(text)
    assert (ways.library(text) == american.library(text)) == (language == "en")
