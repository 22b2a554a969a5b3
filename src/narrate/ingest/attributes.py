"""Passages whose language the author says: HTML's ``lang``, and attributes in braces.

``<span lang="en">…</span>``, ``[…]{lang=en}``, ``*…*{lang=en}``, and ``{lang=en}`` at either end of
a paragraph or heading, as Pandoc and others write them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from markdown_it.token import Token

from narrate.ingest.language import language_code
from narrate.ingest.running import Span
from narrate.ingest.weave import MARKUP

_BRACES = re.compile(
    r"\{(?:[^{}\n\\`*_\[\]<>]{0,200}\s)?:?lang=[\"']?([A-Za-z][\w-]{0,20})[\"']?(?:\s[^{}\n]{0,200})?\}"
)
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_HTML = re.compile(r"<(/?)([a-z][a-z0-9]*)(?=[\s/>])", re.IGNORECASE)
_HTML_LANG = re.compile(r"\s(?:xml:)?lang\s*=\s*[\"']?([A-Za-z][\w-]{0,20})", re.IGNORECASE)
_EMPTY_TAGS = frozenset({"br", "hr", "img", "input", "wbr", "area", "col", "embed", "source"})
_CONTAINERS = frozenset({"article", "aside", "blockquote", "body", "div", "main", "section"})
_CLOSING = frozenset({"em_close", "strong_close", "link_close", "s_close"})


_Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of a source in a language; ``lang`` is empty where narrate does not know it."""

    start: int
    end: int
    lang: str


class OpenTags:
    """The HTML elements that are open at a place, with the language that each has."""

    def __init__(self) -> None:
        self._open: list[tuple[str, str]] = []
        self._names: Counter[str] = Counter()

    @property
    def lang(self) -> str:
        """The language at this place, or empty."""
        return self._open[-1][1] if self._open else ""

    def note(self, tag: str) -> None:
        """Go past a tag."""
        match = _HTML.match(tag)
        if match is None or match[2].lower() in _EMPTY_TAGS or tag.endswith("/>"):
            return
        name = match[2].lower()
        if not match[1]:
            said = _HTML_LANG.search(tag)
            self._open.append((name, language_code(said[1]) if said else self.lang))
            self._names[name] += 1
            return
        while self._names[name]:
            closed, _ = self._open.pop()
            self._names[closed] -= 1
            if closed == name:
                return

    def end_block(self) -> None:
        """Close what does not reach beyond a block."""
        self._open = [entry for entry in self._open if entry[0] in _CONTAINERS]
        self._names = Counter(name for name, _ in self._open)


def passages(
    placed: Sequence[Token], starts: Sequence[int], content: str
) -> tuple[list[Passage], list[tuple[int, int]]]:
    """The passages of inline content, inner ones behind outer ones, and marks to leave out.

    Args:
        placed: The tokens of the content in order.
        starts: Where each begins.
    """
    found = list(_html_passages(placed, starts, content))
    marks: list[tuple[int, int]] = []
    braces = list(_BRACES.finditer(content)) if "lang=" in content else []
    openings = {**_brackets(content), **_switches(placed, starts)} if braces else {}
    for match in braces:
        index = bisect_left(starts, match.start() + 1) - 1
        if index < 0 or placed[index].type != "text":
            continue
        before = _ends_at(placed, starts, index) if starts[index] == match.start() else -1
        reach, mark = _reach(match, before, openings)
        if reach is not None:
            found.append(Passage(*reach, language_code(match[1])))
            marks += mark
    found.sort(key=lambda passage: (passage.start, -passage.end))
    return found, sorted(marks)


def _html_passages(
    placed: Sequence[Token], starts: Sequence[int], content: str
) -> Iterator[Passage]:
    tags, begin = OpenTags(), 0
    for token, start in zip(placed, starts, strict=True):
        if token.type != "html_inline":
            continue
        before = tags.lang
        tags.note(token.content)
        if tags.lang != before:
            if before:
                yield Passage(begin, start, before)
            begin = start + len(token.content)
    if tags.lang:
        yield Passage(begin, len(content), tags.lang)


