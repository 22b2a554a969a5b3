"""What all reports share."""

from __future__ import annotations

import abc
import contextlib
from types import TracebackType

from narrate.events import Event


class Report(contextlib.AbstractContextManager["Report"], abc.ABC):
    """Told of every event while it is open."""

    @abc.abstractmethod
    def __call__(self, event: Event) -> None:
        """Show an event, or keep it for later."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back the terminal; most reports hold nothing of it."""
