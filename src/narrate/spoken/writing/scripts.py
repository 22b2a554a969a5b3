"""Words in other scripts, in Latin letters: Cyrillic, Greek, Chinese, Korean, Japanese and more.

Scripts that do not write their vowels (Arabic, Hebrew), or whose reading needs a dictionary (Thai,
Chinese characters within Japanese), are not romanised: a guess would be no word of any language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from narrate.spoken.writing import script_tables as tables

_GREEK = "\u0370-\u03ff\u1f00-\u1fff"
_CYRILLIC = "\u0400-\u052f"
_OTHERS = (
    "\u0530-\u058f"  # Armenian
    "\u0590-\u06ff\u0750-\u077f\ufb1d-\ufdfb\ufe70-\ufefc"  # Hebrew, Arabic
    "\u0700-\u074f\u0780-\u109f"  # Syriac to Burmese: the scripts of India, Thai, Tibetan
    "\u10a0-\u11ff"  # Georgian, Korean letters
    "\u1200-\u1c7f\u2c80-\u2dff\u3005-\u3007\u3040-\u31ff\u3400-\u9fff"  # to kana, Chinese
    "\ua000-\ua71f\ua800-\uabff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
    "\U00010000-\U0001bfff\U00020000-\U0003ffff"
)
FOREIGN = _GREEK + _CYRILLIC + _OTHERS
"""For a character class; the marks on letters are among them."""

_MARKS = "\u0300-\u036f\u200c\u200d"
RUN = (
    rf"[{_CYRILLIC}{_OTHERS}][{FOREIGN}{_MARKS}]{{0,4000}}|[{_GREEK}][{FOREIGN}{_MARKS}]{{1,4000}}"
)
"""A word in another script; a single Greek letter is a symbol."""

_MIXED = re.compile(rf"(?<![^\W\d_])[^\W\d_]{{0,200}}?[{_GREEK}{_CYRILLIC}][^\W\d_]{{0,200}}")
_ALIKE = str.maketrans(
    "АВЕЗКМНОРСТУХЅІЈаеорсухѕіјһԁԛԝЬ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονϲ",
    "ABE3KMHOPCTYXSIJaeopcyxsijhdqwb" + "ABEZHIKMNOPTYXovc",
)  # fmt: skip

_KANA = re.compile("[\u3040-\u30ff\uff66-\uff9f]")
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def alike(text: str) -> str:
    """``text`` with Cyrillic and Greek letters that pose as Latin ones within Latin words."""
    if not _HAS_ALIKE.search(text):
        return text
    return _MIXED.sub(_as_latin, text)


_CYRILLIC_LETTER = re.compile(f"[{_CYRILLIC}]")
_HAS_ALIKE = re.compile(rf"[{_GREEK}{_CYRILLIC}]")
_LATIN = re.compile("[A-Za-z]")


def _as_latin(match: re.Match[str]) -> str:
    word = match[0]
    return word.translate(_ALIKE) if _LATIN.search(word) else word


def romanised(word: str, lang: str, *, is_japanese: bool = False) -> str | None:
    """A word of one script in Latin letters, as newspapers of the language write it.

    Args:
        word: Matches :data:`RUN`.
        lang: ``de`` or ``en``.
        is_japanese: Whether Chinese characters beside it are read as Japanese.

    Returns:
        The word; None when its script is not read.
    """
    first = next((char for char in word if char.isalpha()), "")
    japanese = is_japanese or _KANA.search(word)
    if _CHINESE.match(first) or (japanese and _CHINESE.search(word)):
        return None if japanese else _chinese(word)
    said = _cyrillic(word, lang) if _CYRILLIC_LETTER.match(first) else None
    return said or next((read(word) for letter, read in _READERS if letter.match(first)), None)


def has_kana(text: str) -> bool:
    """Whether a text is Japanese, as far as its letters tell."""
    return bool(_KANA.search(text))


# --- Cyrillic ----------------------------------------------------------------------------------

_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_ADJECTIVE = re.compile("[иы]й$")
_VOWELS = "аеёиоуыэюя"


def _cyrillic(word: str, lang: str) -> str:
    small = word.lower()
    table = tables.CYRILLIC[lang]
    ukrainian = _UKRAINIAN.search(small)
    ends = "i" if lang == "de" else "y"
    if not ukrainian and (end := _ADJECTIVE.search(small)):
        small = small[: end.start()] + "\x00"
    parts = []
    for at, char in enumerate(small):
        before = small[at - 1 : at]
        said = table.get(char)
        if char == "\x00":
            said = ends
        elif char == "й" and lang == "de" and not _vowel_at(small, at + 1) and not ukrainian:
            said = "i"
        elif ukrainian and char in "иг":
            said = {"и": "y", "г": "h"}[char]
        elif char == "е" and not ukrainian and (not before or before in _VOWELS + "ьъ"):
            said = "je" if lang == "de" else "ye"
        elif char == "ё" and before in ("ч", "щ"):
            said = "o" if lang == "de" else "yo"
        elif char == "с" and lang == "de" and before in tuple(_VOWELS) and _vowel_at(small, at + 1):
            said = "ss"
        parts.append(_decomposed(char) if said is None else said)
    said = "".join(parts).replace("ks", "x").replace("yyi", "yi")
    return _capital_as(word, said)


def _vowel_at(text: str, at: int) -> bool:
    return text[at : at + 1] in tuple(_VOWELS)


def _decomposed(char: str) -> str:
    """A letter of another Cyrillic language, by the library's table."""
    from anyascii import anyascii  # noqa: PLC0415 - its tables are read only where they are needed

    return re.sub("[^a-z]", "", anyascii(char).lower())


