"""German writings with digits: notations, ranges, plain numbers, and the order of all rules."""

from __future__ import annotations

import re

from narrate.spoken.core import DIGITS, GROUP, Rule, alternatives, left_of, right_of, words
from narrate.spoken.german import grammar, numbers
from narrate.spoken.german.dates import DATE_RULES as DATES
from narrate.spoken.german.dates import DAY_RULES, MONTH
from narrate.spoken.german.digits import CODE_RULES, DIGIT_RULES
from narrate.spoken.german.formulas import (
    LATE_MATHS_RULES,
    LAW_RULES,
    MATHS_RULES,
    NOTE_RULES,
)
from narrate.spoken.german.fractions import COMPOUND_RULES, FRACTION_OF_UNIT, FRACTION_RULES
from narrate.spoken.german.lives import LIFE_RULES
from narrate.spoken.german.money import MONEY_RULES
from narrate.spoken.german.ordinals import (
    JOINED_RULE,
    ORDINAL_RULES,
    RANK_RULES,
    SUFFIX_RULE,
    labelled,
    noun_after,
)
from narrate.spoken.german.roman import ROMAN_RULES
from narrate.spoken.german.unit_tables import CURRENCIES, SINGULAR
from narrate.spoken.german.units import (
    ANGLE_RULE,
    END,
    NUMBER,
    SCALE,
    START,
    UNIT,
    UNIT_RULES,
)
from narrate.spoken.writing.characters import LETTERS
from narrate.spoken.writing.numerals import mark_groups
from narrate.spoken.writing.written import closing_stop

_YEAR_DIGITS = 4
_SIGN = alternatives(tuple(CURRENCIES))

# --- notation ----------------------------------------------------------------------------------


def _grouped(match: re.Match[str]) -> str:
    number, swiss, english = match.group(), match.group(1), match.group(3)
    if swiss:
        return mark_groups(swiss, "'") + (match.group(2) or "").replace(".", ",")
    if english:
        return mark_groups(english, ",") + "," + match.group(4)
    return mark_groups(number, ". ,")


_SCALES = {"Mio": "Millionen", "Mrd": "Milliarden", "Bio": "Billionen"}
NOTATION_RULES = (
    Rule("about", re.compile(r"~\s?(?=\d)"), lambda _: " etwa ", "~"),
    Rule("nought left out", re.compile(r"(?<![\w.,)\]-])\.(?=\d{1,6}(?![\w.,]\d|\w))"),
         lambda _: "0,", DIGITS),
    Rule("groups of digits", re.compile(
        r"(?<![\w.,/-])(?:(\d{1,3}(?:'\d{3})+)(\.\d\d?)?|(\d{1,3}(?:,\d{3})+)\.(\d\d?)(?!\d)"
        r"|\d{1,3}(?:(?:\.\d{3})+|(?:\s\d{3})+|(?:,\d{3}){2,}|,000))(?![\d_A-ZÄÖÜ]|\.\d|'\d)"),
        _grouped, DIGITS),
    Rule("decimal points", re.compile(
        rf"{START}(?<!\w)(\d{{1,9}})\.(\d{{1,2}})(?=\s?(?:{SCALE}(?!\w)|{UNIT}{END}))"),
        lambda match: f"{match[1]},{match[2]}", DIGITS),
    Rule("scales", re.compile(r"(?<=\d)([\s-]?)(Mio|Mrd|Bio)(?![\w.])"),
         lambda match: (match[1] or " ") + _SCALES[match[2]], DIGITS),
)  # fmt: skip

_STANDARD = re.compile(r"(?:DIN|ISO|IEC|EN|E\sN|Din|Iso|VDE)\s$")

# --- ranges ------------------------------------------------------------------------------------


def _range(match: re.Match[str]) -> str:
    first, second = match.groups()
    if _STANDARD.search(left_of(match)) or (second[0] == "0" and len(second) > 1):
        return f"{first} {second}"
    low, high = numbers.whole_number(first), numbers.whole_number(second)
    if re.match(r"\s?=\s?\S", right_of(match)):
        return f"{first} minus {second}"
    if " " in match.group() and low > high and len(first) == len(second):
        return f"{first}, {second}"
    if low > high and re.search(r"(?:Boeing|Airbus|Antonow)\s$", left_of(match)):
        return f"{first} {second}"
    score = low >= high >= 0 and "-" in match.group() and len(first) == len(second)
    return f"{first} {'zu' if score else 'bis'} {second}"


