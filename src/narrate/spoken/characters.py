"""Characters: which are kept for the rules, which are folded into others, which cannot be said."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

UPPER = "A-ZÀ-ÖØ-ÞŒ"
LOWER = "a-zß-öø-ÿœ"
LETTERS = UPPER + LOWER
"""Letters of spoken text, for a character class; ð and þ are folded away before."""

_QUOTES = "“”„‟«»″‚‹›「」『』《》〝〞〟"
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_STRANGE = re.compile(
    rf"(?P<url>(?<!\w)(?:https?://|ftp://|www\.)[^\s<>\"{_QUOTES}]{{1,4000}}"
    rf"|(?<![\w.@/-])(?:[\w-]{{1,63}}\.){{1,4}}[A-Za-z]{{2,12}}/[^\s<>\"{_QUOTES}]{{2,4000}})"
    rf"|(?P<mark>(?<=[^\W\d_])[ \t]?\[\d{{1,3}}(?:[,–-] ?\d{{1,3}})?\]"
    rf"|(?<=[^\W\d_]{{3}})[{_SUPERSCRIPT}]{{1,3}}(?!\w))"
    rf"|(?P<power>⁻?[{_SUPERSCRIPT}]{{1,9}})"
    rf"|(?P<quote>[\"{_QUOTES}])"
    r"|(?P<run>[^ -~ßäöüÄÖÜ–—…]+)"
)
_TRAILING = ".,;:!?)]'’"

_FOLDS = {
    "‐": "-", "‑": "-", "⁃": "-", "‒": "–", "―": "—", "−": "−",
    "’": "'", "‘": "'", "ʼ": "'", "′": "'", "″": "''", "´": "'", "ʻ": "'", "ʹ": "'",
    "。": ". ", "、": ", ", "·": " ", "•": ", ", "■": ", ", "▪": ", ", "●": ", ", "…": "…",
    "【": " (", "】": ") ", "¿": "", "¡": "", "․": ".", "⁄": "/", "∕": "/", "¦": ",", "‧": "",
    "®": "", "™": "", "℠": "", "†": "", "‡": "", "¶": "", "¨": "", "¯": "", "¸": "", "ˈ": "",
    "℃": "°C", "℉": "°F",
    "ª": "a", "º": "°", "˚": "°", "∼": "~", "№": "Nr. ", "ẞ": "ß",
    "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ħ": "h",
    "Ħ": "H", "ı": "i", "ŋ": "ng", "ſ": "s", "ə": "e", "Ə": "E", "ĸ": "k", "ȷ": "j", "œ": "œ",
    "Œ": "Œ",
}  # fmt: skip
"""Characters with a fold of their own; all others follow their Unicode properties."""

_SILENT = frozenset({"Cc", "Cf", "Me"})
_SPACES = frozenset({"Zs", "Zl", "Zp"})
_COMPATIBLE = ("<wide>", "<narrow>", "<font>", "<sub>", "<circle>", "<compat>", "<super>")
_COMBINING = re.compile(r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\ufe00-\ufe0f\ufe20-\ufe2f]")
_INCHES = re.compile(
    r"[^\"]{0,4}(?:(?<!\d)\d'\s?\d{1,2}\"|\d\"(?=\s?[x×]|\s(?!he|she|they|and|said|says|the|a\b|is)[a-z]))"
)
"""Straight quotation marks after a number that are inches (feet and inches; before a noun)."""
_KEPT = re.compile(rf"[ -~{LETTERS}–—…−]*")


def clean(text: str, sayable: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    """Reduce a text to what the rules know.

    URLs, footnote marks and characters outside the Latin script are left out and returned.
    Quotation marks, control characters, soft hyphens and marks of direction vanish silently:
    they have no sound. A power is written with ``^``.

    Args:
        sayable: Symbols that a rule says; a Greek letter only where it stands alone.

    Returns:
        The text (NFC, ASCII digits, single plain spaces), and the runs left out, in order.
    """
    unspoken: list[str] = []
    straight = 0

    def fold(match: re.Match[str]) -> str:
        nonlocal straight
        run = match.group()
        if match.lastgroup == "url":
            address = run.rstrip(_TRAILING)
            unspoken.append(address)
            return " " + run[len(address) :]
        if match.lastgroup == "mark":
            unspoken.append(run.strip())
            return ""
        if match.lastgroup == "power":
            return " ^" + unicodedata.normalize("NFKC", run).replace("−", "-")
        if match.lastgroup == "quote":
            straight += run == '"'
            if run == '"' and straight % 2 and _INCHES.match(match.string, match.start() - 5):
                straight += 1
                return "''"
            return " " if _inside_word(match) else ""
        folded, lost = _fold_run(run, sayable)
        unspoken.extend(lost)
        return folded

    text = _STRANGE.sub(fold, unicodedata.normalize("NFC", text))
    return " ".join(text.split()), tuple(unspoken)


def _inside_word(match: re.Match[str]) -> bool:
    text, start, end = match.string, match.start(), match.end()
    return text[start - 1 : start].isalnum() and text[end : end + 1].isalnum()


def _fold_run(run: str, sayable: frozenset[str]) -> tuple[str, list[str]]:
    """Fold a run of unusual characters; also the parts of it that were left out.

    Punctuation and invisible characters between two that cannot be said belong to the part left
    out, so that a family of emoji is one part.
    """
    folded: list[str] = []
    lost: list[str] = []
    first = last = -1
    for at, char in enumerate(run):
        greek = len(run) > 1 and "\u0370" <= char <= "\u03ff"
        said = char if char in sayable and not greek else _fold(char)
        if said is None:
            first, last = (at if first < 0 else first), at
        elif first < 0:
            folded.append(said)
        elif any(part.isalnum() for part in said) or said in sayable:
            lost.append(run[first : last + 1])
            folded.append(" " + said)
            first = -1
    if first >= 0:
        lost.append(run[first : last + 1])
        folded.append(" ")
    return "".join(folded), lost


@lru_cache(maxsize=4096)
def _fold(char: str) -> str | None:  # noqa: PLR0911
    """What stands for an unusual character; None when it cannot be said."""
    if char in _FOLDS:
        return _FOLDS[char]
    category = unicodedata.category(char)
    if category in _SPACES or char.isspace():
        return " "
    if category in _SILENT or _COMBINING.match(char):
        return ""
    if (digit := unicodedata.decimal(char, None)) is not None:
        return str(digit)
    if char.isalpha() and "À" <= char <= "ÿ":
        return char
    decomposition = unicodedata.decomposition(char)
    if decomposition.startswith("<fraction>"):
        return " " + unicodedata.normalize("NFKC", char).replace("\u2044", "/")
    if decomposition.startswith(_COMPATIBLE):
        plain = unicodedata.normalize("NFKC", char)
    else:
        plain = _COMBINING.sub("", unicodedata.normalize("NFD", char))
    return plain if plain and _KEPT.fullmatch(plain) else None
