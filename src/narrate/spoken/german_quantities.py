"""German dates, times, amounts and all other writings with digits."""

from __future__ import annotations

import re
from math import gcd

from narrate.spoken import german_grammar as grammar
from narrate.spoken import german_numbers as numbers
from narrate.spoken import german_tables as tables
from narrate.spoken.characters import LETTERS, LOWER
from narrate.spoken.core import DIGITS, GROUP, Rule, alternatives, left_of, right_of, squeeze, words
from narrate.spoken.numerals import mark_groups, plain
from narrate.spoken.written import closing_stop

NUMBER = rf"\d[\d{GROUP}]*(?:,\d+)?"
_SCALE = r"(?:Millionen|Million|Milliarden|Milliarde|Billionen|Billion|tausend)"
_START = rf"(?<![\d{GROUP}])(?<!\d[.,])"
_MONTH = "|".join(grammar.MONTHS)
_ALONE = r"(?<![\w.,:/])"
_WORD = re.compile(
    r"\s*(?:(?:,|und|oder|bis|sowie)\s(?:zum\s|zur\s|der\s|die\s|das\s)?\d{1,4}\.\s?){0,4}"
    r"\s*([^\W\d_]+)"
)
_DAYS_IN_MONTH = 31
_HOURS = 24
_MINUTES = 60
_LARGEST_IN_TEXT = 999


def _first_word(match: re.Match[str]) -> str:
    found = _WORD.match(right_of(match))
    return found.group(1) if found else ""


# --- notation ----------------------------------------------------------------------------------


def _dotted_quad(match: re.Match[str]) -> str:
    return " Punkt ".join(numbers.number(part) for part in match.group().split("."))


def _grouped(match: re.Match[str]) -> str:
    number, swiss = match.group(), match.group(1)
    if swiss:
        return mark_groups(swiss, "'") + (match.group(2) or "").replace(".", ",")
    return mark_groups(number, ". ,")


def _spelled_out(match: re.Match[str]) -> str:
    groups = re.findall(r"\d+", match.group())
    plus = "plus " if match.group().startswith("+") else ""
    return plus + ", ".join(numbers.digits(group) for group in groups)


# --- dates and times ---------------------------------------------------------------------------


def _date(day: int, month: int, year: str, match: re.Match[str]) -> str:
    name = grammar.MONTHS[month - 1]
    said = f"{numbers.ordinal(day)}{grammar.ending(left_of(match), name)} {name}"
    if not year:
        return said
    return f"{said} {numbers.year(int(year)) if len(year) > 2 else _short_year(year)}"  # noqa: PLR2004


def _short_year(year: str) -> str:
    return "null " + numbers.DIGITS[int(year)] if year[0] == "0" else numbers.cardinal(int(year))


