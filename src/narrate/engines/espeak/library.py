"""Phonemes from the espeak-ng library of the ``espeakng-loader`` wheel, without any program.

The library is asked as its command-line program asks it (``espeak-ng -q -b 1 --ipa=1``): synthesis
with a phoneme trace. The call that only translates text to phonemes is faster, but leaves out the
stress that clauses of unstressed words get.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from types import MappingProxyType

from narrate.errors import EngineError

SEPARATOR = "_"
"""Stands between the phonemes of a word."""

# Values of speak_lib.h, the library's public header.
_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_CHARS_UTF8 = 1
_POSITION_CHARACTER = 1
_END_PAUSE = 0x1000
_TRACE_OFF = 0
_TRACE_IPA = 0x03 | ord(SEPARATOR) << 8

_MEND = "Install the package espeakng-loader again; it works on Linux and macOS."


class _VoiceInfo(ctypes.Structure):
    """``espeak_VOICE``; ``languages`` is a priority byte and a name, again and again."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_char_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("xx1", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


def espeak_version() -> str:
    """Version of the library, as it says itself; its data are not read.

    Raises:
        EngineError: The wheel is missing or does not fit this machine.
    """
    return str(_open_library().espeak_Info(None).decode("ascii"))


@lru_cache(maxsize=1)
def espeak() -> Espeak:
    """The library, initialised once in a process.

    Raises:
        EngineError: The wheel is missing, damaged or does not fit this machine.
    """
    return Espeak()


class Espeak:
    """The loaded library. Its state is global to the process, so calls take turns."""

    def __init__(self) -> None:
        import espeakng_loader  # type: ignore[import-untyped]  # noqa: PLC0415

        self._turn = threading.Lock()
        self._lib = _open_library()
        self._libc = _open_libc()
        data = espeakng_loader.get_data_path().encode()
        if self._lib.espeak_Initialize(_SYNCHRONOUS, 0, data, _DO_NOT_EXIT) <= 0:
            raise EngineError("espeak-ng cannot read its data", where=data.decode(), mend=_MEND)
        self._lib.espeak_SetSynthCallback(None)
        self.languages: Mapping[str, str] = MappingProxyType(self._list_languages())
        """Code of a language → name of its voice."""

    def phonemes(self, text: str, language: str) -> tuple[str, ...]:
        """IPA of a text, one line a clause.

        Args:
            language: One of :attr:`languages`.

        Returns:
            Lines with ``_`` between the phonemes of a word and flags such as ``(en)`` where the
            language switches.

        Raises:
            EngineError: The language is unknown, or the library refused the text.
        """
        encoded = text.replace("\0", " ").encode()
        with self._turn:
            # Choosing the voice anew also resets what the last text may have left behind.
            if self._lib.espeak_SetVoiceByName(language.encode()) != 0:
                raise EngineError(f"espeak-ng does not know the language “{language}”")
            with self._trace() as trace:
                status = self._lib.espeak_Synth(
                    encoded,
                    len(encoded) + 1,
                    0,
                    _POSITION_CHARACTER,
                    0,
                    _CHARS_UTF8 | _END_PAUSE,
                    None,
                    None,
                )
                self._lib.espeak_Synchronize()
        if status != 0:
            raise EngineError(f"espeak-ng failed on a text (status {status})", where=text[:60])
        lines = (line.strip() for line in trace.text.splitlines())
        return tuple(line for line in lines if line)

    @contextmanager
    def _trace(self) -> Iterator[_Trace]:
        """Collect what the library writes while it speaks; the text is there after the block."""
        trace = _Trace()
        buffer, size = ctypes.c_void_p(), ctypes.c_size_t()
        stream = self._libc.open_memstream(ctypes.byref(buffer), ctypes.byref(size))
        if not stream:
            raise EngineError("there is not enough memory for phonemes")
        try:
            self._lib.espeak_SetPhonemeTrace(_TRACE_IPA, stream)
            yield trace
        finally:
            self._lib.espeak_SetPhonemeTrace(_TRACE_OFF, None)
            self._libc.fclose(stream)
            if buffer.value:
                trace.text = ctypes.string_at(buffer.value, size.value).decode("utf-8", "replace")
            self._libc.free(buffer)

    def _list_languages(self) -> dict[str, str]:
        voices = self._lib.espeak_ListVoices(None)
        found: dict[str, str] = {}
        for voice in voices:
            if not voice:
                break
            info = voice.contents
            # The first language of a voice, behind its priority byte.
            found[info.languages[1:].decode()] = info.name.decode()
        return found


class _Trace:
    """What was written to a memory stream."""

    def __init__(self) -> None:
        self.text = ""


def _open_library() -> ctypes.CDLL:
    try:
        import espeakng_loader  # noqa: PLC0415

        lib = ctypes.CDLL(espeakng_loader.get_library_path())
    except (ImportError, OSError) as error:
        raise EngineError(f"the espeak-ng library does not load: {error}", mend=_MEND) from error
    lib.espeak_Info.restype = ctypes.c_char_p
    lib.espeak_Info.argtypes = (ctypes.c_void_p,)
    lib.espeak_Initialize.argtypes = (ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int)
    lib.espeak_SetSynthCallback.argtypes = (ctypes.c_void_p,)
    lib.espeak_SetVoiceByName.argtypes = (ctypes.c_char_p,)
    lib.espeak_SetPhonemeTrace.restype = None
    lib.espeak_SetPhonemeTrace.argtypes = (ctypes.c_int, ctypes.c_void_p)
    lib.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_VoiceInfo))
    lib.espeak_ListVoices.argtypes = (ctypes.c_void_p,)
    lib.espeak_Synth.argtypes = (
        ctypes.c_char_p,
        ctypes.c_size_t,
        ctypes.c_uint,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.c_uint,
        ctypes.c_void_p,
        ctypes.c_void_p,
    )
    return lib


def _open_libc() -> ctypes.CDLL:
    if sys.platform == "win32":
        raise EngineError("phonemes of espeak-ng need the C library of Linux or macOS", mend=_MEND)
    libc = ctypes.CDLL(None)
    libc.open_memstream.restype = ctypes.c_void_p
    libc.open_memstream.argtypes = (
        ctypes.POINTER(ctypes.c_void_p),
        ctypes.POINTER(ctypes.c_size_t),
    )
    libc.fclose.argtypes = (ctypes.c_void_p,)
    libc.free.argtypes = (ctypes.c_void_p,)
    return libc
