"""What tasks work with: the show's folder, and a place for sounds that only the page hears."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path

from narrate.build import Selection, Workspace, run_build
from narrate.events import Finished
from narrate.report import NotedReport, Report

_SOUNDS = 40


@dataclass(frozen=True, slots=True)
class Bench:
    """The tools of a task.

    Attributes:
        root: The show's folder.
        jobs: Number of workers.
    """

    root: Path
    jobs: int
    sounds: Sounds

    def build(self, space: Workspace, selection: Selection, report: Report) -> Finished:
        """Build what is selected, as ``narrate build`` does."""
        from narrate.speak import LocalExecutor  # noqa: PLC0415 - only where something is spoken

        with (
            NotedReport(report, space.show.cache) as noted,
            LocalExecutor(self.jobs) as executor,
        ):
            return run_build(space, selection, executor, noted, self.jobs)


class Sounds:
    """Sound files of this session, the last forty.

    Args:
        folder: Theirs alone.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made = 0
        self._kept: deque[Path] = deque()
        self._lock = threading.Lock()

    def new(self) -> Path:
        """The path of a new one, to be written by whoever asks."""
        with self._lock:
            self._made += 1
            path = self.folder / f"{self._made}.wav"
            self._kept.append(path)
            if len(self._kept) > _SOUNDS:
                self._kept.popleft().unlink(missing_ok=True)
            return path
