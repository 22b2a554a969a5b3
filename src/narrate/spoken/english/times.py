"""English times of day and durations."""

from __future__ import annotations

import re

from narrate.spoken.core import DIGITS, Rule, left_of, right_of
from narrate.spoken.english import numbers
from narrate.spoken.english.notation import ARTICLE, FREE, HALF_OF_DAY

_HOURS = 24
_HALF_DAY = 12
_MINUTES = 60
_TEN = 10
_RATIO_BEFORE = re.compile(r"\b(?:ratios?|odds|scale|aspect|score|mix|split)\s(?:of|is|was)?\s?$")
_NAMED_AFTER = re.compile(r"\s(?:noon|midnight)\b")
_NO_TIME_BEFORE = re.compile(
    r"\b(?:clos(?:e[sd]?|ing)|trad(?:e[sd]?|ing)|st(?:ood|ands)|valued|priced|sold|estimated|put|rates?|quoted|"
    r"averag\w{1,3}|running|set|measured)\s(?:\w{2,8}\s)?at\s$"
)
_AT = re.compile(r"\b(?:[Aa]t|[Bb]y|[Uu]ntil|[Ff]rom|[Bb]efore|[Aa]fter|[Aa]round|[Ss]ince)\s$")


def _clock(hour: int, minute: int, *, bare: bool = False) -> str:
    """A time; ``bare`` says nothing after a full hour."""
    if minute:
        said = f"{numbers.cardinal(hour)} {'oh ' if minute < _TEN else ''}"
        return said + numbers.cardinal(minute)
    if bare:
        return numbers.cardinal(hour)
    if not hour:
        return "midnight"
    return numbers.cardinal(hour) + (" o'clock" if hour <= _HALF_DAY else " hundred")


def _is_time(hour: str, minute: str) -> bool:
    return int(hour) <= _HOURS and int(minute) < _MINUTES


def _half(half: str | None, match: re.Match[str]) -> str:
    if not half:
        return ""
    said = " A M" if half.strip()[0] in "aA" else " P M"
    dotted_end = half.endswith(".") and not right_of(match).strip(" \"'()")
    return said + ("." if dotted_end else "")


def _time(match: re.Match[str]) -> str:
    hour, minute, half = match.groups()
    if not _is_time(hour, minute) or _RATIO_BEFORE.search(left_of(match)):
        return match.group()
    bare = bool(half or _NAMED_AFTER.match(right_of(match)))
    return _clock(int(hour), int(minute), bare=bare) + _half(half, match)


def _stopped_time(match: re.Match[str]) -> str:
    if _NO_TIME_BEFORE.search(left_of(match)) or not _is_time(match[1], match[2]):
        return match.group()
    return _clock(int(match[1]), int(match[2]))


def _times(match: re.Match[str]) -> str:
    hour, minute, half, to_hour, to_minute, to_half = match.groups()
    if not (minute or half or to_half) or not (to_minute or to_half):
        return match.group()
    if not _is_time(hour, minute or "0") or not _is_time(to_hour, to_minute or "0"):
        return match.group()
    first = _clock(int(hour), int(minute or 0), bare=True)
    second = _clock(int(to_hour), int(to_minute or 0), bare=True)
    said = first + (" A M" if half and half.strip()[0] in "aA" else " P M" if half else "")
    return f"{said} to {second}" + _half(to_half, match)


def _hour(match: re.Match[str]) -> str:
    return numbers.cardinal(int(match.group(1))) + _half(match.group(2), match)


def _military(match: re.Match[str]) -> str:
    hour, minute = match.groups()
    if hour[0] != "0" and not _AT.search(left_of(match)):
        return f"{hour}{minute} hours"
    said = f"{'oh ' if hour[0] == '0' else ''}{numbers.cardinal(int(hour))}"
    return f"{said} {'hundred' if minute == '00' else numbers.cardinal(int(minute))} hours"


def _amount(number: str | None, unit: str) -> str:
    if number is None:
        return ""
    return f"{numbers.number(number)} {unit}{'' if numbers.is_one(number) else 's'}"


def _stopwatch(match: re.Match[str]) -> str:
    hours, minutes, seconds, half = match.groups()
    if half:
        clock = _clock(int(hours), int(minutes), bare=True)
        return f"{clock} and {_amount(str(int(seconds)), 'second')}{_half(half, match)}"
    parts = (_amount(str(int(hours)), "hour"), _amount(str(int(minutes)), "minute"))
    return f"{' '.join(parts)} and {_amount(str(int(seconds)), 'second')}"


def _minutes(match: re.Match[str]) -> str:
    minutes, seconds = (str(int(part)) for part in match.groups())
    return f"{_amount(minutes, 'minute')} and {_amount(seconds, 'second')}"


def _offset(match: re.Match[str]) -> str:
    zone, sign, hours, minutes = match.groups()
    said = f"{' '.join(zone)} {'plus' if sign == '+' else 'minus'} {numbers.cardinal(int(hours))}"
    return f"{said} {numbers.cardinal(int(minutes))}" if minutes and int(minutes) else said


def _lap(match: re.Match[str]) -> str:
    hours, minutes, seconds = match.groups()
    parts = (_amount(hours and str(int(hours)), "hour"), _amount(str(int(minutes)), "minute"))
    whole, _, rest = seconds.partition(".")
    return " ".join(filter(None, (*parts, _amount(f"{int(whole)}.{rest}", "second"))))


def _hours_minutes(match: re.Match[str]) -> str:
    days, hours, minutes = match.groups()
    parts = (_amount(days, "day"), _amount(hours, "hour"), _amount(minutes, "minute"))
    return " ".join(filter(None, parts))


