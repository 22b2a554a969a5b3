"""Plain text becomes blocks whose pieces are the whole source, in order.

A paragraph is a line, or several where the text is wrapped at a column. What a mark in front of a
line says (a number sign: a heading, a backslash: none) is certain; other headings are told by
:mod:`narrate.ingest.headings`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from narrate.ingest.headings import find_headings
from narrate.ingest.running import STRAY, Span, running
from narrate.ingest.weave import MARKUP, weave
from narrate.model import Block, BlockKind

HEADING_LEVEL = 2
"""Level of a heading without a mark."""

_WIDEST_COLUMN = 120
_WRAPPED_SHARE = 0.6
_LONGEST_MARKED = 300
_FORBIDDEN = "a backslash in front keeps it from being a heading"

_LINE = re.compile(r"[^\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_HEADING = re.compile(r"(#{1,6})[^\S\n]+(?=\S)")
_HEADING_END = re.compile(r"\s+#+\s*$")
_NO_HEADING = re.compile(r"\\(?=\S)")
_BULLET = re.compile(r"[-–—•*·‣▪◦][^\S\n]+(?=\S)")
_BREAK = re.compile(r"[\s*\-_=~#•·–—⁂]+")


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """Lines of the body as ranges, without the white space around them."""

    lines: tuple[tuple[int, int], ...]
    mark: re.Match[str] | None = None
    kind: BlockKind = BlockKind.PARAGRAPH

    @property
    def start(self) -> int:
        return self.lines[0][0]

    @property
    def end(self) -> int:
        return self.lines[-1][1]


def parse_plaintext(body: str, first_line: int) -> tuple[Block, ...]:
    """Blocks of a plain text.

    Args:
        body: With line feeds at the end of its lines, without front matter.
        first_line: Number of its first line in the file.
    """
    paragraphs = [_marked(body, lines) for lines in _wrapped(body, _lines(body))]
    plain = [
        _text(body, p) if p.mark is None and p.kind is BlockKind.PARAGRAPH else None
        for p in paragraphs
    ]
    found = find_headings(plain, [p.kind is BlockKind.LIST_ITEM for p in paragraphs])
    blocks: list[Block] = []
    line, counted = first_line, 0
    for index, paragraph in enumerate(paragraphs):
        line += body.count("\n", counted, paragraph.start)
        counted = paragraph.start
        blocks.append(_block(body, paragraph, line, found.get(index, "")))
    return tuple(blocks)


def _lines(body: str) -> Iterator[tuple[int, int]]:
    """Ranges of the lines that are not blank, without the white space around them."""
    for match in _LINE.finditer(body):
        text = match[0]
        if text.strip():
            start = match.start() + len(text) - len(text.lstrip())
            yield start, match.start() + len(text.rstrip())


def _wrapped(body: str, lines: Iterator[tuple[int, int]]) -> Iterator[tuple[tuple[int, int], ...]]:
    """Lines that belong to one paragraph because an editor broke it at a column."""
    known = list(lines)
    pairs = list(pairwise(known))
    width = max((end - start for start, end in known), default=0)
    adjacent = [body.count("\n", a[1], b[0]) == 1 for a, b in pairs]
    full = [
        near and _is_full(body, a, b, width) for near, (a, b) in zip(adjacent, pairs, strict=True)
    ]
    wraps = 0 < width <= _WIDEST_COLUMN and sum(full) >= _WRAPPED_SHARE * max(1, sum(adjacent))
    current: list[tuple[int, int]] = []
    for index, line in enumerate(known):
        if current:
            goes_on = adjacent[index - 1] and (
                (wraps and full[index - 1]) or body[line[0]].islower()
            )
            if not goes_on or _begins(body, line) or _stands_alone(body, current[-1]):
                yield tuple(current)
                current = []
        current.append(line)
    if current:
        yield tuple(current)


def _is_full(body: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether the first word of the following line had no room on this one."""
    word = body[following[0] : following[1]].split(None, 1)[0]
    return line[1] - line[0] + 1 + len(word) > width


def _begins(body: str, line: tuple[int, int]) -> bool:
    """Whether a line starts with a mark of its own."""
    return any(p.match(body, *line) for p in (_HEADING, _NO_HEADING, _BULLET)) or bool(
        _BREAK.fullmatch(body, *line)
    )


def _stands_alone(body: str, line: tuple[int, int]) -> bool:
    """Whether no other line goes on what a line says."""
    return bool(_HEADING.match(body, *line) or _BREAK.fullmatch(body, *line))


def _marked(body: str, lines: tuple[tuple[int, int], ...]) -> _Paragraph:
    start, end = lines[0]
    if len(lines) == 1 and _BREAK.fullmatch(body, start, end):
        return _Paragraph(lines, None, BlockKind.LEFT_OUT)
    heading = _HEADING.match(body, start, end)
    if heading:
        stray = len(heading[1]) > 1 and lines[-1][1] - start > _LONGEST_MARKED
        return _Paragraph(lines, heading, BlockKind.PARAGRAPH if stray else BlockKind.HEADING)
    bullet = _BULLET.match(body, start, end)
    if bullet:
        return _Paragraph(lines, bullet, BlockKind.LIST_ITEM)
    return _Paragraph(lines, _NO_HEADING.match(body, start, end))


def _text(body: str, paragraph: _Paragraph) -> str:
    """What a reader sees of a paragraph, in one line."""
    spans = (span for a, b in paragraph.lines for span in (*running(body, a, b), Span(b, b, " ")))
    return "".join(span.text for span in spans).strip()


def _block(body: str, paragraph: _Paragraph, line: int, why: str) -> Block:
    kind, mark = paragraph.kind, paragraph.mark
    if kind is BlockKind.LEFT_OUT:
        span = Span(paragraph.start, paragraph.end, "", "thematic break")
        return Block(kind, weave(body, span.start, span.end, [span]), line)
    spans = list(_spans(body, paragraph))
    pieces = weave(body, paragraph.start, paragraph.end, spans)
    level = 0
    if not any(piece.text.strip() for piece in pieces):
        return Block(BlockKind.LEFT_OUT, pieces, line)
    if kind is BlockKind.HEADING and mark is not None:
        level, why = len(mark[1]), f"marked with “{mark[1]}” in front"
    elif kind is BlockKind.LIST_ITEM:
        level = 1
    elif mark is not None:
        why = "" if mark[0].startswith("#") else _FORBIDDEN
    elif why:
        kind, level = BlockKind.HEADING, HEADING_LEVEL
    return Block(kind, pieces, line, level, why)


def _spans(body: str, paragraph: _Paragraph) -> Iterator[Span]:
    """Spans of a paragraph; the white space between its lines is left to the weaver."""
    mark = paragraph.mark
    for index, (start, end) in enumerate(paragraph.lines):
        begin = start
        if index == 0 and mark is not None:
            begin = mark.end()
            yield Span(start, start + len(mark[0].rstrip()), "", _rule(paragraph, mark))
        closing = _HEADING_END.search(body, begin, end) if _is_marked(paragraph) else None
        stop = closing.start() if closing else end
        yield from running(body, begin, stop)
        if closing:
            yield Span(stop, end, "", MARKUP)


def _is_marked(paragraph: _Paragraph) -> bool:
    return paragraph.kind is BlockKind.HEADING and paragraph.mark is not None


def _rule(paragraph: _Paragraph, mark: re.Match[str]) -> str:
    if paragraph.kind is BlockKind.LIST_ITEM:
        return "list marker"
    if paragraph.kind is BlockKind.HEADING:
        return MARKUP
    return STRAY if mark[0].startswith("#") else "escape"
