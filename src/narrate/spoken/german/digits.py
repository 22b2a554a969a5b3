"""German: rows of digits that are names, not quantities, said digit by digit."""

from __future__ import annotations

import re

from narrate.spoken.core import DIGITS, Rule, alternatives, left_of, words
from narrate.spoken.german import numbers
from narrate.spoken.german.abbreviation_tables import ABBREVIATIONS

_LABELS = words(
    "Bestellnummer Kundennummer Artikelnummer Auftragsnummer Vorgangsnummer Rechnungsnummer "
    "Seriennummer Matrikelnummer Kontonummer Sendungsnummer Ticketnummer Personalnummer "
    "Kennziffer Kennnummer Steuernummer Vertragsnummer Mitgliedsnummer Versicherungsnummer "
    "Modellnummer PIN TAN PUK PLZ Postleitzahl BLZ Bankleitzahl Code Passwort Zugangscode EAN "
    "ISBN ISSN DOI Kto. Konto Telefonnummer Faxnummer Handynummer Durchwahl Vorwahl Notruf "
    "Notrufnummer Rufnummer Hotline Kurzwahl Steuer-ID WKN Losnummer Aktenzeichen Az. Bestellnr. "
    "Kundennr. Artikelnr. Art.-Nr. Rechnungsnr. Auftragsnr. Kontonr. Matrikelnr. Seriennr. "
    "Steuernr. Tel.-Nr. Telefonnr. Referenznummer Ref.-Nr. Re.-Nr. Rg.-Nr. St.-Nr. Kd.-Nr. "
    "Best.-Nr. Referenznr."
)
_CITIES = words(
    "Aachen Augsburg Bielefeld Bochum Bonn Braunschweig Bremen Bremerhaven Chemnitz "
    "Darmstadt Dortmund Dresden Duisburg Düsseldorf Erfurt Frankfurt Freiburg Gelsenkirchen "
    "Göttingen Hagen Halle Hamburg Hamm Hannover Heidelberg Heilbronn Herne Ingolstadt "
    "Jena Karlsruhe Kassel Kiel Koblenz Köln Krefeld Leipzig Leverkusen "
    "Lübeck Ludwigshafen Magdeburg Mainz Mannheim Moers München Münster Neuss Nürnberg Oberhausen "
    "Offenbach Oldenburg Osnabrück Paderborn Passau Pforzheim Potsdam Regensburg Remscheid "
    "Reutlingen Rostock Saarbrücken Salzgitter Siegen Solingen Stuttgart Trier Ulm "
    "Wiesbaden Wolfsburg Wuppertal Würzburg Zwickau Berlin Bamberg Bayreuth Weimar "
    "Schwerin Cottbus Erlangen Fürth Gießen Marburg Tübingen Konstanz Flensburg Stralsund "
    "Greifswald Görlitz"
)
_SOUTHERN = words("Basel Bern Genf Graz Innsbruck Klagenfurt Linz Luzern Salzburg Wien Zürich")
_HEX = re.compile(r"(?=[0-9a-fA-F]*[a-fA-F])(?=[0-9a-fA-F]*\d)[0-9a-fA-F]+")


def _singly(row: str) -> str:
    """Digits as words and letters as capitals, one by one."""
    return " ".join(numbers.DIGITS[int(sign)] if sign.isdigit() else sign.upper() for sign in row)


def _groups(match: re.Match[str]) -> str:
    plus = "plus " if match.group().startswith("+") else ""
    groups = re.findall(r"\d+", match.group())
    return plus + ", ".join(numbers.digits(group) for group in groups)


def _quad(match: re.Match[str]) -> str:
    said = " Punkt ".join(_singly(part) for part in match[1].split("."))
    return f"{said} Doppelpunkt {_singly(match[2])}" if match[2] else said


def _iban(match: re.Match[str]) -> str:
    row = "".join(match.group().split())
    head = f"{row[0]} {row[1]} {_singly(row[2:4])}"
    rest = [_singly(row[at : at + 4]) for at in range(4, len(row), 4)]
    return ", ".join([head, *rest])