def _capital_as(word: str, said: str) -> str:
    return said[:1].upper() + said[1:] if word[:1].isupper() else said


# --- Greek -------------------------------------------------------------------------------------

_GREEK_PAIRS = re.compile("ου|α[υ]|ε[υ]|γγ|γκ|γχ|γξ|^μπ|^ντ")
_SHORTEST_GREEK = 3
"""Fewer letters are symbols."""
_VOICELESS = "θκξπσςτφχψ"


def _greek(word: str) -> str | None:
    small = "".join(char for char in unicodedata.normalize("NFD", word.lower()) if char.isalpha())
    if len(small) < _SHORTEST_GREEK or not any(vowel in small for vowel in "αεηιουω"):
        return None
    small = _GREEK_PAIRS.sub(_greek_pair, small)
    said = "".join(tables.GREEK.get(char, char if char.isascii() else "") for char in small)
    return _capital_as(word, said)


def _greek_pair(match: re.Match[str]) -> str:
    pair = match[0]
    if pair in ("αυ", "ευ"):
        after = match.string[match.end() : match.end() + 1]
        return ("a" if pair[0] == "α" else "e") + ("f" if not after or after in _VOICELESS else "v")
    return tables.GREEK_PAIRS[pair]


# --- East Asia ---------------------------------------------------------------------------------


def _chinese(word: str) -> str | None:
    """Pinyin without tones, a syllable a word, each character in its most usual reading."""
    from anyascii import anyascii  # noqa: PLC0415 - as above

    said = [re.sub("[^a-z]", "", anyascii(char).lower()) for char in word]
    return " ".join(part for part in said if part) or None


_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_SILENT_INITIAL = 11


def _korean(word: str) -> str | None:
    """The Revised Romanisation, with sounds linked to a following vowel."""
    codes = [ord(char) - _FIRST_SYLLABLE for char in word if "\uac00" <= char <= "\ud7a3"]
    said = ""
    for at, code in enumerate(codes):
        initial, medial, final = code // 588, code % 588 // 28, code % 28
        linked = at + 1 < len(codes) and codes[at + 1] // 588 == _SILENT_INITIAL
        end = (tables.KOREAN_FINALS_LINKED if linked else tables.KOREAN_FINALS)[final]
        begin = (
            "l"
            if said.endswith("l") and tables.KOREAN_INITIALS[initial] == "r"
            else tables.KOREAN_INITIALS[initial]
        )
        said += begin + tables.KOREAN_MEDIALS[medial] + end
    return said or None


_HIRAGANA_BELOW_KATAKANA = 0x60


def _kana(word: str) -> str | None:
    """Hepburn's romanisation, long vowels without a mark."""
    if word in tables.KANA_WORDS:
        return tables.KANA_WORDS[word]
    said, doubled = "", False
    for char in unicodedata.normalize("NFKC", word):
        kana = chr(ord(char) - _HIRAGANA_BELOW_KATAKANA) if "ァ" <= char <= "ヶ" else char
        if kana == "っ":
            doubled = True
        elif kana in tables.SMALL_KANA and said:
            small = tables.SMALL_KANA[kana]
            stem = said[:-1]
            said = stem + (small[1:] if stem.endswith(("sh", "ch", "j")) else small)
        elif kana in tables.KANA:
            sound = tables.KANA[kana]
            said += (
                "t" if sound.startswith("ch") else sound[0] if doubled else ""
            ) * doubled + sound
            doubled = False
    return said or None


# --- letters that write all sounds ---------------------------------------------------------------


def _by_letters(word: str) -> str | None:
    from anyascii import anyascii  # noqa: PLC0415 - as above

    return _capital_as(word, re.sub("[^a-z]", "", anyascii(word).lower())) or None


_VIRAMA = "्"


def _devanagari(word: str) -> str | None:
    """Hindi: the vowel within each consonant is said, but for the end of a word."""
    parts: list[str] = []
    letters = [char for char in unicodedata.normalize("NFD", word) if char != "\u093c"]
    for at, char in enumerate(letters):
        after = letters[at + 1] if at + 1 < len(letters) else ""
        if char in tables.NAGARI_CONSONANTS:
            inherent = after and after not in tables.NAGARI_SIGNS and after != _VIRAMA
            parts.append(tables.NAGARI_CONSONANTS[char] + ("a" if inherent else ""))
        elif char in "ंँ":
            parts.append("n")
        elif said := tables.NAGARI_VOWELS.get(char) or tables.NAGARI_SIGNS.get(char):
            parts.append(said)
    return "".join(parts) or None


_READERS: tuple[tuple[re.Pattern[str], Callable[[str], str | None]], ...] = (
    (re.compile(f"[{_GREEK}]"), _greek),
    (_KANA, _kana),
    (re.compile("[\uac00-\ud7a3]"), _korean),
    (re.compile("[\u0900-\u097f]"), _devanagari),
    (re.compile("[\u0530-\u058f\u10a0-\u10ff]"), _by_letters),
)
