"""Which part of a spoken form stands for which part of what was written.

Words that stand on both sides are anchors; what lies between two anchors is one changed part.
Anchors are found in three steps, each on what the one before left open: the words at both ends,
words that occur once on each side, and for short gaps the best of all alignments. A gap that is
too long for the last step stays one part, so the time is bounded on any text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_WORD = re.compile(r"[^\W_]+")
_MARKS = " \t\n\u00a0,;:.?!…\"'“”„‚‘’»«›‹()[]–—"
_MOST_CELLS = 4000
"""Of the table that finds the best alignment of a gap: its words on both sides, multiplied."""

_MOST_ROUNDS = 40
_KEPT = 16
"""What an anchor is worth, in words that stand on one side alone."""


@dataclass(frozen=True, slots=True)
class AlignedSpan:
    """A run of what was written and what is said for it.

    Attributes:
        written: A slice of the text; empty where words are only said.
        spoken: A slice of the spoken form; empty where nothing is said.
        changed: Whether the two differ in more than white space.
    """

    written: str
    spoken: str
    changed: bool


def align(written: str, spoken: str) -> tuple[AlignedSpan, ...]:
    """The parts of a text beside those of its spoken form, in order.

    All ``written`` joined are the text, all ``spoken`` joined the spoken form, on any input; of two
    neighbours at most one is changed.
    """
    left, right = _words(written), _words(spoken)
    anchors = list(_anchors([word for word, _, _ in left], [word for word, _, _ in right]))
    return tuple(_merged(_spans(written, spoken, [(left[i], right[j]) for i, j in anchors])))


_Word = tuple[str, int, int]
"""A word, and where it begins and ends."""


def _words(text: str) -> list[_Word]:
    return [(match[0], match.start(), match.end()) for match in _WORD.finditer(text)]


def _spans(
    written: str, spoken: str, anchors: Sequence[tuple[_Word, _Word]]
) -> Iterator[AlignedSpan]:
    a = b = 0
    for (word, start, end), (_, said, said_end) in anchors:
        yield from _gap(written[a:start], spoken[b:said])
        yield AlignedSpan(word, word, changed=False)
        a, b = end, said_end
    yield from _gap(written[a:], spoken[b:])


def _gap(written: str, spoken: str) -> Iterator[AlignedSpan]:
    """What lies between two anchors: a changed part without what is the same at its ends."""
    if written.split() == spoken.split():
        yield AlignedSpan(written, spoken, changed=False)
        return
    front = _alike(written, spoken)
    back = _alike(written[front:][::-1], spoken[front:][::-1])
    ends = len(written) - back, len(spoken) - back
    yield AlignedSpan(written[:front], spoken[:front], changed=False)
    yield from _without_marks(written[front : ends[0]], spoken[front : ends[1]])
    yield AlignedSpan(written[ends[0] :], spoken[ends[1] :], changed=False)


def _without_marks(written: str, spoken: str) -> Iterator[AlignedSpan]:
    """A changed part, parted from marks in front of it that a space sets off: ``“ 3``."""
    ours, theirs = (len(part) - len(part.lstrip(_MARKS)) for part in (written, spoken))
    same = _alike(written[:ours][::-1], spoken[:theirs][::-1])
    if same:
        yield AlignedSpan(written[: ours - same], spoken[: theirs - same], changed=True)
        yield AlignedSpan(
            written[ours - same : ours], spoken[theirs - same : theirs], changed=False
        )
        written, spoken = written[ours:], spoken[theirs:]
    yield AlignedSpan(written, spoken, changed=True)


def _alike(left: str, right: str) -> int:
    """Length of the common start of two texts that holds no word."""
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other or one.isalnum():
            break
        count += 1
    return count


def _merged(spans: Iterator[AlignedSpan]) -> Iterator[AlignedSpan]:
    """Without empty spans, neighbours of one kind put together."""
    parts: tuple[list[str], list[str]] = ([], [])
    changed = False
    for span in spans:
        if not span.written and not span.spoken:
            continue
        if span.changed != changed and (parts[0] or parts[1]):
            yield AlignedSpan("".join(parts[0]), "".join(parts[1]), changed)
            parts = ([], [])
        changed = span.changed
        parts[0].append(span.written)
        parts[1].append(span.spoken)
    if parts[0]:
        yield AlignedSpan("".join(parts[0]), "".join(parts[1]), changed)


def _anchors(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of positions of the words that are kept, both ascending."""
    open_gaps = [(0, len(left), 0, len(right))]
    found: list[tuple[int, int]] = []
    for _ in range(_MOST_ROUNDS):
        following = []
        for gap in open_gaps:
            pairs = list(_at_the_ends(left, right, gap)) or list(_unique(left, right, gap))
            found += pairs
            following += list(_between(gap, pairs)) if pairs else []
            if not pairs:
                found += _best(left, right, gap)
        open_gaps = following
        if not open_gaps:
            break
    yield from sorted(found)


