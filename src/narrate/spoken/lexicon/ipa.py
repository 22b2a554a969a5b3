"""Which characters are those of the International Phonetic Alphabet, as of 2020."""

from __future__ import annotations

import unicodedata

LETTERS = frozenset(
    "abcdefhijklmnopqrstuvwxyzæçðøħŋœβθχ"
    "ɐɑɒɓɔɕɖɗɘəɚɛɜɝɞɟɠɡɢɣɤɥɦɧɨɪɫɬɭɮɯɰɱɲɳɴɵɶɸɹɺɻɽɾʀʁʂʃʄʈʉʊʋʌʍʎʏʐʑʒʔʕʘʙʛʜʝʟʡʢǀǁǂǃⱱᵻᵿʲʷˠˤʰⁿˡ"
)
"""Consonants and vowels, those beside the chart that espeak-ng writes, and raised ones."""

MARKS = frozenset("ˈˌːˑ.|‖‿ʼ˞˥˦˧˨˩↗↘ \u0361\u035c") | frozenset(
    chr(code)
    for code in (
        *range(0x0300, 0x030D), *range(0x0318, 0x0326), *range(0x0329, 0x0331),
        0x0334, 0x0339, 0x033A, 0x033B, 0x033C, 0x033D, 0x0327, 0x030F, 0x031A, 0x031D,
    )
)  # fmt: skip
"""Stress, length, tones, ties and diacritics."""

_BRACKETS = ("[]", "//")
_LOOKALIKES = str.maketrans(
    {
        "g": "ɡ",
        ":": "ː",
        "'": "ˈ",
        "’": "ʼ",
        "ε": "ɛ",
        "ʦ": "ts",
        ".": None,
        "\u0361": None,
        "\u035c": None,
    }
)


def normal(ipa: str) -> str:
    """A transcription in NFC as voices know one.

    Brackets, dots between syllables and ties go; what keyboards put in place of symbols is mended.
    """
    text = " ".join(unicodedata.normalize("NFC", ipa).split())
    for brackets in _BRACKETS:
        left, right = brackets[0], brackets[1]
        if len(text) > 1 and text[0] == left and text[-1] == right:
            text = text[1:-1].strip()
    return unicodedata.normalize("NFC", text.translate(_LOOKALIKES))


def unknown_symbols(ipa: str) -> tuple[str, ...]:
    """Characters that are no part of the alphabet, each once."""
    known = LETTERS | MARKS | {"ɡ"}
    apart = unicodedata.normalize("NFD", ipa)
    return tuple(dict.fromkeys(char for char in apart if char not in known))


def has_sound(ipa: str) -> bool:
    """Whether there is anything to hear in it."""
    return any(char in LETTERS or char == "ɡ" for char in unicodedata.normalize("NFD", ipa))
