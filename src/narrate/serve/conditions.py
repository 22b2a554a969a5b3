"""Conditional requests (RFC 9110, section 13): whether a client has what it asks for."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timezone
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus

_TAG = re.compile(r'(W/)?("[^"]*")')
_SETTLED_S = 2
"""A date is told only of what was not changed since: it counts whole seconds."""


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells one state of a file from another.

    Attributes:
        etag: Strong, in its quotation marks.
        modified: Seconds since 1970; 0 where the date would not tell two states apart.
    """

    etag: str
    modified: int = 0

    @property
    def headers(self) -> dict[str, str]:
        """As they are told to the client."""
        date = {"last-modified": formatdate(self.modified, usegmt=True)} if self.modified else {}
        return {"etag": self.etag, **date}


def settled(modified: float) -> int:
    """A file's date in whole seconds, or 0 while another state of it could get the same.

    Args:
        modified: Seconds since 1970.
    """
    return int(modified) if 0 < modified < time.time() - _SETTLED_S else 0


def outcome(headers: Mapping[str, str], now: Validators) -> HTTPStatus | None:
    """What the conditions of a GET or HEAD come to; ``None`` where it goes on.

    Args:
        headers: Of the request; names in lower case.
    """
    if (tags := headers.get("if-match")) is not None:
        if not _names(tags, now.etag, strongly=True):
            return HTTPStatus.PRECONDITION_FAILED
    elif (date := _date(headers.get("if-unmodified-since"))) and now.modified > date:
        return HTTPStatus.PRECONDITION_FAILED
    if (tags := headers.get("if-none-match")) is not None:
        return HTTPStatus.NOT_MODIFIED if _names(tags, now.etag) else None
    if (date := _date(headers.get("if-modified-since"))) and 0 < now.modified <= date:
        return HTTPStatus.NOT_MODIFIED
    return None


def range_counts(if_range: str | None, now: Validators) -> bool:
    """Whether a ``Range`` beside this ``If-Range`` is of the file as it is now."""
    if if_range is None:
        return True
    value = if_range.strip()
    if '"' in value:
        return value == now.etag
    return bool(now.modified) and _date(value) == now.modified


def _names(tags: str, etag: str, *, strongly: bool = False) -> bool:
    if tags.strip() == "*":
        return True
    return any(tag == etag and not (weak and strongly) for weak, tag in _TAG.findall(tags))


def _date(text: str | None) -> int:
    """Seconds since 1970; 0 for what is no date."""
    try:
        date = parsedate_to_datetime(text or "")
        return int(date.replace(tzinfo=date.tzinfo or timezone.utc).timestamp())
    except (ValueError, TypeError, OverflowError, IndexError):
        return 0
