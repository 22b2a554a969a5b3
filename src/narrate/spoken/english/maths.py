"""English signs, powers, fractions, ratios, scores and ranges."""

from __future__ import annotations

import re
from math import gcd

from narrate.spoken.core import DIGITS, Rule, alternatives, left_of, right_of, squeeze
from narrate.spoken.english import numbers
from narrate.spoken.english.measures import PER, UNITS
from narrate.spoken.english.notation import ARTICLE, NUMBER
from narrate.spoken.writing.numerals import plain

_UNITS = {squeeze(unit): said for unit, said in UNITS.items()}
_UNIT = alternatives(tuple(key for key in UNITS if key not in ("K", "%", "°")))
_LARGEST_DENOMINATOR = 100
_WHOLE = 100
_LARGEST_GAME = 7
_MANY_RUNS = 20
_MOST_WICKETS = 10
_CRICKET = re.compile(
    r"\b(?:score|innings|total|stumps|wickets?|runs|batting|declared|reached|slumped|collapsed)\b[^.!?]{0,30}$"
)
_SAID_AS_NAMES = {
    ("24", "7"): "twenty-four seven", ("20", "20"): "twenty-twenty",
    ("9", "11"): "nine eleven",
}  # fmt: skip
_RATED = re.compile(
    r"\b(?:rated?|rates|ratings?|scored?|scores|marks?|give[ns]?|gave|got)\s(?:\w{1,9}\s){0,2}(?:of\s)?$"
)
_HALF_A = re.compile(
    r"\s(?:cup|mile|hour|inch|pint|litre|liter|teaspoon|tablespoon|pound|dozen|day|year|kilo|"
    r"kilometre|metre|acre|glass|bottle|minute|second|tonne|ton|point|page|century)\b"
)
_ATTRIBUTE = re.compile(r"\s(?!of\b|from\b|in\b|to\b|and\b|or\b|for\b|at\b|a\b|per\b)[a-z]")
_STUMPS = re.compile(r"\s(?:at\s(?:stumps|lunch|tea)|declared|dec)\b")
_GAME = re.compile(
    r"(?i)\b(?:w[io]ns?|winning|beat|beats|beaten|beating|lost|loses?|losing|draws?|drew|drawn|defeat\w*|"
    r"victory|lead|led|leads|ahead|ended|scored?|thrash\w*|up|down|it was|result)\b[^.!?]{0,40}$"
)
_GAME_AFTER = re.compile(
    r"\s(?:win|loss|defeat|draw|victory|lead|thrashing|rout|home|away|at|to|up|down)\b"
)
_TEAMS = re.compile(r"[A-Z][a-z]+\s$")


def _range(match: re.Match[str]) -> str:
    first, second = match.groups()
    if second[0] == "0" and len(second) > len("00") and "." not in second:
        return f"{numbers.digits(plain(first))}, {numbers.digits(plain(second))}"
    if _STUMPS.match(right_of(match)):
        return f"{first} for {second}"
    nil = _nil(match, first, second) if "0" in (first, second) else ""
    return nil or f"{first} to {second}"


def _nil(match: re.Match[str], first: str, second: str) -> str:
    game = _GAME.search(left_of(match)) or _GAME_AFTER.match(right_of(match))
    if not game and not _TEAMS.search(left_of(match)):
        return ""
    return " ".join("nil" if goals == "0" else goals for goals in (first, second))


def _sets(match: re.Match[str]) -> str:
    games = re.findall(r"(\d{1,2})(?:[–-](\d{1,2}))?", match.group())
    said = ", ".join(" ".join("love" if n == "0" else numbers.number(n) for n in game if n)
                     for game in games)  # fmt: skip
    return said + ("," if match.group().endswith(")") and right_of(match)[:1] == " " else "")


def _row(match: re.Match[str]) -> str:
    return " ".join(numbers.number(digit) for digit in match.group().split("-"))


def _linked(match: re.Match[str]) -> str:
    first, nth, link, second = match.groups()
    said = numbers.ordinal(int(first)) if nth else numbers.number(first)
    return f"{said}-{link}-{numbers.number(second)}"


# --- fractions ---------------------------------------------------------------------------------


