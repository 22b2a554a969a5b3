"""Times within an episode, as a player shows them and as a person types them."""

from __future__ import annotations

import re

from narrate.errors import UsageError

_SECONDS = r"(?P<s>\d{1,6})(?:[.,](?P<f>\d{1,6}))?"
_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        _SECONDS,
        r"(?P<m>\d{1,4}):" + _SECONDS,
        r"(?P<h>\d{1,3}):(?P<m>\d{1,2}):" + _SECONDS,
    )
)
_SIXTY = 60


def parse_time(text: str, where: str) -> float:
    """Seconds from the beginning: ``7:32``, ``1:02:03``, ``452`` or ``452.5``.

    Args:
        where: What of the command line it is, for messages.

    Raises:
        UsageError: It is no such time.
    """
    for number, form in enumerate(_FORMS):
        found = form.fullmatch(text.strip())
        if found is None:
            continue
        parts = found.groupdict(default="0")
        hours, minutes = int(parts.get("h", "0")), int(parts.get("m", "0"))
        seconds = int(parts["s"])
        if (number >= 1 and seconds >= _SIXTY) or (number > 1 and minutes >= _SIXTY):
            break
        return float(f"{(hours * _SIXTY + minutes) * _SIXTY + seconds}.{parts['f']}")
    raise UsageError(
        f"“{text}” is no time",
        where=where,
        mend="Write it as 7:32, 1:02:03, 452 or 452.5: minutes and seconds, or seconds alone.",
    )


def clock(seconds: float) -> str:
    """``7:32.4``, or ``1:02:03.0`` from an hour on: what :func:`parse_time` takes, in tenths."""
    tenths = int(seconds * 10 + 1e-6)
    whole, tenth = divmod(tenths, 10)
    minutes, rest = divmod(whole, _SIXTY)
    hours, minutes = divmod(minutes, _SIXTY)
    head = f"{hours}:{minutes:02}" if hours else str(minutes)
    return f"{head}:{rest:02}.{tenth}"
