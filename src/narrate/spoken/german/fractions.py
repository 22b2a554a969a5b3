"""German fractions, ratios, scores, and numbers as the first part of a compound."""

from __future__ import annotations

import re
from math import gcd

from narrate.spoken.core import DIGITS, Rule, alternatives, left_of, right_of
from narrate.spoken.german import grammar, numbers
from narrate.spoken.german.ordinals import labelled, noun_after
from narrate.spoken.german.unit_tables import CURRENCIES, SINGULAR, SPACED_ONLY
from narrate.spoken.german.units import END, NUMBER, UNIT, unit_words

_LARGEST_DENOMINATOR = 100
_ROUND = frozenset({1000, 10_000})
_DATES = frozenset({(9, 11), (7, 11), (1, 6)})
_HALF = {"ein": {"m": "halber", "f": "halbe", "n": "halbes"}}
_RATED = re.compile(r"(?:Punkte?n?|Sternen?|Stimmen|Fragen|Spielen|Fällen)$")


_SHARE = re.compile(r"\s(?:der|des|aller|davon|[a-zäöüß]{3,20}t(?!\w))|[.,;!?)]|$")
_DATIVE_BEFORE = re.compile(r"\b(?:[Zz]u|[Ii]n|[Vv]on|[Mm]it|[Bb]ei|[Aa]us|[Nn]ach)\s$")
_AN_ARTICLE = re.compile(r"\b(eine?[nmrs]?)\s?$", re.IGNORECASE)


def _is_fraction(upper: str, lower: str) -> bool:
    above, below = int(upper), int(lower)
    fits = below <= _LARGEST_DENOMINATOR or below in _ROUND
    plain = upper[0] != "0" and lower[0] != "0" and (above, below) not in _DATES
    return plain and fits and 0 < above < below


def _half(before: str, kind: grammar.Gender) -> str:
    written = _AN_ARTICLE.search(before)
    if written:
        article = written.group(1).lower()
        return {"ein": _HALF["ein"][kind], "eine": "halbe"}.get(article, "halben")
    article = grammar.one(before, kind)
    if article == "eine":
        return "eine halbe"
    return f"{article} {_HALF.get(article, {}).get(kind, 'halben')}"


def _fraction(match: re.Match[str]) -> str:
    whole, upper, lower = match.groups()
    noun, before = noun_after(match), left_of(match)
    rated = _RATED.match(noun) or upper == lower
    if rated and not whole and lower in {"5", "6", "10", "100"}:
        return f"{upper} von {lower}"
    reduced = whole or (_is_fraction(upper, lower) and gcd(int(upper), int(lower)) == 1)
    if not _is_fraction(upper, lower) or not reduced or (not whole and labelled(before)):
        return f"{whole or ''} {upper} {lower}"
    if whole:
        return _mixed_number(whole, upper, lower)
    if (upper, lower) == ("1", "2") and noun[:1].isupper():
        return _half(before, grammar.gender(noun))
    return _parts(int(upper), int(lower), before, right_of(match))


def _parts(upper: int, lower: int, before: str, after: str) -> str:
    """How many parts, in the case that a preposition asks for: ``zu zwei Dritteln gefüllt``."""
    if upper == 1 and _AN_ARTICLE.search(before):
        return numbers.denominator(lower)
    if lower == 2 or not (_SHARE.match(after) and _DATIVE_BEFORE.search(before)):  # noqa: PLR2004
        return numbers.fraction(upper, lower)
    if upper == 1:
        return f"einem {numbers.denominator(lower)}"
    return f"{numbers.fraction(upper, lower)}n"


def _mixed_number(whole: str, upper: str, lower: str) -> str:
    if (upper, lower) == ("1", "2"):
        return f"{numbers.attributive(int(whole))}einhalb"
    return f"{numbers.number(whole)} {numbers.fraction(int(upper), int(lower))}"


def _fraction_of_unit(match: re.Match[str]) -> str:
    whole, upper, lower, unit = match.groups()
    if not _is_fraction(upper, lower):
        return match.group()
    said, kind = (SINGULAR[unit], "f") if unit in SINGULAR else unit_words(unit, single=not whole)
    if whole:
        return f"{_mixed_number(whole, upper, lower)} {unit if unit in SINGULAR else said}"
    if (upper, lower) == ("1", "2"):
        return f"{_half(left_of(match), kind)} {said}"
    return f"{numbers.fraction(int(upper), int(lower))} {said}"


# --- compounds ---------------------------------------------------------------------------------


def _hyphenated(said: str) -> str:
    return said.replace(" ", "-") + "-"


def _number_compound(match: re.Match[str]) -> str:
    times, amount, gap, unit = match.groups()
    said = f"{numbers.number(times)} mal " if times else ""
    said += numbers.number(amount, "eins" if left_of(match).endswith("+ ") else "ein")
    if not unit:
        return _hyphenated(said)
    if unit in SPACED_ONLY and not gap:
        return match.group()
    name = CURRENCIES[unit][0] if unit in CURRENCIES else unit_words(unit, single=False)[0]
    return _hyphenated(f"{said} {name}")


def _ratio_compound(match: re.Match[str]) -> str:
    return _hyphenated(f"{numbers.number(match[1])} zu {numbers.number(match[2])}")


def _fraction_compound(match: re.Match[str]) -> str:
    upper, lower = match.groups()
    if not _is_fraction(upper, lower) and int(lower) not in {2, 4, 8}:
        return match.group()
    return _hyphenated(numbers.fraction(int(upper), int(lower)))


_NOUN = r"(?=[A-ZÄÖÜ][a-zäöüß\d])"
_SIGN = alternatives(tuple(CURRENCIES))
COMPOUND_RULES = (
    Rule("percentage points", re.compile(r"(?<=\d)\s?%-Punkt"), lambda _: " Prozentpunkt", "%"),
    Rule("ratios in compounds", re.compile(rf"(?<![\w.,:/])(\d{{1,4}}):(\d{{1,4}})-{_NOUN}"),
         _ratio_compound, ":"),
    Rule("fractions in compounds", re.compile(rf"(?<![\w.,:/])(\d{{1,3}})/(\d{{1,3}})-{_NOUN}"),
         _fraction_compound, "/"),
    Rule("measures in compounds", re.compile(
        rf"(?<![\w.,:/-])(?:(\d{{1,4}})\s?[x×]\s?)?({NUMBER})([\s-]?)({UNIT}|{_SIGN})-{_NOUN}"),
        _number_compound, DIGITS),
    Rule("numbers in compounds", re.compile(
        rf"(?<![\w.,:/-])(?:(\d{{1,4}})\s?[x×]\s?)?({NUMBER})()()-{_NOUN}"),
        _number_compound, DIGITS),
)  # fmt: skip

FRACTION_OF_UNIT = Rule(
    "fractions of a unit",
    re.compile(
        rf"(?<![\w.,/])(?:(\d{{1,4}})\s)?(\d{{1,2}})/(\d{{1,2}})"
        rf"\s?({UNIT}|{alternatives(tuple(SINGULAR))}){END}"
    ),
    _fraction_of_unit,
    "/",
)
FRACTION_RULES = (
    Rule("fractions", re.compile(
        r"(?<![\w.,/])(?:(\d{1,4})\s)?(\d{1,4})/(\d{1,4})(?![\w/]|[.,]\d)"), _fraction, DIGITS),
    Rule("ratios", re.compile(r"(?<=\d):(?=\d)"), lambda _: " zu ", DIGITS),
)  # fmt: skip
