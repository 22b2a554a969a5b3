"""The parent's side of a worker process: start it, ask it, bury it, replace it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import BinaryIO, cast

from narrate.engines import wire
from narrate.engines.base import Request
from narrate.engines.interpreter import TAIL_BYTES, command, fate, last_words, was_killed
from narrate.engines.registry import find_engine, varies
from narrate.errors import EngineCrash, EngineError, NarrateError
from narrate.model import Speech, Voice

ATTEMPTS = 2
"""How often an utterance is tried when the worker dies of it."""

LOADING_DEADLINE_S = 300.0

_LEAVE_S = 5.0
_SAMPLE_RATES = range(4_000, 192_001)

_REWORD = "Reword the sentence or choose another voice for it."
_CHECK = "Check the files of the voice, or choose another one."
_SPARE = "Close other programs, or speak with fewer workers: `narrate build --jobs 1`."


class _DiedError(Exception):
    """The worker died, hung or raised something unexpected.

    Args:
        reason: A predicate: what the engine did.
        last_words: Last line that the worker wrote to stderr.
        mend: What helps; empty where only the usual advice does.
    """

    def __init__(self, reason: str, last_words: str = "", mend: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.mend = mend
        self.hint = f"The engine's last words: {last_words} | " if last_words else ""


class WorkerProcess:
    """One voice, loaded in a process of its own at the first utterance.

    A worker that crashes or hangs is replaced, and its utterance is tried once more. A voice that
    cannot be loaded is not tried again. One thread at a time may call :meth:`speak`;
    :meth:`interrupt` and :meth:`close` may come from any thread.

    Args:
        load_deadline_s: After how many seconds loading the voice is taken for hung.

    Raises:
        ShowError: The voice's engine is not installed.
        EngineError: The package that brings the engine is broken.
    """

    def __init__(self, voice: Voice, *, load_deadline_s: float = LOADING_DEADLINE_S) -> None:
        self.voice = voice
        self._engine = find_engine(voice.engine)
        self._load_deadline_s = load_deadline_s
        self._child: _Child | None = None
        self._unusable: NarrateError | None = None
        self._stopped = False
        self._speaking = False
        self._lock = threading.Lock()

    def __enter__(self) -> WorkerProcess:  # noqa: PYI034 - typing.Self is not in 3.10
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self.interrupt()
        self.close()

    @property
    def pid(self) -> int | None:
        """Number of the worker's process; None while there is none."""
        child = self._child
        return child.pid if child is not None and child.alive else None

    @property
    def varies(self) -> bool:
        """Whether another seed gives another reading."""
        return varies(self.voice)

    def speak(self, request: Request) -> Speech:
        """Say one utterance.

        Raises:
            EngineError: The engine refused the text, or the voice cannot be loaded.
            EngineCrash: The worker died or hung, and its replacement too; or it was interrupted.
        """
        with self._lock:
            if self._stopped:
                raise self._error("was stopped")
            self._speaking = True
        try:
            return self._twice(request)
        finally:
            self._speaking = False

    def interrupt(self) -> None:
        """Kill the worker for good; a running :meth:`speak` raises ``EngineCrash``."""
        with self._lock:
            self._stopped = True
            child = self._child
        if child is not None:
            child.kill()

    def close(self) -> None:
        """Let the worker end by itself, or kill it if it is busy or does not."""
        with self._lock:
            self._stopped = True
            child, speaking = self._child, self._speaking
        if child is None:
            return
        if speaking:
            child.kill()  # the thread that speaks buries it
        else:
            child.close()

    def _twice(self, request: Request) -> Speech:
        death = _DiedError("")
        for _ in range(ATTEMPTS):
            child = self._ready()
            try:
                return self._ask(child, request)
            except _DiedError as error:
                death = error
        if self._stopped:
            raise self._error("was stopped")
        raise self._error(
            f"{death.reason}, and again on a second try",
            mend=f"{death.hint}{death.mend or _REWORD}",
        )

    def _ask(self, child: _Child, request: Request) -> Speech:
        deadline_s = self._engine.deadline_s(request.spoken)
        header = {"ask": "speak", "request": wire.request_header(request)}
        try:
            return _speech(*child.ask(header, deadline_s))
        except NarrateError:
            raise  # the worker is well: it refused the text
        except BaseException:
            self._discard()
            raise

    def _ready(self) -> _Child:
        """The worker with its voice loaded; a new one where there is none."""
        if self._child is not None and self._child.alive:
            return self._child
        if self._unusable is not None:
            raise self._unusable.with_traceback(None)
        death = _DiedError("")
        for _ in range(ATTEMPTS):
            try:
                return self._loaded()
            except NarrateError as error:  # noqa: PERF203 - two attempts
                self._unusable = error
                raise
            except _DiedError as error:
                death = error
        if self._stopped:
            raise self._error("was stopped")
        self._unusable = self._error(
            f"{death.reason} while it loaded the voice, and again on a second try",
            mend=f"{death.hint}{death.mend or _CHECK}",
        )
        raise self._unusable

    def _loaded(self) -> _Child:
        self._discard()
        with self._lock:
            if self._stopped:
                raise self._error("was stopped")
            child = self._child = _Child(getattr(self._engine, "worker_env", {}))
        header = {"ask": "load", "voice": wire.voice_header(self.voice)}
        try:
            child.ask(header, self._load_deadline_s)
        except BaseException:
            self._discard()
            raise
        return child

    def _discard(self) -> None:
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.bury()

    def _error(self, predicate: str, *, mend: str = "") -> EngineCrash:
        return EngineCrash(
            f"the engine “{self.voice.engine}” {predicate}",
            where=f"voice {self.voice.name}",
            mend=mend,
        )


