"""Headings of plain text that carry no mark.

Length alone cannot tell: real headings have 113 characters and real paragraphs 108. A heading is a
short line that is no sentence, stands after a finished paragraph (or at the beginning) and before a
longer paragraph that is one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_MAX_CHARS = 120
_MAX_WORDS = 20
_MAX_RUN = 2
_QUESTION_RATIO = 3  # a question is also a sentence: it needs more contrast
_LONG_RATIO = 2

_CLOSERS = "\"'”“’‘»«›‹)]"
_QUOTES = "\"'„“”‚‘’»«›‹"
_NO_HEADING_END = ".!…:;,–—-"
_SENTENCE_END = ".!?…:"
_ABBREVIATIONS = r"(?i:prof|evtl|inkl|exkl|bzgl|ggfs|vols|sect)"
# A full stop after a longer word, or a question or exclamation mark, and another sentence.
_INNER_END = re.compile(
    rf"(?:\b(?!{_ABBREVIATIONS}\b)[^\W\d_]{{4,}}[.…]|[!?])"
    rf"[{re.escape(_CLOSERS)}]*\s+[{re.escape(_QUOTES)}(]*[^\W\d_a-zäöüß]"
)


def find_headings(texts: Sequence[str | None], lists: Sequence[bool]) -> dict[int, str]:
    """Which paragraphs are headings, and why, in words.

    Args:
        texts: Visible text of each paragraph; None where a mark already decides what it is.
        lists: Whether each is an item of a list.

    Returns:
        Index of each heading with its reason.
    """
    found: dict[int, str] = {}
    index = 0
    while index < len(texts):
        end = index
        while end < len(texts) and _may_be(texts[end]):
            end += 1
        if end < len(texts) and end - index <= _MAX_RUN and _is_finished(texts, index):
            for at in range(index, end):
                why = _why(texts[at] or "", texts[end], before_list=lists[end])
                if why:
                    found[at] = why
        index = max(end, index + 1)
    return found


def _may_be(text: str | None) -> bool:
    """Whether a line could be a heading by itself."""
    if not text or len(text) > _MAX_CHARS or len(text.split()) > _MAX_WORDS:
        return False
    bare = text.rstrip(_CLOSERS)
    return (
        (text[0].isdigit() or (text[0].isalpha() and not text[0].islower()))
        and any(c.isalpha() for c in text)
        and not bare.endswith(tuple(_NO_HEADING_END))
        and not _INNER_END.search(text)
    )


def _is_finished(texts: Sequence[str | None], index: int) -> bool:
    """Whether what stands before a line is at its end."""
    before = texts[index - 1] if index else None
    if before is None:
        return True
    if before.endswith(":"):  # leads to what follows, unless it is a translator's opening line
        return index == 1 and len(before) <= _MAX_CHARS
    return _ends_sentence(before)


def _why(heading: str, following: str | None, *, before_list: bool) -> str:
    """Why ``heading`` is one, given what follows; empty if it is none."""
    if following is None:
        return "a short line without a full stop before a list" if before_list else ""
    ratio = len(following) / len(heading)
    if not (ratio > 1 and (_ends_sentence(following) or ratio >= _LONG_RATIO)):
        return ""
    if heading.endswith("?") and ratio < _QUESTION_RATIO:
        return ""
    return (
        f"a short line ({len(heading)} characters) without a full stop "
        f"before a paragraph ({len(following)} characters)"
    )


def _ends_sentence(text: str) -> bool:
    return text.rstrip(_CLOSERS).endswith(tuple(_SENTENCE_END))
