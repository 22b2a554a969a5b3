"""German writings of words: both genders, slashes, single letters, words in capitals."""

from __future__ import annotations

import re

from narrate.spoken.core import Rule, alternatives, left_of, words
from narrate.spoken.german.acronyms import ACRONYMS, SHOUTED
from narrate.spoken.german.speakable import is_said_as_word
from narrate.spoken.writing.characters import LETTERS, LOWER, UPPER
from narrate.spoken.writing.letters import Spelling

_PAIRS = words(
    "der die das dem den des er sie ihm ihr ihn sein seine seinem seinen seiner seines ihre ihrem "
    "ihren ihrer ihres ein eine einem einen einer eines diese dieser diesem diesen jede jeder "
    "jedem jeden welche welcher keine keiner"
)
_PAIR = re.compile(
    rf"[*:/_](?<=[{LOWER}].)(?=(?:{'|'.join(sorted(_PAIRS, key=len, reverse=True))})(?![\w*]))",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"(?<![\w*:/_])([^\W\d_]{2,7})$")
_BOTH_ENDINGS = re.compile(rf"(?<![\w*])([{LETTERS}]{{1,29}}e)(?:[*:_]|/-?)([rnms])(?![\w*:])")
_NO_ENDING = re.compile(
    r"(?<![\w*])([Ee]in|[Kk]ein|[Mm]ein|[Dd]ein|[Ss]ein|[Ii]hr|[Uu]nser)(?:[*:_]|/-?)e(?![\w*:])"
)
_NO_WOMAN = "".join(
    f"(?<!{word}In)" for word in words("Linked Plug Log Check Add Built Stand Sign")
)
_WOMEN = re.compile(rf"[*:_/](?<=[{LOWER}][*:_/])(?:(?<=/)-)?[iI]n(?:(nen)|(?![{LOWER}]))")
_CAPITAL_WOMEN = re.compile(rf"In(?<=[{LOWER}]In){_NO_WOMAN}(?:(nen)|(?![{LOWER}]))")
_JOB = {"m": "männlich", "w": "weiblich", "d": "divers", "x": "divers", "f": "weiblich",
        "i": "inter", "a": "anders"}  # fmt: skip


def _pair(match: re.Match[str]) -> str:
    left = _LAST_WORD.search(left_of(match))
    return " oder " if left and left.group(1).lower() in _PAIRS else match.group()


def _next(word: str) -> str:
    """A word once more: an article with a small letter, a noun as it stands."""
    return word.lower() if word.lower() in _PAIRS else word


GENDER_RULES = (
    Rule(
        "genders of a job",
        re.compile(r"(?<!\w)([mwf])/([mwf])(?:/([dxia]))?(?!\w)"),
        lambda match: ", ".join(_JOB[letter] for letter in match.groups() if letter),
        "/",
    ),
    Rule("pairs of articles", _PAIR, _pair, "*:/_"),
    Rule(
        "two endings",
        _BOTH_ENDINGS,
        lambda match: f"{match[1]} oder {_next(match[1])}{match[2]}",
        "*:/_",
    ),
    Rule(
        "none or an ending",
        _NO_ENDING,
        lambda match: f"{match[1]} oder {match[1].lower()}e",
        "*:/_",
    ),
    Rule("both genders", _WOMEN, lambda match: " in" + (match.group(1) or ""), "*:_/"),
    Rule(
        "both genders, by a capital",
        _CAPITAL_WOMEN,
        lambda match: " in" + (match.group(1) or ""),
        "I",
    ),
)


_RIVERS = {
    "Frankfurt/Main": "Frankfurt am Main", "Frankfurt/Oder": "Frankfurt an der Oder",
    "Frankfurt/M.": "Frankfurt am Main", "Frankfurt/O.": "Frankfurt an der Oder",
    "Halle/Saale": "Halle an der Saale", "Offenbach/Main": "Offenbach am Main",
    "Marburg/Lahn": "Marburg an der Lahn", "Mülheim/Ruhr": "Mülheim an der Ruhr",
    "Weißenburg/Bayern": "Weißenburg in Bayern", "Gießen/Lahn": "Gießen an der Lahn",
}  # fmt: skip
_SPEEDS = {"km/h": "Kilometer pro Stunde", "m/s": "Meter pro Sekunde"}
_NAMES_WITH_AND = re.compile(
    r"(?<!\w)(Rock|Drum|Black|Johnson|Standard|Bed|Barnes|Marks|Procter|Bang|Smith)\s?&\s?"
    r"(?=(?:Roll|Bass|Decker|Poor|Breakfast|Noble|Spencer|Gamble|Wesson)(?!\w))"
)

SLASH_RULES = (
    Rule(
        "towns and their rivers",
        re.compile(rf"(?<!\w)(?:{alternatives(_RIVERS)})(?!\w)"),
        lambda match: _RIVERS[match.group()],
        "/",
    ),
    Rule(
        "speeds without a number",
        re.compile(rf"(?<![\w/-])(?<!\d\s)(?:{alternatives(_SPEEDS)})(?![\w/])"),
        lambda match: _SPEEDS[match.group()],
        "/",
    ),
    Rule("care of", re.compile(r"(?<!\w)c/o(?!\w)"), lambda _: "care of", "/"),
    Rule(
        "suspended before a slash",
        re.compile(rf"(?<=[{LOWER}])-/(?=[{UPPER}])"),
        lambda _: " und ",
        "/",
    ),
    Rule("English and", _NAMES_WITH_AND, lambda match: f"{match.group(1)} and ", "&"),
    Rule("business to business", re.compile(r"(?<!\w)([BCDGP])2([BCGP])(?!\w)"),
         lambda match: f"{match.group(1)} to {match.group(2)}", "2"),
)  # fmt: skip

LETTER_RULES = (
    Rule(
        "short for a noun with für, von, der",
        re.compile(r"(?<!\w)([A-Z]{1,2})([fvd])([A-Z]{1,3})(?!\w)(?<!MdB)(?<!MdL)"),
        lambda match: " ".join(match[1] + match[2].upper() + match[3]),
        "fvd",
    ),
    Rule(
        "a letter before a hyphen",
        re.compile(rf"(?<![\w'./-])([a-np-zäöüÄÖÜ])-(?=[{LETTERS}]{{2}})"),
        lambda match: match.group(1).upper() + " ",
        "-",
    ),
    Rule(
        "a letter after a hyphen",
        re.compile(rf"(?<=[{LOWER}]{{3}})-([b-fh-mp-rt-z]|e)(?![\w'-])"),
        lambda match: " " + match.group(1).upper(),
        "-",
    ),
    Rule(
        "a letter of a list",
        re.compile(r"(?:(?<=Punkt )|(?<=Buchstabe ))([a-z])\)(\s?$)?"),
        lambda match: match.group(1) + ("" if match.group(2) is not None else ","),
        ")",
    ),
    Rule(
        "capitals with ß",
        re.compile(rf"(?<![{LETTERS}])[{UPPER}]+ß[{UPPER}]*(?![{LETTERS}])"),
        lambda match: match.group().capitalize(),
        "ß",
    ),
)

SPELLING = Spelling(
    said=ACRONYMS, shouted=SHOUTED, joint="und", is_word=is_said_as_word, has_nouns=True
)
