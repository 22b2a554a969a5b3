"""German: when somebody was born and died, by signs and abbreviations."""

from __future__ import annotations

import re

from narrate.spoken.core import DIGITS, Rule, alternatives, left_of
from narrate.spoken.german import grammar, tables

_SAID = {"*": "geboren", "geb": "geboren", "†": "gestorben", "gest": "gestorben",
         "verst": "verstorben", "~": "getauft", "⚭": "verheiratet"}  # fmt: skip
_DAY = (
    rf"\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{'|'.join(grammar.MONTHS)}"
    rf"|(?:{alternatives(tables.MONTH_ABBREVIATIONS)}))"
)
_SURE = re.compile(r"[(,;/]\s?$|†\s?\S{0,30}$")


def _life(match: re.Match[str]) -> str:
    sign = match[1].rstrip(".")
    if sign in "*~" and not (_SURE.search(left_of(match)) or not left_of(match)):
        return match[0]
    return f"{_SAID[sign]} {'am ' if match[2] else ''}"


LIFE_RULES = (
    Rule("born and died", re.compile(
        rf"(?<![\w*~])(\*|†|⚭|~|geb\.|gest\.|verst\.)\s?(?=({_DAY})"
        rf"|\d{{3,4}}(?!\d|[.,]\d)|(?:um|vor|nach|wohl|im|in|am|{'|'.join(grammar.MONTHS)})\s)"),
        _life, DIGITS),
    Rule("dead", re.compile(r"\(\s?†\s?\)"), lambda _: "(verstorben)", "†"),
)  # fmt: skip
