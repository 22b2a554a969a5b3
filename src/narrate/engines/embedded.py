"""What the engines made of small C libraries have in common, in the worker process.

Such a library keeps state from one utterance to the next, and some texts make it hang or crash.
Where the system can fork, each utterance is spoken by a child of its own: all children begin with
the same state, a timer of the kernel ends one that hangs, and a crash ends nothing but the child.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from typing import NoReturn

from narrate.engines.base import Request
from narrate.engines.cleaning import clean
from narrate.engines.respelling import respell
from narrate.errors import EngineCrash, EngineError
from narrate.model import Speech

CAN_FORK = sys.platform != "win32"

CPU_LIMIT_S = 10.0
"""Processor time of one utterance; 40 times that of the slowest one of usual length."""

TIME_LIMIT_S = 40.0
ATTEMPTS = 2

DEADLINE_S = ATTEMPTS * TIME_LIMIT_S + 20.0
"""Longer than the worker needs to try an utterance twice by itself."""

_QUIETEST_PEAK = 100  # of 32767; speech reaches some thousands

_ESPEAK = "espeak-ng"

Synthesis = Callable[[str], bytes]
"""Cleaned text → 16-bit samples. Raises RuntimeError when the library reports an error."""


class EmbeddedSpeaker:
    """A voice of an embedded engine.

    Args:
        engine: As errors name it.
        lang: The only language that is accepted.
        say: Depends on nothing but its text.
    """

    def __init__(self, engine: str, lang: str, sample_rate: int, say: Synthesis) -> None:
        self._engine = engine
        self._lang = lang
        self._sample_rate = sample_rate
        self._say = say

    def speak(self, request: Request) -> Speech:
        """Say one utterance.

        Raises:
            EngineError: The text has characters that the engine cannot say, is in another
                language, or comes out silent.
            EngineCrash: The library crashed or hung on it, twice.
        """
        if request.lang != self._lang:
            raise EngineError(f"this voice speaks “{self._lang}”, not “{request.lang}”")
        text = clean(
            respell(request.spoken, request.lang, by_espeak=self._engine == _ESPEAK), self._engine
        )
        try:
            pcm = self._say(text)
        except RuntimeError as error:
            raise EngineError(f"{self._engine} refused the text: {error}") from error
        samples = memoryview(pcm).cast("h")
        if not samples or max(samples) < _QUIETEST_PEAK:
            raise EngineError(
                f"{self._engine} gave no sound for the text", mend="Reword the sentence."
            )
        return Speech(self._sample_rate, pcm)

    def close(self) -> None:
        """Nothing to give back."""


def forked(synthesise: Synthesis, engine: str, cpu_limit_s: float = CPU_LIMIT_S) -> Synthesis:
    """Speak in a child process for each utterance; POSIX only."""

    def say(text: str) -> bytes:
        for _ in range(ATTEMPTS):
            status, answer = _in_child(synthesise, text, cpu_limit_s)
            if status == 0 and answer[:1] == b"+":
                return answer[1:]
            if status == 0 and answer[:1] == b"-":
                raise RuntimeError(answer[1:].decode(errors="replace"))
        raise EngineCrash(
            f"{engine} {_fate(status)}, {ATTEMPTS} times", mend="Reword the sentence."
        )

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
