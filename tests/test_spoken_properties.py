"""What holds for the spoken form of any text whatever."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from narrate.spoken import SHORTEST_LIMIT, sentences, speak_text, spoken_form

ALLOWED = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœ' .,;:?!-]*")
FRAGMENTS = [
    "z. B.", "d. h.", "Dr.", "usw.", "e.g.", "a.m.", "U.S.", "XIV.", "Ludwig", "am", "der", "3.",
    "12", "1.299,50", "1,299.50", "€", "$", "%", "°C", "km/h", "24.12.2024", "14:30", "Uhr", "Mio.",
    "Juni", "June", "GPT-4o", "KI", "OpenAIs", "NATO", "R&D", "²", "½", "–", "-", "…", "...", "„",
    "“", '"', "'", "(", ")", "[1]", "#", "@", "a@b.de", "https://x.y/z", "你好", "😀", "\u00ad",
    "\u00a0", "\u200d", "\ufe0f", "٣", "Ⅳ", "①", "\n\n", " ", "/", ":", ";", ",", ".", "!", "?",
    "ß", "é", "ẞ", "α", "µ", "x", "A", "I", "s", "&", "+", "=", "<", ">", "*", "_", "~", "^", "|",
    "1st", "80s", "Nutzer*innen", "0", "007", "12345678901234567890", "ʘ", "\x01", "\x00",
]  # fmt: skip

anything = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=25).map(" ".join),
    st.text(st.characters(codec="latin-1"), max_size=100),
)
languages = st.sampled_from(["de", "en"])
quick = settings(max_examples=250, deadline=None)


def without_space(text: str) -> str:
    return "".join(text.split())


@quick
@given(anything, languages)
def test_only_what_engines_can_read(text: str, lang: str) -> None:
    spoken = spoken_form(text, lang).spoken
    assert ALLOWED.fullmatch(spoken)
    assert spoken == " ".join(spoken.split())
    assert spoken == unicodedata.normalize("NFC", spoken)
    assert not spoken or any(char.isalpha() for char in spoken)
    assert all(len(word) <= 100 for word in spoken.split())


@quick
@given(anything, languages)
def test_spoken_form_of_a_spoken_form_is_itself(text: str, lang: str) -> None:
    spoken = spoken_form(text, lang).spoken
    assert spoken_form(spoken, lang).spoken == spoken


@quick
@given(anything, languages)
def test_text_is_kept_and_nothing_vanishes_unreported(text: str, lang: str) -> None:
    said = spoken_form(text, lang)
    assert said.text == text
    assert bool(said.spoken or said.unspoken) == bool(text.strip())


@quick
@given(anything, languages)
def test_sentences_are_a_partition(text: str, lang: str) -> None:
    parts = sentences(text, lang)
    assert without_space("".join(parts)) == without_space(text)
    assert all(part and part == part.strip() for part in parts)


@quick
@given(anything, languages, st.integers(SHORTEST_LIMIT, 300))
@example("9" * 500, "de", SHORTEST_LIMIT)
@example("½" * 100, "de", SHORTEST_LIMIT)
@example("\u0301" * 500, "en", SHORTEST_LIMIT)
@example("W" * 500 + " ww", "en", SHORTEST_LIMIT)
def test_pieces_are_a_partition_within_the_limit(text: str, lang: str, limit: int) -> None:
    pieces = speak_text(text, lang, limit)
    assert without_space("".join(piece.text for piece in pieces)) == without_space(text)
    assert all(len(piece.spoken) <= limit for piece in pieces)
    assert all(spoken_form(p.text, lang) == replace(p, goes_on=False) for p in pieces)
    assert not pieces or not pieces[-1].goes_on
    assert sum(not piece.goes_on for piece in pieces) == len(sentences(text, lang))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**18), languages)
def test_any_whole_number_is_words(number: int, lang: str) -> None:
    spoken = spoken_form(str(number), lang).spoken
    assert re.fullmatch(r"[A-Za-zäöüß ,-]+", spoken)
    assert spoken == spoken.strip()


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(
    "unit",
    ["a", "A", "1", "1.", "1,", "111 ", "1'111", "$1", "a1", ".", " .", "A.", "中", "-", "½"],
)
def test_time_is_linear(unit: str, lang: str) -> None:
    """A rule that takes quadratic time would need minutes here, not a second."""
    text = unit * (200_000 // len(unit) // 8)
    assert spoken_form(text, lang).text == text
