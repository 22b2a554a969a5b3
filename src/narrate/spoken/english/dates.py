"""English dates, years, decades and eras."""

from __future__ import annotations

import re

from narrate.spoken.core import DIGITS, Rule, right_of
from narrate.spoken.english import numbers, tables
from narrate.spoken.english.notation import FREE, MONTH

_ALONE = r"(?<![\w.,:/])"
_DAYS_IN_MONTH = 31
_TEN = 10
_CENTURY = 100
_SHORT = 2
_DAYS = {key.rstrip("."): said for key, said in tables.DAY_ABBREVIATIONS.items()} | {
    "Thur": "Thursday"
}
_MONTHS = {key.rstrip("."): said for key, said in tables.MONTH_ABBREVIATIONS.items()}
_DAY = "|".join(sorted(_DAYS, key=len, reverse=True))
_FULL_DAY = "|".join(dict.fromkeys(_DAYS.values()))
_SHORT_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))


def _is_day(day: int, month: int) -> bool:
    return 1 <= month <= len(tables.MONTHS) and 1 <= day <= _DAYS_IN_MONTH


def _date(day: int, month: int, year: str) -> str:
    said = f"{tables.MONTHS[month - 1]} {numbers.ordinal(day)}"
    if len(year) == _SHORT:
        return f"{said}, {numbers.digits(year) if year[0] == '0' else numbers.cardinal(int(year))}"
    return f"{said}, {numbers.year(int(year))}"


def _iso_date(match: re.Match[str]) -> str:
    year, _, month, day = match.groups()
    return _date(int(day), int(month), year) if _is_day(int(day), int(month)) else match.group()


def _iso_month(match: re.Match[str]) -> str:
    year, month = match.groups()
    if not _is_day(1, int(month)) or int(month) > int(year) % _CENTURY:
        return match.group()
    return f"{tables.MONTHS[int(month) - 1]} {numbers.year(int(year))}"


def _slashed_date(match: re.Match[str]) -> str:
    first, mark, second, year, dashed = match.groups()
    year = year or dashed
    month, day = int(first), int(second)
    if mark == "." or not _is_day(day, month):
        month, day = day, month
    return _date(day, month, year) if _is_day(day, month) else match.group()


def _full_name(written: str) -> str:
    name = written.rstrip(".").capitalize()
    return _MONTHS.get(name) or _DAYS.get(name, name)


def _named_date(match: re.Match[str]) -> str:
    day, month, year = match.groups()
    return f"{int(day)} {_MONTHS.get(month, month)} {year}"


def _due_date(match: re.Match[str]) -> str:
    month, day = (int(part) for part in match.groups() if part)
    if not _is_day(day, month):
        month, day = day, month
    if not _is_day(day, month):
        return match.group()
    return f"{tables.MONTHS[month - 1]} {numbers.ordinal(day)}"


def _weekdays(match: re.Match[str]) -> str:
    return f"{_DAYS.get(match[1], match[1])} to {_DAYS.get(match[2], match[2])}"


def _months(match: re.Match[str]) -> str:
    return f"{_MONTHS.get(match[1], match[1])} to {_MONTHS.get(match[2], match[2])}"


def _with_year(said: str, year: str | None, joint: str) -> str:
    return f"{said}{joint}{numbers.year(int(year))}" if year else said


def _month_day(match: re.Match[str]) -> str:
    month, day, year = match.groups()
    if not 1 <= int(day) <= _DAYS_IN_MONTH:
        return match.group()
    return _with_year(f"{month} {numbers.ordinal(int(day))}", year, ", ")


def _day_month(match: re.Match[str]) -> str:
    article, day, month, year = match.groups()
    if not 1 <= int(day) <= _DAYS_IN_MONTH:
        return match.group()
    said = f"{article or 'the '}{numbers.ordinal(int(day))} of {month}"
    return _with_year(said, year, " ")


def _month_days(match: re.Match[str]) -> str:
    month, first, last, year = match.groups()
    if not 1 <= int(first) < int(last) <= _DAYS_IN_MONTH:
        return match.group()
    said = f"{month} {numbers.ordinal(int(first))} to {numbers.ordinal(int(last))}"
    return _with_year(said, year, ", ")


def _days_month(match: re.Match[str]) -> str:
    article, first, last, month, year = match.groups()
    if not 1 <= int(first) < int(last) <= _DAYS_IN_MONTH:
        return match.group()
    start = f"{article or 'the '}{numbers.ordinal(int(first))}"
    return _with_year(f"{start} to the {numbers.ordinal(int(last))} of {month}", year, " ")


