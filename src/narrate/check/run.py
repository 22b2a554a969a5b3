"""A whole check, in its parts: what is quick, and what must be listened to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from narrate.build import Record, Workspace
from narrate.check.episode import Place, episode_findings
from narrate.check.feeds import ReadFeed, belonging, feed_findings, read_feed
from narrate.check.findings import Finding, Report, error, ordered, warning
from narrate.check.pictures import source_findings
from narrate.check.show_files import cover_findings, settings_findings, show_findings
from narrate.check.sound import sound_findings
from narrate.errors import UsageError
from narrate.nearest import did_you_mean


@dataclass(frozen=True, slots=True)
class Scope:
    """What is checked.

    Attributes:
        keys: Of articles, or globs; all where there is none.
        langs: All where there is none.
        is_quick: Neither listen to the audio nor read unchanged files.
    """

    keys: tuple[str, ...] = ()
    langs: tuple[str, ...] = ()
    is_quick: bool = False


def _nobody(_name: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def quick(space: Workspace) -> Report:
    """Everything that takes no listening: what must hold before a show is published."""
    return check_show(space, Scope(is_quick=True))


def check_show(
    space: Workspace,
    scope: Scope,
    jobs: int = 2,
    progress: Callable[[str, int, int], None] = _nobody,
) -> Report:
    """Check settings, files and feeds of a show; nothing of it is changed.

    Args:
        jobs: Number of files that are listened to at a time.
        progress: As :func:`narrate.check.sound.sound_findings` takes it.

    Raises:
        UsageError: A key fits no episode.
        AudioError: There is no ffmpeg.
    """
    records = _selected(space, scope)
    langs = [one for one in space.show.languages if not scope.langs or one in scope.langs]
    feeds = [read_feed(space.show.output, lang) for lang in langs if _has_feed(space, lang)]
    found = [*settings_findings(space), *source_findings(space.show)]
    found += _missing(space, records, scope)
    for read in feeds:
        found += _of_feed(space, read, records)
    if feeds and not scope.langs and not scope.keys:
        found += show_findings(space, _by_guid(space, records))
    place = Place(space.show.output, is_whole=not scope.is_quick)
    for record in records:
        found += episode_findings(record, place)
    if not scope.is_quick:
        found += sound_findings(space, records, jobs, progress)
    files = sum(len(record.outputs) for record in records)
    return Report(ordered(found), len(records), len(feeds), files)


def _selected(space: Workspace, scope: Scope) -> list[Record]:
    """The records of the published episodes that are asked for.

    Raises:
        UsageError: A key fits none.
    """
    records = [
        record
        for _, record in sorted(space.known.items())
        if record.lang in space.show.languages and _is_published(space, record)
    ]
    keys = {record.key for record in records}
    for wanted in scope.keys:
        if not any(fnmatchcase(key, wanted) for key in keys):
            raise UsageError(
                f"there is no finished episode “{wanted}”",
                where="KEY",
                mend=f"{did_you_mean(wanted, keys)}`narrate chapters` lists the articles.",
            )
    return [
        record
        for record in records
        if (not scope.langs or record.lang in scope.langs)
        and (not scope.keys or any(fnmatchcase(record.key, one) for one in scope.keys))
    ]


def _is_published(space: Workspace, record: Record) -> bool:
    entry = space.publication.episode(record.key, record.lang)
    return entry is not None and entry.withdrawn is None


def _has_feed(space: Workspace, lang: str) -> bool:
    """Whether there should be a feed: a language may have no article yet."""
    return any(
        entry.lang == lang and entry.withdrawn is None for entry in space.publication.episodes
    )


def _missing(space: Workspace, records: Sequence[Record], scope: Scope) -> Iterator[Finding]:
    """What was published and is not known here any more."""
    if not any(_has_feed(space, lang) for lang in space.show.languages):
        yield error("output", "nothing has been built yet", "`narrate build` makes the episodes.")
        return
    known = {(record.key, record.lang) for record in records}
    for entry in () if scope.keys else space.publication.episodes:
        is_asked = entry.lang in (scope.langs or space.show.languages)
        if is_asked and entry.withdrawn is None and (entry.key, entry.lang) not in known:
            yield warning(
                f"{entry.key}.{entry.lang}",
                "is published, but nothing is noted of its files",
                "`narrate build` makes it anew, or notes what is there.",
            )


def _of_feed(
    space: Workspace, read: ReadFeed | Finding, records: Iterable[Record]
) -> Iterator[Finding]:
    if isinstance(read, Finding):
        yield read
        return
    yield from cover_findings(space.show.output, read.lang)
    everything = belonging(space, read.lang, list(space.known.values()))
    asked = {record.stem for record in records}
    yield from feed_findings(space, read, everything, asked)


def _by_guid(space: Workspace, records: Sequence[Record]) -> dict[str, Record]:
    found: dict[str, Record] = {}
    for lang in space.show.languages:
        found |= belonging(space, lang, records)
    return found
