"""English Roman numerals: of monarchs and popes, of wars, chapters and games."""

from __future__ import annotations

import re

from narrate.spoken.core import Rule, left_of, right_of, words
from narrate.spoken.english.numbers import cardinal, ordinal, year
from narrate.spoken.writing.characters import LETTERS, UPPER
from narrate.spoken.writing.numerals import roman_value

_LABELS = words(
    "Act Annex Appendix Article Book Bowl Chapter Class Division Episode Figure Grade Group "
    "Level Part Phase Player Section Schedule Stage Table Title Type Unit Volume War Wars Scene "
    "Season Apollo Gemini Saturn Rocky Mark Category Tier Protocol Sonata Symphony Canto "
    "Fantasy Quest Doom Halo Warcraft Starcraft Godfather Terminator Olympiad Lesson Session "
    "Round WrestleMania Amendment Auto Formula Chapters Acts Civilization"
)
_SMALL_LABELS = words(
    "act appendix article book chapter class episode figure grade level part phase section "
    "stage table title type volume scene page pages category tier"
)
_MONARCHS = words(
    "Albert Alexander Alfonso Alfred Benedict Boniface Carl Catherine Charles Christian Clement "
    "Constantine Cyrus Darius David Edward Elizabeth Eric Felipe Ferdinand Francis Franz "
    "Frederick Frederik George Gregory Gustav Haakon Harald Henry Innocent Isabella Ivan James "
    "John Joseph Juan Julius Justin Justinian Karl Leo Leopold Louis Ludwig Malcolm Manuel "
    "Margaret Margrethe Mary Maximilian Mehmed Michael Murad Napoleon Nicholas Olav Otto "
    "Pahlavi Paul Pedro Peter Philip Philippe Pius Ptolemy Rama Ramesses Ramses Richard Robert "
    "Rudolf Selim Sixtus Stephen Suleiman Sylvester Theodosius Thutmose Umberto Urban Victor "
    "Vittorio Wilhelm Willem William Xerxes Augustus Abdullah Hassan Mohammed Hussein Carlos "
    "Emmanuel Amenhotep Seti Artaxerxes Antiochus Baldwin"
)
_TITLES = r"King|Queen|Pope|Emperor|Empress|Tsar|Czar|Kaiser|Sultan|Pharaoh|Prince|Duke|Shah"
_ORDERS = r"[IVX]{2,6}|[VX]"
_FIRST = r"I(?=[,.;:)?!]|\s(?:of|was|is|and|had|died|ruled|became|in|to|who)\b|'s\b|$)"
_LETTERS_OF_YEAR = 4
_GIVEN = words(
    "Adam Alan Albert Alexander Alfred Allen Andrew Anthony Arthur Benjamin Bill Billy Bob Bobby "
    "Brian Cal Carl Charles Christopher Daniel David Davis Dennis Donald Douglas Edgar Edward "
    "Edwin Ernest Francis Frank Fred Frederick George Gerald Gordon Harold Harry Henry Herbert "
    "Horace Howard Hugh Jack James Jeffrey John Jonathan Joseph Ken Kenneth Larry Lawrence Louis "
    "Marshall Martin Marvin Michael Mitchell Oliver Patrick Paul Peter Philip Ralph Raymond "
    "Richard Robert Robin Roger Ronald Roy Russell Samuel Sargent Stephen Steven Ted Theodore "
    "Thomas Thurston Timothy Tom Vernon Vincent Walter Warren Wilbur William Winthrop Zachary"
)
_PERSON_BEFORE = re.compile(rf"(?:\b(?:{'|'.join(_GIVEN)})|\b[A-Z]\.?)\s$")
_I_DID = re.compile(
    r"\s(?:liked?|loved?|read|took|wrote|am|have|had|was|think|thought|hated?|enjoyed|wanted|want|"
    r"remember|mentioned|saw|know|knew|did|do|can|could|will|would|played|found|bought|gave|got)\b"
)
_NO_NAMES = frozenset(words("The A An This That Your His Her My Its In On Of And Or An"))
_CHAPTERS = "|".join(_LABELS)


def _ordered(match: re.Match[str]) -> str:
    name, order = match.groups()
    value = 0 if (name, order) == ("Malcolm", "X") else roman_value(order)
    return f"{name} the {ordinal(value).capitalize()}" if value else match.group()


def _labelled(match: re.Match[str]) -> str:
    label, first, dash, last = match.groups()
    if first == "I" and _I_DID.match(right_of(match)):
        return match.group()
    first, part = _with_part(first)
    value, end = roman_value(first.upper()), roman_value(last.upper()) if last else 0
    if not value or (last and not end):
        return match.group()
    joint = " and " if dash and "and" in dash else " to "
    return f"{label} {cardinal(value)}{part}" + (joint + cardinal(end) if end else "")


