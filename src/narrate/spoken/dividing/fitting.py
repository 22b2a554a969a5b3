"""A sentence too long for an engine becomes pieces of about the same length."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from narrate.spoken.core import Language, SpokenText, spoken_form
from narrate.spoken.dividing.breaks import BOUND, WITHIN, breaks, reads_the_same, within_word
from narrate.spoken.writing.characters import LETTERS, LOWER

SHORTEST_LIMIT = 40
"""Every single character is said within so many; a smaller limit cannot be kept."""

_SURELY_TOO_LONG = 8
_REACH = 2000
_MIDDLE = 0.3
_TRIES = 12
_PIECE = 2.0
# A word is found in one way only: with two for its first letter, a text of n words has 2^n.
_WORD = rf"(?:(?![{LOWER}])[{LETTERS}])?[{LOWER}]+"
_WORDS = re.compile(rf"{_WORD}(?: {_WORD})*,?")


def fit(sentence: str, language: Language, max_chars: int) -> Iterator[SpokenText]:
    """A sentence as pieces whose spoken forms have at most ``max_chars`` characters each.

    As few pieces as it takes, of about the same length, cut where a speaker would breathe.
    """
    if len(sentence) <= _SURELY_TOO_LONG * max_chars or len(sentence) == 1:
        said = spoken_form(sentence, language)
        if len(said.spoken) <= max_chars or len(sentence) == 1:
            yield said
            return
        cuts = _balanced(sentence, language, max_chars, len(said.spoken))
    else:
        cuts = [_near_the_middle(sentence, language)]
    parts = [sentence[a:b].strip() for a, b in pairwise([0, *cuts, len(sentence)])]
    parts = [part for part in parts if part]
    for part in parts[:-1]:
        yield from (replace(piece, goes_on=True) for piece in fit(part, language, max_chars))
    yield from fit(parts[-1], language, max_chars)


def _near_the_middle(text: str, language: Language) -> int:
    """Where to cut a text that is too long to be looked at as a whole."""
    middle = len(text) // 2
    reach = min(_REACH, max(1, int(len(text) * _MIDDLE)))
    costs = breaks(text, language, max(1, middle - reach), min(len(text) - 1, middle + reach))
    best = sorted(costs, key=lambda at: (costs[at], abs(at - middle)))
    for at in islice(best, _TRIES):
        if reads_the_same(text, at, language):
            return at
    return best[0] if best else within_word(text, middle)


def _balanced(text: str, language: Language, max_chars: int, whole: int) -> Sequence[int]:
    """The cuts, at least one, that cost least; each is tried out before it is taken.

    What lies between two places is measured by itself, and a piece can be longer than all that lies
    within it (“10 | 000”). One that turns out too long is planned anew with its own length.

    Args:
        whole: Length of the text's spoken form.
    """
    costs = dict(breaks(text, language, 1, len(text) - 1)) or {within_word(text, len(text) // 2): 0}
    target = whole / math.ceil(whole / max_chars)
    places = sorted(costs)
    chars = [_length(text[a:b].strip(), language) for a, b in pairwise([0, *places, len(text)])]
    edges = [0, *places, len(text)]
    measured: dict[tuple[int, int], int] = {}
    tried: set[int] = set()
    while True:
        prices = [costs[at] for at in places]
        chosen = _cheapest(chars, measured, prices, max_chars, target)
        cuts = [edges[number] for number in chosen]
        new = [at for at in cuts if at not in tried]
        tried.update(new)
        bad = [at for at in new if costs[at] < BOUND and not reads_the_same(text, at, language)]
        costs.update(dict.fromkeys(bad, BOUND))
        long = {} if bad else _too_long(text, edges, chosen, measured, language, max_chars)
        if not bad and not long:
            return cuts
        measured |= long


def _too_long(  # noqa: PLR0913, PLR0917 - a plan, and what it is held against
    text: str,
    edges: Sequence[int],
    chosen: Sequence[int],
    measured: Mapping[tuple[int, int], int],
    language: Language,
    max_chars: int,
) -> dict[tuple[int, int], int]:
    """Lengths of the planned pieces that are too long and not known to be, as numbers of edges."""
    lengths = {
        (begin, end): _length(text[edges[begin] : edges[end]].strip(), language)
        for begin, end in pairwise([0, *chosen, len(edges) - 1])
        if end - begin > 1 and (begin, end) not in measured
    }
    return {piece: length for piece, length in lengths.items() if length > max_chars}


def _length(part: str, language: Language) -> int:
    """Length of what is said for a part of a sentence; words are said as they are, nearly all."""
    return len(part if _WORDS.fullmatch(part) else spoken_form(part, language).spoken)


def _cheapest(
    chars: Sequence[int],
    measured: Mapping[tuple[int, int], int],
    prices: Sequence[float],
    max_chars: int,
    target: float,
) -> Sequence[int]:
    """Which edges to cut at, ascending: of all choices of at least one the cheapest.

    Args:
        chars: Length of what lies between two edges, one less than there are edges.
        measured: Numbers of two edges → length of the piece between them, where it is known better.
        prices: Of a cut at each edge but the first and the last.
        target: Length that a piece should have.
    """
    best = [0.0]  # least cost of dividing what lies before each place
    back = [0]
    for end in range(1, len(chars) + 1):
        least, start = math.inf, end - 1
        length = -1
        for begin in range(end - 1, -1, -1):
            length = measured.get((begin, end), length + chars[begin] + 1)
            if (length > max_chars and begin < end - 1) or end - begin == len(chars):
                break
            off = (length - target) / target
            cost = best[begin] + _PIECE + off * off + (prices[begin - 1] if begin else 0.0)
            cost += WITHIN if length > max_chars else 0.0
            if cost < least:
                least, start = cost, begin
        best.append(least)
        back.append(start)
    cuts = []
    at = back[len(chars)]
    while at:
        cuts.append(at)
        at = back[at]
    return cuts[::-1]
