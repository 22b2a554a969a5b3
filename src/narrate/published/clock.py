"""The time of a build, and the times that authors mean by their dates."""

from __future__ import annotations

import os
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from narrate.errors import ArticleError, UsageError

TIME_OF_DAY = time(6, 0)
"""Of dates that have none."""

FIRST_YEAR, LAST_YEAR = 1000, 9998
"""Years that RFC 2822 can write in four digits, with a year to spare for offsets and spreading."""

_LAST_SECOND = 253_370_764_799
"""The end of :data:`LAST_YEAR`, in seconds since 1970."""


def build_time() -> datetime:
    """When this build takes place: the clock, or ``SOURCE_DATE_EPOCH`` where it is set.

    Returns:
        UTC, in whole seconds.

    Raises:
        UsageError: The variable is no number of seconds since 1970.
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not fixed:
        return datetime.now(timezone.utc).replace(microsecond=0)
    if not (fixed.isascii() and fixed.isdigit() and int(fixed[:20]) <= _LAST_SECOND):
        raise UsageError(
            f"“{fixed[:40]}” is no time",
            where="SOURCE_DATE_EPOCH",
            mend="Set it to seconds since 1970, such as 1767225600, or unset it.",
        )
    return datetime.fromtimestamp(int(fixed), timezone.utc)


def moment(value: date | datetime, zone: str) -> datetime:
    """The moment an author means by a date.

    Args:
        value: A ``date`` stands for 06:00 of that day, a time without an offset for that time in
            ``zone``.
        zone: IANA name that exists.

    Returns:
        Whole seconds with a fixed offset of whole minutes.

    Raises:
        ArticleError: Its year has not four digits.
    """
    local = value if isinstance(value, datetime) else datetime.combine(value, TIME_OF_DAY)
    if not FIRST_YEAR <= local.year <= LAST_YEAR:
        raise ArticleError(
            f"an episode cannot be dated {value.isoformat()}",
            mend=f"Write a year from {FIRST_YEAR} to {LAST_YEAR}, or leave the date out.",
        )
    if local.tzinfo is None:
        # A machine without the database of time zones knows this one, too.
        local = local.replace(tzinfo=timezone.utc if zone == "UTC" else ZoneInfo(zone))
    return _with_fixed_offset(local.replace(microsecond=0))


def _with_fixed_offset(local: datetime) -> datetime:
    """The same moment; before standard time zones offsets had seconds, which RSS cannot write."""
    offset = local.utcoffset() or timedelta()
    if not offset:
        return local.astimezone(timezone.utc)
    fixed = timezone(offset) if offset % timedelta(minutes=1) == timedelta() else timezone.utc
    return local.astimezone(fixed)