def _with_part(numeral: str) -> tuple[str, str]:
    """A numeral without the letter of a part: ``IIIb``."""
    if numeral[-1] in "abcdABCD" and numeral[-1].upper() not in "CD":
        return numeral[:-1], f" {numeral[-1].upper()}"
    return numeral, ""


def _bowl(match: re.Match[str]) -> str:
    value = roman_value(match.group())
    return cardinal(value) if value else match.group()


def _roman_year(match: re.Match[str]) -> str:
    value = roman_value(match.group())
    return year(value) if value and len(match.group()) >= _LETTERS_OF_YEAR else match.group()


def _century(match: re.Match[str]) -> str:
    value = roman_value(match[1])
    return f"{ordinal(value)} {match[2]}" if value else match.group()


def _named(match: re.Match[str]) -> str:
    name, number = match.groups()
    value = roman_value(number)
    if not value or name in _NO_NAMES or (name.isupper() and len(name) == 1):
        return match.group()
    if _PERSON_BEFORE.search(left_of(match)):
        return f"{name} the {ordinal(value).capitalize()}"
    return f"{name} {cardinal(value)}"


_SHORT_LABELS = {
    "Vol": "Volume", "vol": "volume", "Ch": "Chapter", "ch": "chapter", "Fig": "Figure",
    "fig": "figure", "Pt": "Part", "pt": "part", "Sec": "Section", "sec": "section",
    "Art": "Article", "art": "article", "Bk": "Book", "bk": "book", "p": "page", "pp": "pages",
    "sc": "scene", "Sc": "Scene", "App": "Appendix", "Sect": "Section",
}  # fmt: skip
_NUMERAL = r"(?:[IVXL]{2,8}|[IVX])(?:[abAB](?=\W|$))?"
_SMALL_NUMERAL = r"(?:[ivxl]{2,7}|[vx])"
ROMAN_RULES = (
    Rule("labels of Roman numerals", re.compile(
        rf"(?<!\w)({'|'.join(_SHORT_LABELS)})\.\s?(?=(?:{_NUMERAL}|[ivx]{{1,7}})(?!\w))"),
        lambda match: f"{_SHORT_LABELS[match[1]]} ", "."),
    Rule("Super Bowl", re.compile(r"(?<=Super Bowl )[LXVI]{1,8}(?!\w)"), _bowl, "IVXL"),
    Rule("Roman years", re.compile(r"(?<!\w)MC?[MDCXLVI]{2,12}(?!\w)"), _roman_year, "M"),
    Rule("Roman numerals of rulers", re.compile(
        rf"(?<!\w)((?:(?:{_TITLES})\s[{UPPER}][{LETTERS}]{{2,15}})|{'|'.join(_MONARCHS)})\s"
        rf"({_ORDERS}|{_FIRST})(?!\w)"), _ordered, "IVX"),
    Rule("Roman numerals of parts", re.compile(
        rf"(?<!\w)((?:{_CHAPTERS})s?)\s({_NUMERAL}|{_SMALL_NUMERAL})"
        rf"(?:(\s?[–-]\s?|\sand\s)({_NUMERAL}|{_SMALL_NUMERAL}))?(?!\w)"), _labelled, "IVXivx"),
    Rule("Roman numerals of small parts", re.compile(
        rf"(?<!\w)((?:{'|'.join(_SMALL_LABELS)})s?)\s([IVXL]{{2,8}}(?:[abAB](?=\W|$))?|{_SMALL_NUMERAL})"
        rf"(?:(\s?[–-]\s?|\sand\s)({_NUMERAL}|{_SMALL_NUMERAL}))?(?!\w)"), _labelled, "IVXivx"),
    Rule("Roman numerals of centuries", re.compile(
        r"(?<!\w)([IVX]{1,6})(?:th|st|nd|rd)?\s((?:Airborne\s|Army\s|Panzer\s|Armou?red\s|Olympic\s)?(?:century|centuries|dynasty|[Aa]mendment|Olympiad|Olympic|Corps|Army|Legion|Congress|Games|arrondissement))\b"),
        _century, "IVX"),
    Rule("Roman numerals after names", re.compile(
        rf"(?<![\w.])([{UPPER}][{LETTERS}]{{1,20}})\s"
        r"(II|III|IV|VI{1,3}|IX|XI{1,3}|XIV|XV|XVI{1,3}|XIX|XX[IV]{0,4})(?!\w|[.-]\w)"),
        _named, "IVX"),
)  # fmt: skip
