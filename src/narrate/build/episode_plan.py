"""What one article lacks, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from narrate.build.covers import article_cover, show_cover
from narrate.build.digests import inputs_digest, made_digest, part_key, tags_of
from narrate.build.history import History
from narrate.build.plan import ChapterPlan, EpisodePlan, UtterancePlan
from narrate.build.record import Record
from narrate.build.workspace import Workspace
from narrate.cache import EntryState
from narrate.model import ArticleFile, Document, Script, Utterance, Voice, clip_key
from narrate.published import Publication


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article that was read and divided, and the voices that will read it.

    Attributes:
        voice: Reads every chapter that has none of its own.
        own: Chapter id → voice.
    """

    file: ArticleFile
    script: Script
    voice: Voice
    own: Mapping[str, Voice] = field(default_factory=dict)

    @property
    def document(self) -> Document:
        """The article itself."""
        return self.script.document


def plan_episode(
    space: Workspace, read: ReadArticle, publication: Publication, override: str
) -> EpisodePlan:
    """Find what an article's episode lacks.

    Args:
        publication: With the date that the episode has or will get.
        override: Name of the voice that the command line put in place of the show's, or empty.

    Raises:
        ArticleError: The article's cover is missing.
    """
    document = read.document
    record = space.known.get(document.stem)
    clips = _clips(space, read)
    formats = space.show.audio.formats
    parts = [{fmt: part_key(space, fmt, chapter) for fmt in formats} for chapter in clips]
    entry = publication.episode(document.key, document.lang)
    tags = tags_of(space, document, entry.published.date().isoformat() if entry else "")
    cover = show_cover(space.show, document.lang)
    image = article_cover(space.show, read.file, document)
    made = made_digest(space, read.script, parts, tags, [cover, image])
    reason = _reason(space, record, made)
    chapters = _chapters(space, read, clips, parts, record) if reason else _kept(read, clips, parts)
    changed = sum(bool(chapter.missing) for chapter in chapters)
    if reason == _CONTENT and changed:
        reason = f"{changed} of {len(chapters)} chapters changed"
    picture = image.name if image else ""
    return EpisodePlan(
        file=read.file,
        script=read.script,
        voice=read.voice,
        chapters=chapters,
        tags=tags,
        cover=cover,
        image=image,
        inputs=inputs_digest(
            space, read.file, document.key, document.lang, read.voice, picture, entry, override
        ),
        made=made,
        reason=reason,
    )


_CONTENT = "title, date, cover, order or settings changed"


def _reason(space: Workspace, record: Record | None, made: str) -> str:
    """Why an episode's files are written; empty when they are as they should be."""
    if record is None:
        return "new"
    if damaged := record.damaged_output(space.show.output):
        return f"{damaged} is missing or was changed"
    return "" if record.made == made else _CONTENT


def _kept(
    read: ReadArticle,
    clips: Sequence[Sequence[UtterancePlan]],
    parts: Sequence[Mapping[str, str]],
) -> tuple[ChapterPlan, ...]:
    """The chapters of an episode whose files are in place: nothing of them is needed."""
    return tuple(
        ChapterPlan(number, chapter, tuple(lines), keys, ())
        for number, (chapter, lines, keys) in enumerate(
            zip(read.script.chapters, clips, parts, strict=True), start=1
        )
    )


def _chapters(
    space: Workspace,
    read: ReadArticle,
    clips: Sequence[Sequence[UtterancePlan]],
    parts: Sequence[Mapping[str, str]],
    record: Record | None,
) -> tuple[ChapterPlan, ...]:
    """The chapters with what each lacks; what is there is checked, for it will be used."""
    lines = space.records.script(record.stem).lines if record else ()
    history = History(lines, is_known=record is not None)
    plans = []
    for chapter in _kept(read, clips, parts):
        missing = tuple(
            fmt
            for fmt, key in chapter.parts.items()
            if space.chapters(fmt).state(key) is not EntryState.PRESENT
        )
        utterances = tuple(
            replace(line, reason=history.reason(space, line) if missing else "")
            for line in chapter.utterances
        )
        plans.append(replace(chapter, utterances=utterances, missing=missing))
    return tuple(plans)


def _clips(space: Workspace, read: ReadArticle) -> list[list[UtterancePlan]]:
    """The clip of each utterance, chapter by chapter."""
    document, chapters = read.document, read.script.chapters
    takes = space.takes.of(document.key, document.lang).in_chapters(
        {chapter.id: [line.text for line in chapter.utterances] for chapter in chapters}
    )
    clips = []
    for chapter in chapters:
        voice = read.own.get(chapter.id, read.voice)
        numbers = (takes.number(line.text, chapter.id) for line in chapter.utterances)
        lines = zip(chapter.utterances, numbers, strict=True)
        clips.append([_clip(space, line, voice, number) for line, number in lines])
    return clips


def _clip(space: Workspace, utterance: Utterance, voice: Voice, take: int) -> UtterancePlan:
    key = clip_key(
        *(utterance.spoken, utterance.lang, voice, space.fingerprint(voice), take),
        sounds=utterance.sounds,
    )
    return UtterancePlan(utterance, voice, take, key, "")
