"""HTML blocks inside Markdown: tags are left out, the text between them is read."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from narrate.ingest.attributes import OpenTags
from narrate.ingest.running import Span, running

# What stands between these tags is no running text, or needs eyes.
_UNREAD = {
    "script": "HTML script",
    "style": "HTML style",
    "svg": "HTML graphic",
    "math": "HTML formula",
    "iframe": "HTML frame",
    "pre": "code block",
    "table": "table",
}
# Tags that stand inside a word or sentence; any other divides like white space.
_INLINE = frozenset(
    (
        *("a", "abbr", "b", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span"),
        *("strong", "sub", "sup", "time", "u", "var"),
    )
)
_TAG = re.compile(r"<(?=[a-z/!?])(/?[a-z][a-z0-9]*)?", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)


def html_spans(source: str, start: int, end: int, tags: OpenTags) -> Iterator[Span]:
    """Spans of the HTML in ``source[start:end]``, without gaps; linear in its length.

    Args:
        tags: What is open at its begin; what is open at its end afterwards.
    """
    done = start
    while done < end:
        match = _TAG.search(source, done, end)
        tag = match.start() if match else end
        for span in _text(source, done, tag):
            yield replace(span, lang=tags.lang) if tags.lang else span
        if match is None:
            return
        name = (match[1] or "").lower()
        rule, done = _markup(source, tag, end, name)
        if not done:  # a tag that does not close
            yield Span(tag, end, source[tag:end])
            return
        if rule == "HTML tag":
            tags.note(source[tag:done])
        divides = rule == "HTML tag" and name.lstrip("/") not in _INLINE
        yield Span(tag, done, " " if divides else "", rule)


def _markup(source: str, tag: int, end: int, name: str) -> tuple[str, int]:
    """Rule and end (0: there is none) of the tag, comment or element that begins at ``tag``."""
    if source.startswith("<!--", tag):
        close = source.find("-->", tag + 4, end)
        return "HTML comment", end if close < 0 else close + 3
    if name in _UNREAD:
        closing = re.compile(f"</{name}[^>]*>", re.IGNORECASE).search(source, tag, end)
        return _UNREAD[name], closing.end() if closing else end
    return "HTML tag", source.find(">", tag, end) + 1


def _text(source: str, start: int, end: int) -> Iterator[Span]:
    """Running text with its entities (``&amp;``) resolved."""
    done = start
    for match in _ENTITY.finditer(source, start, end):
        character = html.unescape(match[0])
        if character != match[0]:
            yield from running(source, done, match.start())
            yield Span(match.start(), match.end(), character, "entity")
            done = match.end()
    yield from running(source, done, end)
