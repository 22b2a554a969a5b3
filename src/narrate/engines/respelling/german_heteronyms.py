"""German words whose stress or sound hangs on their meaning, where espeak-ng takes the wrong one.

Prefix verbs are told apart by what stands beside them: ``den Poller umfahren`` (over it) against
``die Stadt umfahren`` (round it). A hyphen behind ``um`` moves the stress to the verb, an ``h`` in
``ühber`` or ``wiehder`` to the prefix.
"""

from __future__ import annotations

from narrate.engines.respelling.contexts import Reading, Readings

_ROUND = (
    r"\b(?:Stadt|Ort|Dorf|Stau|Gebiet|Insel|Baustelle|Hindernis(?:se)?|See|Innenstadt|Unfallstelle|Alpen"
    r"|Welt|Kap|Bucht|Engpass|Stelle|Region|Zentrum|Kreuzung|Sperrung|Problem(?:e)?|weiträumig|großräumig"
    r"|ihn|sie|es|wir|Wir) (?:\w{1,20} ){0,2}"
)
_SHORE = (
    r"\b(?:Fähre|Boot|Schiff|Ufer|Fluss|Kahn|Floß|Insel|Festland|Rhein|Elbe|Meer|Kanal|See|Fährmann"
    r"|Seite)\b"
)

_VERBS = (
    Reading("umfahren", "um-fahren", left=_ROUND),
    Reading("umfahren", "um-fahren", right=r" (?:die|den|das|wir|sie|ihn|es)\b"),
    Reading(
        "umgeht umging umgingen umgangen umgehe",
        "um-geht um-ging um-gingen um-gangen um-gehe",
        unless=r"\b(?:mit|wie)\b[^.,;]{0,40} ",
    ),
    Reading("umgehen", "ummgehen", left=r"\b[Mm]it\b[^.,;:!?]{1,45} "),
    Reading(
        "umgehen",
        "ummgehen",
        left=r"\b(?:damit|womit|hiermit|sparsam|sorgsam|vorsichtig) "
        r"(?:\w{1,20} ){0,2}",
    ),
    Reading(
        "umschreiben",
        "um-schreiben",
        left=r"\b(?:Worten?|lässt sich|vorsichtig|vornehm|höflich"
        r"|so|etwa) (?:\w{1,20} ){0,1}",
    ),
    Reading("übersetzen übersetzten", "ühbersetzen ühbersetzten", left=_SHORE + r"[^.;:!?]{0,25} "),
    Reading(
        "durchbrechen",
        "durrch-brechen",
        left=r"\b(?:Brot|Stock|Ast|Zweig|Stab|Keks|Bleistift"
        r"|Mitte|entzwei) (?:\w{1,20} ){0,2}",
    ),
    Reading(
        "unterstellen",
        "unnter-stellen",
        left=r"\b(?:sich|uns|mich|dich|euch|Fahrrad|Fahrräder"
        r"|Auto|Möbel|Keller|Garage|Scheune|Schuppen|Dach|Regen) (?:\w{1,20} ){0,3}",
        right=r"(?! (?:wir|sie|Sie|ich|ihm|ihnen)\b)",
        unless=r"\b(?:etwas|Absicht|Motive?|nichts|jemandem|vor,?) (?:\w{1,20} ){0,2}",
    ),
    Reading("übertreten", "ühber-treten", left=r"\b(?:zum|zur) \w{1,25}(?: \w{1,20})? "),
    Reading(
        "übergehen", "ühbergehen", left=r"\b(?:in|zu|zum|zur|dazu|ineinander|auf)\b[^.,;:!?]{0,40} "
    ),
    Reading(
        "überlaufen",
        "ühberlaufen",
        left=r"\b(?:Fass|Wasser|Badewanne|Wanne|Topf|Eimer|Becken|Milch"
        r"|Feind|Gegner|Seite|zum \w{1,20}) (?:\w{1,20} ){0,2}",
    ),
)

_MANY = r"\b(?i:alle|aller|allen|viele|vielen|beide|beiden|zwei|drei|vier|manche|an|jeden|sieben) "

_NOUNS = (
    Reading(
        "modern",
        "mohdern",
        left=r"\b(?:Holz|Laub|Blätter|Balken|Bretter|Knochen|Leichen|Akten"
        r"|Keller|vor sich hin|Boden|Früchte|Pilze)\b[^.,;:!?]{0,30} ",
    ),
    Reading("montage", "Mon-Tahsche", unless=_MANY),
    Reading("montagen", "Mon-Tahschen", unless=_MANY),
    Reading(
        "tenor",
        "Te-Nohr",
        right=r" (?:sang|singt|sing|hat gesungen|trat|tritt|brillier|[A-ZÄÖÜ]"
        r"[a-zäöü]{2,15}(?:[.,;:!?]| [A-ZÄÖÜ]))",
    ),
    Reading(
        "tenor",
        "Te-Nohr",
        left=r"\b(?:[Ss]ingt|sang|der|als|ein|große|berühmte|italienische)"
        r" (?:\w{1,15}er )?",
        right=r" (?:der|an der|im|aus) (?:Oper|Staatsoper|Scala|Chor|Met)\b",
    ),
    Reading(
        "august",
        "Au-Gust",
        left=r"\b(?:[Ii]m|[Aa]m|[Bb]is|[Aa]nfang|[Mm]itte|[Ee]nde|[Ss]eit|[Aa]b"
        r"|[Vv]om|[Dd]en|[Dd]es|[Zz]um|\w{2,20}(?:ter|ten|te)|und|nach|vor|[Dd]iesen|[Dd]ieses) "
        r"(?:\w{2,12}(?:ten|ter|te) )?",
        right=r"(?! (?:der|Graf|Prinz|von|[A-ZÄÖÜ][a-zäöü]+) )",
    ),
    Reading(
        "rasten",
        "rahsten",
        right=r" (?:davon|vorbei|los|heran|durch|über die|auf (?:ihn|sie|uns"
        r"|den|die) \w|mit|gegen|in (?:den|die|das))\b",
    ),
    Reading(
        "rast rasten", "rahst rahsten", left=r"\b(?:[Aa]uto|Wagen|Zug|Raser|Herz|Zeit|Fahrer) "
    ),
    Reading("heroin", "Hero-Ihn", unless=r"\b(?:die|eine|der|einer|als) "),
)

