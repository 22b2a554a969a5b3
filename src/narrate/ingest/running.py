"""Running text: what stands in it that nobody reads aloud.

Addresses (``https://…``) are left out under the rule ``url``. Marks of emphasis that a conversion
left behind (``###`` or ``**`` in mid-sentence) are left out under ``stray emphasis mark``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

URL = "url"
STRAY = "stray emphasis mark"

# Every branch begins with a plain character, so that the search skips what begins with none.
_NOT_READ = re.compile(
    r"h(?<!\wh)ttps?://[^\s<>\"“”„«»]+|f(?<!\wf)tp://[^\s<>\"“”„«»]+|w(?<!\ww)ww\.[^\s<>\"“”„«»]+"
    r"|##+|\*\*+"
    r"|\*(?<!\w\*)(?=\w)|\*(?<=\w\*)(?!\w)"  # not the star in "Leser*innen", not "5 * 3"
    r"|_(?<!\w_)_*(?=[^\W_])|_(?<=[^\W_]_)_*(?!\w)"
)
_OPENING = {")": "(", "]": "[", "}": "{"}
_MAX_BRACKETS = 8
_URL_END = re.compile(r"[.,;:!?'’…*_~]+$")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of a source: ``source[start:end]`` reads as ``text``, by ``rule``, in ``lang``."""

    start: int
    end: int
    text: str
    rule: str = ""
    lang: str = ""


def running(source: str, start: int, end: int) -> Iterator[Span]:
    """Divide ``source[start:end]`` into what is read and what is not, without gaps."""
    done = start
    for match in _NOT_READ.finditer(source, start, end):
        is_url = match[0][0] in "hfw"
        begin, stop = match.start(), _url_end(match) if is_url else match.end()
        if done < begin:
            yield Span(done, begin, source[done:begin])
        yield Span(begin, stop, "", URL if is_url else STRAY)
        done = stop
    if done < end:
        yield Span(done, end, source[done:end])


def _url_end(match: re.Match[str]) -> int:
    """Where an address ends: punctuation and unopened brackets behind it belong to the text."""
    url = _URL_END.sub("", match[0])
    for _ in range(_MAX_BRACKETS):
        opening = _OPENING.get(url[-1])
        if opening is None or url.count(url[-1]) <= url.count(opening):
            break
        url = _URL_END.sub("", url[:-1])
    return match.start() + len(url)
