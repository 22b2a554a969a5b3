"""What lies in the cache: how much, how old, whether it is sound, and what nothing needs."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from narrate.build.covers import show_cover
from narrate.build.plan import EpisodePlan
from narrate.build.planner import make_plan
from narrate.build.retake import take_key
from narrate.build.selection import Selection
from narrate.build.withdrawal import FOLDER as WITHDRAWN_FOLDER
from narrate.build.workspace import Workspace
from narrate.cache import Entry, EntryState, entries
from narrate.engines import user_cache
from narrate.errors import OutputError
from narrate.files import sweep, write_failure

CLIPS, CHAPTERS, COVERS = "clips", "encoded chapters", "covers"
WITHDRAWN, RECORDS, MODELS = "withdrawn", "records", "prepared models"

_STORES = {CLIPS: "clips", CHAPTERS: "chapters", COVERS: "covers"}


@dataclass(frozen=True, slots=True)
class Item:
    """Something in a cache that can be taken away on its own.

    Attributes:
        name: Key of the entry, or name of the file or folder.
        made: When it was written, in seconds since 1970.
        entry: Of a store; ``None`` for a file or folder of its own.
    """

    kind: str
    name: str
    bytes: int
    made: float
    path: Path
    entry: Entry | None = None

    def remove(self) -> None:
        """Take it away.

        Raises:
            OutputError: It cannot be.
        """
        try:
            if self.entry is not None:
                self.entry.store.remove(self.entry.key)
            elif self.kind == MODELS:
                user_cache.remove(self.path)
            elif self.path.is_dir() and not self.path.is_symlink():
                shutil.rmtree(self.path)
            else:
                self.path.unlink(missing_ok=True)
        except OSError as error:
            raise write_failure(self.path, error) from error


@dataclass(frozen=True, slots=True)
class Kind:
    """All items of one kind.

    Attributes:
        oldest, newest: When they were written, in seconds since 1970; 0 where there is none.
    """

    kind: str
    items: int
    bytes: int
    oldest: float
    newest: float


@dataclass(frozen=True, slots=True)
class Limits:
    """What is to be taken away.

    Attributes:
        older_than: Only what was written before this time; ``None`` for all.
        max_bytes: Only as much as is above this, the oldest first; ``None`` for all.
        everything: Also what today's episodes need.
        models: Also prepared models of the user's cache, which all shows share.
    """

    older_than: float | None = None
    max_bytes: int | None = None
    everything: bool = False
    models: bool = False


@dataclass(frozen=True, slots=True)
class Pruning:
    """What is to go.

    Attributes:
        left_bytes: Of the show's own items that stay.
        needed_bytes: Those of them that today's episodes and takes need; 0 when nobody asked.
    """

    items: tuple[Item, ...]
    left_bytes: int
    needed_bytes: int


def overview(space: Workspace) -> tuple[Kind, ...]:
    """How much there is of each kind, the user's own cache included; reads no content."""
    found = [*_stored(space), *_withdrawn(space), *_records(space), *_models()]
    return tuple(
        _summed(kind, [item for item in found if item.kind == kind])
        for kind in (CLIPS, CHAPTERS, COVERS, WITHDRAWN, RECORDS, MODELS)
    )


def damaged(space: Workspace) -> Iterator[Item]:
    """Entries whose content or facts are not what was written; reads everything.

    What was never finished is swept away on the way: for narrate it does not exist.

    Raises:
        ShowError: A newer narrate made an entry.
    """
    sweep(space.show.cache, deep=True)
    for item in _stored(space):
        entry = item.entry
        if entry is None:
            continue
        if not entry.is_finished:
            item.remove()
        elif entry.store.state(entry.key) is not EntryState.PRESENT:
            yield item


def pruning(space: Workspace, limits: Limits) -> Pruning:
    """What is to go from the cache, the oldest first.

    Raises:
        NarrateError: What today's episodes need cannot be found out.
    """
    own = [*_stored(space), *_withdrawn(space)]
    needed = frozenset[str]() if limits.everything else _needed(space)
    loose = sorted(
        (item for item in own if item.name not in needed), key=lambda one: (one.made, one.name)
    )
    total = sum(item.bytes for item in own)
    going = []
    for item in loose:
        is_old = limits.older_than is not None and item.made < limits.older_than
        is_too_much = limits.max_bytes is not None and total > limits.max_bytes
        is_asked = limits.older_than is None and limits.max_bytes is None
        # The audio of withdrawn episodes goes with time, or when everything goes.
        if item.kind == WITHDRAWN and is_asked and not limits.everything:
            continue
        if is_old or is_too_much or is_asked:
            going.append(item)
            total -= item.bytes
    if limits.models and limits.older_than is not None:
        going += [item for item in _models() if item.made < limits.older_than]
    return Pruning(tuple(going), total, sum(item.bytes for item in own if item.name in needed))


def _summed(kind: str, items: Sequence[Item]) -> Kind:
    made = [item.made for item in items]
    total = sum(item.bytes for item in items)
    return Kind(kind, len(items), total, min(made, default=0.0), max(made, default=0.0))


def _stored(space: Workspace) -> Iterator[Item]:
    for kind, folder in _STORES.items():
        for entry in entries(space.show.cache / folder):
            path = entry.store.path(entry.key)
            yield Item(kind, entry.key, entry.bytes, entry.made, path, entry)


def _withdrawn(space: Workspace) -> Iterator[Item]:
    yield from _items(WITHDRAWN, (space.show.cache / WITHDRAWN_FOLDER).glob("*"))


def _records(space: Workspace) -> Iterator[Item]:
    """All else that the show's cache holds; it is small, and never pruned."""
    counted = {*_STORES.values(), WITHDRAWN_FOLDER}
    for folder in space.show.cache.glob("*"):
        if folder.name not in counted:
            yield from _items(RECORDS, [folder] if folder.is_file() else folder.glob("*"))


def _models() -> Iterator[Item]:
    """What engines have worked out of models, for all shows of this user."""
    try:
        yield from _items(MODELS, user_cache.prepared())
    except OutputError:
        return  # there is no home folder, so nothing was kept


def _items(kind: str, paths: Iterable[Path]) -> Iterator[Item]:
    for path in sorted(paths):
        with contextlib.suppress(OSError):
            inside = [one for one in path.rglob("*") if one.is_file()] if path.is_dir() else [path]
            total = sum(one.stat().st_size for one in inside)
            yield Item(kind, path.name, total, path.stat().st_mtime, path)


def _needed(space: Workspace) -> frozenset[str]:
    """Keys of all clips, encoded chapters and covers of today's episodes and kept takes.

    Raises:
        NarrateError: The articles cannot be planned.
    """
    plan = make_plan(space, Selection(in_detail=True))
    needed = {show_cover(space.show, lang).key for lang in space.show.languages}
    for episode in plan.episodes:
        needed.update(_keys_of(space, episode))
    # What is heard today: of articles that were edited since, and of those that cannot be read now.
    for stem in space.known:
        script = space.records.script(stem)
        needed.update(line.key for line in script.lines)
        for chapter in script.chapters:
            needed.update(chapter.parts.values())
    return frozenset(needed)


def _keys_of(space: Workspace, episode: EpisodePlan) -> Iterator[str]:
    yield from (picture.key for picture in (episode.cover, episode.image) if picture)
    document = episode.script.document
    takes = space.takes.of(document.key, document.lang)
    for chapter in episode.chapters:
        yield from chapter.parts.values()
        for line in chapter.utterances:
            yield line.key
            for number in range(takes.last(line.utterance.text) + 1) if takes.sentences else ():
                yield take_key(space, line, number)
