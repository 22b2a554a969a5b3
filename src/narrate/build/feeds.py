"""The feeds of a show, from what its builds have recorded."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from narrate import feed, page
from narrate.build.covers import show_cover
from narrate.build.plan import Plan
from narrate.build.record import OutputFile, Record
from narrate.build.withdrawal import put_away, take_back
from narrate.build.workspace import Workspace
from narrate.events import FeedWritten, Warned
from narrate.files import sync_folder, write_if_changed
from narrate.model import Episode, EpisodeFile
from narrate.published import (
    EpisodeRecord,
    Publication,
    keep_podcast_guid,
    settle_feed,
    stamp_feed,
)


@dataclass(frozen=True, slots=True)
class ReadyFeed:
    """A feed that is ready to be written.

    Attributes:
        picture: Name of its cover.
        is_public: Its addresses are whole, so that an app can subscribe to it.
    """

    name: str
    lang: str
    xml: bytes
    picture: str
    cover: bytes
    episodes: tuple[Episode, ...]
    is_public: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A file about the whole show."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Feeds:
    """Feeds that are ready, and what will be published with them.

    Attributes:
        pages: Files about the whole show; none while a feed is left as it was.
        warnings: What the author should know of them.
    """

    publication: Publication
    ready: tuple[ReadyFeed, ...] = ()
    pages: tuple[Page, ...] = ()
    warnings: tuple[Warned, ...] = ()


def prepare_feeds(
    space: Workspace,
    plan: Plan,
    publication: Publication,
    records: Mapping[str, Record],
    coming: AbstractSet[str],
) -> Feeds:
    """The feed of each language that has an episode; nothing is written but covers in the cache.

    Args:
        records: Of all finished episodes.
        coming: Names of files that will lie in the output folder before the feeds do.

    Raises:
        OutputError: The cache cannot be written.
        ShowError: A setting of the show does not fit into a feed.
    """
    state, ready, warnings, is_left = publication, [], [], False
    there = coming | _files_in(space.show.output)
    for lang in space.show.languages:
        name = feed.feed_name(lang)
        present = _present(publication, records, lang, there)
        unbuilt = _unbuilt(plan, publication, records, present, lang)
        if not plan.files:
            if name in there:
                warnings.append(Warned(_NO_ARTICLES, name))
        elif unbuilt:
            is_left = True
            warnings.append(Warned(_left(unbuilt), name))
        elif present or name in there:
            state, moved = _settle(space, state, lang)
            warnings += moved
            state, one = _prepare_feed(space, state, present, lang)
            ready.append(one)
    pages = _pages(space, ready) if ready and not is_left else ()
    return Feeds(state, tuple(ready), pages, tuple(warnings))


def _pages(space: Workspace, ready: Sequence[ReadyFeed]) -> tuple[Page, ...]:
    """The files about the whole show."""
    listed = [feed.ListedFeed(one.lang, one.picture, one.episodes) for one in ready]
    catalogue = feed.show_json(space.show, listed)
    return (
        Page(feed.CATALOGUE, catalogue),
        Page(page.INDEX_NAME, page.render_index(json.loads(catalogue))),
    )


def write_feeds(space: Workspace, feeds: Feeds) -> tuple[FeedWritten, ...]:
    """Write what is ready, the feeds last; then what has left a feed leaves the folder.

    Raises:
        OutputError: A file cannot be written.
    """
    output, told = space.show.output, []
    for one in feeds.ready:
        write_if_changed(output / one.picture, one.cover)
    for one_page in feeds.pages:
        write_if_changed(output / one_page.name, one_page.content)
    for one in feeds.ready:
        changed = write_if_changed(output / one.name, one.xml)
        told.append(FeedWritten(one.name, len(one.episodes), changed, one.is_public))
    if any(one.changed for one in told):
        sync_folder(output)
    langs = {one.lang for one in feeds.ready}
    entries = [entry for entry in feeds.publication.episodes if entry.lang in langs]
    put_away(space, [entry for entry in entries if entry.withdrawn is not None])
    take_back(space, [entry for entry in entries if entry.withdrawn is None])
    return tuple(told)


_NO_ARTICLES = (
    "left as it was: none of its articles is here; bring back what was in “articles”, or delete "
    "the file if that is meant"
)


def _left(stems: Sequence[str]) -> str:
    shown = ", ".join(stems[:3]) + (" …" if len(stems) > 3 else "")  # noqa: PLR2004
    return (
        f"left as it was: {len(stems)} published episodes are not built here ({shown}); "
        "`narrate build` builds them all"
    )


def _files_in(folder: Path) -> frozenset[str]:
    try:
        return frozenset(entry.name for entry in os.scandir(folder) if entry.is_file())
    except OSError:
        return frozenset()


def _present(
    publication: Publication, records: Mapping[str, Record], lang: str, there: AbstractSet[str]
) -> tuple[Record, ...]:
    """The published episodes that have all their files."""
    return tuple(
        record
        for _, record in sorted(records.items())
        if record.lang == lang
        and (entry := publication.episode(record.key, lang)) is not None
        and entry.withdrawn is None
        and all(file.name in there for file in record.outputs)
    )


def _unbuilt(
    plan: Plan,
    publication: Publication,
    records: Mapping[str, Record],
    present: Sequence[Record],
    lang: str,
) -> list[str]:
    """Stems of episodes that belong into a feed and that nothing is here of."""
    here = {record.stem for record in present}
    public = {
        f"{entry.key}.{lang}"
        for entry in publication.episodes
        if entry.lang == lang and entry.withdrawn is None
    }
    # Built earlier, and published.toml was lost: only a build of everything finds them all.
    is_whole = not plan.selection.keys and plan.selection.chapter is None
    sources = {file.name for file in plan.files}
    for record in records.values():
        if record.lang == lang and publication.episode(record.key, lang) is None:
            is_planned = plan.publication.episode(record.key, lang) is not None
            if record.source in sources and (is_planned or not is_whole):
                public.add(record.stem)
    return sorted(public - here)


def _settle(space: Workspace, state: Publication, lang: str) -> tuple[Publication, list[Warned]]:
    """Note the feed's public address, and say what a new one asks of the author."""
    name, url = feed.feed_name(lang), feed.feed_url(space.show, lang)
    state, left = settle_feed(state, lang, url, space.now)
    asked = (
        f"has a new address, {url}: let {left} answer with a permanent redirect (301) to it, or "
        "put this file there too, for as long as apps may ask for it"
    )
    warnings = [Warned(asked, name)] if left else []
    return keep_podcast_guid(state, lang, feed.podcast_guid(url)) if url else state, warnings


