"""German: mathematics, chemistry and the paragraphs of laws."""

from __future__ import annotations

import re

from narrate.spoken.core import DIGITS, Rule, alternatives, words
from narrate.spoken.german import numbers

_ELEMENTS = words(
    "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se "
    "Br Kr Rb Sr Y Zr Nb Mo Ag Cd Sn Sb Te I Xe Cs Ba W Pt Au Hg Pb Bi Ra U Pu"
)
_PLAIN_FORMULAS = frozenset(
    words(
        "NaCl NaOH HCl KCl CaO MgO NaF KOH LiCl ZnO SiC GaAs HBr NaHCO KBr AgCl FeO CuO FeS ZnS "
        "PbO LiOH KI NaI CaS NH CN HF"
    )
)
_ELEMENT = alternatives(_ELEMENTS)
_FORMULA = re.compile(
    rf"(?<![\w.,])((?:(?:{_ELEMENT})\d{{0,2}}){{1,12}})(?:\s?\^(\d?)([+-]))?(?![\w^])"
)
_ATOM = re.compile(r"([A-Z][a-z]?)(\d{0,2})")


def _formula(match: re.Match[str]) -> str:
    written, charge, sign = match.group(1), match.group(2), match.group(3)
    atoms = _ATOM.findall(written)
    several = len(atoms) > 1
    counted = any(count for _, count in atoms)
    if not (written in _PLAIN_FORMULAS or (counted and several) or sign):
        return match.group()
    said = " ".join(
        " ".join(name.upper()) + (f" {numbers.cardinal(int(count))}" if count else "")
        for name, count in atoms
    )
    if sign:
        said += f" {numbers.cardinal(int(charge))}" if charge else ""
        said += " plus" if sign == "+" else " minus"
    return said


LAW_RULES = (
    Rule("sentence of a paragraph", re.compile(
        r"(?<=Abs\.\s\d)(\s)S\.\s?(?=\d)|(?<=Abs\.\s\d\d)(\s)S\.\s?(?=\d)"),
        lambda _: " Satz ", DIGITS),
    Rule("directives and regulations", re.compile(
        r"(?<!\w)(?:(RL)(?=\s\d{2,4}/\d)|VO(?=\s\(E[UGW]{1,2}\)\s))"),
        lambda match: "Richtlinie" if match[1] else "Verordnung", "RV"),
    Rule("paragraphs", re.compile(r"§\s?§\s?(?=\d)"), lambda _: "Paragrafen ", "§"),
    Rule("paragraph", re.compile(r"(?<=[Dd]es\s)§\s?(?=\d)"), lambda _: "Paragrafen ", "§"),
    Rule("following", re.compile(r"(?<=\d\s)ff?\.(?=\s[A-ZÄÖÜ]|,)"), lambda _: "folgende", DIGITS),
    Rule("the following page", re.compile(r"(?<=\d\s)ff?\.$"), lambda _: "folgende.", DIGITS),
)  # fmt: skip

_FUNCTIONS = {"sin": "Sinus", "cos": "Kosinus", "tan": "Tangens", "cot": "Kotangens",
              "exp": "E hoch", "ln": "natürlicher Logarithmus", "log": "Logarithmus"}  # fmt: skip

