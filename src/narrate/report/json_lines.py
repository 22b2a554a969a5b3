"""One JSON object a line for each event: for programs."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from types import TracebackType

from narrate.errors import NarrateError
from narrate.events import Event, Failed, Finished


class JsonReport:
    """Writes every event; ``event`` names its kind."""

    def __enter__(self) -> JsonReport:  # noqa: PYI034 - typing.Self is not in 3.10
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        sys.stdout.flush()

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
