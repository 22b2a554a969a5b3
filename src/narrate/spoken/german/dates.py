"""German dates, times of day and durations."""

from __future__ import annotations

import re

from narrate.spoken.core import DIGITS, Rule, left_of, right_of
from narrate.spoken.german import grammar, numbers, tables
from narrate.spoken.writing.written import closing_stop

MONTH = "|".join(grammar.MONTHS)
DAYS_IN_MONTH = 31
_HOURS = 24
_MINUTES = 60
_ALONE = r"(?<![\w.,:/])"
_BARE_MONTHS = {key.rstrip("."): said for key, said in tables.MONTH_ABBREVIATIONS.items()}
_DAY_NAMES = {key.rstrip("."): said for key, said in tables.DAY_ABBREVIATIONS.items()}
_DAY_NAME = "|".join(_DAY_NAMES)
_JOINT = r"\s?/\s?|\s?[–-]\s?|\s(?:bis zum|bis|und|u\.|oder|auf den|auf)\s"
_PLAY = re.compile(
    r"(?:[Gg]ew[ao]nn|[Ss]ieg|verlor|[Vv]erlier|[Nn]iederlage|[Ss]piel|[Ee]ndstand|[Hh]albzeit|stand"
    r"|Satz|unterlag|unterl[ai]eg|schlug|besieg|bezwang|[Vv]erhältnis|Maßstab|Format|Stimmen"
    r"|führte|Führung|Ergebnis|Remis|Unentschieden|Quote)"
)
_PLAYED = re.compile(
    r"\)?,?\s(?:\(\d{1,3}:\d{1,3}\)\s)?(?:gew[ao]nn|siegt|verlor|unterl|bezwang|besieg|schlug|führte)"
)
_CLOCK = re.compile(r"\b(?:um|ab|bis|von|vor|nach|gegen|seit|[Uu]hr|kurz|Punkt|zwischen|Um|Ab)\s*$")


def day_and_month(day: int, month: int) -> bool:
    """Whether two numbers can be a date."""
    return 1 <= month <= len(grammar.MONTHS) and 1 <= day <= DAYS_IN_MONTH


def _year(year: str) -> str:
    if len(year) > 2:  # noqa: PLR2004 - 1998, not 98
        return numbers.year(int(year))
    return numbers.digits(year) if year[0] == "0" else numbers.cardinal(int(year))


def _date(day: int, month: int, year: str, before: str) -> str:
    name = grammar.MONTHS[month - 1]
    said = f"{numbers.ordinal(day)}{grammar.ending(before, name)} {name}"
    return f"{said} {_year(year)}" if year else said


def _iso_date(match: re.Match[str]) -> str:
    year, month, day, hour, minute = match.groups()
    if not day_and_month(int(day), int(month)):
        return match.group()
    said = _date(int(day), int(month), year, left_of(match))
    return f"{said}, {_clock(int(hour), int(minute))}" if hour else said


def _slashed_date(match: re.Match[str]) -> str:
    day, month, year = match.groups()
    if not day_and_month(int(day), int(month)):
        return match.group()
    return _date(int(day), int(month), year, left_of(match))


def _joint(written: str) -> str:
    if "/" in written:
        return "und"
    if written.strip() == "u.":
        return "und"
    return "bis" if written.strip() in {"-", "–"} else written.strip()


def _first_day(first: str, written: str, before: str, month: str) -> str:
    """The day that shares its month with the next one, and the word between."""
    if not first:
        return ""
    return f"{numbers.ordinal(int(first))}{grammar.ending(before, month)} {_joint(written)} "


def _second_ending(written: str, before: str, month: str) -> str:
    return "en" if written and re.search("zum|den|auf", written) else grammar.ending(before, month)


def _dotted_date(match: re.Match[str]) -> str:
    first, joint, day, month, year = match.groups()
    before = left_of(match)
    if not day_and_month(int(day), int(month)) or int(first or 1) > DAYS_IN_MONTH:
        return match.group()
    if not year and not first and not grammar.shows_case(before) and not _dated(match):
        return match.group()
    name = grammar.MONTHS[int(month) - 1]
    said = _first_day(first, joint, before, name)
    said += f"{numbers.ordinal(int(day))}{_second_ending(joint, before, name)} {name}"
    return f"{said} {_year(year)}" if year else said + closing_stop(match)


