"""Which ending an ordinal or adjective takes, as far as its neighbours tell.

After Duden, Die Grammatik, on the declension of adjectives: the weak ending after a word that shows
the case, the strong one otherwise. Where the neighbours do not tell, the nominative is taken.
"""

from __future__ import annotations

import re

from narrate.spoken.core import words
from narrate.spoken.german.nouns import EXACT_GENDERS, GENDERS, LONGEST_ENTRY
from narrate.spoken.german.objects import before_list, is_measure, is_object

MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober",
    "November", "Dezember",
)  # fmt: skip

_OFTEN_COUNTED = words(
    "platz teil akt konzert weltkrieg runde klasse tag stock woche stunde auflage phase stufe "
    "jahrgang versuch sieg titel geburtstag liga staffel folge ausgabe etage kapitel jahrhundert "
    "jahr mal quartal semester halbzeit sitzung rang spieltag minute hälfte halbjahr stelle "
    "bundesliga advent preis punkt schritt feiertag satz viertel drittel reihe sinfonie symphonie "
    "bürgermeister vorsitzender vorsitzende wahlgang lesung senat kammer abschnitt lebensjahr "
    "mose korinther obergeschoss untergeschoss sieger fassung mannschaft armee division"
)
_COUNTED_IN_SHORT = frozenset(words("KW FC FSV FFC SC SV TC BC HC VC FCK FCN OG UG DG Aufl Jh"))
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
_ARTICLES = frozenset(
    words("am vom zum beim im dem den der die das jeder jede jedes jeden jedem dieser")
)
_DATIVE = frozenset(words("ab seit von nach mit bei aus zu vor in an auf unter über neben"))
_DATIVE_WITH_ONE = frozenset(
    words("ab seit von nach mit bei aus zu vor in an außer samt nebst binnen zwischen unter")
)
_GENITIVE = frozenset(words("innerhalb außerhalb während wegen trotz statt anstatt mangels"))
_ACCUSATIVE = frozenset(words("bis für gegen um ohne durch"))
_GOVERNING = _DATIVE | frozenset(words("während wegen trotz statt innerhalb außerhalb laut"))
_JOINING = frozenset({"und", "oder", "bis", "sowie", "beziehungsweise", ",", "-", "–", "/"})
_DAYS = frozenset(words("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonnabend Sonntag"))
_ON_A_DAY = re.compile(rf"\b[Aa]m\s(?:{'|'.join(sorted(_DAYS))}),?\s*$")
_STRONG = {"m": "er", "f": "e", "n": "es"}
_STRONG_DATIVE = {"m": "em", "f": "er", "n": "em"}
_NOUN_AFTER = re.compile(r"\s*((?:[a-zäöüß]{2,30}(?:e|en|er|es|em)\s){0,3})([^\W\d_]+)")
_NO_ADJECTIVES = frozenset(
    words(
        "der die das den dem des eine einen einem einer eines keine keinen seine seinen seiner "
        "ihre ihren ihrer unsere meine oder aber über unter hinter neben gegen ohne wegen zwischen "
        "immer wieder heute gestern wurde werde würde habe hatte hätte haben hatten wurden werden "
        "sollte konnte musste kommen wäre waren diese dieser dieses dieselbe jede jeder jedes "
        "alle aller vor her hier mehr sehr selber"
    )
)
_INFLECTED = ("", "es", "s", "en", "n")
_SHORTEST_NOUN = 2
_TOKEN = re.compile(r"[^\W\d_]+|\d+\.|[^\s]")
_ENOUGH = 8

Gender = str
"""``m``, ``f`` or ``n``."""


def gender(noun: str) -> Gender:
    """The gender of a noun, by the table of nouns and endings; masculine when nothing tells."""
    if noun in MONTHS:
        return "m"
    small = noun.lower()
    forms = [
        small.removesuffix(cut)
        for cut in _INFLECTED
        if not cut or (small.endswith(cut) and len(small) > len(cut) + _SHORTEST_NOUN)
    ]
    for shortest in (_SHORTEST_NOUN + 1, 1):
        for form in forms:
            found = _listed(form, shortest)
            if found:
                return found
    return "m"


