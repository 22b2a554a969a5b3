"""English numbers that are names: telephone numbers, codes, versions, rooms, models, formulas."""

from __future__ import annotations

import re

from narrate.spoken.core import DIGITS, GROUP, Rule, left_of, words
from narrate.spoken.english import numbers
from narrate.spoken.english.abbreviations import STATES
from narrate.spoken.english.notation import FREE
from narrate.spoken.writing.characters import UPPER
from narrate.spoken.writing.numerals import digit_words

_LARGEST_BYTE = 255
_MOST_ATOMS = 22
_HUNDREDS = re.compile(r"[1-9]00")
_YEAR_BEFORE = re.compile(r"\b(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Ff]rom|[Oo]f)\s$")
_EMERGENCY = r"911|999|112|111|101|000|988|411|311|511"
_STATES = (
    r"A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|"
    r"T[NX]|UT|V[TA]|W[AVIY]"
)
_NAMED_STATES = "|".join(
    re.escape(name) for name in sorted({*STATES, *STATES.values()}, key=len, reverse=True)
)
_AIRLINES = (
    r"AA|AC|AF|AM|AY|AZ|B6|BA|CX|DL|EI|EK|EW|EY|FR|IB|JL|KE|KL|LH|LO|LX|MH|MU|NH|NZ|QF|QR|SK|SN|SQ|"
    r"TG|TK|TP|U2|UA|VS|W6|WN"
)
_PAIRED = "|".join(
    words(
        "Boeing Airbus Room Route Highway Interstate Flight Porsche Peugeot Ferrari Xbox "
        "Section Title Form Suite Apartment Windows Office Microsoft Psalm Sonnet Exit RTX GTX "
        "RFC IEEE RX Ryzen Core Mercedes BMW Volvo Fiat Error error room flight highway route "
        "suite apartment Hall Train Bus Terminal Gate Door Locker Cabin Ward Pier Dock Unit "
        "Nokia Commodore Atari Roland Intel Radeon port Port GeForce Tesla Building building exit "
        "NGC HTTP Fahrenheit"
    )
)
_STREET = (
    r"Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Place|Square|Court|Way|Terrace|"
    r"Row|Parkway|Highway|Crescent|Close|Broadway"
)
_NUMBERED = (
    r"(?:[Oo]rder|[Aa]ccount|[Ii]nvoice|[Rr]eference|[Cc]onfirmation|[Tt]racking|[Ss]erial|[Tt]icket|"
    r"[Bb]ooking|[Pp]ostal|[Pp]asscode|[Pp]assport|PIN|ZIP|ID|[Zz]ip|[Pp]ostcode|[Cc]ode|[Cc]ase|"
    r"PMID|HD|HIP)"
)
_ELEMENTS = frozenset(
    words(
        "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge "
        "As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Nd Sm Eu "
        "Gd W Pt Au Hg Tl Pb Bi Po Ra Th U Pu"
    )
)
_FORMULAS = frozenset(
    words(
        "NaCl KCl NaOH KOH HCl HBr CaO MgO ZnO FeO CuO AgCl NaF LiCl FeS ZnS SiC GaN GaAs KBr HCN"
    )
)
_DOTTED = re.compile(r"\d{1,4}(?:\.\d{1,3}){1,3}")
_VERSIONED = "|".join(
    words(
        "[Vv]ersions? [Rr]elease Python Ubuntu Debian Fedora iOS iPadOS macOS watchOS Android "
        "Windows Node Java PHP Ruby Perl Rust Go Swift Kotlin Chrome Firefox Safari [Kk]ernel "
        "Linux CUDA PyTorch TensorFlow Kubernetes Docker Postgres PostgreSQL MySQL Django Rails "
        "Angular React Vue OpenSSL Unity Unreal"
    )
)


# --- digit by digit ----------------------------------------------------------------------------


def _one_by_one(row: str) -> str:
    return digit_words(row, numbers.DIGITS)


def _phone(match: re.Match[str]) -> str:
    groups = re.findall(r"\d+", match.group())
    free = 1 if groups[0] == "1" else 0 if groups[0] == "800" else None
    said = ", ".join(
        _hundred_or_digits(group) if at == free else _one_by_one(group)
        for at, group in enumerate(groups)
    )  # fmt: skip
    return ("plus " if match.group().startswith("+") else "") + said


def _vanity(match: re.Match[str]) -> str:
    line = _hundred_or_digits(match[1])
    return f"one, {line}, {match[2].replace('-', ' ').title()}"


