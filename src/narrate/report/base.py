"""What all reports share."""

from __future__ import annotations

import contextlib
from typing import Protocol

from narrate.events import Event


class Report(contextlib.AbstractContextManager["Report"], Protocol):
    """Told of every event while it is open."""

    def __call__(self, event: Event) -> None:
        """Show an event, or keep it for later."""
        ...
