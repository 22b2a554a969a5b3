"""Which ending an ordinal or adjective takes, as far as its neighbours tell.

After Duden, Die Grammatik, on the declension of adjectives: the weak ending after a word that shows
the case, the strong one otherwise. Where the neighbours do not tell, the nominative is taken.
"""

from __future__ import annotations

import re

from narrate.spoken.core import words

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
    "November", "Dezember",
)  # fmt: skip

_FEMININE = (
    "ung", "heit", "keit", "schaft", "tion", "sion", "tät", "ik", "ei", "enz", "ie",
    "wahl", "hand", "nacht", "person", "frau", "tochter", "dimension", "generation", "version",
    "instanz", "million", "saison", "liga", "halbzeit", "amtszeit", "zeit", "stadt", "kammer",
    "staffel", "nummer", "geige", "kraft", "oper", "fassung", "figur", "kultur", "firma", "ebene",
)  # fmt: skip
_OFTEN_COUNTED = words(
    "platz teil akt weltkrieg runde klasse tag stock woche stunde auflage phase stufe sieger "
    "jahrgang versuch sieg titel geburtstag liga staffel folge ausgabe etage kapitel jahrhundert "
    "jahr mal quartal semester halbzeit sitzung rang spieltag minute hälfte halbjahr stelle"
)
_MASCULINE = frozenset(
    {
        "Name",
        "Gedanke",
        "Junge",
        "Kunde",
        "Deutsche",
        "Zeuge",
        "Moment",
        "Sprung",
        "Atlantik",
    }
)
_SHORT_NEUTER = frozenset({"Tor", "Reich", "Ei", "Blei", "Knie"})
_NEUTER = (
    "kapitel", "jahr", "kind", "mal", "buch", "spiel", "quartal", "semester", "hundert",
    "tausend", "zehnt", "bild", "album", "lied", "haus", "stück", "viertel", "drittel", "gebot",
    "königreich", "treffen", "gesetz", "beispiel", "modell", "element", "werk", "geschoss",
    "rennen",
    "finale", "mädchen", "leben", "opfer", "ziel", "paket", "team", "land", "konzert", "programm",
    "level", "chen", "lein", "ment", "tum", "ministerium", "studium", "ende", "auge", "interesse",
    "wort", "zeichen", "turnier", "foto", "video", "update", "projekt", "gebäude", "jubiläum",
)  # fmt: skip

_WEAK_EN = frozenset(
    words(
        "am im vom zum beim zur dem den des diesem jenem jedem welchem einem keinem meinem deinem "
        "seinem ihrem unserem eurem einen keinen meinen deinen seinen ihren unseren euren diesen "
        "jenen jeden welchen eines keines meines deines seines ihres unseres eures unterm überm "
        "hinterm einer keiner meiner deiner seiner ihrer unserer eurer aller beider"
    )
)
_WEAK_E = frozenset(
    words(
        "das die ans ins fürs aufs durchs ums dieses jenes jedes welches diese jene jede welche "
        "eine keine meine deine seine ihre unsere eure derselbe dieselbe"
    )
)
_MIXED = frozenset(words("ein kein mein dein sein ihr unser euer"))
_BY_CASE = frozenset(words("der dieser jener jeder welcher"))
_ARTICLES = frozenset(words("am vom zum beim im dem den der die das"))
_DATIVE = frozenset(words("ab seit von nach mit bei aus zu vor in an auf unter über neben"))
_ACCUSATIVE = frozenset(words("bis für gegen um ohne durch"))
_GOVERNING = _DATIVE | frozenset(words("während wegen trotz statt innerhalb außerhalb laut"))
_JOINING = frozenset({"und", "oder", "bis", "sowie", ",", "-", "–", "/"})
_DAYS = frozenset(words("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag"))
_ON_A_DAY = re.compile(rf"\b[Aa]m\s(?:{'|'.join(sorted(_DAYS))}),?\s*$")
_STRONG = {"m": "er", "f": "e", "n": "es"}
_STRONG_DATIVE = {"m": "em", "f": "er", "n": "em"}
_TOKEN = re.compile(r"[^\W\d_]+|\d+\.|[^\s]")
_ENOUGH = 8

Gender = str
"""``m``, ``f`` or ``n``."""


def gender(noun: str) -> Gender:
    """The gender of a noun, guessed by its ending; masculine when nothing tells."""
    small = noun.lower()
    if noun in MONTHS or noun in _MASCULINE:
        return "m"
    if noun in _SHORT_NEUTER or small.endswith(_NEUTER):
        return "n"
    if small.endswith(_FEMININE) or (small.endswith("e") and noun[:1].isupper()):
        return "f"
    return "m"


def often_counted(noun: str) -> bool:
    """Whether a word is a noun that ordinals often stand before, with no word ahead of them."""
    return noun in MONTHS or (noun[:1].isupper() and noun.lower().endswith(_OFTEN_COUNTED))


def determiner(before: str) -> list[str]:
    """The words before an ordinal that tell its case, the nearest last.

    A row of ordinals counts as one: in ``am 3. und 4. Mai`` the word before ``4.`` is ``am``.
    """
    left = _TOKEN.findall(before)[-_ENOUGH:]
    while len(left) > 1 and left[-1] in _JOINING and left[-2][0].isdigit():
        left = left[:-2]
    return left


def shows_case(before: str) -> bool:
    """Whether the text before a number makes it an ordinal."""
    left = determiner(before)
    if not left:
        return False
    last = left[-1].lower()
    if last == "," and len(left) > 1:
        return left[-2] in _DAYS
    known = _WEAK_EN | _WEAK_E | _MIXED | _BY_CASE | _DATIVE | _ACCUSATIVE
    return last in known or left[-1] in _DAYS


def names_day(before: str) -> bool:
    """Whether the text before a number that ends a sentence makes it an ordinal."""
    left = determiner(before)
    return bool(left) and left[-1].lower() in _ARTICLES


def ending(before: str, noun: str) -> str:
    """The ending (``e``, ``en``, ``er``, ``es``, ``em``) of an adjective before ``noun``.

    Args:
        before: The text left of the adjective.
        noun: The word right of it; its gender is guessed.
    """
    left = determiner(before)
    last = left[-1].lower() if left else ""
    before_last = left[-2].lower() if len(left) > 1 else ""
    kind = gender(noun)
    if last in _WEAK_EN or _ON_A_DAY.search(before):
        return "en"
    if last in _BY_CASE:
        return "en" if before_last in _GOVERNING or kind == "f" else "e"
    if last in _WEAK_E:
        return "e"
    strong = _STRONG_DATIVE if last in _DATIVE else _STRONG
    return "en" if last in _ACCUSATIVE and kind == "m" else strong[kind]
