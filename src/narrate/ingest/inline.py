"""Inline Markdown with the place of every token in its source.

markdown-it-py says in which lines a block stands, but not where in a line an inline token does.
:class:`PlacedInline` records it: for a token pushed while parsing inlines, ``map`` holds the offset
of the token in the parsed content and the parser's own position at that moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from narrate.ingest import attributes
from narrate.ingest.running import URL, Span, running

_FLUSHED = -1  # no parser position: the text was collected before it was pushed

# "Leser*innen", "jede*r": the star is part of the word, whatever Markdown makes of it.
_GENDER_STAR = re.compile(r"(?<=[^\W\d_])\*(?=(?:in|innen|r|n|e|en|m|s)\b)")


class _PlacedState(StateInline):
    """Inline state that notes where each token begins."""

    _pending_start = 0

    def append_pending(self, text: str) -> None:
        if not self.pending:
            self._pending_start = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:  # noqa: N802 - markdown-it-py's name
        token = super().pushPending()
        token.map = [self._pending_start, _FLUSHED]
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        start = self.pos
        if len(self.tokens) > 1:
            previous = self.tokens[-2]
            # A run of delimiters is pushed one by one before the parser moves on.
            if previous.type == "text" and previous.map and previous.map[1] == self.pos:
                start = previous.map[0] + len(previous.content)
        token.map = [start, self.pos]
        return token


class PlacedInline(ParserInline):
    """The inline parser of markdown-it-py, its tokens placed and left unjoined."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Parse ``src`` into ``tokens``."""
        state = _PlacedState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def inline_spans(tokens: Sequence[Token], content: str) -> Iterator[Span]:
    """What a reader sees of inline content, and what is left out by a rule, in order.

    What no span covers is markup.

    Args:
        tokens: Children of an inline token, placed by :class:`PlacedInline`.
        content: The source they were parsed from.
    """
    placed = sorted(_without_autolink_text(tokens), key=_start)
    starts = [_start(token) for token in placed]
    passages, marks = attributes.passages(placed, starts, content)
    return attributes.marked(_inline_spans(tokens, content), passages, marks)


def _inline_spans(tokens: Sequence[Token], content: str) -> Iterator[Span]:
    placed = sorted(_without_autolink_text(tokens), key=_start)
    ends = [_start(token) for token in placed[1:]] + [len(content)]
    struck = 0
    index = 0
    while index < len(placed):
        token, last = placed[index], index
        if token.type in ("s_open", "s_close"):
            struck += token.nesting
        elif struck:
            yield Span(_start(token), ends[index], "", "struck out")
        elif token.type == "text":
            while last + 1 < len(placed) and _joins(placed[last], placed[last + 1]):
                last += 1
            stop = _start(placed[last]) + len(placed[last].content)
            yield from running(content, _start(token), stop)
        else:
            yield from _special(token, ends[index], content)
        index = last + 1


def is_placed(tokens: Sequence[Token], content: str) -> bool:
    """Whether the text of every token stands in ``content`` where the token says."""
    return all(
        content.startswith(token.content, _start(token))
        for token in _without_autolink_text(tokens)
        if token.type == "text"
    )


def _without_autolink_text(tokens: Sequence[Token]) -> Iterator[Token]:
    """The placed tokens, but of ``<address>`` the first of its three."""
    skip = 0
    for token in tokens:
        if skip:
            skip -= 1
        elif token.map:
            skip = 2 if token.type == "link_open" and token.info == "auto" else 0
            yield token


def _start(token: Token) -> int:
    return token.map[0] if token.map else 0


def _joins(token: Token, following: Token) -> bool:
    return following.type == "text" and _start(following) == _start(token) + len(token.content)


def _special(token: Token, end: int, content: str) -> Iterator[Span]:
    """Spans of a token that is neither running text nor a switch."""
    start = _start(token)
    if token.type == "link_open" and token.info == "auto":
        yield Span(start, content.index(">", start) + 1, "", URL)
    elif token.type == "text_special":
        yield from _escaped(token, start, content)
    elif token.type == "code_inline":
        close = content.rfind(token.markup, start + len(token.markup), end)
        inner = start + len(token.markup)
        yield Span(inner, max(inner, close), content[inner : max(inner, close)])
    elif token.type == "html_inline":
        comment = token.content.startswith("<!--")
        text = " " if re.match(r"</?br\b", token.content, re.IGNORECASE) else ""
        rule = "HTML comment" if comment else "HTML tag"
        yield Span(start, start + len(token.content), text, rule)
    elif token.type == "footnote_ref":
        yield Span(start, end, "", "footnote")
    elif token.type == "image":
        yield from _image(token, start, end)
    elif token.type == "link_close" and any(c not in "[]!" for c in content[start:end]):
        yield Span(start, end, "", URL)
    elif token.type in ("em_open", "em_close") and _GENDER_STAR.match(content, start):
        yield Span(start, start + 1, "*")


def _escaped(token: Token, start: int, content: str) -> Iterator[Span]:
    end = start + len(token.markup)
    if token.info == "entity":
        yield Span(start, end, token.content, "entity")
    elif token.content == token.markup:  # a backslash that escapes nothing
        yield Span(start, end, content[start:end])
    else:
        yield Span(start, start + 1, "", "escape")
        yield Span(start + 1, end, token.content)


def _image(token: Token, start: int, end: int) -> Iterator[Span]:
    """The description of an image is read, its address is not."""
    label = start + len("![")
    spans = list(inline_spans(token.children or [], token.content))
    if not any(span.text.strip() for span in spans):
        yield Span(start, end, "", "image")
        return
    for span in spans:
        yield Span(label + span.start, label + span.end, span.text, span.rule, span.lang)
    yield Span(label + len(token.content), end, "", URL)