def _labelled(match: re.Match[str]) -> str:
    label, between, row = match.groups()
    if label in ABBREVIATIONS:
        label = ABBREVIATIONS[label]
    elif label.endswith("nr."):
        label = label.removesuffix("nr.") + "nummer"
    elif label.endswith("-Nr."):
        label = label.removesuffix("-Nr.").rstrip(".") + "-Nummer"
    groups = ", ".join(_singly(part) for part in re.findall(r"[A-Z]+|\d+", row))
    return f"{label}{between}{groups}"


def _hash(match: re.Match[str]) -> str:
    parts = match.group().split("-")
    if not any(_HEX.fullmatch(part) for part in parts):
        return match.group()
    return ", ".join(_singly(part) for part in parts)


def _emergency(match: re.Match[str]) -> str:
    return match.group(1) + numbers.digits(match.group(2))


def _postcode(match: re.Match[str]) -> str:
    country = f"{match.group(1)} " if match.group(1) else ""
    return country + numbers.digits(match.group(2))


def _long_number(match: re.Match[str]) -> str:
    if not re.search(r"\b(?:Nummer|Telefon|Nr\.|Fax|Tel\.):?\s$", left_of(match)):
        return match.group()
    return numbers.digits(match.group())


_OCTET = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_LABEL = alternatives(_LABELS)
_CALLED = (
    r"(?:Tel\.|Telefon|Telefax|Fon|Fax|Mobil|Mobiltelefon|Handy|Phone|Hotline|Service-Hotline"
    r"|Rufnummer|Telefonnummer|Faxnummer|Handynummer|Durchwahl|WhatsApp|Tel|Fax\.)"
)


def _called(match: re.Match[str]) -> str:
    row = match[2]
    plus = "plus " if row.startswith("+") else ""
    said = ", ".join(numbers.digits(group) for group in re.findall(r"\d+", row))
    return f"{match[1]}{plus}{said}"


