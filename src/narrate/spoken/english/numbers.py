"""English numbers: cardinals, ordinals, years and decimals as words."""

from __future__ import annotations

from narrate.spoken.writing import numerals
from narrate.spoken.writing.numerals import cardinal_words, digit_words, is_code, plain

DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
DENOMINATORS = {
    2: ("half", "halves"), 3: ("third", "thirds"), 4: ("quarter", "quarters"),
    5: ("fifth", "fifths"), 6: ("sixth", "sixths"), 7: ("seventh", "sevenths"),
    8: ("eighth", "eighths"), 9: ("ninth", "ninths"), 10: ("tenth", "tenths"),
    12: ("twelfth", "twelfths"), 16: ("sixteenth", "sixteenths"), 100: ("hundredth",
    "hundredths"), 1000: ("thousandth", "thousandths"),
}  # fmt: skip
_IRREGULAR = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
}  # fmt: skip
_SPOKEN_YEARS = (range(1001, 2000), range(2010, 10_000))
_DECADE = 10
_HUNDRED = 100
_THOUSAND = 1000
_PAIRED = 4
_CODE_WITHOUT_GROUPS = 7
_CODE_GROUP = 4

is_one, whole_number = numerals.is_one, numerals.whole_number


def cardinal(number: int) -> str:
    """A whole number: ``two hundred and one``, ``three thousand five hundred``."""
    return cardinal_words(number, "en").replace(",", "")


def ordinal(number: int) -> str:
    """An ordinal: ``third``, ``twenty-first``, ``one hundredth``."""
    words = cardinal(number)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    head, last = words[:cut], words[cut:]
    if last in _IRREGULAR:
        return head + _IRREGULAR[last]
    return head + (last[:-1] + "ieth" if last.endswith("y") else last + "th")


def year(number: int) -> str:
    """A year: ``nineteen eighty-four``, ``two thousand and nine``, ``twenty twenty-four``."""
    if not number % _THOUSAND or not any(number in years for years in _SPOKEN_YEARS):
        return cardinal(number)
    century, rest = divmod(number, 100)
    if not rest:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} {'oh ' if rest < _DECADE else ''}{cardinal(rest)}"


def plural(words: str) -> str:
    """The plural of a number's words: ``nineteen eighties``, ``two thousands``."""
    if words.endswith("y"):
        return words[:-1] + "ies"
    return words + ("es" if words.endswith("x") else "s")


def digits(row: str) -> str:
    """Digits one by one."""
    return digit_words(row, DIGITS)


def number(written: str) -> str:
    """A number in English notation: ``1299.50``, ``007``, or with marks between its groups."""
    whole, _, fraction = plain(written).partition(".")
    said = digits(whole) if is_code(whole) else cardinal(int(whole))
    return f"{said} point {digits(fraction)}" if fraction else said


def fraction(upper: int, lower: int) -> str:
    """A fraction: ``one half``, ``three quarters``, ``two thirteenths``; lower is at least two."""
    name = ordinal(lower)
    one, many = DENOMINATORS.get(lower, (name, f"{name}s"))
    return f"{cardinal(upper)} {one if upper == 1 else many}"


def paired(written: str) -> str:
    """The number of a room, a road or a model: ``one oh one``, ``seven forty-seven``."""
    value = int(written)
    if len(written) > _PAIRED or written[0] == "0":
        return digits(written)
    head, rest = divmod(value, _HUNDRED)
    if not head or not rest:
        return cardinal(value) if value % _THOUSAND == 0 else _hundreds(head, rest)
    return f"{cardinal(head)} {'oh ' if rest < _DECADE else ''}{cardinal(rest)}"


def _hundreds(head: int, rest: int) -> str:
    return f"{cardinal(head)} hundred" if head else cardinal(rest)


def spelled(code: str) -> str:
    """Digits and letters one by one, long codes with a pause after every fourth."""
    said = [DIGITS[int(sign)] if sign.isdigit() else sign.upper() for sign in code]
    if len(said) <= _CODE_WITHOUT_GROUPS:
        return " ".join(said)
    groups = [said[at : at + _CODE_GROUP] for at in range(0, len(said), _CODE_GROUP)]
    return ", ".join(" ".join(group) for group in groups)
