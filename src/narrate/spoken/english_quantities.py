"""English dates, times, amounts and all other writings with digits."""

from __future__ import annotations

import re
from math import gcd

from narrate.spoken import english_numbers as numbers
from narrate.spoken import english_tables as tables
from narrate.spoken.characters import LETTERS
from narrate.spoken.core import DIGITS, GROUP, Rule, alternatives, left_of, right_of, squeeze
from narrate.spoken.numerals import mark_groups, plain

NUMBER = rf"\d[\d{GROUP}]*(?:\.\d+)?"
_START = rf"(?<![\d{GROUP}])(?<!\d[.,])"
_MONTH = "|".join(tables.MONTHS)
_ALONE = r"(?<![\w.,:/])"
_DAYS_IN_MONTH = 31
_HOURS = 24
_HALF_DAY = 12
_MINUTES = 60
_TEN = 10
_UNITS = {squeeze(unit): said for unit, said in tables.UNITS.items()}


# --- notation ----------------------------------------------------------------------------------


def _grouped(match: re.Match[str]) -> str:
    return mark_groups(match.group(), ",' ")


def _spelled_out(match: re.Match[str]) -> str:
    groups = re.findall(r"\d+", match.group())
    plus = "plus " if match.group().startswith("+") else ""
    return plus + ", ".join(numbers.digits(group) for group in groups)


# --- dates and times ---------------------------------------------------------------------------


def _is_day(day: int, month: int) -> bool:
    return 1 <= month <= len(tables.MONTHS) and 1 <= day <= _DAYS_IN_MONTH


def _date(day: int, month: int, year: str) -> str:
    said = f"{tables.MONTHS[month - 1]} {numbers.ordinal(day)}"
    if len(year) == 2:  # noqa: PLR2004 - a year without its century
        return f"{said}, {numbers.digits(year) if year[0] == '0' else numbers.cardinal(int(year))}"
    return f"{said}, {numbers.year(int(year))}"


