"""Spans of a source become the pieces of a block, without gaps or overlaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from narrate.ingest.running import Span
from narrate.model import Piece

MARKUP = "markup"

_CLOSE = " \t\n\u00a0.,;:!?)"  # what no second space belongs in front of


def weave(source: str, start: int, end: int, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """Pieces that together are ``source[start:end]``.

    Args:
        spans: In order. What they do not cover is markup; where two overlap, the first holds.
    """
    return _close_up(list(_join(_pieces(source, start, end, spans))))


def _pieces(source: str, start: int, end: int, spans: Iterable[Span]) -> Iterator[Piece]:
    done = start
    for span in spans:
        if span.end <= done or span.start >= end:
            continue
        if done < span.start:
            yield _gap(source[done : span.start])
        if span.start >= done:
            yield Piece(source[span.start : span.end], span.text, span.rule, span.lang)
        else:  # never expected; rather read something twice than lose it
            rest = source[done : span.end]
            yield Piece(rest, "" if span.rule else rest, span.rule, span.lang)
        done = span.end
    if done < end:
        yield _gap(source[done:end])


def _gap(source: str) -> Piece:
    if not source.strip():
        return Piece(source, " ")
    return Piece(source, " " if "\n" in source else "", MARKUP)


def _join(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours that are read as they stand, in one language, become one piece."""
    for (read, lang), run in groupby(pieces, key=lambda piece: (not piece.rule, piece.lang)):
        if read:
            parts = list(run)
            source, text = ("".join(p.source for p in parts), "".join(p.text for p in parts))
            yield Piece(source, text, lang=lang)
        else:
            yield from run


def _close_up(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Without the space that stood in front of what is left out, where it would be one too many."""
    following = ""
    for index in range(len(pieces) - 1, -1, -1):
        piece = pieces[index]
        left_out = index + 1 < len(pieces) and not pieces[index + 1].text
        if left_out and piece.text[-1:].isspace() and (not following or following in _CLOSE):
            pieces[index] = piece = replace(piece, text=piece.text.rstrip())
        following = piece.text[:1] or following
    return tuple(pieces)