def _hundred_or_digits(group: str) -> str:
    return numbers.cardinal(int(group)) if _HUNDREDS.fullmatch(group) else _one_by_one(group)


def _groups(match: re.Match[str]) -> str:
    return ", ".join(numbers.spelled(group) for group in re.findall(r"[A-Za-z\d]+", match.group()))


def _labelled(match: re.Match[str]) -> str:
    return f"{match[1]}{_groups_of(match[2])}"


def _groups_of(text: str) -> str:
    return ", ".join(numbers.spelled(group) for group in re.findall(r"[A-Za-z\d]+", text))


def _close(match: re.Match[str]) -> str:
    """Groups that belong together without a pause: a postcode, a flight."""
    return " ".join(numbers.spelled(group) for group in match.group().split())


def _digits_after(match: re.Match[str]) -> str:
    rest = f", {_one_by_one(match[3])}" if match.lastindex == 3 else ""  # noqa: PLR2004
    return f"{match[1]} {_one_by_one(match[2])}{rest}"


def _flight(match: re.Match[str]) -> str:
    code = match.group().replace(" ", "")
    line, number = code[:2], code[2:]
    said = numbers.paired(number) if number.endswith("0") else _one_by_one(number)
    return f"{numbers.spelled(line)} {said}"


def _emergency(match: re.Match[str]) -> str:
    joint = f" {match[3]} {_one_by_one(match[4])}" if match[4] else ""
    return f"{match[1]}{_one_by_one(match[2])}{joint}"


def _internet(match: re.Match[str]) -> str:
    parts = match[1].split(".")
    if any(int(part) > _LARGEST_BYTE for part in parts):
        return match.group()
    said = " dot ".join(numbers.digits(part) for part in parts)
    if match[2]:
        said += f" slash {numbers.cardinal(int(match[2]))}"
    return said + (f" colon {_one_by_one(match[3])}" if match[3] else "")


# --- names -------------------------------------------------------------------------------------


def _paired(match: re.Match[str]) -> str:
    return f"{match[1]} {numbers.paired(match[2])}"


def _alone(match: re.Match[str]) -> str:
    return numbers.paired(match[1])


def _model(match: re.Match[str]) -> str:
    said = numbers.paired(match[2])
    return f"{' '.join(match[1])} {numbers.plural(said) if match[3] else said}"


def _lines(match: re.Match[str]) -> str:
    lines, kind, rate = match.groups()
    return f"{numbers.paired(lines)} {kind.upper()} {rate or ''}".rstrip()


def _house(match: re.Match[str]) -> str:
    number, letter = match.groups()
    year = len(number) == 4 and _YEAR_BEFORE.search(left_of(match))  # noqa: PLR2004
    return match.group() if year else f"{numbers.paired(number)} {letter or ''}".rstrip()


def _clauses(match: re.Match[str]) -> str:
    number, parts = match.groups()
    of_laws = number in ("401", "403", "501") or len(number) == 4  # noqa: PLR2004
    whole, *rest = number.split(".")
    start = " point ".join(
        [numbers.paired(whole) if of_laws and not rest else _cardinal(whole), *map(_minor, rest)]
    )
    said = (_cardinal(part) if part.isdigit() else part.upper()
            for part in re.findall(r"\w+", parts))  # fmt: skip
    return f"{start} {' '.join(said)}"


def _cardinal(row: str) -> str:
    return numbers.number(row)


def _formula(match: re.Match[str]) -> str:
    written = match.group()
    parts = re.findall(r"([A-Z][a-z]?)(\d*)", written)
    counts = [int(number) for _, number in parts if number]
    known = written in _FORMULAS or (len(parts) > 1 and counts and max(counts) <= _MOST_ATOMS)
    if not known or any(element not in _ELEMENTS for element, _ in parts):
        return written
    said = (" ".join(element.upper()) + (f" {numbers.number(number)}" if number else "")
            for element, number in parts)  # fmt: skip
    return " ".join(said)


def _minor(part: str) -> str:
    if len(part) > 1 and part[0] == "0":
        return f"oh {numbers.number(part[1:])}" if len(part) == 2 else numbers.digits(part)  # noqa: PLR2004
    return numbers.cardinal(int(part))


def _release(match: re.Match[str]) -> str:
    return _DOTTED.sub(_numbers_of_release, match.group())


def _numbers_of_release(match: re.Match[str]) -> str:
    first, *rest = match.group().split(".")
    return " point ".join([numbers.number(first), *map(_minor, rest)])


def _v(match: re.Match[str]) -> str:
    return f"version {match[1]}"


def _version(match: re.Match[str]) -> str:
    return " point ".join(numbers.number(part) for part in match.group().split("."))


