"""German: what ends a sentence, and where a long one may be cut. Mostly data."""

from __future__ import annotations

import re

from narrate.spoken.core import before_one_of, words
from narrate.spoken.dividing.marks import SentenceMarks, ending_with
from narrate.spoken.german import abbreviation_tables as short
from narrate.spoken.german import grammar, tables

_MOSTLY = frozenset(
    {"usw.", "usf.", "uvm.", "etc.", "u. v. m.", "u. s. w.", "u. v. a. m.", "v. Chr.", "n. Chr."}
    | short.WORDS_TOO
)
_DATES = frozenset((*tables.MONTH_ABBREVIATIONS, *tables.DAY_ABBREVIATIONS))
_TITLES = frozenset(
    words(
        "Dr. Dres. Profs. Priv.-Doz. Doz. Mag. Dipl. Ing. Hr. Hrn. Fr. Frl. Fam. Fa. Gebr. Frhr. "
        "Frfr. Abg. Präs. Vors. Stellv. Pfr. Kard. Ebf. Bf. Hptm. Oberstlt. Oberlt. Oblt. Ltn. "
        "Uffz. Fw. Gefr. Kpt. Sgt. Brig. Kdr. Bgm. Bürgerm. Mr. Mrs. Ms. St. Wwe. Stud."
    )
)
_NOUNS = frozenset(
    key
    for key, said in short.ABBREVIATIONS.items()
    if said[0].isupper() and key[0].isupper() and not {"-", " "} & set(key) and key not in _TITLES
)
"""Nouns in short: before a word that begins sentences they may end one."""

_MAYBE = (
    short.MAY_END | _NOUNS | frozenset((*short.BEFORE_NAME, *short.AFTER_NUMBER)) | _DATES
) - _MOSTLY
_LETTER = 2
_NEVER = frozenset(
    {
        *short.ABBREVIATIONS,
        *short.ADJECTIVES,
        *short.GENITIVE,
        "DR.",
        "PROF.",
        "u.",
        "o.",
        "gez.",
        "lfd.",
        "verh.",
        "geb.",
    }
)

_NUMBERED = frozenset(key for key in short.BEFORE_NUMBER if len(key) > _LETTER) - _MAYBE - _MOSTLY

_STARTERS = tables.STARTERS | frozenset(
    words(
        "Danke Hallo Ach Also Aha Okay Hoffentlich Allerdings Ebenfalls Andernfalls Neuerdings "
        "Natürlich Allzu Anders Anfangs Ansonsten Auch Beim Bitte Daraufhin Dasselbe Dem "
        "Demnach Den Denen Derselbe Dessen Derzeit Drei Dreimal Ebenso Eigentlich Einerseits "
        "Einmal Einst Endlich Entweder Euch Falls Fast Ferner Früher Ganz Gerade Gut Hast Hat "
        "Hatte Hatten Haben Habe Hinzu Ihm Ihn Ihnen Ihrem Ihren Ihrer Ihres Indem Irgendwann "
        "Irgendwie Ja Jedem Jeden Jemand Jene Jener Kannst Kaum Keiner Können Könnte "
        "Leider Letztlich Links Manchmal Mehrere Meistens Mich Mir Mittlerweile "
        "Möglicherweise Muss Müssen Na Nachher Nein Nie Niemals Niemand Nirgends Nachts "
        "Öffentlich Plötzlich Rechts Schade Schließlich Seine Seiner Seinem Seinen Seither "
        "Selten Sich Sofort Soll Sollte Sonst Soweit Sowohl Überall Übrigens Uns Unsere Unten "
        "Vermutlich Viel Vielmehr Vom Vorher Vorn Wahrscheinlich Wäre War Waren Wem Wen Wenige "
        "Wenigstens Werden Weshalb Wessen Wieso Will Wirklich Wohin Wollen Womit Wozu Würde "
        "Zuerst Zuletzt Zunächst Zusammen Zwei Zweimal Beides Dir Dich Bring Bringt Bringen Komm "
        "Kommt Geh Geht Nimm Nehmt Gib Lies Schau Sieh Frag Hör Lass Lasst Denk Vergiss Schreib "
        "Wart Siehe Vergleiche Ah Äh Hey Hm Huch Nee Nö Oh Oje Pst Psst Puh Tja Uff "
        "Alles Vieles"
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
        "Team Teil Test Tor Typ Variante Version Vitamin Weg Ziffer Zone Anh Abschn Anl Kap"
    )
)

_NAMES = frozenset(words("Yahoo Yum Joop Jeopardy Wham Joomla Kahoot Oklahoma"))

_NUMBER_BEFORE = re.compile(r"((?:(?<![\d.])\d{1,3}(?:\.\d{3}){1,2})|\d+)\.$")
_LABEL_BEFORE = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(tables.LABELS)))})\s\d+\.$")
_DAY_AND_MONTH = re.compile(r"(?<![\d.])\d{1,2}\.\s?\d{1,2}\.$")
_LARGEST_IN_TEXT = 100


def _is_ordinal(before: str, word: str) -> bool:
    """Whether the number that ``before`` ends in is an ordinal when ``word`` follows."""
    found = _NUMBER_BEFORE.search(before)
    if not found or _LABEL_BEFORE.search(before):
        return False
    left = before[: found.start()]
    if int(found.group(1).replace(".", "")) > _LARGEST_IN_TEXT:
        return word[:1].isupper() and word not in _STARTERS and grammar.names_day(left)
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
    return grammar.shows_case(left) or grammar.often_counted(word) or left.endswith("als ")


MARKS = SentenceMarks(
    never=ending_with(_NEVER - _MAYBE - _MOSTLY),
    maybe=ending_with(_MAYBE, suffixes=("str.", *(f"{end}." for end in short.ENDS))),
    mostly=ending_with(_MOSTLY),
    numbered=ending_with(_NUMBERED),
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
