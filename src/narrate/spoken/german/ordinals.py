"""German ordinals in context, and the suffixes that join with a number."""

from __future__ import annotations

import re

from narrate.spoken.core import DIGITS, GROUP, Rule, left_of, right_of, words
from narrate.spoken.german import grammar, numbers, tables
from narrate.spoken.german.dates import DAYS_IN_MONTH
from narrate.spoken.writing.characters import LOWER
from narrate.spoken.writing.written import closing_stop

_LARGEST_WITHOUT_ARTICLE = 999
_PARALLEL = re.compile(
    r"\s*(?:(?:,|und|oder|bis|sowie|beziehungsweise)\s(?:zum\s|zur\s|der\s|die\s|das\s)?\d{1,4}\.\s?){0,4}"
)
_RANKED = re.compile(r"\b(?:wurde|wird|werden|wurden|war|ist|als)\s$", re.IGNORECASE)
_SUM = re.compile(r"\b(?:sind|waren|wären|macht|machen|ergibt|ergeben)\s(?:das|die)\s$")
_SHE = re.compile(r"\b(?:sie|ihre|die|Frau)\b", re.IGNORECASE)
_YEAR_DIGITS = 4


def _suffixed(match: re.Match[str]) -> str:
    value = numbers.whole_number(match.group(1))
    if not 0 < value <= numbers.LARGEST_ORDINAL:
        return match.group()
    return numbers.ordinal(value) + match.group(2)


def noun_after(match: re.Match[str]) -> str:
    """The noun that a number stands before; of a row of ordinals the one they share."""
    after = right_of(match)
    parallel = _PARALLEL.match(after)
    return grammar.head_noun(after[parallel.end() :] if parallel else after)


_EACH = frozenset(words("jeden jedem jeder jedes jede pro je am einen"))


def labelled(before: str) -> bool:
    """Whether the word before a number makes it a name: ``Kapitel 3``."""
    said = before.split()
    each = len(said) > 1 and said[-2].lower() in _EACH
    return bool(said) and said[-1] in tables.LABELS and not each


def _rank(value: int, before: str) -> str:
    return numbers.ordinal(value).capitalize() + ("e" if _SHE.search(before) else "er")


def _at_end(match: re.Match[str], value: int, before: str) -> str:
    if value > DAYS_IN_MONTH:
        return match.group()
    if _RANKED.search(before):
        return _rank(value, before) + closing_stop(match)
    if not grammar.names_day(before) or _SUM.search(before):
        return match.group()
    return numbers.ordinal(value) + grammar.ending(before, "") + closing_stop(match)


def _ordinal(match: re.Match[str]) -> str:
    before, noun = left_of(match), noun_after(match)
    value = numbers.whole_number(match.group(1))
    if not value or (value > _LARGEST_WITHOUT_ARTICLE and not grammar.shows_case(before)):
        return match.group()
    if not noun:
        return _at_end(match, value, before)
    if noun in tables.STARTERS or labelled(before):
        return f"{match.group()} "
    if not before.strip() and not grammar.often_counted(noun):
        return f"{match.group(1)}, "
    if grammar.is_plural(before, right_of(match)):
        return numbers.ordinal(value) + "en"
    return _before_noun(value, before, noun)


def _before_noun(value: int, before: str, noun: str) -> str:
    if noun[:1].islower() and _RANKED.search(before):
        return _rank(value, before)
    said = numbers.ordinal(value) + grammar.ending(before, noun)
    if noun[:1].islower() and re.search(r"\b(?:war|ist|wurde)\sdie\s$", before):
        return said.capitalize()
    return said


_JOINING = "|".join(
    words(
        "[Ff]ach [Ff]achen [Ff]aches [Ff]acher [Ff]ache mal malig [Jj]ährig tägig wöchig monatig "
        "stündig minütig sekündig stellig stöckig seitig teilig köpfig sprachig prozentig %ig "
        "zeilig spurig türig zügig geschossig strophig bändig gradig ziffrig wöchentlich "
        "monatlich jährlich "
        "stündlich täglich zellig beinig rädrig sitzig eckig silbig zackig armig"
    )
)
_JOINED = re.compile(
    rf"(?<![\w.,])(\d[\d{GROUP}]{{0,12}}(?:,\d{{1,2}})?)(?:-|\s?(?=%))?"
    rf"((?:{_JOINING})[{LOWER}]{{0,4}}|er[ns]?)(?![{LOWER}])"
)