class _Child:
    """One running process."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter, a module of ours
                command("narrate.engines.worker"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**os.environ, **environment},
                start_new_session=True,  # POSIX: so that what it forks can be killed with it
            )
        except OSError as error:
            raise EngineError(
                f"no process can be started for an engine: {error.strerror}",
                mend="Close other programs or use fewer jobs.",
            ) from error
        self._requests = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)
        self._tail = _Tail(cast("BinaryIO", self._process.stderr))
        self._killed = False

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return not self._killed and self._process.poll() is None

    def ask(self, header: wire.Header, deadline_s: float) -> tuple[wire.Header, bytes]:
        """Send a request and wait for its answer.

        Raises:
            NarrateError: The answer is a failure in words.
            _DiedError: There is no answer, or one that nobody foresaw.
        """
        expired = threading.Event()
        watchdog = threading.Timer(deadline_s, self._expire, (expired,))
        watchdog.daemon = True
        watchdog.start()
        try:
            wire.write_frame(self._requests, {**header, "deadline_s": deadline_s})
            frame = wire.read_frame(self._answers)
        except (OSError, wire.BrokenFrameError):
            frame = None
        finally:
            watchdog.cancel()
        if frame is None:
            status = self.bury()
            hung = f"did not answer within {deadline_s:g} s" if expired.is_set() else ""
            mend = _SPARE if not hung and was_killed(status) else ""
            raise _DiedError(hung or fate(status), self._tail.last_words(), mend)
        answer = frame[0].get("answer")
        if answer == "error":
            raise wire.error_of(frame[0])
        if answer == "starved":
            raise _DiedError("ran out of memory", mend=_SPARE)
        if answer == "failed":
            raise _DiedError(f"failed ({frame[0].get('what')})")
        return frame

    def _expire(self, expired: threading.Event) -> None:
        expired.set()
        self._killed = True
        self._kill_group()  # whoever still holds the pipe, even when the worker itself is gone

    def kill(self) -> None:
        """End the process and what it forked, at once; safe from any thread, at any time."""
        self._killed = True
        if self._process.poll() is None:
            self._kill_group()

    def _kill_group(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """Ask the process to end by ending its input."""
        with contextlib.suppress(OSError):
            self._requests.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_LEAVE_S)
        self.kill()
        self.bury()

    def bury(self) -> int:
        """Wait for the end of the killed or dying process; returns its status."""
        try:
            status = self._process.wait(_LEAVE_S)
        except subprocess.TimeoutExpired:
            self.kill()
            status = self._process.wait()
        for stream in (self._requests, self._answers):
            with contextlib.suppress(OSError):
                stream.close()
        return status


class _Tail(threading.Thread):
    """Reads a stream to its end so that the writer never waits, and keeps its last bytes."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__(name="narrate-worker-stderr", daemon=True)
        self._stream = stream
        self._kept = b""
        self.start()

    def run(self) -> None:
        with self._stream as stream:
            while data := os.read(stream.fileno(), TAIL_BYTES):
                self._kept = (self._kept + data)[-TAIL_BYTES:]

    def last_words(self) -> str:
        """The last line, see :func:`narrate.engines.interpreter.last_words`."""
        self.join(1.0)
        return last_words(self._kept)


def _speech(header: wire.Header, pcm: bytes) -> Speech:
    rate = header.get("sample_rate")
    if not isinstance(rate, int) or rate not in _SAMPLE_RATES or len(pcm) % 2:
        raise _DiedError(f"gave no 16-bit samples (rate {rate!r}, {len(pcm)} bytes)")
    return Speech(rate, pcm)
