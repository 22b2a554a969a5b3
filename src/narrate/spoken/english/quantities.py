"""English writings with digits: all the rules in their order, and the numbers that are left."""

from __future__ import annotations

import re

from narrate.spoken.core import DIGITS, GROUP, Rule, left_of, right_of
from narrate.spoken.english import numbers
from narrate.spoken.english.codes import (
    CODE_RULES,
    EARLY_CODE_RULES,
    NAME_RULES,
    THING_RULES,
    VERSION_RULES,
)
from narrate.spoken.english.dates import DATE_RULES, DAY_RULES, WEEK_RULES
from narrate.spoken.english.maths import (
    COMPARISON_RULES,
    FRACTION_RULES,
    POWER_RULES,
    RANGE_RULES,
    SIGN_RULES,
)
from narrate.spoken.english.models import CHARGE_RULES, MODEL_RULES
from narrate.spoken.english.money import MONEY_RULES
from narrate.spoken.english.notation import NUMBER
from narrate.spoken.english.scripture import VERSE_RULES
from narrate.spoken.english.times import CLOCK_RULES, DURATION_RULES
from narrate.spoken.english.units import MEASURE_RULES
from narrate.spoken.writing.characters import LETTERS
from narrate.spoken.writing.numerals import mark_groups

__all__ = ["FIRST_NUMBER_RULES", "NUMBER_RULES"]

_FIRST_LIKELY_YEAR = 1100
_LAST_LIKELY_YEAR = 2100
_DIGITS_OF_YEAR = 4
_DIGITS_OF_NAMES = (3, 4)
_SHORT_GROUP = 2
_YEAR_BEFORE = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Yy]ear|[Oo]f|[Bb]efore|[Aa]fter|[Cc]irca)$"
)
_FAR_YEAR_BEFORE = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Yy]ear)(?:\s[12]\d{3}\s(?:or|and|to))?$"
)
_COUNTED_AFTER = re.compile(
    r"\s(?!(?:was|is|as|has|does|his|this|its|us|elections?|always|perhaps|season|pass|less|across|"
    r"afterwards|towards|bus|plus|besides|thus|crisis|census|chess|Olympics|Games|focus|olympics|"
    r"business|process|success|loss|class|press|address|Congress|Paris|politics|sales|earnings|"
    r"results|protests|riots|attacks|talks|mass|series|news|falls|begins|starts|sees|brings|ends|"
    r"marks|comes|remains|seems|looks|shows|means|runs|goes|makes|gets|gives|takes)\b)"
    r"(?:more\s|new\s|other\s|small\s|large\s|young\s|old\s)?"
    r"(?:[a-z]{2,20}s|(?:[a-z]{2,15})?(?:people|men|women|children|feet))\b"
)
_COUNT_BEFORE = re.compile(
    r"\b(?:about|around|some|over|nearly|almost|than|roughly|approximately|only|exactly|least|all|"
    r"another|these|those|other|under|exceeding|counted|numbered|up to)$"
)


def _grouped(match: re.Match[str]) -> str:
    return mark_groups(match.group(), ",'. ")


def _ordinal(match: re.Match[str]) -> str:
    value = numbers.whole_number(match.group(1))
    return numbers.ordinal(value) if value > 0 else match.group(1)


def _decimal_ordinal(match: re.Match[str]) -> str:
    whole, _, last = match[1].partition(".")
    said = numbers.ordinal(int(last)) if last != "0" else "zeroth"
    return f"{numbers.number(whole)} point {said}"


def _mixed(match: re.Match[str]) -> str:
    parts = re.findall(r"\d+|[^\W\d_]+", match.group())
    name = any(part.isupper() for part in parts)
    return " ".join(_mixed_part(part, name=name) for part in parts)


def _mixed_part(part: str, *, name: bool) -> str:
    if part.isdigit():
        is_paired = name and len(part) in _DIGITS_OF_NAMES and part[0] != "0"
        return numbers.paired(part) if is_paired else part
    if len(part) == 1 and part != "o":
        return part.upper()
    vowel = re.search(r"[aeiouy]", part.lower())
    spelled = part.islower() and part.isalpha() and len(part) > 1 and not vowel
    return part.upper() if spelled else part


def _twice(match: re.Match[str]) -> str:
    value = numbers.whole_number(match[1])
    return match[1] if value >= 0 and match[2].lower() == numbers.cardinal(value) else match.group()


def _twice_reversed(match: re.Match[str]) -> str:
    value = numbers.whole_number(match[2])
    return match[1] if value >= 0 and match[1].lower() == numbers.cardinal(value) else match.group()


def _row(match: re.Match[str]) -> str:
    groups = match.group().split("-")
    if all(len(group) <= _SHORT_GROUP and group[0] != "0" for group in groups):
        return " ".join(map(numbers.number, groups))
    return ", ".join(map(numbers.digits, groups))