def _joined(match: re.Match[str]) -> str:
    written, suffix = match.groups()
    said = numbers.number(written, "ein")
    decade = suffix.startswith("er")
    if decade and len(written) == _YEAR_DIGITS and "," not in written:
        said = numbers.year(int(written))
    if decade and written == "00":
        said = "null"
    if decade and said.endswith("ein"):
        said += "s"
    said += suffix.lower().replace("%", "prozent")
    after = right_of(match)
    adjective = r"-|\s[A-ZÄÖÜ]" if len(written) == _YEAR_DIGITS else r"-|\sJahr"
    noun = (decade and not re.match(adjective, after)) or suffix[:1].isupper()
    return said[0].upper() + said[1:] if noun and "," not in written else said


JOINED_RULE = Rule("joined", _JOINED, _joined, DIGITS)
SUFFIX_RULE = Rule(
    "ordinals with their ending",
    re.compile(rf"(?<![\w.,])(\d[\d{GROUP}]{{0,6}})-?s?t(e[nrsm]?)(?![{LOWER}])"),
    _suffixed,
    DIGITS,
)


def _plus(match: re.Match[str]) -> str:
    """A minute of a game: ``(45.+2)``, ``in der 90.+4 Minute``."""
    minute, extra = match.groups()
    before = left_of(match)
    if before.endswith("(") and not before[:-1].strip():
        return match.group()
    ending = "e" if before.endswith(("(", "(,", " ")) and not grammar.shows_case(before) else ""
    said = numbers.ordinal(int(minute)) + (ending or grammar.ending(before, "Minute"))
    return f"{said} plus {numbers.cardinal(int(extra))}" if extra else said


_SUPERLATIVES = "|".join(
    words(
        "größt best höchst längst meist stärkst ältest jüngst kleinst wichtigst reichst teuerst "
        "beliebtest schnellst letzt niedrigst schlechtest erfolgreichst bevölkerungsreichst "
        "häufigst bedeutendst tiefst breitest schwerst hellst"
    )
)
RANK_RULES = (
    Rule("how many together", re.compile(
        r"(?<=\b[Zz]u\s)([2-9]|1[0-2])\.(?=\s[a-zäöü]|,?$|\s?[,!?])"),
         lambda match: numbers.ordinal(int(match[1])) + closing_stop(match), "."),
    Rule("ranks", re.compile(rf"(?<![\w.,])(\d{{1,3}})(?:t?\.?-)(?=(?:{_SUPERLATIVES})e)"),
         lambda match: numbers.ordinal(int(match[1])), "-"),
    Rule("and a half, joined", re.compile(
        rf"(?<![\w.,/])(\d{{1,3}})\s1/2-(?=[{LOWER}]|([A-ZÄÖÜ]))"),
        lambda match: f"{numbers.attributive(int(match[1]))}einhalb{'-' if match[2] else ''}", "/"),
    Rule("minutes of a game", re.compile(
        r"(?<![\w.,])(\d{1,3})\.(?:\s?\+\s?(\d{1,2})\.?(?=\sMin|[),/])|(?<=\(\d\.)(?=[),])"
        r"|(?<=\(\d\d\.)(?=[),]))"), _plus, DIGITS),
)  # fmt: skip
"""Before dates and units, which would take their numbers."""

ORDINAL_RULES = (
    Rule("pairs of ordinals", re.compile(r"(?<=\d\.)\s?/\s?(?=\d{1,2}\.)"),
         lambda _: " und ", DIGITS),
    Rule("ordinals", re.compile(
        rf"(?<![\w.,:/-])(\d{{1,4}}|\d{{1,3}}(?:{GROUP}\d{{3}}){{1,2}})\."
        r"(?=\s|$|[,;:?!)])"), _ordinal, DIGITS),
    Rule("editions", re.compile(
        r"(?<![\w.,:/-])(\d{1,3})\.(?=,\s(?:[a-zäöüß]{3,30}e[nrsm]?(?:,|\sund)?\s){1,3}"
        r"(?:Auflage|Ausgabe|Fassung))"),
        lambda match: numbers.ordinal(int(match[1])) + grammar.ending(left_of(match), "Auflage"),
        "."),
)  # fmt: skip