# --- years -------------------------------------------------------------------------------------


def _decade(match: re.Match[str]) -> str:
    return "noughties" if match[1] == "00" else numbers.plural(numbers.year(int(match[1])))


def _hundreds(match: re.Match[str]) -> str:
    words = {"10": "tens", "100": "hundreds", "1000": "thousands"}
    return words[match.group(1)]


def _short_year(match: re.Match[str]) -> str:
    year = int(match.group(1))
    return f"{'oh ' if year < _TEN else ''}{numbers.cardinal(year)}" if year else "oh oh"


def _years(match: re.Match[str]) -> str:
    first, last = match.groups()
    start, end = int(first), int(last)
    if end <= start % _CENTURY:
        return match.group()
    said = numbers.year(start)
    if end >= _TEN:
        return f"{said} to {numbers.cardinal(end)}"
    full = numbers.year(start - start % _CENTURY + end)
    return f"{said} to {full if first[:2] == '20' else 'oh ' + numbers.cardinal(end)}"


def _two_years(match: re.Match[str]) -> str:
    first, last = map(int, match.groups())
    return f"{numbers.year(first)} to {numbers.year(last)}" if first < last else match.group()


def _early(year: str) -> str:
    """A year of an era: only those of four digits are said as pairs."""
    return numbers.year(int(year)) if len(year) > 3 else numbers.cardinal(int(year))  # noqa: PLR2004


def _anno(match: re.Match[str]) -> str:
    return f"A D {_early(match[1])}" + (f" to {_early(match[2])}" if match[2] else "")


def _before_christ(match: re.Match[str]) -> str:
    first, last, era = match.groups()
    said = " ".join(era.replace(".", "").replace(" ", ""))
    years = f"{_early(first)} to {_early(last)}" if last else _early(first)
    dotted_end = era.endswith(".") and not right_of(match).strip(" \"'()")
    return f"{years} {said}{'.' if dotted_end else ''}"


def _fiscal(match: re.Match[str]) -> str:
    year = match.group(1)
    say = numbers.year if len(year) > _SHORT else numbers.cardinal
    return f"fiscal year {say(int(year))}"


