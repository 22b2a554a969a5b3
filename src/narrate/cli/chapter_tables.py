"""How ``narrate chapters`` shows what it found."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from narrate.build import ChapterOutline, EpisodeOutline, described
from narrate.cli.common import print_table, tell
from narrate.report import duration, language

Pair = Sequence[EpisodeOutline]
"""The languages of one article."""


def pairs_of(episodes: Sequence[EpisodeOutline]) -> list[list[EpisodeOutline]]:
    """The languages of each article together, in the order of the articles."""
    pairs: dict[str, list[EpisodeOutline]] = {}
    for episode in episodes:
        pairs.setdefault(episode.key, []).append(episode)
    return list(pairs.values())


def by_lang(pair: Pair) -> dict[str, object]:
    """An article for programs."""
    return {
        episode.lang: {
            "title": episode.title,
            "source": episode.source,
            "chapters": episode.chapters,
            "left_out": episode.left_out,
        }
        for episode in pair
    }


def uneven(pair: Pair) -> list[str]:
    """A warning when the languages do not have equally many chapters."""
    if len({len(episode.chapters) for episode in pair}) < 2:  # noqa: PLR2004
        return []
    counts = ", ".join(f"{language(e.lang)} {len(e.chapters)}" for e in pair)
    return [f"{pair[0].key}: the languages have different numbers of chapters: {counts}"]


def print_tables(pair: Pair) -> None:
    """A table for each language, then both side by side."""
    headings = ("No.", "Id", "Title", "Start", "Length", "Voice", "State")
    for episode in pair:
        rows = [
            (
                str(chapter.number),
                chapter.id,
                chapter.title,
                _time(chapter.start_s),
                _time(chapter.length_s),
                chapter.voice,
                chapter.state,
            )
            for chapter in episode.chapters
        ]
        title = f"{episode.key} · {language(episode.lang)} · {episode.title} ({episode.source})"
        print_table(headings, rows, title)
        tell()
    _print_side_by_side(pair)
    for episode in pair:
        _print_left_out(episode)


def _print_side_by_side(pair: Pair) -> None:
    """Titles of both languages with the reason why each is a chapter."""
    rows = [
        (str(number), *(_title_and_reason(chapter) for chapter in chapters))
        for number, chapters in enumerate(
            zip_longest(*(episode.chapters for episode in pair)), start=1
        )
    ]
    print_table(("No.", *(language(episode.lang) for episode in pair)), rows)
    tell()


def _title_and_reason(chapter: ChapterOutline | None) -> str:
    return "–" if chapter is None else f"{chapter.title} ({chapter.why})"


def _print_left_out(episode: EpisodeOutline) -> None:
    if not episode.left_out:
        return
    tell(f"Left out of {episode.source}:")
    for omission in episode.left_out:
        tell(f"  {described(omission)}")
    tell()


def print_plainly(pair: Pair) -> None:
    """One sentence a line, no columns."""
    for episode in pair:
        tell(f"{episode.key}, {language(episode.lang)}: {episode.title}. File {episode.source}.")
        for chapter in episode.chapters:
            times = (
                f"starts at {_time(chapter.start_s)}, lasts {_time(chapter.length_s)}"
                if chapter.length_s is not None
                else "not built"
            )
            tell(
                f"Chapter {chapter.number}: {chapter.title}. Id {chapter.id}, {times}, "
                f"voice {chapter.voice}, {chapter.state}. Why: {chapter.why}."
            )
        _print_left_out(episode)


def _time(seconds: float | None) -> str:
    return "–" if seconds is None else duration(seconds)