def _fraction(match: re.Match[str]) -> str:
    whole, upper, lower, hyphen, unit = match.groups()
    above, below = int(upper), int(plain(lower))
    said = _part(match, above, below) if below else ""
    if not said:
        return f"{whole or ''} {upper} {lower}{hyphen or ''} {unit or ''}"
    if hyphen:
        said = said.removesuffix("s").replace(" ", "-") + "-"
    one, many = _UNITS[squeeze(unit)] if unit else ("", "")
    if unit and not whole and (" over " in said or " out of " in said):
        return f"{said} {many}"
    if unit and not whole and ARTICLE.search(left_of(match)) and _ATTRIBUTE.match(right_of(match)):
        return f"{said.removesuffix('s').replace('one half', 'half')} {one}"
    if not whole:
        return f"{_of_a(said, one)}" if unit else said
    said = said.replace("one-half", "a half").replace("one-quarter", "a quarter")
    for unit in ("half", "third", "quarter", "eighth"):
        said = said.replace(f"one {unit}", f"{'an' if unit == 'eighth' else 'a'} {unit}")
    return f"{numbers.number(whole)} and {said} {many}".rstrip()


def _of_a(part: str, unit: str) -> str:
    """``half a mile``, ``three quarters of an hour``."""
    article = "an" if unit[0] in "aeio" or unit == "hour" else "a"
    return f"half {article} {unit}" if part == "one half" else f"{part} of {article} {unit}"


def _part(match: re.Match[str], above: int, below: int) -> str:  # noqa: PLR0911
    if known := _SAID_AS_NAMES.get((str(above), str(below))):
        return known if match[1] is None else ""
    before, after = left_of(match), right_of(match)
    if above + below == _WHOLE and match[1] is None:
        said = (numbers.cardinal(above), numbers.cardinal(below))
        return (" " if "-" in "".join(said) else "-").join(said)
    if re.match(r"\s(?:time|beat|rhythm)\b", after):
        return f"{numbers.cardinal(above)} {numbers.cardinal(below)}"
    if above >= _MANY_RUNS and below <= _MOST_WICKETS and _CRICKET.search(before):
        return f"{numbers.cardinal(above)} for {numbers.cardinal(below)}"
    if _RATED.search(before) or above == below or re.match(r"\sstars?\b", after):
        return f"{numbers.cardinal(above)} out of {numbers.cardinal(below)}"
    if (above, below) == (1, 2) and match[1] is None and _HALF_A.match(after):
        return f"half {'an' if after[1] in 'aeiou' or after.startswith(' hour') else 'a'}"
    if below > _LARGEST_DENOMINATOR or below == 1 or (above > below and gcd(above, below) > 1):
        return f"{numbers.cardinal(above)} over {numbers.cardinal(below)}"
    return numbers.fraction(above, below)


# --- powers ------------------------------------------------------------------------------------


def _power_of_ten(match: re.Match[str]) -> str:
    amount, sign, power = match.groups()
    minus = "minus " if sign == "-" else ""
    return (
        f"{numbers.number(amount)} times ten to the power of {minus}{numbers.cardinal(int(power))}"
    )


def _raised(match: re.Match[str]) -> str:
    sign, power, unit, per = match.groups()
    plain_power = {"2": " squared", "3": " cubed"}.get(power) if not sign else None
    minus = "minus " if sign else ""
    said = plain_power or f" to the power of {minus}{numbers.cardinal(int(power))}"
    measure = f" {_UNITS[squeeze(unit)][1]}" if unit else ""
    return said + measure + (f" per {PER[per]}" if per else "")


def _power(match: re.Match[str]) -> str:
    return f" to the power of {'minus ' if match.group(1) else ''}"


def _average(match: re.Match[str]) -> str:
    row, after = match[1], right_of(match)
    named = re.match(r"\s(?:hitter|average|batting|batter)\b", after)
    if row[0] == "0" or not (named or _HITS.search(left_of(match))):
        return match.group()
    return numbers.paired(row)


def _function(match: re.Match[str]) -> str:
    name, of = (part for part in match.groups() if part)
    return f"{_FUNCTIONS.get(name, name)} of {of}"


