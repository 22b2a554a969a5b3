"""German abbreviations in their places: which word, in which form."""

from __future__ import annotations

import re
from collections.abc import Mapping

from narrate.spoken.core import DIGITS, Rule, alternatives, left_of, right_of, squeeze
from narrate.spoken.german import abbreviation_tables as short
from narrate.spoken.german import grammar, tables
from narrate.spoken.writing.characters import LETTERS, LOWER, UPPER
from narrate.spoken.writing.written import closing_stop, initials

_WORD = re.compile(r"[\s(]*([^\W\d_]+)")
_NAME_WORD = re.compile(r"[\s(]*([^\W\d_][^\W\d_-]*)")
_SQUEEZED = {
    squeeze(key): said
    for table in (short.ABBREVIATIONS, short.BEFORE_NUMBER, short.BEFORE_NAME, short.ADJECTIVES)
    for key, said in table.items()
}
_GENITIVE = {squeeze(key): said for key, said in short.GENITIVE.items()}
_MONTHS = tables.MONTH_ABBREVIATIONS
_DAYS = tables.DAY_ABBREVIATIONS
_FEMALE_TITLE = {
    "Diplom-Psychologe": "Diplom-Psychologin", "Diplom-Biologe": "Diplom-Biologin",
    "Diplom-Informatiker": "Diplom-Informatikerin", "Diplom-Pädagoge": "Diplom-Pädagogin",
    "Diplom-Ingenieur": "Diplom-Ingenieurin", "Diplom-Physiker": "Diplom-Physikerin",
    "Magister": "Magistra",
}  # fmt: skip
_FEMALE_NAME = re.compile(
    r"\s(?:Anna|Anne|Andrea|Angela|Barbara|Birgit|Christina|Claudia|Eva|Heike|Julia|Karin|Katrin"
    r"|Lisa|Maria|Marie|Martina|Monika|Petra|Sabine|Sandra|Stefanie|Susanne|Ursula|Ute)\b"
)
_AFTER_WOMAN = re.compile(r"\bFrau\s(?:Dr\.\s)?$")
_OF_THE = re.compile(r"\bdes\b[^,;]*$")
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_AFTER_DIGIT = re.compile(r"\d\s?$")
_NTH_BEFORE = re.compile(r"\d\.\s$")
_RATE_BEFORE = re.compile(r"(?:/|\bpro|\bje)\s?$")
_PARAGRAPH_BEFORE = re.compile(r"(?:Abs\.|Absatz)\s?\d{1,3}[a-z]?,?\s$")
_NAMES = frozenset({"jun.", "sen.", "em.", "led.", "event.", "li.", "re."})
_BEFORE = {
    "Jh.": ((_OF_THE, "Jahrhunderts"),),
    "Jhd.": ((_OF_THE, "Jahrhunderts"),),
    "Jhdt.": ((_OF_THE, "Jahrhunderts"),),
    "min.": ((_RATE_BEFORE, "Minute"), (_AFTER_DIGIT, "Minuten")),
    "S.": ((_PARAGRAPH_BEFORE, "Satz"),),
    "Std.": ((_RATE_BEFORE, "Stunde"), (_NTH_BEFORE, "Stunde")),
    "Min.": ((_RATE_BEFORE, "Minute"), (_NTH_BEFORE, "Minute")),
    "Sek.": ((_RATE_BEFORE, "Sekunde"), (_NTH_BEFORE, "Sekunde")),
    "Pkt.": ((re.compile(r"(?<!\d)1\s?$"), "Punkt"), (_AFTER_DIGIT, "Punkte")),
    "Vgl.": ((re.compile(r"\b(?:[Ii]|zu|Zu)m\s$"), "Vergleich"),),
    "verm.": ((re.compile(r"(?<!\bzu)\s$"), "vermutlich"),),
    "i.G.": ((re.compile(r"\b(?:GmbH|AG|UG|KG)\s$"), "in Gründung"),),
    "n.V.": ((_AFTER_DIGIT, "nach Verlängerung"),),
}
"""What an abbreviation means after some words."""