def _listed(noun: str, shortest: int) -> Gender:
    if noun in EXACT_GENDERS:
        return EXACT_GENDERS[noun]
    for length in range(min(len(noun), LONGEST_ENTRY), shortest - 1, -1):
        found = GENDERS.get(noun[-length:])
        if found:
            return found
    return ""


_MEASURE = re.compile(
    r"\s(?:(?:[A-ZÄÖÜ]?\w*(?:[mM]eter|[lL]iter|[gG]ramm|[pP]rozent|[sS]tunde))|Euro|Cent|Dollar|Franken|Pfund|Grad"
    r"|Punkt|Tag|Monat|Jahr|Woche|Minute|Sekunde|Kilo|Tonne|Million|Milliarde|Blick|Schlag)\b"
)


def _dative(noun_gender: Gender) -> str:
    return "einer" if noun_gender == "f" else "einem"


def _accusative(noun_gender: Gender) -> str:
    return {"m": "einen", "f": "eine"}.get(noun_gender, "ein")


def one(before: str, noun_gender: Gender, after: str = "") -> str:
    """The article for one, ``ein`` to ``einer``, as the words around it and the gender ask.

    Args:
        before: The text left of it.
        after: The text right of it, the noun first; empty when nobody knows.
    """
    before = before_list(before)
    left = determiner(before)
    last = left[-1].lower() if left else ""
    if last in {"auf", "über"}:
        how_much = not after or _MEASURE.match(after)
        return _accusative(noun_gender) if how_much or last == "über" else _dative(noun_gender)
    if last in _DATIVE_WITH_ONE or (last in _GENITIVE and noun_gender == "f"):
        return _dative(noun_gender)
    if last in _GENITIVE:
        return "eines"
    if noun_gender == "f":
        return "eine"
    is_accusative = last in _ACCUSATIVE or is_measure(after) or is_object(before)
    return "einen" if is_accusative and noun_gender == "m" else "ein"


def head_noun(after: str) -> str:
    """The noun that ``after`` begins with, adjectives skipped; else its first word."""
    found = _NOUN_AFTER.match(after)
    if not found:
        return ""
    adjectives, word = found.groups()
    if not word[:1].isupper() and not adjectives:
        return word
    first = adjectives.split()[0] if adjectives else word
    skipped = adjectives.lower().split()
    if any(part in _NO_ADJECTIVES for part in skipped) or not word[:1].isupper():
        return first
    return word


def often_counted(noun: str) -> bool:
    """Whether a word is a noun that ordinals often stand before, with no word ahead of them."""
    if noun in MONTHS or noun in _COUNTED_IN_SHORT:
        return True
    return noun[:1].isupper() and noun.lower().endswith(_OFTEN_COUNTED)


def determiner(before: str) -> list[str]:
    """The words before an ordinal that tell its case, the nearest last.

    A row of ordinals counts as one: in ``am 3. und 4. Mai`` the word before ``4.`` is ``am``.
    """
    left = _TOKEN.findall(before)[-_ENOUGH:]
    while len(left) > 1 and left[-1] in _JOINING and left[-2][0].isdigit():
        left = left[:-2]
        while left and left[-1][0].isdigit():
            left = left[:-1]
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
    return bool(left) and left[-1].lower() in _ARTICLES | _MIXED


_SEVERAL = re.compile(r"\s(?:[A-ZÄÖÜa-zäöüß]{3,20}en\s[A-ZÄÖÜ]|(?:beiden|zwei|drei|vier|fünf)\b)")
_ALL = frozenset(words("die diese jene meine deine seine ihre unsere eure keine"))
_PLURALS = ("e", "er", "n", "en", "s")


def is_plural(before: str, after: str) -> bool:
    """Whether an ordinal counts several: ``die 12. Olympischen Spiele``, ``die 1. Menschen``."""
    left = determiner(before)
    if not left or left[-1].lower() not in _ALL:
        return False
    noun = head_noun(after).lower()
    stems = [noun.removesuffix(cut) for cut in _PLURALS if noun.endswith(cut)]
    return bool(_SEVERAL.match(after)) or (
        noun not in GENDERS
        and noun not in EXACT_GENDERS
        and any(GENDERS.get(stem) in {"m", "n"} for stem in stems if len(stem) > _SHORTEST_NOUN + 1)
    )


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