_RENTS = {"KM": "Kaltmiete", "WM": "Warmmiete"}
_STOREYS = {"O": "Ober", "U": "Unter", "D": "Dach", "E": "Erd"}
CODE_RULES = (
    Rule("numbers to call, by their label", re.compile(
        rf"((?<!\w){_CALLED}(?:-?[Nn]r\.)?:?\s{{1,2}})"
        r"(\+\d{1,3}[\d ()/.–-]{5,26}\d|\(?0[\d ()/.–-]{4,26}\d|-\d{1,5}(?!\d))(?!\w|[.,]\d)"),
        _called, DIGITS),
    Rule("tax numbers", re.compile(r"(?<!\w)U[Ss]t\.?-?I[Dd]\.?-?(?:Nr\.|Nummer)"),
         lambda _: "Umsatzsteuer-Identifikationsnummer", "U"),
    Rule("both emergency numbers", re.compile(
        r"(?<![\w.,])(11[02])(\s?(?:oder|und|bzw\.|/)\s?)(11[02])(?![\w]|[.,]\d)"),
        lambda match: f"{numbers.digits(match[1])}{match[2]}{numbers.digits(match[3])}", "1"),
    Rule("standards of a year", re.compile(
        r"((?<!\w)(?:ISO|DIN|EN|IEC)(?:[\s/](?:EN|ISO|IEC))?\s\d{3,5}(?:-\d{1,2})?):(?=(?:19|20)\d\d(?!\d))"),
        lambda match: f"{match[1]} ", ":"),
    Rule("episodes of a season", re.compile(r"(?<!\w)S(\d\d)E(\d\d)(?!\w)"),
         lambda match: f"Staffel {int(match[1])} Folge {int(match[2])}", "E"),
    Rule("terms at a university", re.compile(
        r"(?<!\w)(?:(WS)|SS)(?=\s(?:20\d\d|\d\d/\d\d)(?!\d))"),
        lambda match: "Wintersemester" if match[1] else "Sommersemester", "S"),
    Rule("storeys", re.compile(r"(?<=\d\.\s)([OUDE]G)(?!\w)"),
         lambda match: _STOREYS[match[1][0]] + "geschoss", "G"),
    Rule("rents", re.compile(
        r"(?=[KWN][MK])(?<!\w)(?:(KM|WM)(?=:?\s[\d.]{2,6}\s?(?:€|Euro|EUR))|(?<=\+\s)NK(?!\w))"),
        lambda match: _RENTS.get(match[1], "Nebenkosten"), "MN"),
    Rule("nights of a tale", re.compile(r"(aus\s)?1001(?=\sNacht(?!\w))"),
         lambda match: f"{match[1] or ''}tausendundeine{'r' if match[1] else ''}", "1"),
    Rule("accounts", re.compile(
        r"(?<!\w)[A-Z]{2}\d{2}(?:\s?\d{4}){3,7}(?:\s?\d{1,3})?(?!\w)"), _iban, DIGITS),
    Rule("labelled codes", re.compile(
        rf"(?<!\w)({_LABEL})(:?\s(?:lautet\s|ist\s|war\s)?)(?=[A-Z]{{0,3}}\d)"
        r"([A-Z]{0,3}\d{2,20}(?:[/ -]\d{2,10}){0,4})(?![\w/-]|[.,]\d)"), _labelled, DIGITS),
    Rule("hashes", re.compile(
        r"(?<![\w.,-])(?=[a-fA-F]{0,40}\d)(?:[0-9a-f]{7,64}|[0-9A-F]{8,64}"
        r"|[0-9a-f]{4,12}(?:-[0-9a-f]{4,12}){2,6})(?![\w-])"), _hash, DIGITS),
    Rule("emergency numbers", re.compile(
        r"(\b(?:[Dd]ie|[Uu]nter|[Dd]er|[Nn]ummer|Telefon)\s)(11[02567]|116117|118\d\d)"
        r"(?=[.!,:]?(?:$|\s(?:wähl|anruf|ruf|erreich|an\b|anzu)|[.!]))"),
        _emergency, "1"),
    Rule("postcodes", re.compile(
        rf"(?<![\w.,])(?:(DE?|CH|AT?)-)?(\d{{5}}(?=\s(?:{'|'.join(_CITIES)})\b)"
        r"|(?:(?<=\d,\s)|(?<=\d[a-h],\s)|(?<=\d\s[a-h],\s))\d{5}(?=\s[A-ZÄÖÜ][a-zäöüß]{2})"
        rf"|(?:(?<=,\s)|^)\d{{4}}(?=\s(?:{'|'.join(_SOUTHERN)})\b))"
        r"|(?<![\w.,])(DE?|CH|AT?)-(\d{4,5})(?=\s[A-ZÄÖÜ])"),
        lambda match: _postcode(match) if match.group(2) else
        f"{match.group(3)} {numbers.digits(match.group(4))}", DIGITS),
)  # fmt: skip
"""Before abbreviations, as their labels may be abbreviated."""

DIGIT_RULES = (
    Rule("addresses of machines", re.compile(
        rf"(?<![\w.,])({_OCTET}(?:\.{_OCTET}){{3}})(?::(\d{{2,5}}))?(?!\w|[.,]\d)"), _quad, DIGITS),
    Rule("telephone numbers", re.compile(
        r"(?<![\w.,-])(?:\+\d{1,3}(?:\s?\(0\)\s?\d{1,9})?(?:[ /-]{1,3}\(?\d{1,9}\)?){1,6}"
        r"|\(0\d{1,5}\)\s?\d{1,9}(?:[ -]\d{1,9}){0,4}"
        r"|(?<!\d\s)0\d{2,5}(?:\s\d{2,9}){1,5}(?:[ -]\d{1,4})?|0(?:180|800|900|137)\s\d\s\d{3,9}"
        r"|0\s\d{2,4}\s?/\s?\d{1,3}(?:\s\d{2,3}){1,4}|00\s?[1-9]\d(?:\s\d{1,9}){2,5}"
        r"|0\d{1,9}(?:\s?[/-]\s?(?:\d{3,9}|\d\d(?=[ -]\d)))(?:[ -]\d{1,9}){0,4})(?![\w/]|[.,]\d)"),
        _groups, DIGITS),
    Rule("numbers to call", re.compile(r"(?<![\w.,-])\d{5,12}(?![\w]|[.,-]\d)"),
         _long_number, DIGITS),
    Rule("rows of numbers", re.compile(
        r"(?<![\w.,-])\d{1,12}(?:-\d{1,12}){2,8}(?![\w-])"), _groups, DIGITS),
)  # fmt: skip