_BEFORE_NAMES = {"geb.": "geborene", "verw.": "verwitwete", "gesch.": "geschiedene"}
_NOUNS_TOO = frozenset(
    {"span.", "port.", "pers.", "verb.", "folg.", "dän.", "allg.", "max.", "lat.", "hl."}
)
_WITH = re.compile(r"\b(?:[Mm]it|[Vv]on|[Bb]ei|[Zz]u|[Aa]us|[Nn]ach)\s$")
_NUMBERED = re.compile(r"\d\.,?\s(?:[^\W\d_]{2,20}\.?(?:,|\s(?:und|u\.))\s){0,2}$")
_EDITION_AFTER = re.compile(
    r"(?:(?:,|\s(?:und|u\.))\s[a-zäöüß]{2,20}\.?){1,3}\s(Aufl|Ausg|Auflage|Ausgabe|Fassung)\b"
)
_SEVERAL = re.compile(r"\b[Dd]ie\s$")
_ONE = ("ung", "heit", "keit", "schaft", "tion", "tät", "ik", "ie", "a")


def _first_word(text: str) -> str:
    found = _WORD.match(text)
    return found.group(1) if found else ""


def _in_context(key: str, match: re.Match[str]) -> str | None:
    """What an abbreviation with several meanings stands for here; None: what it always does."""
    before, after = left_of(match), right_of(match)
    if key in _BEFORE:
        return next((said for left, said in _BEFORE[key] if left.search(before)), None)
    following = _first_word(after)
    if key in _BEFORE_NAMES and following[:1].isupper():
        return _BEFORE_NAMES[key]
    if key == "Fr." and (said := _friday_or_francs(before, after)):
        return said
    if key == "St." and not after.lstrip("- ")[:1].isalpha():
        return "Stück"
    if key == "hrsg." and after.startswith(" v. "):
        return "herausgegeben"
    return None


def _friday_or_francs(before: str, after: str) -> str | None:
    if _AFTER_DIGIT.search(before) and not re.match(r"\s?\d", after):
        return "Franken"
    return None if _first_word(after)[:1].isupper() else "Freitag"


def _abbreviation(match: re.Match[str]) -> str:
    key = squeeze(match.group())
    said = _in_context(key, match) or _SQUEEZED.get(key)
    if said is None:
        said = _SQUEEZED[key[0].lower() + key[1:]]
        said = said[0].upper() + said[1:]
    woman = _FEMALE_NAME.match(right_of(match)) or _AFTER_WOMAN.search(left_of(match))
    if woman and said in _FEMALE_TITLE:
        said = _FEMALE_TITLE[said]
    return said + (closing_stop(match) if match.group().endswith(".") else "")


def _adjective(match: re.Match[str]) -> str:
    key = squeeze(match.group())
    stem = _SQUEEZED.get(key) or _SQUEEZED[key.lower()].capitalize()
    found = _NAME_WORD.match(right_of(match))
    noun = found.group(1) if found else ""
    if not noun[:1].isupper() and (edition := _EDITION_AFTER.match(right_of(match))):
        noun = edition.group(1)
    if found and noun[:1].isupper() and noun.endswith(("e", "en", "er", "es")):
        later = _NAME_WORD.match(right_of(match)[found.end() :])
        noun = later.group(1) if later and later.group(1)[0].isupper() else noun
    noun = short.ABBREVIATIONS.get(noun + ".", noun)
    goes_on = noun[:1].isupper() and noun not in tables.STARTERS
    if match.group() in short.WORDS_TOO and not goes_on:
        return match.group()
    if not noun[:1].isupper():
        return short.ABBREVIATIONS.get(match.group(), stem) + closing_stop(match)
    if _NUMBERED.search(left_of(match)):
        return stem + "e"
    if left_of(match).endswith(" d. ") or (noun.endswith("en") and _WITH.search(left_of(match))):
        return stem + "en"
    if stem.startswith("oben ") and _SEVERAL.search(left_of(match)) and not noun.endswith(_ONE):
        return stem + "en"
    return stem + grammar.ending(left_of(match), noun)