EARLY_CODE_RULES = (
    Rule("scales of maps", re.compile(r"(?<![\w.,:])1:(\d{1,3}(?:,\d{3}){1,3})(?![\w:]|[.,]\d)"),
         lambda match: f"one to {match[1]}", ":"),
    Rule("ZIP codes", re.compile(
        rf"(?<!\w)({_STATES}|{_NAMED_STATES})\s(\d{{5}})(?:-(\d{{4}}))?(?![\w-]|[.,]\d)"),
        _digits_after, DIGITS),
    Rule("IP addresses", re.compile(
        rf"{FREE}(\d{{1,3}}(?:\.\d{{1,3}}){{3}})(?:/(\d{{1,2}}))?(?::(\d{{2,5}}))?(?![\w/-]|\.\d)"),
        _internet, "."),
    Rule("IBAN", re.compile(
        r"(?<!\w)[A-Z]{2}\d\d(?:\s[A-Z\d]{4}){3,7}(?:\s[A-Z\d]{1,4})?(?!\w)"
        r"|(?<!\w)[A-Z]{2}\d\d[A-Z\d]{11,30}(?!\w)"), _groups, DIGITS),
    Rule("book numbers", re.compile(
        r"\b(ISBN(?:-1[03])?:?\s|ISSN:?\s)(\d[\d -]{6,16}[\dXx])(?!\w)"),
        lambda match: match[1].replace("-1", " 1") + _groups_of(match[2]), "I"),
    Rule("digests", re.compile(
        r"(?<![\w-])(?=[a-f]{0,63}\d)(?=\d{0,63}[a-f])[a-f\d]{7,64}(?![\w-])"), _groups, DIGITS),
    Rule("unique numbers", re.compile(
        r"(?<![\w-])[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}(?![\w-])"), _groups, "-"),
)  # fmt: skip
"""Tried before abbreviations: their full stops and colons belong to the code."""
CODE_RULES = (
    Rule("telephone numbers", re.compile(
        r"(?<![\w.,-])(?<!\d\s)(?:\+(?=(?:[ ()-]{0,3}\d){7})\d{1,3}(?:[ -]{0,2}\(?\d{1,9}\)?){1,6}"
        r"|\(?0\d{1,9}\)?(?:[ -]\d{2,9}){1,5})"
        r"(?![\w])"), _phone, DIGITS),
    Rule("telephone numbers in letters", re.compile(
        r"(?<![\w.,+-])1-(8\d\d)-([A-Z]{2,10}(?:-[A-Z]{2,10})?)(?![\w-])"), _vanity, DIGITS),
    Rule("telephone numbers, American", re.compile(
        r"(?<![\w.,+-])(?:1[ -])?(?:\(\d{3}\)\s?|\d{3}[-.])\d{3}[-.]\d{4}(?![\w-]|\.\d)"
        r"|(?<![\w.,+-])\d{3}-\d{4}(?![\w-]|[.,]\d)"), _phone, DIGITS),
    Rule("emergency numbers", re.compile(
        rf"(\b(?:[Cc]all(?:s|ed|ing)?|[Dd]ial(?:s|ed|led|ing|ling)?|[Rr]ing|[Rr]ang|[Pp]honed?)\s)"
        rf"({_EMERGENCY})(?:\s(or|and)\s({_EMERGENCY}))?(?![\w:]|[.,]\d|\s(?:people|times|more)\b)"),
        _emergency, DIGITS),
    Rule("emergency calls", re.compile(
        r"(?<![\w.,:/-])(911|999|112)(?=[\s-](?:(?:call|caller|dispatcher|operator)s?|"
        r"(?:was|were|is)\s(?:called|dialed|dialled|rung))\b)"),
        lambda match: _one_by_one(match[1]), DIGITS),
    Rule("postcodes", re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}(?!\w)"), _close, DIGITS),
    Rule("numbers of papers", re.compile(
        rf"\b({_NUMBERED}(?:\s(?:number|code|no\.?|is))?:?)\s#?(\d{{5,12}}|(?<=PIN\s)\d{{4}}"
        r"|(?<=PIN:\s)\d{4}|(?<=code\s)\d{4}|(?<=code:\s)\d{4}|(?<=code\sis\s)\d{4})"
        r"(?![\w-]|[.,]\d)"),
        lambda match: f"{match[1]} {numbers.spelled(match[2])}", DIGITS),
    Rule("flights", re.compile(
        rf"(?<!\w)(?:{_AIRLINES})\s?\d{{3,4}}(?![\w-]|[.,]\d)|(?<=flight\s)[A-Z][A-Z\d]\s?\d{{1,4}}(?!\w)"
        r"|(?<=Flight\s)[A-Z][A-Z\d]\s?\d{1,4}(?!\w)"),
        _flight, DIGITS),
)  # fmt: skip