def _dated(match: re.Match[str]) -> bool:
    """Whether a short date is one: another stands beside it, or no sentence ends with it."""
    before, after = left_of(match), right_of(match)
    if re.match(r"\s?(?:[–-]|bis)\s?(?:zum\s)?\d{1,2}\.\s?\d{1,2}\.", after):
        return True
    if re.search(rf"(?:{MONTH})\s?(?:[–-]|bis)\s?$|\d\.\s?(?:[–-]|bis)\s?$", before):
        return True
    section = int(match.group(3)) <= len(grammar.MONTHS) and re.match(r"\s[A-ZÄÖÜ]", after)
    if before.endswith("(") and after.startswith(")"):
        return True
    if not before.strip():
        return not section
    if not after.strip(" )!?"):
        return len(match.group()) == len("31.12.") and not section_named(before)
    return bool(re.match(r"\)?(?:[,:;!?)]|\s[a-zäöü–(])", after))


def section_named(before: str) -> bool:
    """Whether a number follows the name of a part of a book, or a version."""
    said = before.split()
    return bool(said) and said[-1] in {*tables.LABELS, "siehe", "Kap.", "Abschn.", "Nr."}


def _month_of_year(match: re.Match[str]) -> str:
    if re.search(r"(?:Ausgabe|Heft|Nr\.|Nummer|Az\.:?|Folge)\s$", left_of(match)):
        return f"{int(match[1])}/{match[2]}"
    return f"{grammar.MONTHS[int(match[1]) - 1]} {match[2]}"


def _military_time(match: re.Match[str]) -> str:
    return f"{_clock(int(match[1]), int(match[2]))}"


def _named_date(match: re.Match[str]) -> str:
    first, joint, day, month, year = match.groups()
    before = left_of(match)
    said = _first_day(first, joint, before, month)
    said += f"{numbers.ordinal(int(day))}{_second_ending(joint, before, month)} {month}"
    if match.group().startswith("0") and not int(day):
        return match.group()
    return f"{said} {_year(year)}" if year else said


# --- times -------------------------------------------------------------------------------------


def _clock(hour: int, minute: int) -> str:
    said = f"{numbers.attributive(hour)} Uhr"
    return f"{said} {numbers.cardinal(minute)}" if minute else said


def _valid(hour: str, minute: str) -> bool:
    return int(hour) <= _HOURS and int(minute) < _MINUTES


def _clock_pair(match: re.Match[str]) -> str:
    hour, minute, joint, to_hour, to_minute = match.groups()
    if not (_valid(hour, minute or "0") and _valid(to_hour, to_minute or "0")):
        return match.group()
    whole = not int(minute or 0)
    first = numbers.attributive(int(hour)) if whole else _clock(int(hour), int(minute))
    if whole and int(hour) == 1:
        first = "eins"
    return f"{first} {_joint(joint)} {_clock(int(to_hour), int(to_minute or 0))}"


def _time(match: re.Match[str]) -> str:
    hour, minute, second, clock = match.groups()
    if not _valid(hour, minute) or (not clock and match.group()[-3] != ":"):
        return match.group()
    before = left_of(match)
    if not (second or clock) and re.match(r"\s(?:lang|kurz)\b", right_of(match)):
        return _lasting("0", hour, minute)
    if second and not clock and _LASTING.search(before):
        return _lasting(hour, minute, second)
    played = _PLAY.search(before) or _PLAYED.match(right_of(match)) or before.endswith("it ")
    if not clock and not second and not _CLOCK.search(before) and played:
        return match.group()
    if not clock and re.match(r"\s?(?:Stimmen|Toren|Mi[ol]|Mrd|Sätzen|-[A-ZÄÖÜ])", right_of(match)):
        return match.group()
    said = _clock(int(hour), int(minute))
    if second:
        said += "" if int(minute) else " null"
        said += f" und {numbers.attributive(int(second), 'eine')} "
        said += "Sekunde" if int(second) == 1 else "Sekunden"
    return said


_LASTING = re.compile(
    r"(?:[Ss]pielzeit|[Dd]auer|[Ll]aufzeit|[Ll]änge|[Bb]estzeit|[Gg]esamtzeit|[Ff]ahrzeit|[Ss]iegzeit"
    r"|[Rr]ekord|\bZeit|\bin|\bnach)(?:\svon)?:?\s$"
)


