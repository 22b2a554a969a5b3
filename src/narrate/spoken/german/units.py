"""German units of measurement: after a number, in compounds, and as rates."""

from __future__ import annotations

import re

from narrate.spoken.core import DIGITS, GROUP, Rule, alternatives, left_of, right_of
from narrate.spoken.german import grammar, numbers
from narrate.spoken.german.ordinals import labelled
from narrate.spoken.german.unit_tables import PRIME_UNITS, SINGULAR, SPACED_ONLY, UNITS
from narrate.spoken.writing.characters import LETTERS

NUMBER = rf"\d[\d{GROUP}]*(?:,\d+)?"
START = rf"(?<![\d{GROUP}])(?<!\d[.,])"
"""Not within a number."""

SCALE = r"(?:Millionen|Million|Milliarden|Milliarde|Billionen|Billion|[Tt]ausend)"
_UNIT = alternatives(tuple(UNITS))
_POWERED = rf"(?:{_UNIT})(?:\s?\^-?\d)?"
UNIT = rf"{_POWERED}(?:\s?/\s?(?:10{{1,3}}\s?)?{_POWERED})?"
"""A unit with its power, and what it is divided by: ``km``, ``m ^2``, ``l/100 km``."""

END = r"(?![\w^])(?!\.\w)"
_PART = re.compile(rf"(?:(\d{{1,4}})\s?)?({_UNIT})(?:\s?\^(-?\d))?$")
_LENGTHS = frozenset({"Meter", "Kilometer", "Zentimeter", "Millimeter", "Dezimeter", "Mikrometer"})
_POWERS = {"2": ("Quadrat", " zum Quadrat"), "3": ("Kubik", " hoch drei")}
_TALL = re.compile(r"\s(?:(?:groß|lang|breit|tief)(?:e[nrs]?)?|hoch|hohe[nrs]?)\b")


def unit_words(unit: str, *, single: bool) -> tuple[str, str]:
    """The words of a unit and the gender of its first noun.

    Args:
        single: Whether there is exactly one of it.
    """
    upper, _, lower = unit.partition("/") if unit not in UNITS else (unit, "", "")
    said, gender = _plain_unit(upper.strip(), single=single)
    if lower:
        count = re.match(r"\s?(\d{1,4})\s?", lower)
        below = _plain_unit(lower.strip(), single=count is None)[0]
        times = f"{numbers.cardinal(int(count.group(1)))} " if count else ""
        said = f"{said} pro {times}{below}"
    return said, gender


def _plain_unit(unit: str, *, single: bool) -> tuple[str, str]:
    if unit in UNITS:
        return _number_of(unit, single=single)
    found = _PART.match(unit)
    if not found:
        return unit, "n"
    said, gender = _number_of(found.group(2), single=single)
    power = found.group(3)
    if not power:
        return said, gender
    if power in _POWERS:
        before, after = _POWERS[power]
        if said in _LENGTHS:
            return before + said.lower(), gender
        return said + after, gender
    minus = "minus " if power.startswith("-") else ""
    return f"{said} hoch {minus}{numbers.number(power.lstrip('-'))}", gender


def _number_of(unit: str, *, single: bool) -> tuple[str, str]:
    said, gender = UNITS[unit]
    return (SINGULAR.get(said, said) if single else said), gender


def _unit(match: re.Match[str]) -> str:
    amount, gap, unit = match.groups()
    if not gap and match.string[match.start() - 1 : match.start()].isalpha():
        return match.group()
    named = re.match(r"\s\d", right_of(match)) or (len(unit) == 1 and labelled(left_of(match)))
    if unit in SPACED_ONLY and (named or not gap.isspace()):
        return match.group()
    if unit == "m" and re.fullmatch(r"[12],\d\d", amount) and _TALL.match(right_of(match)):
        metres, centimetres = amount.split(",")
        rest = numbers.cardinal(int(centimetres)) if int(centimetres) else ""
        return f"{numbers.attributive(int(metres))} Meter {rest}".rstrip()
    one = numbers.is_one(amount)
    said, gender = unit_words(unit, single=one)
    if one:
        article = grammar.one(left_of(match), gender, f" {said.split()[0]}{right_of(match)}")
        return f"{article} {said}"
    return f"{numbers.number(amount)} {said}"


def _ordinal_unit(match: re.Match[str]) -> str:
    return unit_words(match.group(), single=True)[0]


def _ratio_unit(match: re.Match[str]) -> str:
    single = not match.group(1).endswith("en ")
    return match.group(1) + unit_words(match.group(2), single=single)[0]


def _angle(match: re.Match[str]) -> str:
    degrees, minutes, seconds, side = match.groups()
    said = f"{numbers.number(degrees)} Grad"
    if minutes:
        said += f" {numbers.number(minutes)} Minuten"
    if seconds:
        said += f" {numbers.number(seconds)} Sekunden"
    return f"{said} {PRIME_UNITS[side]}" if side else said


_SIDE = "|".join(PRIME_UNITS)
ANGLE_RULE = Rule("angles", re.compile(
        rf"{START}({NUMBER})\s?°(?:\s?(\d{{1,2}})'"
        rf"(?:\s?({NUMBER})(?:''|(?=\s?[NSOEW](?!\w))))?)?"
        rf"(?:\s?({_SIDE})(?!\w))?(?!\s?[CFK](?!\w)|-[A-ZÄÖÜ])"), _angle, "°")  # fmt: skip
UNIT_RULES = (
    Rule("rates of a number", re.compile(r"(?<![\w./,])(\d{1,5})/(min|h|s)(?!\w)"),
         lambda match: f"{match[1]} pro {unit_words(match[2], single=True)[0]}", "/"),
    Rule("units", re.compile(rf"{START}({NUMBER})([\s-]?)({UNIT}){END}"), _unit, DIGITS),
    Rule("unit after an ordinal", re.compile(
        rf"(?<=\d\.\s)(?:km|m|kg|GB|h){END}"), _ordinal_unit, DIGITS),
    Rule("units alone", re.compile(
        r"(?<![\w.])(in\s|€\s?/\s?|Euro\s?/\s?)"
        rf"(?=(?:[kcdm]?m\s?\^|k[gmW]|[cm]m|MW|GW|MB|GB|TB|Hz))({UNIT}){END}"),
        lambda match: ("in " if match[1].startswith("in") else "Euro pro ")
        + unit_words(match[2], single=not match[1].startswith("in"))[0], "^kmWBH"),
    Rule("rates", re.compile(
        rf"(?<![{LETTERS}])(pro\s|je\s|(?:Million|Milliarde|Billion)(?:e?n)?\s)"
        rf"(?![A-Z](?!\w))({UNIT}){END}"), _ratio_unit),
)  # fmt: skip
