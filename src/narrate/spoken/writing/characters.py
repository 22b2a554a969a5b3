"""Characters: which are kept for the rules, which are folded into others, which cannot be said."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from narrate.spoken.writing import pictures, scripts

UPPER = "A-ZÀ-ÖØ-ÞŒ"
LOWER = "a-zß-öø-ÿœ"
LETTERS = UPPER + LOWER
"""Letters of spoken text, for a character class; ð and þ are folded away before."""

ADDRESS = "\x02"
"""Stands before an address of which only the part that is said was kept."""

_QUOTES = "“”„‟«»″‚‹›「」『』《》〝〞〟"
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_IPA = "ɐ-ʯˈˌː"
_STRANGE = re.compile(
    rf"(?P<url>(?<!\w)(?:https?://|ftp://|www\.)[^\s<>\"{_QUOTES}]{{1,4000}}"
    rf"|(?<![\w.@/-])(?:[\w-]{{1,63}}\.){{1,4}}[A-Za-z]{{2,12}}/[^\s<>\"{_QUOTES}]{{2,4000}})"
    r"|(?P<gloss>[ \t]?\([^()\[\]!-%*-+/-9<-Z\\^-z|~À-ɏ‰§€£]{1,80}\))"
    rf"|(?P<sounds>[ \t]?(?:\[[^\[\]\n]{{0,40}}[{_IPA}][^\[\]\n]{{0,40}}\]"
    rf"|(?<![\w/])/[^\s/]{{0,30}}[{_IPA}][^\s/]{{0,30}}/))"
    rf"|(?P<script>{scripts.RUN})"
    rf"|(?P<mark>(?<=[^\W\d_])[ \t]?\[\d{{1,3}}(?:[,–-] ?\d{{1,3}})?\]"
    rf"|(?<=[.!?…,;:)\]\"{_QUOTES}])\[(?:\d{{1,3}}|[a-z]"
    rf"|(?:Anm\.|A|note|nb) ?\d{{1,2}}|citation needed)\]"
    rf"|(?<=[^\W\d_]{{3}})[{_SUPERSCRIPT}]{{1,3}}(?!\w)"
    rf"|(?<=[.!?…,;:\"{_QUOTES}])[{_SUPERSCRIPT}]{{1,3}}(?!\w))"
    r"|(?P<digest>(?<![\w-])(?=[a-fA-F]{0,127}\d)(?=\d{0,127}[a-fA-F])[0-9a-fA-F]{40,128}(?![\w-]))"
    r"|(?P<face>(?<![^\s(])[:;=][-'^o]?[)(DPp*|/\\]{1,3}(?![^\s.,!?)]))"
    rf"|(?P<power>⁻?[{_SUPERSCRIPT}]{{1,9}})"
    rf"|(?P<quote>[\"{_QUOTES}])"
    rf"|(?P<run>[^ -~ßäöüÄÖÜ–—…{_SUPERSCRIPT}⁻]+|⁻)"
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
    r"[^\"]{0,4}(?:(?<!\d)\d'\s?\d{1,2}\"|\.\d\"(?=[\s,;.)]|$)|\d\"(?=\s?[x×]|-[A-Z]|\s(?!he|she|they|and|said|says|the|a\b|is)[a-z]))"
)
"""Straight quotation marks after a number that are inches (feet and inches; before a noun)."""
_PLAIN = re.compile(r"[A-Za-zßäöüÄÖÜ ,.!?'-]*")
"""What holds nothing to fold, but perhaps an address of the web: most sentences."""
_KEPT = re.compile(rf"[ -~{LETTERS}–—…−]*")


def clean(text: str, sayable: frozenset[str], lang: str = "") -> tuple[str, tuple[str, ...]]:
    """Reduce a text to what the rules know.

    What cannot be said, or would help no listener (the end of a long address, a digest of many
    digits, footnote marks, other scripts that are a gloss in brackets), is left out and returned.
    Quotation marks, control characters, soft hyphens and marks of direction vanish silently:
    they have no sound. A power is written with ``^``.

    Args:
        sayable: Symbols that a rule says; a Greek letter only where it stands alone.
        lang: ``de`` or ``en``: other scripts and pictures are said as this language does; without
            one they are left out.

    Returns:
        The text (NFC, ASCII digits, single plain spaces), and the runs left out, in order.
    """
    if _PLAIN.fullmatch(text) and "www." not in text:
        return " ".join(text.split()), ()
    text = scripts.alike(unicodedata.normalize("NFC", _ENTITY.sub(_entity, text)))
    if lang and not text.isascii():
        text = pictures.name_pictures(text, lang)
    text, unspoken = _Folding(sayable, lang, is_japanese=scripts.has_kana(text)).fold(text)
    return " ".join(text.split()), tuple(unspoken)


class _Folding:
    """One pass over a text, and what it leaves out."""

    def __init__(self, sayable: frozenset[str], lang: str, *, is_japanese: bool) -> None:
        self._sayable, self._lang, self._is_japanese = sayable, lang, is_japanese
        self._unspoken: list[str] = []
        self._straight = 0
        self._kinds: dict[str, Callable[[re.Match[str]], str]] = {
            "url": self._url,
            "gloss": self._gloss,
            "sounds": self._left_out,
            "digest": self._left_out,
            "face": self._left_out,
            "mark": self._left_out,
            "script": self._script,
            "power": lambda match: " ^" + unicodedata.normalize("NFKC", match[0]).replace("−", "-"),
            "quote": self._quote,
            "run": lambda match: self._run(match[0]),
        }

    def fold(self, text: str) -> tuple[str, list[str]]:
        """The text folded, and what was left out."""
        return _STRANGE.sub(lambda match: self._kinds[match.lastgroup or "run"](match), text), (
            self._unspoken
        )

    def _gloss(self, match: re.Match[str]) -> str:
        """What stands in brackets in another script, or as a picture, repeats or decorates."""
        before, _, inner = match[0].partition("(")
        inner = inner[:-1]
        if not any(_is_gloss(char) and char not in self._sayable for char in inner):
            return f"{before}({self.fold(inner)[0]})"
        return self._left_out(match)

    def _left_out(self, match: re.Match[str]) -> str:
        self._unspoken.append(match[0].strip())
        return ""

    def _url(self, match: re.Match[str]) -> str:
        run = match[0]
        address = run.rstrip(_TRAILING)
        scheme, host, rest = _address(address)
        end = run[len(address) :]
        if not self._lang or not host:
            self._unspoken.append(address)
            return " " + end
        if scheme:
            self._unspoken.append(scheme)
        said = self.fold(host)[0] if not host.isascii() else host
        if rest:
            self._unspoken.append(rest)
        return f" {ADDRESS}{said}{self.fold(end)[0]}"

    def _script(self, match: re.Match[str]) -> str:
        word = match[0]
        said = (
            scripts.romanised(word, self._lang, is_japanese=self._is_japanese)
            if self._lang
            else None
        )
        if said:
            return f" {said} " if _CLOSE.match(word) else said
        if all(char in self._sayable for char in word):
            return " " + " ".join(word) + " "
        return self._run(word)

    def _quote(self, match: re.Match[str]) -> str:
        if match[0] == '"':
            self._straight += 1
            if self._straight % 2 and _INCHES.match(match.string, match.start() - 5):
                self._straight += 1
                return "''"
        if match[0] == "″" and match.string[match.start() - 1 : match.start()].isdigit():
            return "''"
        return " " if _inside_word(match) else ""

    def _run(self, run: str) -> str:
        folded, lost = _fold_run(run, self._sayable)
        self._unspoken += lost
        return folded


_CLOSE = re.compile("[\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af]")
"""Letters of scripts that may stand without a space beside Latin ones."""

_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|shy|ndash|mdash|hellip|#\d{1,6});")
_SAID_ADDRESS = re.compile(
    r"(?P<scheme>(?:(?:https?|ftp)://)?(?:www\.)?)(?P<host>(?:[\w-]{1,63}\.){0,5}[\w-]{1,63})"
    r"(?P<path>(?:/[A-Za-z][A-Za-z-]{0,17}){1,2}(?=/?$))?",
    re.IGNORECASE,
)
_LONGEST_PATH = 30


def _is_gloss(char: str) -> bool:
    return char.isalpha() or unicodedata.category(char) in {"So", "Lo", "Cn"}


def _entity(match: re.Match[str]) -> str:
    return html.unescape(match[0])


def _address(address: str) -> tuple[str, str, str]:
    """What is left out in front of an address, what is said of it, what is left out behind."""
    match = _SAID_ADDRESS.match(address)
    if match is None:
        return "", "", address
    path = match["path"] or ""
    said = match["host"] + (path if len(path) <= _LONGEST_PATH else "")
    return match["scheme"], said, address[len(match["scheme"]) + len(said) :]


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
