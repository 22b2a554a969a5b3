"""``Range`` (RFC 9110, section 14.2): which bytes of a file a client wants."""

from __future__ import annotations

import re

_MOST = 16
"""Ranges of one answer; who wants more gets the whole file."""

_SPEC = re.compile(r"(\d{0,40})-(\d{0,40})", re.ASCII)

Span = tuple[int, int]
"""First byte, and the one behind the last."""


def wanted_spans(header: str, size: int) -> list[Span] | None:
    """The spans that a header asks for, in its order; those that overlap become one.

    Args:
        size: Of the file, in bytes.

    Returns:
        ``None`` for the whole file, also where the header makes no sense; an empty list where
        nothing that is asked for exists.
    """
    unit, _, specs = header.partition("=")
    if unit.strip().lower() != "bytes" or not size:
        return None
    spans = []
    listed = [spec for part in specs.split(",") if (spec := part.strip(" \t"))]
    for spec in listed:
        found = _SPEC.fullmatch(spec)
        if found is None or spec == "-":
            return None
        first, last = found.groups()
        if first and last and int(first) > int(last):
            return None
        spans.append(_span(first, last, size))
    if not listed:
        return None
    joined = _joined([span for span in spans if span[0] < span[1]])
    return joined if len(joined) <= _MOST else None


def _span(first: str, last: str, size: int) -> Span:
    if not first:
        return max(size - int(last), 0), size
    return int(first), min(int(last) + 1, size) if last else size


def _joined(spans: list[Span]) -> list[Span]:
    ordered = sorted(spans)
    joined = ordered[:1]
    for first, end in ordered[1:]:
        if first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((first, end))
    return spans if len(joined) == len(spans) else joined
