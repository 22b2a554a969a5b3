"""What the command line asks for, and the articles that it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from narrate.build.workspace import Workspace
from narrate.errors import NarrateError, UsageError
from narrate.model import ArticleFile
from narrate.nearest import did_you_mean


@dataclass(frozen=True, slots=True)
class Selection:
    """What the command line asks for.

    Attributes:
        keys: Keys or globs of articles; empty for all.
        langs: Empty for all.
        chapter: Number from 1 of the only chapter to synthesise; ``None`` for all.
        voice: Name of a voice that replaces all others; empty for none.
        refresh: Make anew what today's software would make otherwise.
        limit: Most episodes to be written; ``None`` for all.
        in_detail: Read every article, so that the plan lists each utterance.
    """

    keys: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    chapter: int | None = None
    voice: str = ""
    limit: int | None = None
    refresh: bool = False
    in_detail: bool = False


def selected_files(
    space: Workspace, files: Sequence[ArticleFile], selection: Selection
) -> tuple[ArticleFile, ...]:
    """The files whose key matches, or the new name of one that was renamed.

    A key that was set inside an article counts, too. What is one article's key and another's name,
    as after a swap, is the key.

    Raises:
        UsageError: Nothing matches a key.
    """
    if not selection.keys:
        return tuple(files)
    by_source = {record.source: record.key for record in space.known.values()}
    keys = {
        file: {file.key, file.new_key or file.key, by_source.get(file.name, file.key)}
        for file in files
    }
    chosen: dict[ArticleFile, None] = {}
    for pattern in selection.keys:
        matching = [file for file in files if file.key.casefold() == pattern.casefold()]
        matching = matching or [file for file in files if _matches(keys[file], pattern)]
        if not matching:
            keys = {file: own | {_key_inside(file)} for file, own in keys.items()}
            matching = [file for file in files if _matches(keys[file], pattern)]
        if not matching:
            known = sorted(key for names in keys.values() for key in names)
            raise UsageError(
                f"no article matches “{pattern}”",
                mend=f"{did_you_mean(pattern, known)}`narrate chapters` lists the articles.",
            )
        chosen.update(dict.fromkeys(matching))
    return tuple(file for file in files if file in chosen)


def _matches(keys: set[str], pattern: str) -> bool:
    return any(fnmatchcase(key.casefold(), pattern.casefold()) for key in keys)


def _key_inside(file: ArticleFile) -> str:
    from narrate import ingest  # noqa: PLC0415 - loaded when an article must be read

    try:
        return ingest.read_article(file).key
    except NarrateError:
        return file.key


def check_chapter(selection: Selection, counts: Sequence[int]) -> None:
    """Refuse a chapter number that no selected article has.

    Args:
        counts: Number of chapters of each article.

    Raises:
        UsageError: There is no such chapter.
    """
    number = selection.chapter
    if number is None or not counts:
        return
    most = max(counts)
    if not 1 <= number <= most:
        there = f"chapters 1 to {most}" if most > 1 else "one chapter"
        raise UsageError(
            f"there is no chapter {number}, only {there}",
            where="--chapter",
            mend="`narrate chapters` lists them with their numbers.",
        )


def check_langs(selection: Selection, languages: Sequence[str]) -> None:
    """Refuse a language that the show does not have.

    Raises:
        UsageError: The show has no such language.
    """
    for lang in selection.langs:
        if lang not in languages:
            raise UsageError(
                f"this show has no language “{lang}”",
                where="--lang",
                mend="Add it to “languages” in narrate.toml.",
            )
