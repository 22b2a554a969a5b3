"""Articles as their files have them. Offsets count Unicode code points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path

MAX_KEY = 120
"""Longest key: names made from it stay below the 255 bytes that file systems allow."""

_KEY = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")


def is_key(text: str) -> bool:
    """Whether a text can be an article's key, and so the beginning of file names."""
    return len(text) <= MAX_KEY and _KEY.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """One article file of a show, before it is read.

    Attributes:
        path: The file.
        name: The path as messages show it, relative to the show.
        key: From the file name: ``KEY.LANG.md`` → ``KEY``; ASCII. Of an article that was renamed
            after it was published: the key that it was published with.
        lang: From the file name; empty when the name has none.
        sidecar: ``KEY.toml`` beside it, if there is one.
        new_key: The key that the name of a renamed article gives; else empty.
    """

    path: Path
    name: str
    key: str
    lang: str = ""
    sidecar: Path | None = None
    new_key: str = ""


class BlockKind(Enum):
    """What a block of an article is; decides whether and how it is spoken."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    QUOTE = "quote"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of an article's source, spoken or left out.

    The pieces of all blocks of a document, joined by ``source``, are the article's body again
    (white space aside): nothing is lost or doubled.

    Attributes:
        source: The characters as they stand in the file.
        text: What a reader sees of them; empty when they are left out.
        rule: Empty for source that is spoken as it stands, else the name of the rule that
            changed it or left it out (``markup``, ``url``, ``code block``, …).
        lang: Language that the author said it is in, or that was recognised; empty: the
            document's.
        is_guess: Whether the language was recognised, not said.
    """

    source: str
    text: str
    rule: str = ""
    lang: str = ""
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, quote or something left out.

    Attributes:
        kind: What it is.
        pieces: Its text in source order.
        line: Line of the file it begins in, from 1.
        level: 1 to 6 for a heading, depth from 1 for a list item, else 0.
        why: For a heading, in words, why it was taken for one (and for a paragraph that a
            leading backslash kept from being one, that).
    """

    kind: BlockKind
    pieces: tuple[Piece, ...]
    line: int
    level: int = 0
    why: str = ""

    @property
    def text(self) -> str:
        """The visible text."""
        return "".join(piece.text for piece in self.pieces)


def title_block(blocks: Sequence[Block]) -> Block | None:
    """The heading that is the article's title and no chapter of its own.

    That is the only heading of level 1, if nothing visible stands before it but one paragraph
    that ends with a colon (a translator's line).
    """
    shown = [block for block in blocks if block.text.strip()]
    tops = [block for block in shown if block.kind is BlockKind.HEADING and block.level == 1]
    if shown and shown[0].kind is BlockKind.PARAGRAPH and shown[0].text.rstrip().endswith(":"):
        shown = shown[1:]
    return tops[0] if len(tops) == 1 and tops[0] is shown[0] else None


@dataclass(frozen=True, slots=True)
class Document:
    """One article in one language, as its file has it.

    Attributes:
        key: Names the article in both languages; ``[A-Za-z0-9._-]+``.
        file: Its file's name within the show, for messages.
        published: From the article's metadata; a ``date`` has no time of day.
        cover: As written by the author, relative to the article's file.
        voice: Name of a voice that replaces the show's for this article.
        warnings: Sentences for the author; none of them stops a build.
        season, number: Of the season and of the episode, from 1; ``None`` where nothing is said.
    """

    key: str
    lang: str
    title: str
    file: str
    blocks: tuple[Block, ...]
    author: str = ""
    published: date | datetime | None = None
    summary: str = ""
    link: str = ""
    cover: str = ""
    voice: str = ""
    draft: bool = False
    warnings: tuple[str, ...] = ()
    season: int | None = None
    number: int | None = None

    @property
    def stem(self) -> str:
        """Name of the episode's files without their extension."""
        return f"{self.key}.{self.lang}"
