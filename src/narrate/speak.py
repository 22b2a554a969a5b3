"""Spoken forms become clips: jobs go in, clips or failures come out, in whatever order.

Who runs the jobs is behind :class:`Executor`; here it is a few worker processes on this machine.
Only the caller writes the cache. Every reading is checked; a faulty one gives way to another, with
a seed that comes from the clip's key and the number of the attempt, so that the same job always
ends in the same clip.
"""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

from narrate.engines import Request, Weighed, find_engine
from narrate.engines.process import WorkerProcess
from narrate.errors import NarrateError, SpeechFault
from narrate.model import Sound, Speech, Voice, seed_of
from narrate.verify import Pace, faults

_AHEAD = 2
"""Clips that a worker may have spoken before the caller has taken them: memory stays as it is where
an engine is faster than the cache."""

READINGS = 3
"""How often an utterance is read at most, by an engine whose readings vary."""


@dataclass(frozen=True, slots=True)
class Job:
    """One clip to be made.

    Attributes:
        key: The clip's; its random seed comes from it.
        where: Article, chapter and sentence, as a message names them.
        pace: Of the voice; without it the length of the clip is not judged.
        retake: The command that makes another take, or empty.
        sounds: Of words whose sounds the engine is told.
    """

    key: str
    voice: Voice
    spoken: str
    lang: str
    where: str
    pace: Pace | None = None
    retake: str = ""
    sounds: tuple[Sound, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: either ``speech`` or ``error`` is set.

    Attributes:
        wall_s: Processing time.
        refused: What was wrong with each reading before the one that was kept.
    """

    job: Job
    wall_s: float
    speech: Speech | None = None
    error: NarrateError | None = None
    refused: tuple[str, ...] = ()


class Executor(Protocol):
    """Runs jobs."""

    def run(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """Yield one outcome for each job, as they come."""
        ...

    def close(self) -> None:
        """Stop at once what still runs and give everything back."""
        ...


class LocalExecutor(contextlib.AbstractContextManager["LocalExecutor"]):
    """Worker processes on this machine, each with a loaded voice, kept from run to run.

    Fewer than asked for where memory would not hold them, at least one.

    Args:
        workers: Number of utterances spoken at a time, from 1.
        memory_bytes: What the workers may take together; what is free now if not given.
    """

    def __init__(self, workers: int, memory_bytes: int | None = None) -> None:
        self._lanes = [_Lane() for _ in range(workers)]
        self._memory_bytes = free_memory() if memory_bytes is None else memory_bytes

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def run(self, jobs: Iterable[Job]) -> Iterator[Outcome]:
        """Speak the jobs; those of one voice stand together, so that voices load once."""
        waiting: queue.SimpleQueue[Job] = queue.SimpleQueue()
        outcomes: queue.SimpleQueue[Outcome | BaseException] = queue.SimpleQueue()
        voices = {}
        expected = 0
        for job in sorted(jobs, key=lambda job: job.voice.name):
            waiting.put(job)
            voices[job.voice.name] = job.voice
            expected += 1
        stop = threading.Event()
        lanes = self._lanes[: min(expected, self._fitting(voices.values()))]
        room = threading.Semaphore(_AHEAD * len(lanes))
        threads = [
            threading.Thread(target=lane.work, args=(waiting, outcomes, room, stop), daemon=True)
            for lane in lanes
        ]
        for thread in threads:
            thread.start()
        is_complete = False
        try:
            for _ in range(expected):
                outcome = outcomes.get()
                if isinstance(outcome, BaseException):
                    raise outcome
                yield outcome
                room.release()
            is_complete = True
        finally:
            stop.set()
            for _ in lanes:
                room.release()  # whoever waits for room sees that it is over
            if not is_complete:
                for lane in self._lanes:
                    lane.interrupt()
            for thread in threads:
                thread.join()
            if not is_complete:
                self.close()

    def _fitting(self, voices: Iterable[Voice]) -> int:
        """How many workers memory holds while these voices speak."""
        needs = (
            engine.memory_bytes(voice)
            for voice in voices
            if isinstance(engine := find_engine(voice.engine), Weighed)
        )
        largest = max(needs, default=0)
        return max(1, self._memory_bytes // largest) if largest else len(self._lanes)

    def close(self) -> None:
        """Stop all workers at once."""
        for lane in self._lanes:
            lane.close()


class _Lane:
    """One worker process and the thread that feeds it."""

    def __init__(self) -> None:
        self._voice: Voice | None = None
        self._worker: WorkerProcess | None = None

    def work(
        self,
        waiting: queue.SimpleQueue[Job],
        outcomes: queue.SimpleQueue[Outcome | BaseException],
        room: threading.Semaphore,
        stop: threading.Event,
    ) -> None:
        """Take jobs until none is left; whatever goes wrong reaches the caller's thread.

        Args:
            room: Taken for each job; the caller gives it back with the outcome.
        """
        with contextlib.suppress(queue.Empty):
            while room.acquire() and not stop.is_set():
                job = waiting.get_nowait()
                try:
                    outcomes.put(self._outcome(job))
                except BaseException as error:  # noqa: BLE001 - raised again by run()
                    outcomes.put(error)

    def _outcome(self, job: Job) -> Outcome:
        started = time.monotonic()
        try:
            speech, refused = self._sound_reading(job)
        except NarrateError as error:
            return Outcome(job, time.monotonic() - started, error=error.at(job.where))
        return Outcome(job, time.monotonic() - started, speech=speech, refused=refused)

    def _sound_reading(self, job: Job) -> tuple[Speech, tuple[str, ...]]:
        """The first reading without a fault, and what was wrong with those before it.

        Raises:
            SpeechFault: There is none.
        """
        worker = self._worker_for(job.voice)
        readings = READINGS if worker.varies else 1
        refused: list[str] = []
        for attempt in range(readings):
            request = Request(job.spoken, job.lang, seed_of(job.key, attempt), job.sounds)
            try:
                speech = worker.speak(request)
                found = faults(speech, job.spoken, job.lang, job.pace)
                wrong = " and ".join(fault.what for fault in found)
            except SpeechFault as fault:
                wrong = fault.what
            if not wrong:
                return speech, tuple(refused)
            refused.append(wrong)
        raise _no_sound_reading(job, refused)

    def _worker_for(self, voice: Voice) -> WorkerProcess:
        if self._worker is None or self._voice != voice:
            self.close()
            self._worker, self._voice = WorkerProcess(voice), voice
        return self._worker

    def interrupt(self) -> None:
        """End what is being spoken; from any thread."""
        worker = self._worker
        if worker is not None:
            worker.interrupt()

    def close(self) -> None:
        """Give the worker back; while no job runs."""
        if self._worker is not None:
            self._worker.close()
        self._worker = self._voice = None


def free_memory() -> int:
    """Bytes that programs can still take without pushing others out."""
    import psutil  # type: ignore[import-untyped]  # noqa: PLC0415

    return int(psutil.virtual_memory().available)


def _no_sound_reading(job: Job, refused: list[str]) -> SpeechFault:
    tried = f", in {len(refused)} readings" if len(refused) > 1 else ""
    mend = "Reword the sentence, or choose another voice."
    if len(refused) > 1 and job.retake:
        mend = f"Reword the sentence, try another take (`{job.retake}`), or choose another voice."
    return SpeechFault(
        f"the voice “{job.voice.name}” does not say it properly{tried}: "
        f"{'; '.join(dict.fromkeys(refused))}",
        mend=mend,
    )
