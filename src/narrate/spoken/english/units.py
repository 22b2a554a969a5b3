"""English measures: numbers with units, signs and scales."""

from __future__ import annotations

import re

from narrate.spoken.core import DIGITS, Rule, alternatives, left_of, right_of, squeeze, words
from narrate.spoken.english import numbers
from narrate.spoken.english.measures import COUNTED, MEASURED, PER, SCALES, UNITS
from narrate.spoken.english.notation import ARTICLE, NUMBER, START

_UNITS = {squeeze(unit): said for unit, said in UNITS.items()}
_PER = {squeeze(unit): said for unit, said in PER.items()}
_UNIT = alternatives(tuple(key for key in UNITS if key not in ("in", "K")))
_MEASURED = re.compile(rf"\s(?:{'|'.join(MEASURED)})\b")
_SCALES_OF_HEAT = {"F": "Fahrenheit", "C": "Celsius", "K": "kelvin"}
_COUNTED = "|".join(COUNTED)
_PERS = alternatives(tuple(PER))
_LONG_UNIT = alternatives(
    tuple(
        key
        for key in UNITS
        if len(key) > 1 and key not in ("in", "pp", "pc", "bp", "bar", "min", "pts")
    )
)
_AREAS = alternatives(tuple(key for key in PER if "2" in key or "3" in key))
_UNITS_ALONE = "|".join(
    words(
        "km cm mm ft mi kg mg µg μg ng kWh MWh kW MW kJ ml mL MB GB kB Mb Gb kbit Mbit Gbit mol "
        "mmol lb gal"
    )
)


def _words(amount: str, one: str, many: str) -> str:
    return f"{numbers.number(amount)} {one if numbers.is_one(amount) else many}"


def _unit(match: re.Match[str]) -> str:
    amount, hyphen, unit, per, second = match.groups()
    one, many = _UNITS[squeeze(unit)]
    if hyphen or ARTICLE.search(left_of(match)) or _MEASURED.match(right_of(match)):
        many = one
    pers = (f" per {_PER[squeeze(part)]}" for part in (per, second) if part)
    return _words(amount, one, many) + "".join(pers)


def _alone(match: re.Match[str]) -> str:
    unit, per = (part for part in match.groups()[:4] if part)
    second = " squared" if match[5] else ""
    return f"{_UNITS[squeeze(unit)][1]} per {_PER[squeeze(per)]}{second}"


def _minutes_of_arc(match: re.Match[str]) -> str:
    degrees, minutes, seconds, side = match.groups()
    said = _words(degrees, "degree", "degrees") + " " + _words(minutes, "minute", "minutes")
    if seconds:
        said += " " + _words(seconds, "second", "seconds")
    sides = {"N": "north", "S": "south", "E": "east", "W": "west", None: ""}
    return f"{said} {sides[side]}".rstrip()


def _feet_inches(match: re.Match[str]) -> str:
    feet, inches = match.groups()
    if ARTICLE.search(left_of(match)):
        return f"{numbers.number(feet)} foot {numbers.number(inches)} inch"
    return f"{_words(feet, 'foot', 'feet')} {_words(inches, 'inch', 'inches')}"


def _scaled(match: re.Match[str]) -> str:
    return f"{numbers.number(match.group(1))} {SCALES[match.group(2)]}"


def _squares(match: re.Match[str]) -> str:
    return f" per {_PER[squeeze(match[1] or match[2])]}"


def _below_one(match: re.Match[str]) -> str:
    digits, unit = match.groups()
    many = f" {_UNITS[squeeze(unit)][1]}" if unit else ""
    return f"point {numbers.digits(digits)}{many}"


