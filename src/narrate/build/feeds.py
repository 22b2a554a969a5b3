"""The feeds of a show, from what its builds have recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from narrate import feed
from narrate.build.covers import show_cover
from narrate.build.plan import Plan
from narrate.build.record import OutputFile, Record
from narrate.build.workspace import Workspace
from narrate.errors import NarrateError
from narrate.events import Emit, FeedWritten, Warned
from narrate.files import sync_folder, write_if_changed
from narrate.model import Episode
from narrate.published import (
    EpisodeRecord,
    Publication,
    keep_podcast_guid,
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
    xml: bytes
    picture: str
    cover: bytes
    episodes: int
    is_public: bool


@dataclass(frozen=True, slots=True)
class Feeds:
    """Feeds that are ready, and what will be published with them."""

    publication: Publication
    ready: tuple[ReadyFeed, ...]


def prepare_feeds(  # noqa: PLR0913, PLR0917 - what a feed is made of
    space: Workspace,
    plan: Plan,
    publication: Publication,
    records: Mapping[str, Record],
    emit: Emit,
    coming: AbstractSet[str] = frozenset(),
) -> Feeds:
    """The feed of each language that has an episode; nothing is written but covers in the cache.

    Args:
        records: Of all finished episodes.
        coming: Names of files that will lie in the output folder before the feeds do.

    Raises:
        OutputError: The cache cannot be written.
        ShowError: A setting of the show does not fit into a feed.
    """
    state, ready = publication, []
    for lang in space.show.languages:
        name = feed.feed_name(lang)
        present = _present(space, plan, records, lang, coming)
        gone = {
            entry.key: entry
            for entry in publication.episodes
            if entry.lang == lang and entry.key not in {record.key for record in present}
        }
        unbuilt = sorted(_articles_here(plan, present, lang) & set(gone)) if gone else []
        if unbuilt:
            emit(Warned(_unbuilt(unbuilt, lang), name))
        elif present:
            _name_leftovers(space, set(gone), lang, emit)
            state, one = _prepare_feed(space, state, present, lang)
            ready.append(one)
        elif (space.show.output / name).exists():
            emit(Warned(_NOTHING_LEFT, name))
    return Feeds(state, tuple(ready))


def write_feeds(space: Workspace, feeds: Feeds) -> tuple[FeedWritten, ...]:
    """Write what is ready, each feed after its cover.

    Raises:
        OutputError: A file cannot be written.
    """
    output, told = space.show.output, []
    for one in feeds.ready:
        write_if_changed(output / one.picture, one.cover)
        changed = write_if_changed(output / one.name, one.xml)
        told.append(FeedWritten(one.name, one.episodes, changed, one.is_public))
    if any(one.changed for one in told):
        sync_folder(output)
    return tuple(told)


_NOTHING_LEFT = "left as it was: none of its articles is here; delete the file if that is meant"


def _unbuilt(keys: Sequence[str], lang: str) -> str:
    shown = ", ".join(f"{key}.{lang}" for key in keys[:3]) + (" …" if len(keys) > 3 else "")  # noqa: PLR2004
    return (
        f"left as it was: {len(keys)} published episodes are not built here ({shown}); "
        "`narrate build` builds them all"
    )


def _name_leftovers(space: Workspace, keys: set[str], lang: str, emit: Emit) -> None:
    """Name the files of episodes that have left the feed: whoever has their address hears them."""
    output = space.show.output
    names = [
        path.name
        for key in sorted(keys)
        for path in sorted(output.glob(f"{key}.{lang}.*"))
        if path.suffix in (".mp3", ".m4b")
    ]
    if names:
        emit(Warned(f"no longer in the feed, delete if unwanted: {', '.join(names)}", output.name))


def _present(
    space: Workspace,
    plan: Plan,
    records: Mapping[str, Record],
    lang: str,
    coming: AbstractSet[str],
) -> tuple[Record, ...]:
    """The episodes that have an article and all their files, or will have them."""
    sources = {file.name for file in plan.files} - {file.name for file in plan.drafts}
    return tuple(
        record
        for _, record in sorted(records.items())
        if record.lang == lang
        and record.source in sources
        and all(
            file.name in coming or (space.show.output / file.name).is_file()
            for file in record.outputs
        )
    )


def _articles_here(plan: Plan, present: Sequence[Record], lang: str) -> set[str]:
    """Keys of the articles in ``lang`` that are here, drafts and finished episodes aside."""
    from narrate import ingest  # noqa: PLC0415 - loaded when an article must be read

    built = {record.source for record in present}
    keys = set()
    for file in plan.files:
        if file.name in built:
            continue
        try:
            document = ingest.read_article(file)
        except NarrateError:
            if file.lang in ("", lang):
                keys.add(file.key)
            continue
        if document.lang == lang and not document.draft:
            keys.add(document.key)
    return keys


def _prepare_feed(
    space: Workspace, state: Publication, records: Sequence[Record], lang: str
) -> tuple[Publication, ReadyFeed]:
    show = space.show
    name = feed.feed_name(lang)
    picture = f"cover.{lang}.jpg"
    cover = show_cover(show, lang).finished(space.covers).read_bytes()
    url = feed.feed_url(show, lang)
    if url:
        state = keep_podcast_guid(state, lang, feed.podcast_guid(url))
    guid = state.feed(lang).guid
    episodes = [
        _episode(entry, audio, record)
        for record in records
        if (entry := state.episode(record.key, lang)) and (audio := record.output("mp3"))
    ]
    content = feed.content_digest(show, lang, episodes, guid=guid, image=picture)
    state, last_build = stamp_feed(state, lang, content, space.now)
    xml = feed.render_feed(show, lang, episodes, last_build=last_build, guid=guid, image=picture)
    return state, ReadyFeed(name, xml, picture, cover, len(episodes), is_public=bool(url))


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
    )
