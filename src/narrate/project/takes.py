"""``takes.toml``: which sentences are read again, which reading is chosen, and voices of chapters.

A take hangs on the article, the language and the sentence as written: moving a sentence keeps it,
changing one starts over. The file is small and belongs to the show, so another machine makes the
same takes. Where chapters share a sentence, ``chapter`` says which of them is meant::

    schema = 2

    [[take]]
    key = "welcome"
    lang = "en"
    text = "This sentence is read again."
    number = 1
    last = 3

    [[voice]]
    key = "welcome"
    lang = "en"
    chapter = "light"
    voice = "pico-en-gb"

``number`` is the take that is heard, ``last`` the highest ever made: a new one is the next. Of a
sentence that chapters share, each of them has an entry.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from narrate.errors import ShowError
from narrate.files import migrate, parse_toml, read_failure, write_with_schema
from narrate.model import LANGUAGES, digest
from narrate.project.tables import Table

TAKES_FILE = "takes.toml"
"""Name of the file at the show's root."""

SCHEMA = 2
MAX_TAKE = 1_000_000

Place = tuple[str, str]
"""Chapter id, or empty for every chapter; sentence with single spaces."""

_HEADER = (
    "# Written by `narrate regenerate`: sentences that are read again, and voices of chapters.\n"
    "# Take an entry away to hear the first take, or the show's voice, again.\n\n"
)
_MEND = "Mend it, or delete it and regenerate what you want read again."


@dataclass(frozen=True, slots=True)
class Take:
    """Which reading of a sentence is heard.

    Attributes:
        number: From 0, the first.
        last: The highest ever made, from ``number``.
    """

    number: int
    last: int


FIRST = Take(0, 0)


@dataclass(frozen=True, slots=True)
class ArticleTakes:
    """What is set for one article in one language.

    Attributes:
        sentences: Place → its take; what is not among them has its first take.
        voices: Chapter id → name of the voice that reads it.
    """

    sentences: Mapping[Place, Take] = field(default_factory=dict)
    voices: Mapping[str, str] = field(default_factory=dict)

    def number(self, text: str, chapter: str = "") -> int:
        """The chosen take of a sentence: the one of its chapter, else the one of every chapter."""
        sentence = normal(text)
        general = self.sentences.get(("", sentence), FIRST)
        return self.sentences.get((chapter, sentence), general).number

    def last(self, text: str) -> int:
        """The highest take ever made of a sentence, in whatever chapter."""
        sentence = normal(text)
        return max(
            (t.last for (_, said), t in self.sentences.items() if said == sentence), default=0
        )

    def in_chapters(self, chapters: Mapping[str, Collection[str]]) -> ArticleTakes:
        """The same once sentences have moved: a take goes with its sentence to another chapter.

        Only where it is clear to which: one chapter of all entries no longer has the sentence, and
        one chapter without an entry has it.

        Args:
            chapters: Chapter id → its sentences as written.
        """
        noted: dict[str, set[str]] = {}
        for chapter, sentence in self.sentences:
            if chapter:
                noted.setdefault(sentence, set()).add(chapter)
        if not noted:
            return self
        homes: dict[str, set[str]] = {}
        for chapter, texts in chapters.items():
            for sentence in map(normal, texts):
                homes.setdefault(sentence, set()).add(chapter)
        moved = dict(self.sentences)
        for sentence, before in noted.items():
            now = homes.get(sentence, set())
            if len(before - now) == len(now - before) == 1:
                take = moved.pop(((before - now).pop(), sentence))
                moved[(now - before).pop(), sentence] = take
        return ArticleTakes(moved, self.voices)


_NOTHING = ArticleTakes()


