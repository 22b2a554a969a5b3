"""The espeak-ng library, by default that of the ``espeakng-loader`` wheel, without any program.

For phonemes it is asked as its command-line program asks it (``espeak-ng -q -b 1 --ipa=1``):
synthesis with a phoneme trace. The call that only translates text to phonemes leaves out the
stress that clauses of unstressed words get; it serves to tell where a clause ends, and for voices
that learnt from it.
"""

from __future__ import annotations

import _ctypes
import ctypes
import os
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from narrate.errors import EngineError
from narrate.model import printable

SEPARATOR = "_"
"""Stands between the phonemes of a word."""

USUAL_RATE = 175
"""Words a minute; what a length scale of 1 means."""

USUAL_PITCH = 50

# Values of speak_lib.h, the library's public header.
_SYNCHRONOUS = 2
_DO_NOT_EXIT = 0x8000
_CHARS_UTF8 = 1
_POSITION_CHARACTER = 1
_END_PAUSE = 0x1000
_RATE, _VOLUME, _PITCH = 1, 2, 3
_IPA = 0x02
_TRACE_OFF = 0
_TRACE_IPA = 0x03 | ord(SEPARATOR) << 8

_VOICE = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*(\+[A-Za-z0-9]+)?")
"""A language, and perhaps a variant."""

_MEND = "Install the package espeakng-loader again."

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
"""Gets samples, their number and events; 0 goes on, 1 ends the synthesis."""

_STOP = _Callback(lambda _samples, _count, _events: 1)


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


@dataclass(frozen=True, slots=True)
class Manner:
    """How :meth:`Espeak.speak` says a text.

    Attributes:
        voice: A language, or language and variant: ``de``, ``en-gb+f3``.
        rate: Words a minute, 80 to 800.
        pitch: 0 to 99; 50 is the voice's own.
        volume: Per cent of the usual amplitude.
    """

    voice: str
    rate: int = USUAL_RATE
    pitch: int = USUAL_PITCH
    volume: int = 100


def espeak_version() -> str:
    """Version of the wheel's library, as it says itself; its data are not read.

    Raises:
        EngineError: The wheel is missing or does not fit this machine.
    """
    return _version(_open_library(_wheel()[0]))


@lru_cache(maxsize=1)
def espeak() -> Espeak:
    """The wheel's library, initialised once in a process.

    Raises:
        EngineError: The wheel is missing, damaged or does not fit this machine.
    """
    return Espeak()