RANGE_RULES = (
    Rule("ranges of months", re.compile(rf"(?<!\w)({MONTH})\s?[–-]\s?(?={MONTH})"),
         lambda match: f"{match[1]} bis ", "–-"),
    Rule("ranges of letters", re.compile(
        r"(?<![\w–-])(?:([A-Z])–(?=[A-Z](?![\w–-]))|A-(?=Z(?!\w)))"),
         lambda match: f"{match[1] or 'A'} bis ", "–-"),
    Rule("ranges of dots", re.compile(
        rf"(?<=\d)\s?(?:…|\.{{2,3}})\s?(?=[+−-]?\d[\d.,]{{0,9}}\s?{UNIT}{END})"), lambda _: " bis ",
        "…."),
    Rule("ranges of ordinals", re.compile(r"(?<=\d\.)\s?[–-]\s?(?=\d{1,3}\.)"),
         lambda _: " bis ", DIGITS),
    Rule("ranges", re.compile(
        rf"(?<![\w.,–-])({NUMBER})(?:\s?[–—]\s?|-)({NUMBER})(?![\d–-]|[.,]\d)"), _range, DIGITS),
)  # fmt: skip

# --- numbers -----------------------------------------------------------------------------------


def _one_of_many(match: re.Match[str]) -> str:
    single = SINGULAR[match.group(1)]
    return f"{grammar.one(left_of(match), 'f')} {single}"


def _version(match: re.Match[str]) -> str:
    return " Punkt ".join(
        numbers.digits(part) if part[0] == "0" else numbers.number(part)
        for part in match.group().split(".")
    )


def _mixed(match: re.Match[str]) -> str:
    parts = re.findall(r"\d+|[^\W\d_]+", match.group())
    return " ".join(_mixed_part(part) for part in parts)


def _mixed_part(part: str) -> str:
    vowel = re.search(r"[aeiouyäöü]", part.lower())
    spelled = part.islower() and part.isalpha() and len(part) > 1 and not vowel
    return part.upper() if spelled else part


_COUNTED = re.compile(
    r"\s(?:Jahre?n?|Tagen?|Stunden|Minuten|Sekunden|Wochen|Monaten?|Menschen|Personen|Einwohnern?"
    r"|Besuchern?|Metern?|Kilometern?|Euro|Dollar|Franken|Stück|Mal|Mitarbeitern?|Mitgliedern?|Grad"
    r"|Prozent|Stimmen|Zuschauern?|Teilnehmern?|Soldaten|Mann|Schülern?|Studenten|Kindern?|Seiten"
    r"|Exemplaren?|Wörtern?|Punkten?|Häusern?|Tonnen|Litern?|Gramm|Kilogramm|Hektar|Quadratmetern?"
    r"|Quadratkilometern?|Beschäftigten?|Fällen?|Arbeitsplätzen?|Wohnungen|Betten|Plätzen?|Pixeln?)\b"
)
_ALONE_A_YEAR = frozenset(map(str, range(1500, 2100)))
_YEAR_BEFORE = re.compile(
    r"(?:\b(?:in|im|ab|seit|bis|von|vom|um|Jahr|Jahre|Jahres|Jahren|Anfang|Mitte|Ende|Herbst|Sommer"
    rf"|Winter|Frühjahr|Frühling|{MONTH}|[Zz]wischen|[Ss]tand|Copyright|wurde|war|ward|wird|Agenda"
    r"|WM|EM|Olympia|W\sM|E\sM|Expo|Oktober|(?:TSV|TSG|FC|SV|SC|TV|BSG|SSV|HSV|VfB|VfL|FSV|T\sS\s[VG]"
    r"|F\sC|S\sV|S\sC|T\sV|B\sS\sG|S\sS\sV|V\sF\s[BL])))$"
)


_SPAN_OF_THINGS = re.compile(r"\s(?:bis|oder)\s(?:\d{1,3}|[a-zäöüß]{2,30})\s[A-ZÄÖÜ]")
_AND_MORE = re.compile(r"\sund\s(?:\d{1,9}|[a-zäöüß]{2,40})\s([A-ZÄÖÜ][a-zäöüß]{1,30})")
_SCORE_BEFORE = re.compile(r"\d\szu$")
_NEXT_WORD = re.compile(r"\s([^\W\d_]+)")


