"""Abbreviations that Germans say with English letters: ``C E O`` is not “Zeh Eh Oh”."""

from __future__ import annotations

import re

LETTERS = {
    "A": "Ej", "B": "Bih", "C": "Sih", "D": "Dih", "E": "Ih", "F": "Eff", "G": "Dschih",
    "H": "Ejtsch", "I": "Ei", "J": "Dschej", "K": "Kej", "L": "Ell", "M": "Emm", "N": "Enn",
    "O": "Oh", "P": "Pih", "Q": "Kjuh", "R": "Ahr", "S": "Ess", "T": "Tih", "U": "Juh", "V": "Wih",
    "W": "Dabbeljuh", "X": "Ex", "Y": "Wai", "Z": "Sih",
}  # fmt: skip
"""English letters, spelled so that a German voice says them."""

_ENGLISH_ROWS = (
    "AGI AI AKA AMA ATM BBC BFF BLM CBS CCO CDO CEO CFO CHRO CIA CIO CISO CMO CNBC CNN COO "
    "CPO CSI CTO DIY DJ ESPN FAQ FBI FDA FYI GI GOP HBO HR ICO ID IMDB IOS IPO IRS IT JFK "
    "KFC LA LAPD MC MIT MLB MTV MVP NBA NBC NDA NFL NGO NHL NPR NRA NSC NYC NYPD OMG "
    "PGA POV PTSD RIP RSVP TGIF UFC UI UK USP UX VC VIP VJ WTF WWE YMCA"
)
ENGLISH = frozenset(_ENGLISH_ROWS.split())
"""What German speakers spell with English letters, after Duden and the news readers."""

_GERMAN_ROWS = (
    "API APK BMX BRD CD CDU CPU CSS CSU CSV DB DDR DNA DVD EDV EU EZB FDP GPS GTA GPT GPU HTML "
    "HTTP IBM IP KI KPI LED LKW LLM NS NSA PC PDF PKW SAP SDK SMS SPD SQL SSD SVP TV UN URL US "
    "USA USB VPN WM XML"
)
GERMAN = frozenset(_GERMAN_ROWS.split())
"""Spelled with German letters; tells the parts of a row like ``Open A I A P I`` apart."""

_RUN = re.compile(r"(?<![\w'-])[A-Z](?: [A-Z]){1,15}(?:'(s))?(?!['\w])")
_PRODUCT = re.compile(
    r"(?<![\w'-])(?:I (?=(?:Phone|Pad|Mac|Pod|Cloud|Tunes|Message|Robot|Book)s?\b)"
    r"|E (?=Bay\b)|([BC]) to ([BCG])(?![\w'-]))"
)
_FEWEST = 2


def say_english_letters(text: str) -> str:
    """Rows of single capitals that Germans say in English, with German spellings of the letters."""
    return _RUN.sub(_row, _PRODUCT.sub(_product, text))


def _product(match: re.Match[str]) -> str:
    if match.group(1):
        return f"{LETTERS[match.group(1)]} tu {LETTERS[match.group(2)]}"
    return f"{LETTERS[match.group()[0]]} "


def _row(match: re.Match[str]) -> str:
    plural = match.group(1)
    written = match.group().removesuffix("'s")
    parts = _parts(written.replace(" ", ""))
    if not any(part in ENGLISH for part in parts):
        return match.group()
    said = " ".join(_say(part) for part in parts)
    if not plural:
        return said
    return said + ("s" if parts[-1] in ENGLISH else "'s")


def _parts(row: str) -> list[str]:
    """The abbreviations that a row of letters consists of; the row itself if that is unclear."""
    known = ENGLISH | GERMAN
    if row in known:
        return [row]
    for at in range(_FEWEST, len(row) - _FEWEST + 1):
        if row[:at] in known and row[at:] in known:
            return [row[:at], row[at:]]
    return [row]


def _say(part: str) -> str:
    return " ".join(LETTERS[letter] if part in ENGLISH else letter for letter in part)