class Espeak:
    """The loaded library. Its state is global to the process, so calls take turns.

    Args:
        library: Path of another library than the wheel's.
        data: Folder ``espeak-ng-data`` that fits it.

    Raises:
        EngineError: The library or its data are missing, damaged or do not fit this machine.
    """

    def __init__(self, library: str = "", data: str = "") -> None:
        if not library:
            library, data = _wheel()
        self._turn = threading.Lock()
        self._lib = _open_library(library)
        self.sample_rate: int = self._lib.espeak_Initialize(
            _SYNCHRONOUS, 0, os.fsencode(data), _DO_NOT_EXIT
        )
        """Of what is spoken, in hertz."""
        self.version: str = _version(self._lib)
        if self.sample_rate <= 0:
            raise EngineError("espeak-ng cannot read its data", where=data, mend=_MEND)
        self._lib.espeak_SetSynthCallback(_Callback())
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
        encoded = _encode(text)
        with self._turn:
            self._choose(language)
            # The phonemes of a clause are there before its sound, which takes most of the time:
            # where no other clause follows, the sound need not be made.
            callback = _STOP if self._is_one_clause(encoded) else _Callback()
            # Choosing the voice anew also resets what a text may have left behind.
            self._choose(language)
            self._lib.espeak_SetSynthCallback(callback)
            with self._trace() as trace:
                self._synthesise(encoded, _END_PAUSE)
        lines = (line.strip() for line in trace.text.splitlines())
        return tuple(line for line in lines if line)

    def speak(self, text: str, manner: Manner) -> bytes:
        """Say a text: 16-bit samples, one channel.

        What was said before is heard in the samples, at the level of noise: only the first text
        of a process, or of a library just loaded, always sounds the same.

        Raises:
            EngineError: The voice is unknown, or the library refused the text.
        """
        parts: list[bytes] = []

        def keep(samples: int | None, count: int, _events: int | None) -> int:
            if samples and count:
                parts.append(ctypes.string_at(samples, 2 * count))
            return 0

        with self._turn:
            self._choose(manner.voice)
            for parameter, value in (
                (_RATE, manner.rate),
                (_VOLUME, manner.volume),
                (_PITCH, manner.pitch),
            ):
                self._lib.espeak_SetParameter(parameter, value, 0)
            # It would be the time at which the library was loaded. Versions before 1.52 lack this.
            self._lib.espeak_ng_SetRandSeed(ctypes.c_long(1))
            callback = _Callback(keep)
            self._lib.espeak_SetSynthCallback(callback)
            try:
                self._synthesise(_encode(text), 0)
            finally:
                self._lib.espeak_SetSynthCallback(_Callback())
        return b"".join(parts)

    def translate(self, text: str, language: str) -> tuple[tuple[str, str], ...]:
        """IPA of each clause of a text, and the part of the text that it was read from.

        The call that only translates: quick, without the stress that :meth:`phonemes` has in
        clauses of unstressed words. A part may hold the first character of the next one.

        Raises:
            EngineError: The language is unknown.
        """
        encoded = _encode(text)
        buffer = ctypes.create_string_buffer(encoded)
        start = ctypes.addressof(buffer)
        position = ctypes.c_void_p(start)
        found: list[tuple[str, str]] = []
        read = 0
        with self._turn:
            self._choose(language)
            while position.value:
                ipa = self._lib.espeak_TextToPhonemes(ctypes.byref(position), _CHARS_UTF8, _IPA)
                end = position.value - start if position.value else len(encoded)
                part = encoded[read:end].decode(errors="ignore")
                read = end
                found.append(((ipa or b"").decode(errors="replace"), part))
        return tuple(found)

    def close(self) -> None:
        """Unload the library, unless somebody else in this process has loaded it too."""
        self._lib.espeak_Terminate()
        if sys.platform == "win32":
            _ctypes.FreeLibrary(self._lib._handle)  # noqa: SLF001 - ctypes has no other way
        else:
            _ctypes.dlclose(self._lib._handle)  # noqa: SLF001

    def _choose(self, voice: str) -> None:
        """As the program does: by name, or by language, which for “en-gb” is no name."""
        if not _VOICE.fullmatch(voice):  # the library would take a path for that of a voice's file
            raise _unknown(voice)
        name = _encode(voice)
        if self._lib.espeak_SetVoiceByName(name) == 0:
            return
        wanted = _VoiceInfo(languages=name)
        if (
            voice not in self.languages  # or the library would take the nearest language
            or self._lib.espeak_SetVoiceByProperties(ctypes.byref(wanted)) != 0
        ):
            raise _unknown(voice)

    def _is_one_clause(self, encoded: bytes) -> bool:
        """Whether nothing is left of a text after its first clause; the voice must be chosen."""
        buffer = ctypes.create_string_buffer(encoded)
        position = ctypes.c_void_p(ctypes.addressof(buffer))
        self._lib.espeak_TextToPhonemes(ctypes.byref(position), _CHARS_UTF8, 0)
        return not position.value

    def _synthesise(self, encoded: bytes, flags: int) -> None:
        """Neither SSML nor phonemes are asked for: no part of the text is a command."""
        status = self._lib.espeak_Synth(
            encoded,
            len(encoded) + 1,
            0,
            _POSITION_CHARACTER,
            0,
            _CHARS_UTF8 | flags,
            None,
            None,
        )
        if status != 0:
            shown = encoded[:60].decode(errors="replace")
            raise EngineError(f"espeak-ng failed on a text (status {status})", where=shown)

    @contextmanager
    def _trace(self) -> Iterator[_Trace]:
        """Collect what the library writes while it speaks; the text is there after the block."""
        trace = _Trace()
        libc = _open_libc()
        buffer, size = ctypes.c_void_p(), ctypes.c_size_t()
        stream = libc.open_memstream(ctypes.byref(buffer), ctypes.byref(size))
        if not stream:
            raise EngineError("there is not enough memory for phonemes")
        try:
            self._lib.espeak_SetPhonemeTrace(_TRACE_IPA, stream)
            yield trace
        finally:
            self._lib.espeak_SetPhonemeTrace(_TRACE_OFF, None)
            libc.fclose(stream)
            if buffer.value:
                trace.text = ctypes.string_at(buffer.value, size.value).decode("utf-8", "replace")
            libc.free(buffer)

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


