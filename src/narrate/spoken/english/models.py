"""English models, reports, keys and charges: digits and signs with a reading of their own."""

from __future__ import annotations

import re

from narrate.spoken.core import DIGITS, Rule
from narrate.spoken.english import numbers

_KEYS = {"Ctrl": "Control", "Strg": "Control", "Cmd": "Command", "Fn": "Function",
         "Win": "Windows"}  # fmt: skip
_ISOTOPES = "H|He|Li|Be|B|C|N|O|F|Na|P|S|Cl|Ar|K|Ca|Fe|Co|Ni|Kr|Sr|Tc|I|Xe|Cs|Ra|Rn|Th|Pa|U|Pu|Am"


def _digits(row: str) -> str:
    return " ".join(numbers.DIGITS[int(digit)] for digit in row)


def _report(match: re.Match[str]) -> str:
    volume, court, page = match.groups()
    return f"{numbers.paired(volume)} {court} {numbers.paired(page)}"


def _ion(match: re.Match[str]) -> str:
    element = " ".join(match[1].upper())
    charge, sign = match[2] or "", match[3] or match[4]
    return f"{element} {charge} {'plus' if sign == '+' else 'minus'}"


def _isotope(match: re.Match[str]) -> str:
    mass, element = match.groups()
    return f" {' '.join(element.upper())} {numbers.paired(mass)}"


def _variant(match: re.Match[str]) -> str:
    first, second, letters = match.groups()
    said = f"{numbers.paired(first)} {numbers.paired(second)}"
    return f"{said} {' '.join(letters)}" if letters else said


def _processor(match: re.Match[str]) -> str:
    said = f"I {numbers.number(match[1])}"
    if match[2]:
        said += f" {numbers.paired(match[2])}"
    return f"{said} {' '.join(match[3])}" if match[3] else said


def _episode(match: re.Match[str]) -> str:
    season, episode = (numbers.cardinal(int(part)) for part in match.groups())
    return f"season {season} episode {episode}"


def _wireless(match: re.Match[str]) -> str:
    letters = " ".join((match[2] or "").upper())
    return f"eight oh two dot {numbers.number(match[1])} {letters}"


MODEL_RULES = (
    Rule("extensions", re.compile(r"(?<=[. -]\d{4}),?\s(?:x|ext)\s?(?=\d{1,6}(?!\w))"),
         lambda _: " extension ", "x"),
    Rule("extensions of many digits", re.compile(r"(?<=extension )(\d{3,6})(?![\w-]|[.,]\d)"),
         lambda match: _digits(match[1]), DIGITS),
    Rule("short codes", re.compile(
        r"(\b[Tt]ext(?:ed|ing)?\s(?:[\w']{1,20}\sto\s)?)(\d{5,6})(?![\w-]|[.,]\d)"),
        lambda match: match[1] + _digits(match[2]), DIGITS),
    Rule("reports of courts", re.compile(
        r"(?<![\w.,])(\d{1,3})\s(U\s?S|F\s\dd|S\.\sCt\.)\s{1,2}(\d{1,4})(?=\s\(|,\s\d|[.;]|$)"),
        _report, DIGITS),
    Rule("bills", re.compile(r"(?<!\w)H\s?R\s{1,2}(\d{3,4})(?![\w-]|[.,]\d)"),
         lambda match: f"H R {numbers.paired(match[1])}", DIGITS),
    Rule("aeroplanes with a variant", re.compile(
        r"(?<![\w.,:/-])(7[0-8]7)-(\d{1,3})([A-Z]{1,3})?(?![\w-]|[.,]\d)"),
        _variant, DIGITS),
    Rule("Porsche", re.compile(r"(?<![\w.,])(911)(?=\s(?:Carrera|Turbo|Targa|GT|R\b))"),
         lambda match: numbers.paired(match[1]), DIGITS),
    Rule("episodes", re.compile(r"(?<!\w)S(\d\d?)\s?E(\d\d?)(?!\w)"), _episode, DIGITS),
    Rule("processors", re.compile(r"(?<!\w)i([3579])(?:-(\d{4,5})([A-Z]{1,2})?)?(?!\w)"),
         _processor, DIGITS),
    Rule("wireless networks", re.compile(
        r"(?<![\w.,])802\.(\d{1,2})(?:([a-z]{1,2})(?!\w))?(?!\d)"), _wireless, DIGITS),
    Rule("keys pressed", re.compile(
        r"(?<!\w)(Ctrl|Strg|Alt|Shift|Cmd|Fn|Win|Option)\s?[+-]\s?(?=\w)"),
        lambda match: f"{_KEYS.get(match[1], match[1])} ", "+-"),
    Rule("control", re.compile(r"(?<!\w)Ctrl(?!\w)"), lambda _: "Control", "C"),
)  # fmt: skip
"""Tried before digits are grouped."""
CHARGE_RULES = (
    Rule("lineages", re.compile(r"(?<![\w.])([A-Z]{1,4})\.(\d{1,2}(?:\.\d{1,2}){0,4})(?!\w|\.\d)"),
         lambda match: f"{match[1]} {match[2].replace('.', ' ')}", "."),
    Rule("parts of a row", re.compile(r"(?<=\b[A-Z]\d)–(?=[A-Z]\d\b)"), lambda _: " to ", "–"),
    Rule("ions", re.compile(
        r"(?<![\w-])(H|Li|Na|K|Rb|Cs|Mg|Ca|Ba|Al|Fe|Cu|Zn|Ag|Mn|Ni|Pb|Hg|Cl|Br)"
        r"(?:\s?\^(\d?)([+−-])|([+−]))(?![\w+=])"), _ion, "+−^"),
    Rule("isotopes", re.compile(
        rf"(?<![\w)\]])\s?\^(\d{{1,3}})({_ISOTOPES})(?!\w)"), _isotope, "^"),
)  # fmt: skip
