"""The feeds of a show, from what its builds have recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from narrate import feed
from narrate.build.covers import show_cover
from narrate.build.plan import Plan
from narrate.build.record import OutputFile, Record
from narrate.build.workspace import Workspace
from narrate.events import Emit, FeedWritten, Warned
from narrate.files import write_if_changed
from narrate.model import Episode
from narrate.published import (
    FILE_NAME,
    EpisodeRecord,
    Publication,
    keep_podcast_guid,
    save,
    stamp_feed,
)


def write_feeds(
    space: Workspace,
    plan: Plan,
    publication: Publication,
    records: Mapping[str, Record],
    emit: Emit,
) -> None:
    """Write the feed of each language that has an episode.

    Raises:
        OutputError: A file cannot be written.
        ShowError: A setting of the show does not fit into a feed.
    """
    state = publication
    for lang in space.show.languages:
        present = _present(space, plan, records, lang)
        if missing := _published_elsewhere(plan, state, present, records, lang):
            emit(
                Warned(
                    f"left as it was: {len(missing)} published episodes are not built here "
                    f"({', '.join(missing[:3])}{' …' if len(missing) > 3 else ''}); "  # noqa: PLR2004
                    "`narrate build` builds them all",
                    feed.feed_name(lang),
                )
            )
            continue
        if present or (space.show.output / feed.feed_name(lang)).exists():
            state = _write_feed(space, state, present, lang, emit)
    if state != publication:
        save(space.show.root / FILE_NAME, state)


def _present(
    space: Workspace, plan: Plan, records: Mapping[str, Record], lang: str
) -> tuple[Record, ...]:
    """The episodes that have an article and all their files."""
    sources = {file.name for file in plan.files} - {file.name for file in plan.drafts}
    return tuple(
        record
        for _, record in sorted(records.items())
        if record.lang == lang
        and record.source in sources
        and all((space.show.output / file.name).is_file() for file in record.outputs)
    )


def _published_elsewhere(
    plan: Plan,
    publication: Publication,
    present: Sequence[Record],
    records: Mapping[str, Record],
    lang: str,
) -> list[str]:
    """Published episodes whose article is here but whose files are not."""
    drafts = {file.name for file in plan.drafts}
    articles = {(file.key, file.lang) for file in plan.files if file.name not in drafts} | {
        (r.key, r.lang) for r in records.values() if any(f.name == r.source for f in plan.files)
    }
    here = {record.key for record in present}
    return sorted(
        f"{entry.key}.{lang}"
        for entry in publication.episodes
        if entry.lang == lang
        and entry.key not in here
        and ((entry.key, lang) in articles or (entry.key, "") in articles)
    )


def _write_feed(
    space: Workspace, state: Publication, records: Sequence[Record], lang: str, emit: Emit
) -> Publication:
    show = space.show
    name = feed.feed_name(lang)
    picture = f"cover.{lang}.jpg"
    write_if_changed(
        show.output / picture, show_cover(show, lang).finished(space.covers).read_bytes()
    )
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
    changed = write_if_changed(show.output / name, xml)
    emit(FeedWritten(name, len(episodes), changed, is_public=bool(url)))
    return state


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
        frames=record.frames,
        sample_rate=record.sample_rate,
        marks=record.marks,
        image=record.image,
        notes=record.notes,
    )