def _iso_date(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    if not (1 <= int(month) <= len(grammar.MONTHS) and 1 <= int(day) <= _DAYS_IN_MONTH):
        return match.group()
    return _date(int(day), int(month), year, match)


def _dotted_date(match: re.Match[str]) -> str:
    day, month, year = match.groups()
    if not (1 <= int(month) <= len(grammar.MONTHS) and 1 <= int(day) <= _DAYS_IN_MONTH):
        return match.group()
    if not year and not grammar.shows_case(left_of(match)):
        return match.group()
    closing = "" if year else closing_stop(match)
    return _date(int(day), int(month), year or "", match) + closing


def _month_ordinal(match: re.Match[str]) -> str:
    first, joint, day, month, year = match.groups()
    ending = grammar.ending(left_of(match), month)
    said = numbers.ordinal(int(day)) + ending
    if first:
        second = numbers.ordinal(int(day)) + ("en" if "zum" in joint else ending)
        said = f"{numbers.ordinal(int(first))}{ending} {joint} {second}"
    return f"{said} {month}" + (f" {numbers.year(int(year))}" if year else "")


def _time(match: re.Match[str]) -> str:
    hour, minute, second, clock = match.groups()
    if int(hour) > _HOURS or int(minute) >= _MINUTES or (not clock and match.group()[-3] != ":"):
        return match.group()
    said = f"{numbers.attributive(int(hour))} Uhr"
    if int(minute) or second:
        said += f" {numbers.cardinal(int(minute))}"
    if second:
        said += f" und {numbers.attributive(int(second), 'eine')} Sekunden"
    return said


# --- amounts -----------------------------------------------------------------------------------


def _scaled(amount: str, scale: str) -> str:
    if scale and numbers.is_one(amount):
        return f"eine {tables.SINGULAR.get(scale, scale)}"
    return numbers.number(amount) + (f" {scale}" if scale else "")


def _money(match: re.Match[str]) -> str:
    before, first, first_scale, second, second_scale, after = match.groups()
    amount, scale = (first, first_scale or "") if first else (second, second_scale or "")
    main, small = tables.CURRENCIES[before or after]
    whole, _, cents = plain(amount).partition(",")
    if scale or len(cents) != 2 or not small:  # noqa: PLR2004 - two digits are cents
        said = _scaled(amount, scale) if scale else numbers.number(amount, "ein")
        return f"{said} {main}"
    said = f"{numbers.number(_with_groups(amount), 'ein')} {main}"
    if cents == "00":
        return said
    if not int(whole):
        return f"{numbers.attributive(int(cents))} {small}"
    return f"{said} {numbers.cardinal(int(cents))}"


def _with_groups(amount: str) -> str:
    return amount.partition(",")[0]


_UNITS = {squeeze(unit): said for unit, said in tables.UNITS.items()}


def _unit(match: re.Match[str]) -> str:
    amount, unit = match.groups()
    words, gender = _UNITS[squeeze(unit)]
    if numbers.is_one(amount):
        return f"{'eine' if gender == 'f' else 'ein'} {tables.SINGULAR.get(words, words)}"
    return f"{numbers.number(amount)} {words}"


def _one_of_many(match: re.Match[str]) -> str:
    return f"eine {tables.SINGULAR[match.group(1)]}"


# --- numbers -----------------------------------------------------------------------------------


def _range(match: re.Match[str]) -> str:
    first, second = match.groups()
    low, high = numbers.whole_number(first), numbers.whole_number(second)
    score = low >= high >= 0 and "-" in match.group() and len(first) == len(second)
    return f"{first} {'zu' if score else 'bis'} {second}"


def _ordinal(match: re.Match[str]) -> str:
    before, noun = left_of(match), _first_word(match)
    value = int(match.group(1))
    if not value or value > _LARGEST_IN_TEXT:
        return match.group()
    if not noun:
        if not grammar.names_day(before) or value > _DAYS_IN_MONTH:
            return match.group()
        return numbers.ordinal(value) + grammar.ending(before, "") + closing_stop(match)
    if noun in tables.STARTERS or _labelled(before):
        return f"{match.group()} "
    if not before.strip() and not grammar.often_counted(noun):
        return f"{match.group(1)}, "
    return numbers.ordinal(value) + grammar.ending(before, noun)


def _labelled(before: str) -> bool:
    words = before.split()
    return bool(words) and words[-1] in tables.LABELS


def _fraction(match: re.Match[str]) -> str:
    whole, upper, lower = match.groups()
    above, below = int(upper), int(lower)
    if below not in numbers.DENOMINATORS or not 0 < above < below or gcd(above, below) > 1:
        return f"{whole or ''} {upper} {lower}"
    noun = _first_word(match)
    if not whole and (above, below) == (1, 2) and noun[:1].isupper():
        return {"m": "ein halber", "f": "eine halbe", "n": "ein halbes"}[grammar.gender(noun)]
    if not whole:
        return numbers.fraction(above, below)
    if (above, below) == (1, 2):
        return f"{numbers.attributive(int(whole))}einhalb"
    return f"{numbers.number(whole)} {numbers.fraction(above, below)}"


def _version(match: re.Match[str]) -> str:
    return " Punkt ".join(_version_part(part) for part in match.group().split("."))


def _version_part(part: str) -> str:
    return numbers.digits(part) if part[0] == "0" else numbers.number(part)


def _joined(match: re.Match[str]) -> str:
    written, suffix = match.groups()
    said = numbers.number(written, "ein")
    if suffix.startswith("er") and len(written) == 4 and "," not in written:  # noqa: PLR2004
        said = numbers.year(int(written))
    return said + suffix.lower().replace("%", "prozent")


def _mixed(match: re.Match[str]) -> str:
    parts = re.findall(r"\d+|[^\W\d_]+", match.group())
    return " ".join(_mixed_part(part) for part in parts)


def _mixed_part(part: str) -> str:
    vowel = re.search(r"[aeiouyäöü]", part.lower())
    spelled = part.islower() and part.isalpha() and len(part) > 1 and not vowel
    return part.upper() if spelled else part


def _quantity(match: re.Match[str]) -> str:
    written = match.group()
    before = left_of(match).rstrip()
    noun = _first_word(match)
    counts = noun[:1].isupper() and not before[-1:].isupper() and not _labelled(before)
    if numbers.is_one(written) and counts:
        return "eine" if grammar.gender(noun) == "f" else "ein"
    value = numbers.whole_number(written)
    quantity = GROUP in written or (noun[:1].isupper() and not _YEAR_BEFORE.search(before))
    if len(written) == 4 and value >= 0 and not quantity:  # noqa: PLR2004 - years
        return numbers.digits(written) if written[0] == "0" else numbers.year(value)
    return numbers.number(written)


_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|im|ab|seit|bis|von|vom|um|Jahr|Jahre|Jahres|Jahren|Anfang|Mitte|Ende|Herbst|Sommer"
    rf"|Winter|Frühjahr|Frühling|{_MONTH}|[Zz]wischen|[Ss]tand|Copyright))$"
)

