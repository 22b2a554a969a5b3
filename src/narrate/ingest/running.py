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

# A space in front goes with what is left out, so that none is doubled.
_NOT_READ = re.compile(
    r"(?P<url>[^\S\n]?(?:\b(?:https?|ftp)://|\bwww\.)[^\s<>\"“”„«»]+)"
    r"|(?P<stray>[^\S\n]?\#{2,}|[^\S\n]?\*{2,}"
    r"|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)"  # not the star in "Leser*innen", not "5 * 3"
    r"|(?<!\w)_+(?=[^\W_])|(?<=[^\W_])_+(?!\w))"
)
_OPENING = {")": "(", "]": "[", "}": "{"}
_MAX_BRACKETS = 8
_URL_END = re.compile(r"[.,;:!?'’…*_~]+$")


@dataclass(frozen=True, slots=True)
class Span:
    """A run of a source: ``source[start:end]`` reads as ``text``, by ``rule``."""

    start: int
    end: int
    text: str
    rule: str = ""


def running(source: str, start: int, end: int) -> Iterator[Span]:
    """Divide ``source[start:end]`` into what is read and what is not, without gaps."""
    done = start
    for match in _NOT_READ.finditer(source, start, end):
        stop = match.end() if match["stray"] else _url_end(match)
        if done < match.start():
            yield Span(done, match.start(), source[done : match.start()])
        yield Span(match.start(), stop, "", STRAY if match["stray"] else URL)
        done = stop
    if done < end:
        yield Span(done, end, source[done:end])


def _url_end(match: re.Match[str]) -> int:
    """Where an address ends: punctuation and unopened brackets behind it belong to the text."""
    url = _URL_END.sub("", match["url"])
    for _ in range(_MAX_BRACKETS):
        opening = _OPENING.get(url[-1])
        if opening is None or url.count(url[-1]) <= url.count(opening):
            break
        url = _URL_END.sub("", url[:-1])
    return match.start() + len(url)
