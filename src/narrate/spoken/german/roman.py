"""Roman numerals in German: kings and popes, centuries, chapters, sequels."""

from __future__ import annotations

import re

from narrate.spoken.core import Rule, alternatives, left_of, right_of, words
from narrate.spoken.german import grammar, tables
from narrate.spoken.german.numbers import cardinal, ordinal, year
from narrate.spoken.writing.numerals import roman_value

_LABELS = (
    *tables.ROMAN_LABELS,
    *words(
        "WW WK BGBl. Kl. Kap. Bd. Art. Abschn. Episode Nr. Nummer Block Gruppe Zone Absatz Sektion"
    ),
)
_EXPANDED = {
    "Kap.": "Kapitel", "BGBl.": "Bundesgesetzblatt", "Bd.": "Band", "Art.": "Artikel",
    "Abschn.": "Abschnitt", "Nr.": "Nummer", "Kl.": "Klasse",
}  # fmt: skip
_MORE_MONARCHS = words(
    "Alfons Franziskus Mohammed Abdullah Mehmed Murad Selim Darius Kyros Xerxes Artaxerxes "
    "Ptolemaios Thutmosis Amenophis Sixtus Kalixt Nikolaus Coelestin Eugen Hadrian Martin Stephan "
    "Theoderich Lothar Sigismund Boris Emanuel Umberto Pedro Manuel Carlos Willem Haakon Olaf "
    "Olav Edward George James Hussein Faruk Baudouin Leka Chlodwig Childerich Pippin Heraklius "
    "Justinian Michael Basileios Konstantin Theodosius Valentinian Andreas Bela Matthias Wenzel "
    "Ottokar Kasimir Sigmund Stanislaus Rainier Albert Franz Ernst Adolf Erich Magnus Knut "
    "Waldemar Erik Roger Tankred Robert Balduin Gottfried Alexios Manfred Konradin Joachim Moritz "
    "Ruprecht Clemens Linus Honorius"
)
_MORE_QUEENS = words("Margrethe Beatrix Mary Anne Juliana Wilhelmina Sophia Christine Eleonore")
_QUEENS = frozenset({*tables.QUEENS, *_MORE_QUEENS})
_KINGS = frozenset({*tables.MONARCHS, *_MORE_MONARCHS})
_NAMES = alternatives(_KINGS | _QUEENS)
_COUNTED = (
    r"(?:Jahrhundert|Jahrtausend|Jh\b|Jhd|Weltkrieg|Akt\b|Internationale|Kammer|Korps|Reich\b"
    r"|Senat|Quartal|Zivilsenat|Strafsenat|Republik|Olympi)"
)
_NUMERAL = r"[IVXL]{1,8}"

_FULL = re.compile(
    r"(?<!\w)(?=[^\W\d_]{1,20}\.?\s?[IVXLM]|[IVXLM])"
    rf"(?:(?P<label>{'|'.join(re.escape(label) for label in _LABELS)})\s?"
    rf"(?P<number>(?!L\b){_NUMERAL})(?P<letter>[a-z]?)(?!\w)(?:\.(?=\s[a-zäöü]))?"
    rf"(?:\s?[–-]\s?(?P<last>{_NUMERAL})(?!\w))?"
    rf"|(?P<page>\bS\.)\s(?P<leaf>(?=[IVXL]{{2}}){_NUMERAL})(?!\w)"
    rf"|(?P<king>{_NAMES})(?P<genitive>s?)\s(?P<order>[IVX]{{1,7}})(?P<dot>\.?)(?!\w)"
    r"|(?P<other>[A-ZÄÖÜ][a-zäöüß]{2,20})\s(?P<nth>(?=[IVX]{2})[IVX]{2,7})\.(?=,?\s[a-zäöü])"
    rf"|(?P<century>[IVXL]{{1,7}})\.(?=\s(?:{_COUNTED}))"
    r"|(?P<many>(?=[IVX]{2})[IVX]{2,7})\.(?=\s[A-ZÄÖÜ][a-zäöüß]{3})"
    r"|(?:(?<=[a-zäöüß]{3}\s)|(?<=[A-Z][A-Zf][A-Z]\s))(?P<sequel>(?:X?(?:III?|IV|VI{1,3}|IX)|XI|XIV))(?![\w&/'-]|\.\s?\w)"
    r"|(?P<year>M[MCDLXVI]{3,12})(?!\w))"
)
_DATIVE = frozenset(
    words("von unter mit bei nach seit zu vor gegenüber dem zwischen neben aus beim zum")
)
_ACCUSATIVE = frozenset(words("für gegen durch ohne um den"))