_JOINING = "|".join(
    words(
        "fach|fachen|faches|facher|fache|mal|malig|[Jj]ährig|tägig|wöchig|monatig|stündig|minütig "
        "stellig|stöckig|seitig|teilig|köpfig|sprachig|prozentig|%ig|zeilig|spurig|türig"
    )
)
_JOINED = re.compile(
    rf"(?<![\w.,])(\d[\d{GROUP}]{{0,12}}(?:,\d{{1,2}})?)(?:-|\s?(?=%))?"
    rf"((?:{_JOINING})[{LOWER}]{{0,4}}|er[ns]?)(?![{LOWER}])"
)

DATE_RULES = (
    Rule("addresses of machines", re.compile(
        r"(?<![\w.,])(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}"
        r"(?!\w|[.,]\d)"), _dotted_quad, DIGITS),
    Rule("ISO dates", re.compile(rf"{_ALONE}(\d{{4}})-(\d\d)-(\d\d)(?![\w-])"), _iso_date, DIGITS),
    Rule("dates", re.compile(
        r"(?<![\w.,:/-])(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}|\d\d)(?![\w%]|[.,]\d))?(?!\d)"),
        _dotted_date, DIGITS),
    Rule("times", re.compile(
        r"(?<![\w.,:/-])(\d{1,2})[:.](\d\d)(?::(\d\d))?(\s?Uhr)?(?![\w:]|[.,]\d)"), _time, ":U"),
    Rule("hours", re.compile(r"(?<![\w.,:/])1\sUhr(?!\w)"), lambda _: "ein Uhr", "U"),
    Rule("telephone numbers", re.compile(
        r"(?<![\w.,-])(?:\+\d{1,3}(?:[ /-]{1,2}\(?\d{1,9}\)?){1,6}|0\d{1,9}(?:\s?[/-]\s?\d{2,9})"
        r"(?:[ -]\d{1,9}){0,4})(?![\w])"), _spelled_out, DIGITS),
    Rule("groups of digits", re.compile(
        r"(?<![\w.,/-])(?:(\d{1,3}(?:'\d{3})+)(\.\d\d?)?"
        r"|\d{1,3}(?:(?:\.\d{3})+|(?:\s\d{3})+|(?:,\d{3}){2,}|,000))(?!\w|\.\d|'\d)"),
        _grouped, DIGITS),
    Rule("rows of numbers", re.compile(
        r"(?<![\w.,-])\d{1,12}(?:-\d{1,12}){2,8}(?![\w-])"), _spelled_out, DIGITS),
    Rule("ranges of ordinals", re.compile(r"(?<=\d\.)\s?[–-]\s?(?=\d{1,3}\.)"),
         lambda _: " bis ", DIGITS),
    Rule("ranges", re.compile(
        rf"(?<![\w.,–-])({NUMBER})(?:\s?[–—]\s?|-)({NUMBER})(?![\d–-]|[.,]\d)"), _range, DIGITS),
    Rule("month and day", re.compile(
        rf"(?<![\w.,])(?:(\d{{1,2}})\.\s(bis|bis zum|und|oder)\s)?"
        rf"(\d{{1,2}})\.\s?({_MONTH})(?:\s(\d{{4}})(?!\w|[.,]\d))?"), _month_ordinal,
        DIGITS),
)  # fmt: skip