def _reach(
    braces: re.Match[str], before: int, openings: Mapping[int, int]
) -> tuple[_Range | None, list[_Range]]:
    """What an attribute in braces belongs to, and the marks that are no text.

    Args:
        before: Where the token begins that ends at the braces; -1 if none does.
        openings: Where what closes is opened: tokens by their begin, brackets by their place.
    """
    content, start, end = braces.string, braces.start(), braces.end()
    if not content[:start].strip():
        return (end, len(content)), [(start, end)]
    bracket = openings.get(start - 1, -1)
    if content[start - 1] == "]" and bracket >= 0 and content[bracket] == "[":
        return (bracket + 1, start - 1), [(bracket, bracket + 1), (start - 1, end)]
    if before in openings:
        return (openings[before], start), [(start, end)]
    if content[start - 1] in " \t\n" and not content[end:].strip():
        return (0, start), [(start, end)]
    return None, []


def _ends_at(placed: Sequence[Token], starts: Sequence[int], index: int) -> int:
    """Where the token in front of one begins; -1 if there is none."""
    index -= 1
    while index >= 0 and placed[index].type == "text" and not placed[index].content:
        index -= 1  # the second star of two
    return starts[index] if index >= 0 else -1


def _switches(placed: Sequence[Token], starts: Sequence[int]) -> dict[int, int]:
    """Begin of each token that closes emphasis or a link → begin of the one that opens it."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for token, start in zip(placed, starts, strict=True):
        if token.nesting > 0:
            opened.append(start)
        elif token.nesting < 0 and opened:
            begin = opened.pop()
            if token.type in _CLOSING:
                found[start] = begin
    return found


def _brackets(content: str) -> dict[int, int]:
    """Place of each closing bracket → that of its opening one."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACKET.finditer(content):
        if match[0] == "[":
            opened.append(match.start())
        elif match[0] == "]" and opened:
            found[match.start()] = opened.pop()
    return found


def marked(
    spans: Iterable[Span], found: Sequence[Passage], marks: Sequence[_Range]
) -> Iterator[Span]:
    """Spans in the languages of the passages they lie in, without marks."""
    if not found:
        yield from spans
        return
    edges = _edges(found)
    places = [at for at, _ in edges]
    cuts = sorted({*places, *(at for mark in marks for at in mark)})
    begins = [start for start, _ in marks]

    def lang_at(at: int) -> str:
        index = bisect_right(places, at) - 1
        return edges[index][1] if index >= 0 else ""

    for span in spans:
        if span.rule or len(span.text) != span.end - span.start:
            yield replace(span, lang=span.lang or lang_at(span.start))
            continue
        inner = cuts[bisect_right(cuts, span.start) : bisect_left(cuts, span.end)]
        for a, b in pairwise([span.start, *inner, span.end]):
            mark = bisect_right(begins, a) - 1
            if mark >= 0 and a < marks[mark][1]:
                yield Span(a, b, "", MARKUP)
            else:
                text = span.text[a - span.start : b - span.start]
                yield Span(a, b, text, lang=span.lang or lang_at(a))


def _edges(found: Sequence[Passage]) -> list[tuple[int, str]]:
    """Where the language changes, and to which; of passages that overlap the latest begun holds."""
    edges: list[tuple[int, str]] = []
    waiting = sorted(found, key=lambda passage: (passage.start, -passage.end), reverse=True)
    active: list[Passage] = []
    for at in sorted({at for passage in found for at in (passage.start, passage.end)}):
        while waiting and waiting[-1].start <= at:
            active.append(waiting.pop())
        while active and active[-1].end <= at:
            active.pop()
        edges.append((at, active[-1].lang if active else ""))
    return edges