def _iso_date(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return _date(int(day), int(month), year) if _is_day(int(day), int(month)) else match.group()


def _slashed_date(match: re.Match[str]) -> str:
    first, mark, second, year = match.groups()
    month, day = int(first), int(second)
    if mark == "." or not _is_day(day, month):
        month, day = day, month
    return _date(day, month, year) if _is_day(day, month) else match.group()


def _month_day(match: re.Match[str]) -> str:
    month, day, year = match.groups()
    if not 1 <= int(day) <= _DAYS_IN_MONTH:
        return match.group()
    said = f"{month} {numbers.ordinal(int(day))}"
    return f"{said}, {numbers.year(int(year))}" if year else said


def _day_month(match: re.Match[str]) -> str:
    article, day, month, year = match.groups()
    if not 1 <= int(day) <= _DAYS_IN_MONTH:
        return match.group()
    the = article or ("the " if left_of(match).strip() else "")
    said = f"{the}{numbers.ordinal(int(day))} of {month}"
    return f"{said} {numbers.year(int(year))}" if year else said


def _month_days(match: re.Match[str]) -> str:
    month, first, last = match.groups()
    if not 1 <= int(first) < int(last) <= _DAYS_IN_MONTH:
        return match.group()
    return f"{month} {numbers.ordinal(int(first))} to {numbers.ordinal(int(last))}"


def _days_month(match: re.Match[str]) -> str:
    article, first, last, month = match.groups()
    if not 1 <= int(first) < int(last) <= _DAYS_IN_MONTH:
        return match.group()
    the = article or ("the " if left_of(match).strip() else "")
    return f"{the}{numbers.ordinal(int(first))} to the {numbers.ordinal(int(last))} of {month}"


def _time(match: re.Match[str]) -> str:
    hour, minute, half = match.groups()
    if int(hour) > _HOURS or int(minute) >= _MINUTES:
        return match.group()
    said = numbers.cardinal(int(hour))
    if int(minute):
        said += f" {'oh ' if int(minute) < _TEN else ''}{numbers.cardinal(int(minute))}"
    elif not half:
        said += " o'clock" if int(hour) <= _HALF_DAY else " hundred"
    return said + _half_of_day(half, match)


def _hour(match: re.Match[str]) -> str:
    return numbers.cardinal(int(match.group(1))) + _half_of_day(match.group(2), match)


def _half_of_day(half: str | None, match: re.Match[str]) -> str:
    if not half:
        return ""
    said = " A M" if half.strip()[0] in "aA" else " P M"
    dotted_end = half.endswith(".") and not right_of(match).strip(" \"'()")
    return said + ("." if dotted_end else "")


# --- amounts -----------------------------------------------------------------------------------


def _money(match: re.Match[str]) -> str:
    before, first, until, scale_before, second, scale_after, after = match.groups()
    amount, scale = (first, scale_before) if first else (second, scale_after)
    one, many, small, smalls = tables.CURRENCIES[before or after]
    if re.search(r"\b[Aa]n?\s$", left_of(match)):
        many, smalls = one, small
    if until:
        scale = f" {tables.SCALES[scale.strip(' -')]}" if scale else ""
        return f"{numbers.number(amount)} to {numbers.number(until)}{scale} {many}"
    whole, _, cents = plain(amount).partition(".")
    if scale:
        return f"{numbers.number(amount)} {tables.SCALES[scale.strip(' -')]} {many}"
    if len(cents) != 2 or not small:  # noqa: PLR2004 - two digits are cents
        return f"{numbers.number(amount)} {one if numbers.is_one(amount) else many}"
    main = f"{numbers.number(whole)} {one if whole == '1' else many}"
    rest = f"{numbers.cardinal(int(cents))} {small if int(cents) == 1 else smalls}"
    if not int(cents):
        return main
    return f"{main} and {rest}" if int(whole) else rest


def _unit(match: re.Match[str]) -> str:
    amount, unit = match.groups()
    one, many = _UNITS[squeeze(unit)]
    return _unit_words(amount, one, one if "-" in match.group() else many)


def _unit_words(amount: str, one: str, many: str) -> str:
    return f"{numbers.number(amount)} {one if numbers.is_one(amount) else many}"


def _scaled(match: re.Match[str]) -> str:
    return f"{numbers.number(match.group(1))} {tables.SCALES[match.group(2)]}"


# --- numbers -----------------------------------------------------------------------------------


def _range(match: re.Match[str]) -> str:
    return f"{match.group(1)} to {match.group(2)}"


def _ordinal(match: re.Match[str]) -> str:
    value = numbers.whole_number(match.group(1))
    return numbers.ordinal(value) if value > 0 else match.group(1)


def _decade(match: re.Match[str]) -> str:
    value = match.group(1)
    return numbers.plural(numbers.year(int(value)))


def _fraction(match: re.Match[str]) -> str:
    whole, upper, lower = match.groups()
    above, below = int(upper), int(lower)
    if below not in numbers.DENOMINATORS or not 0 < above < below or gcd(above, below) > 1:
        return f"{whole or ''} {upper} {lower}"
    if not whole:
        return numbers.fraction(above, below)
    said = "a half" if (above, below) == (1, 2) else numbers.fraction(above, below)
    return f"{numbers.number(whole)} and {said}"


def _version(match: re.Match[str]) -> str:
    parts = match.group().split(".")
    return " point ".join(numbers.number(part) for part in parts)


def _mixed(match: re.Match[str]) -> str:
    parts = re.findall(r"\d+|[^\W\d_]+", match.group())
    return " ".join(_mixed_part(part) for part in parts)


def _mixed_part(part: str) -> str:
    if part == "a":
        return "A"
    vowel = re.search(r"[aeiouy]", part.lower())
    spelled = part.islower() and part.isalpha() and len(part) > 1 and not vowel
    return part.upper() if spelled else part


def _quantity(match: re.Match[str]) -> str:
    written = match.group()
    value = numbers.whole_number(written)
    if len(written) != 4 or value < 0 or GROUP in written:  # noqa: PLR2004 - years
        return numbers.number(written)
    if written[0] == "0":
        return numbers.digits(written)
    early = value < _FIRST_LIKELY_YEAR
    if early and not _YEAR_BEFORE.search(left_of(match).rstrip()):
        return numbers.number(written)
    return numbers.year(value)


_FIRST_LIKELY_YEAR = 1100
_YEAR_BEFORE = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Yy]ear|[Oo]f|[Bb]efore|[Aa]fter|[Cc]irca)$"
)

