"""``narrate publish``: compare, copy, and the feeds last."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from narrate import feed
from narrate.errors import NarrateError, OutputError
from narrate.events import Emit, Noted, Uploading, Warned
from narrate.files import held, is_inside, read_failure, sha256_of
from narrate.model import Destination, Show, byte_size
from narrate.publish.connection import Connection
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
from narrate.publish.note import Note, Rival
from narrate.publish.plan import Plan, Upload, make_plan
from narrate.publish.readiness import check_feeds
from narrate.publish.remote import Lost

_ROUNDS = 3
_SAVE_EVERY_S = 5.0
_TELL_EVERY_S = 0.2
_MOST_NAMES = 5


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
    with contextlib.nullcontext() if options.dry_run else _alone(show):
        for _ in range(_ROUNDS):
            snapshot = take_snapshot(show.output)
            with contextlib.suppress(_Changed):
                return _publish_once(show, place, options, emit, snapshot)
            emit(Noted("A build has changed output/ meanwhile: compared once more."))
    raise OutputError(
        "output/ changes while it is published", mend="Publish again when the build is done."
    )


@contextlib.contextmanager
def _alone(show: Show) -> Iterator[None]:
    """Nobody else publishes the show from here meanwhile; a build may run.

    Raises:
        OutputError: Somebody does, or the cache cannot be written.
    """

    def busy() -> OutputError:
        return OutputError(
            "this show is being published already",
            where=str(show.root),
            mend="Wait until that ends, or stop it.",
        )

    with held(show.cache / "publish.lock", busy):
        yield


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
    remote = Connection(place)
    try:
        raw = remote.now.read(NAME, MOST_BYTES)
        manifest = _manifest(raw, show, place, options)
        there = remote.now.listing()
        plan = make_plan(files, manifest, there, take_over=options.take_over, where=str(place))
        outcome = _outcome(show, place, options, snapshot, plan)
        if not options.dry_run:
            note = Note(remote, str(place), raw)
            _Run(remote, note, manifest, plan, emit).carry_out(snapshot, prune=options.prune)
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


def _manifest(raw: bytes | None, show: Show, place: Destination, options: Options) -> Manifest:
    """What narrate has put at the destination.

    Args:
        raw: The manifest there; ``None`` without one.

    Raises:
        OutputError: Another show is there, or the manifest is damaged.
    """
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


class _Run:
    """Carries a plan out, and keeps the destination's manifest true meanwhile."""

    def __init__(
        self, remote: Connection, note: Note, manifest: Manifest, plan: Plan, emit: Emit
    ) -> None:
        self._remote, self._note, self._plan, self._emit = remote, note, plan, emit
        self._files: dict[str, Copied] = dict(plan.settled)
        self._files |= {name: manifest.files[name] for name in plan.gone if name in manifest.files}
        self._begun = {upload.file.name: upload.sha256 for upload in plan.uploads}
        self._begun |= {
            name: manifest.begun[name] for name in plan.gone if name not in manifest.files
        }
        self._copied: dict[str, str] = {}
        self._show = manifest.show
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
                self._remove(part_name(sha256))
            for upload in self._plan.uploads:
                if upload.file.stage is Stage.FEED:
                    self._note.check()
                    if not snapshot.is_current():
                        raise _Changed
                self._copy(upload)
            gone = self._plan.gone if prune else ()
            if gone:
                self._note.check()
            for name in gone:
                self._remove(name)
                self._files.pop(name, None)
                self._begun.pop(name, None)
                self._emit(Noted(f"{name}: removed"))

    def _remove(self, name: str) -> None:
        self._remote.do(lambda one: one.remove(name))

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
            stored = self._remote.do(lambda one: one.put(file.path, file.name, part, told))
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
        self._copied[file.name] = upload.sha256
        if not file.is_as_seen():
            raise _Changed
        self._files[file.name] = Copied(upload.sha256, file.bytes, stored.etag)
        del self._begun[file.name]
        how = "copied" if upload.is_new else "replaced"
        self._emit(Noted(f"{file.name}: {how}, {byte_size(file.bytes)}"))
        if time.monotonic() - self._saved >= _SAVE_EVERY_S:
            self._save()

    @contextlib.contextmanager
    def _noting(self) -> Iterator[None]:
        """Write the manifest at the end, however that comes."""
        try:
            yield
            self._save()
        except Rival:
            with contextlib.suppress(NarrateError, KeyboardInterrupt):
                self._note.disown(self._copied)
            raise
        except BaseException as error:
            with contextlib.suppress(NarrateError, KeyboardInterrupt):
                self._remote.hurry(anew=isinstance(error, KeyboardInterrupt))
                self._save()
            raise

    def _save(self) -> None:
        self._note.write(render_manifest(Manifest(self._show, self._files, self._begun)))
        self._saved = time.monotonic()