_NUMBER_LEFT = r"(?<=[\d)])"
_HITS = re.compile(
    r"\b(?:hit|hits|hitting|bat|bats|batted|batting|slugging|slugged)\s(?:(?:a"
    r"|average of)\s)?$"
)
_FUNCTIONS = {
    "sin": "sine",
    "cos": "cosine",
    "tan": "tangent",
    "log": "log",
    "ln": "L N",
    "exp": "exp",
    "sqrt": "square root",
}
SIGN_RULES = (
    Rule("batting averages", re.compile(
        r"(?<![\w.,])\.(\d{3})(?=\s(?:hitter|average|batting|batter|season|clip)\b|(?![\w]"
        r"|[.,]\d|\s?%))"), _average, "."),
    Rule("functions", re.compile(
        r"(?<![\w'])([fghtuvyzFGPE]|sin|cos|tan|log|ln|exp|sqrt)\((-?\d{1,4}(?:,\s?\d{1,4})?|[A-Za-z]|[A-Za-z]\s?[+−-]\s?\w)\)"
        r"|(?<![\w'])(O)\(([^()]{1,12})\)"), _function, "("),
    Rule("apertures", re.compile(r"(?<![\w/])f/(?=\d)"), lambda _: "F ", "f"),
    Rule("sine", re.compile(r"(?<![\w'])(sin|cos|tan)(?=\s?(?:\(|\d{1,3}\s?[°=+−)]|[θαβφπω]))"),
         lambda match: _FUNCTIONS[match[1]] + " ", "sct"),
    Rule("powers of ten", re.compile(
        rf"(?<![\w.,])({NUMBER})[eE]([+-]?)(\d{{1,3}})(?!\w)"), _power_of_ten, "eE"),
    Rule("subtraction", re.compile(
        rf"{_NUMBER_LEFT}\s?[−]\s?(?=[\d.(])|{_NUMBER_LEFT}\s[–-]\s(?=\d{{1,12}}(?:\.\d{{1,9}})?\s?=)"
        rf"|{_NUMBER_LEFT}[–-](?=\d{{1,12}}(?:\.\d{{1,9}})?\s?=)"), lambda _: " minus ", DIGITS),
    Rule("division", re.compile(
        rf"(?<=\d\d)/(?=\d{{1,12}}(?:\.\d{{1,9}})?\s?=)|{_NUMBER_LEFT}\s/\s(?=\d)"),
        lambda _: " divided by ", "/"),
    Rule("minus", re.compile(
        r"−\s?(?=[\d.])|(?<![^\s(\[=<>≈≥≤±/×~€$£])(?<!\d\s)[–-](?=[€$£]?\.?\d)"),
        lambda _: " minus ", DIGITS),
    Rule("sign and amount", re.compile(r"([€$£])\sminus\s(?=\d)"),
         lambda match: f" minus {match[1]}", "€$£"),
    Rule("powers of numbers", re.compile(
        rf"(?<=\d)\s?\^([–−-]?)(\d{{1,3}})(?:\s({_UNIT})(?:/(s|h|kg|m))?(?![\w/^]))?"
        r"(?![\w.])"), _raised, "^"),
    Rule("out of ten", re.compile(r"(?<![\w.,/])(\d{1,2}\.\d)/(5|10|20|100)(?![\w/]|[.,]\d)"),
         lambda match: f"{match[1]} out of {match[2]}", "/"),
    Rule("at most", re.compile(r"<=\s?"), lambda _: " less than or equal to ", "<"),
    Rule("at least", re.compile(r">=\s?"), lambda _: " greater than or equal to ", ">"),
    Rule("not equal", re.compile(r"(?<=\s)!=(?=\s)"), lambda _: " is not equal to ", "!"),
    Rule("arrows", re.compile(r"(?<=[\d%])\s?(?:→|->|=>)\s?(?=[\d€$£+−-])"),
         lambda _: " to ", "→>"),
    Rule("arrows between words", re.compile(r"\s(?:->|=>|-->)\s"), lambda _: ", ", ">"),
    Rule("dimensions", re.compile(r"(\d{3,4})\s?[x×]\s?(\d{3,4})(?!\s?=|[\d.])"),
         lambda match: f"{numbers.paired(match[1])} by {numbers.paired(match[2])}", DIGITS),
    Rule("by", re.compile(
        r"(?<='')\s?[x×]\s?(?=\d)|(?<=[\dm])(?:\sx\s|x)(?=\d{1,9}(?:\.\d{1,9})?(?!\s?=|[\d.^]|\sto\sthe))"
        r"|(?<=[\dm])\s?×\s?(?=\d{1,9}(?:\.\d{1,9})?\s?(?:mm|cm|m|km|in|ft|px)\b)"),
        lambda _: " by ", DIGITS),
    Rule("times", re.compile(
        r"(?<=\d)\s?[x×]\s?(?=\d)|(?<=\d)\s[x×]\s(?=[£$€]\d)"), lambda _: " times ", DIGITS),
)  # fmt: skip