def _next_word(match: re.Match[str]) -> str:
    found = _NEXT_WORD.match(right_of(match))
    return found.group(1) if found else ""


_ON_A_PAGE = re.compile(r"(?:Seite|Zeile|Spalte|Absatz|Artikel|Paragraf|Raum|Zimmer|Punkt)$")


def _factor(match: re.Match[str]) -> bool:
    """Whether a number is multiplied: ``1920 mal 1080``."""
    return _next_word(match) == "mal" or left_of(match).endswith(" mal ")


def _quantity(match: re.Match[str]) -> str:
    written = match.group()
    if numbers.is_one(written):
        return _one(match)
    if len(written) == _YEAR_DIGITS and written.isdigit() and not _counts(match):
        return numbers.digits(written) if written[0] == "0" else numbers.year(int(written))
    return numbers.number(written)


def _one(match: re.Match[str]) -> str:
    """One alone, or as the article of what it counts."""
    before = left_of(match).rstrip()
    if labelled(before) or _SCORE_BEFORE.search(before):
        return numbers.DIGITS[1]
    noun = noun_after(match)
    if noun[:1].isupper() and not before[-1:].isupper():
        return grammar.one(before, grammar.gender(noun), right_of(match))
    between = _AND_MORE.match(right_of(match)) if before.endswith("zwischen") else None
    if between:
        return grammar.one(before, grammar.gender(between[1]))
    return "ein" if _SPAN_OF_THINGS.match(right_of(match)) else numbers.DIGITS[1]


def _counts(match: re.Match[str]) -> bool:
    """Whether a number of four digits is a quantity, not a year."""
    before = left_of(match).rstrip()
    after = right_of(match)
    return (
        _factor(match)
        or bool(_COUNTED.match(after))
        or not (before or after.strip(" .!?") or match.group() in _ALONE_A_YEAR)
        or bool(_ON_A_PAGE.search(before))
        or (_next_word(match)[:1].isupper() and not _YEAR_BEFORE.search(before))
    )


MINUS_RULE = Rule("minus", re.compile(
        rf"(?=[−–-])(?:−\s?(?=\d)|(?<=[^\s\d]\s)–(?=\d)|(?<=\()[–-](?=\d{{1,3}}(?:[.,]\d{{1,3}})?(?:\s?%)?\))|(?<!\S)-(?=\d[\d.,{GROUP}]{{0,20}}(?:\s?(?:°|%|Grad|Prozent|{_SIGN})"
        rf"|\sbis\s-?\d|\s?{UNIT}{END}|\s?{SCALE}))|^-(?=\d[\d.,]{{0,20}}$)"
        r"|(?<=\bbis\s)-(?=\d)|(?<=\bund\s)-(?=\d)|(?<=\bauf\s)-(?=\d)|(?<=\bzwischen\s)-(?=\d)|(?<=[=≈<>]\s)-(?=\d))"),
        lambda _: " minus ", DIGITS)  # fmt: skip
NUMBER_SIGN_RULES = (
    Rule("times", re.compile(r"(?<=\d)\s?[x×*]\s?(?=\d)"), lambda _: " mal ", DIGITS),
    Rule("measures by measures", re.compile(
        r"(?<=\d\s[cdkm]m)\s[x×]\s(?=\d)|(?<=\d\sm)\s[x×]\s(?=\d)"),
         lambda _: " mal ", "x×"),
    Rule("blood pressure", re.compile(r"(?<=\d)/(?=\d{2,3}(?:\s?mmHg))"), lambda _: " zu ", "/"),
)  # fmt: skip