MEASURE_RULES = (
    Rule("nought left out", re.compile(rf"(?<![\w.])\.(\d{{1,400}})(?:\s?({_UNIT}))?(?![\w])"),
         _below_one, "."),
    Rule("minutes of arc", re.compile(
        r"(\d{1,3})°\s?(\d{1,2})'(?:\s?(\d{1,2}(?:\.\d{1,9})?)'')?\s?([NSEW](?!\w))?"),
        _minutes_of_arc, "°"),
    Rule("feet and inches in full", re.compile(
        rf"{START}(\d{{1,3}})\s?(?:ft|feet)\.?\s(\d{{1,2}}(?:\.\d)?)\s?(?:in|ins)(?!\w)"),
        _feet_inches, DIGITS),
    Rule("inches by inches", re.compile(rf"(?<=\sby\s)({NUMBER})\s(in)(?=[,;)]|\.?$)"),
         lambda match: _words(match[1], "inch", "inches"), DIGITS),
    Rule("inches", re.compile(rf"{START}({NUMBER})(\s|-)(in)()\.(?=\s[a-z])"),
         lambda match: _words(match[1], "inch", "inches"), DIGITS),
    Rule("two scales of heat", re.compile(r"(?<=\d°[CF])\s?/\s?(?=\w)"), lambda _: ", ", "°"),
    Rule("percent to percent", re.compile(r"(?<=\d)\s?(?:%|°[CF]?)\s?[–-]\s?(?=[–−-]?\d)"),
         lambda _: " to ", "%°"),
    Rule("scales before people", re.compile(
        rf"(?<![\w.,])({NUMBER})\s?(m|M|B|b|T)(?=[\s-](?:{_COUNTED}|parameter|model|token)\b)"),
        _scaled, DIGITS),
    Rule("per unit of area", re.compile(
        rf"(?<=\d)/({_AREAS}|sq\s?mi)(?![\w^])|(?<=[a-z]{{3}})/({_AREAS})(?![\w^])"),
        _squares, "/"),
    Rule("units", re.compile(
        rf"{START}({NUMBER})(?:\s|(-))?({_UNIT})(?:\s?/\s?({_PERS})(?:/({_PERS}))?)?(?![\w^]|/(?!\d))"),
        _unit, DIGITS),
    Rule("units without a number", re.compile(
        rf"(?<![\w/.,^'-])(?:({_UNITS_ALONE})/({_PERS})|(m|km|W|N|J|l|L|g|t)/(s|h|kg|m|min|{_AREAS}))(\s?\^2)?"
        r"(?![\w/^'-])"), _alone, "/"),
    Rule("units of millions", re.compile(rf"(?<=illion )({_LONG_UNIT})(?![\w/^.'-])"),
         lambda match: _UNITS[squeeze(match[1])][1], "i"),
    Rule("amps", re.compile(rf"{START}(\d{{1,3}}\.\d{{1,3}})\sA(?![\w'])(?!\s[a-z])"
        r"|(?:(?<=V[/, ])|(?<=volts[/, ]))(\d{1,3}(?:\.\d{1,3})?)\s?A(?!\w)"),
         lambda match: _words(match[1] or match[2], "amp", "amps"), "A"),
    Rule("tesla", re.compile(rf"{START}({NUMBER})\s(T)(?=\s(?:magnet|field|scanner|MRI)|[.,;)]|$)"),
         lambda match: f"{numbers.number(match[1])} tesla", "T"),
    Rule("degrees with a letter", re.compile(r"\b(degrees?)\s([FCK])(?![\w'])"),
         lambda match: f"{match[1]} {_SCALES_OF_HEAT[match[2]]}", "FCK"),
    Rule("kelvin", re.compile(rf"{START}({NUMBER})\s(K)(?!\w|\s[a-z])"),
         lambda match: _words(match[1], "kelvin", "kelvin"), DIGITS),
    Rule("seconds", re.compile(
        rf"{START}({NUMBER})(?:\s|(?<=\.\d)|(?<=\.\d\d)|(?<=\.\d\d\d))s(?![\w'])"),
         lambda match: _words(match[1], "second", "seconds"), DIGITS),
    Rule("a thousand letters", re.compile(
         r"(?<![\w.,])(?:(?<=[Rr]an )|(?<=[Rr]un )|(?<=\bmy )|(?<=first ))(5|10)[Kk](?!\w)"
        r"|(?<![\w.,])([2458]|10|12|16)[Kk](?=[\s-](?:run|race|video|TV|TVs|screen|resolution|monitor|display|footage|camera|film|streaming|[A-Z])|[.,;:!?]|$)"),
         lambda match: f"{numbers.number(match[1] or match[2])} K", DIGITS),
    Rule("scales", re.compile(
        rf"(?<![\w.,])({NUMBER})\s?(bn|mn|mln|tn|trn|k)(?![\w'])"), _scaled, DIGITS),
    Rule("scales and more", re.compile(r"(?<![\w.,])(\d{1,4})(M|K|B)(?=\+)"), _scaled, "+"),
    Rule("scales with a point", re.compile(
        r"(?<![\w.,])(\d{1,4}\.\d{1,3})(M|B|T|K)(?![\w'])"), _scaled, DIGITS),
    Rule("thousands", re.compile(r"(?<![\w.,])(\d{1,4})(K)(?=\s[a-z])"), _scaled, DIGITS),
    Rule("billions", re.compile(r"(?<![\w.,])(\d{1,4})(B)(?=\s(?:model|parameter))"),
         _scaled, DIGITS),
)  # fmt: skip