def _genitive(match: re.Match[str]) -> str:
    said = _GENITIVE[squeeze(match.group(1))]
    following = match.group(2)
    person = short.PEOPLE.get(following)
    noun = person or following.rstrip(".")
    article = "des" if noun[-1:] == "s" and not noun.endswith(("ss", "sis")) else "der"
    closing = closing_stop(match) if following.endswith(".") else ""
    return f"{said} {article} {person or following}{closing}"


def _younger(match: re.Match[str]) -> str:
    before = left_of(match).rstrip()
    year = before.endswith((*grammar.MONTHS, *DIGITS, "."))
    return ("dieses Jahres" if year else "der Jüngere") + closing_stop(match)


def _of_the(match: re.Match[str]) -> str:
    if left_of(match).endswith(("tag, ", "Mittwoch, ")):
        return "den"
    noun = _first_word(right_of(match)) or "Tages"
    return "des" if noun.endswith("s") and not noun.endswith(("ss", "sis")) else "der"


def _end_of_compound(match: re.Match[str]) -> str:
    word = _LAST_WORD.search(left_of(match))
    if not word or not word.group()[0].isupper():
        return match.group()  # a verb: “gehabt.”
    return short.ENDS[match.group(1)] + closing_stop(match)


def _siblings(match: re.Match[str]) -> str:
    return ("Professor" if match.group(1) == "Prof" else "Doktor") + "in"


def _capitalised(table: Mapping[str, str]) -> tuple[str, ...]:
    begin = (key for key in table if key[1:2] != "." or key in short.BEGINNING)
    return tuple({*table, *(key[0].upper() + key[1:] for key in begin if key not in _NAMES)})


def _counted(match: re.Match[str]) -> str:
    several, one = short.AFTER_NUMBER[match.group(1)]
    before = left_of(match)
    alone = _ONE_BEFORE.search(before)
    if several.endswith("e") and _DATIVE_BEFORE.search(before):
        several += "n"
    return " " + (one if alone else several) + closing_stop(match)


def _month(match: re.Match[str]) -> str:
    before = left_of(match)
    dated = _DAY_BEFORE.search(before)
    in_year = _YEAR_AFTER.match(right_of(match)) and not _NAME_BEFORE.search(before)
    return _MONTHS[match.group(1)] if dated or in_year else match.group()


_ADJECTIVES = (
    *short.ADJECTIVES,
    *(key.capitalize() for key in short.ADJECTIVES if key not in _NOUNS_TOO and key[1] != "."),
)
_SHORT = r"(?<![\w@])(?<![A-Z]\.)(?=[^\W\d_]{1,13}\.)"
_DAY = "|".join(day.rstrip(".") for day in _DAYS)
_MONTH = "|".join(grammar.MONTHS)
_ONE_BEFORE = re.compile(r"(?<![\d.,])1$")
_DATIVE_BEFORE = re.compile(
    r"\b(?:ab|mit|nach|vor|seit|von|unter|in|aus|bei|zu|zwischen)\s(?:\d{1,4}\s?(?:bis|und|–|-)\s?)?\d{1,4}$",
    re.IGNORECASE,
)
_DAY_BEFORE = re.compile(r"\d\.\s$")
_YEAR_AFTER = re.compile(r"\s\d{4}")
_NAME_BEFORE = re.compile(rf"(?:(?<!\w)[{UPPER}][{LOWER}]{{1,2}}\s|\w)$")