PLAIN_RULES = (
    Rule("one of many", re.compile(
        rf"(?<![\w.,])1\s({alternatives(tuple(SINGULAR))})(?!\w)"), _one_of_many, DIGITS),
    *ORDINAL_RULES,
    *FRACTION_RULES,
    Rule("prices and rates", re.compile(
        rf"\b(Euro|Dollar|Franken|Cent|Kilokalorien)\s?/\s?(?=[{LETTERS}])"),
        lambda match: f"{match.group(1)} pro ", "/"),
    Rule("rates of a time", re.compile(
        rf"(?<=[{LETTERS}\d]{{2}})(?<!Tag)(?<!Monat)(?<!Woche)(?<!Nacht)(?<!Jahr)(?<!Stunde)\s?/\s?"
        r"(?=(?:Tag|Woche|Monat|Jahr|Stunde|Minute|Sekunde|Person|Kopf|Portion|Stück|Quartal|Einwohner)"
        r"(?!\w))"), lambda _: " pro ", "/"),
    Rule("lists", re.compile(r"(?<![\w.,])\d+(?:,\d+){2,}(?![\w])"),
         lambda match: match.group().replace(",", ", "), DIGITS),
    Rule("a version with its letter", re.compile(r"(?<!\w)[vV](?=\d{1,4}(?:\.\d|\s|$))"),
         lambda _: "V ", DIGITS),
    Rule("a stop between a letter and a digit", re.compile(r"(?<=[A-Z])\.(?=\d)"),
         lambda _: " ", "."),
    Rule("mixed with letters", re.compile(
        rf"(?<![\w.,])(?=[{LETTERS}]{{0,40}}\d)(?=\d{{0,40}}[{LETTERS}])\w+"), _mixed, DIGITS),
    Rule("digits beside letters", re.compile(
        rf"(?<=\d)(?=[{LETTERS}])|(?<=[{LETTERS}])(?=\d)"), lambda _: " ", DIGITS),
    Rule("hyphen before digits", re.compile(rf"(?<=[{LETTERS}\d])-(?=\d)"), lambda _: " ", DIGITS),
    Rule("versions", re.compile(r"(?<![\d.,])\d+(?:\.\d+)+(?![\d])"), _version, DIGITS),
    Rule("any patch of a version", re.compile(r"(?<=\d)\.x(?!\w)"), lambda _: " Punkt X", "."),
    Rule("numbers", re.compile(NUMBER), _quantity, DIGITS),
)  # fmt: skip

# --- before abbreviations ----------------------------------------------------------------------


def _mean(match: re.Match[str]) -> str:
    average = not match[1] or re.search(r"\b(?:im|der|den)\s$", left_of(match))
    return "Durchschnitt " if average else "Durchmesser "


def _sports(match: re.Match[str]) -> str:
    said = {"nV": "nach Verlängerung", "iE": "im Elfmeterschießen", "nE": "nach Elfmeterschießen"}
    return said[match.group(1) + match.group(2)] + closing_stop(match)


_FULL_BOOKS = dict(
    pair.split("=")
    for pair in words(
        "Mos=Mose Sam=Samuel Ps=Psalm Jes=Jesaja Jer=Jeremia Mt=Matthäus Mk=Markus Lk=Lukas "
        "Joh=Johannes Apg=Apostelgeschichte Röm=Römer Kor=Korinther Gal=Galater Eph=Epheser "
        "Phil=Philipper Kol=Kolosser Tim=Timotheus Hebr=Hebräer Petr=Petrus Offb=Offenbarung "
        "Gen=Genesis Ex=Exodus Dtn=Deuteronomium Spr=Sprüche Hos=Hosea Thess=Thessalonicher "
        "Jak=Jakobus Hld=Hohelied Koh=Kohelet"
    )
)
_BOOKS = alternatives(
    words(
        "Mose Mos Josua Richter Ruth Samuel Sam Könige Chronik Esra Hiob Psalm Ps Sprüche Prediger "
        "Jesaja Jes Jeremia Jer Hesekiel Daniel Hosea Joel Amos Jona Micha Matthäus Mt Markus Mk "
        "Lukas Lk Johannes Joh Apg Römer Röm Korinther Kor Galater Gal Epheser Eph Philipper Phil "
        "Kolosser Kol Timotheus Tim Hebräer Hebr Jakobus Petrus Petr Offenbarung Offb Sure "
        "Gen Ex Dtn Spr Hos Thess Jak Hld Koh"
    )
)


def _verse(match: re.Match[str]) -> str:
    letter, book, chapter, verse = match.groups()
    if not verse and book != "Ps" and not (letter and book in _FULL_BOOKS):
        return match.group()
    nth = f"{numbers.ordinal(int(letter))}er " if letter else ""
    said = f"{nth}{_FULL_BOOKS.get(book, book)} {chapter}"
    return f"{said}, {verse}" if verse else said


