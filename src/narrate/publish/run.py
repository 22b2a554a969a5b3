"""``narrate publish``: compare, copy, and the feeds last."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from narrate import feed
from narrate.errors import NarrateError, OutputError
from narrate.events import Emit, Noted, Uploading, Warned
from narrate.files import is_inside, read_failure, sha256_of
from narrate.model import Destination, Show, megabytes
from narrate.publish.local import LocalFile, Snapshot, Stage, take_snapshot
from narrate.publish.manifest import (
    MOST_BYTES,
    NAME,
    Copied,
    Manifest,
    parse_manifest,
    part_name,
    render_manifest,
)
from narrate.publish.plan import Plan, Upload, make_plan
from narrate.publish.readiness import check_feeds
from narrate.publish.remote import Lost, Remote, Stored, open_remote

_ROUNDS = 3
_WAITS_S = (1.0, 4.0)
_SAVE_EVERY_S = 5.0
_TELL_EVERY_S = 0.2
_MOST_NAMES = 5
_KILO = 1000


@dataclass(frozen=True, slots=True)
class Options:
    """What the user asked for.

    Attributes:
        prune: Remove what narrate put there and the output folder has no more.
        take_over: Replace files that something else put there.
        dry_run: Only say what would be done.
    """

    prune: bool = False
    take_over: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done, or would be.

    Attributes:
        copied, removed, left: Names; ``left`` are those that ``prune`` would remove.
        bytes: Of all that was copied.
        unchanged: Number of files that were there already.
        feeds: Where listeners reach the feeds; names while ``base_url`` is empty.
    """

    destination: str
    copied: tuple[str, ...]
    bytes: int
    unchanged: int
    removed: tuple[str, ...]
    left: tuple[str, ...]
    feeds: tuple[str, ...]
    dry_run: bool


class _Changed(Exception):  # noqa: N818 - no failure
    """A build has changed the output folder meanwhile."""


def publish(show: Show, place: Destination, options: Options, emit: Emit) -> Outcome:
    """Copy what has changed to a destination.

    Raises:
        OutputError: Feeds and files do not fit, the destination cannot be reached or written, or
            holds what narrate did not put there. What has arrived stays and is not copied again.
    """
    if place.kind == "file":
        _refuse_own_folder(show, Path(place.path))
    for _ in range(_ROUNDS):
        snapshot = take_snapshot(show.output)
        with contextlib.suppress(_Changed):
            return _publish_once(show, place, options, emit, snapshot)
        emit(Noted("A build has changed output/ meanwhile: compared once more."))
    raise OutputError(
        "output/ changes while it is published", mend="Publish again when the build is done."
    )


def _refuse_own_folder(show: Show, folder: Path) -> None:
    own = (show.output, show.cache, show.articles)
    if folder.resolve() == show.root or any(is_inside(folder, one) for one in own):
        raise OutputError(
            "this folder belongs to the show itself",
            where=str(folder),
            mend="Publish to a folder of its own.",
        )


def _publish_once(
    show: Show, place: Destination, options: Options, emit: Emit, snapshot: Snapshot
) -> Outcome:
    check_feeds(snapshot, feed.published_url(show, ""))
    _warn(show, snapshot, emit)
    files = _digests(snapshot)
    remote = _Reopening(place)
    try:
        manifest = _manifest(remote, show, place, options)
        there = remote.now.listing()
        plan = make_plan(files, manifest, there, take_over=options.take_over, where=str(place))
        outcome = _outcome(show, place, options, snapshot, plan)
        if not options.dry_run:
            _Run(show, remote, manifest, plan, emit).carry_out(snapshot, prune=options.prune)
    finally:
        remote.close()
    return outcome


def _warn(show: Show, snapshot: Snapshot, emit: Emit) -> None:
    if not show.base_url:
        what = "base_url is empty: nobody can subscribe to the feeds that are published"
        emit(Warned(what, "narrate.toml"))
    for name in snapshot.odd[:_MOST_NAMES]:
        emit(Warned("is no plain file of output/, and is not published", f"output/{name}"))


def _digests(snapshot: Snapshot) -> dict[LocalFile, str]:
    return {file: _digest(file.path) for file in snapshot.files}


def _digest(path: Path) -> str:
    try:
        return sha256_of(path)
    except FileNotFoundError as error:
        raise _Changed from error
    except OSError as error:
        raise read_failure(str(path), error, OutputError) from error


def _manifest(remote: _Reopening, show: Show, place: Destination, options: Options) -> Manifest:
    """What narrate has put at the destination.

    Raises:
        OutputError: Another show is there, or the manifest is damaged.
    """
    raw = remote.now.read(NAME, MOST_BYTES)
    empty = Manifest(str(show.id))
    if raw is None:
        return empty
    try:
        manifest = parse_manifest(raw, f"{place}: {NAME}")
    except OutputError:
        if options.take_over:
            return empty
        raise
    if manifest.show == str(show.id):
        return manifest
    if options.take_over:
        return replace(manifest, show=str(show.id))
    raise OutputError(
        "another show is published there",
        where=str(place),
        mend="Publish to another folder, or replace that show: `narrate publish --take-over`.",
    )


