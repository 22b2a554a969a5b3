"""The worker process, which loads one voice and speaks with it.

It is single-threaded, so that an engine may fork, and it never outlives its parent: the end of
its input ends it, and a timer ends it when foreign code hangs.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import signal
import sys
import traceback
from typing import BinaryIO

from narrate.engines import wire
from narrate.engines.base import Speaker
from narrate.engines.interpreter import lacks_memory
from narrate.engines.registry import find_engine
from narrate.errors import NarrateError

_GRACE_S = 5.0
"""The parent kills a hung worker at its deadline; the worker ends itself this much later, in case
the parent is gone."""


def main() -> int:
    """Serve requests until standard input ends; the exit status is 0 then."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C ends
    requests, answers = _take_pipes()
    with requests, answers, contextlib.suppress(BrokenPipeError, wire.BrokenFrameError):
        _serve(requests, answers)
    _watch(_GRACE_S)
    return 0


def _take_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Keep standard input and output for frames; foreign code gets an empty input and stderr."""
    requests, answers = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415

        msvcrt.setmode(requests, os.O_BINARY)
        msvcrt.setmode(answers, os.O_BINARY)
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return os.fdopen(requests, "rb"), os.fdopen(answers, "wb")


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    speaker: Speaker | None = None
    while (frame := wire.read_frame(requests)) is not None:
        header, _ = frame
        answer: wire.Header
        _watch(header["deadline_s"] + _GRACE_S)
        try:
            if header["ask"] == "load" or speaker is None:
                voice = wire.voice_of(header["voice"])
                speaker = find_engine(voice.engine).load(voice)
                answer, body = {"answer": "loaded"}, b""
            else:
                speech = speaker.speak(wire.request_of(header["request"]))
                answer, body = {"answer": "speech", "sample_rate": speech.sample_rate}, speech.pcm
        except NarrateError as error:
            answer, body = wire.error_header(error), b""
        except Exception as error:  # noqa: BLE001 - foreign code may raise anything
            traceback.print_exc()
            what = f"{type(error).__name__}: {error}"
            answer, body = (
                {"answer": "starved" if lacks_memory(error) else "failed", "what": what},
                b"",
            )
        _watch(0)
        wire.write_frame(answers, answer, body)
    if speaker is not None:
        speaker.close()


def _watch(seconds: float) -> None:
    """End this process after so many seconds, even if foreign code holds the interpreter; 0: never.

    On POSIX a timer of the kernel, because the watching thread of ``faulthandler`` would make
    forking unsafe.
    """
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)
    elif seconds > 0:
        faulthandler.dump_traceback_later(seconds, exit=True)
    else:
        faulthandler.cancel_dump_traceback_later()