_HALF = r"\s?(?:[ap]\.\s?m\.|[ap]m|[AP]\.\s?M\.|[AP]M)"
CLOCK_RULES = (
    Rule("times", re.compile(
        rf"(?<![\w.,:/-])(\d{{1,2}}):(\d\d)(?![\d:])({_HALF}(?!\w))?"), _time, ":"),
    Rule("hours", re.compile(rf"(?<![\w.,:/-])(\d{{1,2}})({_HALF})(?!\w)"), _hour, DIGITS),
)  # fmt: skip
DATE_RULES = (
    Rule("ISO dates", re.compile(rf"{_ALONE}(\d{{4}})-(\d\d)-(\d\d)(?![\w-])"), _iso_date, DIGITS),
    Rule("dates", re.compile(
        r"(?<![\w.,:/-])(\d{1,2})([/.])(\d{1,2})(?:/|\.)(\d{4}|\d\d)(?![\w/]|[.,]\d)"),
        _slashed_date, DIGITS),
    Rule("telephone numbers", re.compile(
        r"(?<![\w.,-])(?:\+\d{1,3}(?:[ -]{1,2}\(?\d{1,9}\)?){1,6}|0\d{1,9}(?:[ -]\d{2,9}){1,5})"
        r"(?![\w])"), _spelled_out, DIGITS),
    Rule("groups of digits", re.compile(
        r"(?<![\w.,:/-])\d{1,3}(?:(?:,\d{3})+|(?:'\d{3})+|(?:\s\d{3})+)(?!\d|,\d|'\d)"),
        _grouped, DIGITS),
    Rule("rows of numbers", re.compile(
        r"(?<![\w.,-])\d{1,12}(?:-\d{1,12}){2,8}(?![\w-])"), _spelled_out, DIGITS),
    Rule("feet and inches", re.compile(r"(?<![\w.,])(\d)'\s?(\d{1,2})(?![\w']|[.,]\d)"),
         lambda match: f"{match[1]} foot {match[2]}", "'"),
    Rule("days of a month", re.compile(
        rf"\b({_MONTH})\s(\d{{1,2}})\s?[–-]\s?(\d{{1,2}})(?![\w:]|[.,–-]\d)"),
        _month_days, DIGITS),
    Rule("days of a month, first", re.compile(
        rf"(?<![\w.,–-])([Tt]he\s)?(\d{{1,2}})\s?[–-]\s?(\d{{1,2}})\s({_MONTH})\b"),
        _days_month, DIGITS),
    Rule("month and day", re.compile(
        rf"\b({_MONTH})\s(\d{{1,2}})(?:st|nd|rd|th)?(?![\w:]|[.,]\d)(?:,?\s(\d{{4}})(?!\w|[.,]\d))?"),
        _month_day, DIGITS),
    Rule("day and month", re.compile(
        rf"(?<![\w.,])([Tt]he\s)?(\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?({_MONTH})\b"
        r"(?:,?\s(\d{4})(?!\w|[.,]\d))?"), _day_month, DIGITS),
)  # fmt: skip

