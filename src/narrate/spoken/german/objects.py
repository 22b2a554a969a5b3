"""Whether a noun after one is the object of its sentence: ``Er hat 1 Hund`` → ``einen Hund``.

Only verbs that nothing but an object follows, and only where their subject stands before them;
in every other place the nominative is taken, which is right for women, things and subjects.
"""

from __future__ import annotations

import re

from narrate.spoken.core import words
from narrate.spoken.german.tables import STARTERS

_STEMS = "|".join(
    words(
        "habe hast hat haben habt hatte hatten hätte hätten brauche brauchst braucht brauchen "
        "brauchte brauchten bräuchte sehe sieht sehen sah sahen esse isst essen aß aßen trinke "
        "trinkt trinken trank tranken nehme nimmt nehmen nahm nahmen kaufe kauft kaufen kaufte "
        "kauften bekomme bekommt bekommen bekam bekamen erhält erhalten erhielt erhielten "
        "enthält enthalten enthielt enthielten besitzt besitzen besaß besaßen verliert verlieren "
        "verlor verloren gewinnt gewinnen gewann gewannen findet finden fand fanden benötigt "
        "benötigen benötigte benötigten umfasst umfassen umfasste umfassten verwendet verwenden "
        "bietet bieten bot boten sucht suchen suchte suchten bestellt bestellte bestellten "
        "schreibt schrieb schrieben liest las lasen zahlt zahlen zahlte zahlten spart sparen "
        "erzielt erzielte erzielten schoss schossen macht machen machte machten holt holte holten "
        "kostet kosten kostete kosteten bezahlt bezahle bezahlen bezahlte bezahlten zahle "
        "trägt trug trugen baut baute bauten fing fängt verpasst verpasste zählt zählte zählten "
        "wiegt wiegen wog dauert dauerte dauern misst maß"
    )
)
_AMONG = "|".join(
    words(
        "nur noch genau etwa circa rund mindestens maximal höchstens insgesamt auch bereits schon "
        "gestern heute immer je jeweils zusätzlich dafür also dann mir uns ihm ihr ihnen sich dir "
        "euch dort hier jetzt damals zuerst zuletzt eben gerade fast kaum exakt über"
    )
)
_ADVERBS = "|".join(
    {
        *STARTERS,
        *words(
            "Gestern Morgen Danach Später Leider Bisher Bald Plötzlich Zuletzt Zuerst Schließlich "
            "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Was Wen Wem Wo Wie Wann"
        ),
    }
    - {"Er", "Sie", "Es", "Ich", "Wir", "Ihr", "Du", "Man"}
)
_SUBJECT = (
    r"(?:\b(?:[Ii]ch|[Dd]u|[Ee]r|[Ss]ie|[Ee]s|[Ww]ir|[Ii]hr|[Mm]an|[Ww]er|[Dd]as|[Dd]ies|und|,)"
    rf"|(?:^|[.!?:;]\s)(?!(?:{_ADVERBS})\s)[A-ZÄÖÜ][\w-]{{1,30}}"
    r"|\b(?:Der|[Dd]ie|[Dd]as|(?:[Ee]in|[Mm]ein|[Dd]ein|[Ss]ein|[Uu]nser|[Ii]hr|[Kk]ein)e?)"
    r"(?:\s[a-zäöüß]{3,20}e[rns]?)?\s[A-ZÄÖÜ][\w-]{1,30})"
)
_ITEMS = re.compile(
    r"(?:(?<![\w.,])(?:\d[\d.,]{0,8}|ein(?:e|en|em|er)?)\s(?:[a-zäöüß]{2,20}\s){0,1}"
    r"[A-ZÄÖÜ][\w-]{1,40}(?:,|\s(?:und|oder|sowie|plus))\s?){1,4}$"
)
_OBJECT = re.compile(
    rf"(?:{_SUBJECT}\s(?:{_STEMS})|\b[Ee]s\s(?:gibt|gab)|\b(?:[Gg]ibt|[Gg]ab)\ses"
    r"|\b[Mm]an\s(?:nehme|gebe)|\b(?:[Nn]ehmen|[Gg]eben|[Kk]aufen|[Ee]ssen|[Tt]rinken|[Ff]ügen)\sSie"
    r"|(?:^|[.!?:]\s)(?:Nimm|Kauf|Hol|Bring|Gib|Iss|Trink))"
    rf"(?:\s(?:{_AMONG})){{0,3}}\s?$"
)
_MEASURED = re.compile(
    r"\s[^\W\d_]{1,30}\s(?:(?:alt|lang|breit|dick|hoch|tief|groß|schwer|weit|entfernt|lange)(?:e[mnrs]?)?"
    r"|später|früher|zuvor|danach|davor|vorher|nachher|her|vor|nach)(?!\w)"
)


def before_list(before: str) -> str:
    """The text before a row of counted things, all of which have the case of the first."""
    found = _ITEMS.search(before)
    return before[: found.start()] if found else before


def is_object(before: str) -> bool:
    """Whether what follows ``before`` is the direct object."""
    return bool(_OBJECT.search(before))


def is_measure(after: str) -> bool:
    """Whether ``after`` is a noun that says how much: ``Tag alt``, ``Meter lang``."""
    return bool(_MEASURED.match(after))