_Gap = tuple[int, int, int, int]
"""Begin and end of a run of words on the left, and on the right."""


def _between(gap: _Gap, pairs: Sequence[tuple[int, int]]) -> Iterator[_Gap]:
    a, a_end, b, b_end = gap
    edges = [(a - 1, b - 1), *pairs, (a_end, b_end)]
    for (i, j), (next_i, next_j) in pairwise(edges):
        if next_i > i + 1 and next_j > j + 1:
            yield i + 1, next_i, j + 1, next_j


def _at_the_ends(left: Sequence[str], right: Sequence[str], gap: _Gap) -> Iterator[tuple[int, int]]:
    a, a_end, b, b_end = gap
    shorter = min(a_end - a, b_end - b)
    front = 0
    while front < shorter and left[a + front] == right[b + front]:
        yield a + front, b + front
        front += 1
    back = 1
    pairs = []
    while back <= shorter - front and left[a_end - back] == right[b_end - back]:
        pairs.append((a_end - back, b_end - back))
        back += 1
    yield from reversed(pairs)


def _unique(left: Sequence[str], right: Sequence[str], gap: _Gap) -> Iterator[tuple[int, int]]:
    """Words that occur once on each side, in the longest row that is in order on both."""
    a, a_end, b, b_end = gap
    here, there = Counter(left[a:a_end]), Counter(right[b:b_end])
    place = {right[j]: j for j in range(b, b_end)}
    once = [(i, place[left[i]]) for i in range(a, a_end) if here[left[i]] == there[left[i]] == 1]
    tails: list[int] = []  # of the best row of each length: its last place on the right
    rows: list[int] = []  # the same as index into `once`
    before: list[int] = []
    for index, (_, j) in enumerate(once):
        length = bisect_left(tails, j)
        tails[length : length + 1] = [j]
        rows[length : length + 1] = [index]
        before.append(rows[length - 1] if length else -1)
    chain = []
    index = rows[-1] if rows else -1
    while index >= 0:
        chain.append(once[index])
        index = before[index]
    yield from reversed(chain)


def _best(left: Sequence[str], right: Sequence[str], gap: _Gap) -> list[tuple[int, int]]:
    """The anchors that keep the most words in the fewest, fullest gaps; none if it is long."""
    a, a_end, b, b_end = gap
    if (a_end - a) * (b_end - b) > _MOST_CELLS:
        return []
    ours, theirs = left[a:a_end], right[b:b_end]
    if not set(ours) & set(theirs):
        return []
    scores = _scores(ours, theirs)
    pairs = []
    i = j = 0
    while i < len(ours) and j < len(theirs):
        best, step_i, step_j = scores[i][j][1:]
        if best:
            pairs.append((a + i, b + j))
        i, j = i + step_i, j + step_j
    return pairs


_Cell = tuple[int, bool, int, int]
"""Worth of what follows; whether the two words are an anchor; the step to what follows."""


def _scores(ours: Sequence[str], theirs: Sequence[str]) -> list[list[_Cell]]:
    """For each pair of places the best way on, from the end backwards.

    An anchor beside another is worth more, so gaps are few; a step over a word on both sides is
    free and one on a single side is not, so gaps are full on both.
    """
    width = len(theirs)
    below: list[_Cell] = [(-(width - j), False, 0, 1) for j in range(width)] + [(0, False, 0, 0)]
    table = [below]
    for i in range(len(ours) - 1, -1, -1):
        row: list[_Cell] = [(0, False, 0, 0)] * width + [(below[width][0] - 1, False, 1, 0)]
        for j in range(width - 1, -1, -1):
            both, over, under = below[j + 1][0], below[j][0] - 1, row[j + 1][0] - 1
            cell = max((both, False, 1, 1), (over, False, 1, 0), (under, False, 0, 1))
            if ours[i] == theirs[j]:
                follows = below[j + 1][1] or (i + 1 == len(ours) and j + 1 == width)
                cell = max(cell, (both + _KEPT + follows, True, 1, 1))
            row[j] = cell
        table.append(row)
        below = row
    return table[::-1]