NOTE_RULES = (
    Rule("isotopes", re.compile(rf"(?<![\w)\]])\s?\^(\d{{1,3}})(?=(?:{_ELEMENT})(?!\w))"),
         lambda match: f"{match[1]} ", "^"),
    Rule("functions by name", re.compile(
        r"(?<![\w.])(sin|cos|tan|cot|exp|ln|log)\s?\(([^()]{1,20})\)"),
        lambda match: f"{_FUNCTIONS[match[1]]} von {match[2]}", "("),
    Rule("functions of a letter", re.compile(r"(?<![\w.])(sin|cos|tan|cot)\s?(?=[xα-ω](?!\w))"),
         lambda match: f"{_FUNCTIONS[match[1]]} ", "xαβγδεθλπρστφχψω"),
    Rule("one over a letter", re.compile(r"(?<==\s)(\d{1,3})/(?=[A-Za-z](?!\w))"),
         lambda match: f"{match[1]} durch ", "/"),
    Rule("factorials", re.compile(r"(?<=\d)!(?=\s?[=+·×/)])|(?<=\bn)!(?=\s?[=+·×/)])"),
         lambda _: " Fakultät", "!"),
    Rule("products of letters", re.compile(r"(?<=\b[a-zA-ZΑ-Ωα-ω])\s?[·⋅∙]\s?(?=[a-zA-ZΑ-Ωα-ω]\b)"),
         lambda _: " mal ", "·⋅∙"),
    Rule("difference from a power", re.compile(r"(?<=\^\d)\s?[–-]\s?(?=[\da-z(])"),
         lambda _: " minus ", "^"),
    Rule("difference from a variable", re.compile(
        r"(?<=\d[a-z])\s[–-]\s(?=\d)|(?<==\s[a-z])\s[–-]\s(?=[\da-z](?!\w))"),
         lambda _: " minus ", "–-"),
    Rule("decimals without a nought", re.compile(r"(?<=[<>=≤≥≈])\s?\.(?=\d)"),
         lambda _: " 0,", "<>=≤≥≈"),
)  # fmt: skip
"""Before dates and numbers, which read the same signs in their own way."""


def _with_group(match: re.Match[str]) -> str:
    return " ".join(
        " ".join(name.upper()) + (f" {numbers.cardinal(int(count))}" if count else "")
        for name, count in _ATOM.findall(match[0].replace("(", "").replace(")", ""))
    )


MATHS_RULES = (
    Rule("formulas with a group", re.compile(
        rf"(?<![\w.,])(?:(?:{_ELEMENT})\d?){{1,3}}\((?:(?:{_ELEMENT})\d?){{1,4}}\)\d(?!\w)"),
         _with_group, "("),
    Rule("formulas", _FORMULA, _formula, DIGITS + "^CONKHLASZ"),
    Rule("powers of numbers", re.compile(r"(?<=\d)\s?\^(-?)(?=\d)"),
         lambda match: " hoch " + ("minus " if match.group(1) else ""), "^"),
    Rule("equation with a difference", re.compile(
        r"(?<=\d)\s?[-–−]\s?(?=\d{1,15}(?:,\d{1,9})?\s?=)"), lambda _: " minus ", "="),
    Rule("equation with a quotient", re.compile(
        r"(?<=\d)\s?(?:/|:)\s?(?=\d{1,15}(?:,\d{1,9})?\s?=)"),
        lambda match: " durch " if "/" in match.group() else " geteilt durch ", "="),
    Rule("products", re.compile(r"(?<=[\d)])\s?[·⋅∙]\s?(?=[\w(√π])|(?<=\w)\s?[·⋅∙]\s?(?=\d)"),
         lambda _: " mal ", "·⋅∙"),
    Rule("less", re.compile(r"(?<![<=-])<\s?(?=[\d−-])"), lambda _: " kleiner als ", "<"),
    Rule("more", re.compile(r"(?<![>=-])>\s?(?=[\d−-])"), lambda _: " größer als ", ">"),
    Rule("letters less", re.compile(r"(?<=\b[a-zA-Z])\s?<\s?(?=[a-zA-Z]\b)"),
         lambda _: " kleiner als ", "<"),
    Rule("less or equal", re.compile(r"(?<=[\w)]\s)<=\s?(?=\w)"),
         lambda _: "kleiner oder gleich ", "<"),
)  # fmt: skip

LATE_MATHS_RULES = (
    Rule("functions", re.compile(r"(?<![\w.])([a-zA-Z])\(([a-zA-Z]|\d{1,3})\)(?!\w)"),
         lambda match: f"{match[1]} von {match[2]}", "("),
    Rule("quotient of letters", re.compile(r"(?<![\w/.])([a-z])/([a-z])(?![\w/])"),
         lambda match: f"{match.group(1)} durch {match.group(2)}", "/"),
    Rule("letters of a product", re.compile(r"(?<==\s)([a-z])([a-z])(?=\s?\^\d)"),
         lambda match: f"{match.group(1)} {match.group(2)}", "^"),
    Rule("powers", re.compile(r"\s?\^(-?)(?=\d)"),
         lambda match: " hoch " + ("minus " if match.group(1) else ""), "^"),
)  # fmt: skip
"""After units, whose powers and slashes are read in their own way."""
