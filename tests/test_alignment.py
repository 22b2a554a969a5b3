"""Which part of a spoken form stands for which part of what was written."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from narrate.spoken import spoken_form
from narrate.spoken.alignment import align
from writing import texts


def marked(written: str, spoken: str) -> str:
    """The spoken form with what was written in brackets before each changed part."""
    return "".join(
        f"[{span.written}|{span.spoken}]" if span.changed else span.spoken
        for span in align(written, spoken)
    )


@pytest.mark.parametrize(
    ("written", "spoken", "expected"),
    [
        ("Wie es ist.", "Wie es ist.", "Wie es ist."),
        ("Am 3. Oktober.", "Am dritten Oktober.", "Am [3.|dritten] Oktober."),
        ("3 oder 4", "drei oder vier", "[3|drei] oder [4|vier]"),
        ("3 und drei und 3", "drei und drei und drei", "[3|drei] und drei und [3|drei]"),
        ("2.0 Punkt", "zwei Punkt null Punkt", "[2.0|zwei Punkt null] Punkt"),
        ("nur „so“ 5 mal", "nur so fünf mal", "nur [„|]so[“|] [5|fünf] mal"),
        ("Das kostet 3,50 €!", "Das kostet drei Euro fünfzig!",
         "Das kostet [3,50 €|drei Euro fünfzig]!"),
        ("Ja 😀 ja", "Ja ja", "Ja [😀 |]ja"),
        ("Zwei\n  Zeilen", "Zwei Zeilen", "Zwei Zeilen"),
        ("7", "", "[7|]"),
        ("", "sieben", "[|sieben]"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_what_stays_and_what_changes(written: str, spoken: str, expected: str) -> None:
    assert marked(written, spoken) == expected


def check(written: str, spoken: str) -> None:
    spans = align(written, spoken)
    assert "".join(span.written for span in spans) == written
    assert "".join(span.spoken for span in spans) == spoken
    assert all(span.written or span.spoken for span in spans)
    assert all(a.changed != b.changed for a, b in pairwise(spans))
    for span in spans:
        if not span.changed:
            assert "".join(span.written.split()) == "".join(span.spoken.split())


few_words = st.lists(st.sampled_from(["a", "b", "und", "3", "drei", "€", ",", "“", "\n"]))


@settings(max_examples=300, deadline=None)
@given(written=few_words.map(" ".join), spoken=few_words.map(" ".join))
@example(written="a “ 3", spoken="a drei a")
def test_both_sides_are_covered_by_few_words(written: str, spoken: str) -> None:
    check(written, spoken)


@settings(max_examples=200, deadline=None)
@given(written=st.text(), spoken=st.text())
def test_both_sides_are_covered_on_any_text(written: str, spoken: str) -> None:
    check(written, spoken)


@settings(max_examples=100, deadline=None)
@given(text=texts, lang=st.sampled_from(["de", "en"]))
def test_spoken_forms_are_covered(text: str, lang: str) -> None:
    check(text, spoken_form(text, lang).spoken)


def test_the_same_text_has_no_change() -> None:
    text = "Ein Satz, der bleibt: wie er ist."
    assert [span.changed for span in align(text, text)] == [False]


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("ab 3 cd 4 " * 30_000, "ab drei cd vier " * 30_000),
        ("1 " * 200_000, "eins " * 200_000),
        ("a b " * 100_000, "b a a " * 100_000),
        ("9" * 1_000_000, "neun" * 500_000),
        ("(" * 500_000, ")" * 500_000),
    ],
)
def test_huge_sentences_take_a_moment(written: str, spoken: str) -> None:
    begun = time.perf_counter()
    check(written, spoken)
    assert time.perf_counter() - begun < 10
