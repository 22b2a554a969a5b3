"""One JSON object a line for each event: for programs."""

from __future__ import annotations

import json
from dataclasses import asdict

from narrate.errors import NarrateError
from narrate.events import Event, Failed, Finished
from narrate.report.base import Report


class JsonReport(Report):
    """Writes every event; ``event`` names its kind."""

    def __call__(self, event: Event) -> None:
        """Write one line."""
        if isinstance(event, Failed):
            content: dict[str, object] = _error(event.error)
        elif isinstance(event, Finished):
            content = {
                **{name: getattr(event, name) for name in Finished.__slots__},
                "failures": [_error(error) for error in event.failures],
                "voices": [asdict(voice) for voice in event.voices],
            }
        else:
            content = asdict(event)
        kind = type(event).__name__.lower()
        print(json.dumps({"event": kind, **content}, ensure_ascii=False), flush=True)


def _error(error: NarrateError) -> dict[str, object]:
    return {"what": error.what, "where": error.where, "mend": error.mend}