_YEAR = r"(?:,?\s(\d{4})(?!\w|[.,]\d))?"
_LOWER_MONTH = "|".join(month.lower() for month in tables.MONTHS if month not in ("March", "May"))
_LIFE = {"b": "born", "d": "died", "r": "reigned", "m": "married", "fl": "flourished"}
_UPPER_MONTH = (
    "|".join(
        name.upper() for name in (*tables.MONTHS, *_MONTHS) if name not in ("May", "March", "Mar")
    )
    + "|MAY|MARCH|MAR"
)
_DAYS_OF_FORMS = re.compile(r"(\d{1,2})/(\d{1,2})")
WEEK_RULES = (
    Rule("years of a life", re.compile(
        r"(?:(?<=\()|(?<=; )|(?<=, ))(b|d|r|m|fl)\.\s?(?=(?:ca?\.\s?)?"
        rf"(?:\d{{3,4}}\b|\d{{1,2}}\s[A-Z]|(?:{MONTH}|{_SHORT_MONTH})\b))"),
        lambda match: f"{_LIFE[match[1]]} ", DIGITS),
    Rule("months in small letters", re.compile(
        rf"\b({_LOWER_MONTH})(?=\s\d)|(?<=\d\s)({_LOWER_MONTH})\b"
        rf"|(?<=(?:st|nd|rd|th)\s)({_LOWER_MONTH})\b|(?<=(?:st|nd|rd|th)\sof\s)({_LOWER_MONTH}|march|may)\b"
        r"|\b(march|may)(?=\s\d{1,2}(?:st|nd|rd|th|,?\s\d{4})\b)|(?<=\d\s)(march|may)(?=,?\s\d{4}\b)"),
        lambda match: match.group().capitalize(), DIGITS),
    Rule("months in capitals", re.compile(
        rf"\b({_UPPER_MONTH})\.?(?=\s\d)|(?<=\d\s)({_UPPER_MONTH})\b|(?<=\d(?:ST|ND|RD|TH|st|nd|rd|th)\s)({_UPPER_MONTH})\b"),
        lambda match: _full_name(match.group()), DIGITS),
    Rule("weekdays in capitals", re.compile(
        rf"\b({'|'.join(key.upper() for key in _DAYS if key not in ('Sat', 'Sun', 'Wed'))}|"
        rf"{_FULL_DAY.upper()})(?=,?\s(?:\d|(?:{MONTH}|{_SHORT_MONTH})\b))"),
        lambda match: _full_name(match.group()), DIGITS),
    Rule("months in small letters, abbreviated", re.compile(
        r"\b(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?(?=\s\d{1,2}\b)"),
        lambda match: _MONTHS[match[1].capitalize()], DIGITS),
    Rule("spans of weekdays", re.compile(
        rf"\b({_FULL_DAY}|{_DAY})\.?\s?[–-]\s?({_FULL_DAY}|{_DAY})\b"
        r"(?:\.(?=,|\s[a-z\d]))?"), _weekdays, "–-"),
    Rule("spans of months", re.compile(
        rf"\b({MONTH}|{_SHORT_MONTH})\.?\s?[–-]\s?({MONTH}|{_SHORT_MONTH})\b"
        r"(?:\.(?=,|\s[a-z\d]))?"), _months, "–-"),
    Rule("weekdays, abbreviated", re.compile(
        rf"\b({_DAY})(?=,?\s(?:\d|(?:{MONTH}|{_SHORT_MONTH})\b))"),
        lambda match: _DAYS[match[1]], DIGITS),
)  # fmt: skip
"""Tried before times, which stand beside weekdays."""
DATE_RULES = (
    Rule("months, abbreviated", re.compile(
        rf"\b({_SHORT_MONTH})(?=\s\d)|(?<=\d\s)({_SHORT_MONTH})(?=\s\d|,|$)"
        rf"|(?<=\d(?:st|nd|rd|th)\s)({_SHORT_MONTH})(?!\w)"),
        lambda match: _MONTHS[match[1] or match[2] or match[3]], DIGITS),
    Rule("days in order", re.compile(
        r"(?<=\d(?:st|nd|rd|th))\s?[–-]\s?(?=(?:the\s)?\d{1,2}(?:st|nd|rd|th)\b)"),
        lambda _: " to ", DIGITS),
    Rule("quarters of a year", re.compile(r"(?<=\b[QH]\d)'(?=\d\d(?!\w))"), lambda _: " ", "'"),
    Rule("ISO dates", re.compile(rf"{_ALONE}(\d{{4}})([-/.])(\d\d)\2(\d\d)(?![\w/-]|\.\d)"),
         _iso_date, DIGITS),
    Rule("ISO months", re.compile(rf"{FREE}([12]\d{{3}})-([01]\d)(?![\w–-]|[.,]\d)"), _iso_month,
         DIGITS),
    Rule("dates", re.compile(
        r"(?<![\w.,:/-])(\d{1,2})([/.-])(\d{1,2})(?:(?<!-\d)(?<!-\d\d)\2(\d{4}|\d\d)|-(\d{4}))"
        r"(?![\w/-]|[.,]\d)"),
        _slashed_date, DIGITS),
    Rule("days of forms", re.compile(
        rf"(?<![\w.,:/-])(\d{{1,2}})-({MONTH}|{_SHORT_MONTH})-(\d{{4}})(?![\w-])"), _named_date,
         "-"),
    Rule("days that are due", re.compile(
        r"(?=\d{1,2}/)(?:"
        r"(?:(?<=\bdue )|(?<=\bdated ))(\d{1,2})/(\d{1,2})(?![\w/]|[.,]\d|\sof\b)"
        r"|(?:(?<=\bon )|(?<=\bOn )|(?<=\bby )|(?<=\buntil )|(?<=\bsince )|(?<=\bbefore )"
        r"|(?<=\bafter ))"
        r"(\d{1,2})/(1[34579]|18|2[1-46-9]|3[01])(?![\w/]|[.,]\d|\sof\b))"),
        _due_date, "/"),
    Rule("weekdays and days", re.compile(
        rf"\b((?:{_FULL_DAY}),?\s)(\d{{1,2}}/\d{{1,2}})(?![\w/]|[.,]\d)"),
        lambda match: f"{match[1]}{_DAYS_OF_FORMS.sub(_due_date, match[2])}", "/"),
    Rule("days before months", re.compile(
        r"(?:(?<=\bon )|(?<=\bOn )|(?<=\bby )|(?<=\buntil )|(?<=\bsince ))"
        r"(1[3-9]|2\d|3[01])/(1[0-2]|0?[1-9])(?![\w/]|[.,]\d|\sof\b)"), _due_date, "/"),
    Rule("the eleventh of September", re.compile(rf"{FREE}9/11(?![\w/]|[.,]\d)"),
         lambda _: "nine eleven", DIGITS),
)  # fmt: skip
DAY_RULES = (
    Rule("days of a month", re.compile(
        rf"\b({MONTH})\s(\d{{1,2}})\s?[–-]\s?(\d{{1,2}})(?![\w:]|[.,–-]\d){_YEAR}"),
        _month_days, DIGITS),
    Rule("days of a month, first", re.compile(
        rf"(?<![\w.,–/-])([Tt]he\s)?(\d{{1,2}})\s?[–/-]\s?(\d{{1,2}})\s({MONTH})\b{_YEAR}"),
        _days_month, DIGITS),
    Rule("spans of dates", re.compile(
        rf"(?=\s?[–-])(?:(?<=\d)(?:\s?–\s?|\s-\s)(?=(?:{MONTH})\s\d)"
        rf"|(?<=[a-z])\s?[–-]\s?(?=\d{{1,2}}\s(?:{MONTH})\b)"
        rf"|(?<=\d)(?:\s?–\s?|\s-\s)(?=\d{{1,2}}\s(?:{MONTH})\b)|(?<=\d)\s?–\s?(?=[Pp]resent\b)"
        r"|(?<=\d)\s-\s(?=[Pp]resent\b)|(?<=\d)-(?=present\b)|(?<=\d)\s?–\s?(?=circa\s\d)"
        r"|(?<=B\sC)\s?–\s?(?=\d|A\s?D\s)|(?<=BC|AD|CE)\s?–\s?(?=\d|A\s?D\s)|(?<=BCE)\s?–\s?(?=\d))"),
         lambda _: " to ", "–-"),
    Rule("month and day", re.compile(
        rf"\b({MONTH})\s(\d{{1,2}})(?:st|nd|rd|th)?(?![\w:]|[.,]\d){_YEAR}"), _month_day, DIGITS),
    Rule("day and month", re.compile(
        rf"(?<![\w.,])([Tt]he\s)?(\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?({MONTH})\b{_YEAR}"),
        _day_month, DIGITS),
    Rule("before or after Christ", re.compile(
        rf"{FREE}(\d{{1,5}})(?:\s?[–-]\s?(\d{{1,5}}))?\s?(BCE|BC|CE|AD|B\.?\s?C\.?(?:\s?E\.?)?)(?!\w)"),
        _before_christ, DIGITS),
    Rule("anno Domini", re.compile(
        r"\bA\s?D\s{1,2}(\d{1,4})(?:\s?[–-]\s?(\d{1,4}))?(?![\w–-]|[.,]\d)"), _anno, DIGITS),
    Rule("centuries", re.compile(r"(?<=\dth\s)c\.(?=\s|,|$)|(?<=\dst\s)c\.(?=\s|,|$)"),
         lambda _: "century", DIGITS),
    Rule("spans of years", re.compile(
        rf"{FREE}(1[1-9]\d\d|20\d\d)(?:\s?[–-]\s?|/)'?(\d\d)(?![\w–/]|[.,]\d|-\d)"),
        _years, DIGITS),
    Rule("two years", re.compile(
        rf"{FREE}((?:1[1-9]|20)\d\d)/((?:1[1-9]|20)\d\d)(?![\w/]|[.,]\d|-\d)"), _two_years, "/"),
    Rule("fiscal years", re.compile(r"\bFY\s?'?(\d{4}|\d\d)(?![\w]|[.,]\d)"), _fiscal, DIGITS),
    Rule("hundreds and thousands", re.compile(rf"{FREE}(10|100|1000)s(?=\sof\s)"),
         _hundreds, DIGITS),
    Rule("spans of decades", re.compile(r"(?<=\d0s)\s?[–-]\s?(?='?\d{0,2}\d0s)"),
         lambda _: " to ", DIGITS),
    Rule("centuries by hundreds", re.compile(r"(?<=[Tt]he )([2-9]00)s(?!\w)"), _decade, DIGITS),
    Rule("hundreds", re.compile(rf"{FREE}(100)s(?!\w)"), _hundreds, DIGITS),
    Rule("decades", re.compile(r"(?<![\w.,])'?(\d{3}0|\d0)'?s(?!\w)"), _decade, DIGITS),
    Rule("years without a century", re.compile(r"(?<!\w)'(\d\d)(?![\w'%]|[.,:]\d)"),
         _short_year, "'"),
)  # fmt: skip
