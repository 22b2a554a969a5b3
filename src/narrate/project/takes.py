"""``takes.toml``: which sentences are read again, and how often they were.

A take hangs on the article, the language and the sentence as written: moving a sentence keeps it,
changing one starts over. The file is small and belongs to the show, so another machine makes the
same takes. Where chapters share a sentence, ``chapter`` says which of them is meant::

    schema = 1

    [[take]]
    key = "welcome"
    lang = "en"
    text = "This sentence is read again."
    number = 1
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from narrate.errors import ShowError
from narrate.files import parse_toml, read_failure, write_if_changed
from narrate.model import LANGUAGES, digest
from narrate.project.tables import Table

TAKES_FILE = "takes.toml"
"""Name of the file at the show's root."""

SCHEMA = 1
MAX_TAKE = 1_000_000

Place = tuple[str, str, str, str]
"""Article key, language, chapter id or empty, sentence."""

_HEADER = (
    "# Written by `narrate regenerate`: sentences that are read again, and their take.\n"
    "# Take an entry away to hear the first take again.\n\n"
)
_MEND = "Mend it, or delete it and regenerate what you want read again."


@dataclass(frozen=True, slots=True)
class Takes:
    """Numbers of takes; whatever is not among them has its first take, 0.

    Attributes:
        numbers: (article key, language, chapter id or empty, sentence as written) → number of the
            take, from 1.
    """

    numbers: Mapping[Place, int] = field(default_factory=dict)

    def take_of(self, key: str, lang: str, text: str, chapter: str = "") -> int:
        """The take of a sentence: the one of its chapter, else the one of every chapter."""
        sentence = _normal(text)
        general = self.numbers.get((key, lang, "", sentence), 0)
        return self.numbers.get((key, lang, chapter, sentence), general)

    def digest_of(self, key: str, lang: str) -> str:
        """Names all takes of one article in one language: equal when they are."""
        own = [[*place, n] for place, n in self.numbers.items() if place[:2] == (key, lang)]
        return digest(sorted(own))

    def with_take(self, key: str, lang: str, text: str, take: int, chapter: str = "") -> Takes:
        """The same with one sentence's take set; 0 takes its entry away.

        Args:
            chapter: Id of the only chapter that is meant; empty for all.

        Raises:
            ValueError: ``take`` is negative or absurdly high, or ``lang`` is no language.
        """
        if not 0 <= take <= MAX_TAKE or lang not in LANGUAGES:
            raise ValueError(f"take {take}, language {lang}")
        numbers = {**self.numbers, (key, lang, chapter, _normal(text)): take}
        return Takes({place: number for place, number in numbers.items() if number})


def load_takes(root: Path) -> Takes:
    """The takes of the show at ``root``; none when it has no such file.

    Raises:
        ShowError: The file is invalid, or written by a newer narrate.
    """
    path = root / TAKES_FILE
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Takes()
    except OSError as error:
        raise read_failure(TAKES_FILE, error) from error
    table = Table(parse_toml(raw, TAKES_FILE, mend=_MEND), TAKES_FILE)
    _check_schema(table)
    table.only(("schema", "take"), {})
    entries = table.values.get("take", [])
    if not isinstance(entries, list):
        raise table.error("take", "is no list of [[take]]", _MEND)
    return Takes(dict(_entry(entry, number) for number, entry in enumerate(entries, start=1)))


def save_takes(root: Path, takes: Takes) -> None:
    """Write the file whole or not at all; not when nothing changed or there is nothing to say.

    Raises:
        ShowError: The file there is now is invalid; it is not overwritten.
        OutputError: It cannot be written.
    """
    path = root / TAKES_FILE
    if dict(load_takes(root).numbers) != dict(takes.numbers):
        write_if_changed(path, _render(takes))


def _render(takes: Takes) -> bytes:
    import tomlkit  # noqa: PLC0415 - only `regenerate` writes

    entries = tomlkit.aot()
    for (key, lang, chapter, text), number in sorted(takes.numbers.items()):
        entry = tomlkit.table()
        only = {"chapter": chapter} if chapter else {}
        entry.update({"key": key, "lang": lang, **only, "text": text, "number": number})
        entries.append(entry)
    document = tomlkit.document()
    document.add("schema", tomlkit.item(SCHEMA))
    if takes.numbers:
        document.add("take", entries)
    return (_HEADER + tomlkit.dumps(document)).encode()


def _check_schema(table: Table) -> None:
    schema = table.whole("schema", 0, 0, 2**31)
    if schema > SCHEMA:
        raise table.error("schema", "a newer narrate wrote this file", "Update narrate.")
    if schema != SCHEMA:
        raise table.error("schema", "is missing", f"The file begins with `schema = {SCHEMA}`.")


def _entry(entry: object, number: int) -> tuple[Place, int]:
    if not isinstance(entry, dict):
        raise ShowError(f"entry {number} of [[take]] is no table", where=TAKES_FILE, mend=_MEND)
    table = Table(entry, f"{TAKES_FILE}, entry {number}")
    table.only(("key", "lang", "chapter", "text", "number"), {})
    text = entry.get("text")
    if not isinstance(text, str) or not text.strip():
        raise table.error("text", "is no sentence in quotes", _MEND)
    lang = table.choice("lang", "", LANGUAGES)
    place = (table.line("key"), lang, table.line("chapter"), _normal(text))
    return place, table.whole("number", 0, 1, MAX_TAKE)


def _normal(text: str) -> str:
    """A sentence whatever its white space."""
    return " ".join(text.split())
