"""Texts that nobody would write: whatever comes in, only speakable words come out, and fast.

``NARRATE_FUZZ=20000`` tries that many texts instead of a few; ``NARRATE_FUZZ_SEED`` other ones.
"""

from __future__ import annotations

import os
import random
import re
import time

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from golden_files import spoken_rows_of
from narrate.spoken import sentences, spoken_form
from test_spoken_properties import ALLOWED, FRAGMENTS

EXAMPLES = int(os.environ.get("NARRATE_FUZZ", "300"))
SEED = int(os.environ.get("NARRATE_FUZZ_SEED", "1"))
SLOWEST = 2.0
"""Seconds for a text of some hundred characters, on a busy machine."""

HOSTILE = [
    "привет", "Раураl", "Αθήνα", "日本", "東京タワー", "서울", "नमस्ते", "مرحبا", "שלום",
    "สวัสดี", "👍🏽", "👨‍👩‍👧", "🇩🇪", "★★☆", "✓", "❤️", "「", "】", "\u202e",
    "\u2066", "\ud800", "\udfff", "\ufffd", "\ue000", "\U000f0000", "\x02", "\x7f", "\x85",
    "\u2028", "\u0300\u0301\u0302", "ﬁ", "Ⅳ", "ⅻ", "㎏", "㍿", "℃", "№", "™", "→", "∑",
    "┌", "⅓", "¹²³", "₂", "ʘ", "þ", "ð", "Þ", "ǅ", "İ", "ı", "ẞ", "ﷺ", "user@host.tld",
    "www.a.b/c/d", "C:\\a\\b", "~/x.py", "a/b/c.txt", "@a_b", "#A1", "::1", "0x1F",
    "00:11:22:33:44:55", "DE89370400440532013000", "1234 5678 9012 3456", "B-MW 1234", "()", "->",
    "!=", "<=", "&amp;", "&#0;", "&#55296;", "[ˈa]", ":-)", "(你好)", "(😀)", "−", "1.", "2)",
    "a)", "•", "1,5", "1.5", "1'000", "1 000", "10-20", "3:2", "14.30", "31.12.", "§§", "Abs.",
    "S.", "½", "%", "°", "XIV", "MMXXIV", "IIII", "1st", "80er", "4o", "C2PA", "R&D", "A", "I",
    "s", "'s", "z.B.", "e.g.", "...",
]  # fmt: skip
DIGITS = st.text(st.sampled_from("0123456789 .,:;-–/'()+%€$§°²xXeE"), max_size=60)
WRITTEN = [written for lang in ("de", "en") for written, _ in spoken_rows_of(lang)]


@st.composite
def mutated_rows(draw: st.DrawFn) -> str:
    """A row of a golden table with parts cut out, doubled, swapped or put in."""
    text = draw(st.sampled_from(WRITTEN))
    chance = random.Random(draw(st.integers(0, 2**32)))  # noqa: S311 - no secret
    for _ in range(chance.randint(1, 6)):
        at, to = sorted(chance.randint(0, len(text)) for _ in range(2))
        middle = chance.choice(
            (
                "",
                text[at:to] * 2,
                text[at:to][::-1],
                chance.choice(HOSTILE),
                chance.choice(WRITTEN),
            )
        )
        text = (text[:at] + middle + text[to:])[:400]
    return text


hostile = st.one_of(
    mutated_rows(),
    st.text(st.characters(), max_size=120),
    DIGITS,
    st.lists(st.sampled_from(HOSTILE + FRAGMENTS), max_size=14).map("".join),
    st.lists(st.sampled_from(HOSTILE + FRAGMENTS), max_size=14).map(" ".join),
)


@pytest.mark.parametrize("lang", ["de", "en"])
@seed(SEED)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(text=hostile)
def test_anything_becomes_speakable(text: str, lang: str) -> None:
    begin = time.process_time()
    said = spoken_form(text, lang)
    assert time.process_time() - begin < SLOWEST
    assert ALLOWED.fullmatch(said.spoken)
    assert said.spoken == " ".join(said.spoken.split())
    assert all(len(word) <= 100 for word in said.spoken.split())
    assert bool(said.spoken or said.unspoken) == bool(text.strip())
    assert spoken_form(said.spoken, lang).spoken == said.spoken
    parts = "".join(sentences(text, lang))
    assert "".join(parts.split()) == "".join(text.split())


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize(
    "text",
    [
        "9" * 10_000,
        "1." * 5_000,
        "1,2" * 4_000,
        "(" * 5_000 + "x" + ")" * 5_000,
        "([{" * 3_000,
        "a" * 1_000_000,
        "ab.de/" * 20_000,
        "a@" * 30_000,
        "://" * 30_000,
        "x/" * 30_000,
        "你" * 100_000,
        "п" * 100_000,
        "😀" * 50_000,
        "A-1" * 30_000,
        "F0" * 50_000,
        "::" * 30_000,
        "-" * 100_000,
        "\u0301" * 100_000,
        "“" * 100_000,
        "#" * 100_000,
        "\x00" * 100_000,
    ],
    ids=lambda text: ascii(text[:6]),
)
def test_long_rows_of_anything_end(text: str, lang: str) -> None:
    said = spoken_form(text, lang)
    assert ALLOWED.fullmatch(said.spoken)
    assert re.sub(r"\s", "", "".join(sentences(text, lang))) == re.sub(r"\s", "", text)
