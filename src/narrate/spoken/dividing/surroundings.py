"""What lies around a position of a text."""

from __future__ import annotations

import re
from collections import deque

_BRACKET = re.compile(r"[()]")
_LONGEST = 300


class Brackets:
    """Which round bracket a position lies in; asked in ascending order, linear in all."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found = _BRACKET.finditer(text)
        self._next = next(self._found, None)
        self._open: deque[int] = deque()

    def around(self, position: int) -> tuple[int, int]:
        """Where the outermost bracket around ``position`` opens, and where one next closes.

        Brackets longer than a long sentence are none; −1 outside of all.
        """
        while self._next is not None and self._next.start() < position:
            if self._next.group() == "(":
                self._open.append(self._next.start())
            elif self._open:
                self._open.pop()
            self._next = next(self._found, None)
        while self._open and position - self._open[0] > _LONGEST:
            self._open.popleft()
        if not self._open:
            return -1, -1
        return self._open[0], self._text.find(")", position, self._open[0] + _LONGEST)
