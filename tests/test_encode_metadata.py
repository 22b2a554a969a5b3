from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.encode import Level, joined_loudness
from narrate.encode.metadata import (
    MAX_TITLE_BYTES,
    chapter_title,
    clean,
    ffmetadata,
    language,
    replay_gain,
)
from narrate.model import Mark, Tags


@given(st.text())
def test_titles_are_one_line_that_fits(title: str) -> None:
    short = chapter_title(title)
    assert len(short.encode()) <= MAX_TITLE_BYTES
    assert short == " ".join(short.split())
    assert clean(title).startswith(short)


@given(st.text(min_size=1))
def test_nothing_is_cut_without_need(title: str) -> None:
    if len(clean(title).encode()) <= MAX_TITLE_BYTES:
        assert chapter_title(title) == clean(title)
    else:
        assert len(chapter_title(title).encode()) > MAX_TITLE_BYTES - 5


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