def _quantity(match: re.Match[str]) -> str:
    written = match.group()
    value = numbers.whole_number(written)
    if len(written) != _DIGITS_OF_YEAR or value < 0 or GROUP in written:
        return numbers.number(written)
    if written[0] == "0":
        return numbers.digits(written)
    return numbers.year(value) if _is_year(match, value) else numbers.number(written)


def _is_year(match: re.Match[str], value: int) -> bool:
    before, after = left_of(match).rstrip(), right_of(match)
    if value < _FIRST_LIKELY_YEAR:
        return bool(_YEAR_BEFORE.search(before)) and not _COUNTED_AFTER.match(after)
    if value >= _LAST_LIKELY_YEAR and not _FAR_YEAR_BEFORE.search(before):
        return False
    counted = _COUNTED_AFTER.match(after)
    return not counted and not (_COUNT_BEFORE.search(before) and re.match(r"\s[a-z]", after))


FIRST_NUMBER_RULES = (*WEEK_RULES, *EARLY_CODE_RULES, *VERSE_RULES, *CLOCK_RULES)
"""Tried before abbreviations: their full stops and colons belong to the numbers."""

NUMBER_RULES = (
    Rule("pages", re.compile(r"\bpp\s(?=\d)"), lambda _: "pages ", DIGITS),
    Rule("number", re.compile(r"\bNo\s(?=\d{1,3}(?![\d.,]|\s(?:people|more|other|of)\b))"),
         lambda _: "number ", DIGITS),
    *DATE_RULES,
    *MODEL_RULES,
    *CODE_RULES,
    *THING_RULES,
    Rule("groups of digits", re.compile(
        r"(?<![\w.,:])\d{1,3}(?:(?:,\d{3})+|(?:'\d{3})+|(?:\s\d{3})+)(?!\d|,\d|'\d)"
        r"|(?<![\w.,:/-])\d{1,3}(?:\.\d{3}){2,5}(?![\w.-])"
        r"|(?<![\w.,:/-])\d{1,2}(?:,\d\d){1,4},\d{3}(?!\d|,\d)"), _grouped, DIGITS),
    Rule("rows of numbers", re.compile(
        r"(?<![\w.,–-])\d{2,12}(?:-\d{1,12}){2,8}(?![\w-])"),
        _row, DIGITS),
    Rule("said twice", re.compile(rf"(?<![\w.,])({NUMBER})\s\(([a-z-]{{3,40}})\)"), _twice, "("),
    Rule("said twice, words first", re.compile(rf"\b([A-Za-z-]{{3,40}})\s\(({NUMBER})\)"),
         _twice_reversed, "("),
    *SIGN_RULES,
    Rule("brackets of a function", re.compile(rf"(?<=[{LETTERS}])\((?=[\d.−-])"),
         lambda _: " (", "("),
    *COMPARISON_RULES,
    *DURATION_RULES,
    *DAY_RULES,
    *MONEY_RULES,
    *RANGE_RULES,
    *FRACTION_RULES,
    *MEASURE_RULES,
    *NAME_RULES,
    *CHARGE_RULES,
    Rule("unknowns", re.compile(
        r"(?<=\d)x(?=\s?[+=^*/−]|\s-\s)|(?<==\s\d)x(?!\w)"), lambda _: " x ",
         "=+^*/−-"),
    Rule("multiples", re.compile(r"(?<=\d)[x×](?!\w)"), lambda _: " times ", DIGITS),
    Rule("ordinals of decimals", re.compile(r"(?<![\w.,])(\d{1,3}\.\d)(?:st|nd|rd|th)(?!\w)"),
         _decimal_ordinal, "."),
    Rule("ordinals", re.compile(
        rf"(?<![\w.])(\d[\d{GROUP}]{{0,14}})(?:st|nd|rd|th|ST|ND|RD|TH)(?!\w)"), _ordinal, DIGITS),
    *POWER_RULES,
    Rule("mixed with letters", re.compile(
        rf"(?<![\w.,])(?=[{LETTERS}]{{0,40}}\d)(?=\d{{0,40}}[{LETTERS}])\w+"), _mixed, DIGITS),
    Rule("digits beside letters", re.compile(
        rf"(?<=\d)(?=[{LETTERS}])|(?<=[{LETTERS}])(?=\d)"), lambda _: " ", DIGITS),
    Rule("hyphen before digits", re.compile(rf"(?<=[{LETTERS}\d])-(?=\d)"), lambda _: " ", DIGITS),
    *VERSION_RULES,
    Rule("lists", re.compile(r"(?<=\d),(?=\d)"), lambda _: ", ", DIGITS),
    Rule("numbers", re.compile(NUMBER), _quantity, DIGITS),
)  # fmt: skip
