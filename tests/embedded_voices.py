"""Asking the voices of small libraries, which lie in wheels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from narrate.engines import Request
from narrate.engines.process import WorkerProcess
from narrate.model import Speech, digest


def say(worker: WorkerProcess, spoken: str) -> Speech:
    return worker.speak(Request(spoken, worker.voice.lang, 0))


def say_all(
    worker: WorkerProcess, sentences: Mapping[str, Sequence[str]], order: int
) -> dict[str, bytes]:
    """Samples of all sentences of the voice's language, said in one of many orders."""
    texts = sorted(sentences[worker.voice.lang], key=lambda text: digest([order, text]))
    return {text: say(worker, text).pcm for text in texts}


def samples(speech: Speech) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.frombuffer(speech.pcm, "<i2").astype(np.float64)


def untold(what: str, done: int, total: int) -> None:
    """Progress where none may be."""
    pytest.fail(f"{what}: {done} of {total}")
