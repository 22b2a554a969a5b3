"""Articles and what earlier builds left become a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from narrate import __version__, assemble, encode, ingest, project, segment
from narrate.build.covers import article_cover, show_cover
from narrate.build.history import History
from narrate.build.plan import ChapterPlan, EpisodePlan, Plan, UtterancePlan
from narrate.build.record import Record
from narrate.build.selection import Selection, check_chapter, selected_files
from narrate.build.workspace import Workspace
from narrate.errors import ArticleError, NarrateError
from narrate.files import sha256_of
from narrate.model import ArticleFile, Document, Script, Tags, Utterance, Voice, clip_key, digest
from narrate.published import Publication, Wanted, moment, publish_all


def make_plan(space: Workspace, selection: Selection) -> Plan:
    """Decide what a build must do.

    Raises:
        : The selection names what does not exist.
        AudioError: There is no ffmpeg.
    """
    articles = project.find_articles(space.show)
    if selection.voice:
        space.check_override(selection.voice, selection.langs)
    planner = _Planner(space, selection)
    for file in selected_files(space, articles.files, selection):
        planner.read(file)
    planner.refuse_doubles()
    publication = planner.publish()
    episodes = planner.plan(publication)
    check_chapter(selection, [len(episode.chapters) for episode in episodes])
    return Plan(
        selection=selection,
        files=articles.files,
        episodes=episodes,
        kept=tuple(planner.kept),
        drafts=tuple(planner.drafts),
        failures=tuple(planner.failures),
        warnings=(*(("", text) for text in articles.warnings), *planner.warnings),
        publication=publication,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """An article that was read and divided."""

    file: ArticleFile
    script: Script
    voice: Voice

    @property
    def document(self) -> Document:
        return self.script.document


class _Planner:
    """The state of one planning: what was read so far, and what failed."""

    def __init__(self, space: Workspace, selection: Selection) -> None:
        self._space = space
        self._selection = selection
        self._known_sources = {record.source: record for record in space.known.values()}
        self._software = digest(
            [__version__, space.ffmpeg.version, assemble.REVISION, encode.REVISION]
        )
        self.reads: list[_Read] = []
        self.kept: list[Record] = []
        self.drafts: list[ArticleFile] = []
        self.failures: list[NarrateError] = []
        self.warnings: list[tuple[str, str]] = []

    def read(self, file: ArticleFile) -> None:
        """Take a file in: keep its episode as it is, or read it."""
        try:
            if (record := self._unchanged(file)) is not None:
                if not self._wants_lang(record.lang):
                    return
                self.kept.append(record)
                self.warnings += [(file.name, text) for text in record.warnings]
                return
            document = ingest.read_article(file)
            if not self._wants_lang(document.lang):
                return
            if document.draft:
                self.drafts.append(file)
                return
            self.reads.append(self._divide(file, document))
        except NarrateError as error:
            self.failures.append(error if error.where else error.at(file.name))

    def _wants_lang(self, lang: str) -> bool:
        return not self._selection.langs or lang in self._selection.langs

    def _divide(self, file: ArticleFile, document: Document) -> _Read:
        space = self._space
        if document.lang not in space.show.languages:
            raise ArticleError(
                f"its language '{document.lang}' is none of the show's",
                where=file.name,
                mend="add it to `languages` in narrate.toml, or correct the article's `lang`",
            )
        voice = space.voice_of(document, self._selection.voice)
        script = segment.segment(
            document,
            space.show.reading,
            author=space.show.texts[document.lang].author,
            max_chars=space.engine(voice).max_chars(voice),
        )
        if document.published is not None:
            moment(document.published, space.show.timezone)  # refuses impossible years
        self.warnings += [(file.name, text) for text in warnings_of(script)]
        return _Read(file, script, voice)

    def _unchanged(self, file: ArticleFile) -> Record | None:
        """The record of a file whose episode needs nothing, else ``None``."""
        space = self._space
        record = self._known_sources.get(file.name)
        if record is None or self._selection.in_detail or self._selection.chapter is not None:
            return None
        voice = space.voices.get(self._selection.voice or record.voice)
        if voice is None or record.damaged_output(space.show.output):
            return None
        inputs = self._inputs(file, record.key, record.lang, voice, record.cover)
        return record if inputs == record.inputs else None

    def _inputs(self, file: ArticleFile, key: str, lang: str, voice: Voice, cover: str) -> str:
        """Digest of everything outside narrate that an episode depends on."""
        show = self._space.show
        entry = self._space.publication.episode(key, lang)
        cover_file = show.root / cover if cover else None
        return digest(
            {
                "software": self._software,
                "article": sha256_of(file.path),
                "sidecar": sha256_of(file.sidecar) if file.sidecar else "",
                "source": file.name,
                "show": settings_digest(self._space, lang),
                "voice": self._space.voice_digest(voice),
                "override": self._selection.voice,
                "takes": self._space.takes.digest_of(key, lang),
                "published": entry.published.isoformat() if entry else "",
                "cover": sha256_of(cover_file) if cover_file and cover_file.is_file() else "",
            }
        )

    def refuse_doubles(self) -> None:
        """Report articles that would write the same files; none of them is built."""
        names: dict[str, list[str]] = {}
        for read in self.reads:
            names.setdefault(_stem(read.document).casefold(), []).append(read.file.name)
        for record in self.kept:
            names.setdefault(record.stem.casefold(), []).append(record.source)
        for stem, sources in names.items():
            if len(sources) > 1:
                self.failures.append(
                    ArticleError(
                        f"{len(sources)} articles have the key and language '{stem}'",
                        where=" and ".join(sorted(sources)),
                        mend="rename one of the files or give it a `key` of its own",
                    )
                )
                self.reads = [r for r in self.reads if r.file.name not in sources]
                self.kept = [r for r in self.kept if r.source not in sources]

    def publish(self) -> Publication:
        """The publication with a guid and a date for everything that was read."""
        wanted = [
            Wanted(
                read.document.key, read.document.lang, read.document.title, read.document.published
            )
            for read in self.reads
        ]
        space = self._space
        return publish_all(space.publication, space.show, wanted, space.now)

    def plan(self, publication: Publication) -> tuple[EpisodePlan, ...]:
        """Find what each article lacks."""
        episodes = []
        for read in self.reads:
            try:
                episodes.append(self._plan(read, publication))
            except NarrateError as error:  # noqa: PERF203 - each article fails on its own
                self.failures.append(error if error.where else error.at(read.file.name))
        return tuple(episodes)

    def _plan(self, read: _Read, publication: Publication) -> EpisodePlan:
        space, document = self._space, read.document
        stem = _stem(document)
        record = space.known.get(stem)
        chapters = self._chapters(read, record)
        entry = publication.episode(document.key, document.lang)
        tags = tags_of(space, document, entry.published.date().isoformat() if entry else "")
        cover = show_cover(space.show, document.lang)
        image = article_cover(space.show, read.file, document)
        made = digest(
            {
                "parts": [dict(chapter.parts) for chapter in chapters],
                "titles": [chapter.chapter.title for chapter in chapters],
                "tags": [getattr(tags, name) for name in Tags.__slots__],
                "cover": (image or cover).key,
                "image": image.key if image else "",
                "writer": encode.REVISION,
                "ffmpeg": space.ffmpeg.version,
            }
        )
        cover_name = image.name if image else ""
        return EpisodePlan(
            file=read.file,
            script=read.script,
            voice=read.voice,
            chapters=chapters,
            tags=tags,
            cover=cover,
            image=image,
            inputs=self._inputs(read.file, document.key, document.lang, read.voice, cover_name),
            made=made,
            reason=_reason(space, record, chapters, made),
        )

    def _chapters(self, read: _Read, record: Record | None) -> tuple[ChapterPlan, ...]:
        space = self._space
        lines = space.records.lines(record.stem) if record else ()
        history = History(lines, is_known=record is not None)
        plans = []
        for number, chapter in enumerate(read.script.chapters, start=1):
            clips = [self._clip(read, utterance) for utterance in chapter.utterances]
            parts = {
                fmt: _part_key(space, fmt, clips, self._software)
                for fmt in space.show.audio.formats
            }
            missing = tuple(fmt for fmt, key in parts.items() if not space.chapters(fmt).holds(key))
            utterances = [
                replace(clip, reason=history.reason(space, clip, read.voice) if missing else "")
                for clip in clips
            ]
            plans.append(ChapterPlan(number, chapter, tuple(utterances), parts, missing))
        return tuple(plans)

    def _clip(self, read: _Read, utterance: Utterance) -> UtterancePlan:
        space, voice = self._space, read.voice
        take = space.takes.take_of(read.document.key, utterance.lang, utterance.text)
        key = clip_key(utterance.spoken, utterance.lang, voice, space.fingerprint(voice), take)
        return UtterancePlan(utterance, take, key, "")


def _reason(
    space: Workspace, record: Record | None, chapters: Sequence[ChapterPlan], made: str
) -> str:
    """Why an episode's files are written; empty when they are as they should be."""
    if record is None:
        return "new"
    changed = sum(bool(chapter.missing) for chapter in chapters)
    if changed:
        return f"{changed} of {len(chapters)} chapters changed"
    if damaged := record.damaged_output(space.show.output):
        return f"{damaged} is missing or was changed"
    if record.made != made:
        return "title, date, cover, order or settings changed"
    return ""