def _prepare_feed(
    space: Workspace, state: Publication, records: Sequence[Record], lang: str
) -> tuple[Publication, ReadyFeed]:
    show = space.show
    name = feed.feed_name(lang)
    picture = f"cover.{lang}.jpg"
    cover = show_cover(show, lang).finished(space.covers).read_bytes()
    fixed = state.feed(lang)
    episodes = tuple(
        _episode(entry, audio, record)
        for record in records
        if (entry := state.episode(record.key, lang)) and (audio := record.output("mp3"))
    )
    undated = feed.render_feed(
        *(show, lang, episodes),
        guid=fixed.guid,
        image=picture,
        has_moved=fixed.moved is not None,
    )
    state, last_build = stamp_feed(state, lang, feed.content_digest(undated), space.now)
    xml = feed.with_build_time(undated, last_build)
    return state, ReadyFeed(
        *(name, lang, xml, picture, cover, episodes),
        is_public=bool(feed.feed_url(show, lang)),
    )


def _episode(entry: EpisodeRecord, audio: OutputFile, record: Record) -> Episode:
    return Episode(
        guid=entry.guid,
        key=record.key,
        lang=record.lang,
        title=record.title,
        author=record.author,
        published=entry.published,
        summary=record.summary,
        link=record.link,
        file=audio.name,
        bytes=audio.bytes,
        sha256=audio.sha256,
        frames=record.frames,
        sample_rate=record.sample_rate,
        marks=record.marks,
        image=record.image,
        notes=record.notes,
        others=tuple(
            EpisodeFile(file.name, file.bytes, file.sha256)
            for file in record.outputs
            if file is not audio
        ),
        narrators=record.voices,
        chapter_ids=record.chapter_ids,
    )
