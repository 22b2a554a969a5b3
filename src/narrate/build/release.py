"""Finished episodes enter the show together: their files, ``published.toml``, then the feeds.

An episode that is finished waits out of sight until the feeds are renewed with it, so that no feed
tells of other files than lie there. Renewing takes at most a twentieth of a build's time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from narrate.build.feeds import Feeds, prepare_feeds, write_feeds
from narrate.build.plan import Plan
from narrate.build.record import Record, ScriptRecord
from narrate.build.withdrawal import publication_after
from narrate.build.workspace import Workspace
from narrate.errors import NarrateError
from narrate.events import Emit, EpisodeWritten
from narrate.files import Staging
from narrate.published import FILE_NAME, Publication, save

_SHARE = 20
"""At most one part in so many of a build's time goes into renewing the feeds."""

Place = tuple[str, str]
"""Key and language."""


@dataclass(frozen=True, slots=True)
class FinishedEpisode:
    """An episode whose files are complete and still out of sight."""

    staging: Staging
    record: Record
    script: ScriptRecord
    event: EpisodeWritten

    @property
    def place(self) -> Place:
        """What is published of it stands there."""
        return self.record.key, self.record.lang


class Release:
    """What a build has finished: some of it shown, some of it waiting.

    Args:
        records: Stem → record of every episode that is shown; kept up to date.
        fail: Told of an episode that cannot be shown.
    """

    def __init__(
        self,
        space: Workspace,
        plan: Plan,
        records: dict[str, Record],
        emit: Emit,
        fail: Callable[[NarrateError], None],
    ) -> None:
        self._space, self._plan, self._records = space, plan, records
        self._emit, self._fail = emit, fail
        self._waiting: list[FinishedEpisode] = []
        self._shown: set[Place] = set()
        self._written: set[str] = set()
        self._changed: set[str] = set()
        self._renewed = time.monotonic()
        self._took = 0.0

    @property
    def written(self) -> frozenset[str]:
        """Stems of the episodes whose new files are shown."""
        return frozenset(self._written)

    def add(self, episode: FinishedEpisode) -> None:
        """Take a finished episode, and show all that wait if it is time to.

        Raises:
            OutputError: What is published cannot be noted.
        """
        self._waiting.append(episode)
        if time.monotonic() - self._renewed >= _SHARE * self._took:
            self._renew()

    def keep(self, record: Record, script: ScriptRecord) -> None:
        """Note an episode whose files are as they should be.

        Raises:
            OutputError: The cache cannot be written.
        """
        self._space.records.save(record, script)
        self._records[record.stem] = record
        self._shown.add((record.key, record.lang))

    def finish(self) -> None:
        """Show all that waits, and say what the feeds hold and lack.

        Raises:
            OutputError: What is published cannot be noted.
        """
        self._renew(self._emit)

    def rescue(self) -> None:
        """Show what waits although the build ends early; says nothing of the feeds."""
        try:
            self._renew()
        except NarrateError as error:
            self._fail(error)

    def _renew(self, emit: Emit | None = None) -> None:
        """Show what waits; the slow part comes first, the feeds last.

        Args:
            emit: Told of the feeds; nobody is while more episodes may follow.
        """
        began = time.monotonic()
        waiting = list(self._waiting)
        feeds, problem = self._prepared(waiting)
        settled = [one for one in waiting if self._is_settled(one)]
        if len(settled) < len(waiting):
            feeds, problem = self._prepared(settled)
        if emit is not None:
            for warning in feeds.warnings:
                emit(warning)
            if problem is not None:
                self._fail(problem)
        save(self._space.show.root / FILE_NAME, feeds.publication)
        try:
            self._write(feeds, emit)
        finally:
            self._note(settled)
        self._waiting = [one for one in self._waiting if one not in waiting]
        self._renewed = time.monotonic()
        self._took = self._renewed - began

    def _prepared(self, waiting: Iterable[FinishedEpisode]) -> tuple[Feeds, NarrateError | None]:
        """The feeds as they will be; none where a setting does not fit into them, and why."""
        records = {**self._records, **{one.record.stem: one.record for one in waiting}}
        coming = {file.name for one in waiting for file in one.record.outputs}
        publication = self._publication({one.place for one in waiting})
        try:
            scripts = {one.record.stem: one.script for one in waiting}
            feeds = prepare_feeds(self._space, self._plan, publication, records, coming, scripts)
        except NarrateError as error:
            return Feeds(publication), error
        return feeds, None

    def _is_settled(self, episode: FinishedEpisode) -> bool:
        try:
            episode.staging.settle()
        except NarrateError as error:
            episode.staging.discard()
            self._fail(error.at(episode.record.source))
            return False
        return True

    def _write(self, feeds: Feeds, emit: Emit | None) -> None:
        try:
            told = write_feeds(self._space, feeds)
        except NarrateError as error:
            if emit is not None:
                self._fail(error)
            return
        self._changed |= {one.path for one in told if one.changed}
        for one in told if emit is not None else ():
            self._emit(replace(one, changed=one.path in self._changed))

    def _note(self, settled: Iterable[FinishedEpisode]) -> None:
        """Remember episodes for the next build: last, for it finds their files by itself."""
        for one in settled:
            stem = one.record.stem
            self._space.records.save(one.record, one.script)
            self._records[stem] = one.record
            self._shown.add(one.place)
            if stem not in self._written:
                self._written.add(stem)
                self._emit(one.event)

    def _publication(self, coming: set[Place]) -> Publication:
        """What is published now: what was before, and what this build has finished."""
        kept = {(record.key, record.lang) for record in self._plan.kept}
        return publication_after(
            self._plan.publication,
            self._space.publication,
            self._shown | coming | kept,
            self._plan.withdrawals,
        )
