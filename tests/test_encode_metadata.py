from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.encode import Level, joined_loudness
from narrate.encode.metadata import (
    chapter_title,
    ffmetadata,
    language,
    replay_gain,
    short_title,
    title_forms,
)
from narrate.model import Mark, Tags
from narrate.plain_text import one_line

ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=600)


@given(ANY)
def test_titles_are_one_line_that_fits(title: str) -> None:
    whole, short = chapter_title(title), short_title(title)
    assert len(whole) <= 255
    assert len(short.encode()) <= 255
    for cut in (whole, short):
        assert cut == " ".join(cut.split())
        assert cut == one_line(title) or (
            cut.endswith("…") and one_line(title).startswith(cut.removesuffix("…"))
        )
        assert cut in title_forms(title)


@given(ANY)
def test_nothing_is_cut_without_need(title: str) -> None:
    line = one_line(title)
    assert (chapter_title(title) == line) == (len(line) <= 255)
    assert (short_title(title) == line) == (len(line.encode()) <= 255)


def test_a_long_title_ends_with_a_word() -> None:
    title = "Über die Größe der Wörter, " * 20
    assert short_title(title).removesuffix("…").split()[-1] in title.split()
    assert chapter_title("Wort " * 40) == ("Wort " * 40).strip()
    assert (
        chapter_title("Familie 👨‍👩‍👧 und \u200fשלום\u200e")
        == "Familie 👨‍👩‍👧 und \u200fשלום\u200e"
    )
    assert short_title("👨‍👩‍👧" * 40)[-2:] == "👧…"


@pytest.mark.parametrize("sign", ["👨\u200d👩\u200d👧", "🏳\ufe0f\u200d🌈", "👍🏽", "e\u0301\u0323"])
def test_no_sign_of_several_characters_is_cut(sign: str) -> None:
    for start in range(4):
        for cut in (chapter_title, short_title):
            shown = cut("x" * start + sign * 300).removesuffix("…")[start:]
            assert shown == sign * (len(shown) // len(sign))
            assert len(cut(sign * 300).encode()) > 225


def test_titles_as_they_once_were_cut_are_known() -> None:
    assert "u" + "ü" * 63 in title_forms("u" + "ü" * 100)
    assert "Familie ab" in title_forms("Fam\u00adilie\ta\u200db")


def test_special_characters_are_escaped_and_empty_tags_left_out() -> None:
    text = ffmetadata({"title": "a=b;c#d\\e", "artist": ""}, [Mark("Eins; zwei", 0, 9216)], 44_100)
    assert text.splitlines() == [
        ";FFMETADATA1",
        r"title=a\=b\;c\#d\\e",
        "[CHAPTER]",
        "TIMEBASE=1/44100",
        "START=0",
        "END=9216",
        r"title=Eins\; zwei",
    ]


def test_a_file_without_loudness_has_no_replay_gain() -> None:
    tags = Tags("t", "a", "s", "de", "2024-01-01")
    assert replay_gain(tags) == {}
    assert joined_loudness([(Level(-70.0, -80.0), 9216)]) is None


def test_chapters_together_are_as_loud_as_their_power() -> None:
    found = joined_loudness(
        [(Level(-20.0, -3.0), 1000), (Level(-17.0, -1.2), 1000), (Level(-70.0, -80.0), 9000)]
    )
    assert found is not None
    assert found.lufs == pytest.approx(-18.24, abs=0.01)
    assert found.true_peak_dbtp == -1.2


def test_languages_have_their_three_letter_codes() -> None:
    assert [language(lang) for lang in ("de", "en", "xx")] == ["deu", "eng", "und"]
