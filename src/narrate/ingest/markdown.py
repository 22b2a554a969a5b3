"""Markdown becomes blocks whose pieces are the whole source, in order.

CommonMark with tables, footnotes and strikethrough, parsed by markdown-it-py. The parser's tokens
are laid back onto the source; whatever no token claims is kept: as text if it has letters or
digits, else as markup.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from narrate.ingest.attributes import OpenTags
from narrate.ingest.html import html_spans
from narrate.ingest.inline import PlacedInline, inline_spans, is_placed
from narrate.ingest.leaves import Leaf, leaves
from narrate.ingest.running import Span, running
from narrate.ingest.weave import MARKUP, weave
from narrate.model import Block, BlockKind, Piece

LIST_MARKER = "list marker"
LINK_DEFINITION = "link definition"

_LINE_MARKS = re.compile(r"(?:[\s>*+-]+|\d{1,9}[.)](?=\s|$))*")
_NUMBER = re.compile(r"\d{1,9}[.)]\s*$")
_MONTH = re.compile(
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b"
)


def parse_markdown(body: str, first_line: int) -> tuple[Block, ...]:
    """Blocks of a Markdown text.

    Args:
        body: With line feeds at the end of its lines, without front matter.
        first_line: Number of its first line in the file.
    """
    env: dict[str, object] = {}
    tokens = _parser().parse(body, env)
    return tuple(_Sheet(body, first_line, _defined_lines(env)).blocks(leaves(tokens)))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.inline = PlacedInline()
    parser.configure("commonmark")
    parser.enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=True, move_to_end=False)
    # Joined tokens would have no single place in the source.
    parser.disable(["fragments_join", "text_join"])
    return parser


def _defined_lines(env: dict[str, object]) -> frozenset[int]:
    """Lines that hold link definitions (``[name]: address``)."""
    references = env.get("references")
    known = list(references.values()) if isinstance(references, dict) else []
    doubled = env.get("duplicate_refs")
    known += doubled if isinstance(doubled, list) else []
    return frozenset(line for entry in known for line in range(*entry["map"]))


class _Sheet:
    """A body with its lines, from which leaves cut their pieces."""

    def __init__(self, body: str, first_line: int, defined: frozenset[int]) -> None:
        self._body = body
        self._first_line = first_line
        self._defined = defined
        self._tags = OpenTags()
        self._lines = body.split("\n")
        self._offsets = [0]
        for line in self._lines:
            self._offsets.append(self._offsets[-1] + len(line) + 1)

    def blocks(self, row: Iterator[Leaf]) -> Iterator[Block]:
        """The blocks of the whole body, in order."""
        done = 0
        for leaf in row:
            start = max(done, self._offsets[leaf.first])
            end = min(self._offsets[leaf.last], len(self._body))
            if start >= end:
                continue
            yield from self._between(done, start)
            yield from self._leaf_block(leaf, start, end)
            done = end
        yield from self._between(done, len(self._body))

    def _leaf_block(self, leaf: Leaf, start: int, end: int) -> Iterator[Block]:
        start, end = self._trim(start, end)
        if start >= end:
            return
        if leaf.inline is not None:
            spans = list(self._inline(leaf, leaf.inline, start))
            if outer := self._tags.lang:
                spans = [span if span.lang else replace(span, lang=outer) for span in spans]
        elif leaf.rule == "html":
            spans = list(html_spans(self._body, start, end, self._tags))
            self._tags.end_block()
        else:
            spans = [Span(start, end, "", leaf.rule)]
        pieces = weave(self._body, start, end, spans)
        kind = leaf.kind if any(p.text.strip() for p in pieces) else BlockKind.LEFT_OUT
        level = leaf.level if kind is leaf.kind else 0
        why = leaf.why if kind is leaf.kind else ""
        yield Block(kind, pieces, self._number(start), level, why)

    def _inline(self, leaf: Leaf, inline: Token, start: int) -> Iterator[Span]:
        """Spans of running text, from offsets in the parser's content to offsets in the body."""
        content = inline.content
        placed = self._places(leaf, content)
        if not content.strip():
            return
        children = inline.children or []
        if not placed or not is_placed(children, content):  # in doubt everything is read
            yield from running(self._body, start, self._offsets[leaf.last] - 1)
            return
        yield from self._front(leaf, start, placed[0][2])
        begins = [begin for begin, _, _ in placed]
        for span in inline_spans(children, content):
            verbatim = span.text and span.text == content[span.start : span.end]
            cuts = [span.start]
            if verbatim:  # line by line: between lines there may be marks of a quote
                inner = bisect_right(begins, span.start), bisect_left(begins, span.end)
                cuts += begins[slice(*inner)]
            cuts.append(span.end)
            for a, b in pairwise(cuts):
                source_a = _place(placed, begins, a, a)
                source_b = _place(placed, begins, b - 1, b)
                text = self._body[source_a:source_b] if verbatim else span.text
                yield Span(source_a, source_b, text, span.rule, span.lang)

    def _places(self, leaf: Leaf, content: str) -> list[tuple[int, int, int]]:
        """For each line of the content: its begin and end there, and its begin in the body.

        Empty if the content cannot be found again.
        """
        places: list[tuple[int, int, int]] = []
        line, begin = leaf.first, 0
        for text in content.split("\n"):
            bare = text.strip()
            if bare:
                lead = begin + len(text) - len(text.lstrip())
                while line < leaf.last and bare not in self._lines[line]:
                    line += 1
                if line >= leaf.last:
                    return []
                place = self._offsets[line] + self._lines[line].rindex(bare)
                places.append((lead, lead + len(bare), place))
                line += 1
            begin += len(text) + 1
        return places

    def _front(self, leaf: Leaf, start: int, text: int) -> Iterator[Span]:
        """Spans of what stands before the text of a block, in its first line."""
        mark = self._body[start:text]
        number = _NUMBER.search(mark)
        if number and (leaf.counts or _MONTH.match(self._body, text)):
            yield Span(start + number.start(), text, number[0])
        elif leaf.kind is BlockKind.LIST_ITEM and mark.strip():
            yield Span(start, start + len(mark.rstrip()), "", LIST_MARKER)

    def _between(self, start: int, end: int) -> Iterator[Block]:
        """Blocks of what no leaf claims: link definitions, marks without text, lost text."""
        for line in range(self._line_at(start), self._line_at(end) + 1):
            a, b = max(start, self._offsets[line]), min(end, self._offsets[line + 1] - 1)
            a, b = self._trim(a, b)
            if a >= b:
                continue
            if line in self._defined:
                definition = Piece(self._body[a:b], "", LINK_DEFINITION)
                yield Block(BlockKind.LEFT_OUT, (definition,), self._number(a))
                continue
            marks = _LINE_MARKS.match(self._body, a, b)
            text = marks.end() if marks else a
            spans = [Span(a, text, "", MARKUP), *running(self._body, text, b)]
            pieces = weave(self._body, a, b, (s for s in spans if s.start < s.end))
            shown = any(p.text.strip() for p in pieces)
            yield Block(
                BlockKind.PARAGRAPH if shown else BlockKind.LEFT_OUT, pieces, self._number(a)
            )

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        """The same range without white space at its ends."""
        text = self._body[start:end]
        return start + len(text) - len(text.lstrip()), start + len(text.rstrip())

    def _line_at(self, offset: int) -> int:
        return bisect_right(self._offsets, offset, hi=len(self._lines)) - 1

    def _number(self, offset: int) -> int:
        return self._first_line + self._line_at(offset)


def _place(
    placed: Sequence[tuple[int, int, int]], begins: Sequence[int], character: int, at: int
) -> int:
    """Offset in the body of ``at`` in the content, in the line that ``character`` is in."""
    begin, end, place = placed[max(0, bisect_right(begins, character) - 1)]
    return place + min(max(at, begin), end) - begin
