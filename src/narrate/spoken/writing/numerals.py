"""Numbers as words, as far as the languages do it alike."""

from __future__ import annotations

from functools import lru_cache

from narrate.spoken.core import GROUP

LONGEST = 15
"""Numbers of more digits are said digit by digit."""

_GROUP_OF_DIGITS = 4


@lru_cache(maxsize=4096)
def cardinal_words(number: int, lang: str) -> str:
    """A cardinal as ``num2words`` has it."""
    # Slow to import, and not every text has digits.
    from num2words import num2words  # type: ignore[import-untyped]  # noqa: PLC0415

    return str(num2words(number, lang=lang))


def digit_words(digits: str, names: tuple[str, ...]) -> str:
    """Digits one by one; long rows with a comma after every fourth.

    Args:
        digits: ``0`` to ``9`` only.
        names: Of the ten digits, from nought.
    """
    said = [names[int(digit)] for digit in digits]
    if len(said) <= LONGEST:
        return " ".join(said)
    groups = [said[at : at + _GROUP_OF_DIGITS] for at in range(0, len(said), _GROUP_OF_DIGITS)]
    return ", ".join(" ".join(group) for group in groups)


def is_code(digits: str) -> bool:
    """Whether a whole number is no quantity: it has a leading nought, or too many digits."""
    return len(digits) > LONGEST or (len(digits) > 1 and digits[0] == "0")


def plain(number: str) -> str:
    """A number without the marks between groups of digits."""
    return number.replace(GROUP, "")


def is_one(written: str) -> bool:
    """Whether a number is exactly one."""
    return plain(written) == "1"


def whole_number(written: str) -> int:
    """The value of a number without decimals, or −1 when it has some or is too long."""
    bare = plain(written)
    return int(bare) if bare.isdigit() and len(bare) <= LONGEST else -1


def mark_groups(number: str, marks: str) -> str:
    """``number`` with :data:`~narrate.spoken.core.GROUP` in place of the ``marks`` in it."""
    for mark in marks:
        number = number.replace(mark, GROUP)
    return number


ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def roman_value(letters: str) -> int:
    """The value of a Roman numeral; nought when it is not written by the rules."""
    values = [ROMAN_DIGITS[letter] for letter in letters]
    total = sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
    return total if total > 0 and to_roman(total) == letters else 0


def to_roman(number: int) -> str:
    """The Roman numeral of a number from 1 to 3999."""
    steps = (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    )  # fmt: skip
    letters = ""
    for value, sign in steps:
        count, number = divmod(number, value)
        letters += sign * count
    return letters
