"""One feed of a show is made ready: its episodes, its cover, and whether apps can read it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from narrate import feed
from narrate.build.covers import show_cover
from narrate.build.record import OutputFile, Record, ScriptRecord
from narrate.build.workspace import Workspace
from narrate.errors import ArticleError, NarrateError, ShowError
from narrate.events import Warned
from narrate.model import Episode, EpisodeFile, UtteranceKind
from narrate.published import EpisodeRecord, Publication, stamp_feed


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
class Texts:
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


def prepare_feed(
    texts: Texts,
    state: Publication,
    records: Sequence[Record],
    lang: str,
    others: tuple[str, ...],
) -> tuple[Publication, ReadyFeed]:
    """A feed, and what it gives ``published.toml`` to remember.

    Args:
        records: Of the episodes that are in it.
        others: Languages of the show's other feeds.

    Raises:
        ShowError: A setting does not fit into a feed.
        ArticleError: Something of an article does not.
    """
    space, show = texts.space, texts.space.show
    picture = feed.cover_file(lang)
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


def warnings_of(
    space: Workspace, one: ReadyFeed, records: Mapping[str, Record]
) -> Iterator[Warned]:
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