_MEETS = re.compile(
    r"\b(?:[Ee]r|[Ss]ie|[Mm]an|[A-ZÄÖÜ][a-zäöüß]+)\s(?:traf|besuchte|krönte|heiratete|besiegte|empfing"
    r"|stürzte|unterstützte|ermordete|beerbte|bekämpfte|porträtierte|exkommunizierte)"
    r"\s(?:[A-ZÄÖÜ][a-zäöüß]+\s)?$"
)


def _governor(before: str) -> str:
    """The word that rules the case of a name: titles, first names and other kings are skipped."""
    for word in reversed(before.split()[-8:]):
        bare = word.strip("„“»«(,")
        if bare[:1].isupper() and bare.lower() not in _DATIVE | _ACCUSATIVE:
            continue
        if bare not in {"und", "oder", "sowie"}:
            return bare.lower()
    first = before.split()[:1]
    return first[0].lower() if first else ""


def _of_name(match: re.Match[str], name: str, genitive: str, value: int) -> str:
    queen = name in _QUEENS
    governor = _governor(left_of(match))
    article, ending = ("die", "e") if queen else ("der", "e")
    if genitive:
        article, ending = ("der" if queen else "des"), "en"
    elif governor in _DATIVE:
        article, ending = ("der" if queen else "dem"), "en"
    elif (governor in _ACCUSATIVE or _MEETS.search(left_of(match))) and not queen:
        article, ending = "den", "en"
    closing = "" if right_of(match).strip() or not match.group().endswith(".") else "."
    return f"{name}{genitive} {article} {ordinal(value).capitalize()}{ending}{closing}"


def _nth(match: re.Match[str], value: int) -> str:
    """The ordinal before a noun; at the beginning of a text a number in a list."""
    before, noun = left_of(match), grammar.head_noun(right_of(match))
    if not before.strip() and not grammar.often_counted(noun):
        return f"{value}."
    if grammar.is_plural(before, right_of(match)):
        return ordinal(value) + "en"
    return ordinal(value) + grammar.ending(before, noun)


def _labelled(found: dict[str, str], value: int) -> str:
    if found["leaf"]:
        return f"Seite {cardinal(value)}"
    label = _EXPANDED.get(found["label"], found["label"])
    said = f"{label} {cardinal(value)}" + (f" {found['letter']}" if found["letter"] else "")
    last = roman_value(found["last"]) if found["last"] else 0
    return f"{said} bis {cardinal(last)}" if last else said


def _roman(match: re.Match[str]) -> str:
    found = match.groupdict()
    numeral = next(
        found[kind]
        for kind in ("leaf", "number", "order", "nth", "century", "many", "sequel", "year")
        if found[kind]
    )
    value = roman_value(numeral)
    if not value:
        return match.group()
    if found["label"] or found["leaf"]:
        return _labelled(found, value)
    if found["king"]:
        return _of_name(match, found["king"], found["genitive"], value)
    if found["other"]:
        name = found["other"]
        return _of_name(match, name.removesuffix("s"), "s" if name.endswith("s") else "", value)
    if found["sequel"]:
        return cardinal(value)
    return year(value) if found["year"] else _nth(match, value)


def _within(match: re.Match[str]) -> str:
    value = roman_value(match[1])
    return f" {cardinal(value)}" if value else match.group()


ROMAN_RULES = (
    Rule(
        "Roman numerals in compounds",
        re.compile(
            r"(?<=[a-zäöüß])-((?:X{0,3}(?:IX|IV|V?I{2,3}|VI|XI{0,2}))|(?<=Typ-)I)(?=-[A-ZÄÖÜ]|[^\w-]|$)"
        ),
        _within,
        "-",
    ),
    Rule(
        "subsections of a law",
        re.compile(r"(§\s?\d{1,4}[a-z]?)\s([IVX]{1,4})(?=\s(?:\d\s)?[A-Z]\w{0,6}[A-Z])"),
        lambda match: (
            f"{match[1]} Absatz {roman_value(match[2])}" if roman_value(match[2]) else match[0]
        ),
        "§",
    ),
    Rule("Roman numerals", _FULL, _roman, "IVXLM"),
)
