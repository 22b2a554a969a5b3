from __future__ import annotations

import random

import pytest

from narrate.engines.espeak.clauses import clauses
from narrate.engines.espeak.library import espeak, espeak_version
from narrate.errors import EngineError

# Version 1.52.0; another version may say some of them otherwise.
KNOWN = [
    ("de", "Größe der Brücke", ("ɡ_ɾ_ˈøː_s_ə d_ɛ_ɾ b_ɾ_ˈʏ_k_ə",)),
    ("de", "Kurzdrama", ("k_ˈʊɐ_ts_d_ɾ_a_m_ˌɑː",)),
    ("de", "Software", ("(en)_s_ˈɒ_f_t_w_eə_(de)",)),
    ("de", "Ich habe. Er hat", ("_ɪ_ç h_ɑː_b_ˈə", "_ˈɛ_ɾ h_a_t")),
    ("en-us", "hello world", ("h_ə_l_ˈoʊ w_ˈɜː_l_d",)),
    ("en-gb", "hello", ("h_ə_l_ˈəʊ",)),
    ("de", "", ()),
]


@pytest.mark.parametrize(("language", "text", "lines"), KNOWN)
def test_known_phonemes(language: str, text: str, lines: tuple[str, ...]) -> None:
    assert espeak().phonemes(text, language) == lines


def test_a_clause_of_unstressed_words_gets_its_stress() -> None:
    [line] = espeak().phonemes("er hat es", "de")
    assert "ˈ" in line


def test_the_order_of_texts_changes_nothing() -> None:
    alone = {(lang, text): espeak().phonemes(text, lang) for lang, text, _ in KNOWN}
    order = list(alone) * 20
    random.Random(1).shuffle(order)  # noqa: S311
    assert all(espeak().phonemes(text, lang) == alone[lang, text] for lang, text in order)


def test_it_knows_its_version_and_languages() -> None:
    assert espeak_version() == "1.52.0"
    assert {"de", "en-us", "en-gb", "fr-fr"} <= set(espeak().languages)


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(EngineError, match="atlantis"):
        espeak().phonemes("oho", "atlantis")


@pytest.mark.parametrize("language", ["", "gmw/de", "de+../../../lang/gmw/en", "de+f1/x", "de\n"])
def test_a_path_is_no_language(language: str) -> None:
    """The library takes one for the file of a voice; a model's configuration may name any."""
    with pytest.raises(EngineError, match="does not know the language"):
        espeak().phonemes("oho", language)
    with pytest.raises(EngineError, match="does not know the language"):
        clauses("oho", language)


@pytest.mark.parametrize("text", ["\0", "a\0b", "<b>", "[[h@l", "中文 😀", "(", "a" * 5000])
def test_odd_texts_do_no_harm(text: str) -> None:
    assert isinstance(espeak().phonemes(text, "de"), tuple)
    assert espeak().phonemes("Kurzdrama", "de") == KNOWN[1][2]
