"""Rules are tried only on texts with the characters that their patterns ask for."""

from __future__ import annotations

import re
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golden_files import spoken_rows_of
from narrate.spoken.core import Rule, alternatives
from narrate.spoken.english.language import ENGLISH
from narrate.spoken.german.language import GERMAN
from narrate.spoken.required import INNER_STOP, required
from narrate.spoken.writing import characters

DIGITS = frozenset("0123456789")
LANGUAGES = {"de": GERMAN, "en": ENGLISH}


def asked(rule: Rule) -> list[frozenset[str]]:
    return [*([frozenset(rule.needs)] if rule.needs else []), *required(rule.pattern)]


def signs_of(text: str) -> set[str]:
    return {*text, *([INNER_STOP] if "." in text[:-1] else [])}


@pytest.mark.parametrize(
    ("pattern", "groups"),
    [
        (r"\d+\s?€", {DIGITS, frozenset("€")}),
        (r"(?<=\d)(?=[xyz])", {DIGITS, frozenset("xyz")}),
        (r"(?:§|Art\.)\s?\d", {DIGITS, frozenset({"§", INNER_STOP})}),
        (r"\d?x{0,3}", set()),
        (r"(?<!\d)(?!x)K", {frozenset("K")}),
        (r"z\.", {frozenset("z"), frozenset(".")}),
        (r"z\.B", {frozenset("z"), frozenset({INNER_STOP}), frozenset("B")}),
        (r"z\.(?=\s)", {frozenset("z"), frozenset({INNER_STOP})}),
        (r"(?:K\.){2}", {frozenset("K"), frozenset("."), frozenset({INNER_STOP})}),
        (r"the", set()),
        (r"(?i)x", set()),
        (r"[^x]|\w", set()),
    ],
)
def test_what_a_pattern_asks_for(pattern: str, groups: set[frozenset[str]]) -> None:
    assert set(required(re.compile(pattern))) == groups


@pytest.mark.parametrize("lang", ["de", "en"])
def test_no_rule_is_left_out_that_finds_something(lang: str) -> None:
    language = LANGUAGES[lang]
    wanted = [(rule.pattern, required(rule.pattern)) for rule in language.rules]
    found = 0
    for written, _ in spoken_rows_of(lang):
        text, _ = characters.clean(written, frozenset(language.symbols), lang)
        signs = signs_of(text)
        for pattern, groups in wanted:
            if pattern.search(text):
                found += 1
                assert not any(map(signs.isdisjoint, groups)), (pattern, text)
    assert found > len(spoken_rows_of(lang))


@given(st.text("aB1.:-/ x%€^'(),–Uhr0", max_size=30))
def test_nor_on_any_text(text: str) -> None:
    signs = signs_of(text)
    for language in LANGUAGES.values():
        for rule in language.rules:
            if any(map(signs.isdisjoint, asked(rule))):
                assert rule.apply(text) == text, rule.name


@pytest.mark.parametrize("lang", ["de", "en"])
def test_nearly_every_rule_asks_for_something(lang: str) -> None:
    idle = [rule.name for rule in LANGUAGES[lang].rules if not asked(rule)]
    assert len(idle) < len(LANGUAGES[lang].rules) / 20


def test_alternatives_prefer_the_longest_key() -> None:
    keys = ("z.", "z. B.", "z. Bsp.", "zz", "d. h.", "d.", "d")
    pattern = re.compile(alternatives(keys))
    for key in keys:
        for written in {key, key.replace(" ", "")}:
            assert (match := pattern.match(f"{written}")) is not None
            assert match.group() == written


def test_alternatives_of_tables_find_every_key() -> None:
    table = dict(islice(((f"{a}{b}.", a) for a in "abcäöü" for b in ("", "bc", "b c")), 100))
    pattern = re.compile(alternatives(table))
    assert all(pattern.fullmatch(key) for key in table)
