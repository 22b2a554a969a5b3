"""English abbreviations: which words they stand for where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from narrate.spoken.core import Rule, alternatives, left_of, right_of, squeeze
from narrate.spoken.english import abbreviations as tables
from narrate.spoken.english.numbers import DIGITS
from narrate.spoken.english.streets import STREET_RULES
from narrate.spoken.english.tables import DAY_ABBREVIATIONS as DAYS
from narrate.spoken.english.tables import MONTH_ABBREVIATIONS as MONTHS
from narrate.spoken.english.tables import NUMERALS
from narrate.spoken.writing.characters import LOWER, UPPER
from narrate.spoken.writing.written import closing_stop


def _with_capitals(table: dict[str, str]) -> dict[str, str]:
    """A table, and each key with a capital where that is no other word."""
    capitals = {
        key[0].upper() + key[1:]: said[0].upper() + said[1:]
        for key, said in table.items()
        if key not in tables.NEVER_CAPITALISED
    }
    return {**capitals, **table}


_WORDS = _with_capitals(
    {k: v for k, v in tables.ABBREVIATIONS.items() if k not in tables.PARTED and k != "c."}
)
_PARTED = _with_capitals(tables.PARTED)
_PARTED_SAID = {squeeze(key): said for key, said in _PARTED.items()}
_GOES_ON = re.compile(rf"(?:'|\s?[,)]|\s[{LOWER}\d(])")
_NAME_AFTER = re.compile(rf"\s*[{UPPER}]")
_PLACE_BEFORE = re.compile(rf"(?:\d[\w\s]{{1,30}}|[{UPPER}][\w.'-]{{1,30}}|\d(?:st|nd|rd|th))$")
_NUMBER_BEFORE = re.compile(r"\d(?:[\w\s]{0,30}\s[\w'.]{1,30}(?<!Rue)(?<!rue)|st|nd|rd|th)$")
_BEGINS_PLACE = re.compile(r"(?:^|\s)(?:Mount|Port|Fort|East|West|North|South|New|the|The)$")
_YEAR_AFTER = re.compile(r"\s?1\d{3}|\s?20\d\d")
_EDITION_BEFORE = re.compile(r"(?:\d(?:st|nd|rd|th)|\b(?:first|second|third|rev(?:ised)?)) $")
_ZIP_AFTER = re.compile(rf",| (?:\d{{5}}|(?:{'|'.join(DIGITS)}) (?:{'|'.join(DIGITS)}) )")
_TOWN_BEFORE = re.compile(rf"(?<![{LOWER}])[{UPPER}][\w'.-]{{1,30}},$")
_BOTH_WAYS = {"St.": "Street", "Dr.": "Drive"}


def _abbreviation(match: re.Match[str]) -> str:
    key = match.group()
    if key in _BOTH_WAYS and _is_place(match):
        return _BOTH_WAYS[key] + closing_stop(match)
    said = _WORDS.get(key)
    after = right_of(match)
    if key == "ed." and _EDITION_BEFORE.search(left_of(match)):
        return "edition" + closing_stop(match)
    if said is None or (key in tables.WORDS_TOO and not _GOES_ON.match(after)):
        return key
    if key == "est." and _YEAR_AFTER.match(after):
        said = "established"
    return said + closing_stop(match)


def _is_place(match: re.Match[str]) -> bool:
    """Whether ``St.`` or ``Dr.`` is a street: behind its name, and before none."""
    before = left_of(match).rstrip()
    if _NAME_AFTER.match(right_of(match)):
        return bool(_NUMBER_BEFORE.search(before)) and not re.match(r"\s\w\.?\s", right_of(match))
    return bool(_PLACE_BEFORE.search(before)) and not _BEGINS_PLACE.search(before)


def _unstopped_title(match: re.Match[str]) -> str:
    return _WORDS[match.group() + "."]


def _before_number(match: re.Match[str]) -> str:
    return tables.BEFORE_NUMBER[match.group()]


def _parted(match: re.Match[str]) -> str:
    said = _PARTED_SAID[squeeze(match.group())]
    return said + (closing_stop(match) if match.group().endswith(".") else "")


def _measure(match: re.Match[str]) -> str:
    number, joint, unit = match.groups()
    one, many = tables.AFTER_NUMBER[unit]
    is_attribute = bool(re.match(r"\s(?:ruler|gun|pipe|screen|disk|tall\s?man)", right_of(match)))
    said = one if number in ("1", "one") or joint == "-" or is_attribute else many
    return f"{number} {said}{closing_stop(match)}"


def _state(match: re.Match[str]) -> str:
    if not _TOWN_BEFORE.search(left_of(match)):
        return match.group()
    return f" {tables.STATES[match.group(1)]}{closing_stop(match)}"


def _postal(match: re.Match[str]) -> str:
    code = match.group(1)
    is_sure = code not in tables.POSTAL_WORDS or _ZIP_AFTER.match(right_of(match))
    if not is_sure or not _TOWN_BEFORE.search(left_of(match)):
        return match.group()
    return f" {tables.POSTAL[code]}"


def _politician(match: re.Match[str]) -> str:
    state = match.group(2)
    place = tables.STATES.get(state) or tables.POSTAL[state]
    said = f"{tables.PARTIES[match.group(1)]} of {place}"
    return f"({said})" if match.group()[0] == "(" else said


def _dotted_plural(match: re.Match[str]) -> str:
    letters = " ".join(char.upper() for char in match.group(1) if char.isalpha())
    return f"{letters}'s"


def _unstopped(match: re.Match[str]) -> str:
    return tables.UNSTOPPED[match.group()]


def _capital_plural(match: re.Match[str]) -> str:
    return f"{match.group(1)}'s" if _SEVERAL_BEFORE.search(left_of(match)) else match.group()


def _us(match: re.Match[str]) -> str:
    """The country in a text all in capitals: at its beginning, or behind an article."""
    before = left_of(match)
    is_country = not before.strip() or before.endswith(("THE ", "IN ", "OF ", "BY "))
    is_loud = (before + right_of(match)).isupper()
    return "U S" if is_loud and is_country else "US"


def _direction(match: re.Match[str]) -> str:
    return tables.DIRECTIONS[match.group()] + closing_stop(match)


def _dotted_month(match: re.Match[str]) -> str:
    before, behind = match.groups()
    return MONTHS[before] if before else MONTHS[behind] + closing_stop(match)


def _after_word(match: re.Match[str]) -> str:
    said = {**MONTHS, **DAYS}[match.group(2)]
    return f"{match.group(1)}{said}{closing_stop(match)}"


def _rule(name: str, pattern: str, say: Callable[[re.Match[str]], str], needs: str = "") -> Rule:
    return Rule(name, re.compile(pattern), say, needs)


def _any(keys: Iterable[str]) -> str:
    return alternatives(frozenset(keys))


_BEFORE_DAY = "on|and|to|or|until|by|last|next|this|every|from"
_BEFORE_MONTH = f"in|since|till|early|late|mid|of|between|before|after|{_BEFORE_DAY}"
_NUMBER_WORD = NUMERALS.pattern
_SEVERAL_BEFORE = re.compile(rf"(?<!\w)(?:\d{{1,3}}|{_NUMBER_WORD}|straight|mostly|all) $")
_STOPPABLE = {key for key in tables.UNSTOPPED if key + "." in _WORDS}
_NEVER_STOPPED = set(tables.UNSTOPPED) - _STOPPABLE - {"w/"}
_TITLES = _any(tables.UNSTOPPED_TITLES - {"Jr", "Sr"})

_SPECIAL = (
    _rule(
        "and between words",
        r"\s?(?<![\w'])'[nN]'(?!\w)\s?|(?<=\w)'[nN]'(?=\w)|(?<=\w)\s[nN]'(?=\s)",
        lambda _: " and ",
        "'",
    ),
    _rule(
        "versus in court",
        rf"(?<=[{LOWER}.] )v\.?(?= [{UPPER}][{LOWER}])",
        lambda _: "versus",
        "v",
    ),
    _rule(
        "country in capitals",
        r"(?<![^ ])US(?= [A-Z]{3})",
        _us,
        "U",
    ),
    _rule("okayed", r"\b(?:OK|O\.K\.)'d\b", lambda _: "okayed", "K"),
    _rule(
        "plurals of dotted letters",
        rf"(?<![\w.])(Ph\.\s?D\.|(?:[{UPPER}]\.){{2,6}})'?s(?![\w'])",
        _dotted_plural,
        ".",
    ),
    _rule(
        "plurals of small letters",
        r"(?<![\w'-])([b-hj-z])'s(?![\w'])|(?<=\bthe )(i)'s(?![\w'])",
        lambda match: match.group()[0].upper() + "'s",
        "'",
    ),
    _rule(
        "plurals of capitals",
        r"(?<=[\w] )([A-Z])s(?![\w'])",
        _capital_plural,
        "s",
    ),
)
_ADDRESSES = (
    _rule(
        "parties",
        rf"(?:\(|(?<=, ))(D|R|I)[-–]({_any((*tables.STATES, *tables.POSTAL))})(?:\)|(?=,))",
        _politician,
        "-–",
    ),
    _rule(
        "states",
        rf"(?<=[{LOWER}],)\s({_any(tables.STATES)})(?!\w)",
        _state,
        ",",
    ),
    _rule(
        "states by post",
        rf"(?<=[{LOWER}],)\s({_any(tables.POSTAL)})(?![\w.'&-])",
        _postal,
        ",",
    ),
    _rule(
        "directions",
        rf"(?<=\d )[NSEW]\.(?=\s[{UPPER}\d])|(?<=\d )[NS]\.?[EW]\.?(?=\s[{UPPER}])"
        r"|(?<=St\. )[NS][EW](?!\w)|(?<=Ave\. )[NS][EW](?!\w)",
        _direction,
        "NSEW",
    ),
)
_DATES = (
    _rule(
        "weekdays, abbreviated",
        rf"(?<![\w@])({_any(DAYS)})(?=,?\s(?:[A-Z\d]|(?:to|and|through|or)\s(?:{_any(DAYS)})))",
        lambda match: DAYS[match.group(1)],
        ".",
    ),
    _rule(
        "weekdays after a word", rf"\b((?:{_BEFORE_DAY}) )({_any(DAYS)})(?!\w)", _after_word, "."
    ),
    _rule(
        "months, abbreviated",
        rf"\b({_any(MONTHS)})(?=,?\s\d)|(?<=\d\s)({_any(MONTHS)})(?!\w)",
        _dotted_month,
        ".",
    ),
    _rule(
        "months after a word",
        rf"\b((?:{_BEFORE_MONTH})[ -])({_any(MONTHS)})(?!\w)",
        _after_word,
        ".",
    ),
)

SHOUTED_ENDINGS = _rule(
    "contractions in capitals",
    r"(?<=[A-Za-z])'(?:S|T|M|D|RE|VE|LL|Re|Ve|Ll)(?![A-Za-z'])",
    lambda match: match.group().lower(),
    "'",
)
"""``CAN'T``: tried once a text all in capitals is calm."""

