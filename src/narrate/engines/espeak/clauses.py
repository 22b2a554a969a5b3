"""Phonemes clause by clause, with the mark that ended each clause.

The library's call that only translates: quick, without a stress that synthesis adds to clauses of
unstressed words. Piper's voices learnt from it.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass

from narrate.engines.espeak.library import Espeak, espeak
from narrate.errors import EngineError

# Values of speak_lib.h, the library's public header.
_CHARS_UTF8 = 1
_PHONEMES_IPA = 0x02

# The library reads one character of the next clause before it knows that the last one has ended.
_MARK = re.compile(r"([.,:;?!–—…])[\"'“”„‘’»«)\]]*(?:\s+\S?)?$")
_SAME_MARK = {"–": ";", "—": ";", "…": ";"}


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a text that is said in one breath.

    Attributes:
        phonemes: IPA, with flags such as ``(en)`` where the language switches.
        mark: One of ``. , : ; ? !``, or empty where the text goes on or ends without any.
    """

    phonemes: str
    mark: str


def clauses(text: str, language: str, library: Espeak | None = None) -> tuple[Clause, ...]:
    """The clauses of a text.

    A German clause that ends with a Roman numeral and a full stop, “K I.”, has its mark here; the
    library takes that full stop for a part of an ordinal and would tell none.

    Args:
        language: As espeak-ng names it.
        library: The wheel's if not given.

    Raises:
        EngineError: The library is missing or does not know the language.
    """
    library = library or espeak()
    lib = library._lib  # noqa: SLF001 - the other half of that class
    lib.espeak_TextToPhonemes.restype = ctypes.c_char_p
    lib.espeak_TextToPhonemes.argtypes = (
        ctypes.POINTER(ctypes.c_void_p),
        ctypes.c_int,
        ctypes.c_int,
    )
    encoded = text.replace("\0", " ").encode(errors="replace")
    buffer = ctypes.create_string_buffer(encoded)
    start = ctypes.addressof(buffer)
    position = ctypes.c_void_p(start)
    found: list[Clause] = []
    read = 0
    with library._turn:  # noqa: SLF001
        if lib.espeak_SetVoiceByName(language.encode()) != 0:
            raise EngineError(f"espeak-ng does not know the language “{language}”")
        while position.value:
            spoken = lib.espeak_TextToPhonemes(ctypes.byref(position), _CHARS_UTF8, _PHONEMES_IPA)
            end = position.value - start if position.value else len(encoded)
            part = encoded[read:end].decode(errors="ignore")
            read = end
            found.append(Clause((spoken or b"").decode(errors="replace"), _mark(part)))
    return tuple(clause for clause in found if clause.phonemes)


def _mark(part: str) -> str:
    match = _MARK.search(part)
    return _SAME_MARK.get(match[1], match[1]) if match else ""
