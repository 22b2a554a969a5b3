from __future__ import annotations

from narrate.nearest import did_you_mean, nearest, suggestion

VOICES = ("pico-de", "pico-en", "Thorsten")


def test_the_nearest_name_is_found_whatever_its_capitals() -> None:
    assert nearest("pico-dee", VOICES) == "pico-de"
    assert nearest("THORSTEN", VOICES) == "Thorsten"
    assert nearest("eva", VOICES) == ""
    assert nearest("x", ()) == ""


def test_a_stricter_likeness_finds_less() -> None:
    assert nearest("thorn", VOICES) == "Thorsten"
    assert nearest("thorn", VOICES, likeness=0.9) == ""


def test_a_name_of_any_length_is_compared_at_once() -> None:
    assert nearest("x" * 1_000_000, VOICES) == ""


def test_a_question_or_all_there_is() -> None:
    assert did_you_mean("pico-dee", VOICES) == "Did you mean “pico-de”? "
    assert did_you_mean("eva", VOICES) == ""
    assert suggestion("pico-dee", VOICES) == "Did you mean “pico-de”?"
    assert suggestion("eva", VOICES) == "Known: pico-de, pico-en, Thorsten."
    assert suggestion("eva", ()) == "Known: none."


def test_the_first_word_of_one_name_is_enough() -> None:
    known = ("Society & Culture", "Music Commentary", "Music Interviews")
    assert did_you_mean("society", known) == "Did you mean “Society & Culture”? "
    assert did_you_mean("music", known) == ""
    assert did_you_mean(" ", known) == ""