_TIE = r"\s?\(\d{1,2}(?:[–-]\d{1,2})?\)"
_LAST_SET = rf"(?:7[–-]6|6[–-]7){_TIE}"
_SET = rf"[0-{_LARGEST_GAME}][–-][0-{_LARGEST_GAME}](?:{_TIE})?"
RANGE_RULES = (
    Rule("even odds", re.compile(r"(?<![\w.,–-])50-50(?![\w–-]|[.,]\d)"), lambda _: "fifty-fifty",
         DIGITS),
    Rule("sets", re.compile(
        rf"(?<![\w.,–-])(?:{_SET}(?:,?\s{_SET}){{1,4}}|{_LAST_SET})(?![\w–-]|[.,]\d)"), _sets,
         DIGITS),
    Rule("formations", re.compile(r"(?<![\w.,–-])\d-\d-\d(?:-\d)?(?![\w–-]|[.,]\d)"), _row, DIGITS),
    Rule("linked numbers", re.compile(
        r"(?<![\w.,–-])(\d{1,4})(st|nd|rd|th)?-(in|to|by|of|out-of|for|on|foot|and)-(\d{1,4})(?!\w|[.,]\d)"),
        _linked, DIGITS),
    Rule("ranges", re.compile(
        rf"(?<![\w.,–-])({NUMBER})(?:\s?[–—]\s?|-|\s-\s)({NUMBER})(?![\d–]|-\d|[.,]\d)"),
        _range, DIGITS),
    Rule("school years", re.compile(r"\bK-(?=(?:5|6|8|12)(?!\w))"), lambda _: "K to ", DIGITS),
    Rule("ranges of letters", re.compile(r"(?<=\b[A-Z])–(?=\d)"), lambda _: " to ", "–"),
    Rule("ranges of ordinals", re.compile(r"(?<=\d(?:st|nd|rd|th))[–-](?=\d)"),
         lambda _: " to ", DIGITS),
)  # fmt: skip

FRACTION_RULES = (
    Rule("fractions", re.compile(
        r"(?<![\w.,/])(?:(\d{1,4})\s)?(\d{1,4})/(\d[\dʘ]{0,12})(?:rds|ths|nds|th|rd)?(?![\w/]|[.,]\d)"
        rf"(?:(-(?=[a-z]))|\s?({_UNIT})(?![\w/^]))?"),
        _fraction, DIGITS),
)  # fmt: skip
POWER_RULES = (
    Rule("factorials", re.compile(r"(?<=\d)!(?=\s?[=×/*+)])"), lambda _: " factorial ", "!"),
    Rule("ratios", re.compile(r"(?<=\d):(?=\d)"), lambda _: " to ", DIGITS),
    Rule("powers", re.compile(r"\s?\^2(?!\d)"), lambda _: " squared ", "^"),
    Rule("cubes", re.compile(r"\s?\^3(?!\d)"), lambda _: " cubed ", "^"),
    Rule("other powers", re.compile(r"\s?\^([–−-]?)(?=\d)"), _power, "^"),
    Rule("letters as powers", re.compile(r"\s?\^(?=[A-Za-z]\b)"),
         lambda _: " to the power of ", "^"),
)  # fmt: skip

COMPARISON_RULES = (
    Rule("less between", re.compile(r"\s<\s"), lambda _: " less than ", "<"),
    Rule("more between", re.compile(r"\s>\s"), lambda _: " greater than ", ">"),
    Rule("less", re.compile(r"<\s?(?=[.\d€$£]|minus|point)"), lambda _: " less than ", "<"),
    Rule("more", re.compile(r">\s?(?=[.\d€$£]|minus|point)"), lambda _: " more than ", ">"),
    Rule("about", re.compile(r"~\s?(?=[\d€$£])"), lambda _: " about ", "~"),
)  # fmt: skip