_CURRENCY = alternatives(tuple(tables.CURRENCIES))
QUANTITY_RULES = (
    Rule("minus", re.compile(
        rf"−\s?(?=\d)|(?<!\S)-(?={NUMBER}\s?(?:°|%|Grad|Prozent|€|Euro))"), lambda _: " minus ",
        DIGITS),
    Rule("times", re.compile(r"(?<=\d)\s?[x×]\s?(?=\d)"), lambda _: " mal ", DIGITS),
    Rule("money", re.compile(
        rf"(?<!\w)(US\$|[€$£¥₽₹])\s?({NUMBER})(?:\s({_SCALE}))?(?![\d])"
        rf"|{_START}({NUMBER})(?:\s({_SCALE}))?\s?({_CURRENCY})(?![{LETTERS}])"), _money, DIGITS),
    Rule("units", re.compile(
        rf"{_START}({NUMBER})[\s-]?({alternatives(tuple(tables.UNITS))})(?![\w])(?!\.\w)"),
        _unit, DIGITS),
    Rule("one of many", re.compile(
        rf"(?<![\w.,])1\s({alternatives(tuple(tables.SINGULAR))})(?!\w)"), _one_of_many, DIGITS),
    Rule("multiples", re.compile(r"(?<=\d)[x×](?!\w)"), lambda _: "mal", DIGITS),
)  # fmt: skip

NUMBER_RULES = (
    Rule("joined", _JOINED, _joined, DIGITS),
    Rule("pairs of ordinals", re.compile(r"(?<=\d\.)/(?=\d{1,2}\.)"), lambda _: " ", DIGITS),
    Rule("ordinals", re.compile(
        r"(?<![\w.,:/-])(\d{1,4})\."
        r"(?=\s|$|,\s(?:\d{1,4}\.\s|\w{3,30}te[nrsm]?\s(?:und|oder|bis)\s))"), _ordinal, DIGITS),
    Rule("fractions", re.compile(
        r"(?<![\w.,/])(?:(\d{1,4})\s)?(\d{1,4})/(\d{1,4})(?![\w/]|[.,]\d)"), _fraction, DIGITS),
    Rule("ratios", re.compile(r"(?<=\d):(?=\d)"), lambda _: " zu ", DIGITS),
    Rule("powers", re.compile(r"\s?\^(-?)(?=\d)"),
         lambda match: " hoch " + ("minus " if match.group(1) else ""), "^"),
    Rule("prices and rates", re.compile(
        rf"\b(Euro|Dollar|Franken|Cent)\s?/\s?(?=[{LETTERS}])"),
        lambda match: f"{match.group(1)} pro ", "/"),
    Rule("lists", re.compile(r"(?<![\w.,])\d+(?:,\d+){2,}(?![\w])"),
         lambda match: match.group().replace(",", ", "), DIGITS),
    Rule("mixed with letters", re.compile(
        rf"(?<![\w.,])(?=[{LETTERS}]{{0,40}}\d)(?=\d{{0,40}}[{LETTERS}])\w+"), _mixed, DIGITS),
    Rule("digits beside letters", re.compile(
        rf"(?<=\d)(?=[{LETTERS}])|(?<=[{LETTERS}])(?=\d)"), lambda _: " ", DIGITS),
    Rule("hyphen before digits", re.compile(rf"(?<=[{LETTERS}\d])-(?=\d)"), lambda _: " ", DIGITS),
    Rule("versions", re.compile(r"(?<![\d.,])\d+(?:\.\d+)+(?![\d])"), _version, DIGITS),
    Rule("less", re.compile(r"<\s?(?=\d)"), lambda _: " kleiner als ", "<"),
    Rule("more", re.compile(r">\s?(?=\d)"), lambda _: " größer als ", ">"),
    Rule("about", re.compile(r"~\s?(?=\d)"), lambda _: " etwa ", "~"),
    Rule("numbers", re.compile(NUMBER), _quantity, DIGITS),
)  # fmt: skip
