"""What feeds cannot hold of the texts they are given."""

from __future__ import annotations

from typing import Protocol

from narrate.feed import text
from narrate.model import Mark, ShowText
from narrate.plain_text import one_line


class Worded(Protocol):
    """What a feed says of an episode in words: an episode has it, and the record of its build."""

    @property
    def title(self) -> str:
        """In one line."""

    @property
    def author(self) -> str:
        """Empty for the show's."""

    @property
    def summary(self) -> str:
        """May be empty."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Paragraphs below the summary."""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """With the titles of its chapters."""


def cut_texts(episode: Worded) -> tuple[str, ...]:
    """Which of an episode's texts a feed cannot hold as they are, each in a clause."""
    said = [
        f"its {name} has {len(content)} characters; feeds show the first {text.MAX_LINE}"
        for name, content in (("title", episode.title), ("author", episode.author))
        if text.line(content) != one_line(content)
    ]
    said += [
        f"the title of chapter {number} has {len(mark.title)} characters; feeds show the first "
        f"{text.MAX_LINE}"
        for number, mark in enumerate(episode.marks, start=1)
        if text.line(mark.title) != one_line(mark.title)
    ]
    whole = text.whole(episode.summary, episode.notes)
    if text.plain(episode.summary, episode.notes) != whole:
        parts = "summary and the notes below it have" if episode.summary else "notes have"
        said.append(
            f"its {parts} {len(whole.encode())} bytes; feeds show {text.MAX_DESCRIPTION}, "
            "cut at a word"
        )
    return tuple(said)


def cut_description(words: ShowText) -> str:
    """What a feed cannot hold of a show's description, in a clause; empty where it holds it."""
    size = len(words.description.encode())
    if text.plain(words.description) == text.whole(words.description):
        return ""
    return f"has {size} bytes; feeds show {text.MAX_DESCRIPTION}, cut at a word"