def _part_key(space: Workspace, fmt: str, clips: Sequence[UtterancePlan], software: str) -> str:
    """Names an encoded chapter: its clips, pauses and everything that shapes its sound."""
    audio = space.show.audio
    return digest(
        {
            "format": fmt,
            "clips": [[clip.key, clip.utterance.pause_after_ms] for clip in clips],
            "audio": [audio.sample_rate, audio.channels, audio.bitrate_kbps],
            "loudness": [audio.loudness.lufs, audio.loudness.true_peak_dbtp],
            "software": software,
        }
    )


def settings_digest(space: Workspace, lang: str) -> str:
    """Digest of the show's settings that an episode in ``lang`` depends on."""
    show = space.show
    text, reading, audio = show.texts[lang], show.reading, show.audio
    cover = show_cover(show, lang)
    return digest(
        {
            "text": [text.title, text.description, text.author, text.link, cover.key],
            "voice": show.voices.get(lang, ""),
            "reading": [
                *(reading.chapter_level, reading.drop_translator_line),
                *(reading.pauses.sentence_ms, reading.pauses.paragraph_ms),
                *(reading.pauses.heading_ms, reading.disclosure.position),
                reading.disclosure.texts.get(lang, ""),
            ],
            "audio": [
                *(list(audio.formats), audio.sample_rate, audio.channels, audio.bitrate_kbps),
                *(audio.loudness.lufs, audio.loudness.true_peak_dbtp),
            ],
            "show": [str(show.id), show.timezone],
        }
    )


def tags_of(space: Workspace, document: Document, date: str) -> Tags:
    """What the files of an article say of themselves."""
    text = space.show.texts[document.lang]
    return Tags(
        title=document.title,
        artist=document.author or text.author,
        album=text.title,
        lang=document.lang,
        date=date,
        description=document.summary,
        link=document.link or text.link,
    )


def warnings_of(script: Script) -> tuple[str, ...]:
    """What the author should know of an article, unsayable parts included."""
    unspoken: dict[str, None] = {}
    for chapter in script.chapters:
        for utterance in chapter.utterances:
            unspoken.update(dict.fromkeys(utterance.unspoken))
    said = [*script.document.warnings, *script.warnings]
    if unspoken:
        shown = " ".join(list(unspoken)[:12]) + (" …" if len(unspoken) > 12 else "")  # noqa: PLR2004
        said.append(f"no way is known to say, so it is left out: {shown}")
    return tuple(said)


def _stem(document: Document) -> str:
    return f"{document.key}.{document.lang}"
