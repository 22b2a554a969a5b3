"""Spoken forms become clips: jobs go in, clips or failures come out, in whatever order.

Who runs the jobs is behind :class:`Executor`; here it is a few worker processes on this machine.
Only the caller writes the cache.
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

from narrate.engines import Request
from narrate.engines.process import WorkerProcess
from narrate.errors import NarrateError
from narrate.model import Speech, Voice, seed_of


@dataclass(frozen=True, slots=True)
class Job:
    """One clip to be made.

    Attributes:
        key: The clip's; its random seed comes from it.
        where: Article, chapter and sentence, as a message names them.
    """

    key: str
    voice: Voice
    spoken: str
    lang: str
    where: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: either ``speech`` or ``error`` is set.

    Attributes:
        wall_s: Processing time.
    """

    job: Job
    wall_s: float
    speech: Speech | None = None
    error: NarrateError | None = None


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

    Args:
        workers: Number of utterances spoken at a time, from 1.
    """

    def __init__(self, workers: int) -> None:
        self._lanes = [_Lane() for _ in range(workers)]

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
        expected = 0
        for job in sorted(jobs, key=lambda job: job.voice.name):
            waiting.put(job)
            expected += 1
        stop = threading.Event()
        threads = [
            threading.Thread(target=lane.work, args=(waiting, outcomes, stop), daemon=True)
            for lane in self._lanes[:expected]
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
            is_complete = True
        finally:
            stop.set()
            if not is_complete:
                for lane in self._lanes:
                    lane.interrupt()
            for thread in threads:
                thread.join()
            if not is_complete:
                self.close()

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
        stop: threading.Event,
    ) -> None:
        """Take jobs until none is left; whatever goes wrong reaches the caller's thread."""
        with contextlib.suppress(queue.Empty):
            while not stop.is_set():
                job = waiting.get_nowait()
                started = time.monotonic()
                try:
                    speech = self._worker_for(job.voice).speak(
                        Request(job.spoken, job.lang, seed_of(job.key))
                    )
                except NarrateError as error:
                    wall = time.monotonic() - started
                    outcomes.put(Outcome(job, wall, error=error.at(job.where)))
                except BaseException as error:  # noqa: BLE001 - raised again by run()
                    outcomes.put(error)
                else:
                    outcomes.put(Outcome(job, time.monotonic() - started, speech=speech))

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
