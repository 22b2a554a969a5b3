"""What one article lacks, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from narrate.build import software
from narrate.build.covers import article_cover, show_cover
from narrate.build.digests import inputs_digest, made_of, part_key, settings_of, tags_of
from narrate.build.history import History, episode_reason
from narrate.build.kept import EarlierTakes, Line, spoken_today, with_kept
from narrate.build.plan import ChapterPlan, EpisodePlan, UtterancePlan
from narrate.build.record import Offer, Record, ScriptRecord
from narrate.build.refresh import offer_of
from narrate.build.workspace import Workspace
from narrate.cache import EntryState
from narrate.model import ArticleFile, Document, Script, Voice, clip_key
from narrate.published import Publication

_NOTHING: Collection[str] = frozenset()
_NO_SCRIPT = ScriptRecord()


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

    def voice_of(self, chapter: str) -> Voice:
        """The voice of a chapter, by its id."""
        return self.own.get(chapter, self.voice)


def plan_episode(
    space: Workspace,
    read: ReadArticle,
    publication: Publication,
    override: str,
    *,
    refresh: bool = False,
) -> EpisodePlan:
    """Find what an article's episode lacks.

    Args:
        publication: With the date that the episode has or will get.
        override: Name of the voice that the command line put in place of the show's, or empty.
        refresh: Make anew what today's software would make otherwise.

    Raises:
        ArticleError: The article's cover is missing.
    """
    document = read.document
    record = space.known.get(document.stem)
    before = space.records.script(document.stem)
    kept = _NO_SCRIPT if refresh else before
    entry = publication.episode(document.key, document.lang)
    tags = tags_of(space, document, entry.published.date().isoformat() if entry else "")
    cover = show_cover(space.show, document.lang)
    image = article_cover(space.show, read.file, document)

    chapters = _chapters(space, read, clips_of(space, read, kept), kept)
    script = _as_said(read.script, chapters)
    made = made_of(space, script, [chapter.parts for chapter in chapters], tags, (cover, image))
    if record is None or not record.is_made_of(made) or record.damaged_sound(space.show.output):
        chapters = _renewed(space, read, chapters, kept)
        history = History(before, record, settings_of(space, document.lang), refreshes=refresh)
        chapters = tuple(history.explained(space, chapter) for chapter in chapters)
        script = _as_said(read.script, chapters)
        made = made_of(space, script, [chapter.parts for chapter in chapters], tags, (cover, image))
    picture = image.name if image else ""
    return EpisodePlan(
        file=read.file,
        script=script,
        voice=read.voice,
        chapters=chapters,
        tags=tags,
        cover=cover,
        image=image,
        inputs=inputs_digest(
            space, read.file, document.key, document.lang, read.voice, picture, entry, override
        ),
        made_of=made,
        settings=settings_of(space, document.lang),
        reason=episode_reason(
            *(space, record, space.publication.episode(document.key, document.lang)),
            *(made, chapters),
        ),
        offer=_offer(space, read, chapters),
    )


def clips_of(
    space: Workspace, read: ReadArticle, kept: ScriptRecord, lost: Collection[str] = _NOTHING
) -> list[list[UtterancePlan]]:
    """The clip of each utterance, chapter by chapter.

    Args:
        kept: What older software made and what stays, as long as the user's half of it does.
        lost: Keys of clips that would be kept but are not there any more.
    """
    document, chapters = read.document, read.script.chapters
    lines = with_kept(space, read.script, kept, read.voice_of)
    takes = space.takes.of(document.key, document.lang).in_chapters(
        {
            chapter.id: [line.utterance.text for line in said]
            for chapter, said in zip(chapters, lines, strict=True)
        }
    )
    earlier = EarlierTakes(kept)
    clips = []
    for chapter, said in zip(chapters, lines, strict=True):
        voice = read.voice_of(chapter.id)
        numbers = [takes.number(line.utterance.text, chapter.id) for line in said]
        pairs = zip(said, numbers, strict=True)
        clips.append([_clip(space, line, voice, number, earlier, lost) for line, number in pairs])
    return clips


def _clip(  # noqa: PLR0913, PLR0917 - a line, its reading, and what is there of it
    space: Workspace,
    line: Line,
    voice: Voice,
    take: int,
    earlier: EarlierTakes,
    lost: Collection[str],
) -> UtterancePlan:
    """Today's clip of a line, or the one that older software made of it."""
    utterance, today = line.utterance, software.origin(space, voice)
    made = earlier.of(utterance, today)
    if line.before is not None:
        made = (line.before, *made)
    before = next((one for one in made if one.take == take and one.key not in lost), None)
    others = tuple(one for one in made if one.take != take)
    if line.redivided:
        utterance = spoken_today(space, utterance, voice)
    key = clip_key(
        *(utterance.spoken, utterance.lang, voice, space.fingerprint(voice), take),
        sounds=utterance.sounds,
    )
    plan = UtterancePlan(
        utterance, voice, take, key, today, others=others, redivided=line.redivided
    )
    if before is None or before.origin is None or before.key == key:
        return plan
    return replace(
        plan,
        utterance=replace(utterance, spoken=before.spoken, sounds=()),
        key=before.key,
        origin=replace(before.origin, voice=voice.name),
        anew=utterance,
    )