@dataclass(frozen=True, slots=True)
class Takes:
    """Everything that was regenerated.

    Attributes:
        articles: (article key, language) → what is set for it.
    """

    articles: Mapping[tuple[str, str], ArticleTakes] = field(default_factory=dict)

    def of(self, key: str, lang: str) -> ArticleTakes:
        """What is set for an article."""
        return self.articles.get((key, lang), _NOTHING)

    def digest_of(self, key: str, lang: str) -> str:
        """Names all choices for one article in one language: equal when they are."""
        own = self.of(key, lang)
        chosen = sorted([*place, take.number] for place, take in own.sentences.items())
        return digest([chosen, sorted(own.voices.items())])

    def with_take(self, key: str, lang: str, text: str, number: int, chapter: str = "") -> Takes:
        """The same with one sentence's take chosen.

        Args:
            chapter: Id of the only chapter that is meant; empty for all.

        Raises:
            ValueError: ``number`` is negative or absurdly high, or ``lang`` is no language.
        """
        if not 0 <= number <= MAX_TAKE or lang not in LANGUAGES:
            raise ValueError(f"take {number}, language {lang}")
        own = self.of(key, lang)
        place = (chapter, normal(text))
        last = max(own.sentences.get(place, FIRST).last, number)
        sentences = {**own.sentences, place: Take(number, last)}
        return self.with_article(key, lang, ArticleTakes(sentences, own.voices))

    def with_voice(self, key: str, lang: str, chapter: str, voice: str) -> Takes:
        """The same with a chapter's voice set; an empty one takes the entry away.

        Raises:
            ValueError: ``lang`` is no language.
        """
        if lang not in LANGUAGES:
            raise ValueError(f"language {lang}")
        own = self.of(key, lang)
        voices = {**own.voices, chapter: voice}
        voices = {one: name for one, name in voices.items() if name}
        return self.with_article(key, lang, ArticleTakes(own.sentences, voices))

    def with_article(self, key: str, lang: str, own: ArticleTakes) -> Takes:
        """The same with everything of one article replaced; what says nothing is left out."""
        sentences = {place: take for place, take in own.sentences.items() if take.last}
        articles = {**self.articles, (key, lang): ArticleTakes(sentences, own.voices)}
        return Takes({place: one for place, one in articles.items() if one.sentences or one.voices})


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
    parsed = parse_toml(raw, TAKES_FILE, mend=_MEND)
    begins = f"The file begins with `schema = {SCHEMA}`."
    content = migrate(parsed, TAKES_FILE, SCHEMA, {1: _from_one_to_two}, mend=begins)
    table = Table(content, TAKES_FILE)
    table.only(("schema", "take", "voice"), {})
    sentences: dict[tuple[str, str], dict[Place, Take]] = {}
    voices: dict[tuple[str, str], dict[str, str]] = {}
    for entry in _entries(table, "take"):
        text = entry.values.get("text")
        if not isinstance(text, str) or not text.strip():
            raise entry.error("text", "is no sentence in quotes", _MEND)
        last = entry.whole("last", 0, 1, MAX_TAKE)
        take = Take(entry.whole("number", 0, 0, last), last)
        sentences.setdefault(_article(entry), {})[entry.line("chapter"), normal(text)] = take
    for entry in _entries(table, "voice"):
        chapter, voice = entry.line("chapter"), entry.line("voice")
        if not chapter or not voice:
            raise entry.error("voice" if chapter else "chapter", "is missing", _MEND)
        voices.setdefault(_article(entry), {})[chapter] = voice
    return Takes(
        {
            place: ArticleTakes(sentences.get(place, {}), voices.get(place, {}))
            for place in [*sentences, *(place for place in voices if place not in sentences)]
        }
    )


def save_takes(root: Path, takes: Takes) -> None:
    """Write the file whole or not at all; not when nothing changed or there is nothing to say.

    A file of an earlier schema is kept beside it, once.

    Raises:
        ShowError: The file there is now is invalid; it is not overwritten.
        OutputError: It cannot be written.
    """
    if load_takes(root).articles != takes.articles:
        write_with_schema(root / TAKES_FILE, _rendered(takes), SCHEMA)


def normal(text: str) -> str:
    """A sentence whatever its white space."""
    return " ".join(text.split())


def _rendered(takes: Takes) -> bytes:
    """The file: sorted, so that versions of it compare well."""
    articles = sorted(takes.articles.items())
    tables = [f"schema = {SCHEMA}\n"]
    for (key, lang), own in articles:
        for (chapter, text), take in sorted(own.sentences.items()):
            only = {"chapter": chapter} if chapter else {}
            fields = {"key": key, "lang": lang, **only, "text": text}
            tables.append(_table("take", {**fields, "number": take.number, "last": take.last}))
    for (key, lang), own in articles:
        for chapter, voice in sorted(own.voices.items()):
            fields = {"key": key, "lang": lang, "chapter": chapter, "voice": voice}
            tables.append(_table("voice", fields))
    return (_HEADER + "\n".join(tables)).encode()


def _table(name: str, fields: Mapping[str, str | int]) -> str:
    """One table of a list. JSON's strings and whole numbers are TOML's, but for one character."""
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items())
    return "\n".join((f"[[{name}]]", *lines, "")).replace("\x7f", "\\u007f")


def _entries(table: Table, name: str) -> Iterable[Table]:
    """The tables of one list."""
    known = {
        "take": ("key", "lang", "chapter", "text", "number", "last"),
        "voice": ("key", "lang", "chapter", "voice"),
    }[name]
    entries = table.values.get(name, [])
    if not isinstance(entries, list):
        raise table.error(name, f"is no list of [[{name}]]", _MEND)
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            what = f"entry {number} of [[{name}]] is no table"
            raise ShowError(what, where=TAKES_FILE, mend=_MEND)
        one = Table(entry, f"{TAKES_FILE}, {name} {number}")
        one.only(known, {})
        yield one


def _article(entry: Table) -> tuple[str, str]:
    return entry.line("key"), entry.choice("lang", "", LANGUAGES)


def _from_one_to_two(content: dict[str, Any]) -> dict[str, Any]:
    """The number of a take was the highest, too; chapters had no voices."""
    entries = content.get("take", [])
    if not isinstance(entries, list):
        return content
    lifted = [
        {**entry, "last": entry.get("number")} if isinstance(entry, dict) else entry
        for entry in entries
    ]
    return {**content, "take": lifted}
