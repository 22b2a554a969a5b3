"""The feeds of a show, from what its builds have recorded."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from narrate import feed, page
from narrate.build.covers import show_cover
from narrate.build.plan import Plan
from narrate.build.record import OutputFile, Record, ScriptRecord
from narrate.build.withdrawal import put_away, take_back
from narrate.build.workspace import Workspace
from narrate.errors import ArticleError, NarrateError, ShowError
from narrate.events import FeedWritten, Warned
from narrate.files import sync_folder, write_failure, write_if_changed
from narrate.model import Episode, EpisodeFile, UtteranceKind
from narrate.published import (
    EpisodeRecord,
    Publication,
    keep_podcast_guid,
    settle_feed,
    stamp_feed,
)


@dataclass(frozen=True, slots=True)
class Page:
    """A file of the output folder, and its content."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class ReadyFeed:
    """A feed that is ready to be written.

    Attributes:
        pages: The newest episodes first; one unless the show divides its feeds.
        picture: Name of its cover.
        is_public: Its addresses are whole, so that an app can subscribe to it.
    """

    lang: str
    pages: tuple[Page, ...]
    picture: str
    cover: bytes
    episodes: tuple[Episode, ...]
    is_public: bool

    @property
    def name(self) -> str:
        """Name of its file."""
        return self.pages[0].name


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
            texts = _Texts(space, scripts)
            state, one = _prepare_feed(texts, state, present, lang, others)
            ready.append(one)
            warnings += [*moved, *_told(space, one, records)]
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


@dataclass(frozen=True, slots=True)
class _Texts:
    """Where the text of an episode is found.

    Attributes:
        scripts: Of episodes that are not yet noted.
    """

    space: Workspace
    scripts: Mapping[str, ScriptRecord]

    def of(self, record: Record) -> tuple[str, ...]:
        """The paragraphs of an episode as they are heard, headings too, if the feed wants them."""
        if not self.space.show.feed.full_text:
            return ()
        script = self.scripts.get(record.stem) or self.space.records.script(record.stem)
        lines = [line for line in script.lines if line.kind != UtteranceKind.DISCLOSURE.value]
        groups = groupby(lines, lambda line: (line.chapter, line.paragraph, line.kind))
        return tuple(" ".join(line.text for line in group) for _, group in groups)


def _prepare_feed(
    texts: _Texts,
    state: Publication,
    records: Sequence[Record],
    lang: str,
    others: tuple[str, ...],
) -> tuple[Publication, ReadyFeed]:
    space, show = texts.space, texts.space.show
    picture = f"cover.{lang}.jpg"
    cover = show_cover(show, lang).finished(space.covers).read_bytes()
    fixed = state.feed(lang)
    episodes = tuple(
        _episode(entry, audio, record, texts.of(record))
        for record in records
        if (entry := state.episode(record.key, lang)) and (audio := record.output("mp3"))
    )
    facts = feed.FeedFacts(
        guid=fixed.guid,
        image=picture,
        image_sha256=hashlib.sha256(cover).hexdigest(),
        has_moved=fixed.moved is not None,
        alternates=others,
        narrators=(show.voices[lang],) if lang in show.voices else (),
    )
    undated = feed.render_feed(show, lang, episodes, facts)
    digest = feed.content_digest(undated)
    if digest != fixed.digest:  # else it was looked at when it was written
        _refuse_invalid(undated, records, state, is_public=bool(show.base_url))
    state, last_build = stamp_feed(state, lang, digest, space.now)
    pages = tuple(
        Page(feed.feed_name(lang, number), feed.with_build_time(part, last_build))
        for number, part in enumerate(undated, start=1)
    )
    return state, ReadyFeed(
        *(lang, pages, picture, cover, episodes),
        is_public=bool(feed.feed_url(show, lang)),
    )


def _refuse_invalid(
    pages: Sequence[bytes], records: Sequence[Record], state: Publication, *, is_public: bool
) -> None:
    """Read a feed as an app does, before it is written.

    Raises:
        ShowError: A setting does not fit into it.
        ArticleError: Something of an article does not.
    """
    for xml in pages:
        for problem in feed.feed_problems(xml, is_public=is_public):
            if problem.is_error:
                raise _invalid(problem, records, state)


def _invalid(problem: feed.Problem, records: Sequence[Record], state: Publication) -> NarrateError:
    what = f"no feed is written: {problem.what}"
    for record in records:
        entry = state.episode(record.key, record.lang)
        if entry is not None and str(entry.guid) == problem.guid:
            mend = f"Mend “{problem.setting}” in its front matter." if problem.setting else ""
            return ArticleError(what, where=record.source, mend=mend)
    place = f"narrate.toml: {problem.setting}" if problem.setting else "narrate.toml"
    mend = f"Mend “{problem.setting}” there." if problem.setting else ""
    return ShowError(what, where=place, mend=mend)


def _told(space: Workspace, one: ReadyFeed, records: Mapping[str, Record]) -> Iterator[Warned]:
    """What the author should know of a feed's episodes."""
    for episode in one.episodes:
        source = records[f"{episode.key}.{episode.lang}"].source
        for text in feed.cut_texts(episode):
            yield Warned(text, source)
        if episode.published > space.now:
            text = (
                f"is dated {episode.published.date()}, which is to come: it is in the feed, and "
                "many apps hide it until then"
            )
            yield Warned(text, source)


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


def _episode(
    entry: EpisodeRecord, audio: OutputFile, record: Record, paragraphs: tuple[str, ...]
) -> Episode:
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
        season=record.season,
        number=record.number,
        paragraphs=paragraphs,
    )
