"""The golden tables: what is written, and how a person reads it aloud."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from golden_files import SPOKEN, TABLES, spoken_rows, spoken_rows_of
from narrate.spoken import SHORTEST_LIMIT, sentences, speak_text, spoken_form

LEAST_ROWS = {"de": 2000, "en": 2000}


def whole(written: str, lang: str) -> str:
    return spoken_form(written, lang).spoken


def divided(written: str, lang: str) -> str:
    said = (spoken_form(sentence, lang).spoken for sentence in sentences(written, lang))
    return " ".join(filter(None, said))


@pytest.mark.parametrize("say", [whole, divided])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.parent.name}/{table.stem}")
def test_table(table: Path, say: Callable[[str, str], str]) -> None:
    """A test for each table, not for each of thousands of rows: all that are wrong are shown."""
    lang = table.parent.name
    said = [(written, say(written, lang)) for written, _ in spoken_rows(table)]
    assert said == spoken_rows(table)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.parent.name}/{table.stem}")
def test_what_is_said_stays(table: Path) -> None:
    said = [spoken for _, spoken in spoken_rows(table)]
    assert [whole(spoken, table.parent.name) for spoken in said] == said


@pytest.mark.parametrize("lang", ["de", "en"])
def test_tables_are_large_enough(lang: str) -> None:
    assert len(spoken_rows_of(lang)) >= LEAST_ROWS[lang]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_sentences(lang: str) -> None:
    lines = (SPOKEN / lang / "sentences.list").read_text(encoding="utf-8").splitlines()
    expected = [tuple(part.strip() for part in line.split("|")) for line in lines]
    texts = [line.replace(" | ", " ").replace("|", "") for line in lines]
    assert [sentences(text, lang) for text in texts] == expected


def test_unspoken_is_reported_in_order() -> None:
    said = spoken_form("مرحبا heißt 😀 auf https://example.com/x?y Arabisch, 雷军 (雷军)!", "de")
    assert said.spoken == "heißt auf example Punkt com Arabisch, lei jun!"
    assert said.unspoken == ("مرحبا", "😀", "https://", "/x?y", "(雷军)")


def test_family_of_emoji_is_one_part() -> None:
    assert spoken_form("Ja 👨‍👩‍👧 ja", "de").unspoken == ("👨‍👩‍👧",)


@pytest.mark.parametrize(
    "text", ["***", "###", "สวัสดี", "مرحبا", "東京タワー", "😀😀", "— — —", "|||", "“”"]
)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_nothing_to_say_is_told(text: str, lang: str) -> None:
    said = spoken_form(text, lang)
    assert said.spoken == ""
    assert said.unspoken


def test_invisible_characters_are_not_reported() -> None:
    said = spoken_form("Sou\u00adve\u200brän\u202e\ufeff ja\u0007", "de")
    assert (said.spoken, said.unspoken) == ("Souverän ja", ())


def test_ten_thousand_digits() -> None:
    said = spoken_form("9" * 10_000, "de").spoken
    assert len(re.findall("neun", said)) == 10_000
    pieces = speak_text("9" * 10_000, "en", 250)
    assert all(len(piece.spoken) <= 250 for piece in pieces)
    assert sum(len(re.findall("nine", piece.spoken)) for piece in pieces) == 10_000


def test_long_sentence_is_cut_at_clauses() -> None:
    text = (
        "Auf der einen Seite steht die Vorstellung, dass alles besser wird; auf der anderen Seite "
        "steht die Wirklichkeit des langsamen Fortschritts."
    )
    assert [piece.text for piece in speak_text(text, "de", 120)] == [
        text[: text.index(";") + 1],
        text[text.index("auf der anderen") :],
    ]


def test_cut_keeps_numbers_and_names_whole() -> None:
    text = "Damals sahen dort ungefähr 10 000 Menschen Herrn Johann Sebastian Bach beim Spielen zu"
    pieces = [piece.text for piece in speak_text(text, "de", 60)]
    assert any("10 000 Menschen" in piece for piece in pieces)
    assert any("Johann Sebastian Bach" in piece for piece in pieces)


def test_word_too_long_for_an_engine_is_divided() -> None:
    said = spoken_form("a" * 1000, "de").spoken
    assert max(map(len, said.split())) <= 90
    assert said.replace(" ", "") == "a" * 1000


def test_unknown_language_and_small_limit() -> None:
    with pytest.raises(ValueError, match="fr"):
        spoken_form("Bonjour", "fr")
    with pytest.raises(ValueError, match=str(SHORTEST_LIMIT)):
        speak_text("Hallo", "de", SHORTEST_LIMIT - 1)


def test_empty_text() -> None:
    assert speak_text(" \n\t ", "de", 200) == ()
    assert spoken_form("", "en").spoken == ""
