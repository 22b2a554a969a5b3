"""German: what ends a sentence, and where a long one may be cut. Mostly data."""

from __future__ import annotations

import re

from narrate.spoken import german_abbreviations as short
from narrate.spoken import german_grammar as grammar
from narrate.spoken import german_tables as tables
from narrate.spoken.core import before_one_of, words
from narrate.spoken.marks import SentenceMarks, ending_with

_MOSTLY = frozenset(
    {"usw.", "usf.", "uvm.", "etc.", "u. v. m.", "u. s. w.", "u. v. a. m.", "v. Chr.", "n. Chr."}
    | short.WORDS_TOO
)
_DATES = frozenset((*tables.MONTH_ABBREVIATIONS, *tables.DAY_ABBREVIATIONS))
_MAYBE = (short.MAY_END | frozenset(short.BEFORE_NAME) | _DATES) - _MOSTLY
_NEVER = frozenset(
    {
        *short.ABBREVIATIONS,
        *short.ADJECTIVES,
        *short.BEFORE_NUMBER,
        *short.GENITIVE,
        "gez.",
        "verh.",
        "geb.",
    }
)

_STARTERS = tables.STARTERS | frozenset(
    words(
        "Danke Hallo Ach Also Aha Okay Hoffentlich Allerdings Ebenfalls Andernfalls Neuerdings "
        "Natürlich Allzu Anders Anfangs Ansonsten Auch Beim Bitte Daraufhin Dasselbe Dem "
        "Demnach Den Denen Derselbe Dessen Derzeit Drei Dreimal Ebenso Eigentlich Einerseits "
        "Einmal Einst Endlich Entweder Euch Falls Fast Ferner Früher Ganz Gerade Gut Hast Hat "
        "Hatte Hatten Haben Habe Hinzu Ihm Ihn Ihnen Ihrem Ihren Ihrer Ihres Indem Irgendwann "
        "Irgendwie Ja Jedem Jeden Jemand Jene Jener Kannst Kaum Keiner Können Könnte Kurz "
        "Leider Letztlich Links Mal Manchmal Mehrere Meistens Mich Mir Mittlerweile "
        "Möglicherweise Muss Müssen Na Nachher Nein Nie Niemals Niemand Nirgends Nachts "
        "Öffentlich Plötzlich Rechts Schade Schließlich Seine Seiner Seinem Seinen Seither "
        "Selten Sich Sofort Soll Sollte Sonst Soweit Sowohl Überall Übrigens Uns Unsere Unten "
        "Vermutlich Viel Vielmehr Vom Vorher Vorn Wahrscheinlich Wäre War Waren Wem Wen Wenige "
        "Wenigstens Werden Weshalb Wessen Wieso Will Wirklich Wohin Wollen Womit Wozu Würde "
        "Zuerst Zuletzt Zunächst Zusammen Zwei Zweimal Beides Dir Dich"
    )
)

_OPEN_WORDS = frozenset(
    words(
        "der die das des dem den ein eine einen einem einer eines kein keine keinen keinem "
        "keiner mein dein sein ihr unser mit von zu bei nach aus auf an in im am zum zur vom "
        "beim ins ans für gegen ohne durch um über unter vor hinter neben zwischen seit bis und "
        "oder sowie aber als wie dass weil wenn ob sehr so"
    )
)

_LABELS = frozenset(
    words(
        "Abschnitt Achse Anlage Anhang Antwort Ausgang Block Buchstabe Diagramm Eingang Faktor "
        "Fall Figur Gebäude Gruppe Halle Haus Hepatitis Kategorie Klasse Körbchengröße Liga "
        "Linie Modell Option Phase Plan Position Punkt Reihe Saal Serie Stufe Szenario Tabelle "
        "Team Teil Test Tor Typ Variante Version Vitamin Weg Ziffer Zone"
    )
)

_NAMES = frozenset(words("Yahoo Jeopardy Wham Joomla Kahoot Oklahoma"))

_NUMBER_BEFORE = re.compile(r"(\d+)\.$")
_LABEL_BEFORE = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(tables.LABELS)))})\s\d+\.$")
_DAY_AND_MONTH = re.compile(r"(?<![\d.])\d{1,2}\.\s?\d{1,2}\.$")
_LARGEST_IN_TEXT = 100


def _is_ordinal(before: str, word: str) -> bool:
    """Whether the number that ``before`` ends in is an ordinal when ``word`` follows."""
    found = _NUMBER_BEFORE.search(before)
    if not found or int(found.group(1)) > _LARGEST_IN_TEXT or _LABEL_BEFORE.search(before):
        return False
    left = before[: found.start()]
    if (
        word in grammar.MONTHS
        or f"{word}." in tables.MONTH_ABBREVIATIONS
        or not left.strip(" \"'(„“»*-")
    ):
        return True
    if word in _STARTERS or not word:
        return False
    if word[0].isdigit():
        return word.endswith(".") or bool(_DAY_AND_MONTH.search(before))
    return grammar.shows_case(left) or grammar.often_counted(word)


MARKS = SentenceMarks(
    never=ending_with(_NEVER - _MAYBE - _MOSTLY, suffix="str."),
    maybe=ending_with(_MAYBE),
    mostly=ending_with(_MOSTLY),
    starters=_STARTERS,
    ordinal=_is_ordinal,
    conjunctions=before_one_of(tables.CONJUNCTIONS),
    relatives=before_one_of(
        words("der die das den dem deren dessen denen welche welcher welches um ohne statt anstatt")
    ),
    prepositions=before_one_of(tables.PREPOSITIONS),
    numerals=tables.NUMERALS,
    joiners=tables.JOINERS,
    labels=_LABELS,
    monarchs=frozenset((*tables.MONARCHS, *tables.QUEENS)),
    open_words=_OPEN_WORDS,
    names=_NAMES,
    months=frozenset(grammar.MONTHS),
)
