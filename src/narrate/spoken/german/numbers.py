"""German numbers: cardinals, ordinals, years and decimals as words."""

from __future__ import annotations

from narrate.spoken.writing import numerals
from narrate.spoken.writing.numerals import cardinal_words, digit_words, is_code, plain

DIGITS = ("null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
_STEMS = (
    "", "erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt",
    "elft", "zwölft", "dreizehnt", "vierzehnt", "fünfzehnt", "sechzehnt", "siebzehnt", "achtzehnt",
    "neunzehnt",
)  # fmt: skip
_ROUND = {100: "hundert", 1000: "tausend", 100_000: "hunderttausend"}
_ROUND_SCALES = {10**6: "million", 10**9: "milliard"}
_CENTURIES = range(11, 20)
LARGEST_ORDINAL = 10**9

is_one, whole_number = numerals.is_one, numerals.whole_number


def cardinal(number: int) -> str:
    """A whole number: ``hundert``, ``zweihunderteins``, ``eine Million drei``."""
    said = _ROUND.get(number) or cardinal_words(number, "de")
    return said.removeprefix("ein") if said.startswith("einhundert M") else said


def attributive(number: int, article: str = "ein") -> str:
    """A whole number before a noun: ``ein``, ``zwei``, …; ``article`` is for one."""
    return article if number == 1 else cardinal(number)


def ordinal(number: int) -> str:
    """An ordinal without its ending: ``dritt``, ``zwanzigst``, ``einhunderterst``; 1 to 9999."""
    if number in _ROUND:
        return _ROUND[number] + "st"
    if number in _ROUND_SCALES:
        return _ROUND_SCALES[number] + "st"
    rest = number % 100
    if 0 < rest < len(_STEMS):
        hundreds = number - rest
        return (cardinal_words(hundreds, "de") if hundreds else "") + _STEMS[rest]
    return (cardinal(number) if number else DIGITS[0]) + "st"


def year(number: int) -> str:
    """A year: 1984 is nineteen hundreds and the rest, 2024 a cardinal."""
    century, rest = divmod(number, 100)
    if century == 10:  # noqa: PLR2004 - 1066
        return "tausend" + (cardinal(rest) if rest else "")
    if century not in _CENTURIES:
        return cardinal(number)
    return cardinal(century) + "hundert" + (cardinal(rest) if rest else "")


def digits(row: str) -> str:
    """Digits one by one."""
    return digit_words(row, DIGITS)


def number(written: str, article: str = "eins") -> str:
    """A number in German notation: ``1299,50``, ``007``, or with marks between its groups.

    Args:
        article: What is said for one alone.
    """
    whole, _, fraction = plain(written).partition(",")
    if is_code(whole):
        said = digits(whole)
    elif whole == "1" and not fraction:
        return article
    else:
        said = cardinal(int(whole))
    return f"{said} Komma {digits(fraction)}" if fraction else said


def denominator(number: int) -> str:
    """What a part is called: ``Halbe``, ``Drittel``, ``Zwanzigstel``; 2 to 9999."""
    return "Halbe" if number == 2 else ordinal(number).capitalize() + "el"  # noqa: PLR2004


def fraction(upper: int, lower: int) -> str:
    """A fraction: ``einhalb``, ``drei Viertel``; lower from 2."""
    if (upper, lower) == (1, 2):
        return "einhalb"
    return f"{attributive(upper)} {denominator(lower)}"
