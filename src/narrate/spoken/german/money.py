"""German amounts of money."""

from __future__ import annotations

import re

from narrate.spoken.core import DIGITS, GROUP, Rule, alternatives, left_of
from narrate.spoken.german import grammar, numbers
from narrate.spoken.german.unit_tables import CURRENCIES, SINGULAR, THOUSANDS
from narrate.spoken.german.units import END, SCALE, START, UNIT, unit_words
from narrate.spoken.writing.characters import LETTERS
from narrate.spoken.writing.numerals import plain

_AMOUNT = rf"\d[\d{GROUP}]*(?:,\d+|\.\d\d(?!\d))?"
_CURRENCY = alternatives(tuple(CURRENCIES))
_BEFORE = r"US-?\$|[€$£¥₽₹₩₺₿]|(?<!\w)(?:EUR|USD|CHF|GBP|JPY|CNY|RMB|BTC)|(?<!\w)S?Fr\."
_NO_CENTS = r"(?:[.,]\s?[–—-]{1,2}(?![\w–-]))"
_PER = rf"(?:\s?/\s?(?:({UNIT}){END}|([A-ZÄÖÜ][a-zäöüß]{{1,20}})(?!\w)))?"


def _one(before: str, noun: str) -> str:
    feminine = noun.endswith(("Mark", "Kronen", "Lira", "Million", "Milliarde", "Billion"))
    return grammar.one(before, "f" if feminine else "m")


def _amount(amount: str, scale: str, currency: str, before: str) -> str:
    main, small = CURRENCIES[currency]
    whole, _, cents = plain(amount).replace(".", ",").partition(",")
    if scale:
        if numbers.is_one(amount):
            single = SINGULAR.get(scale, scale)
            return f"{_one(before, single)} {single} {main}"
        return f"{numbers.number(amount.replace('.', ','))} {scale} {main}"
    if len(cents) != 2 or not small:  # noqa: PLR2004 - two digits are cents
        if numbers.is_one(amount):
            return f"{_one(before, main)} {main}"
        return f"{numbers.number(amount.replace('.', ','))} {main}"
    if not int(whole) and int(cents):
        one = _one(before, small) if int(cents) == 1 else numbers.cardinal(int(cents))
        return f"{one} {small}"
    said = _one(before, main) if whole == "1" else numbers.number(whole)
    rest = f" {numbers.cardinal(int(cents))}" if int(cents) else ""
    return f"{said} {main}{rest}"


def _money(match: re.Match[str]) -> str:
    before, first, first_scale, second, second_scale, after, unit, thing = match.groups()
    said = _amount(
        first or second, first_scale or second_scale or "", before or after, left_of(match)
    )
    if unit:
        return f"{said} pro {unit_words(unit, single=True)[0]}"
    return f"{said} pro {thing}" if thing else said


def _thousands(match: re.Match[str]) -> str:
    return f"{numbers.number(match.group(1) + GROUP + '000')} {THOUSANDS[match.group(2)]}"


MONEY_RULES = (
    Rule("thousands of euros", re.compile(
        rf"{START}(\d{{1,3}})\s?({alternatives(tuple(THOUSANDS))})(?!\w)"), _thousands, DIGITS),
    Rule("money", re.compile(
        rf"(?:({_BEFORE})\s?({_AMOUNT})(?:{_NO_CENTS}|\s?({SCALE})(?!\w))?(?!\d)(?!\.\d)"
        rf"|{START}({_AMOUNT}){_NO_CENTS}?(?:\s?({SCALE}))?\s?({_CURRENCY})"
        rf"(?![{LETTERS}]|-[{LETTERS}])){_PER}"),
        _money, DIGITS),
)  # fmt: skip
