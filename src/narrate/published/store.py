"""Reading and writing ``published.toml``: schema 2, written for people and version control.

Schema 1 knew neither the article's file nor withdrawn episodes, nor the address of a feed.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from narrate.errors import ShowError
from narrate.files import migrate, parse_toml, read_failure, write_with_schema
from narrate.model import is_key
from narrate.published.clock import FIRST_YEAR, LAST_YEAR
from narrate.published.record import EpisodeRecord, FeedRecord, Publication, ordered

FILE_NAME = "published.toml"
SCHEMA = 2

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

    A file of an older schema is kept beside it, once.

    Raises:
        ShowError: The file that is there cannot be read; it is left as it is.
        OutputError: The folder cannot be written or is full.
    """
    if path.exists() and load(path) == state:
        return False
    if path.is_symlink():
        # Replacing the link would leave the file it names behind, unnoticed.
        path = path.resolve()
    return write_with_schema(path, render(state).encode(), SCHEMA)


def render(state: Publication) -> str:
    """The file's text; the same state gives the same text."""
    import tomli_w  # noqa: PLC0415 - a build that changes nothing does without it

    content = {
        "schema": SCHEMA,
        "feeds": {feed.lang: _feed_fields(feed) for feed in state.feeds},
        "episodes": [_episode_fields(episode) for episode in state.episodes],
    }
    filled = {name: value for name, value in content.items() if value}
    return "".join(f"# {line}\n" for line in _HEADER) + tomli_w.dumps(filled)


def _feed_fields(feed: FeedRecord) -> dict[str, object]:
    return _known(
        guid=feed.guid and str(feed.guid),
        url=feed.url,
        moved=feed.moved,
        changed=feed.changed,
        digest=feed.digest,
    )


def _episode_fields(episode: EpisodeRecord) -> dict[str, object]:
    return {
        "key": episode.key,
        "lang": episode.lang,
        "title": episode.title,
        **_known(source=episode.source),
        "published": episode.published,
        **_known(withdrawn=episode.withdrawn),
        "guid": str(episode.guid),
    }


def _known(**fields: object) -> dict[str, object]:
    """The fields that hold something."""
    return {name: value for name, value in fields.items() if value}


def _publication(content: Mapping[str, Any], where: str) -> Publication:
    content = migrate(content, where, SCHEMA, {1: dict}, mend=_MEND)
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
    _allow(table, {"guid", "url", "moved", "changed", "digest"}, where)
    guid = _guid(table, where) if "guid" in table else None
    url = _take(table, "url", str, where) if "url" in table else ""
    moved = _time(table, "moved", where) if "moved" in table else None
    if not table.keys() & {"changed", "digest"}:
        return FeedRecord(lang, guid, url=url, moved=moved)
    digest = _take(table, "digest", str, where)
    if not _DIGEST.fullmatch(digest):
        raise _damaged(where, "“digest” is no SHA-256")
    return FeedRecord(lang, guid, _time(table, "changed", where), digest, url, moved)


def _episode(entry: object, where: str) -> EpisodeRecord:
    table = _table(entry, where)
    _allow(table, {"key", "lang", "title", "source", "published", "withdrawn", "guid"}, where)
    for name in ("key", "lang"):
        if not is_key(_take(table, name, str, where)):
            raise _damaged(where, f"“{name}” can be no part of a file's name")
    return EpisodeRecord(
        _take(table, "key", str, where),
        _take(table, "lang", str, where),
        _guid(table, where),
        _time(table, "published", where),
        _take(table, "title", str, where),
        _take(table, "source", str, where) if "source" in table else "",
        _time(table, "withdrawn", where) if "withdrawn" in table else None,
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
