"""TOML files of the show, read so that every mistake can be told to a person."""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from narrate.errors import ShowError
from narrate.files import migrate, parse_toml, read_bytes
from narrate.model import printable, url_problem
from narrate.nearest import nearest, suggestion

SCHEMA = 1
"""Of the settings, voices and lexicons that narrate writes."""

MAX_KIB = 1024
"""Longer files are not read: nobody writes a megabyte of settings."""

MAX_LINE = 255
"""Longest title, name or address; podcast directories cut what is longer."""

MAX_PROSE_BYTES = 4000
"""Longest text of several lines in UTF-8; Apple Podcasts refuses what is longer."""


def read_toml(path: Path, name: str) -> dict[str, object]:
    """The content of a TOML file.

    Args:
        name: What messages call the file.

    Raises:
        ShowError: The file is missing, unreadable, too long, not UTF-8 or not TOML, or a newer
            narrate wrote it.
    """
    if path.exists() and not path.is_file():
        raise ShowError("this is no ordinary file", where=name)
    return without_schema(parse_toml(read_bytes(path, name, MAX_KIB), name), name)


def without_schema(content: Mapping[str, object], name: str) -> dict[str, object]:
    """The settings of a file that people write, too: it may name its schema, and need not.

    Raises:
        ShowError: A newer narrate wrote the file.
    """
    mend = f"Write `schema = {SCHEMA}`, or take the line out."
    settings = migrate(content, name, SCHEMA, missing=SCHEMA, mend=mend)
    del settings["schema"]
    return settings


def is_control(char: str) -> bool:
    """Whether a character is a control character, a line break or half a surrogate pair."""
    return unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a TOML file; reads its values by type.

    Every method that takes ``key`` raises :class:`ShowError` when the value has another type or
    does not fit, and gives the default when the key is absent.

    Attributes:
        file: What messages call the file.
        name: Name of the table within the file; empty for the top of the file.
    """

    values: Mapping[str, object]
    file: str
    name: str = ""

    def only(self, known: Iterable[str], tables: Mapping[str, Iterable[str]]) -> None:
        """Refuse keys that are not known.

        Args:
            tables: The file's other tables and their keys, for a hint: a key that stands below
                the wrong ``[table]`` is TOML's commonest mistake.
        """
        names = tuple(known)
        for key in self.values:
            if key not in names:
                raise self.error(key, "there is no such setting", _hint(key, names, tables))

    def error(self, key: str, what: str, mend: str = "") -> ShowError:
        """A failure placed at ``key``."""
        dotted = f"{self.name}.{key}" if self.name else key
        return ShowError(what, where=f"{self.file}: {printable(dotted[:80])}", mend=mend)

    def table(self, key: str) -> Table:
        """The table ``[key]``, empty when absent."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self._mismatch(key, f"a table, written [{key}] on a line of its own")
        return Table(value, self.file, f"{self.name}.{key}" if self.name else key)

    def line(self, key: str, default: str = "") -> str:
        """A text of one line without control characters, at most 255 characters."""
        text = self._text(key, default)
        if any(map(is_control, text)):
            raise self.error(
                key, "holds a line break or control character", "Write it on one line."
            )
        if len(text) > MAX_LINE:
            raise self.error(
                key, f"has {len(text)} characters, more than {MAX_LINE}", "Shorten it."
            )
        return text

    def prose(self, key: str, default: str = "", most: int = MAX_PROSE_BYTES) -> str:
        """A text of one or more lines, at most ``most`` bytes of UTF-8."""
        text = self._text(key, default)
        if any(is_control(c) and c not in "\n\r\t" for c in text):
            raise self.error(key, "holds a control character", "Take it out.")
        size = len(text.encode())
        if size > most:
            raise self.error(key, f"has {size} bytes, more than {most}", "Shorten the text.")
        return text

    def url(self, key: str, default: str = "") -> str:
        """An http or https address with a host, without spaces and credentials."""
        text = self.line(key, default)
        problem = url_problem(text) if text else ""
        if problem:
            raise self.error(
                key, problem, "Write a whole address, such as https://example.org/podcast/."
            )
        return text

    def flag(self, key: str, default: bool) -> bool:  # noqa: FBT001 - a value, not a switch
        """A yes or no, written true or false."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self._mismatch(key, "true or false, without quotes")
        return value

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``."""
        value = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self._mismatch(key, f"a whole number from {low} to {high}")
        return value

    def number(self, key: str, default: float, low: float, high: float) -> float:
        """A number from ``low`` to ``high``, with or without a decimal point."""
        value = self.values.get(key, default)
        fits = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not fits or not _between(value, low, high):
            raise self._mismatch(key, f"a number from {low:g} to {high:g}")
        return float(value)  # type: ignore[arg-type]

    def choice(self, key: str, default: str, allowed: Iterable[str]) -> str:
        """One of a few words."""
        words = tuple(allowed)
        value = self.values.get(key, default)
        if not isinstance(value, str) or value not in words:
            raise self._mismatch(key, "one of " + ", ".join(f'"{word}"' for word in words))
        return value

    def words(self, key: str, default: Iterable[str], allowed: Iterable[str]) -> tuple[str, ...]:
        """A list of one or more of a few words, each at most once."""
        known = tuple(allowed)
        value = self.values.get(key, list(default))
        if not isinstance(value, list) or not value or any(word not in known for word in value):
            example = ", ".join(f'"{word}"' for word in known)
            raise self._mismatch(key, f"a list of one or more of {example}, as in [{example}]")
        if len(set(value)) != len(value):
            raise self.error(key, "names something twice", "Take the repetition out.")
        return tuple(value)

    def _text(self, key: str, default: str) -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str):
            raise self._mismatch(key, "a text in quotes")
        return value.strip()

    def _mismatch(self, key: str, expected: str) -> ShowError:
        return self.error(key, f"is {shown(self.values.get(key))}", f"It must be {expected}.")


def _hint(key: str, known: tuple[str, ...], tables: Mapping[str, Iterable[str]]) -> str:
    homes = [name for name, keys in tables.items() if key in keys]
    near = nearest(key, known)
    if not homes or near:
        return suggestion(key, known)
    if homes[0]:
        return f"It belongs below [{homes[0]}]."
    return "It belongs at the top of the file, above the first [table]."


def _between(value: object, low: float, high: float) -> bool:
    return isinstance(value, (int, float)) and low <= value <= high and math.isfinite(value)


def shown(value: object) -> str:
    """A TOML value as messages quote it; short whatever it is."""
    longest = 40
    if value is None:
        return "missing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**longest else "a very long number"
    if isinstance(value, str):
        cut = value if len(value) <= longest else value[:longest] + "…"
        return printable(json.dumps(cut, ensure_ascii=False))
    if isinstance(value, list):
        return f"a list of {len(value)}" if value else "an empty list"
    return "a table" if isinstance(value, dict) else str(value)
