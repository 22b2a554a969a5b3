"""Which characters a text must have, or a pattern finds nothing in it.

Worked out from the pattern itself, so that a rule is tried only on texts where it may match. What
the parser of Python's regular expressions makes of a pattern is read; parts that are not known
here ask for nothing.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

if sys.version_info >= (3, 11):
    from re import _parser as parser  # type: ignore[attr-defined]
else:
    import sre_parse as parser

Group = frozenset[str]
"""Characters of which a text must have one."""

Found = tuple[set[Group], bool]
"""Groups, and whether a character is taken at all."""

INNER_STOP = ".."
"""Stands in a group for a full stop that is not the last character of a text."""


class _Read(Protocol):
    def __call__(self, value: Any, *, follows: bool) -> Found: ...


_COMMON = frozenset(" aeinorstdlhucmg")
"""Nearly every text has one of these: a group that holds one tells nothing."""

_MOST_GROUPS = 4
_WIDEST_RANGE = 128
_USUAL = 5.0
_WEIGHTS = {".": _USUAL, ",": 3.0, "-": 2.0}
_LETTER, _DIGIT, _MARK = 1.0, 0.3, 0.2


@lru_cache(maxsize=2048)
def required(pattern: re.Pattern[str]) -> tuple[Group, ...]:
    """Groups of characters: a text without one of each group has no match.

    Digits are those of ASCII, and the groups hold none of the most usual letters.
    """
    if pattern.flags & re.IGNORECASE:
        return ()
    groups, _ = _sequence(parser.parse(pattern.pattern, pattern.flags), follows=False)
    telling = sorted(filter(_COMMON.isdisjoint, groups), key=_weight)
    return tuple(telling[:_MOST_GROUPS])


def _weight(group: Group) -> float:
    """How usual it is that a text has one of a group, roughly."""
    return sum(_WEIGHTS.get(sign) or _weight_of(sign) for sign in group)


def _weight_of(sign: str) -> float:
    return _DIGIT if sign.isdigit() else _LETTER if sign.isalpha() else _MARK


def _sequence(items: Any, *, follows: bool) -> Found:
    """What stands one behind the other.

    Args:
        follows: Whether a character must follow it.
    """
    groups: set[Group] = set()
    takes = False
    for kind, value in reversed(list(items)):
        found, taken = _item(str(kind), value, follows=follows or takes)
        groups |= found
        takes = takes or taken
    return groups, takes


def _item(kind: str, value: Any, *, follows: bool) -> Found:
    if kind == "LITERAL":
        return {_signs(chr(value), follows=follows)}, True
    if kind == "IN":
        members = _members(value)
        return ({_signs(members, follows=follows)} if members else set()), True
    if kind in {"ANY", "NOT_LITERAL"}:
        return set(), True
    read = _PARTS.get(kind)
    return read(value, follows=follows) if read else (set(), False)


def _signs(chars: str, *, follows: bool) -> Group:
    return frozenset(INNER_STOP if char == "." and follows else char for char in chars)


def _members(items: Sequence[Any]) -> str:
    """The characters of a class; empty when they are too many."""
    chars = ""
    for kind, value in items:
        if str(kind) == "LITERAL":
            chars += chr(value)
        elif str(kind) == "RANGE" and value[1] - value[0] < _WIDEST_RANGE:
            chars += "".join(map(chr, range(value[0], value[1] + 1)))
        elif str(value) == "CATEGORY_DIGIT":
            chars += "0123456789"
        else:
            return ""
    return chars


def _bracket(value: Any, *, follows: bool) -> Found:
    _, flags, _, items = value
    return (set(), False) if flags else _sequence(items, follows=follows)


def _repeat(value: Any, *, follows: bool) -> Found:
    least, _, items = value
    if not least:
        return set(), False
    groups, takes = _sequence(items, follows=follows)
    if least > 1 and takes:
        groups |= _sequence(items, follows=True)[0]
    return groups, takes


def _look(value: Any, *, follows: bool) -> Found:
    """What must stand ahead or behind; what is behind takes nothing of the text that follows."""
    ahead, items = value
    if ahead > 0:
        return _sequence(items, follows=False)
    return _sequence(items, follows=follows)[0], False


def _branch(value: Any, *, follows: bool) -> Found:
    """What all choices ask for, and one of the rarest signs of each."""
    found = [_sequence(choice, follows=follows) for choice in value[1]]
    each = [groups for groups, _ in found]
    rarest = [min(filter(_COMMON.isdisjoint, groups), key=_weight, default=None) for groups in each]
    shared = set.intersection(*each)
    if all(rarest):
        shared.add(frozenset().union(*filter(None, rarest)))
    return shared, all(takes for _, takes in found)


_PARTS: Mapping[str, _Read] = {
    "SUBPATTERN": _bracket,
    "MAX_REPEAT": _repeat,
    "MIN_REPEAT": _repeat,
    "POSSESSIVE_REPEAT": _repeat,
    "ASSERT": _look,
    "BRANCH": _branch,
}