def _unknown(language: str) -> EngineError:
    return EngineError(f"espeak-ng does not know the language “{printable(language[:40])}”")


def _encode(text: str) -> bytes:
    """UTF-8 without NUL, which would cut the text off."""
    return text.replace("\0", " ").encode(errors="replace")


def _version(lib: ctypes.CDLL) -> str:
    return str(lib.espeak_Info(None).decode("ascii"))


def _wheel() -> tuple[str, str]:
    """Library and data of the wheel."""
    try:
        import espeakng_loader  # type: ignore[import-untyped]  # noqa: PLC0415

        return espeakng_loader.get_library_path(), espeakng_loader.get_data_path()
    except (ImportError, RuntimeError) as error:
        raise EngineError(f"the espeak-ng library does not load: {error}", mend=_MEND) from error


def _open_library(path: str) -> ctypes.CDLL:
    try:
        lib = ctypes.CDLL(path)
    except OSError as error:
        raise EngineError(f"the espeak-ng library does not load: {error}", mend=_MEND) from error
    lib.espeak_Info.restype = ctypes.c_char_p
    lib.espeak_Info.argtypes = (ctypes.c_void_p,)
    lib.espeak_Initialize.argtypes = (ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int)
    lib.espeak_SetSynthCallback.restype = None
    lib.espeak_SetSynthCallback.argtypes = (_Callback,)
    lib.espeak_SetVoiceByName.argtypes = (ctypes.c_char_p,)
    lib.espeak_SetVoiceByProperties.argtypes = (ctypes.POINTER(_VoiceInfo),)
    lib.espeak_SetParameter.argtypes = (ctypes.c_int, ctypes.c_int, ctypes.c_int)
    lib.espeak_SetPhonemeTrace.restype = None
    lib.espeak_SetPhonemeTrace.argtypes = (ctypes.c_int, ctypes.c_void_p)
    lib.espeak_TextToPhonemes.restype = ctypes.c_char_p
    lib.espeak_TextToPhonemes.restype = ctypes.c_char_p
    lib.espeak_TextToPhonemes.argtypes = (
        ctypes.POINTER(ctypes.c_void_p),
        ctypes.c_int,
        ctypes.c_int,
    )
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


@lru_cache(maxsize=1)
def _open_libc() -> ctypes.CDLL:
    if sys.platform == "win32":
        raise EngineError("phonemes of espeak-ng need the C library of Linux or macOS")
    libc = ctypes.CDLL(None)
    libc.open_memstream.restype = ctypes.c_void_p
    libc.open_memstream.argtypes = (
        ctypes.POINTER(ctypes.c_void_p),
        ctypes.POINTER(ctypes.c_size_t),
    )
    libc.fclose.argtypes = (ctypes.c_void_p,)
    libc.free.argtypes = (ctypes.c_void_p,)
    return libc
