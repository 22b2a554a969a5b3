"""Episodes whose article is gone or a draft leave their feed; nothing of them is lost.

``published.toml`` keeps their guid and date, and their files move to ``.narrate/withdrawn/``. An
article that comes back brings its episode back, with the same guid, date and address. In doubt
nothing is withdrawn: an article that could not be read may be there.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path

from narrate import feed
from narrate.build.covers import picture_name
from narrate.build.record import Record
from narrate.build.renames import is_unread, source_of
from narrate.build.selection import Selection
from narrate.build.workspace import Workspace
from narrate.files import write_failure
from narrate.model import ArticleFile
from narrate.project import Articles
from narrate.published import EpisodeRecord, Publication

FOLDER = "withdrawn"
"""Below ``.narrate/``: the files of episodes that left their feed."""

_EXTENSIONS = ("mp3", "m4b", "m4a", "chapters.json", *feed.TRANSCRIPTS.values())
_MOST_NAMES = 3


@dataclass(slots=True)
class Seen:
    """What planning has seen of the articles.

    Attributes:
        episodes: Name of each file that was looked into → key and language of what it holds.
        drafts: Names of those that are drafts.
        failed: Files that could not be read.
    """

    episodes: dict[str, tuple[str, str]] = field(default_factory=dict)
    drafts: set[str] = field(default_factory=set)
    failed: list[ArticleFile] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An episode that leaves its feed.

    Attributes:
        why: A clause for the author.
    """

    entry: EpisodeRecord
    why: str

    @property
    def place(self) -> tuple[str, str]:
        """Key and language."""
        return self.entry.key, self.entry.lang


def find_withdrawals(
    space: Workspace, articles: Articles, seen: Seen, selection: Selection
) -> tuple[Withdrawal, ...]:
    """The published episodes that have no article any more.

    A draft, and a file that holds another episode now, withdraw what they held as soon as they are
    read; a missing file only in a build of everything.

    Args:
        seen: Of the selected articles.
    """
    if not articles.files:
        return ()
    names = {file.name for file in articles.files}
    here = {place for name, place in seen.episodes.items() if name not in seen.drafts}
    # What cannot be read may be any episode of its language whose own file is gone.
    sources = {source_of(entry, space.known) for entry in space.publication.episodes}
    unknown = {file.lang for file in seen.failed if file.name not in sources}
    is_whole = not selection.keys and selection.chapter is None
    found = []
    for entry in space.publication.episodes:
        if (
            entry.withdrawn is not None
            or entry.lang not in space.show.languages
            or (entry.key, entry.lang) in here
        ):
            continue
        source = source_of(entry, space.known)
        if source in seen.drafts:
            found.append(Withdrawal(entry, f"{source} is a draft"))
        elif source in names:
            if source in seen.episodes:
                key, lang = seen.episodes[source]
                found.append(Withdrawal(entry, f"{source} is {key}.{lang} now"))
        elif (
            is_whole
            and (not selection.langs or entry.lang in selection.langs)
            and not unknown & {"", entry.lang}
            and not (is_unread(source, articles) if source else articles.unread)
        ):
            found.append(Withdrawal(entry, f"{source or 'its article'} is gone"))
    return tuple(found)


def told(withdrawals: Sequence[Withdrawal]) -> list[tuple[str, str]]:
    """One line a feed: name of the feed, and what left it."""
    lines = []
    for lang in sorted({one.entry.lang for one in withdrawals}):
        gone = [one for one in withdrawals if one.entry.lang == lang]
        names = ", ".join(f"{one.entry.key} ({one.why})" for one in gone[:_MOST_NAMES])
        more = f" and {len(gone) - _MOST_NAMES} more" if len(gone) > _MOST_NAMES else ""
        text = f"withdrawn: {names}{more}; guid, date and audio are kept for its return"
        lines.append((feed.feed_name(lang), text))
    return lines


def publication_after(
    planned: Publication,
    before: Publication,
    shown: AbstractSet[tuple[str, str]],
    withdrawals: Iterable[Withdrawal],
) -> Publication:
    """What is published once some of a plan is done.

    Args:
        planned: What will be published when all of it is done.
        before: What was published when it began.
        shown: Key and language of the episodes that are as planned.
        withdrawals: Take place at once.
    """
    settled = shown | {one.place for one in withdrawals}
    episodes = []
    for entry in planned.episodes:
        place = entry.key, entry.lang
        earlier = before.episode(*place)
        if place in settled:
            episodes.append(entry)
        elif earlier is not None:
            episodes.append(earlier)
    return replace(planned, episodes=tuple(episodes))


def put_away(space: Workspace, entries: Iterable[EpisodeRecord]) -> None:
    """Move the files of withdrawn episodes out of the output folder, and forget their records.

    What an earlier build has not finished is finished now.

    Raises:
        OutputError: A file cannot be moved.
    """
    output, away = space.show.output, space.show.cache / FOLDER
    present = {path.name for path in output.iterdir()} if output.is_dir() else set()
    for entry in entries:
        stem = f"{entry.key}.{entry.lang}"
        record = space.known.get(stem)
        for name in sorted(_files_of(stem, record) & present):
            _move(output / name, away / name)
        if record is not None:
            space.records.remove(stem)


def _move(source: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(source, target)
    except OSError as error:
        raise write_failure(target, error) from error


def take_back(space: Workspace, entries: Iterable[EpisodeRecord]) -> None:
    """Remove what was put away of episodes that are in their feed again, files and all.

    Raises:
        OutputError: A file cannot be removed.
    """
    away = space.show.cache / FOLDER
    kept = {path.name for path in away.iterdir()} if away.is_dir() else set()
    for entry in entries if kept else ():
        for name in _files_of(f"{entry.key}.{entry.lang}", None) & kept:
            _remove(away / name)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise write_failure(path, error) from error


def _files_of(stem: str, record: Record | None) -> set[str]:
    recorded = {file.name for file in record.outputs} if record else set()
    return recorded | {f"{stem}.{extension}" for extension in _EXTENSIONS} | {picture_name(stem)}
