"""Regular expressions that users may write: a small language, and none that could hang.

The number of ways in which a pattern can match is counted before it is used; a search tries no
more than that at each place of a text.
"""

from __future__ import annotations

import re

MOST_WAYS = 1_000
"""In which a pattern may match at one place."""

LONGEST = 200
MOST_REPEATS = 40

_ESCAPED = frozenset("dDwWsSbB.^$*+?{}[]()|\\/-'\"& ")
_REPEAT = re.compile(r"\{(\d{1,2})(?:,(\d{1,2}))?\}")
_CLASS = re.compile(r"\[\^?\]?(?:[^\]\\\[]|\\.)*\]")


class PatternError(ValueError):
    """What is wrong with a pattern, as a clause."""


def check_pattern(pattern: str) -> None:
    """Refuse a pattern that is none, or could take long.

    Known are characters, ``.``, escapes such as that of a digit, classes in ``[]``, groups, ``|``,
    ``?`` and ``{m,n}``.

    Raises:
        PatternError: Says why it cannot be used.
    """
    if len(pattern) > LONGEST:
        raise PatternError(f"has more than {LONGEST} characters")
    reader = _Reader(pattern)
    ways = reader.choice()
    if reader.at < len(pattern):
        raise PatternError("closes a bracket that is not open")
    if ways > MOST_WAYS:
        raise PatternError("can match in too many ways: it would take too long")
    try:
        compiled = re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternError(f"is no regular expression ({error})") from error
    if compiled.fullmatch(""):
        raise PatternError("matches nothing at all, and so at every place")


class _Reader:
    """Counts the ways of matching from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._depth = 0
        self.at = 0

    def choice(self) -> int:
        """Alternatives, up to the end or a closing bracket."""
        ways = self._sequence()
        while self._next() == "|":
            self.at += 1
            ways += self._sequence()
        return ways

    def _sequence(self) -> int:
        ways = 1
        while self._next() not in {"", "|", ")"}:
            ways = min(ways * self._repeated(self._item()), MOST_WAYS + 1)
        return ways

    def _next(self) -> str:
        return self._pattern[self.at : self.at + 1]

    def _item(self) -> int:
        char = self._next()
        self.at += 1
        if char == "(":
            return self._group()
        if char == "[":
            return self._class()
        if char == "\\":
            if self._next() not in _ESCAPED:
                raise PatternError(f"holds “\\{self._next()}”, which is not known here")
            self.at += 1
        elif char in "*+":
            raise PatternError(f"holds “{char}”, which has no limit; write “{{1,20}}”")
        elif char in "?{}^$]":
            raise PatternError(f"holds “{char}” where nothing can be repeated; write “\\{char}”")
        return 1

    def _group(self) -> int:
        if self._pattern.startswith("?:", self.at):
            self.at += 2
        elif self._next() == "?":
            raise PatternError("holds a “(?…)” that is not known here")
        self._depth += 1
        if self._depth > MOST_REPEATS:
            raise PatternError("has too many brackets within each other")
        ways = self.choice()
        self._depth -= 1
        if self._next() != ")":
            raise PatternError("opens a bracket that is not closed")
        self.at += 1
        return ways

    def _class(self) -> int:
        match = _CLASS.match(self._pattern, self.at - 1)
        if match is None:
            raise PatternError("opens a “[” that is not closed")
        self.at = match.end()
        return 1

    def _repeated(self, ways: int) -> int:
        """Ways of matching what may stand several times."""
        if self._next() == "?":
            self.at += 1
            least, most = 0, 1
        elif match := _REPEAT.match(self._pattern, self.at):
            self.at = match.end()
            least, most = int(match[1]), int(match[2] or match[1])
        else:
            if self._next() in {"*", "+"}:
                raise PatternError(f"holds “{self._next()}”, which has no limit; write “{{1,20}}”")
            return ways
        if most > MOST_REPEATS or self._next() in {"?", "*", "+", "{"}:
            raise PatternError(f"repeats more than {MOST_REPEATS} times, or a repetition")
        total: int = sum(min(ways**count, MOST_WAYS + 1) for count in range(least, most + 1))
        return min(total, MOST_WAYS + 1)
