"""A sentence too long for an engine becomes pieces of about the same length."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
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
_WORDS = re.compile(rf"[{LETTERS}]?[{LOWER}]+(?: [{LETTERS}]?[{LOWER}]+)*,?")


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

    Args:
        whole: Length of the text's spoken form.
    """
    costs = dict(breaks(text, language, 1, len(text) - 1)) or {within_word(text, len(text) // 2): 0}
    target = whole / math.ceil(whole / max_chars)
    places = sorted(costs)
    chars = [_length(text[a:b].strip(), language) for a, b in pairwise([0, *places, len(text)])]
    tried: set[int] = set()
    while True:
        prices = [costs[at] for at in places]
        cuts = [places[number] for number in _cheapest(chars, prices, max_chars, target)]
        new = [at for at in cuts if at not in tried]
        tried.update(new)
        bad = [at for at in new if costs[at] < BOUND and not reads_the_same(text, at, language)]
        if not bad:
            return cuts
        costs.update(dict.fromkeys(bad, BOUND))


def _length(part: str, language: Language) -> int:
    """Length of what is said for a part of a sentence; words are said as they are, nearly all."""
    return len(part if _WORDS.fullmatch(part) else spoken_form(part, language).spoken)


def _cheapest(
    chars: Sequence[int], prices: Sequence[float], max_chars: int, target: float
) -> Sequence[int]:
    """Which places to cut at, ascending: of all choices of at least one the cheapest.

    Args:
        chars: Length of what lies between two places, one more than there are places.
        prices: Of a cut at each place.
        target: Length that a piece should have.
    """
    best = [0.0]  # least cost of dividing what lies before each place
    back = [0]
    for end in range(1, len(chars) + 1):
        least, start = math.inf, end - 1
        length = -1
        for begin in range(end - 1, -1, -1):
            length += chars[begin] + 1
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
        cuts.append(at - 1)
        at = back[at]
    return cuts[::-1]