def _lasting(hours: str, minutes: str, seconds: str) -> str:
    said = (
        _some(str(int(hours)), "Stunde", "Stunden") if int(hours) else "",
        _some(str(int(minutes)), "Minute", "Minuten") if int(minutes) else "",
        _some(str(int(seconds)), "Sekunde", "Sekunden") if int(seconds) else "",
    )
    return " ".join(part for part in said if part)


def _hour_minute(match: re.Match[str]) -> str:
    hour, minute = match.groups()
    if not _valid(hour, minute):
        return match.group()
    return f"{numbers.attributive(int(hour))} Uhr {numbers.cardinal(int(minute))}"


def _some(count: str, one: str, many: str, article: str = "eine") -> str:
    return f"{article} {one}" if numbers.is_one(count) else f"{numbers.number(count)} {many}"


def _bare(digits: str) -> str:
    whole, comma, decimals = digits.partition(",")
    return str(int(whole)) + comma + decimals


def _duration(match: re.Match[str]) -> str:
    first, second, third, decimals, unit = match.groups()
    names = [("Stunde", "Stunden"), ("Minute", "Minuten"), ("Sekunde", "Sekunden")]
    if unit.lower().startswith("m"):
        names = names[1:]
    parts = [first, second, *([third] if third else [])]
    if len(parts) > len(names):
        return match.group()
    parts[-1] += decimals or ""
    article = grammar.one(left_of(match), "f")
    said = [
        _some(_bare(part), *name, article)
        for part, name in zip(parts, names, strict=False)
        if part.strip("0") or part is parts[-1]
    ]
    return " ".join(said)


def _primes(match: re.Match[str]) -> str:
    minutes, seconds = match.groups()
    return f"{_some(minutes, 'Minute', 'Minuten')} {_some(_bare(seconds), 'Sekunde', 'Sekunden')}"


def _weekday_alone(match: re.Match[str]) -> str:
    name = _DAY_NAMES[match[2] or match[4]]
    return f"{match[1] or ''}{name}{closing_stop(match)}"


DAY_RULES = (
    Rule("months without a full stop", re.compile(
        rf"(?<=\d\.\s)({'|'.join(_BARE_MONTHS)})(?=$|,|\)|\s\d)"),
        lambda match: _BARE_MONTHS[match[1]], DIGITS),
    Rule("months of a year", re.compile(
        r"(?<![\w.,/-])(0[1-9]|1[0-2])/((?:19|20)\d\d)(?![\w/-]|[.,]\d)"), _month_of_year, "/"),
    Rule("weekdays alone", re.compile(
        rf"(?<!\w)(?=[A-Za-z]{{2,9}}[\s.])(?:((?:[Aa]m|[Vv]om|[Zz]um|[Bb]is|[Jj]eden|[Nn]ächsten|[Kk]ommenden|[Ss]eit)\s)"
        rf"({_DAY_NAME})\.|(?<!\.)()(Mo|Di|Mi|Do|Sa)\.(?=,?\s(?:d\.\s?h|um|ab|bis|früh|vormittag"
        r"|nachmittag|abend|morgen|mittag)\b))"), _weekday_alone, "."),
    Rule("ranges of weekdays", re.compile(
        rf"(?<![\w-])({_DAY_NAME})\.?\s?[–-]\s?({_DAY_NAME})(?![\w-])(?:\.(?=\s\S))?"),
        lambda match: f"{_DAY_NAMES[match[1]]} bis {_DAY_NAMES[match[2]]}", "–-"),
    Rule("weekdays before a date", re.compile(
        rf"(?<!\w)({_DAY_NAME})\.?,?\s(?=\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{MONTH}))"),
        lambda match: _DAY_NAMES[match.group(1)] + ", ", DIGITS),
    Rule("weekdays before hours", re.compile(
        rf"(?<![\w–-])({_DAY_NAME})\.?(?=:?,?\s\d{{1,2}}(?:[.:]\d\d)?(?:\s?[–-]\s?\d{{1,2}}"
        r"(?:[.:]\d\d)?)?\sUhr)"), lambda match: _DAY_NAMES[match.group(1)], DIGITS),
)  # fmt: skip
"""Before abbreviations: ``Fr`` is Friday here, not a title."""