def _outcome(
    show: Show, place: Destination, options: Options, snapshot: Snapshot, plan: Plan
) -> Outcome:
    feeds = [file.name for file in snapshot.files if file.stage is Stage.FEED]
    return Outcome(
        destination=str(place),
        copied=tuple(upload.file.name for upload in plan.uploads),
        bytes=sum(upload.file.bytes for upload in plan.uploads),
        unchanged=len(plan.settled),
        removed=plan.gone if options.prune else (),
        left=() if options.prune else plan.gone,
        feeds=tuple(feed.published_url(show, name) for name in feeds),
        dry_run=options.dry_run,
    )


def size(number: int) -> str:
    """Bytes as ``379 bytes``, ``12 KB`` or ``126 MB``."""
    if number < _KILO:
        return "1 byte" if number == 1 else f"{number} bytes"
    return f"{number / _KILO:.0f} KB" if number < _KILO**2 else megabytes(number)


class _Reopening:
    """A destination whose connection is made again when it broke."""

    def __init__(self, place: Destination) -> None:
        self._place = place
        self.now: Remote = open_remote(place)

    def put(self, do: Callable[[Remote], Stored]) -> Stored:
        """Do something, with up to two more connections where one breaks.

        Raises:
            OutputError: It failed, or the connection broke again.
        """
        for wait in _WAITS_S:
            with contextlib.suppress(Lost):
                return do(self.now)
            self.close()
            time.sleep(wait)
            with contextlib.suppress(OutputError):
                self.now = open_remote(self._place)
        return do(self.now)

    def close(self) -> None:
        """End the connection."""
        self.now.close()


class _Run:
    """Carries a plan out, and keeps the destination's manifest true meanwhile."""

    def __init__(
        self, show: Show, remote: _Reopening, manifest: Manifest, plan: Plan, emit: Emit
    ) -> None:
        self._remote, self._plan, self._emit = remote, plan, emit
        self._files: dict[str, Copied] = dict(plan.settled)
        self._files |= {name: manifest.files[name] for name in plan.gone if name in manifest.files}
        self._begun = {upload.file.name: upload.sha256 for upload in plan.uploads}
        self._begun |= {
            name: manifest.begun[name] for name in plan.gone if name not in manifest.files
        }
        self._show = str(show.id)
        self._written = render_manifest(manifest)
        self._saved = 0.0

    def carry_out(self, snapshot: Snapshot, *, prune: bool) -> None:
        """Copy, the feeds last; then remove.

        Raises:
            OutputError: A file cannot be copied or removed.
            _Changed: The output folder has been changed meanwhile.
        """
        with self._noting():
            if self._plan.uploads:
                self._remote.now.prepare()
                self._save()
            for sha256 in self._plan.abandoned:
                self._remote.now.remove(part_name(sha256))
            for upload in self._plan.uploads:
                if upload.file.stage is Stage.FEED and not snapshot.is_current():
                    raise _Changed
                self._copy(upload)
            for name in self._plan.gone if prune else ():
                self._remote.now.remove(name)
                self._files.pop(name, None)
                self._begun.pop(name, None)
                self._emit(Noted(f"{name}: removed"))

    def _copy(self, upload: Upload) -> None:
        file = upload.file
        if not file.is_as_seen():
            raise _Changed
        part = part_name(upload.sha256)
        said = time.monotonic()

        def told(done: int) -> None:
            nonlocal said
            if time.monotonic() - said >= _TELL_EVERY_S:
                said = time.monotonic()
                self._emit(Uploading(file.name, done, file.bytes))

        try:
            stored = self._remote.put(lambda one: one.put(file.path, file.name, part, told))
        except FileNotFoundError as error:
            raise _Changed from error
        except Lost:
            raise
        except OutputError as error:
            if not file.is_as_seen():
                raise _Changed from error
            # Half a file on a full disk would leave no room for the note of what is whole.
            with contextlib.suppress(OutputError):
                self._remote.now.remove(part)
            raise
        if not file.is_as_seen():
            raise _Changed
        self._files[file.name] = Copied(upload.sha256, file.bytes, stored.etag)
        del self._begun[file.name]
        how = "copied" if upload.is_new else "replaced"
        self._emit(Noted(f"{file.name}: {how}, {size(file.bytes)}"))
        if time.monotonic() - self._saved >= _SAVE_EVERY_S:
            self._save()

    @contextlib.contextmanager
    def _noting(self) -> Iterator[None]:
        """Write the manifest at the end, however that comes."""
        try:
            yield
        except BaseException:
            with contextlib.suppress(NarrateError, KeyboardInterrupt):
                self._save()
            raise
        self._save()

    def _save(self) -> None:
        content = render_manifest(Manifest(self._show, self._files, self._begun))
        if content != self._written:
            self._remote.now.write(NAME, content)
            self._written = content
        self._saved = time.monotonic()