def _seconds(match: re.Match[str]) -> str:
    return f"{match[1]} {_amount(match[2], 'second')}"


def _primes(match: re.Match[str]) -> str:
    first, second = int(match[1]), int(match[2])
    if first < _TEN and second < _HALF_DAY:
        return f"{numbers.cardinal(first)} foot" + (
            f" {numbers.cardinal(second)}" if second else ""
        )
    return f"{_amount(str(first), 'minute')} {_amount(str(second), 'second')}"


def _feet(number: str) -> str:
    return f"{numbers.number(number)} {'foot' if numbers.is_one(number) else 'feet'}"


def _feet_by_feet(match: re.Match[str]) -> str:
    one, other = match.groups()
    if ARTICLE.search(left_of(match)):
        return f"{numbers.number(one)} foot by {numbers.number(other)} foot"
    return f"{_feet(one)} by {_feet(other)}"


CLOCK_RULES = (
    Rule("date and time", re.compile(
        r"(?<!\w)(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::\d\d(?:\.\d{1,9})?)?(Z(?!\w))?"),
        lambda match: f"{match[1]}, {match[2]}:{match[3]}{' U T C' if match[4] else ''}", ":"),
    Rule("laps", re.compile(
        rf"{FREE}(?:(\d{{1,2}}):)?(\d{{1,2}}):([0-5]\d\.\d{{1,3}})(?![\w:]|\.\d)"), _lap, ":"),
    Rule("hours, minutes and seconds", re.compile(
        rf"{FREE}(\d{{1,2}}):([0-5]\d):([0-5]\d)(?![\d:])({HALF_OF_DAY}(?!\w))?"), _stopwatch, ":"),
    Rule("minutes and seconds", re.compile(
        rf"{FREE}(\d{{1,3}}):([0-5]\d)[\s-](?:minutes?|mins?)(?!\w)"), _minutes, ":"),
    Rule("spans of time", re.compile(
        rf"{FREE}(\d{{1,2}})(?::(\d\d))?({HALF_OF_DAY})?\s?[–-]\s?"
        rf"(\d{{1,2}})(?::(\d\d))?(?![\d:])({HALF_OF_DAY}(?!\w))?(?![\w–-])"), _times, DIGITS),
    Rule("offsets of zones", re.compile(
        r"\b(UTC|GMT)\s?([+−–-])0?(\d{1,2})(?::(\d\d))?(?![\w:]|[.,]\d)"), _offset, "TG"),
    Rule("times with a stop", re.compile(
        rf"{FREE}(\d{{1,2}})\.([0-5]\d)({HALF_OF_DAY}(?!\w))"), _time, DIGITS),
    Rule("times with a stop behind a word", re.compile(
        r"(?:(?<=\bat )|(?<=\b[Tt]he )(?=\d{1,2}\.\d\d\s(?:(?:to|from)\s[A-Z]|(?:train|bus|flight|"
        r"ferry|service|show)\b)))(\d{1,2})\.([0-5]\d)(?=[,;:!?)]|\.?(?:$|\s(?:[A-Z]|on|sharp|this|tomorrow|"
        r"today|yesterday|every|each|and\s[a-z]|but|in\sthe|tonight|for|when|until|with|from|he|she|they|we|it|train|"
        r"bus|flight|ferry|service|show)\b|\sto\s[A-Z]))"),
        _stopped_time, DIGITS),
    Rule("times", re.compile(
        rf"{FREE}(\d{{1,2}}):(\d\d)(?![\d:])({HALF_OF_DAY}(?!\w))?"), _time, ":"),
    Rule("hours", re.compile(rf"{FREE}(\d{{1,2}})({HALF_OF_DAY})(?!\w)"), _hour, DIGITS),
    Rule("time zones", re.compile(r"(?<=[AP] M )(?:[ecmp][sd]?t|gmt|utc|bst|cet)\b"),
         lambda match: " ".join(match.group().upper())),
    Rule("military time", re.compile(
        rf"{FREE}([01]\d|2[0-4])([0-5]\d)\s(?:hours|hrs)\b"), _military, DIGITS),
)  # fmt: skip

DURATION_RULES = (
    Rule("hours and minutes", re.compile(
        r"(?<![\w.,])(?:(\d{1,3})\s?d\s)?(\d{1,3})\s?h\s?(?:(\d{1,2})\s?(?:m|mins?)?)?(?![\w'])"),
        _hours_minutes, DIGITS),
    Rule("feet by feet", re.compile(
        r"(?<![\w.,])(\d{1,3})'\s?[x×]\s?(\d{1,3})'(?!['\w])"), _feet_by_feet, "'"),
    Rule("feet", re.compile(
        r"(?<![\w.,'])(\d{1,3})'(?=\s(?:tall|long|wide|high|deep|thick|above|below)\b)"),
        lambda match: _feet(match[1]), "'"),
    Rule("feet and inches, minutes and seconds", re.compile(
        r"(?<![\w.,°])(\d{1,2})'\s?(\d{1,2})(?:'')?(?![\w']|[.,]\d)"), _primes, "'"),
    Rule("seconds", re.compile(
        r"\b(for|after|within|every|about|took|takes|waits?|waited|lasts|lasted|under|over|than|by)"
        r"\s(\d{1,5})s(?!\w)"), _seconds, DIGITS),
    Rule("seconds of two digits", re.compile(r"(?<![\w.,'-])(\d?[1-9][1-9])s(?!\w)"),
         lambda match: _amount(match[1], "second"), DIGITS),
    Rule("ages", re.compile(r"(?<=[A-Za-z])-(?!\d0s)(\d{1,2})s(?!\w)"),
         lambda match: f" {numbers.plural(numbers.cardinal(int(match[1])))}", DIGITS),
)  # fmt: skip