ABBREVIATION_RULES = (
    Rule(
        "weekdays, abbreviated",
        re.compile(rf"{_SHORT}({alternatives(_DAYS)}),?(?=\s(?:d\.\s|den\s|dem\s)?\d)"),
        lambda match: _DAYS[match.group(1)] + ",",
        ".",
    ),
    Rule(
        "weekdays in a row",
        re.compile(
            rf"({_DAY})\.(?:(?<![\w.]\w\w\.)(?=(?:,|\su\.|\sund|\soder|/)\s?(?:{_DAY})(?!\w))"
            r"|(?:(?<=\.,\s\w\w\.)|(?<=tag,\s\w\w\.)|(?<=\sund\s\w\w\.)|(?<=\soder\s\w\w\.))"
            r"(?=,?\s(?:und|oder)|\s[a-zäöü]|$))"
        ),
        lambda match: _DAYS[match[1] + "."] + closing_stop(match),
        ".",
    ),
    Rule(
        "weekdays in a row, without full stops",
        re.compile(
            rf"({_DAY})(?<!\w\w\w)(?=(?:[,/]\s?|\sund\s|\su\.\s)"
            rf"(?:{_DAY}|[A-Z][{LOWER}]{{3,7}}tag|Mittwoch)(?:,?\s|/|$))"
        ),
        lambda match: _DAYS[match[1] + "."],
    ),
    Rule(
        "the last weekday of a row",
        re.compile(rf"({_DAY})(?:(?<=tag/\w\w)|(?<=tag und \w\w)|(?<=woch/\w\w))(?!\w)(\.?)"),
        lambda match: _DAYS[match[1] + "."] + (closing_stop(match) if match[2] else ""),
    ),
    Rule(
        "after a number",
        re.compile(rf"(?<=\d)\s?({alternatives(tuple(short.AFTER_NUMBER))})(?!\w)"),
        _counted,
        ".",
    ),
    Rule(
        "rates in short",
        re.compile(rf"(?<=[\w.])\s?/\s?({alternatives(tuple(short.AFTER_NUMBER))})(?!\w)"),
        lambda match: f" pro {short.AFTER_NUMBER[match[1]][1]}" + closing_stop(match),
        "/",
    ),
    Rule(
        "titles without full stops",
        re.compile(rf"(?<!\w)(Prof|Hrn?)(?=\s(?:Dr|Prof|[{UPPER}][{LOWER}]{{2}}))"),
        lambda match: {"Prof": "Professor", "Hr": "Herr", "Hrn": "Herrn"}[match.group(1)],
    ),
    Rule(
        "months in a range",
        re.compile(
            rf"(?<!\w)({alternatives(_MONTHS)})"
            rf"(?=(?:\s(?:bis|und|oder|–|-)\s|[–/-])(?:{alternatives(_MONTHS)}|{_MONTH}))"
        ),
        lambda match: _MONTHS[match.group(1)],
        ".",
    ),
    Rule(
        "months, abbreviated",
        re.compile(rf"({alternatives(_MONTHS)})(?!\w)"),
        _month,
        ".",
    ),
    Rule(
        "Jüngere or this year",
        re.compile(r"(?<![\w.])d\.\s?J\.(?!\w)"),
        _younger,
        ".",
    ),
    Rule(
        "following pages",
        re.compile(r"(?<=\d)\s?ff?\.(?!\w)"),
        lambda match: " folgende" + closing_stop(match),
        ".",
    ),
    Rule(
        "genitive after an abbreviation",
        re.compile(
            rf"(?<![\w.])(?=[^\W\d_]{{1,9}}[.\s])({alternatives(tuple(short.GENITIVE))})"
            rf"\s({alternatives(tuple(short.PEOPLE))}|[{UPPER}][\w-]{{2,40}})"
        ),
        _genitive,
        ".",
    ),
    Rule("women with a title", re.compile(r"(?<!\w)(Prof|Dr)\.?'?in(?!\w)"), _siblings, "P.D"),
    Rule(
        "abbreviated adjectives",
        re.compile(rf"{_SHORT}(?:{alternatives(_ADJECTIVES)})(?!\w)"),
        _adjective,
        ".",
    ),
    Rule(
        "abbreviations before a number",
        re.compile(rf"{_SHORT}(?:{alternatives(_capitalised(short.BEFORE_NUMBER))})(?=:?\s?\(?\d)"),
        _abbreviation,
        ".",
    ),
    Rule(
        "thousands",
        re.compile(r"(?<![\w.,])(\d{1,3})\s?Tsd(?!\w)\.?"),
        lambda match: f"{match.group(1)}.000" + closing_stop(match),
        "T",
    ),
    Rule(
        "thousands in short",
        re.compile(r"(?<![\w.,])(?![248]k)(\d{1,3})k(?![\w-])"),
        lambda match: f"{match.group(1)}.000",
        "k",
    ),
    Rule("private lecturers", re.compile(r"(?<!\w)PD(?=\sDr\.)"), lambda _: "Privatdozent", "P"),
    Rule(
        "catalogue of Mozart's works",
        re.compile(r"(?<!\w)KV\s(?=\d)"),
        lambda _: "Köchelverzeichnis ",
        "K",
    ),
    Rule(
        "abbreviations before a name",
        re.compile(
            rf"{_SHORT}(?:{alternatives(short.BEFORE_NAME)})"
            rf"(?=\s(?!(?:{'|'.join(sorted(tables.STARTERS))})\b)[{UPPER}][{LOWER}])"
        ),
        _abbreviation,
        ".",
    ),
    Rule(
        "letters of a law",
        re.compile(r"(?<!\w)(?:lit|Buchst)\.\s?([a-z])(?!\w)\)?"),
        lambda match: f"Buchstabe {match.group(1).upper()}",
        ".",
    ),
    Rule(
        "abbreviations",
        re.compile(rf"{_SHORT}(?:{alternatives(_capitalised(short.ABBREVIATIONS))})(?![^\W\d_])"),
        _abbreviation,
        ".",
    ),
    Rule(
        "abbreviations without full stops",
        re.compile(
            rf"(?<![\w.@/-])(?:{alternatives(short.WITHOUT_STOP)})(?![\w@]|\.\w|['-]s)"
        ),
        lambda match: short.WITHOUT_STOP[match.group()],
    ),
    Rule("and others", re.compile(r"(?<!\w)et\sal\.(?!\w)"),
         lambda match: "und andere" + closing_stop(match), "."),
    Rule("und", re.compile(rf"(?<=[{LETTERS},.)!?] )u\.(?=\s[{LETTERS}])"), lambda _: "und", "u"),
    Rule("oder", re.compile(rf"(?<=[{LETTERS},)] )o\.(?=\s[{LETTERS}])"), lambda _: "oder", "o"),
    Rule("von", re.compile(rf"(?<=[{LETTERS}.,)] )v\.(?=\s[{UPPER}][{LOWER}])"),
         lambda _: "von", "v"),
    Rule("vom", re.compile(rf"(?<=[{LETTERS}.,)] )v\.(?=\s\d{{1,2}}\.)"), lambda _: "vom", "v"),
    Rule("of the", re.compile(
        rf"(?<=[{LETTERS}.,] )d\.(?=\s(?:[{LOWER}]{{4,20}}en\s[{UPPER}]|[{UPPER}][{LOWER}]"
        r"|\d{1,2}\.\s))"),
         _of_the, "d"),
    Rule("out of", re.compile(r"(?<=\d\s)v\.(?=\s\d)"), lambda _: "von", "v"),
    Rule("pages of a book", re.compile(r"(?<=\d)\sS\.(?!\s?\d)(?=\s[a-zäöü]|,|\)|$)"),
         lambda match: " Seiten" + closing_stop(match), "S"),
    Rule("siehe", re.compile(
        r"(?<!\w)([sS])\.(?=\s(?:Abb|Absch|Kap|Seite|Tab|Anh|Anm|Art|Nr|Bild|Foto|Grafik|Karte|Punkt"
        r"|Zif|auch|oben|unten|dazu|hierzu|dort|§))"),
        lambda match: ("S" if match.group(1) == "S" else "s") + "iehe", "."),
    Rule("ends of compounds", re.compile(
        rf"(nr|pl|abg|vors|abt|präs|sekr|reg|verw)(?:(?<=[{LOWER}]{{5}})|(?<=[{LOWER}]{{6}}))\.(?!\w)"),
         _end_of_compound, "."),
    Rule("streets", re.compile(rf"(?<=[{LOWER}])str\.(?=\s|[,;:)?!]|$)"),
         lambda match: "straße" + closing_stop(match), "."),
    Rule("knock-out", re.compile(r"(?<!\w)K\.-?\s?[oO]\.(?=-|\s|$)"), lambda _: "K O", "."),
    initials(),
)  # fmt: skip
"""Tried in this order; each finds its words by their full stop, most of them."""
