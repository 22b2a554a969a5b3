"""Speaks with Pico, in the worker process.

Pico is old C code that hangs or crashes on some texts. Where the system can fork, each utterance
is spoken by a child of its own: a timer of the kernel ends one that hangs, and a crash ends
nothing but the child. Elsewhere Pico runs in the worker itself, and a fixed sentence goes before
each utterance, so that what one leaves in memory is the same for the next.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Mapping
from typing import NoReturn

from narrate.engines.base import Request
from narrate.engines.pico.text import clean
from narrate.engines.respelling import respell
from narrate.errors import EngineCrash, EngineError
from narrate.model import Speech

SAMPLE_RATE = 16_000
CAN_FORK = sys.platform != "win32"

CPU_LIMIT_S = 10.0
"""Processor time of one utterance; 40 times that of the slowest one of usual length."""

TIME_LIMIT_S = 40.0
ATTEMPTS = 2

_VOLUME = 0.345  # Pico's own level clips up to 1 % of the samples; this one none
_QUIETEST_PEAK = 100  # of 32767; speech reaches some thousands at that volume
_PRIMERS: Mapping[str, str] = {"de": "Ein fester Satz.", "en": "A fixed sentence."}

Synthesis = Callable[[str], bytes]
"""Cleaned text → samples. Raises RuntimeError when Pico reports an error."""


def synthesis(locale: str, speed: float | None, pitch: float | None) -> Synthesis:
    """Pico with its settings bound.

    Raises:
        EngineError: The library is missing or does not load.
    """
    try:
        from py_nanotts import NanoTTS  # type: ignore[import-untyped]  # noqa: PLC0415
    except ImportError as error:
        raise EngineError(
            f"Pico cannot be loaded: {error}", mend="Install the package py-nanotts again."
        ) from error
    pico = NanoTTS()

    def synthesise(text: str) -> bytes:
        samples: bytes = pico.speak(text, locale, speed=speed, pitch=pitch, volume=_VOLUME)
        return samples

    return synthesise


class PicoSpeaker:
    """A voice of Pico.

    Args:
        lang: The only language that is accepted.
        say: :func:`forked` or :func:`primed`.
    """

    def __init__(self, lang: str, say: Synthesis) -> None:
        self._lang = lang
        self._say = say

    def speak(self, request: Request) -> Speech:
        """Say one utterance.

        Raises:
            EngineError: The text has characters that Pico cannot say, is in another language, or
                comes out silent.
            EngineCrash: Pico crashed or hung on it, twice.
        """
        if request.lang != self._lang:
            raise EngineError(f"this voice speaks “{self._lang}”, not “{request.lang}”")
        try:
            pcm = self._say(clean(respell(request.spoken, request.lang)))
        except RuntimeError as error:
            raise EngineError(f"Pico refused the text: {error}") from error
        samples = memoryview(pcm).cast("h")
        if not samples or max(samples) < _QUIETEST_PEAK:
            raise EngineError("Pico gave no sound for the text", mend="Reword the sentence.")
        return Speech(SAMPLE_RATE, pcm)

    def close(self) -> None:
        """Nothing to give back."""


def primed(synthesise: Synthesis, lang: str) -> Synthesis:
    """Speak in this process, after a fixed sentence that nobody hears."""
    primer = _PRIMERS[lang]

    def say(text: str) -> bytes:
        synthesise(primer)
        return synthesise(text)

    return say


def forked(synthesise: Synthesis, cpu_limit_s: float = CPU_LIMIT_S) -> Synthesis:
    """Speak in a child process for each utterance; POSIX only."""

    def say(text: str) -> bytes:
        for _ in range(ATTEMPTS):
            status, answer = _in_child(synthesise, text, cpu_limit_s)
            if status == 0 and answer[:1] == b"+":
                return answer[1:]
            if status == 0 and answer[:1] == b"-":
                raise RuntimeError(answer[1:].decode(errors="replace"))
        raise EngineCrash(f"Pico {_fate(status)}, {ATTEMPTS} times", mend="Reword the sentence.")

    return say


def _in_child(synthesise: Synthesis, text: str, cpu_limit_s: float) -> tuple[int, bytes]:
    """Exit status (negative: a signal) and answer of a child that speaks."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        _answer_and_exit(synthesise, text, cpu_limit_s, write_end)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as stream:
        answer = stream.read()
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), answer


def _answer_and_exit(
    synthesise: Synthesis, text: str, cpu_limit_s: float, write_end: int
) -> NoReturn:
    """The child's whole life; it must never return into the worker's loop."""
    status = 1
    try:
        for timer, signum, limit in (
            (signal.ITIMER_REAL, signal.SIGALRM, TIME_LIMIT_S),
            (signal.ITIMER_PROF, signal.SIGPROF, cpu_limit_s),
        ):
            signal.signal(signum, signal.SIG_DFL)
            signal.setitimer(timer, limit)
        try:
            answer = b"+" + synthesise(text)
        except RuntimeError as error:
            answer = b"-" + str(error).encode()
        with os.fdopen(write_end, "wb") as stream:
            stream.write(answer)
        status = 0
    finally:
        os._exit(status)


def _fate(status: int) -> str:
    if status in {-signal.SIGALRM, -signal.SIGPROF}:
        return "hung"
    with contextlib.suppress(ValueError):
        return f"crashed ({signal.Signals(-status).name})"
    return f"ended with status {status}"