THING_RULES = (
    Rule("numbers of things", re.compile(
        rf"\b({_PAIRED})\s(\d{{3,4}})(?![\w(%°{GROUP}]|[.,:]\d|-\d\d|\s(?:to|people|and\s\d)\b)"),
        _paired, DIGITS),
    Rule("web errors", re.compile(
        r"(?<![\w.,:/-])(40[0-9]|50[0-4])"
        r"(?=\s(?:error|page|response|status|Not\sFound|Forbidden)\b)"),
        _alone, DIGITS),
    Rule("aeroplanes", re.compile(
        r"(?<![\w.,:/-])(7[0-8]7)(?=(?:-\d{1,3})?\s(?:MAX|Max|Dreamliner|jets?|planes?|freighter)\b)"),
        _alone, DIGITS),
    Rule("Boeing Max", re.compile(r"(?<=seven )MAX\b"), lambda _: "Max"),
    Rule("twenty-twenty", re.compile(
        r"(?<![\w.,–-])20-20(?=\s(?:vision|format|cricket|match|hindsight)\b)"),
         lambda _: "twenty-twenty", "-"),
    Rule("pension plans", re.compile(r"(?<![\w.,$])(401|403|457)([kb])(?!\w)"),
         lambda match: f"{numbers.paired(match[1])} {match[2].upper()}", DIGITS),
    Rule("round the clock", re.compile(r"(?<![\w.,–-])24-7(?![\w–-]|[.,]\d)"),
         lambda _: "twenty-four seven", DIGITS),
    Rule("forty-niners", re.compile(r"(?<![\w.,])49ers\b"), lambda _: "forty-niners", DIGITS),
    Rule("sections", re.compile(r"§§\s?"), lambda _: "sections ", "§"),
    Rule("lines of pixels", re.compile(r"(?<![\w.,])(\d{3,4})([pi])(\d{2,3})?(?!\w)"),
         _lines, DIGITS),
    Rule("houses", re.compile(
        rf"(?<![\w.,:/$€£-])(\d{{1,5}})([A-Z])?(?=\s(?:(?:[A-Z]|\d{{1,3}}(?:st|nd|rd|th)\b)[\w'.]{{0,20}}\s){{1,3}}(?:{_STREET})\b)"),
        _house, DIGITS),
)  # fmt: skip
"""Tried before digits are grouped."""
NAME_RULES = (
    Rule("numbers after a letter", re.compile(
        rf"(?<![\w.-])([{UPPER}]{{1,3}})[-.]?(\d{{3}})(?:(?<=[1-9]0)(s))?(?![\w]|[.,]\d)"),
         _model, DIGITS),
    Rule("numbers after a hyphen", re.compile(r"(?<=[a-z])(-)([1-9]\d\d)(?![\w-]|[.,]\d)"),
         lambda match: f" {numbers.paired(match[2])}", DIGITS),
    Rule("clauses", re.compile(
        r"(?<![\w.,])(\d{1,4}(?:\.\d{1,2}){0,3})((?:\((?:[A-Za-z]|[ivx]{1,4}|\d{1,2})\)){1,5})(?!\w)"),
        _clauses, "("),
    Rule("formulas", re.compile(
        r"(?<![\w.-])(?:[A-Z][a-z]?\d{0,3}){2,10}(?!\w)"), _formula),
    Rule("releases", re.compile(
        rf"\b(?:{_VERSIONED})\s\d{{1,4}}(?:\.\d{{1,3}}){{1,3}}"
        r"(?:(?:,|,?\s(?:and|or|to|through))\s\d{1,4}\.\d{1,3}(?!\w|[.,]\d)){0,6}"
        r"(?![\w]|[.,]\d)"), _release, "."),
    Rule("versions with a v", re.compile(
        r"(?<![\w.])(?:v\.?\s?|V\.?\s?(?=\d{1,4}\.\d))(\d{1,4}(?:\.\d{1,4}){0,3})(?!\w)"),
        _v, "vV"),
    Rule("unknown releases", re.compile(r"(?<=\d)\.x(?!\w)"), lambda _: " point X", "x"),
)  # fmt: skip
VERSION_RULES = (
    Rule("versions", re.compile(r"(?<![\d.,])\d+(?:\.\d+){2,}(?![\d])"), _version, DIGITS),
)