DATE_RULES = (
    Rule("ISO dates", re.compile(
        rf"{_ALONE}(\d{{4}})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::\d\d)?Z?)?(?![\w-])"),
        _iso_date, DIGITS),
    Rule("dates with slashes", re.compile(
        r"(?<![\w.,:/-])(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?![\w/-])"), _slashed_date, DIGITS),
    Rule("dates", re.compile(
        rf"(?<![\w.,:/-])(?:(\d{{1,2}})\.({_JOINT}))?(\d{{1,2}})\.\s?(\d{{1,2}})\."
        r"(?:\s?(\d{4}|\d\d)(?![\w%]|[.,:]\d|\s?Uhr))?(?!\d)"), _dotted_date, DIGITS),
    Rule("range of dates", re.compile(
        rf"(?<=[a-zä])\s?[–-]\s?(?=(?:erst|zweit|dritt|\w{{2,20}}t)(?:e[rnsm]?)\s(?:{MONTH}))"),
         lambda _: " bis ", "–-"),
    Rule("month and day", re.compile(
        rf"(?<![\w.,])(?:(\d{{1,2}})\.({_JOINT}))?"
        rf"(\d{{1,2}})\.\s?({MONTH})(?!\w[^s]|en)(?:\s(\d{{4}})(?!\w|[.,]\d))?"),
        _named_date, DIGITS),
    Rule("durations", re.compile(
        r"(?<![\w.,:/-])(\d{1,3}):(\d\d)(?::(\d\d))?(,\d{1,3})?\s?"
        r"(h|[Ss]td\.?|Stunden?|min|Min\.?|Minuten?)(?!\w)"), _duration, ":"),
    Rule("minutes and seconds", re.compile(
        r"(?<![\w.,'])(\d{1,3})'\s?(\d\d(?:,\d{1,2})?)(?:'')?(?![\d'])(?:\s?(?:min|Minuten)\b)?"),
        _primes, "'"),
    Rule("hours and minutes in four digits", re.compile(
        r"(?<![\w.,:/])([01]\d|2[0-4])([0-5]\d)\sUhr(?!\w)"), _military_time, DIGITS),
    Rule("hours of a span", re.compile(r"\b([Vv]on)\s(\d{1,2})\s?h\s(bis)\s(\d{1,2})\s?h(?!\w)"),
         lambda match: f"{match[1]} {match[2]} bis {match[4]} Uhr", DIGITS),
    Rule("spans of the clock, without Uhr", re.compile(
        r"(?<![\w.,:/-])(\d{1,2}):([0-5]\d)(\s?[–-]\s?)(\d{1,2}):([0-5]\d)(?![\w:]|[.,]\d|\s?Uhr)"),
        _clock_pair, ":"),
    Rule("times after um", re.compile(
        r"(?<=\b[Uu]m\s)(\d{1,2})\.([0-5]\d)(?!\w|[.,:]\d|\s(?:Uhr|Euro|Mi|Prozent|Dollar)|\s?[%€$°])"),
        lambda match: f"{match[1]}:{match[2]}", DIGITS),
    Rule("spans of the clock", re.compile(
        rf"(?<![\w.,:/-])(\d{{1,2}})(?:[:.](\d\d))?({_JOINT})(\d{{1,2}})[:.](\d\d)\s?Uhr(?!\w)"),
        _clock_pair, DIGITS),
    Rule("times", re.compile(
        r"(?<![\w.,:/-])(\d{1,2})[:.](\d\d)(?::(\d\d))?(\s?Uhr)?(?![\w:]|[.,]\d)"), _time, DIGITS),
    Rule("hours and minutes", re.compile(r"(?<![\w.,:/])(\d{1,2})\sUhr\s(\d\d)(?![\w.,:])"),
         _hour_minute, DIGITS),
    Rule("hours after um", re.compile(r"\b([Uu]m|[Aa]b|gegen)\s(\d{1,2})\s?h(?!\w)"),
         lambda match: f"{match[1]} {match[2]} Uhr", DIGITS),
    Rule("hours", re.compile(r"(?<![\w.,:/])0?1\sUhr(?!\w)"), lambda _: "ein Uhr", DIGITS),
)  # fmt: skip