_CURRENCY = alternatives(tuple(tables.CURRENCIES))
_SCALE = alternatives(tuple(tables.SCALES))
_WORDS = r"thousand|million|billion|trillion|hundred"
QUANTITY_RULES = (
    Rule("minus", re.compile(
        rf"−\s?(?=\d)|(?<!\S)-(?=[€$£]?{NUMBER}\s?(?:°|%|degrees|percent|dollars|euros))"
        r"|(?<!\S)-(?=[€$£]\d)"), lambda _: " minus ", DIGITS),
    Rule("money", re.compile(
        rf"(?<!\w)(US\$|A\$|C\$|[€$£¥₽₹])\s?({NUMBER})(?:\s?[–-]\s?\1?({NUMBER}))?"
        rf"([\s-]?(?:{_SCALE})(?!\w))?"
        rf"|(?<![\w.,])({NUMBER})([\s-](?:{_WORDS}))?\s?({_CURRENCY})(?!\w)"), _money, DIGITS),
    Rule("ranges", re.compile(
        rf"(?<![\w.,–-])({NUMBER})(?:\s?[–—]\s?|-)({NUMBER})(?![\d–-]|[.,]\d)"), _range, DIGITS),
    Rule("scores of ordinals", re.compile(r"(?<=\d(?:st|nd|rd|th))[–-](?=\d)"),
         lambda _: " to ", DIGITS),
    Rule("times", re.compile(r"(?<=\d)\s?[x×]\s?(?=\d)"), lambda _: " times ", DIGITS),
    Rule("units", re.compile(
        rf"{_START}({NUMBER})[\s-]?({alternatives(tuple(tables.UNITS))})(?![\w])"), _unit, DIGITS),
    Rule("seconds", re.compile(rf"{_START}({NUMBER})\ss(?![\w'])"),
         lambda match: _unit_words(match[1], "second", "seconds"), DIGITS),
    Rule("per", re.compile(r"\b(dollars?|euros?|pounds?|cents?)\s?/\s?(?=[a-z])"),
         lambda match: f"{match[1]} per ", "/"),
    Rule("scales", re.compile(rf"(?<![\w.,])({NUMBER})\s?(bn|mn|tn|k)(?!\w)"), _scaled, DIGITS),
    Rule("multiples", re.compile(r"(?<=\d)[x×](?!\w)"), lambda _: " times ", DIGITS),
)  # fmt: skip

NUMBER_RULES = (
    Rule("ordinals", re.compile(
        rf"(?<![\w.])(\d[\d{GROUP}]{{0,14}})(?:st|nd|rd|th)(?!\w)"), _ordinal, DIGITS),
    Rule("decades", re.compile(r"(?<![\w.,])'?(\d{4}|[2-9]0)'?s(?!\w)"), _decade, DIGITS),
    Rule("fractions", re.compile(
        r"(?<![\w.,/])(?:(\d{1,4})\s)?(\d{1,4})/(\d{1,4})(?:rds|ths|nds)?(?![\w/]|[.,]\d)"),
        _fraction, DIGITS),
    Rule("ratios", re.compile(r"(?<=\d):(?=\d)"), lambda _: " to ", DIGITS),
    Rule("powers", re.compile(r"\s?\^2(?!\d)"), lambda _: " squared ", "^"),
    Rule("cubes", re.compile(r"\s?\^3(?!\d)"), lambda _: " cubed ", "^"),
    Rule("other powers", re.compile(r"\s?\^(-?)(?=\d)"),
         lambda match: f" to the power of {'minus ' if match.group(1) else ''}", "^"),
    Rule("mixed with letters", re.compile(
        rf"(?<![\w.,])(?=[{LETTERS}]{{0,40}}\d)(?=\d{{0,40}}[{LETTERS}])\w+"), _mixed, DIGITS),
    Rule("digits beside letters", re.compile(
        rf"(?<=\d)(?=[{LETTERS}])|(?<=[{LETTERS}])(?=\d)"), lambda _: " ", DIGITS),
    Rule("hyphen before digits", re.compile(rf"(?<=[{LETTERS}\d])-(?=\d)"), lambda _: " ", DIGITS),
    Rule("versions", re.compile(r"(?<![\d.,])\d+(?:\.\d+){2,}(?![\d])"), _version, DIGITS),
    Rule("nought left out", re.compile(r"(?<![\w.])\.(?=\d)"), lambda _: " point ", DIGITS),
    Rule("lists", re.compile(r"(?<=\d),(?=\d)"), lambda _: ", ", DIGITS),
    Rule("less", re.compile(r"<\s?(?=\d)"), lambda _: " less than ", "<"),
    Rule("more", re.compile(r">\s?(?=\d)"), lambda _: " more than ", ">"),
    Rule("about", re.compile(r"~\s?(?=\d)"), lambda _: " about ", "~"),
    Rule("numbers", re.compile(NUMBER), _quantity, DIGITS),
)  # fmt: skip