_BIBLE = Rule(
    "chapter and verse",
    re.compile(
        rf"(?<!\w)(?:([1-5])\.?\s)?({_BOOKS})\.?\s"
        rf"(\d{{1,3}})(?:,\s?(\d{{1,3}}))?(?![\d%‰])"
    ),
    _verse,
    DIGITS,
)
EARLY_RULES = (
    *LIFE_RULES,
    *ROMAN_RULES,
    _BIBLE,
    *LAW_RULES,
    *CODE_RULES,
    *DAY_RULES,
    Rule("how a match was decided", re.compile(r"(?<=\d:\d\s)([ni])\.\s?([VE])\.(?!\w)"),
         _sports, ":"),
    Rule("Swiss francs", re.compile(r"(?<!\w)Fr\.\s?(?=\d[\d']{0,12}\.(?:\d\d(?![\d.])|[–-]))"),
         lambda _: "SFr. ", DIGITS),
    Rule("scales in one letter", re.compile(
        r"([€$£])\s?(\d{1,4}(?:[.,]\d{1,2})?)\s?(mn?|M|bn?|B)(?!\w)"),
        lambda match: f"{match[1]}{match[2].replace('.', ',')} "
        + ("Millionen" if match[3][0] in "mM" else "Milliarden"), "€$£"),
    Rule("carbon dioxide for each", re.compile(r"(?<=CO2)\s?/\s?(?=\w)"), lambda _: " pro ", "/"),
    Rule("means and diameters", re.compile(
        r"(?<!\w)Ø\s?(?=\d{1,5}(?:,\d{1,3})?(?:\s?([cm]?m)(?!\w))?)"),
         _mean, "Ø"),
    Rule("blood pressure without its unit", re.compile(
        r"((?:RR|Blutdruck)(?::|\s(?:von|bei|war|betrug|auf))?\s\d{2,3})/(?=\d{2,3}(?!\d))"),
         lambda match: f"{match[1]} zu ", "/"),
    Rule("kilometre posts", re.compile(r"(?<!\w)km(?=\s\d)"), lambda _: "Kilometer", DIGITS),
    Rule("times a day", re.compile(
        r"(?<=\d)\s?[x×](?=\s(?:täglich|tgl\.|tägl\.|wöchentl|mtl\.|wöchentlich|monatlich|jährlich|pro|am|im|in|die)(?!\w))"),
        lambda _: "mal", DIGITS),
    Rule("plus or minus", re.compile(r"\+\s?/\s?[-–−]"), lambda _: "±", "+"),
    Rule("spans with the unit twice", re.compile(r"(?<=\d)(\s?(?:%|°C?|€))\s?[–-]\s?(?=\d)"),
         lambda match: f"{match[1]} bis ", "–-"),
    Rule("years without a century", re.compile(r"(?<!\S)'(?=\d\d(?!\w))"), lambda _: "", "'"),
)  # fmt: skip
"""Tried before abbreviations, as they read some of them in their own way."""

DATE_RULES = (
    *RANK_RULES,
    *NOTE_RULES,
    MINUS_RULE,
    ANGLE_RULE,
    *DATES,
    *DIGIT_RULES,
    *NOTATION_RULES,
    *RANGE_RULES,
)
QUANTITY_RULES = (
    Rule(
        "spans before a suffix",
        re.compile(r"(?<![\w.,–-])(\d{1,3})[–-](\d{1,3})-(?=[A-Za-zäöüÄÖÜ][a-zäöüß])"),
        lambda match: f"{match[1]} bis {match[2]}-",
        "-",
    ),
    Rule(
        "factors of letters",
        re.compile(
            r"(?<==\s)(\d{1,4})([a-z])(?!\w)|(?<![\w.,])(\d{1,4})([xyz])(?=\s?[+=−^]|\s[–-]\s)"
        ),
        lambda match: f"{match[1] or match[3]} {match[2] or match[4]}",
        DIGITS,
    ),
    Rule(
        "inches", re.compile(r"(?<=\d)''(-?)"), lambda match: "-Zoll-" if match[1] else " Zoll", "'"
    ),
    Rule("multiples", re.compile(r"(?<=\d)[x×](?![\w×]|\s?\d)"), lambda _: "mal", DIGITS),
    SUFFIX_RULE,
    JOINED_RULE,
    FRACTION_OF_UNIT,
    *COMPOUND_RULES,
    *NUMBER_SIGN_RULES,
    *MATHS_RULES,
    *MONEY_RULES,
    *UNIT_RULES,
    *LATE_MATHS_RULES,
)
NUMBER_RULES = PLAIN_RULES