_QUIRKS = (
    Reading("umfährt umfuhr umfuhren umfahre", "um-fährt um-fuhr um-fuhren um-fahre"),
    Reading("umschreibt umschrieb umschrieben", "um-schreibt um-schrieb um-schrieben"),
    Reading(
        "umkreist umkreiste umkreisen umkreisten", "um-kreist um-kreiste um-kreisen um-kreisten"
    ),
    Reading(
        "umarmt umarmte umarmen umarmten umarmung",
        "um-armt um-armte um-armen um-armten um-armung",
    ),
    Reading("umgibt umgab umgaben umgeben umgebung", "um-gibt um-gab um-gaben um-geben um-gebung"),
    Reading(
        "umfasst umfasste umfassen umfassend umfassende umfassenden umfassender umfassendes",
        "um-fasst um-fasste um-fassen um-fassend um-fassende um-fassenden um-fassender"
        " um-fassendes",
    ),
    Reading(
        "umringt umzingelt umrundet umrunden umrahmt umstritten umstrittene umstrittenen",
        "um-ringt um-zingelt um-rundet um-runden um-rahmt um-stritten um-strittene um-strittenen",
    ),
    Reading("überkochen überschwappen", "ühberkochen ühberschwappen"),
    Reading(
        "wiedergeben wiedergibt wiedergegeben wiedergab",
        "wiehder-geben wiehder-gibt wiehder-gegeben wiehder-gab",
    ),
    Reading(
        "wiederkommen wiederkommt wiederfinden wiedersehen wiederherstellen",
        "wiehder-kommen wiehder-kommt wiehder-finden wiehder-sehen wiehder-herstellen",
    ),
    Reading(
        "untergehen untergeht unterging untergegangen untergehende",
        "unnter-gehen unnter-geht unnter-ging unnter-gegangen unnter-gehende",
    ),
    Reading(
        "unterbringen untergebracht unterzubringen unterbringt",
        "unnter-bringen unnter-gebracht unnter-zubringen unnter-bringt",
    ),
    Reading(
        "unterkommen untergekommen untertauchen untergetaucht unterordnen untergeordnet",
        "unnter-kommen unnter-gekommen unnter-tauchen unnter-getaucht unnter-ordnen"
        " unnter-geordnet",
    ),
    Reading(
        "durchführen durchgeführt durchzuführen durchführt durchführte durchführung",
        "durrch-führen durrch-geführt durrch-zuführen durrch-führt durrch-führte durrch-führung",
    ),
    Reading("durchfallen durchgefallen", "durrch-fallen durrch-gefallen"),
    Reading("collage collagen", "Ko-Lahsche Ko-Lahschen"),
    Reading("etage etagen", "E-Tahsche E-Tahschen"),
    Reading("reportage reportagen", "Repor-Tahsche Repor-Tahschen"),
    Reading("orange orangen", "O-Rangsche O-Rangschen"),
    Reading("regime", "Re-Schiem"),
    Reading("genre genres", "Schangre Schangres"),
    Reading("chaos", "Kaos"),
    Reading("hotel hotels", "Hotell Hotells"),
    Reading("london", "Londen"),
    Reading("budget budgets", "Büdscheh Büdschehs"),
    Reading("engagement", "Angaschemang"),
    Reading(
        "journalist journalisten journalistin journalistinnen",
        "Schurnalist Schurnalisten Schurnalistin Schurnalistinnen",
    ),
    Reading("toilette toiletten", "Toa-Lette Toa-Letten"),
    Reading("milieu", "Miljö"),
    Reading("beinhaltet beinhalten beinhaltete", "be-inhaltet be-inhalten be-inhaltete"),
    Reading(
        "widersprechen widersprach widersprochen widerspricht widerspreche",
        "wider-sprechen wider-sprach wider-sprochen wider-spricht wider-spreche",
    ),
)
"""What espeak-ng alone gets wrong wherever it stands."""

_READINGS = Readings.of((*_VERBS, *_NOUNS))
_WITH_QUIRKS = Readings.of((*_VERBS, *_NOUNS, *_QUIRKS))


def say_heteronyms(text: str, *, by_espeak: bool) -> str:
    """German with heteronyms respelled where espeak-ng would take the wrong one.

    Args:
        by_espeak: Whether words that espeak-ng alone gets wrong are respelled too.
    """
    return (_WITH_QUIRKS if by_espeak else _READINGS).apply(text)
