"""The feeds of a show, from what its builds have recorded."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from narrate import feed, page
from narrate.build.plan import Plan
from narrate.build.ready_feed import Page, ReadyFeed, Texts, prepare_feed, warnings_of
from narrate.build.record import Record, ScriptRecord
from narrate.build.withdrawal import put_away, take_back
from narrate.build.workspace import Workspace
from narrate.events import FeedWritten, Warned
from narrate.files import sync_folder, write_failure, write_if_changed
from narrate.published import (
    Publication,
    keep_podcast_guid,
    settle_feed,
)


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


def prepare_feeds(  # noqa: PLR0913, PLR0917 - what was, what is planned, and what has come
    space: Workspace,
    plan: Plan,
    publication: Publication,
    records: Mapping[str, Record],
    coming: AbstractSet[str],
    scripts: Mapping[str, ScriptRecord],
) -> Feeds:
    """The feed of each language that has an episode; nothing is written but covers in the cache.

    Args:
        records: Of all finished episodes.
        coming: Names of files that will lie in the output folder before the feeds do.
        scripts: Stem → what is heard in an episode that is finished and not yet noted.

    Raises:
        OutputError: The cache cannot be written.
        ShowError: A setting of the show does not fit into a feed.
    """
    state, ready, warnings, is_left = publication, [], [], False
    there = coming | _files_in(space.show.output)
    found = {lang: _present(publication, records, lang, there) for lang in space.show.languages}
    langs = [lang for lang in found if found[lang] or feed.feed_name(lang) in there]
    for lang, present in found.items():
        name = feed.feed_name(lang)
        unbuilt = _unbuilt(plan, publication, records, present, lang)
        if not plan.files:
            if name in there:
                warnings.append(Warned(_NO_ARTICLES, name))
        elif unbuilt:
            is_left = True
            warnings.append(Warned(_left(unbuilt), name))
        elif lang in langs:
            state, moved = _settle(space, state, lang)
            others = tuple(other for other in langs if other != lang)
            texts = Texts(space, scripts)
            state, one = prepare_feed(texts, state, present, lang, others)
            ready.append(one)
            warnings += [*moved, *warnings_of(space, one, records)]
            if cut := feed.cut_description(space.show.texts[lang]):
                warnings.append(Warned(cut, f"narrate.toml: lang.{lang}.description"))
    pages = _pages(space, ready) if ready and not is_left else ()
    return Feeds(state, tuple(ready), pages, tuple(warnings))


def _pages(space: Workspace, ready: Sequence[ReadyFeed]) -> tuple[Page, ...]:
    """The files about the whole show."""
    listed = [feed.ListedFeed(one.lang, one.picture, one.episodes) for one in ready]
    catalogue = feed.show_json(space.show, listed)
    return (
        Page(feed.CATALOGUE, catalogue),
        Page(feed.OPML, feed.render_opml(space.show, [one.lang for one in ready])),
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
        changes = [
            write_if_changed(output / part.name, part.content) for part in reversed(one.pages)
        ]
        told.append(FeedWritten(one.name, len(one.episodes), any(changes), one.is_public))
        _remove_pages(output, one)
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


def _remove_pages(output: Path, one: ReadyFeed) -> None:
    """Remove pages that the feed had when it was longer or divided otherwise."""
    page = re.compile(rf"feed\.{re.escape(one.lang)}\.\d+\.xml")
    names = {part.name for part in one.pages}
    for name in sorted(_files_in(output) - names):
        if page.fullmatch(name):
            try:
                (output / name).unlink(missing_ok=True)
            except OSError as error:
                raise write_failure(output / name, error) from error