WORD_RULES = (
    *_SPECIAL,
    _rule(
        "without full stop",
        rf"(?<![\w@.'/:-])(?:(?:{_any(_STOPPABLE)})(?!\.)|(?:{_any(_NEVER_STOPPED)}))"
        r"(?![\w@'/:-]|\.\w)"
        r"|(?<![\w@.'/-])w/(?=\s?[a-z]|\s\d)",
        _unstopped,
    ),
    _rule(
        "equations",
        r"\b([Ee]quation|[Ee]q)s?\.?\s\((\d{1,3}[a-z]?)\)",
        lambda match: f"{match[1][0]}quation {match[2]}",
        "(",
    ),
    _rule("years old", r"(?<=\d)[ -]?y\.?/?o\.?(?=[\s,;)])", lambda _: "-year-old", "y"),
    _rule(
        "tables with a part",
        r"\b(Table|Figure|Exhibit|Example|Problem|Exercise|Equation"
        r"|Question) (\d{1,3})-(?=\d{1,3}(?![\w-]))",
        lambda match: f"{match[1]} {match[2]} ",
        "-",
    ),
    _rule("directed by", r"(?<![\w.])dir\.(?=\s[A-Z])", lambda _: "directed by", "."),
    _rule("International", rf"(?<![\w.])Int\.(?=\s[{UPPER}])", lambda _: "International", "."),
    _rule("week", r"(?<![\w.])([Ww])k(?=\s\d)", lambda match: f"{match[1]}eek", "k"),
    _rule(
        "labels",
        rf"(?=[A-Za-z])(?:(?<![\w@.'/-])({_any(tables.LABELS)})\.?(?=:(?:\s|$))"
        rf"|(?<![\w.])([Dd]ep|[Aa]rr)\.(?=\s(?:\d|{_NUMBER_WORD}\b)))",
        lambda match: tables.LABELS[match[1] or match[2]],
        ":.",
    ),
    _rule(
        "number before a colon",
        r"(?<![\w.])([Nn])o\.(?=:|\sof\s[a-z])",
        lambda match: "Number" if match[1] == "N" else "number",
        ".",
    ),
    _rule(
        "titles without full stop",
        rf"(?=[A-Z])(?:(?<![\w@.'-])(?:{_TITLES})(?=\s[{UPPER}])"
        rf"|(?<=[{LOWER}]\s)[JS]r(?![\w.])|(?<=[{LOWER}],\s)[JS]r(?![\w.]))",
        _unstopped_title,
    ),
    *STREET_RULES,
    *_ADDRESSES,
    *_DATES,
    _rule(
        "abbreviations of several parts",
        rf"(?<![\w@.])(?=[^\W\d_]{{1,4}}[.\s])(?:{_any(_PARTED)})(?![^\W\d_])",
        _parted,
        ".",
    ),
    _rule(
        "abbreviations before a number",
        rf"(?<![\w@])(?=[^\W\d_]{{1,5}}\.)(?:{_any(tables.BEFORE_NUMBER)})(?=\s?\(?\d)",
        _before_number,
        ".",
    ),
    _rule(
        "abbreviated measures",
        rf"(?<![\w.,])(\d(?:[\d.,/]{{0,11}}\d)?)([ -]?)({_any(tables.AFTER_NUMBER)})(?!\w)",
        _measure,
        ".",
    ),
    _rule(
        "abbreviations",
        r"(?<![\w@.])[^\W\d_]{1,7}(?:'l)?\.(?![^\W\d_])",
        _abbreviation,
        ".",
    ),
)
