"""Reading and writing ``published.toml``: schema 1, written for people and version control."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from narrate.errors import ShowError
from narrate.files import parse_toml, read_failure, write_atomically
from narrate.published.clock import FIRST_YEAR, LAST_YEAR
from narrate.published.record import EpisodeRecord, FeedRecord, Publication, ordered

FILE_NAME = "published.toml"
SCHEMA = 1

_HEADER = (
    "What was published: narrate writes this file. Keep it with the show, in version control;",
    "without it podcast apps may take old episodes for new ones.",
)
_MEND = "Correct it by hand, or restore it from version control."
_DIGEST = re.compile(r"[0-9a-f]{64}")
_T = TypeVar("_T")


def load(path: Path) -> Publication:
    """Read the state; an empty one when there is no file yet.

    Raises:
        ShowError: The file is damaged, or a newer narrate wrote it.
    """
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return Publication()
    except OSError as error:
        raise read_failure(path.name, error) from error
    return _publication(parse_toml(raw, path.name, mend=_MEND), path.name)


def save(path: Path, state: Publication) -> bool:
    """Write the state unless the file holds it already; says whether it was written.

    Raises:
        ShowError: The file that is there cannot be read; it is left as it is.
        OutputError: The folder cannot be written or is full.
    """
    if path.exists() and load(path) == state:
        return False
    if path.is_symlink():
        # Replacing the link would leave the file it names behind, unnoticed.
        path = path.resolve()
    write_atomically(path, render(state).encode())
    return True


def render(state: Publication) -> str:
    """The file's text; the same state gives the same text."""
    import tomlkit  # noqa: PLC0415 - a build that changes nothing does without it

    document = tomlkit.document()
    for comment in _HEADER:
        document.add(tomlkit.comment(comment))
    document.add("schema", tomlkit.item(SCHEMA))
    if state.feeds:
        feeds = tomlkit.table(is_super_table=True)
        for feed in state.feeds:
            feeds.add(feed.lang, tomlkit.item(_feed_fields(feed)))
        document.add("feeds", feeds)
    if state.episodes:
        episodes = tomlkit.aot()
        for episode in state.episodes:
            episodes.append(tomlkit.item(_episode_fields(episode)))
        document.add("episodes", episodes)
    return tomlkit.dumps(document)


def _feed_fields(feed: FeedRecord) -> dict[str, object]:
    fields: dict[str, object] = {}
    if feed.guid is not None:
        fields["guid"] = str(feed.guid)
    if feed.changed is not None:
        fields |= {"changed": feed.changed, "digest": feed.digest}
    return fields


def _episode_fields(episode: EpisodeRecord) -> dict[str, object]:
    return {
        "key": episode.key,
        "lang": episode.lang,
        "title": episode.title,
        "published": episode.published,
        "guid": str(episode.guid),
    }


def _publication(content: Mapping[str, Any], where: str) -> Publication:
    schema = _take(content, "schema", int, where)
    if schema > SCHEMA:
        raise ShowError(
            f"was written by a newer narrate (schema {schema}, this one knows {SCHEMA})",
            where=where,
            mend="Update narrate.",
        )
    if schema != SCHEMA:
        raise _damaged(where, f"has an unknown schema, {schema}")
    _allow(content, {"schema", "feeds", "episodes"}, where)
    feeds = [
        _feed(lang, table, f"{where}, feed “{lang}”")
        for lang, table in _table(content.get("feeds", {}), where).items()
    ]
    episodes = [
        _episode(entry, f"{where}, episode {number}")
        for number, entry in enumerate(_list(content.get("episodes", []), where), start=1)
    ]
    _refuse_doubles(episodes, where)
    return ordered(feeds, episodes)


def _feed(lang: str, entry: object, where: str) -> FeedRecord:
    table = _table(entry, where)
    _allow(table, {"guid", "changed", "digest"}, where)
    guid = _guid(table, where) if "guid" in table else None
    if not table.keys() & {"changed", "digest"}:
        return FeedRecord(lang, guid)
    digest = _take(table, "digest", str, where)
    if not _DIGEST.fullmatch(digest):
        raise _damaged(where, "“digest” is no SHA-256")
    return FeedRecord(lang, guid, _time(table, "changed", where), digest)


def _episode(entry: object, where: str) -> EpisodeRecord:
    table = _table(entry, where)
    _allow(table, {"key", "lang", "title", "published", "guid"}, where)
    return EpisodeRecord(
        _take(table, "key", str, where),
        _take(table, "lang", str, where),
        _guid(table, where),
        _time(table, "published", where),
        _take(table, "title", str, where),
    )


def _refuse_doubles(episodes: Sequence[EpisodeRecord], where: str) -> None:
    seen = set()
    for episode in episodes:
        name = f"{episode.key}.{episode.lang}"
        if name in seen:
            raise _damaged(where, f"names the episode {name} twice")
        seen.add(name)


def _guid(table: Mapping[str, Any], where: str) -> uuid.UUID:
    try:
        return uuid.UUID(_take(table, "guid", str, where))
    except ValueError as error:
        raise _damaged(where, "“guid” is no UUID") from error


def _time(table: Mapping[str, Any], name: str, where: str) -> datetime:
    time = _take(table, name, datetime, where)
    if time.tzinfo is None:
        raise _damaged(where, f"“{name}” has no offset from UTC")
    if not FIRST_YEAR <= time.year <= LAST_YEAR:
        raise _damaged(where, f"“{name}” is out of range")
    return time


def _take(table: Mapping[str, Any], name: str, kind: type[_T], where: str) -> _T:
    if name not in table:
        raise _damaged(where, f"“{name}” is missing")
    value = table[name]
    if not isinstance(value, kind) or isinstance(value, bool):
        raise _damaged(where, f"“{name}” has the wrong type")
    return value


def _table(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _damaged(where, "holds a value where a table belongs")
    return value


def _list(value: object, where: str) -> Sequence[object]:
    if not isinstance(value, list):
        raise _damaged(where, "holds a value where a list of tables belongs")
    return value


def _allow(table: Mapping[str, Any], known: AbstractSet[str], where: str) -> None:
    for name in sorted(table.keys() - known):
        raise _damaged(where, f"has an unknown entry, “{name}”")


def _damaged(where: str, what: str) -> ShowError:
    return ShowError(what, where=where, mend=_MEND)
