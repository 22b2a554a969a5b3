"""Where sentences end: what no row of a table can hold."""

from __future__ import annotations

import time

import pytest

from narrate.spoken import sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Erste Zeile\n\nZweite Zeile", ("Erste Zeile", "Zweite Zeile")),
        ("Erste Zeile\n \t\nzweite Zeile", ("Erste Zeile", "zweite Zeile")),
        ("Ein Satz\nüber zwei Zeilen. Noch einer.", ("Ein Satz\nüber zwei Zeilen.", "Noch einer.")),
        ("... Und dann kam er.", ("... Und dann kam er.",)),
        ("Ja! “ ", ("Ja! “",)),
        ("?!", ("?!",)),
        ("  ", ()),
        ("z.\u00a0B. so. Ja.", ("z.\u00a0B. so.", "Ja.")),
        ("z.\u202fB. Berlin. Ja.", ("z.\u202fB. Berlin.", "Ja.")),
        ("Das ist gut :( Ja. Nein.", ("Das ist gut :( Ja.", "Nein.")),
    ],
)
def test_marks_and_lines(text: str, expected: tuple[str, ...]) -> None:
    assert sentences(text, "de") == expected


def test_a_bracket_that_never_closes_hides_no_sentence() -> None:
    text = "Er kam (so sagt man. " + "Sie ging. " * 100
    assert len(sentences(text, "de")) > 70


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(
    "unit",
    ["(", "(a. ", ")", ".", " .", "1. ", "a) ", "• ", "A. ", '." ', "! ", "…", "!\n", "\n \n", "“",
     "Ende.Die ", "z. B. ", "„Go!“ Mary said. "],
)  # fmt: skip
def test_time_is_linear(unit: str, lang: str) -> None:
    """Quadratic time would need minutes here."""
    text = unit * (60_000 // len(unit))
    start = time.perf_counter()
    parts = sentences(text, lang)
    assert time.perf_counter() - start < 8
    assert "".join("".join(parts).split()) == "".join(text.split())