def _chapters(
    space: Workspace,
    read: ReadArticle,
    clips: Sequence[Sequence[UtterancePlan]],
    kept: ScriptRecord,
) -> tuple[ChapterPlan, ...]:
    """The chapters with the encoded parts that they have while nothing is touched."""
    parts = {key for one in kept.chapters for key in one.parts.values()}
    encoders: list[Mapping[str, str]] = [software.encoder(space)]
    for one in kept.chapters:
        encoders += [encoder for encoder in one.encoders.values() if encoder not in encoders]
    plans = []
    for number, (chapter, lines) in enumerate(
        zip(read.script.chapters, clips, strict=True), start=1
    ):
        said = replace(chapter, utterances=tuple(line.utterance for line in lines))
        plan = ChapterPlan(number, said, tuple(lines), {}, (), {})
        for fmt in space.show.audio.encodings:
            keys = [(part_key(space, fmt, lines, encoder), encoder) for encoder in encoders]
            plan = _with_part(plan, fmt, *next((p for p in keys if p[0] in parts), keys[0]))
        plans.append(plan)
    return tuple(plans)


def _with_part(plan: ChapterPlan, fmt: str, key: str, encoder: Mapping[str, str]) -> ChapterPlan:
    return replace(plan, parts={**plan.parts, fmt: key}, encoders={**plan.encoders, fmt: encoder})


def _renewed(
    space: Workspace, read: ReadArticle, chapters: Sequence[ChapterPlan], kept: ScriptRecord
) -> tuple[ChapterPlan, ...]:
    """The chapters of an episode that is written: what older software made must still be there."""
    plans = tuple(_with_missing(space, chapter) for chapter in chapters)
    lost = {
        line.key
        for plan in plans
        for line in plan.utterances
        if plan.missing
        and (line.redivided or line.origin != software.origin(space, line.voice))
        and space.clips.state(line.key) is not EntryState.PRESENT
    }
    if not lost:
        return plans
    again = _chapters(space, read, clips_of(space, read, kept, lost), kept)
    return tuple(_with_missing(space, chapter) for chapter in again)


def _with_missing(space: Workspace, plan: ChapterPlan) -> ChapterPlan:
    """A chapter with the parts it lacks; what is there is checked, for it will be used."""
    today = software.encoder(space)
    missing = []
    for fmt, key in plan.parts.items():
        store = space.chapters(fmt)
        made = plan.encoders[fmt]
        is_there = software.is_joinable(made, today) and store.state(key) is EntryState.PRESENT
        if not is_there and made != today:
            key = part_key(space, fmt, plan.utterances, today)  # noqa: PLW2901 - today's in its place
            plan = _with_part(plan, fmt, key, today)
            is_there = store.state(key) is EntryState.PRESENT
        if not is_there:
            missing.append(fmt)
    return replace(plan, missing=tuple(missing))


def _as_said(script: Script, chapters: Sequence[ChapterPlan]) -> Script:
    return replace(script, chapters=tuple(chapter.chapter for chapter in chapters))


def offer_for(space: Workspace, read: ReadArticle, record: Record) -> Offer:
    """What today's software would read otherwise in a finished episode that is kept."""
    heard = {line.key for line in space.records.script(record.stem).lines}
    voices = [space.voices[name] for name in record.voices if name in space.voices]
    return offer_of(space, _today(space, read), heard, voices)


def _offer(space: Workspace, read: ReadArticle, chapters: Sequence[ChapterPlan]) -> Offer | None:
    """What today's software would read otherwise, where older software's clips are kept."""
    lines = [line for chapter in chapters for line in chapter.utterances]
    if not any(
        line.redivided or line.origin != software.origin(space, line.voice) for line in lines
    ):
        return None
    voices = {line.voice.name: line.voice for line in lines}
    return offer_of(space, _today(space, read), {line.key for line in lines}, voices.values())


def _today(space: Workspace, read: ReadArticle) -> list[UtterancePlan]:
    """Every line as today's software would read it."""
    return [line for said in clips_of(space, read, _NO_SCRIPT) for line in said]
