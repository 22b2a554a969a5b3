"""Codes that both languages say sign by sign: keys, addresses of machines, colours."""

from __future__ import annotations

import re
from collections.abc import Sequence

from narrate.spoken.core import DIGITS, Rule

_HEX = "[0-9A-Fa-f]"
_V6 = re.compile(
    rf"(?<![\w:.])(?=:{{0,2}}{_HEX})(?=(?:{_HEX}{{0,4}}:){{2}})(?:{_HEX}{{1,4}}(?::{_HEX}{{1,4}}){{7}}"
    rf"|(?:{_HEX}{{1,4}}(?::{_HEX}{{1,4}}){{0,6}})?::(?:{_HEX}{{1,4}}(?::{_HEX}{{1,4}}){{0,6}})?)(?![\w:])"
)
_HARDWARE = re.compile(
    rf"(?<![\w:-]){_HEX}{{2}}(?:([:-]){_HEX}{{2}})(?:\1{_HEX}{{2}}){{4}}(?![\w:-])"
)
_KEY = re.compile(
    r"(?<![\w-])(?=[A-Z-]{0,40}\d)(?=[\d-]{0,40}[A-Z])(?=[A-Z\d-]{0,24}(?:[A-Z]\d|\d[A-Z]))"
    r"[A-Z\d]{4,6}(?:-[A-Z\d]{4,6}){2,7}(?![\w-])"
)
_CARD = re.compile(
    r"(?<![\w.,-])(?<![A-Z]{2}\d\d )(?:\d{4}(?:[ -]\d{4}){3}|3\d{3}[ -]\d{6}[ -]\d{5})"
    r"(?![\w-]|[.,]\d)"
)
_COLOUR = re.compile(r"(?<![\w#&])#(?=[A-Fa-f]{0,5}\d)(?=\d{0,5}[A-Fa-f])([0-9A-Fa-f]{6})(?!\w)")
_HEXADECIMAL = re.compile(rf"(?<!\w)0x({_HEX}{{1,16}})(?!\w)")
_PLATE = re.compile(
    r"(?<![\w-])(?!DIN|ISO|USB|DVB|BMW)"
    r"([A-ZÄÖÜ]{1,3})-([A-Z]{1,2}) (?!(?:19|20)\d\d(?!\d))(\d{1,4})([EH]?)"
    r"(?![\w-]|[.,]\d)"
)
_GROUPS = re.compile(r"[0-9A-Za-z]+")


def rules(digits: Sequence[str], *, colon: str, plates: bool) -> tuple[Rule, ...]:
    """The rules for codes.

    Args:
        digits: The names of the ten digits, from nought.
        colon: What ``:`` is called within an address.
        plates: Whether number plates as of Germany are known.
    """

    def singly(row: str) -> str:
        return " ".join(digits[int(sign)] if sign.isdigit() else sign.upper() for sign in row)

    def groups(match: re.Match[str]) -> str:
        return ", ".join(singly(group) for group in _GROUPS.findall(match[0]))

    def machine(match: re.Match[str]) -> str:
        parts = re.split("(:)", match[0])
        return " ".join(colon if part == ":" else singly(part) for part in parts if part)

    known = (
        Rule("hardware addresses", _HARDWARE, groups, DIGITS),
        Rule("addresses of machines, long", _V6, machine, ":"),
        Rule("keys", _KEY, groups, "-"),
        Rule("cards", _CARD, groups, DIGITS),
        Rule("colours", _COLOUR, groups, "#"),
        Rule("hexadecimal", _HEXADECIMAL, lambda match: f"{digits[0]} X {singly(match[1])}", "x"),
    )
    if not plates:
        return known
    plate = Rule("number plates", _PLATE, lambda match: singly("".join(match.groups())), "-")
    return (*known, plate)
